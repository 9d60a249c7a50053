//! Requests that name nobody: a transfer, an escalation, a callback, anything but this bot.

use super::{ANYBODY_WOULD_DO, Ask, Reading};
use crate::clause::{ANYTHING_SMALL, Clause};
use crate::lexicon::{Marks, Order};

impl Clause<'_> {
    /// `transfer me please`: of whom needs no saying.
    pub(super) fn moved(&self, at: usize) -> Option<Reading> {
        let ends = self.ends && self.all(at + 1..self.len(), Marks::BARE);
        let opens = self.all(0..at, ANYTHING_SMALL.or(Marks::ABLE).or(Marks::WANT).or(Marks::CAN));
        (ends && opens && !self.negated(at, at)).then(|| self.reading(0.75, "transfer", at, at))
    }

    /// `please call me back`, `I want a callback`.
    pub(super) fn rung(&self, at: usize) -> Option<Reading> {
        let wish = Marks::WANT.or(Marks::GIVE).or(Marks::ABLE).or(Marks::CAN);
        let asked = self.opens(at) || self.back(at, wish, 0).is_some();
        let plain = self.closes(at + 1) && !self.negated(at, at);
        (asked && plain).then(|| self.reading(ANYBODY_WOULD_DO, "call me", at, at))
    }

    pub(super) fn escalated(&self, at: usize) -> Option<Reading> {
        if self.any(0..self.len(), Marks::OTHER) || self.negated(at, at) {
            return None;
        }
        let wish = Marks::WANT.or(Marks::ABLE).or(Marks::GIVE).or(Marks::MOVE).or(Marks::CAN);
        // `how do I escalate a ticket in your app`: what is asked for is how to use something.
        let named =
            !self.any(0..at, Marks::ABLE) || (at + 1..self.len()).all(|after| self.marks(after) != Marks::default());
        let asked = self.opens(at) || self.back(at, wish, 0).is_some_and(|step| !self.negated(step.at, at));
        (asked && named).then(|| self.reading(0.9, "escalate", at, at))
    }

    /// `I don't want to talk to a bot`, `talking to a machine is pointless`.
    pub(super) fn no_bot(&self, at: usize) -> Option<Reading> {
        let near = self.back(at, Marks::REACH, 1);
        let after = || if self.order == Order::Free { self.forward(at, Marks::REACH, 1) } else { None };
        let verb = near.or_else(after)?;
        let low = verb.at.min(at);
        let wished = self.marks(verb.at).has(Marks::WANT) || self.back(low, Marks::WANT, 0).is_some();
        let refused = wished
            && (verb.negated
                || matches!(self.ask(verb.at, at), Ask::Negated)
                || self.order == Order::Free && self.negated_around(low, verb.at.max(at)));
        let averse = self.any(0..self.len(), Marks::AVERSE);
        let other = self.any(0..self.len(), Marks::OTHER);
        (!other && (refused || averse)).then(|| self.reading(0.82, "no bot", low, verb.at.max(at)))
    }
}
