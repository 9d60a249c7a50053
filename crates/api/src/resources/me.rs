//! The signed-in person.

use axum::extract::State;
use axum::http::StatusCode;
use baton_core::AgentId;

use crate::app::App;
use crate::auth::password;
use crate::extract::Json;
use crate::principal::Caller;
use crate::problem::{Code, Problem};
use crate::views::floor::{availability_name, availability_of};
use crate::wire::{ChangePassword, DispositionView, MeView, SetAvailability};

/// Who am I.
#[utoipa::path(get, path = "/v1/me", tag = "people", responses(
    (status = 200, description = "The signed-in person.", body = MeView),
    Problem,
))]
pub(crate) async fn get_me(State(app): State<App>, caller: Caller) -> Result<Json<MeView>, Problem> {
    me_view(&app, caller.person()?).map(Json)
}

/// Declare to be available, away or offline.
#[utoipa::path(put, path = "/v1/me/availability", tag = "people", request_body = SetAvailability, responses(
    (status = 200, description = "Declared.", body = MeView),
    Problem,
))]
pub(crate) async fn set_availability(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<SetAvailability>,
) -> Result<Json<MeView>, Problem> {
    let agent = caller.person()?;
    app.engine().set_availability(agent, availability_of(request.availability), request.reason).await?;
    me_view(&app, agent).map(Json)
}

/// Change one's own password.
///
/// Every other session of this person ends.
#[utoipa::path(put, path = "/v1/me/password", tag = "people", request_body = ChangePassword, responses(
    (status = 204, description = "Changed; other sessions have ended."),
    Problem,
))]
pub(crate) async fn change_password(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<ChangePassword>,
) -> Result<StatusCode, Problem> {
    let agent = caller.person()?.clone();
    password::check("new", &request.new)?;
    app.limits().password(&agent)?;
    let owner = agent.clone();
    let known = app.store().read(move |tx| tx.credential(&owner)).await?.ok_or_else(Problem::not_found)?;
    if !app.passwords().fits(request.current, Some(known.password_hash)).await? {
        return Err(Problem::new(Code::InvalidField, "this is not the current password").at("current"));
    }
    let hash = app.passwords().hash(request.new).await?;
    let kept = caller.credential.as_ref().map(|credential| credential.hash);
    app.replace_password(&agent, known.email, hash, kept, (caller.principal.named(), "change_password")).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) fn me_view(app: &App, agent: &AgentId) -> Result<MeView, Problem> {
    let deployment = app.deployment();
    let config = deployment.agent(agent).ok_or_else(Problem::not_found)?;
    let state = app.engine().agent_state(agent).ok_or_else(Problem::not_found)?;
    let dispositions = deployment.dispositions().iter();
    Ok(MeView {
        agent: agent.to_string(),
        name: config.name.clone(),
        email: config.email.clone(),
        role: config.role.as_str().to_owned(),
        queues: config.queues.iter().map(ToString::to_string).collect(),
        availability: availability_name(state.availability),
        reason: state.reason,
        dispositions: dispositions
            .map(|(key, name)| DispositionView { key: key.to_string(), name: name.clone() })
            .collect(),
        organisation: deployment.organisation().to_owned(),
        demonstration: app.settings().demonstration,
    })
}
