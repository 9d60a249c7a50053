//! Our own text about moods: who is frustrated with the service, who is upset about something else, who is neither.
//!
//! Patterns in nineteen languages (`texts/mood/`, written like those of [`crate::texts`]), single sentences
//! (`texts/frustration.txt` of the crate), and messages that teach nothing, to measure on. `+` is frustrated with the
//! service, `-` is not, `~` is upset about something else.

use std::collections::{BTreeMap, BTreeSet};

use crate::chance::Chance;
use crate::texts::expand;

/// The languages, with their patterns.
const PATTERNS: [(&str, &str); 19] = [
    ("en", include_str!("texts/mood/en.txt")),
    ("es", include_str!("texts/mood/es.txt")),
    ("fr", include_str!("texts/mood/fr.txt")),
    ("de", include_str!("texts/mood/de.txt")),
    ("it", include_str!("texts/mood/it.txt")),
    ("pt", include_str!("texts/mood/pt.txt")),
    ("nl", include_str!("texts/mood/nl.txt")),
    ("pl", include_str!("texts/mood/pl.txt")),
    ("tr", include_str!("texts/mood/tr.txt")),
    ("ru", include_str!("texts/mood/ru.txt")),
    ("uk", include_str!("texts/mood/uk.txt")),
    ("ar", include_str!("texts/mood/ar.txt")),
    ("hi", include_str!("texts/mood/hi.txt")),
    ("id", include_str!("texts/mood/id.txt")),
    ("vi", include_str!("texts/mood/vi.txt")),
    ("th", include_str!("texts/mood/th.txt")),
    ("zh", include_str!("texts/mood/zh.txt")),
    ("ja", include_str!("texts/mood/ja.txt")),
    ("ko", include_str!("texts/mood/ko.txt")),
];

/// A message and its mood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mood {
    pub text: String,
    pub language: &'static str,
    /// `+`, `-` or `~`.
    pub kind: char,
    /// The number of the pattern or sentence: what one pattern made is held out together.
    pub family: usize,
}

impl Mood {
    pub fn frustrated(&self) -> bool {
        self.kind == '+'
    }
}

/// At most so many messages of every pattern, none twice; the same seed makes the same.
pub fn patterned(most: usize, seed: u64) -> Vec<Mood> {
    let mut out = Vec::new();
    let mut family = 0;
    for (language, patterns) in PATTERNS {
        let mut chance = Chance::new(seed ^ family as u64);
        let mut lists: BTreeMap<&str, &str> = BTreeMap::new();
        for line in patterns.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let Some((kind, pattern)) = marked(line) else {
                if let Some((name, alternatives)) = line.split_once(" = ") {
                    lists.insert(name, alternatives);
                }
                continue;
            };
            let mut told = BTreeSet::new();
            for _ in 0..most * 2 {
                if told.len() == most {
                    break;
                }
                let mut text = String::new();
                expand(pattern, &lists, &mut chance, &mut text, 0);
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",");
                if !text.is_empty() && told.insert(text.clone()) {
                    out.push(Mood { text, language, kind, family });
                }
            }
            family += 1;
        }
    }
    out
}

/// The single sentences that teach.
pub fn sentences() -> Vec<Mood> {
    listed(include_str!("../texts/frustration.txt"))
}

/// Messages that teach nothing, written apart from the others, to measure on.
pub fn unseen() -> Vec<Mood> {
    listed(include_str!("../texts/frustration-unseen.txt"))
}

fn listed(text: &'static str) -> Vec<Mood> {
    let mut language = "";
    let mut out = Vec::new();
    for line in text.lines() {
        if let Some(section) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            language = section;
        } else if let Some((kind, said)) = marked(line) {
            out.push(Mood { text: said.to_owned(), language, kind, family: out.len() });
        }
    }
    out
}

fn marked(line: &str) -> Option<(char, &str)> {
    let (mark, said) = line.split_once(' ')?;
    let kind = ['+', '-', '~'].into_iter().find(|kind| mark == kind.encode_utf8(&mut [0; 4]))?;
    Some((kind, said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_both_moods_and_the_world_in_patterns_and_in_what_is_measured() {
        for (name, moods) in [("patterns", patterned(3, 1)), ("unseen", unseen())] {
            for (language, _) in PATTERNS {
                for kind in ['+', '-', '~'] {
                    let count = moods.iter().filter(|mood| mood.language == language && mood.kind == kind).count();
                    assert!(count >= 3, "{name}: {language} {kind}: {count}");
                }
            }
        }
        assert_eq!(patterned(3, 1), patterned(3, 1));
    }

    #[test]
    fn no_pattern_is_left_unfilled() {
        for mood in patterned(8, 2) {
            assert!(!mood.text.contains(['{', '}', '(', ')', '|']), "{}: {}", mood.language, mood.text);
        }
    }

    #[test]
    fn what_is_measured_on_is_not_taught() {
        let taught: BTreeSet<String> =
            sentences().into_iter().chain(patterned(60, 1)).map(|mood| mood.text.to_lowercase()).collect();
        let both: Vec<String> =
            unseen().into_iter().map(|mood| mood.text.to_lowercase()).filter(|text| taught.contains(text)).collect();
        // Single words such as "disaster" and "I see" stand in both; whole sentences must not.
        assert!(both.iter().all(|text| text.chars().count() <= 24), "{both:?}");
    }
}
