//! Whom to ask for one handoff: who fits and has the slots, narrowed down until one is left.

use baton_core::Timestamp;

use crate::bits::{Hits, is_in};
use crate::class::Place;
use crate::decision::Reason;
use crate::lines::Line;
use crate::plan::{Choose, Delivery};
use crate::round::{PASSED_MAX, Round};
use crate::standing::{Entry, Spot};

/// So many handoffs of a line that take several slots are looked at before it is passed.
const HEAVY_LOOKED_AT: usize = 64;
/// Of so many candidates or fewer each is looked at; of more, the row of the idle is walked until one of them comes.
const LOOKED_AT: u32 = 96;

/// What is found for a handoff.
pub(crate) enum Found {
    Agent(u32, Reason),
    /// Nobody for it, but perhaps for one behind it in the line.
    NotForThis,
    /// Nobody of the line's agents has anything left.
    Nobody,
}

impl Round<'_> {
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
        self.looked_at.handoffs += 1;
        self.looked_at.agents += u64::from(self.scratch.hits.count());
        if self.scratch.hits.is_empty() {
            return Found::Nobody;
        }
        let mut hits = std::mem::take(&mut self.scratch.hits);
        let found = self.choose(entry, line, &mut hits);
        self.scratch.hits = hits;
        found.map_or(Found::NotForThis, |(agent, reason)| Found::Agent(agent, reason))
    }

    /// Those who fit and have enough slots left, excluded or not.
    pub(crate) fn candidates(&mut self, entry: &Entry, line: &Line) {
        let floor = self.floor;
        let staff = &floor.staff;
        let mut hits = std::mem::take(&mut self.scratch.hits);
        line.asked.among_all(staff, self.free.as_ref().unwrap_or(&floor.free), &mut hits);
        if line.asked.urgent {
            let mut more = std::mem::take(&mut self.scratch.left_over);
            line.asked.among_all(staff, self.interruptible.as_ref().unwrap_or(&floor.interruptible), &mut more);
            more.agents().for_each(|agent| hits.add(agent));
            self.scratch.left_over = more;
        }
        if let Some(reserved) = entry.reserved.filter(|agent| self.slots_for(*agent, 1, line.asked.urgent)) {
            hits.add(reserved);
        }
        if line.asked.weight > 1 {
            hits.retain(|agent| self.slots_for(agent, line.asked.weight, line.asked.urgent));
        }
        self.scratch.hits = hits;
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
            if !by_occupancy && self.given.is_empty() {
                return hits.agents().min_by_key(|agent| (floor.idle_since[*agent as usize], *agent));
            }
            return hits.agents().min_by_key(|agent| key(*agent));
        }
        let among = hits.row();
        let copied = if by_occupancy { &self.occupied } else { &self.idle };
        if let Some(row) = copied {
            return row.iter().map(|(_, _, agent)| *agent).find(|agent| is_in(&among, *agent));
        }
        let row = if by_occupancy { floor.occupied.as_ref()? } else { &floor.idle };
        let mut row = row.iter().map(|(_, _, agent)| *agent);
        let untouched =
            row.find(|agent| is_in(&among, *agent) && (self.given.is_empty() || !self.given.contains_key(agent)));
        // A minimum: the order of the map plays no part.
        let touched = self.given.keys().copied().filter(|agent| hits.has(*agent)).min_by_key(|agent| key(*agent));
        untouched.into_iter().chain(touched).min_by_key(|agent| key(*agent))
    }

    pub(crate) fn row_key(&self, by_occupancy: bool, agent: u32) -> (u32, Timestamp, u32) {
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
}
