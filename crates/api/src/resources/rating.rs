//! Whether a bot's answer helped.

use axum::extract::State;
use baton_core::{ConversationId, Seq};
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::principal::Caller;
use crate::problem::Problem;
use crate::wire::{ConversationView, RateAnswer};

/// Rate a bot's answer.
///
/// The thumb under an answer; pressing it again with nothing takes it back. Agents see it in the conversation.
#[utoipa::path(put, path = "/v1/conversations/{id}/rating", tag = "conversations", request_body = RateAnswer,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "Noted.", body = ConversationView), Problem))]
pub(crate) async fn rate_answer(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(rating): Json<RateAnswer>,
) -> Result<Json<ConversationView>, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let snapshot = app.engine().rate_answer(id, Seq(rating.message), rating.helpful).await?;
    Ok(app.answer(&caller, &snapshot))
}
