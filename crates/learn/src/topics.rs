//! Trains topics from examples: a linear machine with a wide margin for every topic, and how sure its judgements are,
//! learned from examples and whole topics that it had not seen.

use std::collections::HashMap;

use baton_detect::topics::{
    Certainty, LABEL_BYTES_MAX, Mark, STANDING, Saying, TOPICS_MAX, Taught, TopicModel, Weighed, marks_of, standing,
    weighed,
};

use crate::chance::{Chance, folds};

/// Labels that mean: about none of the topics.
pub const NONE: [&str; 5] = ["oos", "none", "out_of_scope", "none of these", "other"];
const FOLDS: usize = 4;
const ROUNDS: usize = 6;
/// How much one example may pull.
const PULL: f32 = 3.0;
/// How much of a judgement is how near the topic's middle is: with few examples the middle is the better guide.
const MIDDLE: f32 = 0.5;
const MIDDLE_OF_FEW: f32 = 1.3;
/// So many examples a topic are few.
const FEW: f32 = 12.0;
/// Rare features count more, though less than their rarity alone would say.
const RARITY_POWER: f32 = 0.7;
/// Of the judgements that are right, how many may be taken for none of the topics.
const LOST: f32 = 0.01;

/// A text and its topic; none when it is about none of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    pub text: String,
    pub topic: Option<usize>,
}

/// Why topics cannot be learned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TopicsError {
    #[error("there are {0} topics: give examples of at least two")]
    Few(usize),
    #[error("there are {0} topics: at most {TOPICS_MAX} can be learned")]
    Many(usize),
    #[error("the label `{}…` has {bytes} bytes: at most {LABEL_BYTES_MAX} are allowed", head.escape_debug())]
    LongLabel { head: String, bytes: usize },
}

/// What was measured on examples that the model had not seen.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measured {
    pub accuracy: f64,
    /// Area under the curve, topics against none of them; absent without examples of none.
    pub none_auc: Option<f64>,
    /// The share of right judgements that were taken for none of the topics.
    pub lost: f64,
}

/// Examples taken apart, each once.
struct Taken {
    marks: Vec<Vec<Mark>>,
    topic: Vec<Option<usize>>,
}

/// The words of a label are an example of it: `card_arrival`.
fn words_of(label: &str) -> String {
    let mut words = String::with_capacity(label.len() + 8);
    let mut before = ' ';
    for character in label.chars() {
        if character.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        words.push(if character.is_alphanumeric() { character } else { ' ' });
        before = character;
    }
    words
}

/// Trains on all examples. `step` is told how far it is, 0 to 1.
pub fn train(
    name: &str,
    labels: &[String],
    examples: &[Example],
    seed: u64,
    step: &mut dyn FnMut(f32),
) -> Result<(TopicModel, Measured), TopicsError> {
    if labels.len() < 2 {
        return Err(TopicsError::Few(labels.len()));
    }
    if labels.len() > TOPICS_MAX {
        return Err(TopicsError::Many(labels.len()));
    }
    if let Some(label) = labels.iter().find(|label| label.len() > LABEL_BYTES_MAX) {
        return Err(TopicsError::LongLabel { head: label.chars().take(40).collect(), bytes: label.len() });
    }
    let mut taken = Taken {
        marks: examples.iter().map(|example| marks_of(&example.text)).collect(),
        topic: examples.iter().map(|example| example.topic).collect(),
    };
    let (certainty, measured) = certainty(&taken, labels, seed, step);
    with_labels(&mut taken, labels);
    let all: Vec<usize> = (0..taken.marks.len()).collect();
    let machine = Machine::fit(&taken, &all, labels.len(), seed);
    step(1.0);
    Ok((machine.model(name, labels, certainty), measured))
}

fn with_labels(taken: &mut Taken, labels: &[String]) {
    for (topic, label) in labels.iter().enumerate() {
        taken.marks.push(marks_of(&words_of(label)));
        taken.topic.push(Some(topic));
    }
}

/// Judges every example by a machine that has not seen it, and every topic's by one that never heard of the topic.
fn certainty(taken: &Taken, labels: &[String], seed: u64, step: &mut dyn FnMut(f32)) -> (Certainty, Measured) {
    let count = taken.marks.len();
    let fold = folds(count, FOLDS, seed);
    let away = folds(labels.len(), FOLDS, seed ^ 0x7091c);
    let mut judged: Vec<([f32; STANDING], bool, bool)> = Vec::new();
    let (mut right, mut within) = (0_usize, 0_usize);
    let mut none: Vec<(bool, [f32; STANDING])> = Vec::new();
    for held in 0..FOLDS {
        for unheard in [false, true] {
            // With few topics, leaving some out would leave nothing to tell apart.
            if unheard && labels.len() < 2 * FOLDS {
                continue;
            }
            let gone = |at: usize| unheard && taken.topic[at].is_some_and(|topic| away[topic] == held);
            let mut own = Taken { marks: taken.marks.clone(), topic: taken.topic.clone() };
            let mut shown: Vec<usize> = (0..count).filter(|at| fold[*at] != held && !gone(*at)).collect();
            with_labels(&mut own, labels);
            shown.extend((0..labels.len()).filter(|topic| !unheard || away[*topic] != held).map(|topic| count + topic));
            let machine = Machine::fit(&own, &shown, labels.len(), seed);
            let kept: Vec<bool> = (0..labels.len()).map(|topic| !(unheard && away[topic] == held)).collect();
            for at in (0..count).filter(|at| fold[*at] == held) {
                let Some((best, standing)) = machine.judge(&taken.marks[at], &kept) else { continue };
                let good = taken.topic[at] == Some(best);
                if !unheard {
                    match taken.topic[at] {
                        Some(_) => {
                            within += 1;
                            right += usize::from(good);
                            none.push((true, standing));
                        }
                        None => none.push((false, standing)),
                    }
                }
                // Without the topic, only what belonged to it is news.
                if !unheard || gone(at) {
                    judged.push((standing, good, unheard));
                }
            }
        }
        #[allow(clippy::cast_precision_loss)] // A few folds.
        step(0.9 * (held + 1) as f32 / FOLDS as f32);
    }
    let mut certainty = calibrate(&judged);
    let mut sure: Vec<f32> = judged
        .iter()
        .filter(|(_, good, unheard)| *good && !unheard)
        .map(|(standing, _, _)| certainty.confidence(standing))
        .collect();
    sure.sort_by(f32::total_cmp);
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // A place in a list.
    let place = (sure.len() as f32 * LOST) as usize;
    certainty.none_below = sure.get(place).copied().unwrap_or(0.0).min(0.5);
    let pairs: Vec<(bool, f32)> =
        none.iter().map(|(within, standing)| (*within, certainty.confidence(standing))).collect();
    let auc = crate::measure::auc(&pairs);
    let len = crate::measure::len;
    let lost = sure.iter().filter(|value| **value < certainty.none_below).count();
    let measured = Measured {
        accuracy: len(right) / len(within.max(1)),
        none_auc: auc.is_finite().then_some(auc),
        lost: len(lost) / len(sure.len().max(1)),
    };
    (certainty, measured)
}

/// For every example the best topic and how the topics stand, by a machine that has not seen it.
pub(crate) fn judged_unseen(
    labels: &[String],
    examples: &[Example],
    seed: u64,
) -> Vec<Option<(usize, [f32; STANDING])>> {
    let mut taken = Taken {
        marks: examples.iter().map(|example| marks_of(&example.text)).collect(),
        topic: examples.iter().map(|example| example.topic).collect(),
    };
    let count = taken.marks.len();
    let fold = folds(count, FOLDS, seed);
    with_labels(&mut taken, labels);
    let kept = vec![true; labels.len()];
    let mut judged = vec![None; count];
    for held in 0..FOLDS {
        let shown: Vec<usize> = (0..taken.marks.len()).filter(|at| fold.get(*at) != Some(&held)).collect();
        let machine = Machine::fit(&taken, &shown, labels.len(), seed);
        for at in (0..count).filter(|at| fold[*at] == held) {
            judged[at] = machine.judge(&taken.marks[at], &kept);
        }
    }
    judged
}

/// Logistic regression from how the topics stand to whether the best was right.
fn calibrate(judged: &[([f32; STANDING], bool, bool)]) -> Certainty {
    let mut certainty = Certainty::default();
    let count = crate::measure::small(judged.len().max(1));
    // Whole topics that were never heard of are rarer in life than here.
    let weight = |unheard: bool| if unheard { 0.3 } else { 1.0 };
    let mut speed = [1e-6_f32; STANDING + 1];
    for _ in 0..600 {
        let mut slope = [0.0_f32; STANDING + 1];
        for (standing, good, unheard) in judged {
            let error = (certainty.confidence(standing) - f32::from(u8::from(*good))) * weight(*unheard) / count;
            for (slope, value) in slope.iter_mut().zip(standing) {
                *slope += error * value;
            }
            slope[STANDING] += error;
        }
        // A prior of one around nothing: a handful of examples must not make it certain.
        for (slope, weight) in slope.iter_mut().zip(&certainty.weights) {
            *slope += weight / count;
        }
        for (at, slope) in slope.iter().enumerate() {
            speed[at] += slope * slope;
            let by = 0.3 * slope / speed[at].sqrt();
            if at == STANDING {
                certainty.bias -= by;
            } else {
                certainty.weights[at] -= by;
            }
        }
    }
    certainty
}

/// For every topic a plane between its examples and all others, fitted for all topics at once by dual coordinate
/// descent on the squared hinge loss; and the topics' middles.
struct Machine {
    place: HashMap<u32, usize>,
    features: Vec<u32>,
    rarity: Vec<f32>,
    topics: usize,
    /// By feature, then by topic.
    weights: Vec<f32>,
    biases: Vec<f32>,
}

impl Machine {
    fn fit(taken: &Taken, shown: &[usize], topics: usize, seed: u64) -> Self {
        let mut met: HashMap<u32, u32> = HashMap::new();
        for at in shown {
            let mut hashes: Vec<u32> = taken.marks[*at].iter().map(|mark| mark.hash).collect();
            hashes.sort_unstable();
            hashes.dedup();
            for hash in hashes {
                *met.entry(hash).or_default() += 1;
            }
        }
        let least = if shown.len() > 3_000 { 2 } else { 1 };
        let mut features: Vec<(u32, u32)> = met.into_iter().filter(|(_, count)| *count >= least).collect();
        features.sort_unstable();
        #[allow(clippy::cast_precision_loss)] // Counts of examples.
        let rarity = features
            .iter()
            .map(|(_, count)| (((shown.len() as f32 + 1.0) / (*count as f32 + 1.0)).ln() + 1.0).powf(RARITY_POWER))
            .collect();
        let features: Vec<u32> = features.into_iter().map(|(hash, _)| hash).collect();
        let place = features.iter().enumerate().map(|(place, hash)| (*hash, place)).collect();
        let mut machine = Self {
            place,
            rarity,
            topics,
            weights: vec![0.0; features.len() * topics],
            biases: vec![0.0; topics],
            features,
        };
        let rows: Vec<Weighed> = shown.iter().map(|at| machine.weighed(&taken.marks[*at])).collect();
        let truth: Vec<Option<usize>> = shown.iter().map(|at| taken.topic[*at]).collect();
        machine.descend(&rows, &truth, seed);
        machine.middles(&rows, &truth);
        machine
    }

    fn weighed(&self, marks: &[Mark]) -> Weighed {
        weighed(marks, |hash| self.place.get(&hash).map(|place| (*place, self.rarity[*place])))
    }

    fn descend(&mut self, rows: &[Weighed], truth: &[Option<usize>], seed: u64) {
        let topics = self.topics;
        let mut pulls = vec![0.0_f32; rows.len() * topics];
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut chance = Chance::new(seed);
        let soft = 1.0 / (2.0 * PULL);
        let mut sums = vec![0.0_f32; topics];
        for _ in 0..ROUNDS {
            chance.shuffle(&mut order);
            for at in &order {
                self.sums_into(&rows[*at], &mut sums);
                let curve = 2.0 + soft;
                let own = &mut pulls[at * topics..(at + 1) * topics];
                for (topic, (pull, sum)) in own.iter_mut().zip(&mut sums).enumerate() {
                    let sign = if truth[*at] == Some(topic) { 1.0 } else { -1.0 };
                    let slope = sign * *sum - 1.0 + soft * *pull;
                    let next = (*pull - slope / curve).max(0.0);
                    // From here on, the sum's place holds the step.
                    *sum = sign * (next - *pull);
                    *pull = next;
                }
                for (row, value) in &rows[*at].rows {
                    for (weight, step) in self.weights[row * topics..(row + 1) * topics].iter_mut().zip(&sums) {
                        *weight += value * step;
                    }
                }
                for (bias, step) in self.biases.iter_mut().zip(&sums) {
                    *bias += step;
                }
            }
        }
    }

    /// The nearer a message is to a topic's middle, the better the topic stands; the nearer to the middle of what is about
    /// none of them, the worse do all.
    fn middles(&mut self, rows: &[Weighed], truth: &[Option<usize>]) {
        // What is about none of them stands last.
        let kinds = self.topics + 1;
        let kind = |topic: &Option<usize>| topic.unwrap_or(self.topics);
        let mut counts = vec![0.0_f32; kinds];
        for topic in truth {
            counts[kind(topic)] += 1.0;
        }
        let mut middles = vec![0.0_f32; self.features.len() * kinds];
        for (row, topic) in rows.iter().zip(truth) {
            for (place, value) in &row.rows {
                middles[place * kinds + kind(topic)] += value / counts[kind(topic)];
            }
        }
        let mut norms = vec![1e-6_f32; kinds];
        for row in middles.chunks(kinds) {
            for (norm, value) in norms.iter_mut().zip(row) {
                *norm += value * value;
            }
        }
        let each = counts[..self.topics].iter().sum::<f32>() / crate::measure::small(self.topics.max(1));
        let middle = (MIDDLE_OF_FEW * FEW / each.max(1.0)).clamp(MIDDLE, MIDDLE_OF_FEW);
        for (weights, row) in self.weights.chunks_mut(self.topics).zip(middles.chunks(kinds)) {
            let none = row[self.topics] / norms[self.topics].sqrt();
            for ((weight, value), norm) in weights.iter_mut().zip(row).zip(&norms) {
                *weight += middle * (value / norm.sqrt() - none);
            }
        }
    }

    fn sums_into(&self, row: &Weighed, sums: &mut [f32]) {
        sums.copy_from_slice(&self.biases);
        for (place, value) in &row.rows {
            for (sum, weight) in sums.iter_mut().zip(&self.weights[place * self.topics..(place + 1) * self.topics]) {
                *sum += value * weight;
            }
        }
    }

    fn judge(&self, marks: &[Mark], kept: &[bool]) -> Option<(usize, [f32; STANDING])> {
        let row = self.weighed(marks);
        let mut sums = vec![0.0; self.topics];
        self.sums_into(&row, &mut sums);
        for (sum, kept) in sums.iter_mut().zip(kept) {
            if !kept {
                *sum = f32::NEG_INFINITY;
            }
        }
        standing(&sums, row.unmet, marks.len())
    }

    fn model(&self, name: &str, labels: &[String], certainty: Certainty) -> TopicModel {
        let mut most = vec![1e-6_f32; self.topics];
        for row in self.weights.chunks(self.topics) {
            for (most, weight) in most.iter_mut().zip(row) {
                *most = most.max(weight.abs());
            }
        }
        let scales: Vec<f32> = most.into_iter().map(|most| most / 127.0).collect();
        let sayings = self.weights.chunks(self.topics).zip(self.features.iter().zip(&self.rarity)).map(
            |(row, (feature, rarity))| {
                let step = |(topic, (weight, scale)): (usize, (&f32, &f32))| {
                    #[allow(clippy::cast_possible_truncation)] // Within 127 by the scale.
                    let steps = (weight / scale).round() as i8;
                    (steps != 0).then(|| (u16::try_from(topic).unwrap_or(u16::MAX), steps))
                };
                Saying {
                    feature: *feature,
                    rarity: *rarity,
                    weights: row.iter().zip(&scales).enumerate().filter_map(step).collect(),
                }
            },
        );
        let taught = labels.iter().zip(&self.biases).zip(&scales);
        let taught =
            taught.map(|((label, bias), scale)| Taught { label: label.as_str().into(), bias: *bias, scale: *scale });
        TopicModel::new(name, taught.collect(), certainty, sayings.collect())
    }
}
