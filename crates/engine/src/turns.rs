//! The bot's turns: derived from the log, so that a crash loses none; carried out beside it; refused when too late.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use baton_bots::{BotFailure, BotLine, BotLineAuthor, BotReply, BotTurn as Question, HandbackFacts, Parts};
use baton_core::{
    Author, BotFailureKind, Command, Controller, ConversationId, Epoch, Event, HandoffId, Needs, Requester, Seq,
    Trigger,
};

use crate::customers::known_attributes;
use crate::deployment::Deployment;
use crate::error::EngineError;
use crate::hub::StoredEvent;
use crate::shell::{Beside, Kind, Loaded, Order, Shell};

/// Transcript lines that a bot is given, the newest.
const HISTORY_MAX: usize = 200;

/// Turns under way in this process, so that none is asked twice.
pub(crate) type Running = BTreeSet<(ConversationId, Seq)>;

impl Shell {
    /// Asks the bot about every message that waits for it and was not asked about yet.
    pub(crate) fn begin_bot_turns(self: &Arc<Self>, before: &baton_core::Conversation, loaded: &Loaded) {
        let after = &loaded.conversation;
        if !matches!(after.controller, Controller::Bot) {
            return;
        }
        for turn in after.bot_turns.iter().filter(|turn| !before.bot_turns.contains(turn)) {
            self.begin_bot_turn(after.id, turn.message, after.epoch);
        }
    }

    pub(crate) fn begin_bot_turn(self: &Arc<Self>, conversation: ConversationId, message: Seq, epoch: Epoch) {
        let running = &self.running;
        if !running.lock().unwrap_or_else(PoisonError::into_inner).insert((conversation, message)) {
            return;
        }
        let shell = Arc::clone(self);
        tokio::spawn(async move {
            let done = shell.bot_turn(conversation, message, epoch).await;
            shell.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&(conversation, message));
            match done {
                // Refused because a person is on the way: exactly what the epoch is for.
                Ok(()) | Err(EngineError::Rejected(_) | EngineError::Stopping) => {}
                Err(error) => tracing::error!(%conversation, message = message.0, %error, "bot turn"),
            }
        });
    }

    async fn bot_turn(self: &Arc<Self>, id: ConversationId, message: Seq, epoch: Epoch) -> Result<(), EngineError> {
        let loaded = self.load(id).await?;
        let deployment = self.deployment.load_full();
        let Some(bot) = loaded.conversation.bot.clone() else { return Ok(()) };
        let own = self.bots.get(&bot).cloned();
        let asked = match deployment.bots.get(&bot).filter(|_| own.is_none()) {
            None if own.is_some() => Ok(own),
            None => Err(BotFailure::Invalid(format!("bot `{bot}` is not in the configuration"))),
            Some(config) => {
                let clock = Arc::clone(&self.clock);
                let clock: baton_bots::Clock = Arc::new(move || clock.now());
                config.plan.build(&self.articles, &clock).map_err(|error| BotFailure::Invalid(error.to_string()))
            }
        };
        let reply = match asked {
            Ok(None) => return Ok(()),
            Ok(Some(asked)) => {
                let question = self.question(&loaded, &deployment, message, epoch).await?;
                let limit = asked.time_limit();
                tokio::time::timeout(limit, asked.answer(&question)).await.unwrap_or(Err(BotFailure::TimedOut(limit)))
            }
            Err(failure) => Err(failure),
        };
        match reply {
            Ok(BotReply::Later) => Ok(()),
            Ok(BotReply::Answer(answer)) => {
                self.say_as_bot(
                    id,
                    epoch,
                    Some(message),
                    format!("bot-{}", message.0),
                    answer.text,
                    answer.parts,
                    answer.knew,
                )
                .await
            }
            Ok(BotReply::AskPerson { say, reason, topic }) => {
                if let Some(say) = say.filter(|say| !say.trim().is_empty()) {
                    // Not yet the answer to the turn: if this process dies before the request, the bot is asked again.
                    self.say_as_bot(id, epoch, None, format!("bot-{}-say", message.0), say, Parts::default(), true)
                        .await?;
                }
                tracing::info!(conversation = %id, %reason, "the bot asks for a person");
                let needs = Needs { topic, ..Needs::default() };
                self.request(id, HandoffId(self.ids.make()), Requester::Bot, Some(epoch), vec![Trigger::Bot], needs)
                    .await
                    .map(drop)
            }
            Err(failure) => {
                tracing::warn!(conversation = %id, %bot, %failure, "the bot gave no answer");
                let kind = match failure {
                    BotFailure::Unreachable(_) => BotFailureKind::Unreachable,
                    BotFailure::TimedOut(_) => BotFailureKind::TimedOut,
                    BotFailure::Refused { .. } => BotFailureKind::Refused,
                    BotFailure::Invalid(_) => BotFailureKind::Invalid,
                };
                self.fail_bot_turn(id, message, epoch, kind).await
            }
        }
    }

    #[allow(clippy::too_many_arguments)] // A message is all of these; naming them at the call reads well enough.
    async fn say_as_bot(
        self: &Arc<Self>,
        id: ConversationId,
        epoch: Epoch,
        in_reply_to: Option<Seq>,
        client_id: String,
        text: String,
        parts: Parts,
        knew: bool,
    ) -> Result<(), EngineError> {
        let extra = parts.to_extra();
        let promise = self.promise_in(&text);
        self.execute(id, Some(client_id), move |_, _| {
            let body_bytes = u32::try_from(text.len()).unwrap_or(u32::MAX);
            Ok(Order {
                command: Command::PostBotMessage { epoch, in_reply_to, body_bytes, knew, promise },
                beside: vec![Beside { of: Kind::Message, text: text.clone(), extra: extra.clone() }],
            })
        })
        .await
        .map(drop)
    }

    /// A bot that is down is a trigger, not a dead end.
    pub(crate) async fn fail_bot_turn(
        self: &Arc<Self>,
        id: ConversationId,
        message: Seq,
        epoch: Epoch,
        failure: BotFailureKind,
    ) -> Result<(), EngineError> {
        let shell = Arc::clone(self);
        let handoff = HandoffId(self.ids.make());
        self.execute(id, None, move |loaded, now| {
            let admission = shell.admission(loaded, &Needs::default(), now);
            Ok(Order::from(Command::FailBotTurn { message, epoch, failure, handoff, admission }))
        })
        .await
        .map(drop)
    }

    async fn question(
        &self,
        loaded: &Loaded,
        deployment: &Deployment,
        message: Seq,
        epoch: Epoch,
    ) -> Result<Question, EngineError> {
        let conversation = &loaded.conversation;
        let stored = self.transcript(conversation.id, Seq(0), conversation.seq).await?;
        let mut history = Vec::new();
        let mut handback = None;
        let mut text = String::new();
        for event in &stored {
            if let Event::HandedBack { .. } = event.recorded.event {
                handback = event.body.as_ref().map(handback_facts);
            }
            let Some(line) = line(event, deployment) else { continue };
            if line.seq == message {
                text.clone_from(&line.text);
            }
            history.push(line);
        }
        history.drain(..history.len().saturating_sub(HISTORY_MAX));
        let attributes = known_attributes(&loaded.customer);
        let missing = || EngineError::invalid("conversation", "it has no channel or bot");
        Ok(Question {
            conversation: conversation.id,
            channel: conversation.channel.clone().ok_or_else(missing)?,
            bot: conversation.bot.clone().ok_or_else(missing)?,
            epoch,
            message,
            text,
            language: conversation.language,
            history,
            attributes,
            handback,
            suggest_person: conversation.suggestion.is_some(),
        })
    }

    /// Every event after `after` with what is beside it, up to `through`.
    pub(crate) async fn transcript(
        &self,
        id: ConversationId,
        after: Seq,
        through: Seq,
    ) -> Result<Vec<StoredEvent>, EngineError> {
        const PAGE: u32 = 1_000;
        let stored = self
            .store
            .read(move |tx| {
                let mut stored = Vec::new();
                let mut after = after;
                while after < through {
                    let events = tx.events(id, after, PAGE)?;
                    let Some(last) = events.last().map(|last| last.seq) else { break };
                    let bodies = tx.bodies(id, after, last)?;
                    let mut bodies: BTreeMap<Seq, _> = bodies.into_iter().map(|body| (body.seq, body)).collect();
                    stored.extend(events.into_iter().map(|recorded| {
                        let body = bodies.remove(&recorded.seq);
                        StoredEvent { recorded, body }
                    }));
                    after = last;
                }
                Ok(stored)
            })
            .await?;
        Ok(stored)
    }
}

fn line(event: &StoredEvent, deployment: &Deployment) -> Option<BotLine> {
    let seq = event.recorded.seq;
    match (&event.recorded.event, &event.body) {
        (Event::MessagePosted { author, .. }, Some(body)) => {
            let author = match author {
                Author::Customer => BotLineAuthor::Customer,
                Author::Bot { .. } => BotLineAuthor::Bot,
                Author::Agent(agent) => BotLineAuthor::Agent(deployment.agent_name(agent).to_owned()),
            };
            Some(BotLine { seq, author, text: crate::attachments::said(body) })
        }
        // The marker of the human stretch: the bot reads what the customer was told.
        (Event::NoticePosted { notice }, _) => {
            let text = crate::words::notice(notice, baton_core::Language::ENGLISH, |agent| {
                deployment.agent_name(agent).to_owned()
            });
            Some(BotLine { seq, author: BotLineAuthor::System, text })
        }
        (_, _) => None,
    }
}

pub(crate) fn handback_facts(body: &baton_store::Body) -> HandbackFacts {
    let list = |name: &str| -> Vec<String> {
        body.extra
            .get(name)
            .and_then(serde_json::Value::as_array)
            .map(|items| items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect())
            .unwrap_or_default()
    };
    let text = |name: &str| body.extra.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    HandbackFacts {
        outcome: text("outcome"),
        facts: list("facts"),
        promises: list("promises"),
        open_items: list("open_items"),
        note: text("note"),
    }
}
