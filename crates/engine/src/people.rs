//! Agents: presence, availability, and the floor as they see it; and the configuration that they apply.

use std::sync::Arc;

use baton_core::{AgentId, Needs, QueueId, Timestamp};
use baton_store::AgentState;

use crate::Engine;
use crate::config;
use crate::config::Edit;
use crate::config::versions::{self, Applying};
use crate::error::EngineError;
use crate::floor::{AgentInfo, Availability, FloorInfo};
use crate::hints::Hint;
use crate::hub::Change;
use crate::shell::Shell;

/// Longest exception from a queue's hours.
const EXCEPTION_MAX: std::time::Duration = std::time::Duration::from_hours(31 * 24);
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
        self.shell.look_soon();
        self.shell.tell(Hint::People);
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
        self.tell(Hint::People);
        Ok(state)
    }
}

impl Engine {
    pub fn agent_connected(&self, agent: &AgentId) -> Connected {
        let now = self.now();
        self.shell.floor().connected(agent, now);
        self.shell.look_soon();
        self.shell.tell(Hint::People);
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

    /// Checks a configuration, keeps it as a version, and runs by it. The answer is the version that runs and whether
    /// it is another one than before.
    pub async fn apply(&self, document: &str, applying: &Applying) -> Result<(u64, bool), EngineError> {
        let kept = versions::keep(&self.shell.store, self.now(), document, applying).await?;
        self.shell.follow_configuration().await?;
        Ok(kept)
    }

    /// Edits the running configuration and leaves the rest of its text as people wrote it. `applying.expected` says
    /// which version was read.
    pub async fn edit_config(&self, edits: &[Edit], applying: &Applying) -> Result<(u64, bool), EngineError> {
        let current = self.shell.store.read(|tx| tx.config()).await?.ok_or(EngineError::NoConfiguration)?;
        if let Some(expected) = applying.expected.filter(|expected| *expected != current.version) {
            return Err(EngineError::VersionConflict { expected, current: current.version });
        }
        let document = config::with_values(&current.document, edits)?;
        let applying = Applying { expected: Some(current.version), ..applying.clone() };
        self.apply(&document, &applying).await
    }

    /// Opens or closes a queue until a moment; nothing lets its hours hold again. It is a version of the configuration
    /// like any other, so that every engine knows it and who did it stays on record.
    pub async fn except_queue(
        &self,
        queue: &QueueId,
        exception: Option<(bool, Timestamp)>,
        reason: &str,
        by: String,
    ) -> Result<(u64, bool), EngineError> {
        let value = match exception {
            None => None,
            Some((open, until)) => {
                let ahead = until.since(self.now());
                if ahead.is_zero() || ahead > EXCEPTION_MAX {
                    return Err(EngineError::invalid("until", "it lies ahead, and at most thirty-one days"));
                }
                let until = jiff::Timestamp::from_millisecond(until.0)
                    .map_err(|error| EngineError::invalid("until", error.to_string()))?;
                Some(serde_json::json!({ "open": open, "reason": reason, "until": until.to_string() }))
            }
        };
        let path = ["queues", queue.as_str(), "exception"].map(str::to_owned).to_vec();
        let applying = Applying { by, note: Some(reason.to_owned()), expected: None };
        self.edit_config(&[(path, value)], &applying).await
    }

    /// Runs by the text of an older version again, as the next version. Without one it is the newest that says
    /// something else than what runs.
    pub async fn roll_back(&self, to: Option<u64>, applying: &Applying) -> Result<(u64, bool), EngineError> {
        let kept = versions::roll_back(&self.shell.store, self.now(), to, applying).await?;
        self.shell.follow_configuration().await?;
        Ok(kept)
    }
}

impl Shell {
    /// Runs by the newest configuration of the store, whoever applied it.
    pub(crate) async fn follow_configuration(&self) -> Result<(), EngineError> {
        let newest = self.store.read(|tx| tx.config_newest()).await?;
        if newest <= self.deployment.load().version {
            return Ok(());
        }
        let Some(config) = self.store.read(|tx| tx.config()).await? else { return Ok(()) };
        let deployment = config::compile_beside(&config.document, config.version).await?.taught_with(&self.models);
        let deployment = Arc::new(deployment);
        {
            let mut floor = self.floor();
            // Two that look at once find the same; a later one is not undone by an earlier one that was slow.
            if self.deployment.load().version >= deployment.version {
                return Ok(());
            }
            floor.replace_plan(Arc::clone(&deployment.plan));
            self.deployment.store(deployment);
        }
        tracing::info!(version = config.version, by = config.by, "runs by another configuration");
        self.route.notify_one();
        self.due.notify_one();
        Ok(())
    }
}
