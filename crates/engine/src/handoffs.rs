//! What can be done with a handoff.

use std::sync::Arc;

use baton_core::{
    AgentId, Alternative, Command, Controller, Conversation, ConversationId, DeclineReason, Epoch, Event, HandoffId,
    Needs, OfferId, Priority, QueueId, Rejection, Requester, Seq, Staffing, TransferTarget, Trigger,
};
use serde_json::Value;

use crate::Engine;
use crate::briefs::BriefInfo;
use crate::conversations::check_text;
use crate::decisions::{self, DecisionInfo};
use crate::error::EngineError;
use crate::hub::{OfferInfo, Snapshot};
use crate::shell::{Beside, Kind, Order, Shell};

/// Longest reason, in bytes.
const REASON_BYTES_MAX: usize = 500;
/// Longest e-mail address, in bytes (RFC 5321, section 4.5.3.1).
const EMAIL_BYTES_MAX: usize = 254;

/// A handoff that somebody asks for.
#[derive(Debug, Clone)]
pub struct HandoffRequest {
    /// Made by whoever asks: asking twice with the same id is once.
    pub handoff: HandoffId,
    pub by: Requester,
    pub epoch: Option<Epoch>,
    pub needs: Needs,
}

/// Where a transfer goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransferTo {
    Queue(QueueId),
    Agent(AgentId),
}

/// How somebody is reached later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    Email(String),
    Phone(String),
}

/// Enough to tell a slip from an address; only sending something proves one.
fn plausible_email(email: &str) -> bool {
    email.len() <= EMAIL_BYTES_MAX
        && !email.contains(char::is_whitespace)
        && email
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.ends_with('.'))
}

/// Digits as people write them (E.164 has at most 15).
fn plausible_phone(phone: &str) -> bool {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    (5..=15).contains(&digits) && phone.chars().all(|sign| sign.is_ascii_digit() || " +-()./".contains(sign))
}

impl Shell {
    pub(crate) async fn request(
        self: &Arc<Self>,
        id: ConversationId,
        handoff: HandoffId,
        by: Requester,
        epoch: Option<Epoch>,
        triggers: Vec<Trigger>,
        needs: Needs,
    ) -> Result<Snapshot, EngineError> {
        let shell = Arc::clone(self);
        // Who asks again after the handoff is over, because the first answer was lost, does not get a second one.
        let once = format!("handoff-{handoff}");
        let outcome = self
            .execute(id, Some(once), move |loaded, now| {
                Ok(Order::from(Command::RequestHandoff {
                    handoff,
                    by: by.clone(),
                    epoch,
                    triggers: triggers.clone(),
                    admission: shell.admission(loaded, &needs, now),
                }))
            })
            .await?;
        Ok(self.snapshot_of(&outcome.loaded))
    }

    /// Reads the truth about slots from the store: somebody else takes them too.
    pub(crate) async fn reread_slots(self: &Arc<Self>) -> Result<(), EngineError> {
        let slots = self.store.read(|tx| tx.slots()).await?;
        let apart = self.floor().slots_apart(slots);
        for conversation in apart {
            // The slots follow from the conversation; what was read a moment ago may be old already.
            self.catch_up(conversation).await?;
        }
        self.route.notify_one();
        Ok(())
    }
}

impl Engine {
    /// Asks for a person.
    pub async fn request_handoff(&self, id: ConversationId, request: HandoffRequest) -> Result<Snapshot, EngineError> {
        self.check_needs(&request.needs)?;
        let trigger = match &request.by {
            Requester::Customer => Trigger::ExplicitRequest,
            Requester::Bot => Trigger::Bot,
            Requester::Baton | Requester::Api => Trigger::Api,
            Requester::Agent(agent) => Trigger::Agent(agent.clone()),
        };
        self.shell.request(id, request.handoff, request.by, request.epoch, vec![trigger], request.needs).await
    }

    /// The customer says yes to a person who was suggested at this message: the handoff, with what led to the question.
    pub async fn accept_suggestion(
        &self,
        id: ConversationId,
        message: Seq,
        handoff: HandoffId,
    ) -> Result<Snapshot, EngineError> {
        let shell = Arc::clone(&self.shell);
        self.act(id, move |loaded, now| {
            let suggestion = loaded.conversation.suggestion.as_ref();
            let needs = suggestion.map(|suggestion| suggestion.needs.clone()).unwrap_or_default();
            let admission = shell.admission(loaded, &needs, now);
            Ok(Order::from(Command::AcceptSuggestion { message, handoff, admission }))
        })
        .await
    }

    /// The customer prefers the bot; nobody asks again for a while.
    pub async fn decline_suggestion(&self, id: ConversationId, message: Seq) -> Result<Snapshot, EngineError> {
        self.act(id, move |_, _| Ok(Order::from(Command::DeclineSuggestion { message }))).await
    }

    /// The customer stays with the bot after all.
    pub async fn cancel_handoff(&self, id: ConversationId) -> Result<Snapshot, EngineError> {
        self.act(id, |_, _| Ok(Order::from(Command::CancelHandoff))).await
    }

    /// Takes down a message, and an address or a number, for whoever comes later. The handoff keeps its place.
    pub async fn leave_contact(
        &self,
        id: ConversationId,
        contact: Contact,
        text: String,
    ) -> Result<Snapshot, EngineError> {
        let (by, name, value) = match contact {
            Contact::Email(email) => (Alternative::Message, "email", email.trim().to_owned()),
            Contact::Phone(phone) => (Alternative::Callback, "phone", phone.trim().to_owned()),
        };
        match by {
            Alternative::Message if !plausible_email(&value) => {
                return Err(EngineError::invalid(
                    "email",
                    "this is not an e-mail address; write it like name@example.org",
                ));
            }
            Alternative::Callback if !plausible_phone(&value) => {
                return Err(EngineError::invalid(
                    "phone",
                    "this is no telephone number; write it like +34 600 000 000",
                ));
            }
            Alternative::Message | Alternative::Callback => {}
        }
        let must_say = by == Alternative::Message;
        if (must_say && text.trim().is_empty()) || text.len() > baton_core::BODY_BYTES_MAX as usize {
            return Err(EngineError::invalid("text", format!("write 1 to {} bytes", baton_core::BODY_BYTES_MAX)));
        }
        check_text("text", &text)?;
        self.act(id, move |_, _| {
            let extra = serde_json::json!({ name: value });
            Ok(Order {
                command: Command::LeaveContact { by },
                beside: vec![Beside { of: Kind::Contact, text: text.clone(), extra }],
            })
        })
        .await
    }

    /// The open offers of an agent, each with its brief.
    pub async fn offers_of(&self, agent: &AgentId) -> Result<Vec<OfferInfo>, EngineError> {
        let filter = baton_store::HeadFilter {
            agent: Some(agent.clone()),
            controllers: vec![baton_store::ControllerKind::Offered],
            limit: 200,
            ..baton_store::HeadFilter::default()
        };
        let heads = self.shell.store.read(move |tx| tx.heads(&filter)).await?;
        let mut offers = Vec::new();
        for head in heads {
            let loaded = self.shell.load(head.conversation).await?;
            offers.extend(self.shell.offer_info(&loaded).await?.filter(|offer| offer.agent == *agent));
        }
        Ok(offers)
    }

    /// The conversation of an open offer. One that is gone and one that never was look the same.
    pub async fn conversation_of_offer(&self, offer: OfferId) -> Result<ConversationId, EngineError> {
        let found = self.shell.store.read(move |tx| tx.conversation_of_offer(offer)).await?;
        found.ok_or(EngineError::Rejected(Rejection::OfferGone))
    }

    /// Takes the handoff. Accepting twice by the same agent is once; of many agents one gets it.
    pub async fn accept_offer(&self, agent: AgentId, offer: OfferId) -> Result<Snapshot, EngineError> {
        let accepted = match self.conversation_of_offer(offer).await {
            Ok(id) => {
                let agent = agent.clone();
                self.act(id, move |_, _| Ok(Order::from(Command::AcceptOffer { offer, agent: agent.clone() }))).await
            }
            Err(error) => Err(error),
        };
        match accepted {
            Err(EngineError::Rejected(Rejection::OfferGone)) => match self.accepted_before(offer, &agent).await? {
                Some(id) => self.snapshot(id).await,
                None => Err(EngineError::Rejected(Rejection::OfferGone)),
            },
            answer => answer,
        }
    }

    /// The conversation that this agent has by this very offer.
    async fn accepted_before(&self, offer: OfferId, agent: &AgentId) -> Result<Option<ConversationId>, EngineError> {
        let filter = baton_store::HeadFilter {
            agent: Some(agent.clone()),
            controllers: vec![baton_store::ControllerKind::Agent],
            limit: 200,
            ..baton_store::HeadFilter::default()
        };
        for head in self.shell.store.read(move |tx| tx.heads(&filter)).await? {
            let stored = self.shell.transcript(head.conversation, baton_core::Seq(0), head.seq).await?;
            let taken = stored.iter().any(
                |event| matches!(&event.recorded.event, Event::OfferAccepted { offer: taken, .. } if *taken == offer),
            );
            if taken {
                return Ok(Some(head.conversation));
            }
        }
        Ok(None)
    }

    pub async fn decline_offer(
        &self,
        agent: AgentId,
        offer: OfferId,
        reason: DeclineReason,
    ) -> Result<(), EngineError> {
        let id = self.conversation_of_offer(offer).await?;
        self.act(id, move |_, _| Ok(Order::from(Command::DeclineOffer { offer, agent: agent.clone(), reason })))
            .await
            .map(drop)
    }

    /// Passes the handoff on, with the brief, a note and what it needs beside what it needed. `epoch` is the controlling agent's; none is a supervisor's.
    pub async fn transfer(
        &self,
        id: ConversationId,
        by: AgentId,
        epoch: Option<Epoch>,
        to: TransferTo,
        more: Needs,
        note: Option<String>,
    ) -> Result<Snapshot, EngineError> {
        self.check_needs(&more)?;
        let deployment = self.deployment();
        match &to {
            TransferTo::Queue(queue) if !deployment.has_queue(queue) => {
                return Err(EngineError::invalid("queue", format!("there is no queue `{queue}`")));
            }
            TransferTo::Agent(agent) if deployment.agent(agent).is_none() => {
                return Err(EngineError::invalid("agent", format!("there is no agent `{agent}`")));
            }
            TransferTo::Queue(_) | TransferTo::Agent(_) => {}
        }
        let note = note.filter(|note| !note.trim().is_empty());
        check_text("note", note.as_deref().unwrap_or_default())?;
        let shell = Arc::clone(&self.shell);
        self.act(id, move |loaded, now| {
            let handoff = loaded.conversation.handoff().ok_or(Rejection::NoHandoff)?;
            let (target, needs) = transfer_target(&deployment, &loaded.conversation, handoff, &to);
            // Where it goes is said by the target; what else the agent says is needed adds to what was.
            let needs = needs.and(&Needs { queue: None, preferred_agent: None, ..more.clone() });
            let admission = {
                let floor = shell.floor();
                floor.floor.admit(&needs, now, &floor.waits)
            };
            let reachable = match &target {
                TransferTarget::Queue(_) => false,
                TransferTarget::Agent { agent, .. } => shell.floor().agent(&deployment, agent).is_some_and(|person| {
                    person.connected && person.availability == crate::floor::Availability::Available
                }),
            };
            let reason = match admission.staffing {
                Staffing::Nobody { reason, .. } if !reachable => Some(reason),
                Staffing::Nobody { .. } | Staffing::Staffed { .. } => None,
            };
            Ok(Order {
                command: Command::Transfer {
                    by: by.clone(),
                    epoch,
                    to: target,
                    needs: admission.needs,
                    staffed: reason.is_none(),
                    reason,
                    note_bytes: note.as_ref().map(|note| u32::try_from(note.len()).unwrap_or(u32::MAX)),
                },
                beside: note
                    .iter()
                    .map(|note| Beside { of: Kind::Note, text: note.clone(), extra: Value::Null })
                    .collect(),
            })
        })
        .await
    }

    /// Gives it to an agent without asking, from the bot, the queue or another agent. A slot must be free.
    pub async fn assign(&self, id: ConversationId, agent: AgentId, by: AgentId) -> Result<Snapshot, EngineError> {
        let deployment = self.deployment();
        let Some(config) = deployment.agent(&agent) else {
            return Err(EngineError::invalid("agent", format!("there is no agent `{agent}`")));
        };
        let capacity = config.capacity;
        let loaded = self.shell.load(id).await?;
        if matches!(loaded.conversation.controller, Controller::Bot) {
            let request = HandoffRequest {
                handoff: HandoffId(self.shell.ids.make()),
                by: Requester::Agent(by.clone()),
                epoch: None,
                needs: Needs { preferred_agent: Some(agent.clone()), ..Needs::default() },
            };
            self.request_handoff(id, request).await?;
        }
        let shell = Arc::clone(&self.shell);
        let taker = agent.clone();
        let assigned = self
            .act(id, move |loaded, _| {
                let handoff = loaded.conversation.handoff().ok_or(Rejection::NoHandoff)?;
                // The offer that rings with this very agent holds a slot for it already.
                let own = match &loaded.conversation.controller {
                    Controller::Offered { offer, .. } if offer.agent == taker => Some(offer.slots.clone()),
                    Controller::Offered { .. }
                    | Controller::Bot
                    | Controller::Queued { .. }
                    | Controller::Agent { .. }
                    | Controller::Closed => None,
                };
                let slots = own
                    .or_else(|| shell.floor().free_slots(&taker, capacity, handoff.needs.weight))
                    .ok_or_else(|| EngineError::AgentFull { agent: taker.clone() })?;
                Ok(Order::from(Command::Assign { handoff: handoff.id, agent: taker.clone(), slots, by: by.clone() }))
            })
            .await;
        match assigned {
            // The offer to this agent was accepted meanwhile: that is what was asked for.
            Err(EngineError::Rejected(Rejection::SameAgent)) => self.snapshot(id).await,
            answer => answer,
        }
    }

    /// Changes the order inside the queue; the reason goes on record.
    pub async fn change_priority(
        &self,
        id: ConversationId,
        priority: Priority,
        reason: String,
        by: AgentId,
    ) -> Result<Snapshot, EngineError> {
        if reason.trim().is_empty() || reason.len() > REASON_BYTES_MAX {
            return Err(EngineError::invalid("reason", format!("say why, in 1 to {REASON_BYTES_MAX} bytes")));
        }
        self.act(id, move |_, _| {
            Ok(Order {
                command: Command::ChangePriority { priority, by: by.clone() },
                beside: vec![Beside { of: Kind::Priority, text: reason.clone(), extra: Value::Null }],
            })
        })
        .await
    }

    /// The brief of a handoff, current or past.
    pub async fn brief(&self, handoff: HandoffId) -> Result<BriefInfo, EngineError> {
        self.shell.brief_of(handoff).await
    }

    /// Who was considered for a handoff, and why not, oldest first.
    pub async fn decisions(&self, handoff: HandoffId) -> Result<Vec<DecisionInfo>, EngineError> {
        let kept = self.shell.store.read(move |tx| tx.decisions(handoff)).await?;
        Ok(kept.iter().filter_map(|(at, record)| decisions::decode(*at, record)).collect())
    }

    /// Refuses needs that name what the configuration does not have.
    pub fn check_needs(&self, needs: &Needs) -> Result<(), EngineError> {
        let deployment = self.deployment();
        if let Some(queue) = needs.queue.as_ref().filter(|queue| !deployment.has_queue(queue)) {
            return Err(EngineError::invalid("needs.queue", format!("there is no queue `{queue}`")));
        }
        if let Some(agent) = needs.preferred_agent.as_ref().filter(|agent| deployment.agent(agent).is_none()) {
            return Err(EngineError::invalid("needs.preferred_agent", format!("there is no agent `{agent}`")));
        }
        Ok(())
    }
}

/// Where it goes and with which needs: the skills of the queue it leaves stay behind.
fn transfer_target(
    deployment: &crate::Deployment,
    conversation: &Conversation,
    handoff: &baton_core::Handoff,
    to: &TransferTo,
) -> (TransferTarget, Needs) {
    let mut needs = handoff.needs.clone();
    if let Some(old) = deployment.plan.queues.get(&handoff.queue) {
        needs.skills.retain(|skill, _| !old.skills.contains_key(skill));
    }
    needs.preferred_agent = None;
    needs.language = Some(conversation.language);
    match to {
        TransferTo::Queue(queue) => {
            needs.queue = Some(queue.clone());
            (TransferTarget::Queue(queue.clone()), needs)
        }
        TransferTo::Agent(agent) => {
            // It waits in a queue of that agent's, so that others can take it when the agent does not.
            let own = deployment.agent(agent).map(|config| &config.queues);
            let queue =
                own.and_then(|own| own.get(&handoff.queue).or_else(|| own.first())).unwrap_or(&handoff.queue).clone();
            needs.queue = Some(queue.clone());
            needs.preferred_agent = Some(agent.clone());
            (TransferTarget::Agent { agent: agent.clone(), queue }, needs)
        }
    }
}
