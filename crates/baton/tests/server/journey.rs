//! The eight steps, from the customer's first message to the last disposition, with restarts between, on both databases.

use std::time::Duration;

use baton_api::wire::{
    ActionName, AnswerSurvey, AuthorKind, AvailabilityView, BriefView, CheckAvailability, ClientFrame,
    CloseConversation, ControllerName, ConversationView, DecisionView, EndWrapUp, EventKind, EventView, HandbackView,
    MarkFrame, NeedsView, NoticeKind, PostNote, Posted, RequestHandoff, ServerFrame, Transfer, TypingFrame,
    VerdictName,
};
use baton_testkit::{Postgres, skipped};
use reqwest::Method;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::agent::Agent;
use crate::client::{NOTHING, refused};
use crate::customer::Customer;
use crate::document::{Document, Folder, PEOPLE};
use crate::program::{Server, passwords, run};
use crate::socket::Closed;

#[tokio::test]
async fn a_customer_is_handed_to_a_person_and_back_on_sqlite() {
    let folder = Folder::with(&Document { capacity: 1, ..Document::default() });
    journey(&folder, &folder.database()).await;
}

#[tokio::test]
async fn a_customer_is_handed_to_a_person_and_back_on_postgresql() {
    let postgres = match Postgres::start() {
        Ok(postgres) => postgres,
        Err(why) => return skipped("the journey on PostgreSQL", &why),
    };
    let folder = Folder::with(&Document { capacity: 1, ..Document::default() });
    journey(&folder, &postgres.url()).await;
}

#[allow(clippy::too_many_lines)] // One story, told in its order.
async fn journey(folder: &Folder, database: &str) {
    run(&["apply", &folder.config(), "--database", database]).well();
    passwords(database, &PEOPLE);
    let articles = folder.articles();
    let start = async || Server::start(database, &["--articles", &articles]).await;
    let server = start().await;

    // The bot answers from the articles and says where it has it from; what it does not know it says.
    let plan = Map::from_iter([("plan".to_owned(), json!("family"))]);
    let mut tom = Customer::arrives_with(&server.site, plan).await;
    let first = tom.writes("How do I renew a loan?").await;
    let (_, answer) = tom.socket.message(tom.id, "the bot's answer", |said| said.author.kind == AuthorKind::Bot).await;
    assert_eq!((answer.knew, answer.in_reply_to), (Some(true), Some(first)));
    assert!(answer.text.contains("press Renew"), "{}", answer.text);
    assert_eq!(answer.author.name, "Helper");
    assert!(answer.sources.iter().any(|source| source.href.contains("loans")), "{:?}", answer.sources);
    tom.writes("Can you repair my bicycle?").await;
    let (_, unknown) = tom.socket.message(tom.id, "its limits", |said| said.author.kind == AuthorKind::Bot).await;
    assert_eq!(unknown.knew, Some(false), "{}", unknown.text);

    // Nobody promises anything before somebody is there.
    assert!(!availability(&tom).await.available);
    let mut ana = Agent::arrives(&server.site, "ana").await;
    let promised = availability(&tom).await;
    assert!(promised.available && promised.queue == "desk", "{promised:?}");

    // "I want to talk to a person": told at once that one comes and at which place.
    let asked = tom.writes("I want to talk to a person").await;
    let notice = tom.told(NoticeKind::Queued).await;
    assert_eq!(notice.position, Some(1), "{notice:?}");
    assert_eq!(notice.wait, None, "there is no ground for an estimate yet");
    assert_eq!(tom.view().await.controller.kind, ControllerName::Queued);

    // The console rings with the whole story before Ana says yes.
    let offer = ana.rings(tom.id).await;
    let brief = &offer.brief;
    assert_eq!(brief.why.iter().map(|trigger| trigger.code.as_str()).collect::<Vec<_>>(), ["explicit_request"]);
    assert_eq!(brief.written_by, "extractive");
    assert!(!brief.issue.text.is_empty() && !brief.summary.is_empty(), "{brief:?}");
    assert!(brief.summary.iter().all(|sentence| !sentence.messages.is_empty()), "every sentence is cited");
    assert!(brief.tried.iter().any(|tried| tried.worked == "did_not_know"), "{:?}", brief.tried);
    assert!(brief.through >= asked && brief.messages >= 5, "{brief:?}");
    assert_eq!(brief.customer.as_ref().unwrap().attributes["plan"], "family");
    let decisions: Vec<DecisionView> =
        server.site.get(&format!("/v1/handoffs/{}/decisions", offer.handoff), &ana.token).await.unwrap();
    assert!(decisions.iter().any(|decision| decision.chosen.as_deref() == Some("ana")), "{decisions:?}");
    assert!(
        decisions
            .iter()
            .any(|decision| decision.considered.iter().any(|one| one.agent == "jonas" && one.why_not.is_some())),
        "{decisions:?}"
    );

    // Somebody who asks meanwhile is behind them, and moves up when Ana has said yes.
    let mut lea = Customer::arrives(&server.site).await;
    lea.writes("Please give me a real human").await;
    assert_eq!(lea.told(NoticeKind::Queued).await.position, Some(2));
    let taken = ana.accepts(&offer).await;
    let lea_id = lea.id;
    lea.socket
        .until("the first place", |frame| {
            let ServerFrame::Place(place) = frame else { return None };
            (place.conversation == lea_id && place.place.position == 1).then_some(())
        })
        .await;
    let stays: ConversationView = server.site.order(Method::DELETE, &lea.path("/handoff"), &lea.token).await.unwrap();
    assert_eq!(stays.controller.kind, ControllerName::Bot, "Lea stays with the bot");

    // Ana is in the same thread: messages, typing and marks go both ways.
    let joined = tom.told(NoticeKind::AgentJoined).await;
    assert!(joined.agent_name.as_deref() == Some("Ana") && joined.text.contains("Ana"), "{joined:?}");
    ana.socket.follow(tom.id, 0).await.unwrap();
    tom.socket.say(ClientFrame::Typing(TypingFrame { conversation: tom.id, typing: true })).await.unwrap();
    assert_eq!(typist(&mut ana.socket, tom.id).await, AuthorKind::Customer);
    ana.socket.say(ClientFrame::Typing(TypingFrame { conversation: tom.id, typing: true })).await.unwrap();
    assert_eq!(typist(&mut tom.socket, tom.id).await, AuthorKind::Agent);
    let hello = ana.writes(&taken, "Hello, I read that it is about your bicycle.").await.unwrap();
    let (seen, said) = tom.socket.message(tom.id, "Ana's words", |said| said.author.kind == AuthorKind::Agent).await;
    assert_eq!((seen, said.author.name.as_str(), said.author.agent.as_deref()), (hello, "Ana", None));
    let mark = MarkFrame { conversation: tom.id, delivered: Some(hello), read: Some(hello) };
    tom.socket.say(ClientFrame::Mark(mark)).await.unwrap();
    ana.socket.marks(tom.id, "that Tom has read it", |marks| marks.customer_read == hello).await;
    let thanks = tom.writes("Yes, it is locked to your rack").await;
    let (heard, _) = ana.socket.message(tom.id, "Tom's words", |said| said.text.contains("rack")).await;
    assert_eq!(heard, thanks);
    let mark = MarkFrame { conversation: tom.id, delivered: Some(thanks), read: Some(thanks) };
    ana.socket.say(ClientFrame::Mark(mark)).await.unwrap();
    tom.marks("that Ana has read it", |marks| marks.staff_read == thanks).await;

    // A note is for staff alone: the customer sees that a number is taken and nothing else.
    let note =
        PostNote { client_id: "note-1".to_owned(), text: "The rack is on camera 3".to_owned(), mentions: Vec::new() };
    let noted: Posted = server.site.post(&tom.path("/notes"), &ana.token, &note).await.unwrap();
    let place = usize::try_from(noted.seq).unwrap() - 1;
    assert!(matches!(tom.log().await[place].what, EventKind::Hidden(_)));
    assert!(!serde_json::to_string(&tom.log().await).unwrap().contains("camera"));
    let full = server.site.log(tom.id, &ana.token).await.unwrap();
    assert!(matches!(&full[place].what, EventKind::NotePosted(note) if note.text.contains("camera")));

    // A transfer takes the brief and a note along; who passed it on cannot write any more.
    let mut jonas = Agent::arrives(&server.site, "jonas").await;
    let transfer = Transfer {
        epoch: Some(taken.epoch),
        queue: None,
        agent: Some("jonas".to_owned()),
        note: Some("Jonas has the key of the rack".to_owned()),
        needs: baton_api::wire::NeedsView::default(),
    };
    let passed: ConversationView = server.site.post(&tom.path("/transfer"), &ana.token, &transfer).await.unwrap();
    assert!(passed.epoch > taken.epoch);
    tom.told(NoticeKind::Transferred).await;
    let again = jonas.rings(tom.id).await;
    assert_eq!(again.brief.transfer_note.as_deref(), Some("Jonas has the key of the rack"));
    assert_eq!((again.handoff, again.since), (offer.handoff, offer.since), "the same handoff in its old place");
    let late = ana.writes(&taken, "One more thing").await.unwrap_err().problem();
    assert_eq!(late.status, 409, "{late:?}");
    let held = jonas.accepts(&again).await;
    jonas.socket.follow(tom.id, 0).await.unwrap();
    assert_eq!(tom.told(NoticeKind::AgentJoined).await.agent_name.as_deref(), Some("Jonas"));

    // A restart in the middle keeps everything: sockets are told, resume where they were, and nothing is missing.
    let before = server.site.log(tom.id, &jonas.token).await.unwrap();
    let seen = before.last().unwrap().seq;
    server.terminate();
    assert_eq!(tom.socket.closed().await, Closed(Some(1012)));
    assert!(server.ended(Duration::from_secs(20)).await.success());
    let server = start().await;
    jonas.returns(&server.site).await;
    ana.returns(&server.site).await;
    let missed = tom.returns(&server.site, seen).await;
    assert_eq!(missed, [], "nothing happened meanwhile");
    let (caught_up, state, marks) = jonas.socket.follow(tom.id, 0).await.unwrap();
    assert_eq!(caught_up, before);
    assert_eq!((state.controller.kind, state.epoch), (ControllerName::Agent, held.epoch));
    assert_eq!((marks.customer_read, marks.staff_read), (hello, thanks));
    assert_eq!(ana.view(lea.id).await.controller.kind, ControllerName::Bot);
    jonas.writes(&held, "I am at the rack with the key").await.unwrap();
    tom.socket.message(tom.id, "Jonas' words", |said| said.text.contains("with the key")).await;

    // Handed back with what the bot must know, then wrapped up; the customer is asked how it was.
    let facts = HandbackView {
        outcome: "the bicycle is free".to_owned(),
        facts: vec!["it is a red bicycle".to_owned()],
        promises: vec!["a new lock by Friday".to_owned()],
        open_items: Vec::new(),
        note: "be kind".to_owned(),
    };
    let back = jonas.hands_back(&held, facts.clone(), None).await.unwrap();
    assert_eq!(back.controller.kind, ControllerName::Bot);
    assert_eq!(back.wrap_ups.len(), 1);
    assert!(back.can.contains(&ActionName::EndWrapUp), "{:?}", back.can);
    let wrong = EndWrapUp { disposition: Some("nonsense".to_owned()) };
    let answer = server.site.post::<Value>(&tom.path("/wrap-up"), &jonas.token, &wrong).await;
    refused(answer, 422, "invalid_field");
    let right = EndWrapUp { disposition: Some("answered".to_owned()) };
    let wrapped: ConversationView = server.site.post(&tom.path("/wrap-up"), &jonas.token, &right).await.unwrap();
    assert_eq!(wrapped.wrap_ups, []);
    tom.told(NoticeKind::BackToBot).await;
    let full = server.site.log(tom.id, &jonas.token).await.unwrap();
    let kept = full.iter().find_map(|event| {
        let EventKind::HandedBack(handed) = &event.what else { return None };
        handed.handback.clone()
    });
    assert_eq!(kept, Some(facts));

    // The bot goes on, and the survey is answered once.
    let asked = tom.writes("What does a lost card cost?").await;
    let (_, answer) = tom.socket.message(tom.id, "the bot again", |said| said.in_reply_to == Some(asked)).await;
    assert_eq!((answer.author.kind, answer.knew), (AuthorKind::Bot, Some(true)), "{}", answer.text);
    assert!(answer.text.contains("four euros"), "{}", answer.text);
    let surveys = tom.view().await.surveys;
    assert_eq!(surveys, [offer.handoff]);
    let survey = AnswerSurvey { handoff: offer.handoff, rating: 5, comment: Some("They had the key!".to_owned()) };
    let answered: ConversationView = server.site.post(&tom.path("/survey"), &tom.token, &survey).await.unwrap();
    assert!(answered.surveys.is_empty());
    refused(server.site.post::<Value>(&tom.path("/survey"), &tom.token, &survey).await, 409, "no_survey");

    // A second handoff in the same conversation works like the first; it ends with the conversation.
    let request = RequestHandoff { handoff: Uuid::now_v7(), epoch: None, needs: NeedsView::default() };
    let queued: ConversationView = server.site.post(&tom.path("/handoff"), &tom.token, &request).await.unwrap();
    let twice: ConversationView = server.site.post(&tom.path("/handoff"), &tom.token, &request).await.unwrap();
    assert_eq!(queued.handoff.as_ref().map(|handoff| handoff.id), Some(request.handoff));
    assert_eq!(twice.handoff.as_ref().map(|handoff| handoff.id), Some(request.handoff), "asking twice is once");
    // Whoever has been idle longest is asked.
    let second = tokio::select! {
        offer = ana.rings(tom.id) => ana.accepts(&offer).await,
        offer = jonas.rings(tom.id) => jonas.accepts(&offer).await,
    };
    let holder = if second.controller.agent.as_deref() == Some("ana") { &ana } else { &jonas };
    let brief: BriefView = server.site.get(&tom.path("/brief"), &holder.token).await.unwrap();
    assert_eq!(brief.handoff, request.handoff);
    let close = CloseConversation { epoch: Some(second.epoch), disposition: Some("answered".to_owned()) };
    let closed: ConversationView = server.site.post(&tom.path("/close"), &holder.token, &close).await.unwrap();
    assert_eq!((closed.controller.kind, closed.wrap_ups), (ControllerName::Closed, Vec::new()));
    tom.told(NoticeKind::Closed).await;
    refused(tom.posts("too-late", "Are you there?").await, 409, "conversation_closed");

    // Whatever was said is there after another start, each turn with its verdict, and the doctor finds nothing.
    let before = server.site.log(tom.id, &ana.token).await.unwrap();
    assert_story(&before, [offer.handoff, request.handoff]);
    server.stop().await;
    assert!(run(&["doctor", "--database", database]).well().contains("All is well."));
    let server = start().await;
    assert_eq!(server.site.log(tom.id, &ana.token).await.unwrap(), before);
    let kept: ConversationView = server.site.conversation(tom.id, &tom.token).await.unwrap();
    assert_eq!(kept.controller.kind, ControllerName::Closed);
    let (_, page): (u16, Value) =
        server.site.ask(Method::GET, "/v1/conversations?view=own", Some(&tom.token), NOTHING).await.unwrap();
    assert_eq!(page["items"][0]["id"], json!(tom.id));
    server.stop().await;
}

async fn availability(customer: &Customer) -> AvailabilityView {
    let ask = CheckAvailability { needs: NeedsView::default() };
    customer.site.post("/v1/availability", &customer.token, &ask).await.unwrap()
}

/// Who is shown as typing.
async fn typist(socket: &mut crate::socket::Socket, conversation: Uuid) -> AuthorKind {
    socket
        .until("somebody who types", |frame| {
            let ServerFrame::Typing(typing) = frame else { return None };
            let shown = typing.conversation == conversation && typing.typing && typing.author.kind != AuthorKind::Bot;
            shown.then_some(typing.author.kind)
        })
        .await
}

/// The log tells the whole journey: a verdict for each turn, two handoffs, each requested and ended once.
fn assert_story(log: &[EventView], handoffs: [Uuid; 2]) {
    let turns = log.iter().filter(
        |event| matches!(&event.what, EventKind::MessagePosted(said) if said.author.kind == AuthorKind::Customer),
    );
    let verdicts: Vec<_> = log
        .iter()
        .filter_map(|event| {
            let EventKind::TurnAssessed(assessed) = &event.what else { return None };
            Some((assessed.message, assessed.verdict.kind))
        })
        .collect();
    assert_eq!(
        turns.map(|event| event.seq).collect::<Vec<_>>(),
        verdicts.iter().map(|(seq, _)| *seq).collect::<Vec<_>>()
    );
    assert_eq!(verdicts.iter().filter(|(_, kind)| *kind == VerdictName::HandOff).count(), 1);
    let requested: Vec<_> = log
        .iter()
        .filter_map(|event| {
            let EventKind::HandoffRequested(requested) = &event.what else { return None };
            Some(requested.handoff)
        })
        .collect();
    assert_eq!(requested, handoffs);
    let surveys = log.iter().filter(|event| matches!(event.what, EventKind::SurveyAnswered(_))).count();
    assert_eq!(surveys, 1);
}
