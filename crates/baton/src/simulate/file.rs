//! A scenario's file taken apart: the load, and the configuration that it stands beside, names, or contains.
//!
//! What does not belong to a part is blanked out and not cut out, so that lines and columns stay those of the file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use baton_engine::config::{ConfigError, ConfigFault};

/// Largest scenario, in bytes.
const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// A file, as far as its text goes.
pub(super) struct Parts {
    pub(super) file: PathBuf,
    /// `None` in a file that is a configuration alone.
    pub(super) load: Option<String>,
    /// The file it stands in, and its text.
    pub(super) config: (PathBuf, String),
}

/// What a simulation does not need, for a file that leaves it out.
const LEFT_OUT: [(&str, &str); 4] = [
    ("organisation", "organisation: Simulation"),
    ("bots", "bots: {bot: {kind: api, name: Bot}}"),
    ("channels", "channels: {web: {title: Simulation, bot: bot}}"),
    ("agents", "agents: {}"),
];

pub(super) fn read(file: &Path) -> anyhow::Result<Parts> {
    let text = text_of(file)?;
    let keys = top_keys(&text, 0);
    let section = |key: &str| keys.iter().find(|found| found.key == key);
    let load = section("load").map(|load| only(&text, &load.lines));
    let Some(config) = section("config") else {
        let own = match section("load") {
            Some(load) => without(&text, &load.lines),
            None => text.clone(),
        };
        let names: Vec<&str> = keys.iter().map(|found| found.key.as_str()).collect();
        if let Some(load) = section("load").filter(|_| !names.contains(&"queues")) {
            let what =
                "there is no configuration beside it: add `queues` and the rest, or name a file with `config: FILE`";
            return Err(fault(file, "load", load.lines.start as u64 + 1, what.to_owned()));
        }
        return Ok(Parts { file: file.to_owned(), load, config: (file.to_owned(), completed(own, &names, 0)) });
    };
    if let Some(other) = keys.iter().find(|found| found.key != "load" && found.key != "config") {
        let what = format!("`{}` belongs into the configuration that `config` names", other.key);
        return Err(fault(file, &other.key, other.lines.start as u64 + 1, what));
    }
    if config.value.is_empty() {
        let header = config.lines.start;
        let inside = only(&text, &(header + 1..config.lines.end));
        let indent = inside.lines().find(|line| !is_blank(line)).map_or(0, |line| line.len() - line.trim_start().len());
        let inner = top_keys(&inside, indent);
        let names: Vec<&str> = inner.iter().map(|found| found.key.as_str()).collect();
        return Ok(Parts { file: file.to_owned(), load, config: (file.to_owned(), completed(inside, &names, indent)) });
    }
    let elsewhere = file.parent().unwrap_or(Path::new(".")).join(&config.value);
    let own = text_of(&elsewhere).with_context(|| {
        format!("{}: line {}: the configuration that the scenario names", file.display(), config.lines.start + 1)
    })?;
    let keys = top_keys(&own, 0);
    let names: Vec<&str> = keys.iter().map(|found| found.key.as_str()).collect();
    let own = match keys.iter().find(|found| found.key == "load") {
        Some(load) => without(&own, &load.lines),
        None => own.clone(),
    };
    Ok(Parts { file: file.to_owned(), load, config: (elsewhere, completed(own, &names, 0)) })
}

/// Says all faults of a part with the file they are in.
pub(super) fn refuse(file: &Path, error: &ConfigError) -> anyhow::Error {
    let faults: Vec<String> = error.faults.iter().map(|fault| format!("  {}: {fault}", file.display())).collect();
    anyhow::anyhow!("the scenario is not right:\n{}", faults.join("\n"))
}

fn fault(file: &Path, path: &str, line: u64, what: String) -> anyhow::Error {
    refuse(file, &ConfigError { faults: vec![ConfigFault { path: path.to_owned(), line, column: 1, what }] })
}

fn text_of(file: &Path) -> anyhow::Result<String> {
    let size = fs::metadata(file).with_context(|| format!("read the scenario {}", file.display()))?.len();
    if size > FILE_BYTES_MAX {
        bail!("{} has {size} bytes and at most {FILE_BYTES_MAX} fit; keep arrivals in CSV files", file.display());
    }
    fs::read_to_string(file).with_context(|| format!("read the scenario {}", file.display()))
}

struct Section {
    key: String,
    /// What stands behind the colon, without quotes and comment.
    value: String,
    lines: std::ops::Range<usize>,
}

/// The keys of a block mapping whose lines begin in this column.
fn top_keys(text: &str, indent: usize) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let Some(rest) = line.get(indent..).filter(|_| line.len() - line.trim_start().len() == indent) else {
            continue;
        };
        let Some((key, value)) = rest.split_once(':') else { continue };
        let key = key.trim().trim_matches(['"', '\'']);
        let plain = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if plain && (value.is_empty() || value.starts_with([' ', '\t', '\r'])) {
            if let Some(last) = sections.last_mut() {
                last.lines.end = number;
            }
            let value = value.split(" #").next().unwrap_or_default().trim();
            let value = if value.starts_with('#') { "" } else { value.trim_matches(['"', '\'']) };
            sections.push(Section { key: key.to_owned(), value: value.to_owned(), lines: number..number + 1 });
        }
    }
    if let Some(last) = sections.last_mut() {
        last.lines.end = text.lines().count();
    }
    sections
}

fn is_blank(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn only(text: &str, lines: &std::ops::Range<usize>) -> String {
    kept(text, |number| lines.contains(&number))
}

fn without(text: &str, lines: &std::ops::Range<usize>) -> String {
    kept(text, |number| !lines.contains(&number))
}

fn kept(text: &str, keep: impl Fn(usize) -> bool) -> String {
    let lines = text.lines().enumerate().map(|(number, line)| if keep(number) { line } else { "" });
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Adds behind the last line what is left out and not needed.
fn completed(mut text: String, keys: &[&str], indent: usize) -> String {
    // A file without queues is none that was meant as a configuration; its own fault is clearer.
    if !keys.contains(&"queues") {
        return text;
    }
    // Channels name a bot: with bots of its own the file has to say which.
    let known = |key: &str| keys.contains(&key) || (key == "channels" && keys.contains(&"bots"));
    for (_, line) in LEFT_OUT.iter().filter(|(key, _)| !known(key)) {
        text.push_str(&" ".repeat(indent));
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# A scenario.\nload:\n  arrivals: {}\n\nqueues:\n  billing: {name: B}\n";

    #[test]
    fn the_parts_keep_their_lines() {
        let keys = top_keys(FILE, 0);
        let load = keys.iter().find(|found| found.key == "load").unwrap();
        assert_eq!(only(FILE, &load.lines), "\nload:\n  arrivals: {}\n\n\n\n");
        assert_eq!(without(FILE, &load.lines), "# A scenario.\n\n\n\nqueues:\n  billing: {name: B}\n");
    }

    #[test]
    fn a_value_is_read_without_its_comment_and_quotes() {
        let keys = top_keys("config: \"a.yaml\" # mine\nload: # below\n  x: 1\n", 0);
        assert_eq!((keys[0].value.as_str(), keys[1].value.as_str()), ("a.yaml", ""));
    }

    #[test]
    fn what_is_left_out_is_added_behind_the_end() {
        let text = completed("  queues: {}\n".to_owned(), &["queues", "agents"], 2);
        assert!(text.starts_with("  queues: {}\n  organisation:") && !text.contains("agents"), "{text}");
    }
}
