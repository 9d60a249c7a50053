//! Whether the process lives, and whether it can serve.

use axum::extract::State;

use crate::app::App;
use crate::problem::{Code, Problem};

/// Is the process alive?
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, description = "It is.", body = String)))]
pub(crate) async fn healthz() -> &'static str {
    "alive\n"
}

/// Can it serve?
///
/// It can when the database answers and it is not stopping.
#[utoipa::path(get, path = "/readyz", tag = "operation", responses(
    (status = 200, description = "It can.", body = String),
    Problem,
))]
pub(crate) async fn readyz(State(app): State<App>) -> Result<&'static str, Problem> {
    if app.revocations().is_stopping() {
        return Err(Problem::new(Code::Unavailable, "the server is stopping"));
    }
    app.store().read(|tx| tx.log_epoch()).await?;
    Ok("ready\n")
}
