//! Handoffs whose queue is gone from the configuration: they go on in the default queue, at their old place, and the
//! move is an event with its reason.

use std::sync::Arc;

use baton_core::{Command, ConversationId, HandoffId, MoveReason};
use tokio::task::JoinSet;

use crate::error::EngineError;
use crate::shell::{Order, Shell};

/// Most that are moved in one pass; they share flushes.
const STRAYS_MAX: usize = 200;

/// Moves those whose queue is gone, however it came about: another configuration was applied, an engine started with
/// one, or somebody gave back what came from a queue that is no more.
pub(crate) async fn move_strays(shell: &Arc<Shell>) {
    let strays: Vec<_> = shell.floor().strays.iter().take(STRAYS_MAX).map(|(id, of)| (*id, *of)).collect();
    let mut moves = JoinSet::new();
    for (handoff, conversation) in strays {
        let shell = Arc::clone(shell);
        moves.spawn(async move {
            if let Err(error) = move_stray(&shell, conversation, handoff).await {
                tracing::error!(%conversation, %error, "move a handoff whose queue is gone");
            }
        });
    }
    while moves.join_next().await.is_some() {}
}

async fn move_stray(shell: &Arc<Shell>, conversation: ConversationId, handoff: HandoffId) -> Result<(), EngineError> {
    let deciding = Arc::clone(shell);
    let moved = shell
        .execute(conversation, None, move |loaded, _| {
            let deployment = deciding.deployment.load();
            let current = loaded.conversation.handoff().map(|handoff| &handoff.queue);
            // The queue may be back by now.
            let exists = current.filter(|queue| deployment.has_queue(queue));
            let queue = exists.unwrap_or(&deployment.plan.default_queue).clone();
            Ok(Order::from(Command::MoveHandoff { handoff, queue, reason: MoveReason::QueueRemoved }))
        })
        .await;
    match moved {
        Ok(outcome) if outcome.created => Ok(()),
        // Nothing to move after all: the floor is brought to what the log says.
        Ok(_) | Err(EngineError::Rejected(_)) => {
            let _order = shell.lock(conversation).await;
            let mut floor = shell.floor();
            floor.strays.remove(&handoff);
            if let Some(loaded) = shell.cache.get(&conversation) {
                floor.settle(&loaded.conversation, shell.now());
            }
            Ok(())
        }
        Err(error) => Err(error),
    }
}
