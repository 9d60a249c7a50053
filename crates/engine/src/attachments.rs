//! Files that customers, bots and agents send: what may come in, and how they come to belong to a message.

mod kind;
mod name;

use baton_core::{AgentId, ConversationId, Epoch};
use baton_store::Attachment;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::Engine;
use crate::conversations::{BotMessage, Posted};
use crate::error::EngineError;

pub use kind::is_picture;

/// Largest file, in bytes. It stands in memory while it comes in, and in one row.
pub const ATTACHMENT_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Most files of one message.
pub const ATTACHMENTS_PER_MESSAGE_MAX: usize = 10;
/// Most files of one conversation, and most bytes of all of them together.
const HELD_MAX: u64 = 200;
const HELD_BYTES_MAX: u64 = 200 * 1024 * 1024;
/// A file that belongs to no message is forgotten after this long.
const STRAY_FOR: std::time::Duration = std::time::Duration::from_hours(24);

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachmentRefusal {
    Empty,
    TooLarge,
    /// No kind of file that people send each other to look at.
    Kind,
    /// The conversation holds as many as fit.
    Full,
}

impl Engine {
    /// Keeps a file for a message that is still to be written. What it is, its bytes say; its name is made safe.
    pub async fn upload(
        &self,
        conversation: ConversationId,
        uploader: String,
        name: &str,
        content: Vec<u8>,
    ) -> Result<Attachment, EngineError> {
        if content.is_empty() {
            return Err(EngineError::Attachment(AttachmentRefusal::Empty));
        }
        if content.len() > ATTACHMENT_BYTES_MAX {
            return Err(EngineError::Attachment(AttachmentRefusal::TooLarge));
        }
        let name = name::safe(name);
        let media_type = kind::of(&content, &name).ok_or(EngineError::Attachment(AttachmentRefusal::Kind))?;
        let now = self.now();
        let attachment = Attachment {
            id: self.shell.ids.make(),
            conversation,
            uploader,
            name,
            media_type: media_type.to_owned(),
            bytes: content.len() as u64,
            created_at: now,
            message: None,
        };
        let kept = attachment.clone();
        let fits = self
            .shell
            .store
            .write(move |tx| {
                tx.delete_stray_attachments(now - STRAY_FOR)?;
                let (count, bytes) = tx.attachments_held(conversation)?;
                if count >= HELD_MAX || bytes + kept.bytes > HELD_BYTES_MAX {
                    return Ok(false);
                }
                tx.put_attachment(&kept, &content)?;
                Ok(true)
            })
            .await?;
        if fits { Ok(attachment) } else { Err(EngineError::Attachment(AttachmentRefusal::Full)) }
    }

    /// A file of a conversation that this reader may have: one that was sent, or one of their own.
    pub async fn attachment(
        &self,
        conversation: ConversationId,
        id: Uuid,
        reader: &str,
    ) -> Result<Attachment, EngineError> {
        let found = self.shell.store.read(move |tx| tx.attachment(id)).await?;
        found
            .filter(|found| found.conversation == conversation)
            .filter(|found| found.message.is_some() || found.uploader == reader)
            .ok_or(EngineError::NotFound)
    }

    pub async fn attachment_content(&self, id: Uuid) -> Result<Vec<u8>, EngineError> {
        self.shell.store.read(move |tx| tx.attachment_content(id)).await?.ok_or(EngineError::NotFound)
    }

    /// Takes back a file that was not sent.
    pub async fn discard_attachment(
        &self,
        conversation: ConversationId,
        id: Uuid,
        uploader: &str,
    ) -> Result<(), EngineError> {
        let found = self.attachment(conversation, id, uploader).await?;
        if found.message.is_some() || found.uploader != uploader {
            return Err(EngineError::NotFound);
        }
        Ok(self.shell.store.write(move |tx| tx.delete_attachment(id)).await?)
    }

    /// The files that a message names, each of this conversation and this sender.
    pub(crate) async fn attachments_of(
        &self,
        conversation: ConversationId,
        sender: String,
        ids: Vec<Uuid>,
    ) -> Result<Vec<Attachment>, EngineError> {
        if ids.len() > ATTACHMENTS_PER_MESSAGE_MAX {
            let most = ATTACHMENTS_PER_MESSAGE_MAX;
            return Err(EngineError::invalid("attachments", format!("at most {most} fit one message; send two")));
        }
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let found = self
            .shell
            .store
            .read(move |tx| {
                let mut found = Vec::with_capacity(ids.len());
                for id in &ids {
                    found.push(tx.attachment(*id)?);
                }
                Ok(found)
            })
            .await?;
        let own = |file: &Attachment| file.conversation == conversation && file.uploader == sender;
        found
            .into_iter()
            .map(|file| {
                file.filter(own).ok_or_else(|| {
                    EngineError::invalid("attachments", "one of them is not there, or not yours; upload it again")
                })
            })
            .collect()
    }
}

/// Whose message it is.
#[derive(Debug, Clone)]
pub enum Sender {
    Customer,
    Bot(BotMessage),
    Agent { agent: AgentId, epoch: Epoch },
}

/// A message with files.
#[derive(Debug, Clone)]
pub struct Sent {
    pub sender: Sender,
    /// As the files' uploader is called.
    pub named: String,
    pub client_id: String,
    /// May be empty with files; a bot's text is in its own part.
    pub text: String,
    pub attachments: Vec<Uuid>,
}

impl Engine {
    /// Writes whoever's message, with the files that were uploaded for it.
    pub async fn post(&self, id: ConversationId, sent: Sent) -> Result<Posted, EngineError> {
        let Sent { sender, named, client_id, text, attachments } = sent;
        let files = self.attachments_of(id, named, attachments).await?;
        match sender {
            Sender::Customer => self.customer_message(id, client_id, text, files).await,
            Sender::Bot(message) => self.bot_message(id, client_id, message, files).await,
            Sender::Agent { agent, epoch } => self.agent_message(id, agent, epoch, client_id, text, files).await,
        }
    }
}

/// What stands beside the message of its files, so that reading a transcript asks no other table.
pub(crate) fn beside(files: &[Attachment]) -> Value {
    files
        .iter()
        .map(|file| json!({"id": file.id, "name": file.name, "media_type": file.media_type, "bytes": file.bytes}))
        .collect()
}

/// The ids of the files that stand beside a message.
pub(crate) fn ids_beside(extra: &Value) -> Vec<Uuid> {
    let files = extra.get("attachments").and_then(Value::as_array).into_iter().flatten();
    files.filter_map(|file| file.get("id")?.as_str()?.parse().ok()).collect()
}

/// What a message says to whoever reads words only: its text, or the names of its files.
pub(crate) fn said(body: &baton_store::Body) -> String {
    if !body.text.trim().is_empty() {
        return body.text.clone();
    }
    let files = body.extra.get("attachments").and_then(Value::as_array).into_iter().flatten();
    let names: Vec<_> = files.filter_map(|file| file.get("name")?.as_str()).map(|name| format!("[{name}]")).collect();
    names.join(" ")
}

/// The bytes that a message counts for.
pub(crate) fn weight(text: &str, files: &[Attachment]) -> u32 {
    let text = if text.trim().is_empty() { 0 } else { text.len() };
    let names: usize = files.iter().map(|file| file.name.len()).sum();
    u32::try_from(text + names).unwrap_or(u32::MAX)
}
