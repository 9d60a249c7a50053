//! How well topics and the time to hand off are learned: `learned topics SET.jsonl [EXAMPLES] [SEEDS]` and
//! `learned timing SET.jsonl [SEEDS]`.
//!
//! Topics are learned from four fifths of the set, or from so many examples of each topic among them, and measured on
//! the last fifth; timing is measured by cross-validation in five parts, by conversation, thresholds included. The
//! intervals hold nineteen times of twenty.
#![allow(clippy::disallowed_methods)] // It tells how long learning took; nothing it learns depends on that.

use std::error::Error;
use std::time::Instant;

use baton_detect::timing::Heard;
use baton_detect::topics::TopicModel;
use baton_learn::chance::{Chance, folds};
use baton_learn::lines::{Lines, Strictness};
use baton_learn::measure::auc;
use baton_learn::{timing, topics};

const PARTS: usize = 5;
const DRAWS: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, usual: u64| arguments.get(at).map_or(Ok(usual), |text| text.parse::<u64>());
    match arguments.first().zip(arguments.get(1)) {
        Some((what, file)) if what == "topics" => {
            of_topics(&std::fs::read_to_string(file)?, usize::try_from(number(2, 0)?)?, number(3, 1)?)
        }
        Some((what, file)) if what == "timing" => of_timing(&std::fs::read_to_string(file)?, number(2, 2)?),
        Some(_) | None => {
            Err("usage: learned topics SET.jsonl [EXAMPLES] [SEEDS] | learned timing SET.jsonl [SEEDS]".into())
        }
    }
}

/// A mean and the middle 95 % of drawing its parts again.
fn drawn<T>(parts: &[T], of: impl Fn(&[&T]) -> f64) -> String {
    let mut chance = Chance::new(1);
    let mut values: Vec<f64> = (0..DRAWS)
        .map(|_| of(&(0..parts.len()).map(|_| &parts[chance.below(parts.len())]).collect::<Vec<_>>()))
        .filter(|value| value.is_finite())
        .collect();
    values.sort_by(f64::total_cmp);
    let at = |share: usize| values.get(values.len() * share / 1000).copied().unwrap_or(f64::NAN);
    format!("{:.3} ({:.3} to {:.3})", of(&parts.iter().collect::<Vec<_>>()), at(25), at(975))
}

#[allow(clippy::cast_precision_loss)] // Some thousand examples.
fn of_topics(text: &str, each: usize, seeds: u64) -> Result<(), Box<dyn Error>> {
    let mut lines = Lines::new(Strictness::Labelled);
    let mut labels: Vec<String> = Vec::new();
    let mut examples = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = lines.labelled(number, line)?;
        let topic = line.label.filter(|label| !topics::NONE.contains(&label.as_str())).map(|label| {
            labels.iter().position(|known| *known == label).unwrap_or_else(|| {
                labels.push(label);
                labels.len() - 1
            })
        });
        examples.push(topics::Example { text: line.text, topic });
    }
    let part = folds(examples.len(), PARTS, 11);
    // Whether it was right, how sure it was, whether the message has a topic, whether it was taken for having one.
    let mut judged: Vec<(bool, f32, bool, bool)> = Vec::new();
    for seed in 0..seeds {
        let held = if each == 0 { usize::try_from(seed)? % PARTS } else { 0 };
        let mut shown: Vec<usize> = (0..examples.len()).filter(|at| part[*at] != held).collect();
        if each > 0 {
            Chance::new(seed + 100).shuffle(&mut shown);
            let mut counts = vec![0; labels.len() + 1];
            shown.retain(|at| {
                let count = &mut counts[examples[*at].topic.unwrap_or(labels.len())];
                *count += 1;
                *count <= each
            });
        }
        let taught: Vec<topics::Example> = shown.iter().map(|at| examples[*at].clone()).collect();
        let begun = Instant::now();
        let (model, measured) = topics::train("measured", &labels, &taught, seed, &mut |_| ())?;
        let learning = begun.elapsed();
        let bytes = model.write();
        let model = TopicModel::load(&bytes)?;
        let begun = Instant::now();
        let before = judged.len();
        for example in (0..examples.len()).filter(|at| part[*at] == held).map(|at| &examples[at]) {
            let Some(read) = model.read(&example.text) else { continue };
            let right = example.topic.is_some_and(|topic| labels[topic] == *read.label);
            judged.push((right, read.confidence, example.topic.is_some(), read.meant));
        }
        let count = judged.len() - before;
        let right = judged[before..].iter().filter(|judged| judged.0).count();
        let within = judged[before..].iter().filter(|judged| judged.2).count();
        println!(
            "seed {seed}: {} examples, {:.1} s, {} kB, {:.0} µs a message; right {:.4}; by its own measure {:.3} {:?}",
            taught.len(),
            learning.as_secs_f64(),
            bytes.len() / 1000,
            begun.elapsed().as_secs_f64() * 1e6 / count as f64,
            right as f64 / within as f64,
            measured.accuracy,
            measured.none_auc
        );
    }
    let within: Vec<&(bool, f32, bool, bool)> = judged.iter().filter(|judged| judged.2).collect();
    println!(
        "right topic {}",
        drawn(&within, |rows| rows.iter().filter(|row| row.0).count() as f64 / rows.len() as f64)
    );
    if within.len() < judged.len() {
        let area = |rows: &[&(bool, f32, bool, bool)]| auc(&rows.iter().map(|row| (row.2, row.1)).collect::<Vec<_>>());
        println!("topics against none of them, area under the curve {}", drawn(&judged, area));
    }
    for ten in 0..10_u8 {
        let low = f32::from(ten) / 10.0;
        let rows: Vec<_> = within.iter().filter(|row| row.1 >= low && row.1 < low + 0.1).collect();
        if rows.len() >= 20 {
            let right = rows.iter().filter(|row| row.0).count() as f64 / rows.len() as f64;
            println!("confidence {low:.1} to {:.1}: {} messages, right {right:.2}", low + 0.1, rows.len());
        }
    }
    Ok(())
}

fn of_timing(text: &str, seeds: u64) -> Result<(), Box<dyn Error>> {
    let mut lines = Lines::new(Strictness::Labelled);
    let mut lessons = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let conversation = lines.conversation(number, line)?;
        lessons.push(timing::Lesson {
            talk: conversation.turns.iter().map(|said| Heard::new(said.author, &said.text)).collect(),
            truth: conversation.turns.iter().map(|said| said.label == Some(true)).collect(),
        });
    }
    for seed in 1..=seeds {
        let begun = Instant::now();
        let (likelihoods, said) = timing::cross_validate(&lessons, PARTS, seed, &mut |_| ());
        let rows: Vec<(&timing::Lesson, &Vec<f32>, &Vec<bool>)> = lessons
            .iter()
            .zip(&likelihoods)
            .zip(&said)
            .map(|((lesson, likely), said)| (lesson, likely, said))
            .collect();
        let told = |rows: &[&(&timing::Lesson, &Vec<f32>, &Vec<bool>)]| {
            let lessons: Vec<&timing::Lesson> = rows.iter().map(|row| row.0).collect();
            timing::told(&lessons, &rows.iter().map(|row| row.2.clone()).collect::<Vec<_>>())
        };
        let pairs = rows.iter().flat_map(|row| row.0.truth.iter().copied().zip(row.1.iter().copied()));
        let area = auc(&pairs.collect::<Vec<_>>());
        println!("seed {seed}: macro-F1 {}", drawn(&rows, |rows| told(rows).macro_f1));
        for (place, name) in ["GT-I", "GT-II", "GT-III"].iter().enumerate() {
            println!("  {name} {}", drawn(&rows, |rows| told(rows).golden[place]));
        }
        println!("  area under the curve {area:.3}; {:.0} s", begun.elapsed().as_secs_f64());
    }
    Ok(())
}
