//! Keys by which bots speak.

use axum::extract::State;
use axum::http::StatusCode;
use baton_core::BotId;
use baton_store::{TokenKind, TokenRow};

use crate::app::App;
use crate::auth::revocation::Credential;
use crate::extract::{Json, Path};
use crate::principal::Caller;
use crate::problem::{Problem, invalid_key};
use crate::wire::{BotKeyView, CreateBotKey};

/// Longest label, in bytes.
const LABEL_BYTES_MAX: usize = 100;

/// List the keys.
#[utoipa::path(get, path = "/v1/bot-keys", tag = "administration", responses(
    (status = 200, description = "Keys without their secrets.", body = Vec<BotKeyView>),
    Problem,
))]
pub(crate) async fn list_bot_keys(State(app): State<App>, _: Caller) -> Result<Json<Vec<BotKeyView>>, Problem> {
    let rows = all_keys(&app).await?;
    Ok(Json(rows.iter().map(|row| key_view(row, None)).collect()))
}

/// Make a key for a bot.
#[utoipa::path(post, path = "/v1/bot-keys", tag = "administration", request_body = CreateBotKey, responses(
    (status = 201, description = "The key; its secret is shown this once.", body = BotKeyView),
    Problem,
))]
pub(crate) async fn create_bot_key(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<CreateBotKey>,
) -> Result<(StatusCode, Json<BotKeyView>), Problem> {
    let bot = BotId::new(&request.bot).map_err(invalid_key("bot"))?;
    if !app.deployment().has_bot(&bot) {
        return Err(Problem::invalid_field("bot", format!("there is no bot `{bot}`")));
    }
    if request.label.len() > LABEL_BYTES_MAX {
        return Err(Problem::invalid_field("label", format!("use at most {LABEL_BYTES_MAX} bytes")));
    }
    let (row, secret) = app.make_bot_key(&bot, request.label).await?;
    app.audit(&caller.principal, "create_bot_key", format!("bot:{bot} key:{}", row.family)).await?;
    Ok((StatusCode::CREATED, Json(key_view(&row, Some(secret)))))
}

/// Revoke a key.
///
/// It and the sockets that rest on it end at once.
#[utoipa::path(delete, path = "/v1/bot-keys/{id}", tag = "administration",
    params(("id" = String, Path, description = "The key's id, from the list.")),
    responses((status = 204, description = "Revoked."), Problem))]
pub(crate) async fn revoke_bot_key(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let row = all_keys(&app).await?.into_iter().find(|row| row.family == id).ok_or_else(Problem::not_found)?;
    app.audit(&caller.principal, "revoke_bot_key", format!("bot:{} key:{id}", row.subject)).await?;
    app.revoke(&Credential { kind: row.kind, hash: row.hash, subject: row.subject }).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn all_keys(app: &App) -> Result<Vec<TokenRow>, Problem> {
    let bots: Vec<String> = app.deployment().document.bots.keys().cloned().collect();
    let rows = app
        .store()
        .read(move |tx| {
            let mut rows = Vec::new();
            for bot in &bots {
                rows.extend(tx.tokens_of(TokenKind::BotKey, bot)?);
            }
            Ok(rows)
        })
        .await?;
    Ok(rows)
}

fn key_view(row: &TokenRow, secret: Option<String>) -> BotKeyView {
    BotKeyView {
        id: row.family.clone(),
        bot: row.subject.clone(),
        label: row.label.clone(),
        created_at: row.created_at.0,
        secret,
    }
}
