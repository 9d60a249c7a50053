//! HTTP and WebSocket over the engine: wire types, one authorisation matrix, one file per resource, problem+json, OpenAPI.
//!
//! Nothing here decides what a conversation allows; that is `core`. Nothing leaves but through `views`, and nobody comes
//! in but through `matrix`.

// A problem is what every handler answers with; boxing it would only move the bytes.
#![allow(clippy::result_large_err)]

mod app;
mod auth;
mod client_address;
mod extract;
mod headers;
mod markdown;
pub mod matrix;
mod openapi;
pub mod principal;
pub mod problem;
mod rates;
mod reach;
mod resources;
mod routes;
mod serve;
mod socket;
mod views;
pub mod wire;

pub use app::{App, Settings};
pub use auth::identity::IDENTITY_SECRET_BYTES_MIN;
pub use auth::password::{PASSWORD_CHARS_MIN, hash_password};
pub use auth::sessions::new_bot_key;
pub use extract::BODY_BYTES_MAX;
pub use headers::{PageKind, page_headers};
pub use markdown::to_html as markdown_to_html;
pub use openapi::openapi;
pub use rates::{Rate, Rates};
pub use routes::{ACTION_EXTENSION, ANYONE};
pub use serve::router;
pub use views::brief::explanation_view;
pub use views::channel::channel_view;
pub use views::configuration::{change_views, config_view, plan_view};
