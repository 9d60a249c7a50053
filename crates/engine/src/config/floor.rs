//! A configuration as far as the floor is concerned: what a simulation or a staffing plan runs on, on a machine that
//! has none of the deployment's secrets and calls nobody.

use std::sync::Arc;
use std::time::Duration;

use baton_core::AgentId;
use baton_routing::Plan;

use super::document::{AgentDocument, BotDocument, Document, Role};
use super::models::ModelsDocument;
use super::{ConfigError, check, parse};

/// The floor of a configuration, and the habits of the shell that matter to it.
#[derive(Debug, Clone)]
pub struct FloorConfig {
    pub plan: Arc<Plan>,
    /// Of the default queue.
    pub time_zone: String,
    pub wrap_up: Duration,
    pub decline_pause: Duration,
    pub misses_until_away: u32,
}

/// Stands for the admin that a configuration must have and a simulation need not.
const KEEPER: &str = "keeper-of-the-simulation";

/// Reads and checks a document for its floor alone. Environment variables that it names need not be set.
pub fn compile_floor(text: &str) -> Result<FloorConfig, ConfigError> {
    let mut document: Document = parse(text)?;
    for bot in document.bots.values_mut() {
        *bot = BotDocument::Knowledge { name: bot.name().to_owned() };
    }
    for channel in document.channels.values_mut() {
        channel.identity_secret = None;
    }
    document.summary = None;
    document.second_opinion = None;
    document.egress.allow_hosts.clear();
    document.models = ModelsDocument::default();
    document.none_of_these.clear();
    document.topics.values_mut().for_each(|topic| topic.examples.clear());
    document.agents.insert(KEEPER.to_owned(), keeper()?);
    let deployment = check::compile(document, text, 1)?;
    let mut plan = Plan::clone(&deployment.plan);
    if let Ok(keeper) = AgentId::new(KEEPER) {
        plan.agents.remove(&keeper);
    }
    Ok(FloorConfig {
        plan: Arc::new(plan),
        time_zone: deployment.topics_time_zone().to_owned(),
        wrap_up: deployment.habits.wrap_up,
        decline_pause: deployment.habits.decline_pause,
        misses_until_away: deployment.habits.misses_until_away,
    })
}

fn keeper() -> Result<AgentDocument, ConfigError> {
    let mut keeper: AgentDocument = parse("name: Keeper\nemail: keeper@simulation.invalid\ncapacity: 0\n")?;
    keeper.role = Role::Admin;
    Ok(keeper)
}
