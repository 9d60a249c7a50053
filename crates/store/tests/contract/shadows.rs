//! What policies in the shadow judged: counts of everything, and a bounded pile of what they judged differently.

use baton_core::{ConversationId, Seq, VerdictKind};
use baton_store::{SHADOW_EXAMPLES_MAX, ShadowExample, ShadowJudgement};
use uuid::Uuid;

use crate::talk::at;
use crate::world::World;

fn judged(shadow: &str, message: u64, live: VerdictKind, would: VerdictKind) -> ShadowJudgement {
    let example = ShadowExample {
        shadow: shadow.to_owned(),
        version: 3,
        conversation: ConversationId(Uuid::from_u128(7)),
        message: Seq(message),
        at: at(i64::try_from(message).unwrap()),
        live,
        would,
        record: "{}".to_owned(),
    };
    ShadowJudgement { example }
}

fn record(world: &World, judged: ShadowJudgement) {
    world.store.write_blocking(move |tx| tx.record_shadow(&judged)).unwrap();
}

pub(crate) fn a_shadow_counts_every_turn_and_keeps_what_it_would_have_judged_differently(world: &World) {
    use VerdictKind::{HandOff, Keep, Suggest};
    for (message, live, would) in [(2, Keep, Keep), (4, Keep, Keep), (6, Keep, HandOff), (8, Suggest, HandOff)] {
        record(world, judged("stricter", message, live, would));
    }
    record(world, judged("calmer", 6, HandOff, Keep));
    let counts = world.store.read_blocking(|tx| tx.shadow_counts()).unwrap();
    let told: Vec<_> = counts.iter().map(|row| (row.shadow.as_str(), row.live, row.would, row.turns)).collect();
    assert_eq!(told.len(), 4);
    for row in [
        ("calmer", HandOff, Keep, 1),
        ("stricter", Keep, HandOff, 1),
        ("stricter", Keep, Keep, 2),
        ("stricter", Suggest, HandOff, 1),
    ] {
        assert!(told.contains(&row), "{row:?} in {told:?}");
    }
    let examples = world.store.read_blocking(|tx| tx.shadow_examples("stricter", 10)).unwrap();
    assert_eq!(
        examples,
        [judged("stricter", 8, Suggest, HandOff).example, judged("stricter", 6, Keep, HandOff).example]
    );
}

pub(crate) fn the_oldest_examples_of_a_shadow_make_room(world: &World) {
    let most = u64::from(SHADOW_EXAMPLES_MAX);
    world
        .store
        .write_blocking(move |tx| {
            for message in 1..=most + 3 {
                tx.record_shadow(&judged("stricter", message, VerdictKind::Keep, VerdictKind::Suggest))?;
            }
            tx.record_shadow(&judged("calmer", 1, VerdictKind::Suggest, VerdictKind::Keep))
        })
        .unwrap();
    let examples = world.store.read_blocking(|tx| tx.shadow_examples("stricter", 100_000)).unwrap();
    assert_eq!(examples.len() as u64, most);
    assert_eq!(examples.last().map(|oldest| oldest.message), Some(Seq(4)));
    assert_eq!(world.store.read_blocking(|tx| tx.shadow_examples("calmer", 10)).unwrap().len(), 1);
    let counts = world.store.read_blocking(|tx| tx.shadow_counts()).unwrap();
    assert!(counts.iter().any(|row| row.shadow == "stricter" && row.turns == most + 3), "the counts stay whole");
}
