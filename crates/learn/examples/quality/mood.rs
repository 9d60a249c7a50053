//! How well frustration and dissatisfaction are heard: on our own messages that teach nothing, on ordinary messages that
//! were not taught, and on public dialogues whose turns say how satisfied the customer was.

use std::collections::BTreeMap;
use std::path::Path;

use baton_core::{ChannelId, Seq, SignalName, Timestamp};
use baton_detect::{Detector, Past, PastAuthor, SoFar, Turn};
use baton_learn::measure::auc;
use baton_learn::moods::unseen;
use serde_json::Value;

use crate::{share, wilson};

/// From here on a person is suggested, and from there on handed off, by the default policy.
const SUGGESTS: f32 = 0.5;
const HANDS_OFF: f32 = 0.75;

pub(crate) fn tables(detector: &Detector, folder: &Path) {
    let heard = |text: &str| judged(detector, text, &[]).0;
    println!("\n| frustration | frustrated | others | AUC (95 %) |\n|---|---|---|---|");
    let mut languages: BTreeMap<&str, Vec<(bool, f32)>> = BTreeMap::new();
    let mut kinds: BTreeMap<char, Vec<f32>> = BTreeMap::new();
    for mood in unseen() {
        let value = heard(&mood.text);
        let group = if mood.language == "en" { "our own, English" } else { "our own, other languages" };
        for group in [group, mood.language] {
            languages.entry(group).or_default().push((mood.frustrated(), value));
        }
        kinds.entry(mood.kind).or_default().push(value);
    }
    for line in lines(&folder.join("frustration_utt.jsonl")) {
        if line["source"] == "authored" {
            let text = line["text"].as_str().unwrap_or_default();
            languages.entry("public, authored, English").or_default().push((line["label"] == 1, heard(text)));
        }
    }
    for (group, pairs) in &languages {
        row(group, pairs);
    }
    println!("\n| messages | suggest a person | hand off | of | 95 % of suggesting |\n|---|---|---|---|---|");
    let named = |kind: &char| match kind {
        '+' => "our own: frustrated",
        '~' => "our own: upset about something else",
        _ => "our own: neither",
    };
    for (kind, values) in &kinds {
        counts(named(kind), values);
    }
    // Every fifth of these teaches; the two after it do not.
    let mut ordinary = Vec::new();
    for set in ["bitext", "clinc150", "banking77"] {
        let rows = lines(&folder.join(format!("routing_{set}_train.jsonl")));
        let apart = rows.iter().enumerate().filter(|(at, _)| (1..3).contains(&(at % 5)));
        ordinary.extend(apart.map(|(_, row)| heard(row["text"].as_str().unwrap_or_default())));
    }
    counts("public: ordinary", &ordinary);
    dialogues(detector, &folder.join("satisfaction_turns.jsonl"));
}

fn dialogues(detector: &Detector, file: &Path) {
    let mut sets: BTreeMap<String, [Vec<(bool, f32)>; 2]> = BTreeMap::new();
    for dialogue in lines(file) {
        let mut history: Vec<Past> = Vec::new();
        let source = dialogue["source"].as_str().unwrap_or_default().to_owned();
        for (seq, turn) in (1..).zip(dialogue["turns"].as_array().into_iter().flatten()) {
            let text = turn["text"].as_str().unwrap_or_default();
            let author = if turn["role"] == "user" { PastAuthor::Customer } else { PastAuthor::Bot { knew: true } };
            if let (PastAuthor::Customer, Some(label)) = (author, turn["label"].as_u64()) {
                let (frustration, dissatisfaction) = judged(detector, text, &history);
                for set in ["all", &source] {
                    let pairs = sets.entry(set.to_owned()).or_default();
                    pairs[0].push((label == 1, frustration));
                    pairs[1].push((label == 1, dissatisfaction));
                }
            }
            history.push(Past { seq: Seq(seq), author, text: text.to_owned() });
        }
    }
    println!("\n| turns of task dialogues, measured only | dissatisfied | others | AUC (95 %) |\n|---|---|---|---|");
    for (set, [frustration, dissatisfaction]) in &sets {
        row(&format!("{set}: frustration"), frustration);
        row(&format!("{set}: dissatisfaction"), dissatisfaction);
    }
}

/// Frustration and dissatisfaction of a turn.
fn judged(detector: &Detector, text: &str, history: &[Past]) -> (f32, f32) {
    let channel = ChannelId::new("measure").expect("a key");
    let verdict = detector.assess(&Turn {
        text,
        history,
        channel: &channel,
        tier: None,
        language_hint: None,
        attributes: &BTreeMap::new(),
        now: Timestamp(0),
        time_zone: "UTC",
        person_in_control: false,
        so_far: SoFar::default(),
    });
    let of = |name| verdict.signals.iter().find(|own| own.name == name).map_or(0.0, |own| own.value);
    (of(SignalName::Frustration), of(SignalName::Dissatisfaction))
}

/// The rows of a file, none if it is not there.
fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn row(name: &str, pairs: &[(bool, f32)]) {
    let yes = pairs.iter().filter(|(label, _)| *label).count();
    let area = auc(pairs);
    let spread = 1.96 * error_of(area, yes, pairs.len() - yes);
    println!(
        "| {name} | {yes} | {} | {area:.3} ({:.3} to {:.3}) |",
        pairs.len() - yes,
        (area - spread).max(0.0),
        (area + spread).min(1.0)
    );
}

/// The standard error of an area under the curve (Hanley and `McNeil`, 1982).
#[allow(clippy::cast_precision_loss)] // Some thousand messages.
fn error_of(area: f64, yes: usize, no: usize) -> f64 {
    let (yes, no) = (yes.max(1) as f64, no.max(1) as f64);
    let (two_yes, two_no) = (area / (2.0 - area) - area * area, 2.0 * area * area / (1.0 + area) - area * area);
    ((area * (1.0 - area) + (yes - 1.0) * two_yes + (no - 1.0) * two_no) / (yes * no)).max(0.0).sqrt()
}

fn counts(name: &str, values: &[f32]) {
    let from = |level: f32| values.iter().filter(|value| **value >= level).count();
    let (suggested, handed_off) = (from(SUGGESTS), from(HANDS_OFF));
    let (low, high) = wilson(suggested, values.len());
    println!(
        "| {name} | {:.1} % | {:.1} % | {} | {:.1} to {:.1} % |",
        share(suggested, values.len()),
        share(handed_off, values.len()),
        values.len(),
        100.0 * low,
        100.0 * high
    );
}
