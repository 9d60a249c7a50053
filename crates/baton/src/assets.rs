//! The web applications, inside the binary. A debug build reads them from `web/dist` as it stands.

use std::collections::BTreeMap;
use std::fmt::Write;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use baton_api::wire::ChannelView;
use baton_api::{App, PageKind, channel_view};
use baton_core::ChannelId;
use rust_embed::RustEmbed;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use tower_http::compression::CompressionLayer;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Web;

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Baton</title>\
<p>The web applications are not built into this program. Build them with <code>cd web &amp;&amp; npm ci \
--ignore-scripts &amp;&amp; npm run build</code>, then build Baton again; <code>./run</code> does both.</p></html>";

/// Hashed names never change what is behind them.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Everything else is asked again, and answered with 304 while it is the same.
const ASK_AGAIN: &str = "no-cache";

pub(crate) fn router(app: App) -> Router {
    Router::new()
        .route("/favicon.ico", get(|headers: HeaderMap| async move { icon(&headers) }))
        .route("/console", get(|| async { Redirect::permanent("/console/") }))
        .route(
            "/console/",
            get(|headers: HeaderMap| async move { page("console/index.html", PageKind::Console, &headers) }),
        )
        .route("/console/{*path}", get(console))
        .route("/widget/frame", get(frame))
        .route("/widget/baton.js", get(loader))
        .route(
            "/widget/{*path}",
            get(|Path(path): Path<String>, headers: HeaderMap| async move {
                file(&format!("widget/{path}"), &headers).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
            }),
        )
        .layer(CompressionLayer::new())
        .with_state(app)
}

#[derive(Deserialize)]
struct FrameQuery {
    channel: Option<String>,
}

/// The widget's frame: shown inside our own pages and those of the channel's origins, nowhere else.
async fn frame(State(app): State<App>, Query(query): Query<FrameQuery>, headers: HeaderMap) -> Response {
    let mut answer = page("widget/frame.html", PageKind::WidgetFrame, &headers);
    let deployment = app.engine().deployment();
    let channel = query.channel.and_then(|channel| ChannelId::new(channel).ok());
    let origins = channel.and_then(|channel| deployment.channel(&channel)).map(|channel| channel.origins.join(" "));
    let policy = answer.headers().get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let policy = policy.map(|policy| format!("{policy}; frame-ancestors 'self' {}", origins.unwrap_or_default()));
    if let Some(policy) = policy.and_then(|policy| HeaderValue::from_str(policy.trim_end()).ok()) {
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

/// The loader. With `?channel=` it brings the channel's looks along, so that the launcher is right before anything else
/// is asked, and a page whose policy allows no requests needs none.
async fn loader(State(app): State<App>, Query(query): Query<FrameQuery>, headers: HeaderMap) -> Response {
    const NAME: &str = "widget/baton.js";
    let deployment = app.engine().deployment();
    let channel = query.channel.and_then(|channel| ChannelId::new(channel).ok());
    let known = channel.and_then(|channel| deployment.channel(&channel).map(|config| (channel, config)));
    let looks = known.map(|(channel, config)| launcher_looks(&channel_view(&channel, config, &deployment)));
    let (Some(looks), Some(found)) = (looks, Web::get(NAME)) else {
        return file(NAME, &headers).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response());
    };
    let mut script = format!("self.batonLooks={looks};").into_bytes();
    script.extend_from_slice(&found.data);
    let tag = etag(&Sha256::digest(&script));
    let mut answer = HeaderMap::new();
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(ASK_AGAIN));
    answer.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.insert(header::ETAG, tag);
    }
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, answer).into_response();
    }
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(NAME)));
    (answer, script).into_response()
}

/// Of what a channel shows, what the launcher needs: small, since every visitor of a site loads it.
fn launcher_looks(view: &ChannelView) -> String {
    let widget = &view.widget;
    let labels: BTreeMap<&String, &String> = widget
        .texts
        .iter()
        .filter_map(|(language, texts)| texts.launcher_label.as_ref().map(|label| (language, label)))
        .collect();
    json!({
        "channel": view.channel,
        "colour": view.colour,
        "dark": widget.dark_colour,
        "radius": widget.radius,
        "position": widget.position,
        "theme": widget.theme,
        "label": widget.launcher_label,
        "labels": labels,
        "after": widget.open_after_s,
    })
    .to_string()
}

/// Browsers ask for it on every page.
fn icon(headers: &HeaderMap) -> Response {
    file("console/baton.svg", headers).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

/// A file of the console, or the console itself for its own addresses.
async fn console(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let last = path.rsplit('/').next().unwrap_or_default();
    match file(&format!("console/{path}"), &headers) {
        Some(found) if path != "index.html" => found,
        None if last.contains('.') => StatusCode::NOT_FOUND.into_response(),
        Some(_) | None => page("console/index.html", PageKind::Console, &headers),
    }
}

fn page(name: &str, kind: PageKind, asked: &HeaderMap) -> Response {
    let mut answer = file(name, asked).unwrap_or_else(|| {
        (StatusCode::SERVICE_UNAVAILABLE, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], NOT_BUILT)
            .into_response()
    });
    answer.headers_mut().extend(baton_api::page_headers(kind));
    answer
}

fn file(name: &str, asked: &HeaderMap) -> Option<Response> {
    let found = Web::get(name)?;
    let etag = etag(&found.metadata.sha256_hash());
    let hashed = name.contains("/assets/");
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(if hashed { FOR_EVER } else { ASK_AGAIN }));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    if asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return Some((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    Some((headers, found.data.into_owned()).into_response())
}

fn etag(hash: &[u8]) -> String {
    let mut text = String::from("\"");
    for byte in hash.iter().take(12) {
        let _ = write!(text, "{byte:02x}");
    }
    text.push('"');
    text
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
