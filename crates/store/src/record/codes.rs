//! The words that stand for the plain enums of `core` in the log.

use baton_core::{
    AbandonReason, Alternative, BotFailureKind, BotPromise, DeclineReason, MoveReason, NobodyReason, RescindReason,
    ReturnReason, SensitiveClass, SignalName, TimingMark, VerdictKind,
};
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($record:ident is $core:ident { $($case:ident = $word:literal),+ $(,)? })+) => {$(
        #[derive(Serialize, Deserialize)]
        pub(super) enum $record {
            $(#[serde(rename = $word)] $case,)+
        }

        impl From<$core> for $record {
            fn from(core: $core) -> Self {
                match core { $($core::$case => Self::$case,)+ }
            }
        }

        impl From<$record> for $core {
            fn from(record: $record) -> Self {
                match record { $($record::$case => Self::$case,)+ }
            }
        }
    )+};
}

impl Default for AlternativeRecord {
    /// What there was before there were others.
    fn default() -> Self {
        Self::Message
    }
}

impl AlternativeRecord {
    pub(super) fn is_message(&self) -> bool {
        match self {
            Self::Message => true,
            Self::Callback => false,
        }
    }
}

codes! {
    AlternativeRecord is Alternative { Callback = "callback", Message = "message" }
    NobodyReasonRecord is NobodyReason {
        Closed = "closed",
        ClosingSoon = "closing_soon",
        NobodyAvailable = "nobody_available",
        Full = "full",
    }
    ReturnReasonRecord is ReturnReason { Away = "away", Disconnected = "disconnected", Removed = "removed" }
    MoveReasonRecord is MoveReason { QueueRemoved = "queue_removed" }
    RescindReasonRecord is RescindReason {
        CustomerLeft = "customer_left",
        AgentGone = "agent_gone",
        Reassigned = "reassigned",
    }
    AbandonReasonRecord is AbandonReason {
        StayedWithBot = "stayed_with_bot",
        Left = "left",
        TimedOut = "timed_out",
    }
    BotFailureRecord is BotFailureKind {
        Unreachable = "unreachable",
        TimedOut = "timed_out",
        Refused = "refused",
        Invalid = "invalid",
    }
    DeclineReasonRecord is DeclineReason {
        Busy = "busy",
        WrongSkill = "wrong_skill",
        Break = "break",
        Other = "other",
    }
    VerdictKindRecord is VerdictKind { Keep = "keep", Suggest = "suggest", HandOff = "hand_off" }
    PromiseRecord is BotPromise { Connecting = "connecting", Cannot = "cannot" }
    TimingRecord is TimingMark { TooLate = "too_late", NotNeeded = "not_needed" }
    SensitiveRecord is SensitiveClass {
        LegalThreat = "legal_threat",
        Complaint = "complaint",
        Safety = "safety",
        Fraud = "fraud",
        Bereavement = "bereavement",
        Health = "health",
        Vulnerable = "vulnerable",
        DataProtection = "data_protection",
        Harassment = "harassment",
        Press = "press",
        Cancellation = "cancellation",
    }
}

/// A sensitive matter is written with its class: `{"sensitive": "fraud"}`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SignalNameRecord {
    ExplicitRequest,
    Frustration,
    Dissatisfaction,
    Trend,
    RepeatedFailure,
    RepeatedNeed,
    Complexity,
    Sensitive(SensitiveRecord),
    Timing,
}

impl From<SignalName> for SignalNameRecord {
    fn from(name: SignalName) -> Self {
        match name {
            SignalName::ExplicitRequest => Self::ExplicitRequest,
            SignalName::Frustration => Self::Frustration,
            SignalName::Dissatisfaction => Self::Dissatisfaction,
            SignalName::Trend => Self::Trend,
            SignalName::RepeatedFailure => Self::RepeatedFailure,
            SignalName::RepeatedNeed => Self::RepeatedNeed,
            SignalName::Complexity => Self::Complexity,
            SignalName::Sensitive(class) => Self::Sensitive(class.into()),
            SignalName::Timing => Self::Timing,
        }
    }
}

impl From<SignalNameRecord> for SignalName {
    fn from(record: SignalNameRecord) -> Self {
        match record {
            SignalNameRecord::ExplicitRequest => Self::ExplicitRequest,
            SignalNameRecord::Frustration => Self::Frustration,
            SignalNameRecord::Dissatisfaction => Self::Dissatisfaction,
            SignalNameRecord::Trend => Self::Trend,
            SignalNameRecord::RepeatedFailure => Self::RepeatedFailure,
            SignalNameRecord::RepeatedNeed => Self::RepeatedNeed,
            SignalNameRecord::Complexity => Self::Complexity,
            SignalNameRecord::Sensitive(class) => Self::Sensitive(class.into()),
            SignalNameRecord::Timing => Self::Timing,
        }
    }
}
