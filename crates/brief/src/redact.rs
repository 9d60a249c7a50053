//! Redaction: personal data leaves the house as markers, the same value as the same marker.

use std::collections::BTreeMap;
use std::fmt;

use crate::personal::personal;

/// What was redacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RedactedKind {
    Email,
    Phone,
    Card,
    Iban,
    Ipv4,
    /// A long number that may be anybody's: an account, an order, an identity card.
    Number,
}

impl fmt::Display for RedactedKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Card => "card",
            Self::Iban => "iban",
            Self::Ipv4 => "ip",
            Self::Number => "number",
        })
    }
}

/// A text with markers like `[email 1]`, and which markers stand in it, each once, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    pub text: String,
    pub found: Vec<(RedactedKind, u32)>,
}

/// Redacts text after text, and remembers what its markers stand for.
#[derive(Debug, Clone, Default)]
pub struct Redactor {
    markers: BTreeMap<(RedactedKind, String), u32>,
    /// The value as it was first written.
    values: BTreeMap<(RedactedKind, u32), String>,
}

impl Redactor {
    pub fn redact(&mut self, text: &str) -> Redacted {
        let mut redacted = Redacted { text: String::with_capacity(text.len()), found: Vec::new() };
        let mut after = 0;
        for personal in personal(text) {
            let value = &text[personal.start..personal.end];
            let number = self.number(personal.kind, personal.canonical, value);
            redacted.text.push_str(&text[after..personal.start]);
            redacted.text.push_str(&marker(personal.kind, number));
            if !redacted.found.contains(&(personal.kind, number)) {
                redacted.found.push((personal.kind, number));
            }
            after = personal.end;
        }
        redacted.text.push_str(&text[after..]);
        redacted
    }

    /// Puts the values back where their markers stand, for the eyes of those who see the conversation anyway.
    pub fn restore(&self, text: &str) -> String {
        let mut restored = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = rest.find('[') {
            restored.push_str(&rest[..open]);
            rest = &rest[open..];
            // Read once from left to right: a value that looks like a marker is not read again.
            let (shown, length) = rest
                .find(']')
                .and_then(|close| self.value(&rest[1..close]).map(|value| (value, close + 1)))
                .unwrap_or(("[", 1));
            restored.push_str(shown);
            rest = &rest[length..];
        }
        restored.push_str(rest);
        restored
    }

    fn value(&self, inside: &str) -> Option<&str> {
        let (kind, number) = inside.split_once(' ')?;
        let number: u32 = number.parse().ok()?;
        self.values
            .iter()
            .find(|((held, at), _)| *at == number && held.to_string() == kind)
            .map(|(_, value)| value.as_str())
    }

    fn number(&mut self, kind: RedactedKind, canonical: String, value: &str) -> u32 {
        let next = self
            .values
            .range((kind, 0)..=(kind, u32::MAX))
            .next_back()
            .map_or(1, |((_, last), _)| last.saturating_add(1));
        let number = *self.markers.entry((kind, canonical)).or_insert(next);
        self.values.entry((kind, number)).or_insert_with(|| value.to_owned());
        number
    }
}

fn marker(kind: RedactedKind, number: u32) -> String {
    format!("[{kind} {number}]")
}

/// Redacts a single text.
pub fn redact(text: &str) -> Redacted {
    Redactor::default().redact(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_customer_is_the_same_marker_across_messages() {
        let mut redactor = Redactor::default();
        let first = redactor.redact("I am ana@example.org, call +34 600 123 456");
        assert_eq!(first.text, "I am [email 1], call [phone 1]");
        assert_eq!(first.found, [(RedactedKind::Email, 1), (RedactedKind::Phone, 1)]);
        let second = redactor.redact("not bo@example.org but ANA@example.org, or 0034600123456");
        assert_eq!(second.text, "not [email 2] but [email 1], or [phone 1]");
    }

    #[test]
    fn an_agent_sees_the_values_again() {
        let mut redactor = Redactor::default();
        redactor.redact("I am ana@example.org");
        assert_eq!(redactor.restore("[email 1] wants [email 9] [x"), "ana@example.org wants [email 9] [x");
    }

    #[test]
    fn a_text_without_personal_data_stays_as_it_is() {
        let text = "Where is my order? I ordered 2 on 2026-01-05.";
        assert_eq!(redact(text), Redacted { text: text.to_owned(), found: Vec::new() });
    }
}
