//! What an embedding gains for topics: `gain EMBEDDING_DIR FILE.jsonl SHOTS [SEED]` learns from so many examples a topic
//! of `{"text", "label"}` lines (0 is all), drawn by the seed, and measures on a fifth that was put aside, by words
//! alone and by words and meaning.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use baton_detect::meaning::{Embedder, TopicReader};
use baton_embed::Embedding;
use baton_learn::chance::{Chance, folds};
use baton_learn::lines::{Lines, Strictness};
use baton_learn::measure::auc;
use baton_learn::{meaning, topics};

const PARTS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, file, shots, more @ ..] = arguments.as_slice() else {
        return Err("usage: gain EMBEDDING_DIR FILE.jsonl SHOTS [SEED]".into());
    };
    let (shots, seed): (usize, u64) = (shots.parse()?, more.first().map_or(Ok(1), |seed| seed.parse())?);
    let embedder: Arc<dyn Embedder> = Arc::new(Embedding::open(Path::new(folder))?);
    let mut labels: Vec<String> = Vec::new();
    let mut read = Vec::new();
    let mut lines = Lines::new(Strictness::Labelled);
    for (number, line) in (1..).zip(std::fs::read_to_string(file)?.lines()) {
        let line = lines.labelled(number, line)?;
        let topic = line.label.filter(|label| !topics::NONE.contains(&label.as_str())).map(|label| {
            labels.iter().position(|known| *known == label).unwrap_or_else(|| {
                labels.push(label);
                labels.len() - 1
            })
        });
        read.push(topics::Example { text: line.text, topic });
    }
    let part = folds(read.len(), PARTS, seed);
    let mut order: Vec<usize> = (0..read.len()).filter(|at| part[*at] != 0).collect();
    Chance::new(seed).shuffle(&mut order);
    let mut taken: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    order.retain(|at| {
        let count = taken.entry(read[*at].topic).or_default();
        *count += 1;
        shots == 0 || *count <= shots
    });
    let taught: Vec<topics::Example> = order.iter().map(|at| read[*at].clone()).collect();
    let asked: Vec<&topics::Example> =
        read.iter().zip(&part).filter(|(_, part)| **part == 0).map(|(one, _)| one).collect();
    println!("{} topics, {} examples, {} asked", labels.len(), taught.len(), asked.len());
    let (words, _) = topics::train("words", &labels, &taught, seed, &mut |_| ())?;
    measured("words", &words.into(), &labels, &asked);
    let (both, _) = meaning::train("meaning", &labels, &taught, seed, &embedder, &mut |_| ())?;
    measured("words and meaning", &both, &labels, &asked);
    Ok(())
}

fn measured(name: &str, reader: &TopicReader, labels: &[String], asked: &[&topics::Example]) {
    let (mut right, mut within, mut taken) = (0_u32, 0_u32, Duration::ZERO);
    let mut pairs = Vec::new();
    for example in asked {
        #[allow(clippy::disallowed_methods)] // A measurement looks at the clock.
        let begun = std::time::Instant::now();
        let read = reader.read(&example.text);
        taken += begun.elapsed();
        let said = read.as_ref().map_or("", |read| &read.label);
        if let Some(topic) = example.topic {
            within += 1;
            right += u32::from(labels[topic] == said);
        }
        pairs.push((example.topic.is_some(), read.map_or(0.0, |read| read.confidence)));
    }
    let share = f64::from(right) / f64::from(within.max(1));
    let spread = 1.96 * (share * (1.0 - share) / f64::from(within.max(1))).sqrt();
    println!(
        "{name}: right {share:.3} (± {spread:.3}), topics against none of them {:.3}, {} µs a message",
        auc(&pairs),
        taken.as_micros() / asked.len().max(1) as u128
    );
}
