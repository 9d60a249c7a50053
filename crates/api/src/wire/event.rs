//! Events as a principal sees them. What a principal may not see arrives as `hidden`, so that a gap is visible by arithmetic.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::brief::NeedsView;
use super::request::{ActionPart, CardPart};

/// One event of a conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EventView {
    /// 1, 2, 3 … without gaps.
    pub seq: u64,
    pub at: i64,
    #[serde(flatten)]
    pub what: EventKind,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EventKind {
    ConversationStarted(ConversationStartedView),
    MessagePosted(MessageView),
    NotePosted(NoteView),
    TurnAssessed(TurnAssessedView),
    BotTurnFailed(BotTurnFailedView),
    SuggestionDeclined(SuggestionDeclinedView),
    PromiseMade(PromiseMadeView),
    PromiseBroken(PromiseBrokenView),
    OpinionGiven(OpinionGivenView),
    TimingMarked(TimingMarkedView),
    AnswerRated(AnswerRatedView),
    HandoffRequested(HandoffRequestedView),
    StaffingChanged(StaffingChangedView),
    NoticePosted(NoticeView),
    OfferMade(OfferMadeView),
    OfferAccepted(OfferAcceptedView),
    OfferDeclined(OfferDeclinedView),
    OfferExpired(OfferExpiredView),
    OfferRescinded(OfferRescindedView),
    HandoffAssigned(HandoffAssignedView),
    HandoffTaken(HandoffTakenView),
    AlternativeOffered(AlternativeOfferedView),
    HandoffReturned(HandoffReturnedView),
    HandoffMoved(HandoffMovedView),
    HandoffTransferred(HandoffTransferredView),
    PriorityChanged(PriorityChangedView),
    ContactLeft(ContactLeftView),
    HandedBack(HandedBackView),
    HandoffAbandoned(HandoffAbandonedView),
    WrapUpEnded(WrapUpEndedView),
    SurveyOffered(SurveyOfferedView),
    SurveyAnswered(SurveyAnsweredView),
    ConversationClosed(ConversationClosedView),
    Hidden(HiddenView),
}

/// Something happened here that this principal does not see.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HiddenView {}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConversationStartedView {
    pub channel: String,
    pub language: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuthorKind {
    Customer,
    Bot,
    Agent,
}

/// Who wrote it; a person and a bot are never confused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuthorView {
    pub kind: AuthorKind,
    /// What to show: the bot's or the agent's name; empty for an anonymous customer.
    pub name: String,
    /// The agent's key; staff only.
    pub agent: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MessageView {
    pub author: AuthorView,
    pub text: String,
    /// Safe HTML made from Markdown, for bots' and agents' messages; customers' text is text.
    pub html: Option<String>,
    /// The id that its sender made.
    pub client_id: Option<String>,
    pub in_reply_to: Option<u64>,
    /// For a bot's message: whether it had an answer.
    pub knew: Option<bool>,
    /// The articles that a bot's answer rests on.
    pub sources: Vec<SourceView>,
    /// The files that were sent with it; read each at `/v1/conversations/{id}/attachments/{attachment}`.
    #[serde(default)]
    pub attachments: Vec<AttachmentView>,
    /// Buttons under a bot's answer.
    #[serde(default)]
    pub actions: Vec<ActionPart>,
    /// Cards under a bot's answer.
    #[serde(default)]
    pub cards: Vec<CardPart>,
    /// Erased on request: the text is gone, the place remains.
    pub erased: bool,
}

/// A file beside a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttachmentView {
    pub id: Uuid,
    pub name: String,
    /// What its bytes say it is.
    pub media_type: String,
    pub bytes: u64,
    /// It can be shown where it was sent.
    pub picture: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SourceView {
    pub title: String,
    /// Path of the article on this server, like `/manual/routing#hours`.
    pub href: String,
}

/// Seen by staff only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NoteView {
    pub agent: String,
    pub agent_name: String,
    pub text: String,
    /// Colleagues whom it names, by their keys.
    #[serde(default)]
    pub mentions: Vec<String>,
}

/// Seen by staff only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TurnAssessedView {
    pub message: u64,
    pub verdict: VerdictView,
}

/// The customer was asked whether they would like a person, and said no.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SuggestionDeclinedView {
    /// The customer's message at which it was suggested.
    pub message: u64,
}

/// A bot's message says something about a person coming. Seen by staff only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PromiseMadeView {
    pub message: u64,
    pub promise: PromiseName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PromiseName {
    /// Somebody is being connected.
    Connecting,
    /// Nobody can be.
    Cannot,
}

/// The bot said that a person is coming, and nobody was asked for one in time. Seen by staff only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PromiseBrokenView {
    pub message: u64,
}

/// What a language model thinks of a turn that the policy left undecided. Seen by staff only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OpinionGivenView {
    pub message: u64,
    pub kind: VerdictName,
    pub model: String,
    /// In the model's words; absent when it was erased.
    pub reason: Option<String>,
}

/// The customer found a bot's answer helpful, or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AnswerRatedView {
    pub message: u64,
    /// Absent when it was taken back.
    pub helpful: Option<bool>,
}

/// What an agent thinks of when a handoff came. Seen by staff only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TimingMarkedView {
    pub handoff: Uuid,
    pub by: String,
    pub timing: Option<TimingName>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimingName {
    /// It should have come earlier.
    TooLate,
    /// It need not have come.
    NotNeeded,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictName {
    Keep,
    Suggest,
    HandOff,
}

/// A verdict with its trace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct VerdictView {
    pub kind: VerdictName,
    pub triggers: Vec<TriggerView>,
    pub signals: Vec<SignalView>,
    pub rules: Vec<RuleMatchView>,
    /// The overrides of the policy that held, in the order in which they were laid over it.
    #[serde(default)]
    pub overrides: Vec<String>,
    pub topic: Option<TopicView>,
    pub language: String,
    pub language_confidence: f32,
    pub needs: NeedsView,
    pub policy_version: u64,
    pub model_version: String,
    /// What would have changed the verdict, in English words.
    pub would_change: Vec<String>,
    /// The same for programs.
    #[serde(default)]
    pub counterfactuals: Vec<CounterfactualView>,
}

/// Why a handoff began: a code, and of what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TriggerView {
    /// `explicit_request`, `frustration`, `dissatisfaction`, `trend`, `repeated_failure`, `repeated_need`, `complexity`,
    /// `sensitive`, `timing`, `suggestion`, `broken_promise`, `second_opinion`, `rule`, `bot`, `bot_down`, `agent`, `api`.
    pub code: String,
    /// The rule, the agent, or the class of a sensitive matter.
    pub of: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SignalView {
    /// `explicit_request`, `frustration`, `dissatisfaction`, `trend`, `repeated_failure`, `repeated_need`, `complexity`,
    /// `sensitive`, `timing`.
    pub name: String,
    /// Of a sensitive matter, like `fraud`.
    #[serde(default)]
    pub class: Option<String>,
    pub value: f32,
    /// From here on it hands off by itself; absent when it never does.
    pub threshold: Option<f32>,
    /// From here on it suggests a person; absent when it never does.
    #[serde(default)]
    pub suggest: Option<f32>,
    /// Byte offsets in the message's text.
    pub span: Option<SpanView>,
    pub evidence: String,
}

/// One change that would have given another verdict, all else equal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CounterfactualView {
    pub change: ChangeName,
    /// The signal, the rule or the override.
    pub of: String,
    /// Of a sensitive matter.
    pub class: Option<String>,
    /// Where the signal would have to stand.
    pub value: Option<f32>,
    /// What the verdict would have been.
    pub kind: VerdictName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeName {
    Reaches,
    StaysBelow,
    WithoutRule,
    WithoutOverride,
    WithoutCoolDown,
    WithoutGoodbye,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SpanView {
    pub start: u32,
    pub end: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RuleMatchView {
    pub rule: String,
    pub kind: VerdictName,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TopicView {
    pub topic: String,
    pub confidence: f32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BotTurnFailedView {
    pub message: u64,
    /// `unreachable`, `timed_out`, `refused`, `invalid`.
    pub failure: String,
}

/// A customer sees the handoff and whether anybody is there; staff see everything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HandoffRequestedView {
    pub handoff: Uuid,
    pub staffed: bool,
    /// `customer`, `bot`, `baton`, `agent`, `api`.
    pub by: Option<String>,
    pub triggers: Vec<TriggerView>,
    pub needs: Option<NeedsView>,
    pub queue: Option<String>,
    pub message: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StaffingChangedView {
    pub handoff: Uuid,
    pub staffed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    Queued,
    NobodyAvailable,
    AgentJoined,
    WaitingAgain,
    LongWait,
    Transferred,
    BackToBot,
    ContactTaken,
    Closed,
}

/// What Baton tells the customer, in the conversation's language, with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NoticeView {
    pub notice: NoticeKind,
    pub text: String,
    pub position: Option<u32>,
    pub wait: Option<WaitView>,
    pub opens_at: Option<i64>,
    pub agent_name: Option<String>,
    /// Why nobody is there, with `nobody_available`.
    pub reason: Option<NobodyName>,
    /// What is offered with `long_wait`, or was left with `contact_taken`.
    pub alternative: Option<AlternativeName>,
}

/// An estimated wait; absent where there is no ground for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WaitView {
    pub likely_s: u32,
    pub at_most_s: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OfferMadeView {
    pub offer: Uuid,
    pub handoff: Uuid,
    pub agent: String,
    pub expires_at: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OfferAcceptedView {
    pub handoff: Uuid,
    pub agent_name: String,
    /// Staff only.
    pub agent: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OfferDeclinedView {
    pub offer: Uuid,
    pub agent: String,
    pub reason: DeclineCode,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OfferExpiredView {
    pub offer: Uuid,
    pub agent: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OfferRescindedView {
    pub offer: Uuid,
    pub agent: String,
    /// `customer_left`, `agent_gone`, `reassigned`.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HandoffAssignedView {
    pub handoff: Uuid,
    pub agent_name: String,
    pub agent: Option<String>,
    pub by: Option<String>,
}

/// An agent took it from the queue themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HandoffTakenView {
    pub handoff: Uuid,
    pub agent_name: String,
    /// Staff only.
    pub agent: Option<String>,
}

/// It took too long, and something else was offered; the place is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AlternativeOfferedView {
    pub handoff: Uuid,
    pub alternative: AlternativeName,
}

/// What can be had in place of waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlternativeName {
    Callback,
    Message,
}

/// Why nobody can be promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NobodyName {
    Closed,
    /// It closes too soon for one who would only join.
    ClosingSoon,
    NobodyAvailable,
    /// As many wait as the queue takes.
    Full,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HandoffReturnedView {
    pub handoff: Uuid,
    pub agent: Option<String>,
    /// `away`, `disconnected`, `removed`.
    pub reason: String,
}

/// It waits in another queue, at its old place, and nobody transferred it. Staff only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HandoffMovedView {
    pub handoff: Uuid,
    pub to_queue: String,
    /// `queue_removed`: the configuration has the old queue no longer.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HandoffTransferredView {
    pub handoff: Uuid,
    pub by: Option<String>,
    pub to_queue: Option<String>,
    pub to_agent: Option<String>,
    pub staffed: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PriorityChangedView {
    pub handoff: Uuid,
    pub priority: i8,
    pub by: String,
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ContactLeftView {
    pub handoff: Uuid,
    pub by: AlternativeName,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub text: Option<String>,
}

/// A customer sees only that it happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HandedBackView {
    pub handoff: Uuid,
    pub agent: Option<String>,
    pub handback: Option<HandbackView>,
    pub wrap_up_until: Option<i64>,
}

/// What the agent tells the bot.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HandbackView {
    /// What came of it, in a line.
    pub outcome: String,
    pub facts: Vec<String>,
    pub promises: Vec<String>,
    pub open_items: Vec<String>,
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HandoffAbandonedView {
    pub handoff: Uuid,
    /// `stayed_with_bot`, `left`, `timed_out`.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WrapUpEndedView {
    pub handoff: Uuid,
    pub agent: String,
    pub disposition: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SurveyOfferedView {
    pub handoff: Uuid,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SurveyAnsweredView {
    pub handoff: Uuid,
    /// 1 to 5.
    pub rating: u8,
    pub comment: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConversationClosedView {
    /// `customer`, `agent`, `idle_limit`.
    pub by: String,
    pub disposition: Option<String>,
}

/// Why an agent says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeclineCode {
    Busy,
    WrongSkill,
    Break,
    Other,
}
