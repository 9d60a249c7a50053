//! Why handoffs began, and what became of them.

use baton_core::{RuleId, Trigger};

/// A trigger without the person in it: reports compare reasons, not people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TriggerKind {
    ExplicitRequest,
    Frustration,
    RepeatedFailure,
    RepeatedNeed,
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
            Trigger::RepeatedFailure => Self::RepeatedFailure,
            Trigger::RepeatedNeed => Self::RepeatedNeed,
            Trigger::Rule(rule) => Self::Rule(rule.clone()),
            Trigger::Bot => Self::Bot,
            Trigger::BotDown => Self::BotDown,
            Trigger::Agent(_) => Self::Agent,
            Trigger::Api => Self::Api,
        }
    }
}
