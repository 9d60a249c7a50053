//! A day's report adds up, and says of whom it speaks.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::time::Duration;

use baton_core::{AgentId, HandoffId, QueueId, RuleId, Timestamp, Trigger};
use baton_insight::{
    Alert, AlertKind, Containment, ConversationRecord, Day, Ends, HandoffRecord, Outcome, Report, SLOT, Share,
    Thresholds, TriggerKind, usual,
};
use proptest::prelude::*;
use uuid::Uuid;

const THRESHOLD: Duration = Duration::from_mins(1);

fn at(seconds: u64) -> Timestamp {
    Timestamp(0) + Duration::from_secs(seconds)
}

/// Requested at 0.
fn handoff(accepted_at: Option<u64>, ended_at: Option<u64>, outcome: Outcome) -> HandoffRecord {
    HandoffRecord {
        handoff: HandoffId(Uuid::nil()),
        queue: QueueId::new("billing").unwrap(),
        requested_at: at(0),
        accepted_at: accepted_at.map(at),
        ended_at: ended_at.map(at),
        outcome,
        triggers: vec![Trigger::ExplicitRequest],
        rating: None,
        handle: None,
    }
}

fn report(handoffs: &[HandoffRecord], conversations: &[ConversationRecord]) -> Report {
    Report::of(handoffs, conversations.iter().copied(), at(1_000), |_| THRESHOLD)
}

#[test]
fn a_morning_in_billing() {
    let morning = [
        HandoffRecord {
            rating: Some(5),
            handle: Some(Duration::from_mins(4)),
            ..handoff(Some(20), Some(300), Outcome::HandedBack)
        },
        HandoffRecord {
            rating: Some(2),
            handle: Some(Duration::from_mins(2)),
            ..handoff(Some(100), Some(300), Outcome::Closed)
        },
        handoff(None, Some(10), Outcome::Abandoned),
        handoff(None, Some(200), Outcome::Abandoned),
        handoff(None, Some(61), Outcome::MessageLeft),
        handoff(None, Some(30), Outcome::Closed),
        handoff(Some(60), None, Outcome::Open),
        handoff(None, None, Outcome::Open),
    ];
    let report = report(&morning, &[]);
    assert_eq!((report.requested, report.accepted), (8, 3));
    let ends = Ends { served: 2, abandoned: 2, message_left: 1, unserved: 1, in_progress: 1, waiting: 1 };
    assert_eq!((report.ends, ends.still_open()), (ends, 2));
    assert_eq!(report.abandonment_rate, Share { part: 2, whole: 8 });
    // Within: 20 s and 60 s. Late: 100 s, left after 200 s and 61 s, waiting for 1,000 s. Undecided: left within.
    assert_eq!(report.service_level.share(), Share { part: 2, whole: 6 });
    assert_eq!(report.service_level.undecided, 2);
    assert_eq!((report.speed_of_answer.mean, report.speed_of_answer.p50), (Some(THRESHOLD), Some(THRESHOLD)));
    assert_eq!(report.speed_of_answer.p90, Some(Duration::from_secs(100)));
    assert_eq!((report.handle_time.count, report.handle_time.mean), (2, Some(Duration::from_mins(3))));
    assert_eq!((report.ratings.count(), report.ratings.mean()), (2, Some(3.5)));
}

#[test]
fn every_trigger_of_a_handoff_is_a_reason_once() {
    let rule = RuleId::new("legal").unwrap();
    let ana = AgentId::new("ana").unwrap();
    let twice = HandoffRecord {
        triggers: vec![Trigger::Rule(rule.clone()), Trigger::Frustration, Trigger::Rule(rule.clone())],
        ..handoff(None, Some(9), Outcome::Abandoned)
    };
    let taken = HandoffRecord { triggers: vec![Trigger::Agent(ana)], ..handoff(Some(1), None, Outcome::Open) };
    let by_trigger = report(&[twice, taken], &[]).by_trigger;
    assert_eq!(by_trigger.len(), 3);
    let of = |kind| by_trigger.get(&kind).map(|row| (row.requested, row.accepted, row.abandoned));
    assert_eq!(of(TriggerKind::Rule(rule)), Some((1, 0, 1)));
    assert_eq!(of(TriggerKind::Frustration), Some((1, 0, 1)));
    assert_eq!(of(TriggerKind::Agent), Some((1, 1, 0)));
}

#[test]
fn a_customer_who_was_left_without_an_answer_is_not_contained() {
    let conversation = |had_handoff, closed, last_bot_knew| ConversationRecord { had_handoff, closed, last_bot_knew };
    let conversations = [
        conversation(false, true, Some(true)),
        conversation(false, true, Some(false)),
        conversation(false, true, None),
        conversation(true, true, Some(true)),
        conversation(false, false, Some(true)),
        conversation(true, false, None),
    ];
    let containment = report(&[], &conversations).containment;
    assert_eq!(containment, Containment { conversations: 6, open: 2, handed_off: 1, contained: 1, given_up: 2 });
    assert_eq!(containment.share(), Share { part: 1, whole: 4 });
}

#[test]
fn an_empty_day_has_no_shares() {
    let report = report(&[], &[]);
    assert_eq!(report, Report::default());
    assert_eq!(report.service_level.share().ratio(), None);
    assert_eq!(report.containment.share().ratio(), None);
}

fn handoffs() -> impl Strategy<Value = Vec<HandoffRecord>> {
    let outcomes =
        [Outcome::HandedBack, Outcome::Closed, Outcome::Abandoned, Outcome::MessageLeft, Outcome::Open].as_slice();
    let moment = || prop::option::of(0..2_000_u64);
    let triggers = [Trigger::ExplicitRequest, Trigger::Frustration, Trigger::Bot].as_slice();
    let triggers = prop::collection::vec(prop::sample::select(triggers), 0..4);
    let record = (moment(), moment(), prop::sample::select(outcomes), triggers, prop::option::of(0..8_u8), moment());
    let record = record.prop_map(|(accepted_at, ended_at, outcome, triggers, rating, handle)| HandoffRecord {
        triggers,
        rating,
        handle: handle.map(Duration::from_secs),
        ..handoff(accepted_at, ended_at, outcome)
    });
    prop::collection::vec(record, 0..60)
}

fn conversations() -> impl Strategy<Value = Vec<ConversationRecord>> {
    let record = (any::<bool>(), any::<bool>(), any::<Option<bool>>());
    let record = record.prop_map(|(had_handoff, closed, last_bot_knew)| ConversationRecord {
        had_handoff,
        closed,
        last_bot_knew,
    });
    prop::collection::vec(record, 0..60)
}

proptest! {
    #[test]
    fn the_numbers_add_up(handoffs in handoffs(), conversations in conversations()) {
        let report = report(&handoffs, &conversations);
        let all = u64::try_from(handoffs.len()).unwrap();
        prop_assert_eq!((report.requested, report.ends.sum()), (all, all));
        let level = report.service_level;
        prop_assert_eq!(level.within + level.late + level.undecided, all);
        prop_assert!(level.within <= report.accepted);
        prop_assert_eq!(report.speed_of_answer.count, report.accepted);
        prop_assert!(report.speed_of_answer.p50 <= report.speed_of_answer.p90);
        prop_assert_eq!(report.abandonment_rate, Share { part: report.ends.abandoned, whole: all });
        prop_assert!(report.ends.served + report.ends.in_progress <= report.accepted);
        let containment = report.containment;
        let parts = containment.open + containment.handed_off + containment.contained + containment.given_up;
        prop_assert_eq!((containment.conversations, parts), (u64::try_from(conversations.len()).unwrap(), parts));
        prop_assert_eq!(parts, containment.conversations);
        prop_assert!(containment.handed_off + containment.share().part <= containment.share().whole);
        for row in report.by_trigger.values() {
            prop_assert!(row.requested <= all && row.accepted <= row.requested && row.abandoned <= row.requested);
        }
    }

    #[test]
    fn two_halves_of_a_day_are_the_day(first in handoffs(), second in handoffs()) {
        let (morning, evening) = (report(&first, &[]), report(&second, &[]));
        let day = report(&[first, second].concat(), &[]);
        prop_assert_eq!(day.requested, morning.requested + evening.requested);
        prop_assert_eq!(day.ends.served, morning.ends.served + evening.ends.served);
        prop_assert_eq!(day.service_level.within, morning.service_level.within + evening.service_level.within);
        prop_assert_eq!(day.ratings.count(), morning.ratings.count() + evening.ratings.count());
    }
}

fn requested(seconds: u64, accepted_at: Option<u64>) -> HandoffRecord {
    let waits = HandoffRecord { requested_at: at(seconds), ..handoff(accepted_at, None, Outcome::Open) };
    HandoffRecord { accepted_at: accepted_at.map(at), ..waits }
}

#[test]
fn the_slots_of_a_day_add_up_to_its_report() {
    let day: Vec<_> = (0..200).map(|minute| requested(minute * 60 * 7, Some(minute * 60 * 7 + minute))).collect();
    let now = at(24 * 3_600);
    let slots = Day::of(&day, (at(0), now), now, |_| THRESHOLD).slots;
    let whole = Report::of(&day, [], now, |_| THRESHOLD);
    assert_eq!(slots.len(), 48);
    assert_eq!(slots.iter().map(|slot| slot.requested).sum::<u64>(), whole.requested);
    assert_eq!(slots.iter().map(|slot| slot.accepted).sum::<u64>(), whole.accepted);
    assert_eq!(slots.iter().map(|slot| slot.service_level.within).sum::<u64>(), whole.service_level.within);
    assert_eq!(slots.iter().map(|slot| slot.service_level.late).sum::<u64>(), whole.service_level.late);
}

#[test]
fn what_was_requested_on_another_day_is_not_in_this_one() {
    let day = SLOT.as_secs() * 48;
    let others = [requested(day - 1, None), requested(day, None), requested(2 * day, None)];
    let slots = Day::of(&others, (at(day), at(2 * day)), at(2 * day), |_| THRESHOLD).slots;
    assert_eq!((slots[0].requested, slots.iter().map(|slot| slot.requested).sum::<u64>()), (1, 1));
}

#[test]
fn the_usual_day_is_the_mean_and_one_day_is_no_usual_one() {
    let of = |count: u64| {
        let day: Vec<_> = (0..count).map(|_| requested(10, Some(20))).collect();
        Day::of(&day, (at(0), at(86_400)), at(86_400), |_| THRESHOLD)
    };
    assert_eq!(usual(&[of(4)]), None);
    let usual = usual(&[of(4), of(1)]).unwrap();
    assert!((usual[0].requested - 2.5).abs() < 1e-9);
    assert_eq!(usual[0].service_level, Share { part: 5, whole: 5 });
    assert!(usual[1].requested.abs() < 1e-9);
}

#[test]
fn an_alert_is_what_is_passed_and_not_what_is_reached() {
    let minute = Duration::from_mins(1);
    let all = Thresholds { waiting: Some(3), longest_wait: Some(minute), service_level: Some(0.8) };
    assert_eq!(all.passed(3, Some(minute), Share { part: 4, whole: 5 }), []);
    let kinds = |passed: Vec<Alert>| passed.into_iter().map(|alert| alert.kind).collect::<Vec<_>>();
    let everything = all.passed(4, Some(minute + minute), Share { part: 1, whole: 5 });
    assert_eq!(kinds(everything), [AlertKind::Waiting, AlertKind::LongestWait, AlertKind::ServiceLevel]);
    assert_eq!(
        all.passed(0, None, Share { part: 0, whole: 0 }),
        [],
        "a day of which nothing is known is not a bad one"
    );
    assert_eq!(Thresholds::default().passed(9, Some(minute), Share { part: 0, whole: 9 }), []);
}
