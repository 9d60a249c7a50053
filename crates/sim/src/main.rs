//! Runs many seeds and says what was found: `cargo run --release -p baton-sim -- --seeds 10000`.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use baton_sim::{Run, run};
use clap::Parser;

/// The whole shell under simulation.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many seeds.
    #[arg(long, default_value_t = 500)]
    seeds: u64,
    /// The first of them.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// One seed alone, with the end of what happened in it.
    #[arg(long)]
    seed: Option<u64>,
    /// Seeds at the same time; each runs on one thread.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Plants one fault after the other and prints which checker caught it at which seed.
    #[cfg(feature = "planted")]
    #[arg(long)]
    planted: bool,
    /// Of the faults only those whose name has this in it.
    #[cfg(feature = "planted")]
    #[arg(long, default_value = "")]
    only: String,
}

#[derive(Default)]
struct Sum {
    handoffs: u64,
    events: u64,
    seconds: f64,
    faults: BTreeMap<&'static str, u64>,
    failed: Vec<Run>,
}

#[allow(clippy::disallowed_methods)] // How long it took is for people; no run sees it.
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    #[cfg(feature = "planted")]
    if arguments.planted {
        return planted(arguments.seeds, &arguments.only);
    }
    if let Some(seed) = arguments.seed {
        let run = run(seed);
        println!("{}", run.trace.join("\n"));
        println!("seed {seed}: {} handoffs, {} events, trace {:016x}", run.handoffs, run.events, run.hash);
        return report(&[run]);
    }
    let began = std::time::Instant::now();
    let (next, end) = (AtomicU64::new(arguments.from), arguments.from + arguments.seeds);
    let sum = Mutex::new(Sum::default());
    std::thread::scope(|scope| {
        for _ in 0..arguments.jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= end {
                        return;
                    }
                    let run = run(seed);
                    let mut sum = sum.lock().expect("no thread panicked");
                    sum.handoffs += run.handoffs;
                    sum.events += run.events;
                    sum.seconds += run.seconds;
                    for (kind, times) in &run.faults {
                        *sum.faults.entry(kind).or_default() += times;
                    }
                    if run.failure.is_some() {
                        sum.failed.push(run);
                    }
                }
            });
        }
    });
    let sum = sum.into_inner().expect("no thread panicked");
    println!(
        "{} seeds, {} handoffs, {} events, {:.0} hours of virtual time in {:.1} seconds",
        arguments.seeds,
        sum.handoffs,
        sum.events,
        sum.seconds / 3600.0,
        began.elapsed().as_secs_f64()
    );
    for (kind, times) in &sum.faults {
        println!("  {kind:32} {times:>9}");
    }
    let mut failed = sum.failed;
    failed.sort_by_key(|run| run.seed);
    report(&failed)
}

/// Each fault in turn, until a checker sees it.
#[cfg(feature = "planted")]
fn planted(seeds: u64, only: &str) -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    let mut missed = 0;
    println!("| planted fault | caught at seed | by |\n|---|---|---|");
    for fault in baton_core::planted::Fault::ALL.into_iter().filter(|fault| format!("{fault:?}").contains(only)) {
        let caught = (0..seeds).find_map(|seed| Some((seed, baton_sim::run_with(fault, seed)?)));
        if let Some((seed, failure)) = caught {
            println!("| `{fault:?}` | {seed} | {} |", failure.checker);
        } else {
            missed += 1;
            println!("| `{fault:?}` | not in {seeds} | – |");
        }
    }
    if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn report(runs: &[Run]) -> ExitCode {
    let mut failed = 0;
    for run in runs {
        let Some(failure) = &run.failure else { continue };
        failed += 1;
        if failed <= 5 && runs.len() > 1 {
            println!("\n{}", run.trace[run.trace.len().saturating_sub(12)..].join("\n"));
        }
        if failed <= 60 {
            println!("seed {} FAILED, {}: {}", run.seed, failure.checker, failure.what);
        }
    }
    if failed == 0 {
        println!("all invariants held");
        return ExitCode::SUCCESS;
    }
    println!("{failed} seeds failed; run one alone with --seed N");
    ExitCode::FAILURE
}
