//! The audit log: who did what, also who only read.

use axum::extract::State;

use crate::app::App;
use crate::extract::Json;
use crate::principal::Caller;
use crate::problem::Problem;
use crate::wire::AuditEntryView;

/// Entries listed.
const ENTRIES_MAX: u32 = 500;

/// List the newest entries.
#[utoipa::path(get, path = "/v1/audit", tag = "administration", responses(
    (status = 200, description = "Newest first.", body = Vec<AuditEntryView>),
    Problem,
))]
pub(crate) async fn list_audit(State(app): State<App>, _: Caller) -> Result<Json<Vec<AuditEntryView>>, Problem> {
    let entries = app.store().read(|tx| tx.audit(ENTRIES_MAX)).await?;
    let view = |entry: baton_store::AuditEntry| AuditEntryView {
        at: entry.at.0,
        who: entry.who,
        action: entry.action,
        what: entry.what,
    };
    Ok(Json(entries.into_iter().map(view).collect()))
}
