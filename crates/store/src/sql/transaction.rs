//! What a job gets to work with: every noun behind one trait, with the name of what is being done in every error.

use baton_core::{AgentId, ChannelId, ConversationId, CustomerId, HandoffId, OfferId, Recorded, Seq, Slot, Timestamp};
use uuid::Uuid;

use super::{
    Sql, articles, attachments, desk, engines, handoffs, heads, log, marks, people, settings, shadows, texts, tokens,
};
use crate::error::Doing;
use crate::{
    AgentState, Append, Appended, Attachment, AuditEntry, Body, Changed, ConfigVersion, Credential, Customer,
    EngineRow, FoundSection, FoundText, HandoffRow, Head, HeadFilter, Marks, MessageSearch, QuickReply, Reminder,
    SectionRow, ShadowCount, ShadowExample, ShadowJudgement, StoreError, TokenKind, TokenRow, Tx,
};

/// One job's view of a connection.
pub(crate) struct SqlTx<'a> {
    sql: &'a mut dyn Sql,
    writable: bool,
    /// The first error that a write met. It stands even when the job passes over it: half a write must not be kept.
    failed: Option<StoreError>,
    /// Events appended, for the counters.
    events: u64,
}

impl<'a> SqlTx<'a> {
    pub(crate) fn writing(sql: &'a mut dyn Sql) -> Self {
        Self { sql, writable: true, failed: None, events: 0 }
    }

    pub(crate) fn reading(sql: &'a mut dyn Sql) -> Self {
        Self { sql, writable: false, failed: None, events: 0 }
    }

    /// What a write met although the job went on, and how many events were appended.
    pub(crate) fn end(self) -> (Option<StoreError>, u64) {
        (self.failed, self.events)
    }

    fn write<T>(
        &mut self,
        name: impl FnOnce() -> String,
        job: impl FnOnce(&mut dyn Sql) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if !self.writable {
            return Err(StoreError::bug(format!("{} was asked inside a read", name())));
        }
        let result = job(self.sql).doing(name);
        // A key that somebody else has is found by counting rows; nothing was written.
        if let Err(error) = &result
            && (self.sql.failed() || !matches!(error, StoreError::Conflict { .. }))
        {
            self.failed.get_or_insert_with(|| error.clone());
        }
        result
    }

    fn read<T>(
        &mut self,
        name: impl FnOnce() -> String,
        job: impl FnOnce(&mut dyn Sql) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let result = job(self.sql).doing(name);
        if let Err(error) = &result
            && self.sql.failed()
        {
            self.failed.get_or_insert_with(|| error.clone());
        }
        result
    }
}

impl Tx for SqlTx<'_> {
    fn append(&mut self, append: &Append<'_>) -> Result<Appended, StoreError> {
        let name = || format!("append to conversation {} after {}", append.conversation, append.before.seq.0);
        let appended = self.write(name, |sql| log::append(sql, append))?;
        if appended == Appended::Done {
            self.events += append.events.len() as u64;
        }
        Ok(appended)
    }

    fn events(&mut self, conversation: ConversationId, after: Seq, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        let name = || format!("read conversation {conversation} after {}", after.0);
        self.read(name, |sql| log::events(sql, conversation, after, limit))
    }

    fn bodies(&mut self, conversation: ConversationId, after: Seq, through: Seq) -> Result<Vec<Body>, StoreError> {
        let name = || format!("read the texts of conversation {conversation} after {}", after.0);
        self.read(name, |sql| log::bodies(sql, conversation, after, through))
    }

    fn by_client_id(&mut self, conversation: ConversationId, client_id: &str) -> Result<Option<Seq>, StoreError> {
        let name = || format!("look for a client's id in conversation {conversation}");
        self.read(name, |sql| log::by_client_id(sql, conversation, client_id))
    }

    fn head(&mut self, conversation: ConversationId) -> Result<Option<Head>, StoreError> {
        self.read(|| format!("read the head of conversation {conversation}"), |sql| heads::one(sql, conversation))
    }

    fn heads(&mut self, filter: &HeadFilter) -> Result<Vec<Head>, StoreError> {
        self.read(|| "list conversations".to_owned(), |sql| heads::list(sql, filter))
    }

    fn open_heads(&mut self) -> Result<Vec<Head>, StoreError> {
        self.read(|| "list open conversations".to_owned(), heads::open)
    }

    fn due(&mut self, until: Timestamp, limit: u32) -> Result<Vec<(ConversationId, Timestamp)>, StoreError> {
        self.read(|| "list what is due".to_owned(), |sql| heads::due(sql, until, limit))
    }

    fn next_deadline(&mut self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|| "find the next deadline".to_owned(), heads::next_deadline)
    }

    fn put_deadline(
        &mut self,
        conversation: ConversationId,
        seq: Seq,
        deadline: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let name = || format!("write the deadline of conversation {conversation}");
        self.write(name, |sql| heads::put_deadline(sql, conversation, seq, deadline))
    }

    fn slots(&mut self) -> Result<Vec<(AgentId, Slot, ConversationId)>, StoreError> {
        self.read(|| "list the slots".to_owned(), heads::slots)
    }

    fn handoff(&mut self, handoff: HandoffId) -> Result<Option<HandoffRow>, StoreError> {
        self.read(|| format!("read handoff {handoff}"), |sql| handoffs::one(sql, handoff))
    }

    fn handoffs(&mut self, since: Timestamp, limit: u32) -> Result<Vec<HandoffRow>, StoreError> {
        self.read(|| "list handoffs".to_owned(), |sql| handoffs::since(sql, since, limit))
    }

    fn handoffs_of(&mut self, conversation: ConversationId) -> Result<Vec<HandoffRow>, StoreError> {
        let name = || format!("list the handoffs of conversation {conversation}");
        self.read(name, |sql| handoffs::of(sql, conversation))
    }

    fn conversation_of_offer(&mut self, offer: OfferId) -> Result<Option<ConversationId>, StoreError> {
        self.read(|| format!("look for offer {offer}"), |sql| heads::of_offer(sql, offer))
    }

    fn position(&mut self) -> Result<u64, StoreError> {
        self.read(|| "find the end of the log".to_owned(), engines::position)
    }

    fn changed(&mut self, after: u64, limit: u32) -> Result<Vec<Changed>, StoreError> {
        self.read(|| format!("list what changed after {after}"), |sql| engines::changed(sql, after, limit))
    }

    fn put_engine(&mut self, row: &EngineRow) -> Result<(), StoreError> {
        self.write(|| format!("write the beat of engine {}", row.engine), |sql| engines::put(sql, row))
    }

    fn engines(&mut self) -> Result<Vec<EngineRow>, StoreError> {
        self.read(|| "list the engines".to_owned(), engines::all)
    }

    fn delete_engine(&mut self, engine: Uuid, beat: u64) -> Result<(), StoreError> {
        self.write(|| format!("forget engine {engine}"), |sql| engines::delete(sql, engine, beat))
    }

    fn raise_marks(&mut self, conversation: ConversationId, marks: Marks) -> Result<Marks, StoreError> {
        let name = || format!("mark what was read of conversation {conversation}");
        self.write(name, |sql| marks::raise(sql, conversation, marks))
    }

    fn marks(&mut self, conversation: ConversationId) -> Result<Marks, StoreError> {
        let name = || format!("read the marks of conversation {conversation}");
        self.read(name, |sql| marks::of(sql, conversation))
    }

    fn put_decision(&mut self, handoff: HandoffId, at: Timestamp, record: &str) -> Result<(), StoreError> {
        let name = || format!("record a decision on handoff {handoff}");
        self.write(name, |sql| handoffs::put_decision(sql, handoff, at, record))
    }

    fn decisions(&mut self, handoff: HandoffId) -> Result<Vec<(Timestamp, String)>, StoreError> {
        self.read(|| format!("read the decisions on handoff {handoff}"), |sql| handoffs::decisions(sql, handoff))
    }

    fn put_brief(&mut self, handoff: HandoffId, brief: &str) -> Result<(), StoreError> {
        self.write(|| format!("write the brief of handoff {handoff}"), |sql| handoffs::put_brief(sql, handoff, brief))
    }

    fn brief(&mut self, handoff: HandoffId) -> Result<Option<String>, StoreError> {
        self.read(|| format!("read the brief of handoff {handoff}"), |sql| handoffs::brief(sql, handoff))
    }

    fn record_shadow(&mut self, judged: &ShadowJudgement) -> Result<(), StoreError> {
        let name = || format!("record what the shadow `{}` judged", judged.example.shadow);
        self.write(name, |sql| shadows::record(sql, judged))
    }

    fn shadow_counts(&mut self) -> Result<Vec<ShadowCount>, StoreError> {
        self.read(|| "count what shadows judged".to_owned(), shadows::counts)
    }

    fn shadow_examples(&mut self, shadow: &str, limit: u32) -> Result<Vec<ShadowExample>, StoreError> {
        let name = || format!("list what the shadow `{shadow}` judged differently");
        self.read(name, |sql| shadows::examples(sql, shadow, limit))
    }

    fn put_attachment(&mut self, attachment: &Attachment, content: &[u8]) -> Result<(), StoreError> {
        self.write(|| format!("keep attachment {}", attachment.id), |sql| attachments::put(sql, attachment, content))
    }

    fn attachment(&mut self, id: Uuid) -> Result<Option<Attachment>, StoreError> {
        self.read(|| format!("look for attachment {id}"), |sql| attachments::one(sql, id))
    }

    fn attachment_content(&mut self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|| format!("read attachment {id}"), |sql| attachments::content(sql, id))
    }

    fn attach(&mut self, id: Uuid, conversation: ConversationId, message: Seq) -> Result<(), StoreError> {
        let name = || format!("attach {id} to message {} of conversation {conversation}", message.0);
        self.write(name, |sql| attachments::attach(sql, id, conversation, message))
    }

    fn attachments_held(&mut self, conversation: ConversationId) -> Result<(u64, u64), StoreError> {
        let name = || format!("count the attachments of conversation {conversation}");
        self.read(name, |sql| attachments::held(sql, conversation))
    }

    fn delete_attachment(&mut self, id: Uuid) -> Result<(), StoreError> {
        self.write(|| format!("delete attachment {id}"), |sql| attachments::delete(sql, id))
    }

    fn delete_stray_attachments(&mut self, before: Timestamp) -> Result<(), StoreError> {
        self.write(|| "delete stray attachments".to_owned(), |sql| attachments::delete_stray(sql, before))
    }

    fn make_searchable(&mut self, limit: u32) -> Result<u32, StoreError> {
        self.write(|| "make texts searchable".to_owned(), |sql| texts::make_searchable(sql, limit))
    }

    fn search_texts(&mut self, search: &MessageSearch) -> Result<Vec<FoundText>, StoreError> {
        self.read(|| "search what was written".to_owned(), |sql| texts::search(sql, search))
    }

    fn put_quick_reply(&mut self, agent: &AgentId, reply: &QuickReply) -> Result<(), StoreError> {
        self.write(|| format!("keep a quick reply of {agent}"), |sql| desk::put_reply(sql, agent, reply))
    }

    fn quick_replies(&mut self, agent: &AgentId) -> Result<Vec<QuickReply>, StoreError> {
        self.read(|| format!("list the quick replies of {agent}"), |sql| desk::replies(sql, agent))
    }

    fn delete_quick_reply(&mut self, agent: &AgentId, shortcut: &str) -> Result<(), StoreError> {
        self.write(|| format!("delete a quick reply of {agent}"), |sql| desk::delete_reply(sql, agent, shortcut))
    }

    fn put_reminder(&mut self, reminder: &Reminder) -> Result<(), StoreError> {
        self.write(|| format!("keep reminder {}", reminder.id), |sql| desk::put(sql, reminder))
    }

    fn reminder(&mut self, id: Uuid) -> Result<Option<Reminder>, StoreError> {
        self.read(|| format!("look for reminder {id}"), |sql| desk::one(sql, id))
    }

    fn reminders_of(&mut self, agent: &AgentId, limit: u32) -> Result<Vec<Reminder>, StoreError> {
        self.read(|| format!("list the reminders of {agent}"), |sql| desk::of(sql, agent, limit))
    }

    fn is_mentioned(&mut self, conversation: ConversationId, agent: &AgentId) -> Result<bool, StoreError> {
        let name = || format!("see whether {agent} is named in conversation {conversation}");
        self.read(name, |sql| desk::mentioned(sql, conversation, agent))
    }

    fn finish_reminder(&mut self, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
        self.write(|| format!("finish reminder {id}"), |sql| desk::finish(sql, id, at))
    }

    fn put_customer(&mut self, customer: &Customer) -> Result<(), StoreError> {
        self.write(|| format!("write customer {}", customer.id), |sql| people::put_customer(sql, customer))
    }

    fn customer(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        self.read(|| format!("read customer {id}"), |sql| people::customer(sql, id))
    }

    fn customer_by_subject(&mut self, channel: &ChannelId, subject: &str) -> Result<Option<Customer>, StoreError> {
        let name = || format!("look for a customer of the channel {channel}");
        self.read(name, |sql| people::customer_by_subject(sql, channel, subject))
    }

    fn put_agent_state(&mut self, state: &AgentState) -> Result<(), StoreError> {
        self.write(|| format!("write the state of agent {}", state.agent), |sql| people::put_agent_state(sql, state))
    }

    fn agent_states(&mut self) -> Result<Vec<AgentState>, StoreError> {
        self.read(|| "list the states of agents".to_owned(), people::agent_states)
    }

    fn put_credential(&mut self, credential: &Credential) -> Result<(), StoreError> {
        let name = || format!("write the sign-in of agent {}", credential.agent);
        self.write(name, |sql| people::put_credential(sql, credential))
    }

    fn credential(&mut self, agent: &AgentId) -> Result<Option<Credential>, StoreError> {
        self.read(|| format!("read the sign-in of agent {agent}"), |sql| people::credential(sql, agent))
    }

    fn credential_by_email(&mut self, email: &str) -> Result<Option<Credential>, StoreError> {
        self.read(|| "look for a sign-in".to_owned(), |sql| people::credential_by_email(sql, email))
    }

    fn put_token(&mut self, token: &TokenRow) -> Result<(), StoreError> {
        let name = || format!("write a {} of {}", token.kind.as_str(), token.subject);
        self.write(name, |sql| tokens::put(sql, token))
    }

    fn token(&mut self, kind: TokenKind, hash: &[u8; 32]) -> Result<Option<TokenRow>, StoreError> {
        self.read(|| format!("look for a {}", kind.as_str()), |sql| tokens::one(sql, kind, hash))
    }

    fn tokens_of(&mut self, kind: TokenKind, subject: &str) -> Result<Vec<TokenRow>, StoreError> {
        let name = || format!("list the tokens ({}) of {subject}", kind.as_str());
        self.read(name, |sql| tokens::of(sql, kind, subject))
    }

    fn use_token(&mut self, hash: &[u8; 32], at: Timestamp) -> Result<bool, StoreError> {
        self.write(|| "use a token".to_owned(), |sql| tokens::take(sql, hash, at))
    }

    fn delete_token(&mut self, hash: &[u8; 32]) -> Result<(), StoreError> {
        self.write(|| "end a token".to_owned(), |sql| tokens::delete(sql, hash))
    }

    fn delete_token_family(&mut self, family: &str) -> Result<(), StoreError> {
        self.write(|| "end a family of tokens".to_owned(), |sql| tokens::delete_family(sql, family))
    }

    fn delete_tokens_of(&mut self, kind: TokenKind, subject: &str) -> Result<(), StoreError> {
        let name = || format!("end the tokens ({}) of {subject}", kind.as_str());
        self.write(name, |sql| tokens::delete_of(sql, kind, subject))
    }

    fn delete_expired_tokens(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.write(|| "delete expired tokens".to_owned(), |sql| tokens::delete_expired(sql, now))
    }

    fn put_config(
        &mut self,
        expected: u64,
        at: Timestamp,
        by: &str,
        note: Option<&str>,
        document: &str,
    ) -> Result<Option<u64>, StoreError> {
        let name = || format!("write the configuration after version {expected}");
        self.write(name, |sql| settings::put_config(sql, expected, at, by, note, document))
    }

    fn config(&mut self) -> Result<Option<ConfigVersion>, StoreError> {
        self.read(|| "read the configuration".to_owned(), settings::config)
    }

    fn config_newest(&mut self) -> Result<u64, StoreError> {
        self.read(|| "read the configuration's number".to_owned(), settings::config_newest)
    }

    fn config_version(&mut self, version: u64) -> Result<Option<ConfigVersion>, StoreError> {
        let name = || format!("read version {version} of the configuration");
        self.read(name, |sql| settings::config_version(sql, version))
    }

    fn config_versions(&mut self, before: Option<u64>, limit: u32) -> Result<Vec<ConfigVersion>, StoreError> {
        self.read(|| "list the configuration's versions".to_owned(), |sql| settings::configs(sql, before, limit))
    }

    fn put_article(
        &mut self,
        slug: &str,
        title: &str,
        digest: &str,
        sections: &[SectionRow],
    ) -> Result<(), StoreError> {
        let name = || format!("write the article {slug}");
        self.write(name, |sql| articles::put(sql, slug, title, digest, sections))
    }

    fn article_digests(&mut self) -> Result<Vec<(String, String)>, StoreError> {
        self.read(|| "list the articles".to_owned(), articles::digests)
    }

    fn delete_article(&mut self, slug: &str) -> Result<(), StoreError> {
        self.write(|| format!("delete the article {slug}"), |sql| articles::delete(sql, slug))
    }

    fn search(&mut self, terms: &[String], limit: u32) -> Result<Vec<FoundSection>, StoreError> {
        self.read(|| "search the articles".to_owned(), |sql| articles::search(sql, terms, limit))
    }

    fn put_audit(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.write(
            || format!("record in the audit log that {} {}", entry.who, entry.action),
            |sql| settings::put_audit(sql, entry),
        )
    }

    fn audit(&mut self, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        self.read(|| "read the audit log".to_owned(), |sql| settings::audit(sql, limit))
    }

    fn log_epoch(&mut self) -> Result<String, StoreError> {
        self.read(|| "read the log's identity".to_owned(), settings::log_epoch)
    }
}
