//! Files beside messages: uploaded first, named in the message, read by whoever reads the message.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use baton_core::ConversationId;
use baton_engine::ATTACHMENT_BYTES_MAX;
use baton_store::Attachment;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path, Query};
use crate::principal::Caller;
use crate::problem::{Code, Problem};
use crate::views::attachments::attachment_view;
use crate::wire::AttachmentView;

/// A saved file can do nothing, whoever opens it where.
const FILE_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct UploadQuery {
    /// What the file is called; folders and signs that are not shown are taken off.
    name: String,
}

/// Upload a file for a message.
///
/// The body is the file as it is, at most 10 MiB: pictures (PNG, JPEG, GIF, WebP, AVIF), PDF, text, sound, film, and
/// office documents. What it is, its bytes say. Name the answer's `id` in a message within a day, or it is forgotten.
#[utoipa::path(post, path = "/v1/conversations/{id}/attachments", tag = "conversations",
    params(("id" = Uuid, Path, description = "The conversation."), UploadQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file."),
    responses((status = 201, description = "Kept; only whoever uploaded it sees it until it is sent.", body = AttachmentView), Problem))]
pub(crate) async fn upload_attachment(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Query(query): Query<UploadQuery>,
    request: Request,
) -> Result<(StatusCode, Json<AttachmentView>), Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    // Files stand in memory while they come in: so many at once, and no more.
    let _room = app.room_for_upload()?;
    let content = Bytes::from_request(request, &app).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Problem::new(
                Code::BodyTooLarge,
                format!("a file may have {ATTACHMENT_BYTES_MAX} bytes; send a smaller one"),
            )
        } else {
            Problem::new(Code::InvalidRequest, "the file broke off; send it again")
        }
    })?;
    let kept = app.engine().upload(id, caller.principal.named(), &query.name, content.into()).await?;
    Ok((StatusCode::CREATED, Json(attachment_view(&kept))))
}

/// Get a file.
///
/// Always to be saved, never opened as a page: `Content-Disposition: attachment`, `nosniff`, and a policy that lets it do
/// nothing. Pictures can be shown all the same.
#[utoipa::path(get, path = "/v1/conversations/{id}/attachments/{attachment}", tag = "conversations",
    params(("id" = Uuid, Path, description = "The conversation."), ("attachment" = Uuid, Path, description = "The file.")),
    responses(
        (status = 200, description = "The file.", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 304, description = "You have it already."),
        Problem,
    ))]
pub(crate) async fn get_attachment(
    State(app): State<App>,
    caller: Caller,
    Path((id, attachment)): Path<(Uuid, Uuid)>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let file = app.engine().attachment(id, attachment, &caller.principal.named()).await?;
    // A file never changes, so its id is its version.
    let version = format!("\"{attachment}\"");
    if asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == version.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, file_headers(&file, &version)?).into_response());
    }
    let content = app.engine().attachment_content(attachment).await?;
    Ok((file_headers(&file, &version)?, content).into_response())
}

/// Take back a file that was not sent.
#[utoipa::path(delete, path = "/v1/conversations/{id}/attachments/{attachment}", tag = "conversations",
    params(("id" = Uuid, Path, description = "The conversation."), ("attachment" = Uuid, Path, description = "The file.")),
    responses((status = 204, description = "It is gone."), Problem))]
pub(crate) async fn discard_attachment(
    State(app): State<App>,
    caller: Caller,
    Path((id, attachment)): Path<(Uuid, Uuid)>,
) -> Result<StatusCode, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    app.engine().discard_attachment(id, attachment, &caller.principal.named()).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn file_headers(file: &Attachment, version: &str) -> Result<HeaderMap, Problem> {
    let value = |text: &str| HeaderValue::from_str(text).map_err(|error| Problem::bug(&error));
    let kind = if file.media_type == "text/plain" { "text/plain; charset=utf-8" } else { &file.media_type };
    Ok(HeaderMap::from_iter([
        (header::CONTENT_TYPE, value(kind)?),
        (header::CONTENT_DISPOSITION, value(&disposition(&file.name))?),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE_POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
        (header::ETAG, value(version)?),
        // A browser may keep it and asks each time whether it may still be shown: rights end.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ]))
}

/// To be saved under its name: in ASCII for old programs, and as it is (RFC 6266, RFC 8187).
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|sign| if sign.is_ascii_alphanumeric() || "-_. ()".contains(sign) { sign } else { '_' })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            encoded.push(byte.into());
        } else {
            use std::fmt::Write as _;
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(disposition("a\"b;c.png"), "attachment; filename=\"a_b_c.png\"; filename*=UTF-8''a%22b%3Bc.png");
        assert_eq!(disposition("ü.png"), "attachment; filename=\"_.png\"; filename*=UTF-8''%C3%BC.png");
    }
}
