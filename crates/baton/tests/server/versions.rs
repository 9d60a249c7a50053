//! The configuration as code: a plan before it, versions after it, and the way back; in a database and at a server.

use baton_api::wire::{ConfigDifferenceView, ConfigPlanView, ConfigView};
use serde_json::{Value, json};

use crate::client::refused;
use crate::customer::Customer;
use crate::document::{Document, Folder, PEOPLE};
use crate::program::{Ended, Server, password, passwords, run, run_with};

/// A second queue, which nobody of the first document knows.
const NIGHT: &str = "  night: {name: Night desk, ring_s: 40}\n";

fn with_night(document: &Document) -> String {
    document
        .text()
        .replace("agents:\n", &format!("{NIGHT}agents:\n"))
        .replace("queues: [desk]", "queues: [desk, night]")
}

/// A command as an admin of a running server, on a thread of its own.
async fn as_sam(server: &Server, arguments: &[&str]) -> Ended {
    let site = server.site.base.clone();
    let mut arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
    arguments.extend(["--server".to_owned(), site, "--email".to_owned(), "sam@library.example".to_owned()]);
    tokio::task::spawn_blocking(move || {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        run_with(&arguments, &[("BATON_PASSWORD", &password("sam"))], "")
    })
    .await
    .unwrap()
}

#[test]
fn a_database_is_planned_changed_and_brought_back() {
    let folder = Folder::with(&Document::default());
    let (database, config) = (folder.database(), folder.config());
    run(&["plan", &config, "--database", &database]).badly(&["baton.db is not there"]);
    run(&["apply", &config, "--database", &database, "--note", "as we open"]).well();
    let same = run(&["plan", &config, "--database", &database]).well();
    assert!(same.contains("It says the same as version 1") && same.contains("No handoff waits"), "{same}");

    let commented =
        format!("# Two desks since autumn.\n{}", with_night(&Document { ring_s: 30, ..Document::default() }));
    let file = folder.file("night.yaml", &commented);
    let plan = run(&["plan", &file, "--database", &database]).well();
    for line in [
        "Against version 1, which runs:",
        "  ~ agent ana",
        "      queues: +\"night\"",
        "  ~ queue desk",
        "      ring_s: 600 → 30",
        "  + queue night",
        "      name: \"Night desk\"",
    ] {
        assert!(plan.contains(line), "{line}: {plan}");
    }
    let plan: ConfigPlanView =
        serde_json::from_str(&run(&["plan", &file, "--database", &database, "--json"]).well()).unwrap();
    assert_eq!((plan.against, plan.changes.len(), plan.waiting), (1, 4, 0));

    run(&["apply", &file, "--database", &database]).well();
    assert_eq!(run(&["export", "config", "--database", &database]).well(), commented, "comments and all");
    let first = run(&["export", "config", "--version", "1", "--database", &database]).well();
    assert_eq!(first, Document::default().text());
    let difference = run(&["config", "diff", "--database", &database]).well();
    assert!(difference.contains("From version 1 to version 2") && difference.contains("+ queue night"), "{difference}");

    let back = run(&["rollback", "--database", &database]).well();
    assert!(back.contains("Version 3 is applied"), "{back}");
    assert_eq!(run(&["export", "config", "--database", &database]).well(), first);
    let versions = run(&["config", "versions", "--database", &database]).well();
    let lines: Vec<&str> = versions.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].contains("    3  ") && lines[0].ends_with("back to version 1"), "{versions}");
    assert!(lines[2].contains("command line") && lines[2].ends_with("as we open"), "{versions}");
    let nothing = run(&["config", "diff", "1", "3", "--database", &database]).well();
    assert!(nothing.contains("Versions 1 and 3 say the same."), "{nothing}");
    run(&["rollback", "9", "--database", &database]).badly(&["no version 9"]);
    let broken = folder.file("broken.yaml", &commented.replace("ring_s: 40", "ring_s: 4000"));
    run(&["plan", &broken, "--database", &database])
        .badly(&["broken.yaml: line 11", "4000 seconds is outside 3 to 600"]);
}

#[tokio::test]
async fn a_running_server_says_what_a_change_does_to_those_who_wait() {
    let folder = Folder::with(&Document::default());
    let database = folder.database();
    let night = folder.file("night.yaml", &with_night(&Document::default()));
    run(&["apply", &night, "--database", &database]).well();
    passwords(&database, &PEOPLE);
    let server = Server::start(&database, &["--articles", &folder.articles()]).await;
    let sam = server.site.sign_in("sam").await;
    let tom = Customer::arrives(&server.site).await;
    let ask = json!({"handoff": uuid::Uuid::now_v7(), "needs": {"queue": "night"}});
    server.site.post::<Value>(&tom.path("/handoff"), &tom.token, &ask).await.unwrap();

    // The night desk goes: whoever waits there waits at the desk, in a place of their own.
    let text = as_sam(&server, &["plan", &folder.config()]).await.well();
    assert!(text.contains("- queue night") && text.contains("moves from night to desk, place 1 → 1"), "{text}");
    let request = json!({"document": Document::default().text()});
    let plan: ConfigPlanView = server.site.post("/v1/config/plan", &sam, &request).await.unwrap();
    assert_eq!((plan.against, plan.waiting, plan.effects.len()), (1, 1, 1));
    assert_eq!((plan.effects[0].now.queue.as_str(), plan.effects[0].then.queue.as_str()), ("night", "desk"));
    let still: ConfigView = server.site.get("/v1/config", &sam).await.unwrap();
    assert_eq!(still.version, 1, "a plan changes nothing");

    as_sam(&server, &["apply", &folder.config(), "--note", "no more nights"]).await.well();
    let versions: Vec<ConfigView> = server.site.get("/v1/config/versions", &sam).await.unwrap();
    let told: Vec<_> = versions.iter().map(|version| (version.version, version.note.as_deref())).collect();
    assert_eq!(told, [(2, Some("no more nights")), (1, None)]);
    let older: Vec<ConfigView> = server.site.get("/v1/config/versions?before=2&limit=5", &sam).await.unwrap();
    assert_eq!(older.len(), 1);
    let first: ConfigView = server.site.get("/v1/config/versions/1", &sam).await.unwrap();
    assert!(first.document.contains("Night desk"));
    refused(server.site.get::<ConfigView>("/v1/config/versions/7", &sam).await, 404, "not_found");
    let difference: ConfigDifferenceView = server.site.get("/v1/config/difference?from=1&to=2", &sam).await.unwrap();
    assert!(difference.changes.iter().any(|change| change.key.as_deref() == Some("night")));

    let broken = json!({"document": "organisation: [", "note": "oops"});
    let problem = server.site.put::<Value>("/v1/config", &sam, &broken).await.unwrap_err().problem();
    assert_eq!((problem.code.as_str(), problem.faults[0].line), ("invalid_configuration", 1));
    let stale = json!({"version": 1, "expected_version": 1});
    refused(server.site.post::<Value>("/v1/config/rollback", &sam, &stale).await, 409, "version_conflict");
    let back = as_sam(&server, &["rollback"]).await.well();
    assert!(back.contains("Version 3 is applied"), "{back}");
    assert_eq!(as_sam(&server, &["export", "config"]).await.well(), first.document);
    server.stop().await;
}
