//! Word between the engines on one database that there is something new. A hint may be lost, doubled, late or out of
//! order: it only makes sooner what the sweep does anyway.

use std::sync::Arc;

use baton_core::{ConversationId, Seq};
use tokio::sync::mpsc;

use crate::shell::Shell;

/// What one engine tells the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// A conversation has come to `seq`; at rest, nobody has to do anything about it.
    Appended { conversation: ConversationId, seq: Seq, at_rest: bool },
    /// Who is there changed: a connection, or what an agent declared.
    People,
}

/// Both ends of whatever carries hints between engines.
pub struct Hints {
    /// What is told; when it is full, hints are lost.
    pub tell: mpsc::Sender<Hint>,
    pub heard: mpsc::Receiver<Hint>,
}

/// Follows what the others tell until nobody is left to tell anything.
pub(crate) async fn run(shell: Arc<Shell>, mut heard: mpsc::Receiver<Hint>) {
    while let Some(hint) = heard.recv().await {
        if shell.stopping() {
            return;
        }
        match hint {
            Hint::Appended { conversation, seq, at_rest } => {
                if let Err(error) = shell.heard(conversation, seq, at_rest).await {
                    tracing::debug!(%conversation, %error, "follow a hint; the sweep does it later");
                }
            }
            Hint::People => shell.look_soon(),
        }
    }
}
