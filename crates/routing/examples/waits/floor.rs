//! A contact centre in a few events: who comes, who is free, who gives up. Independent of Baton's own engine, so that
//! what is measured over it is not measured by itself. Times are minutes.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};

use crate::chance::Chance;

#[derive(Debug, Clone, Copy)]
pub(crate) enum Handle {
    Exponential { mean: f64 },
    Lognormal { mean: f64, squared_variation: f64 },
}

#[derive(Debug, Clone)]
pub(crate) struct Skill {
    /// Arrivals a minute, before the season.
    pub(crate) rate: f64,
    pub(crate) handle: Handle,
}

/// Agents alike: how many, and which skills each has.
#[derive(Debug, Clone)]
pub(crate) struct Team {
    pub(crate) skills: Vec<usize>,
    /// From which minute of a day of `Scenario::period` how many are there; the first is at 0.
    pub(crate) shifts: Vec<(f64, usize)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) says: &'static str,
    pub(crate) skills: Vec<Skill>,
    pub(crate) teams: Vec<Team>,
    /// Arrivals swing by this share over a period.
    pub(crate) swing: f64,
    pub(crate) period: f64,
    /// Mean patience; `None` when nobody gives up.
    pub(crate) patience: Option<f64>,
}

/// The floor as somebody finds it.
pub(crate) struct View<'a> {
    pub(crate) now: f64,
    /// How many wait, and since when the first, by skill.
    pub(crate) waiting: &'a [VecDeque<Customer>],
    /// How many are there, by team.
    pub(crate) present: &'a [usize],
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Customer {
    pub(crate) id: u64,
    pub(crate) since: f64,
}

/// Who is told what happens.
pub(crate) trait Watcher {
    /// Somebody joins and nobody who could serve is free; the view does not have them yet.
    fn joins(&mut self, id: u64, skill: usize, view: &View<'_>);
    /// Somebody is served; `waited` is 0 for who never waited.
    fn served(&mut self, id: u64, skill: usize, waited: f64, view: &View<'_>);
    fn left(&mut self, id: u64, skill: usize, waited: f64, view: &View<'_>);
    fn handled(&mut self, skill: usize, handle: f64, now: f64);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Comes { skill: usize },
    Done { agent: usize },
    GivesUp { skill: usize, id: u64 },
    Shift { team: usize, shift: usize },
}

#[derive(Debug, Clone, Copy)]
struct Event {
    at: f64,
    number: u64,
    what: What,
}

struct Agent {
    team: usize,
    /// The skill they serve and since when.
    busy: Option<(usize, f64)>,
    on_duty: bool,
}

/// Runs a scenario for so many minutes.
pub(crate) fn run(scenario: &Scenario, minutes: f64, seed: u64, watcher: &mut impl Watcher) {
    Run::new(scenario, seed).until(minutes, watcher);
}

struct Run<'a> {
    scenario: &'a Scenario,
    arrivals: Chance,
    services: Chance,
    patience: Chance,
    events: BinaryHeap<Reverse<Event>>,
    number: u64,
    ids: u64,
    agents: Vec<Agent>,
    present: Vec<usize>,
    waiting: Vec<VecDeque<Customer>>,
}

impl<'a> Run<'a> {
    fn new(scenario: &'a Scenario, seed: u64) -> Self {
        let mut run = Self {
            scenario,
            arrivals: Chance::new(3 * seed),
            services: Chance::new(3 * seed + 1),
            patience: Chance::new(3 * seed + 2),
            events: BinaryHeap::new(),
            number: 0,
            ids: 0,
            agents: Vec::new(),
            present: vec![0; scenario.teams.len()],
            waiting: vec![VecDeque::new(); scenario.skills.len()],
        };
        for (team, of) in scenario.teams.iter().enumerate() {
            let most = of.shifts.iter().map(|(_, number)| *number).max().unwrap_or(0);
            run.agents.extend((0..most).map(|_| Agent { team, busy: None, on_duty: false }));
            run.push(of.shifts[0].0, What::Shift { team, shift: 0 });
        }
        for skill in 0..scenario.skills.len() {
            run.next_arrival(0.0, skill);
        }
        run
    }

    fn until(&mut self, minutes: f64, watcher: &mut impl Watcher) {
        while let Some(Reverse(Event { at, what, .. })) = self.events.pop() {
            if at > minutes {
                return;
            }
            match what {
                What::Comes { skill } => self.comes(at, skill, watcher),
                What::Done { agent } => {
                    if let Some((skill, since)) = self.agents[agent].busy.take() {
                        watcher.handled(skill, at - since, at);
                    }
                    self.take_next(at, agent, watcher);
                }
                What::GivesUp { skill, id } => {
                    let line = &mut self.waiting[skill];
                    if let Some(place) = line.iter().position(|other| other.id == id) {
                        let since = line[place].since;
                        line.remove(place);
                        watcher.left(id, skill, at - since, &self.view(at));
                    }
                }
                What::Shift { team, shift } => self.shift(at, team, shift, watcher),
            }
        }
    }

    fn comes(&mut self, at: f64, skill: usize, watcher: &mut impl Watcher) {
        self.next_arrival(at, skill);
        self.ids += 1;
        let id = self.ids;
        let free = self.agents.iter().enumerate().filter(|(_, agent)| {
            agent.on_duty && agent.busy.is_none() && self.scenario.teams[agent.team].skills.contains(&skill)
        });
        // The least flexible of the idle.
        let chosen = free.min_by_key(|(_, agent)| self.scenario.teams[agent.team].skills.len()).map(|(agent, _)| agent);
        if let Some(agent) = chosen {
            watcher.served(id, skill, 0.0, &self.view(at));
            self.serve(at, agent, skill);
            return;
        }
        watcher.joins(id, skill, &self.view(at));
        self.waiting[skill].push_back(Customer { id, since: at });
        if let Some(mean) = self.scenario.patience {
            let gives_up = at + self.patience.exponential(mean);
            self.push(gives_up, What::GivesUp { skill, id });
        }
    }

    fn take_next(&mut self, at: f64, agent: usize, watcher: &mut impl Watcher) {
        if !self.agents[agent].on_duty {
            return;
        }
        let skills = &self.scenario.teams[self.agents[agent].team].skills;
        let first = skills.iter().copied().filter_map(|skill| Some((skill, self.waiting[skill].front()?.since)));
        if let Some((skill, since)) = first.min_by(|one, other| one.1.total_cmp(&other.1)) {
            let customer = self.waiting[skill].pop_front().map_or(0, |customer| customer.id);
            watcher.served(customer, skill, at - since, &self.view(at));
            self.serve(at, agent, skill);
        }
    }

    fn serve(&mut self, at: f64, agent: usize, skill: usize) {
        let handle = match self.scenario.skills[skill].handle {
            Handle::Exponential { mean } => self.services.exponential(mean),
            Handle::Lognormal { mean, squared_variation } => self.services.lognormal(mean, squared_variation),
        };
        self.agents[agent].busy = Some((skill, at));
        self.push(at + handle, What::Done { agent });
    }

    /// Who goes finishes what they have.
    fn shift(&mut self, at: f64, team: usize, shift: usize, watcher: &mut impl Watcher) {
        let shifts = &self.scenario.teams[team].shifts;
        let number = shifts[shift].1;
        let (next, day) = if shift + 1 < shifts.len() { (shift + 1, 0.0) } else { (0, self.scenario.period) };
        let next_at = at - shifts[shift].0 + shifts[next].0 + day;
        if shifts.len() > 1 {
            self.push(next_at, What::Shift { team, shift: next });
        }
        self.present[team] = number;
        let members: Vec<usize> = (0..self.agents.len()).filter(|agent| self.agents[*agent].team == team).collect();
        for (place, agent) in members.into_iter().enumerate() {
            let was = std::mem::replace(&mut self.agents[agent].on_duty, place < number);
            if !was && self.agents[agent].on_duty && self.agents[agent].busy.is_none() {
                self.take_next(at, agent, watcher);
            }
        }
    }

    fn next_arrival(&mut self, at: f64, skill: usize) {
        let rate = self.scenario.skills[skill].rate;
        let most = rate * (1.0 + self.scenario.swing);
        let mut next = at;
        loop {
            next += self.arrivals.exponential(1.0 / most);
            let season = (2.0 * std::f64::consts::PI * next / self.scenario.period).sin();
            if self.arrivals.share() * most <= rate * (1.0 + self.scenario.swing * season) {
                break;
            }
        }
        self.push(next, What::Comes { skill });
    }

    fn push(&mut self, at: f64, what: What) {
        self.number += 1;
        self.events.push(Reverse(Event { at, number: self.number, what }));
    }

    fn view(&self, now: f64) -> View<'_> {
        View { now, waiting: &self.waiting, present: &self.present }
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Event {}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Event {
    fn cmp(&self, other: &Self) -> Ordering {
        self.at.total_cmp(&other.at).then(self.number.cmp(&other.number))
    }
}
