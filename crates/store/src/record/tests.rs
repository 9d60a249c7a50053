//! What was written once is read for ever: the frozen fixtures, the round trip, and what is said of the unreadable.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use baton_core::Event;
use proptest::prelude::*;

use super::strategies;
use super::{TYPES, decode, encode};
use crate::StoreError;

fn fixtures() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/events/v1");
    let mut found: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect();
    found.sort();
    found
}

/// Adding an event makes the compiler ask here for its type, and then the tests for its fixture.
fn type_of(event: &Event) -> &'static str {
    match event {
        Event::ConversationStarted { .. } => "conversation_started",
        Event::MessagePosted { .. } => "message_posted",
        Event::NotePosted { .. } => "note_posted",
        Event::TurnAssessed { .. } => "turn_assessed",
        Event::BotTurnFailed { .. } => "bot_turn_failed",
        Event::SuggestionDeclined { .. } => "suggestion_declined",
        Event::PromiseMade { .. } => "promise_made",
        Event::PromiseBroken { .. } => "promise_broken",
        Event::OpinionGiven { .. } => "opinion_given",
        Event::AnswerRated { .. } => "answer_rated",
        Event::TimingMarked { .. } => "timing_marked",
        Event::HandoffRequested { .. } => "handoff_requested",
        Event::StaffingChanged { .. } => "staffing_changed",
        Event::NoticePosted { .. } => "notice_posted",
        Event::OfferMade { .. } => "offer_made",
        Event::OfferAccepted { .. } => "offer_accepted",
        Event::OfferDeclined { .. } => "offer_declined",
        Event::OfferExpired { .. } => "offer_expired",
        Event::OfferRescinded { .. } => "offer_rescinded",
        Event::HandoffAssigned { .. } => "handoff_assigned",
        Event::HandoffTaken { .. } => "handoff_taken",
        Event::AlternativeOffered { .. } => "alternative_offered",
        Event::HandoffReturned { .. } => "handoff_returned",
        Event::HandoffMoved { .. } => "handoff_moved",
        Event::HandoffTransferred { .. } => "handoff_transferred",
        Event::PriorityChanged { .. } => "priority_changed",
        Event::ContactLeft { .. } => "contact_left",
        Event::HandedBack { .. } => "handed_back",
        Event::HandoffAbandoned { .. } => "handoff_abandoned",
        Event::WrapUpEnded { .. } => "wrap_up_ended",
        Event::SurveyOffered { .. } => "survey_offered",
        Event::SurveyAnswered { .. } => "survey_answered",
        Event::ConversationClosed { .. } => "conversation_closed",
    }
}

#[test]
fn every_frozen_event_is_read_and_written_again_letter_for_letter() {
    for (name, text) in fixtures() {
        let event = decode(text.trim_end()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(encode(&event).unwrap(), text.trim_end(), "{name}");
        assert!(name.starts_with(type_of(&event)), "{name} holds a {}", type_of(&event));
    }
}

#[test]
fn every_type_of_event_has_a_frozen_fixture() {
    let frozen: BTreeSet<_> = fixtures().iter().map(|(_, text)| type_of(&decode(text.trim_end()).unwrap())).collect();
    assert_eq!(frozen, TYPES.into_iter().collect::<BTreeSet<_>>());
}

#[test]
fn every_word_of_the_vocabulary_is_frozen() {
    let all: String = fixtures().into_iter().map(|(_, text)| text).collect();
    for word in [
        "away",
        "disconnected",
        "removed",
        "queue_removed",
        "customer_left",
        "agent_gone",
        "reassigned",
        "stayed_with_bot",
        "left",
        "timed_out",
        "unreachable",
        "refused",
        "invalid",
        "busy",
        "wrong_skill",
        "break",
        "other",
        "keep",
        "suggest",
        "hand_off",
        "explicit_request",
        "frustration",
        "repeated_failure",
        "repeated_need",
        "dissatisfaction",
        "connecting",
        "cannot",
        "too_late",
        "not_needed",
        "trend",
        "complexity",
        "sensitive",
        "legal_threat",
        "complaint",
        "safety",
        "fraud",
        "bereavement",
        "health",
        "vulnerable",
        "data_protection",
        "harassment",
        "press",
        "cancellation",
        "timing",
        "suggestion",
        "broken_promise",
        "second_opinion",
        "reaches",
        "stays_below",
        "without_rule",
        "without_override",
        "without_cool_down",
        "without_goodbye",
        "rule",
        "bot",
        "bot_down",
        "agent",
        "api",
        "customer",
        "baton",
        "idle_limit",
        "queue",
        "queued",
        "nobody_available",
        "agent_joined",
        "waiting_again",
        "transferred",
        "back_to_bot",
        "contact_taken",
        "closed",
        "closing_soon",
        "full",
        "long_wait",
        "callback",
        "callback_taken",
        "message",
    ] {
        assert!(all.contains(&format!("\"{word}\"")), "no fixture says {word}");
    }
}

#[test]
fn an_event_of_a_later_version_is_refused_by_its_name() {
    let StoreError::Newer { found, .. } = decode(r#"{"type":"agent_whispered","agent":"ana"}"#).unwrap_err() else {
        panic!("a future type is not damage");
    };
    assert!(found.contains("agent_whispered"), "{found}");

    let later = r#"{"type":"handoff_abandoned","handoff":"00000000-0000-0000-0000-000000000001","reason":"bored"}"#;
    let StoreError::Newer { found, .. } = decode(later).unwrap_err() else { panic!("a future word is not damage") };
    assert!(found.contains("handoff_abandoned") && found.contains("bored"), "{found}");
}

#[test]
fn a_later_field_is_passed_over() {
    let event = decode(r#"{"type":"message_posted","author":"customer","body_bytes":5,"mood":"fine"}"#).unwrap();
    assert_eq!(encode(&event).unwrap(), r#"{"type":"message_posted","author":"customer","body_bytes":5}"#);
}

#[test]
fn a_damaged_event_says_what_is_wrong_with_it() {
    for (text, word) in [
        ("{\"type\":\"mess", "cannot be read"),
        (r#"{"type":"message_posted","author":"customer"}"#, "body_bytes"),
        (r#"{"type":"note_posted","agent":"Not A Key","body_bytes":1}"#, "is not a key"),
        (
            r#"{"type":"survey_answered","handoff":"00000000-0000-0000-0000-000000000001","rating":9}"#,
            "a rating is 1 to 5",
        ),
    ] {
        let StoreError::Corrupt { what, .. } = decode(text).unwrap_err() else { panic!("{text}") };
        assert!(what.contains(word), "{what}");
    }
}

proptest! {
    #[test]
    fn any_event_comes_back_as_it_went(event in strategies::event()) {
        let text = encode(&event).unwrap();
        let tag = format!("{{\"type\":\"{}\"", type_of(&event));
        prop_assert!(text.starts_with(&tag));
        prop_assert_eq!(decode(&text).unwrap(), event);
    }
}
