//! The one socket: a ticket opens it, subscriptions follow conversations, everything else is what happened since.

mod catch_up;
mod changes;
mod frames;
mod hello;
mod posts;
mod render;
mod session;
pub(crate) mod tickets;
mod wire_end;

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, header};
use axum::response::Response;

use crate::app::App;
use crate::problem::{Code, Problem};

/// Largest frame a client may send.
const FRAME_BYTES_MAX: usize = 64 * 1024;
/// A small buffer for reading: thousands of idle sockets cost little, and a long frame grows it for its own time.
const READ_BUFFER_BYTES: usize = 1024;
/// Frames that are ready together go out in one write.
const WRITE_BUFFER_BYTES: usize = 4096;
/// Most sockets of one process; beyond it clients are told to come back.
const SOCKETS_MAX: usize = 50_000;

/// Open the socket.
///
/// Send `hello` with a ticket first. Frames in are `ClientFrame`, frames out are `ServerFrame`, both JSON text. Close
/// codes: 1012 the server restarts, 4401 the ticket or the session does not hold, 4408 `hello` came too late, 4429 too
/// slow or too much: resume later.
#[utoipa::path(get, path = "/v1/socket", tag = "socket", responses(
    (status = 101, description = "A WebSocket."),
    Problem,
))]
pub(crate) async fn open_socket(
    State(app): State<App>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    refuse_other_sites(&app, &headers)?;
    if app.sockets() >= SOCKETS_MAX || app.revocations().is_stopping() {
        return Err(Problem::new(
            Code::Overloaded,
            "the server takes no more sockets right now; come back in a moment",
        ));
    }
    let upgrade = upgrade.map_err(|_| {
        Problem::new(Code::InvalidRequest, "this address is a WebSocket; open it with a WebSocket client")
    })?;
    Ok(upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_message_size(FRAME_BYTES_MAX)
        .max_frame_size(FRAME_BYTES_MAX)
        .on_upgrade(move |socket| session::serve(app, socket)))
}

/// Browsers name the page that opens a socket: only our own pages and those of the channels may. Programs name none, and
/// need a ticket like everybody.
fn refuse_other_sites(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    if app.is_own_origin(origin, headers.get(header::HOST)) || app.is_channel_origin(origin) {
        return Ok(());
    }
    Err(Problem::new(Code::ForeignOrigin, "this page may not open the socket; add its origin to a channel's `origins`"))
}
