//! What holds whatever anybody asks in whatever order: thousands of random conversations.

use std::time::Duration;

use crate::support::{Talk, ana, billing, handoff, jonas, nobody, offer, staffed, verdict};
use baton_core::{
    Action, Actor, Admission, AgentId, Alternative, Author, ClosedBy, Command, Controller, Conversation, DeclineReason,
    Epoch, Event, MoveReason, Needs, Priority, Rating, Requester, RescindReason, ReturnReason, Seq, Slot,
    TransferTarget, Trigger, VerdictKind,
};
use proptest::prelude::*;

/// A step that may be nonsense: half of the laws are about what is refused.
#[derive(Debug, Clone)]
struct Step {
    kind: u8,
    number: u8,
    agent: bool,
    stale: bool,
    seconds: u16,
}

fn step() -> impl Strategy<Value = Step> {
    (0_u8..24, any::<u8>(), any::<bool>(), prop::bool::weighted(0.2), 0_u16..400)
        .prop_map(|(kind, number, agent, stale, seconds)| Step { kind, number, agent, stale, seconds })
}

fn command(talk: &Talk, step: &Step) -> Command {
    let agent: AgentId = if step.agent { ana() } else { jonas() };
    let epoch = if step.stale { Epoch(talk.epoch().0.saturating_sub(1)) } else { talk.epoch() };
    let number = u128::from(step.number % 4);
    let admission: Admission = if step.number.is_multiple_of(3) { nobody() } else { staffed() };
    let current = talk.state.handoff().map_or(handoff(0), |current| current.id);
    let fresh = handoff(10_000 + u128::from(talk.state.seq.0));
    let open = match &talk.state.controller {
        Controller::Offered { offer, .. } if !step.stale => offer.id,
        Controller::Offered { .. }
        | Controller::Bot
        | Controller::Queued { .. }
        | Controller::Agent { .. }
        | Controller::Closed => offer(number),
    };
    match step.kind {
        0 | 1 => Command::PostCustomerMessage {
            body_bytes: 5,
            verdict: verdict(if step.number.is_multiple_of(2) { VerdictKind::Keep } else { VerdictKind::HandOff }),
            handoff: fresh,
            admission,
        },
        2 => Command::PostBotMessage {
            epoch,
            in_reply_to: talk.state.bot_turns.first().map(|turn| turn.message).filter(|_| !step.stale).or(Some(Seq(1))),
            body_bytes: 5,
            knew: step.agent,
            promise: None,
        },
        3 => Command::PostAgentMessage { agent, epoch, body_bytes: 5 },
        4 => Command::PostNote { agent, body_bytes: 5 },
        5 => Command::RequestHandoff {
            handoff: fresh,
            by: if step.agent { Requester::Customer } else { Requester::Bot },
            epoch: Some(epoch),
            triggers: vec![Trigger::Api],
            admission,
        },
        6 => Command::CancelHandoff,
        7 => Command::LeaveContact { by: Alternative::Message },
        8 | 9 => Command::MakeOffer {
            offer: offer(u128::from(talk.state.seq.0)),
            handoff: current,
            agent,
            slots: vec![Slot(step.number % 3)],
            expires_at: talk.now + Duration::from_secs(20),
        },
        10 | 11 => Command::AcceptOffer { offer: open, agent },
        12 => Command::DeclineOffer { offer: open, agent, reason: DeclineReason::Other },
        13 => Command::RescindOffer { offer: open, reason: RescindReason::Reassigned },
        14 => Command::Assign { handoff: current, agent, slots: vec![Slot(step.number % 3)], by: ana() },
        15 => Command::ReturnToQueue { agent, reason: ReturnReason::Away, position: 1 },
        16 => Command::Transfer {
            by: agent.clone(),
            epoch: Some(epoch),
            to: if step.stale {
                TransferTarget::Queue(billing())
            } else {
                TransferTarget::Agent { agent, queue: billing() }
            },
            needs: Needs::default(),
            staffed: step.number.is_multiple_of(2),
            reason: None,
            note_bytes: Some(3),
        },
        17 => Command::HandBack { agent, epoch, wrap_up: Duration::from_secs(u64::from(step.number)), survey: true },
        18 => Command::EndWrapUp { agent, disposition: None },
        19 => Command::ChangePriority { priority: Priority::new(2).unwrap(), by: agent },
        20 => Command::AnswerSurvey {
            handoff: talk.state.surveys.first().copied().unwrap_or(current),
            rating: Rating::new(1 + step.number % 5).unwrap(),
        },
        // Rare, or most conversations would be over at once.
        _ if step.number < 20 => {
            Command::Close { by: ClosedBy::Customer, disposition: None, wrap_up: Duration::ZERO, survey: true }
        }
        21 => Command::TakeHandoff { handoff: current, agent, slots: vec![Slot(step.number % 3), Slot(7)] },
        22 => Command::OfferAlternative { handoff: current, alternative: Alternative::Callback },
        23 => Command::MoveHandoff { handoff: current, queue: billing(), reason: MoveReason::QueueRemoved },
        _ => Command::Tick,
    }
}

/// What every event must leave true.
fn check(before: &Conversation, after: &Conversation, event: &Event) {
    assert_eq!(after.seq, before.seq.next());
    assert!(after.epoch >= before.epoch);
    let kind = |state: &Conversation| std::mem::discriminant(&state.controller);
    if kind(before) != kind(after) {
        assert!(after.epoch > before.epoch, "the controller changed and the epoch did not: {event:?}");
    }
    if let Event::MessagePosted { author, .. } = event {
        match author {
            Author::Bot { .. } => assert!(matches!(before.controller, Controller::Bot), "a bot spoke out of turn"),
            Author::Agent(agent) => assert_eq!(before.agent(), Some(agent), "an agent spoke without control"),
            Author::Customer => assert!(!before.is_closed()),
        }
    }
    if let (Some(old), Some(new)) = (before.handoff(), after.handoff()) {
        assert_eq!((old.id, old.since), (new.id, new.since), "a place in the queue was lost: {event:?}");
    }
    if matches!(event, Event::OfferMade { .. }) {
        assert!(before.offered_to().is_none(), "two live offers");
    }
    let held = after.held_slots();
    // Each takes at most two here.
    assert!(held.len() <= 2 * (after.wrap_ups.len() + 1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_commands_breaks_a_law(steps in prop::collection::vec(step(), 1..80)) {
        let mut talk = Talk::started();
        for step in &steps {
            talk.now = talk.now + Duration::from_secs(u64::from(step.seconds));
            let ordered = command(&talk, step);
            let before = talk.state.clone();
            let refused = talk.order(&ordered).is_err();
            if refused {
                prop_assert_eq!(&before, &talk.state, "a refusal changed something");
            }
        }
        // Replaying the log gives the same state, and every step on the way keeps the laws.
        let mut state = Conversation::empty(talk.state.id);
        for recorded in &talk.log {
            let before = state.clone();
            state.apply(recorded.at, &recorded.event);
            check(&before, &state, &recorded.event);
        }
        prop_assert_eq!(&state, &talk.state);
        prop_assert_eq!(&Conversation::replay(talk.state.id, &talk.log), &talk.state);
    }

    #[test]
    fn a_handoff_always_moves_in_the_end(steps in prop::collection::vec(step(), 1..60)) {
        let mut talk = Talk::started();
        for step in &steps {
            talk.now = talk.now + Duration::from_secs(u64::from(step.seconds));
            let ordered = command(&talk, step);
            let _ = talk.order(&ordered);
        }
        // Whatever stands, it is closed, held by an agent, waits for the router, or has a deadline that moves it.
        let due = talk.state.deadline(&talk.limits);
        match &talk.state.controller {
            Controller::Closed | Controller::Agent { .. } => {}
            Controller::Queued { handoff } => prop_assert!(handoff.staffed || handoff.contact_left || due.is_some()),
            Controller::Bot | Controller::Offered { .. } => prop_assert!(due.is_some()),
        }
        // And ticking past every deadline comes to an end.
        for _ in 0..50 {
            let Some((at, _)) = talk.state.deadline(&talk.limits) else { break };
            talk.now = talk.now.max(at);
            if talk.must(Command::Tick).is_empty() {
                break;
            }
        }
    }

    #[test]
    fn what_is_offered_as_possible_is_not_refused(steps in prop::collection::vec(step(), 1..60)) {
        let mut talk = Talk::started();
        for step in &steps {
            let ordered = command(&talk, step);
            let _ = talk.order(&ordered);
            let can = talk.state.can(talk.now, &talk.limits, &Actor::Agent(ana()));
            let write = Command::PostAgentMessage { agent: ana(), epoch: talk.epoch(), body_bytes: 3 };
            let allowed = talk.state.decide(talk.now, &talk.limits, &write).is_ok();
            prop_assert_eq!(can.contains(&Action::PostMessage), allowed);
            let can = talk.state.can(talk.now, &talk.limits, &Actor::Customer);
            prop_assert_eq!(
                can.contains(&Action::CancelHandoff),
                talk.state.decide(talk.now, &talk.limits, &Command::CancelHandoff).is_ok()
            );
        }
    }
}
