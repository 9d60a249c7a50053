//! Repeated need: the customer asks the same again, in the same words or others.

use baton_core::Seq;

use crate::turn::PastAuthor;
use crate::wording::{OTHER_WORDS, Wordings};

/// How many earlier customer messages are compared.
const TURNS_MAX: usize = 20;
/// A third time, however it is said, is enough to hand off.
const THIRD_TIME: f32 = 0.8;

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
    let mut compared = 0;
    // The message compared last that was like this one, before any answer came between: one attempt, not two.
    let mut attempt_open = false;
    let mut repeated: Option<Repeated> = None;
    for (index, past) in wordings.history().iter().enumerate().rev() {
        match past.author {
            PastAuthor::Bot { .. } => {
                answered = true;
                attempt_open = false;
            }
            // What a person took care of is another stretch of the conversation.
            PastAuthor::Agent => break,
            PastAuthor::Customer if answered => {
                let value = wordings.text().sameness(wordings.past(index));
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
