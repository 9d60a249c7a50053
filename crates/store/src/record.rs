//! The persisted form of events: JSON tagged by `type`, frozen by the fixtures in `fixtures/events`. Fields may be added
//! with a default, types may be added; nothing that was ever written is renamed or removed.

mod codes;
mod convert;
mod event;
mod needs;
mod people;
#[cfg(test)]
mod strategies;
#[cfg(test)]
mod tests;
mod text;
mod verdict;

use baton_core::Event;
use serde::Deserialize;

use crate::StoreError;
use event::EventRecord;

/// Every type there is, as written.
pub(crate) const TYPES: [&str; 32] = [
    "conversation_started",
    "message_posted",
    "note_posted",
    "turn_assessed",
    "bot_turn_failed",
    "suggestion_declined",
    "promise_made",
    "promise_broken",
    "opinion_given",
    "timing_marked",
    "handoff_requested",
    "staffing_changed",
    "notice_posted",
    "offer_made",
    "offer_accepted",
    "offer_declined",
    "offer_expired",
    "offer_rescinded",
    "handoff_assigned",
    "handoff_taken",
    "alternative_offered",
    "handoff_returned",
    "handoff_moved",
    "handoff_transferred",
    "priority_changed",
    "contact_left",
    "handed_back",
    "handoff_abandoned",
    "wrap_up_ended",
    "survey_offered",
    "survey_answered",
    "conversation_closed",
];

pub(crate) fn encode(event: &Event) -> Result<String, StoreError> {
    serde_json::to_string(&EventRecord::from(event))
        .map_err(|error| StoreError::bug(format!("an event cannot be written as JSON: {error}")))
}

pub(crate) fn decode(text: &str) -> Result<Event, StoreError> {
    match serde_json::from_str::<EventRecord>(text) {
        Ok(record) => Ok(record.into()),
        Err(error) => Err(refused(text, &error)),
    }
}

/// Tells a future record from a damaged one: an unknown type or an unknown code means a newer program.
fn refused(text: &str, error: &serde_json::Error) -> StoreError {
    #[derive(Deserialize)]
    struct Tag {
        r#type: String,
    }
    let said = error.to_string();
    match serde_json::from_str::<Tag>(text) {
        Ok(Tag { r#type }) if !TYPES.contains(&r#type.as_str()) => StoreError::Newer {
            found: format!("an event of the type `{}`", r#type.chars().take(80).collect::<String>()),
            known: format!("{} types of events", TYPES.len()),
        },
        Ok(Tag { r#type }) if said.starts_with("unknown variant") => {
            StoreError::Newer { found: format!("in an event of the type `{type}` an {said}"), known: "no such".into() }
        }
        Ok(Tag { r#type }) => StoreError::corrupt(format!("an event of the type `{type}` cannot be read: {said}")),
        Err(_) => StoreError::corrupt(format!("an event cannot be read: {said}")),
    }
}
