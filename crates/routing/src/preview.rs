//! What a changed plan would do to those who wait right now, without doing it.

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_core::{AgentId, ConversationId, HandoffId, QueueId, Timestamp};

use crate::class::Class;
use crate::floor::{Floor, Waiting};
use crate::plan::Plan;

/// How one who waits stands under a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub queue: QueueId,
    /// 1 is next.
    pub position: u32,
    /// Whether it may be promised: its queue is open, and somebody is there who could serve it, busy or not.
    pub staffed: bool,
    /// Agents of the plan who could serve it if they were there.
    pub agents_ever: u32,
    /// To whom it would be offered at this moment.
    pub offered_to: Option<AgentId>,
}

/// What a changed plan would do to one who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    pub handoff: HandoffId,
    pub conversation: ConversationId,
    pub before: Standing,
    pub after: Standing,
}

impl Effect {
    pub fn queue_changes(&self) -> bool {
        self.before.queue != self.after.queue
    }

    /// Whether a place is lost by the plan alone. Places in different queues are not compared.
    pub fn place_worsens(&self) -> bool {
        !self.queue_changes() && self.after.position > self.before.position
    }

    /// Whether nobody could serve it any more, whoever came.
    pub fn is_stranded(&self) -> bool {
        self.after.agents_ever == 0
    }

    pub fn changes(&self) -> bool {
        let seen = |standing: &Standing| (standing.position, standing.staffed, standing.agents_ever == 0);
        self.queue_changes()
            || seen(&self.before) != seen(&self.after)
            || self.before.offered_to != self.after.offered_to
    }
}

impl Floor {
    /// How everybody who waits stands now, and how they would stand under another plan; by queue and place as they
    /// stand now. Offers that ring at the moment are left alone.
    pub fn preview(&self, plan: Arc<Plan>, now: Timestamp) -> Vec<Effect> {
        let mut before = self.clone();
        let mut after = self.clone();
        after.replace_plan(plan);
        let (stood, stands) = (before.standings(now), after.standings(now));
        let queues = self.plan.queues.keys();
        let waiting = queues.flat_map(|queue| self.queue_waiting(queue));
        waiting
            .filter_map(|waiting| {
                let Waiting { handoff, conversation, .. } = waiting;
                let (before, after) = (stood.get(handoff)?.clone(), stands.get(handoff)?.clone());
                Some(Effect { handoff: *handoff, conversation: *conversation, before, after })
            })
            .collect()
    }

    fn standings(&mut self, now: Timestamp) -> BTreeMap<HandoffId, Standing> {
        let offers = self.route(now).offers;
        let mut offered: BTreeMap<_, _> = offers.into_iter().map(|offer| (offer.handoff, offer.choice.agent)).collect();
        let mut standings = BTreeMap::new();
        let mut ever: BTreeMap<Class, u32> = BTreeMap::new();
        for queue in self.plan.queues.keys() {
            let promises = self.queue_promises(queue, now);
            for ((waiting, (_, nobody)), position) in self.queue_waiting(queue).zip(promises).zip(1..) {
                let agents_ever = *ever.entry(self.class_of(waiting)).or_insert_with_key(|class| {
                    let able = self.plan.agents.iter().filter(|(_, plan)| plan.capacity > 0);
                    let fitting = able.filter(|(agent, plan)| class.fits(agent, plan).is_ok()).count();
                    u32::try_from(fitting).unwrap_or(u32::MAX)
                });
                let standing = Standing {
                    queue: queue.clone(),
                    position,
                    staffed: nobody.is_none(),
                    agents_ever,
                    offered_to: offered.remove(&waiting.handoff),
                };
                standings.insert(waiting.handoff, standing);
            }
        }
        standings
    }
}
