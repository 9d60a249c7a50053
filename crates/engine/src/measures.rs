//! What is counted while it runs, for metrics; and what the estimates were worth, for reports.

use std::collections::BTreeMap;

use baton_core::{AbandonReason, AgentId, Conversation, Event, QueueId, Timestamp};
use baton_routing::Record;

use crate::Engine;
use crate::floor::FloorInfo;

/// Counts since the start of this process.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    /// Handoffs by queue and by what became of them: `requested`, `accepted`, `abandoned`, `returned`, `transferred`,
    /// `handed_back`.
    pub handoffs: BTreeMap<(QueueId, &'static str), u64>,
    /// Offers by what became of them: `made`, `accepted`, `declined`, `expired`, `rescinded`.
    pub offers: BTreeMap<&'static str, u64>,
    /// Assignments by how they came: `offered`, `taken`, `assigned`.
    pub assignments: BTreeMap<&'static str, u64>,
    /// Waits that ended with an agent, by queue: how many, and their sum in seconds.
    pub waits: BTreeMap<QueueId, (u64, f64)>,
    pub messages: u64,
    /// Appends that were decided anew because somebody else was first.
    pub conflicts: u64,
}

impl Counts {
    /// Counts one event of this process; `after` is the state it led to.
    pub(crate) fn count(&mut self, before: &Conversation, after: &Conversation, event: &Event, at: Timestamp) {
        let queue = after.handoff().or(before.handoff()).map(|handoff| handoff.queue.clone());
        match event {
            Event::MessagePosted { .. } => self.messages += 1,
            Event::HandoffRequested { .. } => self.handoff(queue, "requested"),
            Event::OfferMade { .. } => self.offer("made"),
            Event::OfferAccepted { agent, .. } => {
                self.offer("accepted");
                self.assigned("offered", queue, after, agent, at);
            }
            Event::HandoffTaken { agent, .. } => self.assigned("taken", queue, after, agent, at),
            Event::HandoffAssigned { agent, .. } => self.assigned("assigned", queue, after, agent, at),
            Event::OfferDeclined { .. } => self.offer("declined"),
            Event::OfferExpired { .. } => self.offer("expired"),
            Event::OfferRescinded { .. } => self.offer("rescinded"),
            Event::HandoffReturned { .. } => self.handoff(queue, "returned"),
            Event::HandoffMoved { .. } => self.handoff(queue, "moved"),
            Event::HandoffTransferred { .. } => self.handoff(queue, "transferred"),
            Event::HandedBack { .. } => self.handoff(queue, "handed_back"),
            Event::HandoffAbandoned { reason, .. } => match reason {
                AbandonReason::Left | AbandonReason::StayedWithBot | AbandonReason::TimedOut => {
                    self.handoff(queue, "abandoned");
                }
            },
            Event::ConversationStarted { .. }
            | Event::NotePosted { .. }
            | Event::TurnAssessed { .. }
            | Event::BotTurnFailed { .. }
            | Event::StaffingChanged { .. }
            | Event::NoticePosted { .. }
            | Event::AlternativeOffered { .. }
            | Event::PriorityChanged { .. }
            | Event::ContactLeft { .. }
            | Event::WrapUpEnded { .. }
            | Event::SuggestionDeclined { .. }
            | Event::PromiseMade { .. }
            | Event::PromiseBroken { .. }
            | Event::OpinionGiven { .. }
            | Event::TimingMarked { .. }
            | Event::AnswerRated { .. }
            | Event::SurveyOffered { .. }
            | Event::SurveyAnswered { .. }
            | Event::ConversationClosed { .. } => {}
        }
    }

    fn handoff(&mut self, queue: Option<QueueId>, what: &'static str) {
        if let Some(queue) = queue {
            *self.handoffs.entry((queue, what)).or_default() += 1;
        }
    }

    fn offer(&mut self, what: &'static str) {
        *self.offers.entry(what).or_default() += 1;
    }

    fn assigned(
        &mut self,
        how: &'static str,
        queue: Option<QueueId>,
        after: &Conversation,
        agent: &AgentId,
        at: Timestamp,
    ) {
        debug_assert!(!after.held_slots().is_empty(), "{agent} was given a handoff that takes no slot");
        *self.assignments.entry(how).or_default() += 1;
        // A transfer's second agent ends no customer's first wait.
        let first = after.handoff().filter(|handoff| handoff.accepted_at == Some(at));
        if let (Some(handoff), Some(queue)) = (first, queue) {
            self.handoff(Some(queue.clone()), "accepted");
            let (count, sum) = self.waits.entry(queue).or_default();
            *count += 1;
            *sum += at.since(handoff.since).as_secs_f64();
        }
    }
}

/// What metrics show: the floor as it stands, the counts, and the estimates' worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    pub floor: FloorInfo,
    pub counts: Counts,
    pub estimates: Vec<(QueueId, Record)>,
    pub config_version: u64,
}

impl Engine {
    pub fn measures(&self) -> Measures {
        let counts = self.shell.counts().clone();
        Measures { floor: self.floor(), counts, estimates: self.estimates(), config_version: self.deployment().version }
    }

    /// What became of the promised waits, by queue, since this process began or from what it carried over.
    pub fn estimates(&self) -> Vec<(QueueId, Record)> {
        let floor = self.shell.floor();
        floor.floor.plan().queues.keys().map(|queue| (queue.clone(), floor.waits.record(queue))).collect()
    }
}
