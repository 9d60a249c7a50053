//! A handoff rings with one agent at most; only that agent takes it, and only before it expires.

use std::collections::BTreeMap;

use baton_core::{AgentId, ConversationId, Event, OfferId, Timestamp};

use crate::checkers::Checker;
use crate::judge::Seen;

#[derive(Default)]
pub(crate) struct Offers(BTreeMap<ConversationId, (OfferId, AgentId, Timestamp)>);

impl Checker for Offers {
    fn name(&self) -> &'static str {
        "offers"
    }

    fn appended(&mut self, seen: &Seen) -> Result<(), String> {
        let id = seen.after.id;
        for recorded in &seen.events {
            match &recorded.event {
                Event::OfferMade { offer, agent, expires_at, .. } => {
                    let live = self.0.insert(id, (*offer, agent.clone(), *expires_at));
                    if let Some((_, other, _)) = live {
                        return Err(format!("it rings with {agent} while it rings with {other}"));
                    }
                }
                Event::OfferAccepted { offer, agent, .. } => match self.0.remove(&id) {
                    Some((live, asked, expires)) if live == *offer && asked == *agent => {
                        if recorded.at >= expires {
                            return Err(format!("{agent} took an offer that had expired"));
                        }
                    }
                    other => return Err(format!("{agent} took an offer that was not open, {other:?} was")),
                },
                Event::OfferDeclined { offer, .. }
                | Event::OfferExpired { offer, .. }
                | Event::OfferRescinded { offer, .. } => {
                    let live = self.0.remove(&id);
                    if live.as_ref().is_none_or(|(live, _, _)| live != offer) {
                        return Err(format!("offer {offer} ended and {live:?} was open"));
                    }
                }
                Event::HandoffAssigned { .. }
                | Event::HandoffReturned { .. }
                | Event::HandoffTransferred { .. }
                | Event::HandoffAbandoned { .. }
                | Event::ConversationClosed { .. } => {
                    if let Some((live, agent, _)) = self.0.get(&id) {
                        return Err(format!("offer {live} still rings with {agent} after {:?}", recorded.event));
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}
