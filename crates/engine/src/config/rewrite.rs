//! Puts values of any shape into the text of a document, or takes them out, and leaves the rest as people wrote it.
//!
//! Of the lines of the document only those of the value are written anew. Where that does not work, because the value
//! stands inside braces, the nearest thing around it that stands on lines of its own is. What comes out is read again and
//! must say exactly what was meant.

use serde_json::{Map, Value};

use super::error::ConfigError;
use super::parse;

/// Deepest path.
const DEPTH_MAX: usize = 8;

/// One edit: the value at the path, or nothing there.
pub type Edit = (Vec<String>, Option<Value>);

/// The text with all edits made, one after the other.
pub fn with_values(text: &str, edits: &[Edit]) -> Result<String, ConfigError> {
    let mut text = text.to_owned();
    for (path, value) in edits {
        text = with_value(&text, path, value.as_ref())?;
    }
    Ok(text)
}

fn with_value(text: &str, path: &[String], value: Option<&Value>) -> Result<String, ConfigError> {
    let impossible = |why: &str| ConfigError::at_top(format!("{} cannot be edited: {why}", path.join(".")));
    if path.is_empty() || path.len() > DEPTH_MAX || path.iter().any(|step| !is_plain(step)) {
        return Err(impossible("its path is not one of this document"));
    }
    let before: Value = parse(text)?;
    let mut meant = before.clone();
    match value {
        Some(value) => set(&mut meant, path, value),
        None => remove(&mut meant, path),
    }
    if meant == before {
        return Ok(text.to_owned());
    }
    for depth in (1..=path.len()).rev() {
        let place = &path[..depth];
        let edited = rewritten(text, place, at(&meant, place));
        if let Some(edited) = edited.filter(|edited| parse::<Value>(edited).is_ok_and(|after| after == meant)) {
            return Ok(edited);
        }
    }
    Err(impossible("write it in the text by hand"))
}

fn at<'v>(value: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, step| value.get(step))
}

fn set(value: &mut Value, path: &[String], to: &Value) {
    let mut place = value;
    for step in path {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        place = &mut place[step.as_str()];
    }
    *place = to.clone();
}

fn remove(value: &mut Value, path: &[String]) {
    let Some((last, parents)) = path.split_last() else { return };
    let parent = parents.iter().try_fold(value, |value, step| value.get_mut(step));
    if let Some(map) = parent.and_then(Value::as_object_mut) {
        map.remove(last);
    }
}

/// Where an entry stands: its lines, and how far it is indented.
struct Entry {
    from: usize,
    to: usize,
    indent: usize,
}

/// The text with the lines of one entry written anew, put in, or taken out.
fn rewritten(text: &str, path: &[String], value: Option<&Value>) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (last, parents) = path.split_last()?;
    let mut within = Entry { from: 0, to: lines.len(), indent: 0 };
    let mut inside = 0;
    for (depth, parent) in parents.iter().enumerate() {
        let found = find(&lines, inside..within.to, parent, (depth > 0).then_some(within.indent))?;
        // What stands behind the colon is a value in braces: not on lines of its own.
        if !rest_of(lines[found.from]).is_empty() {
            return None;
        }
        inside = found.from + 1;
        within = found;
    }
    let outer = (!parents.is_empty()).then_some(within.indent);
    let (range, indent) = if let Some(entry) = find(&lines, inside..within.to, last, outer) {
        (entry.from..entry.to, entry.indent)
    } else {
        let beside = first_indent(&lines, inside..within.to, outer);
        let end = end_of_content(&lines, inside..within.to);
        (end..end, beside.unwrap_or_else(|| outer.map_or(0, |outer| outer + 2)))
    };
    let mut written = String::new();
    for line in &lines[..range.start] {
        written.push_str(line);
    }
    if !written.is_empty() && !written.ends_with('\n') {
        written.push('\n');
    }
    if let Some(value) = value {
        write_entry(&mut written, indent, last, value);
    }
    for line in &lines[range.end..] {
        written.push_str(line);
    }
    Some(written)
}

/// The entry of a key directly inside a range of lines; `outer` is the indent of what it stands in.
fn find(lines: &[&str], range: std::ops::Range<usize>, key: &str, outer: Option<usize>) -> Option<Entry> {
    let indent = first_indent(lines, range.clone(), outer)?;
    let from =
        range.clone().find(|line| indent_of(lines[*line]) == Some(indent) && key_of(lines[*line]) == Some(key))?;
    let next = (from + 1..range.end).find(|line| indent_of(lines[*line]).is_some_and(|found| found <= indent));
    let to = end_of_content(lines, from..next.unwrap_or(range.end));
    Some(Entry { from, to, indent })
}

/// How far the entries of a range are indented; `None` when there are none, or not deeper than what they stand in.
fn first_indent(lines: &[&str], mut range: std::ops::Range<usize>, outer: Option<usize>) -> Option<usize> {
    let indent = range.find_map(|line| indent_of(lines[line]))?;
    outer.is_none_or(|outer| indent > outer).then_some(indent)
}

/// Behind the last line that says something: comments and empty lines below belong to what follows.
fn end_of_content(lines: &[&str], range: std::ops::Range<usize>) -> usize {
    range.clone().rev().find(|line| indent_of(lines[*line]).is_some()).map_or(range.start, |last| last + 1)
}

/// `None` for a line without content.
fn indent_of(line: &str) -> Option<usize> {
    let content = line.trim_start_matches(' ');
    (!content.trim().is_empty() && !content.starts_with('#')).then_some(line.len() - content.len())
}

fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.trim_start().split_once(':')?;
    Some(key.trim().trim_matches(['"', '\'']))
}

/// What stands behind the key on its line, without a comment.
fn rest_of(line: &str) -> &str {
    let rest = line.split_once(':').map_or("", |(_, rest)| rest).trim();
    if rest.starts_with('#') { "" } else { rest }
}

fn is_plain(step: &str) -> bool {
    !step.is_empty() && step.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.'))
}

fn write_entry(out: &mut String, indent: usize, key: &str, value: &Value) {
    let key = if key.starts_with(|first: char| first.is_ascii_digit()) { format!("\"{key}\"") } else { key.to_owned() };
    out.extend([&" ".repeat(indent), key.as_str(), ":"]);
    match value {
        Value::Object(map) if !map.is_empty() => {
            out.push('\n');
            for (key, value) in map {
                write_entry(out, indent + 2, key, value);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            out.push('\n');
            for item in items {
                out.extend([&" ".repeat(indent + 2), "- ", &flow(item), "\n"]);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            out.extend([" ", &flow(value), "\n"]);
        }
    }
}

/// JSON is YAML; a text that needs no quotes is written without.
fn flow(value: &Value) -> String {
    match value {
        Value::String(text) if is_bare(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            let entries = map.iter().map(|(key, value)| format!("{key:?}: {}", flow(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

/// Words with blanks between that nothing takes for something else.
fn is_bare(text: &str) -> bool {
    let plain = |letter: char| letter.is_alphabetic() || matches!(letter, ' ' | '_' | '@' | '.');
    text.starts_with(char::is_alphabetic)
        && text.chars().all(plain)
        && text.trim() == text
        && !matches!(text.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TEXT: &str = "\
# Ours.
organisation: X

queues:
  # The big one.
  general:
    name: General   # for all
    ring_s: 25
    relax:
      - {after_s: 60, any_skill: true}

  # Small, in braces.
  legal: {name: Legal, ring_s: 30}

# Who works here.
agents:
  ana:
    name: Ana
";

    fn edit(text: &str, path: &str, value: Option<Value>) -> String {
        let path = path.split('/').map(str::to_owned).collect();
        with_values(text, &[(path, value)]).unwrap()
    }

    #[test]
    fn a_value_is_changed_on_its_own_line_and_comments_around_it_stay() {
        assert_eq!(edit(TEXT, "queues/general/ring_s", Some(json!(40))), TEXT.replace("ring_s: 25", "ring_s: 40"));
        let edited = edit(TEXT, "queues/general/relax", None);
        assert!(
            edited.contains("# The big one.") && edited.contains("# Small, in braces.") && !edited.contains("relax")
        );
    }

    #[test]
    fn a_value_that_nobody_wrote_is_added_where_it_belongs() {
        let edited = edit(TEXT, "queues/general/hours", Some(json!("Mo-Fr 09:00-17:00; PH off")));
        assert!(edited.contains("any_skill: true}\n    hours: \"Mo-Fr 09:00-17:00; PH off\"\n\n  # Small"), "{edited}");
        let edited = edit(TEXT, "settings/wrap_up_s", Some(json!(60)));
        assert!(edited.ends_with("    name: Ana\nsettings:\n  wrap_up_s: 60\n"), "{edited}");
        let edited = edit(TEXT, "agents/ben", Some(json!({"name": "Ben", "email": "b@x.org", "skills": {"law": 2}})));
        assert!(edited.ends_with("  ben:\n    email: b@x.org\n    name: Ben\n    skills:\n      law: 2\n"), "{edited}");
    }

    #[test]
    fn what_stands_in_braces_is_written_on_lines_of_its_own() {
        let edited = edit(TEXT, "queues/legal/ring_s", Some(json!(50)));
        assert!(
            edited.contains("  # Small, in braces.\n  legal:\n    name: Legal\n    ring_s: 50\n\n# Who"),
            "{edited}"
        );
    }

    #[test]
    fn a_thing_is_taken_out_with_its_lines_alone() {
        let edited = edit(TEXT, "queues/general", None);
        assert!(edited.contains("  # Small, in braces.\n  legal:") && !edited.contains("General"), "{edited}");
    }

    #[test]
    fn what_looks_like_something_else_is_quoted() {
        for value in
            [json!("yes"), json!("12"), json!("a: b"), json!("x # y"), json!(""), json!(" lead"), json!("ñandú es")]
        {
            let edited = edit(TEXT, "organisation", Some(value.clone()));
            assert_eq!(parse::<Value>(&edited).unwrap()["organisation"], value, "{edited}");
        }
    }

    #[test]
    fn whatever_is_edited_nothing_else_changes() {
        let before: Value = parse(TEXT).unwrap();
        for path in ["queues/general/name", "queues/legal", "agents/ana/name", "organisation", "bots/x/kind"] {
            let edited: Value = parse(&edit(TEXT, path, Some(json!("Q")))).unwrap();
            let mut meant = before.clone();
            set(&mut meant, &path.split('/').map(str::to_owned).collect::<Vec<_>>(), &json!("Q"));
            assert_eq!(edited, meant, "{path}");
        }
    }
}
