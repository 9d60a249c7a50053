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

/// Why each agent was or was not chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DecisionView {
    pub at: i64,
    pub plan_version: u64,
    pub chosen: Option<String>,
    /// Why that one, or why nobody, in words.
    pub reason: String,
    pub considered: Vec<ConsideredView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConsideredView {
    pub agent: String,
    /// Absent for who was chosen; otherwise the reason why not, in words.
    pub why_not: Option<String>,
}
