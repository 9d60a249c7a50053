//! What other engines appended, and what this one is not sure of, found in the store: the sweep needs no hint. With a
//! database of its own an engine has nothing to look for but what it is not sure of.

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_core::planted::{Fault, planted};
use baton_core::{Controller, ConversationId, Seq};
use baton_store::{Head, StoreError};

use crate::error::EngineError;
use crate::shell::Shell;

/// Events looked at in one step.
const STEP: u32 = 2_000;
/// Steps of one sweep; what is left is done by the next.
const STEPS_MAX: usize = 50;

/// What a sweep remembers: how far it has brought whom, so that what is seen again costs nothing.
#[derive(Default)]
pub(crate) struct Swept(BTreeMap<ConversationId, Seq>);

pub(crate) async fn sweep(shell: &Arc<Shell>, swept: &mut Swept) {
    shell.settle_doubts().await;
    if !shell.cluster.shared() || planted(Fault::NoSweep) {
        return;
    }
    let beat = shell.cluster.beat(&shell.floor().connected_here());
    if let Some(row) = beat
        && let Err(error) = shell.store.write(move |tx| tx.put_engine(&row)).await
    {
        shell.cluster.beat_failed();
        tracing::error!(%error, "give a sign of life");
    }
    if let Err(error) = look(shell, swept).await {
        tracing::error!(%error, "look for what other engines did");
    }
}

async fn look(shell: &Arc<Shell>, swept: &mut Swept) -> Result<(), EngineError> {
    let declared = shell.floor().declared();
    let whole = shell.cluster.whole_look_is_due();
    let (states, engines, heads) = shell
        .store
        .read(move |tx| Ok((tx.agent_states()?, tx.engines()?, if whole { Some(tx.open_heads()?) } else { None })))
        .await?;
    let now = shell.now();
    let seen = shell.cluster.see(engines);
    let changed = {
        let mut floor = shell.floor();
        let came_or_went = floor.elsewhere(&seen.elsewhere, now);
        floor.adopt(states, declared, now) || came_or_went
    };
    if changed {
        shell.route.notify_one();
    }
    follow(shell, swept).await?;
    if let Some(heads) = heads {
        compare(shell, heads).await?;
        shell.cluster.looked_at_all();
    }
    if shell.cluster.leads() {
        for (engine, beat) in seen.forgotten {
            shell.store.write(move |tx| tx.delete_engine(engine, beat)).await?;
        }
        if seen.one_died {
            resume_bot_turns(shell).await?;
        }
    }
    Ok(())
}

/// Brings this engine to every append that it has not seen.
async fn follow(shell: &Arc<Shell>, swept: &mut Swept) -> Result<(), EngineError> {
    let mut after = shell.cluster.position();
    let mut before = std::mem::take(&mut swept.0);
    for _ in 0..STEPS_MAX {
        let changed = shell.store.read(move |tx| tx.changed(after, STEP)).await?;
        let Some(last) = changed.last() else { break };
        after = last.position;
        for change in changed {
            let known = before.remove(&change.conversation);
            if known.is_none_or(|known| known < change.seq) {
                match shell.heard(change.conversation, change.seq, change.at_rest).await {
                    Err(EngineError::Store(StoreError::Corrupt { doing, what })) => {
                        // One that cannot be read must not keep all others from being followed.
                        tracing::error!(conversation = %change.conversation, doing, what, "follow a conversation");
                    }
                    heard => heard?,
                }
            }
            swept.0.insert(change.conversation, change.seq);
        }
    }
    shell.cluster.reached(after);
    Ok(())
}

/// Holds everything that is open against what is known here.
async fn compare(shell: &Arc<Shell>, heads: Vec<Head>) -> Result<(), EngineError> {
    let mut known = shell.floor().known();
    for head in heads {
        known.remove(&head.conversation);
        shell.heard(head.conversation, head.seq, false).await?;
    }
    for conversation in known {
        shell.catch_up(conversation).await?;
    }
    Ok(())
}

/// Asks the bot about whatever a process that died left unanswered. That somebody else asks too does no harm: the
/// answer to a message is one message.
async fn resume_bot_turns(shell: &Arc<Shell>) -> Result<(), EngineError> {
    if planted(Fault::BotTurnNotResumed) {
        return Ok(());
    }
    for head in shell.store.read(|tx| tx.open_heads()).await?.into_iter().filter(|head| head.bot_owes) {
        let loaded = shell.load(head.conversation).await?;
        let conversation = &loaded.conversation;
        if matches!(conversation.controller, Controller::Bot) {
            for turn in &conversation.bot_turns {
                shell.begin_bot_turn(conversation.id, turn.message, conversation.epoch);
            }
        }
    }
    Ok(())
}
