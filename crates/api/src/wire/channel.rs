//! What a channel shows its customers: its words, its looks, what it asks before the chat.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a channel shows its customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChannelView {
    pub channel: String,
    pub title: String,
    pub greeting: String,
    pub bot_name: String,
    /// CSS colour `#rrggbb` of the brand.
    pub colour: String,
    pub suggestions: Vec<String>,
    pub widget: WidgetView,
    /// Whether this server is a demonstration, which the widget says.
    #[serde(default)]
    pub demonstration: bool,
}

/// How the widget looks, speaks and behaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WidgetView {
    /// The brand's colour where the widget is dark; absent is the channel's.
    pub dark_colour: Option<String>,
    /// Of the window's corners, in pixels.
    pub radius: u8,
    pub position: PositionName,
    pub theme: ThemeName,
    /// Words on the launcher; empty is its icon alone.
    pub launcher_label: String,
    /// Opens by itself after so many seconds.
    pub open_after_s: Option<u32>,
    pub sound: bool,
    /// Whether bot answers can be rated.
    pub thumbs: bool,
    /// Asked before the chat begins.
    pub form: Vec<FieldView>,
    /// Agreed to before anything is stored.
    pub consent: Option<ConsentView>,
    /// The words in other languages, by language.
    pub texts: BTreeMap<String, TextsView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PositionName {
    /// Where lines end: right, and left where lines are written from right to left.
    End,
    Left,
    Right,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThemeName {
    Auto,
    Light,
    Dark,
}

/// One field of the form before the chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FieldView {
    /// The attribute that it becomes.
    pub key: String,
    pub label: String,
    pub kind: FieldKindName,
    pub required: bool,
    /// What can be chosen, by value.
    pub options: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKindName {
    Text,
    Email,
    Phone,
    Choice,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConsentView {
    pub text: String,
    /// The whole policy.
    pub link: Option<String>,
}

/// A channel's words in one language; what is absent stays as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TextsView {
    pub title: Option<String>,
    pub greeting: Option<String>,
    pub suggestions: Option<Vec<String>>,
    pub launcher_label: Option<String>,
    pub consent: Option<String>,
    /// Of the form's fields, by key.
    pub labels: BTreeMap<String, String>,
    /// Of the form's choices, by key and value.
    pub options: BTreeMap<String, BTreeMap<String, String>>,
}
