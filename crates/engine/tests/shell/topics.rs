//! Topics that a configuration teaches by examples: who writes about one is routed by it, in words that no phrase has.

use baton_core::{Event, QueueId, TopicId};
use baton_engine::Trial;
use baton_engine::config::versions::Applying;
use baton_store::Store;

use crate::house::{CONFIG, House, events};

const EXAMPLES: &str = "  technical:
    phrases: [server, database]
    examples:
      - the page does not load on my laptop
      - I get an error when I open the page
      - the app crashes on my phone
      - the screen stays white after the update
      - nothing loads since the update
  billing:
    examples:
      - why was I charged this amount
      - the amount on my card is wrong
      - I paid twice for the same order
      - my card was debited too early
      - there is a payment that I do not know
none_of_these: [what a nice day, tell me a joke, are you there, good morning to you]
";

fn taught() -> String {
    CONFIG
        .replace(
            "  technical: {phrases: [server, database]}\n",
            &EXAMPLES.replace("none_of_these", "  legal: {phrases: [lawyer]}\nnone_of_these"),
        )
        .replace("  legal: {phrases: [lawyer]}\nrules", "rules")
}

fn trial(text: &str) -> Trial {
    Trial { text: text.to_owned(), history: Vec::new(), language: None, channel: None, tier: None }
}

#[tokio::test(start_paused = true)]
async fn who_writes_about_a_learned_topic_is_routed_by_it_and_the_trace_says_so() {
    let config = format!("{}shadows:\n  keener: {{frustration_threshold: 0.6}}\n", taught());
    let house = House::open_with(&config, Store::in_memory()).await;
    let mut customer = house.customer().await;
    customer.writes("the app crashes when I open it on my laptop").await;
    customer.writes("I want to talk to a person").await;
    let snapshot = customer.snapshot().await;
    let handoff = snapshot.conversation.handoff().expect("a person was asked for");
    assert_eq!(handoff.needs.topic, Some(TopicId::new("technical").unwrap()));
    let log = customer.log().await;
    let queue = events(&log)
        .find_map(|event| if let Event::HandoffRequested { queue, .. } = event { Some(queue.clone()) } else { None });
    assert_eq!(queue, Some(QueueId::new("technical").unwrap()), "no phrase of the topic was said");
    let verdict = events(&log)
        .find_map(|event| if let Event::TurnAssessed { verdict, .. } = event { Some(verdict.clone()) } else { None });
    let verdict = verdict.expect("every message is assessed");
    assert_eq!(verdict.topic.as_ref().unwrap().topic.as_str(), "technical");
    assert!(verdict.model_version.contains("+topics-examples@"), "{}", verdict.model_version);

    // The shadows judge with the same; and what is about neither topic is about none.
    let tried = house.engine.assess(&trial("my card was charged twice")).unwrap();
    assert_eq!(tried.verdict.topic.unwrap().topic.as_str(), "billing");
    assert_eq!(tried.shadows[0].1.topic.as_ref().unwrap().topic.as_str(), "billing");
    assert_eq!(tried.shadows[0].1.model_version, tried.verdict.model_version);
    assert_eq!(house.engine.assess(&trial("tell me something nice about the day")).unwrap().verdict.topic, None);
}

#[tokio::test(start_paused = true)]
async fn other_examples_are_another_version_and_a_rollback_brings_the_old_ones_back() {
    let house = House::open_with(&taught(), Store::in_memory()).await;
    let version = |text: &str| house.engine.assess(&trial(text)).unwrap().verdict.model_version.to_string();
    let before = version("my card was charged twice");
    let other = taught().replace("      - nothing loads since the update\n", "      - the parcel page is empty\n");
    let plan = house.engine.plan(&other).await.unwrap();
    let [change] = plan.changes.as_slice() else { panic!("{:?}", plan.changes) };
    assert_eq!((change.section.as_str(), change.key.as_deref()), ("topics", Some("technical")));
    assert_eq!(change.fields[0].path, "examples");
    house.engine.apply(&other, &Applying::by("agent:sam")).await.unwrap();
    assert_ne!(version("my card was charged twice"), before);
    house.engine.roll_back(None, &Applying::by("agent:sam")).await.unwrap();
    assert_eq!(version("my card was charged twice"), before);
    let one = CONFIG.replace("phrases: [server, database]", "examples: [the server is slow]");
    let refused = house.engine.apply(&one, &Applying::by("agent:sam")).await.unwrap_err().to_string();
    assert!(refused.contains("topics.technical.examples: this is the only topic with examples"), "{refused}");
    assert_eq!(version("my card was charged twice"), before, "what is refused changes nothing");
}
