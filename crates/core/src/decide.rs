//! The rules: what a command does to a conversation, or why not. Pure; the shell appends what comes back.

use std::sync::Arc;

use crate::command::{BODY_BYTES_MAX, ClosedBy, Command, Limits, Rejection};
use crate::conversation::{Controller, Conversation, Handoff, Suggestion};
use crate::deadline::Due;
use crate::event::{
    AbandonReason, Author, Closer, Epoch, Event, Notice, Requester, RescindReason, Seq, TransferTarget,
};
use crate::ids::{AgentId, HandoffId};
use crate::needs::{Admission, Staffing};
use crate::planted::{Fault, planted};
use crate::time::Timestamp;
use crate::verdict::{Trigger, VerdictKind};

type Decision = Result<Vec<Event>, Rejection>;

impl Conversation {
    /// The events that follow from `command`; none when it is done already (asking twice with one id is once).
    // One arm a command: the table is long because the vocabulary is, and reads best whole.
    #[allow(clippy::too_many_lines)]
    pub fn decide(&self, now: Timestamp, limits: &Limits, command: &Command) -> Decision {
        if self.started() == matches!(command, Command::Start { .. }) {
            return Err(if self.started() { Rejection::AlreadyStarted } else { Rejection::NotStarted });
        }
        match command {
            Command::Start { channel, bot, customer, language } => Ok(vec![Event::ConversationStarted {
                channel: channel.clone(),
                bot: bot.clone(),
                customer: *customer,
                language: *language,
            }]),
            Command::PostCustomerMessage { body_bytes, verdict, handoff, admission } => {
                self.open()?;
                let mut events = vec![message(Author::Customer, *body_bytes)?];
                let posted = self.seq.next();
                events.push(Event::TurnAssessed { message: posted, verdict: verdict.clone() });
                // While a person has it or is on the way the verdict is only recorded.
                if verdict.kind == VerdictKind::HandOff
                    && matches!(self.controller, Controller::Bot)
                    && !planted(Fault::HandoffNotWithItsMessage)
                {
                    events.extend(request(*handoff, Requester::Baton, &verdict.triggers, admission, Some(posted)));
                }
                Ok(events)
            }
            Command::PostBotMessage { epoch, in_reply_to, body_bytes, knew, promise } => {
                self.bot_controls(*epoch)?;
                if let Some(Seq(number)) = in_reply_to.filter(|seq| !self.awaits_bot(*seq)) {
                    return Err(Rejection::NotAwaited(number));
                }
                let mut events = vec![message(Author::Bot { in_reply_to: *in_reply_to, knew: *knew }, *body_bytes)?];
                let posted = self.seq.next();
                events.extend(promise.map(|promise| Event::PromiseMade { message: posted, promise }));
                Ok(events)
            }
            Command::PostAgentMessage { agent, epoch, body_bytes } => {
                self.agent_controls(agent, *epoch)?;
                Ok(vec![message(Author::Agent(agent.clone()), *body_bytes)?])
            }
            Command::PostNote { agent, body_bytes } => {
                check_body(*body_bytes)?;
                Ok(vec![Event::NotePosted { agent: agent.clone(), body_bytes: *body_bytes }])
            }
            Command::FailBotTurn { message, epoch, failure, handoff, admission } => {
                self.bot_controls(*epoch)?;
                if !self.awaits_bot(*message) {
                    return Err(Rejection::NotAwaited(message.0));
                }
                let mut events = vec![Event::BotTurnFailed { message: *message, failure: *failure }];
                events.extend(request(*handoff, Requester::Baton, &[Trigger::BotDown], admission, Some(*message)));
                Ok(events)
            }
            Command::AcceptSuggestion { message, handoff, admission } => {
                self.accept_suggestion(*message, *handoff, admission)
            }
            Command::DeclineSuggestion { message } => {
                self.open()?;
                // Saying no twice is once.
                if self.declined.is_some_and(|declined| declined.message == *message) {
                    return Ok(Vec::new());
                }
                self.suggested(*message)?;
                Ok(vec![Event::SuggestionDeclined { message: *message }])
            }
            Command::BreakPromise { message, handoff } => {
                self.open()?;
                if self.promised.is_none_or(|(promised, _)| promised != *message) {
                    return Err(Rejection::NotAwaited(message.0));
                }
                let mut events = vec![Event::PromiseBroken { message: *message }];
                if let Some((handoff, admission)) = handoff {
                    let triggers = [Trigger::BrokenPromise];
                    events.extend(request(*handoff, Requester::Baton, &triggers, admission, Some(*message)));
                }
                Ok(events)
            }
            Command::GiveOpinion { message, epoch, kind, model, handoff, admission } => {
                // An opinion that comes after somebody else took over, or moved on, is worth nothing.
                self.bot_controls(*epoch)?;
                let mut events = vec![Event::OpinionGiven { message: *message, kind: *kind, model: Arc::clone(model) }];
                if *kind == VerdictKind::HandOff {
                    let triggers = [Trigger::SecondOpinion];
                    events.extend(request(*handoff, Requester::Baton, &triggers, admission, Some(*message)));
                }
                Ok(events)
            }
            Command::MarkTiming { handoff, by, timing } => {
                let stands = self.timing_marks.iter().find(|(marked, _)| marked == handoff).map(|(_, timing)| *timing);
                if stands == *timing {
                    return Ok(Vec::new());
                }
                Ok(vec![Event::TimingMarked { handoff: *handoff, by: by.clone(), timing: *timing }])
            }
            Command::RateAnswer { message, helpful } => {
                let stands = self.rated.iter().find(|(rated, _)| rated == message).map(|(_, helpful)| *helpful);
                // Pressing the same thumb twice is once.
                if stands == *helpful {
                    return Ok(Vec::new());
                }
                Ok(vec![Event::AnswerRated { message: *message, helpful: *helpful }])
            }
            Command::RequestHandoff { handoff, by, epoch, triggers, admission } => {
                self.request_handoff(*handoff, by, *epoch, triggers, admission)
            }
            Command::CancelHandoff => self.cancel(),
            Command::LeaveContact { by } => {
                let handoff = self.waiting()?;
                Ok(vec![
                    Event::ContactLeft { handoff: handoff.id, by: *by },
                    Event::NoticePosted { notice: Notice::ContactTaken { by: *by } },
                ])
            }
            Command::OfferAlternative { handoff, alternative } => match &self.controller {
                // Who rings is about to be answered, and who was told that nobody is there knows what can be had.
                Controller::Queued { handoff: waiting }
                    if waiting.id == *handoff
                        && waiting.staffed
                        && !waiting.alternative_offered
                        && !waiting.contact_left =>
                {
                    Ok(vec![
                        Event::AlternativeOffered { handoff: *handoff, alternative: *alternative },
                        Event::NoticePosted { notice: Notice::LongWait { alternative: *alternative } },
                    ])
                }
                Controller::Queued { .. }
                | Controller::Bot
                | Controller::Offered { .. }
                | Controller::Agent { .. }
                | Controller::Closed => Err(Rejection::NotWaiting),
            },
            Command::ChangeStaffing { handoff, staffed, reason, opens_at, position } => {
                let Controller::Queued { handoff: waiting } = &self.controller else {
                    return Err(Rejection::NotWaiting);
                };
                if waiting.id != *handoff || waiting.staffed == *staffed {
                    return Err(Rejection::NotWaiting);
                }
                let notice = if *staffed {
                    Notice::WaitingAgain { position: *position }
                } else {
                    Notice::NobodyAvailable { reason: *reason, opens_at: *opens_at }
                };
                Ok(vec![
                    Event::StaffingChanged { handoff: *handoff, staffed: *staffed },
                    Event::NoticePosted { notice },
                ])
            }
            Command::MakeOffer { offer, handoff, agent, slots, expires_at } => match &self.controller {
                Controller::Queued { handoff: waiting } | Controller::Offered { handoff: waiting, .. }
                    if waiting.id == *handoff
                        && (matches!(self.controller, Controller::Queued { .. }) || planted(Fault::TwoLiveOffers)) =>
                {
                    Ok(vec![Event::OfferMade {
                        offer: *offer,
                        handoff: *handoff,
                        agent: agent.clone(),
                        slots: slots.clone(),
                        expires_at: *expires_at,
                    }])
                }
                Controller::Queued { .. }
                | Controller::Bot
                | Controller::Offered { .. }
                | Controller::Agent { .. }
                | Controller::Closed => Err(Rejection::NotWaiting),
            },
            Command::AcceptOffer { offer, agent } => match &self.controller {
                Controller::Offered { handoff, offer: open }
                    if open.id == *offer
                        && open.agent == *agent
                        && (now < open.expires_at || planted(Fault::ExpiredOfferAccepted)) =>
                {
                    let mut events = vec![
                        Event::OfferAccepted { offer: *offer, handoff: handoff.id, agent: agent.clone() },
                        Event::NoticePosted { notice: Notice::AgentJoined { agent: agent.clone() } },
                    ];
                    if planted(Fault::SurveyBeforeHandback) {
                        events.push(Event::SurveyOffered { handoff: handoff.id });
                    }
                    Ok(events)
                }
                Controller::Offered { .. }
                | Controller::Agent { .. }
                | Controller::Bot
                | Controller::Queued { .. }
                | Controller::Closed => Err(Rejection::OfferGone),
            },
            Command::DeclineOffer { offer, agent, reason } => {
                let open = self.open_offer()?;
                if open.id != *offer || open.agent != *agent {
                    return Err(Rejection::OfferGone);
                }
                Ok(vec![Event::OfferDeclined { offer: *offer, agent: agent.clone(), reason: *reason }])
            }
            Command::RescindOffer { offer, reason } => {
                let open = self.open_offer()?;
                if open.id != *offer {
                    return Err(Rejection::OfferGone);
                }
                Ok(vec![Event::OfferRescinded { offer: *offer, agent: open.agent.clone(), reason: *reason }])
            }
            Command::TakeHandoff { handoff, agent, slots } => match &self.controller {
                Controller::Queued { handoff: waiting } if waiting.id == *handoff => Ok(vec![
                    Event::HandoffTaken { handoff: *handoff, agent: agent.clone(), slots: slots.clone() },
                    Event::NoticePosted { notice: Notice::AgentJoined { agent: agent.clone() } },
                ]),
                // Asking twice is once.
                Controller::Agent { handoff: held, agent: holder, .. } if held.id == *handoff && holder == agent => {
                    Ok(Vec::new())
                }
                Controller::Queued { .. }
                | Controller::Bot
                | Controller::Offered { .. }
                | Controller::Agent { .. }
                | Controller::Closed => Err(Rejection::NotWaiting),
            },
            Command::Assign { handoff, agent, slots, by } => {
                let current = self.handoff().filter(|current| current.id == *handoff).ok_or(Rejection::NoHandoff)?;
                if self.agent() == Some(agent) {
                    return Err(Rejection::SameAgent);
                }
                let mut events = self.rescind(RescindReason::Reassigned);
                events.push(Event::HandoffAssigned {
                    handoff: current.id,
                    agent: agent.clone(),
                    slots: slots.clone(),
                    by: by.clone(),
                });
                events.push(Event::NoticePosted { notice: Notice::AgentJoined { agent: agent.clone() } });
                Ok(events)
            }
            Command::ReturnToQueue { agent, reason, position } => match &self.controller {
                Controller::Offered { offer, .. } if offer.agent == *agent => {
                    Ok(self.rescind(RescindReason::AgentGone))
                }
                Controller::Agent { handoff, agent: holder, .. } if holder == agent => Ok(vec![
                    Event::HandoffReturned { handoff: handoff.id, agent: agent.clone(), reason: *reason },
                    Event::NoticePosted { notice: Notice::WaitingAgain { position: *position } },
                ]),
                Controller::Offered { .. }
                | Controller::Agent { .. }
                | Controller::Bot
                | Controller::Queued { .. }
                | Controller::Closed => Err(Rejection::NotInControl { who: "the agent" }),
            },
            Command::MoveHandoff { handoff, queue, reason } => match &self.controller {
                // Who rings goes back to a queue that exists, should the offer be declined.
                Controller::Queued { handoff: waiting } | Controller::Offered { handoff: waiting, .. }
                    if waiting.id == *handoff =>
                {
                    if waiting.queue == *queue {
                        return Ok(Vec::new());
                    }
                    Ok(vec![Event::HandoffMoved { handoff: *handoff, queue: queue.clone(), reason: *reason }])
                }
                Controller::Queued { .. }
                | Controller::Offered { .. }
                | Controller::Bot
                | Controller::Agent { .. }
                | Controller::Closed => Err(Rejection::NotWaiting),
            },
            Command::Transfer { by, epoch, to, needs, staffed, reason, note_bytes } => {
                let handoff = match epoch {
                    Some(epoch) => self.agent_controls(by, *epoch)?,
                    None => self.handoff().ok_or(Rejection::NoHandoff)?,
                };
                let target = match to {
                    TransferTarget::Agent { agent, .. } => Some(agent),
                    TransferTarget::Queue(_) => None,
                };
                if target.is_some() && target == self.agent() {
                    return Err(Rejection::SameAgent);
                }
                let mut events = self.rescind(RescindReason::Reassigned);
                if let Some(body_bytes) = note_bytes {
                    check_body(*body_bytes)?;
                    events.push(Event::NotePosted { agent: by.clone(), body_bytes: *body_bytes });
                }
                events.push(Event::HandoffTransferred {
                    handoff: handoff.id,
                    by: by.clone(),
                    to: to.clone(),
                    needs: needs.clone(),
                    staffed: *staffed,
                });
                events.push(Event::NoticePosted {
                    notice: if *staffed {
                        Notice::Transferred
                    } else {
                        Notice::NobodyAvailable { reason: *reason, opens_at: None }
                    },
                });
                Ok(events)
            }
            Command::ChangePriority { priority, by } => {
                let handoff = self.waiting()?;
                if handoff.needs.priority == *priority {
                    return Ok(Vec::new());
                }
                Ok(vec![Event::PriorityChanged { handoff: handoff.id, priority: *priority, by: by.clone() }])
            }
            Command::HandBack { agent, epoch, wrap_up, survey } => {
                let handoff = self.agent_controls(agent, *epoch)?;
                let mut events = vec![
                    Event::HandedBack {
                        handoff: handoff.id,
                        agent: agent.clone(),
                        wrap_up_until: (!wrap_up.is_zero()).then(|| now + *wrap_up),
                    },
                    Event::NoticePosted { notice: Notice::BackToBot },
                ];
                if *survey {
                    events.push(Event::SurveyOffered { handoff: handoff.id });
                }
                Ok(events)
            }
            Command::Close { by, disposition, wrap_up, survey } => {
                let closer = match by {
                    ClosedBy::Customer => Closer::Customer,
                    ClosedBy::Supervisor(agent) => Closer::Agent(agent.clone()),
                    ClosedBy::Agent { agent, epoch } => {
                        self.agent_controls(agent, *epoch)?;
                        Closer::Agent(agent.clone())
                    }
                };
                self.open()?;
                let mut events = Vec::new();
                if let Ok(handoff) = self.waiting() {
                    events.extend(self.rescind(RescindReason::CustomerLeft));
                    events.push(Event::HandoffAbandoned { handoff: handoff.id, reason: AbandonReason::Left });
                }
                let held = self.agent().is_some();
                events.push(Event::ConversationClosed {
                    by: closer,
                    disposition: disposition.clone(),
                    wrap_up_until: (held && !wrap_up.is_zero()).then(|| now + *wrap_up),
                });
                events.push(Event::NoticePosted { notice: Notice::Closed });
                if let Some(handoff) = self.handoff().filter(|_| held && *survey) {
                    events.push(Event::SurveyOffered { handoff: handoff.id });
                }
                Ok(events)
            }
            Command::EndWrapUp { agent, disposition } => {
                let wrap_up =
                    self.wrap_ups.iter().find(|wrap_up| wrap_up.agent == *agent).ok_or(Rejection::NoWrapUp)?;
                Ok(vec![Event::WrapUpEnded {
                    handoff: wrap_up.handoff,
                    agent: agent.clone(),
                    disposition: disposition.clone(),
                }])
            }
            Command::AnswerSurvey { handoff, rating } => {
                if !self.surveys.contains(handoff) {
                    return Err(Rejection::NoSurvey);
                }
                Ok(vec![Event::SurveyAnswered { handoff: *handoff, rating: *rating }])
            }
            Command::Tick => Ok(self.tick(now, limits)),
        }
    }

    fn request_handoff(
        &self,
        id: HandoffId,
        by: &Requester,
        epoch: Option<Epoch>,
        triggers: &[Trigger],
        admission: &Admission,
    ) -> Decision {
        self.open()?;
        if self.handoff().is_some_and(|current| current.id == id) {
            return Ok(Vec::new());
        }
        match (by, epoch) {
            (Requester::Bot, None) => return Err(Rejection::NotInControl { who: "a bot without an epoch" }),
            (_, Some(epoch)) => self.check_epoch(epoch)?,
            (Requester::Customer | Requester::Baton | Requester::Agent(_) | Requester::Api, None) => {}
        }
        match &self.controller {
            Controller::Bot => Ok(request(id, by.clone(), triggers, admission, None).collect()),
            Controller::Queued { .. } | Controller::Offered { .. } | Controller::Agent { .. } | Controller::Closed => {
                Err(Rejection::HandoffUnderWay)
            }
        }
    }

    fn suggested(&self, message: Seq) -> Result<&Suggestion, Rejection> {
        self.suggestion.as_ref().filter(|open| open.message == message).ok_or(Rejection::NoSuggestion)
    }

    /// Yes to the question is the handoff, with what led to the question, in one append.
    fn accept_suggestion(&self, message: Seq, handoff: HandoffId, admission: &Admission) -> Decision {
        self.open()?;
        if self.handoff().is_some_and(|current| current.id == handoff) {
            return Ok(Vec::new());
        }
        let suggestion = self.suggested(message)?;
        let triggers: Vec<_> = [Trigger::Suggestion].into_iter().chain(suggestion.triggers.iter().cloned()).collect();
        Ok(request(handoff, Requester::Customer, &triggers, admission, Some(message)).collect())
    }

    fn cancel(&self) -> Decision {
        let handoff = self.waiting()?;
        let mut events = self.rescind(RescindReason::CustomerLeft);
        events.push(Event::HandoffAbandoned { handoff: handoff.id, reason: AbandonReason::StayedWithBot });
        events.push(Event::NoticePosted { notice: Notice::BackToBot });
        Ok(events)
    }

    fn tick(&self, now: Timestamp, limits: &Limits) -> Vec<Event> {
        let Some((at, due)) = self.deadline(limits) else { return Vec::new() };
        if at > now {
            return Vec::new();
        }
        match due {
            // The shell answers this one with an admission, by `FailBotTurn`.
            Due::BotTurn(_) | Due::Promise(_) => Vec::new(),
            Due::OfferExpiry(offer) => {
                self.offered_to().map(|agent| Event::OfferExpired { offer, agent: agent.clone() }).into_iter().collect()
            }
            Due::WrapUpLimit(handoff, agent) => vec![Event::WrapUpEnded { handoff, agent, disposition: None }],
            Due::NobodyChoice => self
                .handoff()
                .map(|handoff| {
                    vec![
                        Event::HandoffAbandoned { handoff: handoff.id, reason: AbandonReason::TimedOut },
                        Event::NoticePosted { notice: Notice::BackToBot },
                    ]
                })
                .unwrap_or_default(),
            Due::Idle => vec![
                Event::ConversationClosed { by: Closer::IdleLimit, disposition: None, wrap_up_until: None },
                Event::NoticePosted { notice: Notice::Closed },
            ],
        }
    }

    fn open(&self) -> Result<(), Rejection> {
        if self.is_closed() { Err(Rejection::Closed) } else { Ok(()) }
    }

    fn check_epoch(&self, given: Epoch) -> Result<(), Rejection> {
        if given == self.epoch || planted(Fault::EpochNotChecked) {
            Ok(())
        } else {
            Err(Rejection::StaleEpoch { given: given.0, current: self.epoch.0 })
        }
    }

    fn bot_controls(&self, epoch: Epoch) -> Result<(), Rejection> {
        self.check_epoch(epoch)?;
        match &self.controller {
            Controller::Bot => Ok(()),
            Controller::Queued { .. } | Controller::Offered { .. } if planted(Fault::EpochNotChecked) => Ok(()),
            Controller::Closed => Err(Rejection::Closed),
            Controller::Queued { .. } | Controller::Offered { .. } | Controller::Agent { .. } => {
                Err(Rejection::NotInControl { who: "the bot" })
            }
        }
    }

    fn agent_controls(&self, agent: &AgentId, epoch: Epoch) -> Result<&Handoff, Rejection> {
        self.open()?;
        match &self.controller {
            Controller::Agent { handoff, agent: holder, .. } if holder == agent => {
                self.check_epoch(epoch)?;
                Ok(handoff)
            }
            Controller::Agent { .. }
            | Controller::Bot
            | Controller::Queued { .. }
            | Controller::Offered { .. }
            | Controller::Closed => Err(Rejection::NotInControl { who: "the agent" }),
        }
    }

    fn awaits_bot(&self, message: Seq) -> bool {
        self.bot_turns.iter().any(|turn| turn.message == message)
    }

    /// The handoff that waits, offered or not.
    fn waiting(&self) -> Result<&Handoff, Rejection> {
        match &self.controller {
            Controller::Queued { handoff } | Controller::Offered { handoff, .. } => Ok(handoff),
            Controller::Bot | Controller::Agent { .. } | Controller::Closed => Err(Rejection::NotWaiting),
        }
    }

    fn open_offer(&self) -> Result<&crate::conversation::Offer, Rejection> {
        match &self.controller {
            Controller::Offered { offer, .. } => Ok(offer),
            Controller::Bot | Controller::Queued { .. } | Controller::Agent { .. } | Controller::Closed => {
                Err(Rejection::OfferGone)
            }
        }
    }

    fn rescind(&self, reason: RescindReason) -> Vec<Event> {
        self.open_offer()
            .map(|open| Event::OfferRescinded { offer: open.id, agent: open.agent.clone(), reason })
            .into_iter()
            .collect()
    }
}

/// A handoff and what the customer is told about it, in one breath.
fn request(
    handoff: HandoffId,
    by: Requester,
    triggers: &[Trigger],
    admission: &Admission,
    message: Option<Seq>,
) -> impl Iterator<Item = Event> + use<> {
    let (staffed, notice) = match &admission.staffing {
        Staffing::Staffed { position, wait } => (true, Notice::Queued { position: *position, wait: *wait }),
        Staffing::Nobody { reason, opens_at } => {
            (false, Notice::NobodyAvailable { reason: Some(*reason), opens_at: *opens_at })
        }
    };
    [
        Event::HandoffRequested {
            handoff,
            by,
            triggers: triggers.to_vec(),
            needs: admission.needs.clone(),
            queue: admission.queue.clone(),
            message,
            staffed,
        },
        Event::NoticePosted { notice },
    ]
    .into_iter()
}

fn message(author: Author, body_bytes: u32) -> Result<Event, Rejection> {
    check_body(body_bytes)?;
    Ok(Event::MessagePosted { author, body_bytes })
}

fn check_body(body_bytes: u32) -> Result<(), Rejection> {
    match body_bytes {
        0 => Err(Rejection::Empty),
        1..=BODY_BYTES_MAX => Ok(()),
        bytes => Err(Rejection::TooLong { bytes }),
    }
}

/// What somebody may ask for, so that no client types a rule again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    PostMessage,
    PostNote,
    RequestHandoff,
    CancelHandoff,
    LeaveContact,
    AcceptOffer,
    DeclineOffer,
    Assign,
    Transfer,
    ChangePriority,
    HandBack,
    Close,
    EndWrapUp,
    AnswerSurvey,
    /// Say yes or no to a person who was suggested.
    AnswerSuggestion,
}

/// Who asks what they can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Customer,
    Bot,
    Agent(AgentId),
    Supervisor(AgentId),
}
