//! A text as the words that carry its meaning, comparable across inflection and accents.

use std::collections::BTreeSet;

use baton_core::Language;

use super::stop_words::{is_stop_word, without_particles};

/// How much of a customer's text is read for terms.
const TEXT_CHARS_MAX: usize = 2_000;
/// Most terms of a query; beyond them a text is a story, and its first words say what it is about.
pub(super) const TERMS_MAX: usize = 12;

/// One word that carries meaning or, in scripts without spaces, a run of characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// Lower case, as the index should look for it.
    pub(super) word: String,
    /// Without accents, for comparing.
    folded: String,
    run: bool,
}

impl Term {
    /// How much it counts among the terms of a query: a run holds several words.
    pub(super) fn weight(&self) -> f64 {
        if self.run {
            (f64::from(u16::try_from(self.folded.chars().count()).unwrap_or(u16::MAX)) / 2.0).max(1.0)
        } else {
            1.0
        }
    }
}

/// The distinct terms of a text, in the order in which they come.
pub(super) fn terms(text: &str, language: Language) -> Vec<Term> {
    let bounded: String = text.chars().take(TEXT_CHARS_MAX).collect();
    let mut terms: Vec<Term> = Vec::new();
    for piece in pieces(&bounded) {
        let found = match piece {
            Piece::Word(word) => {
                let word = word.to_lowercase();
                let folded = fold(&word);
                let letter = folded.chars().count() == 1 && !folded.starts_with(|letter: char| letter.is_ascii_digit());
                if letter || is_stop_word(&folded, language) {
                    continue;
                }
                vec![Term { word, folded, run: false }]
            }
            Piece::Run(run) => without_particles(&run)
                .into_iter()
                .map(|run| Term { folded: run.clone(), word: run, run: true })
                .collect(),
        };
        for term in found {
            if terms.len() < TERMS_MAX && !terms.iter().any(|known| known.folded == term.folded) {
                terms.push(term);
            }
        }
    }
    terms
}

/// The words of a passage, ready to be compared with terms.
#[derive(Debug, Default)]
pub(super) struct Words {
    folded: BTreeSet<String>,
    pairs: BTreeSet<(char, char)>,
    characters: BTreeSet<char>,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words = Self::default();
        for piece in pieces(text) {
            match piece {
                Piece::Word(word) => {
                    words.folded.insert(fold(&word.to_lowercase()));
                }
                Piece::Run(run) => {
                    words.pairs.extend(run.chars().zip(run.chars().skip(1)));
                    words.characters.extend(run.chars());
                }
            }
        }
        words
    }

    /// How much of the term stands here, 0 to 1; parts only for runs.
    pub(super) fn covers(&self, term: &Term) -> f64 {
        if term.run {
            let pairs: Vec<_> = term.folded.chars().zip(term.folded.chars().skip(1)).collect();
            if pairs.is_empty() {
                let one = term.folded.chars().next().is_some_and(|only| self.characters.contains(&only));
                return if one { 1.0 } else { 0.0 };
            }
            let found = pairs.iter().filter(|pair| self.pairs.contains(pair)).count();
            #[allow(clippy::cast_precision_loss)] // At most 2,000 characters.
            return found as f64 / pairs.len() as f64;
        }
        let stem: String = term.folded.chars().take(STEM_CHARS_MIN).collect();
        let same = self
            .folded
            .range(stem.clone()..)
            .take_while(|word| word.starts_with(&stem))
            .any(|word| same_word(word, &term.folded));
        if same { 1.0 } else { 0.0 }
    }
}

/// Shortest beginning that two forms of a word share.
const STEM_CHARS_MIN: usize = 3;
/// What is put behind a whole word: plural, past, adverb, noun.
const AFTER_WORD: &[&str] = &[
    "s", "es", "d", "ed", "ing", "ings", "ly", "ment", "ments", "ation", "ations", "e", "n", "en", "em", "ung", "ungen",
];
/// What changes behind a stem that is no word itself: `polic-y` and `polic-ies`, `instal-ar` and `instal-o`.
const AFTER_STEM: &[&str] = &[
    "a", "as", "o", "os", "e", "es", "i", "y", "ies", "ied", "ing", "ed", "er", "ers", "ation", "ations", "ion",
    "ions", "ar", "ir", "ando", "endo", "iendo", "ado", "ada", "ados", "adas", "acion", "aciones", "acao", "acoes",
    "azione", "azioni", "are", "ere", "ire", "ato", "ata", "ez", "ent", "ons", "ee", "ees", "n", "en", "t", "te",
    "ten", "ung", "ungen", "d",
];

/// Whether two folded words are forms of one word.
fn same_word(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let shared: usize = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let letters = one[..shared].chars().count();
    match (&one[shared..], &other[shared..]) {
        ("", ending) | (ending, "") => {
            // `set-ting`, `plan-ned`
            let doubled = ending.chars().next().filter(|first| one[..shared].ends_with(*first));
            let doubled = doubled.is_some_and(|first| matches!(&ending[first.len_utf8()..], "ing" | "ed"));
            let ends =
                AFTER_WORD.contains(&ending) && (letters > STEM_CHARS_MIN || matches!(ending, "s" | "ing" | "ed"));
            letters >= STEM_CHARS_MIN && (ends || doubled)
        }
        (one, other) => letters > STEM_CHARS_MIN && AFTER_STEM.contains(&one) && AFTER_STEM.contains(&other),
    }
}

enum Piece {
    Word(String),
    /// Characters of a script that puts no spaces between words.
    Run(String),
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut current = String::new();
    let mut in_run = false;
    let mut end = |current: &mut String, in_run: bool| {
        if !current.is_empty() {
            let text = std::mem::take(current);
            pieces.push(if in_run { Piece::Run(text) } else { Piece::Word(text) });
        }
    };
    for letter in text.chars() {
        let run = is_unspaced(letter);
        if run != in_run || !(run || letter.is_alphanumeric()) {
            end(&mut current, in_run);
        }
        in_run = run;
        if run || letter.is_alphanumeric() {
            current.push(letter);
        }
    }
    end(&mut current, in_run);
    pieces
}

/// Han, kana and the marks that stand among them.
pub(super) fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3005}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Without the accents of the Latin languages and the vowel signs of Arabic, which people leave out when they type.
pub(super) fn fold(lower: &str) -> String {
    let mut folded = String::with_capacity(lower.len());
    for letter in lower.chars() {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' => folded.push('a'),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => folded.push('e'),
            // The last one is Turkish.
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => folded.push('i'),
            'ğ' => folded.push('g'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'š' | 'ś' | 'ş' => folded.push('s'),
            'ž' | 'ź' | 'ż' => folded.push('z'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            // Accents written as characters of their own, and the vowel signs of Arabic.
            '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' => {}
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, language: &str) -> Vec<String> {
        terms(text, Language::new(language).unwrap()).into_iter().map(|term| term.word).collect()
    }

    #[test]
    fn questions_are_reduced_to_what_they_are_about() {
        assert_eq!(words("How do I install Baton on Debian?", "en"), ["install", "baton", "debian"]);
        assert_eq!(words("¿Cómo puedo instalar el servidor?", "es"), ["instalar", "servidor"]);
        assert_eq!(words("Wie kann ich die Öffnungszeiten ändern?", "de"), ["öffnungszeiten", "ändern"]);
        assert_eq!(words("Comment puis-je changer l'adresse ?", "fr"), ["changer", "adresse"]);
        assert_eq!(words("Como posso cancelar a minha assinatura?", "pt"), ["cancelar", "assinatura"]);
        assert_eq!(words("Come posso cambiare la lingua?", "it"), ["cambiare", "lingua"]);
        assert_eq!(words("Hoe kan ik mijn wachtwoord wijzigen?", "nl"), ["wachtwoord", "wijzigen"]);
        assert_eq!(words("请问怎么重置密码？", "zh"), ["重置密码"]);
        assert_eq!(words("営業時間を変更するにはどうすればいいですか", "ja"), ["営業時間", "変更"]);
    }

    #[test]
    fn a_flood_of_words_is_cut() {
        let flood: String = (0..5_000).fold(String::new(), |flood, number| flood + &format!("word{number} "));
        assert_eq!(words(&flood, "en").len(), TERMS_MAX);
    }

    #[test]
    fn forms_of_a_word_are_found_and_other_words_are_not() {
        for (one, other) in [
            ("bot", "bots"),
            ("policy", "policies"),
            ("install", "installation"),
            ("configure", "configuration"),
            ("route", "routing"),
            ("add", "adding"),
            ("set", "setting"),
            ("plan", "planned"),
            ("set", "setting"),
            ("plan", "planned"),
            ("instalar", "instalo"),
            ("rechnung", "rechnungen"),
            ("konto", "konten"),
        ] {
            assert!(same_word(one, other) && same_word(other, one), "{one} {other}");
        }
        for (one, other) in
            [("custom", "customer"), ("hand", "handoff"), ("car", "care"), ("port", "portal"), ("web", "webhook")]
        {
            assert!(!same_word(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_run_is_found_in_parts() {
        let found = Words::of("密码可以在设置里重置");
        let [term] = &terms("重置密码", Language::new("zh").unwrap())[..] else { panic!("one run") };
        assert!(found.covers(term) > 0.6);
        assert!(Words::of("开放时间").covers(term) < 0.1);
    }
}
