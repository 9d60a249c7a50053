//! Backtests: what a policy would have done with conversations that are over, and how right that would have been.

use std::collections::BTreeMap;

use baton_core::VerdictKind;

use crate::assess::Judgement;
use crate::chance::Chance;
use crate::lines::Conversation;
use crate::measure::{golden_transfer, len};

/// Times the conversations are drawn again to see how much the figures would move.
const DRAWS: usize = 500;
/// Fewer conversations than these make no group.
const GROUP_MIN: usize = 5;

/// A conversation, the truth and what was said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub id: String,
    pub language: String,
    pub kind: Option<String>,
    pub topic: Option<String>,
    pub truth: Vec<bool>,
    pub said: Vec<bool>,
    /// What began the first handoff.
    pub trigger: Option<String>,
    /// The strongest evidence of each turn, for sweeps; a turn that rules or requests decide has 1.
    pub strength: Vec<f32>,
}

impl Case {
    /// Puts a judgement beside the truth. None when no turn has a label.
    pub fn new(conversation: &Conversation, judgement: &Judgement) -> Option<Self> {
        let labels: Vec<Option<bool>> = conversation.turns.iter().map(|said| said.label).collect();
        if labels.iter().all(Option::is_none) {
            return None;
        }
        let said = judgement.hands_off();
        let first = said.iter().position(|said| *said);
        let most = |values: &mut dyn Iterator<Item = (String, f32)>| {
            values.max_by(|one, other| one.1.total_cmp(&other.1)).map(|best| best.0)
        };
        let topics = || judgement.turns.iter().filter_map(|turn| turn.topic.clone());
        let strength = judgement.turns.iter().map(|turn| match (turn.timing, turn.kind) {
            (_, VerdictKind::HandOff) if turn.triggers.iter().any(|trigger| trigger.starts_with("rule:")) => 1.0,
            (Some(likelihood), _) => likelihood.max(turn.explicit_request),
            (None, _) => {
                let sensitive = turn.sensitive.as_ref().map_or(0.0, |(_, value)| *value);
                turn.explicit_request.max(turn.frustration).max(turn.repeated_failure).max(sensitive)
            }
        });
        Some(Self {
            id: conversation.id.clone(),
            language: judgement.language.to_string(),
            kind: conversation.kind.clone(),
            topic: conversation.topic.clone().or_else(|| most(&mut topics())),
            truth: labels.into_iter().map(|label| label == Some(true)).collect(),
            trigger: first.and_then(|at| judgement.turns[at].triggers.first().cloned()),
            strength: strength.collect(),
            said,
        })
    }

    fn right_at(&self) -> Option<usize> {
        self.truth.iter().position(|right| *right)
    }

    fn said_at(&self) -> Option<usize> {
        self.said.iter().position(|said| *said)
    }
}

/// A share with the interval that it lies in nineteen times of twenty.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Share {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// What a policy came to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Outcome {
    pub conversations: usize,
    /// Of these, so many should have come to a person.
    pub needed: usize,
    /// Of the conversations that a person should have had: handed off at all.
    pub recall: Share,
    /// Of the handoffs: needed.
    pub precision: Share,
    /// Of the conversations that the bot should have kept: handed off.
    pub false_handoffs: Share,
    /// Golden transfer within tolerance.
    pub golden: [Share; 3],
    /// Of those rightly handed off: turns too late, and too early, on average.
    pub late: Share,
    pub early: Share,
}

/// Counts that outcomes are made of.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    needed: f64,
    kept: f64,
    found: f64,
    falsely: f64,
    golden: [f64; 3],
    late: f64,
    early: f64,
}

impl Sums {
    fn of(case: &Case) -> Self {
        let mut sums = Self::default();
        match (case.right_at(), case.said_at()) {
            (Some(right), Some(said)) => {
                sums.needed = 1.0;
                sums.found = 1.0;
                sums.late = len(said.saturating_sub(right));
                sums.early = len(right.saturating_sub(said));
            }
            (Some(_), None) => sums.needed = 1.0,
            (None, said) => {
                sums.kept = 1.0;
                sums.falsely = f64::from(u8::from(said.is_some()));
            }
        }
        sums.golden = [1, 2, 3].map(|tolerance| golden_transfer(&case.truth, &case.said, tolerance));
        sums
    }

    fn add(&mut self, other: &Self) {
        self.needed += other.needed;
        self.kept += other.kept;
        self.found += other.found;
        self.falsely += other.falsely;
        self.late += other.late;
        self.early += other.early;
        for (sum, value) in self.golden.iter_mut().zip(other.golden) {
            *sum += value;
        }
    }

    /// Recall, precision, false handoffs, GT-I to III, late, early.
    fn shares(&self) -> [f64; 8] {
        let of = |part: f64, whole: f64| if whole == 0.0 { f64::NAN } else { part / whole };
        let all = self.needed + self.kept;
        let [one, two, three] = self.golden.map(|golden| of(golden, all));
        [
            of(self.found, self.needed),
            of(self.found, self.found + self.falsely),
            of(self.falsely, self.kept),
            one,
            two,
            three,
            of(self.late, self.found),
            of(self.early, self.found),
        ]
    }
}

/// What a policy came to over these conversations; the intervals from drawing conversations again, by a seed.
pub fn outcome(cases: &[&Case], seed: u64) -> Outcome {
    let each: Vec<Sums> = cases.iter().map(|case| Sums::of(case)).collect();
    let total = |places: &mut dyn Iterator<Item = usize>| {
        let mut sums = Sums::default();
        places.for_each(|place| sums.add(&each[place]));
        sums
    };
    let whole = total(&mut (0..each.len()));
    let mut drawn: Vec<Vec<f64>> = vec![Vec::new(); 8];
    let mut chance = Chance::new(seed);
    for _ in 0..if each.is_empty() { 0 } else { DRAWS } {
        let sums = total(&mut (0..each.len()).map(|_| chance.below(each.len())));
        for (drawn, share) in drawn.iter_mut().zip(sums.shares()) {
            if share.is_finite() {
                drawn.push(share);
            }
        }
    }
    let mut shares = whole.shares().into_iter().zip(&mut drawn).map(|(value, drawn)| {
        drawn.sort_by(f64::total_cmp);
        let at = |percent: usize| drawn.get(drawn.len() * percent / 1000).copied().unwrap_or(value);
        Share { value, low: at(25), high: at(975) }
    });
    let mut next = || shares.next().unwrap_or_default();
    Outcome {
        conversations: cases.len(),
        needed: cases.iter().filter(|case| case.right_at().is_some()).count(),
        recall: next(),
        precision: next(),
        false_handoffs: next(),
        golden: [next(), next(), next()],
        late: next(),
        early: next(),
    }
}

/// Outcomes of the parts of a past: by language, topic, kind. Parts of fewer than five conversations are left out.
pub fn by<'a>(cases: &'a [Case], part: impl Fn(&'a Case) -> Option<&'a str>, seed: u64) -> Vec<(String, Outcome)> {
    let mut parts: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in cases {
        if let Some(name) = part(case) {
            parts.entry(name).or_default().push(case);
        }
    }
    let large = parts.into_iter().filter(|(_, cases)| cases.len() >= GROUP_MIN);
    large.map(|(name, cases)| (name.to_owned(), outcome(&cases, seed))).collect()
}

/// Of the handoffs that each trigger began: how many there were, and how many were needed.
pub fn by_trigger(cases: &[Case]) -> Vec<(String, usize, usize)> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for case in cases {
        if let Some(trigger) = &case.trigger {
            let count = counts.entry(trigger).or_default();
            count.0 += 1;
            count.1 += usize::from(case.right_at().is_some());
        }
    }
    counts.into_iter().map(|(trigger, (all, needed))| (trigger.to_owned(), all, needed)).collect()
}

/// A point of a sweep: at this threshold, what would have been.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub threshold: f32,
    pub recall: f64,
    pub false_handoffs: f64,
    /// What a conversation costs on average: a needless handoff costs 1, a missed one `missed`.
    pub cost: f64,
}

/// What one threshold for all evidence would have done, from never handing off to always.
pub fn sweep(cases: &[Case], missed: f64) -> Vec<Point> {
    let point = |percent: u8| {
        let threshold = f32::from(percent) / 100.0;
        let mut sums = Sums::default();
        for case in cases {
            let said = case.strength.iter().any(|strength| *strength >= threshold);
            match (case.right_at(), said) {
                (Some(_), said) => {
                    sums.needed += 1.0;
                    sums.found += f64::from(u8::from(said));
                }
                (None, said) => {
                    sums.kept += 1.0;
                    sums.falsely += f64::from(u8::from(said));
                }
            }
        }
        let shares = sums.shares();
        let cost = (sums.falsely + missed * (sums.needed - sums.found)) / len(cases.len().max(1));
        Point { threshold, recall: shares[0], false_handoffs: shares[2], cost }
    };
    (0..=20).map(|step| point(step * 5)).collect()
}

/// A conversation that two policies judge differently, and at which turns each hands off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    pub place: usize,
    pub first: Option<usize>,
    pub second: Option<usize>,
    pub right: Option<usize>,
}

/// Where two policies differ in whether or when they hand off, in the order of the conversations.
pub fn differences(first: &[Case], second: &[Case]) -> Vec<Differs> {
    let pairs = first.iter().zip(second).enumerate();
    pairs
        .filter(|(_, (one, other))| one.said_at() != other.said_at())
        .map(|(place, (one, other))| Differs {
            place,
            first: one.said_at(),
            second: other.said_at(),
            right: one.right_at(),
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // Shares of two and four are exact.
mod tests {
    use super::*;

    fn case(truth: &[u8], said: &[u8]) -> Case {
        let yes = |row: &[u8]| row.iter().map(|value| *value == 1).collect::<Vec<_>>();
        Case {
            id: "a".to_owned(),
            language: "en".to_owned(),
            kind: None,
            topic: None,
            truth: yes(truth),
            said: yes(said),
            trigger: said.contains(&1).then(|| "frustration".to_owned()),
            strength: said.iter().map(|value| f32::from(*value) * 0.8).collect(),
        }
    }

    #[test]
    fn a_past_is_judged_by_what_was_missed_needless_and_late() {
        let cases =
            [case(&[0, 1, 1], &[0, 0, 1]), case(&[0, 1], &[0, 0]), case(&[0, 0], &[1, 0]), case(&[0, 0], &[0, 0])];
        let all: Vec<&Case> = cases.iter().collect();
        let outcome = outcome(&all, 1);
        assert_eq!((outcome.conversations, outcome.needed), (4, 2));
        assert_eq!((outcome.recall.value, outcome.precision.value), (0.5, 0.5));
        assert_eq!((outcome.false_handoffs.value, outcome.late.value), (0.5, 1.0));
        assert!(outcome.recall.low <= 0.5 && outcome.recall.high >= 0.5);
        assert_eq!(outcome, super::outcome(&all, 1));
    }

    #[test]
    fn a_sweep_goes_from_always_to_never() {
        let cases = [case(&[0, 1], &[0, 1]), case(&[0, 0], &[0, 0])];
        let sweep = sweep(&cases, 5.0);
        assert_eq!((sweep[0].recall, sweep[0].false_handoffs), (1.0, 1.0));
        let best = sweep.iter().find(|point| (point.threshold - 0.5).abs() < 1e-6).unwrap();
        assert_eq!((best.recall, best.false_handoffs, best.cost), (1.0, 0.0, 0.0));
        assert!(sweep[20].recall.abs() < 1e-12);
    }

    #[test]
    fn policies_differ_where_one_hands_off_and_the_other_does_not() {
        let (one, other) =
            ([case(&[0, 1], &[0, 1]), case(&[0, 0], &[0, 0])], [case(&[0, 1], &[0, 1]), case(&[0, 0], &[1, 0])]);
        assert_eq!(differences(&one, &other), [Differs { place: 1, first: None, second: Some(0), right: None }]);
        assert_eq!(by_trigger(&other), [("frustration".to_owned(), 2, 1)]);
    }
}
