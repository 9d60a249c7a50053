//! The shell: load, decide, append, hint; bot turns, the router loop, deadlines. It holds no rules: those are in `core`,
//! `routing` and `detect`, and everything it has in memory can be derived from the store again.

mod articles;
mod attachments;
mod beside;
mod briefs;
mod clock;
mod cluster;
pub mod config;
mod conversations;
mod customers;
mod deadlines;
mod decisions;
mod deployment;
mod desk;
mod error;
mod explain;
mod floor;
mod follow;
mod handoffs;
mod hints;
mod hub;
mod ids;
mod measures;
mod people;
mod places;
mod plan;
mod promises;
mod router;
mod settle;
mod shell;
mod strays;
mod sweep;
mod taking;
mod tuning;
mod turns;
mod wall;
pub mod words;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use baton_bots::Bot;
use baton_core::planted::{Fault, planted};
use baton_core::{BotId, Controller, Timestamp};
use baton_detect::Models;
use baton_store::{ControllerKind, Store};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinHandle};

pub use articles::{ArticleSource, read_articles, sync_articles};
pub use attachments::{ATTACHMENT_BYTES_MAX, ATTACHMENTS_PER_MESSAGE_MAX, AttachmentRefusal, Sender, Sent, is_picture};
pub use baton_detect::{Advice, Lever, Past, PastAuthor, Share};
pub use baton_insight::{AlertKind, Report, Share as Portion, Slot, UsualSlot};
pub use briefs::BriefInfo;
pub use clock::{Clock, SystemClock};
pub use conversations::{BotMessage, CLIENT_ID_BYTES_MAX, COMMENT_BYTES_MAX, Posted, Start};
pub use customers::{ATTRIBUTE_BYTES_MAX, ATTRIBUTES_MAX};
pub use decisions::{DecisionInfo, NeededInfo};
pub use deployment::{AgentConfig, ChannelConfig, Deployment};
pub use desk::Found;
pub use error::EngineError;
pub use explain::{Explanation, WaitingNow, explain_in_store};
pub use floor::{AgentInfo, Availability, FloorInfo, QueueInfo};
pub use handoffs::{Contact, HandoffRequest, TransferTo};
pub use hints::{Hint, Hints};
pub use hub::{
    AppendedChange, Change, LISTENER_QUEUE_MAX, LastMessage, Listener, OfferInfo, Place, Snapshot, StoredEvent,
    Subscriber, Typist,
};
pub use ids::{Ids, RandomIds};
pub use measures::{Counts, Measures};
pub use people::Connected;
pub use plan::{ConfigPlan, EFFECTS_MAX, plan_in_store};
pub use tuning::{LeverInfo, TRIED_BYTES_MAX, TRIED_HISTORY_MAX, Trial, Tried};
pub use wall::{RAISED_MAX, RaisedAlert, WallFigures, WallInfo, WallQueue};

pub use taking::TakeableInfo;

use crate::shell::Shell;

/// Handoffs of the past that the estimated wait learns from at the start.
const PAST_HANDOFFS_MAX: u32 = 2_000;
/// How far back they may lie.
const PAST: std::time::Duration = std::time::Duration::from_hours(14 * 24);

/// How an engine runs.
pub struct Options {
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    /// Word to and from the other engines on the same database; without it the sweep alone finds what they did.
    pub hints: Option<Hints>,
    /// Bots of the program that embeds the engine, asked instead of the configuration's.
    pub bots: BTreeMap<BotId, Bot>,
    /// What the deployment taught the detector.
    pub models: Models,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            ids: Arc::new(RandomIds),
            hints: None,
            bots: BTreeMap::new(),
            models: Models::default(),
        }
    }
}

/// The running shell of one process.
#[derive(Clone)]
pub struct Engine {
    shell: Arc<Shell>,
    loops: Arc<std::sync::Mutex<Vec<JoinHandle<()>>>>,
    /// The ear for other engines, which nothing else ends.
    listening: Option<AbortHandle>,
}

impl Engine {
    /// Reads the newest configuration from the store, rebuilds the floor, and goes on with whatever was under way.
    pub async fn start(store: Store, mut options: Options) -> Result<Self, EngineError> {
        let (config, log_epoch) = store.read(|tx| Ok((tx.config()?, tx.log_epoch()?))).await?;
        let config = config.ok_or(EngineError::NoConfiguration)?;
        let deployment = config::compile_beside(&config.document, config.version).await?.taught_with(&options.models);
        let articles: Arc<dyn baton_bots::Articles> = Arc::new(articles::StoredArticles(store.clone()));
        let heard = options.hints.as_mut().map(|hints| std::mem::replace(&mut hints.heard, mpsc::channel(1).1));
        let shell = Arc::new(Shell::new(store, options, deployment, articles, log_epoch));
        resume(&shell).await?;
        let listens = heard.map(|heard| tokio::spawn(hints::run(Arc::clone(&shell), heard)));
        let listening = listens.as_ref().map(JoinHandle::abort_handle);
        let mut loops =
            vec![tokio::spawn(router::run(Arc::clone(&shell))), tokio::spawn(deadlines::run(Arc::clone(&shell)))];
        loops.extend(listens);
        Ok(Self { shell, loops: Arc::new(std::sync::Mutex::new(loops)), listening })
    }

    /// Takes nothing more, cuts every listener off, and waits for the loops.
    pub async fn stop(&self) {
        self.shell.stopping.store(true, Ordering::Release);
        self.shell.hub.close();
        self.shell.route.notify_one();
        self.shell.due.notify_one();
        let loops = std::mem::take(&mut *self.loops.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        if let Some(listening) = &self.listening {
            listening.abort();
        }
        for under_way in loops {
            let _ = under_way.await;
        }
        // The others need not wait to see that the beat stands still.
        if self.shell.cluster.shared() {
            let me = self.shell.cluster.me();
            if let Err(error) = self.shell.store.write(move |tx| tx.delete_engine(me, u64::MAX)).await {
                tracing::error!(%error, "take this engine from the list");
            }
        }
    }

    pub fn now(&self) -> Timestamp {
        self.shell.now()
    }

    pub fn store(&self) -> &Store {
        &self.shell.store
    }

    /// Whether this engine takes itself for the one that leads: no older one that it knows lives.
    pub fn leads(&self) -> bool {
        self.shell.cluster.leads()
    }

    /// The log's identity: another one means that what a client has is of another log.
    pub fn log_epoch(&self) -> &str {
        &self.shell.log_epoch
    }

    pub fn deployment(&self) -> Arc<Deployment> {
        self.shell.deployment.load_full()
    }

    /// Listens in this process.
    pub fn connect(&self, listener: Listener) -> Subscriber {
        self.shell.hub.connect(listener)
    }
}

/// Brings the memory of this process to what the log says, and begins again what a process that died left undone.
async fn resume(shell: &Arc<Shell>) -> Result<(), EngineError> {
    let now = shell.now();
    let since = now - PAST;
    let (states, heads, past, position, engines) = shell
        .store
        .read(move |tx| {
            let past = tx.handoffs(since, PAST_HANDOFFS_MAX)?;
            Ok((tx.agent_states()?, tx.open_heads()?, past, tx.position()?, tx.engines()?))
        })
        .await?;
    shell.cluster.reached(position);
    let seen = shell.cluster.see(engines);
    {
        let mut floor = shell.floor();
        floor.remember(states, now);
        floor.elsewhere(&seen.elsewhere, now);
        for row in past {
            match (row.accepted_at, row.ended_at) {
                (Some(accepted), ended) => {
                    floor.waits.accepted(row.handoff, &row.queue, accepted.since(row.requested_at), accepted);
                    if let Some(ended) = ended {
                        floor.waits.handled(&row.queue, ended.since(accepted), ended);
                    }
                }
                (None, Some(ended)) if row.outcome == "abandoned" => {
                    floor.waits.abandoned(row.handoff, &row.queue, ended.since(row.requested_at), ended);
                }
                (None, _) => {}
            }
        }
    }
    for head in heads {
        let loaded = shell.load(head.conversation).await?;
        let conversation = &loaded.conversation;
        debug_assert!(head.bot_owes || head.wrapping_up || head.controller != ControllerKind::Bot);
        shell.floor().settle(conversation, now);
        if matches!(conversation.controller, Controller::Bot) && !planted(Fault::BotTurnNotResumed) {
            for turn in &conversation.bot_turns {
                shell.begin_bot_turn(conversation.id, turn.message, conversation.epoch);
            }
        }
    }
    Ok(())
}
