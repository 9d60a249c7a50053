//! Trains the frustration model and says how good it is on what it was not taught:
//! `cargo run --release -p baton-learn --example train_frustration -- DATA_DIR [OUT]`.
//!
//! Taught with our own text (`texts/frustration.txt`) and `GoEmotions` (Apache-2.0). The satisfaction sets are measured
//! on only.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use baton_detect::mood_features;
use baton_learn::linear::{Example, Options, cross_validate, train};
use baton_learn::measure::{auc, macro_f1};
use serde_json::Value;

/// One line of our own text counts as so many of the others: it is about service, they are about anything.
const OWN_WEIGHT: f32 = 5.0;

struct Labelled {
    language: String,
    source: &'static str,
    text: String,
    label: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name the folder with the data")?;
    let folder = Path::new(&folder);
    let mut texts = own(include_str!("../texts/frustration.txt"));
    texts.extend(go_emotions(&folder.join("frustration_utt.jsonl"))?);
    let examples: Vec<Example> = texts
        .iter()
        .map(|text| Example {
            features: mood_features(&text.text),
            label: usize::from(text.label),
            weight: if text.source == "own" { OWN_WEIGHT } else { 1.0 },
        })
        .collect();
    let options = Options {
        name: "frustration-1".to_owned(),
        buckets_log2: 18,
        epochs: 4,
        rate: 1.5,
        l1: 0.1,
        l2: 0.1,
        examples_min: 2,
        ..Options::default()
    };
    let labels = ["frustration".to_owned()];
    let part = |index: usize| match texts[index].source {
        "own" => index % 4,
        _ if index.is_multiple_of(10) => 0,
        _ => 9,
    };
    let sums = cross_validate(&examples, &labels, &options, 1, part)?;
    let mut groups: BTreeMap<String, Vec<(bool, f32)>> = BTreeMap::new();
    for (index, text) in texts.iter().enumerate().filter(|(index, _)| part(*index) == 0) {
        let pair = (text.label, sums[index][0]);
        groups.entry(format!("{} {}", text.source, text.language)).or_default().push(pair);
    }
    for (group, pairs) in &groups {
        let best = (-40_i16..40)
            .map(|step| macro_f1(pairs.iter().map(|(label, sum)| (*label, *sum > f32::from(step) / 10.0))))
            .fold(0.0, f64::max);
        println!("{group:20} {:6} texts  AUC {:.3}  macro-F1 {best:.3}", pairs.len(), auc(pairs));
    }
    let model = train(&examples, &labels, &options)?;
    for (file, source) in [("frustration_utt.jsonl", "authored"), ("satisfaction_turns.jsonl", "task dialogues")] {
        let pairs: Vec<(bool, f32)> = measured(&folder.join(file), source)?
            .iter()
            .map(|(text, label)| (*label, model.sums(mood_features(text).into_iter())[0]))
            .collect();
        println!("{source:20} {:6} texts  AUC {:.3}", pairs.len(), auc(&pairs));
    }
    let bytes = model.to_bytes();
    println!("{} bytes", bytes.len());
    if let Some(out) = arguments.next() {
        fs::write(out, bytes)?;
    }
    Ok(())
}

fn own(text: &str) -> Vec<Labelled> {
    let mut language = String::new();
    let mut texts = Vec::new();
    for line in text.lines() {
        if let Some(section) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section.clone_into(&mut language);
        } else if let Some((label, said)) = line.split_once(' ').filter(|(mark, _)| matches!(*mark, "+" | "-")) {
            texts.push(Labelled {
                language: language.clone(),
                source: "own",
                text: said.to_owned(),
                label: label == "+",
            });
        }
    }
    texts
}

fn lines(path: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    fs::read_to_string(path)?.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn go_emotions(path: &Path) -> Result<Vec<Labelled>, Box<dyn Error>> {
    Ok(lines(path)?
        .iter()
        .filter(|line| line["source"] == "GoEmotions")
        .map(|line| Labelled {
            language: "en".to_owned(),
            source: "GoEmotions",
            text: line["text"].as_str().unwrap_or_default().to_owned(),
            label: line["label"] == 1,
        })
        .collect())
}

/// Texts that are measured on and not taught.
fn measured(path: &Path, source: &str) -> Result<Vec<(String, bool)>, Box<dyn Error>> {
    let mut texts = Vec::new();
    for line in lines(path)? {
        if let Some(turns) = line["turns"].as_array() {
            for turn in turns.iter().filter(|turn| turn["role"] == "user" && turn["label"].is_u64()) {
                texts.push((turn["text"].as_str().unwrap_or_default().to_owned(), turn["label"] == 1));
            }
        } else if line["source"] == source {
            texts.push((line["text"].as_str().unwrap_or_default().to_owned(), line["label"] == 1));
        }
    }
    Ok(texts)
}
