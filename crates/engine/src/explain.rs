//! Why a handoff stands where it stands: how it is now, what was decided so far, and what relaxes next.

use baton_core::{Controller, Conversation, HandoffId, Needs, Timestamp};
use baton_routing::Relaxation;
use baton_store::{HandoffRow, Store};

use crate::Engine;
use crate::config;
use crate::decisions::{self, DecisionInfo};
use crate::deployment::Deployment;
use crate::error::EngineError;
use crate::floor::FloorState;
use crate::plan::stored_floor;
use crate::shell;

/// Everything there is to say about how a handoff was and is routed.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    pub at: Timestamp,
    /// The row as reports have it: queue, times, outcome, who had it.
    pub handoff: HandoffRow,
    /// While it waits.
    pub waiting: Option<WaitingNow>,
    /// What was decided, oldest first.
    pub decisions: Vec<DecisionInfo>,
}

/// How a handoff waits.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitingNow {
    /// What it was asked with, the queue's own needs not included.
    pub needs: Needs,
    /// 1 is next.
    pub place: u32,
    /// When it came into this queue: relaxation counts from here.
    pub queued_at: Timestamp,
    /// What would be decided at this moment, or why there is nobody.
    pub now: Option<DecisionInfo>,
    /// The steps of its queue's relaxation, with when each is due.
    pub relaxes: Vec<(Timestamp, String)>,
}

impl Engine {
    /// Why a handoff stands where it stands.
    pub async fn explain(&self, handoff: HandoffId) -> Result<Explanation, EngineError> {
        let (row, kept) = self.shell.store.read(move |tx| Ok((tx.handoff(handoff)?, tx.decisions(handoff)?))).await?;
        let row = row.ok_or(EngineError::NotFound)?;
        let (at, deployment) = (self.now(), self.deployment());
        let loaded = self.shell.load(row.conversation).await?;
        let waiting = {
            let floor = self.shell.floor();
            waiting_now(&floor, &deployment, &loaded.conversation, handoff, at)
        };
        Ok(Explanation { at, handoff: row, waiting, decisions: read(&kept) })
    }
}

/// The same from a database that no engine has open. Agents are taken to be there when they declared so last.
pub async fn explain_in_store(store: &Store, handoff: HandoffId, at: Timestamp) -> Result<Explanation, EngineError> {
    let (row, kept, current) =
        store.read(move |tx| Ok((tx.handoff(handoff)?, tx.decisions(handoff)?, tx.config()?))).await?;
    let row = row.ok_or(EngineError::NotFound)?;
    let current = current.ok_or(EngineError::NoConfiguration)?;
    let deployment = config::compile_beside(&current.document, current.version).await?;
    let floor = stored_floor(store, &deployment, at).await?;
    let loaded = shell::read(store, row.conversation).await?.ok_or(EngineError::NotFound)?;
    let waiting = waiting_now(&floor, &deployment, &loaded.conversation, handoff, at);
    Ok(Explanation { at, handoff: row, waiting, decisions: read(&kept) })
}

fn read(kept: &[(Timestamp, String)]) -> Vec<DecisionInfo> {
    kept.iter().filter_map(|(at, record)| decisions::decode(*at, record)).collect()
}

fn waiting_now(
    floor: &FloorState,
    deployment: &Deployment,
    conversation: &Conversation,
    handoff: HandoffId,
    at: Timestamp,
) -> Option<WaitingNow> {
    let current = match &conversation.controller {
        Controller::Queued { handoff: current } | Controller::Offered { handoff: current, .. } => current,
        Controller::Bot | Controller::Agent { .. } | Controller::Closed => return None,
    };
    if current.id != handoff {
        return None;
    }
    let queue = deployment.plan.queues.get(&current.queue);
    let steps = queue.map(|queue| queue.relax.as_slice()).unwrap_or_default();
    Some(WaitingNow {
        needs: current.needs.clone(),
        place: floor.floor.position(handoff).unwrap_or(1),
        queued_at: current.queued_at,
        now: floor.floor.explain(handoff, at).map(|decision| decisions::info(at, &decision)),
        relaxes: steps.iter().map(|step| (current.queued_at + step.after, step_words(step))).collect(),
    })
}

/// A step of relaxation in words.
fn step_words(step: &Relaxation) -> String {
    let mut said = Vec::new();
    if step.any_skill {
        said.push("no skill is needed".to_owned());
    } else if let Some(level) = step.levels_at_most {
        said.push(format!("level {} is enough", level.get()));
    }
    if step.any_language {
        said.push("the language is not required".to_owned());
    }
    if !step.also.is_empty() {
        let queues: Vec<&str> = step.also.iter().map(baton_core::QueueId::as_str).collect();
        said.push(format!("agents of {} are asked too", queues.join(", ")));
    }
    said.join("; ")
}
