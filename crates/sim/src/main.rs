//! Runs many seeds and says what was found: `cargo run --release -p baton-sim -- --seeds 10000`.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

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

/// Seeds between two signs of life where nobody looks at a terminal.
const SIGN_EVERY: u64 = 500;

#[derive(Default)]
struct Sum {
    seeds: u64,
    handoffs: u64,
    events: u64,
    appends: u64,
    /// Seeds in which each kind of fault struck.
    struck_in: BTreeMap<&'static str, u64>,
    /// The busiest moment and the longest run, in steps, of all seeds.
    steps: (u64, u64),
    seconds: f64,
    faults: BTreeMap<&'static str, u64>,
    failed: Vec<Run>,
}

#[allow(clippy::disallowed_methods)] // How long it took is for people; no run sees it.
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    #[cfg(feature = "planted")]
    if arguments.planted {
        return planted(arguments.seeds, arguments.jobs, &arguments.only);
    }
    if let Some(seed) = arguments.seed {
        let run = run(seed);
        println!("{}", run.trace.join("\n"));
        println!("seed {seed}: {} handoffs, {} events, trace {:016x}", run.handoffs, run.events, run.hash);
        return report(&[run]);
    }
    let began = Instant::now();
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
                    sum.take(run);
                    sum.sign_of_life(arguments.seeds, began);
                }
            });
        }
    });
    let sum = sum.into_inner().expect("no thread panicked");
    sum.print(began);
    let mut failed = sum.failed;
    failed.sort_by_key(|run| run.seed);
    report(&failed)
}

impl Sum {
    fn take(&mut self, run: Run) {
        self.seeds += 1;
        self.handoffs += run.handoffs;
        self.events += run.events;
        self.appends += run.appends;
        self.seconds += run.seconds;
        self.steps = (self.steps.0.max(run.steps.0), self.steps.1.max(run.steps.1));
        for (kind, times) in &run.faults {
            *self.faults.entry(kind).or_default() += times;
            *self.struck_in.entry(kind).or_default() += u64::from(*times > 0);
        }
        if run.failure.is_some() {
            self.failed.push(run);
        }
    }

    /// Says how far it is: a line that is written over for people, now and then a new one for a file.
    #[allow(clippy::disallowed_methods)] // For people.
    fn sign_of_life(&self, seeds: u64, began: Instant) {
        let mut out = std::io::stderr();
        let live = out.is_terminal();
        if self.seeds == seeds || !self.seeds.is_multiple_of(if live { 5 } else { SIGN_EVERY }) {
            return;
        }
        let (start, end) = if live { ("\r", "  ") } else { ("", "\n") };
        let (failed, seconds) = (self.failed.len(), began.elapsed().as_secs());
        let _ = write!(
            out,
            "{start}{} of {seeds} seeds, {} handoffs, {failed} failed, {seconds} s{end}",
            self.seeds, self.handoffs
        );
    }

    #[allow(clippy::disallowed_methods)] // For people.
    fn print(&self, began: Instant) {
        if std::io::stderr().is_terminal() {
            eprintln!();
        }
        println!(
            "{} seeds, {} handoffs, {} appends, {} events, {:.0} hours of virtual time in {:.1} seconds",
            self.seeds,
            self.handoffs,
            self.appends,
            self.events,
            self.seconds / 3600.0,
            began.elapsed().as_secs_f64()
        );
        println!("at most {} steps at one moment, {} in one run", self.steps.0, self.steps.1);
        println!("\n  {:32} {:>9} {:>9}", "what went wrong", "times", "in seeds");
        for (kind, times) in &self.faults {
            println!("  {kind:32} {times:>9} {:>9}", self.struck_in.get(kind).copied().unwrap_or(0));
        }
        println!();
    }
}

/// Each fault in turn, until a checker sees it.
#[cfg(feature = "planted")]
fn planted(seeds: u64, jobs: usize, only: &str) -> ExitCode {
    use baton_core::planted::Fault;

    std::panic::set_hook(Box::new(|_| {}));
    let faults: Vec<Fault> = Fault::ALL.into_iter().filter(|fault| format!("{fault:?}").contains(only)).collect();
    let (next, rows) = (AtomicU64::new(0), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(fault) = usize::try_from(place).ok().and_then(|place| faults.get(place)) else { return };
                    let caught = (0..seeds).find_map(|seed| Some((seed, baton_sim::run_with(*fault, seed)?)));
                    match &caught {
                        Some((seed, failure)) => {
                            eprintln!("{fault:?}: seed {seed}, {}: {}", failure.checker, failure.what);
                        }
                        None => eprintln!("{fault:?}: not in {seeds} seeds"),
                    }
                    rows.lock().expect("no thread panicked").insert(place, (*fault, caught));
                }
            });
        }
    });
    let rows = rows.into_inner().expect("no thread panicked");
    println!("| planted fault | caught at seed | by |\n|---|---|---|");
    for (fault, caught) in rows.values() {
        match caught {
            Some((seed, failure)) => println!("| `{fault:?}` | {seed} | {} |", failure.checker),
            None => println!("| `{fault:?}` | not in {seeds} | – |"),
        }
    }
    let caught = rows.values().filter(|(_, caught)| caught.is_some()).count();
    println!("\n{caught} of {} planted faults were caught", rows.len());
    if caught == rows.len() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
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
