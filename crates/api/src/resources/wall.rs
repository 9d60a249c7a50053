//! The wall, and what supervisors do from it.

use axum::extract::State;
use baton_core::{AgentId, QueueId, Timestamp};

use crate::app::App;
use crate::extract::{Json, Path};
use crate::principal::{Caller, Principal};
use crate::problem::Problem;
use crate::views::floor::{agent_view, availability_of};
use crate::views::wall::wall_view;
use crate::wire::{AgentView, Applied, AvailabilityName, ExceptQueue, SetAway, WallView};

/// Longest reason, in bytes.
const REASON_BYTES_MAX: usize = 300;

/// Get today's figures.
///
/// By queue and in all, with the usual day and what is to be alerted. They change with the floor: whoever follows it
/// over the socket asks again when a `floor` frame comes.
#[utoipa::path(get, path = "/v1/wall", tag = "floor", responses(
    (status = 200, description = "Supervisors get their queues.", body = WallView),
    Problem,
))]
pub(crate) async fn get_wall(State(app): State<App>, caller: Caller) -> Result<Json<WallView>, Problem> {
    let wall = app.engine().wall(|queue| supervises(&caller.principal, queue)).await?;
    let estimates = app.engine().estimates().into_iter().collect();
    Ok(Json(wall_view(&wall, &estimates, &app.deployment())))
}

/// Set somebody away.
///
/// They see it at once; what they hold returns after the grace period unless they come back.
#[utoipa::path(put, path = "/v1/agents/{agent}/availability", tag = "supervision", request_body = SetAway,
    params(("agent" = String, Path, description = "The agent's key.")),
    responses((status = 200, description = "Set.", body = AgentView), Problem))]
pub(crate) async fn set_away(
    State(app): State<App>,
    caller: Caller,
    Path(agent): Path<String>,
    Json(request): Json<SetAway>,
) -> Result<Json<AgentView>, Problem> {
    let agent = AgentId::new(agent).map_err(|_| Problem::not_found())?;
    let queues = app.deployment().agent(&agent).map(|config| config.queues.clone()).ok_or_else(Problem::not_found)?;
    let theirs = match &caller.principal {
        Principal::Admin { .. } => true,
        Principal::Supervisor { queues: own, .. } => own.is_empty() || queues.iter().any(|queue| own.contains(queue)),
        Principal::Customer { .. } | Principal::Bot { .. } | Principal::Agent { .. } => false,
    };
    if !theirs {
        return Err(Problem::not_found());
    }
    if request.availability == AvailabilityName::Available {
        return Err(Problem::invalid_field("availability", "that somebody is available they say themselves"));
    }
    let reason = reason(&request.reason)?;
    app.engine().set_availability(&agent, availability_of(request.availability), Some(reason.clone())).await?;
    app.audit(&caller.principal, "set_others_away", format!("agent:{agent} {reason}")).await?;
    let state = app.engine().agent_state(&agent).ok_or_else(Problem::not_found)?;
    Ok(Json(agent_view(&state)))
}

/// Open or close a queue for a while.
///
/// Whatever its hours say, until the moment that is named. It is a version of the configuration, with who and why.
#[utoipa::path(put, path = "/v1/queues/{queue}/exception", tag = "supervision", request_body = ExceptQueue,
    params(("queue" = String, Path, description = "The queue's key.")),
    responses((status = 200, description = "It holds.", body = Applied), Problem))]
pub(crate) async fn except_queue(
    State(app): State<App>,
    caller: Caller,
    Path(queue): Path<String>,
    Json(request): Json<ExceptQueue>,
) -> Result<Json<Applied>, Problem> {
    let queue = own_queue(&app, &caller, queue)?;
    let reason = reason(&request.reason)?;
    let exception = Some((request.open, Timestamp(request.until)));
    let by = caller.principal.named();
    let (version, changed) = app.engine().except_queue(&queue, exception, &reason, by).await?;
    let word = if request.open { "open" } else { "closed" };
    app.audit(&caller.principal, "except_queue", format!("queue:{queue} {word} version:{version}")).await?;
    Ok(Json(Applied { version, changed }))
}

/// Let a queue's hours hold again.
#[utoipa::path(delete, path = "/v1/queues/{queue}/exception", tag = "supervision",
    params(("queue" = String, Path, description = "The queue's key.")),
    responses((status = 200, description = "They hold.", body = Applied), Problem))]
pub(crate) async fn end_exception(
    State(app): State<App>,
    caller: Caller,
    Path(queue): Path<String>,
) -> Result<Json<Applied>, Problem> {
    let queue = own_queue(&app, &caller, queue)?;
    let by = caller.principal.named();
    let (version, changed) = app.engine().except_queue(&queue, None, "the hours hold again", by).await?;
    if changed {
        app.audit(&caller.principal, "end_exception", format!("queue:{queue} version:{version}")).await?;
    }
    Ok(Json(Applied { version, changed }))
}

fn own_queue(app: &App, caller: &Caller, queue: String) -> Result<QueueId, Problem> {
    let queue = QueueId::new(queue).map_err(|_| Problem::not_found())?;
    let known = app.deployment().has_queue(&queue) && supervises(&caller.principal, &queue);
    if known { Ok(queue) } else { Err(Problem::not_found()) }
}

fn reason(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() || text.len() > REASON_BYTES_MAX {
        return Err(Problem::invalid_field("reason", format!("say why, in at most {REASON_BYTES_MAX} bytes")));
    }
    Ok(text.to_owned())
}

/// Whether a queue is one of theirs; a supervisor without a list of queues supervises all of them.
fn supervises(principal: &Principal, queue: &QueueId) -> bool {
    match principal {
        Principal::Admin { .. } => true,
        Principal::Supervisor { queues, .. } => queues.is_empty() || queues.contains(queue),
        Principal::Customer { .. } | Principal::Bot { .. } | Principal::Agent { .. } => false,
    }
}
