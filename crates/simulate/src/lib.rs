//! A contact centre simulated over the very routing that runs live, and the queueing formulas it must agree with. Pure.
//!
//! [`Setup`] is a configuration with the ways of its people, [`Load`] is who comes, [`replicate`] runs one through the
//! other. No I/O, no clock, and chance from a seed alone: the same scenario and seed give the same figures.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "counts and milliseconds of a simulation stay far below 2^52, and its spans are not negative"
)]
#![cfg_attr(test, allow(clippy::float_cmp, reason = "what is compared exactly was computed exactly"))]

mod calendar;
mod chance;
mod erlang;
mod figures;
mod history;
mod load;
mod picture;
mod rates;
mod run;
mod seats;
mod several;
mod spans;
mod staffing;
mod tally;

pub use erlang::{Erlang, Outlook, erlang_b};
pub use figures::{Estimated, Figure, Figures, over_replications};
pub use history::{Ending, Known, Past, again, known, presence, really};
pub use load::{Desk, Desks, Load, Nobody, Patience, Recorded, Shift, Source, Stream};
pub use picture::{LINES_MAX, Line, picture};
pub use rates::{Rates, Swing};
pub use run::{Counted, Course, Replication, Setup, replicate};
pub use several::{Beside, Part, Several, Simulated, Stretch};
pub use spans::Spans;
pub use staffing::{AGENTS_MAX, Demand, Targets, agents_needed};
pub use tally::{STRETCHES, Tally};
