//! How far the bot came alone.

use crate::measure::Share;
use crate::record::ConversationRecord;

/// Every conversation is in exactly one of `open`, `handed_off`, `contained` and `given_up`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Containment {
    pub conversations: u64,
    /// Not closed yet: nothing is known of how it ends.
    pub open: u64,
    /// Closed, and a person was asked for at some time.
    pub handed_off: u64,
    /// Closed without a person, and the bot's last answer was one it stood behind.
    pub contained: u64,
    /// Closed without a person, and the bot had no answer at the end. Such a customer was not helped.
    pub given_up: u64,
}

impl Containment {
    pub(crate) fn count(&mut self, conversation: ConversationRecord) {
        self.conversations += 1;
        let part = match conversation {
            ConversationRecord { closed: false, .. } => &mut self.open,
            ConversationRecord { had_handoff: true, .. } => &mut self.handed_off,
            ConversationRecord { last_bot_knew: Some(true), .. } => &mut self.contained,
            ConversationRecord { last_bot_knew: Some(false) | None, .. } => &mut self.given_up,
        };
        *part += 1;
    }

    /// `contained / closed`, where `closed = handed_off + contained + given_up`. With the share handed off it never
    /// exceeds one.
    pub fn share(&self) -> Share {
        Share { part: self.contained, whole: self.handed_off + self.contained + self.given_up }
    }
}
