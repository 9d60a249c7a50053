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
    /// What earlier turns came to.
    pub so_far: SoFar<'a>,
}

/// Nothing is known of whoever writes.
static NOTHING: BTreeMap<String, Value> = BTreeMap::new();

impl<'a> Turn<'a> {
    /// A message by itself: nothing was said before, and nothing is known of who wrote it.
    pub fn alone(text: &'a str, channel: &'a ChannelId) -> Self {
        Self {
            text,
            history: &[],
            channel,
            tier: None,
            language_hint: None,
            attributes: &NOTHING,
            now: Timestamp(0),
            time_zone: "UTC",
            person_in_control: false,
            so_far: SoFar::default(),
        }
    }
}

/// What earlier turns of the conversation came to, as far as it counts for this one.
#[derive(Debug, Clone, Copy, Default)]
pub struct SoFar<'a> {
    /// How displeased each earlier turn of the customer was since a person last had it, oldest first: see
    /// [`Verdict::displeasure`](baton_core::Verdict::displeasure).
    pub moods: &'a [f32],
    /// The last suggestion of a person that the customer declined.
    pub declined: Option<Declined>,
    /// What a model of the deployment's own past makes of the conversation up to this turn, 0 to 1.
    pub timing: Option<f32>,
}

/// A suggestion that the customer said no to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declined {
    pub at: Timestamp,
    /// The customer's messages since, the one at hand included.
    pub turns_since: u32,
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
