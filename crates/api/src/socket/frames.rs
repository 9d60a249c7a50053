//! What a client sends, frame by frame. Every frame names its row of the matrix.

use std::time::Duration;

use baton_core::{Controller, ConversationId, Seq};
use baton_engine::Typist;
use baton_store::Marks;

use super::catch_up::Stopped;
use super::posts::refused;
use super::session::{Session, Subscription};
use super::wire_end::Ended;
use crate::extract::from_json;
use crate::matrix::Act;
use crate::principal::Principal;
use crate::problem::{Code, Problem};
use crate::resources::marks::own_side;
use crate::wire::{ClientFrame, MarkFrame, PongFrame, SendFrame, ServerFrame, SubscribeFrame, TypingFrame};

/// Most conversations that one socket follows.
const SUBSCRIPTIONS_MAX: usize = 500;
/// A socket that lives long has its credential looked at this often, on a ping.
const CHECKED_EVERY: Duration = Duration::from_mins(1);

/// The row of a frame; `None` for those that concern nothing but the socket.
pub(crate) fn act_of_frame(frame: &ClientFrame) -> Option<Act> {
    match frame {
        ClientFrame::Hello(_) => Some(Act::OpenSocket),
        ClientFrame::Subscribe(_) => Some(Act::ReadMessages),
        ClientFrame::Send(_) | ClientFrame::Typing(_) => Some(Act::Send),
        ClientFrame::Mark(_) => Some(Act::Mark),
        ClientFrame::Unsubscribe(_) | ClientFrame::Ping(_) => None,
    }
}

impl Session {
    pub(super) async fn frame(&mut self, text: &str) -> Result<(), Ended> {
        let frame = match from_json::<ClientFrame>(text.as_bytes()) {
            Ok(frame) => frame,
            Err(problem) => return self.refuse(None, None, problem).await,
        };
        self.renew_rights()?;
        if let Err((conversation, client_id, problem)) = self.admit(&frame) {
            return self.refuse(conversation, client_id, problem).await;
        }
        match frame {
            ClientFrame::Hello(_) => {
                let problem = Problem::new(Code::InvalidRequest, "the socket is open already; `hello` comes once");
                self.refuse(None, None, problem).await
            }
            ClientFrame::Subscribe(subscribe) => self.subscribe(subscribe).await,
            ClientFrame::Unsubscribe(unsubscribe) => {
                self.unsubscribe(ConversationId(unsubscribe.conversation));
                Ok(())
            }
            ClientFrame::Send(message) => self.send(message).await,
            ClientFrame::Typing(typing) => self.typing(typing).await,
            ClientFrame::Mark(mark) => self.mark(mark).await,
            ClientFrame::Ping(_) => {
                self.check_credential().await?;
                self.end.write(&ServerFrame::Pong(PongFrame {})).await
            }
        }
    }

    async fn refuse(
        &mut self,
        conversation: Option<uuid::Uuid>,
        client_id: Option<String>,
        problem: Problem,
    ) -> Result<(), Ended> {
        self.end.write(&refused(conversation, client_id, problem)).await
    }

    /// Whether this principal may send such a frame at all, and not too often.
    fn admit(&self, frame: &ClientFrame) -> Result<(), (Option<uuid::Uuid>, Option<String>, Problem)> {
        let Some(act) = act_of_frame(frame) else { return Ok(()) };
        let (conversation, client_id, writes) = match frame {
            ClientFrame::Send(send) => (Some(send.conversation), Some(send.client_id.clone()), true),
            ClientFrame::Subscribe(subscribe) => (Some(subscribe.conversation), None, false),
            // These are kept nowhere or only grow: counted as requests, not as writes.
            ClientFrame::Typing(typing) => (Some(typing.conversation), None, false),
            ClientFrame::Mark(mark) => (Some(mark.conversation), None, false),
            ClientFrame::Hello(_) | ClientFrame::Unsubscribe(_) | ClientFrame::Ping(_) => (None, None, false),
        };
        self.app.admit(&self.principal, act, writes).map_err(|problem| (conversation, client_id, problem))
    }

    async fn subscribe(&mut self, subscribe: SubscribeFrame) -> Result<(), Ended> {
        let id = ConversationId(subscribe.conversation);
        let again = self.subscription(id).is_some();
        if !again && self.subscriptions.len() >= SUBSCRIPTIONS_MAX {
            let detail = format!("one socket follows at most {SUBSCRIPTIONS_MAX} conversations; unsubscribe from some");
            return self.refuse(Some(id.0), None, Problem::new(Code::TooManySubscriptions, detail)).await;
        }
        if let Err(problem) = self.app.reach(&self.principal, Act::ReadMessages, id).await {
            self.unsubscribe(id);
            return self.refuse(Some(id.0), None, problem).await;
        }
        if subscribe.epoch.is_some_and(|epoch| epoch != self.app.engine().log_epoch()) {
            self.unsubscribe(id);
            return self.tell_reload(id, "another_log").await;
        }
        // First listen, then read: what is appended meanwhile comes twice and is dropped once.
        self.changes.subscribe(id);
        match self.catch_up(id, Seq(subscribe.after)).await {
            Ok((seen, marks)) => {
                let subscription = Subscription { conversation: id, seen, marks };
                match self.subscription(id) {
                    Some(known) => *known = subscription,
                    None => self.subscriptions.push(subscription),
                }
                Ok(())
            }
            Err(stopped) => self.stop_following(id, stopped).await,
        }
    }

    pub(super) async fn stop_following(&mut self, id: ConversationId, stopped: Stopped) -> Result<(), Ended> {
        self.unsubscribe(id);
        match stopped {
            Stopped::Reload(reason) => self.tell_reload(id, reason).await,
            Stopped::Refused(problem) => self.refuse(Some(id.0), None, problem).await,
            Stopped::Ended(ended) => Err(ended),
        }
    }

    async fn send(&mut self, message: SendFrame) -> Result<(), Ended> {
        let id = ConversationId(message.conversation);
        match self.app.reach(&self.principal, Act::Send, id).await {
            Ok(_) => {
                self.posts.send(&self.app, &self.principal, message);
                Ok(())
            }
            Err(problem) => self.refuse(Some(id.0), Some(message.client_id), problem).await,
        }
    }

    /// Only who may answer right now, and the customer, are shown typing.
    async fn typing(&mut self, typing: TypingFrame) -> Result<(), Ended> {
        let id = ConversationId(typing.conversation);
        let snapshot = match self.app.reach(&self.principal, Act::Send, id).await {
            Ok(snapshot) => snapshot,
            Err(problem) => return self.refuse(Some(id.0), None, problem).await,
        };
        let conversation = &snapshot.conversation;
        let who = typist(&self.principal);
        let speaks = match &who {
            Typist::Customer => !conversation.is_closed(),
            Typist::Bot => matches!(conversation.controller, Controller::Bot),
            Typist::Agent(agent) => conversation.agent() == Some(agent),
        };
        if speaks {
            self.app.engine().typing(id, who, typing.typing);
        }
        Ok(())
    }

    async fn mark(&mut self, mark: MarkFrame) -> Result<(), Ended> {
        let id = ConversationId(mark.conversation);
        let raised = own_side(&self.principal, mark.delivered, mark.read);
        // What stands already costs no write: clients repeat themselves after a reconnect.
        if self.subscription(id).is_some_and(|known| covers(known.marks, raised)) {
            return Ok(());
        }
        let outcome = match self.app.reach(&self.principal, Act::Mark, id).await {
            Ok(_) => self.app.engine().raise_marks(id, raised).await.map_err(Problem::from),
            Err(problem) => Err(problem),
        };
        match outcome {
            Ok(_) => Ok(()),
            Err(problem) => self.refuse(Some(id.0), None, problem).await,
        }
    }

    /// After another configuration was applied, rights may differ. Whoever's do connects again with the new ones.
    pub(super) fn renew_rights(&mut self) -> Result<(), Ended> {
        let version = self.app.deployment().version;
        if version == self.version {
            return Ok(());
        }
        self.version = version;
        let Some(credential) = &self.credential else { return Ok(()) };
        match self.app.principal_of(credential.kind, &credential.subject) {
            Some(principal) if principal == self.principal => Ok(()),
            Some(_) => Err(Ended::Restart),
            None => Err(Ended::Unauthenticated),
        }
    }

    /// A credential can end in another process, which does not tell us.
    async fn check_credential(&mut self) -> Result<(), Ended> {
        let now = self.app.now();
        let Some(credential) = &self.credential else { return Ok(()) };
        if now.since(self.checked_at) < CHECKED_EVERY {
            return Ok(());
        }
        self.checked_at = now;
        match self.app.live_token_by_hash(credential.kind, credential.hash).await {
            Ok(None) => Err(Ended::Unauthenticated),
            // A database that is away for a moment signs nobody out.
            Ok(Some(_)) | Err(_) => Ok(()),
        }
    }
}

pub(super) fn typist(principal: &Principal) -> Typist {
    match principal {
        Principal::Customer { .. } => Typist::Customer,
        Principal::Bot { .. } => Typist::Bot,
        Principal::Agent { agent, .. } | Principal::Supervisor { agent, .. } | Principal::Admin { agent } => {
            Typist::Agent(agent.clone())
        }
    }
}

fn covers(known: Marks, raised: Marks) -> bool {
    known.customer_delivered >= raised.customer_delivered
        && known.customer_read >= raised.customer_read
        && known.staff_delivered >= raised.staff_delivered
        && known.staff_read >= raised.staff_read
}
