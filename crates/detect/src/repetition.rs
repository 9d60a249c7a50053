//! Repeated need: the customer asks the same again, in the same words or others.

mod concepts;

use std::collections::BTreeSet;

use baton_core::Seq;

use self::concepts::Concepts;
use crate::fold::{Folded, head};
use crate::turn::{Past, PastAuthor};

/// What is compared of a message: a need is said early.
const WORDING_BYTES_MAX: usize = 600;
/// How many earlier customer messages are compared.
const TURNS_MAX: usize = 20;
/// Fewer content words (or ideographs) than these say too little to be compared.
const WORDS_MIN: usize = 2;
const IDEOGRAPHS_MIN: usize = 4;
/// Words are compared by their beginnings, so that endings do not part them.
const STEM_CHARS: usize = 6;

/// The same need in wholly other words: enough to offer a person.
const OTHER_WORDS: f32 = 0.5;
/// A third time, however it is said, is enough to hand off.
const THIRD_TIME: f32 = 0.8;
/// More words of their own than these, and a message says something that the earlier one did not.
const OWN_WORDS_MAX: usize = 3;

/// The earlier messages that this one repeats.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Repeated {
    /// How closely, 0 to 1.
    pub(crate) value: f32,
    /// The closest one.
    pub(crate) like: Seq,
    /// Another one, when this is the third time.
    pub(crate) and: Option<Seq>,
}

/// What the customer says again after an answer, if anything.
pub(crate) fn repeated_need(history: &[Past], text: &str) -> Option<Repeated> {
    let wording = Wording::new(text);
    if !wording.says_enough() && wording.concepts == Concepts::default() {
        return None;
    }
    let mut answered = false;
    let mut compared = 0;
    // The message compared last that was like this one, before any answer came between: one attempt, not two.
    let mut attempt_open = false;
    let mut repeated: Option<Repeated> = None;
    for past in history.iter().rev() {
        match past.author {
            PastAuthor::Bot { .. } => {
                answered = true;
                attempt_open = false;
            }
            // What a person took care of is another stretch of the conversation.
            PastAuthor::Agent => break,
            PastAuthor::Customer if answered => {
                let value = wording.sameness(&Wording::new(&past.text));
                let again = value >= OTHER_WORDS && !attempt_open;
                attempt_open |= value >= OTHER_WORDS;
                repeated = match repeated {
                    Some(held) if held.value >= OTHER_WORDS && again => {
                        let (like, other) =
                            if value > held.value { (past.seq, held.like) } else { (held.like, past.seq) };
                        Some(Repeated { value: value.max(held.value).max(THIRD_TIME), like, and: Some(other) })
                    }
                    Some(held) if held.value >= value => Some(held),
                    Some(_) | None if value > 0.0 => Some(Repeated { value, like: past.seq, and: None }),
                    none => none,
                };
                compared += 1;
            }
            PastAuthor::Customer => compared += 1,
        }
        if compared == TURNS_MAX || repeated.as_ref().is_some_and(|repeated| repeated.and.is_some()) {
            break;
        }
    }
    repeated
}

/// What a message says, without the words that every message has.
pub(crate) struct Wording {
    stems: BTreeSet<String>,
    grams: BTreeSet<[char; 3]>,
    ideographs: usize,
    concepts: Concepts,
}

impl Wording {
    pub(crate) fn new(text: &str) -> Self {
        let folded = Folded::new(head(text, WORDING_BYTES_MAX));
        let mut wording =
            Self { stems: BTreeSet::new(), grams: BTreeSet::new(), ideographs: 0, concepts: Concepts::of(&folded) };
        let mut characters: Vec<char> = Vec::new();
        // Two ideographs in a row are as good as a word.
        let mut before: Option<char> = None;
        for (index, token) in folded.tokens.iter().enumerate() {
            let word = folded.word(index);
            if token.ideograph {
                let said = word.chars().filter(|ideograph| !SMALL_IDEOGRAPHS.contains(*ideograph));
                for ideograph in said {
                    wording.ideographs += 1;
                    wording.grams.insert([ideograph, ' ', ' ']);
                    wording.stems.extend(before.map(|before| String::from_iter([before, ideograph])));
                    before = Some(ideograph);
                }
                continue;
            }
            before = None;
            if STOPWORDS.contains(&word) || word.chars().count() < 2 {
                continue;
            }
            wording.stems.insert(word.chars().take(STEM_CHARS).collect());
            characters.push(' ');
            characters.extend(word.chars());
            characters.push(' ');
        }
        wording.grams.extend(characters.windows(3).filter_map(|gram| <[char; 3]>::try_from(gram).ok()));
        wording
    }

    fn says_enough(&self) -> bool {
        if self.ideographs > 0 { self.ideographs >= IDEOGRAPHS_MIN } else { self.stems.len() >= WORDS_MIN }
    }

    /// 0 to 1: by the words, or by the need that both are known to name.
    fn sameness(&self, other: &Self) -> f32 {
        let own = self.stems.difference(&other.stems).count();
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

#[allow(clippy::cast_precision_loss)] // A message has some hundred words at most.
fn dice<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f32 {
    let all = one.len() + other.len();
    if all == 0 {
        return 0.0;
    }
    2.0 * one.intersection(other).count() as f32 / all as f32
}

/// The same for scripts that write no spaces.
const SMALL_IDEOGRAPHS: &str =
    "我的了吗嗎怎么麼请請要想你您是在吧呢啊把给給这這那个個也都就和跟能可以没有不のはがをにでともかすまよねてたしい";

/// Words that say nothing of the need, in the languages with word tables.
const STOPWORDS: [&str; 172] = [
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
