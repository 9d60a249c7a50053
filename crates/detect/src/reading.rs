//! One clause, read as a request: which of the ways to ask for a person it is, by the roles of its words.

mod unnamed;

use crate::clause::{ANYBODY, ANYTHING_SMALL, Clause, Part, Step};
use crate::lexicon::{Marks, Order};
use crate::work::looks_at;

/// How a clause can be read as a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading {
    pub(crate) value: f32,
    pub(crate) form: &'static str,
    pub(crate) first: usize,
    pub(crate) end: usize,
}

/// The form of a clause that is nothing but a name for a person.
pub(crate) const BARE_PERSON: &str = "person";

/// `can somebody help me`: worth offering a person, and not asking for one.
const ANYBODY_WOULD_DO: f32 = 0.5;

/// Longer clauses are judged in overlapping pieces, so that the work grows with the text and no faster.
const PARTS_MAX: usize = 64;
const PARTS_STEP: usize = 48;

/// The plainest reading of a clause, if it asks for a person at all.
pub(crate) fn read(clause: &[Part], order: Order) -> Option<Reading> {
    if clause.iter().any(|part| part.marks.has(Marks::MATTER)) {
        return None;
    }
    let starts = (0..clause.len()).step_by(PARTS_STEP);
    let mut best: Option<Reading> = None;
    for start in starts {
        let parts = &clause[start..clause.len().min(start + PARTS_MAX)];
        looks_at(parts.len());
        let piece = Clause { parts, order, begins: start == 0, ends: start + parts.len() == clause.len() };
        for reading in (0..parts.len()).flat_map(|at| piece.readings(at)).flatten() {
            if best.is_none_or(|best| best.value < reading.value) {
                best = Some(reading);
            }
        }
        if piece.ends {
            break;
        }
    }
    best
}

/// What may follow a person who is wanted.
const FOLLOWS: Marks = Marks::GAP
    .or(Marks::BARE)
    .or(Marks::AFTER)
    .or(Marks::WANT)
    .or(Marks::ABLE)
    .or(Marks::REACH)
    .or(Marks::HELP)
    .or(Marks::CALL)
    .or(Marks::CAN)
    .or(Marks::MOVE)
    .or(Marks::EXIST)
    .or(Marks::AVERSE)
    .or(Marks::PERSON);

/// Who asks, as the words before a verb tell.
enum Ask {
    /// A wish, a way asked for, or an order; how plain, and where it begins.
    For {
        value: f32,
        from: usize,
    },
    Negated,
    /// A statement, a question about rules, somebody else's wish.
    Nobody,
}

impl Clause<'_> {
    fn readings(&self, at: usize) -> [Option<Reading>; 5] {
        let marks = self.marks(at);
        [
            if marks.has(ANYBODY) { self.person(at) } else { None },
            if marks.has(Marks::MOVE) { self.moved(at) } else { None },
            if marks.has(Marks::ESCALATE) { self.escalated(at) } else { None },
            if marks.has(Marks::BOT) { self.no_bot(at) } else { None },
            if marks.has(Marks::RING) { self.rung(at) } else { None },
        ]
    }

    fn reading(&self, value: f32, form: &'static str, one: usize, other: usize) -> Reading {
        let (low, high) = (one.min(other), one.max(other));
        Reading { value, form, first: self.parts[low].first, end: self.parts[high].end }
    }

    /// Somebody is wanted here, and not `an agent login`.
    fn may_follow(&self, at: usize) -> bool {
        at + 1 == self.len() || self.marks(at + 1).has(FOLLOWS)
    }

    /// A clause that names a person, at `at`.
    fn person(&self, at: usize) -> Option<Reading> {
        let marks = self.marks(at);
        // `real someone` is as good as a person, and `someone` alone is anybody.
        let strong = marks.has(Marks::PERSON.or(Marks::ONE)) || at > 0 && self.marks(at - 1).has(Marks::FIRM);
        self.after_verb(at, strong)
            .or_else(|| if self.order == Order::Free { self.before_verb(at, strong) } else { None })
            .or_else(|| self.noun_then_verb(at))
            .or_else(|| self.useful(at, strong))
            .or_else(|| self.there(at, marks))
            .or_else(|| self.bare(at, marks))
    }

    /// `I want to speak to an agent`, `transfer me to one`, `get me one`, `is there one`, `can one call me`.
    fn after_verb(&self, at: usize, strong: bool) -> Option<Reading> {
        let wanted = Marks::REACH.or(Marks::MOVE).or(Marks::CARRY).or(Marks::WANT).or(Marks::GIVE).or(Marks::EXIST);
        let step = self.back(at, wanted, 1)?;
        let verb = self.marks(step.at);
        if verb.has(Marks::MOVE) && !step.negated && !self.negated(step.at, at) {
            return Some(self.reading(0.96, "transfer", step.at, at));
        }
        if verb.has(Marks::CARRY) && strong && step.unknown == 0 && !step.negated {
            return self.asked(step.at, at, 0.0, "transfer");
        }
        if verb.has(Marks::REACH) && !step.negated {
            return self.asked(step.at, at, if strong { 0.03 } else { 0.0 }, "request");
        }
        if verb.has(Marks::WANT.or(Marks::GIVE)) && step.unknown == 0 && !step.negated && !self.negated(step.at, at) {
            let called = self.forward(at, Marks::CALL, 1).is_some();
            // `the manager I want` is a wish; `the manager wants` is not: wishes of others are not in the tables.
            if called || strong && self.may_follow(at) {
                return Some(self.reading(0.92, "person wanted", step.at, at));
            }
            // `get me someone to help`; `I need someone to help` is said of any question.
            if self.forward(at, Marks::HELP, 0).is_some() {
                let value = if verb.has(Marks::GIVE) { 0.65 } else { ANYBODY_WOULD_DO };
                return Some(self.reading(value, "person wanted", step.at, at));
            }
        }
        if verb.has(Marks::EXIST) && step.unknown == 0 && !step.negated {
            return self.exists(step.at, at, strong);
        }
        None
    }

    /// `is there a person I could talk to`, `is an agent available`, `hay alguien`.
    fn exists(&self, verb: usize, at: usize, strong: bool) -> Option<Reading> {
        let after = at + 1..self.len();
        let ends = self.all(after.clone(), Marks::BARE.or(Marks::AFTER).or(Marks::GAP));
        let value = if self.marks(verb).has(Marks::CAN) {
            // `is a person` must open the clause and go on, or it is said of somebody.
            if strong && ends && !after.is_empty() && self.opens(verb) { 0.8 } else { return None }
        } else if self.any(after, Marks::REACH) || strong && ends {
            0.85
        } else if ends && self.opens(verb) {
            ANYBODY_WOULD_DO
        } else {
            return None;
        };
        Some(self.reading(value, "is there a person", verb, at))
    }

    fn asked(&self, verb: usize, person: usize, more: f32, form: &'static str) -> Option<Reading> {
        match self.ask(verb, person) {
            Ask::For { value, from } => Some(self.reading(value + more, form, from, verb.max(person))),
            Ask::Negated | Ask::Nobody => None,
        }
    }

    /// Who asks for the verb at `verb`.
    fn ask(&self, verb: usize, person: usize) -> Ask {
        let (first, last) = (verb.min(person), verb.max(person));
        let wish = Marks::WANT.or(Marks::GIVE).or(Marks::ABLE).or(Marks::HELP).or(Marks::MOVE);
        let own = self.marks(verb);
        let mut found = if own.has(Marks::WANT.or(Marks::ABLE)) {
            Some(Step { at: verb, unknown: 0, negated: false })
        } else {
            self.back(first, wish.or(Marks::REACH), 0)
        };
        // `help contacting`, `need to get in touch to talk`: verbs of reaching may stack.
        while let Some(step) = found.filter(|step| step.at != verb && !self.marks(step.at).has(wish)) {
            if self.opens(step.at) {
                return if step.negated { Ask::Negated } else { Ask::For { value: 0.9, from: step.at } };
            }
            found = self.back(step.at, wish.or(Marks::REACH), 0);
        }
        if found.is_none() && self.order == Order::Free {
            let wish = Marks::WANT.or(Marks::ABLE);
            // `ich spreche lieber mit`, `mit einem Menschen sprechen möchte`.
            let between = self.search(first + 1..last, wish, ANYTHING_SMALL, 0);
            found = between.or_else(|| self.forward(last, wish, 1));
        }
        if let Some(step) = found {
            let from = step.at.min(first);
            // `I cannot reach an agent` asks for one as much as `can I`.
            if self.marks(step.at).has(Marks::ABLE) {
                return Ask::For { value: 0.94, from };
            }
            if step.negated || self.negated(step.at.min(first), last.max(step.at)) {
                return Ask::Negated;
            }
            return Ask::For { value: 0.95, from };
        }
        if !self.opens(first) {
            return Ask::Nobody;
        }
        let negated = self.any(0..first, Marks::NOT) || self.order == Order::Free && self.negated_around(first, last);
        if negated { Ask::Negated } else { Ask::For { value: 0.9, from: first } }
    }

    /// `mit einem Mitarbeiter sprechen`, `オペレーターにつないで`.
    fn before_verb(&self, at: usize, strong: bool) -> Option<Reading> {
        let wanted = Marks::REACH.or(Marks::MOVE).or(Marks::CARRY).or(Marks::WANT).or(Marks::GIVE).or(Marks::EXIST);
        let step = self.forward(at, wanted, 1)?;
        let verb = self.marks(step.at);
        // `wie viele Agenten kann ich haben`.
        let others = at > 0 && self.marks(at - 1).has(Marks::OTHER);
        if step.negated || others || self.any(step.at + 1..self.len(), Marks::OTHER) {
            return None;
        }
        if verb.has(Marks::MOVE) && !self.negated(at, step.at) {
            return Some(self.reading(0.96, "transfer", at, step.at));
        }
        if verb.has(Marks::REACH) || verb.has(Marks::CARRY) && strong {
            return self.asked(step.at, at, if strong { 0.03 } else { 0.0 }, "request");
        }
        if verb.has(Marks::WANT.or(Marks::GIVE)) && strong && step.unknown == 0 && !self.negated(at, step.at) {
            return Some(self.reading(0.9, "person wanted", at, step.at));
        }
        if verb.has(Marks::EXIST) && strong && step.unknown == 0 && self.opens(at) {
            return Some(self.reading(0.8, "is there a person", at, step.at));
        }
        None
    }

    /// `a real person to talk to`.
    fn noun_then_verb(&self, at: usize) -> Option<Reading> {
        let verb = self.forward(at, Marks::REACH, 0)?;
        let ends = self.all(verb.at + 1..self.len(), Marks::BARE.or(Marks::GAP).or(Marks::AFTER));
        let plain = !verb.negated && !self.any(0..self.len(), Marks::NOT);
        (self.opens(at) && ends && plain).then(|| self.reading(0.85, "request", at, verb.at))
    }

    /// `can somebody from your team call me`, `un agente me puede llamar`, `someone call me`.
    fn useful(&self, at: usize, strong: bool) -> Option<Reading> {
        let use_of = Marks::CALL.or(Marks::HELP);
        let first = self.subject(at);
        let passable = ANYTHING_SMALL.or(Marks::CAN).or(Marks::WANT);
        let around = |places: &mut dyn Iterator<Item = usize>, wanted| self.search(places, wanted, passable, 0);
        let fixed = self.order == Order::Fixed;
        let can = around(&mut (0..first).rev(), Marks::CAN);
        let after = around(&mut (at + 1..self.len()), use_of);
        let (can, used) = match (can, after) {
            (Some(can), Some(used)) => (can.at, used),
            // `someone call me` orders; `someone will call me` tells.
            (None, Some(used)) if fixed => {
                let bid = used.at == at + 1 && self.marks(used.at).has(Marks::CALL);
                (if bid && self.opens(first) { first } else { return None }, used)
            }
            (None, Some(used)) => {
                let able = self.any(at + 1..used.at, Marks::CAN) || self.marks(used.at).has(Marks::CALL);
                (if able && self.opens(first) { first } else { return None }, used)
            }
            // `può chiamarmi un operatore`.
            (_, None) if !fixed => {
                let used = around(&mut (0..first).rev(), use_of)?;
                let can = around(&mut (0..used.at).rev(), Marks::CAN);
                let bid = self.marks(used.at).has(Marks::CALL).then_some(used.at);
                (can.map(|can| can.at).or(bid)?, used)
            }
            (_, None) => return None,
        };
        if used.negated || self.negated(can, used.at.max(at)) || !self.opens(can) {
            return None;
        }
        let value = if strong || self.marks(used.at).has(Marks::CALL) { 0.8 } else { ANYBODY_WOULD_DO };
        Some(self.reading(value, "call me", can.min(used.at), used.at.max(at)))
    }

    /// `is anybody there`, `有人工客服吗`: a phrase that asks for somebody by itself.
    fn there(&self, at: usize, marks: Marks) -> Option<Reading> {
        if !marks.has(Marks::EXIST) || !self.opens(at) || !self.closes(at + 1) {
            return None;
        }
        let firm = marks.has(Marks::PERSON) || self.any(at + 1..self.len(), Marks::FIRM);
        Some(self.reading(if firm { 0.85 } else { ANYBODY_WOULD_DO }, "is there a person", at, at))
    }

    /// `human please`: nothing else is said.
    fn bare(&self, at: usize, marks: Marks) -> Option<Reading> {
        let around = Marks::BARE.or(Marks::FIRM).or(Marks::PERSON);
        let after = around.or(Marks::HELP);
        let alone = self.begins && self.ends && self.all(0..at, around) && self.all(at + 1..self.len(), after);
        let plain = !self.any(0..self.len(), Marks::NOT.or(Marks::OTHER));
        let named = marks.has(Marks::PERSON) || at > 0 && self.marks(at - 1).has(Marks::FIRM);
        (alone && plain && named).then(|| self.reading(0.85, BARE_PERSON, at, at))
    }
}
