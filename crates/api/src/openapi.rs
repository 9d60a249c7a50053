//! The document of the interface: made from the routes, committed as `openapi.json`, and what clients are made from.

use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, InfoBuilder, License, OpenApi, OpenApiBuilder};
use utoipa::{PartialSchema, ToSchema};

use crate::problem::{self, FaultView};
use crate::routes::{ACTION_EXTENSION, ANYONE, routes};
use crate::wire::{ClientFrame, ServerFrame};

const DESCRIPTION: &str = "Baton is the bridge between a bot and the people behind it. Times are milliseconds since \
1970-01-01T00:00:00Z, ids are UUIDs made by clients where a request could be sent twice, errors are \
`application/problem+json` with stable codes. Absent and forbidden look the same: 404.";

static DOCUMENT: LazyLock<String> = LazyLock::new(|| openapi().to_json().unwrap_or_default());

/// The whole document.
pub fn openapi() -> OpenApi {
    routes().into_openapi()
}

/// Get this document.
#[utoipa::path(get, path = "/v1/openapi.json", tag = "operation", responses(
    (status = 200, description = "OpenAPI 3.1.", body = serde_json::Value),
))]
pub(crate) async fn get_openapi() -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], DOCUMENT.as_str()).into_response()
}

/// What stands around the routes.
pub(crate) fn frame() -> OpenApi {
    let mut components = Components::new();
    let mut schemas = vec![problem::schema(), (FaultView::name().into_owned(), FaultView::schema())];
    schemas.push((ClientFrame::name().into_owned(), ClientFrame::schema()));
    schemas.push((ServerFrame::name().into_owned(), ServerFrame::schema()));
    ClientFrame::schemas(&mut schemas);
    ServerFrame::schemas(&mut schemas);
    components.schemas.extend(schemas);
    let bearer = Http::builder()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A customer's access token, a bot key, or a person's session."))
        .build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    let cookie = ApiKeyValue::with_description(
        "baton_session",
        "The console's session; by https its name begins with `__Host-`. Requests that change something need the header `X-Baton-Request: 1` and come from our own origin.",
    );
    components.add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    let mut license = License::new("Apache-2.0");
    license.identifier = Some("Apache-2.0".to_owned());
    let info = InfoBuilder::new()
        .title("Baton")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(DESCRIPTION))
        .license(Some(license))
        .build();
    OpenApiBuilder::new().info(info).components(Some(components)).build()
}

/// Names the row of the matrix that an operation asks.
pub(crate) fn declare_action(operation: &mut Operation, name: &str) {
    let extensions = ExtensionsBuilder::new().add(ACTION_EXTENSION, serde_json::json!(name)).build();
    operation.extensions.get_or_insert_default().merge(extensions);
    if name != ANYONE {
        let none = Vec::<String>::new();
        operation.security =
            Some(vec![SecurityRequirement::new("bearer", none.clone()), SecurityRequirement::new("cookie", none)]);
    }
}

/// The operations of one address.
pub(crate) fn operations_of(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.put,
        &mut item.post,
        &mut item.delete,
        &mut item.options,
        &mut item.head,
        &mut item.patch,
        &mut item.trace,
    ]
    .into_iter()
    .flatten()
}
