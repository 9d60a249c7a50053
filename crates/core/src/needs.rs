//! What a handoff needs, and what the floor can promise for it.

use std::collections::BTreeMap;

use crate::ids::{AgentId, Language, QueueId, SkillId, Tier, TopicId};
use crate::time::Timestamp;

/// How well a skill is had or needed, 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(u8);

impl Level {
    pub const ANY: Self = Self(1);

    /// `None` outside 1 to 5.
    pub fn new(level: u8) -> Option<Self> {
        (1..=5).contains(&level).then_some(Self(level))
    }

    pub fn get(self) -> u8 {
        self.0
    }
}

/// The order inside a queue before `since`: higher goes first, 0 is ordinary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Priority(i8);

impl Priority {
    pub const MIN: i8 = -10;
    pub const MAX: i8 = 10;

    /// `None` outside −10 to 10.
    pub fn new(priority: i8) -> Option<Self> {
        (Self::MIN..=Self::MAX).contains(&priority).then_some(Self(priority))
    }

    pub fn get(self) -> i8 {
        self.0
    }
}

/// How many of an agent's slots a handoff takes at once; 1 is ordinary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(u8);

impl Weight {
    pub const MAX: u8 = 16;

    /// `None` outside 1 to 16.
    pub fn new(slots: u8) -> Option<Self> {
        (1..=Self::MAX).contains(&slots).then_some(Self(slots))
    }

    pub fn get(self) -> u8 {
        self.0
    }
}

impl Default for Weight {
    fn default() -> Self {
        Self(1)
    }
}

/// What a handoff needs. Everything is optional: no needs at all is an ordinary handoff to the default queue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needs {
    /// A certain queue; otherwise `routing` chooses one by topic, tier, language, skills and hours.
    pub queue: Option<QueueId>,
    pub topic: Option<TopicId>,
    pub tier: Option<Tier>,
    pub language: Option<Language>,
    pub skills: BTreeMap<SkillId, Level>,
    /// Asked first; others follow when they decline or do not answer.
    pub preferred_agent: Option<AgentId>,
    pub priority: Priority,
    pub weight: Weight,
}

impl Needs {
    /// These needs with `more` added: what `more` names wins, the higher level, priority and weight win.
    #[must_use]
    pub fn and(mut self, more: &Self) -> Self {
        fn prefer<T: Clone>(own: &mut Option<T>, other: Option<&T>) {
            if let Some(value) = other {
                *own = Some(value.clone());
            }
        }
        prefer(&mut self.queue, more.queue.as_ref());
        prefer(&mut self.topic, more.topic.as_ref());
        prefer(&mut self.tier, more.tier.as_ref());
        prefer(&mut self.language, more.language.as_ref());
        prefer(&mut self.preferred_agent, more.preferred_agent.as_ref());
        for (skill, level) in &more.skills {
            let held = self.skills.entry(skill.clone()).or_insert(*level);
            *held = (*held).max(*level);
        }
        self.priority = self.priority.max(more.priority);
        self.weight = self.weight.max(more.weight);
        self
    }
}

/// An estimated wait as an interval, in seconds: likely, and at most (90 % of comparable waits were shorter).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitEstimate {
    pub likely_s: u32,
    pub at_most_s: u32,
}

/// Whether somebody is there for a handoff, as the floor stood when it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Staffing {
    /// At least one agent who could serve it is available, perhaps busy.
    Staffed {
        /// 1 is next.
        position: u32,
        wait: Option<WaitEstimate>,
    },
    /// Nobody may be promised.
    Nobody {
        reason: NobodyReason,
        /// When the queue opens next, if it is closed and its hours say so.
        opens_at: Option<Timestamp>,
    },
}

/// Why nobody may be promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NobodyReason {
    /// The queue is closed.
    Closed,
    /// It closes too soon for one who would only join it.
    ClosingSoon,
    /// Nobody who could serve it is connected and available.
    NobodyAvailable,
    /// As many wait as the queue takes.
    Full,
}

/// What somebody can have in place of waiting on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alternative {
    /// Be called back.
    Callback,
    /// Leave a message that is answered later.
    Message,
}

/// The floor's answer to "who could serve this": which queue, and what may be promised. An argument of `decide`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    pub queue: QueueId,
    /// The needs that hold in that queue, with what the queue itself requires.
    pub needs: Needs,
    pub staffing: Staffing,
}
