//! What can be done with a conversation.

use std::sync::Arc;

use baton_bots::{HandbackFacts, Parts};
use baton_core::{
    Admission, AgentId, Author, ChannelId, ClosedBy, Command, ConversationId, CustomerId, Disposition, Epoch, Event,
    HandoffId, Language, Needs, Rating, Seq, Staffing, VerdictKind,
};
use baton_store::{Attachment, Customer, HeadFilter, Marks};
use serde_json::{Map, Value};

use crate::Engine;
use crate::attachments::{beside, weight};
use crate::beside::LastJudged;
use crate::customers::{ATTRIBUTE_BYTES_MAX, ATTRIBUTES_MAX};
use crate::error::EngineError;
use crate::hub::{Change, Snapshot, StoredEvent, Typist};
use crate::shell::{Beside, Founder, Kind, Loaded, Order, Shell};

/// Longest client-made id, in bytes.
pub const CLIENT_ID_BYTES_MAX: usize = 64;
/// Conversations of a customer that are looked up again when something about the customer changed, the newest.
const CHANGED_MAX: u16 = 100;
/// Longest comment on a survey, in bytes.
pub const COMMENT_BYTES_MAX: usize = 4_000;

/// A conversation to start.
#[derive(Debug, Clone)]
pub struct Start {
    pub id: ConversationId,
    pub channel: ChannelId,
    pub customer: CustomerId,
    pub language: Option<Language>,
    pub page: Option<String>,
    /// Flat: text, numbers and flags by name.
    pub attributes: Map<String, Value>,
}

/// What a bot says.
#[derive(Debug, Clone)]
pub struct BotMessage {
    pub epoch: Epoch,
    pub in_reply_to: Option<Seq>,
    pub text: String,
    /// What stands beside the text; checked when it is posted.
    pub parts: Parts,
    pub knew: bool,
}

/// What a write became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posted {
    pub seq: Seq,
    /// False when the same client id had been written before.
    pub created: bool,
}

impl Engine {
    /// Starts a conversation; true when it was not there yet. The same id again is the same conversation, and a foreign
    /// one is not found.
    pub async fn start_conversation(&self, start: Start) -> Result<(Snapshot, bool), EngineError> {
        let deployment = self.deployment();
        let Some(channel) = deployment.channel(&start.channel) else {
            return Err(EngineError::invalid("channel", format!("there is no channel `{}`", start.channel)));
        };
        check_attributes(&start.attributes)?;
        match self.shell.load(start.id).await {
            Ok(loaded) if loaded.conversation.customer == Some(start.customer) => {
                return Ok((self.shell.snapshot_of(&loaded), false));
            }
            Ok(_) => return Err(EngineError::NotFound),
            Err(EngineError::NotFound) => {}
            Err(error) => return Err(error),
        }
        let id = start.customer;
        let (known, acquainted) =
            self.shell.store.read(move |tx| Ok((tx.customer(id)?, crate::shell::acquainted(tx, id)?))).await?;
        let mut customer = known.unwrap_or_else(|| Customer {
            id,
            channel: start.channel.clone(),
            subject: None,
            name: None,
            email: None,
            tier: None,
            attributes: Map::new(),
            created_at: self.now(),
        });
        describe(&mut customer, start.attributes.clone());
        if let Some(page) = start.page.filter(|page| page.len() <= ATTRIBUTE_BYTES_MAX) {
            customer.attributes.insert("page".to_owned(), Value::String(page));
        }
        let command = Command::Start {
            channel: start.channel,
            bot: channel.bot.clone(),
            customer: id,
            language: start.language.unwrap_or(channel.language),
        };
        let made = self
            .shell
            .execute_in(start.id, Some(Founder { customer: Arc::new(customer), acquainted }), None, move |_, _| {
                Ok(Order::from(command.clone()))
            })
            .await;
        match made {
            Ok(outcome) => Ok((self.shell.snapshot_of(&outcome.loaded), outcome.created)),
            // Started twice at once: the other one was first.
            Err(EngineError::Rejected(baton_core::Rejection::AlreadyStarted)) => {
                let loaded = self.shell.load(start.id).await?;
                let own = loaded.conversation.customer == Some(id);
                if own { Ok((self.shell.snapshot_of(&loaded), false)) } else { Err(EngineError::NotFound) }
            }
            Err(error) => Err(error),
        }
    }

    /// What is known of a customer was changed: their conversations show it from now on.
    pub async fn customer_changed(&self, customer: CustomerId) -> Result<(), EngineError> {
        let own = HeadFilter { customer: Some(customer), limit: CHANGED_MAX, ..HeadFilter::default() };
        for head in self.shell.store.read(move |tx| tx.heads(&own)).await? {
            self.shell.forget(head.conversation).await;
        }
        Ok(())
    }

    /// The conversation as it stands.
    pub async fn snapshot(&self, id: ConversationId) -> Result<Snapshot, EngineError> {
        let loaded = self.shell.load_current(id).await?;
        Ok(self.shell.snapshot_of(&loaded))
    }

    /// Events after `after` with what is beside them, in order, at most `limit`.
    pub async fn events(&self, id: ConversationId, after: Seq, limit: u32) -> Result<Vec<StoredEvent>, EngineError> {
        let (events, bodies) = self
            .shell
            .store
            .read(move |tx| {
                let events = tx.events(id, after, limit)?;
                let through = events.last().map_or(after, |last| last.seq);
                let bodies = tx.bodies(id, after, through)?;
                Ok((events, bodies))
            })
            .await?;
        let mut bodies: std::collections::BTreeMap<Seq, _> = bodies.into_iter().map(|body| (body.seq, body)).collect();
        Ok(events
            .into_iter()
            .map(|recorded| {
                let body = bodies.remove(&recorded.seq);
                StoredEvent { recorded, body }
            })
            .collect())
    }

    /// Writes a customer's message with its verdict, and the handoff that it triggers, in one append.
    pub async fn post_customer_message(
        &self,
        id: ConversationId,
        client_id: String,
        text: String,
    ) -> Result<Posted, EngineError> {
        self.customer_message(id, client_id, text, Vec::new()).await
    }

    pub(crate) async fn customer_message(
        &self,
        id: ConversationId,
        client_id: String,
        text: String,
        files: Vec<Attachment>,
    ) -> Result<Posted, EngineError> {
        check_client_id(&client_id)?;
        check_text("text", &text)?;
        let shell = Arc::clone(&self.shell);
        let handoff = HandoffId(self.shell.ids.make());
        let own = client_id.clone();
        let text: Arc<str> = text.into();
        let judged = LastJudged::default();
        let (said, judging) = (Arc::clone(&text), judged.clone());
        let outcome = self
            .shell
            .execute(id, Some(client_id), move |loaded, now| {
                let deployment = shell.deployment.load_full();
                let verdict = Box::new(Shell::assess(&deployment, loaded, &text, now));
                judging.keep(&deployment, loaded, &verdict, now);
                let hands_off = verdict.kind == VerdictKind::HandOff && loaded.conversation.handoff().is_none();
                let admission = if hands_off {
                    shell.admission(loaded, &verdict_needs(&verdict), now)
                } else {
                    // Most messages trigger nothing: the floor is not asked, and `decide` does not look.
                    Admission {
                        queue: deployment.plan.default_queue.clone(),
                        needs: Needs::default(),
                        staffing: Staffing::Nobody {
                            reason: baton_core::NobodyReason::NobodyAvailable,
                            opens_at: None,
                        },
                    }
                };
                Ok(Order {
                    command: Command::PostCustomerMessage {
                        body_bytes: weight(&text, &files),
                        verdict,
                        handoff,
                        admission,
                    },
                    beside: vec![message(&text, &own, &files)],
                })
            })
            .await?;
        if let Some(judged) = judged.take().filter(|_| outcome.created) {
            self.shell.judge_beside(judged, said, outcome.seq);
        }
        Ok(Posted { seq: outcome.seq, created: outcome.created })
    }

    /// Writes a bot's message; refused when the epoch is old or a person has the conversation.
    pub async fn post_bot_message(
        &self,
        id: ConversationId,
        client_id: String,
        said: BotMessage,
    ) -> Result<Posted, EngineError> {
        self.bot_message(id, client_id, said, Vec::new()).await
    }

    pub(crate) async fn bot_message(
        &self,
        id: ConversationId,
        client_id: String,
        said: BotMessage,
        files: Vec<Attachment>,
    ) -> Result<Posted, EngineError> {
        check_client_id(&client_id)?;
        check_text("text", &said.text)?;
        let parts = said.parts.checked().map_err(|(field, what)| EngineError::invalid(&field, what))?;
        let mut extra = parts.to_extra();
        extra["client_id"] = Value::String(client_id.clone());
        if !files.is_empty() {
            extra["attachments"] = beside(&files);
        }
        let promise = self.shell.promise_in(&said.text);
        let outcome = self
            .shell
            .execute(id, Some(client_id), move |_, _| {
                Ok(Order {
                    command: Command::PostBotMessage {
                        epoch: said.epoch,
                        in_reply_to: said.in_reply_to,
                        body_bytes: weight(&said.text, &files),
                        knew: said.knew,
                        promise,
                    },
                    beside: vec![Beside { of: Kind::Message, text: said.text.clone(), extra: extra.clone() }],
                })
            })
            .await?;
        Ok(Posted { seq: outcome.seq, created: outcome.created })
    }

    pub async fn post_agent_message(
        &self,
        id: ConversationId,
        agent: AgentId,
        epoch: Epoch,
        client_id: String,
        text: String,
    ) -> Result<Posted, EngineError> {
        self.agent_message(id, agent, epoch, client_id, text, Vec::new()).await
    }

    pub(crate) async fn agent_message(
        &self,
        id: ConversationId,
        agent: AgentId,
        epoch: Epoch,
        client_id: String,
        text: String,
        files: Vec<Attachment>,
    ) -> Result<Posted, EngineError> {
        check_client_id(&client_id)?;
        check_text("text", &text)?;
        let own = client_id.clone();
        let outcome = self
            .shell
            .execute(id, Some(client_id), move |_, _| {
                let command =
                    Command::PostAgentMessage { agent: agent.clone(), epoch, body_bytes: weight(&text, &files) };
                Ok(Order { command, beside: vec![message(&text, &own, &files)] })
            })
            .await?;
        Ok(Posted { seq: outcome.seq, created: outcome.created })
    }

    /// Writes a private note; customers and bots never see it.
    pub async fn post_note(
        &self,
        id: ConversationId,
        agent: AgentId,
        client_id: String,
        text: String,
    ) -> Result<Posted, EngineError> {
        self.note(id, agent, client_id, text, Vec::new()).await
    }

    pub(crate) async fn note(
        &self,
        id: ConversationId,
        agent: AgentId,
        client_id: String,
        text: String,
        mentions: Vec<AgentId>,
    ) -> Result<Posted, EngineError> {
        check_client_id(&client_id)?;
        check_text("text", &text)?;
        let named: Vec<&str> = mentions.iter().map(AgentId::as_str).collect();
        let extra = if named.is_empty() { Value::Null } else { serde_json::json!({ "mentions": named }) };
        let outcome = self
            .shell
            .execute(id, Some(client_id), move |_, _| {
                let command = Command::PostNote { agent: agent.clone(), body_bytes: weight(&text, &[]) };
                Ok(Order { command, beside: vec![Beside { of: Kind::Note, text: text.clone(), extra: extra.clone() }] })
            })
            .await?;
        Ok(Posted { seq: outcome.seq, created: outcome.created })
    }

    /// Gives control back to the bot, with what it must know.
    pub async fn hand_back(
        &self,
        id: ConversationId,
        agent: AgentId,
        epoch: Epoch,
        handback: HandbackFacts,
        disposition: Option<Disposition>,
    ) -> Result<Snapshot, EngineError> {
        self.check_disposition(disposition.as_ref())?;
        let extra = serde_json::json!({
            "outcome": handback.outcome,
            "facts": handback.facts,
            "promises": handback.promises,
            "open_items": handback.open_items,
            "note": handback.note,
        });
        let habits = self.deployment().habits;
        let holder = agent.clone();
        self.act(id, move |_, _| {
            let command =
                Command::HandBack { agent: holder.clone(), epoch, wrap_up: habits.wrap_up, survey: habits.survey };
            Ok(Order {
                command,
                beside: vec![Beside { of: Kind::Handback, text: String::new(), extra: extra.clone() }],
            })
        })
        .await?;
        self.finish_wrap_up(id, agent, disposition).await
    }

    /// Ends the conversation. With a disposition there is no wrap-up.
    pub async fn close(
        &self,
        id: ConversationId,
        by: ClosedBy,
        disposition: Option<Disposition>,
    ) -> Result<Snapshot, EngineError> {
        self.check_disposition(disposition.as_ref())?;
        let habits = self.deployment().habits;
        let wrap_up = if disposition.is_some() { std::time::Duration::ZERO } else { habits.wrap_up };
        self.act(id, move |_, _| {
            Ok(Order::from(Command::Close {
                by: by.clone(),
                disposition: disposition.clone(),
                wrap_up,
                survey: habits.survey,
            }))
        })
        .await
    }

    /// Ends the agent's wrap-up and frees the slot.
    pub async fn end_wrap_up(
        &self,
        id: ConversationId,
        agent: AgentId,
        disposition: Option<Disposition>,
    ) -> Result<Snapshot, EngineError> {
        self.check_disposition(disposition.as_ref())?;
        self.act(id, move |_, _| {
            Ok(Order::from(Command::EndWrapUp { agent: agent.clone(), disposition: disposition.clone() }))
        })
        .await
    }

    async fn finish_wrap_up(
        &self,
        id: ConversationId,
        agent: AgentId,
        disposition: Option<Disposition>,
    ) -> Result<Snapshot, EngineError> {
        match disposition {
            None => self.snapshot(id).await,
            Some(_) => match self.end_wrap_up(id, agent, disposition).await {
                // The deployment has no wrap-up: nothing to end.
                Err(EngineError::Rejected(baton_core::Rejection::NoWrapUp)) => self.snapshot(id).await,
                ended => ended,
            },
        }
    }

    /// Takes a customer's answer to the survey of one handoff.
    pub async fn answer_survey(
        &self,
        id: ConversationId,
        handoff: HandoffId,
        rating: Rating,
        comment: Option<String>,
    ) -> Result<Snapshot, EngineError> {
        if let Some(comment) = comment.as_ref().filter(|comment| comment.len() > COMMENT_BYTES_MAX) {
            let bytes = comment.len();
            return Err(EngineError::invalid(
                "comment",
                format!("it has {bytes} bytes and at most {COMMENT_BYTES_MAX} fit; shorten it"),
            ));
        }
        check_text("comment", comment.as_deref().unwrap_or_default())?;
        self.act(id, move |_, _| {
            let beside = comment
                .iter()
                .filter(|comment| !comment.trim().is_empty())
                .map(|comment| Beside { of: Kind::Survey, text: comment.clone(), extra: Value::Null })
                .collect();
            Ok(Order { command: Command::AnswerSurvey { handoff, rating }, beside })
        })
        .await
    }

    /// Takes whether a bot's answer helped; none takes it back.
    pub async fn rate_answer(
        &self,
        id: ConversationId,
        message: Seq,
        helpful: Option<bool>,
    ) -> Result<Snapshot, EngineError> {
        let before = Seq(message.0.saturating_sub(1));
        let found = self.shell.store.read(move |tx| tx.events(id, before, 1)).await?;
        let answer = found.first().is_some_and(|found| {
            found.seq == message && matches!(found.event, Event::MessagePosted { author: Author::Bot { .. }, .. })
        });
        if !answer {
            return Err(EngineError::invalid("message", format!("number {} is no answer of a bot", message.0)));
        }
        self.act(id, move |_, _| Ok(Order::from(Command::RateAnswer { message, helpful }))).await
    }

    /// Adds to what a customer says of themselves. What their site's backend vouches for stays as it is.
    pub async fn describe_customer(&self, id: CustomerId, attributes: Map<String, Value>) -> Result<(), EngineError> {
        check_attributes(&attributes)?;
        let fits = self
            .shell
            .store
            .write(move |tx| {
                let Some(mut customer) = tx.customer(id)? else { return Ok(None) };
                describe(&mut customer, attributes.clone());
                let fits = customer.attributes.len() <= ATTRIBUTES_MAX;
                if fits {
                    tx.put_customer(&customer)?;
                }
                Ok(Some(fits))
            })
            .await?;
        match fits {
            None => Err(EngineError::NotFound),
            Some(false) => {
                Err(EngineError::invalid("attributes", format!("with these there are more than {ATTRIBUTES_MAX}")))
            }
            Some(true) => self.customer_changed(id).await,
        }
    }

    /// Raises the marks to at least these and gives what stands.
    pub async fn raise_marks(&self, id: ConversationId, marks: Marks) -> Result<Marks, EngineError> {
        let last = self.shell.load(id).await?.conversation.seq;
        let capped = Marks {
            customer_delivered: marks.customer_delivered.min(last),
            customer_read: marks.customer_read.min(last),
            staff_delivered: marks.staff_delivered.min(last),
            staff_read: marks.staff_read.min(last),
        };
        let marks = self.shell.store.write(move |tx| tx.raise_marks(id, capped)).await?;
        self.shell.hub.to_followers(id, Change::Marks { conversation: id, marks });
        Ok(marks)
    }

    pub async fn marks(&self, id: ConversationId) -> Result<Marks, EngineError> {
        Ok(self.shell.store.read(move |tx| tx.marks(id)).await?)
    }

    /// Tells the others that somebody is typing; it is kept nowhere.
    pub fn typing(&self, id: ConversationId, who: Typist, typing: bool) {
        self.shell.hub.to_followers(id, Change::Typing { conversation: id, who, typing });
    }

    /// An order about a conversation, without a client id.
    pub(crate) async fn act(
        &self,
        id: ConversationId,
        make: impl Fn(&Loaded, baton_core::Timestamp) -> Result<Order, EngineError> + Send + 'static,
    ) -> Result<Snapshot, EngineError> {
        let outcome = self.shell.execute(id, None, make).await?;
        Ok(self.shell.snapshot_of(&outcome.loaded))
    }

    fn check_disposition(&self, disposition: Option<&Disposition>) -> Result<(), EngineError> {
        let deployment = self.deployment();
        match disposition {
            Some(chosen) if !deployment.dispositions().contains_key(chosen) => {
                let known: Vec<_> = deployment.dispositions().keys().map(Disposition::as_str).collect();
                Err(EngineError::invalid(
                    "disposition",
                    format!("there is no disposition `{chosen}`; known are: {}", known.join(", ")),
                ))
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// What customers say of themselves becomes attributes; their name and address too, unless somebody vouches for them.
fn describe(customer: &mut Customer, attributes: Map<String, Value>) {
    if customer.subject.is_none() {
        for (field, name) in [(&mut customer.name, "name"), (&mut customer.email, "email")] {
            let said = attributes.get(name).and_then(Value::as_str).map(str::trim).filter(|said| !said.is_empty());
            if let Some(said) = said {
                *field = Some(said.to_owned());
            }
        }
    }
    customer.attributes.extend(attributes);
}

/// The needs of a verdict: what the rules say, and the topic.
fn verdict_needs(verdict: &baton_core::Verdict) -> Needs {
    let topic = verdict.topic.as_ref().map(|guess| guess.topic.clone());
    Needs { topic, ..Needs::default() }.and(&verdict.needs)
}

fn message(text: &str, client_id: &str, files: &[Attachment]) -> Beside {
    let mut extra = serde_json::json!({ "client_id": client_id });
    if !files.is_empty() {
        extra["attachments"] = beside(files);
    }
    Beside { of: Kind::Message, text: text.to_owned(), extra }
}

/// Refuses what one of the databases cannot hold, so that both hold the same.
pub(crate) fn check_text(field: &str, text: &str) -> Result<(), EngineError> {
    if text.contains('\0') {
        return Err(EngineError::invalid(field, "it contains the character U+0000, which is no text; leave it out"));
    }
    Ok(())
}

pub(crate) fn check_client_id(client_id: &str) -> Result<(), EngineError> {
    if (1..=CLIENT_ID_BYTES_MAX).contains(&client_id.len()) && client_id.is_ascii() {
        return Ok(());
    }
    Err(EngineError::invalid(
        "client_id",
        format!("give 1 to {CLIENT_ID_BYTES_MAX} ASCII characters, made anew for each message"),
    ))
}

fn check_attributes(attributes: &Map<String, Value>) -> Result<(), EngineError> {
    if attributes.len() > ATTRIBUTES_MAX {
        let given = attributes.len();
        return Err(EngineError::invalid("attributes", format!("there are {given} and at most {ATTRIBUTES_MAX} fit")));
    }
    for (name, value) in attributes {
        let field = format!("attributes.{name}");
        if !(value.is_string() || value.is_number() || value.is_boolean()) {
            return Err(EngineError::invalid(&field, "give text, a number or true or false, not a list or an object"));
        }
        check_text(&field, name)?;
        check_text(&field, value.as_str().unwrap_or_default())?;
        if name.len() + value.as_str().map_or(0, str::len) > ATTRIBUTE_BYTES_MAX {
            return Err(EngineError::invalid(
                &field,
                format!("name and value together have at most {ATTRIBUTE_BYTES_MAX} bytes"),
            ));
        }
    }
    Ok(())
}
