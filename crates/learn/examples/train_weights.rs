//! Trains the weights that ship: `train_weights DATA_DIR WEIGHTS_DIR`. `DATA_DIR` holds `explicit.jsonl` and
//! `routing_*_train.jsonl`; everything else is our own text. The same data gives the same bytes.

use std::error::Error;
use std::path::Path;

use baton_detect::language::features;
use baton_learn::explicit::{options, teach};
use baton_learn::linear::{Example, Options, train};
use baton_learn::sources::{labelled, language_lessons, lessons, ordinary};

/// The languages that letters must tell apart; the others have a script of their own.
const LETTERED: [&str; 13] = ["en", "es", "fr", "de", "it", "pt", "nl", "pl", "tr", "id", "vi", "ru", "uk"];
const HINDI: &str = "hi";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, to] = arguments.as_slice() else { return Err("usage: train_weights DATA_DIR WEIGHTS_DIR".into()) };
    let read = |file: &str| {
        let path = Path::new(from).join(file);
        std::fs::read_to_string(&path).map_err(|error| format!("read {}: {error}", path.display()))
    };
    let mut everyday = Vec::new();
    for set in ["bitext", "clinc150", "banking77"] {
        everyday.extend(ordinary(&read(&format!("routing_{set}_train.jsonl"))?));
    }
    let lessons = lessons(&labelled(&read("explicit.jsonl")?), &everyday);
    let explicit = teach(&lessons, 3, &options("explicit-1"))?.to_bytes();
    println!("explicit: {} messages, {} bytes", lessons.len(), explicit.len());
    std::fs::write(Path::new(to).join("explicit.model"), explicit)?;

    let labels: Vec<String> = LETTERED.iter().chain([&HINDI]).map(|tag| (*tag).to_owned()).collect();
    let mut examples = Vec::new();
    for one in language_lessons() {
        // Up to Cyrillic, and what Vietnamese adds to Latin.
        let lettered = |letter: char| matches!(letter, '\0'..='\u{52f}' | '\u{1e00}'..='\u{1eff}');
        let latin = one.text.chars().all(|letter| !letter.is_alphabetic() || lettered(letter));
        let label = labels.iter().position(|label| label == one.language).filter(|_| latin);
        examples.extend(label.map(|label| Example { features: features(&one.text), label, weight: 1.0 }));
    }
    let everyday = everyday.iter().step_by(8);
    examples.extend(everyday.map(|text| Example { features: features(text), label: 0, weight: 1.0 }));
    let settings = Options {
        name: "language-1".to_owned(),
        buckets_log2: 16,
        epochs: 3,
        rate: 0.3,
        l1: 0.3,
        l2: 0.1,
        examples_min: 3,
        calibrate_every: 10,
        seed: 1,
    };
    let language = train(&examples, &labels, &settings)?.to_bytes();
    println!("language: {} messages, {} bytes", examples.len(), language.len());
    std::fs::write(Path::new(to).join("language.model"), language)?;
    Ok(())
}
