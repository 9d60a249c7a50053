//! The files of the repository, as Git knows them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const NOT_OURS: &[&str] = &["target", "node_modules", "dist", ".git"];

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace's root")
}

/// Paths from the root of all files whose name ends so, sorted; what is built or installed is left out.
pub(crate) fn tracked(ends_with: &str) -> Vec<String> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a readable folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            if path.is_dir() {
                if !NOT_OURS.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if name.ends_with(ends_with) {
                let relative = path.strip_prefix(&root).expect("inside the root");
                found.push(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

pub(crate) fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("read {path}: {error}"))
}

/// The stable codes, read from the table that defines them: `Variant = "code", STATUS, "Title";`.
pub(crate) fn error_codes() -> BTreeSet<String> {
    let table = read("crates/api/src/problem/code.rs");
    let rows = table.lines().filter_map(|line| line.trim().split_once(" = \"")?.1.split_once("\", "));
    rows.map(|(code, _)| code.to_owned()).collect()
}

/// The authorisation matrix as rows of a Markdown table, read where it is defined:
/// `ReadMessages = "read_messages": Own Own Channel Queues Queues All;`.
pub(crate) fn rights() -> Vec<String> {
    let table = read("crates/api/src/matrix.rs");
    let rows = table.lines().filter_map(|line| {
        let (_, rest) = line.trim().split_once(" = \"")?;
        let (action, cells) = rest.strip_suffix(';')?.split_once("\":")?;
        let cells: Vec<&str> = cells.split_whitespace().map(reach_in_words).collect();
        Some(format!("| `{action}` | {} |", cells.join(" | ")))
    });
    rows.collect()
}

fn reach_in_words(scope: &str) -> &str {
    match scope {
        "Denied" => "no",
        "Own" => "own",
        "Channel" => "channel",
        "Queues" => "queues",
        "Controlling" => "controlled",
        "Themselves" => "themselves",
        "All" => "all",
        unknown => unknown,
    }
}
