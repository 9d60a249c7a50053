//! What a bot says, and the ways in which it can fail.

use std::time::Duration;

use baton_core::TopicId;

use crate::egress::EgressFailure;
use crate::parts::Parts;
use crate::secret::{InvalidSigningSecret, Secret};

/// Longest text of a bot; a longer one is a fault of the bot, not something to send a customer.
pub const ANSWER_BYTES_MAX: usize = 16 * 1024;
/// Longest reason for which a bot asks for a person; more is cut, since the person matters more than the reason.
const REASON_CHARS_MAX: usize = 500;
/// How much is repeated of what a failing bot said.
const SAID_CHARS_MAX: usize = 300;

/// What a bot does with its turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BotReply {
    Answer(BotAnswer),
    AskPerson {
        /// To the customer, before the person comes.
        say: Option<String>,
        reason: String,
        topic: Option<TopicId>,
    },
    /// It will post its answer through the API, with the epoch and the message of the turn.
    Later,
}

/// An answer to the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotAnswer {
    /// Markdown.
    pub text: String,
    pub parts: Parts,
    /// `false` when the text says that the bot does not know.
    pub knew: bool,
}

/// An article that an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLink {
    pub title: String,
    pub slug: String,
}

/// The article of a `slug#section`.
pub(crate) fn article_of(slug: &str) -> &str {
    slug.split('#').next().unwrap_or(slug)
}

/// Why a bot gave no usable answer. The words are for administrators; they carry no secrets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BotFailure {
    #[error("{0}")]
    Unreachable(String),
    #[error("the bot did not answer within {0:?}")]
    TimedOut(Duration),
    #[error("the bot answered with status {status}: {said}")]
    Refused { status: u16, said: String },
    #[error("{0}")]
    Invalid(String),
}

/// Why a bot of the configuration cannot be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBot {
    #[error("the URL cannot be called: {0}")]
    Url(#[from] crate::egress::EgressRefused),
    #[error(transparent)]
    Secret(#[from] InvalidSigningSecret),
    #[error("the model's name is empty")]
    Model,
    #[error("the API key holds a character that no HTTP header can carry, such as a line break")]
    ApiKey,
}

impl From<EgressFailure> for BotFailure {
    fn from(failure: EgressFailure) -> Self {
        match failure {
            EgressFailure::TimedOut { limit, .. } => Self::TimedOut(limit),
            refused @ EgressFailure::Refused { .. } => Self::Unreachable(refused.to_string()),
            unreachable @ EgressFailure::Unreachable { .. } => Self::Unreachable(unreachable.to_string()),
            too_long @ EgressFailure::TooLong { .. } => Self::Invalid(too_long.to_string()),
        }
    }
}

impl BotFailure {
    /// A status that means no, with the beginning of what came with it and without the secret that we sent.
    pub(crate) fn refused(status: u16, body: &[u8], secret: Option<&Secret>) -> Self {
        let said = String::from_utf8_lossy(&body[..body.len().min(SAID_CHARS_MAX * 16)]);
        let said = secret.map_or_else(|| said.to_string(), |secret| secret.struck_from(&said));
        let said = one_line(&said, SAID_CHARS_MAX);
        Self::Refused { status, said: if said.is_empty() { "(nothing more)".to_owned() } else { said } }
    }
}

/// A request for a person, whatever the bot filled in: a strange topic or a missing reason costs nobody the person.
pub(crate) fn ask_person(say: Option<&str>, reason: Option<&str>, topic: Option<&str>) -> BotReply {
    let reason = one_line(reason.unwrap_or_default(), REASON_CHARS_MAX);
    BotReply::AskPerson {
        say: say.map(str::trim).filter(|say| !say.is_empty() && say.len() <= ANSWER_BYTES_MAX).map(str::to_owned),
        reason: if reason.is_empty() { "the bot gave no reason".to_owned() } else { reason },
        topic: topic.and_then(|topic| {
            TopicId::new(topic)
                .inspect_err(|error| tracing::warn!(%error, "a bot asked for a person with a topic"))
                .ok()
        }),
    }
}

/// `text` as an answer's text, or what is wrong with it.
pub(crate) fn usable_text<'a>(whose: &str, text: &'a str) -> Result<&'a str, BotFailure> {
    let text = text.trim();
    match text.len() {
        0 => Err(BotFailure::Invalid(format!("{whose} answered with an empty text"))),
        1..=ANSWER_BYTES_MAX => Ok(text),
        bytes => Err(BotFailure::Invalid(format!(
            "{whose} answered with a text of {bytes} bytes; at most {ANSWER_BYTES_MAX} can be sent"
        ))),
    }
}

/// At most `chars_max` characters of `text` in one line, without control characters.
pub(crate) fn one_line(text: &str, chars_max: usize) -> String {
    let mut line = String::new();
    let words =
        text.split(|letter: char| letter.is_whitespace() || letter.is_control()).filter(|word| !word.is_empty());
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        // One step beyond the limit is enough to know that something has to go.
        if line.len() > chars_max * 4 {
            break;
        }
    }
    match line.char_indices().nth(chars_max) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_failing_bot_said_fits_a_line_and_repeats_no_secret() {
        let key = Secret::new("sk-123");
        let failure = BotFailure::refused(401, b"{\n \"error\": \"key sk-123\x1b[2J is wrong\"}", Some(&key));
        assert_eq!(failure.to_string(), "the bot answered with status 401: { \"error\": \"key … [2J is wrong\"}");
        let BotFailure::Refused { said, .. } = BotFailure::refused(500, "ж".repeat(9_000).as_bytes(), None) else {
            panic!("a status is a refusal")
        };
        assert_eq!(said.chars().count(), SAID_CHARS_MAX + 1);
    }

    #[test]
    fn a_customer_gets_the_person_even_when_the_topic_is_nonsense() {
        let BotReply::AskPerson { say, reason, topic } = ask_person(Some("  "), None, Some("Not A Key")) else {
            panic!("it asked for a person")
        };
        assert_eq!((say, reason.as_str(), topic), (None, "the bot gave no reason", None));
    }
}
