//! Handoffs simulated a minute with 100 agents; the manual's figure comes from here.
#![allow(clippy::disallowed_methods, reason = "it measures time")]
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a measurement")]

#[path = "../tests/house/mod.rs"]
mod house;

use baton_simulate::{Figure, Spans, replicate};
use house::{course, load, one_queue, stream};

fn main() {
    let setup = one_queue(100, 20);
    let patience = Some(Spans::Exponential { mean: 600.0 });
    let stream = stream("billing", 95.0 / 300.0 * 3600.0, Spans::Lognormal { mean: 300.0, variation: 1.0 }, patience);
    let load = load(vec![stream]);
    let began = std::time::Instant::now();
    let one = replicate(&setup, &load, course(1, 6), 0, &mut |_| {});
    let took = began.elapsed().as_secs_f64();
    println!(
        "{} handoffs and {} events in {took:.2} s: {:.0} handoffs a minute; mean wait {:.1} s, coverage {:?}",
        one.handoffs,
        one.events,
        one.handoffs as f64 / took * 60.0,
        one.overall.figures.get(Figure::MeanWait).unwrap(),
        one.overall.figures.get(Figure::EstimateCoverage80)
    );
}
