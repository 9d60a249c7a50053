//! The floor as one handoff finds it: everything that an estimate may know, and nothing of what comes later.

use std::collections::BTreeMap;
use std::time::Duration;

use baton_core::{Language, Level, QueueId, SkillId, Timestamp};

/// Lines that one snapshot tells apart. Of more, those who stand in the others are not counted.
pub const LINES_MAX: usize = 16;
/// Those before it whose order is told one by one; of the others only how many stand in which line.
pub const IN_ORDER_MAX: usize = 64;

/// Handoffs that ask the same of an agent, and so wait for the same people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    pub queue: QueueId,
    pub skills: BTreeMap<SkillId, Level>,
    /// Only where the queue insists on it.
    pub language: Option<Language>,
}

/// Agents who could serve the same lines, busy or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Team {
    /// Bit `i` stands for `Snapshot::lines[i]`.
    pub lines: u16,
    pub slots: u32,
}

/// What a handoff finds when it joins, or at a later moment of its wait.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    pub at: Timestamp,
    /// How long it has waited already; zero when it joins.
    pub waited: Duration,
    /// Its own line first, then those that share agents with it, directly or through others; at most [`LINES_MAX`].
    pub lines: Vec<Line>,
    /// Who is there, by which of these lines they could serve.
    pub teams: Vec<Team>,
    /// The lines (indices of `lines`) of those who need an agent before it does, first come first; at most
    /// [`IN_ORDER_MAX`].
    pub before: Vec<u8>,
    /// How many more stand behind those and before it, by line; empty when there are none.
    pub more: Vec<u32>,
    /// How long the first of its own line has waited; zero when it is the first.
    pub head_waited: Duration,
}

impl Snapshot {
    /// Somebody who joins one line alone: so many before them, so many slots, all of them busy.
    pub fn alone(queue: &QueueId, ahead: u32, slots: u32, at: Timestamp) -> Self {
        let mut snapshot = Self {
            at,
            waited: Duration::ZERO,
            lines: vec![Line::of(queue)],
            teams: vec![Team { lines: 1, slots }],
            before: Vec::new(),
            more: Vec::new(),
            head_waited: Duration::ZERO,
        };
        snapshot.stand_before(0, ahead);
        snapshot
    }

    /// Adds so many of a line behind those who are before it already.
    pub fn stand_before(&mut self, line: u8, number: u32) {
        let room = u32::try_from(IN_ORDER_MAX.saturating_sub(self.before.len())).unwrap_or(0);
        let one_by_one = if self.more.is_empty() { number.min(room) } else { 0 };
        self.before.extend((0..one_by_one).map(|_| line));
        if number > one_by_one {
            self.more.resize(self.lines.len(), 0);
            if let Some(more) = self.more.get_mut(usize::from(line)) {
                *more = more.saturating_add(number - one_by_one);
            }
        }
    }

    /// Slots of everybody who could serve it.
    pub fn slots(&self) -> u32 {
        self.teams.iter().filter(|team| team.lines & 1 != 0).map(|team| team.slots).sum()
    }

    /// Who of its own line stands before it.
    pub fn ahead(&self) -> u32 {
        let in_order = self.before.iter().map(|line| u32::from(*line == 0)).sum();
        self.more.first().copied().unwrap_or(0).saturating_add(in_order)
    }

    /// Who stands before it in any of the lines.
    pub fn ahead_in_all(&self) -> u32 {
        let in_order = u32::try_from(self.before.len()).unwrap_or(u32::MAX);
        self.more.iter().fold(in_order, |sum, more| sum.saturating_add(*more))
    }
}

impl Line {
    /// The line of a queue for those who need nothing more.
    pub fn of(queue: &QueueId) -> Self {
        Self { queue: queue.clone(), skills: BTreeMap::new(), language: None }
    }
}
