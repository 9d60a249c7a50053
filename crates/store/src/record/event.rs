//! One record an event, and what is written of it.

use baton_core::{AgentId, BotId, ChannelId, CustomerId, Disposition, HandoffId, OfferId, QueueId};
use serde::{Deserialize, Serialize};

use super::codes::{
    AbandonReasonRecord, AlternativeRecord, BotFailureRecord, DeclineReasonRecord, MoveReasonRecord, PromiseRecord,
    RescindReasonRecord, ReturnReasonRecord, TimingRecord, VerdictKindRecord,
};
use super::needs::{NeedsRecord, NoticeRecord};
use super::people::{AuthorRecord, CloserRecord, RequesterRecord, TargetRecord, TriggerRecord};
use super::text::{LanguageRecord, PriorityRecord, RatingRecord, Text};
use super::verdict::VerdictRecord;

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum EventRecord {
    ConversationStarted {
        channel: Text<ChannelId>,
        bot: Text<BotId>,
        customer: Text<CustomerId>,
        language: LanguageRecord,
    },
    MessagePosted {
        author: AuthorRecord,
        body_bytes: u32,
    },
    NotePosted {
        agent: Text<AgentId>,
        body_bytes: u32,
    },
    TurnAssessed {
        message: u64,
        verdict: Box<VerdictRecord>,
    },
    BotTurnFailed {
        message: u64,
        failure: BotFailureRecord,
    },
    SuggestionDeclined {
        message: u64,
    },
    PromiseMade {
        message: u64,
        promise: PromiseRecord,
    },
    PromiseBroken {
        message: u64,
    },
    OpinionGiven {
        message: u64,
        kind: VerdictKindRecord,
        model: String,
    },
    TimingMarked {
        handoff: Text<HandoffId>,
        by: Text<AgentId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        timing: Option<TimingRecord>,
    },
    AnswerRated {
        message: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        helpful: Option<bool>,
    },
    HandoffRequested {
        handoff: Text<HandoffId>,
        by: RequesterRecord,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        triggers: Vec<TriggerRecord>,
        #[serde(default, skip_serializing_if = "NeedsRecord::is_empty")]
        needs: NeedsRecord,
        queue: Text<QueueId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<u64>,
        staffed: bool,
    },
    StaffingChanged {
        handoff: Text<HandoffId>,
        staffed: bool,
    },
    NoticePosted {
        notice: NoticeRecord,
    },
    OfferMade {
        offer: Text<OfferId>,
        handoff: Text<HandoffId>,
        agent: Text<AgentId>,
        slot: u8,
        /// The further ones of a handoff that takes several.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        more_slots: Vec<u8>,
        expires_at_ms: i64,
    },
    OfferAccepted {
        offer: Text<OfferId>,
        handoff: Text<HandoffId>,
        agent: Text<AgentId>,
    },
    OfferDeclined {
        offer: Text<OfferId>,
        agent: Text<AgentId>,
        reason: DeclineReasonRecord,
    },
    OfferExpired {
        offer: Text<OfferId>,
        agent: Text<AgentId>,
    },
    OfferRescinded {
        offer: Text<OfferId>,
        agent: Text<AgentId>,
        reason: RescindReasonRecord,
    },
    HandoffAssigned {
        handoff: Text<HandoffId>,
        agent: Text<AgentId>,
        slot: u8,
        /// The further ones of a handoff that takes several.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        more_slots: Vec<u8>,
        by: Text<AgentId>,
    },
    HandoffTaken {
        handoff: Text<HandoffId>,
        agent: Text<AgentId>,
        slots: Vec<u8>,
    },
    AlternativeOffered {
        handoff: Text<HandoffId>,
        alternative: AlternativeRecord,
    },
    HandoffReturned {
        handoff: Text<HandoffId>,
        agent: Text<AgentId>,
        reason: ReturnReasonRecord,
    },
    HandoffMoved {
        handoff: Text<HandoffId>,
        queue: Text<QueueId>,
        reason: MoveReasonRecord,
    },
    HandoffTransferred {
        handoff: Text<HandoffId>,
        by: Text<AgentId>,
        to: TargetRecord,
        #[serde(default, skip_serializing_if = "NeedsRecord::is_empty")]
        needs: NeedsRecord,
        staffed: bool,
    },
    PriorityChanged {
        handoff: Text<HandoffId>,
        priority: PriorityRecord,
        by: Text<AgentId>,
    },
    ContactLeft {
        handoff: Text<HandoffId>,
        #[serde(default, skip_serializing_if = "AlternativeRecord::is_message")]
        by: AlternativeRecord,
    },
    HandedBack {
        handoff: Text<HandoffId>,
        agent: Text<AgentId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wrap_up_until_ms: Option<i64>,
    },
    HandoffAbandoned {
        handoff: Text<HandoffId>,
        reason: AbandonReasonRecord,
    },
    WrapUpEnded {
        handoff: Text<HandoffId>,
        agent: Text<AgentId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        disposition: Option<Text<Disposition>>,
    },
    SurveyOffered {
        handoff: Text<HandoffId>,
    },
    SurveyAnswered {
        handoff: Text<HandoffId>,
        rating: RatingRecord,
    },
    ConversationClosed {
        by: CloserRecord,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        disposition: Option<Text<Disposition>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wrap_up_until_ms: Option<i64>,
    },
}
