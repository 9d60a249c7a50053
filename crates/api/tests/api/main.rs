//! The interface over real HTTP and real sockets, against a running engine.

#![allow(clippy::unwrap_used)] // A test says what went wrong by where it stopped.

mod attachments;
mod bad_input;
mod client;
mod desk;
mod house;
mod negatives;
mod resume;
mod sessions;
mod slow;
mod sockets;
mod story;
mod tuning;
mod wall;
mod widget;
