//! What a deployment sets: thresholds, topics and rules, and what is said when they cannot hold.

use std::collections::BTreeSet;

use baton_core::{Needs, RuleId, TopicId, VerdictKind};

/// Longest source of a rule.
pub const RULE_BYTES_MAX: usize = 2_000;
/// Most rules of a policy.
pub const RULES_MAX: usize = 200;
/// Most topics of a policy, and most phrases of a topic.
pub const TOPICS_MAX: usize = 500;
pub const PHRASES_MAX: usize = 1_000;
/// Longest phrase of a topic.
pub const PHRASE_BYTES_MAX: usize = 200;

/// Thresholds, topics and rules, with the version of the configuration they came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    pub version: u64,
    /// How often the bot may fail the same need.
    pub failures_before_handoff: u8,
    pub explicit_threshold: f32,
    /// From here on, frustration hands off.
    pub frustration_threshold: f32,
    /// From here on, frustration suggests a person.
    pub frustration_suggest: f32,
    pub repeated_need_threshold: f32,
    pub topics: Vec<TopicDefinition>,
    pub rules: Vec<RuleDefinition>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            version: 0,
            failures_before_handoff: 2,
            explicit_threshold: 0.6,
            frustration_threshold: 0.75,
            frustration_suggest: 0.5,
            repeated_need_threshold: 0.6,
            topics: Vec::new(),
            rules: Vec::new(),
        }
    }
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
    #[error("{name} is {value}: a threshold lies between 0 and 1")]
    Threshold { name: &'static str, value: f32 },
    #[error(
        "frustration_suggest {suggest} is above frustration_threshold {threshold}: a suggestion comes before a handoff, lower it or raise the other"
    )]
    SuggestAboveThreshold { suggest: f32, threshold: f32 },
    #[error("failures_before_handoff is 0: the bot must be allowed to fail at least once, use 1 or more")]
    NoFailures,
    #[error("{what} `{id}` is defined twice: give each its own id")]
    Duplicate { what: &'static str, id: String },
    #[error("{count} {what}: at most {max} are allowed")]
    TooMany { what: &'static str, count: usize, max: usize },
    #[error("topic `{topic}`: the phrase `{phrase}` is longer than {PHRASE_BYTES_MAX} bytes or holds no letters")]
    Phrase { topic: TopicId, phrase: String },
    #[error("rule `{rule}` has {bytes} bytes: at most {RULE_BYTES_MAX} are allowed, split it into several rules")]
    RuleTooLong { rule: RuleId, bytes: usize },
    #[error("rule `{rule}`, line {line}, column {column}: {problem}")]
    Syntax { rule: RuleId, line: usize, column: usize, problem: String },
    #[error("rule `{rule}`, line {line}, column {column}: there is no variable `{name}`; there are {known}")]
    UnknownVariable { rule: RuleId, name: String, line: usize, column: usize, known: String },
    #[error("rule `{rule}`, line {line}, column {column}: there is no function `{name}`; there are {known}")]
    UnknownFunction { rule: RuleId, name: String, line: usize, column: usize, known: String },
    #[error("rule `{rule}`: {problem}")]
    TooCostly { rule: RuleId, problem: String },
    #[error("rule `{rule}`: the pattern `{pattern}` is not a regular expression that can be used: {problem}")]
    Pattern { rule: RuleId, pattern: String, problem: String },
    #[error(
        "rule `{rule}` gives {got}, a rule is true or false: compare it with something, as in `topic == \"legal\"`"
    )]
    NotBool { rule: RuleId, got: String },
}

impl Policy {
    /// Everything but the rules' sources.
    pub(crate) fn check(&self) -> Result<(), PolicyError> {
        for (name, value) in [
            ("explicit_threshold", self.explicit_threshold),
            ("frustration_threshold", self.frustration_threshold),
            ("frustration_suggest", self.frustration_suggest),
            ("repeated_need_threshold", self.repeated_need_threshold),
        ] {
            if !(0.0..=1.0).contains(&value) {
                return Err(PolicyError::Threshold { name, value });
            }
        }
        if self.frustration_suggest > self.frustration_threshold {
            let (suggest, threshold) = (self.frustration_suggest, self.frustration_threshold);
            return Err(PolicyError::SuggestAboveThreshold { suggest, threshold });
        }
        if self.failures_before_handoff == 0 {
            return Err(PolicyError::NoFailures);
        }
        at_most("rules", self.rules.len(), RULES_MAX)?;
        at_most("topics", self.topics.len(), TOPICS_MAX)?;
        unique("rule", self.rules.iter().map(|rule| rule.id.as_str()))?;
        unique("topic", self.topics.iter().map(|topic| topic.id.as_str()))?;
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
