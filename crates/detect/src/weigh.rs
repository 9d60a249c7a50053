//! The verdict from all signals and rules: what each one claims, what is set aside, and what would have changed it.

use std::sync::Arc;

use baton_core::{Change, Counterfactual, RuleId, Signal, SignalName, Span, Trigger, VerdictKind};

use crate::policy::{Graded, Levels, Thresholds};

/// A signal as found, before any threshold.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) name: SignalName,
    /// 0 to 1.
    pub(crate) value: f32,
    pub(crate) span: Option<Span>,
    pub(crate) evidence: Arc<str>,
}

/// A signal on its scale.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Weight {
    name: SignalName,
    value: f32,
    levels: Levels,
}

/// What sets claims aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Around {
    /// The customer declined a suggestion shortly before.
    pub(crate) cooling: bool,
    /// Nothing but thanks or goodbye: the bot's failures are set aside.
    pub(crate) parting: bool,
}

/// Everything that a verdict is made of.
#[derive(Debug, Clone)]
pub(crate) struct Scale {
    weights: Vec<Weight>,
    rules: Vec<(RuleId, VerdictKind)>,
    around: Around,
    /// How many failures of the bot are a value of 1.
    failures_full: u8,
}

/// What was concluded, and what would have changed it.
pub(crate) struct Conclusion {
    pub(crate) kind: VerdictKind,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) counterfactuals: Vec<Counterfactual>,
    pub(crate) would_change: Vec<Arc<str>>,
}

/// Where a value stands is compared with this much room: a threshold written as 0.6 is reached by a computed 0.6.
const ROOM: f32 = 1e-6;

impl Scale {
    pub(crate) fn new(
        found: &[Found],
        thresholds: &Thresholds,
        rules: Vec<(RuleId, VerdictKind)>,
        around: Around,
    ) -> Self {
        let weights = found
            .iter()
            .map(|found| Weight { name: found.name, value: found.value, levels: levels(found.name, thresholds) })
            .collect();
        Self { weights, rules, around, failures_full: failures_scale(thresholds) }
    }

    /// A verdict's own signals on other thresholds, or on the ones that it was judged by.
    pub(crate) fn of(signals: &[Signal], rules: Vec<(RuleId, VerdictKind)>, thresholds: Option<&Thresholds>) -> Self {
        let weights = signals
            .iter()
            .map(|signal| {
                let judged = Levels { suggest: signal.suggest, hand_off: signal.threshold };
                let other = thresholds.filter(|_| signal.name != SignalName::RepeatedFailure);
                let levels = other.map_or(judged, |thresholds| levels(signal.name, thresholds));
                Weight { name: signal.name, value: signal.value, levels }
            })
            .collect();
        Self { weights, rules, around: Around::default(), failures_full: 1 }
    }

    pub(crate) fn levels_of(&self, index: usize) -> Levels {
        self.weights.get(index).map_or(Levels::default(), |weight| weight.levels)
    }

    fn claim(&self, weight: &Weight) -> VerdictKind {
        let reached = |level: Option<f32>| level.is_some_and(|level| weight.value + ROOM >= level);
        if self.around.parting && weight.name == SignalName::RepeatedFailure {
            VerdictKind::Keep
        } else if reached(weight.levels.hand_off) {
            VerdictKind::HandOff
        } else if reached(weight.levels.suggest) && !(self.around.cooling && weight.name != SignalName::ExplicitRequest)
        {
            VerdictKind::Suggest
        } else {
            VerdictKind::Keep
        }
    }

    fn rule_claim(&self, kind: VerdictKind) -> VerdictKind {
        if self.around.cooling && kind == VerdictKind::Suggest { VerdictKind::Keep } else { kind }
    }

    /// The most urgent of all claims.
    pub(crate) fn kind(&self) -> VerdictKind {
        let signals = self.weights.iter().map(|weight| self.claim(weight));
        let rules = self.rules.iter().map(|(_, kind)| self.rule_claim(*kind));
        signals.chain(rules).max().unwrap_or(VerdictKind::Keep)
    }

    pub(crate) fn conclude(&self) -> Conclusion {
        let kind = self.kind();
        let triggers = self.triggers(kind);
        let counterfactuals = self.counterfactuals(kind);
        let mut would_change: Vec<Arc<str>> =
            counterfactuals.iter().map(|found| self.in_words(found, kind).into()).collect();
        if triggers.len() > 1 && kind > VerdictKind::Keep {
            let each = triggers.iter().map(trigger_words).collect::<Vec<_>>().join(" and ");
            would_change.push(format!("{each}: each of them gives a {} by itself", noun(kind)).into());
        }
        Conclusion { kind, triggers, counterfactuals, would_change }
    }

    /// What claims the verdict that holds; weaker claims do not stand among its triggers.
    fn triggers(&self, kind: VerdictKind) -> Vec<Trigger> {
        if kind == VerdictKind::Keep {
            return Vec::new();
        }
        let explicit = |weight: &&Weight| weight.name == SignalName::ExplicitRequest;
        let claims = |weight: &&Weight| self.claim(weight) == kind;
        let first = self.weights.iter().filter(explicit).filter(claims);
        let others = self.weights.iter().filter(|weight| !explicit(weight)).filter(claims);
        let rules = self.rules.iter().filter(|(_, claimed)| self.rule_claim(*claimed) == kind);
        first
            .map(|weight| trigger(weight.name))
            .chain(rules.map(|(rule, _)| Trigger::Rule(rule.clone())))
            .chain(others.map(|weight| trigger(weight.name)))
            .collect()
    }

    /// Every single change, of one signal, one rule or one circumstance, that would have given another verdict.
    fn counterfactuals(&self, kind: VerdictKind) -> Vec<Counterfactual> {
        let mut found = Vec::new();
        for (index, weight) in self.weights.iter().enumerate() {
            let with = |value: f32| {
                let mut changed = self.clone();
                changed.weights[index].value = value;
                changed.kind()
            };
            for level in [weight.levels.hand_off, weight.levels.suggest].into_iter().flatten() {
                let reached = weight.value + ROOM >= level;
                let other = with(if reached { level - 2.0 * ROOM } else { level });
                let change = if reached {
                    Change::StaysBelow { signal: weight.name, value: level }
                } else {
                    Change::Reaches { signal: weight.name, value: level }
                };
                if other != kind {
                    found.push(Counterfactual { change, kind: other });
                }
            }
        }
        for index in 0..self.rules.len() {
            let mut changed = self.clone();
            let (rule, _) = changed.rules.remove(index);
            found.push(Counterfactual { change: Change::WithoutRule(rule), kind: changed.kind() });
        }
        let warm = Self { around: Around { cooling: false, ..self.around }, ..self.clone() };
        found.push(Counterfactual { change: Change::WithoutCoolDown, kind: warm.kind() });
        let staying = Self { around: Around { parting: false, ..self.around }, ..self.clone() };
        found.push(Counterfactual { change: Change::WithoutGoodbye, kind: staying.kind() });
        found.retain(|counterfactual| counterfactual.kind != kind);
        found
    }

    fn in_words(&self, counterfactual: &Counterfactual, kind: VerdictKind) -> String {
        let other = counterfactual.kind;
        let instead = || if other == VerdictKind::Keep { format!("no {}", noun(kind)) } else { noun(other).to_owned() };
        let value =
            |name: SignalName| self.weights.iter().find(|own| own.name == name).map_or(0.0, |weight| weight.value);
        match &counterfactual.change {
            Change::Reaches { signal, value: level } => {
                let (name, value) = (signal_words(*signal), value(*signal));
                if *signal == SignalName::RepeatedFailure {
                    let count = |share: f32| (share * f32::from(self.failures_full)).round();
                    let (failed, allowed) = (count(value), count(*level));
                    return format!("{name} {failed} of {allowed}: {} short of a {}", allowed - failed, noun(other));
                }
                format!("{name} {value:.2} of {level:.2}: {:.2} short of a {}", level - value, noun(other))
            }
            Change::StaysBelow { signal, value: level } => {
                let (name, value) = (signal_words(*signal), value(*signal));
                format!("without the {name} ({value:.2}, {:.2} above {level:.2}): {}", value - level, instead())
            }
            Change::WithoutRule(rule) => format!("without the rule {rule}: {}", instead()),
            Change::WithoutOverride(id) => format!("without the override {id}: {}", instead()),
            Change::WithoutCoolDown => {
                format!("the customer declined a suggestion shortly before; otherwise: {}", noun(other))
            }
            Change::WithoutGoodbye => {
                format!("the bot's failures are set aside, the customer says goodbye; otherwise: {}", noun(other))
            }
        }
    }
}

/// Says what an override changed, in the same words.
pub(crate) fn override_in_words(id: &RuleId, other: VerdictKind, kind: VerdictKind) -> Arc<str> {
    let counterfactual = Counterfactual { change: Change::WithoutOverride(id.clone()), kind: other };
    let empty = Scale { weights: Vec::new(), rules: Vec::new(), around: Around::default(), failures_full: 1 };
    empty.in_words(&counterfactual, kind).into()
}

fn levels(name: SignalName, thresholds: &Thresholds) -> Levels {
    let graded = match name {
        SignalName::ExplicitRequest => Graded::ExplicitRequest,
        SignalName::Frustration => Graded::Frustration,
        SignalName::Dissatisfaction => Graded::Dissatisfaction,
        SignalName::Trend => Graded::Trend,
        SignalName::RepeatedNeed => Graded::RepeatedNeed,
        SignalName::Complexity => Graded::Complexity,
        SignalName::Timing => Graded::Timing,
        SignalName::RepeatedFailure => {
            let allowed = thresholds.failures;
            let of = |count: u8| f32::from(count) / f32::from(failures_scale(thresholds));
            return Levels { suggest: allowed.suggest.map(of), hand_off: allowed.hand_off.map(of) };
        }
        SignalName::Sensitive(class) => {
            let policy = thresholds.class(class);
            let from = Some(policy.from);
            return match policy.then {
                VerdictKind::Keep => Levels::default(),
                VerdictKind::Suggest => Levels { suggest: from, hand_off: None },
                VerdictKind::HandOff => Levels { suggest: None, hand_off: from },
            };
        }
    };
    thresholds.levels(graded)
}

/// How many failures of the bot are a value of 1.
pub(crate) fn failures_scale(thresholds: &Thresholds) -> u8 {
    let allowed = thresholds.failures;
    allowed.hand_off.max(allowed.suggest).unwrap_or(1).max(1)
}

fn trigger(name: SignalName) -> Trigger {
    match name {
        SignalName::ExplicitRequest => Trigger::ExplicitRequest,
        SignalName::Frustration => Trigger::Frustration,
        SignalName::Dissatisfaction => Trigger::Dissatisfaction,
        SignalName::Trend => Trigger::Trend,
        SignalName::RepeatedFailure => Trigger::RepeatedFailure,
        SignalName::RepeatedNeed => Trigger::RepeatedNeed,
        SignalName::Complexity => Trigger::Complexity,
        SignalName::Sensitive(class) => Trigger::Sensitive(class),
        SignalName::Timing => Trigger::Timing,
    }
}

fn noun(kind: VerdictKind) -> &'static str {
    match kind {
        VerdictKind::Keep => "answer by the bot",
        VerdictKind::Suggest => "suggestion",
        VerdictKind::HandOff => "hand-off",
    }
}

fn signal_words(name: SignalName) -> String {
    match name {
        SignalName::RepeatedFailure => "bot failures".to_owned(),
        SignalName::Sensitive(class) => format!("sensitive matter ({})", class.as_str()),
        SignalName::ExplicitRequest
        | SignalName::Frustration
        | SignalName::Dissatisfaction
        | SignalName::Trend
        | SignalName::RepeatedNeed
        | SignalName::Complexity
        | SignalName::Timing => name.as_str().replace('_', " "),
    }
}

fn trigger_words(trigger: &Trigger) -> String {
    match trigger {
        Trigger::ExplicitRequest => signal_words(SignalName::ExplicitRequest),
        Trigger::Frustration => signal_words(SignalName::Frustration),
        Trigger::Dissatisfaction => signal_words(SignalName::Dissatisfaction),
        Trigger::Trend => signal_words(SignalName::Trend),
        Trigger::RepeatedFailure => signal_words(SignalName::RepeatedFailure),
        Trigger::RepeatedNeed => signal_words(SignalName::RepeatedNeed),
        Trigger::Complexity => signal_words(SignalName::Complexity),
        Trigger::Sensitive(class) => signal_words(SignalName::Sensitive(*class)),
        Trigger::Timing => signal_words(SignalName::Timing),
        Trigger::Rule(rule) => format!("the rule {rule}"),
        // These begin handoffs elsewhere; a turn does not show them.
        Trigger::Suggestion
        | Trigger::BrokenPromise
        | Trigger::SecondOpinion
        | Trigger::Bot
        | Trigger::BotDown
        | Trigger::Agent(_)
        | Trigger::Api => String::new(),
    }
}
