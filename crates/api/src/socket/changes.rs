//! What a client is told without asking.

use std::sync::Arc;

use baton_core::{Controller, ConversationId};
use baton_engine::{AppendedChange, Change, OfferInfo, Snapshot};

use super::catch_up::Stopped;
use super::frames::typist;
use super::render::change_text;
use super::session::Session;
use super::wire_end::Ended;
use crate::app::App;
use crate::matrix::{Act, Target, allow};
use crate::principal::Principal;
use crate::problem::Problem;
use crate::resources::desk::reminder_view;
use crate::views::Viewer;
use crate::views::brief::{offer_view, takeable_view};
use crate::views::conversation::{marks_view, place_view};
use crate::views::floor::floor_view;
use crate::wire::{
    FloorFrame, MarksFrame, OfferFrame, OfferGoneFrame, PlaceFrame, ReminderDoneFrame, ReminderFrame, ServerFrame,
    SummaryFrame, TakeableFrame, TakeableGoneFrame, TypingShown, ViewersFrame,
};

impl Session {
    /// What staff are told first: what rings for them, and the floor.
    pub(super) async fn begin(&mut self) -> Result<(), Ended> {
        let Some(agent) = self.principal.person().cloned() else { return Ok(()) };
        let deployment = self.app.deployment();
        // An offer that cannot be read now is read by the console when it lists them.
        for offer in self.app.engine().offers_of(&agent).await.unwrap_or_default() {
            self.end.write(&ServerFrame::Offer(OfferFrame { offer: offer_view(&offer, &deployment) })).await?;
        }
        for takeable in self.app.engine().takeable(&agent).await.unwrap_or_default() {
            let takeable = takeable_view(&takeable, &deployment);
            self.end.write(&ServerFrame::Takeable(TakeableFrame { takeable })).await?;
        }
        self.floor().await
    }

    pub(super) async fn change(&mut self, change: Arc<Change>) -> Result<(), Ended> {
        match &*change {
            Change::Appended(appended) => self.appended(appended).await,
            Change::Typing { conversation, who, typing } => {
                if *who == typist(&self.principal) {
                    return Ok(());
                }
                let deployment = self.app.deployment();
                let viewer = Viewer { audience: self.audience, deployment: &deployment };
                let shown = TypingShown { conversation: conversation.0, author: viewer.typist(who), typing: *typing };
                self.end.write(&ServerFrame::Typing(shown)).await
            }
            Change::Marks { conversation, marks } => {
                if let Some(subscription) = self.subscription(*conversation) {
                    subscription.marks = *marks;
                }
                let frame = MarksFrame { conversation: conversation.0, marks: marks_view(*marks) };
                self.end.write(&ServerFrame::Marks(frame)).await
            }
            Change::Place { conversation, place } => {
                let frame = PlaceFrame { conversation: conversation.0, place: place_view(*place) };
                self.end.write(&ServerFrame::Place(frame)).await
            }
            Change::Offer(offer) => {
                // Composing the brief takes a moment; an offer that ended meanwhile must not ring.
                if !is_open(&self.app, offer).await {
                    return Ok(());
                }
                let frame = OfferFrame { offer: offer_view(offer, &self.app.deployment()) };
                self.end.write(&ServerFrame::Offer(frame)).await
            }
            Change::OfferGone { offer, reason, .. } => {
                let frame = OfferGoneFrame { offer: offer.0, reason: (*reason).to_owned() };
                self.end.write(&ServerFrame::OfferGone(frame)).await
            }
            Change::Takeable(takeable) => {
                let takeable = takeable_view(takeable, &self.app.deployment());
                self.end.write(&ServerFrame::Takeable(TakeableFrame { takeable })).await
            }
            Change::TakeableGone { handoff } => {
                self.end.write(&ServerFrame::TakeableGone(TakeableGoneFrame { handoff: handoff.0 })).await
            }
            Change::Summary { snapshot } => self.summary(snapshot).await,
            Change::Availability { .. } | Change::Floor => self.floor().await,
            Change::Reminder(reminder) => {
                let reminder = reminder_view(&self.app, reminder).await;
                self.end.write(&ServerFrame::Reminder(ReminderFrame { reminder })).await
            }
            Change::ReminderDone { id } => {
                self.end.write(&ServerFrame::ReminderDone(ReminderDoneFrame { reminder: *id })).await
            }
            Change::Viewers { conversation, agents } => {
                let agents = agents.iter().map(ToString::to_string).collect();
                let frame = ViewersFrame { conversation: conversation.0, agents };
                self.end.write(&ServerFrame::Viewers(frame)).await
            }
        }
    }

    async fn appended(&mut self, change: &AppendedChange) -> Result<(), Ended> {
        self.renew_rights()?;
        let id = change.conversation;
        let Some(seen) = self.subscription(id).map(|subscription| subscription.seen) else { return Ok(()) };
        let (Some(first), Some(last)) = (change.events.first(), change.events.last()) else { return Ok(()) };
        let (first, last) = (first.recorded.seq, last.recorded.seq);
        if last <= seen {
            return Ok(());
        }
        if !self.still_reaches(&change.snapshot) && !self.is_asked_beside(id).await {
            return self.stop_following(id, Stopped::Refused(Problem::not_found())).await;
        }
        if first == seen.next() {
            let text = change_text(change, &self.app.deployment(), &self.principal, self.app.now());
            self.end.write_text(text).await?;
            if let Some(subscription) = self.subscription(id) {
                subscription.seen = last;
            }
            return Ok(());
        }
        // A hint was lost or overlaps with what was read: the log says what is missing.
        match self.catch_up(id, seen).await {
            Ok((seen, marks)) => {
                if let Some(subscription) = self.subscription(id) {
                    (subscription.seen, subscription.marks) = (seen, marks);
                }
                Ok(())
            }
            Err(stopped) => self.stop_following(id, stopped).await,
        }
    }

    /// A handoff that moved to somebody else's queue takes the conversation out of sight.
    fn still_reaches(&self, snapshot: &Snapshot) -> bool {
        let conversation = &*snapshot.conversation;
        // Without a handoff under way nothing moved; who reached it when subscribing still does.
        conversation.handoff().is_none()
            || allow(&self.principal, Act::ReadMessages, Target::Conversation(conversation))
    }

    /// A colleague named this person in a note: they read along until they are done.
    async fn is_asked_beside(&mut self, id: ConversationId) -> bool {
        let Some(person) = self.principal.person() else { return false };
        self.app.engine().is_mentioned(id, person).await.unwrap_or(false)
    }

    async fn summary(&mut self, snapshot: &Snapshot) -> Result<(), Ended> {
        let id = snapshot.conversation.id;
        let marks = if let Some(subscription) = self.subscription(id) {
            subscription.marks
        } else {
            // What is queued need not wait for the database.
            self.end.flush().await?;
            self.app.engine().marks(id).await.unwrap_or_default()
        };
        let deployment = self.app.deployment();
        let viewer = Viewer { audience: self.audience, deployment: &deployment };
        let mut conversation = viewer.summary(snapshot, marks);
        if !self.still_reaches(snapshot) {
            // It leaves this person's lists: where it went, not what was said.
            (conversation.last_text, conversation.last_author, conversation.customer_name) = (None, None, None);
        }
        self.end.write(&ServerFrame::Summary(SummaryFrame { conversation })).await
    }

    async fn floor(&mut self) -> Result<(), Ended> {
        match self.principal {
            Principal::Agent { .. } | Principal::Supervisor { .. } | Principal::Admin { .. } => {
                let floor = floor_view(&self.app.engine().floor());
                self.end.write(&ServerFrame::Floor(FloorFrame { floor })).await
            }
            Principal::Customer { .. } | Principal::Bot { .. } => Ok(()),
        }
    }
}

async fn is_open(app: &App, offer: &OfferInfo) -> bool {
    let snapshot = app.engine().snapshot(offer.conversation).await;
    snapshot.is_ok_and(|snapshot| match &snapshot.conversation.controller {
        Controller::Offered { offer: open, .. } => open.id == offer.offer,
        Controller::Bot | Controller::Queued { .. } | Controller::Agent { .. } | Controller::Closed => false,
    })
}
