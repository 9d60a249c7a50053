//! What is due by time: the earliest deadline is asked of the store, and whatever passed it is done.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use baton_core::{BotFailureKind, Command, ConversationId, Due};

use crate::error::EngineError;
use crate::shell::{Order, Shell};

/// Deadlines done in one look.
const BATCH: u32 = 256;
/// Longest sleep; also how soon a store that was away is asked again.
const SLEEP_MAX: Duration = Duration::from_secs(30);
const AFTER_FAULT: Duration = Duration::from_secs(1);

pub(crate) async fn run(shell: Arc<Shell>) {
    while !shell.stopping() {
        let sleep = match pass(&shell).await {
            Ok(sleep) => sleep,
            Err(error) => {
                tracing::error!(%error, "look for what is due");
                AFTER_FAULT
            }
        };
        tokio::select! {
            biased;
            () = shell.due.notified() => {}
            () = tokio::time::sleep(sleep) => {}
        }
    }
}

async fn pass(shell: &Arc<Shell>) -> Result<Duration, EngineError> {
    let patience = shell.cluster.patience();
    let until = shell.now() - patience;
    let due = shell.store.read(move |tx| tx.due(until, BATCH)).await?;
    let mut stuck = false;
    for (conversation, _) in &due {
        match settle_due(shell, *conversation).await {
            Ok(()) | Err(EngineError::Rejected(_)) => {}
            Err(error) => {
                stuck = true;
                tracing::error!(%conversation, %error, "do what is due");
            }
        }
    }
    if stuck {
        return Ok(AFTER_FAULT);
    }
    if due.len() == BATCH as usize {
        return Ok(Duration::ZERO);
    }
    let next = shell.store.read(|tx| tx.next_deadline()).await?;
    shell.earliest.store(next.map_or(i64::MAX, |at| at.0), Ordering::Release);
    let sleep = next.map_or(SLEEP_MAX, |at| (at + patience).since(shell.now()));
    Ok(sleep.clamp(Duration::from_millis(1), SLEEP_MAX))
}

async fn settle_due(shell: &Arc<Shell>, id: ConversationId) -> Result<(), EngineError> {
    let loaded = shell.load(id).await?;
    let deployment = shell.deployment.load_full();
    let now = shell.now();
    match loaded.conversation.deadline(deployment.limits()) {
        Some((at, Due::BotTurn(message))) if at <= now => {
            shell.fail_bot_turn(id, message, loaded.conversation.epoch, BotFailureKind::TimedOut).await
        }
        Some((at, Due::Promise(message))) if at <= now => shell.break_promise(id, message).await,
        Some((at, Due::OfferExpiry(_) | Due::WrapUpLimit(..) | Due::NobodyChoice | Due::Idle)) if at <= now => {
            shell.execute(id, None, |_, _| Ok(Order::from(Command::Tick))).await.map(drop)
        }
        // The limits were changed since the row was written, or somebody appended meanwhile.
        other => {
            let (seq, deadline) = (loaded.conversation.seq, other.map(|(at, _)| at));
            Ok(shell.store.write(move |tx| tx.put_deadline(id, seq, deadline)).await?)
        }
    }
}
