//! What to search for: the terms of the message, and those of the one before when it only makes sense with them.

use baton_core::Language;

use super::small_talk::{normalised, small_talk};
use super::terms::{TERMS_MAX, Term, terms};
use crate::turn::{BotLineAuthor, BotTurn};

/// With this many terms of its own a message stands by itself, however it begins.
const OWN_TERMS_ENOUGH: usize = 4;
/// How many earlier messages of the customer are looked at for what a follow-up is about.
const EARLIER_MESSAGES_MAX: usize = 3;

/// Terms to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) terms: Vec<Term>,
    /// How many of them, from the first, are the message's own.
    pub(super) own: usize,
}

impl Query {
    /// As the index gets it.
    pub(super) fn text(&self) -> String {
        self.terms.iter().map(|term| term.word.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// The queries to try, in this order; none when the message and what came before it hold no term at all.
pub(super) fn queries(turn: &BotTurn) -> Vec<Query> {
    let own = terms(&turn.text, turn.language);
    let mut queries = Vec::new();
    if is_follow_up(&turn.text, own.len(), turn.language) {
        let earlier = earlier_terms(turn, &own);
        if !earlier.is_empty() {
            let count = own.len();
            let terms = own.iter().cloned().chain(earlier).take(TERMS_MAX).collect();
            queries.push(Query { terms, own: count });
        }
    }
    if !own.is_empty() {
        let count = own.len();
        queries.push(Query { terms: own, own: count });
    }
    queries
}

/// The terms of the last message that had any of its own, and of what that one in turn followed up.
fn earlier_terms(turn: &BotTurn, own: &[Term]) -> Vec<Term> {
    let mut found: Vec<Term> = Vec::new();
    let asked = turn.before().rev().filter(|line| line.author == BotLineAuthor::Customer);
    for line in asked.filter(|line| small_talk(&line.text).is_none()).take(EARLIER_MESSAGES_MAX) {
        let theirs = terms(&line.text, turn.language);
        let stands_alone = !is_follow_up(&line.text, theirs.len(), turn.language);
        for term in theirs {
            if !own.contains(&term) && !found.contains(&term) {
                found.push(term);
            }
        }
        if stands_alone {
            break;
        }
    }
    found
}

fn is_follow_up(text: &str, own_terms: usize, language: Language) -> bool {
    let said = normalised(text);
    let begins = openers(language).iter().any(|opener| said.starts_with(opener));
    let points_back = || {
        pointers(language).iter().any(|pointer| {
            if pointer.is_ascii() { said.split(' ').any(|word| word == *pointer) } else { said.contains(pointer) }
        })
    };
    match own_terms {
        0 => true,
        1 => begins || points_back(),
        2..OWN_TERMS_ENOUGH => begins,
        _ => false,
    }
}

/// Beginnings of a message that goes on from the one before; folded.
fn openers(language: Language) -> &'static [&'static str] {
    match language.as_str() {
        "es" => &["y ", "que pasa con ", "tambien ", "entonces ", "pero ", "o "],
        "fr" => &["et ", "qu en est il ", "aussi ", "alors ", "mais ", "ou "],
        "de" => &["und ", "was ist mit ", "wie ist es mit ", "wie sieht es mit ", "auch ", "aber ", "oder "],
        "pt" => &["e ", "tambem ", "entao ", "mas ", "ou "],
        "it" => &["e ", "ed ", "anche ", "allora ", "ma ", "o "],
        "nl" => &["en ", "hoe zit het met ", "ook ", "maar ", "of "],
        "zh" => &["那", "还有", "另外", "如果"],
        "ja" => &["では", "じゃあ", "それ", "あと", "また"],
        _ => &["and ", "what about ", "how about ", "what if ", "also ", "so ", "but ", "or ", "same for ", "then "],
    }
}

/// Words that stand for what was said before; folded.
fn pointers(language: Language) -> &'static [&'static str] {
    match language.as_str() {
        "es" => &["eso", "esto", "ese", "esa", "ello", "alli"],
        "fr" => &["ca", "cela", "celui", "celle", "y"],
        "de" => &["es", "damit", "dafur", "davon", "dort", "dazu"],
        "pt" => &["isso", "isto", "esse", "essa", "ali"],
        "it" => &["questo", "quello", "cio", "esso"],
        "nl" => &["het", "dit", "dat", "daar", "daarmee"],
        "zh" => &["它", "这个", "那个", "这样"],
        "ja" => &["それ", "これ", "そこ", "その"],
        _ => &["it", "that", "this", "them", "those", "these", "there"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follows(text: &str, language: &str) -> bool {
        let language = Language::new(language).unwrap();
        is_follow_up(text, terms(text, language).len(), language)
    }

    #[test]
    fn a_follow_up_is_told_from_a_question_of_its_own() {
        for (text, language) in [
            ("And on phones?", "en"),
            ("what about weekends", "en"),
            ("How do I delete it?", "en"),
            ("Why?", "en"),
            ("¿Y en el móvil?", "es"),
            ("Et le dimanche ?", "fr"),
            ("Und am Wochenende?", "de"),
            ("那周末呢？", "zh"),
            ("では週末は？", "ja"),
        ] {
            assert!(follows(text, language), "{text}");
        }
        for (text, language) in [
            ("Pricing", "en"),
            ("How do I install Baton?", "en"),
            ("And which opening hours hold on public holidays in winter?", "en"),
            ("¿En qué horario abren?", "es"),
            ("営業時間を教えてください", "ja"),
        ] {
            assert!(!follows(text, language), "{text}");
        }
    }
}
