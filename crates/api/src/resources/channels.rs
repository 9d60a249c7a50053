//! What a channel shows to whoever looks, before there is a session.

use axum::extract::State;
use baton_core::ChannelId;

use crate::app::App;
use crate::client_address::ClientAddress;
use crate::extract::{Json, Path};
use crate::problem::{Problem, invalid_key};
use crate::views::channel::channel_view;
use crate::wire::ChannelView;

/// Get what a channel shows its customers.
///
/// Its words, looks, form and consent notice. Nothing is stored and nobody is asked who they are.
#[utoipa::path(get, path = "/v1/channels/{channel}", tag = "people",
    params(("channel" = String, Path, description = "The channel's key.")),
    responses((status = 200, description = "What the widget shows.", body = ChannelView), Problem))]
pub(crate) async fn get_channel(
    State(app): State<App>,
    ClientAddress(from): ClientAddress,
    Path(channel): Path<String>,
) -> Result<Json<ChannelView>, Problem> {
    app.limits().customer_session(from)?;
    let deployment = app.deployment();
    let channel = ChannelId::new(&channel).map_err(invalid_key("channel"))?;
    let config = deployment
        .channel(&channel)
        .ok_or_else(|| Problem::invalid_field("channel", format!("there is no channel `{channel}`")))?;
    let demonstration = app.settings().demonstration;
    Ok(Json(ChannelView { demonstration, ..channel_view(&channel, config, &deployment) }))
}
