//! How much one principal or one address may ask for. A rate of nothing is no limit, for benchmarks.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use baton_core::{AgentId, BotId, CustomerId};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::principal::Principal;
use crate::problem::Problem;

/// Sweeps forgotten keys after this many questions.
const SWEEP_EVERY: u32 = 10_000;

/// So many, and so many at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// 0 is no limit.
    pub per_minute: u32,
    pub burst: u32,
}

/// Every limit of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Sign-ins, counted for each address and for each account.
    pub sign_in: Rate,
    /// Customer sessions begun or renewed from one address. Many people can share one.
    pub customer_sessions: Rate,
    /// Writes of one customer: messages, marks, handoffs.
    pub customers: Rate,
    /// Writes of one person of the staff.
    pub staff: Rate,
    /// Writes of one bot, for all its conversations together.
    pub bots: Rate,
    /// Requests and frames of any kind of one principal.
    pub requests: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            sign_in: Rate { per_minute: 10, burst: 10 },
            customer_sessions: Rate { per_minute: 120, burst: 60 },
            customers: Rate { per_minute: 300, burst: 20 },
            staff: Rate { per_minute: 1200, burst: 100 },
            bots: Rate { per_minute: 6000, burst: 500 },
            requests: Rate { per_minute: 6000, burst: 500 },
        }
    }
}

impl Rates {
    pub const UNLIMITED: Self = {
        let none = Rate { per_minute: 0, burst: 0 };
        Self { sign_in: none, customer_sessions: none, customers: none, staff: none, bots: none, requests: none }
    };
}

/// Whom a limit counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Counted {
    Customer(CustomerId),
    Person(AgentId),
    Bot(BotId),
}

impl Counted {
    pub(crate) fn of(principal: &Principal) -> Self {
        match principal {
            Principal::Customer { customer, .. } => Self::Customer(*customer),
            Principal::Bot { bot, .. } => Self::Bot(bot.clone()),
            Principal::Agent { agent, .. } | Principal::Supervisor { agent, .. } | Principal::Admin { agent } => {
                Self::Person(agent.clone())
            }
        }
    }
}

struct Limit<K: Hash + Eq + Clone> {
    limiter: Option<DefaultKeyedRateLimiter<K>>,
    asked: AtomicU32,
}

impl<K: Hash + Eq + Clone> Limit<K> {
    fn new(rate: Rate) -> Self {
        let limiter = NonZeroU32::new(rate.per_minute).map(|per_minute| {
            let burst = NonZeroU32::new(rate.burst).unwrap_or(NonZeroU32::MIN);
            RateLimiter::keyed(Quota::per_minute(per_minute).allow_burst(burst))
        });
        Self { limiter, asked: AtomicU32::new(0) }
    }

    fn check(&self, key: &K) -> Result<(), Problem> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            limiter.retain_recent();
        }
        limiter.check_key(key).map_err(|_| Problem::too_many_requests())
    }
}

/// The counters of this process.
pub(crate) struct Limits {
    sign_in_from: Limit<IpAddr>,
    sign_in_as: Limit<String>,
    password: Limit<AgentId>,
    customer_sessions: Limit<IpAddr>,
    customers: Limit<Counted>,
    staff: Limit<Counted>,
    bots: Limit<Counted>,
    requests: Limit<Counted>,
}

impl Limits {
    pub(crate) fn new(rates: &Rates) -> Self {
        Self {
            sign_in_from: Limit::new(rates.sign_in),
            sign_in_as: Limit::new(rates.sign_in),
            password: Limit::new(rates.sign_in),
            customer_sessions: Limit::new(rates.customer_sessions),
            customers: Limit::new(rates.customers),
            staff: Limit::new(rates.staff),
            bots: Limit::new(rates.bots),
            requests: Limit::new(rates.requests),
        }
    }

    pub(crate) fn sign_in(&self, from: IpAddr, email: &str) -> Result<(), Problem> {
        self.sign_in_from.check(&from)?;
        self.sign_in_as.check(&email.trim().to_lowercase())
    }

    /// Guesses of the current password in an open session.
    pub(crate) fn password(&self, agent: &AgentId) -> Result<(), Problem> {
        self.password.check(agent)
    }

    pub(crate) fn customer_session(&self, from: IpAddr) -> Result<(), Problem> {
        self.customer_sessions.check(&from)
    }

    pub(crate) fn request(&self, counted: &Counted) -> Result<(), Problem> {
        self.requests.check(counted)
    }

    pub(crate) fn write(&self, counted: &Counted) -> Result<(), Problem> {
        match counted {
            Counted::Customer(_) => self.customers.check(counted),
            Counted::Person(_) => self.staff.check(counted),
            Counted::Bot(_) => self.bots.check(counted),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_who_floods_is_stopped_and_the_neighbour_is_not() {
        let limits = Limits::new(&Rates::default());
        let (loud, quiet) = (
            Counted::Customer(CustomerId(uuid::Uuid::from_u128(1))),
            Counted::Customer(CustomerId(uuid::Uuid::from_u128(2))),
        );
        let allowed = (0..1000).take_while(|_| limits.write(&loud).is_ok()).count();
        assert!((20..40).contains(&allowed), "{allowed}");
        assert!(limits.write(&quiet).is_ok());
    }

    #[test]
    fn nothing_is_no_limit() {
        let limits = Limits::new(&Rates::UNLIMITED);
        let one = Counted::Customer(CustomerId(uuid::Uuid::from_u128(1)));
        assert!((0..10_000).all(|_| limits.write(&one).is_ok()));
    }

    #[test]
    fn guessing_is_slowed_by_address_and_by_account() {
        let limits = Limits::new(&Rates::default());
        let here = IpAddr::from([127, 0, 0, 1]);
        let by_address = (0..100_u32).take_while(|n| limits.sign_in(here, &format!("{n}@x.test")).is_ok()).count();
        assert!(by_address <= 12, "{by_address}");
        let by_account =
            (0..100_u8).take_while(|n| limits.sign_in(IpAddr::from([10, 0, 0, *n]), " Ana@X.test").is_ok()).count();
        assert!(by_account <= 12, "{by_account}");
    }
}
