//! The rules of one conversation: events, commands, `decide`, `apply`, `deadline`, controller and epoch.
//! No I/O, no async, no clock, no chance, no serialisation: everything outside is an argument.

mod command;
mod conversation;
mod deadline;
mod decide;
mod event;
mod ids;
mod needs;
mod permits;
pub mod planted;
mod time;
mod verdict;

pub use command::{BODY_BYTES_MAX, ClosedBy, Command, Limits, Rejection};
pub use conversation::{
    BOT_TURNS_MAX, BotTurn, Controller, Conversation, Declined, Handoff, MOODS_MAX, OPEN_SURVEYS_MAX, Offer, RATED_MAX,
    Suggestion, TIMING_MARKS_MAX, WrapUp,
};
pub use deadline::Due;
pub use decide::{Action, Actor};
pub use event::{
    AbandonReason, Author, BotFailureKind, BotPromise, Closer, DeclineReason, Epoch, Event, MoveReason, Notice, Rating,
    Recorded, Requester, RescindReason, ReturnReason, Seq, Slot, TimingMark, TransferTarget,
};
pub use ids::{
    AgentId, BotId, ChannelId, ConversationId, CustomerId, Disposition, HandoffId, InvalidKey, KEY_BYTES_MAX, Language,
    OfferId, QueueId, RuleId, SkillId, Tier, TopicId,
};
pub use needs::{Admission, Alternative, Level, Needs, NobodyReason, Priority, Staffing, WaitEstimate, Weight};
pub use time::Timestamp;
pub use verdict::{
    Change, Counterfactual, RuleMatch, SensitiveClass, Signal, SignalName, Span, TopicGuess, Trigger, Verdict,
    VerdictKind,
};
