//! Simulation, staffing and backcast on the command line, as an analyst uses them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod backcast;
mod desk;
mod faults;
mod scenarios;
mod staffing;
