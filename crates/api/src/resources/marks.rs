//! Delivered and read marks.

use axum::extract::State;
use baton_core::{ConversationId, Seq};
use baton_store::Marks;
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::principal::{Caller, Principal};
use crate::problem::Problem;
use crate::views::conversation::marks_view;
use crate::wire::{MarksView, RaiseMarks};

/// Raise the marks of one's own side.
///
/// They only grow; `read` includes `delivered`.
#[utoipa::path(post, path = "/v1/conversations/{id}/marks", tag = "conversations", request_body = RaiseMarks,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "As they stand.", body = MarksView), Problem))]
pub(crate) async fn raise_marks(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(raise): Json<RaiseMarks>,
) -> Result<Json<MarksView>, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let marks = app.engine().raise_marks(id, own_side(&caller.principal, raise.delivered, raise.read)).await?;
    Ok(Json(marks_view(marks)))
}

/// Marks that raise only the side of whoever asks.
pub(crate) fn own_side(who: &Principal, delivered: Option<u64>, read: Option<u64>) -> Marks {
    let read = Seq(read.unwrap_or(0));
    // Whoever read it has received it.
    let delivered = Seq(delivered.unwrap_or(0)).max(read);
    match who {
        Principal::Customer { .. } => Marks { customer_delivered: delivered, customer_read: read, ..Marks::default() },
        Principal::Agent { .. } | Principal::Supervisor { .. } | Principal::Admin { .. } => {
            Marks { staff_delivered: delivered, staff_read: read, ..Marks::default() }
        }
        // The matrix keeps bots away: a program reads for nobody.
        Principal::Bot { .. } => Marks::default(),
    }
}
