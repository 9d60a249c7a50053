//! The estimated wait against classical predictors, over an independent simulation of contact centres.
//!
//! `cargo run --release -p baton-routing --example waits -- [--scenario NAME] [--seed N]`
//!
//! Every scenario is learned from for 60,000 minutes and scored on another 40,000: over customers who waited and were
//! served, as the root of the mean squared error over the mean wait (RRASE), bias, and for intervals that should hold 80 %
//! of the waits their coverage, mean width and Winkler score. Times are minutes. Arrivals, services and patience are
//! drawn from the seed alone, so the same command prints the same table.
#![allow(clippy::unwrap_used, reason = "an example may panic")]

mod chance;
mod floor;
mod scenarios;
mod score;
mod watch;

use std::time::Instant;

const LEARN_MINUTES: f64 = 60_000.0;
const SCORE_MINUTES: f64 = 40_000.0;

#[expect(clippy::disallowed_methods, reason = "it measures how long the estimates take, and decides nothing by it")]
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| arguments.iter().position(|argument| argument == name).map(|place| place + 1);
    let text = |name: &str| option(name).and_then(|place| arguments.get(place)).cloned();
    let seed = text("--seed").map_or(1, |seed| seed.parse().expect("--seed takes a whole number"));
    let only = text("--scenario");
    let scenarios = scenarios::all();
    if let Some(name) = only.as_ref().filter(|name| scenarios.iter().all(|scenario| scenario.name != **name)) {
        let names: Vec<&str> = scenarios.iter().map(|scenario| scenario.name).collect();
        panic!("there is no scenario {name}; there are: {}", names.join(", "));
    }
    for scenario in scenarios.iter().filter(|scenario| only.as_ref().is_none_or(|name| scenario.name == *name)) {
        let mut watch = watch::Watch::new(scenario, LEARN_MINUTES);
        let began = Instant::now();
        floor::run(scenario, LEARN_MINUTES + SCORE_MINUTES, seed, &mut watch);
        let took = began.elapsed();
        watch.print(took.as_secs_f64());
    }
}
