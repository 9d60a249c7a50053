//! Errors as problem+json (RFC 9457) with stable codes.

mod code;
mod mapping;

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response as DocumentedResponse, ResponseBuilder};
use utoipa::{IntoResponses, PartialSchema, ToSchema};

pub use code::Code;
pub(crate) use mapping::invalid_key;

/// What was wrong with what, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Address of the code's explanation in the manual: `/manual/errors#stale_epoch`.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// Stable, for programs.
    pub code: String,
    /// This occurrence, for people.
    pub detail: String,
    /// The field at fault, as a path: `needs.skills.billing`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong with a configuration, each with its place; only with `invalid_configuration`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<FaultView>,
}

/// One fault of a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FaultView {
    /// `queues.billing.hours`; empty for the document as a whole.
    pub path: String,
    /// From 1; 0 when unknown.
    pub line: u64,
    pub column: u64,
    pub what: String,
}

impl Problem {
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/manual/errors#{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status().as_u16(),
            code: code.as_str().to_owned(),
            detail: detail.into(),
            field: None,
            faults: Vec::new(),
        }
    }

    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Absent and forbidden look the same from outside.
    pub fn not_found() -> Self {
        Self::new(Code::NotFound, "there is nothing here for you; check the address and who you are signed in as")
    }

    pub fn unauthenticated() -> Self {
        Self::new(
            Code::Unauthenticated,
            "no valid credential came with the request; sign in, begin a customer session, or send a bot key as `Authorization: Bearer …`",
        )
    }

    pub fn invalid_field(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Code::InvalidField, detail).at(field)
    }

    pub fn too_many_requests() -> Self {
        Self::new(Code::TooManyRequests, "more requests came than may come; wait a moment and send it again")
    }
}

/// How long a client waits before it asks again, in seconds.
fn retry_after(status: StatusCode) -> Option<HeaderValue> {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Some(HeaderValue::from_static("2")),
        StatusCode::SERVICE_UNAVAILABLE => Some(HeaderValue::from_static("1")),
        _ => None,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let text = serde_json::to_string(&self).unwrap_or_default();
        let mut response = Response::new(Body::from(text));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = retry_after(status) {
            headers.insert(header::RETRY_AFTER, seconds);
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl IntoResponses for Problem {
    fn responses() -> BTreeMap<String, RefOr<DocumentedResponse>> {
        let refused = |description: &str| {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(Self::name()))).build();
            ResponseBuilder::new().description(description).content("application/problem+json", content).build()
        };
        BTreeMap::from([
            ("4XX".to_owned(), refused("What was wrong with the request, and how to mend it.").into()),
            ("5XX".to_owned(), refused("The server could not do it; nothing was lost, ask again.").into()),
        ])
    }
}

/// The schema alone, for documents that name it in no body of success.
pub(crate) fn schema() -> (String, RefOr<utoipa::openapi::Schema>) {
    (Problem::name().into_owned(), Problem::schema())
}
