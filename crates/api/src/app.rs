//! What every handler works with.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue};
use baton_core::Timestamp;
use baton_engine::{Deployment, Engine};
use baton_store::Store;
use tokio::sync::{Notify, Semaphore, SemaphorePermit};
use url::Url;

use crate::auth::access::AccessTokens;
use crate::auth::password::Passwords;
use crate::auth::recent::RecentTokens;
use crate::auth::revocation::Revocations;
use crate::problem::{Code, Problem};
use crate::rates::{Limits, Rates};
use crate::reach::Readings;
use crate::socket::tickets::Tickets;

/// Files that come in at once; each stands in memory meanwhile.
const UPLOADS_MAX: usize = 16;

/// How this deployment is reached and protected.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where browsers find us; https makes the cookies secure.
    pub public_url: Url,
    /// Signs customers' access tokens. The same in every process of a deployment, and kept.
    pub token_secret: [u8; 32],
    /// The header in which a proxy of ours names the client's address, like `x-forwarded-for`. Without it only the
    /// peer's address counts.
    pub client_address_header: Option<HeaderName>,
    pub rates: Rates,
    /// Whether every screen says that this is a demonstration.
    pub demonstration: bool,
}

/// The interface over one engine.
#[derive(Clone)]
pub struct App(Arc<Parts>);

struct Parts {
    engine: Engine,
    settings: Settings,
    origin: String,
    access_tokens: AccessTokens,
    passwords: Passwords,
    recent_tokens: RecentTokens,
    revocations: Revocations,
    limits: Limits,
    tickets: Tickets,
    readings: Readings,
    uploads: Semaphore,
    sockets: AtomicUsize,
    socket_closed: Notify,
}

impl App {
    pub fn new(engine: Engine, settings: Settings) -> Self {
        Self(Arc::new(Parts {
            origin: settings.public_url.origin().ascii_serialization(),
            access_tokens: AccessTokens::new(&settings.token_secret),
            passwords: Passwords::new(),
            recent_tokens: RecentTokens::default(),
            revocations: Revocations::new(),
            limits: Limits::new(&settings.rates),
            tickets: Tickets::default(),
            readings: Readings::default(),
            uploads: Semaphore::new(UPLOADS_MAX),
            sockets: AtomicUsize::new(0),
            socket_closed: Notify::new(),
            engine,
            settings,
        }))
    }

    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// Closes every socket with 1012 and waits until they are gone, at most `limit`. Call it before the server stops
    /// listening for good: a graceful shutdown does not wait for sockets by itself.
    pub async fn close_sockets(&self, limit: Duration) {
        self.0.revocations.stop();
        let gone = async {
            loop {
                let closed = self.0.socket_closed.notified();
                if self.0.sockets.load(Ordering::Acquire) == 0 {
                    return;
                }
                closed.await;
            }
        };
        // A socket that does not let itself be closed in time is cut by the end of the process.
        let _ = tokio::time::timeout(limit, gone).await;
    }

    /// Room for one file that comes in, until it is dropped.
    pub(crate) fn room_for_upload(&self) -> Result<SemaphorePermit<'_>, Problem> {
        self.0.uploads.try_acquire().map_err(|_| {
            Problem::new(Code::Overloaded, "many files come in at this moment; send this one again in a moment")
        })
    }

    /// How many sockets are open.
    pub fn sockets(&self) -> usize {
        self.0.sockets.load(Ordering::Acquire)
    }

    pub(crate) fn socket_opened(&self) -> OpenSocket {
        self.0.sockets.fetch_add(1, Ordering::AcqRel);
        OpenSocket(self.clone())
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.engine.now()
    }

    pub(crate) fn store(&self) -> &Store {
        self.0.engine.store()
    }

    pub(crate) fn deployment(&self) -> Arc<Deployment> {
        self.0.engine.deployment()
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn secure(&self) -> bool {
        self.0.settings.public_url.scheme() == "https"
    }

    pub(crate) fn access_tokens(&self) -> &AccessTokens {
        &self.0.access_tokens
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    pub(crate) fn recent_tokens(&self) -> &RecentTokens {
        &self.0.recent_tokens
    }

    pub(crate) fn revocations(&self) -> &Revocations {
        &self.0.revocations
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn tickets(&self) -> &Tickets {
        &self.0.tickets
    }

    pub(crate) fn readings(&self) -> &Readings {
        &self.0.readings
    }

    /// Whether an `Origin` is this server itself: the public address, or the host that the request was sent to.
    pub(crate) fn is_own_origin(&self, origin: &HeaderValue, host: Option<&HeaderValue>) -> bool {
        let Ok(origin) = origin.to_str() else { return false };
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        origin == self.0.origin || (authority.is_some() && authority == host.and_then(|host| host.to_str().ok()))
    }

    /// Whether an `Origin` is one that a channel names.
    pub(crate) fn is_channel_origin(&self, origin: &HeaderValue) -> bool {
        let Ok(origin) = origin.to_str() else { return false };
        self.deployment().channels().values().any(|channel| channel.origins.iter().any(|known| known == origin))
    }
}

/// Counts a socket while it is open.
pub(crate) struct OpenSocket(App);

impl Drop for OpenSocket {
    fn drop(&mut self) {
        let parts = &self.0.0;
        if parts.sockets.fetch_sub(1, Ordering::AcqRel) == 1 {
            parts.socket_closed.notify_waiters();
        }
    }
}
