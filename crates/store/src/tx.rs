//! What can be read and written inside one transaction. Implemented over SQL (SQLite and PostgreSQL share the text) and
//! by the in-memory model; the contract suite runs on all three.

use std::collections::BTreeSet;

use baton_core::{
    AgentId, BotId, ChannelId, Conversation, ConversationId, CustomerId, HandoffId, QueueId, Recorded, Seq, Slot,
    Timestamp,
};

use uuid::Uuid;

use crate::StoreError;

/// The text of a message, note, notice answer or other personal data that belongs to one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The event it belongs to.
    pub seq: Seq,
    pub text: String,
    /// What else belongs to it, as JSON: a bot answer's sources, a handback's facts, a contact's address. `null` for none.
    pub extra: serde_json::Value,
}

/// One change of one conversation.
pub struct Append<'a> {
    pub conversation: ConversationId,
    /// The client-made id of the request, unique in the conversation: sending twice is once.
    pub client_id: Option<&'a str>,
    pub at: Timestamp,
    pub events: &'a [baton_core::Event],
    pub bodies: &'a [Body],
    pub before: &'a Conversation,
    /// The fold after `events`; the projections are computed from it. `before.seq` is the expected last number.
    pub after: &'a Conversation,
    /// The derived deadline after `events`.
    pub deadline: Option<Timestamp>,
}

/// What became of an append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    Done,
    /// Somebody else appended first; the conversation stands at `seq`. Nothing was written.
    Conflict {
        seq: Seq,
    },
    /// The same client id was written before, as the event `seq`. Nothing was written.
    Duplicate {
        seq: Seq,
    },
    /// The agent's slot is taken by another conversation. Nothing was written.
    SlotTaken {
        agent: AgentId,
        slot: Slot,
    },
}

/// One row of the head projection.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    pub conversation: ConversationId,
    pub seq: Seq,
    pub channel: ChannelId,
    pub bot: BotId,
    pub customer: CustomerId,
    /// `bot`, `queued`, `offered`, `agent` or `closed`.
    pub controller: ControllerKind,
    /// Who holds it or is asked.
    pub agent: Option<AgentId>,
    pub queue: Option<QueueId>,
    pub handoff: Option<HandoffId>,
    pub since: Option<Timestamp>,
    pub started_at: Timestamp,
    pub last_message_at: Timestamp,
    pub deadline: Option<Timestamp>,
    /// Whether a customer's message waits for the bot.
    pub bot_owes: bool,
    /// Whether a wrap-up is open.
    pub wrapping_up: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ControllerKind {
    Bot,
    Queued,
    Offered,
    Agent,
    Closed,
}

/// Which heads to list, newest `last_message_at` first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HeadFilter {
    /// Held by, offered to or wrapped up by this agent.
    pub agent: Option<AgentId>,
    /// Waiting in, offered from or held from one of these queues; `None` is any, also none.
    pub queues: Option<Vec<QueueId>>,
    pub customer: Option<CustomerId>,
    pub channels: Option<Vec<ChannelId>>,
    /// Only these controllers; empty is any.
    pub controllers: Vec<ControllerKind>,
    /// Only conversations that had this agent as the last one who accepted.
    pub last_agent: Option<AgentId>,
    /// Continue after this row: `last_message_at` and id of the last row seen.
    pub after: Option<(Timestamp, ConversationId)>,
    /// At most this many, 1 to 200.
    pub limit: u16,
}

/// What is known of a customer. Everything here is personal data and erasable.
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    pub id: CustomerId,
    pub channel: ChannelId,
    /// The identity that the site's backend vouched for; `None` for an anonymous customer. Unique in the channel.
    pub subject: Option<String>,
    pub name: Option<String>,
    pub email: Option<String>,
    pub tier: Option<String>,
    /// Flat JSON object of text, numbers and flags.
    pub attributes: serde_json::Map<String, serde_json::Value>,
    pub created_at: Timestamp,
}

/// A handoff as a row for lists and reports; written with every append that changes it.
#[derive(Debug, Clone, PartialEq)]
pub struct HandoffRow {
    pub handoff: HandoffId,
    pub conversation: ConversationId,
    pub queue: QueueId,
    pub requested_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// `open`, `handed_back`, `closed`, `abandoned`, `message_left`.
    pub outcome: String,
    /// Codes of the triggers, joined by commas.
    pub triggers: String,
    pub agent: Option<AgentId>,
    pub disposition: Option<String>,
    pub rating: Option<u8>,
    pub wrap_up_ended_at: Option<Timestamp>,
    /// What an agent thinks of when it came: `too_late` or `not_needed`.
    pub timing: Option<String>,
}

/// Turns kept to read of every policy in the shadow, the newest; and versions of the configuration that are counted.
pub const SHADOW_EXAMPLES_MAX: u32 = 500;
pub const SHADOW_VERSIONS_MAX: u64 = 50;

/// How a policy in the shadow judged a turn; kept to read when it differs from the live one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShadowJudgement {
    pub example: ShadowExample,
}

/// A turn that a policy in the shadow would have judged differently. Its text stays with the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShadowExample {
    pub shadow: String,
    /// The configuration that defined both policies.
    pub version: u64,
    pub conversation: ConversationId,
    pub message: Seq,
    pub at: Timestamp,
    pub live: baton_core::VerdictKind,
    pub would: baton_core::VerdictKind,
    /// What the shadow's verdict rests on, as JSON.
    pub record: String,
}

/// How many turns the live policy and one in the shadow judged so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShadowCount {
    pub shadow: String,
    pub version: u64,
    pub live: baton_core::VerdictKind,
    pub would: baton_core::VerdictKind,
    pub turns: u64,
}

/// What an agent declared, kept through restarts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentState {
    pub agent: AgentId,
    /// `available`, `away` or `offline`.
    pub availability: String,
    pub reason: Option<String>,
    pub changed_at: Timestamp,
    /// The end of the last assignment: the longest idle is asked first.
    pub idle_since: Timestamp,
}

/// How a person signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    pub agent: AgentId,
    pub email: String,
    /// PHC string of argon2.
    pub password_hash: String,
    pub changed_at: Timestamp,
}

/// A bearer's secret as stored: only its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    pub hash: [u8; 32],
    /// `session`, `customer_refresh`, `bot_key`.
    pub kind: TokenKind,
    /// The agent, customer or bot it speaks for.
    pub subject: String,
    /// Rows of one family end together (a refresh token and its successors).
    pub family: String,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    /// Set when it was exchanged for its successor.
    pub used_at: Option<Timestamp>,
    /// What people call it, for keys.
    pub label: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    Session,
    CustomerRefresh,
    BotKey,
    /// Sets a password, once.
    Invitation,
}

/// One version of the deployment's configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigVersion {
    pub version: u64,
    pub at: Timestamp,
    pub by: String,
    /// Why, in the words of whoever applied it.
    pub note: Option<String>,
    /// The document as it was applied.
    pub document: String,
}

/// How far a side has received and read, as event numbers; they only grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    pub customer_delivered: Seq,
    pub customer_read: Seq,
    pub staff_delivered: Seq,
    pub staff_read: Seq,
}

/// A conversation that was appended to, as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// Where in the whole log its last event of those that were looked at stands.
    pub position: u64,
    pub conversation: ConversationId,
    pub seq: Seq,
    /// Whether nobody has to do anything about it.
    pub at_rest: bool,
}

/// A running engine, as the others on the same database see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineRow {
    pub engine: Uuid,
    /// Grows while it lives. The others compare it with what they saw before, never with a clock.
    pub beat: u64,
    /// Who is connected to it.
    pub agents: BTreeSet<AgentId>,
}

/// A section of an article, as found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundSection {
    pub slug: String,
    pub title: String,
    pub heading: String,
    pub anchor: String,
    pub text: String,
    /// Higher is better; comparable within one answer only.
    pub score: f64,
    /// How many of the asked terms occur in the section.
    pub matched_terms: u32,
}

/// A section of an article, to be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionRow {
    pub heading: String,
    pub anchor: String,
    pub text: String,
}

/// An entry of the append-only audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    pub at: Timestamp,
    /// `agent:ana`, `bot:support`, `system`.
    pub who: String,
    pub action: String,
    pub what: String,
}

/// A file that was sent, without what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: Uuid,
    pub conversation: ConversationId,
    /// `customer:…`, `bot:…`, `agent:…`: whose it is until it belongs to a message.
    pub uploader: String,
    /// Made safe: a name without folders, controls or marks that turn the direction.
    pub name: String,
    /// What the bytes say they are.
    pub media_type: String,
    pub bytes: u64,
    pub created_at: Timestamp,
    /// The message that it belongs to.
    pub message: Option<Seq>,
}

/// What an agent writes often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuickReply {
    pub shortcut: String,
    pub text: String,
}

/// What an agent is to look at, from `due` on until it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    pub id: Uuid,
    pub agent: AgentId,
    pub conversation: ConversationId,
    pub kind: ReminderKind,
    pub made_by: AgentId,
    pub due: Timestamp,
    pub note: String,
    pub done_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReminderKind {
    /// Their own, for later.
    FollowUp,
    /// A colleague named them in a note and wants their word.
    Mention,
}

impl ReminderKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FollowUp => "follow_up",
            Self::Mention => "mention",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        [Self::FollowUp, Self::Mention].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Whose conversations are searched, and which.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MessageSearch {
    /// What somebody typed; every word must occur, the last one perhaps only begun.
    pub query: String,
    /// Those of these queues, or that this agent has or had; `None` is all.
    pub reach: Option<(AgentId, Vec<QueueId>)>,
    pub queue: Option<QueueId>,
    pub channel: Option<ChannelId>,
    /// Conversations that this agent has or had.
    pub agent: Option<AgentId>,
    /// Closed ones only, or open ones only.
    pub closed: Option<bool>,
    /// Written at or after.
    pub since: Option<Timestamp>,
    /// Written before.
    pub until: Option<Timestamp>,
    /// At most this many, 1 to 100; the newest first.
    pub limit: u16,
}

/// A text that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundText {
    pub conversation: ConversationId,
    pub seq: Seq,
    pub at: Timestamp,
    pub text: String,
}

/// Everything a transaction can do. Writes outside `store.write` are refused by the implementation.
pub trait Tx {
    // The log.
    /// Checks the expected number, the client id and the slots, then writes events, bodies and projections: all or nothing.
    fn append(&mut self, append: &Append<'_>) -> Result<Appended, StoreError>;
    /// Events after `after`, in order, at most `limit`.
    fn events(&mut self, conversation: ConversationId, after: Seq, limit: u32) -> Result<Vec<Recorded>, StoreError>;
    /// Bodies of events in `(after, through]`, in order.
    fn bodies(&mut self, conversation: ConversationId, after: Seq, through: Seq) -> Result<Vec<Body>, StoreError>;
    /// The event that a client id was written as.
    fn by_client_id(&mut self, conversation: ConversationId, client_id: &str) -> Result<Option<Seq>, StoreError>;

    // Projections.
    fn head(&mut self, conversation: ConversationId) -> Result<Option<Head>, StoreError>;
    fn heads(&mut self, filter: &HeadFilter) -> Result<Vec<Head>, StoreError>;
    /// Every conversation that is not at rest: queued, offered, held, wrapping up, or owed an answer by the bot. For the start.
    fn open_heads(&mut self) -> Result<Vec<Head>, StoreError>;
    /// Heads whose deadline is at or before `until`, earliest first.
    fn due(&mut self, until: Timestamp, limit: u32) -> Result<Vec<(ConversationId, Timestamp)>, StoreError>;
    /// The earliest deadline of all.
    fn next_deadline(&mut self) -> Result<Option<Timestamp>, StoreError>;
    /// Writes a deadline anew that was derived under other limits; nothing when the conversation moved on from `seq`.
    fn put_deadline(
        &mut self,
        conversation: ConversationId,
        seq: Seq,
        deadline: Option<Timestamp>,
    ) -> Result<(), StoreError>;
    /// Every slot taken, of every agent.
    fn slots(&mut self) -> Result<Vec<(AgentId, Slot, ConversationId)>, StoreError>;
    fn handoff(&mut self, handoff: HandoffId) -> Result<Option<HandoffRow>, StoreError>;
    /// Handoffs requested at or after `since`, oldest first, at most `limit`.
    fn handoffs(&mut self, since: Timestamp, limit: u32) -> Result<Vec<HandoffRow>, StoreError>;
    fn handoffs_of(&mut self, conversation: ConversationId) -> Result<Vec<HandoffRow>, StoreError>;
    /// The conversation that an open offer belongs to.
    fn conversation_of_offer(&mut self, offer: baton_core::OfferId) -> Result<Option<ConversationId>, StoreError>;

    // For the other engines on the same database.
    /// How far the whole log has come.
    fn position(&mut self) -> Result<u64, StoreError>;
    /// The conversations of the next `limit` events after a position, each once, in the order of their last one. A
    /// transaction that took its place earlier may become visible later: ask again from a little further back.
    fn changed(&mut self, after: u64, limit: u32) -> Result<Vec<Changed>, StoreError>;
    fn put_engine(&mut self, row: &EngineRow) -> Result<(), StoreError>;
    fn engines(&mut self) -> Result<Vec<EngineRow>, StoreError>;
    /// Forgets an engine, if it has not given a sign of life since `beat`.
    fn delete_engine(&mut self, engine: Uuid, beat: u64) -> Result<(), StoreError>;

    // Beside the log.
    /// Raises the marks of one conversation to at least `marks` and gives what stands.
    fn raise_marks(&mut self, conversation: ConversationId, marks: Marks) -> Result<Marks, StoreError>;
    fn marks(&mut self, conversation: ConversationId) -> Result<Marks, StoreError>;
    /// A routing decision record as JSON; kept per handoff, newest last.
    fn put_decision(&mut self, handoff: HandoffId, at: Timestamp, record: &str) -> Result<(), StoreError>;
    fn decisions(&mut self, handoff: HandoffId) -> Result<Vec<(Timestamp, String)>, StoreError>;
    /// The brief of a handoff as JSON, replaced when a better one is written.
    fn put_brief(&mut self, handoff: HandoffId, brief: &str) -> Result<(), StoreError>;
    fn brief(&mut self, handoff: HandoffId) -> Result<Option<String>, StoreError>;
    /// Counts what a policy in the shadow judged, and keeps the turn when the live one judged differently.
    fn record_shadow(&mut self, judged: &ShadowJudgement) -> Result<(), StoreError>;
    fn shadow_counts(&mut self) -> Result<Vec<ShadowCount>, StoreError>;
    /// Newest first.
    fn shadow_examples(&mut self, shadow: &str, limit: u32) -> Result<Vec<ShadowExample>, StoreError>;

    /// Files that were sent.
    fn put_attachment(&mut self, attachment: &Attachment, content: &[u8]) -> Result<(), StoreError>;
    fn attachment(&mut self, id: Uuid) -> Result<Option<Attachment>, StoreError>;
    fn attachment_content(&mut self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError>;
    /// From now on it belongs to this message, which was written in the same transaction. Nothing when it belongs to one.
    fn attach(&mut self, id: Uuid, conversation: ConversationId, message: Seq) -> Result<(), StoreError>;
    /// How many files a conversation holds, and how many bytes they have.
    fn attachments_held(&mut self, conversation: ConversationId) -> Result<(u64, u64), StoreError>;
    fn delete_attachment(&mut self, id: Uuid) -> Result<(), StoreError>;
    /// Forgets files that were sent before a time and belong to no message.
    fn delete_stray_attachments(&mut self, before: Timestamp) -> Result<(), StoreError>;

    /// Texts that no search finds yet become findable, the oldest first; how many there were, at most `limit`.
    fn make_searchable(&mut self, limit: u32) -> Result<u32, StoreError>;
    /// Messages, notes and what else was written in conversations.
    fn search_texts(&mut self, search: &MessageSearch) -> Result<Vec<FoundText>, StoreError>;

    // An agent's desk.
    fn put_quick_reply(&mut self, agent: &AgentId, reply: &QuickReply) -> Result<(), StoreError>;
    /// By their names.
    fn quick_replies(&mut self, agent: &AgentId) -> Result<Vec<QuickReply>, StoreError>;
    fn delete_quick_reply(&mut self, agent: &AgentId, shortcut: &str) -> Result<(), StoreError>;
    fn put_reminder(&mut self, reminder: &Reminder) -> Result<(), StoreError>;
    fn reminder(&mut self, id: Uuid) -> Result<Option<Reminder>, StoreError>;
    /// What is not done, the earliest first.
    fn reminders_of(&mut self, agent: &AgentId, limit: u32) -> Result<Vec<Reminder>, StoreError>;
    /// Whether a colleague named this agent in a note of this conversation and they have not said that they are done.
    fn is_mentioned(&mut self, conversation: ConversationId, agent: &AgentId) -> Result<bool, StoreError>;
    fn finish_reminder(&mut self, id: Uuid, at: Timestamp) -> Result<(), StoreError>;

    // People and secrets.
    fn put_customer(&mut self, customer: &Customer) -> Result<(), StoreError>;
    fn customer(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError>;
    fn customer_by_subject(&mut self, channel: &ChannelId, subject: &str) -> Result<Option<Customer>, StoreError>;
    fn put_agent_state(&mut self, state: &AgentState) -> Result<(), StoreError>;
    fn agent_states(&mut self) -> Result<Vec<AgentState>, StoreError>;
    fn put_credential(&mut self, credential: &Credential) -> Result<(), StoreError>;
    fn credential(&mut self, agent: &AgentId) -> Result<Option<Credential>, StoreError>;
    /// The e-mail address is compared in lower case.
    fn credential_by_email(&mut self, email: &str) -> Result<Option<Credential>, StoreError>;
    fn put_token(&mut self, token: &TokenRow) -> Result<(), StoreError>;
    fn token(&mut self, kind: TokenKind, hash: &[u8; 32]) -> Result<Option<TokenRow>, StoreError>;
    fn tokens_of(&mut self, kind: TokenKind, subject: &str) -> Result<Vec<TokenRow>, StoreError>;
    /// Marks a token used; false when it was used before.
    fn use_token(&mut self, hash: &[u8; 32], at: Timestamp) -> Result<bool, StoreError>;
    fn delete_token(&mut self, hash: &[u8; 32]) -> Result<(), StoreError>;
    fn delete_token_family(&mut self, family: &str) -> Result<(), StoreError>;
    fn delete_tokens_of(&mut self, kind: TokenKind, subject: &str) -> Result<(), StoreError>;
    fn delete_expired_tokens(&mut self, now: Timestamp) -> Result<(), StoreError>;

    // Configuration, knowledge, audit.
    /// Writes the version after `expected`; `None` when another version was written meanwhile.
    fn put_config(
        &mut self,
        expected: u64,
        at: Timestamp,
        by: &str,
        note: Option<&str>,
        document: &str,
    ) -> Result<Option<u64>, StoreError>;
    /// The newest version.
    fn config(&mut self) -> Result<Option<ConfigVersion>, StoreError>;
    /// The number of the newest version alone; 0 before the first.
    fn config_newest(&mut self) -> Result<u64, StoreError>;
    fn config_version(&mut self, version: u64) -> Result<Option<ConfigVersion>, StoreError>;
    /// Versions before `before`, newest first, their documents left out.
    fn config_versions(&mut self, before: Option<u64>, limit: u32) -> Result<Vec<ConfigVersion>, StoreError>;
    /// Replaces one article's sections, also in the search index. `digest` tells whether it changed.
    fn put_article(&mut self, slug: &str, title: &str, digest: &str, sections: &[SectionRow])
    -> Result<(), StoreError>;
    fn article_digests(&mut self) -> Result<Vec<(String, String)>, StoreError>;
    fn delete_article(&mut self, slug: &str) -> Result<(), StoreError>;
    /// Sections that contain any of `terms` (lower case, at most 24), best first.
    fn search(&mut self, terms: &[String], limit: u32) -> Result<Vec<FoundSection>, StoreError>;
    fn put_audit(&mut self, entry: &AuditEntry) -> Result<(), StoreError>;
    fn audit(&mut self, limit: u32) -> Result<Vec<AuditEntry>, StoreError>;
    /// The log's own identity, made with the database: a resumed socket with another one must reload.
    fn log_epoch(&mut self) -> Result<String, StoreError>;
}
