//! Customers' sessions in a channel.

use axum::extract::State;
use baton_core::{ChannelId, CustomerId};
use baton_store::{ControllerKind, HeadFilter};
use uuid::Uuid;

use crate::app::App;
use crate::auth::access::Access;
use crate::auth::customers::SessionRequest;
use crate::auth::identity;
use crate::client_address::ClientAddress;
use crate::extract::Json;
use crate::problem::{Problem, invalid_key};
use crate::views::channel::channel_view;
use crate::wire::{ChannelView, CustomerSession, CustomerSessionRequest};

/// Begin, renew or identify a customer's session.
///
/// Without tokens a customer begins anew. A refresh token renews the session and is good once. An identity token, signed
/// by the site's backend, says who the customer is.
#[utoipa::path(post, path = "/v1/customer-sessions", tag = "people", request_body = CustomerSessionRequest, responses(
    (status = 200, description = "The session and what the channel shows.", body = CustomerSession),
    Problem,
))]
pub(crate) async fn open_customer_session(
    State(app): State<App>,
    ClientAddress(from): ClientAddress,
    Json(request): Json<CustomerSessionRequest>,
) -> Result<Json<CustomerSession>, Problem> {
    app.limits().customer_session(from)?;
    let deployment = app.deployment();
    let channel = ChannelId::new(&request.channel).map_err(invalid_key("channel"))?;
    let config = deployment
        .channel(&channel)
        .ok_or_else(|| Problem::invalid_field("channel", format!("there is no channel `{channel}`")))?;
    // Whoever has a session agreed when it began.
    if config.widget.consent.is_some() && !request.consent && request.refresh_token.is_none() {
        return Err(Problem::invalid_field(
            "consent",
            "this channel asks for consent before anything is stored: show its notice, and send `true` once the customer agrees",
        ));
    }
    let identity = request
        .identity_token
        .map(|token| identity::verify(&channel, config.identity_secret.as_deref(), &token, app.now()))
        .transpose()?;
    let session = SessionRequest { channel: channel.clone(), refresh_token: request.refresh_token, identity };
    let opened = app.open_customer_session(session).await?;
    let identified = opened.customer.subject.is_some();
    let customer = opened.customer.id;
    let (access_token, expires_at) =
        app.access_tokens().issue(&Access { customer, channel: channel.clone(), identified }, app.now())?;
    Ok(Json(CustomerSession {
        customer: customer.0,
        identified,
        access_token,
        expires_at: expires_at.0,
        refresh_token: opened.refresh_token,
        conversation: open_conversation(&app, customer).await?,
        channel: ChannelView {
            demonstration: app.settings().demonstration,
            ..channel_view(&channel, config, &deployment)
        },
    }))
}

async fn open_conversation(app: &App, customer: CustomerId) -> Result<Option<Uuid>, Problem> {
    let filter = HeadFilter {
        customer: Some(customer),
        controllers: vec![ControllerKind::Bot, ControllerKind::Queued, ControllerKind::Offered, ControllerKind::Agent],
        limit: 1,
        ..HeadFilter::default()
    };
    let heads = app.store().read(move |tx| tx.heads(&filter)).await?;
    Ok(heads.first().map(|head| head.conversation.0))
}
