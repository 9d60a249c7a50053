//! The detector's conclusion with its trace, as written in the log.

use std::sync::Arc;

use baton_core::{Change, Counterfactual, RuleId, RuleMatch, Signal, Span, TopicGuess, TopicId, Verdict};
use serde::{Deserialize, Serialize};

use super::codes::{SignalNameRecord, VerdictKindRecord};
use super::needs::NeedsRecord;
use super::people::TriggerRecord;
use super::text::{LanguageRecord, Text};

#[derive(Serialize, Deserialize)]
pub(super) struct VerdictRecord {
    kind: VerdictKindRecord,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    triggers: Vec<TriggerRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    signals: Vec<SignalRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rules: Vec<RuleRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    overrides: Vec<Text<RuleId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    topic: Option<TopicRecord>,
    language: LanguageRecord,
    language_confidence: f32,
    #[serde(default, skip_serializing_if = "NeedsRecord::is_empty")]
    needs: NeedsRecord,
    policy_version: u64,
    model_version: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    would_change: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    counterfactuals: Vec<CounterfactualRecord>,
}

#[derive(Serialize, Deserialize)]
struct SignalRecord {
    name: SignalNameRecord,
    value: f32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    threshold: Option<f32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    suggest: Option<f32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    span: Option<(u32, u32)>,
    evidence: String,
}

#[derive(Serialize, Deserialize)]
struct RuleRecord {
    rule: Text<RuleId>,
    kind: VerdictKindRecord,
}

#[derive(Serialize, Deserialize)]
struct CounterfactualRecord {
    change: ChangeRecord,
    kind: VerdictKindRecord,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ChangeRecord {
    Reaches(SignalNameRecord, f32),
    StaysBelow(SignalNameRecord, f32),
    WithoutRule(Text<RuleId>),
    WithoutOverride(Text<RuleId>),
    WithoutCoolDown,
    WithoutGoodbye,
}

impl From<&Counterfactual> for CounterfactualRecord {
    fn from(counterfactual: &Counterfactual) -> Self {
        let change = match &counterfactual.change {
            Change::Reaches { signal, value } => ChangeRecord::Reaches((*signal).into(), share(*value)),
            Change::StaysBelow { signal, value } => ChangeRecord::StaysBelow((*signal).into(), share(*value)),
            Change::WithoutRule(rule) => ChangeRecord::WithoutRule(Text(rule.clone())),
            Change::WithoutOverride(id) => ChangeRecord::WithoutOverride(Text(id.clone())),
            Change::WithoutCoolDown => ChangeRecord::WithoutCoolDown,
            Change::WithoutGoodbye => ChangeRecord::WithoutGoodbye,
        };
        Self { change, kind: counterfactual.kind.into() }
    }
}

impl From<CounterfactualRecord> for Counterfactual {
    fn from(record: CounterfactualRecord) -> Self {
        let change = match record.change {
            ChangeRecord::Reaches(signal, value) => Change::Reaches { signal: signal.into(), value },
            ChangeRecord::StaysBelow(signal, value) => Change::StaysBelow { signal: signal.into(), value },
            ChangeRecord::WithoutRule(Text(rule)) => Change::WithoutRule(rule),
            ChangeRecord::WithoutOverride(Text(id)) => Change::WithoutOverride(id),
            ChangeRecord::WithoutCoolDown => Change::WithoutCoolDown,
            ChangeRecord::WithoutGoodbye => Change::WithoutGoodbye,
        };
        Self { change, kind: record.kind.into() }
    }
}

#[derive(Serialize, Deserialize)]
struct TopicRecord {
    topic: Text<TopicId>,
    confidence: f32,
}

/// JSON has no word for what is not a number; a share that is none counts as nothing.
fn share(value: f32) -> f32 {
    if value.is_finite() { value } else { 0.0 }
}

impl From<&Verdict> for VerdictRecord {
    fn from(verdict: &Verdict) -> Self {
        Self {
            kind: verdict.kind.into(),
            triggers: verdict.triggers.iter().map(TriggerRecord::from).collect(),
            signals: verdict
                .signals
                .iter()
                .map(|signal| SignalRecord {
                    name: signal.name.into(),
                    value: share(signal.value),
                    threshold: signal.threshold.map(share),
                    suggest: signal.suggest.map(share),
                    span: signal.span.map(|span| (span.start, span.end)),
                    evidence: signal.evidence.to_string(),
                })
                .collect(),
            rules: verdict
                .rules
                .iter()
                .map(|matched| RuleRecord { rule: Text(matched.rule.clone()), kind: matched.kind.into() })
                .collect(),
            overrides: verdict.overrides.iter().map(|id| Text(id.clone())).collect(),
            topic: verdict
                .topic
                .as_ref()
                .map(|guess| TopicRecord { topic: Text(guess.topic.clone()), confidence: share(guess.confidence) }),
            language: LanguageRecord(verdict.language),
            language_confidence: share(verdict.language_confidence),
            needs: (&verdict.needs).into(),
            policy_version: verdict.policy_version,
            model_version: verdict.model_version.to_string(),
            would_change: verdict.would_change.iter().map(ToString::to_string).collect(),
            counterfactuals: verdict.counterfactuals.iter().map(Into::into).collect(),
        }
    }
}

impl From<VerdictRecord> for Verdict {
    fn from(record: VerdictRecord) -> Self {
        Self {
            kind: record.kind.into(),
            triggers: record.triggers.into_iter().map(Into::into).collect(),
            signals: record
                .signals
                .into_iter()
                .map(|signal| Signal {
                    name: signal.name.into(),
                    value: signal.value,
                    threshold: signal.threshold,
                    suggest: signal.suggest,
                    span: signal.span.map(|(start, end)| Span { start, end }),
                    evidence: signal.evidence.into(),
                })
                .collect(),
            rules: record
                .rules
                .into_iter()
                .map(|matched| RuleMatch { rule: matched.rule.0, kind: matched.kind.into() })
                .collect(),
            overrides: record.overrides.into_iter().map(|Text(id)| id).collect(),
            topic: record.topic.map(|guess| TopicGuess { topic: guess.topic.0, confidence: guess.confidence }),
            language: record.language.0,
            language_confidence: record.language_confidence,
            needs: record.needs.into(),
            policy_version: record.policy_version,
            model_version: record.model_version.into(),
            would_change: record.would_change.into_iter().map(Arc::from).collect(),
            counterfactuals: record.counterfactuals.into_iter().map(Into::into).collect(),
        }
    }
}
