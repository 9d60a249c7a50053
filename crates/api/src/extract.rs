//! What a request carries, read strictly: every refusal says what and where.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::problem::{Code, Problem};

/// Largest request body; the longest message as escaped JSON fits with room to spare.
pub const BODY_BYTES_MAX: usize = 64 * 1024;

/// A JSON body, in and out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !says_json(request.headers()) {
            return Err(Problem::new(
                Code::UnsupportedMediaType,
                "send the body as JSON and say so: `Content-Type: application/json`",
            ));
        }
        let body = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Problem::new(Code::BodyTooLarge, format!("at most {BODY_BYTES_MAX} bytes fit; send less at once"))
            } else {
                Problem::new(Code::InvalidRequest, "the body broke off; send the request again")
            }
        })?;
        from_json(&body).map(Self)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => {
                let mut response = Response::new(body.into());
                let headers = response.headers_mut();
                headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
                // Answers depend on who asks; no cache between may keep them.
                headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
                response
            }
            Err(error) => Problem::bug(&format_args!("an answer cannot be written as JSON: {error}")).into_response(),
        }
    }
}

fn says_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

/// Reads one JSON document of a known shape.
pub(crate) fn from_json<T: DeserializeOwned>(text: &[u8]) -> Result<T, Problem> {
    if has_escaped_nul(text) {
        return Err(Problem::new(Code::InvalidField, "the character U+0000 cannot be stored; leave it out"));
    }
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        unfit(&path, error.inner())
    })?;
    reader.end().map_err(|error| unfit("", &error))?;
    Ok(value)
}

fn unfit(path: &str, error: &serde_json::Error) -> Problem {
    let said = error.to_string();
    match error.classify() {
        serde_json::error::Category::Data => {
            let unknown = named_in(&said, "unknown field `");
            let missing = named_in(&said, "missing field `");
            let field = field_path(path, unknown.or(missing));
            let code = if unknown.is_some() { Code::UnknownField } else { Code::InvalidField };
            let problem = Problem::new(code, said);
            if field.is_empty() { problem } else { problem.at(field) }
        }
        serde_json::error::Category::Io | serde_json::error::Category::Syntax | serde_json::error::Category::Eof => {
            Problem::new(Code::InvalidJson, format!("line {}, column {}: {said}", error.line(), error.column()))
        }
    }
}

/// The name that serde puts between backticks after `prefix`.
fn named_in<'a>(said: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = &said[said.find(prefix)? + prefix.len()..];
    rest.split('`').next()
}

/// The path to the field at fault. The name of a missing field is not part of the path that serde walked; that of an
/// unknown one sometimes is.
fn field_path(path: &str, named: Option<&str>) -> String {
    let walked = if matches!(path, "." | "?") { "" } else { path.trim_end_matches(".?") };
    match named {
        Some(name) if walked.is_empty() => name.to_owned(),
        Some(name) if walked == name || walked.ends_with(&format!(".{name}")) => walked.to_owned(),
        Some(name) => format!("{walked}.{name}"),
        None => walked.to_owned(),
    }
}

/// Whether a JSON text writes U+0000 as an escape: legal JSON, but no database text.
fn has_escaped_nul(text: &[u8]) -> bool {
    const ESCAPE: &[u8] = b"\\u0000";
    text.windows(ESCAPE.len()).enumerate().any(|(at, window)| {
        window == ESCAPE && text[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 0
    })
}

/// Parts of the address. One that cannot be read names nothing: 404, like one that is absent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let axum::extract::Path(path) =
            axum::extract::Path::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        Ok(Self(path))
    }
}

/// The query of the address; unknown names are refused.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let axum::extract::Query(query) = axum::extract::Query::try_from_uri(&parts.uri)
            .map_err(|rejection| Problem::new(Code::InvalidQuery, rejection.body_text()))?;
        Ok(Self(query))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{ClientFrame, PostMessage, RequestHandoff};

    fn refusal<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> Problem {
        from_json::<T>(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn a_refusal_names_the_field_and_the_reason() {
        let unknown = refusal::<PostMessage>(r#"{"client_id":"a","text":"hi","seq":7}"#);
        assert_eq!(
            (unknown.code.as_str(), unknown.status, unknown.field.as_deref()),
            ("unknown_field", 422, Some("seq"))
        );

        let wrong = refusal::<PostMessage>(r#"{"client_id":"a","text":5}"#);
        assert_eq!((wrong.code.as_str(), wrong.field.as_deref()), ("invalid_field", Some("text")));

        let missing = refusal::<PostMessage>(r#"{"client_id":"a"}"#);
        assert_eq!((missing.code.as_str(), missing.field.as_deref()), ("invalid_field", Some("text")));

        let deep = refusal::<RequestHandoff>(
            r#"{"handoff":"0199c0de-0000-7000-8000-000000000000","needs":{"skills":{"billing":"much"}}}"#,
        );
        assert_eq!(deep.field.as_deref(), Some("needs.skills.billing"));
    }

    #[test]
    fn broken_json_is_told_with_its_place() {
        let broken = refusal::<PostMessage>("{\n  \"client_id\": oops}");
        assert_eq!((broken.code.as_str(), broken.status), ("invalid_json", 400));
        assert!(broken.detail.starts_with("line 2, column"), "{}", broken.detail);
        assert_eq!(refusal::<PostMessage>("").code, "invalid_json");
        assert_eq!(refusal::<PostMessage>(r#"{"client_id":"a","text":"b"} x"#).code, "invalid_json");
    }

    #[test]
    fn a_frame_with_a_forged_author_is_refused_by_name() {
        let forged = refusal::<ClientFrame>(
            r#"{"type":"send","conversation":"0199c0de-0000-7000-8000-000000000000","client_id":"a","text":"b","author":"agent"}"#,
        );
        assert_eq!((forged.code.as_str(), forged.field.as_deref()), ("unknown_field", Some("author")));
    }

    #[test]
    fn the_nul_character_is_refused_and_an_escaped_backslash_is_not() {
        assert_eq!(refusal::<PostMessage>(r#"{"client_id":"a","text":"b\u0000"}"#).code, "invalid_field");
        assert!(from_json::<PostMessage>(br#"{"client_id":"a","text":"b\\u0000"}"#).is_ok());
    }
}
