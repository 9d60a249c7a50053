//! The configuration as it runs: immutable, replaced as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use baton_bots::{
    Bot, ChatBot, ChatSettings, Completions, Egress, KnowledgeBot, KnowledgeSettings, WebhookBot, WebhookSettings,
};
use baton_core::{AgentId, BotId, ChannelId, Disposition, Language, Limits, Needs, QueueId, TopicId, Weight};
use baton_detect::{Detector, Models};
use baton_routing::Plan;

use crate::config::{Document, Role, WidgetDocument};

/// What the document became.
pub struct Deployment {
    pub version: u64,
    pub document: Document,
    pub(crate) plan: Arc<Plan>,
    pub(crate) detector: Detector,
    /// What the document teaches.
    pub(crate) models: Models,
    pub(crate) channels: BTreeMap<ChannelId, ChannelConfig>,
    pub(crate) bots: BTreeMap<BotId, BotConfig>,
    pub(crate) agents: BTreeMap<AgentId, AgentConfig>,
    pub(crate) topic_needs: BTreeMap<TopicId, Needs>,
    pub(crate) dispositions: BTreeMap<Disposition, String>,
    pub(crate) limits: Limits,
    pub(crate) habits: Habits,
    pub(crate) summary: Option<SummaryWriter>,
    pub(crate) shadows: Vec<Shadow>,
    pub(crate) second_opinion: Option<SecondOpinion>,
}

/// A channel as it runs.
#[derive(Debug, Clone)]
pub struct ChannelConfig {
    pub title: String,
    pub greeting: String,
    pub bot: BotId,
    pub colour: String,
    pub suggestions: Vec<String>,
    pub origins: Vec<String>,
    pub identity_secret: Option<String>,
    pub language: Language,
    /// Slots that a handoff from here takes.
    pub weight: Weight,
    /// How the widget looks, speaks and behaves.
    pub widget: WidgetDocument,
}

/// A person as configured.
#[derive(Debug, Clone)]
pub struct AgentConfig {
    pub name: String,
    /// Lower case.
    pub email: String,
    pub role: Role,
    pub queues: BTreeSet<QueueId>,
    pub capacity: u8,
    pub urgent_slots: u8,
    pub pull: bool,
}

pub(crate) struct BotConfig {
    pub(crate) name: String,
    pub(crate) plan: BotPlan,
}

/// How a bot is made; it meets the articles when it is asked.
pub(crate) enum BotPlan {
    Knowledge,
    Webhook {
        settings: WebhookSettings,
        egress: Egress,
    },
    Chat {
        completions: Completions,
        settings: ChatSettings,
        articles: bool,
    },
    /// It answers on its own through the API; nobody calls it.
    Api,
}

impl BotPlan {
    /// The bot to ask; `None` for one that is not asked.
    pub(crate) fn build(
        &self,
        articles: &Arc<dyn baton_bots::Articles>,
        clock: &baton_bots::Clock,
    ) -> Result<Option<Bot>, baton_bots::InvalidBot> {
        Ok(match self {
            Self::Knowledge => {
                Some(Bot::Knowledge(KnowledgeBot::new(Arc::clone(articles), KnowledgeSettings::default())))
            }
            Self::Webhook { settings, egress } => {
                Some(Bot::Webhook(WebhookBot::new(settings.clone(), egress.clone(), Arc::clone(clock))?))
            }
            Self::Chat { completions, settings, articles: with_articles } => {
                let articles = with_articles.then(|| Arc::clone(articles));
                Some(Bot::Chat(ChatBot::new(completions.clone(), settings.clone(), articles)))
            }
            Self::Api => None,
        })
    }
}

/// Time limits and habits that the shell needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Habits {
    pub(crate) away_grace: Duration,
    pub(crate) disconnect_grace: Duration,
    pub(crate) wrap_up: Duration,
    pub(crate) decline_pause: Duration,
    pub(crate) misses_until_away: u32,
    pub(crate) survey: bool,
}

/// A policy that runs beside the live one and only records.
pub(crate) struct Shadow {
    pub(crate) name: String,
    pub(crate) detector: Detector,
}

/// Whom to ask about turns that the policy leaves undecided.
pub(crate) struct SecondOpinion {
    pub(crate) completions: Completions,
    pub(crate) time_limit: Duration,
}

/// Who writes summaries, when a model is configured.
pub(crate) struct SummaryWriter {
    pub(crate) completions: Completions,
    pub(crate) time_limit: Duration,
}

impl Deployment {
    /// Judges with what the document teaches, in the shadow too.
    pub(crate) fn taught(self) -> Self {
        self.taught_with(&Models::default())
    }

    /// And with what the program was started with, where the document teaches nothing.
    pub(crate) fn taught_with(mut self, given: &Models) -> Self {
        let models = self.models.clone().or(given);
        let shadows = self.shadows.iter_mut().map(|shadow| &mut shadow.detector);
        for detector in shadows.chain([&mut self.detector]) {
            detector.teach(models.clone());
        }
        self
    }

    pub fn organisation(&self) -> &str {
        &self.document.organisation
    }

    pub fn channel(&self, channel: &ChannelId) -> Option<&ChannelConfig> {
        self.channels.get(channel)
    }

    pub fn channels(&self) -> &BTreeMap<ChannelId, ChannelConfig> {
        &self.channels
    }

    /// What to call a bot; its key when the configuration no longer has it.
    pub fn bot_name<'a>(&'a self, bot: &'a BotId) -> &'a str {
        self.bots.get(bot).map_or(bot.as_str(), |config| &config.name)
    }

    pub fn has_bot(&self, bot: &BotId) -> bool {
        self.bots.contains_key(bot)
    }

    /// The channels that a bot answers in.
    pub fn bots_channels(&self, bot: &BotId) -> Vec<ChannelId> {
        self.channels.iter().filter(|(_, channel)| channel.bot == *bot).map(|(id, _)| id.clone()).collect()
    }

    pub fn agent(&self, agent: &AgentId) -> Option<&AgentConfig> {
        self.agents.get(agent)
    }

    pub fn agents(&self) -> &BTreeMap<AgentId, AgentConfig> {
        &self.agents
    }

    /// What to call an agent; the key when the configuration no longer has them.
    pub fn agent_name<'a>(&'a self, agent: &'a AgentId) -> &'a str {
        self.agents.get(agent).map_or(agent.as_str(), |config| &config.name)
    }

    /// The address is compared in lower case.
    pub fn agent_by_email(&self, email: &str) -> Option<(&AgentId, &AgentConfig)> {
        let email = email.trim().to_lowercase();
        self.agents.iter().find(|(_, agent)| agent.email == email)
    }

    pub fn queue_name<'a>(&'a self, queue: &'a QueueId) -> &'a str {
        self.plan.queues.get(queue).map_or(queue.as_str(), |config| &config.name)
    }

    pub fn has_queue(&self, queue: &QueueId) -> bool {
        self.plan.queues.contains_key(queue)
    }

    pub fn dispositions(&self) -> &BTreeMap<Disposition, String> {
        &self.dispositions
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(crate) fn has_topic(&self, topic: &TopicId) -> bool {
        self.topic_needs.contains_key(topic)
    }

    /// Needs with what the topic and the channel add to them.
    pub(crate) fn needs_in(&self, channel: Option<&ChannelId>, needs: &Needs) -> Needs {
        let topic = needs.topic.as_ref().and_then(|topic| self.topic_needs.get(topic)).cloned().unwrap_or_default();
        let weight = channel.and_then(|channel| self.channels.get(channel)).map(|channel| channel.weight);
        // What was asked for by name goes before what the topic says.
        let needs = topic.and(needs);
        Needs { weight: weight.map_or(needs.weight, |weight| weight.max(needs.weight)), ..needs }
    }

    pub(crate) fn topics_time_zone(&self) -> &str {
        self.document.queues.get(self.plan.default_queue.as_str()).map_or("UTC", |queue| &queue.time_zone)
    }
}
