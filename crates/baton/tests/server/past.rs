//! A deployment looks at its own past: conversations that it stored, with what came of them as the label.

use baton_api::wire::AuthorKind;

use crate::agent::Agent;
use crate::customer::Customer;
use crate::document::{Document, Folder, PEOPLE};
use crate::program::{Server, passwords, run};

#[tokio::test]
async fn the_conversations_that_were_stored_are_a_past_to_try_policies_on() {
    let folder = Folder::with(&Document::default());
    let database = folder.database();
    run(&["apply", &folder.config(), "--database", &database]).well();
    run(&["backtest", "--database", &database]).badly(&["none of the 0 conversations has a turn with a label"]);
    passwords(&database, &PEOPLE);
    let server = Server::start(&database, &["--articles", &folder.articles()]).await;
    let mut ana = Agent::arrives(&server.site, "ana").await;
    // One is answered by the bot, one by Ana, and one asks and leaves before anybody takes it.
    for _ in 0..2 {
        let mut reader = Customer::arrives(&server.site).await;
        reader.writes("How long can I keep a book?").await;
        reader.socket.message(reader.id, "the bot", |said| said.author.kind == AuthorKind::Bot).await;
    }
    let mut tom = Customer::arrives(&server.site).await;
    tom.writes("I want to talk to a person").await;
    let offer = ana.rings(tom.id).await;
    ana.accepts(&offer).await;
    server.stop().await;

    let picture = folder.at("sweep.svg");
    let said = run(&["backtest", "--database", &database, "--picture", &picture]).well();
    assert!(said.contains("With the default policy: 3 conversations, 1 needed a person"), "{said}");
    assert!(said.contains("recall              100.0 %") && said.contains("explicit_request"), "{said}");
    assert!(said.contains("needless handoffs   0.0 %"), "{said}");
    assert!(std::fs::read_to_string(&picture).unwrap().contains("</svg>"));

    let keen = folder.file("keen.yaml", "rules:\n  all: {when: 'true', then: hand_off}\n");
    let usual = folder.config();
    let said = run(&["backtest", "--database", &database, "--policy", &usual, "--policy", &keen]).well();
    assert!(said.contains("The policies differ on 2 of 3 conversations."), "{said}");
    assert!(said.contains("How long can I keep a book?"), "it is there to read: {said}");
    let wrong = folder.file("wrong.yaml", "policy:\n  frustration_threshold: 7\n");
    run(&["backtest", "--database", &database, "--policy", &wrong]).badly(&["line 2", "between 0 and 1"]);
}

#[test]
fn transcripts_with_wrong_fields_are_refused_with_line_and_field() {
    let folder = Folder::empty();
    let right =
        r#"{"id":"a","turns":[{"author":"customer","text":"hi","label":0},{"author":"bot","text":"hello","label":0}]}"#;
    for (wrong, field) in [
        (right.replace("\"bot\"", "\"robot\""), "turns[1].author: is `robot`, it must be customer, bot or agent"),
        (right.replace("\"label\":0}]", "\"label\":2}]"), "turns[1].label: "),
        (right.replace("\"text\":\"hello\"", "\"text\":7"), "turns[1].text: "),
        (right.replace("\"turns\"", "\"turn\""), "turn"),
        (right.replace("\"a\"", "{}"), "id: "),
        ("[1]".to_owned(), "the line"),
        ("{\"id\":\"a\",\"turns\":[".to_owned(), "the line"),
    ] {
        let file = folder.file("past.jsonl", &format!("{right}\n\n{wrong}\n"));
        run(&["backtest", &file]).badly(&["line 3", field]);
        let lesson = ["train", "timing", "--data", &file, "--out", &folder.at("own.timing")];
        run(&lesson).badly(&["line 3", field]);
    }
}
