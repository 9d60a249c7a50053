//! One look at the floor: the handoffs that may have become takeable and the agents who may have become able to take
//! something, against each other, in the order of the handoffs.
//!
//! A round changes nothing. What it gives away it keeps beside the floor, so that carrying out all of it is consistent.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::time::Duration;

use baton_core::{AgentId, Timestamp};

use crate::bits::{Changing, Hits};
use crate::choosing::Found;
use crate::class::Place;
use crate::decision::{ANNOUNCED_MAX, Announcement, Reason, Routed};
use crate::floor::Floor;
use crate::given::Given;
use crate::plan::Delivery;
use crate::staff::Lookup;
use crate::standing::{Entry, Spot};

/// How long lighter handoffs may pass one that takes several slots. From then on those who could serve it keep their
/// free slots until one of them has enough: otherwise single slots would be taken as they come free, for ever.
pub const PASSED_MAX: Duration = Duration::from_mins(1);

/// From so many changes on, the row of the idle is copied for the round and kept in step with what it gives away.
const MANY: usize = 64;
/// From so many agents on, all lines are looked at instead of theirs.
pub(crate) const MANY_AGENTS: usize = 16;
/// Of a line that is broadcast, the first so many are announced to an agent who becomes free.
const ANNOUNCED_TO_ONE_MAX: usize = 50;

pub(crate) struct Round<'a> {
    pub(crate) floor: &'a Floor,
    pub(crate) now: Timestamp,
    pub(crate) given: Lookup<u32, Given>,
    /// Who has nothing left by this round's doing.
    pub(crate) free: Option<Changing>,
    pub(crate) interruptible: Option<Changing>,
    pub(crate) idle: Option<BTreeSet<(u32, Timestamp, u32)>>,
    pub(crate) occupied: Option<BTreeSet<(u32, Timestamp, u32)>>,
    taken: BTreeSet<u32>,
    /// The numbers of the handoffs that are proposed and of the agents they are proposed to.
    pub(crate) proposed: Vec<(u32, u32)>,
    pub(crate) scratch: Scratch,
    pub(crate) looked_at: LookedAt,
}

/// Room for candidates, kept from one round to the next.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scratch {
    pub(crate) hits: Hits,
    pub(crate) left_over: Hits,
}

/// What was looked at to decide, counted since the floor began. A decision costs what it looks at, whatever else is on
/// the floor; unlike time, this can be asserted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LookedAt {
    /// Lines whose head was looked at for somebody who may have become able to take something.
    pub lines: u64,
    /// Handoffs for whom somebody was looked for.
    pub handoffs: u64,
    /// Agents who fitted one of those and had the slots.
    pub agents: u64,
}

/// Where the next handoff comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Noted,
    Line(u32),
    Own(u32),
}

impl<'a> Round<'a> {
    pub(crate) fn of(floor: &'a Floor, now: Timestamp) -> Self {
        Self {
            floor,
            now,
            given: Lookup::default(),
            free: None,
            interruptible: None,
            idle: None,
            occupied: None,
            taken: BTreeSet::new(),
            proposed: Vec::new(),
            scratch: Scratch::default(),
            looked_at: LookedAt::default(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    pub(crate) fn run(&mut self) -> Routed {
        let floor = self.floor;
        let mut routed = Routed::default();
        if floor.agents_noted.is_empty() && floor.handoffs_noted.is_empty() {
            return routed;
        }
        if let Some(alone) = self.only_agent() {
            let lines = floor.lines_known(alone).unwrap_or_default();
            self.looked_at.lines += lines.len() as u64;
            let first = floor.lines.first_of(lines);
            let entry = first.and_then(|place| floor.entries[place.number as usize].as_ref());
            let Some(entry) = entry else { return routed };
            if entry.excluded.is_empty() {
                // Whoever else is free and could take it would have had it before: nobody is left to choose among.
                self.looked_at.handoffs += 1;
                self.looked_at.agents += 1;
                let reason = if entry.preferred == Some(alone) { Reason::Preferred } else { Reason::OnlyOne };
                let slots = floor.seats[alone as usize].ordinary_free().take(1).collect();
                self.propose(alone, entry, reason, slots, &mut routed.offers);
                return routed;
            }
            if let Found::Agent(agent, reason) = self.find(entry) {
                self.give(agent, entry, reason, &mut routed.offers);
                return routed;
            }
        }
        self.announce(&mut routed.announcements);
        if floor.agents_noted.len() + floor.handoffs_noted.len() >= MANY {
            self.idle = Some(floor.idle.clone());
            self.occupied.clone_from(&floor.occupied);
        }
        let sources = self.sources();
        self.looked_at.lines +=
            sources.iter().filter(|Reverse((_, source))| matches!(source, Source::Line(_))).count() as u64;
        let mut next = BinaryHeap::from(sources);
        // Whoever is not noted could take nothing but what is noted.
        let mut able = floor.agents_noted.len();
        while let Some(Reverse((place, source))) = next.pop() {
            let Some(entry) = floor.entries[place.number as usize].as_ref() else { continue };
            let found = match source {
                Source::Line(_) | Source::Own(_) if able == 0 => continue,
                Source::Line(_) | Source::Own(_) | Source::Noted if self.taken.contains(&place.number) => {
                    Found::NotForThis
                }
                Source::Own(agent) if !self.has_any_slot(agent) => Found::Nobody,
                Source::Line(_) | Source::Own(_) | Source::Noted => self.find(entry),
            };
            match found {
                Found::Agent(agent, reason) => {
                    let exhausted = self.give(agent, entry, reason, &mut routed.offers);
                    able -= usize::from(exhausted && floor.agents_noted.contains(&agent));
                    self.taken.insert(place.number);
                }
                Found::NotForThis => {}
                Found::Nobody => continue,
            }
            let behind = match source {
                Source::Noted => None,
                Source::Line(line) => floor.lines.behind(line, place),
                Source::Own(agent) => {
                    let behind = (std::ops::Bound::Excluded(place), std::ops::Bound::Unbounded);
                    floor.seats[agent as usize].own.range(behind).next().copied()
                }
            };
            next.extend(behind.map(|place| Reverse((place, source))));
        }
        routed
    }

    /// The one agent who may take something, where nothing else has changed and one slot is all they have. By far the
    /// most events on a busy floor are like that, and need no order of everything that could be taken.
    fn only_agent(&self) -> Option<u32> {
        let floor = self.floor;
        let agent = *floor.agents_noted.first()?;
        let seat = &floor.seats[agent as usize];
        let one_slot = seat.left == 1 && seat.urgent_left == 0 && seat.own.is_empty();
        let alone = floor.agents_noted.len() == 1 && floor.handoffs_noted.is_empty();
        let plain = floor.lines.heavy.is_empty() && floor.heavy_alone == 0 && floor.lines.broadcast.is_empty();
        (alone && one_slot && plain && floor.lines_known(agent).is_some()).then_some(agent)
    }

    /// The first handoff of everything that has to be looked at.
    fn sources(&self) -> Vec<Reverse<(Place, Source)>> {
        let floor = self.floor;
        let noted = floor.handoffs_noted.iter().filter_map(|number| floor.entries[*number as usize].as_ref());
        // What waits for one agent alone is offered to that agent, whatever its queue does otherwise.
        let offered = noted.filter(|entry| match entry.spot {
            Spot::Own(_) => true,
            Spot::Line => floor.lines.all[entry.line as usize].delivery == Delivery::Offer,
            Spot::Nowhere | Spot::Ringing => false,
        });
        let mut sources: Vec<_> = offered.map(|entry| Reverse((entry.place, Source::Noted))).collect();
        let head = |line: u32| {
            let head = floor.lines.heads[line as usize];
            (!head.is_none()).then_some(Reverse((head, Source::Line(line))))
        };
        let few = floor.agents_noted.len() <= MANY_AGENTS;
        let mut lines: Option<Vec<u32>> = few.then(Vec::new);
        for agent in &floor.agents_noted {
            if let Some(first) = floor.seats[*agent as usize].own.first() {
                sources.push(Reverse((*first, Source::Own(*agent))));
            }
            match (floor.lines_known(*agent), &mut lines) {
                (Some(known), Some(lines)) => {
                    let standing = known.iter().filter(|line| !floor.lines.heads[**line as usize].is_none());
                    lines.extend(standing);
                }
                (None, _) => lines = None,
                (Some(_), None) => {}
            }
        }
        match lines {
            Some(mut lines) => {
                if floor.agents_noted.len() > 1 {
                    lines.sort_unstable();
                    lines.dedup();
                }
                sources.extend(lines.into_iter().filter_map(head));
            }
            None if floor.agents_noted.is_empty() => {}
            None => {
                let all = u32::try_from(floor.lines.heads.len()).unwrap_or(u32::MAX);
                sources.extend((0..all).filter_map(head));
            }
        }
        sources
    }

    /// What is to be shown to whom: each handoff that is noted to everybody who could take it, and to each agent who is
    /// noted the first of what they could take.
    fn announce(&mut self, announcements: &mut Vec<Announcement>) {
        let floor = self.floor;
        let name = |agent: u32| -> AgentId { floor.staff.agents[agent as usize].clone() };
        for number in &floor.handoffs_noted {
            let Some(entry) = floor.entries[*number as usize].as_ref() else { continue };
            let broadcast = floor.lines.all[entry.line as usize].delivery == Delivery::Broadcast;
            if !broadcast || entry.spot != Spot::Line {
                continue;
            }
            let agents: Vec<_> = self.who_may_take(entry).into_iter().take(ANNOUNCED_MAX).map(name).collect();
            if !agents.is_empty() {
                announcements.push(announcement(entry, agents));
            }
        }
        for agent in &floor.agents_noted {
            let lines = floor.lines.broadcast.iter().map(|line| &floor.lines.all[*line as usize]);
            let broadcast = lines.filter(|line| line.asked.fits(&floor.staff, *agent));
            let places = broadcast.flat_map(|line| line.places.iter().take(ANNOUNCED_TO_ONE_MAX));
            let mut places: Vec<_> = places.filter(|place| !floor.handoffs_noted.contains(&place.number)).collect();
            places.sort_unstable();
            for place in places.into_iter().take(ANNOUNCED_TO_ONE_MAX) {
                let Some(entry) = floor.entries[place.number as usize].as_ref() else { continue };
                if self.may_take(entry, *agent) {
                    announcements.push(announcement(entry, vec![name(*agent)]));
                }
            }
        }
    }

    /// Who is free for a handoff that agents take, by key.
    pub(crate) fn who_may_take(&mut self, entry: &Entry) -> Vec<u32> {
        if let Spot::Own(agent) = entry.spot {
            return if self.may_take(entry, agent) { vec![agent] } else { Vec::new() };
        }
        let line = &self.floor.lines.all[entry.line as usize];
        self.candidates(entry, line);
        let all: Vec<u32> = self.scratch.hits.agents().collect();
        all.into_iter().filter(|agent| self.may_take(entry, *agent)).collect()
    }

    /// Whether an agent who fits has the slots for it and nothing stands between; who declined it may think again.
    fn may_take(&self, entry: &Entry, agent: u32) -> bool {
        let asked = &self.floor.lines.all[entry.line as usize].asked;
        let alone = match entry.spot {
            Spot::Own(alone) => alone == agent,
            Spot::Line => true,
            Spot::Nowhere | Spot::Ringing => false,
        };
        alone && self.slots_for(agent, asked.weight, asked.urgent)
    }
}

fn announcement(entry: &Entry, agents: Vec<AgentId>) -> Announcement {
    let Entry { waiting, step, .. } = entry;
    Announcement { handoff: waiting.handoff, conversation: waiting.conversation, agents, step: *step }
}
