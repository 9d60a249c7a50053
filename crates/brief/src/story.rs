//! What a brief is made from, and what it holds.

use std::collections::BTreeMap;

use baton_core::{AgentId, Seq, Timestamp, TopicId, Trigger};

/// Most sentences of a summary.
pub const SENTENCES_MAX: usize = 6;
/// Longest issue or sentence, in characters.
pub const SENTENCE_CHARS_MAX: usize = 240;

/// A message of the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub seq: Seq,
    pub at: Timestamp,
    pub author: LineAuthor,
    pub text: String,
}

/// Who wrote a message, and for a bot whether it had an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineAuthor {
    Customer,
    Bot { knew: bool },
    Agent(AgentId),
    System,
}

/// The conversation as a brief sees it.
#[derive(Debug, Clone, Copy)]
pub struct Story<'a> {
    /// Oldest first.
    pub lines: &'a [Line],
    pub triggers: &'a [Trigger],
    pub topic: Option<&'a TopicId>,
    pub attributes: &'a BTreeMap<String, String>,
    pub trigger_message: Option<Seq>,
    /// Older messages that are not given here.
    pub omitted: u64,
}

/// The context package that the agent gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// One line; empty only when the customer has written nothing.
    pub issue: Cited,
    pub why: Vec<Trigger>,
    pub tried: Vec<Tried>,
    pub summary: Summary,
    /// What to avoid asking again.
    pub known: Vec<Known>,
    /// How many messages the conversation has.
    pub messages: u64,
    /// The last message that the brief knows of.
    pub through: Seq,
    /// Not every message was read.
    pub truncated: bool,
}

/// A text and the messages it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    pub text: String,
    pub messages: Vec<Seq>,
}

/// An answer of the bot to a question of the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    pub question: Seq,
    pub answer: Seq,
    /// The answer, shortened.
    pub text: String,
    pub worked: TriedOutcome,
}

/// What became of the bot's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TriedOutcome {
    DidNotKnow,
    /// The customer asked the same again, or the bot said the same again.
    AskedAgain,
    Unclear,
}

/// The conversation in a few sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub sentences: Vec<Cited>,
    pub written_by: Writer,
}

/// Who wrote a summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Writer {
    /// Sentences of the conversation itself.
    Extractive,
    /// A language model, by its name.
    Model(String),
}

/// Something the customer has given already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// `email`, `phone`, `order`, or the attribute's name.
    pub what: String,
    pub value: String,
    /// The message it came from; none for attributes.
    pub message: Option<Seq>,
}
