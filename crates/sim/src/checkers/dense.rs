//! A conversation is numbered 1, 2, 3 … without gaps, and every append leaves it longer.

use crate::checkers::Checker;
use crate::judge::Seen;

pub(crate) struct Dense;

impl Checker for Dense {
    fn name(&self) -> &'static str {
        "dense"
    }

    fn appended(&mut self, seen: &Seen) -> Result<(), String> {
        let mut expected = seen.before.seq;
        for recorded in &seen.events {
            expected = expected.next();
            if recorded.seq != expected {
                return Err(format!("event {} stands where {} belongs", recorded.seq.0, expected.0));
            }
        }
        if seen.events.is_empty() { Err("the head moved and no event came".to_owned()) } else { Ok(()) }
    }
}
