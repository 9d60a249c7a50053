//! The judge looks at the store after every write, folds each conversation by itself, and shows every append to every
//! checker. What is found first is kept; nothing after it counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use baton_core::{
    AgentId, BotFailureKind, Conversation, ConversationId, Event, HandoffId, OfferId, Recorded, Seq, Slot, Timestamp,
};
use baton_store::{HandoffRow, Head};

use crate::checkers::{Checker, Failure, all};
use crate::world::World;

/// How long an engine that started may take until it has asked the bot about everything that is owed.
const RESUME: Duration = Duration::from_secs(20);

/// One append, as it stands in the store.
pub(crate) struct Seen {
    pub(crate) before: Arc<Conversation>,
    pub(crate) after: Arc<Conversation>,
    pub(crate) events: Vec<Recorded>,
    pub(crate) head: Head,
    /// Every slot taken, of every agent.
    pub(crate) slots: Vec<(AgentId, Slot, ConversationId)>,
    pub(crate) rows: Vec<HandoffRow>,
    /// The records of the decisions about the handoff that is offered in this append.
    pub(crate) decisions: Vec<String>,
}

/// How a run stands, for the checkers that look at the clock.
pub(crate) struct Standing<'a> {
    pub(crate) now: Timestamp,
    pub(crate) folds: &'a BTreeMap<ConversationId, Arc<Conversation>>,
    /// Agents who are connected nowhere, and since when.
    pub(crate) gone: &'a BTreeMap<AgentId, Timestamp>,
}

#[derive(Default)]
struct Case {
    /// The fold after each append: what anybody was shown is one of these.
    folds: BTreeMap<Seq, Arc<Conversation>>,
    shown: Seq,
}

pub(crate) struct Judge {
    position: u64,
    cases: BTreeMap<ConversationId, Case>,
    folds: BTreeMap<ConversationId, Arc<Conversation>>,
    checkers: Vec<Box<dyn Checker>>,
    failure: Option<Failure>,
    pub(crate) handoffs: u64,
    pub(crate) events: u64,
    pub(crate) appends: u64,
    requested: BTreeSet<HandoffId>,
    accepted: BTreeSet<(OfferId, AgentId)>,
    connections: BTreeMap<AgentId, u32>,
    gone: BTreeMap<AgentId, Timestamp>,
    /// When an engine asked the bot about which message.
    asked: BTreeMap<(ConversationId, Seq), Vec<Timestamp>>,
    /// When which message that waits for the bot was seen in the log.
    owed: BTreeMap<(ConversationId, Seq), Timestamp>,
    /// When engines began to start, and when they had.
    starts: Vec<(Timestamp, Timestamp)>,
    deaths: Vec<Timestamp>,
    /// What was said to be kept: conversation, the client's id, the number, the text.
    kept: BTreeMap<(ConversationId, String), (Seq, String)>,
    sent: BTreeSet<(ConversationId, String)>,
}

impl Judge {
    pub(crate) fn new() -> Self {
        Self {
            position: 0,
            cases: BTreeMap::new(),
            folds: BTreeMap::new(),
            checkers: all(),
            failure: None,
            handoffs: 0,
            events: 0,
            appends: 0,
            requested: BTreeSet::new(),
            accepted: BTreeSet::new(),
            connections: BTreeMap::new(),
            gone: BTreeMap::new(),
            asked: BTreeMap::new(),
            owed: BTreeMap::new(),
            starts: Vec::new(),
            deaths: Vec::new(),
            kept: BTreeMap::new(),
            sent: BTreeSet::new(),
        }
    }

    pub(crate) fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    pub(crate) fn fail(&mut self, checker: &'static str, what: String) {
        self.failure.get_or_insert(Failure { checker, what });
    }

    fn seen(&mut self, seen: &Seen) {
        self.appends += 1;
        self.events += seen.events.len() as u64;
        for recorded in &seen.events {
            match &recorded.event {
                Event::HandoffRequested { handoff, .. } => {
                    self.handoffs += 1;
                    self.requested.insert(*handoff);
                }
                Event::OfferAccepted { offer, agent, .. } => {
                    self.accepted.insert((*offer, agent.clone()));
                }
                _ => {}
            }
        }
        let mut found = Vec::new();
        for checker in &mut self.checkers {
            if let Err(what) = checker.appended(seen) {
                found.push((checker.name(), what));
            }
        }
        for (checker, what) in found {
            self.fail(checker, format!("{}: {what}", seen.after.id));
        }
    }

    /// Looks at what time alone brings.
    pub(crate) fn tick(&mut self, now: Timestamp) {
        let standing = Standing { now, folds: &self.folds, gone: &self.gone };
        let found: Vec<_> = self
            .checkers
            .iter_mut()
            .filter_map(|checker| checker.tick(&standing).err().map(|what| (checker.name(), what)))
            .collect();
        for (checker, what) in found {
            self.fail(checker, what);
        }
    }

    pub(crate) fn live_offer(&self, offer: OfferId, agent: &AgentId) -> Option<Timestamp> {
        self.folds.values().find_map(|fold| match &fold.controller {
            baton_core::Controller::Offered { offer: open, .. } if open.id == offer && open.agent == *agent => {
                Some(open.expires_at)
            }
            _ => None,
        })
    }

    /// An engine said that this agent has it by this offer.
    pub(crate) fn accepted(&mut self, conversation: ConversationId, offer: OfferId, agent: &AgentId) {
        if !self.accepted.contains(&(offer, agent.clone())) {
            self.fail("durable", format!("{conversation}: {agent} was told to have it, and the log does not say so"));
        }
    }

    pub(crate) fn handoff_acknowledged(&mut self, handoff: HandoffId) {
        if !self.requested.contains(&handoff) {
            self.fail("durable", format!("handoff {handoff} was acknowledged and is not in the log"));
        }
    }

    pub(crate) fn will_send(&mut self, conversation: ConversationId, client_id: &str, _text: &str) {
        self.sent.insert((conversation, client_id.to_owned()));
    }

    /// An engine said that this is kept.
    pub(crate) fn acknowledged(
        &mut self,
        world: &World,
        conversation: ConversationId,
        client_id: &str,
        seq: Seq,
        text: &str,
    ) {
        let id = client_id.to_owned();
        let stored = world.store.read_blocking(move |tx| {
            let number = tx.by_client_id(conversation, &id)?;
            let bodies = tx.bodies(conversation, Seq(seq.0.saturating_sub(1)), seq)?;
            Ok((number, bodies.into_iter().next().map(|body| body.text)))
        });
        let expected = (Some(seq), Some(text.to_owned()));
        if stored.as_ref().ok() != Some(&expected) {
            self.fail("durable", format!("{conversation}: {client_id} was acknowledged as {}: {stored:?}", seq.0));
        }
        let place = (conversation, client_id.to_owned());
        let before = self.kept.insert(place, (seq, text.to_owned()));
        if before.is_some_and(|(first, _)| first != seq) {
            self.fail("durable", format!("{conversation}: {client_id} was acknowledged under two numbers"));
        }
    }

    pub(crate) fn agent_is(&mut self, agent: &AgentId, connected: bool, now: Timestamp) {
        let connections = self.connections.entry(agent.clone()).or_default();
        *connections = if connected { *connections + 1 } else { connections.saturating_sub(1) };
        if *connections > 0 {
            self.gone.remove(agent);
        } else {
            self.gone.insert(agent.clone(), now);
        }
    }

    pub(crate) fn bot_asked(&mut self, conversation: ConversationId, message: Seq, now: Timestamp) {
        self.asked.entry((conversation, message)).or_default().push(now);
    }

    pub(crate) fn engine_started(&mut self, began: Timestamp, now: Timestamp) {
        self.starts.push((began, now));
    }

    pub(crate) fn engine_died(&mut self, now: Timestamp) {
        self.deaths.push(now);
    }

    /// Whether an agent has a conversation, or a wrap-up to do.
    pub(crate) fn has_something(&self, agent: &AgentId) -> bool {
        self.folds.values().any(|fold| fold.held_slots().iter().any(|(holder, _)| holder == agent))
    }

    /// Where a conversation stands, if the bot has it: two such answers that are the same have nothing between them
    /// that could have kept a customer from asking for a person.
    pub(crate) fn bot_has(&self, conversation: ConversationId) -> Option<baton_core::Epoch> {
        let fold = self.folds.get(&conversation)?;
        matches!(fold.controller, baton_core::Controller::Bot).then_some(fold.epoch)
    }

    /// Whether the customer can still write.
    pub(crate) fn is_open(&self, conversation: ConversationId) -> bool {
        self.folds.get(&conversation).is_some_and(|fold| !fold.is_closed())
    }

    /// Somebody was shown a conversation; it must be one of those that there were.
    pub(crate) fn loaded(&mut self, shown: &Conversation) {
        let stood = self.cases.get(&shown.id).and_then(|case| case.folds.get(&shown.seq));
        if stood.is_none_or(|stood| **stood != *shown) {
            let what = format!("{} at {} was shown as {shown:?} and was {stood:?}", shown.id, shown.seq.0);
            self.fail("resume", what);
        }
    }

    pub(crate) fn is_shown(&mut self, conversation: ConversationId, seq: Seq) {
        if let Some(case) = self.cases.get_mut(&conversation) {
            case.shown = seq;
        }
    }

    /// Why the run cannot end yet, if it cannot.
    pub(crate) fn unfinished(&self) -> Option<String> {
        for (id, fold) in &self.folds {
            let open = fold.handoff().is_some() || !fold.wrap_ups.is_empty() || !fold.bot_turns.is_empty();
            if open {
                return Some(format!("{id} at {} is still open: {:?}", fold.seq.0, fold.controller));
            }
            let shown = self.cases.get(id).map_or(Seq(0), |case| case.shown);
            if shown != fold.seq {
                return Some(format!("{id} stands at {} and its customer sees {}", fold.seq.0, shown.0));
            }
        }
        None
    }

    /// Holds what was acknowledged against the whole log.
    pub(crate) fn close(&mut self, world: &World) {
        let mut times: BTreeMap<(ConversationId, String), u32> = BTreeMap::new();
        for id in self.folds.keys().copied().collect::<Vec<_>>() {
            let bodies = world.store.read_blocking(move |tx| tx.bodies(id, Seq(0), Seq(u64::MAX))).unwrap_or_default();
            for body in bodies {
                if let Some(client_id) = body.extra.get("client_id").and_then(|id| id.as_str()) {
                    *times.entry((id, client_id.to_owned())).or_default() += 1;
                }
            }
        }
        let doubled = times.iter().find(|(_, times)| **times > 1).map(|(place, _)| format!("{place:?} stands twice"));
        let lost = self.kept.keys().find(|place| !times.contains_key(*place)).map(|place| format!("{place:?} is lost"));
        for what in doubled.into_iter().chain(lost) {
            self.fail("durable", what);
        }
    }

    /// A bot's turn that ran out of time although an engine started meanwhile, lived, and did not ask the bot anew.
    fn bot_was_not_asked(&mut self, seen: &Seen, now: Timestamp) {
        if seen.after.channel.as_ref().is_none_or(|channel| channel.as_str() != "website") {
            return;
        }
        let id = seen.after.id;
        for turn in &seen.after.bot_turns {
            self.owed.entry((id, turn.message)).or_insert(now);
        }
        for recorded in &seen.events {
            let Event::BotTurnFailed { message, failure: BotFailureKind::TimedOut } = recorded.event else { continue };
            let Some(owed) = self.owed.get(&(id, message)).copied() else { continue };
            let resumed = self.starts.iter().find(|(began, started)| {
                let until = *started + RESUME;
                let died = self.deaths.iter().any(|death| (*began..until).contains(death));
                owed < *began && until < now && !died
            });
            let asked = self.asked.get(&(id, message)).map(Vec::as_slice).unwrap_or_default();
            if let Some((began, _)) = resumed
                && !asked.iter().any(|asked| asked >= began)
            {
                self.fail("bots", format!("{id}: no engine that started asked the bot about message {}", message.0));
            }
        }
    }
}

/// Takes in what a write left in the store; true when it appended something.
pub(crate) fn look(world: &World, engine: usize) -> bool {
    let mut judge = world.judge();
    let position = judge.position;
    let changed = world.store.read_blocking(move |tx| tx.changed(position, 10_000)).unwrap_or_default();
    let Some(last) = changed.last() else { return false };
    judge.position = last.position;
    for change in changed {
        let id = change.conversation;
        let before = judge.folds.get(&id).cloned().unwrap_or_else(|| Arc::new(Conversation::empty(id)));
        let after_seq = before.seq;
        let read = world.store.read_blocking(move |tx| {
            let events = tx.events(id, after_seq, 10_000)?;
            let offered = events.iter().find_map(|recorded| match &recorded.event {
                Event::OfferMade { handoff, .. } => Some(*handoff),
                _ => None,
            });
            let decisions = offered.map_or(Ok(Vec::new()), |handoff| tx.decisions(handoff))?;
            Ok((events, tx.head(id)?, tx.slots()?, tx.handoffs_of(id)?, decisions))
        });
        let Ok((events, Some(head), slots, rows, decisions)) = read else {
            judge.fail("projection", format!("{id} was appended to and has no head"));
            return true;
        };
        let mut after = Conversation::clone(&before);
        for recorded in &events {
            after.apply(recorded.at, &recorded.event);
            world.tell(format!("e{engine} {id} {} {:?}", recorded.seq.0, recorded.event));
        }
        let after = Arc::new(after);
        judge.folds.insert(id, Arc::clone(&after));
        judge.cases.entry(id).or_default().folds.insert(after.seq, Arc::clone(&after));
        let decisions = decisions.into_iter().map(|(_, record)| record).collect();
        let seen = Seen { before, after, events, head, slots, rows, decisions };
        judge.seen(&seen);
        // Where reads are refused, an engine may be kept from asking.
        if world.faults.refused == 0 && world.faults.silent == 0 {
            judge.bot_was_not_asked(&seen, world.time.now());
        }
    }
    true
}
