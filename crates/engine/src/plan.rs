//! What a configuration would change, before it does: the document by thing and field, and those who wait right now. The
//! floor that is asked is a copy, with the very same code that routes.

use std::sync::Arc;

use baton_core::{AgentId, Timestamp};
use baton_routing::Effect;
use baton_store::{ConfigVersion, Store};

use crate::Engine;
use crate::config::{self, ConfigChange, difference};
use crate::deployment::Deployment;
use crate::error::EngineError;
use crate::floor::{Availability, FloorState};
use crate::shell;

/// Most handoffs for which a plan says one by one what becomes of them; the others are counted.
pub const EFFECTS_MAX: usize = 200;

/// What applying a document would do.
#[derive(Debug, Clone, PartialEq)]
pub struct ConfigPlan {
    /// The version that runs; 0 when there is none.
    pub against: u64,
    pub changes: Vec<ConfigChange>,
    /// What is allowed and hardly meant, like a queue that nobody serves.
    pub warnings: Vec<String>,
    /// How many handoffs wait right now.
    pub waiting: u32,
    /// Those for whom something changes, by queue and place; at most [`EFFECTS_MAX`].
    pub effects: Vec<Effect>,
    /// How many more there are.
    pub effects_left_out: u32,
    /// Agents who would be gone and hold something, with how many conversations: those return to their queues.
    pub returned: Vec<(AgentId, u32)>,
}

impl Engine {
    /// What applying this document would do now. Nothing changes.
    pub async fn plan(&self, document: &str) -> Result<ConfigPlan, EngineError> {
        let next = config::compile_beside(document, self.deployment().version + 1).await?;
        let deployment = self.deployment();
        let floor = self.shell.floor().clone();
        Ok(planned(Some(&deployment), &next, &floor, self.now()))
    }
}

/// The same on a database that no engine has open. Agents are taken to be there when they declared so last.
pub async fn plan_in_store(store: &Store, document: &str, now: Timestamp) -> Result<ConfigPlan, EngineError> {
    let current = store.read(|tx| tx.config()).await?;
    let version = current.as_ref().map_or(0, |current| current.version);
    let next = config::compile_beside(document, version + 1).await?;
    let Some(ConfigVersion { document, version, .. }) = current else {
        return Ok(planned(None, &next, &FloorState::new(&next, now), now));
    };
    let deployment = config::compile_beside(&document, version).await?;
    let floor = stored_floor(store, &deployment, now).await?;
    Ok(planned(Some(&deployment), &next, &floor, now))
}

/// The floor as the log and the agents' last words give it.
pub(crate) async fn stored_floor(
    store: &Store,
    deployment: &Deployment,
    now: Timestamp,
) -> Result<FloorState, EngineError> {
    let (states, heads) = store.read(|tx| Ok((tx.agent_states()?, tx.open_heads()?))).await?;
    let mut floor = FloorState::new(deployment, now);
    let there = states.iter().filter(|state| Availability::from_word(&state.availability) == Availability::Available);
    let there: Vec<AgentId> = there.map(|state| state.agent.clone()).collect();
    floor.remember(states, now);
    for agent in there {
        floor.connected(&agent, now);
    }
    for head in heads {
        if let Some(loaded) = shell::read(store, head.conversation).await? {
            floor.settle(&loaded.conversation, now);
        }
    }
    Ok(floor)
}

fn planned(deployment: Option<&Deployment>, next: &Deployment, floor: &FloorState, now: Timestamp) -> ConfigPlan {
    let all = floor.floor.preview(Arc::clone(&next.plan), now);
    let waiting = count(all.len());
    let mut effects: Vec<Effect> = all.into_iter().filter(Effect::changes).collect();
    let effects_left_out = count(effects.len().saturating_sub(EFFECTS_MAX));
    effects.truncate(EFFECTS_MAX);
    ConfigPlan {
        against: deployment.map_or(0, |deployment| deployment.version),
        changes: deployment.map(|deployment| difference(&deployment.document, &next.document)).unwrap_or_default(),
        warnings: next.plan.problems().iter().map(ToString::to_string).collect(),
        waiting,
        effects,
        effects_left_out,
        returned: floor.holders_outside(next),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
