//! Agents: presence, availability, and the floor as they see it; and the configuration that they apply.

use std::sync::Arc;

use baton_core::{AgentId, Needs};
use baton_store::AgentState;

use crate::Engine;
use crate::config;
use crate::error::EngineError;
use crate::floor::{AgentInfo, Availability, FloorInfo};
use crate::hub::Change;
use crate::shell::Shell;

/// Longest reason for being away, in bytes.
const AWAY_REASON_BYTES_MAX: usize = 100;

/// A connection of an agent. While one lives the agent is connected; dropping the last starts the grace period.
pub struct Connected {
    agent: AgentId,
    shell: Arc<Shell>,
}

impl Drop for Connected {
    fn drop(&mut self) {
        let now = self.shell.now();
        self.shell.floor().disconnected(&self.agent, now);
        self.shell.route.notify_one();
    }
}

impl Shell {
    pub(crate) async fn set_availability(
        &self,
        agent: &AgentId,
        availability: Availability,
        reason: Option<String>,
    ) -> Result<AgentState, EngineError> {
        let now = self.now();
        let state = self.floor().declare(agent, availability, reason, now);
        let kept = state.clone();
        self.store.write(move |tx| tx.put_agent_state(&kept)).await?;
        let whom = agent.clone();
        self.hub.to_staff(Change::Availability { agent: whom.clone() }, |listener, _| *listener == whom);
        self.route.notify_one();
        Ok(state)
    }
}

impl Engine {
    pub fn agent_connected(&self, agent: &AgentId) -> Connected {
        let now = self.now();
        self.shell.floor().connected(agent, now);
        self.shell.route.notify_one();
        Connected { agent: agent.clone(), shell: Arc::clone(&self.shell) }
    }

    pub async fn set_availability(
        &self,
        agent: &AgentId,
        availability: Availability,
        reason: Option<String>,
    ) -> Result<AgentState, EngineError> {
        if let Some(reason) = reason.as_ref().filter(|reason| reason.len() > AWAY_REASON_BYTES_MAX) {
            let bytes = reason.len();
            return Err(EngineError::invalid(
                "reason",
                format!("it has {bytes} bytes and at most {AWAY_REASON_BYTES_MAX} fit"),
            ));
        }
        self.shell.set_availability(agent, availability, reason).await
    }

    pub fn agent_state(&self, agent: &AgentId) -> Option<AgentInfo> {
        let deployment = self.deployment();
        self.shell.floor().agent(&deployment, agent)
    }

    /// What could be promised for these needs, before anything is promised.
    pub fn availability(&self, needs: &Needs) -> baton_routing::Availability {
        let floor = self.shell.floor();
        floor.floor.availability(needs, self.now(), &floor.waits)
    }

    pub fn floor(&self) -> FloorInfo {
        let deployment = self.deployment();
        self.shell.floor().info(&deployment, self.now())
    }

    /// Checks a configuration, keeps it as a version, and runs by it. `expected` is the version it was made from.
    /// The answer is the version that runs and whether it is another one than before.
    pub async fn apply(&self, document: &str, by: &str, expected: Option<u64>) -> Result<(u64, bool), EngineError> {
        let current = self.shell.store.read(|tx| tx.config()).await?;
        let version = current.as_ref().map_or(0, |current| current.version);
        if let Some(expected) = expected.filter(|expected| *expected != version) {
            return Err(EngineError::VersionConflict { expected, current: version });
        }
        // Checked before it is kept: a version that cannot run is never written.
        config::compile(document, version + 1)?;
        if current.is_some_and(|current| current.document == document) {
            return Ok((version, false));
        }
        let (now, by, text) = (self.now(), by.to_owned(), document.to_owned());
        let written = self.shell.store.write(move |tx| tx.put_config(version, now, &by, &text)).await?;
        let Some(written) = written else {
            let current = self.shell.store.read(|tx| tx.config()).await?.map_or(0, |current| current.version);
            return Err(EngineError::VersionConflict { expected: version, current });
        };
        self.run_by(document, written)?;
        Ok((written, true))
    }

    fn run_by(&self, document: &str, version: u64) -> Result<(), EngineError> {
        let deployment = Arc::new(config::compile(document, version)?);
        let moved = self.shell.floor().floor.replace_plan(Arc::clone(&deployment.plan));
        for handoff in moved {
            tracing::warn!(%handoff, version, "its queue is gone from the configuration; it waits in the default queue");
        }
        self.shell.deployment.store(deployment);
        self.shell.floor().changed = true;
        self.shell.route.notify_one();
        self.shell.due.notify_one();
        Ok(())
    }
}
