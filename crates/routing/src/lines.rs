//! The lines in which handoffs stand: one for each class, and the head of each where one look finds it.

use std::collections::BTreeSet;

use crate::bits::{Changing, Hits, ROW};
use crate::class::{Class, Place};
use crate::plan::{Choose, Delivery, Plan};
use crate::staff::{Lookup, NOBODY, Staff};

/// What is asked of an agent, in the numbers of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    queue: u32,
    /// Its own queue first.
    queues: Vec<u32>,
    /// Sets of agents: one must be in all of them, the smallest first.
    all: Vec<u32>,
    /// The needed skills with their levels, as the sets of who has them at levels 1 to 5.
    skills: Vec<[u32; 5]>,
    /// Who speaks the customer's language, when they name one.
    speaking: Option<u32>,
    pub(crate) weight: u8,
    pub(crate) urgent: bool,
}

/// One class and who stands in its line.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) asked: Asked,
    pub(crate) delivery: Delivery,
    pub(crate) choose: Choose,
    pub(crate) places: BTreeSet<Place>,
}

/// Every line there has been since the plan came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines {
    pub(crate) all: Vec<Line>,
    /// The first of each line that is matched by the floor; [`Place::NONE`] where nobody stands.
    pub(crate) heads: Vec<Place>,
    /// The keys of the heads alone: many are looked at for every agent who becomes free, and these lie close together.
    keys: Vec<i64>,
    numbers: Lookup<Asked, u32>,
    /// Lines by one of their queues and the smallest of their other sets ([`NOBODY`] for none): an agent who is not in
    /// both cannot serve them. In the order in which they came.
    by_sets: Lookup<(u32, u32), Vec<u32>>,
    /// Lines of handoffs that take several slots in which somebody stands.
    pub(crate) heavy: BTreeSet<u32>,
    /// Lines of queues that broadcast.
    pub(crate) broadcast: Vec<u32>,
    standing: usize,
}

impl Asked {
    pub(crate) fn of(staff: &Staff, queue: u32, class: &Class) -> Self {
        let mut queues = vec![staff.of_queue(queue)];
        queues.extend(class.also.iter().filter_map(|also| Some(staff.of_queue(staff.queue_number(also)?))));
        let mut all: Vec<_> = class.skills.iter().map(|(skill, level)| staff.with_skill(skill, *level)).collect();
        let speaking = class.language.map(|language| staff.speaking(language));
        all.extend(speaking.filter(|_| class.language_required));
        all.sort_unstable_by_key(|mask| (staff.mask(*mask).count(), *mask));
        all.dedup();
        Self {
            queue,
            queues,
            all,
            skills: class.skills.iter().map(|(skill, level)| staff.levels(skill, *level)).collect(),
            speaking,
            weight: class.weight.get(),
            urgent: class.urgent,
        }
    }

    /// Whether an agent, as configured, may take it.
    pub(crate) fn fits(&self, staff: &Staff, agent: u32) -> bool {
        self.all.iter().all(|mask| staff.mask(*mask).has(agent))
            && self.queues.iter().any(|queue| staff.mask(*queue).has(agent))
    }

    /// Of these agents, those who may take it.
    pub(crate) fn among_all(&self, staff: &Staff, agents: &Changing, hits: &mut Hits) {
        hits.clear();
        if self.all.first() == Some(&NOBODY) {
            return;
        }
        for row in 0..agents.rows() {
            if agents.held_in(row) > FEW_WORDS {
                self.among_row(staff, agents, row, hits);
                continue;
            }
            for (word, mut bits) in agents.filled(row) {
                for mask in &self.all {
                    bits &= staff.mask(*mask).word(word);
                    if bits == 0 {
                        break;
                    }
                }
                if bits != 0 {
                    bits &= self.queues.iter().fold(0, |any, queue| any | staff.mask(*queue).word(word));
                    hits.push(word, bits);
                }
            }
        }
    }

    /// The same for a whole row of words: one set after the other over all of them, which the processor does several
    /// words at a time.
    fn among_row(&self, staff: &Staff, agents: &Changing, row: usize, hits: &mut Hits) {
        let mut left = agents.row(row);
        for mask in &self.all {
            and(&mut left, &staff.mask(*mask).row(row));
        }
        if let [queue] = self.queues[..] {
            and(&mut left, &staff.mask(queue).row(row));
        } else {
            let mut any = [0; ROW];
            for queue in &self.queues {
                any.iter_mut().zip(staff.mask(*queue).row(row)).for_each(|(any, more)| *any |= more);
            }
            and(&mut left, &any);
        }
        for (word, bits) in (row * ROW..).zip(left) {
            hits.push(word, bits);
        }
    }

    pub(crate) fn own_queue<'a>(&self, staff: &'a Staff) -> impl Fn(usize) -> u64 + use<'a> {
        let own = self.queues[0];
        move |word| staff.mask(own).word(word)
    }

    pub(crate) fn is_shared(&self) -> bool {
        self.queues.len() > 1
    }

    pub(crate) fn speakers<'a>(&self, staff: &'a Staff) -> Option<impl Fn(usize) -> u64 + use<'a>> {
        let mask = self.speaking?;
        Some(move |word| staff.mask(mask).word(word))
    }

    /// Who has every needed skill at this level or above.
    pub(crate) fn at_level<'a>(&'a self, staff: &'a Staff, level: usize) -> impl Fn(usize) -> u64 + 'a {
        move |word| self.skills.iter().fold(u64::MAX, |all, levels| all & staff.mask(levels[level - 1]).word(word))
    }

    pub(crate) fn needs_skills(&self) -> bool {
        !self.skills.is_empty()
    }
}

impl Lines {
    /// The number of a class.
    pub(crate) fn number(&mut self, plan: &Plan, class: &Class, asked: Asked) -> u32 {
        if let Some(number) = self.numbers.get(&asked) {
            return *number;
        }
        let queue = plan.queues.get(&class.queue);
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.numbers.insert(asked.clone(), number);
        self.heads.push(Place::NONE);
        self.keys.push(Place::NONE.key());
        let rarest = asked.all.first().copied().unwrap_or(NOBODY);
        for queue in &asked.queues {
            self.by_sets.entry((*queue, rarest)).or_default().push(number);
        }
        if queue.is_some_and(|queue| queue.delivery == Delivery::Broadcast) {
            self.broadcast.push(number);
        }
        self.all.push(Line {
            asked,
            delivery: queue.map(|queue| queue.delivery).unwrap_or_default(),
            choose: queue.map(|queue| queue.choose).unwrap_or_default(),
            places: BTreeSet::new(),
        });
        number
    }

    pub(crate) fn stand(&mut self, number: u32, place: Place) {
        let line = &mut self.all[number as usize];
        self.standing += usize::from(line.places.is_empty());
        line.places.insert(place);
        if line.asked.weight > 1 {
            self.heavy.insert(number);
        }
        let head = &mut self.heads[number as usize];
        if place < *head && line.delivery == Delivery::Offer {
            *head = place;
            self.keys[number as usize] = place.key();
        }
    }

    pub(crate) fn leave(&mut self, number: u32, place: Place) {
        let line = &mut self.all[number as usize];
        line.places.remove(&place);
        if line.places.is_empty() {
            self.standing -= 1;
            self.heavy.remove(&number);
        }
        if self.heads[number as usize] == place {
            let next = line.places.first().copied().unwrap_or(Place::NONE);
            self.heads[number as usize] = next;
            self.keys[number as usize] = next.key();
        }
    }

    /// The lines that an agent may serve, among those that came after the first so many.
    pub(crate) fn served_by(&self, staff: &Staff, agent: u32, seen: usize, served: &mut Vec<u32>) {
        let fits = |line: &u32| self.all[*line as usize].asked.fits(staff, agent);
        let all = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let first = u32::try_from(seen).unwrap_or(u32::MAX);
        if all - first <= FEW_LINES {
            served.extend((first..all).filter(fits));
            return;
        }
        let known = served.len();
        let own = staff.sets_with(agent);
        for queue in &own {
            for other in own.iter().chain(&[NOBODY]) {
                let lines = self.by_sets.get(&(*queue, *other)).map_or(&[][..], Vec::as_slice);
                let fresh = &lines[lines.partition_point(|line| *line < first)..];
                // Those without another set stand under nobody, as do those that nobody can serve.
                served.extend(fresh.iter().copied().filter(fits));
            }
        }
        served[known..].sort_unstable();
        served.dedup();
    }

    /// The first of the heads of these lines.
    pub(crate) fn first_of(&self, lines: &[u32]) -> Option<Place> {
        let (mut least, mut first) = (i64::MAX, None);
        for line in lines.iter().copied() {
            let key = self.keys[line as usize];
            if key < least {
                (least, first) = (key, Some(line));
            } else if key == least
                && let Some(known) = first
                && self.heads[line as usize] < self.heads[known as usize]
            {
                first = Some(line);
            }
        }
        first.map(|line| self.heads[line as usize])
    }

    /// The one behind this place.
    pub(crate) fn behind(&self, number: u32, place: Place) -> Option<Place> {
        let behind = (std::ops::Bound::Excluded(place), std::ops::Bound::Unbounded);
        self.all[number as usize].places.range(behind).next().copied()
    }

    /// Whether so many lines stand empty that they are worth forgetting.
    pub(crate) fn are_stale(&self) -> bool {
        self.all.len() > EMPTY_MAX + 4 * self.standing
    }
}

/// Of a row that holds more words than that, all are taken.
const FEW_WORDS: u32 = 8;

fn and(left: &mut [u64; ROW], with: &[u64; ROW]) {
    left.iter_mut().zip(with).for_each(|(left, with)| *left &= with);
}

/// So many lines are looked at one by one; more are looked up by the sets that an agent is in.
const FEW_LINES: u32 = 64;
/// Empty lines that are kept whatever stands beside them: most come back.
const EMPTY_MAX: usize = 8_192;
