//! What the person who has a conversation does with it: pass it on, hand it back, close it, wrap it up.

use axum::extract::State;
use baton_bots::HandbackFacts;
use baton_core::{AgentId, ClosedBy, ConversationId, Disposition, Epoch, QueueId};
use baton_engine::TransferTo;
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::principal::{Caller, Principal};
use crate::problem::{Problem, invalid_key};
use crate::views::needs::needs_of;
use crate::wire::{CloseConversation, ConversationView, EndWrapUp, HandBack, HandbackView, Transfer};

/// Most lines in each list of a handback, and the longest of them in bytes.
const HANDBACK_LINES_MAX: usize = 50;
const HANDBACK_BYTES_MAX: usize = 2_000;

/// Pass it to another queue or agent.
///
/// The brief and the note go with it; the customer stays in the same conversation and keeps their place.
#[utoipa::path(post, path = "/v1/conversations/{id}/transfer", tag = "handoffs", request_body = Transfer,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "Passed on.", body = ConversationView), Problem))]
pub(crate) async fn transfer(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(request): Json<Transfer>,
) -> Result<Json<ConversationView>, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let to = match (request.queue.as_deref(), request.agent.as_deref()) {
        (Some(queue), None) => TransferTo::Queue(QueueId::new(queue).map_err(invalid_key("queue"))?),
        (None, Some(agent)) => TransferTo::Agent(AgentId::new(agent).map_err(invalid_key("agent"))?),
        (Some(_), Some(_)) | (None, None) => {
            return Err(Problem::invalid_field("queue", "give exactly one of `queue` and `agent`"));
        }
    };
    let by = caller.person()?.clone();
    let epoch = own_epoch(&caller, request.epoch)?;
    let snapshot = app.engine().transfer(id, by, epoch, to, needs_of(&request.needs)?, request.note).await?;
    Ok(app.answer(&caller, &snapshot))
}

/// Hand it back to the bot.
#[utoipa::path(post, path = "/v1/conversations/{id}/handback", tag = "handoffs", request_body = HandBack,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "The bot answers again and knows the story.", body = ConversationView), Problem))]
pub(crate) async fn hand_back(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(request): Json<HandBack>,
) -> Result<Json<ConversationView>, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let facts = facts_of(request.handback)?;
    let disposition = disposition_of(request.disposition.as_deref())?;
    let agent = caller.person()?.clone();
    let snapshot = app.engine().hand_back(id, agent, Epoch(request.epoch), facts, disposition).await?;
    Ok(app.answer(&caller, &snapshot))
}

/// Close it.
#[utoipa::path(post, path = "/v1/conversations/{id}/close", tag = "conversations", request_body = CloseConversation,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "Closed.", body = ConversationView), Problem))]
pub(crate) async fn close(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(request): Json<CloseConversation>,
) -> Result<Json<ConversationView>, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let by = match &caller.principal {
        Principal::Customer { .. } | Principal::Bot { .. } => ClosedBy::Customer,
        Principal::Agent { agent, .. } | Principal::Supervisor { agent, .. } | Principal::Admin { agent } => {
            let agent = agent.clone();
            match own_epoch(&caller, request.epoch)? {
                Some(epoch) => ClosedBy::Agent { agent, epoch },
                None => ClosedBy::Supervisor(agent),
            }
        }
    };
    let disposition = match &caller.principal {
        Principal::Customer { .. } | Principal::Bot { .. } => None,
        Principal::Agent { .. } | Principal::Supervisor { .. } | Principal::Admin { .. } => {
            disposition_of(request.disposition.as_deref())?
        }
    };
    let snapshot = app.engine().close(id, by, disposition).await?;
    Ok(app.answer(&caller, &snapshot))
}

/// End the wrap-up.
#[utoipa::path(post, path = "/v1/conversations/{id}/wrap-up", tag = "handoffs", request_body = EndWrapUp,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 200, description = "The slot is free.", body = ConversationView), Problem))]
pub(crate) async fn end_wrap_up(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(request): Json<EndWrapUp>,
) -> Result<Json<ConversationView>, Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let disposition = disposition_of(request.disposition.as_deref())?;
    let snapshot = app.engine().end_wrap_up(id, caller.person()?.clone(), disposition).await?;
    Ok(app.answer(&caller, &snapshot))
}

/// The epoch of whoever controls it. Supervisors may act from outside, without one; agents may not.
fn own_epoch(caller: &Caller, epoch: Option<u64>) -> Result<Option<Epoch>, Problem> {
    match (&caller.principal, epoch) {
        (Principal::Agent { .. }, None) => {
            Err(Problem::invalid_field("epoch", "give the conversation's epoch as you know it"))
        }
        (_, epoch) => Ok(epoch.map(Epoch)),
    }
}

pub(crate) fn disposition_of(key: Option<&str>) -> Result<Option<Disposition>, Problem> {
    key.map(Disposition::new).transpose().map_err(invalid_key("disposition"))
}

fn facts_of(handback: HandbackView) -> Result<HandbackFacts, Problem> {
    let HandbackView { outcome, facts, promises, open_items, note } = handback;
    let too_long = |field: &str| {
        Problem::invalid_field(
            format!("handback.{field}"),
            format!("at most {HANDBACK_LINES_MAX} lines of at most {HANDBACK_BYTES_MAX} bytes fit"),
        )
    };
    for (field, text) in [("outcome", &outcome), ("note", &note)] {
        if text.len() > HANDBACK_BYTES_MAX {
            return Err(too_long(field));
        }
    }
    for (field, lines) in [("facts", &facts), ("promises", &promises), ("open_items", &open_items)] {
        if lines.len() > HANDBACK_LINES_MAX || lines.iter().any(|line| line.len() > HANDBACK_BYTES_MAX) {
            return Err(too_long(field));
        }
    }
    Ok(HandbackFacts { outcome, facts, promises, open_items, note })
}
