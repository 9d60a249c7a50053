//! How a channel's widget looks, speaks and behaves: the part of a channel's document that customers see.

use std::collections::{BTreeMap, BTreeSet};

use baton_core::Language;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check::Checker;

/// Most fields of the form before the chat; a longer one is filled in by nobody.
const FIELDS_MAX: usize = 8;
/// Most options of one field.
const OPTIONS_MAX: usize = 20;
/// Most suggested questions.
const SUGGESTIONS_MAX: usize = 6;
/// Longest line of text, in characters.
const LINE_CHARS_MAX: usize = 300;
/// Longest consent notice, in characters.
const CONSENT_CHARS_MAX: usize = 2_000;

/// How the widget looks and behaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WidgetDocument {
    /// The brand's colour where the widget is dark, `#rrggbb`; absent is the channel's colour.
    pub dark_colour: Option<String>,
    /// How round the window's corners are, 0 to 28 pixels; buttons and messages follow.
    #[schemars(range(max = 28))]
    pub radius: u8,
    /// In which corner of the page the launcher stands.
    pub position: PositionWord,
    /// Light, dark, or as the customer's system is set.
    pub theme: ThemeWord,
    /// Words on the launcher, beside its icon; empty is the icon alone.
    pub launcher_label: String,
    /// Opens by itself after so many seconds on a page, once a visit and never on a phone; 1 to 3600, absent is never.
    #[schemars(range(min = 1, max = 3600))]
    pub open_after_s: Option<u32>,
    /// Whether an answer makes a sound while the customer looks elsewhere. Each customer can turn it off.
    pub sound: bool,
    /// Whether bot answers can be rated with a thumb up or down.
    pub thumbs: bool,
    /// What is asked before the chat begins; no fields is no form.
    pub form: Vec<FieldDocument>,
    /// What the customer agrees to before anything is stored; absent asks nothing.
    pub consent: Option<ConsentDocument>,
    /// The channel's words in other languages, by language like `de`; what is absent stays as it is.
    pub texts: BTreeMap<String, TextsDocument>,
}

impl Default for WidgetDocument {
    fn default() -> Self {
        Self {
            dark_colour: None,
            radius: 18,
            position: PositionWord::End,
            theme: ThemeWord::Auto,
            launcher_label: String::new(),
            open_after_s: None,
            sound: true,
            thumbs: true,
            form: Vec::new(),
            consent: None,
            texts: BTreeMap::new(),
        }
    }
}

/// A corner of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PositionWord {
    /// Where lines end: right, and left on a page that is written from right to left.
    #[default]
    End,
    /// Bottom left.
    Left,
    /// Bottom right.
    Right,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThemeWord {
    /// As the customer's system is set.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// One field of the form before the chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldDocument {
    /// The attribute that it becomes. `name` and `email` become the customer's, `topic` decides the queue.
    pub key: String,
    /// What the customer reads.
    pub label: String,
    /// What can be written in it.
    #[serde(default)]
    pub kind: FieldKindWord,
    /// Whether the chat begins without it.
    #[serde(default)]
    pub required: bool,
    /// What can be chosen, by value, with what the customer reads; for `choice` alone.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
}

/// What can be written in a field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKindWord {
    /// A line of text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// One of the options.
    Choice,
}

/// What the customer agrees to before anything is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentDocument {
    /// What is kept, and what for.
    pub text: String,
    /// The address of the whole policy: `https://…`.
    #[serde(default)]
    pub link: Option<String>,
}

/// The channel's words in one language.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TextsDocument {
    /// In place of the channel's title.
    pub title: Option<String>,
    /// In place of the channel's greeting.
    pub greeting: Option<String>,
    /// In place of the channel's suggested questions.
    pub suggestions: Option<Vec<String>>,
    /// In place of the launcher's label.
    pub launcher_label: Option<String>,
    /// In place of the consent's text.
    pub consent: Option<String>,
    /// In place of the form's labels, by the field's key.
    pub labels: BTreeMap<String, String>,
    /// In place of the options of the form's choices, by the field's key and the value.
    pub options: BTreeMap<String, BTreeMap<String, String>>,
}

/// Whether `text` is a colour as `#4f46e5`.
pub(super) fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Holds a channel's widget to its bounds.
pub(super) fn check_widget(check: &mut Checker<'_>, path: &str, widget: &WidgetDocument) {
    let path = format!("{path}.widget");
    if let Some(colour) = widget.dark_colour.as_ref().filter(|colour| !is_colour(colour)) {
        check.fault(&format!("{path}.dark_colour"), format!("`{colour}` is not a colour; write it as #8b83ff"));
    }
    if widget.radius > 28 {
        check.fault(&format!("{path}.radius"), format!("{} is more than the 28 pixels there can be", widget.radius));
    }
    if let Some(after) = widget.open_after_s {
        check.within(&format!("{path}.open_after_s"), after, 1, 3_600, "seconds");
    }
    line(check, &format!("{path}.launcher_label"), &widget.launcher_label, 40);
    check_form(check, &path, &widget.form);
    if let Some(consent) = &widget.consent {
        let empty = consent.text.trim().is_empty();
        if empty || consent.text.chars().count() > CONSENT_CHARS_MAX {
            check.fault(&format!("{path}.consent.text"), format!("write 1 to {CONSENT_CHARS_MAX} characters"));
        }
        let strange =
            consent.link.as_ref().filter(|link| !link.starts_with("https://") && !link.starts_with("http://"));
        if let Some(link) = strange {
            check.fault(&format!("{path}.consent.link"), format!("`{link}` is no address; write https://…"));
        }
    }
    let fields: BTreeSet<&str> = widget.form.iter().map(|field| field.key.as_str()).collect();
    for (language, texts) in &widget.texts {
        let path = format!("{path}.texts.{language}");
        if Language::new(language).is_none() {
            check.fault(&path, format!("`{language}` is not a language; write `de`"));
        }
        for (name, text) in [("title", &texts.title), ("greeting", &texts.greeting)] {
            line(check, &format!("{path}.{name}"), text.as_deref().unwrap_or_default(), LINE_CHARS_MAX);
        }
        check_suggestions(check, &path, texts.suggestions.as_deref().unwrap_or_default());
        for key in texts.labels.keys().chain(texts.options.keys()).filter(|key| !fields.contains(key.as_str())) {
            check.fault(&format!("{path}.labels"), format!("the form has no field `{key}`"));
        }
    }
}

pub(super) fn check_suggestions(check: &mut Checker<'_>, path: &str, suggestions: &[String]) {
    if suggestions.len() > SUGGESTIONS_MAX {
        check.fault(
            &format!("{path}.suggestions"),
            format!("there are {} and at most {SUGGESTIONS_MAX} fit", suggestions.len()),
        );
    }
    for (index, suggestion) in suggestions.iter().enumerate() {
        line(check, &format!("{path}.suggestions.{index}"), suggestion, LINE_CHARS_MAX);
    }
}

fn check_form(check: &mut Checker<'_>, path: &str, form: &[FieldDocument]) {
    if form.len() > FIELDS_MAX {
        check.fault(&format!("{path}.form"), format!("there are {} fields and at most {FIELDS_MAX} fit", form.len()));
    }
    let mut seen = BTreeSet::new();
    for (index, field) in form.iter().enumerate() {
        let path = format!("{path}.form.{index}");
        let plain = !field.key.is_empty()
            && field.key.len() <= 40
            && field.key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !plain {
            check.fault(
                &format!("{path}.key"),
                format!("`{}` is no key; write small letters, digits and `_`, like `order_number`", field.key),
            );
        }
        // What the site's backend vouches for is not for anybody to write in a form.
        if field.key == "tier" {
            check.fault(&format!("{path}.key"), "a customer's tier is said by the site's backend, not by a form");
        }
        if !seen.insert(field.key.as_str()) {
            check.fault(&format!("{path}.key"), format!("`{}` is there twice", field.key));
        }
        if field.label.trim().is_empty() {
            check.fault(&format!("{path}.label"), "say what the customer is asked");
        }
        line(check, &format!("{path}.label"), &field.label, LINE_CHARS_MAX);
        let choice = field.kind == FieldKindWord::Choice;
        if choice == field.options.is_empty() {
            let what = if choice { "a choice needs options" } else { "only a choice has options" };
            check.fault(&format!("{path}.options"), what);
        }
        if field.options.len() > OPTIONS_MAX {
            check.fault(&format!("{path}.options"), format!("at most {OPTIONS_MAX} options fit"));
        }
    }
}

fn line(check: &mut Checker<'_>, path: &str, text: &str, chars_max: usize) {
    if text.chars().count() > chars_max {
        check.fault(path, format!("this is longer than {chars_max} characters"));
    }
}

#[cfg(test)]
mod tests {
    use crate::config::compile;

    fn faults(widget: &str) -> String {
        let document = format!(
            "organisation: Test\nchannels:\n  website: {{title: Test, bot: b, widget: {widget}}}\nbots:\n  b: {{kind: api, name: B}}\n\
             default_queue: q\nqueues:\n  q: {{name: Q}}\nagents:\n  a: {{name: A, email: a@example.org, role: admin}}\n"
        );
        compile(&document, 1).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn an_admin_reads_what_is_wrong_with_a_widget() {
        assert_eq!(faults("{radius: 28, open_after_s: 5, form: [{key: name, label: Name}]}"), "");
        for (widget, what) in [
            ("{radius: 29}", "28 pixels"),
            ("{dark_colour: blue}", "not a colour"),
            ("{open_after_s: 0}", "outside 1 to 3600"),
            ("{form: [{key: Name, label: x}]}", "is no key"),
            ("{form: [{key: tier, label: x}]}", "backend"),
            ("{form: [{key: a, label: x}, {key: a, label: y}]}", "twice"),
            ("{form: [{key: a, label: x, kind: choice}]}", "needs options"),
            ("{form: [{key: a, label: x, options: {b: c}}]}", "only a choice"),
            ("{consent: {text: ' '}}", "1 to 2000 characters"),
            ("{consent: {text: x, link: 'javascript:x'}}", "no address"),
            ("{texts: {'12': {}}}", "not a language"),
            ("{texts: {de: {labels: {nope: x}}}}", "no field `nope`"),
        ] {
            let said = faults(widget);
            assert!(said.contains(what), "{widget}: {said}");
        }
    }
}
