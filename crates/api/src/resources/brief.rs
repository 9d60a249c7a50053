//! The brief, and why each agent was or was not chosen.

use axum::extract::State;
use baton_core::{ConversationId, HandoffId};
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::principal::Caller;
use crate::problem::Problem;
use crate::views::brief::{brief_view, decision_view, explanation_view};
use crate::wire::{BriefView, DecisionView, ExplanationView};

/// Get the brief of the current or last handoff.
#[utoipa::path(get, path = "/v1/conversations/{id}/brief", tag = "handoffs",
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "What the agent gets before saying yes.", body = BriefView), Problem))]
pub(crate) async fn get_brief(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<BriefView>, Problem> {
    let id = ConversationId(id);
    let snapshot = caller.reach(&app, id).await?;
    let current = snapshot.conversation.handoff().map(|handoff| handoff.id);
    let handoff = if let Some(current) = current {
        current
    } else {
        let past = app.store().read(move |tx| tx.handoffs_of(id)).await?;
        past.iter().max_by_key(|row| row.requested_at).map(|row| row.handoff).ok_or_else(Problem::not_found)?
    };
    Ok(Json(brief_view(&app.engine().brief(handoff).await?)))
}

/// List the routing decisions of a handoff.
#[utoipa::path(get, path = "/v1/handoffs/{handoff}/decisions", tag = "handoffs",
    params(("handoff" = Uuid, Path, description = "The handoff.")),
    responses((status = 200, description = "Who was considered, and why not; oldest first.", body = Vec<DecisionView>), Problem))]
pub(crate) async fn list_decisions(
    State(app): State<App>,
    caller: Caller,
    Path(handoff): Path<Uuid>,
) -> Result<Json<Vec<DecisionView>>, Problem> {
    let handoff = HandoffId(handoff);
    caller.reach_handoff(&app, handoff).await?;
    Ok(Json(app.engine().decisions(handoff).await?.iter().map(decision_view).collect()))
}

/// Explain how a handoff is routed.
///
/// How it stands at this moment, what was decided so far, and what relaxes next.
#[utoipa::path(get, path = "/v1/handoffs/{handoff}/explanation", tag = "handoffs",
    params(("handoff" = Uuid, Path, description = "The handoff.")),
    responses((status = 200, description = "Why it stands where it stands.", body = ExplanationView), Problem))]
pub(crate) async fn explain_handoff(
    State(app): State<App>,
    caller: Caller,
    Path(handoff): Path<Uuid>,
) -> Result<Json<ExplanationView>, Problem> {
    let handoff = HandoffId(handoff);
    caller.reach_handoff(&app, handoff).await?;
    Ok(Json(explanation_view(&app.engine().explain(handoff).await?)))
}
