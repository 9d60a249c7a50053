//! A customer is asked about a handoff once, after it, and answers once.

use std::collections::{BTreeMap, BTreeSet};

use baton_core::{Event, HandoffId};

use crate::checkers::Checker;
use crate::judge::Seen;

#[derive(Default)]
pub(crate) struct Surveys {
    over: BTreeSet<HandoffId>,
    asked: BTreeMap<HandoffId, bool>,
}

impl Checker for Surveys {
    fn name(&self) -> &'static str {
        "surveys"
    }

    fn appended(&mut self, seen: &Seen) -> Result<(), String> {
        for recorded in &seen.events {
            match &recorded.event {
                Event::HandedBack { handoff, .. } => {
                    self.over.insert(*handoff);
                }
                Event::ConversationClosed { .. } => {
                    self.over.extend(seen.before.handoff().map(|handoff| handoff.id));
                }
                Event::SurveyOffered { handoff } => {
                    if !self.over.contains(handoff) {
                        return Err(format!("the customer was asked about handoff {handoff} before it was over"));
                    }
                    if self.asked.insert(*handoff, false).is_some() {
                        return Err(format!("the customer was asked about handoff {handoff} twice"));
                    }
                }
                Event::SurveyAnswered { handoff, .. } if self.asked.insert(*handoff, true) != Some(false) => {
                    return Err(format!("a survey of handoff {handoff} was answered that was not open"));
                }
                _ => {}
            }
        }
        Ok(())
    }
}
