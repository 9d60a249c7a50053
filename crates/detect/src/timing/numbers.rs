//! What a timing model weighs beside the words: length, place, repetition, rarity, and how the talk went before.

use super::{Heard, Speaker, Views};

/// How many numbers a turn has, and how many with what the first trees said.
pub const NUMBERS: usize = 48;
pub const NUMBERS_AGAIN: usize = NUMBERS + 10;

#[allow(clippy::cast_precision_loss)] // Counts within one conversation.
fn number(count: usize) -> f32 {
    count as f32
}

/// The numbers of every turn, each from the turns up to it.
pub fn numbers(talk: &[Heard], views: &Views) -> Vec<Vec<f32>> {
    let sets: Vec<Vec<u32>> = talk.iter().map(|heard| super::once(heard.tokens.clone())).collect();
    let of_turn: Vec<f32> = (0..talk.len()).map(|at| views.of_turn(talk, at)).collect();
    let rarity: Vec<(f32, f32, f32)> = sets.iter().map(|set| rarity(set, views)).collect();
    (0..talk.len())
        .map(|at| Looking { talk, sets: &sets, of_turn: &of_turn, rarity: &rarity, views, at }.row())
        .collect()
}

/// The numbers of every turn with what the first trees said of it and of those before.
pub fn numbers_again(numbers: &[Vec<f32>], first: &[f32]) -> Vec<Vec<f32>> {
    let likely: Vec<f32> = first.iter().map(|odds| super::likely(*odds)).collect();
    let row = |at: usize| {
        let back = |steps: usize| at.checked_sub(steps).map_or(-0.1, |before| likely[before]);
        let past = &likely[..at];
        let most = past.iter().copied().fold(-0.1, f32::max);
        let since = past.iter().rev().position(|value| *value >= 0.4).map_or(30.0, number);
        let decayed = past.iter().rev().fold((0.0, 1.0), |(sum, weight), value| (sum + weight * value, weight * 0.6)).0;
        let above = number(past.iter().filter(|value| **value > likely[at]).count());
        let mut row = numbers[at].clone();
        row.extend([
            first[at],
            back(1),
            back(2),
            back(3),
            most,
            past.iter().sum(),
            since,
            decayed,
            above,
            likely[at] - most,
        ]);
        debug_assert_eq!(row.len(), NUMBERS_AGAIN, "a number is missing");
        row
    };
    (0..numbers.len()).map(row).collect()
}

/// Mean and greatest rarity, and the share of words never met.
fn rarity(set: &[u32], views: &Views) -> (f32, f32, f32) {
    let (mut sum, mut most, mut unmet) = (0.0_f32, 0.0_f32, 0);
    for token in set {
        let rare = views.rarity.get(*token).unwrap_or_else(|| {
            unmet += 1;
            views.unmet
        });
        sum += rare;
        most = most.max(rare);
    }
    let count = number(set.len().max(1));
    (sum / count, most, number(unmet) / count)
}

fn dice(one: &[u32], other: &[u32]) -> f32 {
    let (mut at, mut beside, mut shared) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.get(at), other.get(beside)) {
        shared += usize::from(left == right);
        at += usize::from(left <= right);
        beside += usize::from(right <= left);
    }
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * number(shared) / number(all) }
}

struct Looking<'a> {
    talk: &'a [Heard],
    sets: &'a [Vec<u32>],
    of_turn: &'a [f32],
    rarity: &'a [(f32, f32, f32)],
    views: &'a Views,
    at: usize,
}

impl Looking<'_> {
    fn customer(&self, at: usize) -> bool {
        self.talk[at].speaker == Speaker::Customer
    }

    /// The turns before this one of a side, the latest first.
    fn before(&self, customer: bool) -> impl Iterator<Item = usize> + '_ {
        (0..self.at).rev().filter(move |at| self.customer(*at) == customer)
    }

    /// How much of one turn's rare words another has.
    fn covered(&self, of: usize, by: usize) -> f32 {
        let (mut all, mut shared) = (0.0, 0.0);
        for token in &self.sets[of] {
            let rare = self.views.rarity.get(*token).unwrap_or(self.views.unmet);
            all += rare;
            if self.sets[by].binary_search(token).is_ok() {
                shared += rare;
            }
        }
        if all > 0.0 { shared / all } else { 0.0 }
    }

    fn row(&self) -> Vec<f32> {
        let at = self.at;
        let customer = self.customer(at);
        let len = |at: usize| number(self.talk[at].tokens.len());
        let own: Vec<usize> = self.before(customer).collect();
        let others: Vec<usize> = self.before(!customer).collect();
        let (last_own, last_other) = (own.first().copied(), others.first().copied());
        let customers = if customer { own.len() } else { others.len() };
        let run = (0..at).rev().take_while(|before| self.customer(*before) == customer).count();
        let other_run = (0..at - run).rev().take_while(|before| self.customer(*before) != customer).count();
        let distinct = number(self.sets[at].len()) / len(at).max(1.0);
        let mean = |places: &[usize]| places.iter().map(|at| len(*at)).sum::<f32>() / number(places.len().max(1));
        let like =
            |places: &[usize]| places.iter().map(|past| dice(&self.sets[at], &self.sets[*past])).fold(0.0, f32::max);
        let like_last = |past: Option<usize>| past.map_or(-0.1, |past| dice(&self.sets[at], &self.sets[past]));
        let exact = |at: usize| (0..at).filter(|past| self.talk[*past] == self.talk[at]).count();
        let repeated: usize = (0..=at).filter(|at| self.talk[*at].tokens.len() > 2 && exact(*at) > 0).count();
        let asked: Vec<usize> =
            if customer { std::iter::once(at).chain(own.iter().copied()).collect() } else { others.clone() };
        let asked_again = asked.first().map_or(-0.1, |last| {
            asked[1..].iter().map(|past| dice(&self.sets[*last], &self.sets[*past])).fold(0.0, f32::max)
        });
        let asked_most = asked.iter().enumerate().flat_map(|(place, one)| {
            asked[place + 1..].iter().map(move |other| dice(&self.sets[*one], &self.sets[*other]))
        });
        let asked_most = asked_most.fold(0.0, f32::max);
        let turn = |at: Option<usize>| at.map_or(-9.0, |at| self.of_turn[at]);
        let past_turns = &self.of_turn[..at];
        let own_turns: Vec<f32> = own.iter().map(|at| self.of_turn[*at]).collect();
        let other_turns: Vec<f32> = others.iter().map(|at| self.of_turn[*at]).collect();
        let most = |values: &[f32]| values.iter().copied().fold(-9.0, f32::max);
        let question = last_other.filter(|_| !customer);
        let (rare, rarest, unmet) = self.rarity[at];
        let (rare_other, rarest_other, unmet_other) = last_other.map_or((0.0, 0.0, 0.0), |at| self.rarity[at]);
        let said_other: f32 = others.iter().take(other_run).map(|at| len(*at)).sum();
        let row = vec![
            f32::from(u8::from(customer)),
            f32::from(u8::from(self.talk[at].speaker == Speaker::Agent)),
            number(at),
            number(customers),
            number(at - customers.min(at)),
            number(run),
            number(other_run),
            len(at),
            distinct,
            last_own.map_or(-1.0, len),
            last_other.map_or(-1.0, len),
            mean(&own),
            mean(&others),
            len(0),
            said_other,
            like(&own),
            like(&others),
            like_last(last_own),
            like_last(last_other),
            asked_again,
            asked_most,
            number(exact(at)),
            number(repeated),
            rare,
            rarest,
            unmet,
            rare_other,
            rarest_other,
            unmet_other,
            question.map_or(-0.1, |question| self.covered(question, at)),
            last_own.map_or(-0.1, |own| self.covered(at, own)),
            last_other.map_or(-0.1, |other| self.covered(at, other)),
            self.of_turn[at],
            turn(last_own),
            turn(last_other),
            turn(at.checked_sub(1)),
            turn(at.checked_sub(2)),
            most(past_turns),
            most(&own_turns),
            most(&other_turns),
            if past_turns.is_empty() { -9.0 } else { past_turns.iter().sum::<f32>() / number(past_turns.len()) },
            self.views.of_around(self.talk, at),
            self.of_turn[at] - most(&own_turns),
            number(others.len()) / number(at + 1),
            len(at) / (1.0 + last_other.map_or(0.0, len)),
            asked.iter().map(|at| len(*at)).sum(),
            asked.iter().map(|at| len(*at)).fold(0.0, f32::max),
            number(asked.iter().filter(|at| len(**at) <= 2.0).count()),
        ];
        debug_assert_eq!(row.len(), NUMBERS, "a number is missing");
        row
    }
}
