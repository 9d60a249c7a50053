//! The first frame: a ticket, within its time.

use std::time::Duration;

use tokio::time::timeout;

use super::tickets::Holder;
use super::wire_end::{Ended, Heard, WireEnd};
use crate::app::App;
use crate::extract::from_json;
use crate::matrix::Act;
use crate::wire::{ClientFrame, ServerFrame, WelcomeFrame};

/// How long a client may take until its `hello`.
const HELLO_TIME: Duration = Duration::from_secs(10);

/// Waits for the ticket and welcomes its holder.
pub(super) async fn welcome(app: &App, end: &mut WireEnd) -> Result<Holder, Ended> {
    let text = timeout(HELLO_TIME, async {
        loop {
            if let Heard::Text(text) = end.read().await? {
                return Ok(text);
            }
        }
    })
    .await
    .map_err(|_| Ended::HelloTooLate)??;
    let Ok(ClientFrame::Hello(hello)) = from_json(text.as_bytes()) else { return Err(Ended::Unauthenticated) };
    let now = app.now();
    let holder = app.tickets().take(&hello.ticket, now).ok_or(Ended::Unauthenticated)?;
    app.admit(&holder.principal, Act::OpenSocket, false).map_err(|_| Ended::TooSlow)?;
    if let Some(credential) = &holder.credential {
        // The session may have ended between the ticket and here.
        let alive = app.live_token_by_hash(credential.kind, credential.hash).await;
        if !matches!(alive, Ok(Some(_))) {
            return Err(Ended::Unauthenticated);
        }
    }
    end.write(&ServerFrame::Welcome(WelcomeFrame {
        epoch: app.engine().log_epoch().to_owned(),
        role: holder.principal.kind().role().to_owned(),
        server_time: now.0,
    }))
    .await?;
    Ok(holder)
}
