//! Applying a configuration to a running server, and credentials from the command line.

use baton_api::wire::{
    AuthorKind, BotKeyView, ConfigView, ControllerName, ConversationView, HandBack, HandbackView, MeView, NoticeKind,
    PostMessage, Posted,
};
use reqwest::Method;
use serde_json::Value;

use crate::agent::Agent;
use crate::client::{NOTHING, refused};
use crate::customer::Customer;
use crate::document::{Document, Folder, PEOPLE};
use crate::program::{Ended, Server, password, passwords, run, run_with};

const API_BOT: &str = "helper: {kind: api, name: Helper}";

async fn started(folder: &Folder) -> Server {
    let database = folder.database();
    run(&["apply", &folder.config(), "--database", &database]).well();
    passwords(&database, &PEOPLE);
    Server::start(&database, &["--articles", &folder.articles()]).await
}

/// `baton apply` as somebody with a password, on a thread of its own.
async fn apply_as(server: &Server, file: &str, agent: &str, password: &str) -> Ended {
    let (site, file) = (server.site.base.clone(), file.to_owned());
    let (email, password) = (format!("{agent}@library.example"), password.to_owned());
    tokio::task::spawn_blocking(move || {
        run_with(&["apply", &file, "--server", &site, "--email", &email], &[("BATON_PASSWORD", &password)], "")
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn an_admin_changes_a_running_server() {
    let folder = Folder::with(&Document::default());
    let server = started(&folder).await;
    let config = folder.config();
    let sam = server.site.sign_in("sam").await;

    let same = apply_as(&server, &config, "sam", &password("sam")).await.well();
    assert!(same.contains("Nothing changed; version 1"), "{same}");
    let renamed = Document::default().text().replace("name: Ana,", "name: Anabel,");
    let renamed = folder.file("renamed.yaml", &renamed);
    let changed = apply_as(&server, &renamed, "sam", &password("sam")).await.well();
    assert!(changed.contains("Version 2 is applied"), "{changed}");
    let me: MeView = server.site.get("/v1/me", &server.site.sign_in("ana").await).await.unwrap();
    assert_eq!(me.name, "Anabel");
    let now: ConfigView = server.site.get("/v1/config", &sam).await.unwrap();
    assert_eq!((now.version, now.by.as_str()), (2, "agent:sam"));

    // Who may not, cannot; and what is wrong does not run.
    apply_as(&server, &config, "sam", "not the password").await.badly(&["sign in", "401", "password"]);
    apply_as(&server, &config, "nobody", &password("sam")).await.badly(&["sign in", "401"]);
    apply_as(&server, &config, "ana", &password("ana")).await.badly(&["apply the configuration"]);
    apply_as(&server, &config, "mira", &password("mira")).await.badly(&["apply the configuration"]);
    let broken = folder.file("broken.yaml", "organisation: [");
    apply_as(&server, &broken, "sam", &password("sam")).await.badly(&["broken.yaml: line 1, column "]);
    let still: ConfigView = server.site.get("/v1/config", &sam).await.unwrap();
    assert_eq!(still.version, 2);

    let address = server.site.base.clone();
    run(&["apply", &config, "--server", &address]).badly(&["--email", "BATON_PASSWORD"]);
    run(&["apply", &config, "--server", &address, "--email", "sam@library.example"]).badly(&["BATON_PASSWORD"]);
    server.stop().await;
    let gone = run_with(
        &["apply", &config, "--server", &address, "--email", "sam@library.example"],
        &[("BATON_PASSWORD", "any at all")],
        "",
    );
    gone.badly(&["sign in", &address]);
}

#[tokio::test]
async fn a_password_from_standard_input_lets_somebody_in_and_ends_their_sessions() {
    let folder = Folder::with(&Document::default());
    let database = folder.database();
    run(&["passwd", "ana", "--database", &database]).badly(&["too short", "10 characters"]);
    let too_early = run_with(&["passwd", "ana", "--database", &database], &[], "long enough a word\n");
    too_early.badly(&["no configuration", "baton apply"]);
    run(&["apply", &folder.config(), "--database", &database]).well();
    run_with(&["passwd", "ann", "--database", &database], &[], "long enough a word\n")
        .badly(&["no agent `ann`", "ana, jonas, mira, sam"]);
    run_with(&["passwd", "Not A Key", "--database", &database], &[], "long enough a word\n").badly(&["Not A Key"]);
    passwords(&database, &PEOPLE);

    let server = Server::start(&database, &[]).await;
    let ana = server.site.sign_in("ana").await;
    refused(server.site.try_sign_in("ana", "another word").await, 401, "sign_in_failed");
    // While the server runs, beside it.
    let set = run_with(&["passwd", "ana", "--database", &database], &[], "a much better word\n").well();
    assert!(set.contains("their other sessions have ended"), "{set}");
    assert!(server.site.try_sign_in("ana", "a much better word").await.is_ok());
    refused(server.site.try_sign_in("ana", &password("ana")).await, 401, "sign_in_failed");
    server.stop().await;
    // What the running server still remembered of the session is gone with it at the latest.
    let server = Server::start(&database, &[]).await;
    refused(server.site.get::<MeView>("/v1/me", &ana).await, 401, "unauthenticated");
    server.stop().await;
}

#[tokio::test]
async fn a_bot_with_a_key_answers_through_the_api_until_a_person_is_asked_for() {
    let folder = Folder::with(&Document { bots: API_BOT.to_owned(), ..Document::default() });
    let database = folder.database();
    run(&["apply", &folder.config(), "--database", &database]).well();
    passwords(&database, &PEOPLE);
    run(&["bot-key", "robot", "--database", &database]).badly(&["no bot `robot`"]);
    let key = run(&["bot-key", "helper", "--label", "night shift", "--database", &database]).well();
    let key = key.trim();
    let server = Server::start(&database, &[]).await;
    let mut tom = Customer::arrives(&server.site).await;
    let asked = tom.writes("How do I renew a loan?").await;
    let seen: ConversationView = server.site.conversation(tom.id, key).await.unwrap();
    assert!(seen.bot_owes);
    let say = |client_id: &str, text: &str, epoch: u64, in_reply_to| PostMessage {
        epoch: Some(epoch),
        in_reply_to,
        ..PostMessage::of_text(client_id, text)
    };
    let messages = tom.path("/messages");
    let answer = say("b1", "Press **Renew**.", seen.epoch, Some(asked));
    let (status, posted): (u16, Posted) =
        server.site.ask(Method::POST, &messages, Some(key), Some(&answer)).await.unwrap();
    assert_eq!(status, 201);
    let (status, again): (u16, Posted) =
        server.site.ask(Method::POST, &messages, Some(key), Some(&answer)).await.unwrap();
    assert_eq!((status, again.seq), (200, posted.seq), "sending twice is once");
    let (_, heard) = tom.socket.message(tom.id, "the bot", |said| said.author.kind == AuthorKind::Bot).await;
    assert_eq!(heard.in_reply_to, Some(asked));
    let twice = say("b2", "And again.", seen.epoch, Some(asked));
    refused(server.site.post::<Posted>(&messages, key, &twice).await, 409, "not_awaited");

    // A second question, and before the bot answers it, a person is asked for.
    let mut ana = Agent::arrives(&server.site, "ana").await;
    let second = tom.writes("And by telephone?").await;
    let epoch = server.site.conversation(tom.id, key).await.unwrap().epoch;
    tom.writes("I want to talk to a human").await;
    tom.told(NoticeKind::Queued).await;
    let late = say("b3", "I am late.", epoch, Some(second));
    refused(server.site.post::<Posted>(&messages, key, &late).await, 409, "stale_epoch");
    let unsaid = PostMessage { epoch: None, ..late.clone() };
    let problem = server.site.post::<Posted>(&messages, key, &unsaid).await.unwrap_err().problem();
    assert!((400..500).contains(&problem.status), "{problem:?}");
    // Nor with the epoch of now, once it has rung: it is not the bot's turn.
    let offer = ana.rings(tom.id).await;
    let epoch = server.site.conversation(tom.id, key).await.unwrap().epoch;
    let pushy = say("b4", "Still me.", epoch, None);
    refused(server.site.post::<Posted>(&messages, key, &pushy).await, 409, "not_in_control");
    let taken = ana.accepts(&offer).await;
    let pushy = say("b5", "Still me.", taken.epoch, None);
    refused(server.site.post::<Posted>(&messages, key, &pushy).await, 409, "not_in_control");

    // After the handback it is, with the new epoch and no other.
    let back = HandBack {
        epoch: taken.epoch,
        handback: HandbackView { facts: vec!["they have no telephone".to_owned()], ..HandbackView::default() },
        disposition: Some("answered".to_owned()),
    };
    let back: ConversationView = server.site.post(&tom.path("/handback"), &ana.token, &back).await.unwrap();
    assert_eq!(back.controller.kind, ControllerName::Bot);
    refused(server.site.post::<Posted>(&messages, key, &late).await, 409, "stale_epoch");
    let third = tom.writes("Thank you, and on Sundays?").await;
    let fresh =
        say("b6", "Closed on Sundays.", server.site.conversation(tom.id, key).await.unwrap().epoch, Some(third));
    server.site.post::<Posted>(&messages, key, &fresh).await.unwrap();
    let spoken: Vec<_> = tom
        .log()
        .await
        .into_iter()
        .filter_map(|event| {
            let baton_api::wire::EventKind::MessagePosted(said) = event.what else { return None };
            (said.author.kind == AuthorKind::Bot).then_some(said.text)
        })
        .collect();
    assert_eq!(spoken, ["Press **Renew**.", "Closed on Sundays."]);

    // A key that was revoked opens nothing.
    let sam = server.site.sign_in("sam").await;
    let keys: Vec<BotKeyView> = server.site.get("/v1/bot-keys", &sam).await.unwrap();
    assert_eq!(keys.iter().map(|key| key.label.as_str()).collect::<Vec<_>>(), ["night shift"]);
    let path = format!("/v1/bot-keys/{}", keys[0].id);
    server.site.ask::<Value>(Method::DELETE, &path, Some(&sam), NOTHING).await.unwrap();
    refused(server.site.conversation(tom.id, key).await, 401, "unauthenticated");
    server.stop().await;
}
