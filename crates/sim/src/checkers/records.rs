//! Every offer can be explained: why this agent is on record before the agent is asked.

use baton_core::Event;

use crate::checkers::Checker;
use crate::judge::Seen;

pub(crate) struct Records;

impl Checker for Records {
    fn name(&self) -> &'static str {
        "records"
    }

    fn appended(&mut self, seen: &Seen) -> Result<(), String> {
        for recorded in &seen.events {
            let Event::OfferMade { agent, .. } = &recorded.event else { continue };
            let chosen = format!("\"chosen\":\"{agent}\"");
            if !seen.decisions.iter().any(|record| record.contains(&chosen)) {
                return Err(format!("it was offered to {agent}, and no record says why"));
            }
        }
        Ok(())
    }
}
