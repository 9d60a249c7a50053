//! Why handoffs began, and what became of them.

use baton_core::{RuleId, SensitiveClass, Trigger};

/// A trigger without the person in it: reports compare reasons, not people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TriggerKind {
    ExplicitRequest,
    Frustration,
    Dissatisfaction,
    Trend,
    RepeatedFailure,
    RepeatedNeed,
    Complexity,
    Sensitive(SensitiveClass),
    Timing,
    Suggestion,
    BrokenPromise,
    SecondOpinion,
    Rule(RuleId),
    Bot,
    BotDown,
    Agent,
    Api,
}

/// The handoffs that had a trigger. One with two triggers is in both, so the rows are not to be summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TriggerReport {
    pub requested: u64,
    pub accepted: u64,
    pub abandoned: u64,
}

impl From<&Trigger> for TriggerKind {
    fn from(trigger: &Trigger) -> Self {
        match trigger {
            Trigger::ExplicitRequest => Self::ExplicitRequest,
            Trigger::Frustration => Self::Frustration,
            Trigger::Dissatisfaction => Self::Dissatisfaction,
            Trigger::Trend => Self::Trend,
            Trigger::RepeatedFailure => Self::RepeatedFailure,
            Trigger::RepeatedNeed => Self::RepeatedNeed,
            Trigger::Complexity => Self::Complexity,
            Trigger::Sensitive(class) => Self::Sensitive(*class),
            Trigger::Timing => Self::Timing,
            Trigger::Suggestion => Self::Suggestion,
            Trigger::BrokenPromise => Self::BrokenPromise,
            Trigger::SecondOpinion => Self::SecondOpinion,
            Trigger::Rule(rule) => Self::Rule(rule.clone()),
            Trigger::Bot => Self::Bot,
            Trigger::BotDown => Self::BotDown,
            Trigger::Agent(_) => Self::Agent,
            Trigger::Api => Self::Api,
        }
    }
}
