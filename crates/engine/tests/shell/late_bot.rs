//! A bot that answers 0 to 30 seconds late is never heard after a person was asked for, and always before.

use std::time::Duration;

use baton_core::{Author, Event, Rejection, VerdictKind};
use baton_engine::{BotMessage, EngineError};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::house::{House, agent, events};

#[tokio::test(start_paused = true)]
async fn a_bot_that_answers_up_to_thirty_seconds_late_never_talks_over_a_person() {
    let mut house = House::open().await;
    house.arrives("ana").await;
    let mut chance = StdRng::seed_from_u64(7);
    let (mut heard, mut refused) = (0, 0);
    for _ in 0..150 {
        let mut customer = house.customer().await;
        let question = customer.writes("how do opening hours work").await;
        let epoch = customer.snapshot().await.conversation.epoch;
        let late = Duration::from_millis(chance.random_range(0..30_000));
        let asks_after = Duration::from_millis(chance.random_range(0..30_000));
        let engine = house.engine.clone();
        let id = customer.id;
        let bot = tokio::spawn(async move {
            tokio::time::sleep(late).await;
            let said = BotMessage {
                epoch,
                in_reply_to: Some(question.seq),
                text: "Hours are set per queue.".to_owned(),
                parts: baton_bots::Parts::default(),
                knew: true,
            };
            engine.post_bot_message(id, "late".to_owned(), said).await
        });
        tokio::time::sleep(asks_after).await;
        customer.writes("I want to talk to a human").await;
        house.accepts("ana").await;
        let answered = bot.await.unwrap();
        let log = customer.log().await;
        let asked = events(&log).position(|event| matches!(event, Event::HandoffRequested { .. })).unwrap();
        let spoke =
            events(&log).position(|event| matches!(event, Event::MessagePosted { author: Author::Bot { .. }, .. }));
        match answered {
            Ok(_) => {
                heard += 1;
                assert!(spoke.unwrap() < asked, "the bot talked over a person");
            }
            Err(EngineError::Rejected(Rejection::StaleEpoch { .. })) => {
                refused += 1;
                assert_eq!(spoke, None);
            }
            Err(error) => panic!("{error}"),
        }
        let epoch = customer.snapshot().await.conversation.epoch;
        let answered = baton_core::Disposition::new("answered").unwrap();
        house
            .engine
            .hand_back(id, agent("ana"), epoch, baton_bots::HandbackFacts::default(), Some(answered))
            .await
            .unwrap();
    }
    assert!(heard > 20 && refused > 20, "both happened often: {heard} heard, {refused} refused");
}

#[tokio::test(start_paused = true)]
async fn a_bot_that_says_nothing_at_all_is_a_trigger_not_a_dead_end() {
    let mut house = House::open().await;
    house.arrives("ana").await;
    let mut customer = house.customer().await;
    customer.writes("how do opening hours work").await;
    customer.until("offered to Ana", crate::house::is_offered).await;
    let log = customer.log().await;
    assert!(events(&log).any(|event| matches!(event, Event::BotTurnFailed { .. })));
    let verdicts: Vec<_> = events(&log)
        .filter_map(|event| if let Event::TurnAssessed { verdict, .. } = event { Some(verdict.kind) } else { None })
        .collect();
    assert_eq!(verdicts, [VerdictKind::Keep]);
}
