//! The trainer of linear models: logistic regression, one class or several, with FTRL-proximal steps.
//!
//! Its first-power penalty leaves most weights at zero, which keeps the shipped files small; the order of the examples
//! comes from the seed. A part of the examples is set aside to calibrate the probabilities.

use std::collections::HashMap;

use baton_detect::model::{BUCKETS_LOG2_MAX, CLASSES_MAX, Calibration, Class, Linear, Row, bucket};

/// More examples than these are not for this trainer.
pub const EXAMPLES_MAX: usize = 5_000_000;

/// A text as its features ([`baton_detect::model::features_of`]), and the class it belongs to. With one class, label 1
/// is yes and 0 is no; with several, the label is the class's place.
#[derive(Debug, Clone)]
pub struct Example {
    pub features: Vec<u32>,
    pub label: usize,
    /// How much it counts; 1 is usual.
    pub weight: f32,
}

/// How to train. The defaults suit short messages.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The model's name and number, as verdicts give it.
    pub name: String,
    pub buckets_log2: u8,
    pub epochs: u32,
    /// How far a first step goes.
    pub rate: f32,
    /// What pulls weights to exactly zero, and what keeps them small.
    pub l1: f32,
    pub l2: f32,
    /// Buckets that fewer examples have are left out.
    pub examples_min: u32,
    /// Every so manieth example calibrates instead of teaching, in a run of its own; below 2: no calibration.
    pub calibrate_every: usize,
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            name: "linear-1".to_owned(),
            buckets_log2: 18,
            epochs: 6,
            rate: 0.5,
            l1: 0.02,
            l2: 0.1,
            examples_min: 2,
            calibrate_every: 5,
            seed: 1,
        }
    }
}

/// Why examples cannot be learned from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    #[error("there are no examples: give at least some of every class")]
    Empty,
    #[error("{count} examples: at most {EXAMPLES_MAX}")]
    TooMany { count: usize },
    #[error("{count} classes: there must be 1 to {CLASSES_MAX}")]
    Classes { count: usize },
    #[error("example {number} has label {label}, the classes are 0 to {last}")]
    Label { number: usize, label: usize, last: usize },
    #[error("no example has label {label} ({name}): give some, or leave the class out")]
    Missing { label: usize, name: String },
}

/// Trains a model. One label in `labels` makes a model that says yes or no; several make one that tells them apart.
///
/// Calibration comes from a first model that has not seen every `calibrate_every`th example; the model that is given
/// has seen them all.
pub fn train(examples: &[Example], labels: &[String], options: &Options) -> Result<Linear, TrainError> {
    check(examples, labels)?;
    let calibrations = if options.calibrate_every >= 2 && examples.len() >= 10 * options.calibrate_every {
        let aside = |index: usize| index.is_multiple_of(options.calibrate_every);
        let order = order(examples.len(), options.seed ^ 0xca11);
        let taught: Vec<&Example> =
            order.iter().enumerate().filter(|(at, _)| !aside(*at)).map(|(_, index)| &examples[*index]).collect();
        let held: Vec<&Example> =
            order.iter().enumerate().filter(|(at, _)| aside(*at)).map(|(_, index)| &examples[*index]).collect();
        let first = fit(&taught, labels, options, &[]);
        calibrate(&first, &held)
    } else {
        Vec::new()
    };
    Ok(fit(&examples.iter().collect::<Vec<_>>(), labels, options, &calibrations))
}

/// For every example the sums of a model that has not seen it: `parts` models, each trained without one part.
///
/// `part_of` says which part an example belongs to, so that what belongs together (a template, a source, a
/// conversation) is held out together.
pub fn cross_validate(
    examples: &[Example],
    labels: &[String],
    options: &Options,
    parts: usize,
    part_of: impl Fn(usize) -> usize,
) -> Result<Vec<Vec<f32>>, TrainError> {
    check(examples, labels)?;
    let mut sums = vec![Vec::new(); examples.len()];
    for part in 0..parts {
        let taught: Vec<&Example> = examples
            .iter()
            .enumerate()
            .filter(|(index, _)| part_of(*index) != part)
            .map(|(_, example)| example)
            .collect();
        let model = fit(&taught, labels, options, &[]);
        for (index, example) in examples.iter().enumerate().filter(|(index, _)| part_of(*index) == part) {
            sums[index] = model.sums(example.features.iter().copied());
        }
    }
    Ok(sums)
}

fn check(examples: &[Example], labels: &[String]) -> Result<(), TrainError> {
    if examples.is_empty() {
        return Err(TrainError::Empty);
    }
    if examples.len() > EXAMPLES_MAX {
        return Err(TrainError::TooMany { count: examples.len() });
    }
    if labels.is_empty() || labels.len() > CLASSES_MAX {
        return Err(TrainError::Classes { count: labels.len() });
    }
    let last = if labels.len() == 1 { 1 } else { labels.len() - 1 };
    let mut seen = vec![false; last + 1];
    for (number, example) in examples.iter().enumerate() {
        match seen.get_mut(example.label) {
            Some(seen) => *seen = true,
            None => return Err(TrainError::Label { number: number + 1, label: example.label, last }),
        }
    }
    match seen.iter().position(|seen| !seen) {
        Some(label) => Err(TrainError::Missing { label, name: labels.get(label).cloned().unwrap_or_default() }),
        None => Ok(()),
    }
}

/// The order in which examples are shown: mixed, the same for the same seed.
fn order(count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut state = seed ^ 0x9e37_79b9_7f4a_7c15;
    for at in (1..count).rev() {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let other = usize::try_from(mixed % (at as u64 + 1)).unwrap_or(0);
        order.swap(at, other);
    }
    order
}

/// The weights while they are learned: for each bucket that is used, for each class, what FTRL keeps.
struct Learning {
    classes: usize,
    /// Sums of gradients, corrected by what the weights were.
    pulls: Vec<f32>,
    /// Sums of squared gradients.
    steps: Vec<f32>,
    weights: Vec<f32>,
    bias: Vec<f32>,
    bias_steps: Vec<f32>,
    rate: f32,
    l1: f32,
    l2: f32,
}

/// Below this a gradient teaches nothing worth its time.
const GRADIENT_MIN: f32 = 1e-4;

impl Learning {
    fn new(rows: usize, classes: usize, options: &Options) -> Self {
        let cells = rows * classes;
        Self {
            classes,
            pulls: vec![0.0; cells],
            steps: vec![0.0; cells],
            weights: vec![0.0; cells],
            bias: vec![0.0; classes],
            bias_steps: vec![0.0; classes],
            rate: options.rate,
            l1: options.l1,
            l2: options.l2,
        }
    }

    fn probabilities(&self, rows: &[(u32, f32)], out: &mut [f32]) {
        out.copy_from_slice(&self.bias);
        for (row, value) in rows {
            let from = *row as usize * self.classes;
            for (sum, weight) in out.iter_mut().zip(&self.weights[from..from + self.classes]) {
                *sum += weight * value;
            }
        }
        if let [only] = out {
            *only = 1.0 / (1.0 + (-only.clamp(-40.0, 40.0)).exp());
            return;
        }
        let most = out.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut all = 0.0;
        for sum in out.iter_mut() {
            *sum = (*sum - most).exp();
            all += *sum;
        }
        for sum in out {
            *sum /= all;
        }
    }

    fn learn(&mut self, rows: &[(u32, f32)], gradients: &[f32]) {
        for (class, gradient) in gradients.iter().enumerate().filter(|(_, gradient)| gradient.abs() >= GRADIENT_MIN) {
            self.bias_steps[class] += gradient * gradient;
            self.bias[class] -= 0.1 * self.rate * gradient / (1.0 + self.bias_steps[class].sqrt());
            for (row, value) in rows {
                let cell = *row as usize * self.classes + class;
                let gradient = gradient * value;
                let before = self.steps[cell];
                let after = before + gradient * gradient;
                let sigma = (after.sqrt() - before.sqrt()) / self.rate;
                let pull = self.pulls[cell] + gradient - sigma * self.weights[cell];
                self.steps[cell] = after;
                self.pulls[cell] = pull;
                self.weights[cell] = if pull.abs() <= self.l1 {
                    0.0
                } else {
                    -(pull - pull.signum() * self.l1) / ((1.0 + after.sqrt()) / self.rate + self.l2)
                };
            }
        }
    }
}

fn fit(examples: &[&Example], labels: &[String], options: &Options, calibrations: &[Calibration]) -> Linear {
    let buckets_log2 = options.buckets_log2.min(BUCKETS_LOG2_MAX);
    let classes = labels.len();
    let row_of = used_buckets(examples, buckets_log2, options.examples_min);
    let mut learning = Learning::new(row_of.len(), classes, options);
    let prepared: Vec<Vec<(u32, f32)>> =
        examples.iter().map(|example| rows_of(example, &row_of, buckets_log2)).collect();
    let mut gradients = vec![0.0; classes];
    for epoch in 0..options.epochs {
        for index in order(examples.len(), options.seed.wrapping_add(u64::from(epoch) * 7919)) {
            let example = examples[index];
            learning.probabilities(&prepared[index], &mut gradients);
            if let [only] = gradients.as_mut_slice() {
                *only -= if example.label == 1 { 1.0 } else { 0.0 };
            } else {
                gradients[example.label] -= 1.0;
            }
            for gradient in &mut gradients {
                *gradient *= example.weight;
            }
            learning.learn(&prepared[index], &gradients);
        }
    }
    quantised(&learning, &row_of, labels, options, calibrations)
}

/// The buckets that enough examples have, numbered in the order of their buckets.
fn used_buckets(examples: &[&Example], buckets_log2: u8, examples_min: u32) -> HashMap<u32, u32> {
    let mut counts = vec![0_u32; 1 << buckets_log2];
    for example in examples {
        let mut buckets: Vec<u32> = example.features.iter().map(|hash| bucket(*hash, buckets_log2)).collect();
        buckets.sort_unstable();
        buckets.dedup();
        for bucket in buckets {
            counts[bucket as usize] += 1;
        }
    }
    let used = (0_u32..).zip(&counts).filter(|(_, count)| **count >= examples_min.max(1));
    used.map(|(bucket, _)| bucket).zip(0..).collect()
}

/// An example as rows of weights, each with how much it counts there.
#[allow(clippy::cast_precision_loss)] // Some thousand features at most.
fn rows_of(example: &Example, row_of: &HashMap<u32, u32>, buckets_log2: u8) -> Vec<(u32, f32)> {
    let share = 1.0 / (example.features.len().max(1) as f32).sqrt();
    let mut rows: Vec<u32> =
        example.features.iter().filter_map(|hash| row_of.get(&bucket(*hash, buckets_log2)).copied()).collect();
    rows.sort_unstable();
    rows.chunk_by(|one, other| one == other).map(|same| (same[0], share * same.len() as f32)).collect()
}

/// Rounds the weights of each class to steps of an eighth of a byte's range; most become nothing.
fn quantised(
    learning: &Learning,
    row_of: &HashMap<u32, u32>,
    labels: &[String],
    options: &Options,
    calibrations: &[Calibration],
) -> Linear {
    let classes = learning.classes;
    let mut most = vec![0.0_f32; classes];
    for (cell, weight) in learning.weights.iter().enumerate() {
        most[cell % classes] = most[cell % classes].max(weight.abs());
    }
    let scales: Vec<f32> = most.iter().map(|most| if *most > 0.0 { most / 127.0 } else { 1.0 }).collect();
    let mut buckets: Vec<(u32, u32)> = row_of.iter().map(|(bucket, row)| (*bucket, *row)).collect();
    buckets.sort_unstable();
    let rows: Vec<Row> = buckets
        .into_iter()
        .filter_map(|(bucket, row)| {
            let from = row as usize * classes;
            let step = |(class, weight): (usize, &f32)| {
                #[allow(clippy::cast_possible_truncation)] // At most 127 by the scale.
                let step = (weight / scales[class]).round() as i8;
                Some((u16::try_from(class).ok()?, step)).filter(|(_, step)| *step != 0)
            };
            let weights: Vec<(u16, i8)> =
                learning.weights[from..from + classes].iter().enumerate().filter_map(step).collect();
            (!weights.is_empty()).then_some(Row { bucket, weights })
        })
        .collect();
    let class = |(number, label): (usize, &String)| Class {
        label: label.clone(),
        bias: learning.bias[number],
        scale: scales[number],
        calibration: calibrations.get(number).copied().unwrap_or_default(),
    };
    Linear::new(&options.name, options.buckets_log2, labels.iter().enumerate().map(class).collect(), &rows)
}

/// What turns sums into probabilities that hold: for yes or no a slope and an offset (Platt); for several classes one
/// slope for all of them (temperature).
fn calibrate(model: &Linear, held: &[&Example]) -> Vec<Calibration> {
    let judged: Vec<(Vec<f32>, &Example)> =
        held.iter().map(|example| (model.sums(example.features.iter().copied()), *example)).collect();
    if let [_] = model.classes() {
        let pairs: Vec<(f32, bool, f32)> =
            judged.iter().map(|(sums, example)| (sums[0], example.label == 1, example.weight)).collect();
        return vec![platt(&pairs)];
    }
    let loss = |slope: f32| -> f64 {
        judged
            .iter()
            .map(|(sums, example)| {
                let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                let all: f32 = sums.iter().map(|sum| (slope * (sum - most)).exp()).sum();
                f64::from(all.ln() - slope * (sums[example.label] - most))
            })
            .sum()
    };
    // From one half to eight, in steps of a tenth part.
    let best = (0..30).map(|step| 0.5 * 1.1_f32.powi(step)).min_by(|one, other| loss(*one).total_cmp(&loss(*other)));
    vec![Calibration { slope: best.unwrap_or(1.0), offset: 0.0 }; model.classes().len()]
}

/// Newton's steps on the logistic loss of (sum, yes, weight), the targets drawn in a little from 0 and 1 (Platt, 1999).
pub fn platt(pairs: &[(f32, bool, f32)]) -> Calibration {
    let count = |wanted: bool| {
        pairs.iter().filter(|(_, yes, _)| *yes == wanted).map(|(_, _, weight)| f64::from(*weight)).sum::<f64>()
    };
    let (yes, no) = (count(true), count(false));
    let targets = ((yes + 1.0) / (yes + 2.0), 1.0 / (no + 2.0));
    let (mut slope, mut offset) = (1.0_f64, 0.0_f64);
    for _ in 0..50 {
        let mut gradient = (0.0, 0.0);
        // Kept away from a singular matrix.
        let mut curve = (1e-6, 0.0, 1e-6);
        for (sum, is_yes, weight) in pairs {
            let (sum, weight) = (f64::from(*sum), f64::from(*weight));
            let said = 1.0 / (1.0 + (-(slope * sum + offset).clamp(-40.0, 40.0)).exp());
            let target = if *is_yes { targets.0 } else { targets.1 };
            let (error, bend) = (weight * (said - target), weight * said * (1.0 - said));
            gradient = (gradient.0 + error * sum, gradient.1 + error);
            curve = (curve.0 + bend * sum * sum, curve.1 + bend * sum, curve.2 + bend);
        }
        let whole = curve.0 * curve.2 - curve.1 * curve.1;
        if whole.abs() < 1e-12 {
            break;
        }
        let step = (
            (curve.2 * gradient.0 - curve.1 * gradient.1) / whole,
            (curve.0 * gradient.1 - curve.1 * gradient.0) / whole,
        );
        slope -= step.0.clamp(-1.0, 1.0);
        offset -= step.1.clamp(-1.0, 1.0);
        if step.0.abs() + step.1.abs() < 1e-7 {
            break;
        }
    }
    // A model that tells nothing must not be turned round.
    #[allow(clippy::cast_possible_truncation)] // Small numbers.
    Calibration { slope: slope.max(0.01) as f32, offset: offset as f32 }
}

#[cfg(test)]
mod tests {
    use baton_detect::model::features_of;

    use super::*;

    fn example(text: &str, label: usize) -> Example {
        Example { features: features_of(text), label, weight: 1.0 }
    }

    fn requests() -> Vec<Example> {
        let who = ["an agent", "a person", "somebody", "a human", "your manager", "the support team"];
        let what = ["my parcel", "the invoice", "this order", "a new card", "my address", "the weather"];
        let mut examples = Vec::new();
        for (who, what) in who.iter().flat_map(|who| what.map(|what| (who, what))) {
            examples.push(example(&format!("I want to speak to {who} about {what}"), 1));
            examples.push(example(&format!("where can I see {what}"), 0));
            examples.push(example(&format!("please change {what} for me"), 0));
        }
        examples
    }

    fn yes() -> Vec<String> {
        vec!["request".to_owned()]
    }

    #[test]
    fn who_asks_in_words_that_were_not_seen_is_understood() {
        let model = train(&requests(), &yes(), &Options::default()).unwrap();
        let said = |text: &str| model.probability(features_of(text).into_iter());
        assert!(said("could I speak to an agent") > 0.5, "{}", said("could I speak to an agent"));
        assert!(said("when does my parcel arrive") < 0.5);
    }

    #[test]
    fn the_same_examples_and_seed_give_the_same_bytes() {
        let bytes = |seed| train(&requests(), &yes(), &Options { seed, ..Options::default() }).unwrap().to_bytes();
        assert_eq!(bytes(1), bytes(1));
        assert_ne!(bytes(1), bytes(2));
    }

    #[test]
    fn several_classes_are_told_apart() {
        let texts =
            [("invoice bill charge payment", 0), ("parcel delivery courier late", 1), ("password login locked", 2)];
        let examples: Vec<Example> = (0..20)
            .flat_map(|number| {
                texts.map(|(words, label)| {
                    let words: Vec<&str> = words.split(' ').collect();
                    example(
                        &format!("my {} and the {}", words[number % words.len()], words[(number / 3) % words.len()]),
                        label,
                    )
                })
            })
            .collect();
        let labels: Vec<String> = ["billing", "delivery", "account"].map(str::to_owned).to_vec();
        let model = train(&examples, &labels, &Options::default()).unwrap();
        let shares = model.shares(features_of("is the courier late again").into_iter());
        assert!(shares[1] > shares[0] && shares[1] > shares[2], "{shares:?}");
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-3);
    }

    #[test]
    fn parts_that_are_held_out_are_judged_by_a_model_without_them() {
        let examples = requests();
        let sums = cross_validate(&examples, &yes(), &Options::default(), 3, |index| index / 3 % 3).unwrap();
        let right =
            examples.iter().zip(&sums).filter(|(example, sums)| (sums[0] > 0.0) == (example.label == 1)).count();
        assert!(right * 10 >= examples.len() * 9, "{right} of {}", examples.len());
    }

    #[test]
    fn an_admin_whose_examples_teach_nothing_is_told_why() {
        let refused = |examples: &[Example], labels: &[String]| {
            train(examples, labels, &Options::default()).unwrap_err().to_string()
        };
        assert!(refused(&[], &yes()).contains("no examples"));
        assert!(refused(&[example("hello", 1)], &yes()).contains("no example has label 0"));
        assert!(refused(&[example("hello", 3)], &yes()).contains("example 1 has label 3"));
    }

    #[test]
    fn calibrated_probabilities_are_as_often_right_as_they_say() {
        let pairs: Vec<(f32, bool, f32)> = (0_u8..100)
            .map(|at| (if at < 50 { 2.0 } else { -2.0 }, at % 50 < if at < 50 { 40 } else { 10 }, 1.0))
            .collect();
        let calibration = platt(&pairs);
        assert!((calibration.probability(2.0) - 0.8).abs() < 0.03, "{}", calibration.probability(2.0));
        assert!((calibration.probability(-2.0) - 0.2).abs() < 0.03);
    }
}
