//! Spelling: a word that is one slip of the finger from a known one.

use crate::work::looks_at;
use std::collections::{BTreeMap, HashMap};

/// Known words by what remains of them when one letter is left out: a slip is a shared remainder.
pub(crate) struct Spelling<T> {
    /// By the hash of the remainder, so that looking up a word needs no copies of it.
    remainders: HashMap<u64, (usize, T)>,
    swaps: BTreeMap<String, T>,
}

/// Shorter words have too many true neighbours; of those, only two letters changing places is a slip.
const LETTERS_MIN: usize = 5;
const SHORT: usize = 4;
const LETTERS_MAX: usize = 16;

/// True words that stand one letter from a known one.
const NOT_SLIPS: [&str; 69] = [
    "each",
    "gent",
    "oman",
    "bing",
    "sale",
    "path",
    "contract",
    "contracts",
    "prison",
    "persons",
    "peak",
    "steak",
    "sneak",
    "break",
    "manage",
    "managed",
    "manages",
    "taking",
    "walking",
    "asking",
    "charting",
    "cheating",
    "hatting",
    "context",
    "content",
    "intact",
    "teaching",
    "leaching",
    "beach",
    "peach",
    "teach",
    "roach",
    "event",
    "urgent",
    "personal",
    "humane",
    "humid",
    "serve",
    "operate",
    "operated",
    "consultants",
    "contacts",
    "chattering",
    "consist",
    "insist",
    "resist",
    "assists",
    "allowed",
    "advise",
    "advised",
    "advises",
    "stuff",
    "stiff",
    "export",
    "exports",
    "employer",
    "employed",
    "associated",
    "women",
    "womans",
    "walker",
    "worked",
    "owned",
    "serviced",
    "parson",
    "react",
    "preaching",
    "collected",
    "execute",
];

impl<T: Copy> Spelling<T> {
    pub(crate) fn new(words: BTreeMap<&str, T>) -> Self {
        let (mut remainders, mut swaps) = (HashMap::new(), BTreeMap::new());
        for (word, meaning) in words {
            let letters = word.chars().count();
            if letters >= LETTERS_MIN {
                for remainder in remainders_of(word) {
                    remainders.entry(remainder).or_insert((letters, meaning));
                }
            } else if letters == SHORT {
                for swapped in swaps_of(word) {
                    swaps.entry(swapped).or_insert(meaning);
                }
            }
        }
        Self { remainders, swaps }
    }

    pub(crate) fn correct(&self, word: &str) -> Option<T> {
        looks_at(word.len().min(LETTERS_MAX * LETTERS_MAX));
        let letters = word.chars().count();
        let correctable = (SHORT..=LETTERS_MAX).contains(&letters) && word.chars().all(char::is_alphabetic);
        if !correctable || NOT_SLIPS.contains(&word) {
            return None;
        }
        if letters == SHORT {
            // `tlak`, and `humn`: a letter lost from a word of five.
            let lost = || self.remainders.get(&whole(word)).filter(|(known, _)| *known == LETTERS_MIN);
            return self.swaps.get(word).copied().or_else(|| lost().map(|(_, meaning)| *meaning));
        }
        // A plural or a genitive is no slip: whether it means the same is for the tables to say.
        if word
            .strip_suffix('s')
            .is_some_and(|stem| self.remainders.get(&whole(stem)).is_some_and(|(known, _)| known + 1 == letters))
        {
            return None;
        }
        remainders_of(word).find_map(|remainder| {
            let (known, meaning) = self.remainders.get(&remainder)?;
            (known.abs_diff(letters) <= 1).then_some(*meaning)
        })
    }
}

/// The word with two neighbouring letters changed over.
fn swaps_of(word: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = word.chars().collect();
    (1..letters.len()).filter_map(move |at| {
        let mut swapped = letters.clone();
        swapped.swap(at - 1, at);
        (swapped != letters).then(|| swapped.into_iter().collect())
    })
}

/// The hash of the word itself and of the word without each of its letters.
fn remainders_of(word: &str) -> impl Iterator<Item = u64> + '_ {
    let without =
        word.char_indices().map(|(at, letter)| hash(word[..at].bytes().chain(word[at + letter.len_utf8()..].bytes())));
    std::iter::once(whole(word)).chain(without)
}

fn whole(word: &str) -> u64 {
    hash(word.bytes())
}

/// FNV-1a: two words with one hash would only be taken for slips of each other.
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_understood_and_another_word_is_not_mistaken() {
        let spelling = Spelling::new(BTreeMap::from([("agent", 1), ("operator", 2), ("contact", 3)]));
        assert_eq!(spelling.correct("opperator"), Some(2));
        assert_eq!(spelling.correct("agnet"), Some(1));
        assert_eq!(spelling.correct("operatr"), Some(2));
        assert_eq!(spelling.correct("contract"), None);
        assert_eq!(spelling.correct("garden"), None);
    }
}
