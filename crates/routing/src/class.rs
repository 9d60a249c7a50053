//! Requirement classes: handoffs that ask the same of an agent stand in one line, so that one look at the agents
//! answers for all of them.

use std::collections::BTreeMap;

use baton_core::{AgentId, HandoffId, Language, Level, Needs, QueueId, SkillId, Timestamp};

use crate::decision::WhyNot;
use crate::plan::{AgentPlan, Queue};

/// Everything that decides which agents may take a handoff, time and slots aside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Class {
    pub(crate) queue: QueueId,
    /// What the handoff and its queue need, the higher level of the two.
    pub(crate) skills: BTreeMap<SkillId, Level>,
    pub(crate) language: Option<Language>,
    pub(crate) language_required: bool,
    pub(crate) reserved_for: Option<AgentId>,
}

impl Class {
    pub(crate) fn of(key: &QueueId, queue: Option<&Queue>, needs: &Needs, reserved_for: Option<&AgentId>) -> Self {
        Self {
            queue: key.clone(),
            skills: skills_in(queue, needs),
            language: needs.language,
            language_required: queue.is_some_and(|queue| queue.language_required),
            reserved_for: reserved_for.cloned(),
        }
    }

    /// Whether the agent, as configured, may take it; the first reason why not.
    ///
    /// The agent for whom it is reserved may always: somebody chose that person by name and knew why.
    pub(crate) fn fits(&self, agent: &AgentId, plan: &AgentPlan) -> Result<(), WhyNot> {
        if self.reserved_for.as_ref() == Some(agent) {
            return Ok(());
        }
        if !plan.queues.contains(&self.queue) {
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

/// The place of a handoff in every order: the highest priority first, then who waits longest, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    rank: std::cmp::Reverse<i16>,
    since: Timestamp,
    pub(crate) handoff: HandoffId,
}

impl Place {
    pub(crate) fn of(queue: Option<&Queue>, needs: &Needs, since: Timestamp, handoff: HandoffId) -> Self {
        let added = queue.map_or(0, |queue| queue.priority.get());
        Self { rank: std::cmp::Reverse(i16::from(needs.priority.get()) + i16::from(added)), since, handoff }
    }
}
