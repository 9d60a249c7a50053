//! How well a passage answers, and whether that is enough to say "I know".
//!
//! Index scores grow and shrink with the corpus, so they only order what is found; knowing is decided by how much of
//! the question stands in the passage.

use std::collections::BTreeSet;

use baton_core::Language;

use super::Passage;
use super::terms::{Term, Words, terms};
use crate::reply::article_of;

/// A term that stands in more than this share of the articles found says little about any of them.
const COMMON_SHARE: f64 = 0.6;
/// With fewer articles than this nobody can say what is common.
const COMMON_ARTICLES_MIN: usize = 3;
const COMMON_WEIGHT: f64 = 0.5;
/// When no term that tells passages apart stands in the heading, this much more of the question must be covered.
const UNTITLED_PENALTY: f64 = 0.15;

/// A passage with how much of the question it covers.
#[derive(Debug)]
pub(super) struct Ranked {
    pub(super) passage: Passage,
    /// Of the whole query, 0 to 1.
    pub(super) coverage: f64,
    /// Of the terms of the message itself, without those of the message before.
    pub(super) own_coverage: f64,
    /// A telling term stands in the title or heading.
    titled: bool,
    rank: f64,
}

impl Ranked {
    /// Whether this is an answer rather than a neighbour of one.
    pub(super) fn answers(&self, coverage_min: f64) -> bool {
        let least = if self.titled { coverage_min } else { (coverage_min + UNTITLED_PENALTY).min(1.0) };
        self.coverage >= least && self.own_coverage >= coverage_min.min(0.5)
    }
}

/// The passages, best first. The first `own` terms are the message's, the others come from the message before.
pub(super) fn rank(passages: Vec<Passage>, terms: &[Term], own: usize, language: Language) -> Vec<Ranked> {
    let best_score = passages.iter().map(|passage| passage.score).filter(|score| score.is_finite()).fold(0.0, f64::max);
    let read: Vec<(Passage, Words, Words)> = passages
        .into_iter()
        // A passage in which the index itself saw no term is noise.
        .filter(|passage| passage.matched_terms > 0 || passage.query_terms == 0)
        .map(|passage| {
            let titles = format!("{}\n{}\n{}", passage.title, passage.heading, passage.slug);
            let all = Words::of(&format!("{titles}\n{}", passage.text));
            let titles = Words::of(&titles);
            (passage, titles, all)
        })
        .collect();
    let asked = Words::of(&terms.iter().map(|term| term.word.as_str()).collect::<Vec<_>>().join(" "));
    let common: Vec<bool> = terms.iter().map(|term| is_common(term, &read)).collect();
    let weight = |index: usize| terms[index].weight() * if common[index] { COMMON_WEIGHT } else { 1.0 };
    let share = |words: &Words, range: std::ops::Range<usize>| {
        let total: f64 = range.clone().map(weight).sum();
        let covered: f64 = range.map(|index| weight(index) * words.covers(&terms[index])).sum();
        if total > 0.0 { covered / total } else { 0.0 }
    };
    let mut ranked: Vec<Ranked> = read
        .into_iter()
        .map(|(passage, titles, all)| {
            let coverage = share(&all, 0..terms.len());
            let own_coverage = if own == 0 { coverage } else { share(&all, 0..own) };
            let titled = (0..terms.len()).any(|index| !common[index] && titles.covers(&terms[index]) >= 0.5);
            let score =
                if best_score > 0.0 && passage.score.is_finite() { passage.score.max(0.0) / best_score } else { 0.0 };
            let rank = coverage
                + 0.5 * own_coverage
                + 0.4 * share(&titles, 0..terms.len())
                + 0.3 * heading_asked(&passage.heading, &asked, language)
                + 0.2 * score;
            Ranked { passage, coverage, own_coverage, titled, rank }
        })
        .collect();
    ranked.sort_by(|one, other| other.rank.total_cmp(&one.rank));
    ranked
}

/// How much of a heading the question says: a heading that is the question itself is its answer's.
fn heading_asked(heading: &str, asked: &Words, language: Language) -> f64 {
    let heading = terms(heading, language);
    let total: f64 = heading.iter().map(Term::weight).sum();
    let said: f64 = heading.iter().map(|term| term.weight() * asked.covers(term)).sum();
    if total > 0.0 { said / total } else { 0.0 }
}

/// By articles, not passages: every section of the right article may hold the word that makes it the right one.
fn is_common(term: &Term, read: &[(Passage, Words, Words)]) -> bool {
    let articles: BTreeSet<&str> = read.iter().map(|(passage, _, _)| article_of(&passage.slug)).collect();
    if articles.len() < COMMON_ARTICLES_MIN {
        return false;
    }
    let holding: BTreeSet<&str> = read
        .iter()
        .filter(|(_, _, all)| all.covers(term) >= 0.5)
        .map(|(passage, _, _)| article_of(&passage.slug))
        .collect();
    #[allow(clippy::cast_precision_loss)] // A dozen articles.
    let share = holding.len() as f64 / articles.len() as f64;
    share > COMMON_SHARE
}

/// How much of the question a single line covers, for what a colleague wrote down.
pub(super) fn line_coverage(line: &str, terms: &[Term]) -> f64 {
    let words = Words::of(line);
    let total: f64 = terms.iter().map(Term::weight).sum();
    let covered: f64 = terms.iter().map(|term| term.weight() * words.covers(term)).sum();
    if total > 0.0 { covered / total } else { 0.0 }
}
