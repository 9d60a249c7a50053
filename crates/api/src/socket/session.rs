//! One socket from its first frame to its last: one task that reads, writes, and waits for whatever comes first.

use std::time::Duration;

use axum::extract::ws::WebSocket;
use baton_core::{ConversationId, Seq, Timestamp};
use baton_engine::{Connected, Listener, Subscriber};
use baton_store::Marks;
use futures_util::FutureExt;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::hello;
use super::posts::Posts;
use super::tickets::Holder;
use super::wire_end::{Ended, Heard, WireEnd};
use crate::app::App;
use crate::auth::revocation::{Credential, Notice};
use crate::principal::Principal;
use crate::views::Audience;
use crate::wire::ServerFrame;

/// After this long without a sign of the client it is asked for one; after as long again it is gone.
const SILENCE: Duration = Duration::from_secs(45);
/// Changes sent before the socket is flushed and read again.
const CHANGES_TOGETHER: usize = 64;

/// A conversation that this socket follows.
pub(super) struct Subscription {
    pub(super) conversation: ConversationId,
    /// The last event sent.
    pub(super) seen: Seq,
    pub(super) marks: Marks,
}

pub(super) struct Session {
    pub(super) app: App,
    pub(super) end: WireEnd,
    pub(super) principal: Principal,
    pub(super) audience: Audience,
    pub(super) credential: Option<Credential>,
    pub(super) changes: Subscriber,
    pub(super) subscriptions: Vec<Subscription>,
    pub(super) posts: Posts,
    /// The configuration that the principal's rights were read from.
    pub(super) version: u64,
    /// When the credential was last found alive.
    pub(super) checked_at: Timestamp,
    notices: watch::Receiver<Notice>,
    revocations_seen: u64,
    _connected: Option<Connected>,
}

/// Serves a socket until it ends, and says why.
pub(super) async fn serve(app: App, socket: WebSocket) {
    let _open = app.socket_opened();
    let mut end = WireEnd::new(socket);
    // Before the ticket is looked at: a revocation from here on is seen.
    let notices = app.revocations().watch();
    // What is boxed here and below is gone or elsewhere while the socket waits, which it does most of its life.
    match Box::pin(hello::welcome(&app, &mut end)).await {
        Ok(holder) => {
            let mut session = Box::new(Session::new(app, end, holder, notices));
            let ended = session.run().await;
            Box::pin(session.end.close(ended)).await;
        }
        Err(ended) => Box::pin(end.close(ended)).await,
    }
}

impl Session {
    fn new(app: App, end: WireEnd, holder: Holder, notices: watch::Receiver<Notice>) -> Self {
        let Holder { principal, credential } = holder;
        let changes = app.engine().connect(listener(&principal));
        let connected = principal.person().map(|agent| app.engine().agent_connected(agent));
        let revocations_seen = notices.borrow().revocations;
        Self {
            audience: Audience::of(&principal),
            version: app.deployment().version,
            checked_at: app.now(),
            subscriptions: Vec::new(),
            posts: Posts::default(),
            revocations_seen,
            _connected: connected,
            app,
            end,
            principal,
            credential,
            changes,
            notices,
        }
    }

    async fn run(&mut self) -> Ended {
        match self.go().await {
            Ok(()) => Ended::Gone,
            Err(ended) => ended,
        }
    }

    async fn go(&mut self) -> Result<(), Ended> {
        Box::pin(self.begin()).await?;
        let mut heard_at = Instant::now();
        let mut asked = false;
        loop {
            self.end.flush().await?;
            let patience = heard_at + if asked { SILENCE * 2 } else { SILENCE };
            tokio::select! {
                heard = self.end.read(), if !self.posts.is_full() => {
                    (heard_at, asked) = (Instant::now(), false);
                    if let Heard::Text(text) = heard? {
                        // Boxed, so that a socket at rest is small.
                        Box::pin(self.frame(&text)).await?;
                    }
                }
                Some(answer) = self.posts.next(&self.app, &self.principal), if !self.posts.is_empty() => {
                    Box::pin(self.answers(answer)).await?;
                }
                change = self.changes.next() => {
                    Box::pin(self.change(change.ok_or_else(|| self.cut_off())?)).await?;
                    for _ in 0..CHANGES_TOGETHER {
                        let Some(more) = self.changes.next().now_or_never() else { break };
                        Box::pin(self.change(more.ok_or_else(|| self.cut_off())?)).await?;
                    }
                }
                _ = self.notices.changed() => self.look_at_notices()?,
                () = sleep_until(patience) => {
                    if asked {
                        return Err(Ended::Gone);
                    }
                    asked = true;
                    Box::pin(self.end.ping()).await?;
                }
            }
        }
    }

    /// Everything that the log has answered by now.
    async fn answers(&mut self, first: ServerFrame) -> Result<(), Ended> {
        self.end.write(&first).await?;
        while let Some(Some(answer)) = self.posts.next(&self.app, &self.principal).now_or_never() {
            self.end.write(&answer).await?;
        }
        Ok(())
    }

    /// The engine sends no more: it stops, or this socket did not keep up.
    fn cut_off(&self) -> Ended {
        if self.app.revocations().is_stopping() { Ended::Restart } else { Ended::TooSlow }
    }

    fn look_at_notices(&mut self) -> Result<(), Ended> {
        let notice = *self.notices.borrow_and_update();
        if notice.stopping {
            return Err(Ended::Restart);
        }
        let seen = std::mem::replace(&mut self.revocations_seen, notice.revocations);
        match &self.credential {
            Some(credential) if self.app.revocations().ended(credential, seen) => Err(Ended::Unauthenticated),
            Some(_) | None => Ok(()),
        }
    }

    pub(super) fn subscription(&mut self, id: ConversationId) -> Option<&mut Subscription> {
        self.subscriptions.iter_mut().find(|subscription| subscription.conversation == id)
    }

    pub(super) fn unsubscribe(&mut self, id: ConversationId) {
        self.changes.unsubscribe(id);
        self.subscriptions.retain(|subscription| subscription.conversation != id);
    }
}

fn listener(principal: &Principal) -> Listener {
    match principal {
        Principal::Customer { .. } => Listener::Customer,
        Principal::Bot { .. } => Listener::Bot,
        Principal::Agent { agent, queues } => Listener::Staff { agent: agent.clone(), queues: Some(queues.clone()) },
        Principal::Supervisor { agent, queues } => Listener::Staff {
            agent: agent.clone(),
            // No list is all queues.
            queues: Some(queues.clone()).filter(|queues| !queues.is_empty()),
        },
        Principal::Admin { agent } => Listener::Staff { agent: agent.clone(), queues: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size<F: Future>(_: impl FnOnce(App, WebSocket) -> F) -> usize {
        size_of::<F>()
    }

    #[test]
    fn a_socket_at_rest_is_small() {
        // Thousands of them wait most of the time; what a frame or a catch-up needs is boxed for as long as it takes.
        let bytes = size(serve);
        assert!(bytes <= 2048, "{bytes}");
    }
}
