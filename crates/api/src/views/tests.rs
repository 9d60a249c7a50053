use std::sync::Arc;

use baton_core::{
    AbandonReason, Actor, BotFailureKind, BotId, BotPromise, ChannelId, Closer, Conversation, ConversationId,
    CustomerId, DeclineReason, Disposition, Event, HandoffId, Language, Needs, Notice, OfferId, Priority, QueueId,
    Rating, Recorded, Requester, RescindReason, ReturnReason, RuleId, Seq, Slot, Timestamp, TimingMark, TransferTarget,
    Trigger, Verdict, VerdictKind,
};
use baton_engine::{Engine, Options, Snapshot, Start, StoredEvent, config};
use baton_store::{Body, Store};
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::matrix::Kind;

const CONFIG: &str = r"
organisation: Test
channels: {website: {title: Test, bot: helper}}
bots: {helper: {kind: api, name: Helper}}
default_queue: secret-queue
queues: {secret-queue: {name: Secret queue}}
agents: {secret-agent: {name: Ana, email: ana@example.org, role: admin}}
";

fn agent() -> AgentId {
    AgentId::new("secret-agent").unwrap()
}

fn handoff() -> HandoffId {
    HandoffId(Uuid::from_u128(1))
}

fn offer() -> OfferId {
    OfferId(Uuid::from_u128(7_777_777))
}

/// One of each, with something secret in everything that can hold it.
fn every_event() -> Vec<Event> {
    let (agent, handoff, offer) = (agent(), handoff(), offer());
    let queue = QueueId::new("secret-queue").unwrap();
    let needs = Needs { queue: Some(queue.clone()), preferred_agent: Some(agent.clone()), ..Needs::default() };
    let triggers = vec![Trigger::Rule(RuleId::new("secret-rule").unwrap()), Trigger::Agent(agent.clone())];
    let verdict = Verdict { triggers: triggers.clone(), needs: needs.clone(), ..Verdict::keep(Language::ENGLISH) };
    let disposition = Some(Disposition::new("secret-disposition").unwrap());
    let to = TransferTarget::Agent { agent: agent.clone(), queue: queue.clone() };
    let at = Timestamp(1);
    vec![
        Event::ConversationStarted {
            channel: ChannelId::new("website").unwrap(),
            bot: BotId::new("helper").unwrap(),
            customer: CustomerId(Uuid::from_u128(2)),
            language: Language::ENGLISH,
        },
        Event::MessagePosted { author: Author::Customer, body_bytes: 1 },
        Event::MessagePosted { author: Author::Agent(agent.clone()), body_bytes: 1 },
        Event::NotePosted { agent: agent.clone(), body_bytes: 1 },
        Event::TurnAssessed { message: Seq(2), verdict: Box::new(verdict) },
        Event::BotTurnFailed { message: Seq(2), failure: BotFailureKind::TimedOut },
        Event::HandoffRequested {
            handoff,
            by: Requester::Agent(agent.clone()),
            triggers,
            needs: needs.clone(),
            queue,
            message: Some(Seq(2)),
            staffed: true,
        },
        Event::StaffingChanged { handoff, staffed: false },
        Event::NoticePosted { notice: Notice::AgentJoined { agent: agent.clone() } },
        Event::OfferMade { offer, handoff, agent: agent.clone(), slots: vec![Slot(0)], expires_at: at },
        Event::OfferAccepted { offer, handoff, agent: agent.clone() },
        Event::OfferDeclined { offer, agent: agent.clone(), reason: DeclineReason::Busy },
        Event::OfferExpired { offer, agent: agent.clone() },
        Event::OfferRescinded { offer, agent: agent.clone(), reason: RescindReason::AgentGone },
        Event::HandoffAssigned { handoff, agent: agent.clone(), slots: vec![Slot(0)], by: agent.clone() },
        Event::HandoffReturned { handoff, agent: agent.clone(), reason: ReturnReason::Away },
        Event::HandoffTransferred { handoff, by: agent.clone(), to, needs, staffed: true },
        Event::HandoffMoved {
            handoff,
            queue: QueueId::new("secret-queue").unwrap(),
            reason: baton_core::MoveReason::QueueRemoved,
        },
        Event::PriorityChanged { handoff, priority: Priority::default(), by: agent.clone() },
        Event::ContactLeft { handoff, by: baton_core::Alternative::Message },
        Event::HandedBack { handoff, agent: agent.clone(), wrap_up_until: Some(at) },
        Event::HandoffAbandoned { handoff, reason: AbandonReason::Left },
        Event::WrapUpEnded { handoff, agent: agent.clone(), disposition: disposition.clone() },
        Event::SuggestionDeclined { message: Seq(2) },
        Event::PromiseMade { message: Seq(3), promise: BotPromise::Connecting },
        Event::PromiseBroken { message: Seq(3) },
        Event::OpinionGiven { message: Seq(2), kind: VerdictKind::Keep, model: "secret-model".into() },
        Event::AnswerRated { message: Seq(2), helpful: Some(true) },
        Event::TimingMarked { handoff, by: agent.clone(), timing: Some(TimingMark::TooLate) },
        Event::SurveyOffered { handoff },
        Event::SurveyAnswered { handoff, rating: Rating::new(5).unwrap() },
        Event::ConversationClosed { by: Closer::Agent(agent), disposition, wrap_up_until: Some(at) },
    ]
}

fn stored(seq: u64, event: Event) -> StoredEvent {
    let conversation = ConversationId(Uuid::from_u128(3));
    let private = matches!(event, Event::NotePosted { .. } | Event::PriorityChanged { .. });
    let text = if private { "secret words" } else { "public words" };
    let handback = json!({"outcome": "handback words", "facts": [], "promises": [], "open_items": [], "note": ""});
    let body = Body { seq: Seq(seq), text: text.to_owned(), extra: handback };
    StoredEvent { recorded: Recorded { conversation, seq: Seq(seq), at: Timestamp(1), event }, body: Some(body) }
}

/// A conversation in a state of our choice, in an engine that knows it.
async fn snapshot(conversation: Conversation) -> Snapshot {
    let store = Store::in_memory();
    store.write(|tx| tx.put_config(0, Timestamp(0), "test", None, CONFIG)).await.unwrap();
    let engine = Engine::start(store, Options::default()).await.unwrap();
    let start = Start {
        id: conversation.id,
        channel: ChannelId::new("website").unwrap(),
        customer: CustomerId(Uuid::from_u128(2)),
        language: None,
        page: Some("secret-page".to_owned()),
        attributes: serde_json::Map::new(),
    };
    let (mut snapshot, _) = engine.start_conversation(start).await.unwrap();
    snapshot.conversation = Arc::new(conversation);
    snapshot
}

#[tokio::test]
async fn customers_and_bots_see_no_key_no_note_no_offer_and_no_reason() {
    let deployment = config::compile(CONFIG, 1).unwrap();
    let snapshot = snapshot(Conversation::empty(ConversationId(Uuid::from_u128(3)))).await;
    for audience in [Audience::Customer, Audience::Bot, Audience::Staff] {
        let viewer = Viewer { audience, deployment: &deployment };
        let mut hidden = 0;
        for (number, event) in (1..).zip(every_event()) {
            let told = format!("{event:?}");
            let text = serde_json::to_string(&viewer.event(&stored(number, event), &snapshot)).unwrap();
            assert!(text.contains(&format!("\"seq\":{number},")), "{text}");
            hidden += usize::from(text.contains("\"type\":\"hidden\""));
            if audience != Audience::Staff {
                assert!(!text.contains("secret"), "{audience:?} sees {text} of {told}");
                assert!(!text.contains(&offer().to_string()), "{audience:?} sees {text} of {told}");
            }
            assert!(audience != Audience::Customer || !text.contains("handback words"), "{text}");
        }
        assert_eq!(
            hidden,
            match audience {
                Audience::Customer | Audience::Bot => 14,
                Audience::Staff => 0,
            }
        );
    }
}

#[tokio::test]
async fn while_somebody_is_asked_the_customer_waits() {
    let deployment = config::compile(CONFIG, 1).unwrap();
    let mut conversation = Conversation::empty(ConversationId(Uuid::from_u128(3)));
    for event in every_event() {
        let offered = matches!(event, Event::OfferMade { .. });
        if offered || matches!(event, Event::ConversationStarted { .. } | Event::HandoffRequested { .. }) {
            conversation.apply(Timestamp(1), &event);
        }
    }
    let snapshot = snapshot(conversation).await;
    for (audience, kind, seen) in [
        (Audience::Customer, Kind::IdentifiedCustomer, "queued"),
        (Audience::Bot, Kind::Bot, "queued"),
        (Audience::Staff, Kind::Admin, "offered"),
    ] {
        let viewer = Viewer { audience, deployment: &deployment };
        let actor = match audience {
            Audience::Customer => Actor::Customer,
            Audience::Bot => Actor::Bot,
            Audience::Staff => Actor::Agent(agent()),
        };
        let can = viewer.can(&snapshot.conversation, &actor, kind, Timestamp(0));
        let view = serde_json::to_value(viewer.conversation_that_can(&snapshot, can)).unwrap();
        assert_eq!(view["controller"]["kind"], seen);
        let text = view.to_string();
        assert_eq!(text.contains("secret"), audience == Audience::Staff, "{text}");
        assert_eq!(text.contains("accept_offer"), audience == Audience::Staff, "{text}");
        assert_eq!(text.contains("cancel_handoff"), audience == Audience::Customer, "{text}");
    }
}

#[tokio::test]
async fn an_erased_message_keeps_its_place() {
    let deployment = config::compile(CONFIG, 1).unwrap();
    let viewer = Viewer { audience: Audience::Customer, deployment: &deployment };
    let erased =
        StoredEvent { body: None, ..stored(2, Event::MessagePosted { author: Author::Customer, body_bytes: 9 }) };
    let snapshot = snapshot(Conversation::empty(ConversationId(Uuid::from_u128(3)))).await;
    let view = serde_json::to_value(viewer.event(&erased, &snapshot)).unwrap();
    assert_eq!((&view["seq"], &view["text"], &view["erased"]), (&json!(2), &json!(""), &json!(true)));
}
