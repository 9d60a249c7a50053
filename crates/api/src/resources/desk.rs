//! An agent's own desk: quick replies, reminders, the day.

use axum::extract::State;
use axum::http::StatusCode;
use baton_core::{ConversationId, Timestamp};
use baton_store::{QuickReply, Reminder, ReminderKind};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path, Query};
use crate::principal::Caller;
use crate::problem::{Code, Problem};
use crate::wire::{DayView, FollowUp, PutQuickReply, QuickReplyView, ReminderName, ReminderView};

/// How far back a day may begin.
const DAY_MAX: std::time::Duration = std::time::Duration::from_hours(48);
/// Handoffs that are looked at for a day; requested up to a day before it began.
const DAY_HANDOFFS_MAX: u32 = 20_000;

/// List the quick replies: everybody's and one's own.
#[utoipa::path(get, path = "/v1/me/quick-replies", tag = "desk", responses(
    (status = 200, description = "By their names; one's own before a shared one of the same name.", body = Vec<QuickReplyView>),
    Problem,
))]
pub(crate) async fn list_quick_replies(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<Vec<QuickReplyView>>, Problem> {
    let own = app.engine().quick_replies(caller.person()?).await?;
    let deployment = app.deployment();
    let mut all: Vec<_> = own
        .into_iter()
        .map(|QuickReply { shortcut, text }| QuickReplyView { shortcut, text, shared: false, queues: Vec::new() })
        .collect();
    all.extend(deployment.document.quick_replies.iter().map(|(shortcut, reply)| QuickReplyView {
        shortcut: shortcut.clone(),
        text: reply.text.clone(),
        shared: true,
        queues: reply.queues.clone(),
    }));
    all.sort_by(|one, other| (&one.shortcut, one.shared).cmp(&(&other.shortcut, other.shared)));
    Ok(Json(all))
}

/// Keep a quick reply of one's own.
#[utoipa::path(put, path = "/v1/me/quick-replies/{shortcut}", tag = "desk", request_body = PutQuickReply,
    params(("shortcut" = String, Path, description = "What is typed after `/`.")),
    responses((status = 204, description = "Kept; it replaces one of the same name."), Problem))]
pub(crate) async fn put_quick_reply(
    State(app): State<App>,
    caller: Caller,
    Path(shortcut): Path<String>,
    Json(reply): Json<PutQuickReply>,
) -> Result<StatusCode, Problem> {
    app.engine().put_quick_reply(caller.person()?, QuickReply { shortcut, text: reply.text }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Delete a quick reply of one's own.
#[utoipa::path(delete, path = "/v1/me/quick-replies/{shortcut}", tag = "desk",
    params(("shortcut" = String, Path, description = "Its name.")),
    responses((status = 204, description = "It is gone."), Problem))]
pub(crate) async fn delete_quick_reply(
    State(app): State<App>,
    caller: Caller,
    Path(shortcut): Path<String>,
) -> Result<StatusCode, Problem> {
    app.engine().delete_quick_reply(caller.person()?, shortcut).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List what one is to look at, now and later.
#[utoipa::path(get, path = "/v1/me/reminders", tag = "desk", responses(
    (status = 200, description = "What is not done, the earliest first.", body = Vec<ReminderView>),
    Problem,
))]
pub(crate) async fn list_reminders(State(app): State<App>, caller: Caller) -> Result<Json<Vec<ReminderView>>, Problem> {
    let mut views = Vec::new();
    for reminder in app.engine().reminders(caller.person()?).await? {
        views.push(reminder_view(&app, &reminder).await);
    }
    Ok(Json(views))
}

/// Be reminded of a conversation.
#[utoipa::path(post, path = "/v1/conversations/{id}/reminders", tag = "desk", request_body = FollowUp,
    params(("id" = Uuid, Path, description = "The conversation.")),
    responses((status = 201, description = "Kept, through restarts.", body = ReminderView), Problem))]
pub(crate) async fn follow_up(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(asked): Json<FollowUp>,
) -> Result<(StatusCode, Json<ReminderView>), Problem> {
    let id = ConversationId(id);
    caller.reach(&app, id).await?;
    let FollowUp { id: reminder, due, note } = asked;
    let kept = app.engine().follow_up(reminder, id, caller.person()?.clone(), Timestamp(due), note).await?;
    Ok((StatusCode::CREATED, Json(reminder_view(&app, &kept).await)))
}

/// Say that one is done with a reminder.
///
/// Whom a colleague asked in a note reads the conversation until then.
#[utoipa::path(delete, path = "/v1/me/reminders/{reminder}", tag = "desk",
    params(("reminder" = Uuid, Path, description = "The reminder.")),
    responses((status = 204, description = "Done."), Problem))]
pub(crate) async fn finish_reminder(
    State(app): State<App>,
    caller: Caller,
    Path(reminder): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    app.engine().finish_reminder(caller.person()?, reminder).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct DayQuery {
    /// When one's day began; at most 48 hours ago.
    since: i64,
}

/// How one's own day went so far.
#[utoipa::path(get, path = "/v1/me/day", tag = "desk", params(DayQuery), responses(
    (status = 200, description = "What was accepted, handled and said of it.", body = DayView),
    Problem,
))]
pub(crate) async fn get_day(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<DayQuery>,
) -> Result<Json<DayView>, Problem> {
    let (agent, since) = (caller.person()?.clone(), Timestamp(query.since));
    if since < app.now() - DAY_MAX {
        return Err(Problem::new(Code::InvalidQuery, "`since` is at most 48 hours ago").at("since"));
    }
    let from = since - std::time::Duration::from_hours(24);
    let rows = app.store().read(move |tx| tx.handoffs(from, DAY_HANDOFFS_MAX)).await?;
    let own = rows.iter().filter(|row| row.agent.as_ref() == Some(&agent));
    let accepted: Vec<_> = own.filter(|row| row.accepted_at.is_some_and(|at| at >= since)).collect();
    let mut times: Vec<u64> = accepted
        .iter()
        .filter(|row| row.ended_at.is_some())
        .filter_map(|row| {
            let end = row.wrap_up_ended_at.max(row.ended_at)?;
            Some(end.since(row.accepted_at?).as_secs())
        })
        .collect();
    times.sort_unstable();
    let ratings: Vec<f64> = accepted.iter().filter_map(|row| row.rating.map(f64::from)).collect();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let surveys = count(ratings.len());
    Ok(Json(DayView {
        since: since.0,
        accepted: count(accepted.len()),
        handled: count(times.len()),
        handle_time_s: times.get(times.len() / 2).map(|time| u32::try_from(*time).unwrap_or(u32::MAX)),
        surveys,
        rating: (surveys > 0).then(|| ratings.iter().sum::<f64>() / f64::from(surveys)),
    }))
}

pub(crate) async fn reminder_view(app: &App, reminder: &Reminder) -> ReminderView {
    let deployment = app.deployment();
    let snapshot = app.engine().snapshot(reminder.conversation).await;
    ReminderView {
        id: reminder.id,
        conversation: reminder.conversation.0,
        kind: match reminder.kind {
            ReminderKind::FollowUp => ReminderName::FollowUp,
            ReminderKind::Mention => ReminderName::Mention,
        },
        made_by: reminder.made_by.to_string(),
        made_by_name: deployment.agent_name(&reminder.made_by).to_owned(),
        due: reminder.due.0,
        note: reminder.note.clone(),
        customer_name: snapshot.ok().and_then(|snapshot| snapshot.customer.name.clone()),
    }
}
