//! A person is suggested and the customer answers; what bots promise; what agents think of when a handoff came.

use baton_core::{
    Action, Actor, BotPromise, Command, Controller, Due, Epoch, Event, Rejection, Requester, Seq, TimingMark, Trigger,
    Verdict, VerdictKind,
};

use crate::support::*;

/// The customer was asked at the present second whether they would like a person.
fn suggested(talk: &mut Talk) -> Seq {
    let message = talk.state.seq.next();
    let verdict = Verdict { triggers: vec![Trigger::Frustration], ..*verdict(VerdictKind::Suggest) };
    let verdict = Box::new(verdict);
    talk.must(Command::PostCustomerMessage { body_bytes: 5, verdict, handoff: handoff(77), admission: staffed() });
    message
}

fn bot_says(talk: &Talk, promise: BotPromise) -> Command {
    let epoch = talk.epoch();
    Command::PostBotMessage { epoch, in_reply_to: None, body_bytes: 5, knew: true, promise: Some(promise) }
}

#[test]
fn a_customer_who_says_yes_is_handed_off_with_what_led_to_the_question_in_one_append() {
    let mut talk = Talk::started();
    let message = suggested(talk.when(5));
    assert!(talk.state.can(talk.now, &talk.limits, &Actor::Customer).contains(&Action::AnswerSuggestion));
    let yes = Command::AcceptSuggestion { message, handoff: handoff(1), admission: staffed() };
    let events = talk.when(9).must(yes.clone());
    let Event::HandoffRequested { by, triggers, message: at_message, .. } = &events[0] else { panic!("{events:?}") };
    assert_eq!((by, *at_message), (&Requester::Customer, Some(message)));
    assert_eq!(*triggers, [Trigger::Suggestion, Trigger::Frustration]);
    assert!(matches!(talk.state.controller, Controller::Queued { .. }));
    assert!(talk.must(yes).is_empty(), "saying yes twice is once");
    assert!(!talk.state.can(talk.now, &talk.limits, &Actor::Customer).contains(&Action::AnswerSuggestion));
}

#[test]
fn a_customer_who_says_no_stays_with_the_bot_and_the_messages_since_are_counted() {
    let mut talk = Talk::started();
    let message = suggested(talk.when(5));
    let no = Command::DeclineSuggestion { message };
    assert_eq!(talk.when(9).must(no.clone()), [Event::SuggestionDeclined { message }]);
    assert!(talk.must(no).is_empty(), "saying no twice is once");
    talk.when(20).customer_writes(VerdictKind::Keep);
    talk.customer_writes(VerdictKind::Keep);
    let declined = talk.state.declined.unwrap();
    assert_eq!((declined.at, declined.turns_since), (at(9), 2));
    let late = Command::AcceptSuggestion { message, handoff: handoff(1), admission: staffed() };
    assert_eq!(talk.order(&late), Err(Rejection::NoSuggestion));
}

#[test]
fn a_customer_who_goes_on_is_not_asked_about_what_was_before() {
    let mut talk = Talk::started();
    let message = suggested(talk.when(5));
    talk.when(9).customer_writes(VerdictKind::Keep);
    assert_eq!(talk.order(&Command::DeclineSuggestion { message }), Err(Rejection::NoSuggestion));
}

#[test]
fn a_promise_that_nothing_comes_of_is_due_and_brings_a_person() {
    let mut talk = Talk::started();
    talk.when(5).customer_writes(VerdictKind::Keep);
    let said = bot_says(&talk, BotPromise::Connecting);
    let events = talk.when(6).must(said);
    let message = talk.state.promised.unwrap().0;
    assert_eq!(events[1], Event::PromiseMade { message, promise: BotPromise::Connecting });
    assert_eq!(talk.state.deadline(&talk.limits), Some((at(16), Due::Promise(message))));
    let events = talk.when(16).must(Command::BreakPromise { message, handoff: Some((handoff(1), staffed())) });
    assert_eq!(events[0], Event::PromiseBroken { message });
    assert_eq!(talk.state.handoff().unwrap().triggers, [Trigger::BrokenPromise]);
    assert!(talk.order(&Command::BreakPromise { message, handoff: None }).is_err(), "it is dealt with once");
}

#[test]
fn a_promise_that_is_kept_is_not_due() {
    let mut talk = Talk::started();
    let said = bot_says(&talk, BotPromise::Connecting);
    talk.when(6).must(said);
    talk.when(7).asked_for_a_person();
    assert_eq!(talk.state.promised, None);
    let mut other = Talk::started();
    let said = bot_says(&other, BotPromise::Cannot);
    other.must(said);
    assert_eq!(other.state.promised, None, "that nobody can come is only noted");
}

#[test]
fn a_second_opinion_hands_off_only_while_the_bot_still_has_the_conversation() {
    let mut talk = Talk::started();
    let message = talk.when(5).customer_writes(VerdictKind::Keep);
    let opinion = |epoch: Epoch, kind| Command::GiveOpinion {
        message,
        epoch,
        kind,
        model: "a-model".into(),
        handoff: handoff(1),
        admission: staffed(),
    };
    let epoch = talk.epoch();
    assert_eq!(talk.must(opinion(epoch, VerdictKind::Keep)).len(), 1, "it is on record and nothing else");
    talk.must(opinion(epoch, VerdictKind::HandOff));
    assert_eq!(talk.state.handoff().unwrap().triggers, [Trigger::SecondOpinion]);
    let late = talk.order(&opinion(epoch, VerdictKind::HandOff));
    assert!(matches!(late, Err(Rejection::StaleEpoch { .. })), "{late:?}");
}

#[test]
fn an_agent_marks_when_a_handoff_came_and_can_take_it_back() {
    let mut talk = Talk::started();
    let id = talk.when(5).asked_for_a_person();
    let mark = |timing| Command::MarkTiming { handoff: id, by: ana(), timing };
    assert_eq!(talk.must(mark(Some(TimingMark::TooLate))).len(), 1);
    assert!(talk.must(mark(Some(TimingMark::TooLate))).is_empty(), "marking twice is once");
    talk.must(mark(Some(TimingMark::NotNeeded)));
    assert_eq!(talk.state.timing_marks, [(id, TimingMark::NotNeeded)]);
    talk.must(mark(None));
    assert!(talk.state.timing_marks.is_empty());
}
