//! An agent's desk: searching what was written, quick replies, reminders.

use baton_core::{ConversationId, Seq};
use baton_store::{MessageSearch, QuickReply, Reminder, ReminderKind};
use uuid::Uuid;

use crate::talk::{Talk, agent, at, key};
use crate::world::World;

fn found(world: &World, search: MessageSearch) -> Vec<(ConversationId, Seq)> {
    while world.store.write_blocking(|tx| tx.make_searchable(2)).unwrap() > 0 {}
    let texts = world.store.read_blocking(move |tx| tx.search_texts(&search)).unwrap();
    texts.into_iter().map(|text| (text.conversation, text.seq)).collect()
}

fn query(query: &str) -> MessageSearch {
    MessageSearch { query: query.to_owned(), limit: 20, ..MessageSearch::default() }
}

pub(crate) fn what_was_written_is_found_by_its_words_in_ones_own_conversations(world: &World) {
    let mut one = Talk::begins(&world.store);
    one.says("My invoices show the wrong company").says("Así no se puede trabajar").says("申请退款");
    let mut other = Talk::begins(&world.store);
    other.says("The invoice of March");
    let (one, other) = (one.id(), other.id());

    assert_eq!(found(world, query("invoice ")).len(), 2);
    assert_eq!(found(world, query("wrong INVOICE")), [(one, Seq(2))], "every word must occur");
    assert_eq!(found(world, query("invo")).len(), 2, "the last word may go on");
    assert_eq!(found(world, query("invo ")), [], "a word that has ended may not");
    assert_eq!(found(world, query("asi trab")).len(), 1, "accents do not matter");
    assert_eq!(found(world, query("退款")).len(), 1);
    assert_eq!(found(world, query("march"))[0].0, other);
    assert_eq!(found(world, query("")), []);
    assert_eq!(found(world, query("... !")), []);

    // The newest comes first; whose it is not does not find it.
    assert_eq!(found(world, query("invoice"))[0].0, other);
    let nobody = MessageSearch { reach: Some((agent("ana"), vec![key("general")])), ..query("invoice") };
    assert_eq!(found(world, nobody), []);
    assert_eq!(found(world, MessageSearch { closed: Some(true), ..query("invoice") }), []);
    assert_eq!(found(world, MessageSearch { closed: Some(false), ..query("invoice") }).len(), 2);
    assert_eq!(found(world, MessageSearch { channel: Some(key("elsewhere")), ..query("invoice") }), []);
    assert_eq!(found(world, MessageSearch { agent: Some(agent("ana")), ..query("invoice") }), []);
    assert_eq!(found(world, MessageSearch { queue: Some(key("general")), ..query("invoice") }), []);
    assert_eq!(found(world, MessageSearch { since: Some(at(1_000_000)), ..query("invoice") }), []);
    assert_eq!(found(world, MessageSearch { limit: 1, ..query("invoice") }).len(), 1);
}

pub(crate) fn a_hostile_query_is_words_like_any_other(world: &World) {
    let mut talk = Talk::begins(&world.store);
    talk.says("Robert'); DROP TABLE body;-- NEAR(a b) * \"quoted\" -minus +plus ^start a:b");
    for (typed, hits) in [
        ("'; DROP TABLE body;--", 1),
        ("\"quoted\"", 1),
        ("NEAR(a", 1),
        ("* OR 1=1", 0),
        ("a:b", 1),
        ("%", 0),
        ("_", 0),
        ("\\", 0),
        ("\u{10ffff}", 0),
        ("?1 $1 :x", 0),
    ] {
        assert_eq!(found(world, query(typed)).len(), hits, "{typed}");
    }
    let long = "word ".repeat(50_000);
    assert_eq!(found(world, query(&long)), []);
}

pub(crate) fn quick_replies_are_their_owners(world: &World) {
    let put = |owner: &'static str, shortcut: &str, text: &str| {
        let reply = QuickReply { shortcut: shortcut.to_owned(), text: text.to_owned() };
        world.store.write_blocking(move |tx| tx.put_quick_reply(&agent(owner), &reply)).unwrap();
    };
    let of = |owner: &'static str| -> Vec<_> {
        let replies = world.store.read_blocking(move |tx| tx.quick_replies(&agent(owner))).unwrap();
        replies.into_iter().map(|reply| (reply.shortcut, reply.text)).collect()
    };
    put("ana", "thanks", "Thank you!");
    put("ana", "hello", "Hello");
    put("ana", "hello", "Hello, I am Ana");
    put("ben", "hello", "Hi");
    let said = |pairs: &[(&str, &str)]| -> Vec<_> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    };
    assert_eq!(of("ana"), said(&[("hello", "Hello, I am Ana"), ("thanks", "Thank you!")]));
    world.store.write_blocking(|tx| tx.delete_quick_reply(&agent("ana"), "hello")).unwrap();
    assert_eq!(of("ana"), said(&[("thanks", "Thank you!")]));
    assert_eq!(of("ben"), said(&[("hello", "Hi")]));
}

pub(crate) fn a_reminder_stays_until_it_is_done(world: &World) {
    let conversation = ConversationId(Uuid::now_v7());
    let remind = |whom: &str, kind: ReminderKind, due: i64| {
        let reminder = Reminder {
            id: Uuid::now_v7(),
            agent: agent(whom),
            conversation,
            kind,
            made_by: agent("ben"),
            due: at(due),
            note: "ask again".to_owned(),
            done_at: None,
        };
        let kept = reminder.clone();
        world.store.write_blocking(move |tx| tx.put_reminder(&kept)).unwrap();
        reminder
    };
    let later = remind("ana", ReminderKind::FollowUp, 90);
    let sooner = remind("ana", ReminderKind::Mention, 5);
    remind("ben", ReminderKind::FollowUp, 1);
    let open = || world.store.read_blocking(|tx| tx.reminders_of(&agent("ana"), 9)).unwrap();
    assert_eq!(open(), [sooner.clone(), later.clone()]);
    let mentioned =
        |whom: &'static str| world.store.read_blocking(move |tx| tx.is_mentioned(conversation, &agent(whom))).unwrap();
    assert!(mentioned("ana") && !mentioned("ben"));

    world.store.write_blocking(move |tx| tx.finish_reminder(sooner.id, at(7))).unwrap();
    assert_eq!(open(), [later]);
    assert!(!mentioned("ana"));
    let done = world.store.read_blocking(move |tx| tx.reminder(sooner.id)).unwrap().unwrap();
    assert_eq!(done.done_at, Some(at(7)));
}
