//! The floor: queues and agents as they stand, and what could be promised.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::conversation::PlaceView;
use super::event::{NobodyName, WaitView};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AvailabilityName {
    Available,
    Away,
    Offline,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QueueView {
    pub queue: String,
    pub name: String,
    pub open: bool,
    pub opens_at: Option<i64>,
    pub waiting: u32,
    /// When the one who waits longest began to.
    pub longest_since: Option<i64>,
    pub agents_connected: u32,
    pub agents_available: u32,
    pub agents_free: u32,
    pub wait: Option<WaitView>,
    pub service_level_s: u32,
    /// How handoffs reach agents: `offer`, `broadcast`, `pull`; on the floor alone.
    pub delivery: Option<String>,
    /// Most who may wait, on the floor; absent for no limit.
    pub limit: Option<u32>,
    /// Until when it is open or closed whatever its hours say, on the floor; absent where the hours hold.
    #[serde(default)]
    pub exception_until: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AgentView {
    pub agent: String,
    pub name: String,
    /// `agent`, `supervisor`, `admin`.
    pub role: String,
    pub connected: bool,
    pub availability: AvailabilityName,
    pub reason: Option<String>,
    pub since: i64,
    pub load: u32,
    pub capacity: u32,
    /// Slots beside `capacity` for urgent handoffs alone.
    pub urgent_slots: u32,
    /// Whether they may take from their queues themselves where handoffs are offered.
    pub pull: bool,
    pub queues: Vec<String>,
}

/// The live state that staff see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FloorView {
    pub at: i64,
    pub queues: Vec<QueueView>,
    pub agents: Vec<AgentView>,
}

/// What could be promised right now for these needs, before anything is promised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AvailabilityView {
    /// Whether a person who could serve it is available, perhaps busy.
    pub available: bool,
    /// The queue that it would join.
    pub queue: String,
    pub place: Option<PlaceView>,
    /// Why nobody can be promised, when nobody can.
    pub reason: Option<NobodyName>,
    pub opens_at: Option<i64>,
    /// What a customer can do meanwhile: `wait`, `leave_message`, `call_back`, `stay_with_bot`.
    pub alternatives: Vec<String>,
    /// Every queue that could serve it.
    pub queues: Vec<QueueView>,
}
