//! The words on the wire for why and by whom.

use baton_core::{
    AbandonReason, Alternative, BotFailureKind, Closer, DeclineReason, MoveReason, NobodyReason, Requester,
    RescindReason, ReturnReason,
};

use crate::wire::{AlternativeName, DeclineCode, NobodyName};

pub(super) fn failure_word(failure: BotFailureKind) -> &'static str {
    match failure {
        BotFailureKind::Unreachable => "unreachable",
        BotFailureKind::TimedOut => "timed_out",
        BotFailureKind::Refused => "refused",
        BotFailureKind::Invalid => "invalid",
    }
}

pub(super) fn requester_word(requester: &Requester) -> &'static str {
    match requester {
        Requester::Customer => "customer",
        Requester::Bot => "bot",
        Requester::Baton => "baton",
        Requester::Agent(_) => "agent",
        Requester::Api => "api",
    }
}

pub(super) fn decline_code(reason: DeclineReason) -> DeclineCode {
    match reason {
        DeclineReason::Busy => DeclineCode::Busy,
        DeclineReason::WrongSkill => DeclineCode::WrongSkill,
        DeclineReason::Break => DeclineCode::Break,
        DeclineReason::Other => DeclineCode::Other,
    }
}

pub(super) fn rescind_word(reason: RescindReason) -> &'static str {
    match reason {
        RescindReason::CustomerLeft => "customer_left",
        RescindReason::AgentGone => "agent_gone",
        RescindReason::Reassigned => "reassigned",
    }
}

pub(super) fn return_word(reason: ReturnReason) -> &'static str {
    match reason {
        ReturnReason::Away => "away",
        ReturnReason::Disconnected => "disconnected",
        ReturnReason::Removed => "removed",
    }
}

pub(super) fn move_word(reason: MoveReason) -> &'static str {
    match reason {
        MoveReason::QueueRemoved => "queue_removed",
    }
}

pub(super) fn abandon_word(reason: AbandonReason) -> &'static str {
    match reason {
        AbandonReason::StayedWithBot => "stayed_with_bot",
        AbandonReason::Left => "left",
        AbandonReason::TimedOut => "timed_out",
    }
}

pub(super) fn closer_word(closer: &Closer) -> &'static str {
    match closer {
        Closer::Customer => "customer",
        Closer::Agent(_) => "agent",
        Closer::IdleLimit => "idle_limit",
    }
}

pub(crate) fn alternative_name(alternative: Alternative) -> AlternativeName {
    match alternative {
        Alternative::Callback => AlternativeName::Callback,
        Alternative::Message => AlternativeName::Message,
    }
}

pub(crate) fn nobody_name(reason: NobodyReason) -> NobodyName {
    match reason {
        NobodyReason::Closed => NobodyName::Closed,
        NobodyReason::ClosingSoon => NobodyName::ClosingSoon,
        NobodyReason::NobodyAvailable => NobodyName::NobodyAvailable,
        NobodyReason::Full => NobodyName::Full,
    }
}
