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

impl VerdictKind {
    /// The word for it, the same in the configuration, the log and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Suggest => "suggest",
            Self::HandOff => "hand_off",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Keep, Self::Suggest, Self::HandOff].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Why a handoff began.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Trigger {
    /// The customer asked for a person, in words or by the button.
    ExplicitRequest,
    Frustration,
    /// The customer is not satisfied with the help, without being angry.
    Dissatisfaction,
    /// Displeasure that lasts over several turns.
    Trend,
    /// The bot failed the same need too often.
    RepeatedFailure,
    /// The customer asks the same thing again in other words.
    RepeatedNeed,
    /// Several needs at once, or more than the bot knows.
    Complexity,
    /// A matter that people see to.
    Sensitive(SensitiveClass),
    /// What the deployment learned from its own past about when a person should have it.
    Timing,
    /// The customer said yes when asked whether they would like a person; what led to the question stands beside it.
    Suggestion,
    /// The bot promised a person and nothing happened.
    BrokenPromise,
    /// A language model that was asked beside the detector.
    SecondOpinion,
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

impl Trigger {
    /// The word for it in reports and backtests, with what names it: `sensitive:fraud`, `rule:vip`. Without the agent.
    pub fn code(&self) -> String {
        match self {
            Self::ExplicitRequest => "explicit_request".to_owned(),
            Self::Frustration => "frustration".to_owned(),
            Self::Dissatisfaction => "dissatisfaction".to_owned(),
            Self::Trend => "trend".to_owned(),
            Self::RepeatedFailure => "repeated_failure".to_owned(),
            Self::RepeatedNeed => "repeated_need".to_owned(),
            Self::Complexity => "complexity".to_owned(),
            Self::Sensitive(class) => format!("sensitive:{}", class.as_str()),
            Self::Timing => "timing".to_owned(),
            Self::Suggestion => "suggestion".to_owned(),
            Self::BrokenPromise => "broken_promise".to_owned(),
            Self::SecondOpinion => "second_opinion".to_owned(),
            Self::Rule(rule) => format!("rule:{rule}"),
            Self::Bot => "bot".to_owned(),
            Self::BotDown => "bot_down".to_owned(),
            Self::Agent(_) => "agent".to_owned(),
            Self::Api => "api".to_owned(),
        }
    }
}

/// Matters that a bot should not see to alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SensitiveClass {
    LegalThreat,
    Complaint,
    /// Danger to somebody, self-harm included.
    Safety,
    Fraud,
    Bereavement,
    Health,
    /// A customer who needs more care than others.
    Vulnerable,
    DataProtection,
    Harassment,
    Press,
    Cancellation,
}

impl SensitiveClass {
    pub const ALL: [Self; 11] = [
        Self::LegalThreat,
        Self::Complaint,
        Self::Safety,
        Self::Fraud,
        Self::Bereavement,
        Self::Health,
        Self::Vulnerable,
        Self::DataProtection,
        Self::Harassment,
        Self::Press,
        Self::Cancellation,
    ];

    /// The word for it, the same in the configuration, the log and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LegalThreat => "legal_threat",
            Self::Complaint => "complaint",
            Self::Safety => "safety",
            Self::Fraud => "fraud",
            Self::Bereavement => "bereavement",
            Self::Health => "health",
            Self::Vulnerable => "vulnerable",
            Self::DataProtection => "data_protection",
            Self::Harassment => "harassment",
            Self::Press => "press",
            Self::Cancellation => "cancellation",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == word)
    }
}

/// The kinds of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignalName {
    ExplicitRequest,
    Frustration,
    Dissatisfaction,
    Trend,
    RepeatedFailure,
    RepeatedNeed,
    Complexity,
    Sensitive(SensitiveClass),
    Timing,
}

impl SignalName {
    /// The word for it without the class, the same in the log, the API and the files of `baton assess`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ExplicitRequest => "explicit_request",
            Self::Frustration => "frustration",
            Self::Dissatisfaction => "dissatisfaction",
            Self::Trend => "trend",
            Self::RepeatedFailure => "repeated_failure",
            Self::RepeatedNeed => "repeated_need",
            Self::Complexity => "complexity",
            Self::Sensitive(_) => "sensitive",
            Self::Timing => "timing",
        }
    }

    /// Whether it says how displeased the customer is in one turn.
    pub fn is_displeasure(self) -> bool {
        match self {
            Self::Frustration | Self::Dissatisfaction => true,
            Self::ExplicitRequest
            | Self::Trend
            | Self::RepeatedFailure
            | Self::RepeatedNeed
            | Self::Complexity
            | Self::Sensitive(_)
            | Self::Timing => false,
        }
    }

    pub fn class(self) -> Option<SensitiveClass> {
        match self {
            Self::Sensitive(class) => Some(class),
            Self::ExplicitRequest
            | Self::Frustration
            | Self::Dissatisfaction
            | Self::Trend
            | Self::RepeatedFailure
            | Self::RepeatedNeed
            | Self::Complexity
            | Self::Timing => None,
        }
    }
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
    /// From this value on, the signal hands off by itself; none when it never does.
    pub threshold: Option<f32>,
    /// From this value on, the signal suggests a person; none when it never does.
    pub suggest: Option<f32>,
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

/// One change that would have given another verdict, all else equal.
#[derive(Debug, Clone, PartialEq)]
pub struct Counterfactual {
    pub change: Change,
    /// What the verdict would have been.
    pub kind: VerdictKind,
}

/// The change.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// The signal at this value or above.
    Reaches { signal: SignalName, value: f32 },
    /// The signal below this value.
    StaysBelow { signal: SignalName, value: f32 },
    /// The rule had not matched.
    WithoutRule(RuleId),
    /// The override of the policy had not matched.
    WithoutOverride(RuleId),
    /// The customer had not declined a suggestion shortly before.
    WithoutCoolDown,
    /// The customer had not said goodbye.
    WithoutGoodbye,
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
    /// The overrides of the policy that held for this turn, in the order in which they were laid over it.
    pub overrides: Vec<RuleId>,
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
    /// The same for programs.
    pub counterfactuals: Vec<Counterfactual>,
}

impl Verdict {
    /// How displeased the turn was, 0 to 1: what a trend is made of.
    pub fn displeasure(&self) -> f32 {
        let felt = self.signals.iter().filter(|signal| signal.name.is_displeasure());
        felt.map(|signal| signal.value).fold(0.0, f32::max)
    }

    /// The conclusion when the turn says nothing, for a given language.
    pub fn keep(language: Language) -> Self {
        Self {
            kind: VerdictKind::Keep,
            triggers: Vec::new(),
            signals: Vec::new(),
            rules: Vec::new(),
            overrides: Vec::new(),
            topic: None,
            language,
            language_confidence: 0.0,
            needs: Needs::default(),
            policy_version: 0,
            model_version: Arc::from("none"),
            would_change: Vec::new(),
            counterfactuals: Vec::new(),
        }
    }
}
