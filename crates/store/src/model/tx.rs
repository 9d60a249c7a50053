//! Every noun of [`Tx`] on the tables in memory.

use baton_core::{AgentId, ChannelId, ConversationId, CustomerId, HandoffId, OfferId, Recorded, Seq, Slot, Timestamp};
use uuid::Uuid;

use super::table::Table;
use super::{Article, ModelTx, Tables, answers, search, texts};
use crate::{
    AgentState, Append, Appended, Attachment, AuditEntry, Body, Changed, ConfigVersion, Credential, Customer,
    EngineRow, FoundSection, FoundText, HandoffRow, Head, HeadFilter, Marks, MessageSearch, QuickReply, Reminder,
    ReminderKind, SectionRow, ShadowCount, ShadowExample, ShadowJudgement, StoreError, TokenKind, TokenRow, Tx,
};

impl ModelTx<'_> {
    fn write<T>(&mut self, job: impl FnOnce(&mut Tables) -> Result<T, StoreError>) -> Result<T, StoreError> {
        if !self.writable {
            return Err(StoreError::bug("a write was asked inside a read"));
        }
        let result = job(self.tables);
        if let Err(error) = &result
            && !matches!(error, StoreError::Conflict { .. })
        {
            self.failed.get_or_insert_with(|| error.clone());
        }
        result
    }

    fn put<K: Ord + Clone, V: Clone>(
        &mut self,
        table: impl FnOnce(&mut Tables) -> &mut Table<K, V>,
        key: K,
        value: V,
    ) -> Result<(), StoreError> {
        self.write(|tables| {
            table(tables).put(key, value);
            Ok(())
        })
    }
}

fn conflict(what: &str) -> StoreError {
    StoreError::Conflict { doing: "write in memory".to_owned(), what: what.to_owned() }
}

impl Tx for ModelTx<'_> {
    fn append(&mut self, append: &Append<'_>) -> Result<Appended, StoreError> {
        let appended = self.write(|tables| answers::append(tables, append))?;
        if appended == Appended::Done {
            self.events += append.events.len() as u64;
        }
        Ok(appended)
    }

    fn events(&mut self, conversation: ConversationId, after: Seq, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        let range = (conversation, after.0.saturating_add(1))..=(conversation, u64::MAX);
        Ok(self.tables.events.range(range).take(limit as usize).map(|(_, recorded)| recorded.clone()).collect())
    }

    fn bodies(&mut self, conversation: ConversationId, after: Seq, through: Seq) -> Result<Vec<Body>, StoreError> {
        if through <= after {
            return Ok(Vec::new());
        }
        let range = (conversation, after.0 + 1)..=(conversation, through.0);
        Ok(self.tables.bodies.range(range).map(|(_, body)| body.clone()).collect())
    }

    fn by_client_id(&mut self, conversation: ConversationId, client_id: &str) -> Result<Option<Seq>, StoreError> {
        Ok(self.tables.client_ids.get(&(conversation, client_id.to_owned())).map(|seq| Seq(*seq)))
    }

    fn head(&mut self, conversation: ConversationId) -> Result<Option<Head>, StoreError> {
        Ok(self.tables.heads.get(&conversation).map(|row| row.head.clone()))
    }

    fn heads(&mut self, filter: &HeadFilter) -> Result<Vec<Head>, StoreError> {
        Ok(answers::heads(self.tables, filter))
    }

    fn open_heads(&mut self) -> Result<Vec<Head>, StoreError> {
        Ok(self.tables.heads.values().filter(|row| !row.head.at_rest()).map(|row| row.head.clone()).collect())
    }

    fn due(&mut self, until: Timestamp, limit: u32) -> Result<Vec<(ConversationId, Timestamp)>, StoreError> {
        let due = self.tables.deadlines.iter().take_while(|((at, _), ())| *at <= until);
        Ok(due.take(limit as usize).map(|((at, conversation), ())| (*conversation, *at)).collect())
    }

    fn next_deadline(&mut self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.tables.deadlines.iter().next().map(|((at, _), ())| *at))
    }

    fn put_deadline(
        &mut self,
        conversation: ConversationId,
        seq: Seq,
        deadline: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        self.write(|tables| {
            answers::put_deadline(tables, conversation, seq, deadline);
            Ok(())
        })
    }

    fn slots(&mut self) -> Result<Vec<(AgentId, Slot, ConversationId)>, StoreError> {
        let slots = self.tables.slots.iter();
        Ok(slots.map(|((agent, slot), conversation)| (agent.clone(), *slot, *conversation)).collect())
    }

    fn handoff(&mut self, handoff: HandoffId) -> Result<Option<HandoffRow>, StoreError> {
        Ok(self.tables.handoffs.get(&handoff).cloned())
    }

    fn handoffs(&mut self, since: Timestamp, limit: u32) -> Result<Vec<HandoffRow>, StoreError> {
        let mut rows: Vec<_> = self.tables.handoffs.values().filter(|row| row.requested_at >= since).cloned().collect();
        rows.sort_by_key(|row| (row.requested_at, row.handoff));
        rows.truncate(limit as usize);
        Ok(rows)
    }

    fn handoffs_of(&mut self, conversation: ConversationId) -> Result<Vec<HandoffRow>, StoreError> {
        let own = self.tables.handoffs.values().filter(|row| row.conversation == conversation);
        let mut rows: Vec<_> = own.cloned().collect();
        rows.sort_by_key(|row| (row.requested_at, row.handoff));
        Ok(rows)
    }

    fn conversation_of_offer(&mut self, offer: OfferId) -> Result<Option<ConversationId>, StoreError> {
        let row = self.tables.heads.values().find(|row| row.offer == Some(offer));
        Ok(row.map(|row| row.head.conversation))
    }

    fn position(&mut self) -> Result<u64, StoreError> {
        Ok(self.tables.log.len())
    }

    fn changed(&mut self, after: u64, limit: u32) -> Result<Vec<Changed>, StoreError> {
        Ok(answers::changed(self.tables, after, limit))
    }

    fn put_engine(&mut self, row: &EngineRow) -> Result<(), StoreError> {
        self.put(|tables| &mut tables.engines, row.engine, row.clone())
    }

    fn engines(&mut self) -> Result<Vec<EngineRow>, StoreError> {
        Ok(self.tables.engines.values().cloned().collect())
    }

    fn delete_engine(&mut self, engine: Uuid, beat: u64) -> Result<(), StoreError> {
        self.write(|tables| {
            if tables.engines.get(&engine).is_some_and(|row| row.beat <= beat) {
                tables.engines.remove(&engine);
            }
            Ok(())
        })
    }

    fn raise_marks(&mut self, conversation: ConversationId, marks: Marks) -> Result<Marks, StoreError> {
        self.write(|tables| {
            let stood = tables.marks.get(&conversation).copied().unwrap_or_default();
            let stands = Marks {
                customer_delivered: stood.customer_delivered.max(marks.customer_delivered),
                customer_read: stood.customer_read.max(marks.customer_read),
                staff_delivered: stood.staff_delivered.max(marks.staff_delivered),
                staff_read: stood.staff_read.max(marks.staff_read),
            };
            tables.marks.put(conversation, stands);
            Ok(stands)
        })
    }

    fn marks(&mut self, conversation: ConversationId) -> Result<Marks, StoreError> {
        Ok(self.tables.marks.get(&conversation).copied().unwrap_or_default())
    }

    fn put_decision(&mut self, handoff: HandoffId, at: Timestamp, record: &str) -> Result<(), StoreError> {
        let place = self.tables.decisions.len();
        self.put(|tables| &mut tables.decisions, (handoff, place), (at, record.to_owned()))
    }

    fn decisions(&mut self, handoff: HandoffId) -> Result<Vec<(Timestamp, String)>, StoreError> {
        let range = (handoff, 0)..=(handoff, u64::MAX);
        Ok(self.tables.decisions.range(range).map(|(_, decision)| decision.clone()).collect())
    }

    fn put_brief(&mut self, handoff: HandoffId, brief: &str) -> Result<(), StoreError> {
        self.put(|tables| &mut tables.briefs, handoff, brief.to_owned())
    }

    fn brief(&mut self, handoff: HandoffId) -> Result<Option<String>, StoreError> {
        Ok(self.tables.briefs.get(&handoff).cloned())
    }

    fn record_shadow(&mut self, judged: &ShadowJudgement) -> Result<(), StoreError> {
        self.write(|tables| {
            answers::record_shadow(tables, judged);
            Ok(())
        })
    }

    fn shadow_counts(&mut self) -> Result<Vec<ShadowCount>, StoreError> {
        let count = |((shadow, version, live, would), turns): (&(String, u64, _, _), &u64)| ShadowCount {
            shadow: shadow.clone(),
            version: *version,
            live: *live,
            would: *would,
            turns: *turns,
        };
        Ok(self.tables.shadow_counts.iter().map(count).collect())
    }

    fn shadow_examples(&mut self, shadow: &str, limit: u32) -> Result<Vec<ShadowExample>, StoreError> {
        let own = self.tables.shadow_examples.values().rev().filter(|example| example.shadow == shadow);
        Ok(own.take(limit as usize).cloned().collect())
    }

    fn put_attachment(&mut self, attachment: &Attachment, content: &[u8]) -> Result<(), StoreError> {
        self.put(|tables| &mut tables.attachments, attachment.id, (attachment.clone(), content.to_vec()))
    }

    fn attachment(&mut self, id: Uuid) -> Result<Option<Attachment>, StoreError> {
        Ok(self.tables.attachments.get(&id).map(|(attachment, _)| attachment.clone()))
    }

    fn attachment_content(&mut self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.tables.attachments.get(&id).map(|(_, content)| content.clone()))
    }

    fn attach(&mut self, id: Uuid, conversation: ConversationId, message: Seq) -> Result<(), StoreError> {
        self.write(|tables| {
            let stray =
                |(found, _): &&(Attachment, Vec<u8>)| found.conversation == conversation && found.message.is_none();
            if let Some((found, content)) = tables.attachments.get(&id).filter(stray).cloned() {
                tables.attachments.put(id, (Attachment { message: Some(message), ..found }, content));
            }
            Ok(())
        })
    }

    fn attachments_held(&mut self, conversation: ConversationId) -> Result<(u64, u64), StoreError> {
        let own = self.tables.attachments.values().filter(|(found, _)| found.conversation == conversation);
        Ok(own.fold((0, 0), |(count, bytes), (found, _)| (count + 1, bytes + found.bytes)))
    }

    fn delete_attachment(&mut self, id: Uuid) -> Result<(), StoreError> {
        self.write(|tables| {
            tables.attachments.remove(&id);
            Ok(())
        })
    }

    fn delete_stray_attachments(&mut self, before: Timestamp) -> Result<(), StoreError> {
        self.write(|tables| {
            tables.attachments.retain(|(found, _)| found.message.is_some() || found.created_at >= before);
            Ok(())
        })
    }

    fn make_searchable(&mut self, _limit: u32) -> Result<u32, StoreError> {
        // The model looks at every text.
        self.write(|_| Ok(0))
    }

    fn search_texts(&mut self, search: &MessageSearch) -> Result<Vec<FoundText>, StoreError> {
        Ok(texts::search(self.tables, search))
    }

    fn put_quick_reply(&mut self, agent: &AgentId, reply: &QuickReply) -> Result<(), StoreError> {
        let key = (agent.clone(), reply.shortcut.clone());
        self.put(|tables| &mut tables.quick_replies, key, reply.text.clone())
    }

    fn quick_replies(&mut self, agent: &AgentId) -> Result<Vec<QuickReply>, StoreError> {
        let own = self.tables.quick_replies.iter().filter(|((owner, _), _)| owner == agent);
        Ok(own.map(|((_, shortcut), text)| QuickReply { shortcut: shortcut.clone(), text: text.clone() }).collect())
    }

    fn delete_quick_reply(&mut self, agent: &AgentId, shortcut: &str) -> Result<(), StoreError> {
        self.write(|tables| {
            tables.quick_replies.remove(&(agent.clone(), shortcut.to_owned()));
            Ok(())
        })
    }

    fn put_reminder(&mut self, reminder: &Reminder) -> Result<(), StoreError> {
        self.write(|tables| {
            if tables.reminders.get(&reminder.id).is_none() {
                tables.reminders.put(reminder.id, reminder.clone());
            }
            Ok(())
        })
    }

    fn reminder(&mut self, id: Uuid) -> Result<Option<Reminder>, StoreError> {
        Ok(self.tables.reminders.get(&id).cloned())
    }

    fn reminders_of(&mut self, agent: &AgentId, limit: u32) -> Result<Vec<Reminder>, StoreError> {
        let own = self.tables.reminders.values().filter(|row| row.agent == *agent && row.done_at.is_none());
        let mut rows: Vec<_> = own.cloned().collect();
        rows.sort_by_key(|row| (row.due, row.id));
        rows.truncate(limit as usize);
        Ok(rows)
    }

    fn is_mentioned(&mut self, conversation: ConversationId, agent: &AgentId) -> Result<bool, StoreError> {
        let named = |row: &Reminder| {
            row.conversation == conversation
                && row.agent == *agent
                && row.kind == ReminderKind::Mention
                && row.done_at.is_none()
        };
        Ok(self.tables.reminders.values().any(named))
    }

    fn finish_reminder(&mut self, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
        self.write(|tables| {
            if let Some(open) = tables.reminders.get(&id).filter(|row| row.done_at.is_none()).cloned() {
                tables.reminders.put(id, Reminder { done_at: Some(at), ..open });
            }
            Ok(())
        })
    }

    fn put_customer(&mut self, customer: &Customer) -> Result<(), StoreError> {
        self.write(|tables| {
            let same = |other: &Customer| {
                other.id != customer.id
                    && other.channel == customer.channel
                    && other.subject.is_some()
                    && other.subject == customer.subject
            };
            if tables.customers.values().any(same) {
                return Err(conflict("another customer of the channel has this identity"));
            }
            let mut row = customer.clone();
            row.created_at = tables.customers.get(&customer.id).map_or(row.created_at, |stood| stood.created_at);
            tables.customers.put(customer.id, row);
            Ok(())
        })
    }

    fn customer(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        Ok(self.tables.customers.get(&id).cloned())
    }

    fn customer_by_subject(&mut self, channel: &ChannelId, subject: &str) -> Result<Option<Customer>, StoreError> {
        let mut customers = self.tables.customers.values();
        Ok(customers.find(|own| own.channel == *channel && own.subject.as_deref() == Some(subject)).cloned())
    }

    fn put_agent_state(&mut self, state: &AgentState) -> Result<(), StoreError> {
        self.put(|tables| &mut tables.agent_states, state.agent.clone(), state.clone())
    }

    fn agent_states(&mut self) -> Result<Vec<AgentState>, StoreError> {
        Ok(self.tables.agent_states.values().cloned().collect())
    }

    fn put_credential(&mut self, credential: &Credential) -> Result<(), StoreError> {
        self.write(|tables| {
            let email = credential.email.to_lowercase();
            let same = |other: &Credential| other.agent != credential.agent && other.email.to_lowercase() == email;
            if tables.credentials.values().any(same) {
                return Err(conflict("another agent signs in with this address"));
            }
            tables.credentials.put(credential.agent.clone(), credential.clone());
            Ok(())
        })
    }

    fn credential(&mut self, agent: &AgentId) -> Result<Option<Credential>, StoreError> {
        Ok(self.tables.credentials.get(agent).cloned())
    }

    fn credential_by_email(&mut self, email: &str) -> Result<Option<Credential>, StoreError> {
        let email = email.to_lowercase();
        Ok(self.tables.credentials.values().find(|own| own.email.to_lowercase() == email).cloned())
    }

    fn put_token(&mut self, token: &TokenRow) -> Result<(), StoreError> {
        self.write(|tables| {
            if tables.tokens.get(&token.hash).is_some() {
                return Err(conflict("a token with this digest is there already"));
            }
            tables.tokens.put(token.hash, token.clone());
            Ok(())
        })
    }

    fn token(&mut self, kind: TokenKind, hash: &[u8; 32]) -> Result<Option<TokenRow>, StoreError> {
        Ok(self.tables.tokens.get(hash).filter(|token| token.kind == kind).cloned())
    }

    fn tokens_of(&mut self, kind: TokenKind, subject: &str) -> Result<Vec<TokenRow>, StoreError> {
        let own = self.tables.tokens.values().filter(|token| token.kind == kind && token.subject == subject);
        let mut rows: Vec<_> = own.cloned().collect();
        rows.sort_by_key(|token| (token.created_at, token.hash));
        Ok(rows)
    }

    fn use_token(&mut self, hash: &[u8; 32], at: Timestamp) -> Result<bool, StoreError> {
        self.write(|tables| {
            let Some(token) = tables.tokens.get(hash).filter(|token| token.used_at.is_none()) else { return Ok(false) };
            let used = TokenRow { used_at: Some(at), ..token.clone() };
            tables.tokens.put(*hash, used);
            Ok(true)
        })
    }

    fn delete_token(&mut self, hash: &[u8; 32]) -> Result<(), StoreError> {
        self.write(|tables| {
            tables.tokens.remove(hash);
            Ok(())
        })
    }

    fn delete_token_family(&mut self, family: &str) -> Result<(), StoreError> {
        self.write(|tables| {
            tables.tokens.retain(|token| token.family != family);
            Ok(())
        })
    }

    fn delete_tokens_of(&mut self, kind: TokenKind, subject: &str) -> Result<(), StoreError> {
        self.write(|tables| {
            tables.tokens.retain(|token| token.kind != kind || token.subject != subject);
            Ok(())
        })
    }

    fn delete_expired_tokens(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.write(|tables| {
            tables.tokens.retain(|token| token.expires_at.is_none_or(|end| end > now));
            Ok(())
        })
    }

    fn put_config(
        &mut self,
        expected: u64,
        at: Timestamp,
        by: &str,
        note: Option<&str>,
        document: &str,
    ) -> Result<Option<u64>, StoreError> {
        self.write(|tables| {
            let stands = tables.configs.values().next_back().map_or(0, |newest| newest.version);
            if stands != expected {
                return Ok(None);
            }
            let version = expected + 1;
            let (by, note, document) = (by.to_owned(), note.map(str::to_owned), document.to_owned());
            tables.configs.put(version, ConfigVersion { version, at, by, note, document });
            Ok(Some(version))
        })
    }

    fn config(&mut self) -> Result<Option<ConfigVersion>, StoreError> {
        Ok(self.tables.configs.values().next_back().cloned())
    }

    fn config_newest(&mut self) -> Result<u64, StoreError> {
        Ok(self.tables.configs.values().next_back().map_or(0, |newest| newest.version))
    }

    fn config_version(&mut self, version: u64) -> Result<Option<ConfigVersion>, StoreError> {
        Ok(self.tables.configs.values().find(|row| row.version == version).cloned())
    }

    fn config_versions(&mut self, before: Option<u64>, limit: u32) -> Result<Vec<ConfigVersion>, StoreError> {
        let versions = self.tables.configs.values().rev();
        let older = versions.filter(|row| before.is_none_or(|before| row.version < before));
        let bare = older.map(|row| ConfigVersion { document: String::new(), ..row.clone() });
        Ok(bare.take(limit as usize).collect())
    }

    fn put_article(
        &mut self,
        slug: &str,
        title: &str,
        digest: &str,
        sections: &[SectionRow],
    ) -> Result<(), StoreError> {
        let article = Article { title: title.to_owned(), digest: digest.to_owned(), sections: sections.to_vec() };
        self.put(|tables| &mut tables.articles, slug.to_owned(), article)
    }

    fn article_digests(&mut self) -> Result<Vec<(String, String)>, StoreError> {
        Ok(self.tables.articles.iter().map(|(slug, article)| (slug.clone(), article.digest.clone())).collect())
    }

    fn delete_article(&mut self, slug: &str) -> Result<(), StoreError> {
        self.write(|tables| {
            tables.articles.remove(&slug.to_owned());
            Ok(())
        })
    }

    fn search(&mut self, terms: &[String], limit: u32) -> Result<Vec<FoundSection>, StoreError> {
        Ok(search::search(self.tables, terms, limit))
    }

    fn put_audit(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        let place = self.tables.audit.len();
        self.put(|tables| &mut tables.audit, place, entry.clone())
    }

    fn audit(&mut self, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        Ok(self.tables.audit.values().rev().take(limit as usize).cloned().collect())
    }

    fn log_epoch(&mut self) -> Result<String, StoreError> {
        Ok(self.tables.epoch.clone())
    }
}
