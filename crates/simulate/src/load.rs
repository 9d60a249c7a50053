//! The load: who comes, when, for how long, with how much patience; and how the people at their desks behave.

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_core::{AgentId, Needs, Timestamp};
use baton_routing::Hours;
use jiff::tz::TimeZone;

use crate::rates::Rates;
use crate::spans::Spans;

/// Who comes.
#[derive(Debug, Clone)]
pub struct Load {
    /// Whose clock on the wall the rates follow and the picture shows.
    pub zone: TimeZone,
    pub streams: Vec<Stream>,
    pub nobody: Nobody,
    /// The chance that somebody takes the call-back or the message that a queue offers after its longest wait.
    pub takes_alternative: f64,
}

/// Arrivals that are alike.
#[derive(Debug, Clone)]
pub struct Stream {
    /// Names its chance: streams of one name meet the same arrivals in two scenarios.
    pub name: String,
    pub source: Source,
    pub needs: Needs,
    /// How long the agent is with the customer.
    pub handle: Spans,
    /// What comes after and holds the slot too, cut off at the deployment's limit.
    pub wrap_up: Option<Spans>,
    /// How long a customer waits before leaving; `None` is for ever.
    pub patience: Option<Spans>,
}

/// When they come.
#[derive(Debug, Clone)]
pub enum Source {
    /// A Poisson process.
    Poisson(Rates),
    /// As they really came, in the order of time.
    Recorded(Arc<[Recorded]>),
}

/// One real arrival. What is not known of it is drawn as the stream says.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    pub at: Timestamp,
    pub needs: Needs,
    pub handle_s: Option<f64>,
    pub wrap_up_s: Option<f64>,
    pub patience: Patience,
}

/// What is known of somebody's patience.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Patience {
    Unknown,
    /// They left after so long.
    Was(f64),
    /// They were served, or refused, after so long: what was left of their patience is drawn beyond it.
    AtLeast(f64),
}

/// What customers do who are told at the beginning that nobody is there, that it is closed, or that it is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nobody {
    /// They take the alternative and are counted as turned away.
    #[default]
    Leaves,
    /// They wait in the queue all the same, where the queue lets them.
    Waits,
}

/// How agents behave.
#[derive(Debug, Clone, Default)]
pub struct Desks {
    pub usual: Desk,
    pub of: BTreeMap<AgentId, Desk>,
}

/// One agent's ways.
#[derive(Debug, Clone)]
pub struct Desk {
    pub shift: Shift,
    /// From ringing to accepting or declining; `None` is at once.
    pub accept: Option<Spans>,
    /// The chance that an offer is declined.
    pub decline: f64,
    /// The chance that an offer rings out with nobody answering.
    pub miss: f64,
    /// After so many misses that they were set away, how long until they are back.
    pub back_after_s: f64,
}

/// When an agent is there. What they are at when it ends they finish.
#[derive(Debug, Clone, Default)]
pub enum Shift {
    /// Whenever one of their queues is open.
    #[default]
    QueueHours,
    Hours(Hours),
    /// As it really was: from and until, in order.
    Recorded(Arc<[(Timestamp, Timestamp)]>),
}

impl Default for Desk {
    fn default() -> Self {
        Self { shift: Shift::default(), accept: None, decline: 0.0, miss: 0.0, back_after_s: 300.0 }
    }
}

impl Desks {
    pub(crate) fn desk(&self, agent: &AgentId) -> &Desk {
        self.of.get(agent).unwrap_or(&self.usual)
    }
}
