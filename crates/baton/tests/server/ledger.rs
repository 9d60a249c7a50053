//! What clients were promised, held against the log: nothing lost, nothing doubled, order kept, one controller.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use baton_api::wire::{AuthorKind, ControllerName, ConversationView, EventKind, EventView, MessageView};
use tokio::sync::watch;
use uuid::Uuid;

/// One client's writing in one conversation.
#[derive(Default)]
struct Writer {
    /// Client ids in the order in which they were first sent.
    sent: Vec<String>,
    /// The number that each was acknowledged with.
    acknowledged: BTreeMap<String, u64>,
    /// Those that were refused, and so must not be there.
    refused: HashSet<String>,
    /// Sent again after the answer was lost, and found to have been written before.
    found: u64,
}

/// What every client was promised.
pub(crate) struct Ledger {
    /// By conversation and by who writes there.
    writers: Mutex<BTreeMap<(Uuid, String), Writer>>,
    done: watch::Sender<Done>,
}

/// How much was done so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Done {
    acknowledged: u64,
    /// Offers answered, handoffs passed on or back.
    moves: u64,
}

impl Done {
    pub(crate) fn and(self, acknowledged: u64, moves: u64) -> Self {
        Self { acknowledged: self.acknowledged + acknowledged, moves: self.moves + moves }
    }
}

/// Numbers of a whole run, for people.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    pub(crate) sent: usize,
    pub(crate) acknowledged: usize,
    pub(crate) refused: usize,
    pub(crate) found_again: u64,
    pub(crate) handoffs: usize,
    pub(crate) offers: usize,
    pub(crate) accepted: usize,
    pub(crate) handed_back: usize,
    pub(crate) bot_answers: usize,
}

impl Ledger {
    pub(crate) fn new() -> Self {
        Self { writers: Mutex::default(), done: watch::channel(Done::default()).0 }
    }

    fn writers(&self) -> MutexGuard<'_, BTreeMap<(Uuid, String), Writer>> {
        self.writers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn sends(&self, conversation: Uuid, who: &str, client_id: &str) {
        self.writers().entry((conversation, who.to_owned())).or_default().sent.push(client_id.to_owned());
    }

    /// An acknowledgement; the same client id never gets another number.
    pub(crate) fn acknowledges(&self, conversation: Uuid, who: &str, client_id: &str, seq: u64, found: bool) {
        let mut writers = self.writers();
        let writer = writers.entry((conversation, who.to_owned())).or_default();
        let before = writer.acknowledged.insert(client_id.to_owned(), seq);
        assert!(before.is_none_or(|before| before == seq), "{client_id} was {before:?} and is {seq}");
        writer.found += u64::from(found);
        drop(writers);
        self.done.send_modify(|done| done.acknowledged += 1);
    }

    /// An agent was told that something they did to a handoff is done.
    pub(crate) fn moves(&self) {
        self.done.send_modify(|done| done.moves += 1);
    }

    pub(crate) fn refuses(&self, conversation: Uuid, who: &str, client_id: &str) {
        self.writers().entry((conversation, who.to_owned())).or_default().refused.insert(client_id.to_owned());
    }

    pub(crate) fn done(&self) -> Done {
        *self.done.borrow()
    }

    /// Waits until at least so much was done.
    pub(crate) async fn reaches(&self, goal: Done) {
        let there = |done: &Done| done.acknowledged >= goal.acknowledged && done.moves >= goal.moves;
        self.done.subscribe().wait_for(there).await.expect("it is ours");
    }

    /// Holds one conversation's log and state against what was promised.
    pub(crate) fn check(&self, state: &ConversationView, log: &[EventView], totals: &mut Totals) {
        let id = state.id;
        let mut by_client_id: HashMap<&str, u64> = HashMap::new();
        for (seq, message) in messages(log) {
            let Some(client_id) = message.client_id.as_deref() else { continue };
            let before = by_client_id.insert(client_id, seq);
            assert_eq!(before, None, "{client_id} is twice in {id}: {before:?} and {seq}");
        }
        for ((_, who), writer) in self.writers().iter().filter(|((conversation, _), _)| *conversation == id) {
            for (client_id, seq) in &writer.acknowledged {
                let there = by_client_id.get(client_id.as_str());
                assert_eq!(there, Some(seq), "{client_id} of {who} in {id} was acknowledged");
            }
            for client_id in &writer.refused {
                assert!(!by_client_id.contains_key(client_id.as_str()), "{client_id} of {who} was refused");
            }
            let order: Vec<u64> =
                writer.sent.iter().filter_map(|client_id| by_client_id.get(client_id.as_str()).copied()).collect();
            assert!(order.is_sorted(), "{who} wrote in another order in {id}: {order:?}");
            totals.sent += writer.sent.len();
            totals.acknowledged += writer.acknowledged.len();
            totals.refused += writer.refused.len();
            totals.found_again += writer.found;
        }
        let end = fold(id, log, totals);
        let (kind, agent) = end.shown();
        assert_eq!((state.controller.kind, state.controller.agent.as_deref()), (kind, agent), "the state of {id}");
    }
}

fn messages(log: &[EventView]) -> impl Iterator<Item = (u64, &MessageView)> {
    log.iter().filter_map(|event| {
        let EventKind::MessagePosted(message) = &event.what else { return None };
        Some((event.seq, message))
    })
}

/// The one state of a conversation, told from its events by rules written a second time.
#[derive(Debug, PartialEq)]
enum Stands {
    Bot,
    Queued(Uuid),
    Offered(Uuid, Uuid, String),
    Held(Uuid, String),
    Closed,
}

impl Stands {
    fn shown(&self) -> (ControllerName, Option<&str>) {
        match self {
            Self::Bot => (ControllerName::Bot, None),
            Self::Queued(_) => (ControllerName::Queued, None),
            Self::Offered(_, _, agent) => (ControllerName::Offered, Some(agent)),
            Self::Held(_, agent) => (ControllerName::Agent, Some(agent)),
            Self::Closed => (ControllerName::Closed, None),
        }
    }
}

/// Follows every handoff through its states; an event that does not fit where it stands fails.
#[allow(clippy::too_many_lines)] // Every event in one table.
fn fold(id: Uuid, log: &[EventView], totals: &mut Totals) -> Stands {
    let mut stands = Stands::Bot;
    let mut handoffs = HashSet::new();
    let mut answered = HashSet::new();
    for event in log {
        let at = format!("event {} of {id} while {stands:?}: {event:?}", event.seq);
        match (&event.what, stands) {
            (EventKind::MessagePosted(message), now) => {
                match message.author.kind {
                    AuthorKind::Customer => assert_ne!(now, Stands::Closed, "{at}"),
                    AuthorKind::Bot => {
                        assert_eq!(now, Stands::Bot, "the bot talked over a person: {at}");
                        let fresh = message.in_reply_to.is_none_or(|question| answered.insert(question));
                        assert!(fresh, "answered twice: {at}");
                        totals.bot_answers += 1;
                    }
                    AuthorKind::Agent => {
                        let writes = message.author.agent.as_deref();
                        assert!(matches!(&now, Stands::Held(_, agent) if Some(agent.as_str()) == writes), "{at}");
                    }
                }
                stands = now;
            }
            (EventKind::HandoffRequested(requested), Stands::Bot) => {
                assert!(handoffs.insert(requested.handoff), "requested twice: {at}");
                totals.handoffs += 1;
                stands = Stands::Queued(requested.handoff);
            }
            (EventKind::OfferMade(made), Stands::Queued(handoff)) if made.handoff == handoff => {
                totals.offers += 1;
                stands = Stands::Offered(handoff, made.offer, made.agent.clone());
            }
            (EventKind::OfferAccepted(accepted), Stands::Offered(handoff, _, agent)) => {
                assert_eq!((accepted.handoff, accepted.agent.as_deref()), (handoff, Some(agent.as_str())), "{at}");
                totals.accepted += 1;
                stands = Stands::Held(handoff, agent);
            }
            (EventKind::HandoffTaken(taken), Stands::Queued(handoff)) if taken.handoff == handoff => {
                totals.accepted += 1;
                stands = Stands::Held(handoff, taken.agent.clone().unwrap_or_default());
            }
            (EventKind::OfferDeclined(gone), Stands::Offered(handoff, offer, _)) if gone.offer == offer => {
                stands = Stands::Queued(handoff);
            }
            (EventKind::OfferExpired(gone), Stands::Offered(handoff, offer, _)) if gone.offer == offer => {
                stands = Stands::Queued(handoff);
            }
            (EventKind::OfferRescinded(gone), Stands::Offered(handoff, offer, _)) if gone.offer == offer => {
                stands = Stands::Queued(handoff);
            }
            (EventKind::HandoffReturned(returned), Stands::Held(handoff, _)) if returned.handoff == handoff => {
                stands = Stands::Queued(handoff);
            }
            (EventKind::HandoffTransferred(passed), Stands::Held(handoff, _) | Stands::Queued(handoff))
                if passed.handoff == handoff =>
            {
                stands = Stands::Queued(handoff);
            }
            (EventKind::HandedBack(back), Stands::Held(handoff, _)) if back.handoff == handoff => {
                totals.handed_back += 1;
                stands = Stands::Bot;
            }
            (EventKind::HandoffAbandoned(left), Stands::Queued(handoff)) if left.handoff == handoff => {
                stands = Stands::Bot;
            }
            (EventKind::ConversationClosed(_), Stands::Bot | Stands::Held(..)) => stands = Stands::Closed,
            (
                EventKind::ConversationStarted(_)
                | EventKind::NotePosted(_)
                | EventKind::TurnAssessed(_)
                | EventKind::NoticePosted(_)
                | EventKind::StaffingChanged(_)
                | EventKind::AlternativeOffered(_)
                | EventKind::HandoffMoved(_)
                | EventKind::PriorityChanged(_)
                | EventKind::ContactLeft(_)
                | EventKind::BotTurnFailed(_)
                | EventKind::SuggestionDeclined(_)
                | EventKind::PromiseMade(_)
                | EventKind::PromiseBroken(_)
                | EventKind::OpinionGiven(_)
                | EventKind::TimingMarked(_)
                | EventKind::AnswerRated(_)
                | EventKind::SurveyOffered(_)
                | EventKind::SurveyAnswered(_)
                | EventKind::WrapUpEnded(_),
                now,
            ) => stands = now,
            (
                EventKind::HandoffRequested(_)
                | EventKind::OfferMade(_)
                | EventKind::OfferAccepted(_)
                | EventKind::OfferDeclined(_)
                | EventKind::OfferExpired(_)
                | EventKind::OfferRescinded(_)
                | EventKind::HandoffReturned(_)
                | EventKind::HandoffAssigned(_)
                | EventKind::HandoffTaken(_)
                | EventKind::HandoffTransferred(_)
                | EventKind::HandedBack(_)
                | EventKind::HandoffAbandoned(_)
                | EventKind::ConversationClosed(_)
                | EventKind::Hidden(_),
                _,
            ) => panic!("{at}"),
        }
    }
    stands
}
