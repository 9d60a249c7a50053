//! The rules of a conversation, told as what happens to people.

use std::time::Duration;

use crate::support::{Talk, ana, at, billing, handoff, jonas, nobody, offer, staffed, verdict};
use baton_core::{
    AbandonReason, Alternative, BotFailureKind, ClosedBy, Command, Controller, DeclineReason, Event, Needs,
    NobodyReason, Notice, Rating, Rejection, Requester, RescindReason, ReturnReason, Slot, TransferTarget, Trigger,
    VerdictKind,
};

#[test]
fn the_message_and_the_handoff_it_triggers_are_one_append() {
    let mut talk = Talk::started();
    let events = talk.must(Command::PostCustomerMessage {
        body_bytes: 10,
        verdict: verdict(VerdictKind::HandOff),
        handoff: handoff(7),
        admission: staffed(),
    });
    assert!(matches!(
        events.as_slice(),
        [
            Event::MessagePosted { .. },
            Event::TurnAssessed { .. },
            Event::HandoffRequested { message: Some(_), staffed: true, .. },
            Event::NoticePosted { notice: Notice::Queued { position: 1, .. } }
        ]
    ));
}

#[test]
fn the_bot_is_silent_from_the_moment_of_the_handoff() {
    let mut talk = Talk::started();
    let question = talk.customer_writes(VerdictKind::Keep);
    let late = Talk::bot_answers(talk.epoch(), question);
    talk.customer_writes(VerdictKind::HandOff);
    assert_eq!(talk.order(&late), Err(Rejection::StaleEpoch { given: 1, current: 2 }));
}

#[test]
fn a_late_bot_of_the_first_stretch_is_not_heard_in_the_second() {
    let mut talk = Talk::started();
    let question = talk.customer_writes(VerdictKind::Keep);
    let late = Talk::bot_answers(talk.epoch(), question);
    talk.asked_for_a_person();
    talk.accepted_by(&ana(), 1);
    talk.hand_back(&ana());
    assert!(matches!(talk.state.controller, Controller::Bot));
    assert!(matches!(talk.order(&late), Err(Rejection::StaleEpoch { .. })));
}

#[test]
fn a_question_is_answered_once() {
    let mut talk = Talk::started();
    let question = talk.customer_writes(VerdictKind::Keep);
    let answer = Talk::bot_answers(talk.epoch(), question);
    talk.must(answer.clone());
    assert_eq!(talk.order(&answer), Err(Rejection::NotAwaited(question.0)));
}

#[test]
fn a_declined_offer_returns_the_customer_to_their_place_in_the_queue() {
    let mut talk = Talk::started();
    talk.when(10).asked_for_a_person();
    let asked = talk.when(15).offered_to(&ana(), 1, 35);
    talk.when(19).must(Command::DeclineOffer { offer: asked, agent: ana(), reason: DeclineReason::Busy });
    let Controller::Queued { handoff } = &talk.state.controller else { panic!("not queued") };
    assert_eq!((handoff.since, &handoff.queue), (at(10), &billing()));
    assert!(talk.state.held_slots().is_empty());
}

#[test]
fn an_offer_nobody_answers_expires_and_the_place_is_kept() {
    let mut talk = Talk::started();
    talk.when(10).asked_for_a_person();
    talk.when(15).offered_to(&ana(), 1, 35);
    assert_eq!(talk.when(34).must(Command::Tick), Vec::new());
    let events = talk.when(35).must(Command::Tick);
    assert!(matches!(events.as_slice(), [Event::OfferExpired { .. }]));
    assert_eq!(talk.state.handoff().unwrap().since, at(10));
}

#[test]
fn an_expired_offer_cannot_be_accepted_even_before_anybody_noticed() {
    let mut talk = Talk::started();
    talk.asked_for_a_person();
    let asked = talk.offered_to(&ana(), 1, 20);
    assert_eq!(talk.when(20).order(&Command::AcceptOffer { offer: asked, agent: ana() }), Err(Rejection::OfferGone));
}

#[test]
fn only_the_agent_who_is_asked_can_say_yes() {
    let mut talk = Talk::started();
    talk.asked_for_a_person();
    let asked = talk.offered_to(&ana(), 1, 20);
    assert_eq!(talk.order(&Command::AcceptOffer { offer: asked, agent: jonas() }), Err(Rejection::OfferGone));
    assert_eq!(talk.order(&Command::AcceptOffer { offer: offer(9), agent: ana() }), Err(Rejection::OfferGone));
}

#[test]
fn the_customer_is_told_who_took_over() {
    let mut talk = Talk::started();
    talk.asked_for_a_person();
    let asked = talk.offered_to(&ana(), 1, 20);
    let events = talk.must(Command::AcceptOffer { offer: asked, agent: ana() });
    assert!(events.contains(&Event::NoticePosted { notice: Notice::AgentJoined { agent: ana() } }));
}

#[test]
fn at_most_one_offer_is_live() {
    let mut talk = Talk::started();
    let id = talk.asked_for_a_person();
    talk.offered_to(&ana(), 1, 20);
    let second =
        Command::MakeOffer { offer: offer(2), handoff: id, agent: jonas(), slots: vec![Slot(0)], expires_at: at(20) };
    assert_eq!(talk.order(&second), Err(Rejection::NotWaiting));
}

#[test]
fn an_agent_writes_only_while_in_control_and_with_the_current_epoch() {
    let mut talk = Talk::started();
    talk.asked_for_a_person();
    let early = talk.epoch();
    let write = |agent, epoch| Command::PostAgentMessage { agent, epoch, body_bytes: 3 };
    assert!(matches!(talk.order(&write(ana(), early)), Err(Rejection::NotInControl { .. })));
    talk.accepted_by(&ana(), 1);
    let current = talk.epoch();
    assert!(matches!(talk.order(&write(ana(), early)), Err(Rejection::StaleEpoch { .. })));
    assert!(matches!(talk.order(&write(jonas(), current)), Err(Rejection::NotInControl { .. })));
    talk.must(write(ana(), current));
}

#[test]
fn an_agent_who_is_gone_leaves_the_customer_in_their_old_place() {
    let mut talk = Talk::started();
    talk.when(10).asked_for_a_person();
    talk.when(12).accepted_by(&ana(), 1);
    talk.when(100).must(Command::ReturnToQueue { agent: ana(), reason: ReturnReason::Disconnected, position: 1 });
    let Controller::Queued { handoff } = &talk.state.controller else { panic!("not queued") };
    assert_eq!(handoff.since, at(10));
    assert!(talk.state.held_slots().is_empty());
}

#[test]
fn an_offer_to_an_agent_who_is_gone_is_taken_back() {
    let mut talk = Talk::started();
    talk.asked_for_a_person();
    talk.offered_to(&ana(), 1, 20);
    let events = talk.must(Command::ReturnToQueue { agent: ana(), reason: ReturnReason::Away, position: 1 });
    assert!(matches!(events.as_slice(), [Event::OfferRescinded { reason: RescindReason::AgentGone, .. }]));
}

#[test]
fn a_customer_who_cancels_stays_with_the_bot_and_the_agent_stops_ringing() {
    let mut talk = Talk::started();
    talk.asked_for_a_person();
    talk.offered_to(&ana(), 1, 20);
    let events = talk.must(Command::CancelHandoff);
    assert!(matches!(
        events.as_slice(),
        [
            Event::OfferRescinded { reason: RescindReason::CustomerLeft, .. },
            Event::HandoffAbandoned { reason: AbandonReason::StayedWithBot, .. },
            Event::NoticePosted { notice: Notice::BackToBot }
        ]
    ));
    let question = talk.customer_writes(VerdictKind::Keep);
    talk.must(Talk::bot_answers(talk.epoch(), question));
}

#[test]
fn a_second_handoff_in_the_same_conversation_works_like_the_first() {
    let mut talk = Talk::started();
    for round in 0..3 {
        talk.asked_for_a_person();
        talk.accepted_by(&ana(), round);
        talk.hand_back(&ana());
        let question = talk.customer_writes(VerdictKind::Keep);
        talk.must(Talk::bot_answers(talk.epoch(), question));
    }
    assert_eq!(talk.state.handoffs, 3);
    assert_eq!(talk.state.surveys.len(), 3);
}

#[test]
fn wrap_up_holds_the_slot_while_the_bot_answers_the_customer() {
    let mut talk = Talk::started();
    talk.asked_for_a_person();
    talk.accepted_by(&ana(), 1);
    talk.hand_back(&ana());
    assert_eq!(talk.state.held_slots(), vec![(ana(), Slot(0))]);
    let question = talk.customer_writes(VerdictKind::Keep);
    talk.must(Talk::bot_answers(talk.epoch(), question));
    talk.when(600).must(Command::Tick);
    assert!(talk.state.held_slots().is_empty(), "the limit ends a wrap-up that nobody ended");
}

#[test]
fn nobody_available_is_said_at_once_and_the_customer_can_leave_a_message() {
    let mut talk = Talk::started();
    let told = Notice::NobodyAvailable { reason: Some(NobodyReason::NobodyAvailable), opens_at: None };
    talk.customer_writes_to(VerdictKind::HandOff, nobody());
    assert_eq!(talk.log.last().unwrap().event, Event::NoticePosted { notice: told });
    talk.must(Command::LeaveContact { by: Alternative::Message });
    assert_eq!(talk.state.deadline(&talk.limits), None, "who left an address is answered, however late");
}

#[test]
fn a_customer_nobody_came_for_is_not_left_without_an_answer() {
    let mut talk = Talk::started();
    talk.customer_writes_to(VerdictKind::HandOff, nobody());
    let events = talk.when(30 * 60).must(Command::Tick);
    assert!(matches!(events.first(), Some(Event::HandoffAbandoned { reason: AbandonReason::TimedOut, .. })));
    assert!(matches!(talk.state.controller, Controller::Bot));
}

#[test]
fn the_last_agent_leaving_is_told_to_who_waits() {
    let mut talk = Talk::started();
    let id = talk.asked_for_a_person();
    let reason = Some(NobodyReason::Closed);
    let gone = Command::ChangeStaffing { handoff: id, staffed: false, reason, opens_at: None, position: 1 };
    let events = talk.must(gone.clone());
    assert!(events.contains(&Event::NoticePosted { notice: Notice::NobodyAvailable { reason, opens_at: None } }));
    assert_eq!(talk.order(&gone), Err(Rejection::NotWaiting), "said once");
}

#[test]
fn a_bot_that_is_down_is_a_trigger_not_a_dead_end() {
    let mut talk = Talk::started();
    let question = talk.customer_writes(VerdictKind::Keep);
    let epoch = talk.epoch();
    talk.must(Command::FailBotTurn {
        message: question,
        epoch,
        failure: BotFailureKind::Unreachable,
        handoff: handoff(5),
        admission: staffed(),
    });
    assert_eq!(talk.state.handoff().unwrap().triggers, vec![Trigger::BotDown]);
}

#[test]
fn a_transfer_keeps_the_place_and_asks_the_named_agent_first() {
    let mut talk = Talk::started();
    talk.when(10).asked_for_a_person();
    talk.accepted_by(&ana(), 1);
    let epoch = talk.epoch();
    talk.when(60).must(Command::Transfer {
        by: ana(),
        epoch: Some(epoch),
        to: TransferTarget::Agent { agent: jonas(), queue: billing() },
        needs: Needs::default(),
        staffed: true,
        reason: None,
        note_bytes: Some(12),
    });
    let waiting = talk.state.handoff().unwrap().clone();
    assert_eq!((waiting.since, waiting.reserved_for), (at(10), Some(jonas())));
    let asked = talk.offered_to(&jonas(), 2, 90);
    talk.must(Command::DeclineOffer { offer: asked, agent: jonas(), reason: DeclineReason::Busy });
    assert_eq!(talk.state.handoff().unwrap().reserved_for, None, "others may take it once the named one said no");
}

#[test]
fn a_bot_asks_for_a_person_with_its_epoch_and_once() {
    let mut talk = Talk::started();
    let request = |epoch| Command::RequestHandoff {
        handoff: handoff(4),
        by: Requester::Bot,
        epoch,
        triggers: vec![Trigger::Bot],
        admission: staffed(),
    };
    assert!(matches!(talk.order(&request(None)), Err(Rejection::NotInControl { .. })));
    let epoch = Some(talk.epoch());
    assert!(!talk.must(request(epoch)).is_empty());
    assert_eq!(talk.must(request(epoch)), Vec::new(), "the same id again is once");
}

#[test]
fn a_closed_conversation_stays_closed_but_its_survey_and_wrap_up_can_be_answered() {
    let mut talk = Talk::started();
    let id = talk.asked_for_a_person();
    talk.accepted_by(&ana(), 1);
    let by = ClosedBy::Agent { agent: ana(), epoch: talk.epoch() };
    talk.must(Command::Close { by, disposition: None, wrap_up: Duration::from_mins(1), survey: true });
    let message = Command::PostCustomerMessage {
        body_bytes: 1,
        verdict: verdict(VerdictKind::Keep),
        handoff: handoff(3),
        admission: staffed(),
    };
    assert_eq!(talk.order(&message), Err(Rejection::Closed));
    let answer = Command::AnswerSurvey { handoff: id, rating: Rating::new(5).unwrap() };
    talk.must(answer.clone());
    assert_eq!(talk.order(&answer), Err(Rejection::NoSurvey), "asked once, answered once");
    talk.must(Command::EndWrapUp { agent: ana(), disposition: None });
    assert!(talk.state.held_slots().is_empty());
}

#[test]
fn a_customer_who_leaves_while_waiting_has_abandoned_the_handoff() {
    let mut talk = Talk::started();
    talk.asked_for_a_person();
    talk.offered_to(&ana(), 1, 20);
    let events =
        talk.must(Command::Close { by: ClosedBy::Customer, disposition: None, wrap_up: Duration::ZERO, survey: true });
    assert!(events.iter().any(|event| matches!(event, Event::HandoffAbandoned { reason: AbandonReason::Left, .. })));
    assert!(events.iter().any(|event| matches!(event, Event::OfferRescinded { .. })));
    assert!(talk.state.surveys.is_empty(), "nobody served them, nothing to ask");
}

#[test]
fn a_supervisor_takes_it_from_whoever_holds_it() {
    let mut talk = Talk::started();
    let id = talk.asked_for_a_person();
    talk.accepted_by(&ana(), 1);
    talk.must(Command::Assign { handoff: id, agent: jonas(), slots: vec![Slot(1)], by: jonas() });
    assert_eq!(talk.state.agent(), Some(&jonas()));
    assert_eq!(talk.state.held_slots(), vec![(jonas(), Slot(1))]);
}

#[test]
fn empty_and_oversized_messages_are_refused_with_what_fits() {
    let mut talk = Talk::started();
    let write = |body_bytes| Command::PostCustomerMessage {
        body_bytes,
        verdict: verdict(VerdictKind::Keep),
        handoff: handoff(3),
        admission: staffed(),
    };
    assert_eq!(talk.order(&write(0)), Err(Rejection::Empty));
    let refused = talk.order(&write(20_000)).unwrap_err();
    assert!(refused.to_string().contains("16384"), "{refused}");
}

#[test]
fn of_two_agents_who_take_from_the_queue_the_first_has_it_and_its_weight_in_slots() {
    let mut talk = Talk::started();
    let id = talk.asked_for_a_person();
    let slots = vec![Slot(0), Slot(2)];
    let take = |agent| Command::TakeHandoff { handoff: id, agent, slots: slots.clone() };
    talk.must(take(ana()));
    assert_eq!(talk.state.agent(), Some(&ana()));
    assert_eq!(talk.state.held_slots(), [(ana(), Slot(0)), (ana(), Slot(2))]);
    assert_eq!(talk.order(&take(ana())), Ok(Vec::new()), "asking twice is once");
    assert_eq!(talk.order(&take(jonas())), Err(Rejection::NotWaiting));
    talk.hand_back(&ana());
    assert_eq!(talk.state.held_slots().len(), 2, "the wrap-up holds them all");
    talk.must(Command::EndWrapUp { agent: ana(), disposition: None });
    assert!(talk.state.held_slots().is_empty());
}

#[test]
fn an_accepted_offer_keeps_every_slot_it_rang_with() {
    let mut talk = Talk::started();
    let id = talk.asked_for_a_person();
    let (agent, slots) = (ana(), vec![Slot(1), Slot(3)]);
    talk.must(Command::MakeOffer { offer: offer(1), handoff: id, agent, slots, expires_at: at(20) });
    talk.must(Command::AcceptOffer { offer: offer(1), agent: ana() });
    assert_eq!(talk.state.held_slots(), [(ana(), Slot(1)), (ana(), Slot(3))]);
}

#[test]
fn whoever_waits_too_long_is_offered_something_else_once_and_keeps_the_place() {
    let mut talk = Talk::started();
    let id = talk.asked_for_a_person();
    let offer = Command::OfferAlternative { handoff: id, alternative: Alternative::Callback };
    let events = talk.when(600).must(offer.clone());
    assert!(events.contains(&Event::NoticePosted { notice: Notice::LongWait { alternative: Alternative::Callback } }));
    assert_eq!(talk.state.handoff().unwrap().since, at(0));
    assert_eq!(talk.order(&offer), Err(Rejection::NotWaiting), "said once");
    talk.must(Command::LeaveContact { by: Alternative::Callback });
    assert!(matches!(talk.state.controller, Controller::Queued { .. }), "who asked to be called still waits");
}
