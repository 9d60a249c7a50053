//! Learns to tell a request for a person from everything else, clause by clause.
//!
//! A message that is no request teaches that none of its clauses is one. Of a message that is, only one clause need
//! ask: a first model, taught by the messages of one clause, says which.

use baton_detect::model::{Linear, clauses_of};

use crate::chance::Chance;
use crate::linear::{Example, Options, TrainError, train};
use crate::texts::slipped;

/// A labelled message.
#[derive(Debug, Clone)]
pub struct Message {
    pub text: String,
    pub asks: bool,
    /// How much it counts; 1 is usual.
    pub weight: f32,
}

/// Longer clauses than this many features are no single requests.
const SLIPS_SEED: u64 = 0x511b;

/// How the explicit model is trained.
pub fn options(name: &str) -> Options {
    Options {
        name: name.to_owned(),
        buckets_log2: 18,
        epochs: 5,
        rate: 0.5,
        l1: 0.15,
        l2: 0.1,
        examples_min: 3,
        calibrate_every: 10,
        seed: 1,
    }
}

/// The model that the messages teach. Every so many of them is shown a second time with a slip of the finger.
pub fn teach(messages: &[Message], slip_every: usize, options: &Options) -> Result<Linear, TrainError> {
    let mut chance = Chance::new(SLIPS_SEED);
    let mut split: Vec<(Vec<Vec<u32>>, bool, f32)> = Vec::with_capacity(messages.len() * 2);
    for (number, message) in messages.iter().enumerate() {
        split.push((clauses_of(&message.text), message.asks, message.weight));
        if slip_every > 0 && number % slip_every == 0 {
            split.push((clauses_of(&slipped(&message.text, &mut chance)), message.asks, message.weight));
        }
    }
    let labels = ["request".to_owned()];
    let plain = |(clauses, asks, _): &(Vec<Vec<u32>>, bool, f32)| !asks || clauses.len() == 1;
    let mut examples = Vec::new();
    for (clauses, asks, weight) in split.iter().filter(|message| plain(message)) {
        let example =
            |features: &Vec<u32>| Example { features: features.clone(), label: usize::from(*asks), weight: *weight };
        examples.extend(clauses.iter().map(example));
    }
    let first = train(&examples, &labels, &Options { epochs: 2, calibrate_every: 0, ..options.clone() })?;
    for (clauses, _, weight) in split.iter().filter(|message| !plain(message)) {
        let sum = |features: &Vec<u32>| first.sums(features.iter().copied())[0];
        if let Some(features) = clauses.iter().max_by(|one, other| sum(one).total_cmp(&sum(other))) {
            examples.push(Example { features: features.clone(), label: 1, weight: *weight });
        }
    }
    train(&examples, &labels, options)
}

/// How surely a message asks: the surest of its clauses.
pub fn judged(model: &Linear, text: &str) -> f32 {
    clauses_of(text).iter().map(|features| model.probability(features.iter().copied())).fold(0.0, f32::max)
}
