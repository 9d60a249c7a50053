//! Texts as the numbers of their pieces, the way the model was taught: word pieces, or unigrams.

use std::collections::HashMap;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest word that is cut into pieces, and longest piece.
const WORD_CHARS_MAX: usize = 100;
const PIECE_CHARS_MAX: usize = 32;
/// What stands for a space at the beginning of a word among unigrams.
const SPACE: char = '▁';
/// What a letter that is in no unigram costs.
const UNKNOWN_COST: f64 = -30.0;

/// The pieces that a model knows.
pub(crate) struct Vocabulary {
    numbers: HashMap<String, i64>,
    kind: Kind,
    first: i64,
    last: i64,
    unknown: i64,
}

enum Kind {
    /// The longest piece first; pieces within a word begin with `##`.
    Words { lower: bool },
    /// The likeliest way to cut the text: a score for each piece.
    Unigrams(HashMap<String, f64>),
}

impl Vocabulary {
    /// `vocab.txt`: a piece a line, its number is its place.
    pub(crate) fn from_lines(bytes: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
        let numbers = (0..).zip(text.lines()).map(|(number, piece)| (piece.to_owned(), number)).collect();
        Self::of_words(numbers, true)
    }

    /// `tokenizer.json`.
    pub(crate) fn from_json(bytes: &[u8]) -> Result<Self, String> {
        let whole: Value = serde_json::from_slice(bytes).map_err(|error| format!("it is not JSON: {error}"))?;
        let model = &whole["model"];
        match model["type"].as_str() {
            Some("WordPiece") => {
                let listed = model["vocab"].as_object().ok_or("its model.vocab is no object of pieces")?;
                let numbers =
                    listed.iter().filter_map(|(piece, number)| Some((piece.clone(), number.as_i64()?))).collect();
                Self::of_words(numbers, whole["normalizer"]["lowercase"].as_bool().unwrap_or(true))
            }
            Some("Unigram") => {
                let listed = model["vocab"].as_array().ok_or("its model.vocab is no list of pieces")?;
                let pieces = || listed.iter().map(|entry| (entry[0].as_str().unwrap_or_default(), &entry[1]));
                let numbers: HashMap<String, i64> =
                    (0..).zip(pieces()).map(|(number, (piece, _))| (piece.to_owned(), number)).collect();
                let scores = pieces().filter_map(|(piece, score)| Some((piece.to_owned(), score.as_f64()?))).collect();
                Self::new(numbers, Kind::Unigrams(scores), ["<s>", "</s>", "<unk>"])
            }
            Some(other) => Err(format!("its pieces are of the kind {other}; WordPiece and Unigram are known")),
            None => Err("it has no model.type".to_owned()),
        }
    }

    fn of_words(numbers: HashMap<String, i64>, lower: bool) -> Result<Self, String> {
        Self::new(numbers, Kind::Words { lower }, ["[CLS]", "[SEP]", "[UNK]"])
    }

    fn new(numbers: HashMap<String, i64>, kind: Kind, [first, last, unknown]: [&str; 3]) -> Result<Self, String> {
        let number = |piece: &str| numbers.get(piece).copied().ok_or_else(|| format!("the piece {piece} is missing"));
        let (first, last, unknown) = (number(first)?, number(last)?, number(unknown)?);
        Ok(Self { numbers, kind, first, last, unknown })
    }

    /// At most `max` numbers, the marks at both ends included.
    pub(crate) fn ids(&self, text: &str, max: usize) -> Vec<i64> {
        let mut ids = vec![self.first];
        match &self.kind {
            Kind::Words { lower } => {
                for word in words(text, *lower) {
                    self.cut(&word, &mut ids);
                    if ids.len() >= max {
                        break;
                    }
                }
            }
            Kind::Unigrams(scores) => self.likeliest(text, scores, &mut ids),
        }
        ids.truncate(max.saturating_sub(1).max(1));
        ids.push(self.last);
        ids
    }

    /// The longest piece first. A word with a part that nobody knows is unknown as a whole.
    fn cut(&self, word: &str, ids: &mut Vec<i64>) {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() > WORD_CHARS_MAX {
            ids.push(self.unknown);
            return;
        }
        let begun = ids.len();
        let mut at = 0;
        while at < letters.len() {
            let longest = (at + 1..=letters.len()).rev().find_map(|end| {
                let mut piece = if at > 0 { "##".to_owned() } else { String::new() };
                piece.extend(&letters[at..end]);
                self.numbers.get(&piece).map(|number| (*number, end))
            });
            let Some((number, end)) = longest else {
                ids.truncate(begun);
                ids.push(self.unknown);
                return;
            };
            ids.push(number);
            at = end;
        }
    }

    /// Viterbi's way through the text.
    fn likeliest(&self, text: &str, scores: &HashMap<String, f64>, ids: &mut Vec<i64>) {
        let mut letters: Vec<char> = Vec::with_capacity(text.len() + 1);
        for word in text.nfkc().collect::<String>().split_whitespace() {
            letters.push(SPACE);
            letters.extend(word.chars());
        }
        // The best score up to each place, where its last piece begins, and that piece's number.
        let mut best: Vec<(f64, usize, i64)> = vec![(f64::NEG_INFINITY, 0, self.unknown); letters.len() + 1];
        best[0].0 = 0.0;
        for at in 0..letters.len() {
            let mut piece = String::new();
            for end in at + 1..=letters.len().min(at + PIECE_CHARS_MAX) {
                piece.push(letters[end - 1]);
                let known = scores.get(&piece).zip(self.numbers.get(&piece));
                let (score, number) = match known {
                    Some((score, number)) => (*score, *number),
                    None if end == at + 1 => (UNKNOWN_COST, self.unknown),
                    None => continue,
                };
                if best[at].0 + score > best[end].0 {
                    best[end] = (best[at].0 + score, at, number);
                }
            }
        }
        let mut way = Vec::new();
        let mut at = letters.len();
        while at > 0 {
            way.push(best[at].2);
            at = best[at].1;
        }
        ids.extend(way.iter().rev());
    }
}

/// Words, with every mark and every ideograph a word of its own.
fn words(text: &str, lower: bool) -> Vec<String> {
    let plain: String = if lower {
        text.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
    } else {
        text.to_owned()
    };
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in plain.chars() {
        let alone = is_mark(letter) || is_ideograph(letter);
        if letter.is_whitespace() || letter.is_control() || alone {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if alone {
                words.push(letter.to_string());
            }
        } else {
            word.push(letter);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn is_mark(letter: char) -> bool {
    letter.is_ascii_punctuation()
        || matches!(letter, '¡' | '¿' | '«' | '»' | '·' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of() -> Vocabulary {
        Vocabulary::from_lines("[PAD]\n[UNK]\n[CLS]\n[SEP]\nplay\n##ing\n##s\nyou\n,\ncafe\n钱\n".as_bytes()).unwrap()
    }

    #[test]
    fn a_text_is_cut_into_the_longest_pieces_that_are_known() {
        assert_eq!(words_of().ids("Playing, you plays Café 钱", 20), [2, 4, 5, 8, 7, 4, 6, 9, 10, 3]);
        assert_eq!(words_of().ids("zebra playx you", 20), [2, 1, 1, 7, 3], "what nobody knows is one piece");
        assert_eq!(words_of().ids("you you you you", 4), [2, 7, 7, 3], "what is too long is cut off");
        assert_eq!(words_of().ids("", 4), [2, 3]);
    }

    #[test]
    fn unigrams_are_cut_the_likeliest_way() {
        let json = serde_json::json!({ "model": { "type": "Unigram", "vocab":
            [["<s>", 0.0], ["<pad>", 0.0], ["</s>", 0.0], ["<unk>", 0.0], ["▁play", -2.0], ["ing", -2.0], ["▁", -4.0], ["p", -5.0],
             ["▁p", -3.0], ["lay", -4.0]] } });
        let vocabulary = Vocabulary::from_json(json.to_string().as_bytes()).unwrap();
        assert_eq!(vocabulary.ids("playing play", 20), [0, 4, 5, 4, 2]);
        assert_eq!(vocabulary.ids("plaż", 20).len(), 6, "letters that are in no piece are unknown one by one");
    }

    #[test]
    fn an_admin_who_gives_another_vocabulary_is_told_what_is_wrong() {
        let said = |bytes: &[u8]| Vocabulary::from_json(bytes).err().expect("refused");
        assert!(said(b"[").starts_with("it is not JSON"));
        assert_eq!(
            said(br#"{"model":{"type":"BPE"}}"#),
            "its pieces are of the kind BPE; WordPiece and Unigram are known"
        );
        assert_eq!(said(br#"{"model":{"type":"WordPiece","vocab":{"a":1}}}"#), "the piece [CLS] is missing");
        assert!(Vocabulary::from_lines(b"\xff").is_err());
    }
}
