//! Asks every predictor the same question, and compares with what came of it.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use baton_core::{HandoffId, QueueId, Timestamp};
use baton_routing::{Interval, Line, Snapshot, Team, Waits, queue_length};
use uuid::Uuid;

use crate::floor::{Handle, Scenario, View, Watcher};
use crate::score::{Score, heading};

/// The classical predictors know the true rates, as in the yardstick; Baton's learns its own.
const CLASSICAL: [&str; 6] =
    ["QL, effective capacity", "LES", "average of last 10", "HOL", "QLm, effective capacity", "mean of QLm and HOL"];
const HOL: usize = 3;
const QLM: usize = 4;

pub(crate) struct Watch<'a> {
    scenario: &'a Scenario,
    lines: Vec<Line>,
    learns_until: f64,
    /// Learns all the time; the other one only knows rates.
    learned: Waits,
    cold: Waits,
    open: BTreeMap<u64, Asked>,
    last: Vec<VecDeque<f64>>,
    pub(crate) classical: [Score; 6],
    queue_length_interval: Score,
    pub(crate) cold_score: Score,
    pub(crate) learned_score: Score,
    pub(crate) refreshed: Score,
    /// From the first wait on.
    early: Score,
    pub(crate) by_skill: Vec<Score>,
    by_ahead: BTreeMap<usize, Score>,
    pub(crate) by_all: BTreeMap<usize, Score>,
    by_season: BTreeMap<usize, Score>,
    looked: u64,
    withheld: f64,
    /// What Baton's own object was asked and told, and the time that took.
    calls: u32,
    spent: Duration,
}

struct Asked {
    since: f64,
    classical: [f64; 6],
    queue_length_interval: (f64, f64),
    cold: Option<Interval>,
    learned: Option<Interval>,
    again: Option<(f64, Interval)>,
    ahead: usize,
    all: usize,
    season: usize,
}

/// Those who were there before it, by band: 0, 1–2, 3–5, 6–11, 12–24, more.
fn band(number: usize) -> usize {
    [1, 3, 6, 12, 25].iter().filter(|edge| number >= **edge).count()
}

const BANDS: [&str; 6] = ["0", "1–2", "3–5", "6–11", "12–24", "25 and more"];
/// Scored "from the start": the first so many minutes, about two days.
const EARLY_MINUTES: f64 = 3_000.0;

impl<'a> Watch<'a> {
    pub(crate) fn new(scenario: &'a Scenario, learns_until: f64) -> Self {
        let skills = scenario.skills.len();
        Self {
            scenario,
            lines: (0..skills).map(|skill| Line::of(&QueueId::new(format!("skill-{skill}")).unwrap())).collect(),
            learns_until,
            learned: Waits::new(),
            cold: Waits::new(),
            open: BTreeMap::new(),
            last: vec![VecDeque::from([0.0]); skills],
            classical: [Score::default(); 6],
            queue_length_interval: Score::default(),
            cold_score: Score::default(),
            learned_score: Score::default(),
            refreshed: Score::default(),
            early: Score::default(),
            by_skill: vec![Score::default(); skills],
            by_ahead: BTreeMap::new(),
            by_all: BTreeMap::new(),
            by_season: BTreeMap::new(),
            looked: 0,
            withheld: 0.0,
            calls: 0,
            spent: Duration::ZERO,
        }
    }

    /// What stands before somebody of this skill who came at this moment.
    fn snapshot(&self, skill: usize, since: f64, view: &View<'_>) -> Snapshot {
        let number =
            |skill_there: usize| if skill_there == skill { 0 } else { skill_there + usize::from(skill_there < skill) };
        let own_first = std::iter::once(skill).chain((0..self.lines.len()).filter(|other| *other != skill));
        let teams = self.scenario.teams.iter().zip(view.present).filter(|(_, present)| **present > 0);
        let mut snapshot = Snapshot {
            at: timestamp(view.now),
            waited: span(view.now - since),
            lines: own_first.map(|skill| self.lines[skill].clone()).collect(),
            teams: teams
                .map(|(team, present)| Team {
                    lines: team.skills.iter().fold(0, |lines, skill| lines | 1 << number(*skill)),
                    slots: u32::try_from(*present).unwrap(),
                })
                .collect(),
            before: Vec::new(),
            more: Vec::new(),
            head_waited: Duration::ZERO,
        };
        let mut before: Vec<(f64, usize)> = Vec::new();
        for (other, line) in view.waiting.iter().enumerate() {
            before.extend(
                line.iter().take_while(|customer| customer.since < since).map(|other_one| (other_one.since, other)),
            );
        }
        before.sort_by(|one, other| one.0.total_cmp(&other.0));
        for (_, other) in &before {
            snapshot.stand_before(u8::try_from(number(*other)).unwrap(), 1);
        }
        if let Some((head, _)) = before.iter().find(|(_, other)| *other == skill) {
            snapshot.head_waited = span(view.now - head);
        }
        snapshot
    }

    fn classical(&self, skill: usize, view: &View<'_>) -> ([f64; 6], (f64, f64)) {
        let mean = match self.scenario.skills[skill].handle {
            Handle::Exponential { mean } | Handle::Lognormal { mean, .. } => mean,
        };
        let teams = self.scenario.teams.iter().zip(view.present).filter(|(team, _)| team.skills.contains(&skill));
        let capacity: f64 = teams.map(|(team, present)| real(*present) / real(team.skills.len())).sum::<f64>() / mean;
        let ahead = view.waiting[skill].len();
        let patience = self.scenario.patience.map_or(0.0, f64::recip);
        let moments = queue_length(u32::try_from(ahead).unwrap(), 1, capacity, patience);
        let head = view.waiting[skill].front().map_or(0.0, |customer| view.now - customer.since);
        let last = &self.last[skill];
        let averages = (last.back().copied().unwrap(), last.iter().sum::<f64>() / real(last.len()));
        let said =
            [real(ahead + 1) / capacity, averages.0, averages.1, head, moments.mean, f64::midpoint(moments.mean, head)];
        (said, (moments.quantile(0.1), moments.quantile(0.9)))
    }

    /// Looks again at one of those who wait, a different one each time.
    fn look_again(&mut self, view: &View<'_>) {
        let number: usize = view.waiting.iter().map(VecDeque::len).sum();
        if number == 0 {
            return;
        }
        self.looked = self.looked.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut place = usize::try_from(self.looked >> 33).unwrap() % number;
        for (skill, line) in view.waiting.iter().enumerate() {
            if let Some(customer) = line.get(place) {
                let (id, since) = (customer.id, customer.since);
                let interval = self.learned.watched(handoff(id), &self.snapshot(skill, since, view));
                if let (Some(interval), Some(asked)) = (interval, self.open.get_mut(&id)) {
                    asked.again = Some((view.now, interval));
                }
                return;
            }
            place -= line.len();
        }
    }

    #[expect(clippy::disallowed_methods, reason = "it measures how long the estimates take, and decides nothing by it")]
    fn timed<T>(&mut self, call: impl FnOnce(&mut Waits) -> T) -> T {
        let began = Instant::now();
        let answer = call(&mut self.learned);
        self.spent += began.elapsed();
        self.calls += 1;
        answer
    }

    fn ended(&mut self, skill: usize, asked: &Asked, waited: f64) {
        let now = asked.since + waited;
        if let Some(interval) = asked.learned.filter(|_| now < EARLY_MINUTES) {
            score(&mut self.early, interval, waited);
        }
        if now < self.learns_until {
            return;
        }
        for (score, said) in self.classical.iter_mut().zip(asked.classical) {
            score.point(said, waited);
        }
        self.queue_length_interval.interval(asked.classical[QLM], asked.queue_length_interval, waited);
        if let Some(interval) = asked.cold {
            score(&mut self.cold_score, interval, waited);
        }
        if let Some(interval) = asked.learned {
            self.withheld += f64::from(u8::from(interval.withheld));
            let bands = [
                self.by_ahead.entry(band(asked.ahead)).or_default(),
                self.by_all.entry(band(asked.all)).or_default(),
                self.by_season.entry(asked.season).or_default(),
                &mut self.by_skill[skill],
                &mut self.learned_score,
            ];
            for band in bands {
                score(band, interval, waited);
            }
        }
        if let Some((at, interval)) = asked.again {
            score(&mut self.refreshed, interval, now - at);
        }
    }

    pub(crate) fn print(&self, took_s: f64) {
        let all = &self.learned_score;
        println!("\n{} — {}", self.scenario.name, self.scenario.says);
        let each_us = self.spent.as_secs_f64() * 1e6 / f64::from(self.calls.max(1));
        println!("  {} waits scored, mean {:.3} minutes; the run took {took_s:.1} s", all.number(), all.mean_wait());
        println!("  Baton's own part: {} calls of joined and accepted, {each_us:.2} µs each", self.calls);
        println!("  withheld for want of recent coverage: {:.2} % of them", 100.0 * self.withheld / all.number());
        println!("{}", heading());
        for (name, score) in CLASSICAL.iter().zip(&self.classical).take(QLM) {
            println!("{}", score.row(name));
        }
        println!("{}", self.queue_length_interval.row(CLASSICAL[QLM]));
        println!("{}", self.classical[HOL + 2].row(CLASSICAL[HOL + 2]));
        println!("{}", self.cold_score.row("Baton, nothing learned"));
        println!("{}", all.row("Baton, learned"));
        println!("{}", self.early.row("Baton, the first 3,000 minutes"));
        println!("{}", self.refreshed.row("Baton, told again while waiting"));
        for (skill, score) in self.by_skill.iter().enumerate().filter(|_| self.by_skill.len() > 1) {
            println!("{}", score.row(&format!("  skill {}", skill + 1)));
        }
        for (name, bands) in [("ahead in line", &self.by_ahead), ("ahead in all lines", &self.by_all)] {
            for (band, score) in bands {
                println!("{}", score.row(&format!("  {name}: {}", BANDS[*band])));
            }
        }
        for (season, score) in &self.by_season {
            println!("{}", score.row(&format!("  quarter {} of the period", season + 1)));
        }
    }
}

impl Watcher for Watch<'_> {
    fn joins(&mut self, id: u64, skill: usize, view: &View<'_>) {
        let (classical, queue_length_interval) = self.classical(skill, view);
        let snapshot = self.snapshot(skill, view.now, view);
        let learned = self.timed(|waits| waits.joined(handoff(id), &snapshot));
        let season = 4.0 * (view.now / self.scenario.period).fract();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 3")]
        let season = season as usize;
        let asked = Asked {
            since: view.now,
            classical,
            queue_length_interval,
            cold: self.cold.interval(&snapshot),
            learned,
            again: None,
            ahead: view.waiting[skill].len(),
            all: view.waiting.iter().map(VecDeque::len).sum(),
            season,
        };
        self.open.insert(id, asked);
    }

    fn served(&mut self, id: u64, skill: usize, waited: f64, view: &View<'_>) {
        let accepted = self.lines[skill].queue.clone();
        self.timed(|waits| waits.accepted(handoff(id), &accepted, span(waited), timestamp(view.now)));
        let queue = &self.lines[skill].queue;
        self.cold.accepted(handoff(id), queue, span(waited), timestamp(view.now));
        if let Some(asked) = self.open.remove(&id) {
            self.ended(skill, &asked, waited);
        }
        let last = &mut self.last[skill];
        last.push_back(waited);
        if last.len() > 10 {
            last.pop_front();
        }
        self.look_again(view);
    }

    fn left(&mut self, id: u64, skill: usize, waited: f64, view: &View<'_>) {
        let queue = &self.lines[skill].queue;
        self.learned.abandoned(handoff(id), queue, span(waited), timestamp(view.now));
        self.cold.abandoned(handoff(id), queue, span(waited), timestamp(view.now));
        self.open.remove(&id);
    }

    fn handled(&mut self, skill: usize, handle: f64, now: f64) {
        let queue = &self.lines[skill].queue;
        self.learned.handled(queue, span(handle), timestamp(now));
        self.cold.handled(queue, span(handle), timestamp(now));
    }
}

fn score(score: &mut Score, interval: Interval, waited: f64) {
    score.interval(interval.likely_s / 60.0, (interval.low_s / 60.0, interval.high_s / 60.0), waited);
}

fn handoff(id: u64) -> HandoffId {
    HandoffId(Uuid::from_u128(id.into()))
}

fn span(minutes: f64) -> Duration {
    Duration::from_secs_f64((minutes * 60.0).max(0.0))
}

fn timestamp(minutes: f64) -> Timestamp {
    Timestamp(0) + span(minutes)
}

fn real(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap())
}
