//! The bot that engines call: mostly quick, sometimes late, sometimes silent for ever.

use std::sync::Arc;
use std::time::Duration;

use baton_bots::{Answering, BotAnswer, BotFailure, BotReply, BotTurn, OwnBot};

use crate::world::World;

pub(crate) struct SimBot {
    pub(crate) world: Arc<World>,
}

impl std::fmt::Debug for SimBot {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SimBot")
    }
}

impl OwnBot for SimBot {
    fn answer<'a>(&'a self, turn: &'a BotTurn) -> Answering<'a> {
        Box::pin(async move {
            let (world, faults) = (&self.world, &self.world.faults);
            world.judge().bot_asked(turn.conversation, turn.message, world.time.now());
            if world.strikes("bot never answers", faults.bot_never) {
                return std::future::pending().await;
            }
            if world.strikes("bot answers late", faults.bot_late) {
                world.pause(5_000, 29_000).await;
            } else {
                world.pause(20, 900).await;
            }
            let kind = world.dice().below(100);
            match kind {
                0..3 if !world.is_calm() => Err(BotFailure::Unreachable("the line is dead".to_owned())),
                3..9 => Ok(BotReply::AskPerson {
                    say: (kind < 6).then(|| "I fetch somebody.".to_owned()),
                    reason: "it is beyond me".to_owned(),
                    topic: None,
                }),
                _ => Ok(BotReply::Answer(BotAnswer {
                    text: format!("An answer to message {}.", turn.message.0),
                    parts: baton_bots::Parts::default(),
                    knew: kind > 30,
                })),
            }
        })
    }

    fn time_limit(&self) -> Duration {
        Duration::from_secs(30)
    }
}
