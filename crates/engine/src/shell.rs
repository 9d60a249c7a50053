//! Load, decide, append, then hint. The only way that anything changes a conversation.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use baton_bots::{Articles, Bot};
use baton_core::planted::{Fault, planted};
use baton_core::{
    AgentId, Author, BotId, Command, Conversation, ConversationId, CustomerId, Event, Recorded, Rejection, Seq,
    Timestamp,
};
use baton_detect::{Models, Past, PastAuthor};
use baton_store::{Append, Appended, Body, Customer, HeadFilter, Store, StoreError, Tx};
use quick_cache::sync::Cache;
use tokio::sync::{Notify, mpsc};

use crate::Options;
use crate::attachments;
use crate::clock::Clock;
use crate::cluster::Cluster;
use crate::deployment::Deployment;
use crate::error::EngineError;
use crate::floor::FloorState;
use crate::hints::Hint;
use crate::hub::{Hub, LastMessage, Snapshot, StoredEvent};
use crate::ids::Ids;
use crate::measures::Counts;
use crate::settle::Origin;
use crate::turns::Running;
use crate::wall::WallMemory;

/// Conversations whose fold is kept in memory.
const CACHED_MAX: usize = 20_000;
/// Turns kept beside the fold for the detector.
pub(crate) const RECENT_MAX: usize = 12;
/// Longest stretch of a past turn that the detector sees, in characters.
const RECENT_CHARS_MAX: usize = 1_000;
/// How often an append is tried again after somebody else was first.
const ATTEMPTS_MAX: usize = 32;
/// Conversations share this many locks; one is held from load to hint, so that hints keep the order of the log.
const LOCKS: usize = 1024;
/// Conversations of a customer that are looked at for who had them last.
const ACQUAINTED_MAX: u16 = 5;
/// Events read at once when a conversation is loaded.
const LOAD_PAGE: u32 = 1_000;

/// A conversation in memory: the fold, and the little else that deciding needs.
#[derive(Clone)]
pub(crate) struct Loaded {
    pub(crate) conversation: Arc<Conversation>,
    pub(crate) customer: Arc<Customer>,
    /// Who had this customer last, in an earlier conversation.
    pub(crate) acquainted: Option<AgentId>,
    pub(crate) recent: Arc<VecDeque<Past>>,
    pub(crate) last: Option<Arc<LastMessage>>,
}

/// Who begins a conversation.
#[derive(Clone)]
pub(crate) struct Founder {
    pub(crate) customer: Arc<Customer>,
    pub(crate) acquainted: Option<AgentId>,
}

/// What is stored beside an event: which event of the append it belongs to, and its text.
#[derive(Clone)]
pub(crate) struct Beside {
    pub(crate) of: Kind,
    pub(crate) text: String,
    pub(crate) extra: serde_json::Value,
}

/// The events that have something beside them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Message,
    Note,
    Handback,
    Contact,
    Survey,
    Priority,
    /// Why a language model thinks so.
    Opinion,
}

impl Kind {
    fn of(event: &Event) -> Option<Self> {
        match event {
            Event::MessagePosted { .. } => Some(Self::Message),
            Event::NotePosted { .. } => Some(Self::Note),
            Event::HandedBack { .. } => Some(Self::Handback),
            Event::ContactLeft { .. } => Some(Self::Contact),
            Event::SurveyAnswered { .. } => Some(Self::Survey),
            Event::PriorityChanged { .. } => Some(Self::Priority),
            Event::OpinionGiven { .. } => Some(Self::Opinion),
            Event::ConversationStarted { .. }
            | Event::TurnAssessed { .. }
            | Event::BotTurnFailed { .. }
            | Event::SuggestionDeclined { .. }
            | Event::PromiseMade { .. }
            | Event::PromiseBroken { .. }
            | Event::TimingMarked { .. }
            | Event::AnswerRated { .. }
            | Event::HandoffRequested { .. }
            | Event::StaffingChanged { .. }
            | Event::NoticePosted { .. }
            | Event::OfferMade { .. }
            | Event::OfferAccepted { .. }
            | Event::OfferDeclined { .. }
            | Event::OfferExpired { .. }
            | Event::OfferRescinded { .. }
            | Event::HandoffAssigned { .. }
            | Event::HandoffTaken { .. }
            | Event::AlternativeOffered { .. }
            | Event::HandoffReturned { .. }
            | Event::HandoffMoved { .. }
            | Event::HandoffTransferred { .. }
            | Event::HandoffAbandoned { .. }
            | Event::WrapUpEnded { .. }
            | Event::SurveyOffered { .. }
            | Event::ConversationClosed { .. } => None,
        }
    }
}

/// A command with what is stored beside its events.
pub(crate) struct Order {
    pub(crate) command: Command,
    pub(crate) beside: Vec<Beside>,
}

impl From<Command> for Order {
    fn from(command: Command) -> Self {
        Self { command, beside: Vec::new() }
    }
}

/// What became of an order.
pub(crate) struct Outcome {
    pub(crate) loaded: Loaded,
    /// The event that the client id stands for, or the first that was appended.
    pub(crate) seq: Seq,
    /// Whether anything was written now.
    pub(crate) created: bool,
}

/// How far another engine's clock may be ahead and still be followed, in milliseconds.
const CLOCK_AHEAD_MAX_MS: i64 = 60_000;

/// Everything the shell holds.
pub(crate) struct Shell {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    /// How far the clock is put forward, in milliseconds.
    ahead_ms: AtomicI64,
    pub(crate) ids: Arc<dyn Ids>,
    /// Bots of the program that embeds the engine, instead of the configuration's.
    pub(crate) bots: BTreeMap<BotId, Bot>,
    pub(crate) cluster: Cluster,
    tell: Option<mpsc::Sender<Hint>>,
    /// Conversations of which this process does not know whether its last append was kept.
    doubts: Mutex<BTreeSet<ConversationId>>,
    pub(crate) deployment: ArcSwap<Deployment>,
    pub(crate) articles: Arc<dyn Articles>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) floor: Mutex<FloorState>,
    counts: Mutex<Counts>,
    pub(crate) running: Mutex<Running>,
    pub(crate) wall: WallMemory,
    /// Something changed that the router may care about.
    pub(crate) route: Notify,
    /// An earlier deadline than the known one appeared.
    pub(crate) due: Notify,
    pub(crate) earliest: AtomicI64,
    pub(crate) stopping: AtomicBool,
    pub(crate) log_epoch: String,
    /// What the deployment taught; every version of the configuration judges with it.
    pub(crate) models: Models,
    pub(crate) cache: Cache<ConversationId, Loaded>,
    locks: Vec<tokio::sync::Mutex<()>>,
}

impl Shell {
    pub(crate) fn new(
        store: Store,
        options: Options,
        deployment: Deployment,
        articles: Arc<dyn Articles>,
        log_epoch: String,
    ) -> Self {
        let Options { clock, ids, hints, bots, models } = options;
        let floor = FloorState::new(&deployment, clock.now());
        let cluster = Cluster::new(ids.make(), store.shared());
        Self {
            store,
            clock,
            ahead_ms: AtomicI64::new(0),
            ids,
            bots,
            cluster,
            models,
            tell: hints.map(|hints| hints.tell),
            doubts: Mutex::default(),
            deployment: ArcSwap::from_pointee(deployment),
            articles,
            hub: Arc::new(Hub::default()),
            floor: Mutex::new(floor),
            counts: Mutex::default(),
            running: Mutex::default(),
            wall: WallMemory::default(),
            route: Notify::new(),
            due: Notify::new(),
            earliest: AtomicI64::new(i64::MAX),
            stopping: AtomicBool::new(false),
            log_epoch,
            cache: Cache::new(CACHED_MAX),
            locks: (0..LOCKS).map(|_| tokio::sync::Mutex::new(())).collect(),
        }
    }

    /// The time by this machine's clock, put forward to the clocks of engines that are ahead of it: a deadline that
    /// one engine sets is due for all of them at nearly the same moment.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp(self.clock.now().0 + self.ahead_ms.load(Ordering::Acquire))
    }

    /// Takes note of when something was written. As in a hybrid logical clock (Kulkarni and others, OPODIS 2014), who
    /// is behind follows; a clock that is ahead by more than a minute is not followed.
    pub(crate) fn witness(&self, at: Timestamp) {
        let ahead = at.0 - self.clock.now().0;
        if ahead > CLOCK_AHEAD_MAX_MS {
            tracing::warn!(ahead_ms = ahead, "an engine on this database has a clock far ahead: set the clocks");
            return;
        }
        self.ahead_ms.fetch_max(ahead, Ordering::AcqRel);
    }

    pub(crate) fn floor(&self) -> std::sync::MutexGuard<'_, FloorState> {
        // Every change of the floor is whole before anything can panic.
        self.floor.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        // A count is whole before anything can panic.
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    /// The conversation as it stands, from memory or from the log.
    pub(crate) async fn load(self: &Arc<Self>, id: ConversationId) -> Result<Loaded, EngineError> {
        if let Some(loaded) = self.cache.get(&id) {
            return Ok(loaded);
        }
        let _order = self.lock(id).await;
        self.load_locked(id).await
    }

    async fn load_locked(self: &Arc<Self>, id: ConversationId) -> Result<Loaded, EngineError> {
        match self.cache.get(&id) {
            Some(loaded) => Ok(loaded),
            None => self.refresh_locked(id).await,
        }
    }

    pub(crate) async fn lock(&self, id: ConversationId) -> tokio::sync::MutexGuard<'_, ()> {
        let bytes = id.0.as_bytes();
        let place = usize::from(u16::from_be_bytes([bytes[14], bytes[15]])) % LOCKS;
        self.locks[place].lock().await
    }

    /// Tells the other engines; a hint that finds no room is lost, and the sweep does it.
    pub(crate) fn tell(&self, hint: Hint) {
        if let Some(tell) = &self.tell {
            let _ = tell.try_send(hint);
        }
    }

    /// Looks at once for what other engines did.
    pub(crate) fn look_soon(&self) {
        self.cluster.look_soon();
        self.route.notify_one();
    }

    /// An append that was not answered may have been kept: what is in memory is not trusted until the store says so.
    fn doubt(&self, id: ConversationId, error: &StoreError) {
        match error {
            // Nothing was begun.
            StoreError::Overloaded { .. } | StoreError::Closed => {}
            StoreError::Unavailable { .. }
            | StoreError::Newer { .. }
            | StoreError::Corrupt { .. }
            | StoreError::Conflict { .. }
            | StoreError::Bug { .. } => {
                self.doubts().insert(id);
                self.look_soon();
            }
        }
    }

    pub(crate) fn doubts(&self) -> std::sync::MutexGuard<'_, BTreeSet<ConversationId>> {
        // Every change of the set is whole before anything can panic.
        self.doubts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Decides and appends, again if somebody else was first, and tells everybody. `make` is asked anew for each try.
    ///
    /// It runs as a task of its own: a caller who goes away leaves nothing half told.
    pub(crate) async fn execute(
        self: &Arc<Self>,
        id: ConversationId,
        client_id: Option<String>,
        make: impl Fn(&Loaded, Timestamp) -> Result<Order, EngineError> + Send + 'static,
    ) -> Result<Outcome, EngineError> {
        self.execute_in(id, None, client_id, make).await
    }

    /// The same for a conversation that may not exist yet, written together with its customer.
    pub(crate) async fn execute_in(
        self: &Arc<Self>,
        id: ConversationId,
        founder: Option<Founder>,
        client_id: Option<String>,
        make: impl Fn(&Loaded, Timestamp) -> Result<Order, EngineError> + Send + 'static,
    ) -> Result<Outcome, EngineError> {
        if self.stopping() {
            return Err(EngineError::Stopping);
        }
        let shell = Arc::clone(self);
        tokio::spawn(async move { shell.run(id, founder, client_id, make).await })
            .await
            .unwrap_or(Err(EngineError::Stopping))
    }

    async fn run(
        self: &Arc<Self>,
        id: ConversationId,
        founder: Option<Founder>,
        client_id: Option<String>,
        make: impl Fn(&Loaded, Timestamp) -> Result<Order, EngineError>,
    ) -> Result<Outcome, EngineError> {
        let _order = self.lock(id).await;
        // Whether what is decided on is what the store says. An append finds out by itself; a no has to ask.
        let mut current = false;
        for _ in 0..ATTEMPTS_MAX {
            let loaded = match (self.load_locked(id).await, &founder) {
                (Err(EngineError::NotFound), Some(founder)) => Loaded {
                    conversation: Arc::new(Conversation::empty(id)),
                    customer: Arc::clone(&founder.customer),
                    acquainted: founder.acquainted.clone(),
                    recent: Arc::default(),
                    last: None,
                },
                (loaded, _) => loaded?,
            };
            let now = self.now();
            let order = match make(&loaded, now) {
                Err(_) if !current && self.was_behind(&loaded).await? => {
                    current = true;
                    continue;
                }
                order => order?,
            };
            let deployment = self.deployment.load_full();
            let events = match loaded.conversation.decide(now, deployment.limits(), &order.command) {
                Err(_) if !current && self.was_behind(&loaded).await? => {
                    current = true;
                    continue;
                }
                Ok(events) if events.is_empty() => {
                    if !current && self.was_behind(&loaded).await? {
                        current = true;
                        continue;
                    }
                    let seq = loaded.conversation.seq;
                    return Ok(Outcome { loaded, seq, created: false });
                }
                Ok(events) => events,
                Err(rejection) => return self.rejected(loaded, client_id.as_deref(), rejection).await,
            };
            match self.append(&deployment, &loaded, client_id.as_deref(), now, events, order.beside).await? {
                Tried::Done(outcome) => return Ok(outcome),
                Tried::Duplicate(seq) => {
                    let fresh = self.refresh_locked(id).await?;
                    return Ok(Outcome { loaded: fresh, seq, created: false });
                }
                Tried::Conflict => {
                    self.counts().conflicts += 1;
                    self.refresh_locked(id).await?;
                }
            }
        }
        Err(EngineError::Busy)
    }

    /// A no to something that was said yes to before under the same client id is that yes.
    async fn rejected(
        &self,
        loaded: Loaded,
        client_id: Option<&str>,
        rejection: Rejection,
    ) -> Result<Outcome, EngineError> {
        if let Some(client_id) = client_id {
            let (id, client_id) = (loaded.conversation.id, client_id.to_owned());
            let earlier = self.store.read(move |tx| tx.by_client_id(id, &client_id)).await?;
            if let Some(seq) = earlier {
                return Ok(Outcome { loaded, seq, created: false });
            }
        }
        Err(rejection.into())
    }

    async fn append(
        self: &Arc<Self>,
        deployment: &Deployment,
        loaded: &Loaded,
        client_id: Option<&str>,
        now: Timestamp,
        events: Vec<Event>,
        beside: Vec<Beside>,
    ) -> Result<Tried, EngineError> {
        let before = Arc::clone(&loaded.conversation);
        let mut after = Conversation::clone(&before);
        let mut bodies = Vec::new();
        let mut beside: Vec<Option<Beside>> = beside.into_iter().map(Some).collect();
        let mut recorded = Vec::with_capacity(events.len());
        for event in &events {
            after.apply(now, event);
            recorded.push(Recorded { conversation: before.id, seq: after.seq, at: now, event: event.clone() });
            let kind = Kind::of(event);
            let own = beside.iter_mut().find(|part| part.as_ref().is_some_and(|part| Some(part.of) == kind));
            if let Some(part) = own.and_then(Option::take) {
                bodies.push(Body { seq: after.seq, text: part.text, extra: part.extra });
            }
        }
        let deadline = after.deadline(deployment.limits()).map(|(at, _)| at).filter(|_| !planted(Fault::DeadlineLost));
        let after = Arc::new(after);
        let first = before.seq.next();

        let bodies = Arc::new(bodies);
        let events = Arc::new(events);
        let written = {
            let (before, after, bodies, events) =
                (Arc::clone(&before), Arc::clone(&after), Arc::clone(&bodies), Arc::clone(&events));
            let client_id = client_id.map(str::to_owned);
            let founder = (!before.started()).then(|| Arc::clone(&loaded.customer));
            self.store
                .write(move |tx| {
                    if let Some(customer) = &founder {
                        tx.put_customer(customer)?;
                    }
                    let appended = tx.append(&Append {
                        conversation: before.id,
                        client_id: client_id.as_deref(),
                        at: now,
                        events: &events,
                        bodies: &bodies,
                        before: &before,
                        after: &after,
                        deadline,
                    })?;
                    if appended == Appended::Done {
                        for body in bodies.iter() {
                            for file in attachments::ids_beside(&body.extra) {
                                tx.attach(file, before.id, body.seq)?;
                            }
                        }
                    }
                    Ok(appended)
                })
                .await
        };
        let written = written.inspect_err(|error| self.doubt(before.id, error))?;
        match written {
            Appended::Done => {}
            Appended::Conflict { .. } => return Ok(Tried::Conflict),
            Appended::Duplicate { seq } => return Ok(Tried::Duplicate(seq)),
            Appended::SlotTaken { agent, .. } => return Err(EngineError::AgentFull { agent }),
        }

        let stored: Vec<StoredEvent> = recorded
            .into_iter()
            .map(|recorded| {
                let body = bodies.iter().find(|body| body.seq == recorded.seq).cloned();
                StoredEvent { recorded, body }
            })
            .collect();
        let mut recent = VecDeque::clone(&loaded.recent);
        let mut last = loaded.last.clone();
        for event in &stored {
            remember(event, &mut recent, &mut last);
        }
        let loaded = Loaded { conversation: after, recent: Arc::new(recent), last, ..loaded.clone() };
        self.cache.insert(before.id, loaded.clone());
        self.settle(&before, &loaded, stored, deadline, Origin::Here);
        self.tell(Hint::Appended { conversation: before.id, seq: loaded.conversation.seq, at_rest: at_rest(&loaded) });
        Ok(Tried::Done(Outcome { loaded, seq: first, created: true }))
    }

    /// Forgets what is in memory of a conversation, so that the next look reads the store.
    pub(crate) async fn forget(&self, id: ConversationId) {
        let _order = self.lock(id).await;
        self.cache.remove(&id);
    }

    /// The conversation as a client is shown it.
    pub(crate) fn snapshot_of(&self, loaded: &Loaded) -> Snapshot {
        let place = loaded.conversation.handoff().and_then(|handoff| self.floor().place(handoff, self.now()));
        Snapshot {
            conversation: Arc::clone(&loaded.conversation),
            customer: Arc::clone(&loaded.customer),
            place,
            last: loaded.last.clone(),
            recent: Arc::clone(&loaded.recent),
        }
    }
}

enum Tried {
    Done(Outcome),
    Duplicate(Seq),
    Conflict,
}

pub(crate) fn at_rest(loaded: &Loaded) -> bool {
    let conversation = &loaded.conversation;
    conversation.handoff().is_none() && conversation.bot_turns.is_empty() && conversation.wrap_ups.is_empty()
}

/// Folds a conversation from the log; `None` when there is none.
pub(crate) async fn read(store: &Store, id: ConversationId) -> Result<Option<Loaded>, EngineError> {
    let found = store
        .read(move |tx| {
            let Some(head) = tx.head(id)? else { return Ok(None) };
            let Some(customer) = tx.customer(head.customer)? else { return Ok(None) };
            let mut conversation = Conversation::empty(id);
            let mut events = Vec::new();
            loop {
                let page = tx.events(id, conversation.seq, LOAD_PAGE)?;
                let full = page.len() == LOAD_PAGE as usize;
                for recorded in page {
                    conversation.apply(recorded.at, &recorded.event);
                    if matches!(recorded.event, Event::MessagePosted { .. }) {
                        events.push(recorded);
                    }
                }
                if !full {
                    break;
                }
            }
            let skipped = events.len().saturating_sub(RECENT_MAX);
            let messages = events.split_off(skipped);
            let after = messages.first().map_or(conversation.seq, |first| Seq(first.seq.0.saturating_sub(1)));
            let bodies = tx.bodies(id, after, conversation.seq)?;
            let acquainted = acquainted(tx, customer.id)?;
            Ok(Some((conversation, customer, acquainted, messages, bodies)))
        })
        .await?;
    let Some((conversation, customer, acquainted, messages, bodies)) = found else { return Ok(None) };
    let (mut recent, mut last) = (VecDeque::new(), None);
    for recorded in messages {
        let body = bodies.iter().find(|body| body.seq == recorded.seq).cloned();
        remember(&StoredEvent { recorded, body }, &mut recent, &mut last);
    }
    Ok(Some(Loaded {
        conversation: Arc::new(conversation),
        customer: Arc::new(customer),
        acquainted,
        recent: Arc::new(recent),
        last,
    }))
}

/// The agent whom a customer had last, of their latest conversations.
pub(crate) fn acquainted(tx: &mut dyn Tx, customer: CustomerId) -> Result<Option<AgentId>, StoreError> {
    let own = HeadFilter { customer: Some(customer), limit: ACQUAINTED_MAX, ..HeadFilter::default() };
    for head in tx.heads(&own)? {
        let handoffs = tx.handoffs_of(head.conversation)?;
        let last = handoffs.into_iter().filter(|row| row.agent.is_some()).max_by_key(|row| row.accepted_at);
        if let Some(agent) = last.and_then(|row| row.agent) {
            return Ok(Some(agent));
        }
    }
    Ok(None)
}

pub(crate) fn remember(event: &StoredEvent, recent: &mut VecDeque<Past>, last: &mut Option<Arc<LastMessage>>) {
    let (Event::MessagePosted { author, .. }, Some(body)) = (&event.recorded.event, &event.body) else { return };
    let text: String = attachments::said(body).chars().take(RECENT_CHARS_MAX).collect();
    *last = Some(Arc::new(LastMessage { author: author.clone(), text: text.clone() }));
    let author = match author {
        Author::Customer => PastAuthor::Customer,
        Author::Bot { knew, .. } => PastAuthor::Bot { knew: *knew },
        Author::Agent(_) => PastAuthor::Agent,
    };
    if recent.len() == RECENT_MAX {
        recent.pop_front();
    }
    recent.push_back(Past { seq: event.recorded.seq, author, text });
}
