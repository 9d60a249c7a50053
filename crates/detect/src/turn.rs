//! What the detector is given: the customer's turn with everything around it that a signal or a rule may use.

use std::collections::BTreeMap;

use baton_core::{ChannelId, Language, Seq, Tier, Timestamp};

/// One customer turn.
pub struct Turn<'a> {
    pub text: &'a str,
    /// What was said before, oldest first.
    pub history: &'a [Past],
    pub channel: &'a ChannelId,
    pub tier: Option<&'a Tier>,
    /// What the conversation or the browser says; short texts keep it.
    pub language_hint: Option<Language>,
    pub attributes: &'a BTreeMap<String, Value>,
    pub now: Timestamp,
    /// IANA name; an unknown one counts as UTC.
    pub time_zone: &'a str,
    /// The verdict is computed the same way; the shell decides what it means then.
    pub person_in_control: bool,
}

/// The value of an attribute of the customer or the conversation.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Number(f64),
    Flag(bool),
}

/// A message before this turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    pub seq: Seq,
    pub author: PastAuthor,
    pub text: String,
}

/// Who wrote it, and for a bot whether it had an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PastAuthor {
    Customer,
    Bot { knew: bool },
    Agent,
}
