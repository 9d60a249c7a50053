//! The customer's answer to a person who was suggested.

use axum::extract::State;
use baton_core::{ConversationId, HandoffId, Seq};
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::principal::Caller;
use crate::problem::Problem;
use crate::wire::{AnswerSuggestion, ConversationView, SuggestionAnswer};

/// Say yes or no to a person.
///
/// Yes is a handoff with what led to the question; saying it twice with the same handoff id is once. After a no nobody
/// asks again for a while.
#[utoipa::path(post, path = "/v1/conversations/{id}/suggestion", tag = "handoffs", request_body = AnswerSuggestion,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "A person is coming, or the bot goes on.", body = ConversationView), Problem))]
pub(crate) async fn answer_suggestion(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(answer): Json<AnswerSuggestion>,
) -> Result<Json<ConversationView>, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let message = Seq(answer.message);
    let snapshot = match (answer.answer, answer.handoff) {
        (SuggestionAnswer::No, _) => app.engine().decline_suggestion(id, message).await?,
        (SuggestionAnswer::Yes, Some(handoff)) => {
            app.engine().accept_suggestion(id, message, HandoffId(handoff)).await?
        }
        (SuggestionAnswer::Yes, None) => {
            return Err(Problem::invalid_field("handoff", "a yes needs the id that the handoff gets; make a UUID"));
        }
    };
    Ok(app.answer(&caller, &snapshot))
}
