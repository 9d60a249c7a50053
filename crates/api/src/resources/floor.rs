//! The floor as it stands, and what could be promised.

use axum::extract::State;

use crate::app::App;
use crate::extract::Json;
use crate::principal::Caller;
use crate::problem::Problem;
use crate::views::floor::{availability_view, floor_view};
use crate::views::needs::needs_of;
use crate::wire::{AvailabilityView, CheckAvailability, FloorView};

/// Ask what could be promised, before anything is.
#[utoipa::path(post, path = "/v1/availability", tag = "floor", request_body = CheckAvailability, responses(
    (status = 200, description = "Whether a person could serve this, how soon, and what else can be done.", body = AvailabilityView),
    Problem,
))]
pub(crate) async fn check_availability(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<CheckAvailability>,
) -> Result<Json<AvailabilityView>, Problem> {
    let needs = needs_of(&request.needs)?;
    app.engine().check_needs(&needs)?;
    Ok(Json(availability_view(&app.engine().availability(&needs), &caller.principal)))
}

/// Get the live state of queues and agents.
#[utoipa::path(get, path = "/v1/floor", tag = "floor", responses(
    (status = 200, description = "As it stands.", body = FloorView),
    Problem,
))]
pub(crate) async fn get_floor(State(app): State<App>, _: Caller) -> Json<FloorView> {
    Json(floor_view(&app.engine().floor()))
}
