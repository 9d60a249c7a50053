//! The state of one conversation: a fold of its events. `apply` never refuses; `decide` does.

use crate::event::{
    AbandonReason, Author, BotPromise, Epoch, Event, Recorded, Requester, Seq, Slot, TimingMark, TransferTarget,
};
use crate::ids::{AgentId, BotId, ChannelId, ConversationId, CustomerId, HandoffId, Language, OfferId, QueueId};
use crate::needs::Needs;
use crate::planted::{Fault, planted};
use crate::time::Timestamp;
use crate::verdict::{Trigger, VerdictKind};

/// Most customer messages that can wait for the bot at once; beyond it the oldest is given up.
pub const BOT_TURNS_MAX: usize = 16;
/// Most surveys that stay open at once in a conversation; beyond it the oldest closes unanswered.
pub const OPEN_SURVEYS_MAX: usize = 8;
/// How many turns' displeasure is kept, and how many handoffs' marks; beyond it the oldest is forgotten.
pub const MOODS_MAX: usize = 12;
pub const TIMING_MARKS_MAX: usize = 32;
/// Rated answers that a conversation remembers; a rating of an older one is written again when it is pressed again.
pub const RATED_MAX: usize = 64;
/// The language of a turn counts from this confidence on.
const LANGUAGE_CONFIDENCE_MIN: f32 = 0.5;

/// One episode from request to handback, close or abandonment.
#[derive(Debug, Clone, PartialEq)]
pub struct Handoff {
    pub id: HandoffId,
    pub by: Requester,
    pub triggers: Vec<Trigger>,
    pub needs: Needs,
    pub queue: QueueId,
    /// When it was requested. Its place in the queue, kept through every decline, return and transfer.
    pub since: Timestamp,
    /// When it came into this queue: its needs relax by the time spent here.
    pub queued_at: Timestamp,
    /// The message that triggered it.
    pub message: Option<Seq>,
    /// Whether anybody who could serve it is available, as the customer was last told.
    pub staffed: bool,
    /// The last time the customer was told that nobody is there, or wrote since.
    pub unstaffed_since: Timestamp,
    pub contact_left: bool,
    /// Whether it was told that it takes too long, with what can be had in place of waiting.
    pub alternative_offered: bool,
    /// A transfer to one agent: that agent is asked first.
    pub reserved_for: Option<AgentId>,
    pub accepted_at: Option<Timestamp>,
}

/// A handoff proposed to one agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub id: OfferId,
    pub agent: AgentId,
    pub slots: Vec<Slot>,
    pub expires_at: Timestamp,
}

/// Who may answer the customer. Exactly one.
#[derive(Debug, Clone, PartialEq)]
pub enum Controller {
    Bot,
    Queued { handoff: Handoff },
    Offered { handoff: Handoff, offer: Offer },
    Agent { handoff: Handoff, agent: AgentId, slots: Vec<Slot> },
    Closed,
}

/// After-contact work. It holds the agent's slots, never the customer: the bot answers meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrapUp {
    pub handoff: HandoffId,
    pub agent: AgentId,
    pub slots: Vec<Slot>,
    pub until: Timestamp,
}

/// A customer's message that the bot has not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BotTurn {
    pub message: Seq,
    pub since: Timestamp,
}

/// A question to the customer that is open: would they like a person?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The customer's message that led to it.
    pub message: Seq,
    pub triggers: Vec<Trigger>,
    pub needs: Needs,
}

/// The last suggestion that the customer said no to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declined {
    pub message: Seq,
    pub at: Timestamp,
    /// The customer's messages since.
    pub turns_since: u32,
}

/// Everything that deciding needs to know of a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    pub id: ConversationId,
    /// The last event; 0 when there is none.
    pub seq: Seq,
    pub epoch: Epoch,
    pub started_at: Timestamp,
    /// The last message of anybody.
    pub last_message_at: Timestamp,
    pub channel: Option<ChannelId>,
    pub bot: Option<BotId>,
    pub customer: Option<CustomerId>,
    pub language: Language,
    pub controller: Controller,
    pub wrap_ups: Vec<WrapUp>,
    pub bot_turns: Vec<BotTurn>,
    /// Handoffs whose survey is open, oldest first.
    pub surveys: Vec<HandoffId>,
    /// How many handoffs there have been.
    pub handoffs: u32,
    /// The detector's last conclusion.
    pub last_verdict: Option<VerdictKind>,
    pub suggestion: Option<Suggestion>,
    pub declined: Option<Declined>,
    /// How displeased each turn of the customer was since a person last had it, oldest first.
    pub moods: Vec<f32>,
    /// A bot's promise of a person that nothing came of yet.
    pub promised: Option<(Seq, Timestamp)>,
    /// What agents thought of when handoffs came, oldest first.
    pub timing_marks: Vec<(HandoffId, TimingMark)>,
    /// Bot answers that the customer rated, the newest [`RATED_MAX`].
    pub rated: Vec<(Seq, bool)>,
    /// Who accepted the last handoff; asked first when there is another.
    pub last_agent: Option<AgentId>,
}

impl Conversation {
    /// Before its first event.
    pub fn empty(id: ConversationId) -> Self {
        Self {
            id,
            seq: Seq(0),
            epoch: Epoch(0),
            started_at: Timestamp(0),
            last_message_at: Timestamp(0),
            channel: None,
            bot: None,
            customer: None,
            language: Language::ENGLISH,
            controller: Controller::Bot,
            wrap_ups: Vec::new(),
            bot_turns: Vec::new(),
            surveys: Vec::new(),
            handoffs: 0,
            last_verdict: None,
            suggestion: None,
            declined: None,
            moods: Vec::new(),
            promised: None,
            timing_marks: Vec::new(),
            rated: Vec::new(),
            last_agent: None,
        }
    }

    /// The fold of all its events, in order.
    pub fn replay<'a>(id: ConversationId, events: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut conversation = Self::empty(id);
        for recorded in events {
            debug_assert_eq!(recorded.seq, conversation.seq.next(), "gap in conversation {id}");
            conversation.apply(recorded.at, &recorded.event);
        }
        conversation
    }

    pub fn started(&self) -> bool {
        self.seq > Seq(0)
    }

    pub fn is_closed(&self) -> bool {
        matches!(self.controller, Controller::Closed)
    }

    /// The handoff under way, waiting or held.
    pub fn handoff(&self) -> Option<&Handoff> {
        match &self.controller {
            Controller::Queued { handoff }
            | Controller::Offered { handoff, .. }
            | Controller::Agent { handoff, .. } => Some(handoff),
            Controller::Bot | Controller::Closed => None,
        }
    }

    fn handoff_mut(&mut self) -> Option<&mut Handoff> {
        match &mut self.controller {
            Controller::Queued { handoff }
            | Controller::Offered { handoff, .. }
            | Controller::Agent { handoff, .. } => Some(handoff),
            Controller::Bot | Controller::Closed => None,
        }
    }

    /// The agent who controls it.
    pub fn agent(&self) -> Option<&AgentId> {
        match &self.controller {
            Controller::Agent { agent, .. } => Some(agent),
            Controller::Bot | Controller::Queued { .. } | Controller::Offered { .. } | Controller::Closed => None,
        }
    }

    /// The agent who is asked right now.
    pub fn offered_to(&self) -> Option<&AgentId> {
        match &self.controller {
            Controller::Offered { offer, .. } => Some(&offer.agent),
            Controller::Bot | Controller::Queued { .. } | Controller::Agent { .. } | Controller::Closed => None,
        }
    }

    /// Every slot that this conversation takes, of whomever: the open offer, the assignment, the wrap-ups.
    pub fn held_slots(&self) -> Vec<(AgentId, Slot)> {
        let wrap_ups = self.wrap_ups.iter().map(|wrap_up| (&wrap_up.agent, &wrap_up.slots));
        let current = match &self.controller {
            Controller::Offered { offer, .. } => Some((&offer.agent, &offer.slots)),
            Controller::Agent { agent, slots, .. } => Some((agent, slots)),
            Controller::Bot | Controller::Queued { .. } | Controller::Closed => None,
        };
        wrap_ups.chain(current).flat_map(|(agent, slots)| slots.iter().map(|slot| (agent.clone(), *slot))).collect()
    }

    /// Takes one event in. Never refuses: what is in the log has happened.
    // One arm an event, like `decide`.
    #[allow(clippy::too_many_lines)]
    pub fn apply(&mut self, at: Timestamp, event: &Event) {
        self.seq = self.seq.next();
        match event {
            Event::ConversationStarted { channel, bot, customer, language } => {
                self.started_at = at;
                self.last_message_at = at;
                self.channel = Some(channel.clone());
                self.bot = Some(bot.clone());
                self.customer = Some(*customer);
                self.language = *language;
                self.epoch = Epoch(1);
            }
            Event::MessagePosted { author, .. } => self.message_posted(at, author),
            Event::TurnAssessed { message, verdict } => {
                self.last_verdict = Some(verdict.kind);
                // A customer who goes on to something else is not asked about what was before.
                self.suggestion = (verdict.kind == VerdictKind::Suggest && matches!(self.controller, Controller::Bot))
                    .then(|| Suggestion {
                        message: *message,
                        triggers: verdict.triggers.clone(),
                        needs: verdict.needs.clone(),
                    });
                if self.moods.len() == MOODS_MAX {
                    self.moods.remove(0);
                }
                self.moods.push(verdict.displeasure());
                if verdict.language_confidence >= LANGUAGE_CONFIDENCE_MIN {
                    self.language = verdict.language;
                }
            }
            Event::BotTurnFailed { message, .. } => self.bot_turns.retain(|turn| turn.message != *message),
            Event::SuggestionDeclined { message } => {
                self.suggestion = None;
                self.declined = Some(Declined { message: *message, at, turns_since: 0 });
            }
            Event::PromiseMade { message, promise } => match promise {
                BotPromise::Connecting => self.promised = Some((*message, at)),
                BotPromise::Cannot => {}
            },
            Event::PromiseBroken { .. } => self.promised = None,
            Event::OpinionGiven { message, kind, .. } => {
                if *kind == VerdictKind::Suggest && self.suggestion.is_none() {
                    let (triggers, needs) = (vec![Trigger::SecondOpinion], Needs::default());
                    self.suggestion = Some(Suggestion { message: *message, triggers, needs });
                }
            }
            Event::TimingMarked { handoff, timing, .. } => {
                self.timing_marks.retain(|(marked, _)| marked != handoff);
                self.timing_marks.extend(timing.map(|timing| (*handoff, timing)));
                if self.timing_marks.len() > TIMING_MARKS_MAX {
                    self.timing_marks.remove(0);
                }
            }
            Event::AnswerRated { message, helpful } => {
                self.rated.retain(|(rated, _)| rated != message);
                self.rated.extend(helpful.map(|helpful| (*message, helpful)));
                if self.rated.len() > RATED_MAX {
                    self.rated.remove(0);
                }
            }
            Event::HandoffRequested { handoff, by, triggers, needs, queue, message, staffed } => {
                self.bot_turns.clear();
                self.suggestion = None;
                self.declined = None;
                self.promised = None;
                self.handoffs += 1;
                let handoff = Handoff {
                    id: *handoff,
                    by: by.clone(),
                    triggers: triggers.clone(),
                    needs: needs.clone(),
                    queue: queue.clone(),
                    since: at,
                    queued_at: at,
                    message: *message,
                    staffed: *staffed,
                    unstaffed_since: at,
                    contact_left: false,
                    alternative_offered: false,
                    reserved_for: None,
                    accepted_at: None,
                };
                self.change_controller(Controller::Queued { handoff });
            }
            Event::StaffingChanged { staffed, .. } => {
                if let Some(handoff) = self.handoff_mut() {
                    handoff.staffed = *staffed;
                    handoff.unstaffed_since = at;
                }
            }
            Event::AlternativeOffered { .. } => {
                if let Some(handoff) = self.handoff_mut() {
                    handoff.alternative_offered = true;
                }
            }
            Event::ContactLeft { .. } => {
                if let Some(handoff) = self.handoff_mut() {
                    handoff.contact_left = true;
                }
            }
            Event::HandoffMoved { queue, .. } => {
                if let Some(handoff) = self.handoff_mut() {
                    handoff.queue = queue.clone();
                    handoff.queued_at = at;
                    handoff.alternative_offered = false;
                }
            }
            Event::PriorityChanged { priority, .. } => {
                if let Some(handoff) = self.handoff_mut() {
                    handoff.needs.priority = *priority;
                }
            }
            Event::OfferMade { offer, agent, slots, expires_at, .. } => {
                let offer = Offer { id: *offer, agent: agent.clone(), slots: slots.clone(), expires_at: *expires_at };
                self.move_handoff(|handoff| Controller::Offered { handoff, offer });
            }
            Event::OfferAccepted { agent, .. } => {
                let slots = match &self.controller {
                    Controller::Offered { offer, .. } => offer.slots.clone(),
                    Controller::Bot | Controller::Queued { .. } | Controller::Agent { .. } | Controller::Closed => {
                        Vec::new()
                    }
                };
                self.taken_by(at, agent, &slots);
            }
            Event::HandoffAssigned { agent, slots, .. } | Event::HandoffTaken { agent, slots, .. } => {
                self.taken_by(at, agent, slots);
            }
            Event::OfferDeclined { agent, .. } | Event::OfferExpired { agent, .. } => {
                // A customer who was passed to one agent must not wait for that agent alone once the agent said no.
                self.move_handoff(|mut handoff| {
                    if planted(Fault::SinceResetOnReoffer) {
                        handoff.since = at;
                    }
                    if handoff.reserved_for.as_ref() == Some(agent) {
                        handoff.reserved_for = None;
                    }
                    Controller::Queued { handoff }
                });
            }
            Event::OfferRescinded { .. } => self.move_handoff(|handoff| Controller::Queued { handoff }),
            Event::HandoffReturned { .. } => self.move_handoff(|mut handoff| {
                handoff.reserved_for = None;
                Controller::Queued { handoff }
            }),
            Event::HandoffTransferred { to, needs, staffed, .. } => self.move_handoff(|mut handoff| {
                handoff.needs = needs.clone();
                handoff.staffed = *staffed;
                handoff.unstaffed_since = at;
                handoff.queued_at = at;
                handoff.alternative_offered = false;
                match to {
                    TransferTarget::Queue(queue) => {
                        handoff.queue = queue.clone();
                        handoff.reserved_for = None;
                    }
                    TransferTarget::Agent { agent, queue } => {
                        handoff.queue = queue.clone();
                        handoff.reserved_for = Some(agent.clone());
                    }
                }
                Controller::Queued { handoff }
            }),
            Event::HandedBack { handoff, agent, wrap_up_until } => {
                self.begin_wrap_up(*handoff, agent, *wrap_up_until);
                self.change_controller(Controller::Bot);
            }
            Event::HandoffAbandoned { reason, .. } => {
                self.change_controller(match reason {
                    // The close that follows in the same append ends the conversation.
                    AbandonReason::StayedWithBot | AbandonReason::TimedOut | AbandonReason::Left => Controller::Bot,
                });
            }
            Event::WrapUpEnded { handoff, .. } => self.wrap_ups.retain(|wrap_up| wrap_up.handoff != *handoff),
            Event::SurveyOffered { handoff } => {
                self.surveys.push(*handoff);
                if self.surveys.len() > OPEN_SURVEYS_MAX {
                    self.surveys.remove(0);
                }
            }
            Event::SurveyAnswered { handoff, .. } => self.surveys.retain(|open| open != handoff),
            Event::ConversationClosed { wrap_up_until, .. } => {
                self.bot_turns.clear();
                self.suggestion = None;
                self.promised = None;
                if let Controller::Agent { handoff, agent, .. } = &self.controller {
                    let (handoff, agent) = (handoff.id, agent.clone());
                    self.begin_wrap_up(handoff, &agent, *wrap_up_until);
                }
                self.change_controller(Controller::Closed);
            }
            Event::NotePosted { .. } | Event::NoticePosted { .. } => {}
        }
    }

    fn message_posted(&mut self, at: Timestamp, author: &Author) {
        self.last_message_at = at;
        match author {
            Author::Customer => match &mut self.controller {
                Controller::Bot => {
                    if let Some(declined) = &mut self.declined {
                        declined.turns_since = declined.turns_since.saturating_add(1);
                    }
                    if self.bot_turns.len() == BOT_TURNS_MAX {
                        self.bot_turns.remove(0);
                    }
                    self.bot_turns.push(BotTurn { message: self.seq, since: at });
                }
                Controller::Queued { handoff } | Controller::Offered { handoff, .. } => handoff.unstaffed_since = at,
                Controller::Agent { .. } | Controller::Closed => {}
            },
            Author::Bot { in_reply_to, .. } => {
                self.bot_turns.retain(|turn| Some(turn.message) != *in_reply_to);
            }
            Author::Agent(_) => {}
        }
    }

    fn change_controller(&mut self, controller: Controller) {
        self.controller = controller;
        self.epoch = Epoch(self.epoch.0 + 1);
    }

    fn move_handoff(&mut self, to: impl FnOnce(Handoff) -> Controller) {
        if let Some(handoff) = self.handoff().cloned() {
            self.change_controller(to(handoff));
        } else {
            debug_assert!(false, "an event about a handoff in conversation {} without one", self.id);
        }
    }

    fn taken_by(&mut self, at: Timestamp, agent: &AgentId, slots: &[Slot]) {
        self.last_agent = Some(agent.clone());
        self.moods.clear();
        let (agent, slots) = (agent.clone(), slots.to_vec());
        self.move_handoff(|mut handoff| {
            handoff.accepted_at.get_or_insert(at);
            handoff.reserved_for = None;
            Controller::Agent { handoff, agent, slots }
        });
    }

    fn begin_wrap_up(&mut self, handoff: HandoffId, agent: &AgentId, until: Option<Timestamp>) {
        if let (Some(until), Controller::Agent { slots, .. }) = (until, &self.controller) {
            self.wrap_ups.push(WrapUp { handoff, agent: agent.clone(), slots: slots.clone(), until });
        }
    }
}
