//! Colleagues, and their passwords.

use axum::extract::State;
use axum::http::StatusCode;
use baton_core::AgentId;

use crate::app::App;
use crate::auth::password;
use crate::extract::{Json, Path};
use crate::principal::Caller;
use crate::problem::Problem;
use crate::views::floor::agent_view;
use crate::wire::{AgentView, SetPassword};

/// List the agents.
#[utoipa::path(get, path = "/v1/agents", tag = "people", responses(
    (status = 200, description = "Everybody in the configuration.", body = Vec<AgentView>),
    Problem,
))]
pub(crate) async fn list_agents(State(app): State<App>, _: Caller) -> Json<Vec<AgentView>> {
    Json(app.engine().floor().agents.iter().map(agent_view).collect())
}

/// Set somebody's password.
///
/// Every session of that person ends.
#[utoipa::path(put, path = "/v1/agents/{agent}/password", tag = "people", request_body = SetPassword,
    params(("agent" = String, Path, description = "The agent's key.")),
    responses((status = 204, description = "Set; their sessions have ended."), Problem))]
pub(crate) async fn set_password(
    State(app): State<App>,
    caller: Caller,
    Path(agent): Path<String>,
    Json(request): Json<SetPassword>,
) -> Result<StatusCode, Problem> {
    let agent = AgentId::new(agent).map_err(|_| Problem::not_found())?;
    let email = app.deployment().agent(&agent).map(|config| config.email.clone()).ok_or_else(Problem::not_found)?;
    password::check("password", &request.password)?;
    let hash = app.passwords().hash(request.password).await?;
    app.replace_password(&agent, email, hash, None, (caller.principal.named(), "set_password")).await?;
    Ok(StatusCode::NO_CONTENT)
}
