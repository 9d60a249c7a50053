//! Trains what an embedding knows: topics by words and meaning together, and moods by what words alone leave out.

use std::sync::Arc;

use baton_detect::meaning::{Blend, Embedder, MOOD_WORDS, MoodReader, Planes, ReaderError, TopicReader, blended};
use baton_detect::model::Linear;

use crate::chance::{Chance, folds};
use crate::topics::{self, Example, Measured, TopicsError};

const FOLDS: usize = 4;
const ROUNDS: u16 = 30;
/// How far a first step goes, and how strongly a plane is drawn back to the middle of its examples.
const STEP: f32 = 0.05;
const BACK: f32 = 0.002;
/// A class this well judged is left alone.
const ERROR_MIN: f32 = 1e-3;
/// Of the judgements that are right, how many may be taken for none of the topics.
const LOST: f32 = 0.01;

/// Why it cannot be learned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MeaningError {
    #[error(transparent)]
    Topics(#[from] TopicsError),
    #[error("the embedding says nothing about any of the examples")]
    Mute,
    #[error(transparent)]
    Reader(#[from] ReaderError),
}

/// Trains topics on all examples, by words and by meaning. `step` is told how far it is, 0 to 1.
pub fn train(
    name: &str,
    labels: &[String],
    examples: &[Example],
    seed: u64,
    embedder: &Arc<dyn Embedder>,
    step: &mut dyn FnMut(f32),
) -> Result<(TopicReader, Measured), MeaningError> {
    let (words, _) = topics::train(name, labels, examples, seed, &mut |done| step(0.4 * done))?;
    let by_words = topics::judged_unseen(labels, examples, seed);
    let mut places = Vec::with_capacity(examples.len());
    for (done, example) in (1_usize..).zip(examples) {
        places.push(embedder.embed(&example.text));
        if done.is_multiple_of(64) {
            step(0.4 + 0.4 * crate::measure::small(done) / crate::measure::small(examples.len()));
        }
    }
    let truth: Vec<Option<usize>> = examples.iter().map(|example| example.topic).collect();
    if places.iter().all(Option::is_none) {
        return Err(MeaningError::Mute);
    }
    let fold = folds(examples.len(), FOLDS, seed);
    let mut judged: Vec<(bool, bool, [f32; 3])> = Vec::new();
    for held in 0..FOLDS {
        let shown: Vec<usize> = (0..examples.len()).filter(|at| fold[*at] != held).collect();
        let fitted = planes(&places, &truth, &shown, labels.len(), embedder, seed);
        for at in (0..examples.len()).filter(|at| fold[*at] == held) {
            let Some(place) = &places[at] else { continue };
            let words = by_words[at].map(|(topic, standing)| (topic, words.certainty().confidence(&standing)));
            let Some((best, standing)) = blended(&fitted.shares(place), &fitted.sums(place), words) else { continue };
            judged.push((truth[at].is_some(), truth[at] == Some(best), standing));
        }
    }
    let (blend, measured) = blend(&judged);
    let all: Vec<usize> = (0..examples.len()).collect();
    let fitted = planes(&places, &truth, &all, labels.len(), embedder, seed);
    step(1.0);
    Ok((TopicReader::new(words, fitted, blend, embedder)?, measured))
}

/// For every topic a plane, from the middle of its examples to where it tells them best from the others.
fn planes(
    places: &[Option<Vec<f32>>],
    truth: &[Option<usize>],
    shown: &[usize],
    topics: usize,
    embedder: &Arc<dyn Embedder>,
    seed: u64,
) -> Planes {
    let dimensions = embedder.dimensions();
    let taught: Vec<(&[f32], usize)> =
        shown.iter().filter_map(|at| Some((places[*at].as_deref()?, truth[*at]?))).collect();
    let mut middles = vec![0.0_f32; topics * dimensions];
    for (place, topic) in &taught {
        let middle = &mut middles[topic * dimensions..(topic + 1) * dimensions];
        middle.iter_mut().zip(*place).for_each(|(sum, value)| *sum += value);
    }
    for middle in middles.chunks_mut(dimensions) {
        let length = middle.iter().map(|value| value * value).sum::<f32>().sqrt().max(1e-6);
        for value in middle {
            *value /= length;
        }
    }
    let mut fitted =
        Planes { embedder: embedder.name().into(), dimensions, weights: middles.clone(), biases: vec![0.0; topics] };
    let mut order: Vec<usize> = (0..taught.len()).collect();
    let mut chance = Chance::new(seed);
    for round in 0..ROUNDS {
        chance.shuffle(&mut order);
        let step = STEP / (1.0 + 0.1 * f32::from(round));
        for at in &order {
            let (place, topic) = taught[*at];
            let mut errors = fitted.shares(place);
            errors[topic] -= 1.0;
            for (class, error) in errors.into_iter().enumerate().filter(|(_, error)| error.abs() > ERROR_MIN) {
                let own = class * dimensions..(class + 1) * dimensions;
                let weights = fitted.weights[own.clone()].iter_mut().zip(&middles[own]);
                for ((weight, middle), value) in weights.zip(place) {
                    *weight -= step * (10.0 * error * value + BACK * (*weight - middle));
                }
                fitted.biases[class] -= step * error;
            }
        }
    }
    fitted
}

/// How sure a judgement by both is, from what was judged without having been seen.
fn blend(judged: &[(bool, bool, [f32; 3])]) -> (Blend, Measured) {
    let mut blend = Blend::default();
    let count = crate::measure::small(judged.len().max(1));
    let mut speed = [1e-6_f32; 4];
    for _ in 0..600 {
        let mut slope = [0.0_f32; 4];
        for (_, good, standing) in judged {
            let error = (blend.confidence(standing) - f32::from(u8::from(*good))) / count;
            slope.iter_mut().zip(standing.iter().chain([&1.0])).for_each(|(slope, value)| *slope += error * value);
        }
        for (at, slope) in slope.into_iter().enumerate() {
            speed[at] += slope * slope;
            let by = 0.3 * slope / speed[at].sqrt();
            match blend.weights.get_mut(at) {
                Some(weight) => *weight -= by,
                None => blend.bias -= by,
            }
        }
    }
    let mut sure: Vec<f32> =
        judged.iter().filter(|(_, good, _)| *good).map(|(_, _, standing)| blend.confidence(standing)).collect();
    sure.sort_by(f32::total_cmp);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A place in a list.
    let place = (crate::measure::small(sure.len()) * LOST) as usize;
    blend.none_below = sure.get(place).copied().unwrap_or(0.0).min(0.5);
    let within = judged.iter().filter(|(within, _, _)| *within).count();
    let pairs: Vec<(bool, f32)> =
        judged.iter().map(|(within, _, standing)| (*within, blend.confidence(standing))).collect();
    let auc = crate::measure::auc(&pairs);
    let lost = sure.iter().filter(|value| **value < blend.none_below).count();
    let measured = Measured {
        accuracy: crate::measure::len(sure.len()) / crate::measure::len(within.max(1)),
        none_auc: auc.is_finite().then_some(auc),
        lost: crate::measure::len(lost) / crate::measure::len(sure.len().max(1)),
    };
    (blend, measured)
}

/// A mood by words and meaning: `lessons` are texts with what the words make of them, in log odds, and the truth.
pub fn mood(
    words: Linear,
    lessons: &[(&str, f32, bool)],
    seed: u64,
    embedder: &Arc<dyn Embedder>,
) -> Result<MoodReader, MeaningError> {
    let dimensions = embedder.dimensions();
    let places: Vec<(Vec<f32>, f32, f32)> = lessons
        .iter()
        .filter_map(|(text, odds, yes)| Some((embedder.embed(text)?, MOOD_WORDS * odds, f32::from(u8::from(*yes)))))
        .collect();
    if places.is_empty() {
        return Err(MeaningError::Mute);
    }
    let mut fitted =
        Planes { embedder: embedder.name().into(), dimensions, weights: vec![0.0; dimensions], biases: vec![0.0] };
    let mut order: Vec<usize> = (0..places.len()).collect();
    let mut chance = Chance::new(seed);
    for round in 0..ROUNDS {
        chance.shuffle(&mut order);
        let step = STEP / (1.0 + 0.3 * f32::from(round));
        for at in &order {
            let (place, words, truth) = &places[*at];
            let sum = fitted.sums(place)[0] + words;
            let error = 1.0 / (1.0 + (-sum).exp()) - truth;
            for (weight, value) in fitted.weights.iter_mut().zip(place) {
                *weight -= step * (10.0 * error * value * 0.1 + BACK * *weight);
            }
            fitted.biases[0] -= step * error;
        }
    }
    Ok(MoodReader::new(words, fitted, embedder)?)
}
