//! Tickets that open a socket: single use, in the first frame, never in an address.

use axum::extract::State;

use crate::app::App;
use crate::extract::Json;
use crate::principal::Caller;
use crate::problem::Problem;
use crate::socket::tickets::Holder;
use crate::wire::SocketTicket;

/// Get a ticket for one socket.
#[utoipa::path(post, path = "/v1/socket-tickets", tag = "socket", responses(
    (status = 200, description = "Good once, for a minute.", body = SocketTicket),
    Problem,
))]
pub(crate) async fn make_ticket(State(app): State<App>, caller: Caller) -> Result<Json<SocketTicket>, Problem> {
    let holder = Holder { principal: caller.principal, credential: caller.credential };
    let (ticket, expires_at) = app.tickets().issue(holder, app.now())?;
    Ok(Json(SocketTicket { ticket, expires_at: expires_at.0 }))
}
