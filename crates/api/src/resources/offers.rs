//! Offers: what rings, and the answer to it.

use axum::extract::State;
use axum::http::StatusCode;
use baton_core::{DeclineReason, OfferId};
use uuid::Uuid;

use crate::app::App;
use crate::extract::{Json, Path};
use crate::matrix::{Act, Target, allow};
use crate::principal::Caller;
use crate::problem::Problem;
use crate::views::brief::offer_view;
use crate::wire::{ConversationView, DeclineCode, DeclineOffer, OfferView};

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
/// Accepting twice is once.
#[utoipa::path(post, path = "/v1/offers/{offer}/accept", tag = "handoffs",
    params(("offer" = Uuid, Path, description = "The offer.")),
    responses((status = 200, description = "The conversation is yours.", body = ConversationView), Problem))]
pub(crate) async fn accept_offer(
    State(app): State<App>,
    caller: Caller,
    Path(offer): Path<Uuid>,
) -> Result<Json<ConversationView>, Problem> {
    let offer = OfferId(offer);
    own(&app, &caller, offer).await?;
    let snapshot = app.engine().accept_offer(caller.person()?.clone(), offer).await?;
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
    let offer = OfferId(offer);
    own(&app, &caller, offer).await?;
    let reason = match request.reason {
        DeclineCode::Busy => DeclineReason::Busy,
        DeclineCode::WrongSkill => DeclineReason::WrongSkill,
        DeclineCode::Break => DeclineReason::Break,
        DeclineCode::Other => DeclineReason::Other,
    };
    app.engine().decline_offer(caller.person()?.clone(), offer, reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An offer is there for whoever may see its conversation; that it is theirs to answer is the conversation's rule.
async fn own(app: &App, caller: &Caller, offer: OfferId) -> Result<(), Problem> {
    let id = app.engine().conversation_of_offer(offer).await?;
    let snapshot = app.engine().snapshot(id).await?;
    if allow(&caller.principal, Act::ReadMessages, Target::Conversation(&snapshot.conversation)) {
        return Ok(());
    }
    Err(Problem::not_found())
}
