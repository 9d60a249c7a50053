use super::*;

fn billing() -> QueueId {
    QueueId::new("billing").unwrap()
}

fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

fn at(number: u64) -> Timestamp {
    Timestamp(0) + seconds(number)
}

fn handoff(number: u128) -> HandoffId {
    HandoffId(uuid::Uuid::from_u128(number))
}

fn after(handle_times: &[u64]) -> Waits {
    let mut waits = Waits::new();
    for (number, handle) in (0..).zip(handle_times) {
        waits.handled(&billing(), seconds(*handle), Timestamp(number));
    }
    waits
}

fn behind(ahead: u32, slots: u32) -> Snapshot {
    Snapshot::alone(&billing(), ahead, slots, at(0))
}

fn close(left: f64, right: f64, within: f64) {
    assert!((left - right).abs() <= within, "{left} is not {right}");
}

#[test]
fn without_ground_there_is_no_estimate() {
    assert_eq!(Waits::new().estimate(&behind(0, 3)), None);
    assert_eq!(after(&[300; 4]).estimate(&behind(0, 3)), None, "four handle times are too few");
    assert_eq!(after(&[300; 5]).estimate(&behind(0, 0)), None, "nobody serves");
    assert!(after(&[300; 5]).estimate(&behind(0, 3)).is_some());
}

#[test]
fn a_customer_behind_two_others_hears_how_long_three_completions_take() {
    // Three servers of five minutes: one completion every 100 seconds, three of them, rounded up.
    let estimate = after(&[300; 200]).estimate(&behind(2, 3)).unwrap();
    assert_eq!(estimate.likely_s, 300);
    // The 90 % quantile of three such exponential spans is 532 s; 200 observations add very little to it.
    assert!((540..=570).contains(&estimate.at_most_s), "{estimate:?}");
}

#[test]
fn before_anything_is_learned_it_is_exactly_the_queue_length_predictor() {
    let mut waits = after(&[240; 500]);
    for number in 0..40 {
        waits.accepted(handoff(number), &billing(), seconds(100), at(1));
        waits.abandoned(handoff(number), &billing(), seconds(50), at(1));
    }
    for (ahead, slots) in [(0, 1), (1, 1), (7, 3), (40, 12), (4_000, 30)] {
        let exact = queue_length(ahead, slots, 1.0 / 240.0, 40.0 / 6_000.0);
        let interval = waits.interval(&behind(ahead, slots)).unwrap();
        close(interval.likely_s, exact.mean, 1e-9 * exact.mean);
        let widened = Moments { variance: exact.variance + exact.mean * exact.mean / 500.0, ..exact };
        close(interval.high_s, widened.quantile(0.9), 1e-6 * exact.mean);
        close(interval.low_s, widened.quantile(0.1), 1e-6 * exact.mean);
    }
}

#[test]
fn few_observations_promise_less() {
    let few = after(&[300; 5]).estimate(&behind(2, 3)).unwrap();
    let many = after(&[300; 200]).estimate(&behind(2, 3)).unwrap();
    assert_eq!(few.likely_s, many.likely_s);
    assert!(few.at_most_s > many.at_most_s, "{few:?} {many:?}");
}

#[test]
fn those_who_give_up_shorten_the_wait_of_those_who_stay() {
    let mut waits = after(&[300; 50]);
    let patient = waits.estimate(&behind(9, 3)).unwrap();
    for number in 0..10 {
        waits.accepted(handoff(number), &billing(), seconds(300), at(0));
        waits.abandoned(handoff(number), &billing(), seconds(300), at(0));
    }
    let impatient = waits.estimate(&behind(9, 3)).unwrap();
    assert!(impatient.likely_s < patient.likely_s, "{impatient:?} {patient:?}");
    // Ten left in 6,000 seconds of waiting: Σ 1/(1/100 + i/600) for i from 0 to 9 is 600 × (1/6 + … + 1/15) = 620.9.
    assert_eq!(impatient.likely_s, 630);
}

#[test]
fn what_is_long_past_is_forgotten() {
    let mut waits = after(&[6_000; 20]);
    let later = Timestamp(0) + WINDOW + Duration::from_hours(24);
    for number in 0..5 {
        waits.handled(&billing(), seconds(60), later + seconds(number));
    }
    assert_eq!(waits.estimate(&behind(0, 1)).unwrap().likely_s, 60);
    for number in 0..10_000 {
        let at = Timestamp(0) + seconds(number * 600);
        waits.handled(&billing(), seconds(60), at);
        waits.accepted(handoff(number.into()), &billing(), seconds(1), at);
    }
    let observed = &waits.queues[&billing()];
    assert!(observed.days.len() <= 15 && observed.last.len() <= 10, "{observed:?}");
}

#[test]
fn estimates_are_rounded_up_to_what_people_say() {
    for (exact, said) in [(0.0, 5), (4.9, 5), (5.1, 10), (59.0, 60), (60.5, 90), (90.0, 90), (301.0, 330)] {
        assert_eq!(round_up(exact), said, "{exact}");
    }
}

#[test]
fn a_wait_of_days_is_not_promised() {
    assert_eq!(after(&[3_600; 10]).estimate(&behind(500, 1)), None);
    assert!(after(&[0; 10]).estimate(&behind(u16::MAX.into(), 1)).is_none());
}

#[test]
fn who_stands_in_another_line_is_in_the_way_only_of_the_people_they_share() {
    let chat = Line::of(&QueueId::new("chat").unwrap());
    let with = |teams: Vec<Team>| {
        let mut snapshot = behind(0, 0);
        (snapshot.teams, snapshot.lines) = (teams, vec![Line::of(&billing()), chat.clone()]);
        snapshot.stand_before(1, 1);
        after(&[300; 200]).interval(&snapshot).unwrap().likely_s
    };
    let (own, both, theirs) = (0b01, 0b11, 0b10);
    let two = |lines| Team { lines, slots: 2 };
    close(with(vec![two(both)]), 300.0, 1e-6);
    close(with(vec![two(own), two(theirs)]), 150.0, 1.0);
    let some_shared = with(vec![two(own), two(both)]);
    assert!(some_shared > 75.0 && some_shared < 150.0, "between four of its own and two: {some_shared}");
}

/// The distribution of how many wait in M/M/s, by Erlang: offered load 10, 14 agents, handle time 180 s.
#[test]
fn over_the_queue_lengths_of_erlang_c_it_gives_erlangs_waits() {
    let (load, servers, handle) = (10.0, 14, 180.0);
    let mut term = 1.0;
    let mut below = 0.0;
    for busy in 0..servers {
        below += term;
        term *= load / f64::from(busy + 1);
    }
    let utilisation = load / f64::from(servers);
    let all_busy = term / (1.0 - utilisation);
    let waits = all_busy / (below + all_busy);
    close(waits, 0.174_132, 5e-7);

    // One who comes finds n waiting with probability (1 − ρ) ρⁿ, given that all are busy.
    let (mut mean, mut late) = (0.0, 0.0);
    for ahead in 0..400_u16 {
        let chance = waits * (1.0 - utilisation) * utilisation.powi(ahead.into());
        let moments = queue_length(ahead.into(), servers, 1.0 / handle, 0.0);
        let scale = moments.variance / moments.mean;
        mean += chance * moments.mean;
        late += chance * (1.0 - crate::gamma::probability_below(moments.mean / scale, 20.0 / scale));
    }
    close(mean, 7.836, 5e-4);
    close(1.0 - late, 0.888_350, 5e-7);
}

/// Customers who join behind `ahead` others and wait as `wait` says, one after the other.
fn lived_through(waits: &mut Waits, number: u64, ahead: u32, wait: impl Fn(u64) -> u64) {
    for one in 0..number {
        let id = handoff(one.into());
        waits.joined(id, &Snapshot { at: at(one * 60), ..behind(ahead, 3) });
        waits.accepted(id, &billing(), seconds(wait(one)), at(one * 60 + wait(one)));
    }
}

/// Waits from 200 to 398 seconds, in an order that looks like chance.
fn uneven(one: u64) -> u64 {
    let mixed = (one + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    200 + ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33) % 199
}

#[test]
fn what_happens_again_and_again_is_learned() {
    let mut waits = after(&[300; 200]);
    let theory = waits.interval(&behind(5, 3)).unwrap();
    close(theory.likely_s, 600.0, 1.0);
    lived_through(&mut waits, 3_000, 5, uneven);
    let learned = waits.interval(&Snapshot { at: at(180_000), ..behind(5, 3) }).unwrap();
    close(learned.likely_s, 299.0, 10.0);
    close(learned.low_s, 220.0, 15.0);
    close(learned.high_s, 378.0, 15.0);
    let told = waits.estimate(&Snapshot { at: at(180_000), ..behind(5, 3) }).unwrap();
    assert!(f64::from(told.likely_s) >= learned.likely_s && f64::from(told.at_most_s) >= learned.high_s, "rounded up");
    let coverage = waits.record(&billing()).joining;
    assert_eq!(coverage.promises, 3_000);
    close(coverage.coverage().unwrap(), 0.8, 0.05);
}

#[test]
fn an_estimate_whose_recent_promises_did_not_hold_is_withheld_until_they_do() {
    let mut waits = after(&[300; 200]);
    lived_through(&mut waits, 200, 0, |_| 100);
    assert!(waits.estimate(&behind(0, 3)).is_some());
    // Something broke: everybody waits an hour.
    lived_through(&mut waits, 60, 0, |_| 3_600);
    assert_eq!(waits.estimate(&behind(0, 3)), None);
    let interval = waits.interval(&behind(0, 3)).unwrap();
    assert!(interval.withheld, "it is computed all the same, and judged");
    let record = waits.record(&billing());
    assert_eq!((record.lines, record.lines_withheld), (1, 1), "and it is published that it is withheld");
    lived_through(&mut waits, 100, 0, |_| 100);
    assert!(waits.estimate(&behind(0, 3)).is_some(), "given again when it holds again");
    assert_eq!(
        waits.record(&billing()).joining.promises,
        360,
        "promises that were withheld are counted like all others"
    );
}

#[test]
fn who_leaves_after_the_most_they_were_promised_was_promised_too_little() {
    let mut waits = after(&[300; 200]);
    for number in 0..40 {
        waits.joined(handoff(number), &behind(0, 3));
        waits.abandoned(handoff(number), &billing(), seconds(50), at(50));
    }
    let left = waits.record(&billing()).joining;
    assert_eq!(
        (left.promises, left.left, left.left_too_late),
        (0, 40, 0),
        "nobody knows how long they would have waited"
    );
    assert!(waits.estimate(&behind(0, 3)).is_some());
    for number in 0..40 {
        waits.joined(handoff(number), &behind(0, 3));
        waits.abandoned(handoff(number), &billing(), seconds(7_200), at(7_200));
    }
    assert_eq!(waits.record(&billing()).joining.left_too_late, 40);
    assert_eq!(waits.estimate(&behind(0, 3)), None, "forty broken promises in a row");
}

#[test]
fn a_promise_made_again_while_waiting_is_judged_from_that_moment_on() {
    let mut waits = after(&[300; 200]);
    for number in 0..2_000_u64 {
        let id = handoff(number.into());
        waits.joined(id, &behind(3, 3));
        waits.watched(id, &Snapshot { waited: seconds(120), ..behind(1, 3) });
        waits.accepted(id, &billing(), seconds(120 + uneven(number)), at(number));
    }
    let record = waits.record(&billing());
    assert_eq!((record.joining.promises, record.waiting.promises), (2_000, 2_000));
    let again = waits.interval(&Snapshot { waited: seconds(120), ..behind(1, 3) }).unwrap();
    close(again.likely_s, 299.0, 10.0);
    close(record.waiting.coverage().unwrap(), 0.8, 0.05);
}

#[test]
fn whoever_goes_elsewhere_teaches_nothing() {
    let mut waits = after(&[300; 200]);
    waits.joined(handoff(1), &behind(0, 3));
    waits.forget(handoff(1));
    waits.accepted(handoff(1), &billing(), seconds(5_000), at(5_000));
    assert_eq!(waits.record(&billing()).joining, Coverage::default());
}

#[test]
fn memory_is_bounded_whatever_comes() {
    let mut waits = after(&[300; 200]);
    for number in 0..OPEN_MAX as u128 + 500 {
        waits.joined(handoff(number), &behind(0, 3));
    }
    assert_eq!(waits.open.len(), OPEN_MAX, "the oldest of those whose end never came are forgotten");
    for level in 0..2 * LINES_LEARNED_MAX {
        let mut snapshot = behind(0, 3);
        let skill = baton_core::SkillId::new(format!("skill-{level}")).unwrap();
        snapshot.lines[0].skills.insert(skill, baton_core::Level::ANY);
        assert!(waits.joined(handoff(1), &snapshot).is_some(), "theory answers for lines beyond the bound");
    }
    assert_eq!((waits.lines.len(), waits.names.len()), (LINES_LEARNED_MAX, LINES_LEARNED_MAX));
    let mut crowd = behind(1_000_000, 3);
    crowd.stand_before(0, u32::MAX);
    assert_eq!((crowd.before.len(), crowd.ahead()), (IN_ORDER_MAX, u32::MAX));
}

#[test]
fn the_same_past_gives_the_same_estimates_and_survives_a_restart() {
    let live = || {
        let mut waits = after(&[300; 200]);
        lived_through(&mut waits, 700, 2, uneven);
        lived_through(&mut waits, 300, 7, |one| 2 * uneven(one));
        waits.abandoned(handoff(9), &billing(), seconds(40), at(40));
        waits
    };
    let waits = live();
    assert_eq!(waits, live());
    let bytes = waits.save();
    let mut restored = Waits::restore(&bytes).unwrap();
    assert_eq!(restored, waits);
    let mut goes_on = waits.clone();
    lived_through(&mut goes_on, 50, 4, uneven);
    lived_through(&mut restored, 50, 4, uneven);
    assert_eq!(restored, goes_on, "as if nothing had been between");
    assert_eq!(Waits::restore(&Waits::new().save()), Some(Waits::new()));
}

#[test]
fn what_is_damaged_is_not_restored() {
    let mut waits = after(&[300; 20]);
    lived_through(&mut waits, 30, 2, uneven);
    let bytes = waits.save();
    for place in (0..bytes.len()).step_by(997) {
        let mut damaged = bytes.clone();
        damaged[place] ^= 4;
        assert_eq!(Waits::restore(&damaged), None, "byte {place}");
    }
    assert_eq!(Waits::restore(&bytes[..bytes.len() - 1]), None);
    assert_eq!(Waits::restore(b"something else"), None);
}
