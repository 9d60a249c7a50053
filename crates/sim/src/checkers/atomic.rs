//! The message that triggers a handoff and the handoff itself are one append.

use baton_core::{Controller, Event, VerdictKind};

use crate::checkers::Checker;
use crate::judge::Seen;

pub(crate) struct Atomic;

impl Checker for Atomic {
    fn name(&self) -> &'static str {
        "atomic"
    }

    fn appended(&mut self, seen: &Seen) -> Result<(), String> {
        for recorded in &seen.events {
            let Event::TurnAssessed { message, verdict } = &recorded.event else { continue };
            let triggers = verdict.kind == VerdictKind::HandOff && matches!(seen.before.controller, Controller::Bot);
            let requested = seen.events.iter().any(
                |other| matches!(&other.event, Event::HandoffRequested { message: by, .. } if *by == Some(*message)),
            );
            if triggers && !requested {
                return Err(format!("message {} asks for a person and no handoff came with it", message.0));
            }
        }
        Ok(())
    }
}
