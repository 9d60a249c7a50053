//! An agent's own desk: quick replies, reminders, and colleagues who are asked beside a conversation. None of it changes
//! who controls anything.

use std::time::Duration;

use baton_core::{AgentId, ConversationId, Timestamp};
use baton_store::{MessageSearch, QuickReply, Reminder, ReminderKind};
use uuid::Uuid;

use crate::Engine;
use crate::conversations::{Posted, check_text};
use crate::error::EngineError;
use crate::hub::Change;

/// Most quick replies of one agent, and the longest of each part, in bytes.
const QUICK_REPLIES_MAX: usize = 200;
const SHORTCUT_BYTES_MAX: usize = 40;
const REPLY_BYTES_MAX: usize = 8_000;
/// Most colleagues that one note names.
const MENTIONS_MAX: usize = 10;
/// How far ahead a reminder may lie, and how long its note may be, in bytes.
const REMIND_WITHIN: Duration = Duration::from_hours(366 * 24);
const REMINDER_BYTES_MAX: usize = 1_000;
/// Open reminders that are listed.
const REMINDERS_MAX: u32 = 200;
/// Texts that become searchable in one transaction, and in one search; what is more waits for the next search.
const SEARCHABLE_AT_ONCE: u32 = 500;
const SEARCHABLE_BATCHES: usize = 40;

/// What was found, and whether every text was looked at.
#[derive(Debug)]
pub struct Found {
    pub texts: Vec<baton_store::FoundText>,
    /// False when so much was written since the last search that the rest is looked at by the next one.
    pub complete: bool,
}

impl Engine {
    pub async fn put_quick_reply(&self, agent: &AgentId, reply: QuickReply) -> Result<(), EngineError> {
        let shortcut = &reply.shortcut;
        let fits = !shortcut.is_empty()
            && shortcut.len() <= SHORTCUT_BYTES_MAX
            && shortcut.chars().all(|sign| sign.is_alphanumeric() || sign == '-' || sign == '_');
        if !fits {
            let detail = format!("give letters, digits, `-` and `_`, at most {SHORTCUT_BYTES_MAX} bytes");
            return Err(EngineError::invalid("shortcut", detail));
        }
        if reply.text.trim().is_empty() || reply.text.len() > REPLY_BYTES_MAX {
            return Err(EngineError::invalid("text", format!("give 1 to {REPLY_BYTES_MAX} bytes")));
        }
        check_text("text", &reply.text)?;
        let agent = agent.clone();
        let kept = self
            .shell
            .store
            .write(move |tx| {
                let own = tx.quick_replies(&agent)?;
                if own.len() >= QUICK_REPLIES_MAX && own.iter().all(|known| known.shortcut != reply.shortcut) {
                    return Ok(false);
                }
                tx.put_quick_reply(&agent, &reply)?;
                Ok(true)
            })
            .await?;
        if kept {
            return Ok(());
        }
        Err(EngineError::invalid("shortcut", format!("there are {QUICK_REPLIES_MAX} already; delete one first")))
    }

    pub async fn quick_replies(&self, agent: &AgentId) -> Result<Vec<QuickReply>, EngineError> {
        let agent = agent.clone();
        Ok(self.shell.store.read(move |tx| tx.quick_replies(&agent)).await?)
    }

    pub async fn delete_quick_reply(&self, agent: &AgentId, shortcut: String) -> Result<(), EngineError> {
        let agent = agent.clone();
        Ok(self.shell.store.write(move |tx| tx.delete_quick_reply(&agent, &shortcut)).await?)
    }

    /// Writes a note that names colleagues: each is told at once, and reads the conversation and writes notes in it until
    /// they say that they are done.
    pub async fn post_note_to(
        &self,
        id: ConversationId,
        author: AgentId,
        client_id: String,
        text: String,
        mentions: Vec<AgentId>,
    ) -> Result<Posted, EngineError> {
        if mentions.len() > MENTIONS_MAX {
            return Err(EngineError::invalid("mentions", format!("a note names at most {MENTIONS_MAX} colleagues")));
        }
        let deployment = self.deployment();
        if let Some(unknown) = mentions.iter().find(|agent| deployment.agent(agent).is_none()) {
            return Err(EngineError::invalid("mentions", format!("there is no agent `{unknown}`")));
        }
        let posted = self.note(id, author.clone(), client_id, text.clone(), mentions.clone()).await?;
        if posted.created {
            let excerpt: String = text.chars().take(REMINDER_BYTES_MAX / 4).collect();
            for agent in mentions.into_iter().filter(|agent| *agent != author) {
                let reminder = Reminder {
                    id: self.shell.ids.make(),
                    agent,
                    conversation: id,
                    kind: ReminderKind::Mention,
                    made_by: author.clone(),
                    due: self.now(),
                    note: excerpt.clone(),
                    done_at: None,
                };
                self.keep_reminder(reminder).await?;
            }
        }
        Ok(posted)
    }

    /// Reminds an agent of a conversation at a time of their own.
    pub async fn follow_up(
        &self,
        id: Uuid,
        conversation: ConversationId,
        agent: AgentId,
        due: Timestamp,
        note: String,
    ) -> Result<Reminder, EngineError> {
        check_text("note", &note)?;
        if note.len() > REMINDER_BYTES_MAX {
            return Err(EngineError::invalid("note", format!("at most {REMINDER_BYTES_MAX} bytes fit; shorten it")));
        }
        let now = self.now();
        if due <= now || due > now + REMIND_WITHIN {
            return Err(EngineError::invalid("due", "give a time that is to come, within a year"));
        }
        let kind = ReminderKind::FollowUp;
        let reminder = Reminder { id, made_by: agent.clone(), agent, conversation, kind, due, note, done_at: None };
        self.keep_reminder(reminder.clone()).await?;
        Ok(reminder)
    }

    async fn keep_reminder(&self, reminder: Reminder) -> Result<(), EngineError> {
        let kept = reminder.clone();
        self.shell.store.write(move |tx| tx.put_reminder(&kept)).await?;
        let whom = reminder.agent.clone();
        self.shell.hub.to_staff(Change::Reminder(Box::new(reminder)), |agent, _| *agent == whom);
        Ok(())
    }

    pub async fn reminders(&self, agent: &AgentId) -> Result<Vec<Reminder>, EngineError> {
        let agent = agent.clone();
        Ok(self.shell.store.read(move |tx| tx.reminders_of(&agent, REMINDERS_MAX)).await?)
    }

    /// Says that one's own reminder is done with.
    pub async fn finish_reminder(&self, agent: &AgentId, id: Uuid) -> Result<(), EngineError> {
        let now = self.now();
        let found = self.shell.store.read(move |tx| tx.reminder(id)).await?;
        let own = found.filter(|reminder| reminder.agent == *agent).ok_or(EngineError::NotFound)?;
        self.shell.store.write(move |tx| tx.finish_reminder(own.id, now)).await?;
        let whom = own.agent.clone();
        self.shell.hub.to_staff(Change::ReminderDone { id }, |agent, _| *agent == whom);
        Ok(())
    }

    /// Whether a colleague asked this agent about this conversation, and they are not done.
    pub async fn is_mentioned(&self, id: ConversationId, agent: &AgentId) -> Result<bool, EngineError> {
        let agent = agent.clone();
        Ok(self.shell.store.read(move |tx| tx.is_mentioned(id, &agent)).await?)
    }

    /// Looks through what was written, after taking in what was written since the last search.
    pub async fn search_texts(&self, search: MessageSearch) -> Result<Found, EngineError> {
        let store = &self.shell.store;
        let mut complete = false;
        for _ in 0..SEARCHABLE_BATCHES {
            if store.write(|tx| tx.make_searchable(SEARCHABLE_AT_ONCE)).await? < SEARCHABLE_AT_ONCE {
                complete = true;
                break;
            }
        }
        let texts = store.read(move |tx| tx.search_texts(&search)).await?;
        Ok(Found { texts, complete })
    }

    /// Colleagues who have a conversation in front of them, in this process, by their keys.
    pub fn viewers(&self, id: ConversationId) -> Vec<AgentId> {
        self.shell.hub.viewers(id)
    }
}
