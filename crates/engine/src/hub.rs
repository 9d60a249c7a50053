//! Who is listening in this process, and what they are told: hints about what is in the log already, and what has no number.
//!
//! Each socket has one bounded queue. A listener who does not keep up is cut off and resumes from the log: never is
//! one frame dropped and the next one sent.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use baton_core::{
    AgentId, Author, Conversation, ConversationId, HandoffId, OfferId, QueueId, Recorded, Seq, Timestamp, WaitEstimate,
};
use baton_detect::{Past, PastAuthor};
use baton_store::{Body, Customer, Marks, Reminder};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::briefs::BriefInfo;
use crate::taking::TakeableInfo;

/// Changes that may wait for one listener; beyond it the listener is cut off.
pub const LISTENER_QUEUE_MAX: usize = 256;

/// Who listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listener {
    Customer,
    Bot,
    /// `queues: None` sees every queue.
    Staff {
        agent: AgentId,
        queues: Option<BTreeSet<QueueId>>,
    },
}

/// An event with what is stored beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEvent {
    pub recorded: Recorded,
    pub body: Option<Body>,
}

/// A place in the queue, 1 is next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub position: u32,
    pub wait: Option<WaitEstimate>,
}

/// The last message of a conversation, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastMessage {
    pub author: Author,
    pub text: String,
}

/// A conversation as it stands.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub conversation: Arc<Conversation>,
    pub customer: Arc<Customer>,
    pub place: Option<Place>,
    pub last: Option<Arc<LastMessage>>,
    pub(crate) recent: Arc<VecDeque<Past>>,
}

impl Snapshot {
    /// What the customer wrote last, of the newest dozen of messages.
    pub fn asked_last(&self) -> Option<&str> {
        let own = |past: &&Past| matches!(past.author, PastAuthor::Customer);
        self.recent.iter().rev().find(own).map(|past| past.text.as_str())
    }

    /// How many of the customer's latest messages came after `read`. Counted among the newest dozen, of all sides.
    pub fn unread_by_staff(&self, read: Seq) -> u64 {
        self.unread(read, |author| matches!(author, PastAuthor::Customer))
    }

    /// How many of the others' latest messages came after `read`; counted likewise.
    pub fn unread_by_customer(&self, read: Seq) -> u64 {
        self.unread(read, |author| !matches!(author, PastAuthor::Customer))
    }

    fn unread(&self, read: Seq, counts: impl Fn(&PastAuthor) -> bool) -> u64 {
        self.recent.iter().filter(|past| past.seq > read && counts(&past.author)).map(|_| 1).sum()
    }
}

/// Who is typing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typist {
    Customer,
    Bot,
    Agent(AgentId),
}

/// A handoff proposed to one agent, with everything they need to decide.
#[derive(Debug, Clone)]
pub struct OfferInfo {
    pub offer: OfferId,
    pub agent: AgentId,
    pub conversation: ConversationId,
    pub handoff: HandoffId,
    pub queue: QueueId,
    pub since: Timestamp,
    pub expires_at: Timestamp,
    pub ring: std::time::Duration,
    pub language: baton_core::Language,
    pub brief: BriefInfo,
}

/// Events that were appended, to those who follow the conversation.
#[derive(Debug)]
pub struct AppendedChange {
    pub conversation: ConversationId,
    pub events: Vec<StoredEvent>,
    pub snapshot: Snapshot,
    /// The events as they go over the wire, made once for each of three audiences by whoever sends first.
    pub rendered: [OnceLock<Arc<str>>; 3],
}

/// What a listener is told.
#[derive(Debug)]
pub enum Change {
    Appended(AppendedChange),
    Typing {
        conversation: ConversationId,
        who: Typist,
        typing: bool,
    },
    Marks {
        conversation: ConversationId,
        marks: Marks,
    },
    Place {
        conversation: ConversationId,
        place: Place,
    },
    Offer(Box<OfferInfo>),
    OfferGone {
        agent: AgentId,
        offer: OfferId,
        reason: &'static str,
    },
    /// A conversation in a staff member's lists changed.
    Summary {
        snapshot: Snapshot,
    },
    /// A handoff that the staff who are told may take.
    Takeable(Box<TakeableInfo>),
    /// It is not there to be taken any more.
    TakeableGone {
        handoff: HandoffId,
    },
    /// What an agent declared was changed for them or by them.
    Availability {
        agent: AgentId,
    },
    Floor,
    /// An agent is to look at something, from its time on.
    Reminder(Box<Reminder>),
    ReminderDone {
        id: Uuid,
    },
    /// Who of the staff has this conversation in front of them.
    Viewers {
        conversation: ConversationId,
        agents: Vec<AgentId>,
    },
}

struct Ear {
    listener: Listener,
    queue: mpsc::Sender<Arc<Change>>,
    follows: BTreeSet<ConversationId>,
}

#[derive(Default)]
struct Ears {
    by_id: BTreeMap<u64, Ear>,
    followers: BTreeMap<ConversationId, Vec<u64>>,
    staff: BTreeSet<u64>,
}

impl Ears {
    fn tell(&mut self, ear: u64, change: &Arc<Change>) {
        let full = self.by_id.get(&ear).is_some_and(|ear| ear.queue.try_send(Arc::clone(change)).is_err());
        if full {
            self.forget(ear);
        }
    }

    fn forget(&mut self, id: u64) {
        let staff = self.staff.remove(&id);
        if let Some(ear) = self.by_id.remove(&id) {
            for conversation in ear.follows {
                self.unfollow(id, conversation);
                if staff {
                    self.tell_viewers(conversation);
                }
            }
        }
    }

    /// The staff who follow a conversation, each once, by their keys.
    fn viewers(&self, conversation: ConversationId) -> Vec<AgentId> {
        let followers = self.followers.get(&conversation).into_iter().flatten();
        let agents: BTreeSet<AgentId> = followers
            .filter_map(|follower| match &self.by_id.get(follower)?.listener {
                Listener::Staff { agent, .. } => Some(agent.clone()),
                Listener::Customer | Listener::Bot => None,
            })
            .collect();
        agents.into_iter().collect()
    }

    /// Tells the staff who follow a conversation who they are; customers and bots never hear of it.
    fn tell_viewers(&mut self, conversation: ConversationId) {
        let Some(followers) = self.followers.get(&conversation) else { return };
        let staff: Vec<u64> = followers.iter().copied().filter(|follower| self.staff.contains(follower)).collect();
        let change = Arc::new(Change::Viewers { conversation, agents: self.viewers(conversation) });
        for follower in staff {
            self.tell(follower, &change);
        }
    }

    fn unfollow(&mut self, id: u64, conversation: ConversationId) {
        if let Some(followers) = self.followers.get_mut(&conversation) {
            followers.retain(|follower| *follower != id);
            if followers.is_empty() {
                self.followers.remove(&conversation);
            }
        }
    }
}

/// Everybody who listens.
#[derive(Default)]
pub(crate) struct Hub {
    ears: Mutex<Ears>,
    next: AtomicU64,
}

impl Hub {
    fn ears(&self) -> std::sync::MutexGuard<'_, Ears> {
        // Every change of the ears is whole before anything can panic.
        self.ears.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn connect(self: &Arc<Self>, listener: Listener) -> Subscriber {
        let (queue, changes) = mpsc::channel(LISTENER_QUEUE_MAX);
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let mut ears = self.ears();
        if matches!(listener, Listener::Staff { .. }) {
            ears.staff.insert(id);
        }
        ears.by_id.insert(id, Ear { listener, queue, follows: BTreeSet::new() });
        Subscriber { id, changes, hub: Arc::clone(self) }
    }

    pub(crate) fn viewers(&self, conversation: ConversationId) -> Vec<AgentId> {
        self.ears().viewers(conversation)
    }

    /// Whether anybody follows this conversation.
    pub(crate) fn followed(&self, conversation: ConversationId) -> bool {
        self.ears().followers.contains_key(&conversation)
    }

    pub(crate) fn to_followers(&self, conversation: ConversationId, change: Change) {
        let mut ears = self.ears();
        let Some(followers) = ears.followers.get(&conversation).cloned() else { return };
        let change = Arc::new(change);
        for follower in followers {
            ears.tell(follower, &change);
        }
    }

    /// Tells the staff whom `concerned` picks.
    pub(crate) fn to_staff(&self, change: Change, concerned: impl Fn(&AgentId, Option<&BTreeSet<QueueId>>) -> bool) {
        let mut ears = self.ears();
        if ears.staff.is_empty() {
            return;
        }
        let picked: Vec<u64> = ears
            .staff
            .iter()
            .copied()
            .filter(|id| match ears.by_id.get(id).map(|ear| &ear.listener) {
                Some(Listener::Staff { agent, queues }) => concerned(agent, queues.as_ref()),
                Some(Listener::Customer | Listener::Bot) | None => false,
            })
            .collect();
        let change = Arc::new(change);
        for ear in picked {
            ears.tell(ear, &change);
        }
    }

    /// Cuts everybody off; they resume elsewhere or after the start.
    pub(crate) fn close(&self) {
        *self.ears() = Ears::default();
    }
}

/// One listener's end. Dropping it stops listening.
pub struct Subscriber {
    id: u64,
    changes: mpsc::Receiver<Arc<Change>>,
    hub: Arc<Hub>,
}

impl Subscriber {
    /// The next change; `None` when this listener was too slow or the engine stops: resume from the log.
    pub async fn next(&mut self) -> Option<Arc<Change>> {
        self.changes.recv().await
    }

    /// Follows a conversation from now on. Read the log after this, and nothing is missed between the two.
    pub fn subscribe(&self, conversation: ConversationId) {
        let mut ears = self.hub.ears();
        let Some(ear) = ears.by_id.get_mut(&self.id) else { return };
        let staff = matches!(ear.listener, Listener::Staff { .. });
        if ear.follows.insert(conversation) {
            ears.followers.entry(conversation).or_default().push(self.id);
            if staff {
                ears.tell_viewers(conversation);
            }
        }
    }

    pub fn unsubscribe(&self, conversation: ConversationId) {
        let mut ears = self.hub.ears();
        let Some(ear) = ears.by_id.get_mut(&self.id) else { return };
        let staff = matches!(ear.listener, Listener::Staff { .. });
        if ear.follows.remove(&conversation) {
            ears.unfollow(self.id, conversation);
            if staff {
                ears.tell_viewers(conversation);
            }
        }
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        self.hub.ears().forget(self.id);
    }
}
