//! Sets one value in the text of a document and leaves the rest as people wrote it, comments and all.

use serde_json::Value;

use super::error::ConfigError;
use super::{locate, parse};

/// The text with `value` at `path`, whose parents are made where they are missing. What comes out is read again and must
/// say the same but for this value.
pub fn with_scalar(text: &str, path: &[&str], value: &str) -> Result<String, ConfigError> {
    let before: Value = parse(text)?;
    let mut expected = before.clone();
    set(&mut expected, path, value);
    let known = (1..=path.len()).rev().find(|depth| at(&before, &path[..*depth]).is_some_and(|found| !found.is_null()));
    let edited = match known {
        Some(depth) if depth == path.len() => replace(text, path, value),
        Some(depth) => insert(text, &path[..depth], &entry(&path[depth..], value)),
        None => Some(appended(text, path, value)),
    };
    let kept = edited.filter(|edited| parse::<Value>(edited).is_ok_and(|after| after == expected));
    kept.ok_or_else(|| {
        let path = path.join(".");
        ConfigError::at_top(format!("{path} cannot be set in this text without touching more; write `{value}` by hand"))
    })
}

fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, step| value.get(step))
}

fn set(value: &mut Value, path: &[&str], written: &str) {
    let scalar = written.parse::<f64>().map_or_else(|_| Value::from(written), Value::from);
    let mut place = value;
    for step in path {
        if !place.is_object() {
            *place = Value::Object(serde_json::Map::new());
        }
        place = &mut place[*step];
    }
    *place = scalar;
}

/// Where in the text a path's value begins.
fn begins(text: &str, path: &[&str]) -> Option<usize> {
    let (line, column) = locate(text, &path.join("."));
    let (line, column) = (usize::try_from(line).ok()?.checked_sub(1)?, usize::try_from(column).ok()?.checked_sub(1)?);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let within: usize = text[start..].chars().take(column).map(char::len_utf8).sum();
    Some(start + within)
}

fn replace(text: &str, path: &[&str], value: &str) -> Option<String> {
    let start = begins(text, path)?;
    let end = text[start..].find([' ', ',', '}', '#', '\n', '\r']).map_or(text.len(), |length| start + length);
    Some(format!("{}{value}{}", &text[..start], &text[end..]))
}

/// Puts an entry before the first one of a mapping.
fn insert(text: &str, parent: &[&str], entry: &str) -> Option<String> {
    let start = begins(text, parent)?;
    if let Some(rest) = text[start..].strip_prefix('{') {
        let comma = if rest.trim_start().starts_with('}') { "" } else { ", " };
        return Some(format!("{}{{{entry}{comma}{}", &text[..start], rest.trim_start_matches(' ')));
    }
    let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let indent = &text[line..start];
    indent.chars().all(|letter| letter == ' ').then(|| format!("{}{indent}{entry}\n{}", &text[..line], &text[line..]))
}

fn entry(path: &[&str], value: &str) -> String {
    match path {
        [] => value.to_owned(),
        [last] => format!("{last}: {value}"),
        [first, rest @ ..] => format!("{first}: {{{}}}", entry(rest, value)),
    }
}

fn appended(text: &str, path: &[&str], value: &str) -> String {
    let mut longer = text.trim_end().to_owned();
    for (depth, step) in path.iter().enumerate() {
        longer.extend(["\n", &"  ".repeat(depth), step, ":"]);
    }
    longer.extend([" ", value, "\n"]);
    longer
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [&str; 2] = ["policy", "frustration_threshold"];

    #[test]
    fn a_threshold_is_set_wherever_it_stands_and_comments_stay() {
        let text = "organisation: X\npolicy:\n  # chosen in spring\n  frustration_threshold: 0.75  # of 1\n  trend: {turns: 4}\n";
        let edited = with_scalar(text, &KEY, "0.60").unwrap();
        assert_eq!(edited, text.replace("0.75", "0.60"));
        let flow = "organisation: X\npolicy: {frustration_threshold: 0.75, explicit_threshold: 0.6}\n";
        assert_eq!(with_scalar(flow, &KEY, "never").unwrap(), flow.replace("0.75", "never"));
    }

    #[test]
    fn a_threshold_that_nobody_wrote_is_added() {
        let text = "organisation: X\npolicy:\n  explicit_threshold: 0.6\nqueues: {}\n";
        let edited = with_scalar(text, &KEY, "0.60").unwrap();
        assert_eq!(
            edited,
            "organisation: X\npolicy:\n  frustration_threshold: 0.60\n  explicit_threshold: 0.6\nqueues: {}\n"
        );
        let edited = with_scalar("policy: {explicit_threshold: 0.6}\n", &KEY, "0.60").unwrap();
        assert_eq!(edited, "policy: {frustration_threshold: 0.60, explicit_threshold: 0.6}\n");
        assert_eq!(with_scalar("policy: {}\n", &KEY, "0.60").unwrap(), "policy: {frustration_threshold: 0.60}\n");
        assert_eq!(
            with_scalar("organisation: X\n", &KEY, "0.60").unwrap(),
            "organisation: X\npolicy:\n  frustration_threshold: 0.60\n"
        );
    }

    #[test]
    fn a_shadow_is_made_for_trying_one() {
        let path = ["shadows", "sooner", "frustration_threshold"];
        assert_eq!(
            with_scalar("organisation: X\n", &path, "0.60").unwrap(),
            "organisation: X\nshadows:\n  sooner:\n    frustration_threshold: 0.60\n"
        );
        let text = "organisation: X\nshadows:\n  later:\n    explicit_threshold: 0.9\n";
        let edited = with_scalar(text, &path, "0.60").unwrap();
        assert!(edited.contains("  sooner: {frustration_threshold: 0.60}\n  later:\n"), "{edited}");
    }
}
