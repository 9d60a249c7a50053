//! What a topic model looks at in a message: words without their endings, groups of letters, neighbours, and meanings.
//!
//! A meaning is a row of words for one thing (`lost`, `misplaced`, `stolen`), written by us in `meanings.txt`: from a
//! few examples no model can know that a card which was swallowed and one which was retained are in the same trouble.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::fold::Folded;

/// Tokens that are looked at; what a message is about is said by then.
const TOKENS_MAX: usize = 200;
/// Most marks of one message. One of 110 bytes has some 700.
pub const MARKS_MAX: usize = 8_192;
/// The longest word of which groups of letters are taken; what is longer is no word.
const WORD_LETTERS_MAX: usize = 24;
const GROUP_MIN: usize = 3;
const GROUP_MAX: usize = 5;
/// Runs of characters of a script without spaces.
const RUN_MAX: usize = 4;
/// How many words on two words still belong together.
const NEAR_MAX: usize = 5;
/// A word with more meanings than these says little by each.
const MEANINGS_MAX: usize = 8;

/// Kinds of marks. Each weighs the same in a message however many marks of it there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Stem,
    Letters,
    Pair,
    /// Two words of a stretch, in either order.
    Near,
    Meaning,
    /// Two meanings of a stretch, in either order.
    Meanings,
}

impl Kind {
    pub const COUNT: usize = 6;

    /// How much the kind counts beside the others.
    pub fn worth(self) -> f32 {
        match self {
            Self::Stem | Self::Letters | Self::Near | Self::Meaning | Self::Meanings => 1.0,
            Self::Pair => 0.7,
        }
    }
}

/// One mark, and the first and last token that it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub kind: Kind,
    pub hash: u32,
    pub(super) first: u16,
    pub(super) last: u16,
}

/// The marks of a text.
pub fn marks_of(text: &str) -> Vec<Mark> {
    marks(&Folded::new(text))
}

pub(super) fn marks(folded: &Folded) -> Vec<Mark> {
    let count = folded.tokens.len().min(TOKENS_MAX);
    let mut marking = Marking { folded, out: Vec::with_capacity(folded.text.len() * 6), letters: Vec::new() };
    let mut stem = String::new();
    let mut meanings: Vec<&[u16]> = Vec::with_capacity(count);
    let mut stems: Vec<u32> = Vec::with_capacity(count);
    for at in 0..count {
        if folded.tokens[at].ideograph {
            stem.clear();
            stem.push_str(folded.word(at));
            marking.run(at, count);
        } else {
            stem_into(folded.word(at), &mut stem);
            marking.word(at);
        }
        stems.push(hash(Kind::Stem, stem.chars().map(u32::from)));
        meanings.push(MEANINGS.get(stem.as_str()).map_or(&[], Vec::as_slice));
    }
    for at in 0..count {
        marking.push(Kind::Stem, stems[at], at, at);
        for meaning in meanings[at] {
            marking.push(Kind::Meaning, hash(Kind::Meaning, [u32::from(*meaning)]), at, at);
        }
        for other in at + 1..count.min(at + NEAR_MAX + 1) {
            if other == at + 1 {
                marking.push(Kind::Pair, hash(Kind::Pair, [stems[at], stems[other]]), at, other);
            }
            let two = [stems[at].min(stems[other]), stems[at].max(stems[other])];
            marking.push(Kind::Near, hash(Kind::Near, two), at, other);
            for one in meanings[at] {
                for beside in meanings[other].iter().filter(|beside| *beside != one) {
                    let two = [u32::from(*one.min(beside)), u32::from(*one.max(beside))];
                    marking.push(Kind::Meanings, hash(Kind::Meanings, two), at, other);
                }
            }
        }
    }
    marking.out
}

struct Marking<'a> {
    folded: &'a Folded,
    out: Vec<Mark>,
    letters: Vec<char>,
}

impl Marking<'_> {
    fn push(&mut self, kind: Kind, hash: u32, first: usize, last: usize) {
        if self.out.len() < MARKS_MAX {
            let place = |token| u16::try_from(token).unwrap_or(u16::MAX);
            self.out.push(Mark { kind, hash, first: place(first), last: place(last) });
        }
    }

    /// Groups of letters in a word, with its edges.
    fn word(&mut self, at: usize) {
        let mut letters = std::mem::take(&mut self.letters);
        letters.clear();
        letters.push(' ');
        letters.extend(self.folded.word(at).chars().take(WORD_LETTERS_MAX));
        letters.push(' ');
        for length in GROUP_MIN..=GROUP_MAX {
            for group in letters.windows(length) {
                self.push(Kind::Letters, hash(Kind::Letters, group.iter().map(|letter| u32::from(*letter))), at, at);
            }
        }
        self.letters = letters;
    }

    /// Runs of characters of a script without spaces, beginning here.
    fn run(&mut self, at: usize, count: usize) {
        for last in at..count.min(at + RUN_MAX) {
            if !self.folded.tokens[last].ideograph {
                return;
            }
            let letters = (at..=last).flat_map(|token| self.folded.word(token).chars()).map(u32::from);
            self.push(Kind::Letters, hash(Kind::Letters, letters), at, last);
        }
    }
}

/// FNV-1a over numbers, mixed at the end, since tables use the low bits.
fn hash(kind: Kind, numbers: impl IntoIterator<Item = u32>) -> u32 {
    let from = 0x811c_9dc5 ^ (kind as u32 + 1).wrapping_mul(0x9e37_79b1);
    let sum = numbers.into_iter().fold(from, |sum, number| (sum ^ number).wrapping_mul(0x85eb_ca6b).rotate_left(13));
    let mixed = (sum ^ sum >> 16).wrapping_mul(0xc2b2_ae35);
    mixed ^ mixed >> 15
}

/// The rows of words, by the stem of each word: the numbers of the rows that it stands in.
static MEANINGS: LazyLock<HashMap<String, Vec<u16>>> = LazyLock::new(|| {
    let mut rows_of: HashMap<String, Vec<u16>> = HashMap::new();
    let mut stem = String::new();
    for (row, line) in (0_u16..).zip(include_str!("meanings.txt").lines()) {
        for word in line.split(' ') {
            stem_into(word, &mut stem);
            let rows = rows_of.entry(stem.clone()).or_default();
            if rows.last() != Some(&row) && rows.len() < MEANINGS_MAX {
                rows.push(row);
            }
        }
    }
    rows_of
});

/// Endings, what stands in their place, and how many letters must be left. The first that fits is taken.
const ENDINGS: [(&str, &str, usize); 12] = [
    ("ications", "icat", 3),
    ("ation", "at", 3),
    ("ations", "at", 3),
    ("ments", "ment", 3),
    ("ies", "y", 2),
    ("sses", "ss", 2),
    ("ing", "", 3),
    ("ed", "", 3),
    ("es", "", 3),
    ("s", "", 3),
    ("ly", "", 3),
    ("er", "", 3),
];
/// Words of so many letters have no endings.
const SHORT_MAX: usize = 3;

/// A word without its ending, as English forms them; plurals of several other languages are met by the same rules.
fn stem_into(word: &str, stem: &mut String) {
    stem.clear();
    stem.push_str(word);
    if word.len() <= SHORT_MAX || !word.is_ascii() {
        return;
    }
    let kept = |ending: &str| ending == "s" && ["ss", "us", "is"].iter().any(|whole| word.ends_with(whole));
    let ending = ENDINGS
        .iter()
        .find(|(ending, _, left)| word.ends_with(ending) && word.len() >= ending.len() + left && !kept(ending));
    if let Some((ending, instead, _)) = ending {
        stem.truncate(word.len() - ending.len());
        stem.push_str(instead);
    }
    // `stopped` is `stop`, and `install` stays as it is.
    if let [.., before, last] = stem.as_bytes()
        && stem.len() > SHORT_MAX
        && before == last
        && !b"lsz".contains(last)
    {
        stem.pop();
    }
    if stem.len() > SHORT_MAX && stem.ends_with('e') {
        stem.pop();
    }
    if stem.len() > SHORT_MAX && stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(word: &str) -> String {
        let mut stem = String::new();
        stem_into(word, &mut stem);
        stem
    }

    #[test]
    fn a_word_is_known_with_any_of_its_endings() {
        for [one, other] in
            [["cancelled", "cancel"], ["stopped", "stop"], ["deliveries", "delivery"], ["charging", "charge"]]
        {
            assert_eq!(stem(one).trim_end_matches('l'), stem(other).trim_end_matches('l'), "{one} {other}");
        }
        assert_eq!([stem("pass"), stem("bus"), stem("card")], ["pass", "bus", "card"]);
    }

    #[test]
    fn two_words_for_one_thing_share_a_mark() {
        let of = |text: &str| -> Vec<u32> {
            marks_of(text).iter().filter(|mark| mark.kind == Kind::Meaning).map(|mark| mark.hash).collect()
        };
        let (one, other) = (of("misplaced"), of("stolen"));
        assert!(one.iter().any(|hash| other.contains(hash)));
        assert!(!one.iter().any(|hash| of("pizza").contains(hash)));
    }

    #[test]
    fn any_message_has_bounded_marks_and_a_script_without_spaces_has_some() {
        for piece in ["a ", "card lost money order now ", "人", "ไทย ", "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"] {
            assert!(marks_of(&piece.repeat(64 * 1024 / piece.len())).len() <= MARKS_MAX);
        }
        assert!(marks_of("我的包裹在哪里").len() > 10);
        assert!(marks_of("?!").is_empty());
    }
}
