//! The configuration of the floor: queues, what each serves, and the agents who work there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use baton_core::{AgentId, Language, Level, Needs, Priority, QueueId, SkillId, Tier, Timestamp, TopicId};

use crate::hours::Hours;

/// Queues and agents, as configured; immutable, replaced as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The configuration's version, named in every decision.
    pub version: u64,
    pub queues: BTreeMap<QueueId, Queue>,
    /// Where a handoff waits when no queue serves it.
    pub default_queue: QueueId,
    pub agents: BTreeMap<AgentId, AgentPlan>,
}

/// One waiting place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    pub name: String,
    pub serves: Serves,
    /// What every handoff here needs, beside its own needs.
    pub skills: BTreeMap<SkillId, Level>,
    /// When somebody may be promised; `None` is always.
    pub hours: Option<Hours>,
    /// How long an offer rings.
    pub ring: Duration,
    /// Added to the priority of every handoff here.
    pub priority: Priority,
    /// Whether an agent must speak the customer's language; otherwise those who speak it go first.
    pub language_required: bool,
    /// The wait within which a handoff should be accepted.
    pub service_level: Duration,
}

/// What a queue is for; an empty set is any, a set that names something asks the handoff to name it too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Serves {
    pub topics: BTreeSet<TopicId>,
    pub tiers: BTreeSet<Tier>,
    pub languages: BTreeSet<Language>,
}

/// One agent, as configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentPlan {
    pub name: String,
    pub queues: BTreeSet<QueueId>,
    pub skills: BTreeMap<SkillId, Level>,
    pub languages: BTreeSet<Language>,
    /// How many conversations at once; 0 takes none.
    pub capacity: u8,
}

impl Plan {
    /// Every queue that could serve these needs, best first; never empty while the default queue exists.
    ///
    /// A queue that the needs name is the only one. Otherwise those whose [`Serves`] match, in this order: one where
    /// somebody of the plan has the skills (and the language, where required), open before closed, topic named before
    /// tier named before language named, then by key. A handoff that nothing matches goes to the default queue.
    pub fn queues_for(&self, needs: &Needs, now: Timestamp) -> Vec<&QueueId> {
        if let Some((named, _)) = needs.queue.as_ref().and_then(|named| self.queues.get_key_value(named)) {
            return vec![named];
        }
        let mut matching: Vec<_> = self
            .queues
            .iter()
            .filter_map(|(key, queue)| {
                let named = queue.serves.matches(needs)?;
                let lacks_people = !self.has_people_for(key, queue, needs);
                Some((lacks_people, !queue.is_open(now), std::cmp::Reverse(named), key))
            })
            .collect();
        matching.sort_unstable();
        if matching.is_empty() {
            return self.queues.get_key_value(&self.default_queue).map(|(key, _)| key).into_iter().collect();
        }
        matching.into_iter().map(|(_, _, _, key)| key).collect()
    }

    /// What is wrong with this configuration, each with where and how to mend it; nothing when it is sound.
    ///
    /// A floor runs on an unsound plan too: what it names in vain is left out.
    pub fn problems(&self) -> Vec<PlanProblem> {
        let mut problems = Vec::new();
        if !self.queues.contains_key(&self.default_queue) {
            problems.push(PlanProblem::DefaultQueueUnknown { queue: self.default_queue.clone() });
        }
        for (agent, plan) in &self.agents {
            for queue in plan.queues.iter().filter(|queue| !self.queues.contains_key(*queue)) {
                problems.push(PlanProblem::AgentQueueUnknown { agent: agent.clone(), queue: queue.clone() });
            }
        }
        for (key, queue) in &self.queues {
            if queue.ring.is_zero() {
                problems.push(PlanProblem::RingsForNoTime { queue: key.clone() });
            }
            if !self.has_people_for(key, queue, &Needs::default()) {
                problems.push(PlanProblem::NobodyServes { queue: key.clone() });
            }
        }
        problems
    }

    fn has_people_for(&self, key: &QueueId, queue: &Queue, needs: &Needs) -> bool {
        let language = needs.language.filter(|_| queue.language_required);
        self.agents.values().any(|agent| {
            agent.capacity > 0
                && agent.queues.contains(key)
                && needs.skills.iter().chain(&queue.skills).all(|(skill, level)| agent.has(skill, *level))
                && language.is_none_or(|language| agent.languages.contains(&language))
        })
    }
}

impl Queue {
    /// Whether somebody may be promised at this moment.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.hours.as_ref().is_none_or(|hours| hours.is_open(at))
    }

    /// When it opens next; `None` when it is open or its hours never say so.
    pub fn opens_at(&self, at: Timestamp) -> Option<Timestamp> {
        self.hours.as_ref().and_then(|hours| hours.opens_at(at))
    }
}

impl Serves {
    /// `None` when the needs are not for this queue; otherwise what it names of them: topic, tier, language.
    fn matches(&self, needs: &Needs) -> Option<[bool; 3]> {
        fn names<T: Ord>(served: &BTreeSet<T>, needed: Option<&T>) -> Option<bool> {
            let fits = served.is_empty() || needed.is_some_and(|needed| served.contains(needed));
            fits.then_some(!served.is_empty())
        }
        Some([
            names(&self.topics, needs.topic.as_ref())?,
            names(&self.tiers, needs.tier.as_ref())?,
            names(&self.languages, needs.language.as_ref())?,
        ])
    }
}

impl AgentPlan {
    /// Whether this agent has the skill at this level or above.
    pub fn has(&self, skill: &SkillId, level: Level) -> bool {
        self.skills.get(skill).is_some_and(|own| *own >= level)
    }
}

/// A fault of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanProblem {
    DefaultQueueUnknown { queue: QueueId },
    AgentQueueUnknown { agent: AgentId, queue: QueueId },
    RingsForNoTime { queue: QueueId },
    NobodyServes { queue: QueueId },
}

impl PlanProblem {
    /// Whether the configuration must not be taken like this; otherwise it is a warning.
    pub fn is_error(&self) -> bool {
        match self {
            Self::DefaultQueueUnknown { .. } | Self::AgentQueueUnknown { .. } | Self::RingsForNoTime { .. } => true,
            Self::NobodyServes { .. } => false,
        }
    }
}

impl fmt::Display for PlanProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DefaultQueueUnknown { queue } => {
                write!(out, "the default queue `{queue}` is not among the queues: add it or name another")
            }
            Self::AgentQueueUnknown { agent, queue } => {
                write!(out, "agent `{agent}` works in queue `{queue}`, which does not exist: add it or remove it there")
            }
            Self::RingsForNoTime { queue } => {
                write!(out, "queue `{queue}` rings for no time, so nobody could accept: give it some seconds")
            }
            Self::NobodyServes { queue } => write!(
                out,
                "nobody could ever serve queue `{queue}`: add it to an agent with capacity and the skills it asks for"
            ),
        }
    }
}
