//! What the detector concludes from one customer turn, with its trace.

use std::sync::Arc;

use crate::ids::{AgentId, Language, RuleId, TopicId};
use crate::needs::Needs;

/// Keep with the bot, suggest a person, or hand off; in this order of urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerdictKind {
    Keep,
    Suggest,
    HandOff,
}

/// Why a handoff began.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Trigger {
    /// The customer asked for a person, in words or by the button.
    ExplicitRequest,
    Frustration,
    /// The bot failed the same need twice.
    RepeatedFailure,
    /// The customer asks the same thing again in other words.
    RepeatedNeed,
    Rule(RuleId),
    /// The bot asked for a person.
    Bot,
    /// The bot did not answer: unreachable, too late, or nonsense.
    BotDown,
    /// An agent or a supervisor took or moved the conversation.
    Agent(AgentId),
    /// Another system asked through the API.
    Api,
}

/// The kinds of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignalName {
    ExplicitRequest,
    Frustration,
    RepeatedFailure,
    RepeatedNeed,
}

/// A stretch of the customer's text, in bytes on character boundaries; the text itself stays with the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    pub name: SignalName,
    /// 0 to 1.
    pub value: f32,
    /// From this value on, the signal triggers.
    pub threshold: f32,
    pub span: Option<Span>,
    /// Which pattern or comparison gave it, for people who tune it: `es/request`, `same as message 4`.
    pub evidence: Arc<str>,
}

/// What a matched rule orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleMatch {
    pub rule: RuleId,
    pub kind: VerdictKind,
}

/// What the turn is about.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicGuess {
    pub topic: TopicId,
    /// 0 to 1.
    pub confidence: f32,
}

/// The conclusion of a turn and everything it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub kind: VerdictKind,
    /// Empty unless `kind` is `HandOff` or `Suggest`.
    pub triggers: Vec<Trigger>,
    /// Every signal that was above zero.
    pub signals: Vec<Signal>,
    pub rules: Vec<RuleMatch>,
    pub topic: Option<TopicGuess>,
    pub language: Language,
    /// 0 to 1; the conversation follows the language only when this is at least one half.
    pub language_confidence: f32,
    /// What the rules and the topic ask of routing.
    pub needs: Needs,
    /// The configuration's version that the thresholds and rules came from.
    pub policy_version: u64,
    /// The detector's phrase tables and models, by name and number.
    pub model_version: Arc<str>,
    /// What would have changed the verdict, in words for people who tune it.
    pub would_change: Vec<Arc<str>>,
}

impl Verdict {
    /// The conclusion when the turn says nothing, for a given language.
    pub fn keep(language: Language) -> Self {
        Self {
            kind: VerdictKind::Keep,
            triggers: Vec::new(),
            signals: Vec::new(),
            rules: Vec::new(),
            topic: None,
            language,
            language_confidence: 0.0,
            needs: Needs::default(),
            policy_version: 0,
            model_version: Arc::from("none"),
            would_change: Vec::new(),
        }
    }
}
