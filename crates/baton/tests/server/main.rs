//! The binary as people run it: real processes on free ports, real databases, real sockets.

#![allow(clippy::unwrap_used, clippy::large_futures)] // A test that cannot go on has failed, and few run at once.

mod agent;
mod apply;
mod broken;
mod busy;
mod client;
mod customer;
mod document;
mod journey;
mod killed;
mod ledger;
mod past;
mod program;
mod socket;
mod stop;
mod summary;
mod taking;
mod versions;
mod webhook;
