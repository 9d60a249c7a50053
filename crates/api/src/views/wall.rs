//! The wall as it goes over the wire.

use std::collections::BTreeMap;
use std::time::Duration;

use baton_core::QueueId;
use baton_engine::{AlertKind, Deployment, RaisedAlert, Slot, UsualSlot, WallFigures, WallInfo};
use baton_routing::Record;

use crate::wire::{AlertName, AlertView, SlotView, UsualSlotView, WallFiguresView, WallQueueView, WallView};

pub(crate) fn wall_view(wall: &WallInfo, estimates: &BTreeMap<QueueId, Record>, deployment: &Deployment) -> WallView {
    let queues = wall.queues.iter().map(|queue| {
        let joining = estimates.get(&queue.queue).map(|record| &record.joining);
        WallQueueView {
            queue: queue.queue.to_string(),
            name: deployment.queue_name(&queue.queue).to_owned(),
            figures: figures_view(&queue.figures),
            coverage: joining.and_then(baton_routing::Coverage::coverage),
            promises: joining.map_or(0, |joining| joining.promises),
            alerts: queue.alerts.iter().map(alert_view).collect(),
        }
    });
    WallView {
        at: wall.at.0,
        day_starts: wall.day_starts.0,
        slot_s: u32::try_from(wall.slot.as_secs()).unwrap_or(u32::MAX),
        time_zone: wall.time_zone.clone(),
        usual_days: u32::try_from(wall.usual_days).unwrap_or(u32::MAX),
        total: figures_view(&wall.total),
        queues: queues.collect(),
        truncated: wall.truncated,
    }
}

fn figures_view(figures: &WallFigures) -> WallFiguresView {
    let report = &figures.report;
    let seconds = |span: Option<Duration>| span.map(|span| span.as_secs_f64());
    WallFiguresView {
        requested: report.requested,
        accepted: report.accepted,
        served: report.ends.served,
        abandoned: report.ends.abandoned,
        message_left: report.ends.message_left,
        unserved: report.ends.unserved,
        in_progress: report.ends.in_progress,
        waiting: report.ends.waiting,
        within: report.service_level.within,
        late: report.service_level.late,
        undecided: report.service_level.undecided,
        service_level: report.service_level.share().ratio(),
        abandonment: report.abandonment_rate.ratio(),
        answer_p50_s: seconds(report.speed_of_answer.p50),
        answer_p90_s: seconds(report.speed_of_answer.p90),
        handle_mean_s: seconds(report.handle_time.mean),
        rating_mean: report.ratings.mean(),
        ratings: report.ratings.count(),
        today: figures.today.iter().map(slot_view).collect(),
        usual: figures.usual.as_ref().map(|usual| usual.iter().map(usual_view).collect()),
    }
}

fn slot_view(slot: &Slot) -> SlotView {
    SlotView {
        requested: slot.requested,
        accepted: slot.accepted,
        abandoned: slot.abandoned,
        service_level: slot.service_level.share().ratio(),
    }
}

fn usual_view(slot: &UsualSlot) -> UsualSlotView {
    UsualSlotView { requested: slot.requested, abandoned: slot.abandoned, service_level: slot.service_level.ratio() }
}

fn alert_view(raised: &RaisedAlert) -> AlertView {
    let kind = match raised.alert.kind {
        AlertKind::Waiting => AlertName::Waiting,
        AlertKind::LongestWait => AlertName::LongestWait,
        AlertKind::ServiceLevel => AlertName::ServiceLevel,
    };
    AlertView { kind, value: raised.alert.value, threshold: raised.alert.threshold, since: raised.since.0 }
}
