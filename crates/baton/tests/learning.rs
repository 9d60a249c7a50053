//! A company tunes the detector on its own past, on the command line: judge, learn, and try before it is live.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn baton(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_baton"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that stopped at a fault has closed its input.
    let _ = child.stdin.take().expect("an input").write_all(input.as_bytes());
    child.wait_with_output().expect("the program ends")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

const FAILED: &str = r#"{"id":"lamp","turns":[{"author":"customer","text":"My lamp flickers since Monday"},{"author":"bot","text":"Sorry, I didn't understand that."},{"author":"customer","text":"the lamp flickers"},{"author":"bot","text":"Could you rephrase?"},{"author":"customer","text":"let me talk to a person"}]}"#;

#[test]
fn every_turn_of_a_conversation_is_judged_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = baton(folder.path(), &["assess"], &format!("{FAILED}\n"));
    assert!(output.status.success(), "{}", said(&output));
    let judged: Value = serde_json::from_slice(&output.stdout).expect("a line of JSON");
    let verdicts: Vec<&str> =
        judged["turns"].as_array().unwrap().iter().map(|turn| turn["verdict"].as_str().unwrap()).collect();
    assert_eq!((judged["id"].as_str(), judged["language"].as_str()), (Some("lamp"), Some("en")));
    assert_eq!(verdicts, ["keep", "keep", "keep", "hand_off", "hand_off"]);
    let last = &judged["turns"][4];
    assert_eq!(last["index"], 4);
    assert_eq!(last["triggers"][0], "explicit_request");
    assert!(last["signals"]["explicit_request"].as_f64().unwrap() >= 0.6);
    assert_eq!(last["spans"][0]["text"], "let me talk to a person");
    assert!(judged["turns"][0]["signals"]["sensitive"].is_null());
}

#[test]
fn what_is_wrong_in_a_line_is_named_and_what_was_judged_before_it_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = r#"{"id":"b","turns":[{"author":"customer","text":"hi","mood":3}]}"#;
    let output = baton(folder.path(), &["assess"], &format!("{FAILED}\n\n{wrong}\n"));
    assert!(!output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    assert!(
        said(&output).contains("line 3: turns[0].mood: is not a field; there are author, text"),
        "{}",
        said(&output)
    );
}

#[test]
fn topics_are_learned_from_examples_and_judge_what_was_not_among_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut lines = String::new();
    for thing in ["lamp", "chair", "table", "sofa", "mirror", "shelf", "carpet", "clock", "vase", "bed"] {
        for (text, label) in [
            (format!("when will my {thing} be delivered"), "delivery"),
            (format!("the invoice for the {thing} shows the wrong amount"), "billing"),
        ] {
            lines += &serde_json::json!({ "text": text, "label": label }).to_string();
            lines.push('\n');
        }
    }
    fs::write(folder.path().join("examples.jsonl"), lines).unwrap();
    let trained = baton(folder.path(), &["train", "topics", "--data", "examples.jsonl", "--out", "own.topics"], "");
    assert!(trained.status.success(), "{}", said(&trained));
    assert!(said(&trained).contains("20 examples of 2 topics"), "{}", said(&trained));
    let asked = r#"{"id":"a","turns":[{"author":"customer","text":"is the wrong amount on my invoice for the desk"}]}"#;
    let output = baton(folder.path(), &["assess", "--topics", "own.topics"], asked);
    let judged: Value = serde_json::from_slice(&output.stdout).expect("a line of JSON");
    assert_eq!(judged["turns"][0]["topic"]["label"], "billing");
}

#[test]
fn timing_is_learned_from_a_past_in_any_tokens_and_decides_then() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut lines = String::new();
    for number in 0..40 {
        let hard = number % 2 == 0;
        let second = if hard { "77 78 79" } else { "31 32 33" };
        let turns = serde_json::json!([
            { "author": "customer", "text": format!("1 2 {}", 100 + number), "label": 0 },
            { "author": "bot", "text": "5 6 7", "label": 0 },
            { "author": "customer", "text": second, "label": u8::from(hard) },
        ]);
        lines += &serde_json::json!({ "id": number.to_string(), "turns": turns }).to_string();
        lines.push('\n');
    }
    fs::write(folder.path().join("past.jsonl"), lines).unwrap();
    let trained = baton(folder.path(), &["train", "timing", "--data", "past.jsonl", "--out", "own.timing"], "");
    assert!(said(&trained).contains("macro-F1"), "{}", said(&trained));
    let tested =
        baton(folder.path(), &["backtest", "past.jsonl", "--timing", "own.timing", "--picture", "sweep.svg"], "");
    assert!(tested.status.success(), "{}", said(&tested));
    assert!(said(&tested).contains("recall              100.0 %"), "{}", said(&tested));
    assert!(fs::read_to_string(folder.path().join("sweep.svg")).unwrap().contains("</svg>"));
    let unlabelled = baton(folder.path(), &["train", "timing", "--data", "none.jsonl", "--out", "x"], "");
    assert!(!unlabelled.status.success());
}

#[test]
fn two_policies_are_compared_on_the_same_past() {
    let folder = tempfile::tempdir().expect("a folder");
    let past = FAILED.replace("\"text\":\"Could you rephrase?\"", "\"text\":\"Could you rephrase?\",\"label\":1");
    fs::write(folder.path().join("past.jsonl"), past).unwrap();
    fs::write(folder.path().join("patient.yaml"), "policy:\n  failures_before_handoff: 4\n").unwrap();
    fs::write(folder.path().join("usual.yaml"), "policy:\n  failures_before_handoff: 2\n").unwrap();
    let arguments = ["backtest", "past.jsonl", "--policy", "usual.yaml", "--policy", "patient.yaml"];
    let output = baton(folder.path(), &arguments, "");
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("The policies differ on 1 of 1 conversations."), "{}", said(&output));
    assert!(
        said(&output).contains("the first hands off at turn 3, the second at turn 4; right: at turn 3"),
        "{}",
        said(&output)
    );
}

#[test]
fn requests_and_frustration_are_learned_from_ones_own_words_compared_and_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut lines = String::new();
    for thing in ["lamp", "chair", "table", "sofa", "mirror", "shelf", "carpet", "clock", "vase", "bed"] {
        for (text, label) in [
            (format!("zorbel about the {thing}"), 1),
            (format!("the {thing} needs a zorbel now"), 1),
            (format!("when does the {thing} come"), 0),
            (format!("what does the {thing} cost"), 0),
        ] {
            lines += &serde_json::json!({ "text": text, "label": label }).to_string();
            lines.push('\n');
        }
    }
    fs::write(folder.path().join("examples.jsonl"), lines).unwrap();
    let asked = r#"{"id":"a","turns":[{"author":"customer","text":"zorbel about the door"}]}"#;
    let judged = |arguments: &[&str]| -> Value {
        let output = baton(folder.path(), arguments, asked);
        assert!(output.status.success(), "{}", said(&output));
        serde_json::from_slice(&output.stdout).expect("a line of JSON")
    };
    for (lesson, signal) in [("explicit", "explicit_request"), ("frustration", "frustration")] {
        let trained = baton(folder.path(), &["train", lesson, "--data", "examples.jsonl", "--out", "own.model"], "");
        assert!(trained.status.success(), "{}", said(&trained));
        assert!(said(&trained).contains("what comes with Baton, on the same: "), "{}", said(&trained));
        let value = |judged: &Value| judged["turns"][0]["signals"][signal].as_f64().unwrap();
        let (before, after) =
            (value(&judged(&["assess"])), value(&judged(&["assess", &format!("--{lesson}"), "own.model"])));
        assert!(after > before + 0.2, "{lesson}: {before}, then {after}");
        // By the configuration it is the same.
        fs::write(folder.path().join("own.yaml"), format!("models: {{{lesson}: own.model}}\n")).unwrap();
        assert!((value(&judged(&["assess", "--policy", "own.yaml"])) - after).abs() < 1e-6);
    }
    let refused = baton(folder.path(), &["assess", "--explicit", "examples.jsonl"], asked);
    assert!(!refused.status.success() && said(&refused).contains("no Baton model"), "{}", said(&refused));
    if cfg!(not(feature = "onnx")) {
        fs::write(folder.path().join("meant.yaml"), "models:\n  embedding: minilm\n").unwrap();
        let refused = baton(folder.path(), &["assess", "--policy", "meant.yaml"], asked);
        assert!(
            said(&refused).contains("line 2, column 14: models.embedding: minilm: this program was built without"),
            "{}",
            said(&refused)
        );
    }
}
