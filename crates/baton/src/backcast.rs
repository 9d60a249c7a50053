//! `baton backcast`: what would have been different, had another configuration met the same customers.
//!
//! The configuration that runs is simulated on the same customers first, and held against what really happened: how far
//! the two are apart is how far the answer can be trusted.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use baton_core::{AgentId, QueueId, Timestamp};
use baton_engine::{Clock, SystemClock};
use baton_routing::Plan;
use baton_simulate::{
    Course, Desk, Desks, Estimated, Figure, Figures, Load, Nobody, Setup, Several, Shift, Simulated, again, presence,
    really,
};
use serde_json::{Map, Value, json};

use crate::arguments::Backcast;
use crate::history::{self, History};
use crate::simulate::progress::Progress;
use crate::simulate::report::{difference_json, figures_json, rounded, simulated_json};
use crate::simulate::table::{Table, number, percent, span};
use crate::simulate::{scenario, simulate};

/// Agents who had no work for longer than this are taken to have been gone.
const PAUSE: Duration = Duration::from_hours(1);
/// A figure and how people read it.
type Shown = (Figure, fn(f64) -> String);

const SHOWN: [Shown; 7] = [
    (Figure::Offered, number),
    (Figure::Answered, number),
    (Figure::Abandoned, number),
    (Figure::MeanWait, span),
    (Figure::WaitP50, span),
    (Figure::WaitP90, span),
    (Figure::ServiceLevel, percent),
];

/// A baseline whose mean wait is further off than this share of the real one, or this many seconds, is not to be trusted.
const TRUSTED: f64 = 0.25;
const TRUSTED_S: f64 = 10.0;

pub(crate) async fn run(arguments: Backcast) -> anyhow::Result<()> {
    if !(1..=1_000).contains(&arguments.replications) {
        anyhow::bail!("--replications: {} is outside 1 to 1000", arguments.replications);
    }
    let (from, to) = (arguments.from.as_deref(), arguments.to.as_deref());
    let history = history::read(&arguments.database.database, from, to, SystemClock.now()).await?;
    let there = shifts(&history);
    let baseline = Setup {
        plan: Arc::clone(&history.floor.plan),
        desks: desks(&history, &there, &history.floor.plan, None),
        wrap_up_max: Duration::MAX,
        decline_pause: history.floor.decline_pause,
        misses_until_away: history.floor.misses_until_away,
    };
    let changed = scenario::read_changed(&arguments.file, &history.zone)?;
    let ways = desks(&history, &there, &changed.plan, Some(&changed.desks));
    let changed = Setup { desks: ways, wrap_up_max: Duration::MAX, ..changed };
    let load = Load {
        zone: history.zone.clone(),
        streams: again(&history.past),
        nobody: Nobody::Waits,
        takes_alternative: 0.0,
    };
    let course = Course {
        start: history.from,
        warm_up: Duration::ZERO,
        measured: history.until.since(history.from),
        seed: arguments.seed,
    };
    let mut progress = Progress::new(2 * arguments.replications);
    let before = simulate(&baseline, &load, course, arguments.replications, &mut progress);
    let after = simulate(&changed, &load, course, arguments.replications, &mut progress);
    progress.end(before.handoffs + after.handoffs);
    let threshold =
        |queue: &QueueId| history.floor.plan.queues.get(queue).map_or(Duration::ZERO, |queue| queue.service_level);
    let real = really(&history.past, threshold);
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&as_json(&history, &real, &before, &after))?);
    } else {
        print!("{}", as_text(&arguments.file, &history, (&baseline.plan, &changed.plan), &real, &before, &after));
    }
    Ok(())
}

fn shifts(history: &History) -> BTreeMap<AgentId, Shift> {
    let there = presence(&history.past, PAUSE).into_iter();
    there.map(|(agent, spans)| (agent, Shift::Recorded(Arc::from(spans)))).collect()
}

/// Everybody answers as it was answered on those days. Who worked then is there when they were; who did not was not
/// there, but who is new in the changed configuration works as that says.
fn desks(history: &History, there: &BTreeMap<AgentId, Shift>, plan: &Plan, changed: Option<&Desks>) -> Desks {
    let usual = history.ways.desk();
    let nobody: Arc<[(Timestamp, Timestamp)]> = Arc::from([]);
    let of = plan.agents.keys().map(|agent| {
        let known = history.floor.plan.agents.contains_key(agent);
        let said = changed.and_then(|desks| desks.of.get(agent));
        let shift = match (there.get(agent), said, changed) {
            (_, Some(said), _) => said.shift.clone(),
            (Some(shift), None, _) => shift.clone(),
            (None, None, Some(changed)) if !known => changed.usual.shift.clone(),
            (None, None, Some(_) | None) => Shift::Recorded(Arc::clone(&nobody)),
        };
        (agent.clone(), Desk { shift, ..usual.clone() })
    });
    Desks { of: of.collect(), usual: usual.clone() }
}

/// How far the baseline is from what really happened, in the figures that matter most.
fn apart(real: &Figures, before: &Several) -> (Option<f64>, Option<f64>) {
    let gap = |figure| Some(before.figure(figure)?.mean - real.get(figure)?);
    let share = |abandoned: Option<f64>, offered: Option<f64>| Some(abandoned? / offered.filter(|all| *all > 0.0)?);
    let mean = |figure| before.figure(figure).map(|found| found.mean);
    let simulated = share(mean(Figure::Abandoned), mean(Figure::Offered));
    let happened = share(real.get(Figure::Abandoned), real.get(Figure::Offered));
    (gap(Figure::MeanWait), simulated.zip(happened).map(|(simulated, happened)| simulated - happened))
}

fn is_trusted(real: &Figures, before: &Several) -> bool {
    let (wait, abandonment) = apart(real, before);
    let real_wait = real.get(Figure::MeanWait).unwrap_or(0.0);
    wait.is_some_and(|wait| wait.abs() <= (TRUSTED * real_wait).max(TRUSTED_S))
        && abandonment.is_some_and(|gap| gap.abs() <= 0.05)
}

type Real = (Figures, BTreeMap<QueueId, Figures>);

fn as_text(
    file: &Path,
    history: &History,
    plans: (&Plan, &Plan),
    real: &Real,
    before: &Simulated,
    after: &Simulated,
) -> String {
    let mut header = vec!["queue", "what"];
    header.extend(["offered", "answered", "abandoned", "mean wait", "p50", "p90", "service level"]);
    let mut table = Table::new(&header);
    let row = |name: &str, what: &str, of: &dyn Fn(Figure) -> Option<f64>| {
        let cells = SHOWN.iter().map(|(figure, words)| of(*figure).map_or_else(|| "–".to_owned(), words));
        [name.to_owned(), what.to_owned()].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let mean = |several: Option<&Several>, figure| several?.figure(figure).map(|Estimated { mean, .. }| mean);
    let mut queues: Vec<Option<&QueueId>> = plans.0.queues.keys().chain(plans.1.queues.keys()).map(Some).collect();
    queues.sort();
    queues.dedup();
    queues.push(None);
    for queue in queues {
        let (name, happened, one, two) = match queue {
            None => ("All", Some(&real.0), Some(&before.overall), Some(&after.overall)),
            Some(queue) => {
                let named = plans.1.queues.get(queue).or(plans.0.queues.get(queue));
                let name = named.map_or("", |queue| queue.name.as_str());
                (name, real.1.get(queue), before.queue(queue), after.queue(queue))
            }
        };
        let came = |several: Option<&Several>| mean(several, Figure::Offered).is_some_and(|offered| offered > 0.0);
        if happened.is_none() && !came(one) && !came(two) {
            continue;
        }
        table.row(row(name, "really", &|figure| happened?.get(figure)));
        table.row(row("", "as configured", &|figure| mean(one, figure)));
        table.row(row("", "changed", &|figure| mean(two, figure)));
    }
    let (wait, abandonment) = apart(&real.0, &before.overall);
    let said = |gap: Option<f64>, of: fn(f64) -> String| gap.map_or_else(|| "–".to_owned(), of);
    let verdict = if is_trusted(&real.0, &before.overall) {
        "The simulation of what runs is near to what happened, so the difference between the last two rows can be trusted."
    } else {
        "The simulation of what runs is NOT near to what happened: take the difference between the last two rows as a hint only."
    };
    format!(
        "{} handoffs of {} {}, by version {} of the configuration and by {}.\n\n{}\n\
         The simulation of what runs is off by {} in the mean wait and {} in abandonment.\n{verdict}\n",
        history.past.len(),
        history.days,
        if history.days == 1 { "day" } else { "days" },
        history.version,
        file.display(),
        table.text(),
        said(wait, span),
        said(abandonment, percent),
    )
}

fn as_json(history: &History, real: &Real, before: &Simulated, after: &Simulated) -> Value {
    let at = |at: Timestamp| jiff::Timestamp::from_millisecond(at.0).map(|at| at.to_string()).unwrap_or_default();
    let (wait, abandonment) = apart(&real.0, &before.overall);
    let queues: Map<String, Value> =
        real.1.iter().map(|(queue, figures)| (queue.as_str().to_owned(), figures_json(figures))).collect();
    json!({
        "from": at(history.from), "until": at(history.until), "handoffs": history.past.len(),
        "configuration_version": history.version,
        "really": { "overall": figures_json(&real.0), "queues": queues },
        "as_configured": simulated_json(before),
        "changed": simulated_json(after),
        "difference": difference_json(before, after),
        "validation": {
            "mean_wait_off_by_s": wait.map(rounded), "abandonment_off_by": abandonment.map(rounded),
            "trusted": is_trusted(&real.0, &before.overall),
        },
    })
}
