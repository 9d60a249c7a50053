//! Invitations: a link that is good once and for a while, with which a person of the configuration sets a password.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use baton_core::AgentId;
use baton_store::{TokenKind, TokenRow};
use uuid::Uuid;

use crate::app::App;
use crate::auth::{password, secret};
use crate::client_address::ClientAddress;
use crate::extract::{Json, Path};
use crate::principal::Caller;
use crate::problem::{Code, Problem};
use crate::wire::{AcceptInvitation, Accepted, InvitationView};

/// How long an invitation is good.
const LIFETIME: Duration = Duration::from_hours(72);

/// Invite somebody.
///
/// The answer has the link, once. Earlier invitations of the same person end.
#[utoipa::path(post, path = "/v1/agents/{agent}/invitations", tag = "people",
    params(("agent" = String, Path, description = "The agent's key.")),
    responses((status = 201, description = "Give the link to them alone.", body = InvitationView), Problem))]
pub(crate) async fn invite(
    State(app): State<App>,
    caller: Caller,
    Path(agent): Path<String>,
) -> Result<(StatusCode, Json<InvitationView>), Problem> {
    let agent = AgentId::new(agent).map_err(|_| Problem::not_found())?;
    app.deployment().agent(&agent).ok_or_else(Problem::not_found)?;
    let token = secret::make(secret::INVITATION_PREFIX);
    let now = app.now();
    let row = TokenRow {
        hash: secret::hash(&token),
        kind: TokenKind::Invitation,
        subject: agent.as_str().to_owned(),
        family: Uuid::now_v7().to_string(),
        created_at: now,
        expires_at: Some(now + LIFETIME),
        used_at: None,
        label: String::new(),
    };
    let (stored, subject) = (row.clone(), agent.as_str().to_owned());
    app.store()
        .write(move |tx| {
            tx.delete_expired_tokens(now)?;
            tx.delete_tokens_of(TokenKind::Invitation, &subject)?;
            tx.put_token(&stored)
        })
        .await?;
    app.audit(&caller.principal, "invite", format!("agent:{agent}")).await?;
    let base = app.settings().public_url.as_str().trim_end_matches('/').to_owned();
    let link = Some(format!("{base}/console/#invitation={token}"));
    Ok((StatusCode::CREATED, Json(view(&row, link))))
}

/// List the invitations that are open.
#[utoipa::path(get, path = "/v1/invitations", tag = "people", responses(
    (status = 200, description = "Without their links.", body = Vec<InvitationView>),
    Problem,
))]
pub(crate) async fn list_invitations(State(app): State<App>, _: Caller) -> Result<Json<Vec<InvitationView>>, Problem> {
    Ok(Json(open(&app).await?.iter().map(|row| view(row, None)).collect()))
}

/// Withdraw an invitation.
#[utoipa::path(delete, path = "/v1/invitations/{id}", tag = "people",
    params(("id" = String, Path, description = "The invitation's id.")),
    responses((status = 204, description = "Its link opens nothing any more."), Problem))]
pub(crate) async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let row = open(&app).await?.into_iter().find(|row| row.family == id).ok_or_else(Problem::not_found)?;
    let hash = row.hash;
    app.store().write(move |tx| tx.delete_token(&hash)).await?;
    app.audit(&caller.principal, "withdraw_invitation", format!("agent:{}", row.subject)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Set a password with an invitation.
///
/// An invitation that is unknown, over or used is the same answer.
#[utoipa::path(post, path = "/v1/invitations/accept", tag = "people", request_body = AcceptInvitation, responses(
    (status = 200, description = "Sign in with it.", body = Accepted),
    Problem,
))]
pub(crate) async fn accept_invitation(
    State(app): State<App>,
    ClientAddress(from): ClientAddress,
    Json(request): Json<AcceptInvitation>,
) -> Result<Json<Accepted>, Problem> {
    app.limits().sign_in(from, "invitation")?;
    password::check("password", &request.password)?;
    let over =
        || Problem::new(Code::SignInFailed, "this invitation is over or was used; ask whoever sent it for another one");
    let hash = secret::hash(&request.token);
    let now = app.now();
    let row = app.store().read(move |tx| tx.token(TokenKind::Invitation, &hash)).await?;
    let row = row.filter(|row| row.used_at.is_none() && row.expires_at.is_some_and(|until| now < until));
    let agent = row.and_then(|row| AgentId::new(row.subject).ok()).ok_or_else(over)?;
    let deployment = app.deployment();
    let person = deployment.agent(&agent).ok_or_else(over)?;
    let password = app.passwords().hash(request.password).await?;
    // Of two that come at once one is the first.
    if !app.store().write(move |tx| tx.use_token(&hash, now)).await? {
        return Err(over());
    }
    let who = format!("agent:{agent}");
    app.replace_password(&agent, person.email.clone(), password, None, (who, "accept_invitation")).await?;
    Ok(Json(Accepted { agent: agent.to_string(), name: person.name.clone(), email: person.email.clone() }))
}

async fn open(app: &App) -> Result<Vec<TokenRow>, Problem> {
    let agents: Vec<String> = app.deployment().agents().keys().map(ToString::to_string).collect();
    let now = app.now();
    let rows = app
        .store()
        .read(move |tx| {
            let mut rows = Vec::new();
            for agent in &agents {
                rows.extend(tx.tokens_of(TokenKind::Invitation, agent)?);
            }
            Ok(rows)
        })
        .await?;
    let lives = |row: &TokenRow| row.used_at.is_none() && row.expires_at.is_some_and(|until| now < until);
    Ok(rows.into_iter().filter(lives).collect())
}

fn view(row: &TokenRow, link: Option<String>) -> InvitationView {
    InvitationView {
        id: row.family.clone(),
        agent: row.subject.clone(),
        created_at: row.created_at.0,
        expires_at: row.expires_at.map_or(0, |at| at.0),
        link,
    }
}
