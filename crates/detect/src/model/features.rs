//! A text as features: hashed groups of letters inside words, words and runs of words, and what stands at the edges of a
//! clause. Scripts that write no spaces give runs of characters in the place of words.
//!
//! A feature never reaches over the end of a clause, and knows the tokens it came from.

use crate::fold::Folded;
use crate::work::looks_at;

/// Raised with every change to what a text is taken apart into: models of another version do not fit.
pub const FEATURES_VERSION: u16 = 1;
/// Most features of one text. A message of 110 bytes has some 500; what comes after these is not looked at.
pub const FEATURES_MAX: usize = 8_192;

/// The longest word of which groups of letters are taken; what is longer is no word.
const WORD_LETTERS_MAX: usize = 24;
/// Groups of letters inside a word, its edges counted as letters.
const GROUP_MIN: usize = 2;
const GROUP_MAX: usize = 5;
/// Runs of characters of a script without spaces.
const RUN_MAX: usize = 5;
/// Clauses of more tokens than this are all `long`.
const SHORT_CLAUSE_MAX: usize = 6;

/// One feature, and the tokens (of the folded text) that it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    pub hash: u32,
    pub(crate) first: u16,
    pub(crate) end: u16,
}

/// All features of a text, clause after clause.
#[derive(Debug, Clone, Default)]
pub struct Features {
    pub all: Vec<Feature>,
    /// Where each clause's features end in `all`.
    clause_ends: Vec<usize>,
}

/// The features of a text, as numbers: what a trainer needs.
pub fn features_of(text: &str) -> Vec<u32> {
    Features::new(&Folded::new(text)).all.into_iter().map(|feature| feature.hash).collect()
}

/// The features of each clause of a text: what a model that judges clauses learns from.
pub fn clauses_of(text: &str) -> Vec<Vec<u32>> {
    let features = Features::new(&Folded::new(text));
    features.clauses().map(|clause| clause.iter().map(|feature| feature.hash).collect()).collect()
}

impl Features {
    pub(crate) fn new(folded: &Folded) -> Self {
        let mut taking = Taking { folded, out: Vec::with_capacity(folded.text.len() * 4), letters: Vec::new() };
        let mut clause_ends = Vec::new();
        for (first, end) in folded.clauses() {
            taking.clause(first, end);
            clause_ends.push(taking.out.len());
            if taking.out.len() >= FEATURES_MAX {
                break;
            }
        }
        looks_at(taking.out.len());
        taking.out.truncate(FEATURES_MAX);
        if let Some(last) = clause_ends.last_mut() {
            *last = taking.out.len();
        }
        Self { all: taking.out, clause_ends }
    }

    /// The features of each clause.
    pub fn clauses(&self) -> impl Iterator<Item = &[Feature]> {
        let starts = std::iter::once(0).chain(self.clause_ends.iter().copied());
        starts.zip(&self.clause_ends).map(|(start, end)| &self.all[start..*end])
    }
}

/// What kind of feature a hash begins with: two kinds of one text are two features.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Letters = 1,
    Word = 2,
    Pair = 3,
    Triple = 4,
    /// Two words with one between them.
    Around = 5,
    Begins = 6,
    Ends = 7,
    Alone = 8,
    Length = 9,
    Run = 10,
}

struct Taking<'a> {
    folded: &'a Folded,
    out: Vec<Feature>,
    letters: Vec<char>,
}

impl Taking<'_> {
    fn clause(&mut self, first: usize, end: usize) {
        let mut at = first;
        while at < end && self.out.len() < FEATURES_MAX {
            if self.folded.tokens[at].ideograph {
                let run = self.folded.tokens[at..end].iter().take_while(|token| token.ideograph).count();
                self.run(at, at + run);
                at += run;
            } else {
                self.word(at);
                at += 1;
            }
        }
        self.words(first, end);
    }

    fn push(&mut self, hash: Hash, first: usize, end: usize) {
        let number = |value| u16::try_from(value).unwrap_or(u16::MAX);
        self.out.push(Feature { hash: hash.end(), first: number(first), end: number(end) });
    }

    /// Groups of letters in a word, with its edges.
    fn word(&mut self, at: usize) {
        let mut letters = std::mem::take(&mut self.letters);
        letters.clear();
        letters.push(' ');
        letters.extend(self.folded.word(at).chars().take(WORD_LETTERS_MAX));
        letters.push(' ');
        for start in 0..letters.len() {
            let mut hash = Hash::new(Kind::Letters);
            for (length, letter) in (1..=GROUP_MAX).zip(&letters[start..]) {
                hash = hash.letter(*letter);
                if length >= GROUP_MIN {
                    self.push(hash, at, at + 1);
                }
            }
        }
        self.letters = letters;
    }

    /// Runs of characters of a script without spaces.
    fn run(&mut self, first: usize, end: usize) {
        for start in first..end {
            let mut hash = Hash::new(Kind::Run);
            for last in start..end.min(start + RUN_MAX) {
                hash = self.folded.word(last).chars().fold(hash, Hash::letter);
                self.push(hash, start, last + 1);
            }
        }
    }

    /// Words, runs of words, and what the clause begins and ends with.
    fn words(&mut self, first: usize, end: usize) {
        let hashes: Vec<u32> = (first..end)
            .take(FEATURES_MAX)
            .map(|at| self.folded.word(at).chars().fold(Hash::new(Kind::Word), Hash::letter).end())
            .collect();
        let of = |kind, words: &[u32]| words.iter().fold(Hash::new(kind), |hash, word| hash.number(*word));
        for (offset, word) in hashes.iter().enumerate() {
            let at = first + offset;
            // A character of a script without spaces is a run of one already.
            if !self.folded.tokens[at].ideograph {
                self.push(of(Kind::Word, &[*word]), at, at + 1);
                if let Some(next) = hashes.get(offset + 1) {
                    self.push(of(Kind::Pair, &[*word, *next]), at, at + 2);
                    if let Some(third) = hashes.get(offset + 2) {
                        self.push(of(Kind::Triple, &[*word, *next, *third]), at, at + 3);
                        self.push(of(Kind::Around, &[*word, *third]), at, at + 3);
                    }
                }
            }
            if self.out.len() >= FEATURES_MAX {
                return;
            }
        }
        if let (Some(opening), Some(closing)) = (hashes.first(), hashes.last()) {
            self.push(of(Kind::Begins, &[*opening]), first, first + 1);
            self.push(of(Kind::Begins, &hashes[..hashes.len().min(2)]), first, (first + 2).min(end));
            self.push(of(Kind::Ends, &[*closing]), end - 1, end);
            self.push(of(Kind::Ends, &hashes[hashes.len().saturating_sub(2)..]), end.saturating_sub(2).max(first), end);
            if hashes.len() <= SHORT_CLAUSE_MAX {
                self.push(of(Kind::Alone, &hashes), first, end);
            }
            let length = u32::try_from(hashes.len().min(SHORT_CLAUSE_MAX + 1)).unwrap_or(u32::MAX);
            self.push(of(Kind::Length, &[length]), first, end);
        }
    }
}

/// A hash that is made letter by letter; the end mixes it, since models use its low bits.
#[derive(Debug, Clone, Copy)]
struct Hash(u32);

impl Hash {
    fn new(kind: Kind) -> Self {
        Self(0x811c_9dc5 ^ (kind as u32).wrapping_mul(0x9e37_79b1))
    }

    fn letter(self, letter: char) -> Self {
        self.number(u32::from(letter))
    }

    fn number(self, number: u32) -> Self {
        Self((self.0 ^ number).wrapping_mul(0x85eb_ca6b).rotate_left(13))
    }

    fn end(self) -> u32 {
        let mixed = (self.0 ^ self.0 >> 16).wrapping_mul(0xc2b2_ae35);
        mixed ^ mixed >> 15
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_gives_the_same_features_every_time_and_case_does_not_matter() {
        assert_eq!(features_of("I need a PERSON"), features_of("i need a person"));
        assert_ne!(features_of("I need a person"), features_of("I need a parcel"));
        assert!(features_of("").is_empty());
        assert!(features_of("?!").is_empty());
    }

    /// Weights that are shipped were made for these numbers: whoever changes them raises the version.
    #[test]
    fn the_numbers_of_this_version_stay_what_they_are() {
        let sum = |text: &str| features_of(text).iter().fold(0_u32, |sum, hash| sum.rotate_left(1) ^ hash);
        assert_eq!((FEATURES_VERSION, sum("agent, please"), sum("转人工 สวัสดี")), (1, 2_074_252_760, 1_761_069_397));
    }

    #[test]
    fn a_feature_stays_in_its_clause() {
        let features = Features::new(&Folded::new("not you, an agent"));
        assert_eq!(features.clauses().count(), 2);
        let first = features.clauses().next().unwrap();
        assert!(first.iter().all(|feature| feature.end <= 2));
    }

    #[test]
    fn a_text_without_end_gives_bounded_features() {
        for piece in ["a", "a ", "人", "agent, ", "ไทย"] {
            assert!(features_of(&piece.repeat(64 * 1024 / piece.len())).len() <= FEATURES_MAX);
        }
    }
}
