//! The words that stand for the plain enums of `core` in the log.

use baton_core::{AbandonReason, BotFailureKind, DeclineReason, RescindReason, ReturnReason, SignalName, VerdictKind};
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

codes! {
    ReturnReasonRecord is ReturnReason { Away = "away", Disconnected = "disconnected", Removed = "removed" }
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
    SignalNameRecord is SignalName {
        ExplicitRequest = "explicit_request",
        Frustration = "frustration",
        RepeatedFailure = "repeated_failure",
        RepeatedNeed = "repeated_need",
    }
}
