//! The labelled messages that weights are made from: public sets whose licences allow it, and our own text.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::explicit::Message;
use crate::texts::{Amounts, ORDINARY, REQUEST, Written, written};

/// How many messages of our own text teach the shipped weights.
pub const AMOUNTS: Amounts = Amounts { request: 250, alike: 130, ordinary: 130 };
pub const SEED: u64 = 1;

/// What a message for shipped weights may come from. Others are for measuring alone.
const LICENCES: [&str; 6] = ["CC0", "CC-BY-3.0", "CC-BY-4.0", "Apache-2.0", "CDLA-Sharing-1.0", "ODbL-1.0"];

/// A labelled message of a public set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    pub text: String,
    pub asks: bool,
    pub language: String,
    pub category: String,
    pub source: String,
}

/// The lines of the labelled set (`text`, `label`, `lang`, `category`, `source`, `licence`) that may teach.
pub fn labelled(lines: &str) -> Vec<Labelled> {
    rows(lines).filter(|(licence, _)| LICENCES.contains(&licence.as_str())).map(|(_, row)| row).collect()
}

/// All lines of a labelled set, for measuring, whatever their licence.
pub fn measured(lines: &str) -> Vec<Labelled> {
    rows(lines).map(|(_, row)| row).collect()
}

/// Labelled messages with their licences. A line that is no JSON holds none.
fn rows(lines: &str) -> impl Iterator<Item = (String, Labelled)> {
    lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).map(|row| {
        let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let labelled = Labelled {
            text: field("text"),
            asks: row["label"] == 1,
            language: field("lang"),
            category: field("category"),
            source: field("source"),
        };
        (field("licence"), labelled)
    })
}

/// The messages of a set of topics (`text`, `label`), as ordinary ones. Topics about reaching people are left out: they
/// hold requests and what is none side by side.
pub fn ordinary(lines: &str) -> Vec<String> {
    let rows = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    rows.filter(|row| row["label"].as_str().is_some_and(|label| !label.starts_with("contact_")))
        .filter_map(|row| row["text"].as_str().map(str::to_owned))
        .collect()
}

/// Whether a labelled message is kept from training, to be measured on: every third, by its letters alone.
pub fn held_out(text: &str) -> bool {
    let sum = text.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    sum.is_multiple_of(3)
}

/// Everything that teaches the request: our own text, the labelled messages that are not held out, ordinary ones.
pub fn lessons(labelled: &[Labelled], ordinary: &[String]) -> Vec<Message> {
    let kept: BTreeSet<&str> = labelled.iter().map(|row| row.text.as_str()).filter(|text| held_out(text)).collect();
    let own = written(AMOUNTS, SEED);
    let message = |text: &str, asks, weight| Message { text: text.to_owned(), asks, weight };
    let mut lessons: Vec<Message> = own.iter().map(|one| message(&one.text, one.kind == REQUEST, 1.0)).collect();
    // Written by customers: a request counts for more than one of ours.
    let real = labelled.iter().filter(|row| !held_out(&row.text));
    lessons.extend(real.map(|row| message(&row.text, row.asks, if row.asks { 2.0 } else { 1.0 })));
    lessons.extend(ordinary.iter().filter(|text| !kept.contains(text.as_str())).map(|text| message(text, false, 1.0)));
    lessons
}

/// What teaches the language: our own text of every kind, as many messages of each language.
pub fn language_lessons() -> Vec<Written> {
    let mut own = written(Amounts { request: 30, alike: 25, ordinary: 100 }, SEED ^ 0x1a);
    own.retain(|one| one.kind == ORDINARY || one.text.chars().count() >= 6);
    own
}
