//! A queue that shows its handoffs to everybody, how a handoff is explained, and what a monitor reads.

use baton_api::wire::{
    ControllerName, ConversationView, EstimateView, ExplanationView, NoticeKind, ServerFrame, TakeableView,
};
use reqwest::Method;
use serde_json::json;

use crate::agent::Agent;
use crate::client::refused;
use crate::customer::Customer;
use crate::document::{Document, Folder, PEOPLE};
use crate::program::{Server, password, passwords, run, run_with};

#[tokio::test]
async fn the_first_who_takes_it_has_it_and_everything_about_it_can_be_explained() {
    let folder = Folder::empty();
    let shown = Document::default().text().replace("ring_s: 600", "ring_s: 600, delivery: broadcast");
    let config = folder.file("baton.yaml", &shown);
    let database = folder.database();
    run(&["apply", &config, "--database", &database]).well();
    passwords(&database, &PEOPLE);
    let server = Server::start(&database, &[]).await;
    let mut ana = Agent::arrives(&server.site, "ana").await;
    let jonas = Agent::arrives(&server.site, "jonas").await;
    let mut tom = Customer::arrives(&server.site).await;
    tom.writes("I want to talk to a human").await;
    tom.told(NoticeKind::Queued).await;
    let id = tom.id;
    let frame = ana
        .socket
        .until("it is shown", |frame| {
            let ServerFrame::Takeable(shown) = frame else { return None };
            (shown.takeable.conversation == id).then(|| shown.takeable.clone())
        })
        .await;
    assert!(frame.broadcast);
    let listed: Vec<TakeableView> = server.site.get("/v1/takeable", &jonas.token).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.handoff).collect::<Vec<_>>(), [frame.handoff]);

    let explain = format!("/v1/handoffs/{}/explanation", frame.handoff);
    let waiting: ExplanationView = server.site.get(&explain, &ana.token).await.unwrap();
    assert_eq!(waiting.waiting.expect("it waits").place, 1);
    refused(server.site.get::<ExplanationView>(&explain, &tom.token).await, 404, "not_found");

    let take = format!("/v1/handoffs/{}/take", frame.handoff);
    let taken: ConversationView = server.site.order(Method::POST, &take, &jonas.token).await.unwrap();
    assert_eq!(taken.controller.kind, ControllerName::Agent);
    refused(server.site.order::<ConversationView>(Method::POST, &take, &ana.token).await, 409, "not_waiting");
    let again: ConversationView = server.site.order(Method::POST, &take, &jonas.token).await.unwrap();
    assert_eq!(again.seq, taken.seq, "taking twice is once");
    refused(server.site.order::<ConversationView>(Method::POST, &take, &tom.token).await, 404, "not_found");
    ana.socket
        .until(
            "it is gone",
            |frame| if let ServerFrame::TakeableGone(gone) = frame { Some(gone.handoff) } else { None },
        )
        .await;
    tom.told(NoticeKind::AgentJoined).await;

    let sam = server.site.sign_in("sam").await;
    let metrics = server.site.http.get(format!("{}/metrics", server.site.base)).bearer_auth(&sam).send().await.unwrap();
    let metrics = metrics.text().await.unwrap();
    for line in [
        "baton_handoffs_waiting{queue=\"desk\"} 0",
        "baton_handoffs_total{queue=\"desk\",event=\"accepted\"} 1",
        "baton_assignments_total{how=\"taken\"} 1",
        "baton_agents_connected 2",
    ] {
        assert!(metrics.lines().any(|found| found == line), "{line}: {metrics}");
    }
    refused(server.site.get::<String>("/metrics", &ana.token).await, 404, "not_found");
    let estimates: Vec<EstimateView> = server.site.get("/v1/reports/estimates", &sam).await.unwrap();
    assert_eq!(estimates[0].queue, "desk");

    // On the command line, at the server and in the database beside it.
    let (site, handoff) = (server.site.base.clone(), frame.handoff.to_string());
    let database_again = database.clone();
    tokio::task::spawn_blocking(move || {
        let email = "sam@library.example";
        let at_server = ["explain", &handoff, "--server", &site, "--email", email];
        let said = run_with(&at_server, &[("BATON_PASSWORD", &password("sam"))], "").well();
        assert!(said.contains("taken by jonas") && said.contains("in queue desk"), "{said}");
        let said = run(&["explain", &handoff, "--database", &database_again]).well();
        assert!(said.contains("taken by jonas"), "{said}");
        let json = run(&["explain", &handoff, "--database", &database_again, "--json"]).well();
        assert!(serde_json::from_str::<ExplanationView>(&json).is_ok(), "{json}");
        let absent = uuid::Uuid::nil().to_string();
        run(&["explain", &absent, "--database", &database_again]).badly(&["there is no handoff"]);
    })
    .await
    .unwrap();
    let priority = json!({"priority": 5, "reason": "too late"});
    let path = format!("/v1/conversations/{id}/priority");
    refused(server.site.post::<ConversationView>(&path, &sam, &priority).await, 409, "not_waiting");
    server.stop().await;
}
