//! Routing decisions as they are kept: who was considered, and why each was not chosen.

use baton_core::{AgentId, Timestamp};
use baton_routing::Decision;
use serde::{Deserialize, Serialize};

/// A decision as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionInfo {
    pub at: Timestamp,
    pub plan_version: u64,
    pub chosen: Option<AgentId>,
    /// Why that one, or why nobody, in words.
    pub reason: String,
    /// Each agent, and why not; none for who was chosen.
    pub considered: Vec<(AgentId, Option<String>)>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    plan_version: u64,
    chosen: Option<String>,
    reason: String,
    considered: Vec<(String, Option<String>)>,
}

pub(crate) fn encode(decision: &Decision) -> String {
    let kept = Kept {
        plan_version: decision.plan_version,
        chosen: decision.chosen.as_ref().map(|choice| choice.agent.to_string()),
        reason: decision.reason.to_string(),
        considered: decision
            .considered
            .iter()
            .map(|considered| {
                (considered.agent.to_string(), considered.verdict.as_ref().err().map(ToString::to_string))
            })
            .collect(),
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
        considered: kept
            .considered
            .into_iter()
            .filter_map(|(agent, why)| Some((AgentId::new(agent).ok()?, why)))
            .collect(),
    })
}
