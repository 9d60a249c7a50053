//! A day in slots, and the usual day that it is held against.

use std::time::Duration;

use baton_core::{QueueId, Timestamp};

use crate::measure::Share;
use crate::record::{HandoffRecord, Outcome};
use crate::report::ServiceLevel;

/// How long a slot is.
pub const SLOT: Duration = Duration::from_mins(30);

/// The handoffs that were requested in one slot, and what has become of them since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slot {
    pub requested: u64,
    pub accepted: u64,
    pub abandoned: u64,
    pub service_level: ServiceLevel,
}

/// A day from its midnight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Day {
    pub slots: Vec<Slot>,
}

impl Day {
    /// The slots of the day that begins at `starts` and ends at `ends`, as of `now`. A day on which clocks change has
    /// two slots more or less. What was requested outside the day is left out.
    pub fn of<'a>(
        handoffs: impl IntoIterator<Item = &'a HandoffRecord>,
        (starts, ends): (Timestamp, Timestamp),
        now: Timestamp,
        threshold: impl Fn(&QueueId) -> Duration,
    ) -> Self {
        let count = ends.since(starts).as_millis().div_ceil(SLOT.as_millis());
        let mut slots = vec![Slot::default(); usize::try_from(count).unwrap_or(0)];
        for record in handoffs.into_iter().filter(|record| starts <= record.requested_at && record.requested_at < ends)
        {
            let place = record.requested_at.since(starts).as_millis() / SLOT.as_millis();
            let Some(slot) = usize::try_from(place).ok().and_then(|place| slots.get_mut(place)) else { continue };
            slot.requested += 1;
            slot.accepted += u64::from(record.accepted_at.is_some());
            slot.abandoned += u64::from(record.outcome == Outcome::Abandoned);
            slot.service_level.count(record, now, threshold(&record.queue));
        }
        Self { slots }
    }
}

/// What a slot usually is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct UsualSlot {
    /// The mean over the days.
    pub requested: f64,
    pub abandoned: f64,
    /// Of all the days together, so that a quiet day does not weigh as much as a full one.
    pub service_level: Share,
}

/// The usual day: slot by slot over these days. Of fewer than two days nothing is said.
pub fn usual(days: &[Day]) -> Option<Vec<UsualSlot>> {
    if days.len() < 2 {
        return None;
    }
    let count = u32::try_from(days.len()).map(f64::from).ok()?;
    let slots = days.iter().map(|day| day.slots.len()).min()?;
    let usual = (0..slots).map(|place| {
        let mut slot = UsualSlot::default();
        for day in days {
            slot.requested += as_f64(day.slots[place].requested) / count;
            slot.abandoned += as_f64(day.slots[place].abandoned) / count;
            let share = day.slots[place].service_level.share();
            slot.service_level.part += share.part;
            slot.service_level.whole += share.whole;
        }
        slot
    });
    Some(usual.collect())
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}
