//! Following the log where this process did not write it: what other engines appended, and what it wrote itself without
//! learning that it was kept.

use std::collections::VecDeque;
use std::sync::Arc;

use baton_core::planted::{Fault, planted};
use baton_core::{Conversation, ConversationId, Seq};

use crate::error::EngineError;
use crate::hub::StoredEvent;
use crate::settle::Origin;
use crate::shell::{Loaded, Shell, at_rest, read, remember};

impl Shell {
    /// Somebody says that a conversation has come to `seq`.
    pub(crate) async fn heard(
        self: &Arc<Self>,
        id: ConversationId,
        seq: Seq,
        at_rest: bool,
    ) -> Result<(), EngineError> {
        let known = self.cache.get(&id).map(|loaded| loaded.conversation.seq);
        if known.is_some_and(|known| known >= seq) {
            return Ok(());
        }
        if known.is_none() && at_rest && !self.floor().knows(id) && !self.hub.followed(id) {
            // Nobody here asks for it; whoever does later reads it then.
            return Ok(());
        }
        self.catch_up(id).await
    }

    /// Brings this process to what the log says of a conversation, and tells everybody here.
    pub(crate) async fn catch_up(self: &Arc<Self>, id: ConversationId) -> Result<(), EngineError> {
        let _order = self.lock(id).await;
        self.refresh_locked(id).await.map(drop)
    }

    /// Looks again at whatever this process is not sure of.
    pub(crate) async fn settle_doubts(self: &Arc<Self>) {
        let doubts = self.doubts().clone();
        for id in doubts {
            match self.catch_up(id).await {
                Ok(()) | Err(EngineError::NotFound) => {}
                Err(error) => tracing::error!(conversation = %id, %error, "find out whether an append was kept"),
            }
        }
    }

    /// The conversation as the store has it at this moment, for whoever must not be shown an older one.
    pub(crate) async fn load_current(self: &Arc<Self>, id: ConversationId) -> Result<Loaded, EngineError> {
        let loaded = self.load(id).await?;
        if !self.may_be_behind(id) {
            return Ok(loaded);
        }
        let head = self.store.read(move |tx| tx.head(id)).await?;
        if head.is_none_or(|head| head.seq <= loaded.conversation.seq) {
            return Ok(loaded);
        }
        let _order = self.lock(id).await;
        self.refresh_locked(id).await
    }

    /// Whether what was decided on is older than the log; if so it is read again. The lock is held.
    pub(crate) async fn was_behind(self: &Arc<Self>, loaded: &Loaded) -> Result<bool, EngineError> {
        let id = loaded.conversation.id;
        if !self.may_be_behind(id) || planted(Fault::NoFromAnOldState) {
            return Ok(false);
        }
        let head = self.store.read(move |tx| tx.head(id)).await?;
        if head.is_none_or(|head| head.seq <= loaded.conversation.seq) {
            return Ok(false);
        }
        self.refresh_locked(id).await.map(|_| true)
    }

    /// With a database of its own a process knows everything, unless it is in doubt about an append.
    fn may_be_behind(&self, id: ConversationId) -> bool {
        self.cluster.shared() || self.doubts().contains(&id)
    }

    /// Reads what came after what is in memory, or all of it, and settles it. The conversation's lock is held.
    pub(crate) async fn refresh_locked(self: &Arc<Self>, id: ConversationId) -> Result<Loaded, EngineError> {
        let origin = if self.doubts().contains(&id) { Origin::InDoubt } else { Origin::Elsewhere };
        let refreshed = match self.cache.get(&id) {
            Some(known) => self.read_on(known, origin).await,
            None => self.read_afresh(id, origin).await,
        };
        match &refreshed {
            Ok(_) | Err(EngineError::NotFound) => {
                self.doubts().remove(&id);
            }
            Err(_) => {}
        }
        refreshed
    }

    async fn read_on(self: &Arc<Self>, known: Loaded, origin: Origin) -> Result<Loaded, EngineError> {
        let before = Arc::clone(&known.conversation);
        let events = self.transcript(before.id, before.seq, Seq(u64::MAX)).await?;
        if events.is_empty() {
            return Ok(known);
        }
        let mut after = Conversation::clone(&before);
        let (mut recent, mut last) = (VecDeque::clone(&known.recent), known.last.clone());
        for event in &events {
            debug_assert_eq!(event.recorded.seq, after.seq.next(), "a gap in conversation {}", before.id);
            after.apply(event.recorded.at, &event.recorded.event);
            remember(event, &mut recent, &mut last);
        }
        let loaded = Loaded { conversation: Arc::new(after), recent: Arc::new(recent), last, ..known };
        self.take_in(&before, &loaded, events, origin);
        Ok(loaded)
    }

    async fn read_afresh(self: &Arc<Self>, id: ConversationId, origin: Origin) -> Result<Loaded, EngineError> {
        let loaded = read(&self.store, id).await?.ok_or(EngineError::NotFound)?;
        let through = loaded.conversation.seq;
        // Whoever follows it sees by the number that there is more, and reads what is missing.
        let events: Vec<StoredEvent> = if self.hub.followed(id) {
            self.transcript(id, Seq(through.0.saturating_sub(1)), through).await?
        } else {
            Vec::new()
        };
        if origin == Origin::Elsewhere && at_rest(&loaded) && events.is_empty() && !self.floor().knows(id) {
            self.cache.insert(id, loaded.clone());
        } else {
            self.take_in(&Conversation::empty(id), &loaded, events, origin);
        }
        Ok(loaded)
    }

    fn take_in(self: &Arc<Self>, before: &Conversation, loaded: &Loaded, events: Vec<StoredEvent>, origin: Origin) {
        let after = &loaded.conversation;
        self.cache.insert(after.id, loaded.clone());
        let deadline = after.deadline(self.deployment.load().limits()).map(|(at, _)| at);
        self.settle(before, loaded, events, deadline, origin);
    }
}
