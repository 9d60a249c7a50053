//! One look at the floor: the handoffs that may have become takeable and the agents who may have become able to take
//! something, against each other, in the order of the handoffs.
//!
//! A round changes nothing. What it gives away it keeps beside the floor, so that carrying out all of it is consistent.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::time::Duration;

use baton_core::{AgentId, Timestamp};

use crate::bits::{Changing, Hits, is_in};
use crate::class::Place;
use crate::decision::{ANNOUNCED_MAX, Announcement, Choice, Proposal, Reason, Routed};
use crate::floor::Floor;
use crate::lines::Line;
use crate::plan::{Choose, Delivery};
use crate::staff::Lookup;
use crate::standing::{Entry, Spot};

/// How long lighter handoffs may pass one that takes several slots. From then on those who could serve it keep their
/// free slots until one of them has enough: otherwise single slots would be taken as they come free, for ever.
pub const PASSED_MAX: Duration = Duration::from_mins(1);

/// So many handoffs of a line that take several slots are looked at before it is passed.
const HEAVY_LOOKED_AT: usize = 64;
/// Of so many candidates or fewer each is looked at; of more, the row of the idle is walked until one of them comes.
const LOOKED_AT: u32 = 48;
/// From so many changes on, the row of the idle is copied for the round and kept in step with what it gives away.
const MANY: usize = 64;
/// From so many agents on, all lines are looked at instead of theirs.
pub(crate) const MANY_AGENTS: usize = 16;
/// Of a line that is broadcast, the first so many are announced to an agent who becomes free.
const ANNOUNCED_TO_ONE_MAX: usize = 50;

/// What a round has given to an agent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) handoffs: u8,
    ordinary: u8,
    urgent: u8,
}

pub(crate) struct Round<'a> {
    floor: &'a Floor,
    now: Timestamp,
    given: Lookup<u32, Given>,
    /// Who has nothing left by this round's doing.
    free: Option<Changing>,
    interruptible: Option<Changing>,
    idle: Option<BTreeSet<(u32, Timestamp, u32)>>,
    occupied: Option<BTreeSet<(u32, Timestamp, u32)>>,
    taken: BTreeSet<u32>,
    hits: Hits,
    left_over: Hits,
}

/// Where the next handoff comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Noted,
    Line(u32),
    Own(u32),
}

/// What is found for a handoff.
pub(crate) enum Found {
    Agent(u32, Reason),
    /// Nobody for it, but perhaps for one behind it in the line.
    NotForThis,
    /// Nobody of the line's agents has anything left.
    Nobody,
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
            hits: Hits::default(),
            left_over: Hits::default(),
        }
    }

    pub(crate) fn run(&mut self) -> Routed {
        let floor = self.floor;
        let mut routed = Routed::default();
        if floor.agents_noted.is_empty() && floor.handoffs_noted.is_empty() {
            return routed;
        }
        if let Some(alone) = self.only_agent() {
            let first = floor.lines_known(alone).and_then(|lines| floor.lines.first_of(lines));
            let entry = first.and_then(|place| floor.entries[place.number as usize].as_ref());
            let Some(entry) = entry else { return routed };
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
        let mut next = BinaryHeap::from(self.sources());
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

    /// Whom to ask for this handoff.
    pub(crate) fn find(&mut self, entry: &Entry) -> Found {
        let floor = self.floor;
        let line = &floor.lines.all[entry.line as usize];
        if let Spot::Own(agent) = entry.spot {
            let reason = if entry.reserved == Some(agent) { Reason::Reserved } else { Reason::Preferred };
            let can = self.slots_for(agent, line.asked.weight, line.asked.urgent);
            return if can && !self.saves(agent, entry) { Found::Agent(agent, reason) } else { Found::NotForThis };
        }
        self.candidates(entry, line);
        if self.hits.is_empty() {
            return Found::Nobody;
        }
        let mut hits = std::mem::take(&mut self.hits);
        let found = self.choose(entry, line, &mut hits);
        self.hits = hits;
        found.map_or(Found::NotForThis, |(agent, reason)| Found::Agent(agent, reason))
    }

    /// Those who fit and have enough slots left, excluded or not.
    fn candidates(&mut self, entry: &Entry, line: &Line) {
        let floor = self.floor;
        let staff = &floor.staff;
        let mut hits = std::mem::take(&mut self.hits);
        line.asked.among_all(staff, self.free.as_ref().unwrap_or(&floor.free), &mut hits);
        if line.asked.urgent {
            let mut more = std::mem::take(&mut self.left_over);
            line.asked.among_all(staff, self.interruptible.as_ref().unwrap_or(&floor.interruptible), &mut more);
            more.agents().for_each(|agent| hits.add(agent));
            self.left_over = more;
        }
        if let Some(reserved) = entry.reserved.filter(|agent| self.slots_for(*agent, 1, line.asked.urgent)) {
            hits.add(reserved);
        }
        if line.asked.weight > 1 {
            hits.retain(|agent| self.slots_for(agent, line.asked.weight, line.asked.urgent));
        }
        self.hits = hits;
    }

    fn choose(&self, entry: &Entry, line: &Line, hits: &mut Hits) -> Option<(u32, Reason)> {
        let floor = self.floor;
        let staff = &floor.staff;
        if !floor.lines.heavy.is_empty() || floor.heavy_alone > 0 {
            hits.retain(|agent| !self.saves(agent, entry));
        }
        if !entry.excluded.is_empty() {
            let all: Vec<u32> = hits.agents().collect();
            hits.retain(|agent| entry.excluded_until(agent).is_none());
            if hits.is_empty() {
                if self.others_could_serve(entry, line) {
                    return None;
                }
                let again = all.into_iter().min_by_key(|agent| (entry.excluded_until(*agent), *agent))?;
                return Some((again, Reason::AskedAgain));
            }
        }
        if let Some(preferred) = entry.preferred.filter(|preferred| hits.has(*preferred)) {
            return Some((preferred, Reason::Preferred));
        }
        let count = hits.count();
        if count == 0 {
            return None;
        }
        let mut reason = None;
        if count == 1 {
            reason = Some(Reason::OnlyOne);
        } else {
            if line.asked.urgent {
                // Nobody is interrupted while somebody has an ordinary slot for it.
                let ordinary = |agent: u32| self.slots_for(agent, line.asked.weight, false);
                if hits.agents().any(ordinary) {
                    hits.retain(ordinary);
                }
            }
            if let Some(speakers) = line.asked.speakers(staff)
                && hits.any(&speakers)
            {
                hits.keep(&speakers);
                reason = (hits.count() < count).then_some(Reason::SpeaksLanguage);
            }
            if line.asked.is_shared() && hits.any(line.asked.own_queue(staff)) {
                hits.keep(line.asked.own_queue(staff));
            }
            if line.choose == Choose::BestSkill && line.asked.needs_skills() {
                let best = (2..=5).rev().find(|level| hits.any(line.asked.at_level(staff, *level)));
                if let Some(best) = best {
                    hits.keep(line.asked.at_level(staff, best));
                }
            }
        }
        let agent = self.first_in_row(line.choose == Choose::LeastOccupied, hits)?;
        let reason = reason.unwrap_or(match line.choose {
            Choose::LeastOccupied => Reason::LeastOccupied,
            Choose::BestSkill if line.asked.needs_skills() => Reason::BestSkill,
            Choose::BestSkill | Choose::LongestIdle => Reason::LongestIdle,
        });
        Some((agent, reason))
    }

    /// Of these, the least occupied or the one given least in this round; then the longest idle, then by key.
    fn first_in_row(&self, by_occupancy: bool, hits: &Hits) -> Option<u32> {
        let floor = self.floor;
        let key = |agent: u32| self.row_key(by_occupancy, agent);
        if hits.count() <= LOOKED_AT {
            return hits.agents().min_by_key(|agent| key(*agent));
        }
        let among = hits.row();
        let copied = if by_occupancy { &self.occupied } else { &self.idle };
        if let Some(row) = copied {
            return row.iter().map(|(_, _, agent)| *agent).find(|agent| is_in(&among, *agent));
        }
        let row = if by_occupancy { floor.occupied.as_ref()? } else { &floor.idle };
        let mut row = row.iter().map(|(_, _, agent)| *agent);
        let untouched = row.find(|agent| is_in(&among, *agent) && !self.given.contains_key(agent));
        // A minimum: the order of the map plays no part.
        let touched = self.given.keys().copied().filter(|agent| hits.has(*agent)).min_by_key(|agent| key(*agent));
        untouched.into_iter().chain(touched).min_by_key(|agent| key(*agent))
    }

    fn row_key(&self, by_occupancy: bool, agent: u32) -> (u32, Timestamp, u32) {
        let seat = &self.floor.seats[agent as usize];
        let given = self.given(agent);
        let first = if by_occupancy { seat.occupancy(given.ordinary) } else { given.handoffs.into() };
        (first, seat.presence.idle_since, agent)
    }

    /// Whether somebody who is there could take it and has not declined; they may be busy.
    fn others_could_serve(&self, entry: &Entry, line: &Line) -> bool {
        let floor = self.floor;
        let mut hits = Hits::default();
        line.asked.among_all(&floor.staff, &floor.there, &mut hits);
        if let Some(reserved) = entry.reserved.filter(|reserved| floor.there.has(*reserved)) {
            hits.add(reserved);
        }
        hits.agents().any(|agent| entry.excluded_until(agent).is_none())
    }

    /// Whether an agent keeps what slots they have for a heavier handoff that came before this one, until that one
    /// rings or is gone.
    pub(crate) fn saves(&self, agent: u32, entry: &Entry) -> bool {
        let floor = self.floor;
        let seat = &floor.seats[agent as usize];
        let stands_before = |heavy: &Place, asked: &crate::lines::Asked| {
            let Some(other) = floor.entries[heavy.number as usize].as_ref() else { return false };
            let could = if asked.urgent { seat.capacity.saturating_add(seat.urgent) } else { seat.capacity };
            *heavy < entry.place
                && self.now >= other.waiting.queued_at + PASSED_MAX
                && could >= asked.weight
                && other.excluded_until(agent).is_none()
                && !self.slots_for(agent, asked.weight, asked.urgent)
        };
        let own = seat.own.iter().filter_map(|place| {
            let other = floor.entries[place.number as usize].as_ref()?;
            Some((place, &floor.lines.all[other.line as usize].asked))
        });
        if own.take(HEAVY_LOOKED_AT).any(|(place, asked)| asked.weight > 1 && stands_before(place, asked)) {
            return true;
        }
        floor.lines.heavy.iter().any(|line| {
            let line = &floor.lines.all[*line as usize];
            let mut places = line.places.range(..entry.place).take(HEAVY_LOOKED_AT);
            line.delivery == Delivery::Offer
                && line.asked.fits(&floor.staff, agent)
                && places.any(|place| stands_before(place, &line.asked))
        })
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    pub(crate) fn given(&self, agent: u32) -> Given {
        self.given.get(&agent).copied().unwrap_or_default()
    }

    pub(crate) fn has_any_slot(&self, agent: u32) -> bool {
        self.slots_for(agent, 1, true)
    }

    /// Whether so many slots are left that this round has not given away.
    pub(crate) fn slots_for(&self, agent: u32, weight: u8, urgent: bool) -> bool {
        let (seat, given) = (&self.floor.seats[agent as usize], self.given(agent));
        let more = if urgent { seat.urgent_left.saturating_sub(given.urgent) } else { 0 };
        seat.left.saturating_sub(given.ordinary).saturating_add(more) >= weight
    }

    /// Writes down what is given; whether the agent has nothing left.
    fn give(&mut self, agent: u32, entry: &Entry, reason: Reason, offers: &mut Vec<Proposal>) -> bool {
        let choice = self.choice(agent, entry);
        offers.push(Proposal {
            handoff: entry.waiting.handoff,
            conversation: entry.waiting.conversation,
            choice,
            reason,
            step: entry.step,
        });
        self.note(agent, entry)
    }

    /// Takes the slots of one more handoff from what an agent has left.
    pub(crate) fn note(&mut self, agent: u32, entry: &Entry) -> bool {
        let floor = self.floor;
        let asked = &floor.lines.all[entry.line as usize].asked;
        let before = [self.row_key(false, agent), self.row_key(true, agent)];
        let seat = &floor.seats[agent as usize];
        let given = self.given.entry(agent).or_default();
        let ordinary = asked.weight.min(seat.left - given.ordinary.min(seat.left));
        given.handoffs = given.handoffs.saturating_add(1);
        given.ordinary += ordinary;
        given.urgent += asked.weight - ordinary;
        let given = *given;
        let no_ordinary = given.ordinary >= seat.left;
        let exhausted = no_ordinary && given.urgent >= seat.urgent_left;
        for (number, row) in [&mut self.idle, &mut self.occupied].into_iter().enumerate() {
            if let Some(row) = row {
                row.remove(&before[number]);
            }
        }
        if !exhausted {
            let after = [self.row_key(false, agent), self.row_key(true, agent)];
            for (number, row) in [&mut self.idle, &mut self.occupied].into_iter().enumerate() {
                if let Some(row) = row {
                    row.insert(after[number]);
                }
            }
        }
        if no_ordinary {
            self.free.get_or_insert_with(|| floor.free.clone()).put(agent, false);
            if seat.urgent_left > 0 {
                let interruptible = self.interruptible.get_or_insert_with(|| floor.interruptible.clone());
                interruptible.put(agent, !exhausted);
            }
        }
        exhausted
    }

    /// The lowest slots of the agent that this round has not given away.
    pub(crate) fn choice(&self, agent: u32, entry: &Entry) -> Choice {
        let floor = self.floor;
        let (seat, given) = (&floor.seats[agent as usize], self.given(agent));
        let asked = &floor.lines.all[entry.line as usize].asked;
        let ordinary = seat.ordinary_free().skip(given.ordinary.into());
        let urgent = seat.urgent_free().skip(given.urgent.into());
        let slots = if asked.urgent {
            ordinary.chain(urgent).take(asked.weight.into()).collect()
        } else {
            ordinary.take(asked.weight.into()).collect()
        };
        let ring = floor.plan.queues.get(&entry.waiting.queue).map(|queue| queue.ring).unwrap_or_default();
        Choice { agent: floor.staff.agents[agent as usize].clone(), slots, ring }
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
        let all: Vec<u32> = self.hits.agents().collect();
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
