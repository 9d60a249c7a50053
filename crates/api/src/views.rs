//! From what the rules know to what a principal may see. Everything that leaves passes through here.

pub(crate) mod attachments;
pub(crate) mod brief;
pub(crate) mod channel;
pub(crate) mod configuration;
pub(crate) mod conversation;
pub(crate) mod event;
pub(crate) mod floor;
pub(crate) mod hours;
pub(crate) mod measures;
pub(crate) mod needs;
pub(crate) mod policy;
pub(crate) mod verdict;
pub(crate) mod wall;
mod words;

use baton_core::{AgentId, Author};
use baton_engine::{Deployment, Typist};
use baton_store::Customer;

use crate::principal::Principal;
use crate::wire::{AuthorKind, AuthorView};

/// Who reads. Within an audience everybody sees the same, except what each can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    Customer,
    Bot,
    Staff,
}

impl Audience {
    pub(crate) fn of(principal: &Principal) -> Self {
        match principal {
            Principal::Customer { .. } => Self::Customer,
            Principal::Bot { .. } => Self::Bot,
            Principal::Agent { .. } | Principal::Supervisor { .. } | Principal::Admin { .. } => Self::Staff,
        }
    }

    /// Where what was rendered for this audience is kept.
    pub(crate) fn index(self) -> usize {
        match self {
            Self::Customer => 0,
            Self::Bot => 1,
            Self::Staff => 2,
        }
    }

    fn is_staff(self) -> bool {
        self == Self::Staff
    }

    /// A value that only staff see.
    fn staff<T>(self, value: T) -> Option<T> {
        self.is_staff().then_some(value)
    }
}

/// What every view needs to know.
#[derive(Clone, Copy)]
pub(crate) struct Viewer<'a> {
    pub(crate) audience: Audience,
    pub(crate) deployment: &'a Deployment,
}

impl Viewer<'_> {
    pub(crate) fn agent_name(&self, agent: &AgentId) -> String {
        self.deployment.agent_name(agent).to_owned()
    }

    /// The key of an agent, which only staff see.
    fn agent_key(&self, agent: &AgentId) -> Option<String> {
        self.audience.staff(agent.to_string())
    }

    fn author(&self, author: &Author, customer: &Customer, bot: &str) -> AuthorView {
        match author {
            Author::Customer => {
                AuthorView { kind: AuthorKind::Customer, name: customer.name.clone().unwrap_or_default(), agent: None }
            }
            Author::Bot { .. } => AuthorView { kind: AuthorKind::Bot, name: bot.to_owned(), agent: None },
            Author::Agent(agent) => {
                AuthorView { kind: AuthorKind::Agent, name: self.agent_name(agent), agent: self.agent_key(agent) }
            }
        }
    }

    /// Who is typing. The bot's and the customer's names are in the conversation already.
    pub(crate) fn typist(&self, typist: &Typist) -> AuthorView {
        match typist {
            Typist::Customer => AuthorView { kind: AuthorKind::Customer, name: String::new(), agent: None },
            Typist::Bot => AuthorView { kind: AuthorKind::Bot, name: String::new(), agent: None },
            Typist::Agent(agent) => {
                AuthorView { kind: AuthorKind::Agent, name: self.agent_name(agent), agent: self.agent_key(agent) }
            }
        }
    }
}

#[cfg(test)]
mod tests;
