//! The demo's first page: any page of any site, with the widget on it.

use axum::Router;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use baton_api::PageKind;

const PAGE: &str = include_str!("pages/demo.html");

const NOTICE: &str = "<p class=\"notice\" role=\"note\">This is a demonstration: the customers and two of the agents \
are scripted. Nothing here is real.</p>";

/// In the busy demo the page says that it is one.
pub(crate) fn router(busy: bool) -> Router {
    let page = if busy { PAGE.replacen("<main>", &format!("<main>{NOTICE}"), 1) } else { PAGE.to_owned() };
    Router::new().route(
        "/",
        get(async move || {
            let mut answer = Html(page).into_response();
            answer.headers_mut().extend(baton_api::page_headers(PageKind::Document));
            answer
        }),
    )
}
