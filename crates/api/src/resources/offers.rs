//! Offers: what rings, and the answer to it; and what an agent takes without being asked.

use axum::extract::State;
use axum::http::StatusCode;
use baton_core::{DeclineReason, HandoffId, OfferId};
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::principal::Caller;
use crate::problem::Problem;
use crate::views::brief::{offer_view, takeable_view};
use crate::wire::{ConversationView, DeclineCode, DeclineOffer, OfferView, TakeableView};

/// List the offers that ring for me.
#[utoipa::path(get, path = "/v1/offers", tag = "handoffs", responses(
    (status = 200, description = "Open offers, each with its brief.", body = Vec<OfferView>),
    Problem,
))]
pub(crate) async fn list_offers(State(app): State<App>, caller: Caller) -> Result<Json<Vec<OfferView>>, Problem> {
    let offers = app.engine().offers_of(caller.person()?).await?;
    let deployment = app.deployment();
    Ok(Json(offers.iter().map(|offer| offer_view(offer, &deployment)).collect()))
}

/// Accept an offer.
///
/// Accepting twice is once. An offer that is gone, somebody else's, or none at all is the same answer: 409.
#[utoipa::path(post, path = "/v1/offers/{offer}/accept", tag = "handoffs",
    params(("offer" = Uuid, Path, description = "The offer.")),
    responses((status = 200, description = "The conversation is yours.", body = ConversationView), Problem))]
pub(crate) async fn accept_offer(
    State(app): State<App>,
    caller: Caller,
    Path(offer): Path<Uuid>,
) -> Result<Json<ConversationView>, Problem> {
    let snapshot = app.engine().accept_offer(caller.person()?.clone(), OfferId(offer)).await?;
    Ok(app.answer(&caller, &snapshot))
}

/// Decline an offer.
///
/// The next agent is tried; the customer keeps their place.
#[utoipa::path(post, path = "/v1/offers/{offer}/decline", tag = "handoffs", request_body = DeclineOffer,
    params(("offer" = Uuid, Path, description = "The offer.")),
    responses((status = 204, description = "Declined."), Problem))]
pub(crate) async fn decline_offer(
    State(app): State<App>,
    caller: Caller,
    Path(offer): Path<Uuid>,
    Json(request): Json<DeclineOffer>,
) -> Result<StatusCode, Problem> {
    let reason = match request.reason {
        DeclineCode::Busy => DeclineReason::Busy,
        DeclineCode::WrongSkill => DeclineReason::WrongSkill,
        DeclineCode::Break => DeclineReason::Break,
        DeclineCode::Other => DeclineReason::Other,
    };
    app.engine().decline_offer(caller.person()?.clone(), OfferId(offer), reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List the handoffs that I may take.
///
/// Those that are shown to everybody who could take them, and those in queues that agents pull from.
#[utoipa::path(get, path = "/v1/takeable", tag = "handoffs", responses(
    (status = 200, description = "First come first, at most 50, each with its brief.", body = Vec<TakeableView>),
    Problem,
))]
pub(crate) async fn list_takeable(State(app): State<App>, caller: Caller) -> Result<Json<Vec<TakeableView>>, Problem> {
    let takeable = app.engine().takeable(caller.person()?).await?;
    let deployment = app.deployment();
    Ok(Json(takeable.iter().map(|takeable| takeable_view(takeable, &deployment)).collect()))
}

/// Take a handoff from the queue.
///
/// Taking twice is once; of many who try the first has it. One that is gone, not mine to take, or none at all is the
/// same answer: 409.
#[utoipa::path(post, path = "/v1/handoffs/{handoff}/take", tag = "handoffs",
    params(("handoff" = Uuid, Path, description = "The handoff.")),
    responses((status = 200, description = "The conversation is yours.", body = ConversationView), Problem))]
pub(crate) async fn take_handoff(
    State(app): State<App>,
    caller: Caller,
    Path(handoff): Path<Uuid>,
) -> Result<Json<ConversationView>, Problem> {
    let snapshot = app.engine().take_handoff(caller.person()?.clone(), HandoffId(handoff)).await?;
    Ok(app.answer(&caller, &snapshot))
}
