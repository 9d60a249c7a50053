//! Estimated waits: what theory says, corrected by what this deployment's own waits showed, as an interval that is kept.
//!
//! One object for the live shell, the simulator and the benchmarks. It is fed with what happens ([`Waits::joined`],
//! [`Waits::watched`], [`Waits::accepted`], [`Waits::abandoned`], [`Waits::handled`]) and asked ([`Waits::estimate`],
//! [`Waits::interval`], [`Waits::record`]); [`Waits::save`] and [`Waits::restore`] carry it over a restart. The floor makes the snapshots ([`crate::Floor::snapshot`]).
//!
//! 1. **Theory** (`classical`): the exact queue-length predictor of M/M/s+M where one line has its agents for itself
//!    (Whitt, Management Science 1999; Ibrahim & Whitt, M&SOM 2009), and how the lines before it drain where they share agents.
//! 2. **A correction** (`learned`, `ridge`): a regression on the state at joining (Thiongane, Chan & L'Ecuyer, ICORES
//!    2020), used as far as it has proved itself.
//! 3. **The interval** (`spread`): conformal quantiles of wait over prediction, with levels that adapt (Gibbs & Candès,
//!    `NeurIPS` 2021).
//! 4. **The record** (`promises`): every promise is compared with what came of it, shown or not; an estimate that does
//!    not hold is withheld until it does.
//!
//! Customers who leave are not dropped: their waiting counts for the rate of patience, and a promise that was broken
//! before they left counts as broken. The waits that are predicted are those of customers who stay.

mod classical;
mod learned;
mod observed;
mod promises;
mod ridge;
mod saved;
mod snapshot;
mod spread;

use std::collections::BTreeMap;
use std::time::Duration;

use baton_core::{HandoffId, QueueId, Timestamp, WaitEstimate};

pub use classical::{Moments, queue_length};
pub use observed::{ENOUGH, WINDOW};
pub use promises::{Coverage, RECENT_MAX};
pub use snapshot::{IN_ORDER_MAX, LINES_MAX, Line, Snapshot, Team};

use classical::LineRates;
use learned::{Answer, Known, Learned, Seen};
use observed::Observed;
use promises::Promises;

/// Handle times without which there is no ground for an estimate.
pub const HANDLE_TIMES_MIN: usize = 5;
/// An estimate that could exceed this is no help to anybody and is withheld.
pub const WAIT_MAX: Duration = Duration::from_hours(8);
/// Lines that are learned apart. Those beyond have theory alone, and so does a queue that was not heard of before.
pub const LINES_LEARNED_MAX: usize = 256;
/// Handoffs whose end is awaited; beyond that the oldest teaches nothing.
pub const OPEN_MAX: usize = 20_000;

/// What was observed of each queue and learned of each line, in bounded memory.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Waits {
    queues: BTreeMap<QueueId, Observed>,
    names: BTreeMap<Line, usize>,
    lines: Vec<LineModel>,
    open: BTreeMap<HandoffId, Open>,
}

/// What was learned of one line: apart for those who join and those who wait already, whose promises are of other kinds.
#[derive(Debug, Clone, PartialEq)]
struct LineModel {
    joining: Learned,
    waiting: Learned,
    promises: Promises,
    refreshed: Coverage,
}

/// A handoff whose wait is not known yet.
#[derive(Debug, Clone, PartialEq)]
struct Open {
    line: usize,
    joined: Option<Told>,
    watched: Option<Told>,
    /// How often it was looked at while it waited.
    looks: u32,
}

#[derive(Debug, Clone, PartialEq)]
struct Told {
    /// How long it had waited by then.
    after: f64,
    known: Known,
    answer: Answer,
}

/// An estimate as it was computed, in seconds from the moment of the snapshot on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The mean of comparable waits.
    pub likely_s: f64,
    /// One of ten comparable waits is shorter, one of ten is longer than `high_s`.
    pub low_s: f64,
    pub high_s: f64,
    /// How often estimates of this line were broken of late, so that this one is not to be shown.
    pub withheld: bool,
}

/// What a queue's estimates were worth, over all its lines.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Record {
    /// What was promised when customers joined.
    pub joining: Coverage,
    /// What was promised again while they waited, one promise each.
    pub waiting: Coverage,
    pub lines: u32,
    /// Those whose estimates are withheld at present because their recent ones did not hold.
    pub lines_withheld: u32,
}

impl Waits {
    pub fn new() -> Self {
        Self::default()
    }

    /// A handoff begins to wait. Answers what it may be promised; one who need not wait is not to be reported here.
    pub fn joined(&mut self, handoff: HandoffId, snapshot: &Snapshot) -> Option<Interval> {
        self.look(handoff, snapshot, true)
    }

    /// A handoff waits still and is told again. Of the looks at one handoff a few are remembered and one is learned from.
    pub fn watched(&mut self, handoff: HandoffId, snapshot: &Snapshot) -> Option<Interval> {
        self.look(handoff, snapshot, false)
    }

    /// A handoff of this queue was accepted at this moment after this wait, which may be no wait at all.
    pub fn accepted(&mut self, handoff: HandoffId, queue: &QueueId, waited: Duration, at: Timestamp) {
        self.queues.entry(queue.clone()).or_default().accepted(waited, at);
        let Some(open) = self.open.remove(&handoff) else { return };
        let Some(line) = self.lines.get_mut(open.line) else { return };
        let waited = waited.as_secs_f64();
        if let Some(Told { after, known, answer }) = open.joined {
            let wait = (waited - after).max(0.0);
            line.promises.ended(answer.likely, answer.low, answer.high, wait);
            line.joining.learn(&known, &answer, wait);
        }
        if let Some(Told { after, known, answer }) = open.watched {
            let wait = (waited - after).max(0.0);
            line.refreshed.count(answer.likely, answer.low, answer.high, wait);
            line.waiting.learn(&known, &answer, wait);
        }
    }

    /// A customer left this queue after this wait.
    pub fn abandoned(&mut self, handoff: HandoffId, queue: &QueueId, waited: Duration, at: Timestamp) {
        self.queues.entry(queue.clone()).or_default().abandoned(waited, at);
        let Some(open) = self.open.remove(&handoff) else { return };
        let Some(line) = self.lines.get_mut(open.line) else { return };
        let waited = waited.as_secs_f64();
        if let Some(Told { after, answer, .. }) = open.joined {
            line.promises.left(answer.high, waited - after);
        }
        if let Some(Told { after, answer, .. }) = open.watched {
            line.refreshed.left += 1;
            line.refreshed.left_too_late += u64::from(waited - after > answer.high);
        }
    }

    /// A handoff goes on elsewhere: it was moved to another queue, or given to somebody by name.
    pub fn forget(&mut self, handoff: HandoffId) {
        self.open.remove(&handoff);
    }

    /// A slot was held this long for a handoff of this queue, wrap-up included, until `at`.
    pub fn handled(&mut self, queue: &QueueId, handle: Duration, at: Timestamp) {
        self.queues.entry(queue.clone()).or_default().handled(handle, at);
    }

    /// What a customer is told: rounded up, to 5 seconds below a minute and to 30 above.
    ///
    /// `None` when there is no ground for it: no slot, fewer than [`HANDLE_TIMES_MIN`] handle times in the [`WINDOW`],
    /// a wait that could exceed [`WAIT_MAX`], or recent promises that did not hold.
    pub fn estimate(&self, snapshot: &Snapshot) -> Option<WaitEstimate> {
        let told = self.interval(snapshot).filter(|interval| !interval.withheld)?;
        Some(WaitEstimate { likely_s: round_up(told.likely_s), at_most_s: round_up(told.high_s.max(told.likely_s)) })
    }

    /// The estimate before it is rounded, withheld or not.
    pub fn interval(&self, snapshot: &Snapshot) -> Option<Interval> {
        let known = self.known(snapshot)?;
        let line = snapshot.lines.first().and_then(|line| self.lines.get(*self.names.get(line)?));
        Self::answer(line, snapshot, &known).map(|(interval, _)| interval)
    }

    /// What became of the promises of a queue.
    pub fn record(&self, queue: &QueueId) -> Record {
        let mut record = Record::default();
        for (_, number) in self.names.iter().filter(|(line, _)| line.queue == *queue) {
            let Some(line) = self.lines.get(*number) else { continue };
            record.joining.add(&line.promises.kept);
            record.waiting.add(&line.refreshed);
            record.lines += 1;
            record.lines_withheld += u32::from(line.promises.withheld);
        }
        record
    }

    fn look(&mut self, handoff: HandoffId, snapshot: &Snapshot, joins: bool) -> Option<Interval> {
        let known = self.known(snapshot)?;
        let number = self.line(snapshot.lines.first()?);
        let line = number.and_then(|number| self.lines.get(number));
        let (interval, answer) = Self::answer(line, snapshot, &known)?;
        let Some(number) = number else { return Some(interval) };
        if !self.open.contains_key(&handoff) && self.open.len() >= OPEN_MAX {
            self.open.pop_first();
        }
        let told = Told { after: snapshot.waited.as_secs_f64(), known, answer };
        let open = self.open.entry(handoff).or_insert(Open { line: number, joined: None, watched: None, looks: 0 });
        if joins && snapshot.waited.is_zero() {
            *open = Open { line: number, joined: Some(told), watched: None, looks: 0 };
        } else {
            open.looks = open.looks.saturating_add(1);
            // The first, second, fourth … look: early and late moments of a wait are both learned from.
            if open.line == number && open.looks.is_power_of_two() {
                open.watched = Some(told);
            }
        }
        Some(interval)
    }

    /// The model of a line, begun when there is room for it.
    fn line(&mut self, line: &Line) -> Option<usize> {
        if let Some(number) = self.names.get(line) {
            return Some(*number);
        }
        if self.lines.len() == LINES_LEARNED_MAX {
            return None;
        }
        self.lines.push(LineModel::new());
        self.names.insert(line.clone(), self.lines.len() - 1);
        Some(self.lines.len() - 1)
    }

    fn known(&self, snapshot: &Snapshot) -> Option<Known> {
        let observed = self.queues.get(&snapshot.lines.first()?.queue)?;
        let own = observed.rates(u32::try_from(HANDLE_TIMES_MIN).unwrap_or(u32::MAX))?;
        let mut rates = [LineRates::default(); LINES_MAX];
        for (rates, line) in rates.iter_mut().zip(&snapshot.lines) {
            let theirs = self.queues.get(&line.queue).and_then(|observed| observed.rates(1)).unwrap_or(own);
            let volume = f64::from(theirs.handled);
            *rates = LineRates { handle: theirs.handle, patience: theirs.patience, volume };
        }
        let mut cold = classical::cold(snapshot, &rates[..snapshot.lines.len().min(LINES_MAX)])?;
        // That the handle time is itself an estimate widens the interval.
        cold.variance += cold.mean * cold.mean / f64::from(own.handled);
        let (last, last_ten) = observed.last_waits();
        let slots: u32 = snapshot.teams.iter().map(|team| team.slots).sum();
        Some(Known::of(&Seen {
            cold,
            ahead: f64::from(snapshot.ahead()),
            ahead_in_all: f64::from(snapshot.ahead_in_all()),
            head_waited: snapshot.head_waited.as_secs_f64(),
            last,
            last_ten,
            waited: snapshot.waited.as_secs_f64(),
            crowd: [
                f64::from(snapshot.ahead_in_all()) / f64::from(slots.max(1)),
                f64::from(snapshot.ahead()) / f64::from(snapshot.slots().max(1)),
            ],
            at_ms: snapshot.at.0,
        }))
    }

    fn answer(line: Option<&LineModel>, snapshot: &Snapshot, known: &Known) -> Option<(Interval, Answer)> {
        let nothing_learned;
        let model = match line {
            Some(line) if snapshot.waited.is_zero() => &line.joining,
            Some(line) => &line.waiting,
            None => {
                nothing_learned = Learned::new();
                &nothing_learned
            }
        };
        let answer = model.answer(known);
        let interval = Interval {
            likely_s: answer.likely,
            low_s: answer.low,
            high_s: answer.high,
            withheld: line.is_some_and(|line| line.promises.withheld),
        };
        (answer.high.max(answer.likely) <= WAIT_MAX.as_secs_f64()).then_some((interval, answer))
    }
}

impl LineModel {
    fn new() -> Self {
        Self {
            joining: Learned::new(),
            waiting: Learned::new(),
            promises: Promises::default(),
            refreshed: Coverage::default(),
        }
    }
}

fn round_up(seconds: f64) -> u32 {
    let step = if seconds < 60.0 { 5.0 } else { 30.0 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between one step and WAIT_MAX")]
    let rounded = ((seconds / step).ceil().max(1.0) * step) as u32;
    rounded
}

#[cfg(test)]
mod tests;
