//! An agent's day: takes what rings, writes, passes on, hands back; goes for a coffee; closes the laptop.

use std::sync::Arc;
use std::time::Duration;

use baton_core::{AgentId, ClosedBy, Controller, DeclineReason, Disposition, QueueId};
use baton_engine::{Availability, EngineError, Listener, TransferTo};
use baton_store::{ControllerKind, Head, HeadFilter};

use crate::house::{House, Running};
use crate::world::{World, asked};

pub(crate) struct Agent {
    pub(crate) world: Arc<World>,
    pub(crate) house: Arc<House>,
    pub(crate) id: AgentId,
    pub(crate) colleagues: Vec<AgentId>,
}

/// Why a stretch at one engine ended.
enum Left {
    LaptopClosed,
    GoneHome,
    EngineGone,
}

impl Agent {
    pub(crate) async fn works(self) {
        self.world.pause(0, 8_000).await;
        loop {
            let running = self.house.reach().await;
            match self.is_connected(&running).await {
                Left::LaptopClosed => {
                    self.world.tell(format!("{} closes the laptop", self.id));
                    let until = if self.world.dice().percent(70) { 12_000 } else { 60_000 };
                    self.stays_away(1_000, until).await;
                }
                Left::GoneHome => {
                    self.world.tell(format!("{} goes home", self.id));
                    return;
                }
                Left::EngineGone => self.world.pause(200, 3_000).await,
            }
        }
    }

    /// Somebody who is away comes back when the trouble is over.
    async fn stays_away(&self, least_ms: u64, most_ms: u64) {
        let mut left = self.world.dice().between(least_ms, most_ms);
        while !left.is_zero() {
            let step = left.min(Duration::from_secs(2));
            tokio::time::sleep(step).await;
            left = if self.world.is_calm() { Duration::ZERO } else { left.saturating_sub(step) };
        }
    }

    /// One a run at most, or nobody might be left; and whoever has something goes first.
    fn goes_home(&self) -> bool {
        let busy = self.world.judge().has_something(&self.id);
        busy && !self.world.somebody_went_home()
            && self.world.strikes("agent goes home", self.world.faults.goes_home)
            && self.world.goes_home()
    }

    async fn is_connected(&self, running: &Running) -> Left {
        let engine = &running.engine;
        let mut ears = engine.connect(Listener::Staff { agent: self.id.clone(), queues: None });
        let connected = engine.agent_connected(&self.id);
        self.world.judge().agent_is(&self.id, true, self.world.time.now());
        let left = loop {
            if !running.lives() {
                break Left::EngineGone;
            }
            if self.world.strikes("laptop closed", self.world.faults.laptop) {
                break Left::LaptopClosed;
            }
            if self.goes_home() {
                break Left::GoneHome;
            }
            // Whoever was set away says that they are here; a coffee now and then.
            if engine.agent_state(&self.id).is_none_or(|state| state.availability != Availability::Available) {
                let _ = asked(engine.set_availability(&self.id, Availability::Available, None)).await;
            } else if !self.world.is_calm() && self.world.dice().hits(80) {
                let _ = asked(engine.set_availability(&self.id, Availability::Away, Some("coffee".to_owned()))).await;
                self.stays_away(2_000, 25_000).await;
            }
            if !running.lives() {
                break Left::EngineGone;
            }
            self.answers_what_rings(running).await;
            self.looks_at_what_they_have(running).await;
            // The next look when something is told, or after a moment.
            let moment = self.world.dice().between(900, 2_600);
            if let Ok(None) = tokio::time::timeout(moment, ears.next()).await {
                break Left::EngineGone;
            }
            while let Ok(Some(_)) = tokio::time::timeout(Duration::ZERO, ears.next()).await {}
            self.world.pause(50, 400).await;
        };
        self.world.judge().agent_is(&self.id, false, self.world.time.now());
        drop(connected);
        left
    }

    async fn answers_what_rings(&self, running: &Running) {
        let engine = &running.engine;
        let Some(Ok(offers)) = asked(engine.offers_of(&self.id)).await else { return };
        for offer in offers {
            let roll = if self.world.is_calm() { 99 } else { self.world.dice().below(100) };
            match roll {
                0..8 => {
                    let _ = asked(engine.decline_offer(self.id.clone(), offer.offer, DeclineReason::Busy)).await;
                }
                8..20 => {}
                _ => {
                    let late = self.world.strikes("agent answers late", self.world.faults.answers_late);
                    match (late, roll) {
                        (true, _) => self.world.pause(5_000, 13_000).await,
                        (false, 20..50) => {}
                        (false, _) => self.world.pause(100, 2_000).await,
                    }
                    let before = engine.now();
                    let live = self.world.judge().live_offer(offer.offer, &self.id);
                    let answer = asked(engine.accept_offer(self.id.clone(), offer.offer)).await;
                    match answer {
                        Some(Ok(_)) => self.world.judge().accepted(offer.conversation, offer.offer, &self.id),
                        Some(Err(EngineError::Rejected(_))) => {
                            // It was open before and after, so it was open when the engine said no.
                            let open = live.is_some_and(|expires| engine.now() < expires && before < expires)
                                && self.world.judge().live_offer(offer.offer, &self.id).is_some();
                            if open {
                                self.world.judge().fail("refusals", format!("{} was refused an open offer", self.id));
                            }
                        }
                        Some(Err(_)) | None => {}
                    }
                }
            }
        }
    }

    async fn looks_at_what_they_have(&self, running: &Running) {
        let filter = HeadFilter { agent: Some(self.id.clone()), limit: 50, ..HeadFilter::default() };
        let store = running.engine.store();
        let read = tokio::time::timeout(crate::world::PATIENCE, store.read(move |tx| tx.heads(&filter))).await;
        let Ok(Ok(heads)) = read else { return };
        for head in heads {
            // Some wrap-ups are forgotten and end by their limit alone.
            let forgotten = head.conversation.0.as_bytes()[15].is_multiple_of(3);
            if head.wrapping_up && !forgotten && self.world.dice().percent(40) {
                let chosen = Disposition::new("answered").ok();
                let _ = asked(running.engine.end_wrap_up(head.conversation, self.id.clone(), chosen)).await;
            }
            if head.controller == ControllerKind::Agent && head.agent.as_ref() == Some(&self.id) {
                self.works_on(running, &head).await;
            }
        }
    }

    async fn works_on(&self, running: &Running, head: &Head) {
        let (engine, id, me) = (&running.engine, head.conversation, self.id.clone());
        let Some(Ok(snapshot)) = asked(engine.snapshot(id)).await else { return };
        let Controller::Agent { agent, .. } = &snapshot.conversation.controller else { return };
        if *agent != self.id {
            return;
        }
        let epoch = snapshot.conversation.epoch;
        let roll = self.world.dice().below(100);
        let in_a_hurry = if self.world.is_calm() { 45 } else { 0 };
        match roll.saturating_sub(in_a_hurry) {
            50..93 => {
                let (client_id, text) = (self.world.id().to_string(), format!("{} writes", self.id));
                let posted = asked(engine.post_agent_message(id, me, epoch, client_id.clone(), text.clone())).await;
                if let Some(Ok(posted)) = posted {
                    self.world.judge().acknowledged(&self.world, id, &client_id, posted.seq, &text);
                }
            }
            44..50 => {
                let client_id = self.world.id().to_string();
                let _ = asked(engine.post_note(id, me, client_id, "remember this".to_owned())).await;
            }
            40..44 if !self.world.is_calm() => {
                let (to_queue, queue, colleague) = {
                    let mut dice = self.world.dice();
                    (dice.percent(50), *dice.one_of(&["general", "technical"]), dice.one_of(&self.colleagues).clone())
                };
                let to = if to_queue {
                    TransferTo::Queue(QueueId::new(queue).expect("a key"))
                } else {
                    TransferTo::Agent(colleague)
                };
                let _ = asked(engine.transfer(
                    id,
                    me,
                    Some(epoch),
                    to,
                    baton_core::Needs::default(),
                    Some("please".to_owned()),
                ))
                .await;
            }
            32..40 => {
                let by = ClosedBy::Agent { agent: me, epoch };
                let _ = asked(engine.close(id, by, None)).await;
            }
            93..100 => {}
            _ => {
                let facts = baton_bots::HandbackFacts { outcome: "solved".to_owned(), ..Default::default() };
                let chosen = self.world.dice().percent(50).then(|| Disposition::new("answered").ok()).flatten();
                let _ = asked(engine.hand_back(id, me, epoch, facts, chosen)).await;
            }
        }
    }
}
