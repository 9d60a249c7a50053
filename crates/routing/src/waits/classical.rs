//! What queueing theory says before anything is learned.
//!
//! [`queue_length`] is `QLm`, exact for one line with exponential handle times and patience (M/M/s+M; Whitt 1999,
//! Ibrahim & Whitt 2009). Where lines share agents it has no exact counterpart; the usual one gives every line its share
//! of each agent ("effective capacity"), which overstates the wait of those who can be helped by flexible agents.
//! [`Drain`] follows instead how those before it are served, one event after the other, by whoever could serve
//! them: the next event is the completion of a team or somebody giving up, each as likely as its rate, and takes the first
//! in order whom the team can serve. What is kept of those before it is the chance that each still stands, as if those
//! chances were independent. Without abandonment and for one line it is exactly `(n + 1) / sμ`.

use super::snapshot::{LINES_MAX, Snapshot};
use crate::gamma;

/// Mean and variance of a wait, in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    pub mean: f64,
    pub variance: f64,
}

/// Steps of the sum that are added one by one. The rest is the integral over them, exact to five digits by then.
const STEPS_EXACT: u32 = 4096;

/// `QLm`: the wait behind `ahead` others with `servers` servers, in the units of the rates.
///
/// Mean `Σᵢ₌₀ⁿ 1/(sμ + iα)`, variance `Σᵢ₌₀ⁿ 1/(sμ + iα)²`.
pub fn queue_length(ahead: u32, servers: u32, handle_rate: f64, patience_rate: f64) -> Moments {
    steps(ahead, f64::from(servers) * handle_rate, patience_rate)
}

pub(crate) fn steps(ahead: u32, capacity: f64, patience_rate: f64) -> Moments {
    let mut moments = Moments { mean: 0.0, variance: 0.0 };
    for number in 0..=ahead.min(STEPS_EXACT) {
        let step = 1.0 / (capacity + f64::from(number) * patience_rate);
        moments.mean += step;
        moments.variance += step * step;
    }
    if ahead > STEPS_EXACT {
        let from = capacity + (f64::from(STEPS_EXACT) + 0.5) * patience_rate;
        let to = capacity + (f64::from(ahead) + 0.5) * patience_rate;
        let left = f64::from(ahead - STEPS_EXACT);
        moments.mean += if to > from { left * (to / from).ln() / (to - from) } else { left / from };
        moments.variance += left / (from * to);
    }
    moments
}

impl Moments {
    /// The wait that this share of comparable waits is below, with a gamma distribution of this mean and variance.
    pub fn quantile(self, share: f64) -> f64 {
        if self.mean <= 0.0 || self.variance <= 0.0 {
            return self.mean.max(0.0);
        }
        let scale = self.variance / self.mean;
        scale * gamma::quantile(self.mean / scale, share)
    }
}

/// Rates of one line, per second.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LineRates {
    /// Mean handle time, in seconds.
    pub(crate) handle: f64,
    pub(crate) patience: f64,
    /// How much of the work is of this line, as a weight.
    pub(crate) volume: f64,
}

/// The wait by queueing theory alone: `QLm` where only its own line stands before it, otherwise the drain with `QLm`'s
/// shape.
pub(crate) fn cold(snapshot: &Snapshot, rates: &[LineRates]) -> Option<Moments> {
    let own = rates.first()?;
    let slots = snapshot.slots();
    if slots == 0 {
        return None;
    }
    let alone = snapshot.ahead() == snapshot.ahead_in_all();
    if alone && snapshot.teams.iter().all(|team| team.lines & 1 == 0 || team.lines == 1) {
        return Some(queue_length(snapshot.ahead(), slots, 1.0 / own.handle, own.patience));
    }
    let capacity: f64 = team_rates(snapshot, rates).filter(|(lines, _)| lines & 1 != 0).map(|(_, rate)| rate).sum();
    if alone {
        return Some(steps(snapshot.ahead(), capacity, own.patience));
    }
    let mean = Drain::of(snapshot, rates).mean();
    // As uneven as the wait behind so many that the same people take so long for.
    let like = ((mean * capacity).ceil() - 1.0).clamp(f64::from(snapshot.ahead()), f64::from(snapshot.ahead_in_all()));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two numbers of people")]
    let shape = steps(like as u32, capacity, own.patience);
    let variance = shape.variance * (mean / shape.mean).powi(2);
    Some(Moments { mean, variance })
}

/// Completions a second of each team, with the lines they serve: their handle time is that of the work they do.
fn team_rates<'a>(snapshot: &'a Snapshot, rates: &'a [LineRates]) -> impl Iterator<Item = (u16, f64)> + 'a {
    snapshot.teams.iter().map(|team| {
        let mut sums = (0.0, 0.0);
        for (_, line) in rates.iter().enumerate().filter(|(number, _)| team.lines & bit(*number) != 0) {
            sums = (sums.0 + line.volume * line.handle, sums.1 + line.volume);
        }
        (team.lines, if sums.0 > 0.0 { f64::from(team.slots) * sums.1 / sums.0 } else { 0.0 })
    })
}

fn bit(line: usize) -> u16 {
    u32::try_from(line).ok().and_then(|line| 1_u16.checked_shl(line)).unwrap_or(0)
}

/// How those before it are served, step by step.
struct Drain<'a> {
    teams: Vec<(u16, f64)>,
    rates: &'a [LineRates],
    nodes: Vec<Node>,
}

/// Somebody before it, or some of a line together.
struct Node {
    lines: u16,
    patience: f64,
    /// How many of them are expected to stand there still.
    left: f64,
    /// At what rate they go.
    goes: f64,
}

/// Pieces into which those who are told only by number are cut, so that lines stay mixed.
const PIECES: u32 = 4;
/// A wait that is so unlikely to go on is cut off.
const CHANCE_MIN: f64 = 0.002;
const STEPS_MAX: u32 = 256;

impl<'a> Drain<'a> {
    fn of(snapshot: &Snapshot, rates: &'a [LineRates]) -> Self {
        let mut drain = Self { teams: team_rates(snapshot, rates).collect(), rates, nodes: Vec::new() };
        for line in &snapshot.before {
            drain.stands(usize::from(*line), 1.0);
        }
        for _ in 0..PIECES {
            for (line, more) in snapshot.more.iter().enumerate().take(LINES_MAX).filter(|(_, more)| **more > 0) {
                drain.stands(line, f64::from(*more) / f64::from(PIECES));
            }
        }
        drain
    }

    fn stands(&mut self, line: usize, number: f64) {
        let patience = self.rates.get(line).map_or(0.0, |rates| rates.patience);
        self.nodes.push(Node { lines: bit(line), patience, left: number, goes: 0.0 });
    }

    fn mean(mut self) -> f64 {
        let total: f64 = self.nodes.iter().map(|node| node.left).sum();
        let (mut mean, mut waits) = (0.0, 1.0);
        let mut first = 0;
        for step in 0..STEPS_MAX {
            while self.nodes.get(first).is_some_and(|node| node.left <= 0.0) {
                first += 1;
            }
            let (own, others) = self.flow(first);
            let all = own + others;
            if all <= 0.0 {
                break;
            }
            if others <= 0.0 {
                return mean + waits / all;
            }
            // Beyond the ordinary queue several events are one step.
            let events = if f64::from(step) < 64.0 { 1.0 } else { (total / 48.0).max(1.0) };
            mean += waits * events / all;
            waits *= (others / all).powf(events);
            if waits < CHANCE_MIN {
                break;
            }
            for node in self.nodes.iter_mut().skip(first) {
                node.left = (node.left - events * node.goes / others).max(0.0);
                if node.left < 1e-9 {
                    node.left = 0.0;
                }
            }
        }
        mean
    }

    /// The rate at which it is served itself, and that at which any of those before it go.
    fn flow(&mut self, first: usize) -> (f64, f64) {
        let mut all = 0.0;
        for node in self.nodes.iter_mut().skip(first) {
            node.goes = node.left * node.patience;
            all += node.goes;
        }
        let mut own = 0.0;
        for (lines, rate) in &self.teams {
            // The chance that nobody whom they serve stands further in front.
            let mut free = 1.0;
            for node in self.nodes.iter_mut().skip(first).filter(|node| node.lines & lines != 0) {
                let takes = free * node.left.min(1.0);
                node.goes += takes * rate;
                all += takes * rate;
                free -= takes;
                if free < 1e-6 {
                    free = 0.0;
                    break;
                }
            }
            if lines & 1 != 0 {
                own += free * rate;
            }
        }
        (own, all)
    }
}
