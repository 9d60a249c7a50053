//! What the shell knows of a customer, for rules, bots and briefs.

use std::collections::BTreeMap;

use baton_core::{Needs, Tier, Timestamp, TopicId};
use baton_detect::{Declined, Detector, SoFar, Turn, Value};
use baton_store::Customer;

use crate::deployment::Deployment;
use crate::shell::{Loaded, Shell};

/// Most attributes of a customer; more are refused.
pub const ATTRIBUTES_MAX: usize = 50;
/// Longest attribute, in bytes.
pub const ATTRIBUTE_BYTES_MAX: usize = 1_000;

/// An attribute as people read it.
pub(crate) fn attribute_text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Everything known of a customer, as text by name.
pub(crate) fn known_attributes(customer: &Customer) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> =
        customer.attributes.iter().map(|(name, value)| (name.clone(), attribute_text(value))).collect();
    for (name, value) in [("name", &customer.name), ("email", &customer.email), ("tier", &customer.tier)] {
        if let Some(value) = value {
            all.insert(name.to_owned(), value.clone());
        }
    }
    all
}

fn rule_values(customer: &Customer) -> BTreeMap<String, Value> {
    customer
        .attributes
        .iter()
        .filter_map(|(name, value)| {
            let value = match value {
                serde_json::Value::Bool(flag) => Value::Flag(*flag),
                serde_json::Value::Number(number) => Value::Number(number.as_f64()?),
                serde_json::Value::String(text) => Value::Text(text.clone()),
                serde_json::Value::Null | serde_json::Value::Array(_) | serde_json::Value::Object(_) => return None,
            };
            Some((name.clone(), value))
        })
        .collect()
}

fn tier(customer: &Customer) -> Option<Tier> {
    customer.tier.as_deref().and_then(|tier| Tier::new(tier.to_lowercase()).ok())
}

impl Shell {
    /// The detector's verdict on a customer's text, given the conversation so far.
    pub(crate) fn assess(deployment: &Deployment, loaded: &Loaded, text: &str, now: Timestamp) -> baton_core::Verdict {
        Self::assess_by(&deployment.detector, deployment, loaded, text, now)
    }

    /// The verdict by another policy than the one that runs.
    pub(crate) fn assess_by(
        detector: &Detector,
        deployment: &Deployment,
        loaded: &Loaded,
        text: &str,
        now: Timestamp,
    ) -> baton_core::Verdict {
        let conversation = &loaded.conversation;
        let Some(channel) = &conversation.channel else { return baton_core::Verdict::keep(conversation.language) };
        // While a person has it, what the bot failed at before is no longer asked: the turn alone is assessed.
        let with_person = conversation.agent().is_some();
        let history: Vec<_> = if with_person { Vec::new() } else { loaded.recent.iter().cloned().collect() };
        let attributes = rule_values(&loaded.customer);
        let tier = tier(&loaded.customer);
        let declined = conversation
            .declined
            .map(|declined| Declined { at: declined.at, turns_since: declined.turns_since.saturating_add(1) });
        let moods = if with_person { &[][..] } else { &conversation.moods };
        detector.assess(&Turn {
            text,
            history: &history,
            channel,
            tier: tier.as_ref(),
            language_hint: Some(conversation.language),
            attributes: &attributes,
            now,
            time_zone: deployment.topics_time_zone(),
            person_in_control: with_person,
            so_far: SoFar { moods, declined, timing: None },
        })
    }

    /// What the floor can promise for these needs, with what is known of the customer added.
    pub(crate) fn admission(&self, loaded: &Loaded, needs: &Needs, now: Timestamp) -> baton_core::Admission {
        let conversation = &loaded.conversation;
        let known = Needs {
            tier: tier(&loaded.customer),
            language: Some(conversation.language),
            preferred_agent: conversation.last_agent.clone().or_else(|| loaded.acquainted.clone()),
            ..Needs::default()
        };
        let deployment = self.deployment.load();
        // A topic that the customer chose in the form counts until something better is known.
        let chosen = loaded.customer.attributes.get("topic").and_then(serde_json::Value::as_str);
        let chosen = chosen.and_then(|topic| TopicId::new(topic).ok()).filter(|topic| deployment.has_topic(topic));
        let known = Needs { topic: chosen, ..known };
        let needs = deployment.needs_in(conversation.channel.as_ref(), &known.and(needs));
        let floor = self.floor();
        floor.floor.admit(&needs, now, &floor.waits)
    }
}
