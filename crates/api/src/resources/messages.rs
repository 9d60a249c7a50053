//! Messages and notes.

use axum::extract::State;
use axum::http::StatusCode;
use baton_bots::{Action, Card, Parts, SourceLink};
use baton_core::{ConversationId, Epoch, Seq};
use baton_engine::{BotMessage, Posted, Sender, Sent};
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::principal::{Caller, Principal};
use crate::problem::{Problem, invalid_key};
use crate::wire::{self, ActionPart, CardPart, PostMessage, PostNote, SourcePart};

/// Post a message.
///
/// The author is who asks. The same `client_id` again is the same message: it answers 200 with its number.
#[utoipa::path(post, path = "/v1/conversations/{id}/messages", tag = "conversations", request_body = PostMessage,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses(
        (status = 201, description = "Written, on disk.", body = wire::Posted),
        (status = 200, description = "It was written before.", body = wire::Posted),
        Problem,
    ))]
pub(crate) async fn post_message(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(message): Json<PostMessage>,
) -> Result<(StatusCode, Json<wire::Posted>), Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let posted = app.post(&caller.principal, id, message).await?;
    Ok(written(id, posted))
}

/// Post a private note.
#[utoipa::path(post, path = "/v1/conversations/{id}/notes", tag = "conversations", request_body = PostNote,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses(
        (status = 201, description = "Written; customers and bots never see it.", body = wire::Posted),
        (status = 200, description = "It was written before.", body = wire::Posted),
        Problem,
    ))]
pub(crate) async fn post_note(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(note): Json<PostNote>,
) -> Result<(StatusCode, Json<wire::Posted>), Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let posted = {
        let named = note.mentions.iter().map(|agent| agent.parse()).collect::<Result<_, _>>();
        let mentions = named.map_err(invalid_key("mentions"))?;
        app.engine().post_note_to(id, caller.person()?.clone(), note.client_id, note.text, mentions).await?
    };
    Ok(written(id, posted))
}

fn written(id: ConversationId, posted: Posted) -> (StatusCode, Json<wire::Posted>) {
    let status = if posted.created { StatusCode::CREATED } else { StatusCode::OK };
    (status, Json(wire::Posted { conversation: id.0, seq: posted.seq.0 }))
}

impl App {
    /// Writes a message of whoever speaks, into a conversation that they reach.
    pub(crate) async fn post(
        &self,
        who: &Principal,
        id: ConversationId,
        message: PostMessage,
    ) -> Result<Posted, Problem> {
        let PostMessage { client_id, text, attachments, epoch, in_reply_to, knew, sources, actions, cards } = message;
        if !matches!(who, Principal::Bot { .. }) {
            let given = [
                ("in_reply_to", in_reply_to.is_some()),
                ("knew", knew.is_some()),
                ("sources", !sources.is_empty()),
                ("actions", !actions.is_empty()),
                ("cards", !cards.is_empty()),
            ];
            if let Some((field, _)) = given.into_iter().find(|(_, given)| *given) {
                return Err(Problem::invalid_field(field, "only a bot can say this; leave it out"));
            }
        }
        let sender = match who {
            Principal::Customer { .. } => Sender::Customer,
            Principal::Bot { .. } => Sender::Bot(BotMessage {
                epoch: believed(epoch)?,
                in_reply_to: in_reply_to.map(Seq),
                text: text.clone(),
                parts: parts_of(sources, actions, cards),
                knew: knew.unwrap_or(true),
            }),
            Principal::Agent { agent, .. } | Principal::Supervisor { agent, .. } | Principal::Admin { agent } => {
                Sender::Agent { agent: agent.clone(), epoch: believed(epoch)? }
            }
        };
        let sent = Sent { sender, named: who.named(), client_id, text, attachments };
        Ok(self.engine().post(id, sent).await?)
    }
}

fn parts_of(sources: Vec<SourcePart>, actions: Vec<ActionPart>, cards: Vec<CardPart>) -> Parts {
    let action = |ActionPart { label, text, href }| Action { label, text, href };
    Parts {
        sources: sources.into_iter().map(|SourcePart { title, slug }| SourceLink { title, slug }).collect(),
        actions: actions.into_iter().map(action).collect(),
        cards: cards
            .into_iter()
            .map(|CardPart { title, text, href, actions }| Card {
                title,
                text,
                href,
                actions: actions.into_iter().map(action).collect(),
            })
            .collect(),
    }
}

/// The epoch that a bot or an agent believes in.
fn believed(epoch: Option<u64>) -> Result<Epoch, Problem> {
    epoch.map(Epoch).ok_or_else(|| {
        Problem::invalid_field(
            "epoch",
            "give the conversation's epoch as you know it, so that a late message is refused",
        )
    })
}
