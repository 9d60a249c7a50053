//! The demo's first page: any page of any site, with the widget on it.

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use baton_api::PageKind;

const PAGE: &str = include_str!("pages/demo.html");

const NOTICE: &str = "<p class=\"notice\" role=\"note\">This is a demonstration: the customers and two of the agents \
are scripted. Nothing here is real.</p>";

const WIDGET: &str = "data-channel=\"website\"";

/// In the busy demo the page says that it is one.
pub(crate) fn router(busy: bool) -> Router {
    let page = if busy { PAGE.replacen("<main>", &format!("<main>{NOTICE}"), 1) } else { PAGE.to_owned() };
    Router::new().route(
        "/",
        get(async move |headers: HeaderMap| {
            let mut answer = Html(in_language(page, &headers)).into_response();
            answer.headers_mut().extend(baton_api::page_headers(PageKind::Document));
            answer.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language"));
            answer
        }),
    )
}

/// The page is English, but whoever tries it is a customer of any language: the widget speaks the browser's.
fn in_language(page: String, headers: &HeaderMap) -> String {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|asked| asked.to_str().ok()).unwrap_or_default();
    let best = asked.split([',', ';']).next().unwrap_or_default().trim();
    let is_tag = best.starts_with(|first: char| first.is_ascii_alphabetic())
        && best.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
    if is_tag { page.replacen(WIDGET, &format!("{WIDGET} data-language=\"{best}\""), 1) } else { page }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page_for(languages: &'static str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(languages));
        in_language(PAGE.to_owned(), &headers)
    }

    #[test]
    fn a_german_visitor_gets_a_german_widget() {
        assert!(page_for("de-AT,de;q=0.9,en;q=0.8").contains("data-language=\"de-AT\""));
    }

    #[test]
    fn what_is_no_language_never_gets_into_the_page() {
        for nonsense in ["*", "\"><script>alert(1)</script>", ""] {
            assert_eq!(page_for(nonsense), PAGE);
        }
    }
}
