//! Headers that protect: on everything, and on the pages that the binary serves.

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;

/// What a page is for, which decides what it may do and who may frame it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// The console: framed by nobody.
    Console,
    /// The widget's frame: shown inside other sites' pages.
    WidgetFrame,
    /// The manual and the demo page.
    Document,
    /// The API's documentation, whose page styles itself.
    ApiDocs,
}

const CONSOLE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; media-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
const WIDGET_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";
const DOCUMENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const API_DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// What is no page can do nothing.
const NO_PAGE_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// The headers of a page that the binary serves. A page may add what it needs; nothing here is overwritten later.
pub fn page_headers(kind: PageKind) -> HeaderMap {
    let policy = match kind {
        PageKind::Console => CONSOLE_POLICY,
        PageKind::WidgetFrame => WIDGET_POLICY,
        PageKind::Document => DOCUMENT_POLICY,
        PageKind::ApiDocs => API_DOCS_POLICY,
    };
    HeaderMap::from_iter([
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=()"),
        ),
    ])
}

/// Puts the protecting headers on every answer that has none of its own.
pub(crate) async fn protect(request: Request, next: Next) -> Response {
    let docs = request.uri().path().starts_with("/docs");
    let mut response = next.run(request).await;
    let defaults = if docs { page_headers(PageKind::ApiDocs) } else { plain_headers() };
    for (name, value) in defaults {
        if let Some(name) = name {
            response.headers_mut().entry(name).or_insert(value);
        }
    }
    response
}

fn plain_headers() -> HeaderMap {
    HeaderMap::from_iter([
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(NO_PAGE_POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ])
}

/// What customers' pages may call from another origin; cookies never count there.
fn is_for_customers(path: &str) -> bool {
    [
        "/v1/customer-sessions",
        "/v1/conversations",
        "/v1/availability",
        "/v1/socket-tickets",
        "/v1/channels",
        "/v1/customer",
    ]
    .iter()
    .any(|prefix| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Lets the pages of configured channels call what customers call, and nobody else's pages anything.
pub(crate) async fn share_with_channels(State(app): State<App>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let shared = origin.filter(|origin| is_for_customers(request.uri().path()) && app.is_channel_origin(origin));
    let Some(origin) = shared else { return next.run(request).await };
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization, content-type"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_sites_reach_what_customers_use_and_nothing_else() {
        for open in ["/v1/conversations", "/v1/conversations/1/messages", "/v1/customer-sessions"] {
            assert!(is_for_customers(open), "{open}");
        }
        for closed in ["/v1/session", "/v1/me", "/v1/config", "/v1/conversationsx", "/v1/agents"] {
            assert!(!is_for_customers(closed), "{closed}");
        }
    }

    #[test]
    fn every_page_forbids_what_it_does_not_need() {
        for kind in [PageKind::Console, PageKind::WidgetFrame, PageKind::Document, PageKind::ApiDocs] {
            let headers = page_headers(kind);
            let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'"));
            assert!(!policy.contains("script-src 'self' 'unsafe"));
            assert_eq!(policy.contains("frame-ancestors 'none'"), kind != PageKind::WidgetFrame);
        }
    }
}
