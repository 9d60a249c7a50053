//! The configuration of the floor: queues, what each serves, and the agents who work there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use baton_core::{AgentId, Alternative, Language, Level, Needs, Priority, QueueId, SkillId, Tier, Timestamp, TopicId};

use crate::hours::Hours;

/// How much waiting one point of priority is worth when the configuration does not say.
pub const PRIORITY_WORTH: Duration = Duration::from_mins(2);
/// How long an offer rings when the configuration does not say.
pub const RING: Duration = Duration::from_secs(25);
/// The wait within which a handoff should be accepted when the configuration does not say.
pub const SERVICE_LEVEL: Duration = Duration::from_mins(1);
/// Most steps in which a queue's needs relax.
pub const RELAXATIONS_MAX: usize = 16;

/// Queues and agents, as configured; immutable, replaced as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The configuration's version, named in every decision.
    pub version: u64,
    pub queues: BTreeMap<QueueId, Queue>,
    /// Where a handoff waits when no queue serves it.
    pub default_queue: QueueId,
    pub agents: BTreeMap<AgentId, AgentPlan>,
    /// A handoff with one point of priority more stands as if it had come this much earlier. So priority moves people
    /// forward by a known time, and whoever waits is overtaken only by those who come within it.
    pub priority_worth: Duration,
    /// From this priority on, the queue's included, a handoff may also take an agent's urgent slots; `None` is never.
    pub urgent_from: Option<Priority>,
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
    /// Open or closed for a while, whatever the hours say.
    pub exception: Option<Exception>,
    /// How long an offer rings.
    pub ring: Duration,
    /// Added to the priority of every handoff here.
    pub priority: Priority,
    /// Whether an agent must speak the customer's language; otherwise those who speak it go first.
    pub language_required: bool,
    /// The wait within which a handoff should be accepted.
    pub service_level: Duration,
    /// How needs relax as the time in this queue passes, ordered by `after`. Each step adds to those before.
    pub relax: Vec<Relaxation>,
    /// Which of several free agents is chosen.
    pub choose: Choose,
    /// How long a handoff waits for its preferred agent who is there and busy; zero is not at all.
    pub prefer_for: Duration,
    pub delivery: Delivery,
    /// Most who may wait here; who would be one more is told before joining. `None` is no limit.
    pub limit: Option<u32>,
    /// Within this long before it closes nobody is promised who would only join.
    pub last_admission: Duration,
    pub longest_wait: Option<LongestWait>,
}

/// Open or closed until a moment, in place of what the hours say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exception {
    pub open: bool,
    pub until: Timestamp,
}

/// One step in which needs relax.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Relaxation {
    /// The time in the queue from which it holds.
    pub after: Duration,
    /// Skills that are needed at a higher level are needed at this one.
    pub levels_at_most: Option<Level>,
    /// No skill is needed: anybody of the queue will do.
    pub any_skill: bool,
    /// The customer's language is no longer required; who speaks it still goes first.
    pub any_language: bool,
    /// Agents of these queues are asked too, after those of its own.
    pub also: BTreeSet<QueueId>,
}

/// Which of several free agents is chosen, after the preferred agent and those who speak the customer's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Choose {
    #[default]
    LongestIdle,
    /// The smallest share of slots taken, then the longest idle.
    LeastOccupied,
    /// Whose weakest needed skill is strongest, then the longest idle.
    BestSkill,
}

/// How a queue's handoffs reach agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Delivery {
    /// One agent at a time is asked.
    #[default]
    Offer,
    /// Everybody who could take it sees it; the first to take it has it.
    Broadcast,
    /// Agents take from the queue themselves.
    Pull,
}

/// What happens when somebody waits too long: they are offered something else, and their place is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongestWait {
    /// The time in the queue from which it is due.
    pub after: Duration,
    pub offer: Alternative,
}

/// What a queue is for; an empty set is any, a set that names something asks the handoff to name it too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Serves {
    pub topics: BTreeSet<TopicId>,
    pub tiers: BTreeSet<Tier>,
    pub languages: BTreeSet<Language>,
}

/// One agent, as configured.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgentPlan {
    pub name: String,
    pub queues: BTreeSet<QueueId>,
    pub skills: BTreeMap<SkillId, Level>,
    pub languages: BTreeSet<Language>,
    /// How many slots at once; 0 takes none.
    pub capacity: u8,
    /// Slots beside `capacity` for urgent handoffs alone (see [`Plan::urgent_from`]), numbered from `capacity` on.
    pub urgent_slots: u8,
    /// Whether they may take from their queues themselves where handoffs are offered.
    pub pull: bool,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            name: String::new(),
            serves: Serves::default(),
            skills: BTreeMap::new(),
            hours: None,
            exception: None,
            ring: RING,
            priority: Priority::default(),
            language_required: false,
            service_level: SERVICE_LEVEL,
            relax: Vec::new(),
            choose: Choose::default(),
            prefer_for: Duration::ZERO,
            delivery: Delivery::default(),
            limit: None,
            last_admission: Duration::ZERO,
            longest_wait: None,
        }
    }
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

    pub(crate) fn has_people_for(&self, key: &QueueId, queue: &Queue, needs: &Needs) -> bool {
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
        self.exception_at(at).map_or_else(|| self.says_open(at), |exception| exception.open)
    }

    /// Whether it is never anything but open.
    pub(crate) fn is_always_open(&self) -> bool {
        self.hours.is_none() && self.exception.is_none()
    }

    /// The first moment after `at` when open turns into closed or closed into open.
    pub fn next_change(&self, at: Timestamp) -> Option<Timestamp> {
        let by_hours = |at| self.hours.as_ref().and_then(|hours| hours.next_change(at));
        match self.exception_at(at) {
            None => by_hours(at),
            Some(Exception { open, until }) if self.says_open(until) != open => Some(until),
            Some(Exception { until, .. }) => by_hours(until),
        }
    }

    fn says_open(&self, at: Timestamp) -> bool {
        self.hours.as_ref().is_none_or(|hours| hours.is_open(at))
    }

    fn exception_at(&self, at: Timestamp) -> Option<Exception> {
        self.exception.filter(|exception| at < exception.until)
    }

    /// When it opens next; `None` when it is open or its hours never say so.
    pub fn opens_at(&self, at: Timestamp) -> Option<Timestamp> {
        if self.is_open(at) { None } else { self.next_change(at) }
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
