//! What a configuration would change, before it does: the document by thing and field, and those who wait right now. The
//! floor that is asked is a copy, with the very same code that routes.

use std::collections::BTreeMap;

use baton_core::{AgentId, ConversationId, HandoffId, QueueId, Staffing, Timestamp};
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
    pub effects: Vec<WaitingEffect>,
    /// How many more there are.
    pub effects_left_out: u32,
    /// Agents who would be gone and hold something, with how many conversations: those return to their queues.
    pub returned: Vec<(AgentId, u32)>,
}

/// What becomes of one handoff that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingEffect {
    pub handoff: HandoffId,
    pub conversation: ConversationId,
    pub now: Standing,
    pub then: Standing,
}

/// How a handoff that waits stands on a floor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub queue: QueueId,
    /// 1 is next.
    pub place: u32,
    /// Whether somebody who is there could serve it, and it may be promised.
    pub staffed: bool,
    /// Who would be asked at once.
    pub asked: Option<AgentId>,
}

impl Engine {
    /// What applying this document would do now. Nothing changes.
    pub fn plan(&self, document: &str) -> Result<ConfigPlan, EngineError> {
        let deployment = self.deployment();
        let next = config::compile(document, deployment.version + 1)?;
        let floor = self.shell.floor().clone();
        Ok(planned(Some(&deployment), &next, floor, self.now()))
    }
}

/// The same on a database that no engine has open. Agents are taken to be there when they declared so last.
pub async fn plan_in_store(store: &Store, document: &str, now: Timestamp) -> Result<ConfigPlan, EngineError> {
    let current = store.read(|tx| tx.config()).await?;
    let version = current.as_ref().map_or(0, |current| current.version);
    let next = config::compile(document, version + 1)?;
    let Some(ConfigVersion { document, version, .. }) = current else {
        return Ok(planned(None, &next, FloorState::new(&next, now), now));
    };
    let deployment = config::compile(&document, version)?;
    let floor = stored_floor(store, &deployment, now).await?;
    Ok(planned(Some(&deployment), &next, floor, now))
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

fn planned(deployment: Option<&Deployment>, next: &Deployment, mut floor: FloorState, now: Timestamp) -> ConfigPlan {
    let before = standings(&mut floor, now);
    floor.floor.replace_plan(next.plan.clone());
    let mut then = standings(&mut floor, now);
    let mut effects: Vec<WaitingEffect> = before
        .iter()
        .filter_map(|(handoff, (conversation, standing))| {
            let (_, after) = then.remove(handoff)?;
            let effect =
                WaitingEffect { handoff: *handoff, conversation: *conversation, now: standing.clone(), then: after };
            (effect.now != effect.then).then_some(effect)
        })
        .collect();
    effects.sort_by(|one, other| {
        (&one.now.queue, one.now.place, one.handoff).cmp(&(&other.now.queue, other.now.place, other.handoff))
    });
    let effects_left_out = count(effects.len().saturating_sub(EFFECTS_MAX));
    effects.truncate(EFFECTS_MAX);
    ConfigPlan {
        against: deployment.map_or(0, |deployment| deployment.version),
        changes: deployment.map(|deployment| difference(&deployment.document, &next.document)).unwrap_or_default(),
        warnings: next.plan.problems().iter().map(ToString::to_string).collect(),
        waiting: count(before.len()),
        effects,
        effects_left_out,
        returned: floor.holders_outside(next),
    }
}

/// Everybody who waits, as a floor has them.
fn standings(floor: &mut FloorState, now: Timestamp) -> BTreeMap<HandoffId, (ConversationId, Standing)> {
    let asked: BTreeMap<HandoffId, AgentId> =
        floor.floor.route(now).offers.into_iter().map(|proposal| (proposal.handoff, proposal.choice.agent)).collect();
    let mut standings = BTreeMap::new();
    for queue in floor.floor.plan().queues.keys() {
        let staffing: BTreeMap<HandoffId, Staffing> =
            floor.floor.queue_staffing(queue, now, &floor.waits).into_iter().collect();
        for (place, waiting) in (1..).zip(floor.floor.queue_waiting(queue)) {
            let standing = Standing {
                queue: queue.clone(),
                place,
                staffed: matches!(staffing.get(&waiting.handoff), Some(Staffing::Staffed { .. })),
                asked: asked.get(&waiting.handoff).cloned(),
            };
            standings.insert(waiting.handoff, (waiting.conversation, standing));
        }
    }
    standings
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
