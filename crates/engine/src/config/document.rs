//! The document as people write it. Unknown keys are errors; every default is stated here and in the manual.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The whole configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Shown in the console and to customers.
    pub organisation: String,
    #[serde(default)]
    pub settings: SettingsDocument,
    pub channels: BTreeMap<String, ChannelDocument>,
    pub bots: BTreeMap<String, BotDocument>,
    pub queues: BTreeMap<String, QueueDocument>,
    /// Where a handoff goes that no other queue serves.
    pub default_queue: String,
    #[serde(default)]
    pub topics: BTreeMap<String, TopicDocument>,
    #[serde(default)]
    pub rules: BTreeMap<String, RuleDocument>,
    #[serde(default)]
    pub policy: PolicyDocument,
    pub agents: BTreeMap<String, AgentDocument>,
    /// What an agent chooses in the wrap-up: key and name.
    #[serde(default)]
    pub dispositions: BTreeMap<String, String>,
    /// A chat-completions endpoint that writes the brief's summary; without one it is extractive.
    #[serde(default)]
    pub summary: Option<CompletionsDocument>,
    #[serde(default)]
    pub egress: EgressDocument,
}

/// Time limits and habits of the whole deployment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SettingsDocument {
    /// How long an agent may be away before what they hold returns to the queue.
    pub away_grace_s: u32,
    /// How long an agent's connection may be lost before what they hold returns to the queue.
    pub disconnect_grace_s: u32,
    /// How long a wrap-up may hold its slot; 0 for no wrap-up.
    pub wrap_up_s: u32,
    /// How long a bot may be silent before that is a trigger.
    pub bot_turn_s: u32,
    /// How long a customer whom nobody can serve has to choose before the bot goes on.
    pub nobody_choice_s: u32,
    /// After so many hours without a message a conversation with the bot is closed.
    pub idle_h: u32,
    /// How many offers in a row an agent may let expire before they are set away.
    pub misses_until_away: u32,
    /// Whether customers are asked how it was.
    pub survey: bool,
    /// How long after a decline or an expiry the same agent is not asked again, while others can be.
    pub decline_pause_s: u32,
}

impl Default for SettingsDocument {
    fn default() -> Self {
        Self {
            away_grace_s: 60,
            disconnect_grace_s: 30,
            wrap_up_s: 120,
            bot_turn_s: 60,
            nobody_choice_s: 1800,
            idle_h: 24,
            misses_until_away: 2,
            survey: true,
            decline_pause_s: 120,
        }
    }
}

/// A place where customers write.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelDocument {
    pub title: String,
    #[serde(default)]
    pub greeting: String,
    /// Who answers first.
    pub bot: String,
    /// The brand's colour, `#rrggbb`.
    #[serde(default = "default_colour")]
    pub colour: String,
    /// Questions that a customer can choose instead of writing.
    #[serde(default)]
    pub suggestions: Vec<String>,
    /// Web origins whose pages may show the widget, like `https://www.example.org`.
    #[serde(default)]
    pub origins: Vec<String>,
    /// Signs customers' identities (HS256), at least 32 bytes; `env:NAME` reads it from the environment. Absent: all are anonymous.
    #[serde(default)]
    pub identity_secret: Option<String>,
    /// Of customers whose browser says nothing.
    #[serde(default = "default_language")]
    pub language: String,
}

fn default_colour() -> String {
    "#4f46e5".to_owned()
}

fn default_language() -> String {
    "en".to_owned()
}

/// Who answers before a person does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum BotDocument {
    /// Answers from the articles.
    Knowledge { name: String },
    /// Asks another program, signed per Standard Webhooks.
    Webhook {
        name: String,
        url: String,
        /// `whsec_…` or `env:NAME`.
        secret: String,
        #[serde(default = "default_time_limit")]
        time_limit_s: u32,
    },
    /// Asks any chat-completions endpoint.
    Chat {
        name: String,
        base_url: String,
        model: String,
        /// The key, or `env:NAME`.
        #[serde(default)]
        api_key: Option<String>,
        #[serde(default)]
        instructions: String,
        #[serde(default = "default_time_limit")]
        time_limit_s: u32,
        /// Whether it gets passages of the articles.
        #[serde(default)]
        articles: bool,
    },
    /// Answers on its own through the API with a bot key, whenever it likes within the limit.
    Api { name: String },
}

impl BotDocument {
    /// Whether Baton calls it, rather than the other way round or nobody at all.
    pub fn is_called(&self) -> bool {
        match self {
            Self::Webhook { .. } | Self::Chat { .. } => true,
            Self::Knowledge { .. } | Self::Api { .. } => false,
        }
    }

    pub fn name(&self) -> &str {
        match self {
            Self::Knowledge { name } | Self::Webhook { name, .. } | Self::Chat { name, .. } | Self::Api { name } => {
                name
            }
        }
    }
}

fn default_time_limit() -> u32 {
    20
}

/// A chat-completions endpoint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompletionsDocument {
    pub base_url: String,
    pub model: String,
    #[serde(default)]
    pub api_key: Option<String>,
    #[serde(default = "default_summary_limit")]
    pub time_limit_s: u32,
}

fn default_summary_limit() -> u32 {
    8
}

/// An ordered waiting place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueDocument {
    pub name: String,
    /// What it serves; an empty list is anything.
    #[serde(default)]
    pub topics: Vec<String>,
    #[serde(default)]
    pub tiers: Vec<String>,
    #[serde(default)]
    pub languages: Vec<String>,
    /// Skills that every handoff here needs, by level 1 to 5.
    #[serde(default)]
    pub skills: BTreeMap<String, u8>,
    /// Opening hours in `OpenStreetMap` syntax, like `Mo-Fr 09:00-17:00`; absent is always open.
    #[serde(default)]
    pub hours: Option<String>,
    /// IANA name, like `Europe/Madrid`.
    #[serde(default = "default_time_zone")]
    pub time_zone: String,
    /// Days on which it is closed, like `2026-12-25`.
    #[serde(default)]
    pub holidays: Vec<String>,
    /// How long an offer rings.
    #[serde(default = "default_ring")]
    pub ring_s: u32,
    /// Added to every handoff's own, −10 to 10.
    #[serde(default)]
    pub priority: i8,
    /// Whether only agents who speak the customer's language are asked.
    #[serde(default)]
    pub language_required: bool,
    /// Accepted within this time is within the service level.
    #[serde(default = "default_service_level")]
    pub service_level_s: u32,
}

fn default_time_zone() -> String {
    "UTC".to_owned()
}

fn default_ring() -> u32 {
    25
}

fn default_service_level() -> u32 {
    60
}

/// What a conversation can be about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicDocument {
    /// Words and phrases that customers use, in any language.
    pub phrases: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictWord {
    Keep,
    Suggest,
    HandOff,
}

/// A business rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleDocument {
    /// A CEL expression over `topic`, `tier`, `language`, `channel`, `attributes`, `message`, `hour`, `weekday`,
    /// `bot_failures`, `customer_turns` and `frustration`.
    pub when: String,
    pub then: VerdictWord,
    #[serde(default)]
    pub queue: Option<String>,
    #[serde(default)]
    pub skills: BTreeMap<String, u8>,
    #[serde(default)]
    pub priority: i8,
}

/// The detector's thresholds, 0 to 1.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PolicyDocument {
    pub failures_before_handoff: Option<u8>,
    pub explicit_threshold: Option<f32>,
    pub frustration_threshold: Option<f32>,
    pub frustration_suggest: Option<f32>,
    pub repeated_need_threshold: Option<f32>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    #[default]
    Agent,
    Supervisor,
    Admin,
}

impl Role {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Admin => "admin",
        }
    }
}

/// A person who answers or supervises.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentDocument {
    pub name: String,
    pub email: String,
    #[serde(default)]
    pub role: Role,
    /// Queues they take from; for supervisors the ones they see, none is all.
    #[serde(default)]
    pub queues: Vec<String>,
    #[serde(default)]
    pub skills: BTreeMap<String, u8>,
    #[serde(default)]
    pub languages: Vec<String>,
    /// How many handoffs at once.
    #[serde(default = "default_capacity")]
    pub capacity: u8,
}

fn default_capacity() -> u8 {
    3
}

/// What Baton itself may call.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EgressDocument {
    /// Hosts (`name` or `name:port`) that may be called though they resolve to a private address.
    pub allow_hosts: Vec<String>,
}
