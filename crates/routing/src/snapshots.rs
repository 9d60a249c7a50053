//! What an estimate may know of the floor: who is there for which lines, and who stands before whom.

use std::collections::BTreeMap;
use std::time::Duration;

use baton_core::{AgentId, HandoffId, QueueId, Timestamp, Weight};

use crate::class::{Class, Place};
use crate::floor::{Floor, Waiting};
use crate::plan::AgentPlan;
use crate::ranked::Ranked;
use crate::waits::{LINES_MAX, Line, Snapshot, Team};

/// The floor as those who wait for the same people share it: made once, asked for every place.
pub(crate) struct Around {
    lines: Vec<Line>,
    teams: Vec<Team>,
    /// Everybody in these lines who needs an agent yet, in the order in which they are served.
    order: Vec<(Place, u8)>,
    /// Free slots of its own line. Who stands first takes them without anybody having to become free.
    free: usize,
}

impl Floor {
    /// What one who waits finds before them; `None` when it does not wait here, rings, or has to wait for nobody.
    ///
    /// The same for one who is about to join: enqueue it first.
    pub fn snapshot(&self, handoff: HandoffId, now: Timestamp) -> Option<Snapshot> {
        let waiting = self.waiting(handoff).filter(|waiting| !waiting.offered)?;
        self.around(&self.class_of(waiting)).before(self, &self.place_of(waiting), waiting.since, now)
    }

    pub(crate) fn around(&self, class: &Class) -> Around {
        let kinds = self.kinds();
        let mut classes = vec![as_asked(class.clone())];
        let mut queues: Vec<&QueueId> = vec![&class.queue];
        // The queues that share agents with this one, and those that share agents with them.
        let mut next = 0;
        while let Some(queue) = queues.get(next).copied() {
            next += 1;
            for kind in kinds.iter().filter(|kind| kind.plan.queues.contains(queue)) {
                for other in kind.plan.queues.iter().filter(|other| self.has_waiting(other)) {
                    if queues.len() < LINES_MAX && !queues.contains(&other) {
                        queues.push(other);
                    }
                }
            }
        }
        let mut order: Vec<(Place, u8)> = Vec::new();
        // By the floor's own lines, so that what they ask is worked out once for each.
        let mut known: Vec<(u32, Option<u8>)> = Vec::new();
        for place in queues.into_iter().filter_map(|queue| self.places.get(queue)).flat_map(Ranked::iter) {
            let Some(entry) = self.entries[place.number as usize].as_ref().filter(|entry| !entry.waiting.offered)
            else {
                continue;
            };
            let found = known.iter().find(|(line, _)| *line == entry.line).map(|(_, line)| *line);
            let line = found.unwrap_or_else(|| line_of(&mut classes, as_asked(self.class_of(&entry.waiting))));
            if found.is_none() && entry.line != u32::MAX {
                known.push((entry.line, line));
            }
            order.extend(line.map(|line| (*place, line)));
        }
        order.sort_unstable();
        let (teams, free) = teams(&kinds, &classes);
        let lines = classes.into_iter().map(|class| Line {
            queue: class.queue,
            skills: class.skills,
            language: class.language,
        });
        Around { lines: lines.collect(), teams, order, free }
    }

    /// Who is there, those together who could serve the same.
    fn kinds(&self) -> Vec<Kind<'_>> {
        let mut kinds: Vec<Kind<'_>> = Vec::new();
        let mut numbers = vec![usize::MAX; self.staff.profile_count];
        let seats = self.plan.agents.iter().zip(&self.seats).zip(&self.staff.profiles);
        for (((agent, plan), seat), profile) in seats.filter(|((_, seat), _)| seat.there) {
            let Some(number) = numbers.get_mut(*profile as usize) else { continue };
            if *number == usize::MAX {
                *number = kinds.len();
                kinds.push(Kind { agent, plan, slots: 0, free: 0 });
            }
            if let Some(kind) = kinds.get_mut(*number) {
                kind.slots += u32::from(seat.capacity);
                kind.free += usize::from(seat.left);
            }
        }
        kinds
    }
}

/// Agents who differ in nothing but name and slots; one of them stands for all.
struct Kind<'a> {
    agent: &'a AgentId,
    plan: &'a AgentPlan,
    slots: u32,
    free: usize,
}

/// Who is there, by which of these they could serve, and the free slots for the first of them.
fn teams(kinds: &[Kind<'_>], classes: &[Class]) -> (Vec<Team>, usize) {
    let mut slots: BTreeMap<u16, u32> = BTreeMap::new();
    let mut free = 0;
    for kind in kinds {
        let serves = classes.iter().enumerate().filter(|(_, class)| class.fits(kind.agent, kind.plan).is_ok());
        let lines = serves.fold(0_u16, |lines, (number, _)| lines | 1 << number);
        if lines != 0 {
            *slots.entry(lines).or_default() += kind.slots;
        }
        if lines & 1 != 0 {
            free += kind.free;
        }
    }
    (slots.into_iter().map(|(lines, slots)| Team { lines, slots }).collect(), free)
}

/// What decides who could serve it. Who waits for one person by name is in the way of the others all the same.
fn as_asked(class: Class) -> Class {
    let language = class.language.filter(|_| class.language_required);
    Class { language, weight: Weight::default(), urgent: false, reserved_for: None, ..class }
}

impl Around {
    /// What one finds at this place; `None` when a slot is free for everybody before and for it.
    pub(crate) fn before(&self, floor: &Floor, place: &Place, since: Timestamp, now: Timestamp) -> Option<Snapshot> {
        self.walk().to(floor, place, since, now)
    }

    pub(crate) fn walk(&self) -> Walk<'_> {
        let found = Snapshot {
            at: Timestamp(0),
            waited: Duration::ZERO,
            lines: self.lines.clone(),
            teams: self.teams.clone(),
            before: Vec::new(),
            more: Vec::new(),
            head_waited: Duration::ZERO,
        };
        Walk { around: self, next: 0, free: self.free, head: None, found }
    }
}

/// Goes through those who wait, so that what everybody finds before them is seen in one walk.
pub(crate) struct Walk<'a> {
    around: &'a Around,
    next: usize,
    /// Free slots that nobody so far takes.
    free: usize,
    /// The first of its own line for whom no slot is free.
    head: Option<HandoffId>,
    found: Snapshot,
}

impl Walk<'_> {
    /// As [`Around::before`]; the places must come in order.
    pub(crate) fn to(&mut self, floor: &Floor, place: &Place, since: Timestamp, now: Timestamp) -> Option<Snapshot> {
        while let Some((other, line)) = self.around.order.get(self.next).filter(|(other, _)| other < place) {
            self.next += 1;
            if *line == 0 && self.free > 0 {
                self.free -= 1;
                continue;
            }
            if *line == 0 {
                self.head.get_or_insert(other.handoff);
            }
            self.found.stand_before(*line, 1);
        }
        if self.free > 0 {
            return None;
        }
        let head = self.head.and_then(|head| floor.waiting(head));
        let head_waited = head.map_or(Duration::ZERO, |head: &Waiting| now.since(head.since));
        Some(Snapshot { at: now, waited: now.since(since), head_waited, ..self.found.clone() })
    }
}

/// The number of a class among these, added when there is room.
fn line_of(classes: &mut Vec<Class>, class: Class) -> Option<u8> {
    let number = classes.iter().position(|other| *other == class).or_else(|| {
        (classes.len() < LINES_MAX).then(|| {
            classes.push(class);
            classes.len() - 1
        })
    });
    number.and_then(|number| u8::try_from(number).ok())
}
