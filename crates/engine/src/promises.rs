//! The promise guard: a bot that says a person is coming and asks for none, and one that says nobody can come.

use std::sync::Arc;

use baton_core::{BotPromise, Command, ConversationId, HandoffId, Needs, Requester, Seq, Trigger};

use crate::config::PromiseWord;
use crate::error::EngineError;
use crate::shell::{Loaded, Order, Shell};

impl Shell {
    /// What a bot's text says about people, as far as the configuration wants to know.
    pub(crate) fn promise_in(&self, text: &str) -> Option<BotPromise> {
        let promises = self.deployment.load().document.promises;
        let (found, _) = baton_detect::promise(text)?;
        let (promise, does) = match found {
            baton_detect::Promise::Connecting => (BotPromise::Connecting, promises.broken),
            baton_detect::Promise::Cannot => (BotPromise::Cannot, promises.denied),
        };
        (does != PromiseWord::Ignore).then_some(promise)
    }

    /// Nobody was asked for in time: it is noted, and by the configuration the bot's word is kept for it.
    pub(crate) async fn break_promise(self: &Arc<Self>, id: ConversationId, message: Seq) -> Result<(), EngineError> {
        let shell = Arc::clone(self);
        let handoff = HandoffId(self.ids.make());
        self.execute(id, None, move |loaded, now| {
            let kept = match shell.deployment.load().document.promises.broken {
                PromiseWord::HandOff => Some((handoff, shell.admission(loaded, &Needs::default(), now))),
                PromiseWord::Notice | PromiseWord::Ignore => None,
            };
            Ok(Order::from(Command::BreakPromise { message, handoff: kept }))
        })
        .await
        .map(drop)
    }

    /// The bot said that nobody can come; by the configuration somebody does.
    pub(crate) fn answer_denial(self: &Arc<Self>, loaded: &Loaded) {
        match self.deployment.load().document.promises.denied {
            PromiseWord::HandOff => {}
            PromiseWord::Notice | PromiseWord::Ignore => return,
        }
        let (shell, id, epoch) = (Arc::clone(self), loaded.conversation.id, loaded.conversation.epoch);
        tokio::spawn(async move {
            let (handoff, triggers) = (HandoffId(shell.ids.make()), vec![Trigger::BrokenPromise]);
            let asked = shell.request(id, handoff, Requester::Baton, Some(epoch), triggers, Needs::default()).await;
            match asked {
                // Somebody is on the way already.
                Ok(_) | Err(EngineError::Rejected(_) | EngineError::Stopping) => {}
                Err(error) => tracing::error!(conversation = %id, %error, "a person where the bot said there is none"),
            }
        });
    }
}
