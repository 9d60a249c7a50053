//! The deployment's configuration: one YAML document, checked whole before anything of it runs.

mod check;
mod difference;
mod document;
mod edit;
mod error;
mod floor;
mod locate;
mod models;
mod policy;
mod queue;
mod rewrite;
pub mod versions;
mod widget;

pub use difference::{ChangeKind, ConfigChange, FieldChange, difference};
pub use document::{
    AgentDocument, AlertsDocument, AlternativeWord, BotDocument, ChannelDocument, ChooseWord, CompletionsDocument,
    DeliveryWord, Document, EgressDocument, ExceptionDocument, LongestWaitDocument, QueueDocument, RelaxationDocument,
    Role, RuleDocument, SettingsDocument, TopicDocument, VerdictWord,
};
pub use edit::with_scalar;
pub use error::{ConfigError, ConfigFault};
pub use floor::{FloorConfig, compile_floor};
pub use locate::locate;
pub use models::{ModelsDocument, bytes_of, open_embedding};
pub use policy::{
    ClassDocument, CoolDownDocument, Count, OverrideDocument, PolicyDocument, PolicyFile, PromiseWord,
    PromisesDocument, Threshold, TrendDocument, policy_from_document, policy_schema,
};
pub use rewrite::{Edit, with_values};
pub use widget::{
    ConsentDocument, FieldDocument, FieldKindWord, PositionWord, TextsDocument, ThemeWord, WidgetDocument,
};

use crate::deployment::Deployment;

/// Longest configuration document, in bytes.
pub const DOCUMENT_BYTES_MAX: usize = 1024 * 1024;

/// Reads and checks a document. The error names every fault with its path, line and column.
pub fn compile(text: &str, version: u64) -> Result<Deployment, ConfigError> {
    check::compile(read(text)?, text, version)
}

/// The same, beside everything else where it learns from examples: that may take some seconds.
pub(crate) async fn compile_beside(text: &str, version: u64) -> Result<Deployment, ConfigError> {
    let document = read(text)?;
    if !models::teaches(&document) {
        return check::compile(document, text, version);
    }
    let owned = text.to_owned();
    let checked = tokio::task::spawn_blocking(move || check::compile(document, &owned, version));
    checked.await.unwrap_or_else(|error| Err(ConfigError::at_top(format!("learning from it ended early: {error}"))))
}

/// Reads a document without looking at what it means.
pub fn read(text: &str) -> Result<Document, ConfigError> {
    if text.len() > DOCUMENT_BYTES_MAX {
        return Err(ConfigError::at_top(format!(
            "the document has {} bytes and at most {DOCUMENT_BYTES_MAX} fit; split phrases out of it",
            text.len()
        )));
    }
    serde_saphyr::from_str(text).map_err(|error| ConfigError::syntax(&error))
}

/// Reads a document of any shape, or a part of one, with this module's way of saying what is wrong.
pub fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, ConfigError> {
    if text.len() > DOCUMENT_BYTES_MAX {
        return Err(ConfigError::at_top(format!(
            "the document has {} bytes and at most {DOCUMENT_BYTES_MAX} fit; split it",
            text.len()
        )));
    }
    serde_saphyr::from_str(text).map_err(|error| ConfigError::syntax(&error))
}

/// The JSON Schema of the document, for editors.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Document).to_value()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    fn undescribed(name: &str, shape: &Value, found: &mut Vec<String>) {
        for (key, property) in shape["properties"].as_object().into_iter().flatten() {
            // What tells the kinds of bots apart is described with the kind.
            if property["description"].is_null() && property["const"].is_null() {
                found.push(format!("{name}.{key}"));
            }
        }
        for variant in shape["oneOf"].as_array().into_iter().flatten() {
            undescribed(name, variant, found);
        }
    }

    #[test]
    fn an_editor_can_say_what_every_key_means() {
        let schema = super::schema();
        let mut found = Vec::new();
        undescribed("document", &schema, &mut found);
        for (name, shape) in schema["$defs"].as_object().unwrap() {
            if shape["description"].is_null() {
                found.push(name.clone());
            }
            undescribed(name, shape, &mut found);
        }
        assert!(found.is_empty(), "without a description: {found:?}");
    }
}
