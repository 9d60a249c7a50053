//! What one configuration says otherwise than another: by thing and by field, not by line.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::document::Document;

/// Sections whose entries stand under keys that people gave them.
const KEYED: [&str; 7] = ["agents", "bots", "channels", "queues", "quick_replies", "rules", "topics"];
/// Fields whose values are for nobody's eyes, unless they only name where the value is.
const SECRETS: [&str; 3] = ["api_key", "identity_secret", "secret"];
/// What stands for a secret.
const HIDDEN: &str = "(secret)";

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
}

/// One thing that another document has otherwise: a queue, an agent, the settings.
#[derive(Debug, Clone, PartialEq)]
pub struct ConfigChange {
    /// The section of the document.
    pub section: String,
    /// The entry's key; none for sections that are one thing.
    pub key: Option<String>,
    pub kind: ChangeKind,
    /// What is otherwise; of a removed thing nothing is listed.
    pub fields: Vec<FieldChange>,
}

/// One field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// `hours`, `skills.technical`, `relax.0.after_s`; empty when the section is one value.
    pub path: String,
    /// Nothing when it was not there.
    pub from: Option<Value>,
    pub to: Option<Value>,
}

/// What `to` says otherwise than `from`, in the order of sections and keys. Defaults count as written.
pub fn difference(from: &Document, to: &Document) -> Vec<ConfigChange> {
    let (from, to) = (sections(from), sections(to));
    let mut changes = Vec::new();
    for section in from.keys().chain(to.keys()).collect::<BTreeSet<_>>() {
        let (old, new) = (from.get(section).unwrap_or(&Value::Null), to.get(section).unwrap_or(&Value::Null));
        if KEYED.contains(&section.as_str()) {
            changes.extend(keyed(section, old, new));
        } else {
            changes.extend(changed(section, None, old, new));
        }
    }
    changes
}

fn sections(document: &Document) -> Map<String, Value> {
    match serde_json::to_value(document) {
        Ok(Value::Object(sections)) => sections,
        Ok(_) | Err(_) => Map::new(),
    }
}

fn keyed(section: &str, old: &Value, new: &Value) -> Vec<ConfigChange> {
    let none = Map::new();
    let (old, new) = (old.as_object().unwrap_or(&none), new.as_object().unwrap_or(&none));
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    keys.into_iter()
        .filter_map(|key| match (old.get(key), new.get(key)) {
            (Some(old), Some(new)) => changed(section, Some(key), old, new),
            (Some(_), None) => Some(ConfigChange {
                section: section.to_owned(),
                key: Some(key.clone()),
                kind: ChangeKind::Removed,
                fields: Vec::new(),
            }),
            (None, Some(new)) => Some(ConfigChange {
                section: section.to_owned(),
                key: Some(key.clone()),
                kind: ChangeKind::Added,
                fields: fields(&Value::Null, new),
            }),
            (None, None) => None,
        })
        .collect()
}

fn changed(section: &str, key: Option<&String>, old: &Value, new: &Value) -> Option<ConfigChange> {
    let fields = fields(old, new);
    (!fields.is_empty()).then(|| ConfigChange {
        section: section.to_owned(),
        key: key.cloned(),
        kind: ChangeKind::Changed,
        fields,
    })
}

/// The leaves that differ. What is empty counts as absent.
fn fields(old: &Value, new: &Value) -> Vec<FieldChange> {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    leaves("", old, &mut before);
    leaves("", new, &mut after);
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    paths
        .into_iter()
        .filter(|path| before.get(*path) != after.get(*path))
        .map(|path| FieldChange {
            path: path.clone(),
            from: before.get(path).map(|value| shown(path, value)),
            to: after.get(path).map(|value| shown(path, value)),
        })
        .collect()
}

fn leaves(path: &str, value: &Value, found: &mut BTreeMap<String, Value>) {
    let below = |step: &str| if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") };
    match value {
        Value::Null => {}
        Value::Object(entries) => {
            for (step, value) in entries {
                leaves(&below(step), value, found);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (index, value) in items.iter().enumerate() {
                leaves(&below(&index.to_string()), value, found);
            }
        }
        Value::Array(items) if items.is_empty() => {}
        Value::String(text) if text.is_empty() => {}
        Value::Array(_) | Value::String(_) | Value::Number(_) | Value::Bool(_) => {
            found.insert(path.to_owned(), value.clone());
        }
    }
}

fn shown(path: &str, value: &Value) -> Value {
    let field = path.rsplit('.').next().unwrap_or(path);
    let named = value.as_str().is_some_and(|text| text.starts_with("env:"));
    if SECRETS.contains(&field) && !named { Value::String(HIDDEN.to_owned()) } else { value.clone() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const BEFORE: &str = r"
organisation: Library
settings: {wrap_up_s: 120}
channels:
  website: {title: Ask, bot: helper, identity_secret: '0123456789abcdef0123456789abcdef'}
bots: {helper: {kind: knowledge, name: Helper}}
default_queue: desk
queues:
  desk: {name: Desk, topics: [loans]}
  night: {name: Night}
agents:
  ana: {name: Ana, email: ana@library.example, role: admin, skills: {technical: 2}}
";

    fn read(text: &str) -> Document {
        serde_saphyr::from_str(text).unwrap()
    }

    #[test]
    fn the_same_configuration_written_otherwise_is_no_difference() {
        let other = BEFORE.replace("{wrap_up_s: 120}", "{away_grace_s: 60} # as it is anyway");
        assert_eq!(difference(&read(BEFORE), &read(&other)), []);
    }

    #[test]
    fn each_thing_says_what_became_of_it() {
        let after = BEFORE
            .replace("  night: {name: Night}", "  late: {name: Late, ring_s: 40}")
            .replace("topics: [loans]", "topics: [loans, cards], hours: Mo-Fr 09:00-17:00")
            .replace("{technical: 2}", "{technical: 3, legal: 1}")
            .replace("Library", "City Library");
        let changes = difference(&read(BEFORE), &read(&after));
        let told: Vec<_> = changes
            .iter()
            .map(|change| (change.section.as_str(), change.key.as_deref().unwrap_or(""), change.kind))
            .collect();
        assert_eq!(
            told,
            [
                ("agents", "ana", ChangeKind::Changed),
                ("organisation", "", ChangeKind::Changed),
                ("queues", "desk", ChangeKind::Changed),
                ("queues", "late", ChangeKind::Added),
                ("queues", "night", ChangeKind::Removed),
            ]
        );
        let field =
            |path: &str, from: Option<Value>, to: Option<Value>| FieldChange { path: path.to_owned(), from, to };
        assert_eq!(
            changes[0].fields,
            [field("skills.legal", None, Some(json!(1))), field("skills.technical", Some(json!(2)), Some(json!(3)))]
        );
        assert_eq!(changes[1].fields, [field("", Some(json!("Library")), Some(json!("City Library")))]);
        assert_eq!(
            changes[2].fields,
            [
                field("hours", None, Some(json!("Mo-Fr 09:00-17:00"))),
                field("topics", Some(json!(["loans"])), Some(json!(["loans", "cards"]))),
            ]
        );
        assert!(changes[3].fields.contains(&field("ring_s", None, Some(json!(40)))));
    }

    #[test]
    fn a_secret_is_said_to_differ_and_not_said() {
        let after = BEFORE.replace("0123456789abcdef0123456789abcdef", "another secret of at least 32 bytes");
        let changes = difference(&read(BEFORE), &read(&after));
        let hidden = Some(json!(HIDDEN));
        assert_eq!(
            changes[0].fields,
            [FieldChange { path: "identity_secret".to_owned(), from: hidden.clone(), to: hidden }]
        );
        let named = BEFORE.replace("'0123456789abcdef0123456789abcdef'", "env:IDENTITY");
        let changes = difference(&read(BEFORE), &read(&named));
        assert_eq!(changes[0].fields[0].to, Some(json!("env:IDENTITY")));
    }
}
