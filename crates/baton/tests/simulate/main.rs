//! Simulation, staffing and backcast on the command line, as an analyst uses them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::float_cmp, reason = "what is compared exactly was counted")]

mod backcast;
mod desk;
mod faults;
mod scenarios;
mod staffing;
