//! The router as it is served.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::app::App;
use crate::headers::{protect, share_with_channels};
use crate::problem::{Code, Problem};
use crate::routes::routes;

/// Everything under `/v1`, the documentation at `/docs`, and the health of the process. Serve it with
/// `into_make_service_with_connect_info::<SocketAddr>()`, so that limits know who asks.
pub fn router(app: App) -> Router {
    let (interface, _) = routes().split_for_parts();
    let docs = SwaggerUi::new("/docs").config(Config::from("/v1/openapi.json"));
    interface
        .merge(docs)
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(app.clone(), share_with_channels))
        .layer(from_fn(protect))
        .with_state(app)
}

async fn nothing_here() -> Problem {
    Problem::not_found()
}

async fn wrong_method() -> Problem {
    Problem::new(Code::MethodNotAllowed, "this address does not do that; the methods it has are in /v1/openapi.json")
}
