//! The survey after a handoff.

use axum::extract::State;
use baton_core::{ConversationId, HandoffId, Rating};
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::principal::Caller;
use crate::problem::Problem;
use crate::wire::{AnswerSurvey, ConversationView};

/// Answer the survey of one handoff.
#[utoipa::path(post, path = "/v1/conversations/{id}/survey", tag = "handoffs", request_body = AnswerSurvey,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "Thank you.", body = ConversationView), Problem))]
pub(crate) async fn answer_survey(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(answer): Json<AnswerSurvey>,
) -> Result<Json<ConversationView>, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let rating = Rating::new(answer.rating).ok_or_else(|| Problem::invalid_field("rating", "a rating is 1 to 5"))?;
    let snapshot = app.engine().answer_survey(id, HandoffId(answer.handoff), rating, answer.comment).await?;
    Ok(app.answer(&caller, &snapshot))
}
