//! What a bot is told when it is asked.

use std::collections::BTreeMap;

use baton_core::{BotId, ChannelId, ConversationId, Epoch, Language, Seq};

/// One turn of the customer, with everything the bot may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotTurn {
    pub conversation: ConversationId,
    pub channel: ChannelId,
    pub bot: BotId,
    /// An answer that comes with an older epoch than the conversation's is refused.
    pub epoch: Epoch,
    /// The message that is to be answered.
    pub message: Seq,
    pub text: String,
    pub language: Language,
    /// Oldest first, the whole human stretch included. Lines from `message` on are not read.
    pub history: Vec<BotLine>,
    pub attributes: BTreeMap<String, String>,
    /// The last handback, if a person ever had this conversation.
    pub handback: Option<HandbackFacts>,
    /// The detector finds that a person should be offered.
    pub suggest_person: bool,
}

impl BotTurn {
    /// What was said before this turn, oldest first.
    pub(crate) fn before(&self) -> impl DoubleEndedIterator<Item = &BotLine> {
        self.history.iter().filter(|line| line.seq < self.message)
    }
}

/// One line of the transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotLine {
    pub seq: Seq,
    pub author: BotLineAuthor,
    pub text: String,
}

/// Who wrote a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BotLineAuthor {
    Customer,
    Bot,
    /// A person, by the name that the customer saw.
    Agent(String),
    System,
}

/// What the person who had the conversation gave back with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HandbackFacts {
    pub outcome: String,
    pub facts: Vec<String>,
    pub promises: Vec<String>,
    pub open_items: Vec<String>,
    /// For the bot, never shown to the customer.
    pub note: String,
}
