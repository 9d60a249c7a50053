//! What a simulation came to, for people and for programs.

use std::fmt::Write;

use baton_core::QueueId;
use baton_simulate::{Beside, Course, Estimated, Figure, Figures, Setup, Several, Simulated};
use serde_json::{Map, Value, json};

use super::table::{Table, number, percent, span};

/// A simulation and how it was asked for.
pub(crate) struct Told<'a> {
    pub(crate) scenario: &'a str,
    pub(crate) setup: &'a Setup,
    pub(crate) simulated: &'a Simulated,
    pub(crate) course: Course,
    pub(crate) days: u32,
    pub(crate) warm_up: u32,
    pub(crate) replications: u32,
}

/// Another configuration on the same arrivals.
pub(crate) struct Compared<'a> {
    pub(crate) setup: &'a Setup,
    pub(crate) simulated: &'a Simulated,
}

pub(crate) fn json(told: &Told<'_>, compared: Option<(&str, &Compared<'_>)>) -> Value {
    let mut document = Map::new();
    document.insert("scenario".to_owned(), told.scenario.into());
    document.insert("seed".to_owned(), told.course.seed.into());
    document.insert("days".to_owned(), told.days.into());
    document.insert("warm_up_days".to_owned(), told.warm_up.into());
    document.insert("replications".to_owned(), told.replications.into());
    document.extend(of_one(told.simulated));
    if let Some((name, other)) = compared {
        let mut beside = of_one(other.simulated);
        beside.insert("configuration".to_owned(), name.into());
        beside.insert("difference".to_owned(), difference_json(told.simulated, other.simulated));
        document.insert("compare".to_owned(), Value::Object(beside));
    }
    Value::Object(document)
}

/// What `two` has more than `one`, with intervals, replication by replication.
pub(crate) fn difference_json(one: &Simulated, two: &Simulated) -> Value {
    let between = |one: &Several, two: &Several| {
        object(|figure| {
            let found = one.difference(two, figure)?;
            let (low, high) = found.interval.unzip();
            Some(json!({ "mean": rounded(found.mean), "confidence_95": [low.map(rounded), high.map(rounded)] }))
        })
    };
    let queues: Map<String, Value> = one
        .queues
        .iter()
        .filter_map(|(queue, own)| Some((queue.as_str().to_owned(), between(own, two.queue(queue)?))))
        .collect();
    json!({ "overall": between(&one.overall, &two.overall), "queues": queues })
}

/// Figures that were counted once.
pub(crate) fn figures_json(figures: &Figures) -> Value {
    object(|figure| figures.get(figure).map(|value| rounded(value).into()))
}

pub(crate) fn simulated_json(simulated: &Simulated) -> Value {
    Value::Object(of_one(simulated))
}

/// The figures, their intervals beside them in the same shape, and what is counted beside.
fn of_one(simulated: &Simulated) -> Map<String, Value> {
    let mean = |several: &Several| object(|figure| several.figure(figure).map(|found| rounded(found.mean).into()));
    let interval = |several: &Several| {
        object(|figure| {
            let (low, high) = several.figure(figure)?.interval?;
            Some(json!([rounded(low), rounded(high)]))
        })
    };
    let beside = |several: &Several| {
        let Beside { turned_away, took_alternative, unfinished, declined, rang_out, estimates_withheld } =
            several.beside();
        json!({
            "turned_away": turned_away, "took_alternative": took_alternative, "unfinished": unfinished,
            "offers_declined": declined, "offers_not_answered": rang_out, "estimates_withheld": estimates_withheld,
        })
    };
    let queues = |of: &dyn Fn(&Several) -> Value| -> Map<String, Value> {
        simulated.queues.iter().map(|(queue, several)| (queue.as_str().to_owned(), of(several))).collect()
    };
    let overall = &simulated.overall;
    let mut document = Map::new();
    document.insert("overall".to_owned(), mean(overall));
    document.insert("queues".to_owned(), Value::Object(queues(&mean)));
    document.insert("confidence_95".to_owned(), json!({ "overall": interval(overall), "queues": queues(&interval) }));
    document.insert("beside".to_owned(), json!({ "overall": beside(overall), "queues": queues(&beside) }));
    document
}

fn object(of: impl Fn(Figure) -> Option<Value>) -> Value {
    let (mut figures, mut estimate) = (Map::new(), Map::new());
    for figure in Figure::ALL {
        let into = if figure.is_of_estimate() { &mut estimate } else { &mut figures };
        into.insert(figure.key().to_owned(), of(figure).unwrap_or(Value::Null));
    }
    figures.insert("estimate".to_owned(), Value::Object(estimate));
    Value::Object(figures)
}

/// Six digits behind the point say all that a simulation can.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

pub(crate) fn text(told: &Told<'_>, compared: Option<(&str, &Compared<'_>)>) -> String {
    let mut text = String::new();
    let times = if told.replications == 1 { "once".to_owned() } else { format!("{} times", told.replications) };
    let plural = |days: u32| if days == 1 { "day" } else { "days" };
    let _ = writeln!(
        text,
        "{}: {} {} after {} of warm-up, {times}, seed {}.",
        told.scenario,
        told.days,
        plural(told.days),
        format_args!("{} {}", told.warm_up, plural(told.warm_up)),
        told.course.seed
    );
    if told.replications > 1 {
        text.push_str("± is the half width of a 95 % confidence interval.\n");
    }
    text.push('\n');
    text.push_str(&tables(told.setup, told.simulated));
    if let Some((name, other)) = compared {
        let _ = writeln!(text, "\n{name}, on the same arrivals:\n");
        text.push_str(&tables(other.setup, other.simulated));
        let _ = writeln!(text, "\nWhat {name} changes:\n");
        text.push_str(&differences(told, other));
    }
    text
}

fn tables(setup: &Setup, simulated: &Simulated) -> String {
    let mut waits = Table::new(&[
        "queue",
        "offered",
        "answered",
        "abandoned",
        "mean wait",
        "p50",
        "p90",
        "p99",
        "service level",
        "occupancy",
    ]);
    let mut estimates = Table::new(&["queue", "RRASE", "in 80 % interval", "mean width", "Winkler score"]);
    let mut any = false;
    let rows = rows(setup, simulated);
    for (name, several) in &rows {
        let figure = |figure| several.figure(figure);
        let offered = figure(Figure::Offered).map_or(0.0, |offered| offered.mean);
        let abandoned = figure(Figure::Abandoned).map_or(0.0, |abandoned| abandoned.mean);
        let share = if offered > 0.0 { format!(" ({})", percent(abandoned / offered)) } else { String::new() };
        waits.row(vec![
            name.clone(),
            number(offered),
            figure(Figure::Answered).map_or_else(String::new, |answered| number(answered.mean)),
            format!("{}{share}", number(abandoned)),
            with(figure(Figure::MeanWait), span),
            plain(figure(Figure::WaitP50), span),
            plain(figure(Figure::WaitP90), span),
            plain(figure(Figure::WaitP99), span),
            with(figure(Figure::ServiceLevel), percent),
            with(figure(Figure::Occupancy), percent),
        ]);
        any |= figure(Figure::EstimateRrase).is_some();
        estimates.row(vec![
            name.clone(),
            plain(figure(Figure::EstimateRrase), |value| format!("{value:.3}")),
            plain(figure(Figure::EstimateCoverage80), percent),
            plain(figure(Figure::EstimateMeanWidth), span),
            plain(figure(Figure::EstimateWinkler), span),
        ]);
    }
    let mut text = waits.text();
    if any {
        text.push_str("\nEstimated waits, as told at joining to those who waited and were answered:\n\n");
        text.push_str(&estimates.text());
    }
    let beside = simulated.overall.beside();
    let said = [
        (beside.turned_away, "were told that nobody is there and left"),
        (beside.took_alternative, "took the call-back or message offered after the longest wait"),
        (beside.unfinished, "were waiting still a day after the end"),
        (beside.declined, "offers were declined"),
        (beside.rang_out, "offers rang out"),
    ];
    let said: Vec<String> = said
        .iter()
        .filter(|(count, _)| *count > 0.0)
        .map(|(count, what)| format!("{} {what}", number(*count)))
        .collect();
    if !said.is_empty() {
        let _ = writeln!(text, "\nBeside: {}.", said.join("; "));
    }
    text
}

fn rows<'a>(setup: &Setup, simulated: &'a Simulated) -> Vec<(String, &'a Several)> {
    let name = |queue: &QueueId| setup.plan.queues.get(queue).map_or_else(String::new, |queue| queue.name.clone());
    let mut rows: Vec<(String, &Several)> =
        simulated.queues.iter().map(|(queue, several)| (name(queue), several)).collect();
    if rows.len() != 1 {
        rows.push(("All".to_owned(), &simulated.overall));
    }
    rows
}

fn differences(told: &Told<'_>, other: &Compared<'_>) -> String {
    let mut table = Table::new(&["queue", "answered", "abandoned", "mean wait", "p90", "service level", "occupancy"]);
    let mut pairs: Vec<(String, &Several, &Several)> = Vec::new();
    for (queue, one) in &told.simulated.queues {
        let name = told.setup.plan.queues.get(queue).map_or_else(String::new, |queue| queue.name.clone());
        pairs.extend(other.simulated.queue(queue).map(|two| (name, one, two)));
    }
    pairs.push(("All".to_owned(), &told.simulated.overall, &other.simulated.overall));
    for (name, one, two) in pairs {
        let by = |figure, of: fn(f64) -> String| match one.difference(two, figure) {
            Some(found) if found.mean > 0.0 => format!("+{}", with(Some(found), of)),
            found => with(found, of),
        };
        table.row(vec![
            name,
            by(Figure::Answered, number),
            by(Figure::Abandoned, number),
            by(Figure::MeanWait, span),
            by(Figure::WaitP90, span),
            by(Figure::ServiceLevel, percent),
            by(Figure::Occupancy, percent),
        ]);
    }
    table.text()
}

/// A mean with its interval.
fn with(found: Option<Estimated>, of: fn(f64) -> String) -> String {
    match found {
        None => "–".to_owned(),
        Some(Estimated { mean, interval: None }) => of(mean),
        Some(Estimated { mean, interval: Some((_, high)) }) => format!("{} ± {}", of(mean), of(high - mean)),
    }
}

pub(crate) fn plain(found: Option<Estimated>, of: impl Fn(f64) -> String) -> String {
    found.map_or_else(|| "–".to_owned(), |found| of(found.mean))
}
