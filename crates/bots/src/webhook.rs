//! A bot of the deployment's own, called by a signed POST (Standard Webhooks); it answers at once or later.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::Clock;
use crate::egress::{Egress, EgressRefused, Post, origin};
use crate::parts::{Action, Card, Parts};
use crate::reply::{BotAnswer, BotFailure, BotReply, InvalidBot, SourceLink, ask_person, one_line, usable_text};
use crate::secret::SigningSecret;
use crate::turn::{BotLine, BotLineAuthor, BotTurn, HandbackFacts};

/// Longest answer that is read.
const ANSWER_BODY_BYTES_MAX: usize = 256 * 1024;

/// A webhook bot as configured.
#[derive(Clone)]
pub struct WebhookSettings {
    pub url: String,
    pub secret: SigningSecret,
    pub time_limit: Duration,
}

/// Asks by webhook.
#[derive(Clone)]
pub struct WebhookBot {
    url: Url,
    secret: SigningSecret,
    time_limit: Duration,
    egress: Egress,
    clock: Clock,
}

impl WebhookBot {
    pub fn new(settings: WebhookSettings, egress: Egress, clock: Clock) -> Result<Self, InvalidBot> {
        egress.check(&settings.url)?;
        let url = Url::parse(&settings.url).map_err(|error| EgressRefused::NotAUrl(error.to_string()))?;
        Ok(Self { url, secret: settings.secret, time_limit: settings.time_limit, egress, clock })
    }

    pub fn time_limit(&self) -> Duration {
        self.time_limit
    }

    pub async fn answer(&self, turn: &BotTurn) -> Result<BotReply, BotFailure> {
        let body = serde_json::to_string(&Request::of(turn)).expect("strings, numbers and maps of strings are JSON");
        // The same turn has the same id whoever sends it again, so the receiver can tell a repetition after a crash.
        let id = format!("turn_{}_{}_{}", turn.conversation, turn.message.0, turn.epoch.0);
        let headers = self.secret.sign(&id, (self.clock)(), &body);
        let answered = self
            .egress
            .post(Post {
                url: &self.url,
                headers: &headers,
                json: &body,
                time_limit: self.time_limit,
                answer_bytes_max: ANSWER_BODY_BYTES_MAX,
            })
            .await?;
        match answered.status {
            200 => read(&format!("the webhook at {}", origin(&self.url)), &answered.body),
            202 => Ok(BotReply::Later),
            status => Err(BotFailure::refused(status, &answered.body, Some(self.secret.secret()))),
        }
    }
}

impl fmt::Debug for WebhookBot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The path and the query of a webhook may hold a token.
        out.debug_struct("WebhookBot").field("url", &origin(&self.url)).finish_non_exhaustive()
    }
}

impl fmt::Debug for WebhookSettings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = Url::parse(&self.url).map_or_else(|_| "…".to_owned(), |url| origin(&url));
        out.debug_struct("WebhookSettings").field("url", &of).finish_non_exhaustive()
    }
}

/// The body that the bot receives.
#[derive(Serialize)]
struct Request<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    conversation: String,
    channel: &'a str,
    bot: &'a str,
    epoch: u64,
    message: u64,
    text: &'a str,
    language: &'a str,
    history: Vec<Line<'a>>,
    attributes: &'a BTreeMap<String, String>,
    handback: Option<Handback<'a>>,
    suggest_person: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    seq: u64,
    author: &'static str,
    /// The name of an agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct Handback<'a> {
    outcome: &'a str,
    facts: &'a [String],
    promises: &'a [String],
    open_items: &'a [String],
    note: &'a str,
}

impl<'a> Request<'a> {
    fn of(turn: &'a BotTurn) -> Self {
        Self {
            kind: "bot.turn",
            conversation: turn.conversation.to_string(),
            channel: turn.channel.as_str(),
            bot: turn.bot.as_str(),
            epoch: turn.epoch.0,
            message: turn.message.0,
            text: &turn.text,
            language: turn.language.as_str(),
            history: turn.before().map(Line::of).collect(),
            attributes: &turn.attributes,
            handback: turn.handback.as_ref().map(Handback::of),
            suggest_person: turn.suggest_person,
        }
    }
}

impl<'a> Line<'a> {
    fn of(line: &'a BotLine) -> Self {
        let (author, name) = match &line.author {
            BotLineAuthor::Customer => ("customer", None),
            BotLineAuthor::Bot => ("bot", None),
            BotLineAuthor::Agent(name) => ("agent", Some(name.as_str())),
            BotLineAuthor::System => ("system", None),
        };
        Self { seq: line.seq.0, author, name, text: &line.text }
    }
}

impl<'a> Handback<'a> {
    fn of(handback: &'a HandbackFacts) -> Self {
        Self {
            outcome: &handback.outcome,
            facts: &handback.facts,
            promises: &handback.promises,
            open_items: &handback.open_items,
            note: &handback.note,
        }
    }
}

/// The answer; fields that we do not know are the bot's own business.
#[derive(Deserialize)]
struct Response {
    text: Option<String>,
    #[serde(default)]
    sources: Vec<Source>,
    #[serde(default)]
    actions: Vec<Value>,
    #[serde(default)]
    cards: Vec<Value>,
    knew: Option<bool>,
    ask_person: Option<AskPerson>,
    #[serde(default)]
    later: bool,
}

impl Response {
    /// What stands beside the text. A part of another shape is left out like one that may not be.
    fn parts(self) -> Parts {
        let actions = self.actions.into_iter().filter_map(|action| serde_json::from_value::<Action>(action).ok());
        let cards = self.cards.into_iter().filter_map(|card| serde_json::from_value::<Card>(card).ok());
        Parts {
            sources: self.sources.into_iter().map(|Source { title, slug }| SourceLink { title, slug }).collect(),
            actions: actions.collect(),
            cards: cards.collect(),
        }
    }
}

#[derive(Deserialize)]
struct Source {
    title: String,
    slug: String,
}

#[derive(Deserialize)]
struct AskPerson {
    reason: Option<String>,
    say: Option<String>,
    topic: Option<String>,
}

fn read(whose: &str, body: &[u8]) -> Result<BotReply, BotFailure> {
    // Read in two steps, since "not JSON" and "JSON of another shape" are mended in different places.
    let value: Value = serde_json::from_slice(body).map_err(|error| {
        let begins = one_line(&String::from_utf8_lossy(&body[..body.len().min(200)]), 40);
        BotFailure::Invalid(format!(
            "{whose} answered with something that is not JSON ({error}); it begins with `{begins}`"
        ))
    })?;
    let response: Response = serde_json::from_value(value)
        .map_err(|error| BotFailure::Invalid(format!("{whose} answered with JSON of another shape: {error}")))?;
    if let Some(ask) = response.ask_person {
        let say = ask.say.or(response.text);
        return Ok(ask_person(say.as_deref(), ask.reason.as_deref(), ask.topic.as_deref()));
    }
    match response.text.clone() {
        Some(text) => Ok(BotReply::Answer(BotAnswer {
            text: usable_text(whose, &text)?.to_owned(),
            knew: response.knew.unwrap_or(true),
            parts: response.parts().kept(whose),
        })),
        None if response.later => Ok(BotReply::Later),
        None => Err(BotFailure::Invalid(format!("{whose} answered with neither `text`, `ask_person` nor `later`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invalid(body: &str) -> String {
        read("the webhook at https://bot.example", body.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_developer_reads_what_is_wrong_with_their_answer() {
        assert!(invalid("<html>oops").contains("is not JSON"));
        assert!(invalid("<html>oops").contains("begins with `<html>oops`"));
        assert!(invalid("").contains("is not JSON"));
        assert!(invalid("[]").contains("another shape"));
        assert!(invalid(r#"{"text": 7}"#).contains("expected a string"));
        assert!(invalid(r#"{"text": " "}"#).contains("empty text"));
        assert!(invalid(&format!(r#"{{"text": "{}"}}"#, "x".repeat(17_000))).contains("17000 bytes"));
        assert!(invalid("{}").contains("neither `text`, `ask_person` nor `later`"));
    }

    #[test]
    fn asking_for_a_person_wins_over_a_text_which_is_then_said_first() {
        let reply = read("bot", br#"{"text": "One moment.", "ask_person": {"topic": "billing"}, "more": 1}"#).unwrap();
        let BotReply::AskPerson { say, topic, .. } = reply else { panic!("{reply:?}") };
        assert_eq!(say.as_deref(), Some("One moment."));
        assert_eq!(topic.unwrap().as_str(), "billing");
    }
}
