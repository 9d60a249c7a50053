//! Handoffs as reports see them.

use std::time::Duration;

use baton_core::{ClosedBy, Command, HandoffId, Priority, Rating, Requester, TransferTarget, Trigger};
use baton_store::HandoffRow;
use uuid::Uuid;

use crate::talk::{Talk, agent, at, key, nobody};
use crate::world::World;

fn row(world: &World, id: HandoffId) -> HandoffRow {
    world.store.read_blocking(move |tx| tx.handoff(id)).unwrap().unwrap()
}

pub(crate) fn a_handoff_is_reported_from_request_to_survey(world: &World) {
    let mut talk = Talk::begins(&world.store);
    let id = talk.waits(10).asks_for_a_person("billing");
    assert_eq!(
        row(world, id),
        HandoffRow {
            handoff: id,
            conversation: talk.id(),
            queue: key("billing"),
            requested_at: at(10),
            accepted_at: None,
            ended_at: None,
            outcome: "open".into(),
            triggers: "explicit_request,rule:legal".into(),
            agent: None,
            disposition: None,
            rating: None,
            wrap_up_ended_at: None,
            timing: None,
        }
    );
    let offer = talk.waits(5).is_offered_to("ana", 0);
    talk.waits(5).does(&Command::AcceptOffer { offer, agent: agent("ana") });
    let accepted = row(world, id);
    assert_eq!((accepted.accepted_at, accepted.agent), (Some(at(20)), Some(agent("ana"))));

    let epoch = talk.fold.epoch;
    talk.waits(60).does(&Command::HandBack {
        agent: agent("ana"),
        epoch,
        wrap_up: Duration::from_mins(1),
        survey: true,
    });
    let back = row(world, id);
    assert_eq!((back.ended_at, back.outcome.as_str()), (Some(at(80)), "handed_back"));
    talk.waits(5).does(&Command::EndWrapUp { agent: agent("ana"), disposition: Some(key("solved")) });
    talk.waits(5).does(&Command::AnswerSurvey { handoff: id, rating: Rating::new(4).unwrap() });
    let done = row(world, id);
    assert_eq!((done.wrap_up_ended_at, done.disposition.as_deref()), (Some(at(85)), Some("solved")));
    assert_eq!((done.rating, done.accepted_at, done.ended_at), (Some(4), Some(at(20)), Some(at(80))));

    let second = talk.waits(100).asks_for_a_person("general");
    let conversation = talk.id();
    let of = world.store.read_blocking(move |tx| tx.handoffs_of(conversation)).unwrap();
    assert_eq!(of.iter().map(|row| row.handoff).collect::<Vec<_>>(), [id, second]);
    let since = world.store.read_blocking(|tx| tx.handoffs(at(11), 10)).unwrap();
    assert_eq!(since.iter().map(|row| row.handoff).collect::<Vec<_>>(), [second]);
    assert_eq!(world.store.read_blocking(|tx| tx.handoffs(at(0), 1)).unwrap().len(), 1);
    assert_eq!(world.store.read_blocking(|tx| tx.handoff(HandoffId(Uuid::nil()))).unwrap(), None);
}

fn waits_for_nobody(talk: &mut Talk) -> HandoffId {
    let handoff = HandoffId(Uuid::now_v7());
    talk.does(&Command::RequestHandoff {
        handoff,
        by: Requester::Customer,
        epoch: None,
        triggers: vec![Trigger::ExplicitRequest],
        admission: nobody("general"),
    });
    handoff
}

pub(crate) fn a_customer_who_left_an_address_is_no_abandoned_one(world: &World) {
    let mut talk = Talk::begins(&world.store);
    let id = waits_for_nobody(&mut talk);
    talk.does(&Command::LeaveContact { by: baton_core::Alternative::Message });
    talk.waits(9).does(&Command::Close {
        by: ClosedBy::Customer,
        disposition: None,
        wrap_up: Duration::ZERO,
        survey: false,
    });
    assert_eq!((row(world, id).outcome.as_str(), row(world, id).ended_at), ("message_left", Some(at(9))));

    let mut reached = Talk::begins(&world.store);
    let id = waits_for_nobody(&mut reached);
    reached.does(&Command::LeaveContact { by: baton_core::Alternative::Message });
    let offer = reached.is_offered_to("ana", 0);
    reached.does(&Command::AcceptOffer { offer, agent: agent("ana") });
    let epoch = reached.fold.epoch;
    let by = ClosedBy::Agent { agent: agent("ana"), epoch };
    reached.does(&Command::Close { by, disposition: None, wrap_up: Duration::ZERO, survey: false });
    assert_eq!(row(world, id).outcome, "closed", "somebody came after all");
}

pub(crate) fn a_customer_who_leaves_while_waiting_abandoned(world: &World) {
    let mut stays = Talk::begins(&world.store);
    let id = stays.asks_for_a_person("general");
    stays.is_offered_to("ana", 0);
    stays.waits(3).does(&Command::CancelHandoff);
    assert_eq!((row(world, id).outcome.as_str(), row(world, id).ended_at), ("abandoned", Some(at(3))));
    assert_eq!(world.store.read_blocking(|tx| tx.slots()).unwrap(), [], "ana is free again");

    let mut times_out = Talk::begins(&world.store);
    let id = waits_for_nobody(&mut times_out);
    times_out.waits(3600).does(&Command::Tick);
    assert_eq!(row(world, id).outcome, "abandoned");
}

pub(crate) fn a_conversation_closed_by_its_agent_keeps_the_disposition(world: &World) {
    let mut talk = Talk::begins(&world.store);
    let id = talk.is_taken_by("ana", 0);
    let by = ClosedBy::Agent { agent: agent("ana"), epoch: talk.fold.epoch };
    talk.does(&Command::Close { by, disposition: Some(key("refund")), wrap_up: Duration::from_mins(1), survey: true });
    assert_eq!((row(world, id).outcome.as_str(), row(world, id).disposition.as_deref()), ("closed", Some("refund")));
    talk.waits(90).does(&Command::Tick);
    let ended = row(world, id);
    assert_eq!(ended.wrap_up_ended_at, Some(at(90)));
    assert_eq!(ended.disposition.as_deref(), Some("refund"), "the limit chooses none and takes none away");
}

pub(crate) fn a_transferred_handoff_stands_in_its_other_queue(world: &World) {
    let mut talk = Talk::begins(&world.store);
    let id = talk.is_taken_by("ana", 0);
    talk.does(&Command::Transfer {
        by: agent("ana"),
        epoch: Some(talk.fold.epoch),
        to: TransferTarget::Agent { agent: agent("ben"), queue: key("billing") },
        needs: baton_core::Needs { priority: Priority::new(2).unwrap(), ..Default::default() },
        staffed: true,
        reason: None,
        note_bytes: Some(10),
    });
    let moved = row(world, id);
    assert_eq!((moved.queue.as_str(), moved.outcome.as_str()), ("billing", "open"));
    let offer = talk.waits(50).is_offered_to("ben", 0);
    talk.does(&Command::AcceptOffer { offer, agent: agent("ben") });
    let taken = row(world, id);
    assert_eq!((taken.agent, taken.accepted_at), (Some(agent("ben")), Some(at(0))), "first accepted by ana");
}

pub(crate) fn decisions_and_the_brief_stay_with_their_handoff(world: &World) {
    let (one, two) = (HandoffId(Uuid::now_v7()), HandoffId(Uuid::now_v7()));
    world
        .store
        .write_blocking(move |tx| {
            tx.put_decision(one, at(1), r#"{"chosen":null}"#)?;
            tx.put_decision(two, at(2), r#"{"chosen":"ben"}"#)?;
            tx.put_decision(one, at(3), r#"{"chosen":"ana"}"#)?;
            tx.put_brief(one, r#"{"written_by":"extract"}"#)?;
            tx.put_brief(one, r#"{"written_by":"model"}"#)
        })
        .unwrap();
    let decisions = world.store.read_blocking(move |tx| tx.decisions(one)).unwrap();
    assert_eq!(decisions, [(at(1), r#"{"chosen":null}"#.to_owned()), (at(3), r#"{"chosen":"ana"}"#.to_owned())]);
    assert_eq!(world.store.read_blocking(move |tx| tx.brief(one)).unwrap().unwrap(), r#"{"written_by":"model"}"#);
    assert_eq!(world.store.read_blocking(move |tx| tx.brief(two)).unwrap(), None);
}

pub(crate) fn an_open_offer_leads_to_its_conversation(world: &World) {
    let mut talk = Talk::begins(&world.store);
    talk.asks_for_a_person("general");
    let offer = talk.is_offered_to("ana", 0);
    let find = move || world.store.read_blocking(move |tx| tx.conversation_of_offer(offer)).unwrap();
    assert_eq!(find(), Some(talk.id()));
    talk.waits(31).does(&Command::Tick);
    assert_eq!(find(), None, "it expired");
}
