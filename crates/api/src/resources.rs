//! What the interface offers, one file per resource. Handlers read like a sentence: extract, ask, answer.

pub(crate) mod agents;
pub(crate) mod audit;
pub(crate) mod bot_keys;
pub(crate) mod brief;
pub(crate) mod config;
pub(crate) mod contact;
pub(crate) mod control;
pub(crate) mod conversations;
pub(crate) mod customer_sessions;
pub(crate) mod events;
pub(crate) mod floor;
pub(crate) mod handoff;
pub(crate) mod health;
pub(crate) mod lists;
pub(crate) mod marks;
pub(crate) mod me;
pub(crate) mod measures;
pub(crate) mod messages;
pub(crate) mod offers;
pub(crate) mod policy;
pub(crate) mod session;
pub(crate) mod socket_tickets;
pub(crate) mod suggestion;
pub(crate) mod supervision;
pub(crate) mod survey;
pub(crate) mod timing;
