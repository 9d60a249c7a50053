//! The shell, as customers, bots and agents meet it: the engine whole, on the in-memory store and a clock that jumps.
#![allow(clippy::unwrap_used)]

mod apart;
mod configuration;
mod house;
mod late_bot;
mod opinion;
mod policy;
mod story;
mod taking;
mod topics;
mod waiting;
