//! The configuration in its versions: what runs, what another document would change, and going back.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A version of the configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConfigView {
    pub version: u64,
    pub at: i64,
    pub by: String,
    /// Why, in the words of whoever applied it.
    pub note: Option<String>,
    /// The YAML document as it was applied, comments and all; empty in lists.
    pub document: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyConfig {
    pub document: String,
    /// The version it was made from; refused with 409 when another was applied meanwhile.
    #[serde(default)]
    pub expected_version: Option<u64>,
    /// Why; kept with the version. At most 500 bytes.
    #[serde(default)]
    pub note: Option<String>,
}

/// Edits the configuration that runs, and leaves the rest of its text as people wrote it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditConfig {
    /// The version that was read; refused with 409 when another was applied meanwhile.
    pub expected_version: u64,
    /// Made one after the other, all or none; at most 50.
    pub edits: Vec<ConfigEdit>,
    /// Why; kept with the version.
    #[serde(default)]
    pub note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfigEdit {
    /// Like `["queues", "general", "ring_s"]`.
    pub path: Vec<String>,
    /// What is to stand there; without one it is taken out.
    #[serde(default)]
    pub value: Option<serde_json::Value>,
}

/// The configuration as values, with its version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConfigValuesView {
    pub version: u64,
    /// As it was written, without defaults. Secrets that stand in the text are told as `(secret)`.
    pub values: serde_json::Value,
}

/// Opening hours to draw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawHours {
    pub hours: String,
    pub time_zone: String,
    #[serde(default)]
    pub holidays: Vec<String>,
    /// Days with hours of their own.
    #[serde(default)]
    pub exceptional_days: std::collections::BTreeMap<String, String>,
}

/// When it is open in the days from today on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HoursView {
    /// Today and the days after it, each as its date and its midnights.
    pub days: Vec<HoursDayView>,
    /// The next holidays, in order.
    pub holidays: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HoursDayView {
    pub date: String,
    pub holiday: bool,
    pub exceptional: bool,
    /// Minutes of the day on the wall's clock, from and until.
    pub open: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Applied {
    pub version: u64,
    pub changed: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RollBackConfig {
    /// The version whose text is to run again; without one the newest that says something else than what runs.
    #[serde(default)]
    pub version: Option<u64>,
    /// The version that runs; refused with 409 when another was applied meanwhile.
    #[serde(default)]
    pub expected_version: Option<u64>,
    /// Why; without one it says to which version it went back.
    #[serde(default)]
    pub note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanConfig {
    pub document: String,
}

/// What one version says otherwise than another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConfigDifferenceView {
    pub from: u64,
    pub to: u64,
    pub changes: Vec<ConfigChangeView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConfigChangeKind {
    Added,
    Removed,
    Changed,
}

/// One thing that is otherwise: a queue, an agent, the settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConfigChangeView {
    /// The section of the document, like `queues`.
    pub section: String,
    /// The entry's key; none for sections that are one thing, like `settings`.
    pub key: Option<String>,
    pub kind: ConfigChangeKind,
    /// What is otherwise. For an added thing all that it has, for a removed one nothing.
    pub fields: Vec<ConfigFieldView>,
}

/// One field that is otherwise. Secrets are shown as `(secret)`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConfigFieldView {
    /// `hours`, `skills.technical`, `relax.0.after_s`; empty when the section is one value.
    pub path: String,
    /// A text, a number, a flag or a list of them; `null` when it was not there.
    pub from: serde_json::Value,
    pub to: serde_json::Value,
}

/// What applying a document would do now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConfigPlanView {
    /// The version that runs; 0 when there is none.
    pub against: u64,
    pub changes: Vec<ConfigChangeView>,
    /// What is allowed and hardly meant, like a queue that nobody serves.
    pub warnings: Vec<String>,
    /// How many handoffs wait right now.
    pub waiting: u32,
    /// Those for whom something changes, at most 200.
    pub effects: Vec<WaitingEffectView>,
    /// How many more there are.
    pub effects_left_out: u32,
    /// Agents who would be gone and hold conversations, which then return to their queues.
    pub returned: Vec<ReturnedView>,
}

/// What becomes of one handoff that waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WaitingEffectView {
    pub handoff: Uuid,
    pub conversation: Uuid,
    pub now: StandingView,
    pub then: StandingView,
}

/// How a handoff that waits stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StandingView {
    pub queue: String,
    /// 1 is next.
    pub place: u32,
    /// Whether somebody who is there could serve it and may be promised.
    pub staffed: bool,
    /// Whether any agent of the configuration could serve it, there or not.
    pub served_ever: bool,
    /// Who would be asked at once.
    pub asked: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReturnedView {
    pub agent: String,
    pub conversations: u32,
}
