//! What engines on one database learn from it about each other.

use std::collections::BTreeSet;

use baton_core::{ConversationId, Seq};
use baton_store::{Changed, EngineRow};
use uuid::Uuid;

use crate::talk::{Talk, agent};
use crate::world::World;

fn changed(world: &World, after: u64, limit: u32) -> Vec<Changed> {
    world.store.read_blocking(move |tx| tx.changed(after, limit)).unwrap()
}

fn seen(changed: &[Changed]) -> Vec<(ConversationId, Seq, bool)> {
    changed.iter().map(|changed| (changed.conversation, changed.seq, changed.at_rest)).collect()
}

pub(crate) fn whoever_asks_for_what_changed_hears_of_every_append_once(world: &World) {
    let position = || world.store.read_blocking(|tx| tx.position()).unwrap();
    let before = position();
    let mut ana = Talk::begins(&world.store);
    let mut ben = Talk::begins(&world.store);
    ana.says("hello");
    ben.says("hello").says("anybody?");
    ana.asks_for_a_person("general");

    let all = changed(world, before, 100);
    assert_eq!(seen(&all), [(ben.id(), ben.fold.seq, false), (ana.id(), ana.fold.seq, false)]);
    assert_eq!(all.last().map(|last| last.position), Some(position()));
    assert!(changed(world, position(), 100).is_empty(), "nothing is said twice to who goes on from the end");

    // In small steps one comes to the same end, and each step says how things stand, not how they stood.
    let (mut after, mut steps) = (before, 0);
    while let Some(last) = changed(world, after, 2).last() {
        assert!(last.position > after, "every step goes on");
        (after, steps) = (last.position, steps + 1);
    }
    assert_eq!(after, position());
    assert!(steps > 2, "{steps} steps of two events");
}

pub(crate) fn engines_see_each_other_live_and_who_is_connected_to_them(world: &World) {
    let (one, two) = (Uuid::now_v7(), Uuid::now_v7());
    let row = |engine, beat, agents: &[&str]| EngineRow {
        engine,
        beat,
        agents: agents.iter().map(|name| agent(name)).collect::<BTreeSet<_>>(),
    };
    let put = |row: EngineRow| world.store.write_blocking(move |tx| tx.put_engine(&row)).unwrap();
    let all = || world.store.read_blocking(|tx| tx.engines()).unwrap();
    put(row(one, 1, &[]));
    put(row(two, 7, &["ana", "ben"]));
    put(row(one, 2, &["cho"]));
    assert_eq!(all(), [row(one, 2, &["cho"]), row(two, 7, &["ana", "ben"])]);

    world.store.write_blocking(move |tx| tx.delete_engine(one, 1)).unwrap();
    assert_eq!(all().len(), 2, "it gave a sign of life since");
    world.store.write_blocking(move |tx| tx.delete_engine(one, 2)).unwrap();
    assert_eq!(all(), [row(two, 7, &["ana", "ben"])]);
}
