//! From the document to what runs: every name is looked up, every number held to its bounds, all faults said at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use baton_bots::{Completions, CompletionsSettings, Egress, EgressSettings, Secret, SigningSecret};
use baton_core::{
    AgentId, BotId, ChannelId, Disposition, Language, Level, Limits, Needs, Priority, QueueId, RuleId, SkillId,
    TopicId, VerdictKind, Weight,
};
use baton_detect::{Detector, Policy, RuleDefinition, TopicDefinition};
use baton_routing::{AgentPlan, Plan};

use super::document::{BotDocument, CompletionsDocument, Document, Role, RuleDocument, TopicDocument, VerdictWord};
use super::error::{ConfigError, ConfigFault};
use super::locate::locate;
use super::models::compile_models;
use super::policy::{PromiseWord, SHADOWS_MAX, compile_policy, fault_path};
use super::queue::compile_queue;
use super::widget::{check_suggestions, check_widget, is_colour};
use crate::deployment::{
    AgentConfig, BotConfig, BotPlan, ChannelConfig, Deployment, Habits, SecondOpinion, Shadow, SummaryWriter,
};

/// Most slots of an agent that are for urgent handoffs alone.
const URGENT_SLOTS_MAX: u8 = 16;
/// Fewest bytes of a secret that signs identities; HS256 wants a key as long as its hash (RFC 7518, section 3.2).
const IDENTITY_SECRET_BYTES_MIN: usize = 32;

pub(super) struct Checker<'a> {
    text: &'a str,
    faults: Vec<ConfigFault>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, faults: Vec::new() }
    }

    /// All faults in the document's order, if there are any.
    pub(super) fn finish(mut self) -> Result<(), ConfigError> {
        if self.faults.is_empty() {
            return Ok(());
        }
        self.faults.sort_by_key(|fault| (fault.line, fault.column));
        Err(ConfigError { faults: self.faults })
    }

    pub(super) fn fault(&mut self, path: &str, what: impl Display) {
        let (line, column) = locate(self.text, path);
        self.faults.push(ConfigFault { path: path.to_owned(), line, column, what: what.to_string() });
    }

    pub(super) fn take<T, E: Display>(&mut self, path: &str, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(path, error);
                None
            }
        }
    }

    pub(super) fn key<K: FromStr<Err: Display>>(&mut self, path: &str, text: &str) -> Option<K> {
        self.take(path, text.parse::<K>())
    }

    /// A key that must be among `known`.
    pub(super) fn known<K: FromStr<Err: Display> + Ord>(
        &mut self,
        path: &str,
        text: &str,
        known: &BTreeSet<K>,
        noun: &str,
        all: &[&String],
    ) -> Option<K> {
        let key = self.key::<K>(path, text)?;
        if known.contains(&key) {
            return Some(key);
        }
        let listed: Vec<&str> = all.iter().map(|name| name.as_str()).collect();
        self.fault(path, format!("there is no {noun} `{text}`; known are: {}", listed.join(", ")));
        None
    }

    /// A queue; one of `known`, where that is known.
    pub(super) fn queue(&mut self, path: &str, text: &str, known: Option<&BTreeSet<QueueId>>) -> Option<QueueId> {
        let queue = self.key::<QueueId>(path, text)?;
        match known {
            Some(known) if !known.contains(&queue) => {
                let listed = known.iter().map(QueueId::as_str).collect::<Vec<_>>().join(", ");
                self.fault(path, format!("there is no queue `{text}`; known are: {listed}"));
                None
            }
            Some(_) | None => Some(queue),
        }
    }

    pub(super) fn keys<K: FromStr<Err: Display> + Ord>(&mut self, path: &str, texts: &[String]) -> BTreeSet<K> {
        texts.iter().enumerate().filter_map(|(index, text)| self.key(&format!("{path}.{index}"), text)).collect()
    }

    pub(super) fn languages(&mut self, path: &str, tags: &[String]) -> BTreeSet<Language> {
        let mut found = BTreeSet::new();
        for (index, tag) in tags.iter().enumerate() {
            match Language::new(tag) {
                Some(language) => {
                    found.insert(language);
                }
                None => {
                    self.fault(&format!("{path}.{index}"), format!("`{tag}` is not a language; write `en` or `pt-BR`"));
                }
            }
        }
        found
    }

    pub(super) fn skills(&mut self, path: &str, skills: &BTreeMap<String, u8>) -> BTreeMap<SkillId, Level> {
        let mut found = BTreeMap::new();
        for (skill, level) in skills {
            let place = format!("{path}.{skill}");
            match Level::new(*level) {
                None => self.fault(&place, format!("a level is 1 to 5, not {level}")),
                Some(level) => {
                    if let Some(skill) = self.key::<SkillId>(&place, skill) {
                        found.insert(skill, level);
                    }
                }
            }
        }
        found
    }

    pub(super) fn priority(&mut self, path: &str, priority: i8) -> Priority {
        Priority::new(priority).unwrap_or_else(|| {
            self.fault(path, format!("a priority is -10 to 10, not {priority}"));
            Priority::default()
        })
    }

    pub(super) fn weight(&mut self, path: &str, weight: u8) -> Weight {
        Weight::new(weight).unwrap_or_else(|| {
            self.fault(path, format!("a weight is 1 to {} slots, not {weight}", Weight::MAX));
            Weight::default()
        })
    }

    pub(super) fn within(&mut self, path: &str, value: u32, least: u32, most: u32, unit: &str) -> u64 {
        if !(least..=most).contains(&value) {
            self.fault(path, format!("{value} {unit} is outside {least} to {most}"));
        }
        u64::from(value)
    }

    /// Slots are numbered through: the ordinary ones, then the urgent ones.
    pub(super) fn urgent_slots(&mut self, path: &str, capacity: u8, urgent: u8) -> u8 {
        if urgent > URGENT_SLOTS_MAX || capacity.checked_add(urgent).is_none() {
            self.fault(&format!("{path}.urgent_slots"), format!("{urgent} is more than {URGENT_SLOTS_MAX} slots"));
            return 0;
        }
        urgent
    }

    /// A text that may be kept out of the file: `env:NAME` reads the environment.
    fn secret(&mut self, path: &str, text: &str) -> Option<String> {
        match text.strip_prefix("env:") {
            None => Some(text.to_owned()),
            Some(name) => match std::env::var(name) {
                Ok(value) if !value.is_empty() => Some(value),
                Ok(_) | Err(_) => {
                    self.fault(path, format!("the environment variable `{name}` is not set; set it before the start"));
                    None
                }
            },
        }
    }
}

#[allow(clippy::too_many_lines)] // One paragraph a section of the document, in its order.
pub(super) fn compile(document: Document, text: &str, version: u64) -> Result<Deployment, ConfigError> {
    let mut checker = Checker::new(text);
    let check = &mut checker;

    let queue_ids: BTreeSet<QueueId> =
        document.queues.keys().filter_map(|key| check.key(&format!("queues.{key}"), key)).collect();
    let bot_ids: BTreeSet<BotId> =
        document.bots.keys().filter_map(|key| check.key(&format!("bots.{key}"), key)).collect();
    let queue_names: Vec<&String> = document.queues.keys().collect();
    let bot_names: Vec<&String> = document.bots.keys().collect();

    let settings = &document.settings;
    let seconds = Duration::from_secs;
    let limits = Limits {
        bot_turn: seconds(check.within("settings.bot_turn_s", settings.bot_turn_s, 1, 3600, "seconds")),
        nobody_choice: seconds(check.within(
            "settings.nobody_choice_s",
            settings.nobody_choice_s,
            10,
            604_800,
            "seconds",
        )),
        idle: seconds(check.within("settings.idle_h", settings.idle_h, 1, 8760, "hours") * 3600),
        promise: (document.promises.broken != PromiseWord::Ignore)
            .then(|| seconds(check.within("promises.after_s", document.promises.after_s, 0, 3600, "seconds"))),
    };
    let habits = Habits {
        away_grace: seconds(check.within("settings.away_grace_s", settings.away_grace_s, 0, 86_400, "seconds")),
        disconnect_grace: seconds(check.within(
            "settings.disconnect_grace_s",
            settings.disconnect_grace_s,
            0,
            86_400,
            "seconds",
        )),
        wrap_up: seconds(check.within("settings.wrap_up_s", settings.wrap_up_s, 0, 86_400, "seconds")),
        decline_pause: seconds(check.within(
            "settings.decline_pause_s",
            settings.decline_pause_s,
            1,
            86_400,
            "seconds",
        )),
        misses_until_away: settings.misses_until_away.max(1),
        survey: settings.survey,
    };

    let priority_worth =
        seconds(check.within("settings.priority_worth_s", settings.priority_worth_s, 1, 86_400, "seconds"));
    let urgent_from = settings.urgent_from.map(|priority| check.priority("settings.urgent_from", priority));

    let allow_hosts: BTreeSet<String> = document.egress.allow_hosts.iter().cloned().collect();
    // Opening the way out reads all certificates of the system; a deployment that calls nobody starts without.
    let calls_out = !allow_hosts.is_empty()
        || document.summary.is_some()
        || document.second_opinion.is_some()
        || document.bots.values().any(BotDocument::is_called);
    let egress =
        calls_out.then(|| check.take("egress.allow_hosts", Egress::new(&EgressSettings { allow_hosts }))).flatten();

    let mut channels = BTreeMap::new();
    for (key, channel) in &document.channels {
        let path = format!("channels.{key}");
        let id = check.key::<ChannelId>(&path, key);
        let bot = check.known(&format!("{path}.bot"), &channel.bot, &bot_ids, "bot", &bot_names);
        if !is_colour(&channel.colour) {
            check
                .fault(&format!("{path}.colour"), format!("`{}` is not a colour; write it as #4f46e5", channel.colour));
        }
        check_suggestions(check, &path, &channel.suggestions);
        check_widget(check, &path, &channel.widget);
        for (index, origin) in channel.origins.iter().enumerate() {
            let plain = origin.split_once("://").is_some_and(|(scheme, host)| {
                matches!(scheme, "http" | "https") && !host.is_empty() && !host.contains(['/', '?', '#', '@', ' '])
            });
            if !plain {
                check.fault(
                    &format!("{path}.origins.{index}"),
                    format!(
                        "`{origin}` is not a web origin; write scheme and host alone, like https://www.example.org"
                    ),
                );
            }
        }
        let language = Language::new(&channel.language).unwrap_or_else(|| {
            check.fault(&format!("{path}.language"), format!("`{}` is not a language; write `en`", channel.language));
            Language::ENGLISH
        });
        let identity_secret = channel.identity_secret.as_ref().and_then(|secret| {
            let place = format!("{path}.identity_secret");
            let secret = check.secret(&place, secret)?;
            if secret.len() < IDENTITY_SECRET_BYTES_MIN {
                check.fault(
                    &place,
                    format!(
                        "the secret has {} bytes; use at least {IDENTITY_SECRET_BYTES_MIN} random ones",
                        secret.len()
                    ),
                );
                return None;
            }
            Some(secret)
        });
        if let (Some(id), Some(bot)) = (id, bot) {
            channels.insert(
                id,
                ChannelConfig {
                    title: channel.title.clone(),
                    greeting: channel.greeting.clone(),
                    bot,
                    colour: channel.colour.clone(),
                    suggestions: channel.suggestions.clone(),
                    origins: channel.origins.clone(),
                    identity_secret,
                    language,
                    weight: check.weight(&format!("{path}.weight"), channel.weight),
                    widget: channel.widget.clone(),
                },
            );
        }
    }
    if document.channels.is_empty() {
        check.fault("channels", "there is no channel, so no customer can write; add one");
    }

    let topics = topic_definitions(check, &document.topics);
    let models = compile_models(check, &document.topics, &document.none_of_these, &document.models);

    let topic_needs: BTreeMap<TopicId, Needs> = document
        .topics
        .iter()
        .filter_map(|(key, topic)| {
            let path = format!("topics.{key}");
            let needs = Needs {
                skills: check.skills(&format!("{path}.skills"), &topic.skills),
                priority: check.priority(&format!("{path}.priority"), topic.priority),
                weight: check.weight(&format!("{path}.weight"), topic.weight),
                ..Needs::default()
            };
            Some((TopicId::new(key).ok()?, needs))
        })
        .collect();

    let mut bots = BTreeMap::new();
    for (key, bot) in &document.bots {
        let path = format!("bots.{key}");
        let plan = bot_plan(check, &path, bot, egress.as_ref(), &topics);
        if let (Ok(id), Some(plan)) = (BotId::new(key), plan) {
            bots.insert(id, BotConfig { name: bot.name().to_owned(), plan });
        }
    }

    let mut queues = BTreeMap::new();
    for (key, queue) in &document.queues {
        if let (Ok(id), Some(queue)) = (QueueId::new(key), compile_queue(check, key, queue, &queue_ids, &queue_names)) {
            queues.insert(id, queue);
        }
    }
    let default_queue = check.known("default_queue", &document.default_queue, &queue_ids, "queue", &queue_names);

    let mut agents = BTreeMap::new();
    let mut agent_plans = BTreeMap::new();
    let mut emails = BTreeSet::new();
    for (key, agent) in &document.agents {
        let path = format!("agents.{key}");
        let id = check.key::<AgentId>(&path, key);
        let email = agent.email.trim().to_lowercase();
        if !email.contains('@') {
            check.fault(&format!("{path}.email"), format!("`{}` is not an e-mail address", agent.email));
        } else if !emails.insert(email.clone()) {
            check.fault(&format!("{path}.email"), format!("`{}` belongs to another agent already", agent.email));
        }
        let in_queues: BTreeSet<QueueId> = agent
            .queues
            .iter()
            .enumerate()
            .filter_map(|(index, queue)| {
                check.known(&format!("{path}.queues.{index}"), queue, &queue_ids, "queue", &queue_names)
            })
            .collect();
        let skills = check.skills(&format!("{path}.skills"), &agent.skills);
        let languages = check.languages(&format!("{path}.languages"), &agent.languages);
        if let Some(id) = id {
            agent_plans.insert(
                id.clone(),
                AgentPlan {
                    name: agent.name.clone(),
                    queues: in_queues.clone(),
                    skills,
                    languages,
                    capacity: agent.capacity,
                    urgent_slots: check.urgent_slots(&path, agent.capacity, agent.urgent_slots),
                    pull: agent.pull,
                },
            );
            agents.insert(
                id,
                AgentConfig {
                    name: agent.name.clone(),
                    email,
                    role: agent.role,
                    queues: in_queues,
                    capacity: agent.capacity,
                    urgent_slots: agent.urgent_slots,
                    pull: agent.pull,
                },
            );
        }
    }
    if !document.agents.values().any(|agent| agent.role == Role::Admin) {
        check.fault("agents", "nobody is an admin, so nobody could change this; give one agent `role: admin`");
    }

    let dispositions: BTreeMap<Disposition, String> = document
        .dispositions
        .iter()
        .filter_map(|(key, name)| Some((check.key(&format!("dispositions.{key}"), key)?, name.clone())))
        .collect();

    for (key, reply) in &document.quick_replies {
        let path = format!("quick_replies.{key}");
        let _: Option<Disposition> = check.key(&path, key);
        if reply.text.trim().is_empty() {
            check.fault(&format!("{path}.text"), "an answer needs words");
        }
        for (index, queue) in reply.queues.iter().enumerate() {
            check.queue(&format!("{path}.queues.{index}"), queue, Some(&queue_ids));
        }
    }

    let rules = rule_definitions(check, &document.rules, Some(&queue_ids));
    let base = Policy { version, topics, rules, ..Policy::default() };
    let policy = compile_policy(check, "policy", &document.policy, base, Some(&queue_ids));
    let shadows = shadows(check, &document, &policy, &queue_ids);
    let detector = match Detector::new(policy) {
        Ok(detector) => Some(detector),
        Err(error) => {
            check.fault(&fault_path(&error, "policy"), error);
            None
        }
    };

    let summary = document.summary.as_ref().and_then(|written| {
        let completions = completions(check, "summary", written, egress.as_ref())?;
        let time_limit = seconds(check.within("summary.time_limit_s", written.time_limit_s, 1, 120, "seconds"));
        Some(SummaryWriter { completions, time_limit })
    });

    let second_opinion = document.second_opinion.as_ref().and_then(|written| {
        let completions = completions(check, "second_opinion", written, egress.as_ref())?;
        let time_limit = seconds(check.within("second_opinion.time_limit_s", written.time_limit_s, 1, 120, "seconds"));
        Some(SecondOpinion { completions, time_limit })
    });

    checker.faults.sort_by_key(|fault| (fault.line, fault.column));
    match (default_queue, detector) {
        (Some(default_queue), Some(detector)) if checker.faults.is_empty() => Ok(Deployment {
            models,
            version,
            plan: Arc::new(Plan { version, queues, default_queue, agents: agent_plans, priority_worth, urgent_from }),
            detector,
            channels,
            bots,
            agents,
            topic_needs,
            dispositions,
            limits,
            habits,
            summary,
            shadows,
            second_opinion,
            document,
        }
        .taught()),
        (_, _) => Err(ConfigError { faults: checker.faults }),
    }
}

/// Each shadow is the live policy with its own changes laid over it. Faults of the live one are said once.
fn shadows(check: &mut Checker<'_>, document: &Document, live: &Policy, queues: &BTreeSet<QueueId>) -> Vec<Shadow> {
    if document.shadows.len() > SHADOWS_MAX {
        let count = document.shadows.len();
        check.fault("shadows", format!("{count} policies in the shadow: at most {SHADOWS_MAX} run at once"));
    }
    let mut found = Vec::new();
    for (name, written) in document.shadows.iter().take(SHADOWS_MAX) {
        let path = format!("shadows.{name}");
        if check.key::<RuleId>(&path, name).is_none() {
            continue;
        }
        let policy = compile_policy(check, &path, written, live.clone(), Some(queues));
        match Detector::new(policy) {
            Ok(detector) => found.push(Shadow { name: name.clone(), detector }),
            Err(error) => {
                let place = fault_path(&error, &path);
                if place.starts_with(&path) {
                    check.fault(&place, error);
                }
            }
        }
    }
    found
}

pub(super) fn topic_definitions(
    check: &mut Checker<'_>,
    topics: &BTreeMap<String, TopicDocument>,
) -> Vec<TopicDefinition> {
    topics
        .iter()
        .filter_map(|(key, topic)| {
            Some(TopicDefinition {
                id: check.key::<TopicId>(&format!("topics.{key}"), key)?,
                phrases: topic.phrases.clone(),
            })
        })
        .collect()
}

/// The rules, with queues among `known` where that is known.
pub(super) fn rule_definitions(
    check: &mut Checker<'_>,
    rules: &BTreeMap<String, RuleDocument>,
    known: Option<&BTreeSet<QueueId>>,
) -> Vec<RuleDefinition> {
    rules.iter().filter_map(|(key, rule)| compile_rule(check, key, rule, known)).collect()
}

fn compile_rule(
    check: &mut Checker<'_>,
    key: &str,
    rule: &RuleDocument,
    queues: Option<&BTreeSet<QueueId>>,
) -> Option<RuleDefinition> {
    let path = format!("rules.{key}");
    let id = check.key::<RuleId>(&path, key)?;
    let queue = match &rule.queue {
        None => None,
        Some(queue) => Some(check.queue(&format!("{path}.queue"), queue, queues)?),
    };
    let skills = check.skills(&format!("{path}.skills"), &rule.skills);
    let priority = check.priority(&format!("{path}.priority"), rule.priority);
    let weight = check.weight(&format!("{path}.weight"), rule.weight);
    let kind = match rule.then {
        VerdictWord::Keep => VerdictKind::Keep,
        VerdictWord::Suggest => VerdictKind::Suggest,
        VerdictWord::HandOff => VerdictKind::HandOff,
    };
    Some(RuleDefinition {
        id,
        when: rule.when.clone(),
        kind,
        needs: Needs { queue, skills, priority, weight, ..Needs::default() },
    })
}

fn bot_plan(
    check: &mut Checker<'_>,
    path: &str,
    bot: &BotDocument,
    egress: Option<&Egress>,
    topics: &[TopicDefinition],
) -> Option<BotPlan> {
    match bot {
        BotDocument::Knowledge { .. } => Some(BotPlan::Knowledge),
        BotDocument::Api { .. } => Some(BotPlan::Api),
        BotDocument::Webhook { name: _, url, secret, time_limit_s } => {
            let egress = egress?;
            let time_limit =
                Duration::from_secs(check.within(&format!("{path}.time_limit_s"), *time_limit_s, 1, 300, "seconds"));
            check.take(&format!("{path}.url"), egress.check(url))?;
            let secret = check.secret(&format!("{path}.secret"), secret)?;
            let secret = check.take(&format!("{path}.secret"), SigningSecret::new(&secret))?;
            Some(BotPlan::Webhook {
                settings: baton_bots::WebhookSettings { url: url.clone(), secret, time_limit },
                egress: egress.clone(),
            })
        }
        BotDocument::Chat { name: _, base_url, model, api_key, instructions, time_limit_s, articles } => {
            let written = CompletionsDocument {
                base_url: base_url.clone(),
                model: model.clone(),
                api_key: api_key.clone(),
                time_limit_s: *time_limit_s,
            };
            let completions = completions(check, path, &written, egress)?;
            let time_limit =
                Duration::from_secs(check.within(&format!("{path}.time_limit_s"), *time_limit_s, 1, 300, "seconds"));
            Some(BotPlan::Chat {
                completions,
                settings: baton_bots::ChatSettings {
                    instructions: instructions.clone(),
                    topics: topics.iter().map(|topic| topic.id.clone()).collect(),
                    time_limit,
                },
                articles: *articles,
            })
        }
    }
}

fn completions(
    check: &mut Checker<'_>,
    path: &str,
    written: &CompletionsDocument,
    egress: Option<&Egress>,
) -> Option<Completions> {
    let api_key = match &written.api_key {
        None => None,
        Some(key) => Some(Secret::new(check.secret(&format!("{path}.api_key"), key)?)),
    };
    let settings = CompletionsSettings { base_url: written.base_url.clone(), model: written.model.clone(), api_key };
    check.take(&format!("{path}.base_url"), Completions::new(settings, egress?.clone()))
}
