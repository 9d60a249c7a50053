//! Asking for a person, and staying with the bot after all.

use axum::extract::State;
use baton_core::{ConversationId, Epoch, HandoffId, Requester};
use baton_engine::HandoffRequest;
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::principal::{Caller, Principal};
use crate::problem::Problem;
use crate::views::needs::needs_of;
use crate::wire::{ConversationView, RequestHandoff};

/// Ask for a person.
///
/// Asking twice with the same handoff id is once.
#[utoipa::path(post, path = "/v1/conversations/{id}/handoff", tag = "handoffs", request_body = RequestHandoff,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "A person is coming, or the state says that nobody is there.", body = ConversationView), Problem))]
pub(crate) async fn request_handoff(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(request): Json<RequestHandoff>,
) -> Result<Json<ConversationView>, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let mut needs = needs_of(&request.needs)?;
    let by = match &caller.principal {
        Principal::Customer { .. } => {
            // A customer asks for a person; the order in the line, the tier and the weight are not theirs to say.
            needs.priority = baton_core::Priority::default();
            needs.weight = baton_core::Weight::default();
            needs.tier = None;
            Requester::Customer
        }
        Principal::Bot { .. } => Requester::Bot,
        Principal::Agent { agent, .. } | Principal::Supervisor { agent, .. } | Principal::Admin { agent } => {
            Requester::Agent(agent.clone())
        }
    };
    let request = HandoffRequest { handoff: HandoffId(request.handoff), by, epoch: request.epoch.map(Epoch), needs };
    let snapshot = app.engine().request_handoff(id, request).await?;
    Ok(app.answer(&caller, &snapshot))
}

/// Stay with the bot after all.
#[utoipa::path(delete, path = "/v1/conversations/{id}/handoff", tag = "handoffs",
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "The bot answers again.", body = ConversationView), Problem))]
pub(crate) async fn cancel_handoff(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<ConversationView>, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let snapshot = app.engine().cancel_handoff(id).await?;
    Ok(app.answer(&caller, &snapshot))
}
