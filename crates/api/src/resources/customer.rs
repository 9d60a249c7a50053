//! What customers say of themselves.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::extract::Json;
use crate::principal::{Caller, Principal};
use crate::problem::Problem;
use crate::wire::DescribeCustomer;

/// Say more of oneself.
///
/// Adds attributes to the customer of the session: rules, bots and agents see them from the next message on, as the
/// customer's own words. Who the customer is only an identity token says.
#[utoipa::path(patch, path = "/v1/customer", tag = "people", request_body = DescribeCustomer, responses(
    (status = 204, description = "Noted."),
    Problem,
))]
pub(crate) async fn describe_customer(
    State(app): State<App>,
    caller: Caller,
    Json(said): Json<DescribeCustomer>,
) -> Result<StatusCode, Problem> {
    let Principal::Customer { customer, .. } = &caller.principal else {
        return Err(baton_engine::EngineError::NotFound.into());
    };
    app.engine().describe_customer(*customer, said.attributes).await?;
    Ok(StatusCode::NO_CONTENT)
}
