//! The rules of one conversation, as stories of people and as laws that hold in every order.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value)]

mod laws;
mod stories;
mod suggestions;
mod support;
