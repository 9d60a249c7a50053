//! What can be asked of a conversation, and the ways it says no.

use std::sync::Arc;
use std::time::Duration;

use crate::event::{
    BotFailureKind, BotPromise, DeclineReason, Epoch, MoveReason, Rating, Requester, RescindReason, ReturnReason, Seq,
    Slot, TimingMark, TransferTarget,
};
use crate::ids::{AgentId, BotId, ChannelId, CustomerId, Disposition, HandoffId, Language, OfferId, QueueId};
use crate::needs::{Admission, Alternative, Needs, NobodyReason, Priority};
use crate::time::Timestamp;
use crate::verdict::{Trigger, Verdict, VerdictKind};

/// Longest message or note, in bytes of UTF-8.
pub const BODY_BYTES_MAX: u32 = 16 * 1024;

/// An order. Ids, verdicts and what the floor can promise come with it: `decide` looks nothing up.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Start {
        channel: ChannelId,
        bot: BotId,
        customer: CustomerId,
        language: Language,
    },
    PostCustomerMessage {
        body_bytes: u32,
        verdict: Box<Verdict>,
        /// The id that a handoff gets if this message triggers one.
        handoff: HandoffId,
        /// What the floor can promise if it does.
        admission: Admission,
    },
    PostBotMessage {
        epoch: Epoch,
        in_reply_to: Option<Seq>,
        body_bytes: u32,
        knew: bool,
        /// What its text says about people.
        promise: Option<BotPromise>,
    },
    PostAgentMessage {
        agent: AgentId,
        epoch: Epoch,
        body_bytes: u32,
    },
    PostNote {
        agent: AgentId,
        body_bytes: u32,
    },
    /// The bot gave no answer: a trigger, not a dead end.
    FailBotTurn {
        message: Seq,
        epoch: Epoch,
        failure: BotFailureKind,
        handoff: HandoffId,
        admission: Admission,
    },
    /// The customer says yes to a person who was suggested at `message`.
    AcceptSuggestion {
        message: Seq,
        handoff: HandoffId,
        admission: Admission,
    },
    DeclineSuggestion {
        message: Seq,
    },
    /// The bot's promise of a person was not kept in time; with a handoff when it is kept for the bot.
    BreakPromise {
        message: Seq,
        handoff: Option<(HandoffId, Admission)>,
    },
    /// What a language model thinks of a turn; it counts while the bot still has the conversation at `epoch`.
    GiveOpinion {
        message: Seq,
        epoch: Epoch,
        kind: VerdictKind,
        model: Arc<str>,
        handoff: HandoffId,
        admission: Admission,
    },
    MarkTiming {
        handoff: HandoffId,
        by: AgentId,
        timing: Option<TimingMark>,
    },
    /// That `message` is a bot's answer was looked up.
    RateAnswer {
        message: Seq,
        helpful: Option<bool>,
    },
    RequestHandoff {
        handoff: HandoffId,
        by: Requester,
        /// Given by a bot, so that a late one is refused.
        epoch: Option<Epoch>,
        triggers: Vec<Trigger>,
        admission: Admission,
    },
    /// The customer prefers the bot after all.
    CancelHandoff,
    LeaveContact {
        by: Alternative,
    },
    /// It waits longer than its queue wants anybody to.
    OfferAlternative {
        handoff: HandoffId,
        alternative: Alternative,
    },
    ChangeStaffing {
        handoff: HandoffId,
        staffed: bool,
        /// Why nobody is there, when nobody is.
        reason: Option<NobodyReason>,
        opens_at: Option<Timestamp>,
        position: u32,
    },
    MakeOffer {
        offer: OfferId,
        handoff: HandoffId,
        agent: AgentId,
        slots: Vec<Slot>,
        expires_at: Timestamp,
    },
    AcceptOffer {
        offer: OfferId,
        agent: AgentId,
    },
    DeclineOffer {
        offer: OfferId,
        agent: AgentId,
        reason: DeclineReason,
    },
    RescindOffer {
        offer: OfferId,
        reason: RescindReason,
    },
    /// By force, by a supervisor or an admin.
    Assign {
        handoff: HandoffId,
        agent: AgentId,
        slots: Vec<Slot>,
        by: AgentId,
    },
    /// By an agent for themselves, from the queue; of many the first has it.
    TakeHandoff {
        handoff: HandoffId,
        agent: AgentId,
        slots: Vec<Slot>,
    },
    /// The agent who was offered or holds it is gone.
    ReturnToQueue {
        agent: AgentId,
        reason: ReturnReason,
        position: u32,
    },
    /// Its queue is gone: it goes on in another one.
    MoveHandoff {
        handoff: HandoffId,
        queue: QueueId,
        reason: MoveReason,
    },
    Transfer {
        by: AgentId,
        /// The epoch that the agent believes in; none when a supervisor acts from outside.
        epoch: Option<Epoch>,
        to: TransferTarget,
        needs: Needs,
        staffed: bool,
        /// Why nobody is there, when nobody is.
        reason: Option<NobodyReason>,
        /// Length of the note for the receiver; nothing when there is none.
        note_bytes: Option<u32>,
    },
    ChangePriority {
        priority: Priority,
        by: AgentId,
    },
    HandBack {
        agent: AgentId,
        epoch: Epoch,
        /// How long the wrap-up may hold the slot; zero for none.
        wrap_up: Duration,
        survey: bool,
    },
    Close {
        by: ClosedBy,
        disposition: Option<Disposition>,
        wrap_up: Duration,
        survey: bool,
    },
    EndWrapUp {
        agent: AgentId,
        disposition: Option<Disposition>,
    },
    AnswerSurvey {
        handoff: HandoffId,
        rating: Rating,
    },
    /// Do whatever is due, if anything is.
    Tick,
}

/// Who asks to close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClosedBy {
    Customer,
    Agent {
        agent: AgentId,
        epoch: Epoch,
    },
    /// A supervisor or an admin from outside.
    Supervisor(AgentId),
}

/// The time limits that the derived deadlines rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a bot may take to answer, retries included, before its silence is a trigger.
    pub bot_turn: Duration,
    /// How long a handoff with nobody available waits for the customer to choose before the bot goes on.
    pub nobody_choice: Duration,
    /// After this long without a message the conversation with the bot is closed.
    pub idle: Duration,
    /// How long a bot that promises a person has to ask for one; none when nobody looks.
    pub promise: Option<Duration>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bot_turn: Duration::from_mins(1),
            nobody_choice: Duration::from_mins(30),
            idle: Duration::from_hours(24),
            promise: Some(Duration::from_secs(10)),
        }
    }
}

/// A no to a person. It carries a stable code for programs and a sentence that says how to go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("this conversation is closed; start another one")]
    Closed,
    #[error("the conversation was started already")]
    AlreadyStarted,
    #[error("there is no such conversation; start it first")]
    NotStarted,
    #[error("epoch {given} is old, the conversation is at epoch {current}: somebody else answers it; load it again")]
    StaleEpoch { given: u64, current: u64 },
    #[error("{who} does not control this conversation; load it again to see who does")]
    NotInControl { who: &'static str },
    #[error("the message is empty; write something")]
    Empty,
    #[error("the message has {bytes} bytes and at most {BODY_BYTES_MAX} fit; send it in parts")]
    TooLong { bytes: u32 },
    #[error("a handoff is under way already")]
    HandoffUnderWay,
    #[error("no handoff is under way")]
    NoHandoff,
    #[error("the offer is gone: it was taken, declined, expired or taken back")]
    OfferGone,
    #[error("the handoff is not waiting")]
    NotWaiting,
    #[error("there is no wrap-up to end")]
    NoWrapUp,
    #[error("there is no open survey for this handoff; it can be answered once")]
    NoSurvey,
    #[error("the handoff is with this agent already")]
    SameAgent,
    #[error("message {0} is not a customer's message that waits for the bot")]
    NotAwaited(u64),
    #[error("no person is suggested at this message any more; load the conversation again")]
    NoSuggestion,
}

impl Rejection {
    /// The stable code, the same in every version.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Closed => "conversation_closed",
            Self::AlreadyStarted => "already_started",
            Self::NotStarted => "not_started",
            Self::StaleEpoch { .. } => "stale_epoch",
            Self::NotInControl { .. } => "not_in_control",
            Self::Empty => "message_empty",
            Self::TooLong { .. } => "message_too_long",
            Self::HandoffUnderWay => "handoff_under_way",
            Self::NoHandoff => "no_handoff",
            Self::OfferGone => "offer_gone",
            Self::NotWaiting => "not_waiting",
            Self::NoWrapUp => "no_wrap_up",
            Self::NoSurvey => "no_survey",
            Self::SameAgent => "same_agent",
            Self::NotAwaited(_) => "not_awaited",
            Self::NoSuggestion => "no_suggestion",
        }
    }
}
