//! The loop that moves handoffs: asks the routing engine, makes offers, returns what gone agents held, and tells
//! customers when their place changes. Everything it does is checked again inside the append, so it may be late or doubled.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use baton_core::planted::{Fault, planted};
use baton_core::{Command, ConversationId, HandoffId, OfferId, ReturnReason, Slot, Timestamp};
use baton_routing::{Decision, Floor, Reason, Routed};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::cluster::Lying;
use crate::error::EngineError;
use crate::floor::{Availability, Gone};
use crate::hub::Change;
use crate::places::Refreshed;
use crate::shell::{Order, Shell};
use crate::strays::move_strays;
use crate::sweep::{Swept, sweep};

/// A hint that was lost costs at most this long.
const SWEEP: Duration = Duration::from_secs(1);
/// The console's picture of the floor is refreshed at most this often.
const FLOOR_EVERY: Duration = Duration::from_secs(1);
/// In each queue the first so many who wait have it on record why nobody was found for them yet.
const EXPLAINED_MAX: usize = 20;
/// Most who are offered something else in one pass.
const OVERDUE_MAX: usize = 100;
/// Why an agent is away who did not answer.
const MISSED_REASON: &str = "missed";

#[derive(Default)]
struct Told {
    decisions: BTreeMap<HandoffId, String>,
    floor_at: Timestamp,
    /// When the store was last asked for another configuration.
    configured_at: Timestamp,
    /// A version that this process could not run by, so that it is said once.
    unfit: u64,
    /// What the engine that leads is expected to do.
    offers: Lying<HandoffId>,
    refreshed: Refreshed,
}

pub(crate) async fn run(shell: Arc<Shell>) {
    let (mut told, mut swept) = (Told::default(), Swept::default());
    let mut sweep_at = Instant::now();
    while !shell.stopping() {
        if shell.cluster.take_look() || sweep_at <= Instant::now() {
            sweep(&shell, &mut swept).await;
            sweep_at = Instant::now() + SWEEP;
        }
        let next = pass(&shell, &mut told).await;
        let until = next.map_or(SWEEP, |at| at.since(shell.now())).clamp(Duration::from_millis(5), SWEEP);
        tokio::select! {
            biased;
            () = shell.route.notified() => {}
            () = tokio::time::sleep(until) => {}
        }
    }
}

/// One look at the floor; gives when the next one is due by time alone.
async fn pass(shell: &Arc<Shell>, told: &mut Told) -> Option<Timestamp> {
    let now = shell.now();
    follow_configuration(shell, told, now).await;
    let deployment = shell.deployment.load_full();
    let patience = shell.cluster.patience();
    if patience.is_zero() {
        move_strays(shell).await;
    }
    // Who does not answer is set away before anything is decided, or they would ring once more.
    let missed: Vec<_> = std::mem::take(&mut shell.floor().missed_out).into_iter().collect();
    for agent in missed.into_iter().filter(|_| patience.is_zero()) {
        if let Err(error) = shell.set_availability(&agent, Availability::Away, Some(MISSED_REASON.to_owned())).await {
            tracing::error!(%agent, %error, "set an agent away who did not answer");
        }
    }
    let (mut decisions, mut without, announcements, gone, due) = {
        let mut floor = shell.floor();
        floor.end_rests(now);
        let (gone, due) = floor.gone(&deployment.habits, &deployment, now - patience);
        let Routed { offers: mut proposals, announcements } = floor.floor.route(now);
        let mut rested = None;
        proposals.retain(|proposal| {
            let rests = floor.resting(proposal.handoff, now).filter(|_| proposal.reason == Reason::AskedAgain);
            rested = rested.into_iter().chain(rests).min();
            rests.is_none()
        });
        let decisions = floor.floor.records(&proposals, now);
        let without = nobody_for(&floor.floor, &decisions, now);
        let due = due.map(|at| at + patience);
        (decisions, without, announcements, gone, [due, rested, floor.floor.next_due(now)].into_iter().flatten().min())
    };
    let ripe = told.offers.ripe(decisions.iter().map(|decision| decision.handoff), patience);
    if !patience.is_zero() {
        decisions.retain(|decision| ripe.contains(&decision.handoff));
        without.clear();
    }
    // An offer whose reasons are not on record is not made; the next pass decides anew.
    if record(shell, told, decisions.iter().chain(&without), now).await {
        offer(shell, decisions, now).await;
    }
    // Everybody's own console is connected to some engine: each shows it to those it knows.
    for announcement in announcements {
        shell.show(announcement);
    }
    for gone in gone {
        give_back(shell, gone).await;
    }
    if patience.is_zero() {
        overdue(shell, now).await;
    }
    let refresh = told.refreshed.refresh(shell, shell.now(), patience).await;
    tell_floor(shell, told, now);
    let lying = told.offers.next(patience).map(|left| now + left);
    [due, lying, refresh].into_iter().flatten().min()
}

/// Notices what another process or the command line applied.
async fn follow_configuration(shell: &Arc<Shell>, told: &mut Told, now: Timestamp) {
    // A clock that was set back is no reason to look no more.
    if told.configured_at <= now && now.since(told.configured_at) < SWEEP {
        return;
    }
    told.configured_at = now;
    match shell.follow_configuration().await {
        Ok(()) => told.unfit = 0,
        Err(EngineError::Config(error)) => {
            // What it names may be there for the others and not here, like a variable of the environment.
            let running = shell.deployment.load().version;
            if told.unfit != running + 1 {
                told.unfit = running + 1;
                tracing::error!(%error, running, "another process applied a configuration that does not run here");
            }
        }
        Err(error) => tracing::error!(%error, "look for another configuration"),
    }
}

/// Keeps the decision records: each chosen one, and each reason why nobody was, once.
async fn record<'a>(
    shell: &Arc<Shell>,
    told: &mut Told,
    decisions: impl Iterator<Item = &'a Decision>,
    now: Timestamp,
) -> bool {
    let mut fresh = Vec::new();
    for decision in decisions {
        let record = crate::decisions::encode(decision);
        if told.decisions.get(&decision.handoff) != Some(&record) {
            fresh.push((decision.handoff, record));
        }
    }
    {
        let floor = shell.floor();
        told.decisions.retain(|handoff, _| floor.floor.waiting(*handoff).is_some());
    }
    if fresh.is_empty() {
        return true;
    }
    if planted(Fault::OfferWithoutRecord) {
        return true;
    }
    let kept = fresh.clone();
    let written = shell
        .store
        .write(move |tx| {
            for (handoff, record) in &fresh {
                tx.put_decision(*handoff, now, record)?;
            }
            Ok(())
        })
        .await;
    match written {
        Ok(()) => {
            told.decisions.extend(kept);
            true
        }
        Err(error) => {
            tracing::error!(%error, "keep routing decisions");
            false
        }
    }
}

/// Why nobody was found for those at the head of each queue.
fn nobody_for(floor: &Floor, decisions: &[Decision], now: Timestamp) -> Vec<Decision> {
    floor
        .plan()
        .queues
        .keys()
        .flat_map(|queue| floor.queue_waiting(queue).filter(|waiting| !waiting.offered).take(EXPLAINED_MAX))
        .filter(|waiting| decisions.iter().all(|decision| decision.handoff != waiting.handoff))
        .filter_map(|waiting| floor.explain(waiting.handoff, now))
        .collect()
}

/// Makes every offer that was decided; they share flushes.
async fn offer(shell: &Arc<Shell>, decisions: Vec<Decision>, now: Timestamp) {
    let mut offers = JoinSet::new();
    for decision in decisions {
        let Some(choice) = decision.chosen else { continue };
        let shell = Arc::clone(shell);
        offers.spawn(async move {
            let command = Command::MakeOffer {
                offer: OfferId(shell.ids.make()),
                handoff: decision.handoff,
                agent: choice.agent,
                slots: choice.slots.iter().copied().map(Slot).collect(),
                expires_at: now + choice.ring,
            };
            shell.execute(decision.conversation, None, move |_, _| Ok(Order::from(command.clone()))).await
        });
    }
    let mut lost_slot = false;
    while let Some(made) = offers.join_next().await {
        match made {
            // A rejection: somebody else was first; the floor hears of it by their append.
            Ok(Ok(_) | Err(EngineError::Rejected(_))) => {}
            Ok(Err(EngineError::AgentFull { .. })) => lost_slot = true,
            Ok(Err(error)) => tracing::error!(%error, "make an offer"),
            Err(error) => tracing::error!(%error, "make an offer"),
        }
    }
    if lost_slot && let Err(error) = shell.reread_slots().await {
        tracing::error!(%error, "read who holds which slot");
    }
}

async fn give_back(shell: &Arc<Shell>, gone: Gone) {
    for conversation in gone.holds {
        let returned = give_back_one(shell, conversation, &gone.agent, gone.reason).await;
        match returned {
            Ok(()) | Err(EngineError::Rejected(_)) => {}
            Err(error) => tracing::error!(%conversation, %error, "return a handoff to its queue"),
        }
    }
}

async fn give_back_one(
    shell: &Arc<Shell>,
    conversation: ConversationId,
    agent: &baton_core::AgentId,
    reason: ReturnReason,
) -> Result<(), EngineError> {
    let loaded = shell.load(conversation).await?;
    let state = &loaded.conversation;
    if state.agent() != Some(agent) && state.offered_to() != Some(agent) {
        // Only a wrap-up is left of it: that ends by its own limit or here, the agent is not coming back to it.
        let agent = agent.clone();
        return shell
            .execute(conversation, None, move |_, _| {
                Ok(Order::from(Command::EndWrapUp { agent: agent.clone(), disposition: None }))
            })
            .await
            .map(drop);
    }
    let agent = agent.clone();
    let shell_again = Arc::clone(shell);
    shell
        .execute(conversation, None, move |loaded, _| {
            let position = loaded.conversation.handoff().map_or(1, |handoff| {
                let floor = shell_again.floor();
                let ahead =
                    floor.floor.queue_waiting(&handoff.queue).filter(|other| other.since < handoff.since).count();
                u32::try_from(ahead).unwrap_or(u32::MAX).saturating_add(1)
            });
            Ok(Order::from(Command::ReturnToQueue { agent: agent.clone(), reason, position }))
        })
        .await
        .map(drop)
}

/// Offers something else to those who have waited longer than their queue wants anybody to.
async fn overdue(shell: &Arc<Shell>, now: Timestamp) {
    let overdue = shell.floor().floor.overdue(now);
    for one in overdue.into_iter().take(OVERDUE_MAX) {
        let (handoff, alternative) = (one.handoff, one.offer);
        let command = Command::OfferAlternative { handoff, alternative };
        match shell.execute(one.conversation, None, move |_, _| Ok(Order::from(command.clone()))).await {
            Ok(_) => shell.floor().floor.told_overdue(handoff),
            Err(EngineError::Rejected(_)) => {
                // Who rings may be due again; who was told, or left a way to be reached, is not.
                let Ok(loaded) = shell.load(one.conversation).await else { continue };
                let done = loaded
                    .conversation
                    .handoff()
                    .is_none_or(|current| current.id != handoff || current.alternative_offered || current.contact_left);
                if done {
                    shell.floor().floor.told_overdue(handoff);
                }
            }
            Err(error) => {
                tracing::error!(conversation = %one.conversation, %error, "offer something else than waiting");
            }
        }
    }
}

fn tell_floor(shell: &Arc<Shell>, told: &mut Told, now: Timestamp) {
    if now.since(told.floor_at) < FLOOR_EVERY {
        return;
    }
    let changed = std::mem::take(&mut shell.floor().changed);
    if changed {
        told.floor_at = now;
        shell.hub.to_staff(Change::Floor, |_, _| true);
    }
}
