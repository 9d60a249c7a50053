//! The demand by interval: from rates on the command line, a scenario, or the deployment's own history.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use baton_core::{QueueId, Timestamp};
use baton_simulate::{Past, Rates, Source, Spans, Stream, again, known};
use jiff::tz::TimeZone;

use crate::arguments::Staffing;
use crate::history;
use crate::simulate::scenario::{self, Scenario};

/// What one queue has to do over a day.
pub(super) struct Demands {
    pub(super) name: String,
    /// The threshold of the service level.
    pub(super) threshold_s: f64,
    pub(super) intervals: Vec<Interval>,
    /// How long they take and wait, for the check.
    pub(super) handle: Vec<(f64, Spans)>,
    pub(super) patience: Option<Spans>,
}

/// A stretch of the day with a rate of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Interval {
    /// In minutes of the day.
    from: u32,
    until: u32,
    pub(super) per_hour: f64,
    pub(super) handle_s: f64,
    pub(super) patience_s: Option<f64>,
}

impl Interval {
    pub(super) fn from(&self) -> String {
        clock(self.from)
    }

    pub(super) fn until(&self) -> String {
        clock(self.until)
    }

    pub(super) fn name(&self) -> String {
        format!("{}–{}", self.from(), self.until())
    }

    pub(super) fn hours(&self) -> f64 {
        f64::from(self.until - self.from) / 60.0
    }

    /// The quarters of an hour in it.
    pub(super) fn stretches(&self) -> std::ops::Range<usize> {
        self.from as usize / 15..self.until as usize / 15
    }

    pub(super) fn seconds(&self) -> (u32, u32) {
        (self.from * 60, self.until * 60)
    }
}

fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

const DEFAULT_THRESHOLD_S: f64 = 20.0;
const WEEKDAYS: [&str; 7] = ["mo", "tu", "we", "th", "fr", "sa", "su"];

pub(super) async fn of(arguments: &Staffing, now: Timestamp) -> anyhow::Result<BTreeMap<String, Demands>> {
    let day = match &arguments.day {
        None => None,
        Some(day) => Some(
            WEEKDAYS
                .iter()
                .position(|known| known == day)
                .with_context(|| format!("--day: `{day}` is not a day; they are {}", WEEKDAYS.join(" ")))?,
        ),
    };
    let mut queues = if let Some(file) = &arguments.scenario {
        of_scenario(&scenario::read(file)?, arguments, day.unwrap_or(0))
    } else if let Some(per_hour) = arguments.per_hour {
        of_flags(per_hour, arguments)?
    } else if let Some(database) = &arguments.database {
        of_history(database, arguments, day, now).await?
    } else {
        bail!("say what there is to do: --per-hour with --handle-s, a scenario's file, or --database for the past");
    };
    if let Some(wanted) = &arguments.queue {
        let known: Vec<String> = queues.keys().cloned().collect();
        queues.retain(|key, _| key == wanted);
        if queues.is_empty() {
            bail!("--queue: there is no queue `{wanted}` with arrivals; there are: {}", known.join(", "));
        }
    }
    Ok(queues)
}

fn intervals(minutes: u32) -> impl Iterator<Item = (u32, u32)> {
    (0..1440 / minutes).map(move |number| (number * minutes, (number + 1) * minutes))
}

fn of_flags(per_hour: f64, arguments: &Staffing) -> anyhow::Result<BTreeMap<String, Demands>> {
    let handle_s = arguments.handle_s.context("--handle-s: say how long an agent is busy with one, in seconds")?;
    for (flag, value) in
        [("per-hour", Some(per_hour)), ("handle-s", Some(handle_s)), ("patience-s", arguments.patience_s)]
    {
        if let Some(value) = value.filter(|value| !(*value > 0.0 && *value <= 1e9)) {
            bail!("--{flag}: {value} is not a number above 0");
        }
    }
    let demands = Demands {
        name: "The rate that was given".to_owned(),
        threshold_s: arguments.within_s.unwrap_or(DEFAULT_THRESHOLD_S),
        // One rate is one interval, whatever the time of day.
        intervals: vec![Interval { from: 0, until: 1440, per_hour, handle_s, patience_s: arguments.patience_s }],
        handle: vec![(1.0, Spans::Exponential { mean: handle_s })],
        patience: arguments.patience_s.map(|mean| Spans::Exponential { mean }),
    };
    Ok(BTreeMap::from([("given".to_owned(), demands)]))
}

fn of_scenario(scenario: &Scenario, arguments: &Staffing, day: usize) -> BTreeMap<String, Demands> {
    let plan = &scenario.setup.plan;
    let mut streams: BTreeMap<&QueueId, Vec<(&Stream, Rates)>> = BTreeMap::new();
    for stream in &scenario.load.streams {
        let Some(queue) = plan.queues_for(&stream.needs, scenario.start).first().copied() else { continue };
        let rates = match &stream.source {
            Source::Poisson(rates) => rates.clone(),
            Source::Recorded(all) => {
                let times: Vec<Timestamp> = all.iter().map(|one| one.at).collect();
                counted(&times, &scenario.load.zone, arguments.interval_min, None)
            }
        };
        streams.entry(queue).or_default().push((stream, rates));
    }
    let wrap_up_max = scenario.setup.wrap_up_max.as_secs_f64();
    let of = |(queue, streams): (&QueueId, Vec<(&Stream, Rates)>)| {
        let named = plan.queues.get(queue);
        let busy = |stream: &Stream| {
            stream.handle.mean() + stream.wrap_up.as_ref().map_or(0.0, |wrap_up| wrap_up.mean().min(wrap_up_max))
        };
        // Customers of one queue give up at the sum of their rates, weighed by how many they are.
        let demand = |(from, until): (u32, u32)| {
            let rate = |rates: &Rates| {
                let minutes = from..until;
                minutes.map(|minute| rates.per_hour(day, minute * 60)).sum::<f64>() / f64::from(until - from)
            };
            let per_hour: f64 = streams.iter().map(|(_, rates)| rate(rates)).sum();
            let mean = |of: &dyn Fn(&Stream) -> f64| {
                streams.iter().map(|(stream, rates)| rate(rates) * of(stream)).sum::<f64>() / per_hour.max(1e-12)
            };
            let leaving =
                mean(&|stream| stream.patience.as_ref().map_or(0.0, |patience| 1.0 / patience.mean().max(1e-9)));
            let patience_s = (leaving > 0.0).then(|| 1.0 / leaving);
            Interval { from, until, per_hour, handle_s: mean(&busy), patience_s }
        };
        let handle = streams.iter().map(|(stream, rates)| {
            let volume: f64 = (0..1440).map(|minute| rates.per_hour(day, minute * 60)).sum();
            (volume, scaled(&stream.handle, busy(stream)))
        });
        let demands = Demands {
            name: named.map_or_else(|| queue.as_str().to_owned(), |queue| queue.name.clone()),
            threshold_s: threshold(arguments, named.map(|queue| queue.service_level.as_secs_f64())),
            intervals: intervals(arguments.interval_min).map(demand).collect(),
            handle: handle.collect(),
            patience: streams.iter().find_map(|(stream, _)| stream.patience.clone()),
        };
        (queue.as_str().to_owned(), demands)
    };
    streams.into_iter().map(of).collect()
}

/// The same shape with another mean, so that the wrap-up is in it.
fn scaled(spans: &Spans, mean: f64) -> Spans {
    match spans {
        Spans::Constant(_) => Spans::Constant(mean),
        Spans::Exponential { .. } => Spans::Exponential { mean },
        Spans::Lognormal { variation, .. } => Spans::Lognormal { mean, variation: *variation },
        Spans::Empirical(observed) => {
            let factor = if spans.mean() > 0.0 { mean / spans.mean() } else { 1.0 };
            Spans::Empirical(observed.iter().map(|value| value * factor).collect())
        }
    }
}

async fn of_history(
    database: &str,
    arguments: &Staffing,
    day: Option<usize>,
    now: Timestamp,
) -> anyhow::Result<BTreeMap<String, Demands>> {
    let history = history::read(database, arguments.from.as_deref(), arguments.to.as_deref(), now).await?;
    let mut queues = BTreeMap::new();
    let streams = again(&history.past);
    for (queue, known) in known(&history.past) {
        let times: Vec<Timestamp> =
            history.past.iter().filter(|one: &&Past| one.queue == queue).map(|one| one.requested).collect();
        let rates = counted(&times, &history.zone, arguments.interval_min, day);
        let Some(stream) = streams.iter().find(|stream| stream.name == queue.as_str()) else { continue };
        let handle_s = stream.handle.mean();
        if handle_s <= 0.0 {
            bail!("nothing is known of how long a handoff of `{}` takes: none was answered and ended", queue.as_str());
        }
        let named = history.floor.plan.queues.get(&queue);
        let patience_s = known.patience_s();
        let demand = |(from, until): (u32, u32)| Interval {
            from,
            until,
            per_hour: rates.per_hour(0, from * 60),
            handle_s,
            patience_s,
        };
        let demands = Demands {
            name: named.map_or_else(|| queue.as_str().to_owned(), |queue| queue.name.clone()),
            threshold_s: threshold(arguments, named.map(|queue| queue.service_level.as_secs_f64())),
            intervals: intervals(arguments.interval_min).map(demand).collect(),
            handle: vec![(1.0, stream.handle.clone())],
            patience: stream.patience.clone(),
        };
        queues.insert(queue.as_str().to_owned(), demands);
    }
    Ok(queues)
}

fn threshold(arguments: &Staffing, of_queue: Option<f64>) -> f64 {
    arguments.within_s.or(of_queue).unwrap_or(DEFAULT_THRESHOLD_S)
}

/// Arrivals an hour in each interval, on average over the days on which anybody came (of this weekday, if one is named).
fn counted(times: &[Timestamp], zone: &TimeZone, minutes: u32, day: Option<usize>) -> Rates {
    let mut counts = vec![0_u32; (1440 / minutes) as usize];
    let mut days = std::collections::BTreeSet::new();
    for at in times {
        let Ok(at) = jiff::Timestamp::from_millisecond(at.0) else { continue };
        let wall = zone.to_datetime(at);
        let weekday = usize::from(wall.date().weekday().to_monday_zero_offset().unsigned_abs());
        if day.is_some_and(|day| day != weekday) {
            continue;
        }
        days.insert(wall.date());
        let minute = u32::from(wall.hour().unsigned_abs()) * 60 + u32::from(wall.minute().unsigned_abs());
        counts[(minute / minutes) as usize] += 1;
    }
    let hours = f64::from(u32::try_from(days.len()).unwrap_or(1).max(1)) * f64::from(minutes) / 60.0;
    let steps = (0_u32..).step_by(minutes as usize * 60).zip(counts);
    Rates { steps: steps.map(|(from, count)| (from, f64::from(count) / hours)).collect(), ..Rates::constant(0.0) }
}
