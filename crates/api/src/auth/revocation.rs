//! What ended: sockets learn here that their credential is gone, or that the server stops.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use baton_store::TokenKind;
use tokio::sync::watch;

use super::secret::SecretHash;

/// Revocations remembered for sockets that have not looked yet; one that missed more than these is closed.
const REMEMBERED_MAX: usize = 1024;

/// Which credentials ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Revoked {
    Token(SecretHash),
    /// Everything of one subject, except perhaps the token that asked for it.
    AllOf {
        kind: TokenKind,
        subject: String,
        except: Option<SecretHash>,
    },
}

/// The credential that a socket rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Credential {
    pub(crate) kind: TokenKind,
    pub(crate) hash: SecretHash,
    pub(crate) subject: String,
}

impl Revoked {
    fn ends(&self, credential: &Credential) -> bool {
        match self {
            Self::Token(hash) => *hash == credential.hash,
            Self::AllOf { kind, subject, except } => {
                *kind == credential.kind && *subject == credential.subject && *except != Some(credential.hash)
            }
        }
    }
}

/// How many revocations there were, and whether the server stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Notice {
    pub(crate) revocations: u64,
    pub(crate) stopping: bool,
}

pub(crate) struct Revocations {
    log: Mutex<VecDeque<Revoked>>,
    notice: watch::Sender<Notice>,
}

impl Revocations {
    pub(crate) fn new() -> Self {
        Self { log: Mutex::new(VecDeque::new()), notice: watch::Sender::new(Notice::default()) }
    }

    pub(crate) fn watch(&self) -> watch::Receiver<Notice> {
        self.notice.subscribe()
    }

    pub(crate) fn revoke(&self, revoked: Revoked) {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        if log.len() == REMEMBERED_MAX {
            log.pop_front();
        }
        log.push_back(revoked);
        // Under the lock: the count and the log agree for whoever looks.
        self.notice.send_modify(|notice| notice.revocations += 1);
    }

    pub(crate) fn stop(&self) {
        self.notice.send_modify(|notice| notice.stopping = true);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.notice.borrow().stopping
    }

    /// Whether a credential ended since `seen` revocations.
    pub(crate) fn ended(&self, credential: &Credential, seen: u64) -> bool {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let missed = usize::try_from(self.notice.borrow().revocations.saturating_sub(seen)).unwrap_or(usize::MAX);
        missed > log.len() || log.iter().rev().take(missed).any(|revoked| revoked.ends(credential))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(hash: u8, subject: &str) -> Credential {
        Credential { kind: TokenKind::Session, hash: [hash; 32], subject: subject.to_owned() }
    }

    #[test]
    fn changing_a_password_ends_the_other_sessions_of_that_person_only() {
        let revocations = Revocations::new();
        let kept = Some([1; 32]);
        revocations.revoke(Revoked::AllOf { kind: TokenKind::Session, subject: "ana".to_owned(), except: kept });
        assert!(!revocations.ended(&session(1, "ana"), 0));
        assert!(revocations.ended(&session(2, "ana"), 0));
        assert!(!revocations.ended(&session(2, "ana"), 1), "seen already");
        assert!(!revocations.ended(&session(3, "ben"), 0));
    }

    #[test]
    fn who_slept_through_too_many_revocations_is_closed() {
        let revocations = Revocations::new();
        for _ in 0..=REMEMBERED_MAX {
            revocations.revoke(Revoked::Token([9; 32]));
        }
        assert!(revocations.ended(&session(1, "ana"), 0));
        assert!(!revocations.ended(&session(1, "ana"), 1));
    }
}
