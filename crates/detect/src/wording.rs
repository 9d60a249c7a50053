//! The wording of a message: its words and letters without what every message has, to be compared with another's.

mod concepts;

use std::cell::OnceCell;
use std::collections::HashSet;
use std::sync::LazyLock;

use self::concepts::Concepts;
use crate::fold::{Folded, head};
use crate::turn::Past;
use crate::work::looks_at;

/// What is compared of a message: a need is said early.
const WORDING_BYTES_MAX: usize = 600;
/// Fewer content words (or ideographs) than these say too little to be compared.
const WORDS_MIN: usize = 2;
const IDEOGRAPHS_MIN: usize = 4;
/// Words are compared by their beginnings, so that endings do not part them.
const STEM_CHARS: usize = 6;
/// The same need in wholly other words: enough to offer a person.
pub(crate) const OTHER_WORDS: f32 = 0.5;
/// More words of their own than these, and a message says something that the earlier one did not.
const OWN_WORDS_MAX: usize = 3;

/// A turn's text and its history, each message taken apart once and only when it is asked for.
pub(crate) struct Wordings<'a> {
    text: &'a str,
    of_text: OnceCell<Wording>,
    history: &'a [Past],
    of_past: Vec<OnceCell<Wording>>,
}

impl<'a> Wordings<'a> {
    pub(crate) fn new(history: &'a [Past], text: &'a str) -> Self {
        Self { text, of_text: OnceCell::new(), history, of_past: vec![OnceCell::new(); history.len()] }
    }

    pub(crate) fn history(&self) -> &'a [Past] {
        self.history
    }

    pub(crate) fn text(&self) -> &Wording {
        self.of_text.get_or_init(|| Wording::new(self.text))
    }

    /// Of the message at this place in the history.
    pub(crate) fn past(&self, index: usize) -> &Wording {
        self.of_past[index].get_or_init(|| Wording::new(&self.history[index].text))
    }
}

/// What a message says. Words and groups of letters are kept as numbers, in order: words by their hash, which for
/// the likeness of two messages is as good as the word.
#[derive(Debug, Clone)]
pub(crate) struct Wording {
    stems: Vec<u64>,
    grams: Vec<u64>,
    ideographs: usize,
    concepts: Concepts,
}

impl Wording {
    pub(crate) fn new(text: &str) -> Self {
        let folded = Folded::new(head(text, WORDING_BYTES_MAX));
        let mut wording = Self { stems: Vec::new(), grams: Vec::new(), ideographs: 0, concepts: Concepts::of(&folded) };
        let mut characters: Vec<char> = Vec::with_capacity(folded.text.len());
        // Two ideographs in a row are as good as a word.
        let mut before: Option<char> = None;
        for (index, token) in folded.tokens.iter().enumerate() {
            let word = folded.word(index);
            if token.ideograph {
                for ideograph in word.chars().filter(|ideograph| !SMALL_IDEOGRAPHS.contains(*ideograph)) {
                    wording.ideographs += 1;
                    wording.grams.push(packed([ideograph, ' ', ' ']));
                    wording.stems.extend(before.map(|before| packed([before, ideograph, ' '])));
                    before = Some(ideograph);
                }
                continue;
            }
            before = None;
            if STOPWORDS.contains(word) || word.chars().nth(1).is_none() {
                continue;
            }
            wording.stems.push(hash(word.chars().take(STEM_CHARS)));
            characters.push(' ');
            characters.extend(word.chars());
            characters.push(' ');
        }
        let grams = characters.windows(3).filter_map(|gram| <[char; 3]>::try_from(gram).ok());
        wording.grams.extend(grams.map(packed));
        for numbers in [&mut wording.stems, &mut wording.grams] {
            numbers.sort_unstable();
            numbers.dedup();
        }
        wording
    }

    /// Whether there is anything to compare.
    pub(crate) fn says_something(&self) -> bool {
        self.says_enough() || self.concepts != Concepts::default()
    }

    fn says_enough(&self) -> bool {
        if self.ideographs > 0 { self.ideographs >= IDEOGRAPHS_MIN } else { self.stems.len() >= WORDS_MIN }
    }

    /// 0 to 1: by the words, or by the need that both are known to name.
    pub(crate) fn sameness(&self, other: &Self) -> f32 {
        let own = self.stems.len() - shared(&self.stems, &other.stems);
        let short = if self.ideographs > 0 { 2 * OWN_WORDS_MAX } else { OWN_WORDS_MAX };
        let needed = if own <= short && self.concepts.same(other.concepts) { OTHER_WORDS } else { 0.0 };
        self.likeness(other).max(needed)
    }

    /// 0 to 1: shared words and shared letters, in equal parts.
    pub(crate) fn likeness(&self, other: &Self) -> f32 {
        if !self.says_enough() || !other.says_enough() {
            return 0.0;
        }
        dice(&self.stems, &other.stems).midpoint(dice(&self.grams, &other.grams))
    }
}

/// Three characters as one number: each has 21 bits.
fn packed(characters: [char; 3]) -> u64 {
    characters.into_iter().fold(0, |number, character| number << 21 | u64::from(u32::from(character)))
}

/// FNV-1a over characters.
fn hash(characters: impl Iterator<Item = char>) -> u64 {
    characters.fold(0xcbf2_9ce4_8422_2325, |hash, character| {
        (hash ^ u64::from(u32::from(character))).wrapping_mul(0x0100_0000_01b3)
    })
}

/// How many numbers two ordered rows share.
fn shared(one: &[u64], other: &[u64]) -> usize {
    looks_at(one.len() + other.len());
    let (mut at, mut beside, mut count) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.get(at), other.get(beside)) {
        count += usize::from(left == right);
        at += usize::from(left <= right);
        beside += usize::from(right <= left);
    }
    count
}

#[allow(clippy::cast_precision_loss)] // A message has some hundred words at most.
fn dice(one: &[u64], other: &[u64]) -> f32 {
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * shared(one, other) as f32 / all as f32 }
}

/// The same for scripts that write no spaces.
const SMALL_IDEOGRAPHS: &str =
    "我的了吗嗎怎么麼请請要想你您是在吧呢啊把给給这這那个個也都就和跟能可以没有不のはがをにでともかすまよねてたしい";

static STOPWORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| HashSet::from(SMALL_WORDS));

/// Words that say nothing of the need, in the languages with word tables.
const SMALL_WORDS: [&str; 172] = [
    "the", "and", "you", "your", "for", "can", "could", "would", "with", "that", "this", "have", "has", "how", "what",
    "when", "where", "why", "who", "is", "are", "was", "do", "does", "did", "to", "of", "in", "on", "at", "it", "its",
    "my", "me", "we", "us", "be", "an", "or", "if", "so", "but", "not", "dont", "no", "yes", "please", "hi", "hello",
    "hey", "thanks", "thank", "im", "ive", "id", "am", "there", "from", "about", "want", "need", "like", "know",
    "just", "still", "again", "already", "ok", "okay", "get", "help", "said", "asked", "el", "la", "los", "las", "un",
    "una", "de", "del", "que", "en", "por", "para", "con", "mi", "se", "es", "si", "como", "puedo", "quiero", "hola",
    "gracias", "favor", "le", "les", "des", "une", "et", "je", "vous", "pour", "dans", "est", "pas", "ne", "mon", "ma",
    "mes", "avec", "bonjour", "merci", "comment", "der", "die", "das", "und", "ich", "ist", "ein", "eine", "einen",
    "nicht", "mit", "wie", "kann", "mein", "meine", "bitte", "hallo", "danke", "zu", "auf", "o", "os", "as", "um",
    "uma", "da", "em", "meu", "minha", "eu", "nao", "ola", "obrigado", "il", "lo", "gli", "di", "che", "per", "non",
    "ho", "mio", "mia", "sono", "ciao", "grazie", "het", "een", "ik", "niet", "mijn", "hoe", "van", "voor", "met",
    "dat", "op",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> f32 {
        Wording::new(one).likeness(&Wording::new(other))
    }

    #[test]
    fn the_same_need_in_other_words_is_alike() {
        assert!(likeness("How do I cancel my subscription?", "I want to cancel the subscription please") > 0.9);
        assert!(likeness("¿Cómo cancelo mi suscripción?", "quiero cancelar la suscripción") > 0.55);
        assert!(likeness("怎么取消我的订单", "我要取消订单") > 0.9);
        assert!(likeness("注文をキャンセルしたいです", "注文のキャンセルはどうすればいいですか") > 0.55);
    }

    #[test]
    fn another_need_is_not() {
        assert!(likeness("How do I cancel my subscription?", "Where can I see the invoices of last year?") < 0.2);
        assert!(likeness("yes", "yes") < 0.1);
    }
}
