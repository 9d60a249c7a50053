//! A chat-completions endpoint: any server that speaks the common protocol, read as tolerantly as servers differ.

use std::fmt;
use std::time::Duration;

use reqwest::header::HeaderValue;
use serde_json::{Value, json};
use url::Url;

use crate::egress::{Egress, EgressRefused, Post, origin};
use crate::reply::{BotFailure, InvalidBot, one_line, usable_text};
use crate::secret::Secret;

/// Longest answer that is read; a model that writes more is not answering a customer.
const ANSWER_BODY_BYTES_MAX: usize = 256 * 1024;

/// An endpoint and a model as configured.
#[derive(Debug, Clone)]
pub struct CompletionsSettings {
    /// What comes before `/chat/completions`, usually ending in `/v1`.
    pub base_url: String,
    pub model: String,
    /// Servers of one's own often need none.
    pub api_key: Option<Secret>,
}

/// A model behind an endpoint, shared by chat bots and summaries.
#[derive(Clone)]
pub struct Completions {
    url: Url,
    model: String,
    api_key: Option<Secret>,
    egress: Egress,
}

/// One line of what the model reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) role: Role,
    pub(crate) content: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    System,
    User,
    Assistant,
}

impl Role {
    fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

/// What the model did with its turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Completion {
    /// Empty when it only called a tool.
    pub(crate) text: String,
    pub(crate) called: Option<Call>,
}

/// A call of a tool: its name and its arguments, `Null` when they were not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) arguments: Value,
}

impl Completions {
    pub fn new(settings: CompletionsSettings, egress: Egress) -> Result<Self, InvalidBot> {
        egress.check(&settings.base_url)?;
        let mut url = Url::parse(&settings.base_url).map_err(|error| EgressRefused::NotAUrl(error.to_string()))?;
        if !url.path().trim_end_matches('/').ends_with("/chat/completions") {
            url.path_segments_mut()
                .map_err(|()| EgressRefused::NotAUrl("it cannot be a base".to_owned()))?
                .pop_if_empty()
                .extend(["chat", "completions"]);
        }
        if settings.model.trim().is_empty() {
            return Err(InvalidBot::Model);
        }
        let api_key = settings.api_key.filter(|key| !key.is_empty());
        if api_key.as_ref().is_some_and(|key| HeaderValue::from_str(key.expose()).is_err()) {
            return Err(InvalidBot::ApiKey);
        }
        Ok(Self { url, model: settings.model, api_key, egress })
    }

    /// The model's name, for saying who wrote something.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// One answer to one text, without tools: what the model reads can then at worst make it write nonsense.
    pub async fn complete(&self, system: &str, user: &str, time_limit: Duration) -> Result<String, BotFailure> {
        let messages = [
            Message { role: Role::System, content: system.to_owned() },
            Message { role: Role::User, content: user.to_owned() },
        ];
        let completion = self.ask(&messages, None, time_limit).await?;
        Ok(usable_text(&self.whose(), &completion.text)?.to_owned())
    }

    pub(crate) async fn ask(
        &self,
        messages: &[Message],
        tools: Option<Value>,
        time_limit: Duration,
    ) -> Result<Completion, BotFailure> {
        let messages: Vec<Value> = messages
            .iter()
            .map(|message| json!({ "role": message.role.as_str(), "content": message.content }))
            .collect();
        // Only what every server knows: temperature and token limits have different names and bounds among them.
        let mut body = json!({ "model": self.model, "messages": messages, "stream": false });
        if let Some(tools) = tools {
            body["tools"] = tools;
        }
        let headers: Vec<_> =
            self.api_key.iter().map(|key| ("authorization", format!("Bearer {}", key.expose()))).collect();
        let answered = self
            .egress
            .post(Post {
                url: &self.url,
                headers: &headers,
                json: &body.to_string(),
                time_limit,
                answer_bytes_max: ANSWER_BODY_BYTES_MAX,
            })
            .await?;
        if !(200..300).contains(&answered.status) {
            return Err(BotFailure::refused(answered.status, &answered.body, self.api_key.as_ref()));
        }
        let value = serde_json::from_slice(&answered.body).map_err(|error| {
            BotFailure::Invalid(format!("{} answered with something that is not JSON ({error})", self.whose()))
        })?;
        read(&value).map_err(|what| {
            let what = self.api_key.as_ref().map(|key| key.struck_from(&what)).unwrap_or(what);
            BotFailure::Invalid(format!("{} answered {what}", self.whose()))
        })
    }

    /// For messages: the model and where it runs.
    pub(crate) fn whose(&self) -> String {
        format!("the model {} at {}", one_line(&self.model, 80), origin(&self.url))
    }
}

impl fmt::Debug for Completions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Completions")
            .field("url", &origin(&self.url))
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}

/// Takes from a response only what is needed, wherever the server puts it.
fn read(response: &Value) -> Result<Completion, String> {
    let Some(choice) = response.get("choices").and_then(|choices| choices.get(0)) else {
        // Some servers report a failure with status 200.
        let error = response.get("error").map(|error| error.get("message").unwrap_or(error));
        return Err(error.map_or_else(
            || "without any choice".to_owned(),
            |error| format!("with an error: {}", one_line(error.as_str().unwrap_or(&error.to_string()), 300)),
        ));
    };
    let message = choice.get("message").unwrap_or(choice);
    let content =
        ["content", "text", "refusal"].iter().map(|field| text_of(message.get(*field))).find(|text| !text.is_empty());
    let text = without_thinking(&content.unwrap_or_default()).trim().to_owned();
    let function = message
        .get("tool_calls")
        .and_then(|calls| calls.get(0))
        .map(|call| call.get("function").unwrap_or(call))
        .or_else(|| message.get("function_call").filter(|call| call.is_object()));
    match function.and_then(call_of) {
        Some(call) => Ok(Completion { text, called: Some(call) }),
        None => match call_in_text(&text) {
            Some(call) => Ok(Completion { text: String::new(), called: Some(call) }),
            None if text.is_empty() => Err("with an empty message".to_owned()),
            None => Ok(Completion { text, called: None }),
        },
    }
}

/// A content is a text, or a list of parts of which the texts count.
fn text_of(content: Option<&Value>) -> String {
    match content {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            parts.iter().filter_map(|part| part.get("text").unwrap_or(part).as_str()).collect::<Vec<_>>().concat()
        }
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => String::new(),
    }
}

/// Some models write their thoughts before the answer; those are not for the customer.
fn without_thinking(text: &str) -> &str {
    match text.split_once("</think>") {
        Some((_, answer)) => answer,
        None if text.trim_start().starts_with("<think>") => "",
        None => text,
    }
}

fn call_of(function: &Value) -> Option<Call> {
    let name = function.get("name")?.as_str()?.to_owned();
    let arguments = match function.get("arguments").or_else(|| function.get("parameters")) {
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or(Value::Null),
        Some(other) => other.clone(),
        None => Value::Null,
    };
    Some(Call { name, arguments })
}

/// Servers that do not understand their model's way of calling tools pass the call on as text.
fn call_in_text(text: &str) -> Option<Call> {
    let text = text.strip_prefix("<tool_call>").unwrap_or(text);
    let text = text.strip_suffix("</tool_call>").unwrap_or(text);
    let text = text.strip_prefix("```json").and_then(|text| text.strip_suffix("```")).unwrap_or(text);
    let value: Value = serde_json::from_str(text.trim()).ok()?;
    call_of(value.get("function").unwrap_or(&value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(response: &Value) -> String {
        read(response).unwrap().text
    }

    #[test]
    fn answers_of_different_servers_are_all_understood() {
        assert_eq!(text(&json!({"choices": [{"message": {"content": "Hi"}, "finish_reason": "end_turn"}]})), "Hi");
        assert_eq!(text(&json!({"choices": [{"message": {"content": [{"type": "text", "text": "Hi"}, "!"]}}]})), "Hi!");
        assert_eq!(text(&json!({"choices": [{"text": "Hi"}], "usage": "none"})), "Hi");
        assert_eq!(text(&json!({"choices": [{"message": {"content": null, "refusal": "No."}}]})), "No.");
        assert_eq!(text(&json!({"choices": [{"message": {"content": "<think>hm\n</think>\n\nHi"}}]})), "Hi");
    }

    #[test]
    fn a_call_is_found_wherever_the_server_puts_it() {
        let arguments = json!({"reason": "refund"});
        let wanted = Call { name: "ask_person".to_owned(), arguments: arguments.clone() };
        let as_text = arguments.to_string();
        for message in [
            json!({"content": null, "tool_calls": [{"id": 7, "function": {"name": "ask_person", "arguments": as_text}}]}),
            json!({"content": "", "tool_calls": [{"function": {"name": "ask_person", "arguments": arguments}}]}),
            json!({"tool_calls": [{"name": "ask_person", "arguments": arguments}]}),
            json!({"function_call": {"name": "ask_person", "arguments": as_text}}),
            json!({"content": format!("<tool_call>\n{{\"name\": \"ask_person\", \"arguments\": {as_text}}}\n</tool_call>")}),
            json!({"content": format!("```json\n{{\"name\": \"ask_person\", \"parameters\": {as_text}}}\n```")}),
        ] {
            let completion = read(&json!({"choices": [{"message": message}]})).unwrap();
            assert_eq!(completion.called, Some(wanted.clone()), "{message}");
        }
    }

    #[test]
    fn an_answer_without_an_answer_says_so() {
        for (response, wanted) in [
            (json!({}), "without any choice"),
            (json!({"choices": []}), "without any choice"),
            (json!([1, 2]), "without any choice"),
            (json!({"error": {"message": "model not loaded"}}), "model not loaded"),
            (json!({"error": "no memory"}), "no memory"),
            (json!({"choices": [{"message": {"content": ""}}]}), "empty message"),
            (json!({"choices": [{"message": {"content": "<think>still thinking"}}]}), "empty message"),
            (json!({"choices": [null]}), "empty message"),
        ] {
            assert!(read(&response).unwrap_err().contains(wanted), "{response}");
        }
    }
}
