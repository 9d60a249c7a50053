//! Routing decisions as they are kept: what was needed, who was considered, and why each was not chosen.

use std::collections::BTreeMap;

use baton_core::{AgentId, Timestamp};
use baton_routing::{Choose, Decision};
use serde::{Deserialize, Serialize};

/// A decision as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionInfo {
    pub at: Timestamp,
    pub plan_version: u64,
    pub chosen: Option<AgentId>,
    /// Why that one, or why nobody, in words.
    pub reason: String,
    /// What was asked of an agent; decisions of the first days do not say.
    pub needed: Option<NeededInfo>,
    /// How many steps of its queue's relaxation held.
    pub step: u8,
    /// Its own queue, and those whose agents were asked too.
    pub queues: Vec<String>,
    /// How the queue chooses among the free.
    pub choose: Option<&'static str>,
    /// Each agent, and why not; none for who was chosen.
    pub considered: Vec<(AgentId, Option<String>)>,
    /// How many agents the list has no room for.
    pub not_listed: u32,
}

/// What was asked of an agent, after relaxation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NeededInfo {
    /// Levels by skill.
    pub skills: BTreeMap<String, u8>,
    pub language: Option<String>,
    pub language_required: bool,
    /// Slots.
    pub weight: u8,
    pub urgent: bool,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    plan_version: u64,
    chosen: Option<String>,
    reason: String,
    considered: Vec<(String, Option<String>)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    needed: Option<NeededInfo>,
    #[serde(default)]
    step: u8,
    #[serde(default)]
    queues: Vec<String>,
    #[serde(default)]
    choose: String,
    #[serde(default)]
    not_listed: u32,
}

/// A decision as it would be kept, at this moment.
pub(crate) fn info(at: Timestamp, decision: &Decision) -> DecisionInfo {
    let needed = &decision.needed;
    DecisionInfo {
        at,
        plan_version: decision.plan_version,
        chosen: decision.chosen.as_ref().map(|choice| choice.agent.clone()),
        reason: decision.reason.to_string(),
        needed: Some(NeededInfo {
            skills: needed.skills.iter().map(|(skill, level)| (skill.to_string(), level.get())).collect(),
            language: needed.language.map(|language| language.to_string()),
            language_required: needed.language_required,
            weight: needed.weight.get(),
            urgent: needed.urgent,
        }),
        step: decision.step,
        queues: decision.queues.iter().map(ToString::to_string).collect(),
        choose: Some(choose_word(decision.choose)),
        considered: decision
            .considered
            .iter()
            .map(|considered| (considered.agent.clone(), considered.verdict.as_ref().err().map(ToString::to_string)))
            .collect(),
        not_listed: decision.not_listed,
    }
}

pub(crate) fn encode(decision: &Decision) -> String {
    let info = info(Timestamp(0), decision);
    let kept = Kept {
        plan_version: info.plan_version,
        chosen: info.chosen.map(|agent| agent.to_string()),
        reason: info.reason,
        considered: info.considered.into_iter().map(|(agent, why)| (agent.to_string(), why)).collect(),
        needed: info.needed,
        step: info.step,
        queues: info.queues,
        choose: info.choose.unwrap_or_default().to_owned(),
        not_listed: info.not_listed,
    };
    serde_json::to_string(&kept).unwrap_or_default()
}

pub(crate) fn decode(at: Timestamp, record: &str) -> Option<DecisionInfo> {
    let kept: Kept = serde_json::from_str(record).ok()?;
    Some(DecisionInfo {
        at,
        plan_version: kept.plan_version,
        chosen: kept.chosen.and_then(|agent| AgentId::new(agent).ok()),
        reason: kept.reason,
        needed: kept.needed,
        step: kept.step,
        queues: kept.queues,
        choose: [Choose::LongestIdle, Choose::LeastOccupied, Choose::BestSkill]
            .into_iter()
            .map(choose_word)
            .find(|word| *word == kept.choose),
        considered: kept
            .considered
            .into_iter()
            .filter_map(|(agent, why)| Some((AgentId::new(agent).ok()?, why)))
            .collect(),
        not_listed: kept.not_listed,
    })
}

fn choose_word(choose: Choose) -> &'static str {
    match choose {
        Choose::LongestIdle => "longest_idle",
        Choose::LeastOccupied => "least_occupied",
        Choose::BestSkill => "best_skill",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_of_the_first_days_is_still_read() {
        let old = r#"{"plan_version":3,"chosen":"ana","reason":"the only one","considered":[["ana",null],["jonas","is away"]]}"#;
        let read = decode(Timestamp(7), old).unwrap();
        assert_eq!((read.plan_version, read.step, read.needed), (3, 0, None));
        assert_eq!(read.considered.len(), 2);
    }
}
