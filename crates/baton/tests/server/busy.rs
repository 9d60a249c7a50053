//! The busy demo as somebody who only looks: it fills the floor by itself, says what it is, and leaves nothing open.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use baton_api::wire::{CustomerSession, CustomerSessionRequest, FloorView, MeView, SignIn, SignedIn, Transport};
use reqwest::Method;
use rusqlite::Connection;
use serde::Deserialize;

use crate::client::Site;
use crate::program::PATIENCE;

#[derive(Deserialize)]
struct Row {
    email: String,
    password: String,
    role: String,
}

#[tokio::test]
async fn the_busy_demo_fills_the_floor_says_what_it_is_and_closes_what_it_began() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let mut demo = Command::new(env!("CARGO_BIN_EXE_baton"))
        .args(["demo", "--busy", "--seed", "5", "--pace", "30", "--for-s", "14", "--listen", "127.0.0.1:0"])
        .args(["--data", &data])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines().map_while(Result::ok);
    let address = lines.find_map(|line| Some(line.split_once("The console")?.1.trim().to_owned()));
    let site = Site::new(address.expect("it says where the console is").trim_end_matches("/console/"));
    // Reads to the end, so that the program can go on writing, and waits for it.
    let ended = tokio::task::spawn_blocking(move || {
        lines.for_each(drop);
        demo.wait()
    });

    // The people to play are offered, the scripted ones not.
    let rows: Vec<Row> = site.ask(Method::GET, "/console/demo-sign-ins.json", None, Some(&())).await.unwrap().1;
    assert!(rows.iter().all(|row| !row.email.starts_with("quinn") && !row.email.starts_with("sloan")));
    let mira = rows.iter().find(|row| row.role == "supervisor").unwrap();
    let request = SignIn { email: mira.email.clone(), password: mira.password.clone(), transport: Transport::Bearer };
    let signed_in: SignedIn = site.ask(Method::POST, "/v1/session", None, Some(&request)).await.unwrap().1;
    let token = signed_in.token.unwrap();

    // Every screen is told.
    let me: MeView = site.get("/v1/me", &token).await.unwrap();
    assert!(me.demonstration);
    let request = CustomerSessionRequest {
        channel: "website".to_owned(),
        refresh_token: None,
        identity_token: None,
        consent: false,
    };
    let session: CustomerSession =
        site.ask(Method::POST, "/v1/customer-sessions", None, Some(&request)).await.unwrap().1;
    assert!(session.channel.demonstration);

    let floor: FloorView = site.get("/v1/floor", &token).await.unwrap();
    assert!(floor.agents.iter().any(|agent| agent.agent == "quinn"), "{floor:?}");

    let status = tokio::time::timeout(PATIENCE, ended).await.expect("it ends by itself").unwrap().unwrap();
    assert!(status.success(), "{status}");

    let database = Connection::open(folder.path().join("data/baton.db")).unwrap();
    let count = |text: &str| database.query_row(text, [], |row| row.get::<_, i64>(0)).unwrap();
    let begun = count("SELECT count(*) FROM head");
    assert!(begun >= 10, "{begun} customers came");
    assert_eq!(count("SELECT count(*) FROM head WHERE controller <> 'closed'"), 0, "of {begun}");
    let accepted = count("SELECT count(*) FROM handoff WHERE accepted_at_ms IS NOT NULL");
    assert!(accepted >= 2, "{accepted} handoffs were accepted");
    assert_eq!(count("SELECT count(*) FROM slot"), 0);
    let at_work = "SELECT count(*) FROM agent_state WHERE availability <> 'offline'";
    assert_eq!(count(at_work), 0);
}
