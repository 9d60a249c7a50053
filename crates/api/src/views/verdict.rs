//! A verdict with its trace, for staff.

use baton_core::{Change, Counterfactual, TimingMark, Trigger, Verdict, VerdictKind};

use super::needs::needs_view;
use crate::wire::{
    ChangeName, CounterfactualView, RuleMatchView, SignalView, SpanView, TimingName, TopicView, TriggerView,
    VerdictName, VerdictView,
};

pub(crate) fn verdict_view(verdict: &Verdict) -> VerdictView {
    VerdictView {
        kind: verdict_name(verdict.kind),
        triggers: triggers_view(&verdict.triggers),
        signals: verdict
            .signals
            .iter()
            .map(|signal| SignalView {
                name: signal.name.as_str().to_owned(),
                class: signal.name.class().map(|class| class.as_str().to_owned()),
                value: signal.value,
                threshold: signal.threshold,
                suggest: signal.suggest,
                span: signal.span.map(|span| SpanView { start: span.start, end: span.end }),
                evidence: signal.evidence.to_string(),
            })
            .collect(),
        rules: verdict
            .rules
            .iter()
            .map(|matched| RuleMatchView { rule: matched.rule.to_string(), kind: verdict_name(matched.kind) })
            .collect(),
        overrides: verdict.overrides.iter().map(ToString::to_string).collect(),
        topic: verdict
            .topic
            .as_ref()
            .map(|guess| TopicView { topic: guess.topic.to_string(), confidence: guess.confidence }),
        language: verdict.language.to_string(),
        language_confidence: verdict.language_confidence,
        needs: needs_view(&verdict.needs),
        policy_version: verdict.policy_version,
        model_version: verdict.model_version.to_string(),
        would_change: verdict.would_change.iter().map(ToString::to_string).collect(),
        counterfactuals: verdict.counterfactuals.iter().map(counterfactual_view).collect(),
    }
}

pub(super) fn triggers_view(triggers: &[Trigger]) -> Vec<TriggerView> {
    triggers.iter().map(trigger_view).collect()
}

fn trigger_view(trigger: &Trigger) -> TriggerView {
    let (code, of) = match trigger {
        Trigger::ExplicitRequest => ("explicit_request", None),
        Trigger::Frustration => ("frustration", None),
        Trigger::Dissatisfaction => ("dissatisfaction", None),
        Trigger::Trend => ("trend", None),
        Trigger::RepeatedFailure => ("repeated_failure", None),
        Trigger::RepeatedNeed => ("repeated_need", None),
        Trigger::Complexity => ("complexity", None),
        Trigger::Sensitive(class) => ("sensitive", Some(class.as_str().to_owned())),
        Trigger::Timing => ("timing", None),
        Trigger::Suggestion => ("suggestion", None),
        Trigger::BrokenPromise => ("broken_promise", None),
        Trigger::SecondOpinion => ("second_opinion", None),
        Trigger::Rule(rule) => ("rule", Some(rule.to_string())),
        Trigger::Bot => ("bot", None),
        Trigger::BotDown => ("bot_down", None),
        Trigger::Agent(agent) => ("agent", Some(agent.to_string())),
        Trigger::Api => ("api", None),
    };
    TriggerView { code: code.to_owned(), of }
}

fn counterfactual_view(counterfactual: &Counterfactual) -> CounterfactualView {
    let (change, of, value) = match &counterfactual.change {
        Change::Reaches { signal, value } => (ChangeName::Reaches, signal.as_str().to_owned(), Some(*value)),
        Change::StaysBelow { signal, value } => (ChangeName::StaysBelow, signal.as_str().to_owned(), Some(*value)),
        Change::WithoutRule(rule) => (ChangeName::WithoutRule, rule.to_string(), None),
        Change::WithoutOverride(id) => (ChangeName::WithoutOverride, id.to_string(), None),
        Change::WithoutCoolDown => (ChangeName::WithoutCoolDown, String::new(), None),
        Change::WithoutGoodbye => (ChangeName::WithoutGoodbye, String::new(), None),
    };
    let class = match &counterfactual.change {
        Change::Reaches { signal, .. } | Change::StaysBelow { signal, .. } => signal.class(),
        Change::WithoutRule(_) | Change::WithoutOverride(_) | Change::WithoutCoolDown | Change::WithoutGoodbye => None,
    };
    CounterfactualView {
        change,
        of,
        class: class.map(|class| class.as_str().to_owned()),
        value,
        kind: verdict_name(counterfactual.kind),
    }
}

pub(crate) fn timing_name(timing: TimingMark) -> TimingName {
    match timing {
        TimingMark::TooLate => TimingName::TooLate,
        TimingMark::NotNeeded => TimingName::NotNeeded,
    }
}

pub(crate) fn verdict_name(kind: VerdictKind) -> VerdictName {
    match kind {
        VerdictKind::Keep => VerdictName::Keep,
        VerdictKind::Suggest => VerdictName::Suggest,
        VerdictKind::HandOff => VerdictName::HandOff,
    }
}
