//! What people and the shell look at: lists, deadlines, receipts.

use std::time::Duration;

use baton_core::{Command, CustomerId, Seq};
use baton_store::{ControllerKind, Head, HeadFilter, Marks};
use uuid::Uuid;

use crate::talk::{Talk, agent, at, key};
use crate::world::World;

fn list(world: &World, filter: HeadFilter) -> Vec<Head> {
    world.store.read_blocking(move |tx| tx.heads(&filter)).unwrap()
}

fn ids(heads: &[Head]) -> Vec<baton_core::ConversationId> {
    heads.iter().map(|head| head.conversation).collect()
}

pub(crate) fn an_agents_list_holds_what_they_have_are_asked_and_wrap_up(world: &World) {
    let mut held = Talk::begins(&world.store);
    held.waits(1).says("held");
    held.is_taken_by("ana", 0);
    let mut asked = Talk::begins(&world.store);
    asked.waits(2).says("asked");
    asked.asks_for_a_person("general");
    asked.is_offered_to("ana", 1);
    let mut wrapped = Talk::begins(&world.store);
    wrapped.waits(3).says("wrapped");
    wrapped.is_taken_by("ana", 2);
    let epoch = wrapped.fold.epoch;
    wrapped.does(&Command::HandBack { agent: agent("ana"), epoch, wrap_up: Duration::from_mins(5), survey: false });
    let mut bens = Talk::begins(&world.store);
    bens.is_taken_by("ben", 0);

    let filter = HeadFilter { agent: Some(agent("ana")), limit: 10, ..HeadFilter::default() };
    let anas = list(world, filter.clone());
    assert_eq!(ids(&anas), [wrapped.id(), asked.id(), held.id()]);
    assert_eq!((anas[0].controller, anas[0].wrapping_up), (ControllerKind::Bot, true));
    assert_eq!((anas[1].controller, anas[1].agent.as_ref()), (ControllerKind::Offered, Some(&agent("ana"))));

    wrapped.does(&Command::EndWrapUp { agent: agent("ana"), disposition: None });
    assert_eq!(ids(&list(world, filter)), [asked.id(), held.id()]);
    let past = HeadFilter { last_agent: Some(agent("ana")), limit: 10, ..HeadFilter::default() };
    assert_eq!(ids(&list(world, past)), [wrapped.id(), held.id()], "asked is not accepted");
}

pub(crate) fn the_newest_comes_first_and_pages_miss_nothing(world: &World) {
    let mut expected = Vec::new();
    for place in 0..23 {
        let mut talk = Talk::begins(&world.store);
        // Some at the very same moment.
        talk.waits(place / 2).says("hello");
        expected.push((talk.now, talk.id()));
    }
    expected.sort();
    expected.reverse();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = list(world, HeadFilter { after, limit: 5, ..HeadFilter::default() });
        let Some(last) = page.last() else { break };
        after = Some((last.last_message_at, last.conversation));
        seen.extend(page.iter().map(|head| (head.last_message_at, head.conversation)));
    }
    assert_eq!(seen, expected);
    assert_eq!(list(world, HeadFilter { limit: 0, ..HeadFilter::default() }).len(), 1, "at least one");
}

pub(crate) fn a_queue_shows_who_waits_in_it(world: &World) {
    let mut billing = Talk::begins(&world.store);
    billing.asks_for_a_person("billing");
    let mut general = Talk::begins_as(&world.store, CustomerId(Uuid::now_v7()), "app", at(1));
    general.asks_for_a_person("general");
    let mut taken = Talk::begins(&world.store);
    taken.waits(2).says("hello");
    taken.is_taken_by("ana", 0);
    let with_bot = Talk::begins(&world.store);

    let queued = |queues: &[&str]| HeadFilter {
        queues: Some(queues.iter().map(|queue| key(queue)).collect()),
        limit: 10,
        ..HeadFilter::default()
    };
    assert_eq!(ids(&list(world, queued(&["billing"]))), [billing.id()]);
    assert_eq!(ids(&list(world, queued(&["general", "billing"]))), [taken.id(), general.id(), billing.id()]);
    let waiting = HeadFilter { controllers: vec![ControllerKind::Queued], ..queued(&["general", "billing"]) };
    assert_eq!(ids(&list(world, waiting)), [general.id(), billing.id()]);
    assert_eq!(ids(&list(world, queued(&[]))), [], "of no queues there is nothing");
    let app = HeadFilter { channels: Some(vec![key("app")]), limit: 10, ..HeadFilter::default() };
    assert_eq!(ids(&list(world, app)), [general.id()]);
    let bots = HeadFilter { controllers: vec![ControllerKind::Bot], limit: 10, ..HeadFilter::default() };
    assert_eq!(ids(&list(world, bots)), [with_bot.id()]);

    let head = &list(world, queued(&["billing"]))[0];
    assert_eq!((head.handoff, head.since), (billing.fold.handoff().map(|handoff| handoff.id), Some(at(0))));
}

pub(crate) fn a_customers_conversations_are_theirs_alone(world: &World) {
    let customer = CustomerId(Uuid::now_v7());
    let first = Talk::begins_as(&world.store, customer, "website", at(0));
    let second = Talk::begins_as(&world.store, customer, "website", at(9));
    Talk::begins(&world.store);
    let own = HeadFilter { customer: Some(customer), limit: 10, ..HeadFilter::default() };
    assert_eq!(ids(&list(world, own)), [second.id(), first.id()]);
}

pub(crate) fn what_is_due_comes_earliest_first(world: &World) {
    assert_eq!(world.store.read_blocking(|tx| tx.next_deadline()).unwrap(), None);
    let mut asked = Talk::begins(&world.store);
    asked.waits(1000).says("hello");
    let mut offered = Talk::begins(&world.store);
    offered.asks_for_a_person("general");
    offered.waits(900).is_offered_to("ana", 0);
    let mut held = Talk::begins(&world.store);
    held.is_taken_by("ben", 0);

    // The bot has a minute, the offer half of one; who is held by a person has no deadline.
    assert_eq!(world.store.read_blocking(|tx| tx.next_deadline()).unwrap(), Some(at(930)));
    let due = world.store.read_blocking(|tx| tx.due(at(1060), 10)).unwrap();
    assert_eq!(due, [(offered.id(), at(930)), (asked.id(), at(1060))]);
    assert_eq!(world.store.read_blocking(|tx| tx.due(at(1059), 10)).unwrap().len(), 1);
    assert_eq!(world.store.read_blocking(|tx| tx.due(at(1060), 1)).unwrap(), [(offered.id(), at(930))]);
    offered.waits(31).does(&Command::Tick);
    assert_eq!(world.store.read_blocking(|tx| tx.next_deadline()).unwrap(), Some(at(1060)));

    // Other limits: the row is written anew, unless the conversation moved on meanwhile.
    let (id, seq) = (asked.id(), asked.fold.seq);
    world.store.write_blocking(move |tx| tx.put_deadline(id, Seq(seq.0 - 1), Some(at(5)))).unwrap();
    assert_eq!(world.store.read_blocking(|tx| tx.next_deadline()).unwrap(), Some(at(1060)));
    world.store.write_blocking(move |tx| tx.put_deadline(id, seq, Some(at(2000)))).unwrap();
    assert_eq!(world.store.read_blocking(|tx| tx.next_deadline()).unwrap(), Some(at(2000)));
}

pub(crate) fn a_deadline_under_other_limits_is_kept_unless_the_conversation_moved_on(world: &World) {
    let mut talk = Talk::begins(&world.store);
    talk.says("hello");
    let (id, seq) = (talk.id(), talk.fold.seq);
    let put = |seq, deadline| {
        world.store.write_blocking(move |tx| tx.put_deadline(id, seq, deadline)).unwrap();
        world.store.read_blocking(|tx| tx.next_deadline()).unwrap()
    };
    assert_eq!(put(seq, Some(at(7))), Some(at(7)));
    assert_eq!(world.store.read_blocking(|tx| tx.due(at(7), 9)).unwrap(), [(id, at(7))]);
    assert_eq!(put(Seq(1), Some(at(3))), Some(at(7)), "derived from an older state");
    assert_eq!(put(seq, None), None);
    let head = world.store.read_blocking(move |tx| tx.head(id)).unwrap().unwrap();
    assert_eq!((head.seq, head.deadline), (seq, None));
}

pub(crate) fn what_is_open_is_found_again_after_a_restart(world: &World) {
    let rests = Talk::begins(&world.store);
    let mut owed = Talk::begins(&world.store);
    owed.says("hello?");
    let mut queued = Talk::begins(&world.store);
    queued.asks_for_a_person("general");
    let mut wrapping = Talk::begins(&world.store);
    wrapping.is_taken_by("ana", 0);
    let close = Command::Close {
        by: baton_core::ClosedBy::Supervisor(agent("sam")),
        disposition: None,
        wrap_up: Duration::from_mins(1),
        survey: false,
    };
    wrapping.does(&close);
    let open = world.store.read_blocking(|tx| tx.open_heads()).unwrap();
    let mut expected = vec![owed.id(), queued.id(), wrapping.id()];
    expected.sort();
    assert_eq!(ids(&open), expected);
    assert!(!ids(&open).contains(&rests.id()));
    assert!(open.iter().find(|head| head.conversation == owed.id()).unwrap().bot_owes);

    let answer = Command::PostBotMessage {
        epoch: owed.fold.epoch,
        in_reply_to: Some(Seq(2)),
        body_bytes: 2,
        knew: true,
        promise: None,
    };
    owed.does(&answer);
    wrapping.does(&Command::EndWrapUp { agent: agent("ana"), disposition: None });
    assert_eq!(ids(&world.store.read_blocking(|tx| tx.open_heads()).unwrap()), [queued.id()]);
}

pub(crate) fn receipts_only_grow(world: &World) {
    let talk = Talk::begins(&world.store);
    let id = talk.id();
    let raise = |customer_delivered, customer_read, staff_delivered, staff_read| {
        let [customer_delivered, customer_read, staff_delivered, staff_read] =
            [customer_delivered, customer_read, staff_delivered, staff_read].map(Seq);
        let marks = Marks { customer_delivered, customer_read, staff_delivered, staff_read };
        (marks, world.store.write_blocking(move |tx| tx.raise_marks(id, marks)).unwrap())
    };
    assert_eq!(world.store.read_blocking(move |tx| tx.marks(id)).unwrap(), Marks::default());
    let (marks, stands) = raise(5, 3, 0, 0);
    assert_eq!(stands, marks);
    let (_, stands) = raise(4, 4, 1, 0);
    assert_eq!(
        stands,
        Marks { customer_delivered: Seq(5), customer_read: Seq(4), staff_delivered: Seq(1), staff_read: Seq(0) }
    );
    let (_, same) = raise(1, 1, 1, 0);
    assert_eq!(same, stands, "an old receipt changes nothing");
    assert_eq!(world.store.read_blocking(move |tx| tx.marks(id)).unwrap(), stands);
}
