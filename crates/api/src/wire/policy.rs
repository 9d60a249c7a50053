//! The policy on the wire: trying a message, shadows, advice, thresholds, and the marks that advice rests on.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::event::{AuthorKind, TimingName, VerdictName, VerdictView};

/// A message to try.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assess {
    pub text: String,
    /// What the browser would say, like `es`.
    #[serde(default)]
    pub language: Option<String>,
    /// The first channel when not said.
    #[serde(default)]
    pub channel: Option<String>,
    #[serde(default)]
    pub tier: Option<String>,
    /// What was said before, oldest first, at most 50.
    #[serde(default)]
    pub history: Vec<AssessLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessLine {
    pub author: AuthorKind,
    pub text: String,
    /// For a bot's: whether it had an answer; it had when not said.
    #[serde(default)]
    pub knew: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AssessedView {
    pub verdict: VerdictView,
    /// What the policies in the shadow would have concluded.
    pub shadows: Vec<ShadowVerdictView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ShadowVerdictView {
    pub shadow: String,
    pub kind: VerdictName,
}

/// The policy that runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PolicyView {
    pub version: u64,
    pub thresholds: Vec<LeverView>,
    pub shadows: Vec<ShadowView>,
    pub channels: Vec<String>,
}

/// One threshold that can be turned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LeverView {
    /// Like `frustration_threshold`.
    pub key: String,
    pub signal: String,
    pub act: LeverActName,
    /// Absent for never.
    pub value: Option<f32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeverActName {
    Suggest,
    HandOff,
}

/// A policy in the shadow, with how it judged since the version that it was last changed or ran by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ShadowView {
    pub name: String,
    /// False for one that the configuration no longer has.
    pub running: bool,
    pub version: u64,
    pub counts: Vec<ShadowCountView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShadowCountView {
    pub live: VerdictName,
    pub would: VerdictName,
    pub turns: u64,
}

/// A turn that a shadow would have judged differently.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ShadowExampleView {
    pub conversation: Uuid,
    pub message: u64,
    pub at: i64,
    pub version: u64,
    pub live: VerdictName,
    pub would: VerdictName,
    /// Absent where the reader may not see the conversation, or it was erased.
    pub text: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AdviceListView {
    /// How many marked handoffs it rests on.
    pub marked: u64,
    pub advice: Vec<AdviceView>,
}

/// One change of one threshold, with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AdviceView {
    pub key: String,
    pub from: Option<f32>,
    pub to: f32,
    /// Handoffs that should have come earlier and would have.
    pub sooner: ShareView,
    /// Handoffs that need not have come and would not have.
    pub spared: ShareView,
    /// Conversations that ended without a handoff and would have had one.
    pub disturbed: ShareView,
    /// Conversations that it would have turned, to read.
    pub turned: Vec<Uuid>,
}

/// How many of how many, and between which shares 95 of 100 such samples lie.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ShareView {
    pub of: u64,
    pub all: u64,
    pub low: f64,
    pub high: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TurnThreshold {
    /// Leave it out for never.
    #[serde(default)]
    pub value: Option<f32>,
    /// Turn it in the shadow of this name alone, to see what it would do.
    #[serde(default)]
    pub shadow: Option<String>,
    /// Why.
    pub note: String,
    #[serde(default)]
    pub expected_version: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkTiming {
    /// Leave it out to take the mark back.
    #[serde(default)]
    pub timing: Option<TimingName>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerSuggestion {
    /// The message at which a person was suggested: `suggested_at`.
    pub message: u64,
    pub answer: SuggestionAnswer,
    /// The id that the handoff gets; needed for a yes.
    #[serde(default)]
    pub handoff: Option<Uuid>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionAnswer {
    Yes,
    No,
}
