//! What can be asked of a conversation over HTTP. Unknown fields are refused.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::brief::NeedsView;
use super::event::{DeclineCode, HandbackView};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartConversation {
    /// Made by the client: starting twice with the same id is once.
    pub id: Uuid,
    /// Customers give none: it is their session's.
    #[serde(default)]
    pub channel: Option<String>,
    /// BCP 47, the browser's.
    #[serde(default)]
    pub language: Option<String>,
    /// Address of the page the customer is on.
    #[serde(default)]
    pub page: Option<String>,
    /// Flat: text, numbers and flags by name; at most 50.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub attributes: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostMessage {
    /// 1 to 64 characters, unique in the conversation: sending twice is once.
    pub client_id: String,
    /// At most 16 KiB. Markdown for bots and agents, plain text for customers.
    pub text: String,
    /// Files that were uploaded for it, at most 10; the text may then be empty.
    #[serde(default)]
    pub attachments: Vec<Uuid>,
    /// The epoch the sender believes in; bots and agents must give it.
    #[serde(default)]
    pub epoch: Option<u64>,
    /// Bots: the customer's message that this answers.
    #[serde(default)]
    pub in_reply_to: Option<u64>,
    /// Bots: whether there was an answer; default true.
    #[serde(default)]
    pub knew: Option<bool>,
    /// Bots: the articles that the answer rests on, at most 10.
    #[serde(default)]
    pub sources: Vec<SourcePart>,
    /// Bots: buttons under the answer, at most 6.
    #[serde(default)]
    pub actions: Vec<ActionPart>,
    /// Bots: cards under the answer, at most 6.
    #[serde(default)]
    pub cards: Vec<CardPart>,
}

impl PostMessage {
    /// A text, and nothing else that only some may say.
    pub fn of_text(client_id: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            client_id: client_id.into(),
            text: text.into(),
            attachments: Vec::new(),
            epoch: None,
            in_reply_to: None,
            knew: None,
            sources: Vec::new(),
            actions: Vec::new(),
            cards: Vec::new(),
        }
    }
}

/// An article that an answer rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SourcePart {
    pub title: String,
    /// The article's name, with `#section` if need be.
    pub slug: String,
}

/// A button: it sends a text as if the customer had written it, or opens a page beside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionPart {
    /// At most 80 characters.
    pub label: String,
    /// What pressing it says; absent is the label. At most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// `https://…` or a path on this server, in place of `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

/// A card: something that is spoken of, with its own buttons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardPart {
    /// At most 120 characters.
    pub title: String,
    /// Plain text, at most 500 characters.
    #[serde(default)]
    pub text: String,
    /// Where its title leads: `https://…` or a path on this server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// At most 6.
    #[serde(default)]
    pub actions: Vec<ActionPart>,
}

/// Whether an answer helped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RateAnswer {
    /// The number of the bot's message.
    pub message: u64,
    /// Absent takes it back.
    #[serde(default)]
    pub helpful: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostNote {
    pub client_id: String,
    pub text: String,
    /// Colleagues who are told at once and may read the conversation and write notes in it until they are done; at most 10.
    #[serde(default)]
    pub mentions: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RaiseMarks {
    #[serde(default)]
    pub delivered: Option<u64>,
    #[serde(default)]
    pub read: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestHandoff {
    /// Made by the client: asking twice with the same id is once.
    pub handoff: Uuid,
    /// Bots must give it; an old one is refused with 409.
    #[serde(default)]
    pub epoch: Option<u64>,
    #[serde(default)]
    pub needs: NeedsView,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveContact {
    /// Exactly one of `email` and `phone`: with a number it asks to be called back.
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    /// May be empty with `phone`.
    #[serde(default)]
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineOffer {
    pub reason: DeclineCode,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The controlling agent's epoch; supervisors acting from outside give none.
    #[serde(default)]
    pub epoch: Option<u64>,
    /// Exactly one of `queue` and `agent`.
    #[serde(default)]
    pub queue: Option<String>,
    #[serde(default)]
    pub agent: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
    /// What it needs beside what it needed: skills with levels, priority, weight, topic, tier, language. Its queue and
    /// preferred agent are said by the target.
    #[serde(default)]
    pub needs: NeedsView,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandBack {
    pub epoch: u64,
    #[serde(default)]
    pub handback: HandbackView,
    /// Given here, there is no wrap-up.
    #[serde(default)]
    pub disposition: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseConversation {
    #[serde(default)]
    pub epoch: Option<u64>,
    #[serde(default)]
    pub disposition: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndWrapUp {
    #[serde(default)]
    pub disposition: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerSurvey {
    pub handoff: Uuid,
    /// 1 to 5.
    pub rating: u8,
    #[serde(default)]
    pub comment: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assign {
    pub agent: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePriority {
    /// −10 to 10.
    pub priority: i8,
    /// Goes on record.
    pub reason: String,
}

/// Asks what could be promised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckAvailability {
    #[serde(default)]
    pub needs: NeedsView,
}
