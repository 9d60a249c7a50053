//! `baton demo --busy`: scripted customers and two agents fill the floor, as clients of the public API alone.
//!
//! What everybody says and how long they take comes from the seed; what becomes of it is the server's. When it ends,
//! every conversation that it began is closed and both agents are offline.

mod agent;
mod client;
mod customer;
mod script;
mod socket;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use self::client::Site;
use self::script::visits;
pub(crate) use self::script::{HABITS, Habits};

/// Most customers at once; who comes beyond it turns round at the door.
const CUSTOMERS_MAX: usize = 60;
/// How long everybody gets to leave.
const LEAVE_WITHIN: Duration = Duration::from_secs(4);

/// The agents of the busy demo, beside those whom people play: appended to the demo's configuration.
pub(crate) const AGENTS: &str = include_str!("busy/agents.yaml");

/// How the floor is filled.
pub(crate) struct Wishes {
    /// Where the server is, like `http://127.0.0.1:8080`.
    pub(crate) base: String,
    pub(crate) seed: u64,
    /// How many times quicker than life everybody is.
    pub(crate) pace: f64,
    /// The address and the password of each scripted agent.
    pub(crate) agents: Vec<(Habits, String, String)>,
}

/// The floor while it is being filled.
pub(crate) struct Busy {
    stop: watch::Sender<bool>,
    under_way: tokio::task::JoinHandle<()>,
}

/// What everybody in the script shares.
#[derive(Clone)]
struct House {
    site: Site,
    pace: f64,
    stopping: watch::Receiver<bool>,
    inside: Arc<AtomicU32>,
}

impl House {
    /// A span of the script, at the pace of this run.
    fn span(&self, span: Duration) -> Duration {
        span.div_f64(self.pace)
    }

    async fn pause(&self, span: Duration) {
        tokio::time::sleep(self.span(span)).await;
    }

    /// Ends when everybody is to leave.
    async fn closing(&self) {
        let mut stopping = self.stopping.clone();
        // The sender gone is the end as well.
        let _ = stopping.wait_for(|stop| *stop).await;
    }
}

impl Busy {
    /// Begins to fill the floor.
    pub(crate) fn begin(wishes: Wishes) -> anyhow::Result<Self> {
        let (stop, stopping) = watch::channel(false);
        let site = Site::new(&wishes.base)?;
        let house = House { site, pace: wishes.pace, stopping, inside: Arc::new(AtomicU32::new(0)) };
        let under_way = tokio::spawn(fill(house, wishes.seed, wishes.agents));
        Ok(Self { stop, under_way })
    }

    /// Everybody closes what they began and leaves.
    pub(crate) async fn end(self) {
        let _ = self.stop.send(true);
        let abort = self.under_way.abort_handle();
        if tokio::time::timeout(LEAVE_WITHIN, self.under_way).await.is_err() {
            tracing::warn!("the scripted customers did not leave in time");
            abort.abort();
        }
    }
}

async fn fill(house: House, seed: u64, agents: Vec<(Habits, String, String)>) {
    let mut people = JoinSet::new();
    for (habits, email, password) in agents {
        people.spawn(agent::works(house.clone(), habits, email, password, seed));
    }
    let begun = tokio::time::Instant::now();
    for visit in visits(seed) {
        tokio::select! {
            () = tokio::time::sleep_until(begun + house.span(visit.at)) => {}
            () = house.closing() => break,
        }
        // Those who are done make room.
        while people.try_join_next().is_some() {}
        if house.inside.load(Ordering::Relaxed) as usize >= CUSTOMERS_MAX {
            continue;
        }
        house.inside.fetch_add(1, Ordering::Relaxed);
        let house = house.clone();
        people.spawn(async move {
            customer::visits(&house, visit).await;
            house.inside.fetch_sub(1, Ordering::Relaxed);
        });
    }
    while people.join_next().await.is_some() {}
}
