//! From where a client left off to now: subscribe first, then read, then drop what was read from what comes live.
//! Nothing is missed between the two and nothing shown twice.

use baton_core::{ConversationId, Seq};
use baton_engine::{Snapshot, StoredEvent};
use baton_store::Marks;

use super::render::events_frame;
use super::session::Session;
use super::wire_end::Ended;
use crate::problem::Problem;
use crate::views::Viewer;
use crate::views::conversation::marks_view;
use crate::wire::{ReloadFrame, ServerFrame, SubscribedFrame};

/// Events read at once.
const PAGE: u32 = 200;
/// A frame is closed when the texts in it have so many bytes.
const FRAME_TEXT_BYTES: usize = 48 * 1024;

/// What stops a catch-up.
pub(super) enum Stopped {
    /// The client cannot resume from where it is.
    Reload(&'static str),
    Refused(Problem),
    Ended(Ended),
}

impl From<Problem> for Stopped {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem)
    }
}

impl From<Ended> for Stopped {
    fn from(ended: Ended) -> Self {
        Self::Ended(ended)
    }
}

impl From<baton_engine::EngineError> for Stopped {
    fn from(error: baton_engine::EngineError) -> Self {
        Self::Refused(error.into())
    }
}

impl Session {
    /// Sends everything after `after`, then the state. The hub is subscribed already.
    pub(super) async fn catch_up(&mut self, id: ConversationId, after: Seq) -> Result<(Seq, Marks), Stopped> {
        let snapshot = self.app.engine().snapshot(id).await?;
        if after > snapshot.conversation.seq {
            return Err(Stopped::Reload("ahead"));
        }
        self.send_between(&snapshot, after).await?;
        let marks = self.app.engine().marks(id).await?;
        let deployment = self.app.deployment();
        let viewer = Viewer { audience: self.audience, deployment: &deployment };
        let state = viewer.conversation(&snapshot, &self.principal, self.app.now());
        let subscribed = SubscribedFrame { conversation: id.0, state, marks: marks_view(marks) };
        self.end.write(&ServerFrame::Subscribed(subscribed)).await?;
        Ok((snapshot.conversation.seq, marks))
    }

    /// Sends the events after `after` up to the snapshot's; what is later comes live.
    pub(super) async fn send_between(&mut self, snapshot: &Snapshot, after: Seq) -> Result<(), Stopped> {
        let (id, last) = (snapshot.conversation.id, snapshot.conversation.seq);
        let mut seen = after;
        while seen < last {
            let mut events = self.app.engine().events(id, seen, PAGE).await?;
            events.retain(|event| event.recorded.seq <= last);
            let contiguous = events.first().is_some_and(|first| first.recorded.seq == seen.next());
            let Some(end) = events.last().map(|event| event.recorded.seq).filter(|_| contiguous) else {
                // The log has less than the state says: another log, or an erased stretch. Load it fresh.
                return Err(Stopped::Reload("gap"));
            };
            let deployment = self.app.deployment();
            let viewer = Viewer { audience: self.audience, deployment: &deployment };
            for chunk in chunks(&events) {
                self.end.write(&events_frame(&viewer, chunk, snapshot, None)).await?;
            }
            self.end.flush().await?;
            seen = end;
        }
        Ok(())
    }

    pub(super) async fn tell_reload(&mut self, id: ConversationId, reason: &str) -> Result<(), Ended> {
        let reload = ReloadFrame { conversation: id.0, reason: reason.to_owned() };
        self.end.write(&ServerFrame::Reload(reload)).await
    }
}

/// Slices whose texts fit a frame, each of at least one event.
fn chunks(events: &[StoredEvent]) -> impl Iterator<Item = &[StoredEvent]> {
    let mut rest = events;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut bytes = 0;
        let fit = rest
            .iter()
            .take_while(|event| {
                bytes += event.body.as_ref().map_or(0, |body| body.text.len()) + 512;
                bytes <= FRAME_TEXT_BYTES
            })
            .count();
        let (chunk, more) = rest.split_at(fit.max(1));
        rest = more;
        Some(chunk)
    })
}
