//! Numbers for people who plan and for programs that watch.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use baton_core::QueueId;

use crate::app::App;
use crate::extract::Json;
use crate::principal::{Caller, Principal};
use crate::problem::Problem;
use crate::views::measures::{estimate_view, metrics_text};
use crate::wire::EstimateView;

/// Tell what the promised waits were worth.
///
/// By queue: how often they held, and how wide they were.
#[utoipa::path(get, path = "/v1/reports/estimates", tag = "floor", responses(
    (status = 200, description = "One entry a queue; supervisors get their queues.", body = Vec<EstimateView>),
    Problem,
))]
pub(crate) async fn list_estimates(State(app): State<App>, caller: Caller) -> Json<Vec<EstimateView>> {
    let deployment = app.deployment();
    let sees = |queue: &QueueId| match &caller.principal {
        Principal::Supervisor { queues, .. } => queues.is_empty() || queues.contains(queue),
        Principal::Admin { .. } => true,
        Principal::Customer { .. } | Principal::Bot { .. } | Principal::Agent { .. } => false,
    };
    let estimates = app.engine().estimates();
    let listed = estimates.iter().filter(|(queue, _)| sees(queue));
    Json(listed.map(|(queue, record)| estimate_view(queue, record, &deployment)).collect())
}

/// Get the metrics.
///
/// In the text format that Prometheus reads. Counters begin with the process.
#[utoipa::path(get, path = "/metrics", tag = "operation", responses(
    (status = 200, description = "One line a number.", body = String, content_type = "text/plain"),
    Problem,
))]
pub(crate) async fn get_metrics(State(app): State<App>, _: Caller) -> Response {
    let text = metrics_text(&app.engine().measures());
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}
