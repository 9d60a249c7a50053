//! The topic: which of the deployment's topics a message speaks of, by their phrases.

use aho_corasick::BuildError;
use baton_core::{TopicGuess, TopicId};

use crate::fold::Folded;
use crate::phrases::{Phrases, needle};
use crate::policy::TopicDefinition;

/// What one more matched word leaves of the doubt.
const DOUBT_PER_WORD: f32 = 0.4;
/// Beyond this many words nothing is gained.
const WORDS_MAX: u32 = 8;
/// Letters that a plain plural adds.
const PLURALS: [&str; 4] = ["s", "es", "en", "n"];

/// The phrases of all topics.
pub(crate) struct Topics {
    ids: Vec<TopicId>,
    phrases: Phrases,
    /// For every phrase: its topic, and how many words it has.
    meaning: Vec<(usize, u32)>,
}

impl Topics {
    pub(crate) fn new(definitions: &[TopicDefinition]) -> Result<Self, BuildError> {
        let mut needles = std::collections::BTreeMap::new();
        for (topic, definition) in definitions.iter().enumerate() {
            for written in &definition.phrases {
                let (text, open_end) = needle(written);
                // Two ideographs make a word.
                let folded = Folded::new(&text);
                let ideographs = folded.tokens.iter().filter(|token| token.ideograph).count();
                let words =
                    u32::try_from(folded.tokens.len() - ideographs + ideographs.div_ceil(2)).unwrap_or(u32::MAX);
                if text.chars().next_back().is_some_and(|last| last.is_ascii_alphabetic()) && !open_end {
                    for plural in PLURALS {
                        needles.entry((format!("{text}{plural}"), false, topic)).or_insert(words);
                    }
                }
                needles.insert((text, open_end, topic), words);
            }
        }
        let meaning = needles.iter().map(|((_, _, topic), words)| (*topic, *words)).collect();
        let phrases = Phrases::new(needles.into_keys().map(|(text, open_end, _)| (text, open_end)))?;
        Ok(Self { ids: definitions.iter().map(|definition| definition.id.clone()).collect(), phrases, meaning })
    }

    /// The topic with the most matched words; the earlier one of equals.
    pub(crate) fn guess(&self, folded: &Folded) -> Option<TopicGuess> {
        let mut words = vec![0_u32; self.ids.len()];
        let mut seen = std::collections::BTreeSet::new();
        let mut found = self.phrases.find(folded);
        // The longest phrase counts, not also the shorter ones inside it; a phrase said twice counts once.
        found.sort_by_key(|hit| (std::cmp::Reverse(hit.end - hit.first), hit.first));
        let mut covered: Vec<Option<usize>> = vec![None; folded.tokens.len()];
        for hit in found {
            let (topic, count) = self.meaning[usize::from(hit.phrase)];
            let place = &mut covered[usize::from(hit.first)..usize::from(hit.end)];
            if place.iter().all(|held| held.is_none_or(|held| held != topic)) && seen.insert(hit.phrase) {
                words[topic] = words[topic].saturating_add(count);
            }
            place.fill(Some(topic));
        }
        let total: u32 = words.iter().fold(0, |sum, count| sum.saturating_add(*count));
        let (topic, most) =
            words.iter().copied().enumerate().max_by_key(|(topic, count)| (*count, usize::MAX - topic))?;
        if most == 0 {
            return None;
        }
        #[allow(clippy::cast_precision_loss)] // Counts of words in one message.
        let share = most as f32 / total as f32;
        let power = i32::try_from(most.min(WORDS_MAX)).unwrap_or(i32::MAX);
        Some(TopicGuess { topic: self.ids[topic].clone(), confidence: share * (1.0 - DOUBT_PER_WORD.powi(power)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics() -> Topics {
        let topic = |id: &str, phrases: &[&str]| TopicDefinition {
            id: TopicId::new(id).unwrap(),
            phrases: phrases.iter().map(|phrase| (*phrase).to_owned()).collect(),
        };
        Topics::new(&[
            topic("billing", &["invoice", "charged twice", "factura", "请款"]),
            topic("delivery", &["parcel", "delivery address", "address"]),
            topic("legal", &["lawyer", "sue*"]),
        ])
        .unwrap()
    }

    fn guess(text: &str) -> Option<(String, f32)> {
        topics().guess(&Folded::new(text)).map(|guess| (guess.topic.to_string(), guess.confidence))
    }

    #[test]
    fn a_topic_is_known_by_its_words_in_any_language() {
        assert_eq!(guess("Two INVOICES are wrong").unwrap().0, "billing");
        assert_eq!(guess("¿Dónde está mi factura?").unwrap().0, "billing");
        assert_eq!(guess("我要请款").unwrap().0, "billing");
        assert_eq!(guess("my lawyer will be in touch").unwrap().0, "legal");
        assert_eq!(guess("good morning"), None);
    }

    #[test]
    fn more_words_are_more_certain_and_rivals_less() {
        let one = guess("the invoice is wrong").unwrap().1;
        let two = guess("the invoice says I was charged twice").unwrap().1;
        let rival = guess("the invoice came with the parcel").unwrap().1;
        assert!(rival < one && one < two, "{rival} {one} {two}");
    }
}
