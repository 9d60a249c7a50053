//! Tickets: what a client shows in a socket's first frame. In memory of this process, good once and for a minute.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use baton_core::Timestamp;

use crate::auth::revocation::Credential;
use crate::auth::secret::{self, SecretHash};
use crate::principal::Principal;
use crate::problem::{Code, Problem};

const LIFETIME: Duration = Duration::from_mins(1);
/// Most tickets that wait to be used; beyond it none is made until some expire.
const TICKETS_MAX: usize = 50_000;
const PREFIX: &str = "st_";

/// Whom a ticket speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) principal: Principal,
    pub(crate) credential: Option<Credential>,
}

#[derive(Default)]
pub(crate) struct Tickets(Mutex<HashMap<SecretHash, (Timestamp, Holder)>>);

impl Tickets {
    pub(crate) fn issue(&self, holder: Holder, now: Timestamp) -> Result<(String, Timestamp), Problem> {
        let ticket = secret::make(PREFIX);
        let expires_at = now + LIFETIME;
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tickets.len() >= TICKETS_MAX {
            tickets.retain(|_, (expires_at, _)| now < *expires_at);
        }
        if tickets.len() >= TICKETS_MAX {
            return Err(Problem::new(Code::Overloaded, "too many tickets wait to be used; ask again in a moment"));
        }
        tickets.insert(secret::hash(&ticket), (expires_at, holder));
        Ok((ticket, expires_at))
    }

    /// Takes a ticket in; the second time it is nothing.
    pub(crate) fn take(&self, ticket: &str, now: Timestamp) -> Option<Holder> {
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (expires_at, holder) = tickets.remove(&secret::hash(ticket))?;
        (now < expires_at).then_some(holder)
    }
}

#[cfg(test)]
mod tests {
    use baton_core::AgentId;

    use super::*;

    fn ana() -> Holder {
        Holder { principal: Principal::Admin { agent: AgentId::new("ana").unwrap() }, credential: None }
    }

    #[test]
    fn a_ticket_is_good_once_and_for_a_minute() {
        let tickets = Tickets::default();
        let (ticket, expires_at) = tickets.issue(ana(), Timestamp(0)).unwrap();
        assert_eq!(tickets.take(&ticket, Timestamp(1)), Some(ana()));
        assert_eq!(tickets.take(&ticket, Timestamp(1)), None);

        let (late, _) = tickets.issue(ana(), Timestamp(0)).unwrap();
        assert_eq!(tickets.take(&late, expires_at), None);
        assert_eq!(tickets.take("st_guess", Timestamp(1)), None);
    }

    #[test]
    fn a_hoard_of_tickets_keeps_nobody_out_for_longer_than_a_minute() {
        let tickets = Tickets::default();
        for _ in 0..TICKETS_MAX {
            tickets.issue(ana(), Timestamp(0)).unwrap();
        }
        assert_eq!(tickets.issue(ana(), Timestamp(1)).unwrap_err().status, 503);
        assert!(tickets.issue(ana(), Timestamp(60_000)).is_ok());
    }
}
