//! A deployment to load: a configuration made for it, and people who sign in, write and are assigned through the public
//! interface alone.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::child::Place;
use crate::http::Http;
use crate::socket::Socket;

/// A thousand conversations: more than an agent can hold, so they are spread over as many as a small team has.
pub(crate) const AGENTS: usize = 8;
pub(crate) const CONVERSATIONS: usize = 1_000;
/// Each has as many conversations as each agent.
pub(crate) const CUSTOMERS: usize = 8;

const PASSWORD: &str = "correct horse battery staple";

/// Who writes and who answers.
pub(crate) struct House {
    pub(crate) server: SocketAddr,
    agents: Vec<String>,
    customers: Vec<Customer>,
    pub(crate) conversations: Vec<Conversation>,
}

/// A customer's tokens.
pub(crate) struct Customer {
    pub(crate) access: String,
    refresh: String,
}

#[derive(Clone, Copy)]
pub(crate) struct Conversation {
    pub(crate) id: Uuid,
    pub(crate) customer: usize,
}

/// Writes the configuration and the sign-ins, before the first start.
pub(crate) fn prepare(place: &Place) -> Result<PathBuf> {
    let database = place.file("baton.db");
    let config = configuration(place)?;
    let (database_text, config_text) = (database.display().to_string(), config.display().to_string());
    place.baton(&["apply", &config_text, "--database", &database_text], "")?;
    for agent in (0..AGENTS).map(|number| format!("agent-{number}")).chain(["boss".to_owned()]) {
        place.baton(&["passwd", &agent, "--database", &database_text], PASSWORD)?;
    }
    Ok(database)
}

/// The configuration as a file: one queue that all agents take from, and a bot that leaves its turns to others.
pub(crate) fn configuration(place: &Place) -> Result<PathBuf> {
    let capacity = CONVERSATIONS.div_ceil(AGENTS);
    let agents: Vec<String> = (0..AGENTS)
        .map(|number| {
            format!(
                "  agent-{number}: {{name: Agent {number}, email: agent-{number}@example.org, queues: [general], \
                 languages: [en], capacity: {capacity}}}\n"
            )
        })
        .collect();
    let agents = agents.concat();
    let text = format!(
        "organisation: Bench\n\
         settings: {{away_grace_s: 86400, disconnect_grace_s: 86400, wrap_up_s: 0}}\n\
         channels:\n  site: {{title: Bench, bot: silent}}\n\
         bots:\n  silent: {{kind: api, name: Silent}}\n\
         default_queue: general\nqueues:\n  general: {{name: General}}\n\
         agents:\n  boss: {{name: Boss, email: boss@example.org, role: admin, capacity: 1}}\n{agents}"
    );
    let file = place.file("bench.yaml");
    std::fs::write(&file, text)?;
    Ok(file)
}

/// Customers who all wait for people who are not there yet.
pub(crate) struct Waiting {
    pub(crate) server: SocketAddr,
    /// The agents' tokens.
    pub(crate) agents: Vec<String>,
}

impl Waiting {
    /// Signs the agents in, and lets every customer ask for a person.
    pub(crate) async fn furnish(server: SocketAddr) -> Result<Self> {
        let mut http = Http::connect(server).await?;
        let mut agents = Vec::new();
        for number in 0..AGENTS {
            agents.push(sign_in(&mut http, &format!("agent-{number}")).await?);
        }
        let customer = Customer::begin(&mut http).await?;
        for _ in 0..CONVERSATIONS {
            let (id, handoff) = (Uuid::now_v7(), Uuid::now_v7());
            http.ask("POST", "/v1/conversations", &customer.access, &json!({ "id": id })).await?;
            let path = format!("/v1/conversations/{id}/handoff");
            http.ask("POST", &path, &customer.access, &json!({ "handoff": handoff })).await?;
        }
        Ok(Self { server, agents })
    }
}

impl House {
    /// Signs everybody in, starts the conversations and assigns each to an agent.
    pub(crate) async fn furnish(server: SocketAddr) -> Result<Self> {
        let mut http = Http::connect(server).await?;
        let boss = sign_in(&mut http, "boss").await?;
        let mut agents = Vec::new();
        for number in 0..AGENTS {
            agents.push(sign_in(&mut http, &format!("agent-{number}")).await?);
        }
        let mut customers = Vec::new();
        for _ in 0..CUSTOMERS {
            customers.push(Customer::begin(&mut http).await?);
        }
        let mut conversations = Vec::with_capacity(CONVERSATIONS);
        for number in 0..CONVERSATIONS {
            let (id, customer) = (Uuid::now_v7(), number % CUSTOMERS);
            http.ask("POST", "/v1/conversations", &customers[customer].access, &json!({ "id": id })).await?;
            let agent = format!("agent-{}", number % AGENTS);
            http.ask("POST", &format!("/v1/conversations/{id}/assign"), &boss, &json!({ "agent": agent })).await?;
            conversations.push(Conversation { id, customer });
        }
        Ok(Self { server, agents, customers, conversations })
    }

    /// Every agent's socket, following all that the agent holds.
    pub(crate) async fn agent_sockets(&self) -> Result<Vec<Socket>> {
        let mut http = Http::connect(self.server).await?;
        let mut sockets = Vec::new();
        for (number, token) in self.agents.iter().enumerate() {
            let mut socket = Socket::of(&mut http, self.server, token).await?;
            for conversation in self.conversations.iter().skip(number).step_by(AGENTS) {
                socket.follow(conversation.id).await?;
            }
            sockets.push(socket);
        }
        Ok(sockets)
    }

    /// The customer's token for a conversation.
    pub(crate) fn access(&self, conversation: Conversation) -> &str {
        &self.customers[conversation.customer].access
    }

    pub(crate) fn customers(&self) -> &[Customer] {
        &self.customers
    }

    /// Access tokens live for minutes; a long run renews them.
    pub(crate) async fn renew(&mut self) -> Result<()> {
        let mut http = Http::connect(self.server).await?;
        for customer in &mut self.customers {
            let body = json!({ "channel": "site", "refresh_token": customer.refresh });
            *customer = Customer::of(&http.ask("POST", "/v1/customer-sessions", "", &body).await?)?;
        }
        Ok(())
    }
}

impl Customer {
    pub(crate) async fn begin(http: &mut Http) -> Result<Self> {
        Self::of(&http.ask("POST", "/v1/customer-sessions", "", &json!({ "channel": "site" })).await?)
    }

    fn of(session: &Value) -> Result<Self> {
        let token = |name: &str| session[name].as_str().map(str::to_owned).with_context(|| format!("no {name}"));
        Ok(Self { access: token("access_token")?, refresh: token("refresh_token")? })
    }
}

async fn sign_in(http: &mut Http, who: &str) -> Result<String> {
    let email = format!("{who}@example.org");
    let body = json!({ "email": email, "password": PASSWORD, "transport": "bearer" });
    let signed_in = http.ask("POST", "/v1/session", "", &body).await?;
    signed_in["token"].as_str().map(str::to_owned).context("no token")
}

/// A message of 200 bytes that says something else each time.
pub(crate) fn text(number: u64) -> String {
    let said = format!(
        "My order {number:012} was to arrive on Tuesday, and the page has said since then that the parcel is on its way. \
         Could you please look where it is right now, and tell me what I can expect of it?"
    );
    format!("{said:<200}").chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_has_two_hundred_bytes_and_its_own_words() {
        assert_eq!(text(1).len(), 200);
        assert_eq!(text(u64::MAX).len(), 200);
        assert_ne!(text(1), text(2));
    }
}
