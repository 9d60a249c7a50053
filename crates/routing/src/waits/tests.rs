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
