//! Who answers before the human does: the knowledge bot, a webhook, any chat-completions endpoint; and the one way out.
//!
//! A bot is asked for one turn with everything it may know, and answers, asks for a person, or says that it will
//! answer later through the API. That it fails is an answer too: the engine hands the customer to a person.

mod article;
mod chat;
mod completions;
mod egress;
mod knowledge;
mod parts;
mod reply;
mod secret;
mod turn;
mod webhook;

use std::time::Duration;

use baton_core::Timestamp;

pub use article::{Article, HEADING_CHARS_MAX, SECTION_BYTES_MAX, SECTIONS_MAX, Section, split_article};
pub use chat::{ChatBot, ChatSettings};
pub use completions::{Completions, CompletionsSettings};
pub use egress::{
    Answered, Egress, EgressFailure, EgressRefused, EgressSettings, InvalidAllowedHost, InvalidEgress, Post,
};
pub use knowledge::{Articles, KnowledgeBot, KnowledgeSettings, Passage, Searching};
pub use parts::{ACTIONS_MAX, Action, CARDS_MAX, Card, Parts};
pub use reply::{ANSWER_BYTES_MAX, BotAnswer, BotFailure, BotReply, InvalidBot, SourceLink};
pub use secret::{InvalidSigningSecret, SIGNING_KEY_BYTES_MAX, SIGNING_KEY_BYTES_MIN, Secret, SigningSecret};
pub use turn::{BotLine, BotLineAuthor, BotTurn, HandbackFacts};
pub use webhook::{WebhookBot, WebhookSettings};

/// The shell's clock; what is signed carries the moment.
pub type Clock = std::sync::Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A bot of the configuration, ready to be asked.
#[derive(Debug, Clone)]
pub enum Bot {
    Knowledge(KnowledgeBot),
    Webhook(WebhookBot),
    Chat(ChatBot),
    /// Part of the program that runs the engine.
    Own(std::sync::Arc<dyn OwnBot>),
}

/// A bot inside the program that runs the engine.
pub trait OwnBot: std::fmt::Debug + Send + Sync {
    fn answer<'a>(&'a self, turn: &'a BotTurn) -> Answering<'a>;
    /// After this long without an answer the turn has failed.
    fn time_limit(&self) -> Duration;
}

/// An answer under way.
pub type Answering<'a> = std::pin::Pin<Box<dyn Future<Output = Result<BotReply, BotFailure>> + Send + 'a>>;

impl Bot {
    /// Asks for one turn; returns within [`Bot::time_limit`].
    pub async fn answer(&self, turn: &BotTurn) -> Result<BotReply, BotFailure> {
        match self {
            Self::Knowledge(bot) => bot.answer(turn).await,
            Self::Webhook(bot) => bot.answer(turn).await,
            Self::Chat(bot) => bot.answer(turn).await,
            Self::Own(bot) => bot.answer(turn).await,
        }
    }

    /// After this long without an answer the turn has failed.
    pub fn time_limit(&self) -> Duration {
        match self {
            Self::Knowledge(bot) => bot.time_limit(),
            Self::Webhook(bot) => bot.time_limit(),
            Self::Chat(bot) => bot.time_limit(),
            Self::Own(bot) => bot.time_limit(),
        }
    }
}
