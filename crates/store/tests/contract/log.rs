//! The log: written once, in order, whole or not at all.

use baton_core::{Command, Conversation, Event, Seq};
use baton_store::{Appended, Body, StoreError};

use crate::talk::{Prepared, Talk, at, customer_message, log_of};
use crate::world::World;

pub(crate) fn what_a_customer_wrote_is_read_back_as_it_was(world: &World) {
    let mut talk = Talk::begins(&world.store);
    talk.says("Hello").waits(5).says("¿Dónde está mi pedido? 📦\n\"quoted\"");
    let (id, store) = (talk.id(), &world.store);

    let log = log_of(store, id);
    assert_eq!(Conversation::replay(id, &log), talk.fold);
    let numbers: Vec<u64> = log.iter().map(|recorded| recorded.seq.0).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert_eq!(log[3].at, at(5));
    assert!(matches!(log[4].event, Event::TurnAssessed { message: Seq(4), .. }));

    let bodies = store.read_blocking(move |tx| tx.bodies(id, Seq(0), Seq(9))).unwrap();
    let texts: Vec<_> = bodies.iter().map(|body| (body.seq.0, body.text.as_str())).collect();
    assert_eq!(texts, [(2, "Hello"), (4, "¿Dónde está mi pedido? 📦\n\"quoted\"")]);
    assert_eq!(bodies[0].extra, serde_json::json!({ "typed_ms": 12 }));
    let later = store.read_blocking(move |tx| tx.bodies(id, Seq(2), Seq(4))).unwrap();
    assert_eq!(later.len(), 1, "after the second, through the fourth");
    assert_eq!(store.read_blocking(move |tx| tx.bodies(id, Seq(4), Seq(4))).unwrap(), []);
}

pub(crate) fn sending_twice_is_once(world: &World) {
    let mut talk = Talk::begins(&world.store);
    assert_eq!(talk.says_as("one", Some("c-1")), Appended::Done);
    assert_eq!(talk.says_as("one", Some("c-1")), Appended::Duplicate { seq: Seq(2) }, "on the fold of the first");
    let old = Talk {
        store: world.store.clone(),
        fold: Conversation::replay(talk.id(), &log_of(&world.store, talk.id())[..1]),
        ..Talk::begins(&world.store)
    };
    let resent = old.prepare(&customer_message("one"), Some("c-1"));
    assert_eq!(resent.append(&world.store).unwrap(), Appended::Duplicate { seq: Seq(2) }, "on an old fold");
    assert_eq!(talk.says_as("two", Some("c-2")), Appended::Done);

    let id = talk.id();
    assert_eq!(world.store.read_blocking(move |tx| tx.by_client_id(id, "c-2")).unwrap(), Some(Seq(4)));
    assert_eq!(world.store.read_blocking(move |tx| tx.by_client_id(id, "c-3")).unwrap(), None);
    assert_eq!(log_of(&world.store, id).len(), 5);
    let uuid = "01920000-0000-7000-8000-0000000000ab";
    assert_eq!(talk.says_as("three", Some(uuid)), Appended::Done);
    assert_eq!(talk.says_as("three", Some(uuid)), Appended::Duplicate { seq: Seq(6) });
    assert_eq!(talk.says_as("four", Some(&uuid.to_uppercase())), Appended::Done, "another spelling is another id");

    let mut other = Talk::begins(&world.store);
    assert_eq!(other.says_as("one", Some("c-1")), Appended::Done, "another conversation has its own ids");
}

pub(crate) fn whoever_comes_second_is_told_where_the_conversation_stands(world: &World) {
    let mut talk = Talk::begins(&world.store);
    let late = talk.prepare(&customer_message("late"), Some("c-9"));
    talk.says("first");
    assert_eq!(late.append(&world.store).unwrap(), Appended::Conflict { seq: Seq(3) });
    let again = Prepared::new(&Conversation::empty(talk.id()), at(0), late_start(&talk), None);
    assert_eq!(again.append(&world.store).unwrap(), Appended::Conflict { seq: Seq(3) }, "a second start");

    let unknown = Talk { fold: talk.fold.clone(), ..Talk::begins(&world.store) };
    let mut elsewhere = unknown.prepare(&customer_message("?"), None);
    let id = baton_core::ConversationId(uuid::Uuid::now_v7());
    (elsewhere.before.id, elsewhere.after.id) = (id, id);
    assert_eq!(elsewhere.append(&world.store).unwrap(), Appended::Conflict { seq: Seq(0) }, "one that never began");
    assert_eq!(log_of(&world.store, talk.id()).len(), 3);
}

fn late_start(talk: &Talk) -> Vec<Event> {
    vec![log_of(&talk.store, talk.id())[0].event.clone()]
}

pub(crate) fn a_job_that_fails_leaves_nothing_and_its_neighbours_stand(world: &World) {
    let talks: Vec<Talk> = (0..8).map(|_| Talk::begins(&world.store)).collect();
    std::thread::scope(|scope| {
        for (place, talk) in talks.iter().enumerate() {
            let prepared = talk.prepare(&customer_message("hello"), None);
            scope.spawn(move || {
                let outcome = world.store.write_blocking(move |tx| {
                    assert_eq!(prepared.within(tx)?, Appended::Done);
                    if place % 2 == 0 { Ok(()) } else { Err(StoreError::Overloaded { waiting: place }) }
                });
                assert_eq!(outcome.is_ok(), place % 2 == 0, "{outcome:?}");
            });
        }
    });
    for (place, talk) in talks.iter().enumerate() {
        let expected = if place % 2 == 0 { 3 } else { 1 };
        assert_eq!(log_of(&world.store, talk.id()).len(), expected, "conversation {place}");
        let id = talk.id();
        let head = world.store.read_blocking(move |tx| tx.head(id)).unwrap().unwrap();
        assert_eq!(head.seq.0, expected as u64);
    }
}

pub(crate) fn a_job_that_panics_is_our_mistake_and_the_next_one_runs(world: &World) {
    let mut talk = Talk::begins(&world.store);
    let prepared = talk.prepare(&customer_message("lost"), None);
    let outcome = world.store.write_blocking(move |tx| -> Result<(), StoreError> {
        prepared.within(tx)?;
        panic!("mid-way through {}", "a write");
    });
    let said = outcome.unwrap_err().to_string();
    assert!(said.contains("mid-way through a write"), "{said}");
    let said = world.store.read_blocking(|_| -> Result<(), StoreError> { panic!("in a read") }).unwrap_err();
    assert!(matches!(said, StoreError::Bug { .. }), "{said}");

    assert_eq!(log_of(&world.store, talk.id()).len(), 1);
    talk.says("found");
    assert_eq!(log_of(&world.store, talk.id()).len(), 3);
}

pub(crate) fn an_error_that_a_job_passes_over_undoes_it_all_the_same(world: &World) {
    let talk = Talk::begins(&world.store);
    let good = talk.prepare(&customer_message("good"), None);
    let mut bad = good.clone();
    bad.bodies = vec![Body { seq: Seq(99), text: "whose?".into(), extra: serde_json::Value::Null }];
    let outcome = world.store.write_blocking(move |tx| {
        good.within(tx)?;
        // Whoever ignores an error must not keep half of what they did.
        let _ = bad.within(tx);
        Ok(())
    });
    assert!(matches!(outcome, Err(StoreError::Bug { .. })), "{outcome:?}");
    assert_eq!(log_of(&world.store, talk.id()).len(), 1);
}

pub(crate) fn a_write_inside_a_read_is_refused(world: &World) {
    let talk = Talk::begins(&world.store);
    let prepared = talk.prepare(&customer_message("no"), None);
    let refused = world.store.read_blocking(move |tx| prepared.within(tx)).unwrap_err();
    assert!(matches!(refused, StoreError::Bug { .. }), "{refused}");
    assert_eq!(log_of(&world.store, talk.id()).len(), 1);
}

pub(crate) fn an_append_that_does_not_fit_its_fold_is_refused(world: &World) {
    let talk = Talk::begins(&world.store);
    let mut prepared = talk.prepare(&customer_message("hello"), None);
    prepared.events.pop();
    let refused = prepared.append(&world.store).unwrap_err();
    assert!(matches!(refused, StoreError::Bug { .. }), "{refused}");
    assert_eq!(log_of(&world.store, talk.id()).len(), 1);
}

pub(crate) fn a_long_conversation_is_read_in_pages(world: &World) {
    let mut talk = Talk::begins(&world.store);
    for number in 0..40 {
        talk.waits(1).says(&format!("message {number}"));
    }
    let id = talk.id();
    let (mut pages, mut after) = (Vec::new(), Seq(0));
    loop {
        let page = world.store.read_blocking(move |tx| tx.events(id, after, 7)).unwrap();
        let Some(last) = page.last() else { break };
        assert!(page.len() <= 7);
        after = last.seq;
        pages.extend(page);
    }
    assert_eq!(pages, log_of(&world.store, id));
    assert_eq!(pages.len(), 81);
}

pub(crate) fn the_log_has_an_identity_that_stays(world: &World) {
    let one = world.store.read_blocking(|tx| tx.log_epoch()).unwrap();
    Talk::begins(&world.store).says("hello");
    assert_eq!(world.store.read_blocking(|tx| tx.log_epoch()).unwrap(), one);
    assert!(!one.is_empty());
}

pub(crate) fn a_request_that_nobody_waits_for_is_done_or_not_but_never_half(world: &World) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let talks: Vec<Talk> = (0..50).map(|_| Talk::begins(&world.store)).collect();
    runtime.block_on(async {
        for talk in &talks {
            let prepared = talk.prepare(&customer_message("gone"), None);
            let asked = world.store.write(move |tx| prepared.within(tx));
            // The customer's connection ends while the request is on its way.
            tokio::select! { biased; _ = asked => {}, () = std::future::ready(()) => {} }
        }
    });
    // A write that is answered later than those shows that they are through.
    Talk::begins(&world.store).says("after");
    for talk in &talks {
        let length = log_of(&world.store, talk.id()).len();
        assert!(length == 1 || length == 3, "{length} events");
    }
    let counters = world.store.counters();
    assert!(counters.writes >= 52 && counters.events > 0 && counters.commits > 0, "{counters:?}");
}

pub(crate) fn a_text_with_a_zero_in_it_is_kept(world: &World) {
    let mut talk = Talk::begins(&world.store);
    talk.says("a\0b");
    let id = talk.id();
    let bodies = world.store.read_blocking(move |tx| tx.bodies(id, Seq(0), Seq(9))).unwrap();
    // PostgreSQL cannot store it and keeps its place with the sign for an unknown character.
    assert!(["a\0b", "a\u{fffd}b"].contains(&bodies[0].text.as_str()), "{:?}", bodies[0].text);
    talk.does(&Command::PostNote { agent: crate::talk::agent("ana"), body_bytes: 1 });
}
