//! What an answer can hold beside its text: buttons and cards. They are words and addresses only, so that nothing a bot
//! says can run or look like Baton's own; a button sends its text as if the customer had written it.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::reply::{SourceLink, one_line};

/// Most buttons under an answer, and on a card.
pub const ACTIONS_MAX: usize = 6;
/// Most cards of an answer.
pub const CARDS_MAX: usize = 6;
/// Most sources of an answer.
const SOURCES_MAX: usize = 10;
/// Longest label of a button, in characters.
const LABEL_CHARS_MAX: usize = 80;
/// Longest title of a card.
const TITLE_CHARS_MAX: usize = 120;
/// Longest text of a card, and the longest that a button sends.
const TEXT_CHARS_MAX: usize = 500;
/// Longest address.
const HREF_BYTES_MAX: usize = 2_000;

/// A button: it sends a text, or it opens a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    pub label: String,
    /// What the customer says by pressing it; without a text and an address it is the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A page to open beside: `https://…`, or a path on this server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

/// A thing that is spoken of: an order, an article, an appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    pub title: String,
    #[serde(default)]
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    #[serde(default)]
    pub actions: Vec<Action>,
}

/// Everything beside the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    pub sources: Vec<SourceLink>,
    pub actions: Vec<Action>,
    pub cards: Vec<Card>,
}

impl Parts {
    pub fn of_sources(sources: Vec<SourceLink>) -> Self {
        Self { sources, ..Self::default() }
    }

    /// The parts as they may be stored, or what is wrong with the first that may not: its path and why.
    pub fn checked(self) -> Result<Self, (String, String)> {
        let counts = [
            ("sources", self.sources.len(), SOURCES_MAX),
            ("actions", self.actions.len(), ACTIONS_MAX),
            ("cards", self.cards.len(), CARDS_MAX),
        ];
        if let Some((name, given, most)) = counts.into_iter().find(|(_, given, most)| given > most) {
            return Err((name.to_owned(), format!("there are {given} and at most {most} fit")));
        }
        let sources = self
            .sources
            .into_iter()
            .map(|source| SourceLink { title: one_line(&source.title, 200), slug: one_line(&source.slug, 200) });
        let checked = |path: &str, actions: Vec<Action>| {
            let actions = actions.into_iter().enumerate();
            actions.map(|(at, action)| action.checked(&format!("{path}.{at}"))).collect::<Result<Vec<_>, _>>()
        };
        let cards = self.cards.into_iter().enumerate().map(|(at, card)| {
            let path = format!("cards.{at}");
            if card.actions.len() > ACTIONS_MAX {
                return Err((format!("{path}.actions"), format!("at most {ACTIONS_MAX} fit on a card")));
            }
            Ok(Card {
                title: said(&format!("{path}.title"), &card.title, TITLE_CHARS_MAX)?,
                text: one_line(&card.text, TEXT_CHARS_MAX),
                href: card.href.map(|href| address(&format!("{path}.href"), href)).transpose()?,
                actions: checked(&format!("{path}.actions"), card.actions)?,
            })
        });
        Ok(Self {
            sources: sources.collect(),
            cards: cards.collect::<Result<_, _>>()?,
            actions: checked("actions", self.actions)?,
        })
    }

    /// The parts without those that may not be stored: a strange button costs nobody the answer.
    #[must_use]
    pub fn kept(self, whose: &str) -> Self {
        let drop = |(path, what): (String, String)| tracing::warn!(%path, %what, "{whose} answered with a part that is left out");
        let one = |parts: Self| parts.checked().map_err(drop).ok();
        let sources = Self::of_sources(self.sources.into_iter().take(SOURCES_MAX).collect());
        let actions = self
            .actions
            .into_iter()
            .take(ACTIONS_MAX)
            .filter_map(|action| one(Self { actions: vec![action], ..Self::default() })?.actions.pop());
        let cards = self
            .cards
            .into_iter()
            .take(CARDS_MAX)
            .filter_map(|card| one(Self { cards: vec![card], ..Self::default() })?.cards.pop());
        Self { actions: actions.collect(), cards: cards.collect(), ..one(sources).unwrap_or_default() }
    }

    /// As it is stored beside a message.
    pub fn to_extra(&self) -> serde_json::Value {
        let sources: Vec<_> = self
            .sources
            .iter()
            .map(|source| serde_json::json!({ "title": source.title, "slug": source.slug }))
            .collect();
        let mut extra = serde_json::json!({ "sources": sources });
        if !self.actions.is_empty() {
            extra["actions"] = serde_json::json!(self.actions);
        }
        if !self.cards.is_empty() {
            extra["cards"] = serde_json::json!(self.cards);
        }
        extra
    }
}

impl Action {
    /// A button that says its own label.
    pub fn saying(label: &str) -> Self {
        Self { label: label.to_owned(), text: None, href: None }
    }

    fn checked(self, path: &str) -> Result<Self, (String, String)> {
        if self.text.is_some() && self.href.is_some() {
            return Err((path.to_owned(), "give `text` or `href`, not both".to_owned()));
        }
        Ok(Self {
            label: said(&format!("{path}.label"), &self.label, LABEL_CHARS_MAX)?,
            text: self.text.map(|text| said(&format!("{path}.text"), &text, TEXT_CHARS_MAX)).transpose()?,
            href: self.href.map(|href| address(&format!("{path}.href"), href)).transpose()?,
        })
    }
}

fn said(path: &str, text: &str, chars_max: usize) -> Result<String, (String, String)> {
    let line = one_line(text, chars_max);
    if line.is_empty() { Err((path.to_owned(), "this is empty".to_owned())) } else { Ok(line) }
}

/// An address that a browser only ever opens as a page: nothing that runs, nothing that carries a password.
fn address(path: &str, href: String) -> Result<String, (String, String)> {
    let strange = || (path.to_owned(), "write https://… or a path on this server".to_owned());
    if href.len() > HREF_BYTES_MAX || href.contains(|letter: char| letter.is_control() || letter == '\\') {
        return Err(strange());
    }
    if href.starts_with('/') && !href.starts_with("//") {
        return Ok(href);
    }
    let url = Url::parse(&href).map_err(|_| strange())?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none();
    if plain { Ok(url.to_string()) } else { Err(strange()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(href: &str) -> Result<Parts, (String, String)> {
        let action = Action { label: "Open".to_owned(), text: None, href: Some(href.to_owned()) };
        Parts { actions: vec![action], ..Parts::default() }.checked()
    }

    #[test]
    fn a_button_opens_pages_and_nothing_else() {
        for fine in ["https://example.org/a?b=c", "/manual/routing#hours"] {
            assert!(opening(fine).is_ok(), "{fine}");
        }
        let bad = [
            "javascript:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "/\\evil.example",
            "vbscript:x",
            "file:///etc/passwd",
            "https://user:word@evil.example",
            "blob:x",
            "",
        ];
        for href in bad {
            assert_eq!(opening(href).unwrap_err().0, "actions.0.href", "{href}");
        }
    }

    #[test]
    fn a_strange_button_of_a_webhook_costs_nobody_the_answer() {
        let parts = Parts {
            actions: vec![
                Action { label: "Bad".to_owned(), text: None, href: Some("javascript:1".to_owned()) },
                Action::saying("Yes\n please"),
            ],
            cards: vec![Card { title: " ".to_owned(), text: String::new(), href: None, actions: Vec::new() }],
            sources: vec![SourceLink { title: "A".to_owned(), slug: "a".to_owned() }],
        };
        let kept = parts.kept("the bot");
        assert_eq!(kept.actions, [Action::saying("Yes please")]);
        assert!(kept.cards.is_empty());
        assert_eq!(kept.sources.len(), 1);
    }

    #[test]
    fn too_many_parts_are_named() {
        let parts = Parts { actions: vec![Action::saying("x"); 7], ..Parts::default() };
        assert_eq!(parts.checked().unwrap_err(), ("actions".to_owned(), "there are 7 and at most 6 fit".to_owned()));
    }
}
