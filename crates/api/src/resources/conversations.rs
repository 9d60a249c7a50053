//! Conversations: start one, look at one.

use axum::extract::State;
use axum::http::StatusCode;
use baton_core::{ChannelId, ConversationId, CustomerId};
use baton_engine::{EngineError, Snapshot, Start};
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::matrix::{Act, Target, allow};
use crate::principal::{Caller, Principal};
use crate::problem::{Problem, invalid_key};
use crate::views::needs::language_of;
use crate::views::{Audience, Viewer};
use crate::wire::{ConversationView, StartConversation};

/// Start a conversation.
///
/// Starting twice with the same id is once: the second time it answers 200 with the conversation as it stands.
#[utoipa::path(post, path = "/v1/conversations", tag = "conversations", request_body = StartConversation, responses(
    (status = 201, description = "Started.", body = ConversationView),
    (status = 200, description = "It was started before.", body = ConversationView),
    Problem,
))]
pub(crate) async fn start_conversation(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<StartConversation>,
) -> Result<(StatusCode, Json<ConversationView>), Problem> {
    let id = ConversationId(request.id);
    let (channel, customer) = place_of(&app, &caller, id, request.channel.as_deref()).await?;
    let language = request.language.as_deref().map(|tag| language_of("language", tag)).transpose()?;
    let (snapshot, created) = app
        .engine()
        .start_conversation(Start {
            id,
            channel,
            customer,
            language,
            page: request.page,
            attributes: request.attributes,
        })
        .await?;
    let status = if created { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, app.answer(&caller, &snapshot)))
}

/// Get a conversation.
#[utoipa::path(get, path = "/v1/conversations/{id}", tag = "conversations",
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "As it stands, and what you can do.", body = ConversationView), Problem))]
pub(crate) async fn get_conversation(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<ConversationView>, Problem> {
    let snapshot = caller.reach(&app, ConversationId(id)).await?;
    Ok(app.answer(&caller, &snapshot))
}

/// Where it is started and for whom: a customer for themselves in their session's channel, a bot for an anonymous
/// customer in one of its own.
async fn place_of(
    app: &App,
    caller: &Caller,
    id: ConversationId,
    channel: Option<&str>,
) -> Result<(ChannelId, CustomerId), Problem> {
    let named = channel.map(ChannelId::new).transpose().map_err(invalid_key("channel"))?;
    match &caller.principal {
        Principal::Customer { customer, channel, .. } => match named {
            Some(other) if other != *channel => Err(Problem::invalid_field(
                "channel",
                format!("your session is of channel `{channel}`; leave this out"),
            )),
            Some(_) | None => Ok((channel.clone(), *customer)),
        },
        Principal::Bot { .. } => {
            let channel = named.ok_or_else(|| Problem::invalid_field("channel", "say in which of your channels"))?;
            if !allow(&caller.principal, Act::StartConversation, Target::Channel(&channel)) {
                return Err(Problem::invalid_field("channel", format!("`{channel}` is not one of your channels")));
            }
            let customer = match app.reach(&caller.principal, caller.act, id).await {
                Ok(started) => started.customer.id,
                Err(absent) if absent.status == StatusCode::NOT_FOUND => CustomerId(Uuid::now_v7()),
                Err(problem) => return Err(problem),
            };
            Ok((channel, customer))
        }
        Principal::Agent { .. } | Principal::Supervisor { .. } | Principal::Admin { .. } => {
            Err(EngineError::NotFound.into())
        }
    }
}

impl App {
    /// A conversation as the caller sees it.
    pub(crate) fn answer(&self, caller: &Caller, snapshot: &Snapshot) -> Json<ConversationView> {
        let deployment = self.deployment();
        let viewer = Viewer { audience: Audience::of(&caller.principal), deployment: &deployment };
        Json(viewer.conversation(snapshot, &caller.principal, self.now()))
    }
}
