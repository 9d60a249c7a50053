//! Events as a frame, written once for everybody of the same audience. What each of the staff can do differs; it is put
//! in where the text has an empty list.

use std::sync::Arc;

use axum::extract::ws::Utf8Bytes;
use baton_core::{Actor, Timestamp};
use baton_engine::{AppendedChange, Deployment, Snapshot, StoredEvent};

use crate::matrix::Kind;
use crate::principal::Principal;
use crate::views::{Audience, Viewer};
use crate::wire::{ActionName, EventsFrame, ServerFrame};

const NO_ACTIONS: &str = "\"can\":[]";

/// The whole change as one frame, for one principal.
pub(super) fn change_text(
    change: &AppendedChange,
    deployment: &Deployment,
    principal: &Principal,
    now: Timestamp,
) -> Utf8Bytes {
    let audience = Audience::of(principal);
    let viewer = Viewer { audience, deployment };
    let conversation = &change.snapshot.conversation;
    let shared = change.rendered[audience.index()].get_or_init(|| {
        let can = match audience {
            Audience::Customer => viewer.can(conversation, &Actor::Customer, Kind::AnonymousCustomer, now),
            Audience::Bot => viewer.can(conversation, &Actor::Bot, Kind::Bot, now),
            Audience::Staff => Vec::new(),
        };
        let frame = events_frame(&viewer, &change.events, &change.snapshot, Some(can));
        Arc::from(serde_json::to_string(&frame).unwrap_or_default())
    });
    match audience {
        Audience::Customer | Audience::Bot => Utf8Bytes::from(&**shared),
        Audience::Staff => {
            let can = viewer.can(conversation, &principal.actor(), principal.kind(), now);
            Utf8Bytes::from(with_actions(shared, &can))
        }
    }
}

/// Some events as a frame; `can` comes with the state after them.
pub(super) fn events_frame(
    viewer: &Viewer<'_>,
    events: &[StoredEvent],
    snapshot: &Snapshot,
    can: Option<Vec<ActionName>>,
) -> ServerFrame {
    ServerFrame::Events(EventsFrame {
        conversation: snapshot.conversation.id.0,
        events: events.iter().map(|event| viewer.event(event, snapshot)).collect(),
        state: can.map(|can| viewer.conversation_that_can(snapshot, can)),
    })
}

/// Fills the state's empty list. It is the last one of its kind in the text: behind it comes only the customer, whose
/// attributes are flat, and quotes inside texts are escaped.
fn with_actions(text: &str, can: &[ActionName]) -> String {
    let Some(place) = text.rfind(NO_ACTIONS) else { return text.to_owned() };
    let list = serde_json::to_string(can).unwrap_or_else(|_| "[]".to_owned());
    let mut filled = String::with_capacity(text.len() + list.len());
    filled.push_str(&text[..place]);
    filled.push_str("\"can\":");
    filled.push_str(&list);
    filled.push_str(&text[place + NO_ACTIONS.len()..]);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::{Act, scope};

    #[test]
    fn actions_are_put_where_the_state_has_its_empty_list() {
        let text = r#"{"events":[{"text":"\"can\":[]"}],"state":{"can":[],"customer":{"name":"\"can\":[]"}}}"#;
        let filled = with_actions(text, &[ActionName::PostNote]);
        let expected =
            r#"{"events":[{"text":"\"can\":[]"}],"state":{"can":["post_note"],"customer":{"name":"\"can\":[]"}}}"#;
        assert_eq!(filled, expected);
    }

    #[test]
    fn all_customers_can_do_the_same_so_one_text_serves_them() {
        for act in Act::ALL {
            assert_eq!(scope(*act, Kind::AnonymousCustomer), scope(*act, Kind::IdentifiedCustomer), "{act:?}");
        }
    }
}
