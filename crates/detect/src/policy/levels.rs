//! From where on each signal counts, with names for every number that can be turned.

use std::collections::BTreeMap;

use baton_core::{Needs, Priority, RuleId, SensitiveClass, SignalName, VerdictKind};

use super::PolicyError;

/// From which value on a signal suggests a person, and hands off; none is never.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Levels {
    pub suggest: Option<f32>,
    pub hand_off: Option<f32>,
}

/// How often the bot may fail the same need before a person is suggested, and before it is handed off; none is ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    pub suggest: Option<u8>,
    pub hand_off: Option<u8>,
}

/// What a sensitive matter means.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassPolicy {
    /// From this value of the signal on.
    pub from: f32,
    pub then: VerdictKind,
    /// What a handoff about it needs besides.
    pub needs: Needs,
}

/// How many of the customer's last turns a trend looks at, the one at hand included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trend {
    pub turns: u8,
}

impl Default for Trend {
    fn default() -> Self {
        Self { turns: 3 }
    }
}

/// After a customer declined a suggestion nobody asks again for so many of their messages or so many minutes, whichever
/// is over first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoolDown {
    pub turns: u32,
    pub minutes: u32,
}

impl Default for CoolDown {
    fn default() -> Self {
        Self { turns: 4, minutes: 30 }
    }
}

/// The signals that have levels of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Graded {
    ExplicitRequest,
    Frustration,
    Dissatisfaction,
    Trend,
    RepeatedNeed,
    Complexity,
    Timing,
}

impl Graded {
    pub const ALL: [Self; 7] = [
        Self::ExplicitRequest,
        Self::Frustration,
        Self::Dissatisfaction,
        Self::Trend,
        Self::RepeatedNeed,
        Self::Complexity,
        Self::Timing,
    ];

    pub fn signal(self) -> SignalName {
        match self {
            Self::ExplicitRequest => SignalName::ExplicitRequest,
            Self::Frustration => SignalName::Frustration,
            Self::Dissatisfaction => SignalName::Dissatisfaction,
            Self::Trend => SignalName::Trend,
            Self::RepeatedNeed => SignalName::RepeatedNeed,
            Self::Complexity => SignalName::Complexity,
            Self::Timing => SignalName::Timing,
        }
    }
}

/// One number of the policy that can be turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lever {
    Suggest(Graded),
    HandOff(Graded),
}

impl Lever {
    pub fn all() -> impl Iterator<Item = Self> {
        Graded::ALL.into_iter().flat_map(|graded| [Self::Suggest(graded), Self::HandOff(graded)])
    }

    /// Its key in the document, under `policy`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Suggest(Graded::ExplicitRequest) => "explicit_suggest",
            Self::HandOff(Graded::ExplicitRequest) => "explicit_threshold",
            Self::Suggest(Graded::Frustration) => "frustration_suggest",
            Self::HandOff(Graded::Frustration) => "frustration_threshold",
            Self::Suggest(Graded::Dissatisfaction) => "dissatisfaction_suggest",
            Self::HandOff(Graded::Dissatisfaction) => "dissatisfaction_threshold",
            Self::Suggest(Graded::Trend) => "trend_suggest",
            Self::HandOff(Graded::Trend) => "trend_threshold",
            Self::Suggest(Graded::RepeatedNeed) => "repeated_need_suggest",
            Self::HandOff(Graded::RepeatedNeed) => "repeated_need_threshold",
            Self::Suggest(Graded::Complexity) => "complexity_suggest",
            Self::HandOff(Graded::Complexity) => "complexity_threshold",
            Self::Suggest(Graded::Timing) => "timing_suggest",
            Self::HandOff(Graded::Timing) => "timing_threshold",
        }
    }
}

/// One change of the thresholds.
#[derive(Debug, Clone, PartialEq)]
pub enum Adjustment {
    Level(Lever, Option<f32>),
    FailuresBeforeSuggest(Option<u8>),
    FailuresBeforeHandOff(Option<u8>),
    Sensitive(SensitiveClass, ClassPolicy),
}

/// Every level. The defaults are those of the manual.
#[derive(Debug, Clone, PartialEq)]
pub struct Thresholds {
    levels: BTreeMap<Graded, Levels>,
    pub failures: Allowed,
    sensitive: BTreeMap<SensitiveClass, ClassPolicy>,
}

impl Default for Thresholds {
    fn default() -> Self {
        let levels = Graded::ALL.into_iter().map(|graded| (graded, default_levels(graded))).collect();
        let sensitive = SensitiveClass::ALL.into_iter().map(|class| (class, default_class(class))).collect();
        Self { levels, failures: Allowed { suggest: None, hand_off: Some(2) }, sensitive }
    }
}

fn default_levels(graded: Graded) -> Levels {
    let (suggest, hand_off) = match graded {
        Graded::ExplicitRequest => (Some(0.3), Some(0.6)),
        Graded::Frustration => (Some(0.5), Some(0.75)),
        // Weaker evidence asks and leaves the answer to the customer.
        Graded::Dissatisfaction => (Some(0.65), None),
        Graded::Trend => (Some(0.5), None),
        Graded::RepeatedNeed => (Some(0.48), Some(0.6)),
        Graded::Complexity => (Some(0.7), None),
        // Only there when the deployment has trained a model of its own, which is trained to hand off.
        Graded::Timing => (Some(0.5), Some(0.7)),
    };
    Levels { suggest, hand_off }
}

/// What cannot wait or must not be answered by a machine is handed off; where an answer may be all that is wanted, the
/// customer is asked.
fn default_class(class: SensitiveClass) -> ClassPolicy {
    let (then, priority) = match class {
        SensitiveClass::Safety => (VerdictKind::HandOff, 10),
        SensitiveClass::Fraud => (VerdictKind::HandOff, 5),
        SensitiveClass::LegalThreat
        | SensitiveClass::Complaint
        | SensitiveClass::Bereavement
        | SensitiveClass::DataProtection
        | SensitiveClass::Harassment
        | SensitiveClass::Press => (VerdictKind::HandOff, 0),
        // A customer who names a disability often asks a question that has an answer.
        SensitiveClass::Vulnerable | SensitiveClass::Health | SensitiveClass::Cancellation => (VerdictKind::Suggest, 0),
    };
    let needs = Needs { priority: Priority::new(priority).unwrap_or_default(), ..Needs::default() };
    ClassPolicy { from: 0.5, then, needs }
}

impl Thresholds {
    pub fn levels(&self, graded: Graded) -> Levels {
        self.levels.get(&graded).copied().unwrap_or_default()
    }

    pub fn class(&self, class: SensitiveClass) -> ClassPolicy {
        self.sensitive.get(&class).cloned().unwrap_or_else(|| default_class(class))
    }

    /// Where a lever stands.
    pub fn at(&self, lever: Lever) -> Option<f32> {
        match lever {
            Lever::Suggest(graded) => self.levels(graded).suggest,
            Lever::HandOff(graded) => self.levels(graded).hand_off,
        }
    }

    pub fn apply(&mut self, adjustment: &Adjustment) {
        match adjustment {
            Adjustment::Level(Lever::Suggest(graded), value) => {
                self.levels.entry(*graded).or_default().suggest = *value;
            }
            Adjustment::Level(Lever::HandOff(graded), value) => {
                self.levels.entry(*graded).or_default().hand_off = *value;
            }
            Adjustment::FailuresBeforeSuggest(count) => self.failures.suggest = *count,
            Adjustment::FailuresBeforeHandOff(count) => self.failures.hand_off = *count,
            Adjustment::Sensitive(class, policy) => {
                self.sensitive.insert(*class, policy.clone());
            }
        }
    }

    #[must_use]
    pub fn with(&self, adjustments: &[Adjustment]) -> Self {
        let mut changed = self.clone();
        for adjustment in adjustments {
            changed.apply(adjustment);
        }
        changed
    }

    /// `of` is the override that these come from.
    pub(super) fn check(&self, of: Option<&RuleId>) -> Result<(), PolicyError> {
        let of = || of.cloned();
        for lever in Lever::all() {
            let name = lever.key();
            if let Some(value) = self.at(lever).filter(|value| !(0.0..=1.0).contains(value)) {
                return Err(PolicyError::Threshold { name, value, of: of() });
            }
        }
        for graded in Graded::ALL {
            let Levels { suggest: Some(suggest), hand_off: Some(threshold) } = self.levels(graded) else { continue };
            if suggest > threshold {
                let (suggest_name, threshold_name) = (Lever::Suggest(graded).key(), Lever::HandOff(graded).key());
                return Err(PolicyError::SuggestAboveThreshold {
                    suggest_name,
                    suggest,
                    threshold_name,
                    threshold,
                    of: of(),
                });
            }
        }
        if self.levels(Graded::ExplicitRequest).hand_off.is_none() {
            return Err(PolicyError::ExplicitNever { of: of() });
        }
        for (name, count) in
            [("failures_before_suggest", self.failures.suggest), ("failures_before_handoff", self.failures.hand_off)]
        {
            if count == Some(0) {
                return Err(PolicyError::NoFailures { name, of: of() });
            }
        }
        for policy in self.sensitive.values() {
            if !(0.0..=1.0).contains(&policy.from) {
                return Err(PolicyError::Threshold { name: "sensitive", value: policy.from, of: of() });
            }
        }
        Ok(())
    }
}
