//! An agent's own desk: quick replies, reminders, searching, suggested answers, the day.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::conversation::ConversationSummary;

/// An answer that is written often, found by `/` and its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuickReplyView {
    pub shortcut: String,
    /// Markdown, with `{{customer.name}}`, `{{agent.name}}` and `{{queue}}` where they belong.
    pub text: String,
    /// From the configuration, for everybody; otherwise one's own.
    pub shared: bool,
    /// Only in conversations of these queues; none is everywhere.
    pub queues: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutQuickReply {
    /// At most 8,000 bytes.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReminderName {
    /// One's own, for later.
    FollowUp,
    /// A colleague named one in a note.
    Mention,
}

/// What one is to look at, from `due` on until one says that it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReminderView {
    pub id: Uuid,
    pub conversation: Uuid,
    pub kind: ReminderName,
    /// Whose words `note` are.
    pub made_by: String,
    pub made_by_name: String,
    pub due: i64,
    pub note: String,
    pub customer_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Made by the client: asking twice with the same id is once.
    pub id: Uuid,
    /// When to be reminded; within a year.
    pub due: i64,
    #[serde(default)]
    pub note: String,
}

/// A stretch of a text; what was looked for is marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PieceView {
    pub text: String,
    pub found: bool,
}

/// A text that was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FoundView {
    pub conversation: ConversationSummary,
    /// The event whose text it is.
    pub seq: u64,
    pub at: i64,
    /// Where it was found, with a little around it.
    pub pieces: Vec<PieceView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FoundPage {
    /// The newest first.
    pub items: Vec<FoundView>,
    /// False when so much was written since the last search that some of it is looked at by the next one.
    pub complete: bool,
}

/// A passage of the articles that may answer the customer. It is never sent by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SuggestedView {
    pub title: String,
    pub heading: String,
    pub text: String,
    /// Path of the article on this server.
    pub href: String,
}

/// One's own day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DayView {
    pub since: i64,
    /// Handoffs that one accepted since then.
    pub accepted: u32,
    /// Those of them that are over.
    pub handled: u32,
    /// From acceptance to the end of the wrap-up, of those; the middle one.
    pub handle_time_s: Option<u32>,
    pub surveys: u32,
    /// Of the surveys that were answered, 1 to 5.
    pub rating: Option<f64>,
}
