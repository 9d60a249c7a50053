//! Our own text to learn from: patterns of messages in nineteen languages, and the messages that they make.
//!
//! A file a language under `texts/`. A line is one pattern: `+` begins a request for a person, `bot:` and other words
//! begin what only looks like one, `ordinary:` begins everything else. `(a|b)` is one of them, `{name}` one of a list
//! that stands above as `name = a|b`. The same seed makes the same messages.

use std::collections::{BTreeMap, BTreeSet};

use crate::chance::Chance;

/// The languages, with their patterns.
pub const LANGUAGES: [(&str, &str); 19] = [
    ("en", include_str!("texts/en.txt")),
    ("es", include_str!("texts/es.txt")),
    ("fr", include_str!("texts/fr.txt")),
    ("de", include_str!("texts/de.txt")),
    ("it", include_str!("texts/it.txt")),
    ("pt", include_str!("texts/pt.txt")),
    ("nl", include_str!("texts/nl.txt")),
    ("pl", include_str!("texts/pl.txt")),
    ("tr", include_str!("texts/tr.txt")),
    ("ru", include_str!("texts/ru.txt")),
    ("uk", include_str!("texts/uk.txt")),
    ("ar", include_str!("texts/ar.txt")),
    ("hi", include_str!("texts/hi.txt")),
    ("id", include_str!("texts/id.txt")),
    ("vi", include_str!("texts/vi.txt")),
    ("th", include_str!("texts/th.txt")),
    ("zh", include_str!("texts/zh.txt")),
    ("ja", include_str!("texts/ja.txt")),
    ("ko", include_str!("texts/ko.txt")),
];

/// The kind of a message that asks for a person; the others are what their patterns begin with.
pub const REQUEST: &str = "request";
pub const ORDINARY: &str = "ordinary";

/// A message that a pattern made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub text: String,
    pub language: &'static str,
    pub kind: &'static str,
    /// The number of the pattern: messages of one pattern are held out together.
    pub family: usize,
}

/// How many messages of one pattern, at most: many of a request's and of what looks like one, fewer of the rest.
#[derive(Debug, Clone, Copy)]
pub struct Amounts {
    pub request: usize,
    pub alike: usize,
    pub ordinary: usize,
}

/// Every pattern's messages, none of a pattern twice.
pub fn written(amounts: Amounts, seed: u64) -> Vec<Written> {
    let mut out = Vec::new();
    let mut family = 0;
    for (language, patterns) in LANGUAGES {
        let mut chance = Chance::new(seed ^ family as u64);
        let mut lists: BTreeMap<&str, &str> = BTreeMap::new();
        for line in patterns.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let Some((kind, pattern)) = kind_of(line) else {
                if let Some((name, alternatives)) = line.split_once(" = ") {
                    lists.insert(name.trim(), alternatives);
                }
                continue;
            };
            let most = match kind {
                REQUEST => amounts.request,
                ORDINARY => amounts.ordinary,
                _ => amounts.alike,
            };
            let mut told = BTreeSet::new();
            for _ in 0..most * 2 {
                if told.len() == most {
                    break;
                }
                let mut text = String::new();
                // Politeness and haste stand around every kind of message, or they would be taken for a request.
                let dressed = kind != REQUEST && chance.below(3) > 0;
                if dressed {
                    expand("{hi} ", &lists, &mut chance, &mut text, 0);
                }
                expand(pattern, &lists, &mut chance, &mut text, 0);
                if dressed {
                    let (gap, polite) = if lists.contains_key("pol") { ("", "{pol}") } else { (" ", "{please}") };
                    text.push_str(gap);
                    expand(polite, &lists, &mut chance, &mut text, 0);
                }
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",");
                if !text.is_empty() && told.insert(text.clone()) {
                    out.push(Written { text, language, kind, family });
                }
            }
            family += 1;
        }
    }
    out
}

/// Messages that teach nothing, written apart from the patterns to measure on: the language, `+` for a request, `-` for
/// what looks like one or `o` for an ordinary message, and the text.
pub fn unseen() -> impl Iterator<Item = (&'static str, char, &'static str)> {
    let lines = include_str!("texts/unseen.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let (language, rest) = line.split_once(' ')?;
        let (kind, text) = rest.split_once(' ')?;
        Some((language, kind.chars().next()?, text))
    })
}

fn kind_of(line: &'static str) -> Option<(&'static str, &'static str)> {
    if let Some(pattern) = line.strip_prefix("+ ") {
        return Some((REQUEST, pattern));
    }
    let (kind, pattern) = line.split_once(": ")?;
    kind.chars().all(|letter| letter.is_ascii_lowercase()).then_some((kind, pattern))
}

/// Lists may hold lists, and not themselves.
const DEPTH_MAX: usize = 8;

pub(crate) fn expand(pattern: &str, lists: &BTreeMap<&str, &str>, chance: &mut Chance, out: &mut String, depth: usize) {
    if depth > DEPTH_MAX {
        return;
    }
    let mut rest = pattern;
    while let Some(at) = rest.find(['(', '{']) {
        out.push_str(&rest[..at]);
        let opened = &rest[at..];
        let Some(end) = closing(opened) else { break };
        let inner = &opened[1..end];
        let alternatives = if opened.starts_with('(') { Some(inner) } else { lists.get(inner).copied() };
        let parts = split(alternatives.unwrap_or(inner));
        expand(parts[chance.below(parts.len())], lists, chance, out, depth + 1);
        rest = &opened[end + 1..];
    }
    out.push_str(rest);
}

/// Where what opens at the beginning closes.
fn closing(opened: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in opened.char_indices() {
        match letter {
            '(' | '{' => depth += 1,
            ')' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// At the bars that stand in no bracket.
fn split(alternatives: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0_usize, 0, Vec::new());
    for (at, letter) in alternatives.char_indices() {
        match letter {
            '(' | '{' => depth += 1,
            ')' | '}' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                parts.push(&alternatives[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&alternatives[from..]);
    parts
}

/// The text with a slip of the finger: a letter left out, doubled, changed for another, two swapped, or a space lost.
pub fn slipped(text: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 6 {
        return text.to_owned();
    }
    let at = 1 + chance.below(letters.len() - 2);
    match chance.below(5) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        3 => {
            let other = chance.below(letters.len());
            if letters[at].is_alphabetic() && letters[other].is_alphabetic() {
                letters[at] = letters[other];
            }
        }
        _ => match letters.iter().position(|letter| *letter == ' ') {
            Some(space) => {
                letters.remove(space);
            }
            None => letters.swap(at, at + 1),
        },
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEW: Amounts = Amounts { request: 3, alike: 3, ordinary: 3 };

    #[test]
    fn every_language_has_requests_what_looks_like_them_and_ordinary_messages() {
        let written = written(FEW, 1);
        for (language, _) in LANGUAGES {
            let kinds: BTreeSet<&str> = written.iter().filter(|w| w.language == language).map(|w| w.kind).collect();
            for kind in ["request", "bot", "past", "negated", "sense", "third", "conditional", "complaint", "hours"] {
                assert!(kinds.contains(kind), "{language} has no {kind}");
            }
            assert!(kinds.contains(ORDINARY), "{language}");
        }
    }

    #[test]
    fn patterns_leave_no_brackets_and_the_same_seed_makes_the_same_messages() {
        let once = written(FEW, 7);
        assert_eq!(once, written(FEW, 7));
        for one in &once {
            assert!(!one.text.contains(['(', ')', '{', '}', '|']), "{}: {}", one.language, one.text);
        }
    }
}
