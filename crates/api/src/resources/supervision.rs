//! What supervisors do from outside: assign by force, change the order.

use axum::extract::State;
use baton_core::{AgentId, ConversationId};
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::principal::Caller;
use crate::problem::{Problem, invalid_key};
use crate::views::needs::priority_of;
use crate::wire::{Assign, ChangePriority, ConversationView};

/// Give it to an agent without asking.
///
/// From the bot, the queue or another agent; the agent needs a free slot.
#[utoipa::path(post, path = "/v1/conversations/{id}/assign", tag = "supervision", request_body = Assign,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "The agent has it.", body = ConversationView), Problem))]
pub(crate) async fn assign(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(request): Json<Assign>,
) -> Result<Json<ConversationView>, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let agent = AgentId::new(&request.agent).map_err(invalid_key("agent"))?;
    let snapshot = app.engine().assign(id, agent, caller.person()?.clone()).await?;
    Ok(app.answer(&caller, &snapshot))
}

/// Change its order inside the queue.
#[utoipa::path(post, path = "/v1/conversations/{id}/priority", tag = "supervision", request_body = ChangePriority,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "Changed; the reason is on record.", body = ConversationView), Problem))]
pub(crate) async fn change_priority(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(request): Json<ChangePriority>,
) -> Result<Json<ConversationView>, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let priority = priority_of("priority", request.priority)?;
    let snapshot = app.engine().change_priority(id, priority, request.reason, caller.person()?.clone()).await?;
    Ok(app.answer(&caller, &snapshot))
}
