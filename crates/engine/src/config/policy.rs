//! The policy as people write it: thresholds, counts, what sensitive matters mean, and other thresholds where a
//! condition holds. It stands in the deployment's document, or alone in a file for trying on the past.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use baton_core::{Needs, QueueId, RuleId, SensitiveClass, VerdictKind};
use baton_detect::{
    Adjustment, ClassPolicy, CoolDown, Detector, Graded, Lever, Models, OverrideDefinition, Policy, PolicyError,
    Thresholds, Trend, Whose,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::check::{Checker, rule_definitions, topic_definitions};
use super::document::{Document, RuleDocument, TopicDocument, VerdictWord};
use super::error::ConfigError;
use super::models::{ModelsDocument, compile_models};

/// A number from 0 to 1, or `never`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Threshold {
    At(f32),
    Never,
}

impl Threshold {
    fn value(self) -> Option<f32> {
        match self {
            Self::At(value) => Some(value),
            Self::Never => None,
        }
    }
}

impl Serialize for Threshold {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::At(value) => serializer.serialize_f32(*value),
            Self::Never => serializer.serialize_str(NEVER),
        }
    }
}

const NEVER: &str = "never";

impl<'de> Deserialize<'de> for Threshold {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ThresholdVisitor)
    }
}

struct ThresholdVisitor;

impl Visitor<'_> for ThresholdVisitor {
    type Value = Threshold;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a number from 0 to 1, or `never`")
    }

    #[allow(clippy::cast_possible_truncation)] // A threshold needs no more digits.
    fn visit_f64<E>(self, value: f64) -> Result<Threshold, E> {
        Ok(Threshold::At(value as f32))
    }

    #[allow(clippy::cast_precision_loss)] // Nothing but 0 and 1 is allowed.
    fn visit_u64<E>(self, value: u64) -> Result<Threshold, E> {
        Ok(Threshold::At(value as f32))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_i64<E>(self, value: i64) -> Result<Threshold, E> {
        Ok(Threshold::At(value as f32))
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Threshold, E> {
        if word == NEVER {
            Ok(Threshold::Never)
        } else {
            Err(E::custom("this is not a number from 0 to 1, or `never`"))
        }
    }
}

impl JsonSchema for Threshold {
    fn schema_name() -> Cow<'static, str> {
        "Threshold".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "From this value on; `never` switches it off.",
            "anyOf": [{ "type": "number", "minimum": 0, "maximum": 1 }, { "const": NEVER }]
        })
    }
}

/// How often the bot may fail, or `never`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    Of(u8),
    Never,
}

impl Count {
    fn value(self) -> Option<u8> {
        match self {
            Self::Of(count) => Some(count),
            Self::Never => None,
        }
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Of(count) => serializer.serialize_u8(*count),
            Self::Never => serializer.serialize_str(NEVER),
        }
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CountVisitor)
    }
}

struct CountVisitor;

impl Visitor<'_> for CountVisitor {
    type Value = Count;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a whole number from 1 to 255, or `never`")
    }

    fn visit_u64<E: Error>(self, count: u64) -> Result<Count, E> {
        u8::try_from(count)
            .map(Count::Of)
            .map_err(|_| E::custom("this is not a whole number from 1 to 255, or `never`"))
    }

    fn visit_i64<E: Error>(self, count: i64) -> Result<Count, E> {
        self.visit_u64(u64::try_from(count).unwrap_or(u64::MAX))
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Count, E> {
        if word == NEVER {
            Ok(Count::Never)
        } else {
            Err(E::custom("this is not a whole number from 1 to 255, or `never`"))
        }
    }
}

impl JsonSchema for Count {
    fn schema_name() -> Cow<'static, str> {
        "Count".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "So many times; `never` switches it off.",
            "anyOf": [{ "type": "integer", "minimum": 1, "maximum": 255 }, { "const": NEVER }]
        })
    }
}

/// A document with every threshold, 0 to 1 or `never`, and what else it holds. The fields are not flattened out of one
/// struct: the parser would forget their places.
macro_rules! with_thresholds {
    ($(#[$doc:meta])* pub struct $name:ident { $($(#[$own_doc:meta])* pub $own:ident: $type:ty,)* }) => {
        $(#[$doc])*
        pub struct $name {
            $($(#[$own_doc])* pub $own: $type,)*
            /// From this certainty on, a wish for a person is asked about; 0.3.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub explicit_suggest: Option<Threshold>,
            /// From this certainty on, a wish for a person is one; 0.6.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub explicit_threshold: Option<Threshold>,
            /// From this much frustration on a person is suggested; 0.5.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub frustration_suggest: Option<Threshold>,
            /// From this much frustration on a person is asked for; 0.75.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub frustration_threshold: Option<Threshold>,
            /// From this much dissatisfaction on a person is suggested; 0.65.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub dissatisfaction_suggest: Option<Threshold>,
            /// From this much dissatisfaction on a person is asked for; never.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub dissatisfaction_threshold: Option<Threshold>,
            /// From this mean displeasure of the customer's last messages on a person is suggested; 0.5.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub trend_suggest: Option<Threshold>,
            /// From this mean displeasure of the customer's last messages on a person is asked for; never.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub trend_threshold: Option<Threshold>,
            /// From this likeness on, a customer who says the same again is offered a person; 0.48.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub repeated_need_suggest: Option<Threshold>,
            /// From this likeness on, a customer says the same again; 0.6.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub repeated_need_threshold: Option<Threshold>,
            /// From this complexity on a person is suggested; 0.7.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub complexity_suggest: Option<Threshold>,
            /// From this complexity on a person is asked for; never.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub complexity_threshold: Option<Threshold>,
            /// From this value of a model of the deployment's own past on a person is suggested; 0.5.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub timing_suggest: Option<Threshold>,
            /// From this value of a model of the deployment's own past on a person is asked for; 0.7.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub timing_threshold: Option<Threshold>,
            /// How often the bot may fail the same need before a person is suggested; never.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub failures_before_suggest: Option<Count>,
            /// After so many failures of the bot in a row a person is asked for; 2.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub failures_before_handoff: Option<Count>,
            /// What sensitive matters mean, by class: `legal_threat`, `complaint`, `safety`, `fraud`, `bereavement`,
            /// `health`, `vulnerable`, `data_protection`, `harassment`, `press`, `cancellation`.
            #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
            pub sensitive: BTreeMap<String, ClassDocument>,
        }

        impl $name {
            /// What is written here, as changes of what stands; `path` is where it stands in the document.
            fn adjustments(
                &self,
                check: &mut Checker<'_>,
                path: &str,
                stands: &Thresholds,
                known: Option<&BTreeSet<QueueId>>,
            ) -> Vec<Adjustment> {
                let levels = [
                    (Lever::Suggest(Graded::ExplicitRequest), self.explicit_suggest),
                    (Lever::HandOff(Graded::ExplicitRequest), self.explicit_threshold),
                    (Lever::Suggest(Graded::Frustration), self.frustration_suggest),
                    (Lever::HandOff(Graded::Frustration), self.frustration_threshold),
                    (Lever::Suggest(Graded::Dissatisfaction), self.dissatisfaction_suggest),
                    (Lever::HandOff(Graded::Dissatisfaction), self.dissatisfaction_threshold),
                    (Lever::Suggest(Graded::Trend), self.trend_suggest),
                    (Lever::HandOff(Graded::Trend), self.trend_threshold),
                    (Lever::Suggest(Graded::RepeatedNeed), self.repeated_need_suggest),
                    (Lever::HandOff(Graded::RepeatedNeed), self.repeated_need_threshold),
                    (Lever::Suggest(Graded::Complexity), self.complexity_suggest),
                    (Lever::HandOff(Graded::Complexity), self.complexity_threshold),
                    (Lever::Suggest(Graded::Timing), self.timing_suggest),
                    (Lever::HandOff(Graded::Timing), self.timing_threshold),
                ];
                let mut changes: Vec<_> = levels
                    .into_iter()
                    .filter_map(|(lever, level)| Some(Adjustment::Level(lever, level?.value())))
                    .collect();
                let suggest = self.failures_before_suggest.map(Count::value);
                let hand_off = self.failures_before_handoff.map(Count::value);
                changes.extend(suggest.map(Adjustment::FailuresBeforeSuggest));
                changes.extend(hand_off.map(Adjustment::FailuresBeforeHandOff));
                changes.extend(classes(check, &format!("{path}.sensitive"), &self.sensitive, stands, known));
                changes
            }
        }
    };
}

/// What one class of sensitive matters means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassDocument {
    /// From this value of the signal on; 0.5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<f32>,
    /// What it comes to.
    pub then: VerdictWord,
    /// Where a handoff about it goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// What whoever takes it must be able to do.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub skills: BTreeMap<String, u8>,
    /// Its place in the line, −10 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<i8>,
}

with_thresholds! {
    /// When a person is suggested and when a conversation is handed off. Thresholds are 0 to 1 or `never`; the ones left
    /// out keep their defaults.
    #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    pub struct PolicyDocument {
        /// What a trend is made of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub trend: Option<TrendDocument>,
        /// How long nobody asks again after a customer said no.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cool_down: Option<CoolDownDocument>,
        /// Other thresholds where a condition holds, laid over in the order of their names.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub overrides: BTreeMap<String, OverrideDocument>,
    }
}

with_thresholds! {
    /// Other thresholds where a condition holds.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    pub struct OverrideDocument {
        /// A CEL expression over the same names as a rule's.
        pub when: String,
    }
}

/// What a trend is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrendDocument {
    /// How many of the customer's last messages it looks at, 2 to 12.
    pub turns: u8,
}

/// After a customer declined a suggestion nobody asks again for so many messages or minutes, whichever is over first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CoolDownDocument {
    /// So many of the customer's messages; 4.
    pub turns: u32,
    /// So many minutes; 30.
    pub minutes: u32,
}

impl Default for CoolDownDocument {
    fn default() -> Self {
        let CoolDown { turns, minutes } = CoolDown::default();
        Self { turns, minutes }
    }
}

/// What is done about what a bot says of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PromisesDocument {
    /// The bot said that a person is coming and asked for none; `hand_off`.
    pub broken: PromiseWord,
    /// How many seconds the bot has to ask for one; 10.
    pub after_s: u32,
    /// The bot said that nobody can come; `notice`.
    pub denied: PromiseWord,
}

impl Default for PromisesDocument {
    fn default() -> Self {
        Self { broken: PromiseWord::HandOff, after_s: 10, denied: PromiseWord::Notice }
    }
}

/// What is done about a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PromiseWord {
    /// Nothing.
    Ignore,
    /// It is noted in the conversation, for staff.
    Notice,
    /// A person is asked for.
    HandOff,
}

/// Most policies in the shadow at once.
pub(super) const SHADOWS_MAX: usize = 4;

/// A policy, a deployment's or a shadow's, over `base`. Faults of meaning are said by [`Detector::new`] and put in their
/// place by [`fault_path`].
pub(super) fn compile_policy(
    check: &mut Checker<'_>,
    path: &str,
    written: &PolicyDocument,
    base: Policy,
    known: Option<&BTreeSet<QueueId>>,
) -> Policy {
    let changes = written.adjustments(check, path, &base.thresholds, known);
    let thresholds = base.thresholds.with(&changes);
    let mut overrides = base.overrides;
    for (key, over) in &written.overrides {
        let place = format!("{path}.overrides.{key}");
        let adjustments = over.adjustments(check, &place, &thresholds, known);
        if let Some(id) = check.key::<RuleId>(&place, key) {
            overrides.retain(|own| own.id != id);
            overrides.push(OverrideDefinition { id, when: over.when.clone(), adjustments });
        }
    }
    overrides.sort_by(|one, other| one.id.cmp(&other.id));
    let cool_down = written
        .cool_down
        .as_ref()
        .map_or(base.cool_down, |written| CoolDown { turns: written.turns, minutes: written.minutes });
    let trend = written.trend.as_ref().map_or(base.trend, |written| Trend { turns: written.turns });
    Policy { thresholds, overrides, cool_down, trend, ..base }
}

fn classes(
    check: &mut Checker<'_>,
    path: &str,
    written: &BTreeMap<String, ClassDocument>,
    stands: &Thresholds,
    known: Option<&BTreeSet<QueueId>>,
) -> Vec<Adjustment> {
    let mut found = Vec::new();
    for (word, document) in written {
        let place = format!("{path}.{word}");
        let Some(class) = SensitiveClass::from_word(word) else {
            let all = SensitiveClass::ALL.map(SensitiveClass::as_str).join(", ");
            check.fault(&place, format!("there is no class `{word}`; there are {all}"));
            continue;
        };
        let stood = stands.class(class);
        let queue = document.queue.as_ref().and_then(|queue| check.queue(&format!("{place}.queue"), queue, known));
        let skills = check.skills(&format!("{place}.skills"), &document.skills);
        let priority = document
            .priority
            .map_or(stood.needs.priority, |priority| check.priority(&format!("{place}.priority"), priority));
        let needs = Needs { queue: queue.or(stood.needs.queue), skills, priority, ..Needs::default() };
        let then = match document.then {
            VerdictWord::Keep => VerdictKind::Keep,
            VerdictWord::Suggest => VerdictKind::Suggest,
            VerdictWord::HandOff => VerdictKind::HandOff,
        };
        let from = document.from.unwrap_or(stood.from);
        if !(0.0..=1.0).contains(&from) {
            check.fault(&format!("{place}.from"), format!("{from} is not a threshold: it lies between 0 and 1"));
            continue;
        }
        found.push(Adjustment::Sensitive(class, ClassPolicy { from, then, needs }));
    }
    found
}

/// Where in the document a fault of the policy stands; `policy` is the path of the policy itself.
pub(super) fn fault_path(error: &PolicyError, policy: &str) -> String {
    let within = |of: &Option<RuleId>, name: &str| match of {
        None => format!("{policy}.{name}"),
        Some(id) => format!("{policy}.overrides.{id}.{name}"),
    };
    match error {
        PolicyError::Threshold { name, of, .. } | PolicyError::NoFailures { name, of } => within(of, name),
        PolicyError::SuggestAboveThreshold { suggest_name, of, .. } => within(of, suggest_name),
        PolicyError::ExplicitNever { of } => within(of, Lever::HandOff(Graded::ExplicitRequest).key()),
        PolicyError::TrendTurns { .. } => format!("{policy}.trend.turns"),
        PolicyError::EmptyOverride { id } => format!("{policy}.overrides.{id}"),
        PolicyError::Duplicate { what, id } => format!("{what}s.{id}"),
        PolicyError::TooMany { what: "overrides", .. } => format!("{policy}.overrides"),
        PolicyError::TooMany { what, .. } => (*what).to_owned(),
        PolicyError::Phrase { topic, .. } => format!("topics.{topic}.phrases"),
        PolicyError::RuleTooLong { whose, rule, .. }
        | PolicyError::Syntax { whose, rule, .. }
        | PolicyError::UnknownVariable { whose, rule, .. }
        | PolicyError::UnknownFunction { whose, rule, .. }
        | PolicyError::TooCostly { whose, rule, .. }
        | PolicyError::Pattern { whose, rule, .. }
        | PolicyError::NotBool { whose, rule, .. } => match whose {
            Whose::Rule => format!("rules.{rule}.when"),
            Whose::Override => format!("{policy}.overrides.{rule}.when"),
        },
    }
}

/// A policy alone in a file: the sections of the deployment's document that judge.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PolicyFile {
    pub policy: PolicyDocument,
    pub topics: BTreeMap<String, TopicDocument>,
    pub none_of_these: Vec<String>,
    pub models: ModelsDocument,
    pub rules: BTreeMap<String, RuleDocument>,
}

/// Reads a policy from a file of its own, or from a whole deployment's document. Checked like the deployment's, but for
/// the queues, which a file of its own does not have. With what it teaches.
pub fn policy_from_document(text: &str) -> Result<(Policy, Models), ConfigError> {
    if text.len() > super::DOCUMENT_BYTES_MAX {
        let most = super::DOCUMENT_BYTES_MAX;
        return Err(ConfigError::at_top(format!("the policy has {} bytes and at most {most} fit", text.len())));
    }
    let whole = text.lines().any(|line| line.starts_with("organisation:"));
    let (file, known) = if whole {
        let document: Document = serde_saphyr::from_str(text).map_err(|error| ConfigError::syntax(&error))?;
        let queues = document.queues.keys().filter_map(|key| key.parse().ok()).collect::<BTreeSet<QueueId>>();
        let Document { policy, topics, none_of_these, models, rules, .. } = document;
        (PolicyFile { policy, topics, none_of_these, models, rules }, Some(queues))
    } else {
        (serde_saphyr::from_str(text).map_err(|error| ConfigError::syntax(&error))?, None)
    };
    let mut checker = Checker::new(text);
    let check = &mut checker;
    let base = Policy {
        topics: topic_definitions(check, &file.topics),
        rules: rule_definitions(check, &file.rules, known.as_ref()),
        ..Policy::default()
    };
    let policy = compile_policy(check, "policy", &file.policy, base, known.as_ref());
    if let Err(error) = Detector::new(policy.clone()) {
        checker.fault(&fault_path(&error, "policy"), error);
    }
    let models = compile_models(&mut checker, &file.topics, &file.none_of_these, &file.models);
    checker.finish()?;
    Ok((policy, models))
}

/// The JSON Schema of a policy in a file of its own, for editors.
pub fn policy_schema() -> serde_json::Value {
    schemars::schema_for!(PolicyFile).to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> String {
        policy_from_document(text).expect_err("refused").to_string()
    }

    #[test]
    fn a_policy_stands_alone_in_a_file() {
        let (policy, _) = policy_from_document(
            "policy:\n  frustration_threshold: never\n  failures_before_handoff: 3\n  trend: {turns: 4}\n  cool_down: {turns: 2}\n  \
             sensitive:\n    press: {then: suggest, priority: 2}\n  overrides:\n    gold:\n      when: tier == \"gold\"\n      \
             frustration_threshold: 0.6\nrules:\n  vip: {when: 'tier == \"vip\"', then: suggest}\n",
        )
        .unwrap();
        let thresholds = &policy.thresholds;
        assert_eq!(thresholds.at(Lever::HandOff(Graded::Frustration)), None);
        assert_eq!(thresholds.at(Lever::Suggest(Graded::Frustration)), Some(0.5), "what is left out keeps its default");
        assert_eq!((thresholds.failures.hand_off, policy.trend.turns), (Some(3), 4));
        assert_eq!(policy.cool_down, CoolDown { turns: 2, minutes: 30 });
        let press = thresholds.class(SensitiveClass::Press);
        assert_eq!((press.then, press.from, press.needs.priority.get()), (VerdictKind::Suggest, 0.5, 2));
        assert_eq!((policy.overrides.len(), policy.rules.len()), (1, 1));
    }

    #[test]
    fn a_whole_deployments_document_is_a_policy_too() {
        let text = "organisation: X\nchannels: {}\nbots: {}\nqueues: {desk: {name: Desk}}\ndefault_queue: desk\nagents: {}\n\
                    policy: {explicit_threshold: 0.7}\nrules: {a: {when: 'true', then: hand_off, queue: dusk}}\n";
        assert_eq!(faults(text), "line 8, column 50: rules.a.queue: there is no queue `dusk`; known are: desk");
        let (policy, _) = policy_from_document(&text.replace("dusk", "desk")).unwrap();
        assert_eq!(policy.thresholds.at(Lever::HandOff(Graded::ExplicitRequest)), Some(0.7));
    }

    #[test]
    fn an_admin_is_told_line_and_column() {
        assert_eq!(
            faults("policy:\n  frustration_threshold: 0.4\n"),
            "line 2, column 26: policy.frustration_suggest: frustration_suggest 0.5 is above frustration_threshold 0.4: a \
             suggestion comes before a handoff, lower it or raise the other"
                .replace("line 2, column 26", "line 2, column 3")
        );
        let said = faults("policy:\n  frustration_threshold: sometimes\n");
        assert!(said.contains("line 2") && said.contains("number from 0 to 1, or `never`"), "{said}");
        let said = faults("policy:\n  failures_before_handoff: 0\n");
        assert!(said.starts_with("line 2, column 28: policy.failures_before_handoff: "), "{said}");
        let said = faults("policy:\n  sensitive:\n    tax: {then: suggest}\n");
        assert!(said.starts_with("line 3, column 10: policy.sensitive.tax: there is no class `tax`"), "{said}");
        let said =
            faults("policy:\n  overrides:\n    gold:\n      when: teer == 1\n      frustration_threshold: 0.9\n");
        assert!(said.starts_with("line 4, column 13: policy.overrides.gold.when: "), "{said}");
        let said = faults("policy:\n  overrides:\n    gold:\n      when: 'true'\n      explicit_threshold: never\n");
        assert!(said.contains("line 5") && said.contains("always wins"), "{said}");
        let said = faults("polcy: {}\n");
        assert!(said.contains("line 1") && said.contains("polcy"), "{said}");
    }
}
