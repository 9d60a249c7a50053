//! The manual as pages, which is also what the demo's bot answers from and what its sources link to.

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use baton_api::PageKind;
use baton_engine::ArticleSource;
use comrak::Options;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../docs"]
#[include = "*.md"]
#[include = "pictures/*.png"]
#[include = "decisions/*.md"]
struct Docs;

const STYLE: &str = include_str!("pages/page.css");

pub(crate) fn router() -> Router {
    Router::new()
        // Links between pages are relative, so the first page has an address beside the others'.
        .route("/manual", get(|| async { Redirect::permanent("/manual/index") }))
        .route("/manual/", get(|| async { Redirect::permanent("/manual/index") }))
        .route("/manual/page.css", get(|| async { ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE) }))
        .route("/manual/pictures/{name}", get(|Path(name): Path<String>| async move { picture(&name) }))
        .route("/manual/{slug}", get(|Path(slug): Path<String>| async move { page(&slug) }))
        .route(
            "/manual/decisions/{slug}",
            get(|Path(slug): Path<String>| async move { page(&format!("decisions/{slug}")) }),
        )
}

/// The pages that a bot can answer from.
pub(crate) fn articles() -> Vec<ArticleSource> {
    Docs::iter()
        .filter(|name| name.ends_with(".md") && !name.contains('/'))
        .filter_map(|name| {
            let markdown = String::from_utf8(Docs::get(&name)?.data.into_owned()).ok()?;
            Some(ArticleSource { slug: name.trim_end_matches(".md").to_owned(), markdown })
        })
        .collect()
}

fn picture(name: &str) -> Response {
    match Docs::get(&format!("pictures/{name}")) {
        Some(found) => ([(header::CONTENT_TYPE, "image/png")], found.data.into_owned()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn page(slug: &str) -> Response {
    let slug = slug.trim_end_matches(".md");
    let found = Docs::get(&format!("{slug}.md")).and_then(|found| String::from_utf8(found.data.into_owned()).ok());
    let Some(markdown) = found else {
        return (
            StatusCode::NOT_FOUND,
            Html(frame("en", "Not found", "<h1>There is no such page</h1><p><a href=\"/manual\">The manual</a></p>")),
        )
            .into_response();
    };
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.header_id_prefix = Some(String::new());
    options.extension.front_matter_delimiter = Some("---".to_owned());
    let html = comrak::markdown_to_html(&markdown, &options);
    let language = markdown.lines().take(5).find_map(|line| line.strip_prefix("language: ")).unwrap_or("en").trim();
    let title = markdown.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("Manual");
    let mut answer = Html(frame(language, title, &html)).into_response();
    answer.headers_mut().extend(baton_api::page_headers(PageKind::Document));
    answer
}

fn frame(language: &str, title: &str, body: &str) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} · Baton</title>\
<link rel=\"stylesheet\" href=\"/manual/page.css\"></head><body><header><a class=\"brand\" href=\"/manual\">Baton</a>\
<nav><a href=\"/manual/quickstart\">Quick start</a> <a href=\"/manual/widget\">Widget</a> <a href=\"/manual/bots\">Bots</a> \
<a href=\"/manual/routing\">Routing</a> <a href=\"/manual/api\">API</a></nav></header><main>{body}</main></body></html>"
    )
}
