//! What those who wait are told while they wait: their place, the estimated wait, and whether anybody is there.
//!
//! Everything here looks at everybody who waits, and every event may change what they are told. So the more wait, the
//! longer it rests in between: what it costs stays a share of the time, however many events there are.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use baton_core::{Command, ConversationId, HandoffId, Staffing, Timestamp};

use crate::cluster::Lying;
use crate::error::EngineError;
use crate::floor::FloorState;
use crate::hub::{Change, Place};
use crate::shell::{Order, Shell};

/// The rest for each who was looked at: with ten who wait there is none that anybody sees, with ten thousand a second.
const REST_EACH: Duration = Duration::from_micros(100);

/// How long somebody must have been there, or nobody, before those who wait are told. Engines that do not agree about it
/// would contradict each other as fast as the store writes until they do; and a console that is loaded anew is no news.
const STEADY: Duration = Duration::from_secs(1);

/// What was told to whom, and until when that has to do.
#[derive(Default)]
pub(crate) struct Refreshed {
    places: BTreeMap<HandoffId, Place>,
    /// What the engine that leads is expected to say.
    staffing: Lying<HandoffId>,
    staffing_rests: Rest,
    places_rest: Rest,
}

/// When something may be looked at again.
#[derive(Default)]
struct Rest {
    from: Timestamp,
    until: Timestamp,
}

impl Rest {
    fn is_over(&self, now: Timestamp) -> bool {
        // A clock that was set back is no reason to rest on.
        now < self.from || self.until <= now
    }

    fn begin(&mut self, now: Timestamp, looked_at: usize) {
        let looked_at = u32::try_from(looked_at).unwrap_or(u32::MAX);
        *self = Self { from: now, until: now + REST_EACH * looked_at };
    }
}

impl Refreshed {
    /// Tells everybody who waits what changed for them; when there is more to tell by time alone.
    pub(crate) async fn refresh(
        &mut self,
        shell: &Arc<Shell>,
        now: Timestamp,
        patience: Duration,
    ) -> Option<Timestamp> {
        let patience = patience.max(STEADY);
        if self.staffing_rests.is_over(now) {
            let looked_at = self.tell_staffing(shell, now, patience).await;
            self.staffing_rests.begin(now, looked_at);
        }
        if self.places_rest.is_over(now) {
            let looked_at = self.tell_places(shell, now);
            self.places_rest.begin(now, looked_at);
        }
        let lying = self.staffing.next(patience).map(|left| now + left);
        let rests = [self.staffing_rests.until, self.places_rest.until].into_iter().filter(|until| *until > now);
        rests.chain(lying).min()
    }

    /// Tells customers who wait when the last person left, and when somebody came.
    async fn tell_staffing(&mut self, shell: &Arc<Shell>, now: Timestamp, patience: Duration) -> usize {
        let (looked_at, turned) = turned(&shell.floor(), now);
        let mut changes = Vec::new();
        for (handoff, conversation, staffing) in turned {
            let Ok(loaded) = shell.load(conversation).await else { continue };
            let Some(current) = loaded.conversation.handoff().filter(|current| current.id == handoff) else { continue };
            let (staffed, reason, opens_at, position) = match staffing {
                Staffing::Staffed { position, .. } => (true, None, None, position),
                Staffing::Nobody { reason, opens_at } => (false, Some(reason), opens_at, 1),
            };
            if current.staffed == staffed {
                continue;
            }
            let command = Command::ChangeStaffing { handoff, staffed, reason, opens_at, position };
            changes.push((conversation, handoff, command));
        }
        let ripe = self.staffing.ripe(changes.iter().map(|(_, handoff, _)| *handoff), patience);
        for (conversation, _, command) in changes.into_iter().filter(|(_, handoff, _)| ripe.contains(handoff)) {
            match shell.execute(conversation, None, move |_, _| Ok(Order::from(command.clone()))).await {
                Ok(_) | Err(EngineError::Rejected(_)) => {}
                Err(error) => tracing::error!(%conversation, %error, "tell a waiting customer who is there"),
            }
        }
        looked_at
    }

    /// Sends each waiting customer their place when it changed.
    fn tell_places(&mut self, shell: &Arc<Shell>, now: Timestamp) -> usize {
        let mut places = BTreeMap::new();
        let mut changed = Vec::new();
        let mut looked_at = 0;
        {
            let mut floor = shell.floor();
            let FloorState { floor, waits, .. } = &mut *floor;
            for queue in floor.plan().queues.keys() {
                for (handoff, staffing, snapshot) in floor.queue_staffing(queue, now, waits) {
                    looked_at += 1;
                    let Staffing::Staffed { position, wait } = staffing else { continue };
                    let place = Place { position, wait };
                    if let Some(waiting) = floor.waiting(handoff)
                        && self.places.get(&handoff) != Some(&place)
                    {
                        changed.push((waiting.conversation, place));
                        // What is told again is a promise like the first one, and is judged like it.
                        if let Some(snapshot) = snapshot {
                            waits.watched(handoff, &snapshot);
                        }
                    }
                    places.insert(handoff, place);
                }
            }
        }
        self.places = places;
        for (conversation, place) in changed {
            shell.hub.to_followers(conversation, Change::Place { conversation, place });
        }
        looked_at
    }
}

/// Of those who wait, the ones to whom it was said otherwise than it is; and how many wait.
fn turned(floor: &FloorState, now: Timestamp) -> (usize, Vec<(HandoffId, ConversationId, Staffing)>) {
    let mut looked_at = 0;
    let mut turned = Vec::new();
    for queue in floor.floor.plan().queues.keys() {
        for ((handoff, nobody), position) in floor.floor.queue_promises(queue, now).into_iter().zip(1..) {
            looked_at += 1;
            let Some(waiting) = floor.floor.waiting(handoff).filter(|waiting| !waiting.offered) else { continue };
            if floor.was_told_staffed(waiting.conversation) == Some(nobody.is_none()) {
                continue;
            }
            let staffing = nobody.unwrap_or(Staffing::Staffed { position, wait: None });
            turned.push((handoff, waiting.conversation, staffing));
        }
    }
    (looked_at, turned)
}
