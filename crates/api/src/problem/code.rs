//! Every code, with its status and its title. Codes are for programs: they never change.

use axum::http::StatusCode;
use baton_core::Rejection;

macro_rules! codes {
    ($($variant:ident = $code:literal, $status:ident, $title:literal;)+) => {
        /// A stable code; `problem.code` on the wire.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($variant),+ }

        impl Code {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            pub fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status),+ }
            }

            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }
        }
    };
}

codes! {
    // What came cannot be read.
    InvalidJson = "invalid_json", BAD_REQUEST, "The body is not JSON";
    InvalidQuery = "invalid_query", BAD_REQUEST, "The query cannot be read";
    InvalidRequest = "invalid_request", BAD_REQUEST, "The request cannot be read";
    UnknownField = "unknown_field", UNPROCESSABLE_ENTITY, "A field is not known";
    InvalidField = "invalid_field", UNPROCESSABLE_ENTITY, "A field does not fit";
    InvalidConfiguration = "invalid_configuration", UNPROCESSABLE_ENTITY, "The configuration does not hold";
    BodyTooLarge = "body_too_large", PAYLOAD_TOO_LARGE, "The body is too large";
    UnsupportedMediaType = "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE, "The body is not application/json";
    AttachmentEmpty = "attachment_empty", UNPROCESSABLE_ENTITY, "The file is empty";
    AttachmentRefused = "attachment_refused", UNSUPPORTED_MEDIA_TYPE, "Files of this kind are not taken";
    AttachmentsFull = "attachments_full", CONFLICT, "The conversation holds as many files as fit";
    // Who asks.
    Unauthenticated = "unauthenticated", UNAUTHORIZED, "No valid credential";
    SignInFailed = "sign_in_failed", UNAUTHORIZED, "The address or the password is wrong";
    RefreshRefused = "refresh_refused", UNAUTHORIZED, "The refresh token is spent, expired or unknown";
    IdentityRefused = "identity_refused", UNAUTHORIZED, "The identity token does not hold";
    TicketRefused = "ticket_refused", UNAUTHORIZED, "The ticket is spent, expired or unknown";
    ForeignOrigin = "foreign_origin", FORBIDDEN, "The request comes from another site";
    // What is asked.
    NotFound = "not_found", NOT_FOUND, "There is nothing here";
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, "This address does not do that";
    TooManyRequests = "too_many_requests", TOO_MANY_REQUESTS, "Too many requests";
    TooManySubscriptions = "too_many_subscriptions", CONFLICT, "Too many subscriptions on one socket";
    VersionConflict = "version_conflict", CONFLICT, "Another version was applied meanwhile";
    AgentFull = "agent_full", CONFLICT, "The agent has no free slot";
    // What a conversation says no to.
    ConversationClosed = "conversation_closed", CONFLICT, "The conversation is closed";
    AlreadyStarted = "already_started", CONFLICT, "The conversation exists already";
    NotStarted = "not_started", CONFLICT, "The conversation was not started";
    StaleEpoch = "stale_epoch", CONFLICT, "Somebody else answers the conversation";
    NotInControl = "not_in_control", CONFLICT, "Somebody else controls the conversation";
    MessageEmpty = "message_empty", UNPROCESSABLE_ENTITY, "The message is empty";
    MessageTooLong = "message_too_long", UNPROCESSABLE_ENTITY, "The message is too long";
    HandoffUnderWay = "handoff_under_way", CONFLICT, "A handoff is under way";
    NoHandoff = "no_handoff", CONFLICT, "No handoff is under way";
    OfferGone = "offer_gone", CONFLICT, "The offer is gone";
    NotWaiting = "not_waiting", CONFLICT, "The handoff is not waiting";
    NoWrapUp = "no_wrap_up", CONFLICT, "There is no wrap-up";
    NoSurvey = "no_survey", CONFLICT, "There is no open survey";
    SameAgent = "same_agent", CONFLICT, "The agent has it already";
    NotAwaited = "not_awaited", CONFLICT, "The message does not wait for the bot";
    NoSuggestion = "no_suggestion", CONFLICT, "No person is suggested any more";
    // Faults of the world, and our own.
    Unavailable = "unavailable", SERVICE_UNAVAILABLE, "The server cannot do it right now";
    Overloaded = "overloaded", SERVICE_UNAVAILABLE, "The server has too much to do right now";
    Internal = "internal", INTERNAL_SERVER_ERROR, "A mistake in Baton";
}

impl From<&Rejection> for Code {
    fn from(rejection: &Rejection) -> Self {
        match rejection {
            Rejection::Closed => Self::ConversationClosed,
            Rejection::AlreadyStarted => Self::AlreadyStarted,
            Rejection::NotStarted => Self::NotStarted,
            Rejection::StaleEpoch { .. } => Self::StaleEpoch,
            Rejection::NotInControl { .. } => Self::NotInControl,
            Rejection::Empty => Self::MessageEmpty,
            Rejection::TooLong { .. } => Self::MessageTooLong,
            Rejection::HandoffUnderWay => Self::HandoffUnderWay,
            Rejection::NoHandoff => Self::NoHandoff,
            Rejection::OfferGone => Self::OfferGone,
            Rejection::NotWaiting => Self::NotWaiting,
            Rejection::NoWrapUp => Self::NoWrapUp,
            Rejection::NoSurvey => Self::NoSurvey,
            Rejection::SameAgent => Self::SameAgent,
            Rejection::NotAwaited(_) => Self::NotAwaited,
            Rejection::NoSuggestion => Self::NoSuggestion,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_codes_are_the_same_word() {
        let words: HashSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(words.len(), Code::ALL.len());
    }

    #[test]
    fn a_rejection_keeps_the_code_that_core_gives_it() {
        for rejection in [
            Rejection::Closed,
            Rejection::AlreadyStarted,
            Rejection::NotStarted,
            Rejection::StaleEpoch { given: 1, current: 2 },
            Rejection::NotInControl { who: "the bot" },
            Rejection::Empty,
            Rejection::TooLong { bytes: 99_999 },
            Rejection::HandoffUnderWay,
            Rejection::NoHandoff,
            Rejection::OfferGone,
            Rejection::NotWaiting,
            Rejection::NoWrapUp,
            Rejection::NoSurvey,
            Rejection::SameAgent,
            Rejection::NotAwaited(3),
            Rejection::NoSuggestion,
        ] {
            assert_eq!(Code::from(&rejection).as_str(), rejection.code());
        }
    }
}
