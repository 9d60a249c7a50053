//! The demo's first page: any page of any site, with the widget on it.

use axum::Router;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use baton_api::PageKind;

const PAGE: &str = include_str!("pages/demo.html");

pub(crate) fn router() -> Router {
    Router::new().route(
        "/",
        get(|| async {
            let mut answer = Html(PAGE).into_response();
            answer.headers_mut().extend(baton_api::page_headers(PageKind::Document));
            answer
        }),
    )
}
