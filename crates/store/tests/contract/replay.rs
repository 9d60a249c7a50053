//! The projections are what the log gives, whatever happened: a long random walk through the rules, compared with the
//! folds and with the model after every stretch.

use std::collections::BTreeSet;
use std::time::Duration;

use baton_core::{
    ClosedBy, Command, Controller, Conversation, HandoffId, Limits, OfferId, Rating, Requester, Slot, TransferTarget,
    Trigger,
};
use baton_store::{Append, Appended, ControllerKind, Head, HeadFilter, Store};
use uuid::Uuid;

use crate::talk::{Prepared, Talk, agent, at, customer_message, key, log_of, nobody, staffed};
use crate::world::World;

const CONVERSATIONS: usize = 12;
const STEPS: i64 = 1_000;
const AGENTS: [&str; 3] = ["ana", "ben", "cho"];

/// A small generator; the walk is the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }

    fn agent(&mut self) -> baton_core::AgentId {
        agent(AGENTS[self.roll(AGENTS.len())])
    }

    fn queue(&mut self) -> &'static str {
        ["general", "billing"][self.roll(2)]
    }
}

/// Anything that anybody could try; the rules refuse what makes no sense.
fn any_command(dice: &mut Dice, talk: &Talk) -> Command {
    let fold = &talk.fold;
    let epoch = fold.epoch;
    let handoff = fold.handoff().map_or(HandoffId(Uuid::nil()), |handoff| handoff.id);
    let holder = fold.agent().cloned().unwrap_or_else(|| agent("ana"));
    let (offer, asked) = match &fold.controller {
        Controller::Offered { offer, .. } => (offer.id, offer.agent.clone()),
        Controller::Bot | Controller::Queued { .. } | Controller::Agent { .. } | Controller::Closed => {
            (OfferId(Uuid::nil()), agent("ana"))
        }
    };
    let admission = if dice.roll(3) == 0 { nobody(dice.queue()) } else { staffed(dice.queue()) };
    let (slot, someone) = (Slot(u8::try_from(dice.roll(3)).unwrap()), dice.agent());
    let wrap_up = Duration::from_secs(60 * dice.roll(2) as u64);
    let survey = dice.roll(2) == 0;
    match dice.roll(24) {
        0..=2 => customer_message("hello"),
        3 | 4 => Command::PostBotMessage {
            epoch,
            in_reply_to: fold.bot_turns.first().map(|turn| turn.message),
            body_bytes: 9,
            knew: true,
            promise: None,
        },
        5 => Command::PostAgentMessage { agent: holder, epoch, body_bytes: 9 },
        6 | 7 => Command::RequestHandoff {
            handoff: HandoffId(Uuid::now_v7()),
            by: Requester::Customer,
            epoch: None,
            triggers: vec![Trigger::Frustration],
            admission,
        },
        8 | 9 => Command::MakeOffer {
            offer: OfferId(Uuid::now_v7()),
            handoff,
            agent: someone,
            slots: vec![slot],
            expires_at: talk.now + Duration::from_secs(30),
        },
        10 | 11 => Command::AcceptOffer { offer, agent: asked },
        12 => Command::DeclineOffer { offer, agent: asked, reason: baton_core::DeclineReason::Busy },
        13 => Command::Assign { handoff, agent: someone, slots: vec![slot], by: agent("sam") },
        14 => Command::ReturnToQueue { agent: holder, reason: baton_core::ReturnReason::Away, position: 1 },
        15 => Command::Transfer {
            by: holder,
            epoch: Some(epoch),
            to: TransferTarget::Queue(key(dice.queue())),
            needs: baton_core::Needs::default(),
            staffed: survey,
            reason: None,
            note_bytes: None,
        },
        16 => Command::HandBack { agent: holder, epoch, wrap_up, survey },
        17 => Command::EndWrapUp { agent: someone, disposition: survey.then(|| key("solved")) },
        18 if dice.roll(4) == 0 => {
            Command::Close { by: ClosedBy::Supervisor(agent("sam")), disposition: None, wrap_up, survey }
        }
        19 => fold.surveys.first().map_or(Command::LeaveContact { by: baton_core::Alternative::Message }, |handoff| {
            Command::AnswerSurvey { handoff: *handoff, rating: Rating::new(3).unwrap() }
        }),
        20 => Command::CancelHandoff,
        21 if survey => Command::TakeHandoff { handoff, agent: someone, slots: vec![slot, Slot(9)] },
        21 => Command::OfferAlternative { handoff, alternative: baton_core::Alternative::Callback },
        _ => Command::Tick,
    }
}

/// The head as the test sees it, written a second time on purpose.
fn expected_head(fold: &Conversation) -> Head {
    let (controller, agent) = match &fold.controller {
        Controller::Bot => (ControllerKind::Bot, None),
        Controller::Queued { .. } => (ControllerKind::Queued, None),
        Controller::Offered { offer, .. } => (ControllerKind::Offered, Some(offer.agent.clone())),
        Controller::Agent { agent, .. } => (ControllerKind::Agent, Some(agent.clone())),
        Controller::Closed => (ControllerKind::Closed, None),
    };
    Head {
        conversation: fold.id,
        seq: fold.seq,
        channel: fold.channel.clone().unwrap(),
        bot: fold.bot.clone().unwrap(),
        customer: fold.customer.unwrap(),
        controller,
        agent,
        queue: fold.handoff().map(|handoff| handoff.queue.clone()),
        handoff: fold.handoff().map(|handoff| handoff.id),
        since: fold.handoff().map(|handoff| handoff.since),
        started_at: fold.started_at,
        last_message_at: fold.last_message_at,
        deadline: fold.deadline(&Limits::default()).map(|(at, _)| at),
        bot_owes: !fold.bot_turns.is_empty(),
        wrapping_up: !fold.wrap_ups.is_empty(),
    }
}

pub(crate) fn a_thousand_steps_leave_the_rows_that_the_log_gives(world: &World) {
    let model = Store::in_memory();
    let mut dice = Dice(7);
    let mut talks: Vec<Talk> = Vec::new();
    for step in 0..STEPS {
        let place = dice.roll(CONVERSATIONS);
        if place >= talks.len() || talks[place].fold.is_closed() && talks[place].fold.wrap_ups.is_empty() {
            let mut talk = Talk::begins(&world.store);
            copy(&talk, &model);
            talk.now = at(step);
            if place >= talks.len() {
                talks.push(talk);
            } else {
                talks[place] = talk;
            }
            continue;
        }
        let talk = &mut talks[place];
        talk.now = at(step * 7);
        let command = any_command(&mut dice, talk);
        let Ok(events) = talk.fold.decide(talk.now, &Limits::default(), &command) else { continue };
        let prepared = Prepared::new(&talk.fold, talk.now, events, None);
        let (appended, same) = (prepared.append(&world.store).unwrap(), prepared.append(&model).unwrap());
        assert_eq!(appended, same, "step {step}: {command:?}");
        if appended == Appended::Done {
            talk.fold = prepared.after;
        }
        if step % 250 == 249 {
            compare(&world.store, &model, &talks);
        }
    }
    compare(&world.store, &model, &talks);
}

/// Brings the first event of a conversation to the model.
fn copy(talk: &Talk, model: &Store) {
    let log = log_of(&talk.store, talk.id());
    let after = talk.fold.clone();
    model
        .write_blocking(move |tx| {
            let before = Conversation::empty(after.id);
            let events: Vec<_> = log.iter().map(|recorded| recorded.event.clone()).collect();
            tx.append(&Append {
                conversation: after.id,
                client_id: None,
                at: log[0].at,
                events: &events,
                bodies: &[],
                before: &before,
                after: &after,
                deadline: after.deadline(&Limits::default()).map(|(at, _)| at),
            })
        })
        .unwrap();
}

fn compare(store: &Store, model: &Store, talks: &[Talk]) {
    let mut taken = BTreeSet::new();
    for talk in talks {
        let id = talk.id();
        assert_eq!(Conversation::replay(id, &log_of(store, id)), talk.fold);
        let head = store.read_blocking(move |tx| tx.head(id)).unwrap().unwrap();
        assert_eq!(head, expected_head(&talk.fold));
        taken.extend(talk.fold.held_slots().into_iter().map(|(agent, slot)| (agent, slot, id)));
        let rows = |store: &Store| store.read_blocking(move |tx| tx.handoffs_of(id)).unwrap();
        assert_eq!(rows(store), rows(model));
        for row in rows(store) {
            let under_way = talk.fold.handoff().is_some_and(|handoff| handoff.id == row.handoff);
            assert_eq!(row.outcome == "open", under_way, "{row:?}");
            assert_eq!(row.ended_at.is_none(), under_way, "{row:?}");
        }
    }
    let slots: BTreeSet<_> = store.read_blocking(|tx| tx.slots()).unwrap().into_iter().collect();
    assert_eq!(slots, taken);

    // Every list says the same as the model.
    let filters = [
        HeadFilter::default(),
        HeadFilter { agent: Some(agent("ana")), ..HeadFilter::default() },
        HeadFilter { last_agent: Some(agent("ben")), ..HeadFilter::default() },
        HeadFilter { queues: Some(vec![key("billing")]), ..HeadFilter::default() },
        HeadFilter { controllers: vec![ControllerKind::Queued, ControllerKind::Offered], ..HeadFilter::default() },
    ];
    for filter in filters {
        let filter = HeadFilter { limit: 200, ..filter };
        let lists: Vec<Vec<Head>> = [store, model]
            .into_iter()
            .map(|store| {
                let filter = filter.clone();
                store.read_blocking(move |tx| tx.heads(&filter)).unwrap()
            })
            .collect();
        assert_eq!(lists[0], lists[1], "{filter:?}");
    }
    let rest = |store: &Store| {
        store.read_blocking(|tx| Ok((tx.open_heads()?, tx.due(at(1 << 40), 500)?, tx.next_deadline()?))).unwrap()
    };
    assert_eq!(rest(store), rest(model));
}
