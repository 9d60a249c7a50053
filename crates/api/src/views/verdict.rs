//! A verdict with its trace, for staff.

use baton_core::{SignalName, Trigger, Verdict, VerdictKind};

use super::needs::needs_view;
use crate::wire::{RuleMatchView, SignalView, SpanView, TopicView, TriggerView, VerdictName, VerdictView};

pub(super) fn verdict_view(verdict: &Verdict) -> VerdictView {
    VerdictView {
        kind: verdict_name(verdict.kind),
        triggers: triggers_view(&verdict.triggers),
        signals: verdict
            .signals
            .iter()
            .map(|signal| SignalView {
                name: signal_word(signal.name).to_owned(),
                value: signal.value,
                threshold: signal.threshold,
                span: signal.span.map(|span| SpanView { start: span.start, end: span.end }),
                evidence: signal.evidence.to_string(),
            })
            .collect(),
        rules: verdict
            .rules
            .iter()
            .map(|matched| RuleMatchView { rule: matched.rule.to_string(), kind: verdict_name(matched.kind) })
            .collect(),
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
    }
}

pub(super) fn triggers_view(triggers: &[Trigger]) -> Vec<TriggerView> {
    triggers.iter().map(trigger_view).collect()
}

fn trigger_view(trigger: &Trigger) -> TriggerView {
    let (code, of) = match trigger {
        Trigger::ExplicitRequest => ("explicit_request", None),
        Trigger::Frustration => ("frustration", None),
        Trigger::RepeatedFailure => ("repeated_failure", None),
        Trigger::RepeatedNeed => ("repeated_need", None),
        Trigger::Rule(rule) => ("rule", Some(rule.to_string())),
        Trigger::Bot => ("bot", None),
        Trigger::BotDown => ("bot_down", None),
        Trigger::Agent(agent) => ("agent", Some(agent.to_string())),
        Trigger::Api => ("api", None),
    };
    TriggerView { code: code.to_owned(), of }
}

fn verdict_name(kind: VerdictKind) -> VerdictName {
    match kind {
        VerdictKind::Keep => VerdictName::Keep,
        VerdictKind::Suggest => VerdictName::Suggest,
        VerdictKind::HandOff => VerdictName::HandOff,
    }
}

fn signal_word(name: SignalName) -> &'static str {
    match name {
        SignalName::ExplicitRequest => "explicit_request",
        SignalName::Frustration => "frustration",
        SignalName::RepeatedFailure => "repeated_failure",
        SignalName::RepeatedNeed => "repeated_need",
    }
}
