//! Exactly one controls a conversation: the bot is silent from the moment of the handoff, an agent writes only while
//! having it.

use std::collections::BTreeMap;

use baton_core::{AgentId, Author, ConversationId, Event};

use crate::checkers::Checker;
use crate::judge::Seen;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Voice {
    #[default]
    Bot,
    Nobody,
    Person(AgentId),
    Closed,
}

#[derive(Default)]
pub(crate) struct OneVoice(BTreeMap<ConversationId, Voice>);

impl Checker for OneVoice {
    fn name(&self) -> &'static str {
        "one voice"
    }

    fn appended(&mut self, seen: &Seen) -> Result<(), String> {
        let voice = self.0.entry(seen.after.id).or_default();
        for recorded in &seen.events {
            let heard = voice.clone();
            match &recorded.event {
                Event::MessagePosted { author: Author::Bot { .. }, .. } if heard != Voice::Bot => {
                    return Err(format!("the bot wrote {} while {heard:?} has it", recorded.seq.0));
                }
                Event::MessagePosted { author: Author::Agent(agent), .. } if heard != Voice::Person(agent.clone()) => {
                    return Err(format!("{agent} wrote {} while {heard:?} has it", recorded.seq.0));
                }
                Event::HandoffRequested { .. } if heard != Voice::Bot => {
                    return Err(format!("a handoff was requested while {heard:?} has it"));
                }
                Event::HandoffRequested { .. } | Event::HandoffReturned { .. } | Event::HandoffTransferred { .. } => {
                    *voice = Voice::Nobody;
                }
                Event::OfferAccepted { agent, .. } if heard == Voice::Nobody => *voice = Voice::Person(agent.clone()),
                Event::OfferAccepted { .. } => return Err(format!("an offer was accepted while {heard:?} has it")),
                Event::HandoffAssigned { agent, .. } => *voice = Voice::Person(agent.clone()),
                Event::HandedBack { agent, .. } if heard == Voice::Person(agent.clone()) => *voice = Voice::Bot,
                Event::HandedBack { agent, .. } => return Err(format!("{agent} handed back what {heard:?} has")),
                Event::HandoffAbandoned { .. } => *voice = Voice::Bot,
                Event::ConversationClosed { .. } if heard == Voice::Closed => return Err("closed twice".to_owned()),
                Event::ConversationClosed { .. } => *voice = Voice::Closed,
                _ => {}
            }
        }
        Ok(())
    }
}
