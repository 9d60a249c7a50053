//! `baton staffing`: how many agents each interval of the day needs, by the formulas, and checked by simulation.

mod check;
mod demand;

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::bail;
use baton_engine::{Clock, SystemClock};
use baton_simulate::{AGENTS_MAX, Demand, Outlook, Part, Targets, agents_needed};
use serde_json::{Value, json};

use crate::arguments::Staffing;
use crate::simulate::progress::Progress;
use crate::simulate::report::rounded;
use crate::simulate::table::{Table, number, percent, span};
use demand::{Demands, Interval};

/// Share answered within the threshold when no target is named.
const SERVICE_LEVEL: f64 = 0.8;
/// Days simulated for the check, by default.
const DAYS: u32 = 50;

/// One interval of one queue, planned.
struct Planned {
    interval: Interval,
    /// Nobody comes, nobody is needed.
    agents: u32,
    outlook: Option<Outlook>,
    simulated: Part,
}

pub(crate) async fn run(arguments: Staffing) -> anyhow::Result<()> {
    let targets = targets(&arguments)?;
    let minutes = arguments.interval_min;
    if minutes == 0 || !minutes.is_multiple_of(15) || !1440_u32.is_multiple_of(minutes) {
        bail!("--interval-min: {minutes} does not fit; take 15, 30, 60 or another multiple of 15 that divides a day");
    }
    let days = arguments.days.unwrap_or(DAYS);
    if !(1..=10_000).contains(&days) {
        bail!("--days: {days} is outside 1 to 10000");
    }
    let queues = demand::of(&arguments, SystemClock.now()).await?;
    let mut progress = Progress::new(u32::try_from(queues.len()).unwrap_or(1));
    let mut planned = BTreeMap::new();
    let mut handoffs = 0;
    for (key, demands) in &queues {
        let needed = needed(demands, targets)?;
        let agents: Vec<u32> = needed.iter().map(|(agents, _)| *agents).collect();
        let simulated = check::simulate(demands, &agents, days, arguments.seed, &mut progress)?;
        handoffs += simulated.handoffs;
        let intervals = demands.intervals.iter().zip(needed);
        let rows = intervals.map(|(interval, (agents, outlook))| Planned {
            interval: *interval,
            agents,
            outlook,
            simulated: simulated.overall.part(interval.stretches()),
        });
        planned.insert(key.clone(), rows.collect::<Vec<_>>());
    }
    progress.end(handoffs);
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&as_json(&queues, &planned, targets, days))?);
    } else {
        print!("{}", as_text(&queues, &planned, targets, days));
    }
    Ok(())
}

fn targets(arguments: &Staffing) -> anyhow::Result<Targets> {
    for (flag, share) in [
        ("service-level", arguments.service_level),
        ("abandonment", arguments.abandonment),
        ("occupancy", arguments.occupancy),
    ] {
        if let Some(share) = share.filter(|share| !(*share > 0.0 && *share < 1.0)) {
            bail!("--{flag}: {share} is not a share between 0 and 1, like 0.8");
        }
    }
    if let Some(wait) = arguments.mean_wait_s.filter(|wait| !(*wait > 0.0 && wait.is_finite())) {
        bail!("--mean-wait-s: {wait} is not a number of seconds above 0");
    }
    let given = Targets {
        service_level: arguments.service_level,
        mean_wait_s: arguments.mean_wait_s,
        abandonment: arguments.abandonment,
        occupancy: arguments.occupancy,
    };
    Ok(if given == Targets::default() { Targets { service_level: Some(SERVICE_LEVEL), ..given } } else { given })
}

fn needed(demands: &Demands, targets: Targets) -> anyhow::Result<Vec<(u32, Option<Outlook>)>> {
    let of = |interval: &Interval| {
        if interval.per_hour <= 0.0 {
            return Ok((0, None));
        }
        let demand = Demand {
            arrivals_per_s: interval.per_hour / 3600.0,
            handle_s: interval.handle_s,
            patience_s: interval.patience_s,
            threshold_s: demands.threshold_s,
        };
        match agents_needed(demand, targets) {
            Some((agents, outlook)) => Ok((agents, Some(outlook))),
            None => bail!("{}: not even {AGENTS_MAX} agents keep the targets at {}", demands.name, interval.from()),
        }
    };
    demands.intervals.iter().map(of).collect()
}

fn in_words(targets: Targets, threshold_s: f64) -> String {
    let said = [
        targets.service_level.map(|share| format!("{} answered within {}", percent(share), span(threshold_s))),
        targets.mean_wait_s.map(|wait| format!("mean wait at most {}", span(wait))),
        targets.abandonment.map(|share| format!("at most {} abandon", percent(share))),
        targets.occupancy.map(|share| format!("at most {} occupied", percent(share))),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn as_text(
    queues: &BTreeMap<String, Demands>,
    planned: &BTreeMap<String, Vec<Planned>>,
    targets: Targets,
    days: u32,
) -> String {
    let mut text = String::new();
    for (key, rows) in planned {
        let Some(demands) = queues.get(key) else { continue };
        let formula = if demands.intervals.iter().any(|interval| interval.patience_s.is_some()) {
            "Erlang A"
        } else {
            "Erlang C"
        };
        let simulated = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        let targets = in_words(targets, demands.threshold_s);
        let _ = writeln!(text, "{}: {targets}. {formula}; {simulated} simulated.\n", demands.name);
        let mut table = Table::new(&[
            "interval",
            "per hour",
            "load",
            "agents",
            "service level",
            "mean wait",
            "abandon",
            "occupancy",
            "|",
            "simulated: level",
            "mean wait",
            "abandon",
            "occupancy",
        ]);
        for row in rows.iter().filter(|row| row.agents > 0) {
            let Some(outlook) = row.outlook else { continue };
            let found = |value: Option<f64>, of: fn(f64) -> String| value.map_or_else(|| "–".to_owned(), of);
            table.row(vec![
                row.interval.name(),
                number(row.interval.per_hour),
                format!("{:.2}", row.interval.per_hour * row.interval.handle_s / 3600.0),
                row.agents.to_string(),
                percent(outlook.service_level),
                span(outlook.mean_answer_s),
                percent(outlook.abandonment),
                percent(outlook.occupancy),
                "|".to_owned(),
                found(row.simulated.service_level, percent),
                found(row.simulated.mean_wait_s, span),
                found(row.simulated.abandonment, percent),
                found(row.simulated.occupancy, percent),
            ]);
        }
        text.push_str(&table.text());
        let hours: f64 = rows.iter().map(|row| f64::from(row.agents) * row.interval.hours()).sum();
        let _ = writeln!(text, "\n{} agent hours a day.\n", number(hours));
    }
    text
}

fn as_json(
    queues: &BTreeMap<String, Demands>,
    planned: &BTreeMap<String, Vec<Planned>>,
    targets: Targets,
    days: u32,
) -> Value {
    let queue = |(key, rows): (&String, &Vec<Planned>)| {
        let demands = queues.get(key)?;
        let intervals = rows.iter().map(|row| {
            let outlook = row.outlook.map(|outlook| {
                json!({
                    "chance_of_waiting": rounded(outlook.waiting),
                    "service_level": rounded(outlook.service_level),
                    "mean_wait_s": rounded(outlook.mean_answer_s),
                    "abandonment": rounded(outlook.abandonment),
                    "occupancy": rounded(outlook.occupancy),
                })
            });
            json!({
                "from": row.interval.from(), "until": row.interval.until(),
                "per_hour": rounded(row.interval.per_hour), "handle_s": rounded(row.interval.handle_s),
                "patience_s": row.interval.patience_s.map(rounded), "agents": row.agents,
                "expected": outlook,
                "simulated": {
                    "offered": row.simulated.offered,
                    "service_level": row.simulated.service_level.map(rounded),
                    "mean_wait_s": row.simulated.mean_wait_s.map(rounded),
                    "abandonment": row.simulated.abandonment.map(rounded),
                    "occupancy": row.simulated.occupancy.map(rounded),
                },
            })
        });
        let hours: f64 = rows.iter().map(|row| f64::from(row.agents) * row.interval.hours()).sum();
        let intervals: Vec<Value> = intervals.collect();
        Some((
            key.clone(),
            json!({
                "name": demands.name, "threshold_s": demands.threshold_s, "agent_hours": rounded(hours),
                "intervals": intervals,
            }),
        ))
    };
    let queues: serde_json::Map<String, Value> = planned.iter().filter_map(queue).collect();
    json!({
        "targets": {
            "service_level": targets.service_level, "mean_wait_s": targets.mean_wait_s,
            "abandonment": targets.abandonment, "occupancy": targets.occupancy,
        },
        "simulated_days": days,
        "queues": queues,
    })
}
