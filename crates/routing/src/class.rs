//! Requirement classes: handoffs that ask the same of an agent stand in one line, so that one look at the agents
//! answers for all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use baton_core::{AgentId, HandoffId, Language, Level, Needs, QueueId, SkillId, Timestamp, Weight};

use crate::decision::{Needed, WhyNot};
use crate::plan::{AgentPlan, Plan, Queue};

/// Everything that decides which agents may take a handoff, time and slots aside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Class {
    pub(crate) queue: QueueId,
    /// Whose agents are asked too, by relaxation.
    pub(crate) also: BTreeSet<QueueId>,
    /// What the handoff and its queue need, the higher level of the two, after relaxation.
    pub(crate) skills: BTreeMap<SkillId, Level>,
    pub(crate) language: Option<Language>,
    pub(crate) language_required: bool,
    pub(crate) weight: Weight,
    pub(crate) urgent: bool,
    pub(crate) reserved_for: Option<AgentId>,
}

impl Class {
    /// The class of needs in a queue before anything relaxes.
    pub(crate) fn of(plan: &Plan, key: &QueueId, needs: &Needs, reserved_for: Option<&AgentId>) -> Self {
        Self::relaxed(plan, key, needs, reserved_for, 0)
    }

    /// The same after so many steps of the queue's relaxation.
    pub(crate) fn relaxed(
        plan: &Plan,
        key: &QueueId,
        needs: &Needs,
        reserved_for: Option<&AgentId>,
        steps: usize,
    ) -> Self {
        let queue = plan.queues.get(key);
        let mut class = Self {
            queue: key.clone(),
            also: BTreeSet::new(),
            skills: skills_in(queue, needs),
            language: needs.language,
            language_required: queue.is_some_and(|queue| queue.language_required),
            weight: needs.weight,
            urgent: plan.urgent_from.is_some_and(|from| rank(queue, needs) >= i16::from(from.get())),
            reserved_for: reserved_for.cloned(),
        };
        for step in queue.into_iter().flat_map(|queue| &queue.relax).take(steps) {
            if let Some(most) = step.levels_at_most {
                class.skills.values_mut().for_each(|level| *level = (*level).min(most));
            }
            if step.any_skill {
                class.skills.clear();
            }
            class.language_required &= !step.any_language;
            class.also.extend(step.also.iter().filter(|also| *also != key).cloned());
        }
        class
    }

    pub(crate) fn needed(&self) -> Needed {
        Needed {
            skills: self.skills.clone(),
            language: self.language,
            language_required: self.language_required,
            weight: self.weight,
            urgent: self.urgent,
        }
    }

    /// Whether the agent, as configured, may take it; the first reason why not.
    ///
    /// The agent for whom it is reserved may always: somebody chose that person by name and knew why.
    pub(crate) fn fits(&self, agent: &AgentId, plan: &AgentPlan) -> Result<(), WhyNot> {
        if self.reserved_for.as_ref() == Some(agent) {
            return Ok(());
        }
        if !plan.queues.contains(&self.queue) && plan.queues.is_disjoint(&self.also) {
            return Err(WhyNot::NotInQueue);
        }
        if let Some((skill, needed)) = self.skills.iter().find(|(skill, level)| !plan.has(skill, **level)) {
            let has = plan.skills.get(skill).copied();
            return Err(WhyNot::MissingSkill { skill: skill.clone(), needed: *needed, has });
        }
        if self.language_required && !self.spoken_by(plan) {
            return Err(WhyNot::Language);
        }
        Ok(())
    }

    /// Whether the agent speaks the customer's language; true when no language is named.
    pub(crate) fn spoken_by(&self, plan: &AgentPlan) -> bool {
        self.language.is_none_or(|language| plan.languages.contains(&language))
    }
}

/// The skills that hold in a queue.
pub(crate) fn skills_in(queue: Option<&Queue>, needs: &Needs) -> BTreeMap<SkillId, Level> {
    let mut skills = needs.skills.clone();
    for (skill, level) in queue.into_iter().flat_map(|queue| &queue.skills) {
        let held = skills.entry(skill.clone()).or_insert(*level);
        *held = (*held).max(*level);
    }
    skills
}

/// The handoff's priority and its queue's together.
pub(crate) fn rank(queue: Option<&Queue>, needs: &Needs) -> i16 {
    i16::from(needs.priority.get()) + queue.map_or(0, |queue| i16::from(queue.priority.get()))
}

/// The place of a handoff in every order: who waits longest, a point of priority counting as a stretch of waiting,
/// then by id.
///
/// Both grow alike with time, so the order of two who wait never changes by time alone: nothing is sorted again. And
/// whoever comes later than that stretch times the points between them stands behind, whatever their priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    key: i64,
    pub(crate) handoff: HandoffId,
    /// Where the floor keeps it; not part of the order, because an id is there once.
    pub(crate) number: u32,
}

impl Place {
    /// Behind everybody.
    pub(crate) const NONE: Self = Self { key: i64::MAX, handoff: HandoffId(uuid::Uuid::max()), number: u32::MAX };

    pub(crate) fn of(plan: &Plan, queue: Option<&Queue>, needs: &Needs, since: Timestamp, handoff: HandoffId) -> Self {
        Self { key: order_key(since, rank(queue, needs), plan.priority_worth), handoff, number: 0 }
    }

    #[cfg(test)]
    pub(crate) fn at(key: i64, handoff: HandoffId) -> Self {
        Self { key, handoff, number: 0 }
    }

    pub(crate) fn numbered(self, number: u32) -> Self {
        Self { number, ..self }
    }

    /// What the order goes by before the id.
    pub(crate) fn key(&self) -> i64 {
        self.key
    }

    pub(crate) fn is_none(&self) -> bool {
        self.key == i64::MAX
    }
}

/// The moment at which one of priority 0 would have had to come to stand here.
pub fn order_key(since: Timestamp, priority: i16, worth: Duration) -> i64 {
    let worth = i64::try_from(worth.as_millis()).unwrap_or(i64::MAX);
    since.0.saturating_sub(worth.saturating_mul(priority.into())).min(i64::MAX - 1)
}
