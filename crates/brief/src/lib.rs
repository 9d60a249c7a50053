//! What the agent gets: summary with citations, what was tried, redaction. Pure.
//!
//! [`compose`] makes a [`Brief`] from the conversation alone, the same one every time. A language model may write the
//! summary: [`prompt`] says what to ask it, redacted and marked as untrusted, and [`read_model_summary`] takes only
//! an answer whose every sentence cites messages that exist. Whoever calls the model is outside.

mod compose;
mod known;
mod personal;
mod prompt;
mod redact;
mod reply;
mod story;
mod text;

pub use compose::compose;
pub use prompt::{PROMPT_CHARS_MAX, Prompt, prompt};
pub use redact::{Redacted, RedactedKind, Redactor, redact};
pub use reply::{REPLY_BYTES_MAX, UnusableSummary, read_model_summary};
pub use story::{
    Brief, Cited, Known, Line, LineAuthor, SENTENCE_CHARS_MAX, SENTENCES_MAX, Story, Summary, Tried, TriedOutcome,
    Writer,
};
