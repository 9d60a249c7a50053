//! A customer: talks to the bot, asks for a person, waits or does not, and comes back for more. What the customer's
//! device shows follows the protocol of every client: subscribe, read, take what comes live, read again at a gap.

use std::sync::Arc;
use std::time::Duration;

use baton_core::{
    ChannelId, ClosedBy, Controller, Conversation, ConversationId, CustomerId, HandoffId, Needs, Rating, Requester, Seq,
};
use baton_engine::{BotMessage, Change, EngineError, HandoffRequest, Listener, Start, StoredEvent, Subscriber};

use crate::house::{House, Running};
use crate::world::{World, asked};

pub(crate) struct Customer {
    world: Arc<World>,
    house: Arc<House>,
    id: ConversationId,
    channel: &'static str,
    handoffs_left: usize,
    /// The device: the engine it is connected to, and how much of the conversation it shows.
    running: Running,
    ears: Subscriber,
    shown: Seq,
    state: Arc<Conversation>,
}

const ASKING: [&str; 3] =
    ["I want to talk to a human please", "Let me speak to a real person", "Can I talk to an agent?"];

impl Customer {
    pub(crate) async fn visits(world: Arc<World>, house: Arc<House>, handoffs: usize) {
        let channel = if world.dice().percent(70) { "website" } else { "app" };
        let id = ConversationId(world.id());
        let customer = CustomerId(world.id());
        loop {
            let running = house.reach().await;
            let start = Start {
                id,
                channel: ChannelId::new(channel).expect("a key"),
                customer,
                language: None,
                page: None,
                attributes: serde_json::Map::new(),
            };
            if let Some(Ok((snapshot, _))) = asked(running.engine.start_conversation(start)).await {
                let ears = running.engine.connect(Listener::Customer);
                let state = snapshot.conversation;
                let mut visit =
                    Self { world, house, id, channel, handoffs_left: handoffs, running, ears, shown: Seq(0), state };
                visit.reconnects().await;
                visit.talks().await;
                return;
            }
            world.pause(300, 2_000).await;
        }
    }

    async fn talks(&mut self) {
        loop {
            self.says("Hello, I have a question about my order").await;
            self.watches(300, 4_000).await;
            if self.state.is_closed() {
                break;
            }
            if self.handoffs_left == 0 {
                break;
            }
            if matches!(self.state.controller, Controller::Bot) && !self.asks_for_a_person().await {
                break;
            }
            self.handoffs_left = self.handoffs_left.saturating_sub(1);
            self.waits_and_is_served().await;
            if self.state.is_closed() {
                break;
            }
        }
        // The window stays open: everything is shown in the end.
        loop {
            self.watches(2_000, 5_000).await;
        }
    }

    async fn asks_for_a_person(&mut self) -> bool {
        if self.world.dice().percent(50) {
            let text = *self.world.dice().one_of(&ASKING);
            self.says(text).await;
            return true;
        }
        let handoff = HandoffId(self.world.id());
        for _ in 0..8 {
            let request = HandoffRequest { handoff, by: Requester::Customer, epoch: None, needs: Needs::default() };
            let before = self.world.judge().bot_has(self.id);
            match asked(self.running.engine.request_handoff(self.id, request)).await {
                Some(Ok(_)) => {
                    self.world.judge().handoff_acknowledged(handoff);
                    return true;
                }
                // Somebody else asked for one, or it is over: what is shown says which.
                Some(Err(EngineError::Rejected(rejection))) => {
                    if before.is_some() && self.world.judge().bot_has(self.id) == before {
                        let what = format!("{}: a customer could not ask for a person: {rejection}", self.id);
                        self.world.judge().fail("refusals", what);
                    }
                    return !self.state.is_closed();
                }
                Some(Err(_)) | None => self.elsewhere().await,
            }
        }
        false
    }

    /// Until the bot has it back, or it is closed. Patience ends, windows close.
    async fn waits_and_is_served(&mut self) {
        let patience = self.world.dice().between(20_000, 150_000);
        let began = tokio::time::Instant::now();
        self.watches(200, 1_500).await;
        loop {
            let impatient = began.elapsed() > patience;
            match &self.state.controller {
                Controller::Bot | Controller::Closed => break,
                Controller::Queued { .. } => {
                    let roll = self.world.dice().below(1_000);
                    if impatient && roll < 60 {
                        let _ = asked(self.running.engine.cancel_handoff(self.id)).await;
                    } else if impatient && roll < 120 {
                        self.leaves().await;
                    } else if (120..150).contains(&roll) {
                        let email = "kim@example.org".to_owned();
                        let _ = asked(self.running.engine.leave_contact(
                            self.id,
                            baton_engine::Contact::Email(email),
                            "call me".to_owned(),
                        ))
                        .await;
                    } else if (150..240).contains(&roll) {
                        self.says("Is anybody there?").await;
                    }
                }
                Controller::Offered { .. } => {
                    if self.world.strikes("customer leaves while it rings", self.world.faults.leaves) {
                        self.leaves().await;
                    }
                }
                Controller::Agent { .. } => {
                    if self.world.dice().percent(12) {
                        self.says("Thank you for looking into it").await;
                    }
                    if self.world.dice().hits(60) {
                        self.leaves().await;
                    }
                }
            }
            self.watches(1_500, 4_000).await;
        }
        if let Some(survey) = self.state.surveys.first().copied()
            && self.world.dice().percent(50)
        {
            let rating = Rating::new(5).expect("a rating");
            let _ = asked(self.running.engine.answer_survey(self.id, survey, rating, Some("good".to_owned()))).await;
        }
    }

    async fn leaves(&mut self) {
        let _ = asked(self.running.engine.close(self.id, ClosedBy::Customer, None)).await;
    }

    /// Writes, and tries again with the same id until it is acknowledged or refused; sometimes from two tabs at once.
    async fn says(&mut self, text: &str) {
        let client_id = self.world.id().to_string();
        self.world.judge().will_send(self.id, &client_id, text);
        for _ in 0..8 {
            let engine = self.running.engine.clone();
            let post = |engine: baton_engine::Engine| {
                let (id, client_id, text) = (self.id, client_id.clone(), text.to_owned());
                async move { asked(engine.post_customer_message(id, client_id, text)).await }
            };
            let twice = self.world.strikes("two write at once", self.world.faults.conflicts);
            let other = if twice { self.house.any() } else { None };
            let (first, second) = match other {
                Some(other) => {
                    let (first, second) = tokio::join!(biased; post(engine), post(other.engine));
                    (first, Some(second))
                }
                None => (post(engine).await, None),
            };
            let mut done = false;
            for answer in [Some(first), second].into_iter().flatten() {
                match answer {
                    Some(Ok(posted)) => {
                        self.world.judge().acknowledged(&self.world, self.id, &client_id, posted.seq, text);
                        done = true;
                    }
                    Some(Err(EngineError::Rejected(rejection))) => {
                        if self.world.judge().is_open(self.id) {
                            let what = format!("{}: a customer could not write: {rejection}", self.id);
                            self.world.judge().fail("refusals", what);
                        }
                        done = true;
                    }
                    Some(Err(_)) | None => {}
                }
            }
            if done {
                break;
            }
            self.elsewhere().await;
        }
    }

    async fn elsewhere(&mut self) {
        self.world.pause(200, 1_500).await;
        self.running = self.house.reach().await;
        self.reconnects().await;
    }

    async fn reconnects(&mut self) {
        loop {
            self.ears = self.running.engine.connect(Listener::Customer);
            self.ears.subscribe(self.id);
            if self.catches_up().await {
                return;
            }
            self.world.pause(300, 1_500).await;
            self.running = self.house.reach().await;
        }
    }

    /// Reads what is not shown yet.
    async fn catches_up(&mut self) -> bool {
        let Some(Ok(snapshot)) = asked(self.running.engine.snapshot(self.id)).await else { return false };
        let last = snapshot.conversation.seq;
        if last < self.shown {
            self.world.judge().fail("resume", format!("{} was shown {} and now {}", self.id, self.shown.0, last.0));
            return true;
        }
        while self.shown < last {
            let Some(Ok(events)) = asked(self.running.engine.events(self.id, self.shown, 200)).await else {
                return false;
            };
            if events.is_empty() {
                return false;
            }
            for event in events.iter().filter(|event| event.recorded.seq <= last) {
                self.shows(event);
            }
        }
        self.world.judge().loaded(&snapshot.conversation);
        self.state = snapshot.conversation;
        true
    }

    fn shows(&mut self, event: &StoredEvent) {
        let seq = event.recorded.seq;
        if seq != self.shown.next() {
            let what = format!("{}: event {} came after {}", self.id, seq.0, self.shown.0);
            self.world.judge().fail("resume", what);
        }
        self.shown = seq;
    }

    /// Looks at the window for a while.
    async fn watches(&mut self, least_ms: u64, most_ms: u64) {
        let until = tokio::time::Instant::now() + self.world.dice().between(least_ms, most_ms);
        loop {
            if !self.running.lives() {
                self.elsewhere().await;
            }
            match tokio::time::timeout_at(until, self.ears.next()).await {
                Err(_) => break,
                Ok(None) => self.elsewhere().await,
                Ok(Some(change)) => {
                    if let Change::Appended(appended) = &*change {
                        let (Some(first), Some(last)) = (appended.events.first(), appended.events.last()) else {
                            continue;
                        };
                        if last.recorded.seq <= self.shown {
                            continue;
                        }
                        if first.recorded.seq == self.shown.next() {
                            for event in &appended.events {
                                self.shows(event);
                            }
                            self.world.judge().loaded(&appended.snapshot.conversation);
                            self.state = Arc::clone(&appended.snapshot.conversation);
                        } else if !self.catches_up().await {
                            self.elsewhere().await;
                        }
                    }
                }
            }
        }
        self.world.judge().is_shown(self.id, self.shown);
        self.may_answer_as_the_bot();
    }

    /// In the app nobody calls the bot: it posts by itself, with the epoch that it last saw.
    fn may_answer_as_the_bot(&mut self) {
        if self.channel != "app" {
            return;
        }
        let Some(turn) = self.state.bot_turns.first().copied() else { return };
        let (world, faults) = (Arc::clone(&self.world), self.world.faults.clone());
        if world.strikes("bot never answers", faults.bot_never) {
            return;
        }
        let late = world.strikes("bot answers late", faults.bot_late);
        // Some bots say more than they were asked.
        let answers = world.dice().percent(80);
        let (engine, id, epoch) = (self.running.engine.clone(), self.id, self.state.epoch);
        tokio::spawn(async move {
            if late {
                world.pause(3_000, 25_000).await;
            }
            let said = BotMessage {
                epoch,
                in_reply_to: answers.then_some(turn.message),
                text: "By the way, your order is on its way".to_owned(),
                parts: baton_bots::Parts::default(),
                knew: true,
            };
            let _ = asked(engine.post_bot_message(id, format!("own-{}", turn.message.0), said)).await;
        });
    }
}

/// When the next customer comes.
pub(crate) async fn arrive(world: Arc<World>, house: Arc<House>, customers: usize, over: Duration) {
    let gap = u64::try_from(over.as_millis()).unwrap_or(1) / customers as u64;
    for _ in 0..customers {
        world.pause(1, 2 * gap).await;
        let handoffs = 1 + world.dice().below(3);
        tokio::spawn(Customer::visits(Arc::clone(&world), Arc::clone(&house), handoffs));
    }
}
