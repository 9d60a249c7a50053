//! Words of a text for searching, made once in Rust so that every database finds the same. Letters lose their case and
//! accents, plurals their ending; runs of Chinese, Japanese and Korean become single characters and pairs.

use std::collections::BTreeMap;

/// Longest word, in bytes; what is longer is no word that anybody asks for.
const WORD_BYTES_MAX: usize = 64;
/// Most words of a heading or a section that are indexed; an article's section is far shorter.
pub(crate) const WORDS_MAX: usize = 10_000;
/// How much more a word in a title or a heading counts.
pub(crate) const HEADING_WEIGHT: f64 = 3.0;

/// A section as the index sees it.
pub(crate) struct Document {
    /// Words of the article's title and the section's heading.
    pub(crate) heading: Vec<String>,
    pub(crate) text: Vec<String>,
}

impl Document {
    pub(crate) fn new(title: &str, heading: &str, text: &str) -> Self {
        let mut head = indexed(title);
        head.extend(indexed(heading));
        head.truncate(WORDS_MAX);
        Self { heading: head, text: indexed(text) }
    }

    pub(crate) fn contains(&self, word: &str) -> bool {
        self.heading.iter().chain(&self.text).any(|own| own == word)
    }
}

/// The words by which to search for what a text says: as [`crate::Tx::search`] compares them, each once, in order.
pub fn search_terms(text: &str) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    each_run(text, |run| match run {
        Run::Word(word) => terms.push(word),
        Run::Ideographs(characters) => match characters.as_slice() {
            [single] => terms.push(single.to_string()),
            several => terms.extend(several.windows(2).map(|pair| pair.iter().collect())),
        },
    });
    let mut seen = std::collections::BTreeSet::new();
    terms.retain(|term| seen.insert(term.clone()));
    terms
}

/// What somebody who types a query wants to find.
pub(crate) struct Wanted {
    /// Words that must occur, the longest first.
    pub(crate) whole: Vec<String>,
    /// The last word, which may go on: where words that begin so begin, and where they end.
    pub(crate) begun: Option<(String, String)>,
}

impl Wanted {
    pub(crate) fn of(query: &str, most: usize) -> Self {
        let mut runs = Vec::new();
        each_run(query, |run| match run {
            Run::Word(word) => runs.push((word, true)),
            Run::Ideographs(characters) => match characters.as_slice() {
                [single] => runs.push((single.to_string(), false)),
                several => runs.extend(several.windows(2).map(|pair| (pair.iter().collect(), false))),
            },
        });
        runs.truncate(most);
        let goes_on = query.chars().next_back().is_some_and(|last| is_mark(last) || last.is_alphanumeric());
        let begun = runs.pop_if(|(_, is_word)| *is_word && goes_on);
        let begun = begun.map(|(word, _)| {
            let beyond = format!("{word}\u{10ffff}");
            (word, beyond)
        });
        let mut whole: Vec<String> = runs.into_iter().map(|(word, _)| word).collect();
        whole.sort_by_key(|word| std::cmp::Reverse(word.len()));
        whole.dedup();
        Self { whole, begun }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.begun.is_none()
    }

    pub(crate) fn fits(&self, text: &str) -> bool {
        let words = indexed(text);
        let begins = |(begun, beyond): &(String, String)| words.iter().any(|word| word >= begun && word < beyond);
        self.whole.iter().all(|word| words.contains(word)) && self.begun.as_ref().is_none_or(begins)
    }

    fn names(&self, word: &str) -> bool {
        let begins = |(begun, beyond): &(String, String)| word >= begun.as_str() && word < beyond.as_str();
        self.whole.iter().any(|whole| whole == word) || self.begun.as_ref().is_some_and(begins)
    }
}

/// Each word of a text once, at most so many.
pub(crate) fn distinct(text: &str, most: usize) -> Vec<String> {
    let mut words = indexed(text);
    words.sort();
    words.dedup();
    words.truncate(most);
    words
}

/// Where in a text the words of a query stand, in bytes, in order.
pub fn places_found(text: &str, query: &str) -> Vec<std::ops::Range<usize>> {
    let wanted = Wanted::of(query, crate::sql::WANTED_MAX);
    let named = |piece: &str| {
        let mut found = false;
        each_run(piece, |run| match run {
            Run::Word(word) => found |= wanted.names(&word),
            Run::Ideographs(_) => {}
        });
        found
    };
    // Scripts without spaces are found by the characters that were asked for.
    let asked: std::collections::BTreeSet<char> = query.chars().filter(|sign| is_ideograph(*sign)).collect();
    let mut places = Vec::new();
    let mut word_from = None;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        let of_word = (sign.is_alphanumeric() && !is_ideograph(sign)) || is_mark(sign);
        match (word_from, of_word) {
            (None, true) => word_from = Some(at),
            (Some(from), false) => {
                if named(&text[from..at]) {
                    places.push(from..at);
                }
                word_from = None;
            }
            (None, false) | (Some(_), true) => {}
        }
        if asked.contains(&sign) {
            places.push(at..at + sign.len_utf8());
        }
    }
    places
}

fn indexed(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_run(text, |run| match run {
        Run::Word(word) => words.push(word),
        Run::Ideographs(characters) => {
            for (place, character) in characters.iter().enumerate() {
                words.push(character.to_string());
                if let Some(next) = characters.get(place + 1) {
                    words.push([*character, *next].iter().collect());
                }
            }
        }
    });
    words.truncate(WORDS_MAX);
    words
}

/// How often each word occurs.
pub(crate) fn counts(words: &[String]) -> BTreeMap<&str, u32> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word.as_str()).or_insert(0) += 1;
    }
    counts
}

enum Run {
    Word(String),
    Ideographs(Vec<char>),
}

fn each_run(text: &str, mut take: impl FnMut(Run)) {
    let mut word = String::new();
    let mut ideographs = Vec::new();
    let mut finish = |word: &mut String, ideographs: &mut Vec<char>| {
        if !word.is_empty() {
            let stemmed = stem(word);
            if stemmed.len() <= WORD_BYTES_MAX {
                take(Run::Word(stemmed));
            }
            word.clear();
        }
        if !ideographs.is_empty() {
            take(Run::Ideographs(std::mem::take(ideographs)));
        }
    };
    for character in text.chars() {
        if is_ideograph(character) {
            finish(&mut word, &mut Vec::new());
            ideographs.push(character);
        } else if character.is_alphanumeric() {
            finish(&mut String::new(), &mut ideographs);
            character.to_lowercase().for_each(|lower| fold(lower, &mut word));
        } else if !is_mark(character) {
            finish(&mut word, &mut ideographs);
        }
    }
    finish(&mut word, &mut ideographs);
}

/// Characters of scripts that are written without spaces.
fn is_ideograph(character: char) -> bool {
    matches!(u32::from(character),
        0x3041..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9D | 0x2_0000..=0x3_FFFF)
}

/// Combining accents, which a decomposed text writes after their letter.
fn is_mark(character: char) -> bool {
    matches!(u32::from(character), 0x0300..=0x036F)
}

/// A lower-case letter without its accent.
fn fold(letter: char, word: &mut String) {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => word.push('a'),
        'ç' | 'ć' | 'č' => word.push('c'),
        'ď' | 'đ' => word.push('d'),
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => word.push('e'),
        'ğ' => word.push('g'),
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => word.push('i'),
        'ł' => word.push('l'),
        'ñ' | 'ń' | 'ň' => word.push('n'),
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => word.push('o'),
        'ř' => word.push('r'),
        'ś' | 'š' | 'ş' | 'ș' => word.push('s'),
        'ť' | 'ţ' | 'ț' => word.push('t'),
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => word.push('u'),
        'ý' | 'ÿ' => word.push('y'),
        'ź' | 'ż' | 'ž' => word.push('z'),
        'ß' => word.push_str("ss"),
        'æ' => word.push_str("ae"),
        'œ' => word.push_str("oe"),
        mark if is_mark(mark) => {}
        other => word.push(other),
    }
}

/// Singular and plural of the languages that add an s are one word: `queues`, `queue`; `canales`, `canal`;
/// `policies`, `policy`. Cut until nothing changes, so that a stem is its own stem.
fn stem(word: &str) -> String {
    let mut stem = word.to_owned();
    loop {
        let shorter = shortened(&stem);
        if shorter == stem {
            return stem;
        }
        stem = shorter;
    }
}

fn shortened(word: &str) -> String {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) || word.len() < 4 {
        return word.to_owned();
    }
    if let Some(singular) = word.strip_suffix('s').filter(|singular| !singular.ends_with('s')) {
        return singular.to_owned();
    }
    if let Some(stem) = word.strip_suffix('e').filter(|stem| stem.len() >= 4) {
        return stem.to_owned();
    }
    if let Some(stem) = word.strip_suffix('y').filter(|stem| stem.len() >= 4) {
        return format!("{stem}i");
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> String {
        search_terms(text).join(" ")
    }

    #[test]
    fn case_accents_and_plurals_make_no_difference() {
        assert_eq!(asked("Contraseñas"), asked("contrasena"));
        assert_eq!(asked("QUEUES"), asked("queue"));
        assert_eq!(asked("canales"), asked("canal"));
        assert_eq!(asked("policies"), asked("policy"));
        assert_eq!(asked("Straße"), asked("strasse"));
        assert_eq!(asked("re\u{301}sume\u{301}"), asked("résumé"));
    }

    #[test]
    fn chinese_and_japanese_are_asked_by_pairs() {
        assert_eq!(asked("申请退款"), "申请 请退 退款");
        assert_eq!(asked("款"), "款");
        assert_eq!(asked("WiFiの設定"), "wifi の設 設定");
    }

    #[test]
    fn a_word_of_the_question_is_in_the_index_as_it_was_asked() {
        for text in
            ["How do I reset my addresses?", "lenses, buses and processes", "退款政策是什么", "¿Cómo cambio mi correo?"]
        {
            let document = Document::new("", "", text);
            for term in search_terms(text) {
                assert!(document.contains(&term), "{term} of {text}");
                assert_eq!(search_terms(&term), std::slice::from_ref(&term), "a term is its own term");
            }
        }
    }

    #[test]
    fn what_is_no_word_is_passed_over() {
        assert_eq!(asked(" -- !? '\"\\ "), "");
        assert_eq!(asked(&"x".repeat(100)), "");
    }
}
