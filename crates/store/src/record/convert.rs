//! Both ways between the events of `core` and their records, one arm an event.

use baton_core::{Event, Seq, Slot, Timestamp};

use super::event::EventRecord;
use super::text::{LanguageRecord, PriorityRecord, RatingRecord, Text};

impl From<&Event> for EventRecord {
    // One arm an event: the table is as long as the vocabulary.
    #[allow(clippy::too_many_lines)]
    fn from(event: &Event) -> Self {
        match event {
            Event::ConversationStarted { channel, bot, customer, language } => Self::ConversationStarted {
                channel: Text(channel.clone()),
                bot: Text(bot.clone()),
                customer: Text(*customer),
                language: LanguageRecord(*language),
            },
            Event::MessagePosted { author, body_bytes } => {
                Self::MessagePosted { author: author.into(), body_bytes: *body_bytes }
            }
            Event::NotePosted { agent, body_bytes } => {
                Self::NotePosted { agent: Text(agent.clone()), body_bytes: *body_bytes }
            }
            Event::TurnAssessed { message, verdict } => {
                Self::TurnAssessed { message: message.0, verdict: Box::new(verdict.as_ref().into()) }
            }
            Event::BotTurnFailed { message, failure } => {
                Self::BotTurnFailed { message: message.0, failure: (*failure).into() }
            }
            Event::AnswerRated { message, helpful } => Self::AnswerRated { message: message.0, helpful: *helpful },
            Event::SuggestionDeclined { message } => Self::SuggestionDeclined { message: message.0 },
            Event::PromiseMade { message, promise } => {
                Self::PromiseMade { message: message.0, promise: (*promise).into() }
            }
            Event::PromiseBroken { message } => Self::PromiseBroken { message: message.0 },
            Event::OpinionGiven { message, kind, model } => {
                Self::OpinionGiven { message: message.0, kind: (*kind).into(), model: model.to_string() }
            }
            Event::TimingMarked { handoff, by, timing } => {
                Self::TimingMarked { handoff: Text(*handoff), by: Text(by.clone()), timing: timing.map(Into::into) }
            }
            Event::HandoffRequested { handoff, by, triggers, needs, queue, message, staffed } => {
                Self::HandoffRequested {
                    handoff: Text(*handoff),
                    by: by.into(),
                    triggers: triggers.iter().map(Into::into).collect(),
                    needs: needs.into(),
                    queue: Text(queue.clone()),
                    message: message.map(|seq| seq.0),
                    staffed: *staffed,
                }
            }
            Event::StaffingChanged { handoff, staffed } => {
                Self::StaffingChanged { handoff: Text(*handoff), staffed: *staffed }
            }
            Event::NoticePosted { notice } => Self::NoticePosted { notice: notice.into() },
            Event::OfferMade { offer, handoff, agent, slots, expires_at } => Self::OfferMade {
                offer: Text(*offer),
                handoff: Text(*handoff),
                agent: Text(agent.clone()),
                slot: first(slots),
                more_slots: further(slots),
                expires_at_ms: expires_at.0,
            },
            Event::OfferAccepted { offer, handoff, agent } => {
                Self::OfferAccepted { offer: Text(*offer), handoff: Text(*handoff), agent: Text(agent.clone()) }
            }
            Event::OfferDeclined { offer, agent, reason } => {
                Self::OfferDeclined { offer: Text(*offer), agent: Text(agent.clone()), reason: (*reason).into() }
            }
            Event::OfferExpired { offer, agent } => {
                Self::OfferExpired { offer: Text(*offer), agent: Text(agent.clone()) }
            }
            Event::OfferRescinded { offer, agent, reason } => {
                Self::OfferRescinded { offer: Text(*offer), agent: Text(agent.clone()), reason: (*reason).into() }
            }
            Event::HandoffAssigned { handoff, agent, slots, by } => Self::HandoffAssigned {
                handoff: Text(*handoff),
                agent: Text(agent.clone()),
                slot: first(slots),
                more_slots: further(slots),
                by: Text(by.clone()),
            },
            Event::HandoffTaken { handoff, agent, slots } => Self::HandoffTaken {
                handoff: Text(*handoff),
                agent: Text(agent.clone()),
                slots: slots.iter().map(|slot| slot.0).collect(),
            },
            Event::AlternativeOffered { handoff, alternative } => {
                Self::AlternativeOffered { handoff: Text(*handoff), alternative: (*alternative).into() }
            }
            Event::HandoffReturned { handoff, agent, reason } => {
                Self::HandoffReturned { handoff: Text(*handoff), agent: Text(agent.clone()), reason: (*reason).into() }
            }
            Event::HandoffMoved { handoff, queue, reason } => {
                Self::HandoffMoved { handoff: Text(*handoff), queue: Text(queue.clone()), reason: (*reason).into() }
            }
            Event::HandoffTransferred { handoff, by, to, needs, staffed } => Self::HandoffTransferred {
                handoff: Text(*handoff),
                by: Text(by.clone()),
                to: to.into(),
                needs: needs.into(),
                staffed: *staffed,
            },
            Event::PriorityChanged { handoff, priority, by } => Self::PriorityChanged {
                handoff: Text(*handoff),
                priority: PriorityRecord(*priority),
                by: Text(by.clone()),
            },
            Event::ContactLeft { handoff, by } => Self::ContactLeft { handoff: Text(*handoff), by: (*by).into() },
            Event::HandedBack { handoff, agent, wrap_up_until } => Self::HandedBack {
                handoff: Text(*handoff),
                agent: Text(agent.clone()),
                wrap_up_until_ms: wrap_up_until.map(|at| at.0),
            },
            Event::HandoffAbandoned { handoff, reason } => {
                Self::HandoffAbandoned { handoff: Text(*handoff), reason: (*reason).into() }
            }
            Event::WrapUpEnded { handoff, agent, disposition } => Self::WrapUpEnded {
                handoff: Text(*handoff),
                agent: Text(agent.clone()),
                disposition: disposition.clone().map(Text),
            },
            Event::SurveyOffered { handoff } => Self::SurveyOffered { handoff: Text(*handoff) },
            Event::SurveyAnswered { handoff, rating } => {
                Self::SurveyAnswered { handoff: Text(*handoff), rating: RatingRecord(*rating) }
            }
            Event::ConversationClosed { by, disposition, wrap_up_until } => Self::ConversationClosed {
                by: by.into(),
                disposition: disposition.clone().map(Text),
                wrap_up_until_ms: wrap_up_until.map(|at| at.0),
            },
        }
    }
}

impl From<EventRecord> for Event {
    // One arm an event: the table is as long as the vocabulary.
    #[allow(clippy::too_many_lines)]
    fn from(record: EventRecord) -> Self {
        match record {
            EventRecord::ConversationStarted { channel, bot, customer, language } => {
                Self::ConversationStarted { channel: channel.0, bot: bot.0, customer: customer.0, language: language.0 }
            }
            EventRecord::MessagePosted { author, body_bytes } => {
                Self::MessagePosted { author: author.into(), body_bytes }
            }
            EventRecord::NotePosted { agent, body_bytes } => Self::NotePosted { agent: agent.0, body_bytes },
            EventRecord::TurnAssessed { message, verdict } => {
                Self::TurnAssessed { message: Seq(message), verdict: Box::new((*verdict).into()) }
            }
            EventRecord::BotTurnFailed { message, failure } => {
                Self::BotTurnFailed { message: Seq(message), failure: failure.into() }
            }
            EventRecord::AnswerRated { message, helpful } => Self::AnswerRated { message: Seq(message), helpful },
            EventRecord::SuggestionDeclined { message } => Self::SuggestionDeclined { message: Seq(message) },
            EventRecord::PromiseMade { message, promise } => {
                Self::PromiseMade { message: Seq(message), promise: promise.into() }
            }
            EventRecord::PromiseBroken { message } => Self::PromiseBroken { message: Seq(message) },
            EventRecord::OpinionGiven { message, kind, model } => {
                Self::OpinionGiven { message: Seq(message), kind: kind.into(), model: model.into() }
            }
            EventRecord::TimingMarked { handoff, by, timing } => {
                Self::TimingMarked { handoff: handoff.0, by: by.0, timing: timing.map(Into::into) }
            }
            EventRecord::HandoffRequested { handoff, by, triggers, needs, queue, message, staffed } => {
                Self::HandoffRequested {
                    handoff: handoff.0,
                    by: by.into(),
                    triggers: triggers.into_iter().map(Into::into).collect(),
                    needs: needs.into(),
                    queue: queue.0,
                    message: message.map(Seq),
                    staffed,
                }
            }
            EventRecord::StaffingChanged { handoff, staffed } => Self::StaffingChanged { handoff: handoff.0, staffed },
            EventRecord::NoticePosted { notice } => Self::NoticePosted { notice: notice.into() },
            EventRecord::OfferMade { offer, handoff, agent, slot, more_slots, expires_at_ms } => Self::OfferMade {
                offer: offer.0,
                handoff: handoff.0,
                agent: agent.0,
                slots: all(slot, more_slots),
                expires_at: Timestamp(expires_at_ms),
            },
            EventRecord::OfferAccepted { offer, handoff, agent } => {
                Self::OfferAccepted { offer: offer.0, handoff: handoff.0, agent: agent.0 }
            }
            EventRecord::OfferDeclined { offer, agent, reason } => {
                Self::OfferDeclined { offer: offer.0, agent: agent.0, reason: reason.into() }
            }
            EventRecord::OfferExpired { offer, agent } => Self::OfferExpired { offer: offer.0, agent: agent.0 },
            EventRecord::OfferRescinded { offer, agent, reason } => {
                Self::OfferRescinded { offer: offer.0, agent: agent.0, reason: reason.into() }
            }
            EventRecord::HandoffAssigned { handoff, agent, slot, more_slots, by } => {
                Self::HandoffAssigned { handoff: handoff.0, agent: agent.0, slots: all(slot, more_slots), by: by.0 }
            }
            EventRecord::HandoffTaken { handoff, agent, slots } => {
                Self::HandoffTaken { handoff: handoff.0, agent: agent.0, slots: slots.into_iter().map(Slot).collect() }
            }
            EventRecord::AlternativeOffered { handoff, alternative } => {
                Self::AlternativeOffered { handoff: handoff.0, alternative: alternative.into() }
            }
            EventRecord::HandoffReturned { handoff, agent, reason } => {
                Self::HandoffReturned { handoff: handoff.0, agent: agent.0, reason: reason.into() }
            }
            EventRecord::HandoffMoved { handoff, queue, reason } => {
                Self::HandoffMoved { handoff: handoff.0, queue: queue.0, reason: reason.into() }
            }
            EventRecord::HandoffTransferred { handoff, by, to, needs, staffed } => {
                Self::HandoffTransferred { handoff: handoff.0, by: by.0, to: to.into(), needs: needs.into(), staffed }
            }
            EventRecord::PriorityChanged { handoff, priority, by } => {
                Self::PriorityChanged { handoff: handoff.0, priority: priority.0, by: by.0 }
            }
            EventRecord::ContactLeft { handoff, by } => Self::ContactLeft { handoff: handoff.0, by: by.into() },
            EventRecord::HandedBack { handoff, agent, wrap_up_until_ms } => {
                Self::HandedBack { handoff: handoff.0, agent: agent.0, wrap_up_until: wrap_up_until_ms.map(Timestamp) }
            }
            EventRecord::HandoffAbandoned { handoff, reason } => {
                Self::HandoffAbandoned { handoff: handoff.0, reason: reason.into() }
            }
            EventRecord::WrapUpEnded { handoff, agent, disposition } => {
                Self::WrapUpEnded { handoff: handoff.0, agent: agent.0, disposition: disposition.map(|text| text.0) }
            }
            EventRecord::SurveyOffered { handoff } => Self::SurveyOffered { handoff: handoff.0 },
            EventRecord::SurveyAnswered { handoff, rating } => {
                Self::SurveyAnswered { handoff: handoff.0, rating: rating.0 }
            }
            EventRecord::ConversationClosed { by, disposition, wrap_up_until_ms } => Self::ConversationClosed {
                by: by.into(),
                disposition: disposition.map(|text| text.0),
                wrap_up_until: wrap_up_until_ms.map(Timestamp),
            },
        }
    }
}

/// Before a handoff could take several slots there was one; it stands where it stood.
fn first(slots: &[Slot]) -> u8 {
    slots.first().map_or(0, |slot| slot.0)
}

fn further(slots: &[Slot]) -> Vec<u8> {
    slots.iter().skip(1).map(|slot| slot.0).collect()
}

fn all(first: u8, further: Vec<u8>) -> Vec<Slot> {
    std::iter::once(first).chain(further).map(Slot).collect()
}
