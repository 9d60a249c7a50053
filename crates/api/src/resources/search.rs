//! Finding what was written, and what the articles say about what a customer asks.

use axum::extract::State;
use baton_core::{AgentId, ChannelId, ConversationId, QueueId, Timestamp};
use baton_store::{MessageSearch, places_found, search_terms};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path, Query};
use crate::matrix::Act;
use crate::principal::{Caller, Principal};
use crate::problem::{Code, Problem};
use crate::views::{Audience, Viewer};
use crate::wire::{FoundPage, FoundView, PieceView, SuggestedView};

/// Longest query, in bytes.
const QUERY_BYTES_MAX: usize = 400;
const FOUND_USUAL: u16 = 30;
const FOUND_MAX: u16 = 100;
/// How much stands around what was found, in characters before it and in all.
const BEFORE_CHARS: usize = 60;
const AROUND_CHARS: usize = 220;
/// Suggested passages, the longest stretch of one in characters, and how much of a question is looked at.
const SUGGESTED_MAX: u32 = 3;
const SUGGESTED_CHARS_MAX: usize = 1_200;
const TERMS_MAX: usize = 24;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchQuery {
    /// Words; all of them must occur, and the last one may be only begun.
    q: String,
    #[serde(default)]
    queue: Option<String>,
    #[serde(default)]
    channel: Option<String>,
    /// Who has or had the conversation.
    #[serde(default)]
    agent: Option<String>,
    /// Closed conversations only, or open ones only.
    #[serde(default)]
    closed: Option<bool>,
    /// Written at or after.
    #[serde(default)]
    since: Option<i64>,
    /// Written before.
    #[serde(default)]
    until: Option<i64>,
    /// 1 to 100, usually 30.
    #[serde(default)]
    limit: Option<u16>,
}

/// Search what was written.
///
/// In all conversations that one reads anyway, open and closed.
#[utoipa::path(get, path = "/v1/search", tag = "desk", params(SearchQuery), responses(
    (status = 200, description = "The newest first, with what was looked for marked.", body = FoundPage),
    Problem,
))]
pub(crate) async fn search(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<SearchQuery>,
) -> Result<Json<FoundPage>, Problem> {
    let refused = |field: &str, detail: String| Problem::new(Code::InvalidQuery, detail).at(field);
    if query.q.len() > QUERY_BYTES_MAX {
        return Err(refused("q", format!("at most {QUERY_BYTES_MAX} bytes are looked for; give fewer words")));
    }
    let limit = query.limit.unwrap_or(FOUND_USUAL);
    if !(1..=FOUND_MAX).contains(&limit) {
        return Err(refused("limit", format!("limit is 1 to {FOUND_MAX}")));
    }
    let search = MessageSearch {
        query: query.q.clone(),
        reach: reach_of(&caller.principal),
        queue: query.queue.map(QueueId::new).transpose().map_err(|error| refused("queue", error.to_string()))?,
        channel: query
            .channel
            .map(ChannelId::new)
            .transpose()
            .map_err(|error| refused("channel", error.to_string()))?,
        agent: query.agent.map(AgentId::new).transpose().map_err(|error| refused("agent", error.to_string()))?,
        closed: query.closed,
        since: query.since.map(Timestamp),
        until: query.until.map(Timestamp),
        limit,
    };
    if let Principal::Admin { .. } = caller.principal {
        app.audit(&caller.principal, caller.act.name(), "all conversations".to_owned()).await?;
    }
    let found = app.engine().search_texts(search).await?;
    let deployment = app.deployment();
    let viewer = Viewer { audience: Audience::of(&caller.principal), deployment: &deployment };
    let mut items = Vec::with_capacity(found.texts.len());
    for text in found.texts {
        // The matrix has the last word on every conversation; the statement only keeps the rest away.
        let reached = app.reach(&caller.principal, Act::ReadPrivate, text.conversation).await;
        let Ok(snapshot) = reached else { continue };
        let marks = app.engine().marks(text.conversation).await?;
        items.push(FoundView {
            conversation: viewer.summary(&snapshot, marks),
            seq: text.seq.0,
            at: text.at.0,
            pieces: pieces(&text.text, &query.q),
        });
    }
    Ok(Json(FoundPage { items, complete: found.complete }))
}

/// Whose conversations a person searches: the same as the matrix says of reading.
fn reach_of(who: &Principal) -> Option<(AgentId, Vec<QueueId>)> {
    match who {
        Principal::Agent { agent, queues } => Some((agent.clone(), queues.iter().cloned().collect())),
        Principal::Supervisor { agent, queues } if !queues.is_empty() => {
            Some((agent.clone(), queues.iter().cloned().collect()))
        }
        // The matrix lets neither customers nor bots search.
        Principal::Supervisor { .. } | Principal::Admin { .. } | Principal::Customer { .. } | Principal::Bot { .. } => {
            None
        }
    }
}

/// The text around the first place, in pieces.
fn pieces(text: &str, query: &str) -> Vec<PieceView> {
    let places = places_found(text, query);
    let first = places.first().map_or(0, |place| place.start);
    let before = text[..first].char_indices().rev().take(BEFORE_CHARS).last().map_or(first, |(at, _)| at);
    let shown = &text[before..];
    let end = before + shown.char_indices().nth(AROUND_CHARS).map_or(shown.len(), |(at, _)| at);
    let mut pieces = Vec::new();
    let mut push = |text: &str, found: bool| {
        if !text.is_empty() {
            pieces.push(PieceView { text: text.to_owned(), found });
        }
    };
    if before > 0 {
        push("…", false);
    }
    let mut at = before;
    for place in places.iter().take_while(|place| place.end <= end) {
        push(&text[at..place.start], false);
        push(&text[place.clone()], true);
        at = place.end;
    }
    push(&text[at..end], false);
    if end < text.len() {
        push("…", false);
    }
    pieces
}

/// Suggest answers from the articles.
///
/// To what the customer wrote last; each with where it stands. A person edits and sends it, nobody else.
#[utoipa::path(get, path = "/v1/conversations/{id}/suggestions", tag = "desk",
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "Passages, the best first; perhaps none.", body = Vec<SuggestedView>), Problem))]
pub(crate) async fn suggest_answers(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<SuggestedView>>, Problem> {
    let snapshot = caller.reach(&app, ConversationId(id)).await?;
    let terms: Vec<String> = snapshot
        .asked_last()
        .map(|question| search_terms(question).into_iter().take(TERMS_MAX).collect())
        .unwrap_or_default();
    if terms.is_empty() {
        return Ok(Json(Vec::new()));
    }
    let asked = terms.len();
    let found = app.store().read(move |tx| tx.search(&terms, SUGGESTED_MAX)).await?;
    // One word in common is chance, unless there was only one.
    let fitting = found.into_iter().filter(|section| section.matched_terms >= 2 || asked == 1);
    Ok(Json(
        fitting
            .map(|section| SuggestedView {
                href: format!("/manual/{}#{}", section.slug, section.anchor),
                title: section.title,
                heading: section.heading,
                text: section.text.chars().take(SUGGESTED_CHARS_MAX).collect(),
            })
            .collect(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, query: &str) -> String {
        pieces(text, query)
            .iter()
            .map(|piece| if piece.found { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    #[test]
    fn what_was_looked_for_is_marked_where_it_stands() {
        assert_eq!(marked("My invoices are wrong.", "invoice wro"), "My [invoices] are [wrong].");
        assert_eq!(marked("Así es", "asi"), "[Así] es");
        assert_eq!(marked("我想退款吗", "退款"), "我想[退][款]吗");
        let long = format!("{} needle {}", "before ".repeat(100), "after ".repeat(100));
        let shown = marked(&long, "needle");
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("[needle]"), "{shown}");
        assert!(shown.chars().count() < 240);
    }
}
