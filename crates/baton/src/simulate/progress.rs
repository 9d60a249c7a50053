//! A bar on the error output while it runs, when somebody looks; and how fast it was.

use std::io::{IsTerminal, Write};

use baton_core::Timestamp;
use baton_engine::{Clock, SystemClock};

const WIDTH: u32 = 40;
/// The bar is drawn again at most this often, in milliseconds.
const EVERY_MS: i64 = 100;

pub(crate) struct Progress {
    runs: u32,
    done: u32,
    seen: bool,
    began: Timestamp,
    drawn: Timestamp,
}

impl Progress {
    pub(crate) fn new(runs: u32) -> Self {
        let now = SystemClock.now();
        Self { runs: runs.max(1), done: 0, seen: std::io::stderr().is_terminal(), began: now, drawn: now }
    }

    /// So much of the present run is over.
    pub(crate) fn at(&mut self, share: f64) {
        let now = SystemClock.now();
        if !self.seen || now.0 - self.drawn.0 < EVERY_MS {
            return;
        }
        self.drawn = now;
        let all = (f64::from(self.done) + share) / f64::from(self.runs);
        let filled = (1..=WIDTH).filter(|place| f64::from(*place) <= all * f64::from(WIDTH)).count();
        let bar: String = (0..WIDTH as usize).map(|place| if place < filled { '█' } else { '░' }).collect();
        eprint!("\r{bar} {:3.0} %", all * 100.0);
        let _ = std::io::stderr().flush();
    }

    pub(crate) fn next(&mut self) {
        self.done += 1;
        self.at(0.0);
    }

    /// Takes the bar away and says how fast it was.
    #[expect(clippy::cast_precision_loss, reason = "handoffs and milliseconds of a run")]
    pub(crate) fn end(&self, handoffs: u64) {
        if self.seen {
            eprint!("\r{}\r", " ".repeat(WIDTH as usize + 8));
        }
        let took = (SystemClock.now().0 - self.began.0).max(1) as f64 / 1000.0;
        eprintln!("{handoffs} handoffs simulated in {took:.2} s, {:.0} a second.", handoffs as f64 / took);
    }
}
