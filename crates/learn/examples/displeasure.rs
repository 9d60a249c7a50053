//! Measures the displeasure signals on dialogues whose turns carry `label` 0 or 1 (satisfied or not), with all that
//! went before: `cargo run --release -p baton-learn --example displeasure -- FILE.jsonl`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;

use baton_core::{ChannelId, Seq, SignalName};
use baton_detect::{Detector, Past, PastAuthor, Policy, Turn};
use baton_learn::measure::auc;
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("name the file with the dialogues")?;
    let detector = Detector::new(Policy::default())?;
    let channel = ChannelId::new("website")?;
    let mut signals: BTreeMap<&str, Vec<(bool, f32)>> = BTreeMap::new();
    for line in fs::read_to_string(file)?.lines() {
        let dialogue: Value = serde_json::from_str(line)?;
        let mut history: Vec<Past> = Vec::new();
        for (seq, turn) in (1..).zip(dialogue["turns"].as_array().into_iter().flatten()) {
            let text = turn["text"].as_str().unwrap_or_default();
            let author = if turn["role"] == "user" { PastAuthor::Customer } else { PastAuthor::Bot { knew: true } };
            if let (PastAuthor::Customer, Some(label)) = (author, turn["label"].as_u64()) {
                let verdict = detector.assess(&Turn { history: &history, ..Turn::alone(text, &channel) });
                let of = |name| verdict.signals.iter().find(|own| own.name == name).map_or(0.0, |own| own.value);
                for (name, value) in
                    [("frustration", of(SignalName::Frustration)), ("dissatisfaction", of(SignalName::Dissatisfaction))]
                {
                    signals.entry(name).or_default().push((label == 1, value));
                }
            }
            history.push(Past { seq: Seq(seq), author, text: text.to_owned() });
        }
    }
    for (name, pairs) in &signals {
        println!("{name:16} {:6} turns  AUC {:.3}", pairs.len(), auc(pairs));
    }
    Ok(())
}
