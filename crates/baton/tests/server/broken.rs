//! What is wrong is said before the first request: what, where, and how to mend it.

use std::fs;
use std::net::TcpListener;

use baton_testkit::{Postgres, skipped};

use crate::document::{Document, Folder};
use crate::program::{Server, run, run_with};

/// A port of this machine where nobody listens.
fn nobody_here() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_database_that_is_not_there_is_not_made_by_looking() {
    let folder = Folder::empty();
    let database = folder.database();
    run(&["doctor", "--database", &database]).badly(&["baton.db is not there", "baton serve"]);
    assert!(!std::path::Path::new(&database).exists());
    let nowhere = folder.at("no/such/folder/baton.db");
    run(&["doctor", "--database", &nowhere]).badly(&["baton.db is not there"]);
    run(&["serve", "--database", &nowhere]).badly(&["no/such/folder does not exist", "create it"]);
    for command in ["doctor", "serve"] {
        let said =
            run(&[command, "--database", "mysql://root:s3cret@db/x"]).badly(&["mysql://", "postgres://user@host/name"]);
        assert!(!said.contains("s3cret"), "{said}");
    }
}

#[test]
fn a_foreign_file_is_left_as_it_is() {
    let folder = Folder::with(&Document::default());
    let text = folder.file("letter.txt", &"Dear library, I have lost my card. ".repeat(100));
    let before = fs::read(&text).unwrap();
    for command in [vec!["doctor"], vec!["serve"], vec!["passwd", "ana"], vec!["apply", &folder.config()]] {
        let mut arguments = command.clone();
        arguments.extend(["--database", &text]);
        run(&arguments).badly(&["letter.txt", "no SQLite database", "name another file"]);
    }
    assert_eq!(fs::read(&text).unwrap(), before);

    let other = folder.at("other.db");
    let connection = rusqlite::Connection::open(&other).unwrap();
    connection.execute_batch("CREATE TABLE loans (book TEXT); INSERT INTO loans VALUES ('Ulysses')").unwrap();
    drop(connection);
    run(&["serve", "--database", &other]).badly(&["other.db", "belongs to another program", "name another file"]);
    let connection = rusqlite::Connection::open(&other).unwrap();
    let tables: i64 = connection.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
    assert_eq!(tables, 1);
}

#[test]
fn a_database_of_a_newer_baton_is_not_touched() {
    let folder = Folder::with(&Document::default());
    let database = folder.database();
    run(&["apply", &folder.config(), "--database", &database]).well();
    let connection = rusqlite::Connection::open(&database).unwrap();
    assert_eq!(connection.execute("UPDATE meta SET value = '999' WHERE key = 'schema_version'", []).unwrap(), 1);
    drop(connection);
    for command in ["serve", "doctor"] {
        run(&[command, "--database", &database]).badly(&[
            "newer Baton",
            "schema version 999",
            "Start the newer program",
        ]);
    }
}

#[test]
fn a_postgresql_that_is_not_there_is_said_without_the_password() {
    let url = format!("postgres://clerk:s3cret-word@127.0.0.1:{}/desk", nobody_here());
    for command in ["serve", "doctor"] {
        let said = run(&[command, "--database", &url]).badly(&["127.0.0.1", "desk", "clerk", "start the server"]);
        assert!(!said.contains("s3cret-word"), "{said}");
    }
    let odd = "postgres://clerk:s3cret-word@127.0.0.1:notaport/desk";
    let said = run(&["doctor", "--database", odd]).badly(&["postgres://USER:PASSWORD@HOST"]);
    assert!(!said.contains("s3cret-word"), "{said}");
}

#[test]
fn a_postgresql_without_the_database_says_how_to_make_it() {
    let postgres = match Postgres::start() {
        Ok(postgres) => postgres,
        Err(why) => return skipped("a PostgreSQL without the database", &why),
    };
    let url = postgres.url();
    let server = url.strip_suffix("/postgres").expect("the address ends with the database");
    run(&["serve", "--database", &format!("{server}/desk")]).badly(&["desk", "createdb desk"]);
    let empty = postgres.database().unwrap();
    run(&["serve", "--database", &empty]).badly(&["configuration", "baton apply"]);
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let folder = Folder::with(&Document::default());
    let database = folder.database();
    run(&["apply", &folder.config(), "--database", &database]).well();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = other.local_addr().unwrap().to_string();
    let ended = Server::try_start(&database, &["--listen", &taken]).await.err().expect("the port is taken");
    ended.badly(&[&taken, "another program", "--listen"]);
}

#[test]
fn a_server_without_a_configuration_says_how_to_give_one() {
    let folder = Folder::empty();
    let database = folder.database();
    run(&["serve", "--database", &database]).badly(&["no configuration", "baton apply"]);
    run(&["doctor", "--database", &database]).badly(&["no configuration", "baton apply"]);
    run(&["serve", "--database", &database, "--config", &folder.at("absent.yaml")]).badly(&["absent.yaml"]);
    run(&["serve", "--database", &database, "--token-secret", "abc"]).badly(&["64 hexadecimal digits"]);
}

/// The document with one line changed, and the line and column at which the change begins.
fn broken(from: &str, to: &str) -> (String, String) {
    let text = Document { more: RULE.to_owned(), ..Document::default() }.text();
    let place = text.find(from).unwrap_or_else(|| panic!("`{from}` is not in the document"));
    let line = text[..place].matches('\n').count() + 1;
    (text.replacen(from, to, 1), format!("line {line}, column "))
}

const RULE: &str = "rules:
  legal:
    when: topic == \"legal\"
    then: hand_off
    queue: desk
";

#[test]
fn a_configuration_with_a_fault_is_refused_with_its_line() {
    let cases: [(&str, &str, &[&str]); 9] = [
        ("default_queue: desk", "default_queue: [desk", &[]),
        ("default_queue: desk", "default_queue: counter", &["default_queue", "no queue `counter`", "known are: desk"]),
        ("organisation: City", "organization: City", &["organization"]),
        ("    when: topic == \"legal\"", "    when: topic = \"legal\"", &["rules.legal.when"]),
        ("    when: topic == \"legal\"", "    when: subject == \"legal\"", &["rules.legal.when", "subject"]),
        ("    queue: desk", "    queue: lawyers", &["rules.legal.queue", "no queue `lawyers`", "known are: desk"]),
        ("ring_s: 600", "ring_s: soon", &["not a whole number"]),
        (
            "helper: {kind: knowledge, name: Helper}",
            "helper: {kind: webhook, name: Helper, url: \"https://bot.example\", secret: \"env:BATON_TEST_ABSENT\"}",
            &["bots.helper.secret", "`BATON_TEST_ABSENT` is not set", "set it before the start"],
        ),
        ("role: admin", "role: agent", &["nobody is an admin", "role: admin"]),
    ];
    let folder = Folder::empty();
    let database = folder.database();
    for (from, to, words) in cases {
        let (text, place) = broken(from, to);
        let file = folder.file("broken.yaml", &text);
        let place = match from {
            // Said of the section, which begins before the agent that could be one.
            "role: admin" => String::from("line "),
            // A list that never ends is noticed where something else should be.
            _ if to.contains("[desk") => String::from("line "),
            _ => place,
        };
        let mut all = vec!["broken.yaml: ", place.as_str()];
        all.extend(words);
        run(&["apply", &file, "--check"]).badly(&all);
        run(&["apply", &file, "--database", &database]).badly(&all);
        run(&["serve", "--config", &file, "--database", &database]).badly(&all);
    }
    // Nothing of it was applied.
    run(&["doctor", "--database", &database]).badly(&["no configuration"]);
}

#[test]
fn all_faults_are_said_at_once() {
    let folder = Folder::empty();
    let text = Document::default()
        .text()
        .replace("ring_s: 600", "ring_s: 1")
        .replace("default_queue: desk", "default_queue: x");
    let file = folder.file("broken.yaml", &text);
    run(&["apply", &file, "--check"]).badly(&["default_queue", "queues.desk.ring_s", "1 seconds is outside 3 to 600"]);
}

#[test]
fn a_secret_from_the_environment_is_read_and_never_said() {
    let folder = Folder::empty();
    let bots = "helper: {kind: webhook, name: Helper, url: \"https://bot.example\", secret: \"env:LIBRARY_SECRET\"}";
    let file = folder.file("baton.yaml", &Document { bots: bots.to_owned(), ..Document::default() }.text());
    let right = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    run_with(&["apply", &file, "--check"], &[("LIBRARY_SECRET", right)], "").well();
    let said = run_with(&["apply", &file, "--check"], &[("LIBRARY_SECRET", "sesame-open")], "")
        .badly(&["bots.helper.secret", "whsec_"]);
    assert!(!said.contains("sesame-open"), "{said}");
}

#[test]
fn the_command_line_explains_itself() {
    let unknown = run(&["serve", "--databse", "x.db"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("--databse") && unknown.err.contains("--database"), "{}", unknown.err);
    assert_eq!(run(&["sevre"]).code, Some(2));
    assert_eq!(run(&["serve", "--listen", "everywhere"]).code, Some(2));
    assert_eq!(run(&["apply", "x.yaml", "--email", "sam@library.example"]).code, Some(2));
    for command in ["serve", "demo", "apply", "passwd", "bot-key", "doctor", "openapi", "schema"] {
        assert!(run(&["--help"]).well().contains(command));
        let help = run(&[command, "--help"]).well();
        assert!(help.contains("Usage:") && !help.contains("rate-limits"), "{help}");
    }
    assert!(run(&["--version"]).well().starts_with("baton "));
    let openapi: serde_json::Value = serde_json::from_str(&run(&["openapi"]).well()).unwrap();
    assert!(openapi["openapi"].as_str().unwrap().starts_with("3.1"));
    let schema: serde_json::Value = serde_json::from_str(&run(&["schema"]).well()).unwrap();
    assert!(schema["properties"]["queues"].is_object());
}
