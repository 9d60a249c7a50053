//! Many at once: the database decides, and exactly one wins.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use baton_core::{Command, Conversation, OfferId, Slot};
use baton_store::{Appended, TokenKind, TokenRow};
use uuid::Uuid;

use crate::talk::{Prepared, Talk, agent, at, customer_message, log_of};
use crate::world::World;

const THREADS: usize = 16;
const APPENDS_EACH: usize = 12;

pub(crate) fn of_many_who_append_at_once_exactly_one_wins_each_number(world: &World) {
    let talk = Talk::begins(&world.store);
    let (id, conflicts) = (talk.id(), AtomicU32::new(0));
    thread::scope(|scope| {
        for writer in 0..THREADS {
            let (store, mut fold, conflicts) = (&world.store, talk.fold.clone(), &conflicts);
            scope.spawn(move || {
                let mut done = 0;
                while done < APPENDS_EACH {
                    let command = customer_message(&format!("{writer}.{done}"));
                    let events = fold.decide(at(1), &baton_core::Limits::default(), &command).unwrap();
                    let prepared = Prepared::new(&fold, at(1), events, Some(&format!("{writer}.{done}")));
                    match prepared.append(store).unwrap() {
                        Appended::Done => {
                            fold = prepared.after;
                            done += 1;
                        }
                        Appended::Conflict { seq } => {
                            assert!(seq > fold.seq, "a conflict names a later number");
                            conflicts.fetch_add(1, Ordering::Relaxed);
                            fold = Conversation::replay(id, &log_of(store, id));
                        }
                        other @ (Appended::Duplicate { .. } | Appended::SlotTaken { .. }) => panic!("{other:?}"),
                    }
                }
            });
        }
    });
    let log = log_of(&world.store, id);
    assert_eq!(log.len(), 1 + 2 * THREADS * APPENDS_EACH, "{}: none lost, none doubled", world.name);
    let numbers: Vec<u64> = log.iter().map(|recorded| recorded.seq.0).collect();
    assert!(numbers.iter().copied().eq(1..=log.len() as u64), "no gaps");
    assert!(conflicts.load(Ordering::Relaxed) > 0 || world.name == "model", "they did race");
}

pub(crate) fn of_many_conversations_that_want_one_slot_exactly_one_gets_it(world: &World) {
    let mut talks: Vec<Talk> = (0..THREADS).map(|_| Talk::begins(&world.store)).collect();
    for talk in &mut talks {
        talk.asks_for_a_person("general");
    }
    for round in 0..4u8 {
        let outcomes: Vec<Appended> = thread::scope(|scope| {
            let running: Vec<_> = talks
                .iter_mut()
                .map(|talk| {
                    let command = talk.offer(OfferId(Uuid::now_v7()), "ana", round);
                    scope.spawn(move || match talk.fold.offered_to() {
                        Some(_) => Appended::Done,
                        None => talk.tries(&command, None),
                    })
                })
                .collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let won = outcomes.iter().filter(|outcome| **outcome == Appended::Done).count();
        assert_eq!(won, usize::from(round) + 1, "{}: round {round}: {outcomes:?}", world.name);
        let taken = Appended::SlotTaken { agent: agent("ana"), slot: Slot(round) };
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == taken).count(), THREADS - won);
    }
    let slots = world.store.read_blocking(|tx| tx.slots()).unwrap();
    let held: Vec<_> = slots.iter().map(|(agent, slot, _)| (agent.as_str(), slot.0)).collect();
    assert_eq!(held, [("ana", 0), ("ana", 1), ("ana", 2), ("ana", 3)]);
}

pub(crate) fn a_slot_moves_in_one_step_when_a_supervisor_reassigns(world: &World) {
    let mut talk = Talk::begins(&world.store);
    let handoff = talk.is_taken_by("ana", 0);
    talk.does(&Command::Assign { handoff, agent: agent("ben"), slots: vec![Slot(3)], by: agent("sam") });
    let slots = world.store.read_blocking(|tx| tx.slots()).unwrap();
    assert_eq!(slots, [(agent("ben"), Slot(3), talk.id())]);

    let mut other = Talk::begins(&world.store);
    other.is_taken_by("ana", 0);
    let refused =
        talk.tries(&Command::Assign { handoff, agent: agent("ana"), slots: vec![Slot(0)], by: agent("sam") }, None);
    assert_eq!(refused, Appended::SlotTaken { agent: agent("ana"), slot: Slot(0) });
    let slots = world.store.read_blocking(|tx| tx.slots()).unwrap();
    let expected = [(agent("ana"), Slot(0), other.id()), (agent("ben"), Slot(3), talk.id())];
    assert_eq!(slots, expected, "ben keeps what ana could not take");
}

pub(crate) fn a_refused_slot_leaves_the_conversation_as_it_was(world: &World) {
    let mut first = Talk::begins(&world.store);
    first.is_taken_by("ana", 0);
    let mut second = Talk::begins(&world.store);
    second.asks_for_a_person("general");
    let id = second.id();
    let before = world.store.read_blocking(move |tx| tx.head(id)).unwrap().unwrap();

    // The job goes on after the refusal, as a router does that tries the next slot.
    let refused = second.prepare(&second.offer(OfferId(Uuid::now_v7()), "ana", 0), None);
    let offered = second.prepare(&second.offer(OfferId(Uuid::now_v7()), "ana", 1), None);
    let outcomes = world.store.write_blocking(move |tx| {
        let refused = refused.within(tx)?;
        let between = tx.head(id)?.unwrap();
        Ok((refused, between, offered.within(tx)?))
    });
    let (one, between, two) = outcomes.unwrap();
    assert_eq!(one, Appended::SlotTaken { agent: agent("ana"), slot: Slot(0) });
    assert_eq!(between, before);
    assert_eq!(two, Appended::Done);
    assert_eq!(log_of(&world.store, id).len() as u64, before.seq.0 + 1);
}

pub(crate) fn of_many_who_use_a_token_one_does(world: &World) {
    let token = TokenRow {
        hash: [7; 32],
        kind: TokenKind::CustomerRefresh,
        subject: "somebody".into(),
        family: "f".into(),
        created_at: at(0),
        expires_at: None,
        used_at: None,
        label: String::new(),
    };
    world.store.write_blocking(move |tx| tx.put_token(&token)).unwrap();
    let used = AtomicU32::new(0);
    thread::scope(|scope| {
        for seconds in 0..16 {
            let (store, used) = (&world.store, &used);
            scope.spawn(move || {
                let first = store.write_blocking(move |tx| tx.use_token(&[7; 32], at(seconds))).unwrap();
                used.fetch_add(first.into(), Ordering::Relaxed);
            });
        }
    });
    assert_eq!(used.into_inner(), 1);
}

pub(crate) fn of_many_who_apply_a_configuration_one_does(world: &World) {
    let written = AtomicU32::new(0);
    thread::scope(|scope| {
        for place in 0..THREADS {
            let (store, written) = (&world.store, &written);
            scope.spawn(move || {
                let by = format!("agent:{place}");
                let version = store.write_blocking(move |tx| tx.put_config(0, at(0), &by, None, "{}")).unwrap();
                assert!(version.is_none_or(|version| version == 1));
                written.fetch_add(version.is_some().into(), Ordering::Relaxed);
            });
        }
    });
    assert_eq!(written.into_inner(), 1);
}
