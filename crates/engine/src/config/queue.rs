//! A queue from the document to what routes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use baton_core::{Alternative, Level, QueueId, Tier, Timestamp, TopicId};
use baton_routing::{Choose, Delivery, Exception, Hours, LongestWait, Queue, RELAXATIONS_MAX, Relaxation, Serves};

use super::check::Checker;
use super::document::{AlternativeWord, ChooseWord, DeliveryWord, QueueDocument};

pub(super) fn compile_queue(
    check: &mut Checker<'_>,
    key: &str,
    queue: &QueueDocument,
    known: &BTreeSet<QueueId>,
    names: &[&String],
) -> Option<Queue> {
    let path = &format!("queues.{key}");
    let hours = hours(check, path, queue).ok()?;
    let seconds = Duration::from_secs;
    let longest_wait = queue.longest_wait.as_ref().map(|longest| LongestWait {
        after: seconds(check.within(&format!("{path}.longest_wait.after_s"), longest.after_s, 10, 86_400, "seconds")),
        offer: match longest.offer {
            AlternativeWord::Callback => Alternative::Callback,
            AlternativeWord::Message => Alternative::Message,
        },
    });
    if queue.limit == Some(0) {
        check.fault(&format!("{path}.limit"), "nobody could wait here; give at least 1, or leave the limit out");
    }
    let last_admission_s =
        check.within(&format!("{path}.last_admission_s"), queue.last_admission_s, 0, 86_400, "seconds");
    let prefer_for_s = check.within(&format!("{path}.prefer_for_s"), queue.prefer_for_s, 0, 3_600, "seconds");
    let service_level_s = check.within(&format!("{path}.service_level_s"), queue.service_level_s, 1, 86_400, "seconds");
    Some(Queue {
        name: queue.name.clone(),
        serves: Serves {
            topics: check.keys::<TopicId>(&format!("{path}.topics"), &queue.topics),
            tiers: check.keys::<Tier>(&format!("{path}.tiers"), &queue.tiers),
            languages: check.languages(&format!("{path}.languages"), &queue.languages),
        },
        skills: check.skills(&format!("{path}.skills"), &queue.skills),
        hours,
        exception: exception(check, path, queue),
        ring: seconds(check.within(&format!("{path}.ring_s"), queue.ring_s, 3, 600, "seconds")),
        priority: check.priority(&format!("{path}.priority"), queue.priority),
        language_required: queue.language_required,
        service_level: seconds(service_level_s),
        relax: relaxations(check, path, key, queue, known, names),
        choose: match queue.choose {
            ChooseWord::LongestIdle => Choose::LongestIdle,
            ChooseWord::LeastOccupied => Choose::LeastOccupied,
            ChooseWord::BestSkill => Choose::BestSkill,
        },
        prefer_for: seconds(prefer_for_s),
        delivery: match queue.delivery {
            DeliveryWord::Offer => Delivery::Offer,
            DeliveryWord::Broadcast => Delivery::Broadcast,
            DeliveryWord::Pull => Delivery::Pull,
        },
        limit: queue.limit,
        last_admission: seconds(last_admission_s),
        longest_wait,
    })
}

/// Longest reason of an exception, in bytes.
const REASON_BYTES_MAX: usize = 300;

fn exception(check: &mut Checker<'_>, path: &str, queue: &QueueDocument) -> Option<Exception> {
    if queue.alerts.service_level.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
        check.fault(&format!("{path}.alerts.service_level"), "a share lies between 0 and 1, like 0.8");
    }
    let written = queue.exception.as_ref()?;
    if written.reason.trim().is_empty() || written.reason.len() > REASON_BYTES_MAX {
        check.fault(&format!("{path}.exception.reason"), format!("say why, in at most {REASON_BYTES_MAX} bytes"));
    }
    let Ok(until) = written.until.parse::<jiff::Timestamp>() else {
        let what = format!("`{}` is not a moment; write it as 2026-12-24T18:00:00Z", written.until);
        check.fault(&format!("{path}.exception.until"), what);
        return None;
    };
    Some(Exception { open: written.open, until: Timestamp(until.as_millisecond()) })
}

/// An error is noted already. No hours are always open.
fn hours(check: &mut Checker<'_>, path: &str, queue: &QueueDocument) -> Result<Option<Hours>, ()> {
    let mut holidays = Vec::new();
    for (index, day) in queue.holidays.iter().enumerate() {
        match day.parse::<jiff::civil::Date>() {
            Ok(date) => holidays.push(date),
            Err(_) => check
                .fault(&format!("{path}.holidays.{index}"), format!("`{day}` is not a day; write it as 2026-12-25")),
        }
    }
    let exceptional = exceptional_days(check, path, &queue.exceptional_days);
    match &queue.hours {
        None if exceptional.is_empty() => Ok(None),
        None => {
            check.fault(
                &format!("{path}.exceptional_days"),
                "a queue without hours is always open; give it `hours` too",
            );
            Err(())
        }
        Some(hours) => {
            let parsed = Hours::parse(hours, &queue.time_zone, &holidays);
            check.take(&format!("{path}.hours"), parsed).ok_or(())?;
            // A day of its own is a later rule of the same language, which goes before what the week says.
            let mut written = hours.clone();
            for (day, spans) in &exceptional {
                let rule = format!("{} {spans}", day.strftime("%Y %b %d"));
                let place = format!("{path}.exceptional_days.{day}");
                check.take(&place, Hours::parse(&rule, &queue.time_zone, &[])).ok_or(())?;
                written = format!("{written}; {rule}");
            }
            check
                .take(&format!("{path}.exceptional_days"), Hours::parse(&written, &queue.time_zone, &holidays))
                .map(Some)
                .ok_or(())
        }
    }
}

fn exceptional_days(
    check: &mut Checker<'_>,
    path: &str,
    days: &BTreeMap<String, String>,
) -> BTreeMap<jiff::civil::Date, String> {
    let mut read = BTreeMap::new();
    for (day, spans) in days {
        match day.parse::<jiff::civil::Date>() {
            Ok(date) => {
                read.insert(date, spans.clone());
            }
            Err(_) => check.fault(
                &format!("{path}.exceptional_days.{day}"),
                format!("`{day}` is not a day; write it as 2026-12-24"),
            ),
        }
    }
    read
}

fn relaxations(
    check: &mut Checker<'_>,
    path: &str,
    key: &str,
    queue: &QueueDocument,
    known: &BTreeSet<QueueId>,
    names: &[&String],
) -> Vec<Relaxation> {
    if queue.relax.len() > RELAXATIONS_MAX {
        check.fault(&format!("{path}.relax"), format!("at most {RELAXATIONS_MAX} steps fit; leave some out"));
    }
    let mut steps: Vec<Relaxation> = Vec::new();
    for (index, step) in queue.relax.iter().enumerate() {
        let path = format!("{path}.relax.{index}");
        let after = Duration::from_secs(check.within(&format!("{path}.after_s"), step.after_s, 1, 86_400, "seconds"));
        if steps.last().is_some_and(|before| before.after >= after) {
            check.fault(&format!("{path}.after_s"), "a step comes after the one before it; order them by time");
        }
        let levels_at_most = step.levels_at_most.and_then(|level| {
            let read = Level::new(level);
            if read.is_none() {
                check.fault(&format!("{path}.levels_at_most"), format!("a level is 1 to 5, not {level}"));
            }
            read
        });
        let mut also = BTreeSet::new();
        for (place, name) in step.also.iter().enumerate() {
            let place = format!("{path}.also.{place}");
            if name == key {
                check.fault(&place, "its own agents are asked anyway; name another queue");
            } else {
                also.extend(check.known(&place, name, known, "queue", names));
            }
        }
        if levels_at_most.is_none() && !step.any_skill && !step.any_language && step.also.is_empty() {
            check.fault(
                &path,
                "this step relaxes nothing; give it `levels_at_most`, `any_skill`, `any_language` or `also`",
            );
        }
        steps.push(Relaxation {
            after,
            levels_at_most,
            any_skill: step.any_skill,
            any_language: step.any_language,
            also,
        });
    }
    steps
}
