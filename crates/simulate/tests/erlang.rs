//! The simulation on the ground of the formulas: one queue of alike agents must come to what Erlang C and A say.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::cast_precision_loss, reason = "counts of a test")]

mod house;

use baton_simulate::{Erlang, Figure, Spans, replicate};
use house::{course, load, one_queue, stream};

fn simulated(erlang: Erlang, days: u64) -> (f64, f64, f64, f64, f64) {
    let setup = one_queue(erlang.agents, 20);
    let patience = erlang.patience_s.map(|mean| Spans::Exponential { mean });
    let handle = Spans::Exponential { mean: erlang.handle_s };
    let load = load(vec![stream("billing", erlang.arrivals_per_s * 3600.0, handle, patience)]);
    let one = replicate(&setup, &load, course(1, days), 0, &mut |_| {});
    let (tally, figures) = (&one.overall.tally, &one.overall.figures);
    let offered = tally.offered as f64;
    (
        figures.get(Figure::MeanWait).unwrap(),
        tally.waited() as f64 / offered,
        tally.abandoned as f64 / offered,
        figures.get(Figure::ServiceLevel).unwrap(),
        figures.get(Figure::Occupancy).unwrap(),
    )
}

fn within(what: &str, found: f64, expected: f64, share: f64) {
    assert!((found / expected - 1.0).abs() <= share, "{what}: {found} is not {expected}");
}

#[test]
fn endlessly_patient_customers_wait_as_erlang_c_says() {
    // Few agents and a middling load forget the past fast, so that a test of seconds is exact enough.
    let erlang = Erlang { arrivals_per_s: 1.8 / 60.0, handle_s: 60.0, patience_s: None, agents: 3 };
    let outlook = erlang.outlook(20.0).unwrap();
    let (wait, waiting, abandoned, level, occupancy) = simulated(erlang, 50);
    within("mean wait", wait, outlook.mean_answer_s, 0.02);
    within("chance of waiting", waiting, outlook.waiting, 0.02);
    within("service level", level, outlook.service_level, 0.005);
    within("occupancy", occupancy, outlook.occupancy, 0.01);
    assert!(abandoned == 0.0);
}

#[test]
fn more_customers_than_people_give_up_as_erlang_a_says() {
    let erlang = Erlang { arrivals_per_s: 6.5 / 60.0, handle_s: 60.0, patience_s: Some(120.0), agents: 5 };
    let outlook = erlang.outlook(20.0).unwrap();
    let (wait, waiting, abandoned, level, occupancy) = simulated(erlang, 12);
    within("mean wait of the served", wait, outlook.mean_answer_s, 0.02);
    within("chance of waiting", waiting, outlook.waiting, 0.02);
    within("abandonment", abandoned, outlook.abandonment, 0.02);
    assert!((level - outlook.service_level).abs() < 0.01, "{level} is not {}", outlook.service_level);
    within("occupancy", occupancy, outlook.occupancy, 0.01);
}
