//! Trains a timing model: linear views of the words first, then trees over them, then trees over the trees; every
//! floor learns from what the floor below said of conversations it had not seen.

use baton_detect::timing::{
    Heard, Table, Thresholds, TimingModel, Views, around_grams, length, likely, numbers, numbers_again, turn_grams,
};
use baton_detect::trees::Forest;

use crate::chance::{Chance, folds};
use crate::measure::{golden_transfer, len, macro_f1, small};
use crate::trees::{Growth, grow};

/// A conversation with the answer for every turn: should a person have had it here.
#[derive(Debug, Clone)]
pub struct Lesson {
    pub talk: Vec<Heard>,
    pub truth: Vec<bool>,
}

const FOLDS: usize = 8;
const EPOCHS: usize = 3;
const RATE: f32 = 0.35;
const SHRINK: f32 = 1e-4;

/// Trains on all lessons. `step` is told how far it is, 0 to 1.
pub fn train(lessons: &[&Lesson], seed: u64, step: &mut dyn FnMut(f32)) -> TimingModel {
    let fold = folds(lessons.len(), FOLDS, seed);
    let part =
        |keep: &dyn Fn(usize) -> bool| -> Vec<usize> { (0..lessons.len()).filter(|at| keep(fold[*at])).collect() };
    let mut rows: Vec<Vec<Vec<f32>>> = vec![Vec::new(); lessons.len()];
    let mut views = Vec::new();
    for held in 0..FOLDS {
        let taught: Vec<&Lesson> = part(&|fold| fold != held).into_iter().map(|at| lessons[at]).collect();
        let view = look(&taught, seed);
        for at in part(&|fold| fold == held) {
            rows[at] = numbers(&lessons[at].talk, &view);
        }
        views.push(view);
        step(0.4 * small(held + 1) / small(FOLDS));
    }
    let (first, said) = floor(lessons, &rows, &fold, seed, &Growth::default(), &mut |done| step(0.4 + 0.3 * done));
    let again: Vec<Vec<Vec<f32>>> = rows.iter().zip(&said).map(|(rows, said)| numbers_again(rows, said)).collect();
    let (second, said) = floor(
        lessons,
        &again,
        &fold,
        seed ^ 0xabcd,
        &Growth { trees: 120, depth: 3, ..Growth::default() },
        &mut |done| step(0.7 + 0.3 * done),
    );
    let likelihoods: Vec<Vec<f32>> = said.iter().map(|row| row.iter().map(|odds| likely(*odds)).collect()).collect();
    TimingModel { views: together(&views), first, second, thresholds: best_thresholds(lessons, &likelihoods) }
}

/// Forests for every fold, and what they say of the conversations that they have not seen.
fn floor(
    lessons: &[&Lesson],
    rows: &[Vec<Vec<f32>>],
    fold: &[usize],
    seed: u64,
    growth: &Growth,
    step: &mut dyn FnMut(f32),
) -> (Vec<Forest>, Vec<Vec<f32>>) {
    let mut said: Vec<Vec<f32>> = vec![Vec::new(); lessons.len()];
    let mut forests = Vec::new();
    for held in 0..FOLDS {
        let mut taught: Vec<&[f32]> = Vec::new();
        let mut truth = Vec::new();
        for at in (0..lessons.len()).filter(|at| fold[*at] != held) {
            taught.extend(rows[at].iter().map(Vec::as_slice));
            truth.extend_from_slice(&lessons[at].truth);
        }
        let grown: Vec<Forest> = (0..2)
            .map(|again| {
                grow(&taught, &truth, &Growth { seed: seed.wrapping_add((held * 2 + again) as u64), ..growth.clone() })
            })
            .collect();
        for at in (0..lessons.len()).filter(|at| fold[*at] == held) {
            said[at] = rows[at]
                .iter()
                .map(|row| grown.iter().map(|forest| forest.score(row)).sum::<f32>() / small(grown.len()))
                .collect();
        }
        forests.extend(grown);
        step(small(held + 1) / small(FOLDS));
    }
    (forests, said)
}

/// What the words say, from these conversations.
fn look(lessons: &[&Lesson], seed: u64) -> Views {
    let mut met = std::collections::BTreeMap::<u32, u32>::new();
    let mut turns = 0_u32;
    let mut of_turn = Vec::new();
    let mut of_around = Vec::new();
    for lesson in lessons {
        for at in 0..lesson.talk.len() {
            turns += 1;
            let mut tokens = lesson.talk[at].tokens.clone();
            tokens.sort_unstable();
            tokens.dedup();
            for token in tokens {
                *met.entry(token).or_default() += 1;
            }
            of_turn.push((turn_grams(&lesson.talk, at), lesson.truth[at]));
            of_around.push((around_grams(&lesson.talk, at), lesson.truth[at]));
        }
    }
    let rare = |count: u32| ((small(turns as usize) + 1.0) / (small(count as usize) + 0.5)).ln();
    let (turn, turn_bias) = linear(&of_turn, seed);
    let (around, around_bias) = linear(&of_around, seed);
    Views {
        rarity: Table::new(met.into_iter().map(|(token, count)| (token, rare(count))).collect()),
        unmet: rare(0),
        turn,
        turn_bias,
        around,
        around_bias,
    }
}

/// Logistic regression with a rate of its own for every weight.
fn linear(examples: &[(Vec<u32>, bool)], seed: u64) -> (Table, f32) {
    let mut place = std::collections::BTreeMap::<u32, usize>::new();
    let mut counts: Vec<u32> = Vec::new();
    let rows: Vec<Vec<usize>> = examples
        .iter()
        .map(|(grams, _)| {
            let mut row = Vec::with_capacity(grams.len());
            for gram in grams {
                let next = place.len();
                let at = *place.entry(*gram).or_insert(next);
                if at == counts.len() {
                    counts.push(0);
                }
                counts[at] += 1;
                row.push(at);
            }
            row
        })
        .collect();
    let mut weights = vec![0.0_f32; counts.len()];
    let mut squares = vec![1e-3_f32; counts.len()];
    let yes = small(examples.iter().filter(|(_, yes)| *yes).count());
    let mut bias = ((yes + 1.0) / (small(examples.len()) - yes + 1.0)).ln();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut chance = Chance::new(seed);
    for _ in 0..EPOCHS {
        chance.shuffle(&mut order);
        for at in &order {
            let scale = length(examples[*at].0.len());
            let odds = bias + scale * rows[*at].iter().map(|at| weights[*at]).sum::<f32>();
            let slope = likely(odds) - f32::from(u8::from(examples[*at].1));
            bias -= 0.01 * slope;
            for at in &rows[*at] {
                let gradient = slope * scale + SHRINK * weights[*at];
                squares[*at] += gradient * gradient;
                weights[*at] -= RATE * gradient / squares[*at].sqrt();
            }
        }
    }
    let entries = place.into_iter().filter(|(_, at)| counts[*at] > 1).map(|(gram, at)| (gram, weights[at])).collect();
    (Table::new(entries), bias)
}

/// The mean of several views: what a new conversation is looked at with.
fn together(views: &[Views]) -> Views {
    let share = 1.0 / small(views.len().max(1));
    let table = |of: &dyn Fn(&Views) -> &Table, whole: bool| {
        let mut sums = std::collections::BTreeMap::<u32, (f32, u32)>::new();
        for view in views {
            for (hash, value) in of(view).entries() {
                let sum = sums.entry(*hash).or_default();
                *sum = (sum.0 + value, sum.1 + 1);
            }
        }
        Table::new(
            sums.into_iter()
                .map(|(hash, (sum, count))| (hash, if whole { sum / small(count as usize) } else { sum * share }))
                .collect(),
        )
    };
    let mean = |of: &dyn Fn(&Views) -> f32| views.iter().map(of).sum::<f32>() * share;
    Views {
        rarity: table(&|views| &views.rarity, true),
        unmet: mean(&|views| views.unmet),
        turn: table(&|views| &views.turn, false),
        turn_bias: mean(&|views| views.turn_bias),
        around: table(&|views| &views.around, false),
        around_bias: mean(&|views| views.around_bias),
    }
}

/// How well the right turns are told from the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    pub macro_f1: f64,
    /// Golden transfer within tolerance: GT-I, GT-II, GT-III.
    pub golden: [f64; 3],
}

/// Measures what was said of every turn.
pub fn told(lessons: &[&Lesson], said: &[Vec<bool>]) -> Told {
    let turns = lessons.iter().zip(said);
    let pairs = turns.clone().flat_map(|(lesson, said)| lesson.truth.iter().copied().zip(said.iter().copied()));
    let golden = [1, 2, 3].map(|tolerance| {
        turns.clone().map(|(lesson, said)| golden_transfer(&lesson.truth, said, tolerance)).sum::<f64>()
            / len(lessons.len().max(1))
    });
    Told { macro_f1: macro_f1(pairs), golden }
}

/// What serves the single turns and the timing of whole conversations best, together. Neighbours have a say, so that
/// one lucky number does not win.
fn best_thresholds(lessons: &[&Lesson], likelihoods: &[Vec<f32>]) -> Thresholds {
    let worth = |first: usize, more: usize| {
        let thresholds = steps(first, more);
        let said: Vec<Vec<bool>> = likelihoods.iter().map(|row| thresholds.decide(row)).collect();
        let told = told(lessons, &said);
        told.macro_f1 + TIMING_COUNTS * told.golden[2]
    };
    let mut best = (f64::NEG_INFINITY, steps(10, 0));
    for more in 0..4 {
        let row: Vec<f64> = (5..28).map(|first| worth(first, more)).collect();
        for (at, around) in row.windows(5).enumerate() {
            let smooth = around.iter().sum::<f64>() / 5.0;
            if smooth > best.0 {
                best = (smooth, steps(at + 7, more));
            }
        }
    }
    // Mostly what suits a likelihood in general: what is best on one past is largely its luck.
    let between = |own: f32, usual: f32| OWN_SHARE * own + (1.0 - OWN_SHARE) * usual;
    let Thresholds { first, again } = best.1;
    Thresholds { first: between(first, USUAL.first), again: between(again, USUAL.again) }
}

const USUAL: Thresholds = Thresholds { first: 0.24, again: 0.36 };
const OWN_SHARE: f32 = 0.25;

/// How much GT-III counts beside macro-F1 when the thresholds are chosen.
const TIMING_COUNTS: f64 = 0.4;

#[allow(clippy::cast_precision_loss)] // Below a hundred.
fn steps(first: usize, more: usize) -> Thresholds {
    Thresholds { first: first as f32 * 0.02, again: (first + 2 * more) as f32 * 0.02 }
}

/// Cross-validation by conversation: each is judged by a model that has not seen it, thresholds included.
pub fn cross_validate(
    lessons: &[Lesson],
    parts: usize,
    seed: u64,
    step: &mut dyn FnMut(f32),
) -> (Vec<Vec<f32>>, Vec<Vec<bool>>) {
    let fold = folds(lessons.len(), parts, seed);
    let mut likelihoods = vec![Vec::new(); lessons.len()];
    let mut said = vec![Vec::new(); lessons.len()];
    for held in 0..parts {
        let taught: Vec<&Lesson> = (0..lessons.len()).filter(|at| fold[*at] != held).map(|at| &lessons[at]).collect();
        let model = train(&taught, seed.wrapping_add(held as u64), &mut |_| ());
        for at in (0..lessons.len()).filter(|at| fold[*at] == held) {
            likelihoods[at] = model.likelihoods(&lessons[at].talk);
            said[at] = model.thresholds.decide(&likelihoods[at]);
        }
        step(small(held + 1) / small(parts));
    }
    (likelihoods, said)
}
