//! Search in memory: BM25 over the same words that the databases index.

use super::Tables;
use crate::sql::{FOUND_MAX, asked, matched, sort_found};
use crate::words::{Document, HEADING_WEIGHT, counts};
use crate::{FoundSection, SectionRow};

/// The usual constants: how soon more of the same stops counting, and how much length counts.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.75;

pub(super) fn search(tables: &Tables, terms: &[String], limit: u32) -> Vec<FoundSection> {
    let asked = asked(terms);
    let mut words = asked.concat();
    words.sort();
    words.dedup();
    let sections: Vec<(&String, &str, &SectionRow, Document)> = tables
        .articles
        .iter()
        .flat_map(|(slug, article)| {
            let document = |row: &SectionRow| Document::new(&article.title, &row.heading, &row.text);
            article.sections.iter().map(move |row| (slug, article.title.as_str(), row, document(row)))
        })
        .collect();
    let length = |document: &Document| number(document.heading.len() + document.text.len());
    let mean = sections.iter().map(|(.., document)| length(document)).sum::<f64>() / number(sections.len().max(1));
    let rarity = |word: &str| {
        let holding = sections.iter().filter(|(.., document)| document.contains(word)).count();
        (1.0 + (number(sections.len() - holding) + 0.5) / (number(holding) + 0.5)).ln()
    };
    let rarities: Vec<f64> = words.iter().map(|word| rarity(word)).collect();

    let mut found: Vec<FoundSection> = Vec::new();
    for (slug, title, row, document) in &sections {
        let (heading, text) = (counts(&document.heading), counts(&document.text));
        let often = |word: &str| {
            f64::from(*heading.get(word).unwrap_or(&0)) * HEADING_WEIGHT + f64::from(*text.get(word).unwrap_or(&0))
        };
        let damped = SATURATION * (1.0 - LENGTH + LENGTH * length(document) / mean.max(1.0));
        let score: f64 = words
            .iter()
            .zip(&rarities)
            .map(|(word, rarity)| rarity * often(word) * (SATURATION + 1.0) / (often(word) + damped))
            .sum();
        if words.iter().any(|word| document.contains(word)) {
            found.push(FoundSection {
                slug: (*slug).clone(),
                title: (*title).to_owned(),
                heading: row.heading.clone(),
                anchor: row.anchor.clone(),
                text: row.text.clone(),
                score,
                matched_terms: matched(&asked, document),
            });
        }
    }
    sort_found(&mut found);
    found.truncate(limit.clamp(1, FOUND_MAX) as usize);
    found
}

fn number(count: usize) -> f64 {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}
