//! Suggestions for thresholds: which change would have turned how many of the handoffs that people marked, and at what
//! price among the conversations that ended well without one.

use baton_core::{ConversationId, Verdict, VerdictKind};

use crate::detector::rejudge;
use crate::policy::{Adjustment, Graded, Lever, Thresholds};

/// Fewest marked handoffs that a suggestion rests on.
pub const ADVICE_TURNED_MIN: usize = 3;
/// Most conversations named to read.
pub const ADVICE_EXAMPLES_MAX: usize = 10;
/// The values that are tried.
const STEPS: u8 = 19;
/// 95 of 100.
const Z: f64 = 1.96;

/// What people made of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseLabel {
    /// The handoff should have come earlier.
    TooLate,
    /// The handoff need not have come.
    NotNeeded,
    /// It ended without a handoff.
    Contained,
}

/// One conversation: the verdicts of the customer's turns up to the handoff, or all of them.
#[derive(Debug, Clone)]
pub struct Case {
    pub conversation: ConversationId,
    pub label: CaseLabel,
    pub verdicts: Vec<Verdict>,
}

/// How many of how many, with the interval of the share that 95 of 100 such samples would give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    pub of: usize,
    pub all: usize,
    pub low: f64,
    pub high: f64,
}

impl Share {
    /// Wilson's interval: it holds for few cases too.
    #[allow(clippy::cast_precision_loss)] // Counts of conversations.
    pub fn new(of: usize, all: usize) -> Self {
        if all == 0 {
            return Self { of, all, low: 0.0, high: 1.0 };
        }
        let (n, p) = (all as f64, of as f64 / all as f64);
        let (z2, middle) = (Z * Z, 1.0 + Z * Z / n);
        let centre = (p + z2 / (2.0 * n)) / middle;
        let half = Z / middle * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        Self { of, all, low: (centre - half).max(0.0), high: (centre + half).min(1.0) }
    }
}

/// One change of one threshold, with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    pub lever: Lever,
    pub from: Option<f32>,
    pub to: f32,
    /// Handoffs that should have come earlier and would have.
    pub sooner: Share,
    /// Handoffs that need not have come and would not have.
    pub spared: Share,
    /// Conversations that ended without a handoff and would have had one.
    pub disturbed: Share,
    /// The marked conversations that it would have turned.
    pub turned: Vec<ConversationId>,
}

/// The best change of each threshold that hands off, the most useful first. Only what turns at least
/// [`ADVICE_TURNED_MIN`] marked handoffs and more than it disturbs is suggested.
pub fn advise(cases: &[Case], thresholds: &Thresholds) -> Vec<Advice> {
    let mut found: Vec<Advice> = Graded::ALL.into_iter().filter_map(|graded| best(cases, thresholds, graded)).collect();
    found.sort_by_key(|advice| std::cmp::Reverse(gain(advice)));
    found
}

fn best(cases: &[Case], thresholds: &Thresholds, graded: Graded) -> Option<Advice> {
    let lever = Lever::HandOff(graded);
    let from = thresholds.at(lever);
    let lowest = thresholds.at(Lever::Suggest(graded)).unwrap_or(0.0);
    let values = (1..=STEPS).map(|step| f32::from(step) * 0.05).filter(|value| *value >= lowest);
    values
        .filter(|value| from.is_none_or(|from| (from - value).abs() > 0.01))
        .map(|to| tried(cases, thresholds, lever, from, to))
        .filter(|advice| advice.turned.len() >= ADVICE_TURNED_MIN && gain(advice) > 0)
        // Of equal changes the smaller one.
        .max_by(|one, other| {
            let distance = |advice: &Advice| from.map_or(1.0 - advice.to, |from| (from - advice.to).abs());
            gain(one).cmp(&gain(other)).then(distance(other).total_cmp(&distance(one)))
        })
}

/// What it turns to the good, less what it turns to the bad.
fn gain(advice: &Advice) -> i64 {
    let count = |share: Share| i64::try_from(share.of).unwrap_or(i64::MAX);
    count(advice.sooner) + count(advice.spared) - count(advice.disturbed)
}

fn tried(cases: &[Case], thresholds: &Thresholds, lever: Lever, from: Option<f32>, to: f32) -> Advice {
    let other = thresholds.with(&[Adjustment::Level(lever, Some(to))]);
    let hands_off = |verdict: &Verdict| rejudge(verdict, &other) == VerdictKind::HandOff;
    let mut counts = [(0, 0); 3];
    let mut turned = Vec::new();
    for case in cases {
        let (before, last) = match case.verdicts.split_last() {
            Some((last, before)) => (before, Some(last)),
            None => (&[][..], None),
        };
        let turns = match case.label {
            CaseLabel::TooLate => before.iter().any(hands_off),
            CaseLabel::NotNeeded => {
                last.is_some_and(|last| last.kind == VerdictKind::HandOff && !hands_off(last))
                    && !before.iter().any(hands_off)
            }
            CaseLabel::Contained => case.verdicts.iter().any(hands_off),
        };
        let place = match case.label {
            CaseLabel::TooLate => 0,
            CaseLabel::NotNeeded => 1,
            CaseLabel::Contained => 2,
        };
        counts[place].1 += 1;
        counts[place].0 += usize::from(turns);
        if turns && case.label != CaseLabel::Contained && turned.len() < ADVICE_EXAMPLES_MAX {
            turned.push(case.conversation);
        }
    }
    let share = |place: usize| Share::new(counts[place].0, counts[place].1);
    Advice { lever, from, to, sooner: share(0), spared: share(1), disturbed: share(2), turned }
}

#[cfg(test)]
mod tests {
    use baton_core::{Language, Signal, SignalName};
    use uuid::Uuid;

    use super::*;

    fn said(frustration: f32) -> Verdict {
        let kind = if frustration >= 0.75 { VerdictKind::HandOff } else { VerdictKind::Keep };
        let signal = Signal {
            name: SignalName::Frustration,
            value: frustration,
            threshold: Some(0.75),
            suggest: Some(0.5),
            span: None,
            evidence: "".into(),
        };
        Verdict { kind, signals: vec![signal], ..Verdict::keep(Language::ENGLISH) }
    }

    fn case(number: u128, label: CaseLabel, course: &[f32]) -> Case {
        let verdicts = course.iter().map(|value| said(*value)).collect();
        Case { conversation: ConversationId(Uuid::from_u128(number)), label, verdicts }
    }

    #[test]
    fn handoffs_that_should_have_come_earlier_lower_the_threshold_that_held_them_back() {
        let mut cases: Vec<_> = (0..5).map(|n| case(n, CaseLabel::TooLate, &[0.62, 0.9])).collect();
        cases.extend((10..30).map(|n| case(n, CaseLabel::Contained, &[0.2, 0.3])));
        cases.push(case(40, CaseLabel::Contained, &[0.56]));
        let advice = advise(&cases, &Thresholds::default());
        assert_eq!(advice.len(), 1);
        let advice = &advice[0];
        assert_eq!((advice.lever, advice.from), (Lever::HandOff(Graded::Frustration), Some(0.75)));
        assert!((advice.to - 0.6).abs() < 1e-5, "as little as needed: {}", advice.to);
        assert_eq!((advice.sooner.of, advice.sooner.all, advice.disturbed.of), (5, 5, 0));
        assert!(advice.sooner.low > 0.5 && advice.sooner.high <= 1.0);
    }

    #[test]
    fn handoffs_that_were_not_needed_raise_it() {
        let cases: Vec<_> = (0..4).map(|n| case(n, CaseLabel::NotNeeded, &[0.1, 0.78])).collect();
        let advice = advise(&cases, &Thresholds::default());
        assert!((advice[0].to - 0.8).abs() < 1e-5, "{}", advice[0].to);
        assert_eq!(advice[0].spared.of, 4);
    }

    #[test]
    fn what_disturbs_more_than_it_helps_is_not_suggested() {
        let mut cases: Vec<_> = (0..4).map(|n| case(n, CaseLabel::TooLate, &[0.62, 0.9])).collect();
        cases.extend((10..30).map(|n| case(n, CaseLabel::Contained, &[0.65])));
        assert!(advise(&cases, &Thresholds::default()).is_empty());
        assert!(advise(&cases[..2], &Thresholds::default()).is_empty(), "two marks are no ground");
    }
}
