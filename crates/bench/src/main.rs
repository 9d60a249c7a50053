//! `baton-bench`: loads the real `baton serve` from a process of its own, beside yardsticks in the same run, and says what
//! is met. Ratios and counters are what counts; absolute times belong to the machine.

mod assignments;
mod bare;
mod child;
mod detector;
mod echo;
mod house;
mod http;
mod idle;
mod latency;
mod machine;
mod report;
mod socket;
mod start;
mod statistics;
mod throughput;
mod yardstick;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use mimalloc::MiMalloc;

use crate::child::Place;
use crate::report::{Figure, rounded};
use crate::statistics::Conditions;

// The bare server is this program: it must not lose by its allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Measure Baton beside its yardsticks.
#[derive(Parser)]
struct Arguments {
    #[arg(value_enum, default_value = "all")]
    what: What,
    /// Fewer and shorter rounds, for a first look.
    #[arg(long)]
    quick: bool,
    /// Also 10,000 idle sockets.
    #[arg(long)]
    full: bool,
    /// The figures as JSON.
    #[arg(long)]
    json: bool,
    /// The program to measure; default is `baton` beside this program.
    #[arg(long)]
    baton: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    All,
    Throughput,
    Assignments,
    Latency,
    Sockets,
    Echo,
    Detector,
    Start,
    Size,
    /// The bare server that others are compared with.
    #[value(hide = true)]
    Bare,
}

/// How much is measured.
struct Scale {
    /// Rounds that must count.
    rounds: usize,
    messages: usize,
    samples: usize,
    echoes: usize,
    verdicts: usize,
    sockets: Vec<usize>,
}

impl Scale {
    fn new(arguments: &Arguments) -> Self {
        let sockets = if arguments.full { vec![5_000, 10_000] } else { vec![5_000] };
        if arguments.quick {
            return Self {
                rounds: 5,
                messages: 4_000,
                samples: 100,
                echoes: 20_000,
                verdicts: 50,
                sockets: vec![1_000],
            };
        }
        Self { rounds: 7, messages: 20_000, samples: 400, echoes: 100_000, verdicts: 300, sockets }
    }

    /// Rounds that are tried at most; on a machine that never rests fewer count.
    fn attempts(&self) -> usize {
        self.rounds * 4
    }

    /// A line on a round.
    #[allow(clippy::unused_self)] // What is told belongs to how much is measured.
    fn tell(&self, attempt: usize, before: Conditions, after: Conditions, said: &str) {
        let void = if before.moved(after) { " VOID" } else { "" };
        eprintln!(
            "  {:>2}: {said} | load {:.1} → {:.1}, flush {:.0} → {:.0} µs{void}",
            attempt + 1,
            before.load,
            after.load,
            before.flush_us,
            after.flush_us
        );
    }
}

fn main() -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(&Arguments::parse()))
}

async fn run(arguments: &Arguments) -> Result<()> {
    if arguments.what == What::Bare {
        return bare::serve().await;
    }
    let scale = Scale::new(arguments);
    let baton = match &arguments.baton {
        Some(given) => given.clone(),
        None => std::env::current_exe()?.with_file_name("baton"),
    };
    let baton = baton.canonicalize().with_context(|| {
        format!("find {}; build it with `cargo build --release -p baton`, or name it with --baton", baton.display())
    })?;
    let mut figures = Vec::new();
    let parts = [
        What::Size,
        What::Start,
        What::Detector,
        What::Latency,
        What::Throughput,
        What::Assignments,
        What::Echo,
        What::Sockets,
    ];
    for part in parts.into_iter().filter(|part| matches!(arguments.what, What::All) || arguments.what == *part) {
        // Beside the program and not in a memory file system: the disk is part of what is measured.
        let folder = tempfile::tempdir_in(baton.parent().context("the program lies in no folder")?)?;
        let place = Place { baton: baton.clone(), folder: folder.path().to_owned() };
        figures.extend(measure(part, &place, &scale).await?);
    }
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&figures)?);
    } else {
        print_table(&figures);
    }
    Ok(())
}

async fn measure(part: What, place: &Place, scale: &Scale) -> Result<Vec<Figure>> {
    let name = part.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let before = machine::conditions(&place.folder)?;
    eprintln!("{name}: load {:.1}, flush {:.0} µs", before.load, before.flush_us);
    let figures = match part {
        What::Throughput => throughput::measure(place, scale).await,
        What::Assignments => assignments::measure(place, scale).await,
        What::Latency => latency::measure(place, scale).await,
        What::Sockets => idle::measure(place, scale).await,
        What::Echo => echo::measure(place, scale).await,
        What::Detector => detector::measure(scale),
        What::Start => start::measure(place, scale).await,
        What::Size => start::size(place).await,
        What::All | What::Bare => Ok(Vec::new()),
    }
    .with_context(|| format!("measure {name}"))?;
    let after = machine::conditions(&place.folder)?;
    eprintln!("{name}: load {:.1}, flush {:.0} µs afterwards", after.load, after.flush_us);
    for figure in &figures {
        let met = if figure.met { "met" } else { "NOT MET" };
        eprintln!("  {} {}: {} {} {met}", figure.number, figure.what, rounded(figure.measured), figure.unit);
    }
    Ok(figures)
}

fn print_table(figures: &[Figure]) {
    println!("| # | measure | must be | measured | met | terms |");
    println!("|---|---|---|---|---|---|");
    for figure in figures {
        println!("{}", figure.row());
        if figure.voided > 0 {
            eprintln!("{}: {} rounds counted, {} void", figure.number, figure.rounds, figure.voided);
        }
    }
}
