//! Signing in and out.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use baton_store::AuditEntry;

use crate::app::App;
use crate::auth::sessions;
use crate::client_address::ClientAddress;
use crate::extract::Json;
use crate::principal::Caller;
use crate::problem::{Code, Problem};
use crate::resources::me::me_view;
use crate::wire::{SignIn, SignedIn, Transport};

/// Sign in.
///
/// An unknown address and a wrong password are the same answer, after the same time.
#[utoipa::path(post, path = "/v1/session", tag = "people", request_body = SignIn, responses(
    (status = 200, description = "Signed in; browsers get a cookie, programs the token.", body = SignedIn),
    Problem,
))]
pub(crate) async fn sign_in(
    State(app): State<App>,
    ClientAddress(from): ClientAddress,
    Json(request): Json<SignIn>,
) -> Result<Response, Problem> {
    app.limits().sign_in(from, &request.email)?;
    let email = request.email.trim().to_lowercase();
    let known = app.store().read(move |tx| tx.credential_by_email(&email)).await?;
    // Who left the configuration cannot sign in, and the check takes as long.
    let known = known.filter(|credential| app.deployment().agent(&credential.agent).is_some());
    let hash = known.as_ref().map(|credential| credential.password_hash.clone());
    let fits = app.passwords().fits(request.password, hash).await?;
    let agent = known.filter(|_| fits).map(|credential| credential.agent).ok_or_else(|| {
        Problem::new(
            Code::SignInFailed,
            "the e-mail address or the password is wrong; try again or ask an admin for another password",
        )
    })?;
    let entry =
        AuditEntry { at: app.now(), who: format!("agent:{agent}"), action: "sign_in".to_owned(), what: String::new() };
    app.store().write(move |tx| tx.put_audit(&entry)).await?;
    let session = app.open_session(&agent).await?;
    let me = me_view(&app, &agent)?;
    Ok(match request.transport {
        Transport::Bearer => Json(SignedIn { me, token: Some(session) }).into_response(),
        Transport::Cookie => {
            let mut response = Json(SignedIn { me, token: None }).into_response();
            response.headers_mut().insert(header::SET_COOKIE, sessions::cookie(&session, app.secure()));
            response
        }
    })
}

/// Sign out.
///
/// Ends this session and the sockets that rest on it.
#[utoipa::path(delete, path = "/v1/session", tag = "people", responses(
    (status = 204, description = "Signed out."),
    Problem,
))]
pub(crate) async fn sign_out(State(app): State<App>, caller: Caller) -> Result<Response, Problem> {
    if let Some(credential) = &caller.credential {
        app.revoke(credential).await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(header::SET_COOKIE, sessions::cookie("", app.secure()));
    Ok(response)
}
