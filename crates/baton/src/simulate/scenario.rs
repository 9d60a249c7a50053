//! From the documents to what is simulated: every name is looked up, every number held to its bounds, all faults said
//! at once with line and column.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use baton_core::{AgentId, Language, Level, Needs, Priority, QueueId, SkillId, Timestamp, Weight};
use baton_engine::config::{self, ConfigError, ConfigFault, FloorConfig};
use baton_routing::{AgentPlan, Hours, Plan};
use baton_simulate::{Desk, Desks, Load, Nobody, Rates, Setup, Shift, Source, Spans, Stream, Swing};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::arrivals;
use super::document::{
    DeskDocument, LoadDocument, LoadFile, NobodyWord, PeopleDocument, RatesDocument, SpansDocument, StreamDocument,
};
use super::file::{self, Parts};

/// A Monday; a scenario without dates is a week like any other.
const START: Date = jiff::civil::date(2026, 6, 1);
/// Most agents that a scenario adds.
const PEOPLE_MAX: u32 = 20_000;
/// Longest run, so that a slip of the keyboard does not take a week.
pub(super) const DAYS_MAX: u32 = 36_500;
pub(super) const REPLICATIONS_MAX: u32 = 1_000;

/// A scenario that was understood.
pub(crate) struct Scenario {
    pub(crate) setup: Setup,
    pub(crate) load: Load,
    pub(crate) start: Timestamp,
    /// What the file says; the command line goes before it.
    pub(crate) days: Option<u32>,
    pub(crate) warm_up: Option<u32>,
    pub(crate) replications: Option<u32>,
    pub(crate) seed: Option<u64>,
}

/// Reads a scenario: a configuration with a load.
pub(crate) fn read(file: &Path) -> anyhow::Result<Scenario> {
    let parts = file::read(file)?;
    let Some(text) = parts.load.as_deref() else {
        anyhow::bail!(
            "{} has no section `load:`, so nobody comes: add one, as in examples/scenarios/morning.yaml",
            parts.file.display()
        );
    };
    let floor = floor_of(&parts)?;
    let document = load_document(&parts.file, text)?;
    let mut checker = Checker { text, folder: folder_of(&parts.file), faults: Vec::new() };
    let scenario = compile(&mut checker, &document, &floor);
    checker.faults.sort_by_key(|fault| (fault.line, fault.column));
    match scenario {
        Some(scenario) if checker.faults.is_empty() => Ok(scenario),
        Some(_) | None => Err(file::refuse(&parts.file, &ConfigError { faults: checker.faults })),
    }
}

/// Reads a file for its configuration and its people; the load of `other` comes to it. Where the file has no load of its
/// own, its people work as those of `other` do.
pub(crate) fn read_beside(file: &Path, other: &Scenario) -> anyhow::Result<Setup> {
    let own = file::read(file)?.load.is_some();
    let setup = read_changed(file, &other.load.zone)?;
    Ok(if own { setup } else { Setup { desks: other.setup.desks.clone(), ..setup } })
}

/// Reads a file for its configuration and its people alone; hours that name no time zone are in `zone`.
pub(crate) fn read_changed(file: &Path, zone: &TimeZone) -> anyhow::Result<Setup> {
    let parts = file::read(file)?;
    let floor = floor_of(&parts)?;
    let Some(text) = parts.load.as_deref() else { return Ok(setup_of(&floor, Desks::default())) };
    let document = load_document(&parts.file, text)?;
    let mut checker = Checker { text, folder: folder_of(&parts.file), faults: Vec::new() };
    let zone = if document.time_zone.is_some() { checker.zone(&document, &floor) } else { zone.clone() };
    let setup = checker.setup(&document, &floor, &zone);
    if checker.faults.is_empty() {
        Ok(setup)
    } else {
        Err(file::refuse(&parts.file, &ConfigError { faults: checker.faults }))
    }
}

fn floor_of(parts: &Parts) -> anyhow::Result<FloorConfig> {
    let (file, text) = &parts.config;
    config::compile_floor(text).map_err(|error| file::refuse(file, &error))
}

fn load_document(file: &Path, text: &str) -> anyhow::Result<LoadDocument> {
    config::parse::<LoadFile>(text).map(|file| file.load).map_err(|error| file::refuse(file, &error))
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().map(Path::to_owned).unwrap_or_default()
}

fn setup_of(floor: &FloorConfig, desks: Desks) -> Setup {
    Setup {
        plan: Arc::clone(&floor.plan),
        desks,
        wrap_up_max: floor.wrap_up,
        decline_pause: floor.decline_pause,
        misses_until_away: floor.misses_until_away,
    }
}

fn compile(check: &mut Checker<'_>, document: &LoadDocument, floor: &FloorConfig) -> Option<Scenario> {
    let zone = check.zone(document, floor);
    let setup = check.setup(document, floor, &zone);
    let mut streams = Vec::new();
    for (key, stream) in &document.arrivals {
        streams.extend(check.stream(key, stream, document, &setup.plan, &zone));
    }
    if document.arrivals.is_empty() {
        check.fault("load.arrivals", "nobody comes: name a queue and how many an hour, like `billing: {per_hour: 30}`");
    }
    check.share("load.takes_alternative", document.takes_alternative);
    let within = [
        ("days", document.days, 1, DAYS_MAX),
        ("warm_up", document.warm_up, 0, DAYS_MAX),
        ("replications", document.replications, 1, REPLICATIONS_MAX),
    ];
    for (key, value, least, most) in within {
        if let Some(value) = value.filter(|value| !(least..=most).contains(value)) {
            check.fault(&format!("load.{key}"), format!("{value} is outside {least} to {most}"));
        }
    }
    let recorded = streams.iter().filter_map(|stream: &Stream| match &stream.source {
        Source::Recorded(all) => Some((all.first()?.at, all.last()?.at)),
        Source::Poisson(_) => None,
    });
    let recorded = recorded.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    let date_of = |at: Timestamp| jiff::Timestamp::from_millisecond(at.0).map(|at| zone.to_datetime(at).date());
    let first = match &document.start {
        Some(start) => start.parse::<Date>().unwrap_or_else(|_| {
            check.fault("load.start", format!("`{start}` is not a day; write it as 2026-11-23"));
            START
        }),
        None => recorded.and_then(|(first, _)| date_of(first).ok()).unwrap_or(START),
    };
    let start = zone.to_timestamp(first.at(0, 0, 0, 0)).ok()?;
    // A file of real arrivals is played through once, from its first day to its last, with nothing before it.
    let played = recorded.and_then(|(_, last)| Some((date_of(last).ok()? - first).get_days().unsigned_abs() + 1));
    Some(Scenario {
        setup,
        load: Load {
            zone,
            streams,
            nobody: match document.nobody {
                NobodyWord::Leaves => Nobody::Leaves,
                NobodyWord::Waits => Nobody::Waits,
            },
            takes_alternative: document.takes_alternative,
        },
        start: Timestamp(start.as_millisecond()),
        days: document.days.or(played),
        warm_up: document.warm_up.or(played.map(|_| 0)),
        replications: document.replications,
        seed: document.seed,
    })
}

pub(super) struct Checker<'a> {
    text: &'a str,
    folder: PathBuf,
    faults: Vec<ConfigFault>,
}

impl Checker<'_> {
    pub(super) fn fault(&mut self, path: &str, what: impl std::fmt::Display) {
        let (line, column) = config::locate(self.text, path);
        self.faults.push(ConfigFault { path: path.to_owned(), line, column, what: what.to_string() });
    }

    fn zone(&mut self, document: &LoadDocument, floor: &FloorConfig) -> TimeZone {
        let name = document.time_zone.as_deref().unwrap_or(&floor.time_zone);
        TimeZone::get(name).unwrap_or_else(|_| {
            self.fault("load.time_zone", format!("there is no time zone `{name}`: use a name such as `Europe/Berlin`"));
            TimeZone::UTC
        })
    }

    fn setup(&mut self, document: &LoadDocument, floor: &FloorConfig, zone: &TimeZone) -> Setup {
        let mut plan = Plan::clone(&floor.plan);
        let mut desks = Desks::default();
        if let Some(all) = document.agents.get("all") {
            desks.usual = self.desk("load.agents.all", all, &Desk::default(), zone);
        }
        for (key, desk) in document.agents.iter().filter(|(key, _)| *key != "all") {
            let path = format!("load.agents.{key}");
            let desk = self.desk(&path, desk, &desks.usual, zone);
            if let Some(agent) = self.known(&path, key, plan.agents.keys(), "agent") {
                desks.of.insert(agent, desk);
            }
        }
        for (key, people) in &document.people {
            self.people(key, people, &mut plan, &mut desks, zone);
        }
        if plan.agents.values().all(|agent| agent.capacity == 0) {
            self.fault("load", "nobody works here: add agents to the configuration or `people:` to the load");
        }
        Setup { plan: Arc::new(plan), ..setup_of(floor, desks) }
    }

    fn people(&mut self, key: &str, people: &PeopleDocument, plan: &mut Plan, desks: &mut Desks, zone: &TimeZone) {
        let path = format!("load.people.{key}");
        let mut one = AgentPlan { capacity: 3, ..AgentPlan::default() };
        let mut usual = desks.usual.clone();
        if let Some(like) = &people.like
            && let Some(model) = self.known(&format!("{path}.like"), like, plan.agents.keys(), "agent")
        {
            usual = desks.of.get(&model).unwrap_or(&desks.usual).clone();
            one = plan.agents.get(&model).cloned().unwrap_or_default();
        }
        if let Some(queues) = &people.queues {
            let known = queues.iter().enumerate().filter_map(|(index, queue)| {
                self.known(&format!("{path}.queues.{index}"), queue, plan.queues.keys(), "queue")
            });
            one.queues = known.collect();
        }
        if let Some(skills) = &people.skills {
            one.skills = self.skills(&format!("{path}.skills"), skills);
        }
        if let Some(languages) = &people.languages {
            let known = languages.iter().enumerate();
            one.languages =
                known.filter_map(|(index, tag)| self.language(&format!("{path}.languages.{index}"), tag)).collect();
        }
        one.capacity = people.capacity.unwrap_or(one.capacity);
        one.pull = people.pull.unwrap_or(one.pull);
        if one.queues.is_empty() {
            self.fault(&path, "they work in no queue: name `queues: […]`, or an agent they are `like`");
        }
        if people.count == 0 || people.count > PEOPLE_MAX {
            self.fault(&format!("{path}.count"), format!("{} people are outside 1 to {PEOPLE_MAX}", people.count));
            return;
        }
        let ways = DeskDocument {
            hours: people.hours.clone(),
            accept: None,
            decline: people.decline,
            miss: people.miss,
            back_after_s: people.back_after_s,
        };
        let mut desk = self.desk(&path, &ways, &usual, zone);
        if let Some(accept) = &people.accept {
            desk.accept = self.spans(&format!("{path}.accept"), accept);
        }
        let digits = people.count.to_string().len();
        for number in 1..=people.count {
            match AgentId::new(format!("{key}-{number:0digits$}")) {
                Ok(id) => {
                    plan.agents.insert(id.clone(), AgentPlan { name: id.as_str().to_owned(), ..one.clone() });
                    desks.of.insert(id, desk.clone());
                }
                Err(error) => return self.fault(&path, error),
            }
        }
    }

    fn desk(&mut self, path: &str, document: &DeskDocument, usual: &Desk, zone: &TimeZone) -> Desk {
        let mut desk = usual.clone();
        if let Some(hours) = &document.hours {
            match Hours::parse(hours, zone.iana_name().unwrap_or("UTC"), &[]) {
                Ok(hours) => desk.shift = Shift::Hours(hours),
                Err(error) => self.fault(&format!("{path}.hours"), error),
            }
        }
        if let Some(accept) = &document.accept {
            desk.accept = self.spans(&format!("{path}.accept"), accept);
        }
        for (key, given, place) in
            [("decline", document.decline, &mut desk.decline), ("miss", document.miss, &mut desk.miss)]
        {
            if let Some(given) = given {
                self.share(&format!("{path}.{key}"), given);
                *place = given;
            }
        }
        if let Some(back) = document.back_after_s {
            self.positive(&format!("{path}.back_after_s"), back);
            desk.back_after_s = back;
        }
        desk
    }

    fn stream(
        &mut self,
        key: &str,
        stream: &StreamDocument,
        document: &LoadDocument,
        plan: &Plan,
        zone: &TimeZone,
    ) -> Option<Stream> {
        let path = format!("load.arrivals.{key}");
        let needs = self.needs(key, &path, stream, plan);
        let place = |own: &Option<SpansDocument>, name: &str| {
            if own.is_some() { format!("{path}.{name}") } else { format!("load.{name}") }
        };
        let mut spans = |own: &Option<SpansDocument>, of_all: &Option<SpansDocument>, name: &str| {
            let given = own.as_ref().or(of_all.as_ref())?;
            self.spans(&place(own, name), given)
        };
        let handle = spans(&stream.handle, &document.handle, "handle");
        let wrap_up = spans(&stream.wrap_up, &document.wrap_up, "wrap_up");
        let patience = spans(&stream.patience, &document.patience, "patience");
        let source = match (&stream.per_hour, &stream.csv) {
            (Some(per_hour), None) => Source::Poisson(self.rates(&path, per_hour, stream)),
            (None, Some(csv)) => {
                let file = self.folder.join(csv);
                match arrivals::read(&file, &needs, plan, zone) {
                    Ok(all) => Source::Recorded(Arc::from(all)),
                    Err(error) => {
                        self.fault(&format!("{path}.csv"), format!("{error:#}"));
                        return None;
                    }
                }
            }
            (Some(_), Some(_)) => {
                self.fault(&path, "arrivals have rates or a file, not both: remove `per_hour` or `csv`");
                return None;
            }
            (None, None) => {
                self.fault(&path, "say how many come: `per_hour: 30`, or a file of real arrivals with `csv: FILE`");
                return None;
            }
        };
        // A file can bring the handle time of every arrival.
        let brought = matches!(&source, Source::Recorded(all) if all.iter().all(|one| one.handle_s.is_some()));
        if handle.is_none() && !brought && stream.handle.is_none() && document.handle.is_none() {
            self.fault(
                &path,
                "say how long an agent is busy with one: `handle: {exponential: {mean_s: 300}}` here or under `load`",
            );
        }
        Some(Stream {
            name: key.to_owned(),
            source,
            needs,
            handle: handle.unwrap_or(Spans::Constant(0.0)),
            wrap_up,
            patience,
        })
    }

    fn needs(&mut self, key: &str, path: &str, stream: &StreamDocument, plan: &Plan) -> Needs {
        let named = stream.topic.is_some()
            || stream.tier.is_some()
            || stream.language.is_some()
            || !stream.skills.is_empty()
            || stream.csv.is_some();
        let own = plan.queues.keys().find(|queue| queue.as_str() == key).cloned();
        let queue = match &stream.queue {
            Some(queue) => self.known(&format!("{path}.queue"), queue, plan.queues.keys(), "queue"),
            None if own.is_some() && stream.csv.is_none() => own,
            None if named => None,
            None => self.known(path, key, plan.queues.keys(), "queue"),
        };
        let take = |name: &str, text: &Option<String>| text.clone().map(|text| (format!("{path}.{name}"), text));
        let (topic, tier, preferred) = (
            take("topic", &stream.topic),
            take("tier", &stream.tier),
            take("preferred_agent", &stream.preferred_agent),
        );
        Needs {
            queue,
            topic: topic.and_then(|(path, text)| self.key(&path, &text)),
            tier: tier.and_then(|(path, text)| self.key(&path, &text)),
            language: stream.language.as_ref().and_then(|tag| self.language(&format!("{path}.language"), tag)),
            skills: self.skills(&format!("{path}.skills"), &stream.skills),
            preferred_agent: preferred.and_then(|(path, text)| self.known(&path, &text, plan.agents.keys(), "agent")),
            priority: Priority::new(stream.priority).unwrap_or_else(|| {
                self.fault(&format!("{path}.priority"), format!("a priority is -10 to 10, not {}", stream.priority));
                Priority::default()
            }),
            weight: stream.weight.map_or_else(Weight::default, |weight| {
                Weight::new(weight).unwrap_or_else(|| {
                    self.fault(&format!("{path}.weight"), format!("a weight is 1 to {} slots", Weight::MAX));
                    Weight::default()
                })
            }),
        }
    }

    fn rates(&mut self, path: &str, per_hour: &RatesDocument, stream: &StreamDocument) -> Rates {
        let place = format!("{path}.per_hour");
        let mut steps: Vec<(u32, f64)> = match per_hour {
            RatesDocument::Constant(rate) => vec![(0, *rate)],
            RatesDocument::Hours(hours) => {
                if hours.len() != 24 {
                    self.fault(&place, format!("a day has 24 hours, and {} are listed", hours.len()));
                }
                (0_u32..).step_by(3600).zip(hours.iter().copied()).collect()
            }
            RatesDocument::Steps(steps) => steps
                .iter()
                .filter_map(|(from, rate)| {
                    let second = time_of_day(from);
                    if second.is_none() {
                        self.fault(&place, format!("`{from}` is not a time of day; write \"08:30\""));
                    }
                    Some((second?, *rate))
                })
                .collect(),
        };
        steps.sort_by_key(|(from, _)| *from);
        if steps.iter().any(|(_, rate)| !(0.0..=10_000_000.0).contains(rate)) {
            self.fault(&place, "arrivals an hour are 0 to 10,000,000");
        }
        let mut weekdays = [1.0; 7];
        for (day, factor) in &stream.weekdays {
            let place = format!("{path}.weekdays.{day}");
            match ["mo", "tu", "we", "th", "fr", "sa", "su"].iter().position(|known| known == day) {
                Some(index) if (0.0..=1000.0).contains(factor) => weekdays[index] = *factor,
                Some(_) => self.fault(&place, format!("{factor} is not a factor from 0 to 1000")),
                None => self.fault(&place, format!("`{day}` is not a day of the week; they are mo tu we th fr sa su")),
            }
        }
        let swing = stream.swing.as_ref().map(|swing| {
            if !(0.0..=1.0).contains(&swing.by) {
                self.fault(&format!("{path}.swing.by"), format!("{} is not a share from 0 to 1", swing.by));
            }
            self.positive(&format!("{path}.swing.every_h"), swing.every_h);
            Swing { by: swing.by, every_s: swing.every_h * 3600.0 }
        });
        Rates { steps, weekdays, swing }
    }

    fn spans(&mut self, path: &str, document: &SpansDocument) -> Option<Spans> {
        Some(match document {
            SpansDocument::Constant { s } => {
                self.not_negative(&format!("{path}.constant.s"), *s);
                Spans::Constant(*s)
            }
            SpansDocument::Exponential { mean_s } => {
                self.positive(&format!("{path}.exponential.mean_s"), *mean_s);
                Spans::Exponential { mean: *mean_s }
            }
            SpansDocument::Lognormal { mean_s, cv } => {
                self.positive(&format!("{path}.lognormal.mean_s"), *mean_s);
                self.positive(&format!("{path}.lognormal.cv"), *cv);
                Spans::Lognormal { mean: *mean_s, variation: *cv }
            }
            SpansDocument::Observed { s } => {
                if s.is_empty() {
                    self.fault(&format!("{path}.observed.s"), "nothing is listed; give the seconds that were observed");
                }
                for (index, value) in s.iter().enumerate() {
                    self.not_negative(&format!("{path}.observed.s.{index}"), *value);
                }
                Spans::Empirical(Arc::from(s.as_slice()))
            }
            SpansDocument::Csv { file, column } => match arrivals::column(&self.folder.join(file), column) {
                Ok(values) => Spans::Empirical(Arc::from(values)),
                Err(error) => {
                    self.fault(&format!("{path}.csv"), format!("{error:#}"));
                    return None;
                }
            },
        })
    }

    fn skills(&mut self, path: &str, skills: &BTreeMap<String, u8>) -> BTreeMap<SkillId, Level> {
        let mut found = BTreeMap::new();
        for (skill, level) in skills {
            let place = format!("{path}.{skill}");
            match Level::new(*level) {
                Some(level) => found.extend(self.key(&place, skill).map(|skill| (skill, level))),
                None => self.fault(&place, format!("a level is 1 to 5, not {level}")),
            }
        }
        found
    }

    fn language(&mut self, path: &str, tag: &str) -> Option<Language> {
        let language = Language::new(tag);
        if language.is_none() {
            self.fault(path, format!("`{tag}` is not a language; write `en` or `pt-BR`"));
        }
        language
    }

    fn key<K: std::str::FromStr<Err: std::fmt::Display>>(&mut self, path: &str, text: &str) -> Option<K> {
        text.parse().map_err(|error| self.fault(path, error)).ok()
    }

    /// A key that must be among `all`.
    fn known<'k, K: Ord + Clone + AsText + 'k>(
        &mut self,
        path: &str,
        text: &str,
        all: impl Iterator<Item = &'k K> + Clone,
        noun: &str,
    ) -> Option<K> {
        let found = all.clone().find(|key| key.text() == text).cloned();
        if found.is_none() {
            let mut listed: Vec<&str> = all.take(20).map(AsText::text).collect();
            if listed.is_empty() {
                listed.push("none");
            }
            self.fault(path, format!("there is no {noun} `{text}`; known are: {}", listed.join(", ")));
        }
        found
    }

    fn share(&mut self, path: &str, value: f64) {
        if !(0.0..=1.0).contains(&value) {
            self.fault(path, format!("{value} is not a share from 0 to 1"));
        }
    }

    fn positive(&mut self, path: &str, value: f64) {
        if !(value > 0.0 && value <= 1e9) {
            self.fault(path, format!("{value} is not a number above 0"));
        }
    }

    fn not_negative(&mut self, path: &str, value: f64) {
        if !(0.0..=1e9).contains(&value) {
            self.fault(path, format!("{value} is not a number of seconds"));
        }
    }
}

trait AsText {
    fn text(&self) -> &str;
}

impl AsText for QueueId {
    fn text(&self) -> &str {
        self.as_str()
    }
}

impl AsText for AgentId {
    fn text(&self) -> &str {
        self.as_str()
    }
}

/// `08:30` as a second of the day.
pub(super) fn time_of_day(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 3600 + minutes * 60)
}
