//! The deployment's own handoffs between two moments, as staffing and backcast need them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use baton_core::{Event, HandoffId, Needs, OfferId, QueueId, Recorded, Seq, Timestamp};
use baton_engine::config::{self, FloorConfig};
use baton_simulate::{Desk, Ending, Past, Spans};
use baton_store::{HandoffRow, Store, StoreError, Tx};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::database;

/// Rows read at once.
const PAGE: u32 = 2_000;
/// Most handoffs of one question.
const HANDOFFS_MAX: usize = 1_000_000;
/// Events of one conversation that are looked at for what its handoffs needed and how they rang.
const EVENTS_MAX: u32 = 5_000;

/// What happened, and by which configuration.
pub(crate) struct History {
    pub(crate) past: Vec<Past>,
    pub(crate) ways: Ways,
    pub(crate) floor: FloorConfig,
    pub(crate) version: u64,
    pub(crate) zone: TimeZone,
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
    pub(crate) days: u32,
}

/// How agents answered what rang.
#[derive(Debug, Default)]
pub(crate) struct Ways {
    offers: u32,
    declined: u32,
    expired: u32,
    accept_s: Vec<f64>,
}

impl Ways {
    /// The usual desk that they come to.
    pub(crate) fn desk(&self) -> Desk {
        let share = |count: u32| if self.offers == 0 { 0.0 } else { f64::from(count) / f64::from(self.offers) };
        let accept = (!self.accept_s.is_empty()).then(|| Spans::Empirical(self.accept_s.as_slice().into()));
        Desk { accept, decline: share(self.declined), miss: share(self.expired), ..Desk::default() }
    }
}

/// Reads the handoffs that were requested on these days; without any, yesterday's.
pub(crate) async fn read(
    database: &str,
    from: Option<&str>,
    to: Option<&str>,
    now: Timestamp,
) -> anyhow::Result<History> {
    database::check(database)?;
    if !database::is_postgres(database) && !Path::new(database).exists() {
        bail!("the database {database} is not there; name the one that `baton serve` writes");
    }
    let store = database::open(database).await?;
    let read = read_from(&store, from, to, now).await;
    store.close();
    read
}

async fn read_from(store: &Store, from: Option<&str>, to: Option<&str>, now: Timestamp) -> anyhow::Result<History> {
    let version = store.read(|tx| tx.config()).await?.context("the database has no configuration yet")?;
    let floor = config::compile_floor(&version.document)
        .with_context(|| format!("version {} of the configuration is not one of this program", version.version))?;
    let zone = TimeZone::get(&floor.time_zone).context("the time zone of the default queue")?;
    let yesterday = jiff::Timestamp::from_millisecond(now.0)?.to_zoned(zone.clone()).date() - 1.day();
    let date = |flag: &str, text: Option<&str>| -> anyhow::Result<Option<Date>> {
        let parsed = text.map(str::parse::<Date>).transpose();
        parsed.with_context(|| format!("--{flag}: write a day as 2026-11-23"))
    };
    let (first, last) = match (date("from", from)?, date("to", to)?) {
        (None, None) => (yesterday, yesterday),
        (Some(first), None) => (first, first.max(yesterday)),
        (None, Some(last)) => (last, last),
        (Some(first), Some(last)) => (first, last),
    };
    if last < first {
        bail!("--to: {last} is before {first}");
    }
    let midnight = |date: Date| zone.to_timestamp(date.at(0, 0, 0, 0)).map(|at| Timestamp(at.as_millisecond()));
    let (begins, ends) = (midnight(first)?, midnight(last + 1.day())?);
    let rows = store.read(move |tx| rows(tx, begins, ends)).await?;
    if rows.len() >= HANDOFFS_MAX {
        bail!("more than {HANDOFFS_MAX} handoffs were requested from {first} to {last}; ask for fewer days");
    }
    let (past, ways) = store.read(move |tx| with_needs(tx, &rows, now)).await?;
    if past.is_empty() {
        bail!("no handoff was requested from {first} to {last}; choose other days with --from and --to");
    }
    let days = u32::try_from((last - first).get_days().max(0)).unwrap_or(0) + 1;
    Ok(History { past, ways, floor, version: version.version, zone, from: begins, until: ends, days })
}

fn rows(tx: &mut dyn Tx, from: Timestamp, until: Timestamp) -> Result<Vec<HandoffRow>, StoreError> {
    let mut all: Vec<HandoffRow> = Vec::new();
    let mut since = from;
    loop {
        let page = tx.handoffs(since, PAGE)?;
        let full = page.len() == PAGE as usize;
        let before = all.len();
        for row in page {
            // The page begins with those of the moment at which the one before ended.
            let known = all.iter().rev().take_while(|known| known.requested_at == row.requested_at);
            if row.requested_at < until && !known.into_iter().any(|known| known.handoff == row.handoff) {
                all.push(row);
            }
        }
        match all.last() {
            Some(last) if full && all.len() > before && all.len() < HANDOFFS_MAX => since = last.requested_at,
            Some(_) | None => return Ok(all),
        }
    }
}

fn with_needs(tx: &mut dyn Tx, rows: &[HandoffRow], now: Timestamp) -> Result<(Vec<Past>, Ways), StoreError> {
    let mut ways = Ways::default();
    let mut past = Vec::with_capacity(rows.len());
    for row in rows {
        let events = tx.events(row.conversation, Seq(0), EVENTS_MAX)?;
        let (queue, needs) = asked(&events, row.handoff).unwrap_or_else(|| (row.queue.clone(), Needs::default()));
        ways.count(&events, row.handoff);
        let ending = match (row.accepted_at, &row.agent, row.ended_at) {
            (Some(accepted), Some(agent), ended) => Ending::Answered {
                agent: agent.clone(),
                accepted,
                freed: row.wrap_up_ended_at.into_iter().chain(ended).max(),
            },
            (_, _, Some(at)) if row.outcome == "abandoned" => Ending::Abandoned { at },
            (_, _, ended) => Ending::Otherwise { at: ended.unwrap_or(now) },
        };
        // It waits again where it waited first: needs without a queue would be sent by the changed topics of today.
        let needs = Needs { queue: Some(queue.clone()), ..needs };
        past.push(Past { queue, needs, requested: row.requested_at, ending });
    }
    Ok((past, ways))
}

/// Where a handoff waited first, and what it needed there.
fn asked(events: &[Recorded], wanted: HandoffId) -> Option<(QueueId, Needs)> {
    events.iter().find_map(|recorded| {
        let Event::HandoffRequested { handoff, needs, queue, .. } = &recorded.event else { return None };
        (*handoff == wanted).then(|| (queue.clone(), needs.clone()))
    })
}

impl Ways {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of ringing")]
    fn count(&mut self, events: &[Recorded], wanted: HandoffId) {
        let mut made: BTreeMap<OfferId, Timestamp> = BTreeMap::new();
        for recorded in events {
            if let Event::OfferMade { offer, handoff, .. } = &recorded.event
                && *handoff == wanted
            {
                self.offers += 1;
                made.insert(*offer, recorded.at);
            } else if let Event::OfferAccepted { offer, .. } = &recorded.event {
                let rang = made.remove(offer).map(|at| recorded.at.since(at).as_millis() as f64 / 1000.0);
                self.accept_s.extend(rang);
            } else if let Event::OfferDeclined { offer, .. } = &recorded.event {
                self.declined += u32::from(made.remove(offer).is_some());
            } else if let Event::OfferExpired { offer, .. } = &recorded.event {
                self.expired += u32::from(made.remove(offer).is_some());
            }
        }
    }
}
