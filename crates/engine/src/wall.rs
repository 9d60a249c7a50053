//! The wall: the queues' figures of today from the records, against the usual day, and what is to be alerted.
//!
//! Every figure is `baton_insight`'s; here the records are read and cut by the day of the default queue's time zone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use baton_core::{HandoffId, QueueId, Timestamp};
use baton_insight::{Alert, AlertKind, Day, HandoffRecord, Outcome, Report, Slot, Thresholds, UsualSlot, usual};
use baton_store::{AuditEntry, HandoffRow};
use jiff::ToSpan;
use jiff::tz::TimeZone;

use crate::Engine;
use crate::deployment::Deployment;
use crate::error::EngineError;
use crate::shell::Shell;

/// Handoffs of one day that are read; a day with more says so.
const DAY_MAX: u32 = 20_000;
/// Weeks back that the usual day is made of: the same day of the week, as far as somebody asked for a person then.
const WEEKS: i64 = 4;
/// Today's records are read again after this long.
const READ_EVERY: Duration = Duration::from_secs(1);
/// Alerts that are raised at once at most.
pub const RAISED_MAX: usize = 300;

/// A queue, or all that somebody sees, today.
#[derive(Debug, Clone, PartialEq)]
pub struct WallFigures {
    pub report: Report,
    pub today: Vec<Slot>,
    /// Absent where there are fewer than two days to compare with.
    pub usual: Option<Vec<UsualSlot>>,
}

/// An alert and since when it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RaisedAlert {
    pub alert: Alert,
    pub since: Timestamp,
}

#[derive(Debug, Clone, PartialEq)]
pub struct WallQueue {
    pub queue: QueueId,
    pub figures: WallFigures,
    pub alerts: Vec<RaisedAlert>,
}

/// The wall at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct WallInfo {
    pub at: Timestamp,
    /// Today's midnight.
    pub day_starts: Timestamp,
    pub slot: Duration,
    pub time_zone: String,
    /// How many days the usual one is made of.
    pub usual_days: usize,
    pub total: WallFigures,
    pub queues: Vec<WallQueue>,
    /// Whether the day has more handoffs than are read.
    pub truncated: bool,
}

/// What the wall remembers between two looks; all of it can be read again.
#[derive(Default)]
pub(crate) struct WallMemory {
    today: Mutex<Option<(Timestamp, Arc<Vec<HandoffRecord>>)>>,
    past: Mutex<Option<Past>>,
    raised: Mutex<BTreeMap<(QueueId, AlertKind), Timestamp>>,
}

/// The earlier days, by the midnight of the day they are compared with.
#[derive(Clone)]
struct Past {
    of: Timestamp,
    days: Arc<Vec<(Span, Vec<HandoffRecord>)>>,
}

/// From a midnight to the next.
type Span = (Timestamp, Timestamp);

impl Engine {
    /// The wall for somebody who sees these queues.
    pub async fn wall(&self, sees: impl Fn(&QueueId) -> bool) -> Result<WallInfo, EngineError> {
        let shell = &self.shell;
        let deployment = self.deployment();
        let now = self.now();
        let time_zone = deployment.topics_time_zone().to_owned();
        let (today, before) = days(&time_zone, now);
        let records = shell.today(now, today.0).await?;
        let past = shell.past(today.0, before).await?;
        let threshold = |queue: &QueueId| threshold_of(&deployment, queue);
        let figures = |belongs: &dyn Fn(&HandoffRecord) -> bool| {
            let of = |records: &[HandoffRecord], span, until| {
                Day::of(records.iter().filter(|record| belongs(record)), span, until, threshold)
            };
            let earlier: Vec<Day> = past.iter().map(|(span, records)| of(records, *span, span.1)).collect();
            WallFigures {
                report: Report::of(records.iter().filter(|record| belongs(record)), [], now, threshold),
                today: of(&records, today, now).slots,
                usual: usual(&earlier),
            }
        };
        let floor = self.floor();
        let mut queues = Vec::new();
        let mut passed = BTreeMap::new();
        for live in &floor.queues {
            let queue = &live.availability.queue;
            let figures = figures(&|record| record.queue == *queue);
            let longest = live.longest_since.map(|since| now.since(since));
            let level = figures.report.service_level.share();
            for alert in thresholds(&deployment, queue).passed(live.availability.waiting, longest, level) {
                passed.insert((queue.clone(), alert.kind), alert);
            }
            queues.push(WallQueue { queue: queue.clone(), figures, alerts: Vec::new() });
        }
        let raised = shell.raise(&passed, now).await?;
        for queue in &mut queues {
            let alerts = passed.iter().filter(|((of, _), _)| *of == queue.queue);
            queue.alerts = alerts
                .map(|(key, alert)| RaisedAlert { alert: *alert, since: raised.get(key).copied().unwrap_or(now) })
                .collect();
        }
        queues.retain(|queue| sees(&queue.queue));
        Ok(WallInfo {
            at: now,
            day_starts: today.0,
            slot: baton_insight::SLOT,
            time_zone,
            usual_days: past.len(),
            total: figures(&|record| sees(&record.queue)),
            queues,
            truncated: records.len() >= DAY_MAX as usize,
        })
    }
}

impl Shell {
    async fn today(&self, now: Timestamp, starts: Timestamp) -> Result<Arc<Vec<HandoffRecord>>, EngineError> {
        let known = lock(&self.wall.today).clone();
        if let Some((read_at, records)) = known.filter(|(at, _)| *at >= starts && now.since(*at) < READ_EVERY) {
            debug_assert!(read_at <= now);
            return Ok(records);
        }
        let rows = self.store.read(move |tx| tx.handoffs(starts, DAY_MAX)).await?;
        let records = Arc::new(rows.into_iter().map(record).collect::<Vec<_>>());
        *lock(&self.wall.today) = Some((now, Arc::clone(&records)));
        Ok(records)
    }

    /// The days before, read once for each day: what they came to hardly changes.
    async fn past(&self, of: Timestamp, spans: Vec<Span>) -> Result<Arc<Vec<(Span, Vec<HandoffRecord>)>>, EngineError> {
        let known = lock(&self.wall.past).clone();
        if let Some(past) = known.filter(|past| past.of == of) {
            return Ok(past.days);
        }
        let mut days = Vec::new();
        for span in spans {
            let rows = self.store.read(move |tx| tx.handoffs(span.0, DAY_MAX)).await?;
            let records = rows.into_iter().filter(|row| row.requested_at < span.1).map(record);
            let records: Vec<_> = records.collect();
            // A day on which nobody asked for a person was perhaps before there was a Baton.
            if !records.is_empty() {
                days.push((span, records));
            }
        }
        let days = Arc::new(days);
        *lock(&self.wall.past) = Some(Past { of, days: Arc::clone(&days) });
        Ok(days)
    }

    /// Brings what is raised to what is passed, and records what began and what ended.
    async fn raise(
        &self,
        passed: &BTreeMap<(QueueId, AlertKind), Alert>,
        now: Timestamp,
    ) -> Result<BTreeMap<(QueueId, AlertKind), Timestamp>, EngineError> {
        let (entries, raised) = {
            let mut raised = lock(&self.wall.raised);
            let mut entries = Vec::new();
            let over: BTreeSet<_> = raised.keys().filter(|key| !passed.contains_key(*key)).cloned().collect();
            for key in over {
                raised.remove(&key);
                entries.push(entry(now, "alert_ended", &key, None));
            }
            for (key, alert) in passed.iter().take(RAISED_MAX) {
                if !raised.contains_key(key) {
                    raised.insert(key.clone(), now);
                    entries.push(entry(now, "alert_raised", key, Some(*alert)));
                }
            }
            (entries, raised.clone())
        };
        if !entries.is_empty() {
            self.store.write(move |tx| entries.iter().try_for_each(|entry| tx.put_audit(entry))).await?;
        }
        Ok(raised)
    }
}

fn entry(at: Timestamp, action: &str, (queue, kind): &(QueueId, AlertKind), alert: Option<Alert>) -> AuditEntry {
    let kind = match kind {
        AlertKind::Waiting => "waiting",
        AlertKind::LongestWait => "longest_wait_s",
        AlertKind::ServiceLevel => "service_level",
    };
    let passed = alert.map(|alert| format!(" {:.2} against {:.2}", alert.value, alert.threshold));
    let what = format!("queue:{queue} {kind}{}", passed.unwrap_or_default());
    AuditEntry { at, who: "baton".to_owned(), action: action.to_owned(), what }
}

fn threshold_of(deployment: &Deployment, queue: &QueueId) -> Duration {
    deployment.plan.queues.get(queue).map_or(baton_routing::SERVICE_LEVEL, |queue| queue.service_level)
}

fn thresholds(deployment: &Deployment, queue: &QueueId) -> Thresholds {
    let written = deployment.document.queues.get(queue.as_str()).map(|queue| queue.alerts.clone()).unwrap_or_default();
    Thresholds {
        waiting: written.waiting,
        longest_wait: written.longest_wait_s.map(|seconds| Duration::from_secs(seconds.into())),
        service_level: written.service_level,
    }
}

/// Today, and the same day of the week in the weeks before, newest first.
fn days(time_zone: &str, now: Timestamp) -> (Span, Vec<Span>) {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let date =
        jiff::Timestamp::from_millisecond(now.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_zoned(zone.clone()).date();
    let midnight = |date: jiff::civil::Date| {
        date.to_zoned(zone.clone()).map_or(now, |zoned| Timestamp(zoned.timestamp().as_millisecond()))
    };
    let span = |date: jiff::civil::Date| (midnight(date), midnight(date.saturating_add(1.day())));
    (span(date), (1..=WEEKS).map(|weeks| span(date.saturating_sub(weeks.weeks()))).collect())
}

fn record(row: HandoffRow) -> HandoffRecord {
    let outcome = match row.outcome.as_str() {
        "open" => Outcome::Open,
        "handed_back" => Outcome::HandedBack,
        "abandoned" => Outcome::Abandoned,
        "message_left" => Outcome::MessageLeft,
        // `closed`; and a newer program on the same database may have another word for an end.
        _ => Outcome::Closed,
    };
    let until = row.wrap_up_ended_at.or(row.ended_at);
    HandoffRecord {
        handoff: HandoffId(row.handoff.0),
        queue: row.queue,
        requested_at: row.requested_at,
        accepted_at: row.accepted_at,
        ended_at: row.ended_at,
        outcome,
        // The wall counts no reasons.
        triggers: Vec::new(),
        rating: row.rating,
        handle: row.accepted_at.zip(until).map(|(accepted, until)| until.since(accepted)),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // What is behind these is replaced whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_its_own_midnight_also_when_clocks_change() {
        // Sunday, 25 October 2026, in Madrid has 25 hours.
        let noon = "2026-10-25T12:00:00Z".parse::<jiff::Timestamp>().unwrap();
        let ((starts, ends), before) = days("Europe/Madrid", Timestamp(noon.as_millisecond()));
        assert_eq!(ends.since(starts), Duration::from_hours(25));
        assert_eq!(before.len(), 4);
        assert_eq!(starts.since(before[0].0), Duration::from_hours(24 * 7));
    }
}
