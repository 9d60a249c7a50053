//! The deployment's configuration: one document, applied whole.

use axum::extract::State;
use baton_store::ConfigVersion;

use crate::app::App;
use crate::extract::Json;
use crate::principal::Caller;
use crate::problem::Problem;
use crate::wire::{Applied, ApplyConfig, ConfigView};

/// Largest request that applies a configuration: the document as escaped JSON.
pub(crate) const CONFIG_BODY_BYTES_MAX: usize = 2 * baton_engine::config::DOCUMENT_BYTES_MAX;
/// Versions listed.
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
    let by = caller.principal.named();
    let (version, changed) = app.engine().apply(&request.document, &by, request.expected_version).await?;
    if changed {
        app.audit(&caller.principal, "apply_config", format!("version:{version}")).await?;
    }
    Ok(Json(Applied { version, changed }))
}

/// List the versions.
#[utoipa::path(get, path = "/v1/config/versions", tag = "administration", responses(
    (status = 200, description = "Newest first, without their documents.", body = Vec<ConfigView>),
    Problem,
))]
pub(crate) async fn list_config_versions(State(app): State<App>, _: Caller) -> Result<Json<Vec<ConfigView>>, Problem> {
    let versions = app.store().read(|tx| tx.config_versions(VERSIONS_MAX)).await?;
    let bare = |version: ConfigVersion| config_view(ConfigVersion { document: String::new(), ..version });
    Ok(Json(versions.into_iter().map(bare).collect()))
}

/// Get the JSON Schema of the document.
#[utoipa::path(get, path = "/v1/config/schema", tag = "administration", responses(
    (status = 200, description = "For editors and checks.", body = serde_json::Value),
    Problem,
))]
pub(crate) async fn get_config_schema(_: Caller) -> Json<serde_json::Value> {
    Json(baton_engine::config::schema())
}

fn config_view(version: ConfigVersion) -> ConfigView {
    ConfigView { version: version.version, at: version.at.0, by: version.by, document: version.document }
}
