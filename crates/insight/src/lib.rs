//! What it all means later: service level, containment, abandonment. Pure over records.
//!
//! [`Report::of`] folds records into counts that add up: every handoff is in exactly one part of [`Ends`] and in
//! exactly one part of [`ServiceLevel`], every conversation in exactly one part of [`Containment`]. A [`Day`] cuts the
//! same handoffs into slots by when they were requested, so its slots add up to the report of the day. A share is kept as
//! part and whole, so that no percentage stands without its denominator.

mod alert;
mod containment;
mod day;
mod measure;
mod record;
mod report;
mod triggers;

pub use alert::{Alert, AlertKind, Thresholds};
pub use containment::Containment;
pub use day::{Day, SLOT, Slot, UsualSlot, usual};
pub use measure::{Ratings, Share, Spans};
pub use record::{ConversationRecord, HandoffRecord, Outcome};
pub use report::{Ends, Report, ServiceLevel};
pub use triggers::{TriggerKind, TriggerReport};
