//! Repeated need: the customer asks the same again, in the same words or others.

use baton_core::Seq;

use crate::failure::knew;
use crate::turn::PastAuthor;
use crate::wording::{OTHER_WORDS, Wordings};

/// How many earlier customer messages are compared.
const TURNS_MAX: usize = 20;
/// A third time, however it is said, is enough to hand off.
const THIRD_TIME: f32 = 0.8;
/// A second time after an answer, however it is said, is enough to offer a person and no more: the next question about
/// the same thing often sounds like the last one.
const SECOND_TIME: f32 = 0.58;
/// A second time after nothing but failures is what the bot asked for; its failures are counted elsewhere.
const TRIED_AGAIN: f32 = 0.4;

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
pub(crate) fn repeated_need(wordings: &Wordings<'_>) -> Option<Repeated> {
    if !wordings.text().says_something() {
        return None;
    }
    let mut answered = false;
    // Whether the bot had an answer since the message that is compared.
    let mut knew_since = false;
    let mut compared = 0;
    // The message compared last that was like this one, before any answer came between: one attempt, not two.
    let mut attempt_open = false;
    // A message like this one was met before.
    let mut alike = false;
    let mut repeated: Option<Repeated> = None;
    for (index, past) in wordings.history().iter().enumerate().rev() {
        match past.author {
            PastAuthor::Bot { .. } => {
                answered = true;
                knew_since |= knew(past);
                attempt_open = false;
            }
            // What a person took care of is another stretch of the conversation.
            PastAuthor::Agent => break,
            PastAuthor::Customer if answered => {
                let same = wordings.text().sameness(wordings.past(index));
                let value = same.min(if knew_since { SECOND_TIME } else { TRIED_AGAIN });
                let again = same >= OTHER_WORDS && !attempt_open;
                attempt_open |= same >= OTHER_WORDS;
                repeated = match repeated {
                    Some(held) if alike && again => {
                        let (like, other) =
                            if value > held.value { (past.seq, held.like) } else { (held.like, past.seq) };
                        Some(Repeated { value: value.max(held.value).max(THIRD_TIME), like, and: Some(other) })
                    }
                    Some(held) if held.value >= value => Some(held),
                    Some(_) | None if value > 0.0 => Some(Repeated { value, like: past.seq, and: None }),
                    none => none,
                };
                alike |= same >= OTHER_WORDS;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::turn::Past;

    fn repeats(answers: [&str; 2], attempts: usize) -> f32 {
        let mut history = Vec::new();
        for (seq, answer) in (0..).zip(&answers[..attempts - 1]) {
            let past = |seq, author, text: &str| Past { seq: Seq(seq), author, text: text.to_owned() };
            history.push(past(2 * seq + 1, PastAuthor::Customer, "Does the hotel have a fitness room?"));
            history.push(past(2 * seq + 2, PastAuthor::Bot { knew: true }, answer));
        }
        let wordings = Wordings::new(&history, "I asked whether the hotel has a fitness room");
        repeated_need(&wordings).map_or(0.0, |repeated| repeated.value)
    }

    #[test]
    fn trying_again_after_one_failure_is_no_reason_yet() {
        assert!(repeats(["Sorry, I didn't understand that.", ""], 2) < 0.48);
        assert!((0.48..0.6).contains(&repeats(["Breakfast is served from seven.", ""], 2)));
        assert!(repeats(["Breakfast is served from seven.", "The pool is open all day."], 3) >= 0.6);
    }
}
