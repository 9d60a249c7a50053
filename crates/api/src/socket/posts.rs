//! Messages on their way to the log. A client need not wait for one before it sends the next: conversations go beside
//! each other, and within a conversation the order is kept.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;

use baton_core::ConversationId;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use crate::app::App;
use crate::principal::Principal;
use crate::problem::Problem;
use crate::wire::{AckFrame, PostMessage, RefusedFrame, SendFrame, ServerFrame};

/// Most messages of one socket that are under way; beyond it nothing more is read until one is done.
const UNDER_WAY_MAX: usize = 64;

type Post = Pin<Box<dyn Future<Output = (ConversationId, ServerFrame)> + Send>>;

#[derive(Default)]
pub(super) struct Posts {
    under_way: FuturesUnordered<Post>,
    /// The conversations that those belong to, each at most once.
    busy: Vec<ConversationId>,
    /// Behind another one of the same conversation.
    waiting: VecDeque<SendFrame>,
}

impl Posts {
    pub(super) fn is_full(&self) -> bool {
        self.under_way.len() + self.waiting.len() >= UNDER_WAY_MAX
    }

    pub(super) fn is_empty(&self) -> bool {
        self.under_way.is_empty()
    }

    pub(super) fn send(&mut self, app: &App, who: &Principal, message: SendFrame) {
        if self.busy.contains(&ConversationId(message.conversation)) {
            self.waiting.push_back(message);
        } else {
            self.begin(app, who, message);
        }
    }

    /// The next answer, `ack` or `refused`; never while nothing is under way.
    pub(super) async fn next(&mut self, app: &App, who: &Principal) -> Option<ServerFrame> {
        let (conversation, answer) = self.under_way.next().await?;
        self.busy.retain(|busy| *busy != conversation);
        let next = self.waiting.iter().position(|message| message.conversation == conversation.0);
        if let Some(message) = next.and_then(|place| self.waiting.remove(place)) {
            self.begin(app, who, message);
        }
        Some(answer)
    }

    fn begin(&mut self, app: &App, who: &Principal, message: SendFrame) {
        let conversation = ConversationId(message.conversation);
        self.busy.push(conversation);
        let (app, who) = (app.clone(), who.clone());
        self.under_way.push(Box::pin(async move { (conversation, post(&app, &who, message).await) }));
    }
}

async fn post(app: &App, who: &Principal, message: SendFrame) -> ServerFrame {
    let SendFrame { conversation, client_id, text, attachments, epoch } = message;
    let post = PostMessage { attachments, epoch, ..PostMessage::of_text(client_id.clone(), text) };
    match app.post(who, ConversationId(conversation), post).await {
        Ok(posted) => ServerFrame::Ack(AckFrame { conversation, client_id, seq: posted.seq.0 }),
        Err(problem) => refused(Some(conversation), Some(client_id), problem),
    }
}

pub(super) fn refused(conversation: Option<uuid::Uuid>, client_id: Option<String>, problem: Problem) -> ServerFrame {
    ServerFrame::Refused(RefusedFrame { conversation, client_id, problem })
}
