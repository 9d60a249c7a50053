//! What a deployment sets: thresholds, topics and rules, and what is said when they cannot hold.

mod levels;

use std::collections::BTreeSet;

use baton_core::{Needs, RuleId, TopicId, VerdictKind};

pub use levels::{Adjustment, Allowed, ClassPolicy, CoolDown, Graded, Levels, Lever, Thresholds, Trend};

/// Longest source of a rule.
pub const RULE_BYTES_MAX: usize = 2_000;
/// Most rules of a policy.
pub const RULES_MAX: usize = 200;
/// Most overrides of a policy.
pub const OVERRIDES_MAX: usize = 50;
/// Most topics of a policy, and most phrases of a topic.
pub const TOPICS_MAX: usize = 500;
pub const PHRASES_MAX: usize = 1_000;
/// Longest phrase of a topic.
pub const PHRASE_BYTES_MAX: usize = 200;
/// Most customer turns that a trend may look at.
pub const TREND_TURNS_MAX: u8 = 12;

/// Thresholds, topics and rules, with the version of the configuration they came from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Policy {
    pub version: u64,
    pub thresholds: Thresholds,
    pub trend: Trend,
    pub cool_down: CoolDown,
    /// Laid over the thresholds one after the other where their conditions hold, so that a later one has the last word.
    pub overrides: Vec<OverrideDefinition>,
    pub topics: Vec<TopicDefinition>,
    pub rules: Vec<RuleDefinition>,
}

/// Other thresholds where a CEL expression is true: for a channel, a topic, a tier, hours.
#[derive(Debug, Clone, PartialEq)]
pub struct OverrideDefinition {
    pub id: RuleId,
    /// CEL, of type bool.
    pub when: String,
    pub adjustments: Vec<Adjustment>,
}

/// A topic by the words it is spoken of with, in any language. A trailing `*` lets the last word go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicDefinition {
    pub id: TopicId,
    pub phrases: Vec<String>,
}

/// What holds when a CEL expression is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDefinition {
    pub id: RuleId,
    /// CEL, of type bool.
    pub when: String,
    /// `Keep` adds needs and nothing else.
    pub kind: VerdictKind,
    pub needs: Needs,
}

/// Why a policy does not hold, and how to mend it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PolicyError {
    #[error("{name} is {value}: a threshold lies between 0 and 1, or is `never`")]
    Threshold { name: &'static str, value: f32, of: Option<RuleId> },
    #[error(
        "{suggest_name} {suggest} is above {threshold_name} {threshold}: a suggestion comes before a handoff, lower it or raise the other"
    )]
    SuggestAboveThreshold {
        suggest_name: &'static str,
        suggest: f32,
        threshold_name: &'static str,
        threshold: f32,
        of: Option<RuleId>,
    },
    #[error("explicit_threshold is `never`: an explicit request always wins, give it a threshold")]
    ExplicitNever { of: Option<RuleId> },
    #[error("{name} is 0: the bot must be allowed to fail at least once, use 1 or more, or `never`")]
    NoFailures { name: &'static str, of: Option<RuleId> },
    #[error("trend.turns is {turns}: a trend looks at 2 to {TREND_TURNS_MAX} messages of the customer")]
    TrendTurns { turns: u8 },
    #[error("`{id}` changes nothing: give it at least one threshold, or take it out")]
    EmptyOverride { id: RuleId },
    #[error("{what} `{id}` is defined twice: give each its own id")]
    Duplicate { what: &'static str, id: String },
    #[error("{count} {what}: at most {max} are allowed")]
    TooMany { what: &'static str, count: usize, max: usize },
    #[error("topic `{topic}`: the phrase `{phrase}` is longer than {PHRASE_BYTES_MAX} bytes or holds no letters")]
    Phrase { topic: TopicId, phrase: String },
    #[error("{whose} `{rule}` has {bytes} bytes: at most {RULE_BYTES_MAX} are allowed, split it into several")]
    RuleTooLong { whose: Whose, rule: RuleId, bytes: usize },
    #[error("{whose} `{rule}`, line {line}, column {column}: {problem}")]
    Syntax { whose: Whose, rule: RuleId, line: usize, column: usize, problem: String },
    #[error("{whose} `{rule}`, line {line}, column {column}: there is no variable `{name}`; there are {known}")]
    UnknownVariable { whose: Whose, rule: RuleId, name: String, line: usize, column: usize, known: String },
    #[error("{whose} `{rule}`, line {line}, column {column}: there is no function `{name}`; there are {known}")]
    UnknownFunction { whose: Whose, rule: RuleId, name: String, line: usize, column: usize, known: String },
    #[error("{whose} `{rule}`: {problem}")]
    TooCostly { whose: Whose, rule: RuleId, problem: String },
    #[error("{whose} `{rule}`: the pattern `{pattern}` is not a regular expression that can be used: {problem}")]
    Pattern { whose: Whose, rule: RuleId, pattern: String, problem: String },
    #[error(
        "{whose} `{rule}` gives {got}, a condition is true or false: compare it with something, as in `topic == \"legal\"`"
    )]
    NotBool { whose: Whose, rule: RuleId, got: String },
}

/// What a condition belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Rule,
    Override,
}

impl std::fmt::Display for Whose {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Rule => "rule",
            Self::Override => "override",
        })
    }
}

impl Policy {
    /// Everything but the conditions' sources.
    pub(crate) fn check(&self) -> Result<(), PolicyError> {
        self.thresholds.check(None)?;
        if !(2..=TREND_TURNS_MAX).contains(&self.trend.turns) {
            return Err(PolicyError::TrendTurns { turns: self.trend.turns });
        }
        at_most("rules", self.rules.len(), RULES_MAX)?;
        at_most("overrides", self.overrides.len(), OVERRIDES_MAX)?;
        at_most("topics", self.topics.len(), TOPICS_MAX)?;
        unique("rule", self.rules.iter().map(|rule| rule.id.as_str()))?;
        unique("override", self.overrides.iter().map(|over| over.id.as_str()))?;
        unique("topic", self.topics.iter().map(|topic| topic.id.as_str()))?;
        for over in &self.overrides {
            if over.adjustments.is_empty() {
                return Err(PolicyError::EmptyOverride { id: over.id.clone() });
            }
            self.thresholds.with(&over.adjustments).check(Some(&over.id))?;
        }
        for topic in &self.topics {
            at_most("phrases of a topic", topic.phrases.len(), PHRASES_MAX)?;
            for phrase in &topic.phrases {
                if phrase.len() > PHRASE_BYTES_MAX || !phrase.chars().any(char::is_alphanumeric) {
                    let phrase = phrase.chars().take(80).collect();
                    return Err(PolicyError::Phrase { topic: topic.id.clone(), phrase });
                }
            }
        }
        Ok(())
    }
}

fn at_most(what: &'static str, count: usize, max: usize) -> Result<(), PolicyError> {
    if count > max { Err(PolicyError::TooMany { what, count, max }) } else { Ok(()) }
}

fn unique<'a>(what: &'static str, ids: impl Iterator<Item = &'a str>) -> Result<(), PolicyError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(PolicyError::Duplicate { what, id: id.to_owned() });
        }
    }
    Ok(())
}
