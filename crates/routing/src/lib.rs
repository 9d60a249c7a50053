//! Who gets a handoff and when: queues, skills, hours, matching, estimated wait. Pure.
//!
//! [`Plan`] is the configuration, [`Floor`] the live state, [`Waits`] what was observed. The floor answers what may be
//! promised ([`Floor::admit`], [`Floor::staffing`], [`Floor::availability`]), who is to be offered what
//! ([`Floor::route`]) and why ([`Floor::records`], [`Floor::explain`]), what agents may take themselves
//! ([`Floor::takeable`]), who has waited too long ([`Floor::overdue`]), and what a changed plan would do to those who
//! wait ([`Floor::preview`]). The same floor gives the same answers: there is no
//! clock, no chance and no unordered collection in here.

mod bits;
mod choosing;
mod class;
mod decision;
mod floor;
mod gamma;
mod given;
mod hours;
mod lines;
mod open;
mod plan;
mod preview;
mod ranked;
mod record;
mod round;
mod route;
mod seat;
mod snapshots;
mod staff;
mod staffing;
mod standing;
mod waits;

pub use baton_core::Alternative;
pub use class::order_key;
pub use decision::{
    ANNOUNCED_MAX, Announcement, CONSIDERED_MAX, Choice, Considered, Decision, Needed, Proposal, REST, Reason, Routed,
    Takeable, WhyNot,
};
pub use floor::{AgentPresence, Floor, Waiting};
pub use hours::{EXCEPTIONAL_DAYS_MAX, HOLIDAYS_MAX, HOURS_BYTES_MAX, Hours, HoursError};
pub use plan::{
    AgentPlan, Choose, Delivery, Exception, LongestWait, PRIORITY_WORTH, Plan, PlanProblem, Queue, RELAXATIONS_MAX,
    RING, Relaxation, SERVICE_LEVEL, Serves,
};
pub use preview::{Effect, Standing};
pub use round::{LookedAt, PASSED_MAX};
pub use route::Overdue;
pub use staffing::{Availability, QueueAvailability};
pub use waits::{
    Coverage, ENOUGH, HANDLE_TIMES_MIN, IN_ORDER_MAX, Interval, LINES_LEARNED_MAX, LINES_MAX, Line, Moments, OPEN_MAX,
    RECENT_MAX, Record, Snapshot, Team, WAIT_MAX, WINDOW, Waits, queue_length,
};
