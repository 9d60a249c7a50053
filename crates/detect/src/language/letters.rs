//! The languages that share a script, told apart by their letters: groups of one to four inside words, accents kept,
//! and the words themselves.

use std::sync::LazyLock;

use baton_core::Language;

use crate::fold::head;
use crate::model::Linear;

/// Trained by `baton-learn`; see the model card.
static LETTERS: LazyLock<Linear> = LazyLock::new(|| {
    Linear::from_bytes(include_bytes!("../../weights/language.model")).expect("the shipped weights fit this version")
});

/// What is looked at: more text makes nothing surer.
const TEXT_BYTES_MAX: usize = 240;
const WORD_LETTERS_MAX: usize = 20;
const GROUP_MAX: usize = 4;

/// The language and its share of certainty, if there is a letter.
pub(super) fn told(text: &str) -> Option<(Language, f32)> {
    let features = features(text);
    if features.is_empty() {
        return None;
    }
    let shares = LETTERS.shares(features.into_iter());
    let (class, share) = shares.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1))?;
    Some((Language::new(&LETTERS.classes().get(class)?.label)?, *share))
}

/// The features of the first part of a text, hashed.
pub fn features(text: &str) -> Vec<u32> {
    let mut out = Vec::new();
    let mut word: Vec<char> = Vec::new();
    for letter in head(text, TEXT_BYTES_MAX).chars().chain([' ']) {
        if letter.is_alphabetic() {
            if word.len() < WORD_LETTERS_MAX {
                word.extend(letter.to_lowercase());
            }
        } else if !matches!(letter, '\'' | '’') && !word.is_empty() {
            take(&word, &mut out);
            word.clear();
        }
    }
    out
}

fn take(word: &[char], out: &mut Vec<u32>) {
    let at = |place: usize| if place == 0 || place > word.len() { ' ' } else { word[place - 1] };
    for start in 0..word.len() + 2 {
        let mut hash = 0x811c_9dc5_u32;
        for (length, place) in (1..=GROUP_MAX).zip(start..word.len() + 2) {
            hash = mix(hash, at(place));
            if length > 1 || (1..=word.len()).contains(&start) {
                out.push(end(hash));
            }
        }
    }
    out.push(end(word.iter().fold(0x1234_5678, |hash, letter| mix(hash, *letter))));
}

fn mix(hash: u32, letter: char) -> u32 {
    (hash ^ u32::from(letter)).wrapping_mul(0x85eb_ca6b).rotate_left(13)
}

fn end(hash: u32) -> u32 {
    let mixed = (hash ^ hash >> 16).wrapping_mul(0xc2b2_ae35);
    mixed ^ mixed >> 15
}
