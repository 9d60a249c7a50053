//! Folding: a text as lower-case tokens without accents or width, each knowing where it stands in the original.
//!
//! Letters of scripts that write words apart form word tokens; every Han, Kana and similar character is a token of
//! its own. Clauses are numbered, so that a judgement about one does not reach into the next.

use crate::work::looks_at;
use baton_core::Span;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// What is looked at of a longer text; an honest request stands well within it.
pub(crate) const TEXT_BYTES_MAX: usize = 8 * 1024;

/// The first part of a text, cut on a character boundary.
pub(crate) fn head(text: &str, bytes_max: usize) -> &str {
    let mut end = text.len().min(bytes_max);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A word, or a single character of a script without spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// In the folded text.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// In the original text.
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) clause: u16,
    /// Clauses parted by commas only are one sentence.
    pub(crate) sentence: u16,
    /// A character of a script that writes no spaces.
    pub(crate) ideograph: bool,
}

/// A folded text. Tokens are parted by a space, clauses by a line end, ideographs by nothing.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    pub(crate) text: String,
    pub(crate) tokens: Vec<Token>,
    /// For every byte of `text`: the token it belongs to, or the one before the separator.
    token_at: Vec<u16>,
}

impl Folded {
    /// Folds at most the first [`TEXT_BYTES_MAX`] bytes.
    pub(crate) fn new(original: &str) -> Self {
        Folding::default().run(head(original, TEXT_BYTES_MAX))
    }

    /// The tokens that exactly cover these folded bytes; `open_end` lets the last token go on.
    pub(crate) fn tokens_of(&self, start: usize, end: usize, open_end: bool) -> Option<(usize, usize)> {
        let first = usize::from(*self.token_at.get(start)?);
        let last = usize::from(*self.token_at.get(end.checked_sub(1).filter(|last| *last >= start)?)?);
        let whole = self.tokens[first].start as usize == start && (open_end || self.tokens[last].end as usize == end);
        whole.then_some((first, last + 1))
    }

    pub(crate) fn word(&self, token: usize) -> &str {
        let token = self.tokens[token];
        &self.text[token.start as usize..token.end as usize]
    }

    /// Where a run of tokens stands in the original.
    pub(crate) fn span(&self, first: usize, end: usize) -> Option<Span> {
        let (first, last) = (self.tokens.get(first)?, self.tokens.get(end.checked_sub(1)?)?);
        Some(Span { start: first.from, end: last.to })
    }

    /// The runs of tokens that form a clause each, in order.
    pub(crate) fn clauses(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let mut next = 0;
        std::iter::from_fn(move || {
            let first = next;
            let clause = self.tokens.get(first)?.clause;
            next += self.tokens[first..].iter().take_while(|token| token.clause == clause).count();
            Some((first, next))
        })
    }
}

#[derive(Default)]
struct Folding {
    out: Folded,
    clause: u16,
    sentence: u16,
    /// Folded letters of the word being read, and where it began.
    word: String,
    from: usize,
}

/// What English joins to a word with an apostrophe; anything else after one is a word of its own (`l'agent`).
const JOINED: [&str; 7] = ["t", "s", "d", "ll", "re", "ve", "m"];

impl Folding {
    fn run(mut self, original: &str) -> Folded {
        self.out.text.reserve(original.len() + 16);
        let mut previous = ' ';
        looks_at(original.len());
        for (at, character) in original.char_indices() {
            let to = at + character.len_utf8();
            let rest = &original[to..];
            if character.is_ascii_alphanumeric() {
                if self.word.is_empty() {
                    self.from = at;
                }
                self.word.push(character.to_ascii_lowercase());
            } else if is_ideograph(character) {
                self.end_word(at);
                self.from = at;
                self.word.extend(fold(character));
                self.push(to, true);
            } else if character.is_alphanumeric() || is_combining_mark(character) {
                if self.word.is_empty() {
                    self.from = at;
                }
                self.word.extend(fold(character));
            } else if is_apostrophe(character) && !self.word.is_empty() && joins(rest) {
                // `don't` reads as one word, with or without its apostrophe.
            } else if !is_invisible(character) {
                self.end_word(at);
                if ends_clause(character, previous, rest) {
                    self.clause = self.clause.saturating_add(1);
                    let comma = matches!(character, ',' | '，' | '、' | '،');
                    self.sentence = self.sentence.saturating_add(u16::from(!comma));
                }
            }
            previous = character;
        }
        self.end_word(original.len());
        self.out
    }

    fn end_word(&mut self, at: usize) {
        if !self.word.is_empty() {
            self.push(at, false);
        }
    }

    fn push(&mut self, to: usize, ideograph: bool) {
        if self.word.is_empty() {
            return;
        }
        let out = &mut self.out;
        let index = u16::try_from(out.tokens.len()).unwrap_or(u16::MAX);
        if let Some(before) = out.tokens.last() {
            let separator = match (before.clause == self.clause, before.ideograph && ideograph) {
                (false, _) => "\n",
                (true, true) => "",
                (true, false) => " ",
            };
            out.text.push_str(separator);
        }
        let start = out.text.len();
        // A separator counts to the token before it; lookups only ask for bytes inside tokens.
        out.token_at.resize(start, index.saturating_sub(1));
        out.text.push_str(&self.word);
        out.token_at.resize(out.text.len(), index);
        out.tokens.push(Token {
            start: offset(start),
            end: offset(out.text.len()),
            from: offset(self.from),
            to: offset(to),
            clause: self.clause,
            sentence: self.sentence,
            ideograph,
        });
        self.word.clear();
    }
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// Lower case, compatibility forms (full width), without the accents of alphabets.
fn fold(character: char) -> impl Iterator<Item = char> {
    let mut folded = [None; 8];
    let mut used = 0;
    let mut keep = |part: char| {
        for low in part.to_lowercase() {
            let low = if low == 'ı' { 'i' } else { low };
            if used < folded.len() && !is_accent(low) {
                folded[used] = Some(low);
                used += 1;
            }
        }
    };
    // Hangul and Kana would fall apart into pieces that the phrase tables do not write.
    if matches!(character, '\u{ac00}'..='\u{d7a3}' | '\u{3040}'..='\u{30ff}') {
        keep(character);
    } else {
        decompose_compatible(character, keep);
    }
    folded.into_iter().flatten()
}

/// Accents of Latin, Greek and Cyrillic, and the vowel signs and hamzas of Arabic. Marks of Indic scripts are letters.
fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}

fn is_ideograph(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '\u{e00}'..='\u{eff}')
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '`' | '\u{b4}')
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0f}')
}

fn joins(rest: &str) -> bool {
    let end = rest.find(|character: char| !character.is_alphabetic()).unwrap_or(rest.len()).min(4);
    rest.get(..end).is_some_and(|suffix| JOINED.iter().any(|joined| suffix.eq_ignore_ascii_case(joined)))
}

fn ends_clause(character: char, previous: char, rest: &str) -> bool {
    match character {
        // A full stop or a colon inside `3.5`, `12:30` or `example.org` ends nothing.
        '.' | ',' | ':' => !(previous.is_alphanumeric() && rest.starts_with(char::is_alphanumeric)),
        '!' | '?' | ';' | '\n' | '\r' | '…' | '(' | ')' | '。' | '！' | '？' | '；' | '，' | '、' | '：' | '．'
        | '¿' | '¡' | '؟' | '،' | '؛' | '।' | '—' | '–' | '|' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let folded = Folded::new(text);
        (0..folded.tokens.len()).map(|token| folded.word(token).to_owned()).collect()
    }

    #[test]
    fn accents_case_and_width_do_not_matter() {
        assert_eq!(words("Señor ＡＧＥＮＴ İyi ё"), ["senor", "agent", "iyi", "е"]);
        assert_eq!(words("don’t l'agent"), ["dont", "l", "agent"]);
        assert_eq!(words("ペン가"), ["ペ", "ン", "가"]);
    }

    #[test]
    fn every_token_knows_its_place_in_the_original() {
        let text = "Olá, ＡＧＥＮＴ!";
        let folded = Folded::new(text);
        let span = folded.span(1, 2).unwrap();
        assert_eq!(&text[span.start as usize..span.end as usize], "ＡＧＥＮＴ");
    }

    #[test]
    fn clauses_end_at_punctuation_but_not_inside_numbers() {
        let folded = Folded::new("it cost 3.50 at 12:30. Why?");
        assert_eq!(folded.clauses().collect::<Vec<_>>(), [(0, 7), (7, 8)]);
    }
}
