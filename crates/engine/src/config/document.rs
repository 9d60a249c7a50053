//! The document as people write it. Unknown keys are errors; every default is stated here and in the manual.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::models::ModelsDocument;
use super::policy::{PolicyDocument, PromisesDocument};
use super::widget::WidgetDocument;

/// The whole configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Shown in the console and to customers.
    pub organisation: String,
    /// Time limits and habits.
    #[serde(default)]
    pub settings: SettingsDocument,
    /// Places where customers write, by key; at least one.
    pub channels: BTreeMap<String, ChannelDocument>,
    /// Who answers first, by key.
    pub bots: BTreeMap<String, BotDocument>,
    /// Waiting places, by key.
    pub queues: BTreeMap<String, QueueDocument>,
    /// Where a handoff goes that no other queue serves.
    pub default_queue: String,
    /// What a conversation can be about, by key.
    #[serde(default)]
    pub topics: BTreeMap<String, TopicDocument>,
    /// Messages that are about none of the topics, for those that learn from examples.
    #[serde(default)]
    pub none_of_these: Vec<String>,
    /// Models that the deployment trained, by the paths of their files.
    #[serde(default)]
    pub models: ModelsDocument,
    /// Conditions that force or suggest a person, or keep the bot, by key.
    #[serde(default)]
    pub rules: BTreeMap<String, RuleDocument>,
    /// The detector's thresholds.
    #[serde(default)]
    pub policy: PolicyDocument,
    /// Policies that run beside the live one and only record: what they say differs from it.
    #[serde(default)]
    pub shadows: BTreeMap<String, PolicyDocument>,
    /// What is done about what bots say of people.
    #[serde(default)]
    pub promises: PromisesDocument,
    /// A language model that is asked about turns that the policy leaves undecided; without one nobody is.
    #[serde(default)]
    pub second_opinion: Option<CompletionsDocument>,
    /// People, by key; at least one with `role: admin`.
    pub agents: BTreeMap<String, AgentDocument>,
    /// What an agent chooses in the wrap-up: key and name.
    #[serde(default)]
    pub dispositions: BTreeMap<String, String>,
    /// Answers that everybody writes often, by the name that is typed after `/`.
    #[serde(default)]
    pub quick_replies: BTreeMap<String, QuickReplyDocument>,
    /// A chat-completions endpoint that writes the brief's summary; without one it is extractive.
    #[serde(default)]
    pub summary: Option<CompletionsDocument>,
    /// What Baton itself may call.
    #[serde(default)]
    pub egress: EgressDocument,
}

/// An answer that everybody writes often.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuickReplyDocument {
    /// Markdown, with `{{customer.name}}`, `{{agent.name}}` and `{{queue}}` where they belong.
    pub text: String,
    /// Only in conversations of these queues; none is everywhere.
    #[serde(default)]
    pub queues: Vec<String>,
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
    /// One point of priority stands for so much waiting: priority moves people forward by a known time, and nobody
    /// waits for ever. 1 to 86400 seconds.
    #[schemars(range(min = 1, max = 86400))]
    pub priority_worth_s: u32,
    /// From this priority on, the queue's included, handoffs may take agents' urgent slots too; absent is never.
    #[schemars(range(min = -10, max = 10))]
    pub urgent_from: Option<i8>,
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
            priority_worth_s: 120,
            urgent_from: None,
        }
    }
}

/// A place where customers write.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelDocument {
    /// Shown at the top of the widget.
    pub title: String,
    /// What the widget says before the customer writes.
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
    /// How many of an agent's slots a handoff from here takes, 1 to 16.
    #[serde(default = "default_weight")]
    #[schemars(range(min = 1, max = 16))]
    pub weight: u8,
    /// How the widget looks, speaks and behaves.
    #[serde(default)]
    pub widget: WidgetDocument,
}

fn default_weight() -> u8 {
    1
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
    Knowledge {
        /// What customers see as its name.
        name: String,
    },
    /// Asks another program, signed per Standard Webhooks.
    Webhook {
        /// What customers see as its name.
        name: String,
        /// Where it is asked: `https://…`.
        url: String,
        /// `whsec_…` or `env:NAME`.
        secret: String,
        /// How long an answer may take, 1 to 300 seconds.
        #[serde(default = "default_time_limit")]
        #[schemars(range(min = 1, max = 300))]
        time_limit_s: u32,
    },
    /// Asks any chat-completions endpoint.
    Chat {
        /// What customers see as its name.
        name: String,
        /// The endpoint's address without `/chat/completions`.
        base_url: String,
        /// As the endpoint calls it.
        model: String,
        /// The key, or `env:NAME`.
        #[serde(default)]
        api_key: Option<String>,
        /// What the model is told before the conversation.
        #[serde(default)]
        instructions: String,
        /// How long an answer may take, 1 to 300 seconds.
        #[serde(default = "default_time_limit")]
        #[schemars(range(min = 1, max = 300))]
        time_limit_s: u32,
        /// Whether it gets passages of the articles.
        #[serde(default)]
        articles: bool,
    },
    /// Answers on its own through the API with a bot key, whenever it likes within the limit.
    Api {
        /// What customers see as its name.
        name: String,
    },
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
    /// The endpoint's address without `/chat/completions`.
    pub base_url: String,
    /// As the endpoint calls it.
    pub model: String,
    /// The key, or `env:NAME`.
    #[serde(default)]
    pub api_key: Option<String>,
    /// How long it may take, 1 to 120 seconds.
    #[serde(default = "default_summary_limit")]
    #[schemars(range(min = 1, max = 120))]
    pub time_limit_s: u32,
}

fn default_summary_limit() -> u32 {
    8
}

/// An ordered waiting place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueDocument {
    /// What people see.
    pub name: String,
    /// The topics it serves; an empty list is any.
    #[serde(default)]
    pub topics: Vec<String>,
    /// The tiers of customers it serves; an empty list is any.
    #[serde(default)]
    pub tiers: Vec<String>,
    /// The languages it serves; an empty list is any.
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
    /// How long an offer rings, 3 to 600 seconds.
    #[serde(default = "default_ring")]
    #[schemars(range(min = 3, max = 600))]
    pub ring_s: u32,
    /// Added to every handoff's own, −10 to 10.
    #[serde(default)]
    #[schemars(range(min = -10, max = 10))]
    pub priority: i8,
    /// Whether only agents who speak the customer's language are asked.
    #[serde(default)]
    pub language_required: bool,
    /// Accepted within this time is within the service level.
    #[serde(default = "default_service_level")]
    pub service_level_s: u32,
    /// How needs relax as the time in this queue passes; each step adds to those before.
    #[serde(default)]
    pub relax: Vec<RelaxationDocument>,
    /// Which of several free agents is chosen, after the preferred one and those who speak the customer's language.
    #[serde(default)]
    pub choose: ChooseWord,
    /// How long a handoff waits for its preferred agent who is there and busy; 0 is not at all, up to 3600 seconds.
    #[serde(default)]
    #[schemars(range(max = 3600))]
    pub prefer_for_s: u32,
    /// How handoffs reach agents.
    #[serde(default)]
    pub delivery: DeliveryWord,
    /// Most who may wait here; who would be one more is told before joining. Absent is no limit.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub limit: Option<u32>,
    /// Within this long before it closes nobody is promised who would only join.
    #[serde(default)]
    #[schemars(range(max = 86400))]
    pub last_admission_s: u32,
    /// What is offered to who waits too long; the place is kept.
    #[serde(default)]
    pub longest_wait: Option<LongestWaitDocument>,
    /// Days with hours of their own, like `2026-12-24: "09:00-12:00"` or `2026-12-31: "off"`.
    #[serde(default)]
    pub exceptional_days: BTreeMap<String, String>,
    /// Open or closed for a while, whatever the hours say.
    #[serde(default)]
    pub exception: Option<ExceptionDocument>,
    /// When supervisors are alerted.
    #[serde(default)]
    pub alerts: AlertsDocument,
}

/// A queue that is open or closed for a while.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExceptionDocument {
    /// Open, or closed.
    pub open: bool,
    /// Until when, like `2026-12-24T18:00:00Z`; from then on the hours hold again.
    pub until: String,
    /// Why.
    pub reason: String,
}

/// Thresholds of a queue; what is left out alerts nobody.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AlertsDocument {
    /// More wait than this many.
    pub waiting: Option<u32>,
    /// Somebody waits longer than this.
    pub longest_wait_s: Option<u32>,
    /// Today's service level is below this share, from 0 to 1.
    #[schemars(range(min = 0, max = 1))]
    pub service_level: Option<f64>,
}

/// One step in which needs relax.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelaxationDocument {
    /// The time in the queue from which it holds.
    pub after_s: u32,
    /// Skills that are needed at a higher level are needed at this one, 1 to 5.
    #[serde(default)]
    #[schemars(range(min = 1, max = 5))]
    pub levels_at_most: Option<u8>,
    /// No skill is needed any more: anybody of the queue will do.
    #[serde(default)]
    pub any_skill: bool,
    /// The customer's language is no longer required; who speaks it still goes first.
    #[serde(default)]
    pub any_language: bool,
    /// Agents of these queues are asked too, after those of its own.
    #[serde(default)]
    pub also: Vec<String>,
}

/// Which of several free agents is chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChooseWord {
    /// Who was given something longest ago.
    #[default]
    LongestIdle,
    /// Who has the smallest share of slots taken.
    LeastOccupied,
    /// Whose weakest needed skill is strongest.
    BestSkill,
}

/// How handoffs reach agents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryWord {
    /// One agent at a time is asked.
    #[default]
    Offer,
    /// Everybody who could take it sees it; the first to take it has it.
    Broadcast,
    /// Agents take from the queue themselves.
    Pull,
}

/// What happens when somebody waits too long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LongestWaitDocument {
    /// The time in the queue from which it is due, 10 to 86400 seconds.
    #[schemars(range(min = 10, max = 86400))]
    pub after_s: u32,
    /// What is offered then.
    pub offer: AlternativeWord,
}

/// What can be had in place of waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlternativeWord {
    /// To be called back.
    Callback,
    /// To leave a message.
    Message,
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
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Messages that are about this, ten or more; others are recognised by what they have in common with them.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Skills that a handoff about this needs, by level 1 to 5.
    #[serde(default)]
    pub skills: BTreeMap<String, u8>,
    /// The priority of a handoff about this, −10 to 10.
    #[serde(default)]
    #[schemars(range(min = -10, max = 10))]
    pub priority: i8,
    /// How many of an agent's slots a handoff about this takes, 1 to 16.
    #[serde(default = "default_weight")]
    #[schemars(range(min = 1, max = 16))]
    pub weight: u8,
}

/// What a rule concludes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictWord {
    /// The bot goes on.
    Keep,
    /// The customer is offered a person.
    Suggest,
    /// A person is asked for at once.
    HandOff,
}

/// A business rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleDocument {
    /// A CEL expression over `topic`, `tier`, `language`, `channel`, `attributes`, `message`, `hour`, `weekday`,
    /// `bot_failures`, `customer_turns`, `frustration`, `dissatisfaction`, `trend`, `complexity` and `sensitive`.
    pub when: String,
    /// What follows when it holds.
    pub then: VerdictWord,
    /// The queue that the handoff then needs.
    #[serde(default)]
    pub queue: Option<String>,
    /// Skills that the handoff then needs, by level 1 to 5.
    #[serde(default)]
    pub skills: BTreeMap<String, u8>,
    /// The handoff's priority then, −10 to 10.
    #[serde(default)]
    #[schemars(range(min = -10, max = 10))]
    pub priority: i8,
    /// How many of an agent's slots the handoff then takes, 1 to 16.
    #[serde(default = "default_weight")]
    #[schemars(range(min = 1, max = 16))]
    pub weight: u8,
}

/// What a person may do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Answers customers.
    #[default]
    Agent,
    /// Sees queues whole and steps in.
    Supervisor,
    /// Changes the configuration too.
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
    /// What customers and colleagues see.
    pub name: String,
    /// For signing in; once each.
    pub email: String,
    /// What they may do.
    #[serde(default)]
    pub role: Role,
    /// Queues they take from; for supervisors the ones they see, none is all.
    #[serde(default)]
    pub queues: Vec<String>,
    /// Skills that they have, by level 1 to 5.
    #[serde(default)]
    pub skills: BTreeMap<String, u8>,
    /// Languages that they speak.
    #[serde(default)]
    pub languages: Vec<String>,
    /// How many handoffs at once; 0 takes none.
    #[serde(default = "default_capacity")]
    pub capacity: u8,
    /// Slots beside `capacity` for urgent handoffs alone (see `urgent_from`), 0 to 16.
    #[serde(default)]
    #[schemars(range(max = 16))]
    pub urgent_slots: u8,
    /// Whether they may take from their queues themselves where handoffs are offered.
    #[serde(default)]
    pub pull: bool,
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
