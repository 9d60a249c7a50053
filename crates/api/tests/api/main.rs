//! The interface over real HTTP and real sockets, against a running engine.

mod bad_input;
mod client;
mod house;
mod negatives;
mod resume;
mod sessions;
mod slow;
mod sockets;
mod story;
