//! What the manual shows of the configuration is right: every piece of YAML in it is applied to the complete example.

use std::fs;
use std::path::{Path, PathBuf};

use baton_engine::config;

/// Pieces that stand for themselves name bots and queues of the example beside their own.
const MERGED: &[&str] = &["bots", "queues"];

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// The blocks of YAML in a page, with the line on which each begins.
fn yaml_in(page: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (number, line) in (1..).zip(page.lines()) {
        match &mut open {
            None if line == "```yaml" => open = Some((number, String::new())),
            None => {}
            Some(_) if line == "```" => blocks.extend(open.take()),
            Some((_, text)) => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    blocks
}

/// The top-level sections of a document: key and lines, comments before the first left out.
fn sections(document: &str) -> Vec<(String, Vec<&str>)> {
    let mut sections: Vec<(String, Vec<&str>)> = Vec::new();
    for line in document.lines() {
        let key = line.split(':').next().unwrap_or_default();
        if line.starts_with(|first: char| first.is_ascii_lowercase()) && line.contains(':') {
            sections.push((key.to_owned(), Vec::new()));
        }
        if let Some((_, lines)) = sections.last_mut() {
            lines.push(line);
        }
    }
    sections
}

/// The example with a piece of another page put in.
fn with(example: &str, piece: &str) -> String {
    let mut document = sections(example);
    for (key, lines) in sections(piece) {
        match document.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) if MERGED.contains(&key.as_str()) => known.extend(lines.into_iter().skip(1)),
            Some((_, known)) => *known = lines,
            None => document.push((key, lines)),
        }
    }
    let lines: Vec<&str> = document.into_iter().flat_map(|(_, lines)| lines).collect();
    // A reader has these in the environment; a test has none of its own.
    let mut text = lines.join("\n").replace("env:BOT_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    for name in ["env:MODEL_KEY", "env:SUMMARY_KEY"] {
        text = text.replace(name, "a-key");
    }
    text
}

#[test]
fn every_configuration_in_the_manual_can_be_applied() {
    let page = |name: &str| fs::read_to_string(docs().join(name)).expect("a page of the manual");
    let configuration = page("configuration.md");
    let (_, example) = yaml_in(&configuration).into_iter().next().expect("the complete example comes first");
    config::compile(&example, 1).unwrap_or_else(|faults| panic!("the complete example:\n{faults}"));

    let mut applied = 0;
    for entry in fs::read_dir(docs()).expect("the manual").flatten() {
        if entry.path().extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        for (line, piece) in yaml_in(&page(&name)) {
            let complete = piece.starts_with("organisation:");
            let document = if complete { piece } else { with(&example, &piece) };
            if let Err(faults) = config::compile(&document, 1) {
                panic!("docs/{name}, the YAML at line {line}:\n{faults}\n\n{document}");
            }
            applied += 1;
        }
    }
    assert!(applied >= 8, "only {applied} pieces of YAML were found");
}

#[test]
fn every_default_that_the_manual_names_is_the_one_in_force() {
    let text = fs::read_to_string(docs().join("configuration.md")).expect("the page");
    let settings = config::SettingsDocument::default();
    for (key, value) in [
        ("away_grace_s", settings.away_grace_s),
        ("disconnect_grace_s", settings.disconnect_grace_s),
        ("wrap_up_s", settings.wrap_up_s),
        ("bot_turn_s", settings.bot_turn_s),
        ("nobody_choice_s", settings.nobody_choice_s),
        ("idle_h", settings.idle_h),
        ("misses_until_away", settings.misses_until_away),
        ("decline_pause_s", settings.decline_pause_s),
    ] {
        assert!(text.contains(&format!("| `{key}` | {value} |")), "docs/configuration.md: {key} is {value}");
    }
    assert!(text.contains(&format!("| `survey` | {} |", settings.survey)));
}

#[test]
fn every_key_of_the_configuration_is_in_the_manual() {
    let text = fs::read_to_string(docs().join("configuration.md")).expect("the page");
    let schema = config::schema();
    let mut missing = Vec::new();
    let mut documents = vec![&schema];
    documents.extend(schema["$defs"].as_object().into_iter().flatten().map(|(_, definition)| definition));
    for document in documents {
        let variants = document["oneOf"].as_array().into_iter().flatten();
        for shape in variants.chain([document]) {
            for key in shape["properties"].as_object().into_iter().flatten().map(|(key, _)| key) {
                if !text.contains(&format!("`{key}`")) && !text.contains(&format!("{key}:")) {
                    missing.push(key.clone());
                }
            }
        }
    }
    assert!(missing.is_empty(), "docs/configuration.md says nothing of {missing:?}");
}
