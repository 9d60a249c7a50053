//! The wall: today's figures by queue, against the usual day; and what supervisors do from there.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::floor::AvailabilityName;

/// Today, by queue and in all. Whoever supervises some queues sees those, and a total of those.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WallView {
    pub at: i64,
    /// Today's midnight in the default queue's time zone.
    pub day_starts: i64,
    pub slot_s: u32,
    pub time_zone: String,
    /// How many days the usual one is made of.
    pub usual_days: u32,
    pub total: WallFiguresView,
    pub queues: Vec<WallQueueView>,
    /// Whether the day has more handoffs than are read; then the figures are of the first ones.
    pub truncated: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WallQueueView {
    pub queue: String,
    pub name: String,
    pub figures: WallFiguresView,
    /// How many of the promised waits held lately; absent without promises.
    pub coverage: Option<f64>,
    pub promises: u64,
    pub alerts: Vec<AlertView>,
}

/// The handoffs requested today. `served`, `abandoned`, `message_left`, `unserved`, `in_progress` and `waiting` add up
/// to `requested`; so do `within`, `late` and `undecided`; and so do the slots.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WallFiguresView {
    pub requested: u64,
    pub accepted: u64,
    pub served: u64,
    pub abandoned: u64,
    pub message_left: u64,
    pub unserved: u64,
    pub in_progress: u64,
    pub waiting: u64,
    /// Accepted within the queue's threshold.
    pub within: u64,
    /// Waited longer.
    pub late: u64,
    /// Neither yet, or left early.
    pub undecided: u64,
    /// `within / (within + late)`; absent while nothing is decided.
    pub service_level: Option<f64>,
    /// `abandoned / requested`.
    pub abandonment: Option<f64>,
    pub answer_p50_s: Option<f64>,
    pub answer_p90_s: Option<f64>,
    pub handle_mean_s: Option<f64>,
    pub rating_mean: Option<f64>,
    pub ratings: u64,
    pub today: Vec<SlotView>,
    /// Absent where there are fewer than two days to compare with.
    pub usual: Option<Vec<UsualSlotView>>,
}

/// The handoffs requested in one slot of the day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SlotView {
    pub requested: u64,
    pub accepted: u64,
    pub abandoned: u64,
    pub service_level: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UsualSlotView {
    /// Means over the days.
    pub requested: f64,
    pub abandoned: f64,
    pub service_level: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlertName {
    Waiting,
    LongestWait,
    ServiceLevel,
}

/// A threshold of the queue's `alerts` that is passed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AlertView {
    pub kind: AlertName,
    /// A count, seconds, or a share.
    pub value: f64,
    pub threshold: f64,
    pub since: i64,
}

/// Sets somebody away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAway {
    /// `away` or `offline`; available is for people to say themselves.
    pub availability: AvailabilityName,
    /// Shown to them and kept.
    pub reason: String,
}

/// Opens or closes a queue for a while, whatever its hours say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExceptQueue {
    pub open: bool,
    /// At most thirty-one days ahead; from then on the hours hold again.
    pub until: i64,
    pub reason: String,
}

/// An invitation to sign in; the secret is shown once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InvitationView {
    pub id: String,
    pub agent: String,
    pub created_at: i64,
    pub expires_at: i64,
    /// The link to give to the person, once. Its secret stands behind the `#`, which no server is sent.
    pub link: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    pub token: String,
    /// At least 10 characters.
    pub password: String,
}

/// Who was invited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Accepted {
    pub agent: String,
    pub name: String,
    /// To sign in with.
    pub email: String,
}
