//! The deployment's configuration: one document, applied whole, every version kept.

use axum::extract::State;
use baton_engine::config::versions::{Applying, between};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::extract::{Json, Path, Query};
use crate::principal::Caller;
use crate::problem::{Code, Problem};
use crate::views::configuration::{change_views, config_view, plan_view, values_without_secrets};
use crate::views::hours::hours_view;
use crate::wire::{
    Applied, ApplyConfig, ConfigDifferenceView, ConfigPlanView, ConfigValuesView, ConfigView, DrawHours, EditConfig,
    HoursView, PlanConfig, RollBackConfig,
};

/// Largest request that carries a configuration: the document as escaped JSON.
pub(crate) const CONFIG_BODY_BYTES_MAX: usize = 2 * baton_engine::config::DOCUMENT_BYTES_MAX;
/// Versions listed at most.
const VERSIONS_MAX: u32 = 100;

/// Get the configuration that runs.
#[utoipa::path(get, path = "/v1/config", tag = "administration", responses(
    (status = 200, description = "The newest version.", body = ConfigView),
    Problem,
))]
pub(crate) async fn get_config(State(app): State<App>, _: Caller) -> Result<Json<ConfigView>, Problem> {
    let version = app.store().read(|tx| tx.config()).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(config_view(version)))
}

/// Apply a configuration.
///
/// It is checked whole first; every fault is told with its place, and then nothing changes.
#[utoipa::path(put, path = "/v1/config", tag = "administration", request_body = ApplyConfig, responses(
    (status = 200, description = "It runs.", body = Applied),
    Problem,
))]
pub(crate) async fn apply_config(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<ApplyConfig>,
) -> Result<Json<Applied>, Problem> {
    let applying = Applying { by: caller.principal.named(), note: request.note, expected: request.expected_version };
    let (version, changed) = app.engine().apply(&request.document, &applying).await?;
    if changed {
        app.audit(&caller.principal, "apply_config", format!("version:{version}")).await?;
    }
    Ok(Json(Applied { version, changed }))
}

/// Most edits of one request.
const EDITS_MAX: usize = 50;

/// Edit the configuration that runs.
///
/// The rest of its text stays as people wrote it, comments and all. It is checked whole; every fault is told with the
/// path of its field, and then nothing changes.
#[utoipa::path(patch, path = "/v1/config", tag = "administration", request_body = EditConfig, responses(
    (status = 200, description = "It runs.", body = Applied),
    Problem,
))]
pub(crate) async fn edit_config(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<EditConfig>,
) -> Result<Json<Applied>, Problem> {
    if request.edits.is_empty() || request.edits.len() > EDITS_MAX {
        return Err(Problem::invalid_field("edits", format!("1 to {EDITS_MAX} edits can be made at once")));
    }
    let expected = Some(request.expected_version);
    let applying = Applying { by: caller.principal.named(), note: request.note, expected };
    let edits: Vec<_> = request.edits.into_iter().map(|edit| (edit.path, edit.value)).collect();
    let (version, changed) = app.engine().edit_config(&edits, &applying).await?;
    if changed {
        app.audit(&caller.principal, "edit_config", format!("version:{version}")).await?;
    }
    Ok(Json(Applied { version, changed }))
}

/// Get the configuration that runs as values.
#[utoipa::path(get, path = "/v1/config/values", tag = "administration", responses(
    (status = 200, description = "For forms.", body = ConfigValuesView),
    Problem,
))]
pub(crate) async fn get_config_values(State(app): State<App>, _: Caller) -> Result<Json<ConfigValuesView>, Problem> {
    let config = app.store().read(|tx| tx.config()).await?.ok_or_else(Problem::not_found)?;
    let mut values = baton_engine::config::parse(&config.document).map_err(baton_engine::EngineError::from)?;
    values_without_secrets(&mut values);
    Ok(Json(ConfigValuesView { version: config.version, values }))
}

/// Draw opening hours before they are applied.
///
/// When they are open in the next two weeks, and the next holidays.
#[utoipa::path(post, path = "/v1/config/hours", tag = "administration", request_body = DrawHours, responses(
    (status = 200, description = "Day by day.", body = HoursView),
    Problem,
))]
pub(crate) async fn draw_hours(
    State(app): State<App>,
    _: Caller,
    Json(request): Json<DrawHours>,
) -> Result<Json<HoursView>, Problem> {
    Ok(Json(hours_view(&request, app.now())?))
}

/// Ask what applying a configuration would do.
///
/// What it says otherwise, and what would become of every handoff that waits right now. Nothing changes.
#[utoipa::path(post, path = "/v1/config/plan", tag = "administration", request_body = PlanConfig, responses(
    (status = 200, description = "What would change.", body = ConfigPlanView),
    Problem,
))]
pub(crate) async fn plan_config(
    State(app): State<App>,
    _: Caller,
    Json(request): Json<PlanConfig>,
) -> Result<Json<ConfigPlanView>, Problem> {
    Ok(Json(plan_view(&app.engine().plan(&request.document).await?)))
}

/// Go back to an older version.
///
/// Its text becomes the next version, so nothing is lost; it is checked like any other.
#[utoipa::path(post, path = "/v1/config/rollback", tag = "administration", request_body = RollBackConfig, responses(
    (status = 200, description = "It runs.", body = Applied),
    Problem,
))]
pub(crate) async fn roll_back_config(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<RollBackConfig>,
) -> Result<Json<Applied>, Problem> {
    let applying = Applying { by: caller.principal.named(), note: request.note, expected: request.expected_version };
    let (version, changed) = app.engine().roll_back(request.version, &applying).await?;
    if changed {
        app.audit(&caller.principal, "roll_back_config", format!("version:{version}")).await?;
    }
    Ok(Json(Applied { version, changed }))
}

#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct VersionsQuery {
    /// Only versions before this one: the last that was listed.
    before: Option<u64>,
    /// 1 to 100; 100 when not said.
    limit: Option<u32>,
}

/// List the versions.
#[utoipa::path(get, path = "/v1/config/versions", tag = "administration", params(VersionsQuery), responses(
    (status = 200, description = "Newest first, without their documents.", body = Vec<ConfigView>),
    Problem,
))]
pub(crate) async fn list_config_versions(
    State(app): State<App>,
    _: Caller,
    Query(query): Query<VersionsQuery>,
) -> Result<Json<Vec<ConfigView>>, Problem> {
    let limit = query.limit.unwrap_or(VERSIONS_MAX);
    if !(1..=VERSIONS_MAX).contains(&limit) {
        return Err(Problem::new(Code::InvalidQuery, format!("limit is 1 to {VERSIONS_MAX}")).at("limit"));
    }
    let versions = app.store().read(move |tx| tx.config_versions(query.before, limit)).await?;
    Ok(Json(versions.into_iter().map(config_view).collect()))
}

/// Get one version with its document.
#[utoipa::path(get, path = "/v1/config/versions/{version}", tag = "administration",
    params(("version" = u64, Path, description = "The version's number.")),
    responses((status = 200, description = "As it was applied.", body = ConfigView), Problem))]
pub(crate) async fn get_config_version(
    State(app): State<App>,
    _: Caller,
    Path(version): Path<u64>,
) -> Result<Json<ConfigView>, Problem> {
    let found = app.store().read(move |tx| tx.config_version(version)).await?;
    Ok(Json(config_view(found.ok_or_else(Problem::not_found)?)))
}

#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DifferenceQuery {
    /// The version before `to` when not said.
    from: Option<u64>,
    /// The newest version when not said.
    to: Option<u64>,
}

/// Compare two versions.
#[utoipa::path(get, path = "/v1/config/difference", tag = "administration", params(DifferenceQuery), responses(
    (status = 200, description = "What the one says otherwise than the other.", body = ConfigDifferenceView),
    Problem,
))]
pub(crate) async fn compare_config_versions(
    State(app): State<App>,
    _: Caller,
    Query(query): Query<DifferenceQuery>,
) -> Result<Json<ConfigDifferenceView>, Problem> {
    let (from, to, changes) = between(app.store(), query.from, query.to).await?;
    Ok(Json(ConfigDifferenceView { from, to, changes: change_views(&changes) }))
}

/// Get the JSON Schema of the document.
#[utoipa::path(get, path = "/v1/config/schema", tag = "administration", responses(
    (status = 200, description = "For editors and checks.", body = serde_json::Value),
    Problem,
))]
pub(crate) async fn get_config_schema(_: Caller) -> Json<serde_json::Value> {
    Json(baton_engine::config::schema())
}
