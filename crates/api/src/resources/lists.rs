//! Lists of conversations.

use axum::extract::State;
use baton_core::{ConversationId, QueueId, Timestamp};
use baton_store::{ControllerKind, HeadFilter};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Query};
use crate::principal::{Caller, Principal};
use crate::problem::{Code, Problem};
use crate::views::{Audience, Viewer};
use crate::wire::ConversationPage;

/// Most rows on one page.
const ROWS_MAX: u16 = 100;
const ROWS_USUAL: u16 = 50;

/// Which conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ListName {
    /// Held by me, offered to me, or wrapped up by me.
    Mine,
    /// Waiting in my queues.
    Queue,
    /// Mine until lately: with the bot again, or closed.
    Recent,
    /// Everything that I may see.
    All,
    /// A customer's own.
    Own,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Customers have `own`, bots `all`.
    #[param(inline)]
    view: ListName,
    /// Only this queue.
    queue: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// 1 to 100.
    limit: Option<u16>,
}

/// List conversations.
///
/// The ones with the newest message first.
#[utoipa::path(get, path = "/v1/conversations", tag = "conversations", params(ListQuery), responses(
    (status = 200, description = "One page.", body = ConversationPage),
    Problem,
))]
pub(crate) async fn list_conversations(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<Json<ConversationPage>, Problem> {
    let limit = query.limit.unwrap_or(ROWS_USUAL);
    if !(1..=ROWS_MAX).contains(&limit) {
        return Err(Problem::new(Code::InvalidQuery, format!("limit is 1 to {ROWS_MAX}")).at("limit"));
    }
    let filter = HeadFilter {
        after: query.cursor.as_deref().map(read_cursor).transpose()?,
        limit,
        ..filter_of(&caller.principal, query.view, query.queue.as_deref())?
    };
    let heads = app.store().read(move |tx| tx.heads(&filter)).await?;
    let next = heads
        .last()
        .filter(|_| heads.len() == usize::from(limit))
        .map(|last| format!("{}.{}", last.last_message_at.0, last.conversation));
    if let Principal::Admin { .. } = caller.principal {
        app.audit(&caller.principal, "list_conversations", format!("{:?}", query.view).to_lowercase()).await?;
    }
    let deployment = app.deployment();
    let viewer = Viewer { audience: Audience::of(&caller.principal), deployment: &deployment };
    let mut items = Vec::with_capacity(heads.len());
    for head in heads {
        let snapshot = app.engine().snapshot(head.conversation).await?;
        let marks = app.engine().marks(head.conversation).await?;
        items.push(viewer.summary(&snapshot, marks));
    }
    Ok(Json(ConversationPage { items, next }))
}

/// What a principal lists, by the matrix's scope of lists; what does not fit is an empty view, so it is refused.
fn filter_of(who: &Principal, view: ListName, queue: Option<&str>) -> Result<HeadFilter, Problem> {
    let filter = HeadFilter::default();
    let queue = queue
        .map(QueueId::new)
        .transpose()
        .map_err(|error| Problem::new(Code::InvalidQuery, error.to_string()).at("queue"))?;
    let (agent, queues) = match who {
        Principal::Customer { customer, .. } => {
            return match view {
                ListName::Own => Ok(HeadFilter { customer: Some(*customer), ..filter }),
                ListName::Mine | ListName::Queue | ListName::Recent | ListName::All => Err(unfit("own")),
            };
        }
        Principal::Bot { channels, .. } => {
            return match view {
                ListName::All => Ok(HeadFilter { channels: Some(channels.iter().cloned().collect()), ..filter }),
                ListName::Mine | ListName::Queue | ListName::Recent | ListName::Own => Err(unfit("all")),
            };
        }
        Principal::Agent { agent, queues } => (agent, Some(queues)),
        Principal::Supervisor { agent, queues } => (agent, Some(queues).filter(|queues| !queues.is_empty())),
        Principal::Admin { agent } => (agent, None),
    };
    let reachable = match (queue, queues) {
        (Some(queue), Some(own)) if !own.contains(&queue) => return Err(Problem::not_found()),
        (Some(queue), _) => Some(vec![queue]),
        (None, own) => own.map(|own| own.iter().cloned().collect()),
    };
    Ok(match view {
        ListName::Mine => HeadFilter { agent: Some(agent.clone()), ..filter },
        ListName::Queue => HeadFilter {
            queues: reachable,
            controllers: vec![ControllerKind::Queued, ControllerKind::Offered],
            ..filter
        },
        ListName::Recent => HeadFilter {
            last_agent: Some(agent.clone()),
            controllers: vec![ControllerKind::Bot, ControllerKind::Closed],
            ..filter
        },
        ListName::All => HeadFilter { queues: reachable, ..filter },
        ListName::Own => return Err(unfit("mine, queue, recent or all")),
    })
}

fn unfit(views: &str) -> Problem {
    Problem::new(Code::InvalidQuery, format!("you can list {views}")).at("view")
}

fn read_cursor(cursor: &str) -> Result<(Timestamp, ConversationId), Problem> {
    let read = || {
        let (at, id) = cursor.split_once('.')?;
        Some((Timestamp(at.parse().ok()?), ConversationId(id.parse::<Uuid>().ok()?)))
    };
    read().ok_or_else(|| Problem::new(Code::InvalidQuery, "give `next` of the page before, as it came").at("cursor"))
}
