//! Lines of JSON as conversations and examples. Whatever does not fit is refused with its line and field.

use std::collections::BTreeMap;

use baton_detect::timing::Speaker;
use serde_json::{Map, Value};

/// Longest line, longest text of a turn, and most turns of a conversation.
pub const LINE_BYTES_MAX: usize = 8 << 20;
pub const TEXT_BYTES_MAX: usize = 64 << 10;
pub const TURNS_MAX: usize = 2_000;

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {field}: {problem}")]
pub struct LineError {
    pub line: usize,
    /// Like `turns[3].author`.
    pub field: String,
    pub problem: String,
}

/// A turn as it was written down.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    pub author: Speaker,
    pub text: String,
    /// Should a person have had it here.
    pub label: Option<bool>,
}

/// A conversation as it was written down.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    pub id: String,
    pub language: Option<String>,
    /// What kind it is, to group by.
    pub kind: Option<String>,
    pub topic: Option<String>,
    pub turns: Vec<Said>,
}

/// A text and its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    pub text: String,
    /// None: about none of the topics.
    pub label: Option<String>,
    pub language: Option<String>,
}

/// What lines may say, and what they must.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// `id`, `language`, `turns` with `author` and `text`, and nothing else.
    Exact,
    /// Labels and other names for the same are known; fields that are not used are counted and left alone.
    Labelled,
}

/// Reads lines, and remembers which fields it did not use.
#[derive(Debug)]
pub struct Lines {
    strictness: Strictness,
    unused: BTreeMap<String, usize>,
}

const EXACT: [&[&str]; 2] = [&["id", "language", "turns"], &["author", "text"]];
const LABELLED: [&[&str]; 2] =
    [&["id", "language", "lang", "kind", "type", "topic", "turns"], &["author", "role", "text", "tokens", "label"]];
const EXAMPLE: &[&str] = &["text", "label", "language", "lang"];

impl Lines {
    pub fn new(strictness: Strictness) -> Self {
        Self { strictness, unused: BTreeMap::new() }
    }

    /// Fields that were there and not used, and how often.
    pub fn unused(&self) -> &BTreeMap<String, usize> {
        &self.unused
    }

    /// A line as a conversation.
    pub fn conversation(&mut self, number: usize, line: &str) -> Result<Conversation, LineError> {
        let at = Place { line: number, path: String::new() };
        let object = at.object(line)?;
        let [own, of_turns] = match self.strictness {
            Strictness::Exact => EXACT,
            Strictness::Labelled => LABELLED,
        };
        self.known(&at, &object, own)?;
        let id = match object.get("id") {
            Some(Value::String(id)) => id.clone(),
            Some(Value::Number(id)) => id.to_string(),
            None if self.strictness == Strictness::Labelled => format!("line-{number}"),
            None => return Err(at.field("id").wrong("is missing; give every conversation a text that names it")),
            Some(other) => return Err(at.field("id").wrong(format!("is {}, it must be a text", kind_of(other)))),
        };
        let language = match at.optional_text(&object, "language")? {
            Some(language) => Some(language),
            None => at.optional_text(&object, "lang")?,
        };
        let kind = match at.optional_text(&object, "kind")? {
            Some(kind) => Some(kind),
            None => at.optional_text(&object, "type")?,
        };
        let topic = at.optional_text(&object, "topic")?;
        let turns = at.field("turns");
        let written = match object.get("turns") {
            Some(Value::Array(written)) => written,
            None => return Err(turns.wrong("is missing; it is the list of what was said, oldest first")),
            Some(other) => return Err(turns.wrong(format!("is {}, it must be a list", kind_of(other)))),
        };
        if written.len() > TURNS_MAX {
            return Err(turns.wrong(format!("has {} turns, at most {TURNS_MAX} are read", written.len())));
        }
        let mut read = Vec::with_capacity(written.len());
        for (index, turn) in written.iter().enumerate() {
            let place = at.field(&format!("turns[{index}]"));
            let Value::Object(turn) = turn else {
                return Err(place.wrong(format!("is {}, it must be an object with author and text", kind_of(turn))));
            };
            self.known(&place, turn, of_turns)?;
            read.push(said(&place, turn)?);
        }
        Ok(Conversation { id, language, kind, topic, turns: read })
    }

    /// A line as a text with its label.
    pub fn labelled(&mut self, number: usize, line: &str) -> Result<Labelled, LineError> {
        let at = Place { line: number, path: String::new() };
        let object = at.object(line)?;
        self.known(&at, &object, EXAMPLE)?;
        let text = at.text(&object, "text")?;
        let label = match object.get("label") {
            Some(Value::String(label)) if !label.trim().is_empty() => Some(label.clone()),
            Some(Value::Number(label)) => Some(label.to_string()),
            Some(Value::Bool(label)) => Some(u8::from(*label).to_string()),
            Some(Value::Null) => None,
            None => return Err(at.field("label").wrong("is missing; it says what the text is an example of")),
            Some(other) => return Err(at.field("label").wrong(format!("is {}, it must be a text", kind_of(other)))),
        };
        let language = match at.optional_text(&object, "language")? {
            Some(language) => Some(language),
            None => at.optional_text(&object, "lang")?,
        };
        Ok(Labelled { text, label, language })
    }

    fn known(&mut self, at: &Place, object: &Map<String, Value>, known: &[&str]) -> Result<(), LineError> {
        for field in object.keys().filter(|field| !known.contains(&field.as_str())) {
            let meant = known.iter().find(|known| near(field, known) && !object.contains_key(**known));
            let place = at.field(field);
            match (self.strictness, meant) {
                (_, Some(meant)) => return Err(place.wrong(format!("is not a field; did you mean `{meant}`?"))),
                (Strictness::Exact, None) => {
                    return Err(place.wrong(format!("is not a field; there are {}", known.join(", "))));
                }
                (Strictness::Labelled, None) => *self.unused.entry(general(&place.path)).or_default() += 1,
            }
        }
        Ok(())
    }
}

fn said(at: &Place, turn: &Map<String, Value>) -> Result<Said, LineError> {
    let name = if turn.contains_key("author") || !turn.contains_key("role") { "author" } else { "role" };
    let place = at.field(name);
    let author = match turn.get(name) {
        Some(Value::String(author)) => match author.as_str() {
            "customer" | "user" => Speaker::Customer,
            "bot" | "assistant" => Speaker::Bot,
            "agent" => Speaker::Agent,
            other => return Err(place.wrong(format!("is `{other}`, it must be customer, bot or agent"))),
        },
        Some(Value::Number(number)) if number.as_u64() == Some(0) => Speaker::Customer,
        Some(Value::Number(number)) if number.as_u64() == Some(1) => Speaker::Bot,
        None => return Err(place.wrong("is missing; it is customer, bot or agent")),
        Some(other) => {
            return Err(place.wrong(format!("is {}, it must be customer, bot or agent", kind_of(other))));
        }
    };
    let text = match turn.get("tokens") {
        Some(Value::Array(tokens)) if !turn.contains_key("text") => {
            let mut words = Vec::with_capacity(tokens.len());
            for (index, token) in tokens.iter().enumerate() {
                words.push(match token {
                    Value::String(word) => word.clone(),
                    Value::Number(number) => number.to_string(),
                    other @ (Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) => {
                        let place = at.field(&format!("tokens[{index}]"));
                        return Err(place.wrong(format!("is {}, it must be a word or its number", kind_of(other))));
                    }
                });
            }
            words.join(" ")
        }
        Some(_) | None => at.text(turn, "text")?,
    };
    let label = match turn.get("label") {
        None | Some(Value::Null) => None,
        Some(Value::Bool(label)) => Some(*label),
        Some(Value::Number(label)) if label.as_u64().is_some_and(|label| label <= 1) => Some(label.as_u64() == Some(1)),
        Some(other) => return Err(at.field("label").wrong(format!("is {other}, it must be 0 or 1"))),
    };
    Ok(Said { author, text, label })
}

struct Place {
    line: usize,
    path: String,
}

impl Place {
    fn field(&self, name: &str) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Self { line: self.line, path }
    }

    fn wrong(&self, problem: impl Into<String>) -> LineError {
        let field = if self.path.is_empty() { "the line".to_owned() } else { self.path.clone() };
        LineError { line: self.line, field, problem: problem.into() }
    }

    fn object(&self, line: &str) -> Result<Map<String, Value>, LineError> {
        if line.len() > LINE_BYTES_MAX {
            return Err(self.wrong(format!("has {} bytes, at most {LINE_BYTES_MAX} are read", line.len())));
        }
        match serde_json::from_str(line) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(other) => Err(self.wrong(format!("is {}, it must be an object in braces", kind_of(&other)))),
            Err(error) => Err(self.wrong(format!("is not JSON at column {}: {error}", error.column()))),
        }
    }

    fn text(&self, object: &Map<String, Value>, name: &str) -> Result<String, LineError> {
        let place = self.field(name);
        match object.get(name) {
            Some(Value::String(text)) if text.len() <= TEXT_BYTES_MAX => Ok(text.clone()),
            Some(Value::String(text)) => {
                Err(place.wrong(format!("has {} bytes, at most {TEXT_BYTES_MAX} are read", text.len())))
            }
            None => Err(place.wrong("is missing; it must be a text")),
            Some(other) => Err(place.wrong(format!("is {}, it must be a text", kind_of(other)))),
        }
    }

    fn optional_text(&self, object: &Map<String, Value>, name: &str) -> Result<Option<String>, LineError> {
        match object.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.text(object, name).map(Some),
        }
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// `turns[3].sentiment` is `turns[].sentiment` on every line.
fn general(path: &str) -> String {
    path.chars().filter(|character| !character.is_ascii_digit()).collect()
}

/// A slip of the hand apart: one letter more, less, other, or two in the wrong order.
fn near(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.to_lowercase().chars().collect(), other.chars().collect());
    if one == other {
        return true;
    }
    if one.len().abs_diff(other.len()) > 1 || other.len() < 4 {
        return false;
    }
    let front = one.iter().zip(&other).take_while(|(left, right)| left == right).count();
    let back = one.iter().rev().zip(other.iter().rev()).take_while(|(left, right)| left == right).count();
    let long = one.len().max(other.len());
    let swapped = one.len() == other.len()
        && front + back + 2 >= long
        && front + 1 < long
        && one.get(front) == other.get(front + 1)
        && one.get(front + 1) == other.get(front);
    front + back + 1 >= long || swapped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(line: &str) -> String {
        Lines::new(Strictness::Exact).conversation(7, line).unwrap_err().to_string()
    }

    #[test]
    fn a_conversation_is_read_as_it_stands() {
        let line = r#"{"id":"a","turns":[{"author":"customer","text":"hello"},{"author":"bot","text":"hi"}]}"#;
        let read = Lines::new(Strictness::Exact).conversation(1, line).unwrap();
        assert_eq!((read.id.as_str(), read.turns.len(), read.turns[1].author), ("a", 2, Speaker::Bot));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_field() {
        assert_eq!(wrong(r#"{"turns":[]}"#), "line 7: id: is missing; give every conversation a text that names it");
        assert_eq!(
            wrong(r#"{"id":"a","turns":[{"author":"robot","text":"x"}]}"#),
            "line 7: turns[0].author: is `robot`, it must be customer, bot or agent"
        );
        assert_eq!(
            wrong(r#"{"id":"a","turns":[{"author":"bot","txet":"x"}]}"#),
            "line 7: turns[0].txet: is not a field; did you mean `text`?"
        );
        assert_eq!(
            wrong(r#"{"id":"a","turns":[],"mood":1}"#),
            "line 7: mood: is not a field; there are id, language, turns"
        );
        assert!(wrong("{").starts_with("line 7: the line: is not JSON"));
    }

    #[test]
    fn what_an_export_has_beside_is_counted_and_left_alone() {
        let mut lines = Lines::new(Strictness::Labelled);
        let line = r#"{"turns":[{"role":0,"tokens":[4,21],"len":2,"label":1}],"source":"export"}"#;
        let read = lines.conversation(1, line).unwrap();
        assert_eq!((read.turns[0].text.as_str(), read.turns[0].label), ("4 21", Some(true)));
        assert_eq!(lines.unused().keys().collect::<Vec<_>>(), ["source", "turns[].len"]);
        let slip = r#"{"turns":[{"role":0,"text":"x","lable":1}]}"#;
        assert!(lines.conversation(2, slip).unwrap_err().to_string().contains("did you mean `label`"));
    }

    #[test]
    fn an_example_without_a_label_is_refused_and_null_means_none_of_the_topics() {
        let mut lines = Lines::new(Strictness::Labelled);
        assert_eq!(lines.labelled(1, r#"{"text":"x","label":null}"#).unwrap().label, None);
        assert!(lines.labelled(2, r#"{"text":"x"}"#).unwrap_err().to_string().starts_with("line 2: label: is missing"));
    }
}
