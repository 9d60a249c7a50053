//! What happened in a conversation. Texts, notes and other personal data sit beside the events, so erasing them is a delete.

use std::sync::Arc;

use crate::ids::{
    AgentId, BotId, ChannelId, ConversationId, CustomerId, Disposition, HandoffId, Language, OfferId, QueueId,
};
use crate::needs::{Alternative, Needs, NobodyReason, Priority, WaitEstimate};
use crate::time::Timestamp;
use crate::verdict::{Trigger, Verdict, VerdictKind};

/// An event's number in its conversation: 1, 2, 3 … without gaps. 0 is before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Seq(pub u64);

impl Seq {
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// How often the controller has changed. A write that names an old epoch is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Epoch(pub u64);

/// One unit of an agent's capacity, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub u8);

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Author {
    Customer,
    Bot {
        /// The customer's message that this answers.
        in_reply_to: Option<Seq>,
        /// Whether the bot had an answer; a bot that does not know says so.
        knew: bool,
    },
    Agent(AgentId),
}

/// Who asked for a handoff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requester {
    Customer,
    Bot,
    /// The detector's verdict, or the shell for a bot that is down.
    Baton,
    Agent(AgentId),
    Api,
}

/// Why a handoff that was offered or held is waiting again, always in its old place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReturnReason {
    /// The agent declared to be away and the grace period passed.
    Away,
    /// The agent's connection was lost and the grace period passed.
    Disconnected,
    /// The agent is no longer part of the configuration.
    Removed,
}

/// Why a handoff waits in another queue though nobody transferred it, always in its old place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MoveReason {
    /// The queue is no longer part of the configuration.
    QueueRemoved,
}

/// Why an open offer was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RescindReason {
    CustomerLeft,
    AgentGone,
    Reassigned,
}

/// Why a handoff ended without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AbandonReason {
    /// The customer cancelled and stays with the bot.
    StayedWithBot,
    /// The customer ended the conversation.
    Left,
    /// Nobody was available, the customer said nothing more, and the limit passed.
    TimedOut,
}

/// Where a transfer goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransferTarget {
    Queue(QueueId),
    /// One agent, asked first, in a queue that others can take it from when the agent does not.
    Agent {
        agent: AgentId,
        queue: QueueId,
    },
}

/// Who ended a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closer {
    Customer,
    Agent(AgentId),
    /// Nobody wrote for the channel's idle limit.
    IdleLimit,
}

/// Why the bot gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BotFailureKind {
    Unreachable,
    TimedOut,
    Refused,
    Invalid,
}

/// What a bot tells the customer about people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BotPromise {
    /// Somebody is being connected.
    Connecting,
    /// Nobody can be.
    Cannot,
}

/// When a handoff came, as the agent who had it sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimingMark {
    /// It should have come earlier.
    TooLate,
    /// It need not have come.
    NotNeeded,
}

/// What Baton itself tells the customer in the thread. The words are chosen where it is shown, in the customer's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A person is coming.
    Queued { position: u32, wait: Option<WaitEstimate> },
    /// Nobody is there; the customer can leave a message or stay with the bot.
    NobodyAvailable {
        /// Logs of the first days do not say why.
        reason: Option<NobodyReason>,
        opens_at: Option<Timestamp>,
    },
    /// The bridge: who it is, and that they have read the conversation.
    AgentJoined { agent: AgentId },
    /// Waiting again, in the old place.
    WaitingAgain { position: u32 },
    /// The conversation moves to another queue or agent, and the story goes with it.
    Transferred,
    /// The bot answers again.
    BackToBot,
    /// It takes longer than it should: what can be had in its place, while the place is kept.
    LongWait { alternative: Alternative },
    /// The customer's message and address, or the number to call, were taken down.
    ContactTaken { by: Alternative },
    /// The conversation is over.
    Closed,
}

/// What happened. The persisted form lives in `store`, the wire form in `api`.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    ConversationStarted {
        channel: ChannelId,
        bot: BotId,
        customer: CustomerId,
        language: Language,
    },
    /// The text is stored beside, under the same number.
    MessagePosted {
        author: Author,
        body_bytes: u32,
    },
    /// For agents only; the text is stored beside.
    NotePosted {
        agent: AgentId,
        body_bytes: u32,
    },
    TurnAssessed {
        message: Seq,
        verdict: Box<Verdict>,
    },
    BotTurnFailed {
        message: Seq,
        failure: BotFailureKind,
    },
    /// The customer was asked whether they would like a person, and said no.
    SuggestionDeclined {
        /// The customer's message at which it was suggested.
        message: Seq,
    },
    /// The bot's message says something about a person coming.
    PromiseMade {
        message: Seq,
        promise: BotPromise,
    },
    /// The bot said that a person is coming, and nobody was asked for one in time.
    PromiseBroken {
        message: Seq,
    },
    /// A language model was asked about a turn that could not be decided. Its reason is stored beside.
    OpinionGiven {
        message: Seq,
        kind: VerdictKind,
        model: Arc<str>,
    },
    /// What an agent thinks of when a handoff came; none takes the mark back.
    TimingMarked {
        handoff: HandoffId,
        by: AgentId,
        timing: Option<TimingMark>,
    },
    /// The customer found a bot's answer helpful, or not; none takes it back.
    AnswerRated {
        message: Seq,
        helpful: Option<bool>,
    },
    HandoffRequested {
        handoff: HandoffId,
        by: Requester,
        triggers: Vec<Trigger>,
        needs: Needs,
        queue: QueueId,
        /// The message that triggered it.
        message: Option<Seq>,
        staffed: bool,
    },
    /// Whether anybody is there changed while the handoff waited.
    StaffingChanged {
        handoff: HandoffId,
        staffed: bool,
    },
    NoticePosted {
        notice: Notice,
    },
    OfferMade {
        offer: OfferId,
        handoff: HandoffId,
        agent: AgentId,
        /// As many as the handoff's weight.
        slots: Vec<Slot>,
        expires_at: Timestamp,
    },
    OfferAccepted {
        offer: OfferId,
        handoff: HandoffId,
        agent: AgentId,
    },
    OfferDeclined {
        offer: OfferId,
        agent: AgentId,
        reason: DeclineReason,
    },
    OfferExpired {
        offer: OfferId,
        agent: AgentId,
    },
    OfferRescinded {
        offer: OfferId,
        agent: AgentId,
        reason: RescindReason,
    },
    /// A supervisor gave it to an agent, or took it; no offer was asked.
    HandoffAssigned {
        handoff: HandoffId,
        agent: AgentId,
        slots: Vec<Slot>,
        by: AgentId,
    },
    /// An agent took it from the queue: it was shown to many, or it was theirs to take.
    HandoffTaken {
        handoff: HandoffId,
        agent: AgentId,
        slots: Vec<Slot>,
    },
    /// It waited longer than its queue wants anybody to, and something else was offered; the place is kept.
    AlternativeOffered {
        handoff: HandoffId,
        alternative: Alternative,
    },
    HandoffReturned {
        handoff: HandoffId,
        agent: AgentId,
        reason: ReturnReason,
    },
    /// It waits, or rings, in another queue from now on; nobody asked for that.
    HandoffMoved {
        handoff: HandoffId,
        queue: QueueId,
        reason: MoveReason,
    },
    HandoffTransferred {
        handoff: HandoffId,
        by: AgentId,
        to: TransferTarget,
        needs: Needs,
        staffed: bool,
    },
    PriorityChanged {
        handoff: HandoffId,
        priority: Priority,
        by: AgentId,
    },
    /// The message and the address or number are stored beside.
    ContactLeft {
        handoff: HandoffId,
        by: Alternative,
    },
    /// Facts, promises, open items and the note for the bot are stored beside.
    HandedBack {
        handoff: HandoffId,
        agent: AgentId,
        wrap_up_until: Option<Timestamp>,
    },
    HandoffAbandoned {
        handoff: HandoffId,
        reason: AbandonReason,
    },
    WrapUpEnded {
        handoff: HandoffId,
        agent: AgentId,
        /// None when the limit passed before one was chosen.
        disposition: Option<Disposition>,
    },
    SurveyOffered {
        handoff: HandoffId,
    },
    /// A comment is stored beside.
    SurveyAnswered {
        handoff: HandoffId,
        rating: Rating,
    },
    ConversationClosed {
        by: Closer,
        disposition: Option<Disposition>,
        wrap_up_until: Option<Timestamp>,
    },
}

/// Why an agent said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeclineReason {
    Busy,
    WrongSkill,
    Break,
    Other,
}

/// A survey's answer, 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rating(u8);

impl Rating {
    /// `None` outside 1 to 5.
    pub fn new(rating: u8) -> Option<Self> {
        (1..=5).contains(&rating).then_some(Self(rating))
    }

    pub fn get(self) -> u8 {
        self.0
    }
}

/// An event with its place and time.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    pub conversation: ConversationId,
    pub seq: Seq,
    pub at: Timestamp,
    pub event: Event,
}
