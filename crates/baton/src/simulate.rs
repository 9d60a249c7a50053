//! `baton simulate`: a configuration and a load, run through the routing that runs live.

mod arrivals;
mod document;
mod file;
pub(crate) mod progress;
pub(crate) mod report;
pub(crate) mod scenario;
pub(crate) mod table;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use baton_simulate::{Course, Line, Load, Setup, Simulated, picture, replicate};

use crate::arguments::Simulate;
use progress::Progress;
use report::{Compared, Told};
use scenario::{DAYS_MAX, REPLICATIONS_MAX, Scenario};

const DAYS: u32 = 5;
const WARM_UP: u32 = 1;
const REPLICATIONS: u32 = 5;

pub(crate) fn run(arguments: &Simulate) -> anyhow::Result<()> {
    let scenario = scenario::read(&arguments.scenario)?;
    let days = arguments.days.or(scenario.days).unwrap_or(DAYS);
    let warm_up = arguments.warm_up.or(scenario.warm_up).unwrap_or(WARM_UP);
    let replications = arguments.replications.or(scenario.replications).unwrap_or(REPLICATIONS);
    for (flag, value, least, most) in [
        ("days", days, 1, DAYS_MAX),
        ("warm-up", warm_up, 0, DAYS_MAX),
        ("replications", replications, 1, REPLICATIONS_MAX),
    ] {
        if !(least..=most).contains(&value) {
            bail!("--{flag}: {value} is outside {least} to {most}");
        }
    }
    let course = Course {
        start: scenario.start,
        warm_up: Duration::from_hours(24 * u64::from(warm_up)),
        measured: Duration::from_hours(24 * u64::from(days)),
        seed: arguments.seed.or(scenario.seed).unwrap_or(1),
    };
    // Both files are read before anything runs: a fault in the second must not cost the time of the first.
    let other = arguments.compare.as_ref().map(|other| scenario::read_beside(other, &scenario)).transpose()?;
    let runs = replications * if other.is_some() { 2 } else { 1 };
    let mut progress = Progress::new(runs);
    let Scenario { setup, load, .. } = &scenario;
    let one = simulate(setup, load, course, replications, &mut progress);
    let other = other.map(|setup| {
        let simulated = simulate(&setup, load, course, replications, &mut progress);
        (setup, simulated)
    });
    progress.end(one.handoffs + other.as_ref().map_or(0, |(_, other)| other.handoffs));

    let name = |path: &Path| path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let one_name = name(&arguments.scenario);
    let compared = match (&arguments.compare, &other) {
        (Some(path), Some((setup, simulated))) => Some((name(path), Compared { setup, simulated })),
        (_, _) => None,
    };
    if let Some(path) = &arguments.picture {
        let svg = match &compared {
            Some((other_name, other)) => picture(
                &format!("{one_name} and {other_name} on the same arrivals"),
                &[Line { name: &one_name, of: &one.overall }, Line { name: other_name, of: &other.simulated.overall }],
            ),
            None => alone(&one_name, setup, &one),
        };
        std::fs::write(path, svg).with_context(|| format!("write the picture {}", path.display()))?;
    }
    let told = Told { scenario: &one_name, setup, simulated: &one, course, days, warm_up, replications };
    if arguments.json {
        let compared = compared.as_ref().map(|(name, other)| (name.as_str(), other));
        println!("{}", serde_json::to_string_pretty(&report::json(&told, compared))?);
    } else {
        print!("{}", report::text(&told, compared.as_ref().map(|(name, other)| (name.as_str(), other))));
    }
    Ok(())
}

/// All replications of one configuration.
pub(crate) fn simulate(
    setup: &Setup,
    load: &Load,
    course: Course,
    replications: u32,
    progress: &mut Progress,
) -> Simulated {
    let all = (0..replications).map(|number| {
        let one = replicate(setup, load, course, u64::from(number), &mut |share| progress.at(share));
        progress.next();
        one
    });
    Simulated::of(all.collect())
}

fn alone(name: &str, setup: &Setup, simulated: &Simulated) -> String {
    let overall = Line { name: "All queues", of: &simulated.overall };
    let queue_name = |queue| setup.plan.queues.get(queue).map_or("", |queue| queue.name.as_str());
    let title = format!("{name}: a day on average");
    match simulated.queues.as_slice() {
        [(queue, several)] => picture(&title, &[Line { name: queue_name(queue), of: several }]),
        several => {
            let queues = several.iter().map(|(queue, several)| Line { name: queue_name(queue), of: several });
            picture(&title, &std::iter::once(overall).chain(queues).collect::<Vec<_>>())
        }
    }
}
