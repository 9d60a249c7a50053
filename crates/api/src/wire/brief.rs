//! The brief and the needs, as staff see them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::conversation::CustomerView;
use super::event::TriggerView;

/// What a handoff needs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NeedsView {
    pub queue: Option<String>,
    pub topic: Option<String>,
    pub tier: Option<String>,
    pub language: Option<String>,
    /// Level 1 to 5 by skill.
    pub skills: BTreeMap<String, u8>,
    pub preferred_agent: Option<String>,
    /// −10 to 10.
    pub priority: i8,
    /// How many of an agent's slots it takes, 1 to 16; 0 is not said, which is 1.
    pub weight: u8,
}

/// A statement and the messages it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CitedView {
    pub text: String,
    pub messages: Vec<u64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TriedView {
    pub question: u64,
    pub answer: u64,
    pub text: String,
    /// `did_not_know`, `asked_again`, `unclear`.
    pub worked: String,
}

/// What the customer said already; do not ask again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct KnownView {
    pub what: String,
    pub value: String,
    pub message: Option<u64>,
}

/// What the agent gets before saying yes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BriefView {
    pub handoff: Uuid,
    pub conversation: Uuid,
    pub customer: Option<CustomerView>,
    pub issue: CitedView,
    pub why: Vec<TriggerView>,
    pub tried: Vec<TriedView>,
    pub summary: Vec<CitedView>,
    /// `extractive`, or the model's name.
    pub written_by: String,
    pub known: Vec<KnownView>,
    /// How many messages the transcript has; read them by `GET /v1/conversations/{id}/events`.
    pub messages: u64,
    /// The last event that the brief covers.
    pub through: u64,
    pub truncated: bool,
    /// A transfer's note.
    pub transfer_note: Option<String>,
}

/// A handoff proposed to this agent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OfferView {
    pub id: Uuid,
    pub conversation: Uuid,
    pub handoff: Uuid,
    pub queue: String,
    pub queue_name: String,
    pub since: i64,
    pub expires_at: i64,
    /// How long it rings in all.
    pub ring_ms: u64,
    pub language: String,
    pub brief: BriefView,
}

/// A handoff that I may take from the queue: shown to everybody who could, or there to be pulled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TakeableView {
    pub handoff: Uuid,
    pub conversation: Uuid,
    pub queue: String,
    pub queue_name: String,
    pub since: i64,
    pub language: String,
    /// True when its queue shows it to everybody as it comes, so that it should ring; otherwise it is in a list.
    pub broadcast: bool,
    /// How many steps of relaxation hold.
    pub step: u8,
    pub brief: BriefView,
}

/// What was decided for a handoff at a moment: what it needed, and why each agent was or was not chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DecisionView {
    pub at: i64,
    /// The configuration that held.
    pub plan_version: u64,
    pub chosen: Option<String>,
    /// Why that one, or why nobody, in words.
    pub reason: String,
    /// What was asked of an agent, after relaxation; decisions of the first days do not say.
    pub needed: Option<NeededView>,
    /// How many steps of its queue's relaxation held; 0 is none.
    pub step: u8,
    /// Its own queue, and those whose agents were asked too.
    pub queues: Vec<String>,
    /// How the queue chooses among the free: `longest_idle`, `least_occupied`, `best_skill`.
    pub choose: Option<String>,
    pub considered: Vec<ConsideredView>,
    /// How many agents the list has no room for.
    pub not_listed: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NeededView {
    /// Level 1 to 5 by skill, the queue's own skills included.
    pub skills: BTreeMap<String, u8>,
    /// The customer's language.
    pub language: Option<String>,
    /// Whether the agent had to speak it.
    pub language_required: bool,
    /// How many of the agent's slots it takes.
    pub weight: u8,
    /// Whether urgent slots could be taken for it.
    pub urgent: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConsideredView {
    pub agent: String,
    /// Absent for who was chosen; otherwise the reason why not, in words.
    pub why_not: Option<String>,
}

/// Why a handoff stands where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExplanationView {
    pub at: i64,
    pub handoff: Uuid,
    pub conversation: Uuid,
    pub queue: String,
    pub requested_at: i64,
    pub accepted_at: Option<i64>,
    pub ended_at: Option<i64>,
    /// `open`, `handed_back`, `closed`, `abandoned`, `message_left`.
    pub outcome: String,
    /// Who had it last.
    pub agent: Option<String>,
    /// While it waits, offered or not.
    pub waiting: Option<WaitingView>,
    /// What was decided so far, oldest first.
    pub decisions: Vec<DecisionView>,
}

/// How a handoff waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WaitingView {
    /// What it was asked with; what holds at the moment is in `now`.
    pub needs: NeedsView,
    /// 1 is next.
    pub place: u32,
    /// When it came into this queue: relaxation counts from here.
    pub queued_at: i64,
    /// What would be decided at this moment, or why there is nobody.
    pub now: Option<DecisionView>,
    /// The steps of its queue's relaxation.
    pub relaxes: Vec<RelaxationView>,
}

/// One step in which needs relax.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RelaxationView {
    /// When it holds from, for this handoff.
    pub at: i64,
    /// What it relaxes, in words.
    pub relaxes: String,
}
