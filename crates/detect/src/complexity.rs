//! Complexity: several needs at once, a long back and forth, and questions of which the bot keeps knowing nothing.

use crate::failure::knew;
use crate::fold::Folded;
use crate::turn::{Past, PastAuthor};

/// From so many questions or orders in one message on, there are several needs.
const NEEDS_MANY: usize = 3;
/// A clause of fewer words orders nothing.
const CLAUSE_WORDS_MIN: usize = 4;
/// A message of so many words is a story.
const STORY_WORDS: usize = 120;
/// A conversation of so many customer turns is long; of twice as many, very.
const LONG_TURNS: usize = 8;
/// How far back the bot's answers are looked at.
const ANSWERS: usize = 6;

/// How hard the matter is for a bot, 0 to 1, and what says so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Complexity {
    pub value: f32,
    pub needs: usize,
    pub customer_turns: usize,
    /// Of the last answers, how many knew nothing.
    pub unanswered: usize,
}

/// The complexity of a turn in its conversation.
pub fn complexity(text: &str, history: &[Past]) -> Complexity {
    let folded = Folded::new(text);
    let needs = needs(text, &folded);
    let stretch = history.iter().rev().take_while(|past| past.author != PastAuthor::Agent);
    let customer_turns = 1 + stretch.clone().filter(|past| past.author == PastAuthor::Customer).count();
    let answers = stretch.filter(|past| matches!(past.author, PastAuthor::Bot { .. })).take(ANSWERS);
    let unanswered = answers.filter(|past| !knew(past)).count();
    let of = |count: usize, whole: usize| share(count, whole);
    // Each tells a part; together they weigh more than the strongest.
    let parts = [
        0.7 * of(needs.saturating_sub(1), NEEDS_MANY - 1),
        0.5 * of(folded.tokens.len(), STORY_WORDS),
        0.6 * of(customer_turns.saturating_sub(LONG_TURNS), LONG_TURNS),
        0.6 * of(unanswered, ANSWERS / 2),
    ];
    let doubt = parts.iter().fold(1.0, |doubt, part| doubt * (1.0 - part));
    Complexity { value: 1.0 - doubt, needs, customer_turns, unanswered }
}

fn share(count: usize, whole: usize) -> f32 {
    #[allow(clippy::cast_precision_loss)] // Words and turns.
    let share = count as f32 / whole as f32;
    share.min(1.0)
}

/// Sentences that ask or tell something of their own: questions, and sentences of some length.
fn needs(text: &str, folded: &Folded) -> usize {
    let questions = text.chars().filter(|character| matches!(character, '?' | '？' | '؟')).count();
    let mut sentences = 0;
    let mut at = 0;
    while let Some(first) = folded.tokens.get(at) {
        let words = folded.tokens[at..].iter().take_while(|token| token.sentence == first.sentence).count();
        let ideographs = folded.tokens[at..at + words].iter().filter(|token| token.ideograph).count();
        sentences += usize::from(words - ideographs + ideographs / 2 >= CLAUSE_WORDS_MIN);
        at += words;
    }
    // A story of many sentences around one question is one need.
    questions.max(sentences.div_ceil(3)).max(1)
}

#[cfg(test)]
mod tests {
    use baton_core::Seq;

    use super::*;

    fn past(seq: u64, author: PastAuthor, text: &str) -> Past {
        Past { seq: Seq(seq), author, text: text.to_owned() }
    }

    #[test]
    fn three_questions_at_once_are_harder_than_one() {
        let one = complexity("Where is my parcel?", &[]);
        let three = complexity("Where is my parcel? Can I change the address? And why was I charged twice?", &[]);
        assert_eq!((one.needs, three.needs), (1, 3));
        assert!(one.value < 0.1 && three.value > 0.6, "{} {}", one.value, three.value);
    }

    #[test]
    fn a_long_talk_with_a_bot_that_knows_nothing_gets_harder() {
        let mut history = Vec::new();
        for turn in 0..10 {
            history.push(past(2 * turn + 1, PastAuthor::Customer, "The lamp flickers"));
            history.push(past(2 * turn + 2, PastAuthor::Bot { knew: true }, "I'm sorry, I didn't understand that."));
        }
        let hard = complexity("It still flickers", &history);
        assert!(hard.value > 0.6, "{hard:?}");
        assert_eq!(hard.unanswered, ANSWERS);
        history.push(past(21, PastAuthor::Agent, "I am looking into it."));
        assert!(complexity("Thank you", &history).value < 0.2);
    }
}
