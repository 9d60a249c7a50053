//! The configuration's versions and what changes between them.

use baton_engine::ConfigPlan;
use baton_engine::config::{ChangeKind, ConfigChange};
use baton_routing::Standing;
use baton_store::ConfigVersion;
use serde_json::Value;

use crate::wire::{
    ConfigChangeKind, ConfigChangeView, ConfigFieldView, ConfigPlanView, ConfigView, ReturnedView, StandingView,
    WaitingEffectView,
};

/// A version, as it goes over the wire and as the command line prints it.
pub fn config_view(version: ConfigVersion) -> ConfigView {
    ConfigView {
        version: version.version,
        at: version.at.0,
        by: version.by,
        note: version.note,
        document: version.document,
    }
}

/// What changes between two documents, as it goes over the wire and as the command line prints it.
pub fn change_views(changes: &[ConfigChange]) -> Vec<ConfigChangeView> {
    changes.iter().map(change_view).collect()
}

fn change_view(change: &ConfigChange) -> ConfigChangeView {
    let fields = change.fields.iter().map(|field| ConfigFieldView {
        path: field.path.clone(),
        from: field.from.clone().unwrap_or(Value::Null),
        to: field.to.clone().unwrap_or(Value::Null),
    });
    ConfigChangeView {
        section: change.section.clone(),
        key: change.key.clone(),
        kind: match change.kind {
            ChangeKind::Added => ConfigChangeKind::Added,
            ChangeKind::Removed => ConfigChangeKind::Removed,
            ChangeKind::Changed => ConfigChangeKind::Changed,
        },
        fields: fields.collect(),
    }
}

/// A plan, as it goes over the wire and as the command line prints it.
pub fn plan_view(plan: &ConfigPlan) -> ConfigPlanView {
    let effects = plan.effects.iter().map(|effect| WaitingEffectView {
        handoff: effect.handoff.0,
        conversation: effect.conversation.0,
        now: standing_view(&effect.before),
        then: standing_view(&effect.after),
    });
    ConfigPlanView {
        against: plan.against,
        changes: change_views(&plan.changes),
        warnings: plan.warnings.clone(),
        waiting: plan.waiting,
        effects: effects.collect(),
        effects_left_out: plan.effects_left_out,
        returned: plan
            .returned
            .iter()
            .map(|(agent, conversations)| ReturnedView { agent: agent.to_string(), conversations: *conversations })
            .collect(),
    }
}

fn standing_view(standing: &Standing) -> StandingView {
    StandingView {
        queue: standing.queue.to_string(),
        place: standing.position,
        staffed: standing.staffed,
        served_ever: standing.agents_ever > 0,
        asked: standing.offered_to.as_ref().map(ToString::to_string),
    }
}

/// Fields whose values are for nobody's eyes, unless they only name where the value is.
const SECRETS: [&str; 3] = ["api_key", "identity_secret", "secret"];

/// Puts a word in the place of every secret that stands in the text itself.
pub(crate) fn values_without_secrets(values: &mut serde_json::Value) {
    match values {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                if SECRETS.contains(&key.as_str()) && value.as_str().is_some_and(|text| !text.starts_with("env:")) {
                    *value = "(secret)".into();
                } else {
                    values_without_secrets(value);
                }
            }
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(values_without_secrets),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}
