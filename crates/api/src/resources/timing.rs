//! When a handoff came, as whoever had it sees it.

use axum::extract::State;
use baton_core::{HandoffId, TimingMark};
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::principal::Caller;
use crate::problem::Problem;
use crate::wire::{ConversationView, MarkTiming, TimingName};

/// Mark when a handoff came.
///
/// It should have come earlier, or need not have come; without either the mark is taken back. Marking twice is once.
#[utoipa::path(put, path = "/v1/handoffs/{handoff}/timing", tag = "handoffs", request_body = MarkTiming,
    params(("handoff" = Uuid, Path, description = "The handoff.")),
    responses((status = 200, description = "It is on record.", body = ConversationView), Problem))]
pub(crate) async fn mark_timing(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(mark): Json<MarkTiming>,
) -> Result<Json<ConversationView>, Problem> {
    let handoff = HandoffId(id);
    caller.reach_handoff(&app, handoff).await?;
    let by = caller.principal.person().cloned().ok_or_else(Problem::not_found)?;
    let timing = mark.timing.map(|timing| match timing {
        TimingName::TooLate => TimingMark::TooLate,
        TimingName::NotNeeded => TimingMark::NotNeeded,
    });
    let snapshot = app.engine().mark_timing(handoff, by, timing).await?;
    Ok(app.answer(&caller, &snapshot))
}
