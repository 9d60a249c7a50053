//! Leaving a message and an address, or a number to call, for whoever comes later.

use axum::extract::State;
use baton_core::ConversationId;
use baton_engine::Contact;
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::principal::Caller;
use crate::problem::Problem;
use crate::wire::{ConversationView, LeaveContact};

/// Leave a message and an e-mail address, or ask to be called back.
///
/// The handoff keeps its place: who comes first answers, here or there.
#[utoipa::path(post, path = "/v1/conversations/{id}/contact", tag = "handoffs", request_body = LeaveContact,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "Taken down; a person answers later.", body = ConversationView), Problem))]
pub(crate) async fn leave_contact(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(contact): Json<LeaveContact>,
) -> Result<Json<ConversationView>, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let reached = match (contact.email, contact.phone) {
        (Some(email), None) => Contact::Email(email),
        (None, Some(phone)) => Contact::Phone(phone),
        (Some(_), Some(_)) | (None, None) => {
            return Err(Problem::invalid_field("email", "give exactly one of `email` and `phone`"));
        }
    };
    let snapshot = app.engine().leave_contact(id, reached, contact.text).await?;
    Ok(app.answer(&caller, &snapshot))
}
