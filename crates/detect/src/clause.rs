//! A clause as a row of parts, and how to look around in it: the nearest verb, a negation, what begins and ends it.

use std::ops::Range;

use crate::lexicon::{Marks, Order};

/// A phrase of one language in a clause, or a word that it does not know (no marks).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub(crate) marks: Marks,
    pub(crate) first: usize,
    pub(crate) end: usize,
}

pub(crate) struct Clause<'a> {
    pub(crate) parts: &'a [Part],
    pub(crate) order: Order,
    /// Whether the customer's clause begins and ends here too.
    pub(crate) begins: bool,
    pub(crate) ends: bool,
}

/// Where a search through small words ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) at: usize,
    pub(crate) unknown: usize,
    pub(crate) negated: bool,
}

pub(crate) const ANYTHING_SMALL: Marks = Marks::GAP.or(Marks::FIRM).or(Marks::BARE);
pub(crate) const ANYBODY: Marks = Marks::PERSON.or(Marks::SOMEONE);

/// Longer searches leave what belongs together.
const STEPS_MAX: usize = 8;

impl Clause<'_> {
    pub(crate) fn len(&self) -> usize {
        self.parts.len()
    }

    pub(crate) fn marks(&self, at: usize) -> Marks {
        self.parts.get(at).map_or(Marks::default(), |part| part.marks)
    }

    /// The nearest wanted part before `at`, over small words and at most `unknown_max` unknown ones.
    pub(crate) fn back(&self, at: usize, wanted: Marks, unknown_max: usize) -> Option<Step> {
        self.search((0..at).rev(), wanted, ANYTHING_SMALL, unknown_max)
    }

    pub(crate) fn forward(&self, at: usize, wanted: Marks, unknown_max: usize) -> Option<Step> {
        self.search(at + 1..self.len(), wanted, ANYTHING_SMALL, unknown_max)
    }

    pub(crate) fn search(
        &self,
        places: impl Iterator<Item = usize>,
        wanted: Marks,
        passable: Marks,
        unknown_max: usize,
    ) -> Option<Step> {
        let (mut unknown, mut negated) = (0, false);
        for at in places.take(STEPS_MAX) {
            let marks = self.marks(at);
            negated |= marks.has(Marks::NOT);
            if marks.has(wanted) {
                return Some(Step { at, unknown, negated });
            }
            unknown += usize::from(marks == Marks::default());
            if marks != Marks::default() && !marks.has(passable.or(Marks::NOT)) || unknown > unknown_max {
                return None;
            }
        }
        None
    }

    pub(crate) fn all(&self, mut places: Range<usize>, allowed: Marks) -> bool {
        places.all(|at| self.marks(at).has(allowed))
    }

    pub(crate) fn any(&self, mut places: Range<usize>, wanted: Marks) -> bool {
        places.any(|at| self.marks(at).has(wanted))
    }

    /// Nothing but small words before `at`, and no `I` that would make it a statement.
    pub(crate) fn opens(&self, at: usize) -> bool {
        self.begins && self.all(0..at, ANYTHING_SMALL) && !self.any(0..at, Marks::SUBJECT)
    }

    /// Nothing but small words from `at` on.
    pub(crate) fn closes(&self, at: usize) -> bool {
        self.ends && self.all(at..self.len(), ANYTHING_SMALL.or(Marks::AFTER))
    }

    /// `somebody from your team`: the first name for a person of those that belong together around `at`.
    pub(crate) fn subject(&self, at: usize) -> usize {
        let link = ANYTHING_SMALL.or(Marks::AFTER);
        let mut first = at;
        while let Some(step) = self.search((0..first).rev().take(4), ANYBODY, link, 0).filter(|step| !step.negated) {
            first = step.at;
        }
        first
    }

    pub(crate) fn negated(&self, first: usize, last: usize) -> bool {
        self.negated_before(first) || self.order == Order::Free && self.negated_around(first, last)
    }

    /// Whether a negation governs what stands at `at`: `do not | want`, but not `no, I | want`.
    pub(crate) fn negated_before(&self, at: usize) -> bool {
        let governed = Marks::GAP.or(Marks::WANT).or(Marks::GIVE).or(Marks::REACH);
        for before in (0..at).rev() {
            let marks = self.marks(before);
            if marks.has(Marks::NOT) {
                return true;
            }
            if marks.has(Marks::SUBJECT) || !marks.has(governed) {
                return false;
            }
        }
        false
    }

    /// In languages whose negation follows the verb: one inside the reading or right behind it.
    pub(crate) fn negated_around(&self, first: usize, last: usize) -> bool {
        let reach = (last + 3).min(self.len());
        self.parts[first.saturating_sub(1)..reach].iter().any(|part| part.marks.has(Marks::NOT))
    }
}
