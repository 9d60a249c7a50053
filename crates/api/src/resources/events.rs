//! The events of a conversation, page by page.

use axum::extract::State;
use baton_core::{ConversationId, Seq};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path, Query};
use crate::principal::Caller;
use crate::problem::{Code, Problem};
use crate::views::{Audience, Viewer};
use crate::wire::EventPage;

/// Most events on one page.
pub(crate) const EVENTS_MAX: u32 = 500;
const EVENTS_USUAL: u32 = 200;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventQuery {
    /// Events after this number; 0 from the first.
    #[serde(default)]
    after: u64,
    /// 1 to 500.
    limit: Option<u32>,
}

/// List events.
#[utoipa::path(get, path = "/v1/conversations/{id}/events", tag = "conversations",
    params(("id" = Uuid, Path, description = "The conversation."), EventQuery),
    responses((status = 200, description = "In order; what you may not see is `hidden`, in its place.", body = EventPage), Problem))]
pub(crate) async fn list_events(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Query(query): Query<EventQuery>,
) -> Result<Json<EventPage>, Problem> {
    let limit = query.limit.unwrap_or(EVENTS_USUAL);
    if !(1..=EVENTS_MAX).contains(&limit) {
        return Err(Problem::new(Code::InvalidQuery, format!("limit is 1 to {EVENTS_MAX}")).at("limit"));
    }
    let id = ConversationId(id);
    let snapshot = caller.reach(&app, id).await?;
    // Numbers beyond what the database holds are after every event.
    let after = Seq(query.after.min(snapshot.conversation.seq.0));
    let events = app.engine().events(id, after, limit).await?;
    let deployment = app.deployment();
    let viewer = Viewer { audience: Audience::of(&caller.principal), deployment: &deployment };
    let last = events.last().map_or(snapshot.conversation.seq, |last| last.recorded.seq.max(snapshot.conversation.seq));
    Ok(Json(EventPage { items: events.iter().map(|event| viewer.event(event, &snapshot)).collect(), last: last.0 }))
}
