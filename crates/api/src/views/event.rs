//! One event as an audience sees it. What it may not see is `hidden`, in its place.

use baton_core::{BotPromise, Event, Notice, TransferTarget, WaitEstimate};
use baton_engine::{Snapshot, StoredEvent, words};
use baton_store::Body;
use serde_json::Value;

use super::needs::needs_view;
use super::verdict::{timing_name, triggers_view, verdict_name, verdict_view};
use super::words::{
    abandon_word, alternative_name, closer_word, decline_code, failure_word, move_word, nobody_name, requester_word,
    rescind_word, return_word,
};
use super::{Audience, Viewer};
use crate::markdown;
use crate::wire::{
    AlternativeOfferedView, AnswerRatedView, BotTurnFailedView, ContactLeftView, ConversationClosedView,
    ConversationStartedView, EventKind, EventView, HandbackView, HandedBackView, HandoffAbandonedView,
    HandoffAssignedView, HandoffMovedView, HandoffRequestedView, HandoffReturnedView, HandoffTakenView,
    HandoffTransferredView, HiddenView, MessageView, NoteView, NoticeKind, NoticeView, OfferAcceptedView,
    OfferDeclinedView, OfferExpiredView, OfferMadeView, OfferRescindedView, OpinionGivenView, PriorityChangedView,
    PromiseBrokenView, PromiseMadeView, PromiseName, SourceView, StaffingChangedView, SuggestionDeclinedView,
    SurveyAnsweredView, SurveyOfferedView, TimingMarkedView, TurnAssessedView, WaitView, WrapUpEndedView,
};

const HIDDEN: EventKind = EventKind::Hidden(HiddenView {});

impl Viewer<'_> {
    pub(crate) fn event(&self, stored: &StoredEvent, snapshot: &Snapshot) -> EventView {
        let recorded = &stored.recorded;
        EventView { seq: recorded.seq.0, at: recorded.at.0, what: self.what(stored, snapshot) }
    }

    // One arm an event, like `decide`.
    #[allow(clippy::too_many_lines)]
    fn what(&self, stored: &StoredEvent, snapshot: &Snapshot) -> EventKind {
        let staff = self.audience.is_staff();
        let body = stored.body.as_ref();
        match &stored.recorded.event {
            Event::ConversationStarted { channel, language, .. } => {
                EventKind::ConversationStarted(ConversationStartedView {
                    channel: channel.to_string(),
                    language: language.to_string(),
                })
            }
            Event::MessagePosted { author, .. } => EventKind::MessagePosted(self.message(author, body, snapshot)),
            Event::NotePosted { agent, .. } if staff => EventKind::NotePosted(NoteView {
                agent: agent.to_string(),
                agent_name: self.agent_name(agent),
                text: text(body),
                mentions: body.map(|body| lines_of(body, "mentions")).unwrap_or_default(),
            }),
            Event::TurnAssessed { message, verdict } if staff => {
                EventKind::TurnAssessed(TurnAssessedView { message: message.0, verdict: verdict_view(verdict) })
            }
            Event::BotTurnFailed { message, failure } if self.audience != Audience::Customer => {
                EventKind::BotTurnFailed(BotTurnFailedView {
                    message: message.0,
                    failure: failure_word(*failure).to_owned(),
                })
            }
            Event::SuggestionDeclined { message } => {
                EventKind::SuggestionDeclined(SuggestionDeclinedView { message: message.0 })
            }
            Event::PromiseMade { message, promise } if staff => EventKind::PromiseMade(PromiseMadeView {
                message: message.0,
                promise: match promise {
                    BotPromise::Connecting => PromiseName::Connecting,
                    BotPromise::Cannot => PromiseName::Cannot,
                },
            }),
            Event::PromiseBroken { message } if staff => {
                EventKind::PromiseBroken(PromiseBrokenView { message: message.0 })
            }
            Event::OpinionGiven { message, kind, model } if staff => EventKind::OpinionGiven(OpinionGivenView {
                message: message.0,
                kind: verdict_name(*kind),
                model: model.to_string(),
                reason: body.map(|body| body.text.clone()),
            }),
            Event::TimingMarked { handoff, by, timing } if staff => EventKind::TimingMarked(TimingMarkedView {
                handoff: handoff.0,
                by: by.to_string(),
                timing: timing.map(timing_name),
            }),
            Event::AnswerRated { message, helpful } => {
                EventKind::AnswerRated(AnswerRatedView { message: message.0, helpful: *helpful })
            }
            Event::HandoffRequested { handoff, by, triggers, needs, queue, message, staffed } => {
                EventKind::HandoffRequested(HandoffRequestedView {
                    handoff: handoff.0,
                    staffed: *staffed,
                    by: self.audience.staff(requester_word(by).to_owned()),
                    triggers: if staff { triggers_view(triggers) } else { Vec::new() },
                    needs: self.audience.staff(needs_view(needs)),
                    queue: self.audience.staff(queue.to_string()),
                    message: message.filter(|_| staff).map(|seq| seq.0),
                })
            }
            Event::StaffingChanged { handoff, staffed } => {
                EventKind::StaffingChanged(StaffingChangedView { handoff: handoff.0, staffed: *staffed })
            }
            Event::NoticePosted { notice } => EventKind::NoticePosted(self.notice(notice, snapshot)),
            Event::OfferMade { offer, handoff, agent, expires_at, .. } if staff => {
                EventKind::OfferMade(OfferMadeView {
                    offer: offer.0,
                    handoff: handoff.0,
                    agent: agent.to_string(),
                    expires_at: expires_at.0,
                })
            }
            Event::OfferAccepted { handoff, agent, .. } => EventKind::OfferAccepted(OfferAcceptedView {
                handoff: handoff.0,
                agent_name: self.agent_name(agent),
                agent: self.agent_key(agent),
            }),
            Event::OfferDeclined { offer, agent, reason } if staff => EventKind::OfferDeclined(OfferDeclinedView {
                offer: offer.0,
                agent: agent.to_string(),
                reason: decline_code(*reason),
            }),
            Event::OfferExpired { offer, agent } if staff => {
                EventKind::OfferExpired(OfferExpiredView { offer: offer.0, agent: agent.to_string() })
            }
            Event::OfferRescinded { offer, agent, reason } if staff => EventKind::OfferRescinded(OfferRescindedView {
                offer: offer.0,
                agent: agent.to_string(),
                reason: rescind_word(*reason).to_owned(),
            }),
            Event::HandoffAssigned { handoff, agent, by, .. } => EventKind::HandoffAssigned(HandoffAssignedView {
                handoff: handoff.0,
                agent_name: self.agent_name(agent),
                agent: self.agent_key(agent),
                by: self.agent_key(by),
            }),
            Event::HandoffTaken { handoff, agent, .. } => EventKind::HandoffTaken(HandoffTakenView {
                handoff: handoff.0,
                agent_name: self.agent_name(agent),
                agent: self.agent_key(agent),
            }),
            Event::AlternativeOffered { handoff, alternative } => {
                EventKind::AlternativeOffered(AlternativeOfferedView {
                    handoff: handoff.0,
                    alternative: alternative_name(*alternative),
                })
            }
            Event::HandoffReturned { handoff, agent, reason } => EventKind::HandoffReturned(HandoffReturnedView {
                handoff: handoff.0,
                agent: self.agent_key(agent),
                reason: return_word(*reason).to_owned(),
            }),
            Event::HandoffTransferred { handoff, by, to, staffed, .. } => {
                let (queue, agent) = match to {
                    TransferTarget::Queue(queue) => (queue, None),
                    TransferTarget::Agent { agent, queue } => (queue, Some(agent)),
                };
                EventKind::HandoffTransferred(HandoffTransferredView {
                    handoff: handoff.0,
                    by: self.agent_key(by),
                    to_queue: self.audience.staff(queue.to_string()),
                    to_agent: agent.and_then(|agent| self.agent_key(agent)),
                    staffed: *staffed,
                })
            }
            Event::HandoffMoved { handoff, queue, reason } if staff => EventKind::HandoffMoved(HandoffMovedView {
                handoff: handoff.0,
                to_queue: queue.to_string(),
                reason: move_word(*reason).to_owned(),
            }),
            Event::PriorityChanged { handoff, priority, by } if staff => {
                EventKind::PriorityChanged(PriorityChangedView {
                    handoff: handoff.0,
                    priority: priority.get(),
                    by: by.to_string(),
                    reason: body.map(|body| body.text.clone()),
                })
            }
            Event::ContactLeft { handoff, by } => {
                // The customer's own words are theirs to see; a bot needs no address.
                let body = body.filter(|_| self.audience != Audience::Bot);
                EventKind::ContactLeft(ContactLeftView {
                    handoff: handoff.0,
                    by: alternative_name(*by),
                    email: body.and_then(|body| words_of(body, "email")),
                    phone: body.and_then(|body| words_of(body, "phone")),
                    text: body.map(|body| body.text.clone()),
                })
            }
            Event::HandedBack { handoff, agent, wrap_up_until } => EventKind::HandedBack(HandedBackView {
                handoff: handoff.0,
                agent: self.agent_key(agent),
                // What the agent tells the bot, and colleagues; not the customer.
                handback: body.filter(|_| self.audience != Audience::Customer).map(handback_view),
                wrap_up_until: wrap_up_until.filter(|_| staff).map(|until| until.0),
            }),
            Event::HandoffAbandoned { handoff, reason } => EventKind::HandoffAbandoned(HandoffAbandonedView {
                handoff: handoff.0,
                reason: abandon_word(*reason).to_owned(),
            }),
            Event::WrapUpEnded { handoff, agent, disposition } if staff => EventKind::WrapUpEnded(WrapUpEndedView {
                handoff: handoff.0,
                agent: agent.to_string(),
                disposition: disposition.as_ref().map(ToString::to_string),
            }),
            Event::SurveyOffered { handoff } => EventKind::SurveyOffered(SurveyOfferedView { handoff: handoff.0 }),
            Event::SurveyAnswered { handoff, rating } if self.audience != Audience::Bot => {
                EventKind::SurveyAnswered(SurveyAnsweredView {
                    handoff: handoff.0,
                    rating: rating.get(),
                    comment: body.map(|body| body.text.clone()).filter(|comment| !comment.is_empty()),
                })
            }
            Event::ConversationClosed { by, disposition, .. } => {
                EventKind::ConversationClosed(ConversationClosedView {
                    by: closer_word(by).to_owned(),
                    disposition: disposition.as_ref().filter(|_| staff).map(ToString::to_string),
                })
            }
            Event::NotePosted { .. }
            | Event::TurnAssessed { .. }
            | Event::BotTurnFailed { .. }
            | Event::PromiseMade { .. }
            | Event::PromiseBroken { .. }
            | Event::OpinionGiven { .. }
            | Event::TimingMarked { .. }
            | Event::OfferMade { .. }
            | Event::OfferDeclined { .. }
            | Event::OfferExpired { .. }
            | Event::OfferRescinded { .. }
            | Event::HandoffMoved { .. }
            | Event::PriorityChanged { .. }
            | Event::WrapUpEnded { .. }
            | Event::SurveyAnswered { .. } => HIDDEN,
        }
    }

    fn message(&self, author: &baton_core::Author, body: Option<&Body>, snapshot: &Snapshot) -> MessageView {
        let (in_reply_to, knew, markdown) = match author {
            baton_core::Author::Customer => (None, None, false),
            baton_core::Author::Bot { in_reply_to, knew } => (in_reply_to.map(|seq| seq.0), Some(*knew), true),
            baton_core::Author::Agent(_) => (None, None, true),
        };
        MessageView {
            author: self.author(author, &snapshot.customer, &self.bot_name(&snapshot.conversation)),
            text: text(body),
            html: body.filter(|_| markdown).map(|body| markdown::to_html(&body.text)),
            client_id: body.and_then(|body| words_of(body, "client_id")),
            in_reply_to,
            knew,
            sources: body.map(sources).unwrap_or_default(),
            attachments: body.map(super::attachments::beside).unwrap_or_default(),
            actions: body.map(|body| parts(body, "actions")).unwrap_or_default(),
            cards: body.map(|body| parts(body, "cards")).unwrap_or_default(),
            erased: body.is_none(),
        }
    }

    fn notice(&self, notice: &Notice, snapshot: &Snapshot) -> NoticeView {
        let mut view = NoticeView {
            notice: NoticeKind::Closed,
            text: String::new(),
            position: None,
            wait: None,
            opens_at: None,
            agent_name: None,
            reason: None,
            alternative: None,
        };
        view.notice = match notice {
            Notice::Queued { position, wait } => {
                view.position = Some(*position);
                view.wait = wait.map(wait_view);
                NoticeKind::Queued
            }
            Notice::NobodyAvailable { reason, opens_at } => {
                view.reason = reason.map(nobody_name);
                view.opens_at = opens_at.map(|at| at.0);
                NoticeKind::NobodyAvailable
            }
            Notice::AgentJoined { agent } => {
                view.agent_name = Some(self.agent_name(agent));
                NoticeKind::AgentJoined
            }
            Notice::WaitingAgain { position } => {
                view.position = Some(*position);
                NoticeKind::WaitingAgain
            }
            Notice::Transferred => NoticeKind::Transferred,
            Notice::BackToBot => NoticeKind::BackToBot,
            Notice::LongWait { alternative } => {
                view.alternative = Some(alternative_name(*alternative));
                NoticeKind::LongWait
            }
            Notice::ContactTaken { by } => {
                view.alternative = Some(alternative_name(*by));
                NoticeKind::ContactTaken
            }
            Notice::Closed => NoticeKind::Closed,
        };
        view.text = words::notice(notice, snapshot.conversation.language, |agent| self.agent_name(agent));
        view
    }
}

pub(super) fn wait_view(wait: WaitEstimate) -> WaitView {
    WaitView { likely_s: wait.likely_s, at_most_s: wait.at_most_s }
}

fn text(body: Option<&Body>) -> String {
    body.map(|body| body.text.clone()).unwrap_or_default()
}

fn words_of(body: &Body, name: &str) -> Option<String> {
    body.extra.get(name).and_then(Value::as_str).map(ToOwned::to_owned)
}

fn lines_of(body: &Body, name: &str) -> Vec<String> {
    let lines = body.extra.get(name).and_then(Value::as_array).into_iter().flatten();
    lines.filter_map(Value::as_str).map(ToOwned::to_owned).collect()
}

fn sources(body: &Body) -> Vec<SourceView> {
    let listed = body.extra.get("sources").and_then(Value::as_array).into_iter().flatten();
    listed
        .filter_map(|source| {
            let title = source.get("title")?.as_str()?.to_owned();
            Some(SourceView { title, href: format!("/manual/{}", source.get("slug")?.as_str()?) })
        })
        .collect()
}

/// Buttons or cards, as they were checked when they were stored.
fn parts<Part: serde::de::DeserializeOwned>(body: &Body, name: &str) -> Vec<Part> {
    let listed = body.extra.get(name).and_then(Value::as_array).into_iter().flatten();
    listed.filter_map(|part| serde_json::from_value(part.clone()).ok()).collect()
}

fn handback_view(body: &Body) -> HandbackView {
    HandbackView {
        outcome: words_of(body, "outcome").unwrap_or_default(),
        facts: lines_of(body, "facts"),
        promises: lines_of(body, "promises"),
        open_items: lines_of(body, "open_items"),
        note: words_of(body, "note").unwrap_or_default(),
    }
}
