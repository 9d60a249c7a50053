//! What a signed-in socket costs above a bare one: `ping` and `pong` in turn with the same frame from a bare echo, each
//! server on one core and the generator on another.

use anyhow::Result;
use futures_util::future::try_join_all;
use serde_json::json;
use uuid::Uuid;

use crate::Scale;
use crate::child::{Place, Server, bare};
use crate::house::{self, Customer};
use crate::http::Http;
use crate::machine::{conditions, core_seconds, cores, now, stay_on};
use crate::report::{Figure, Must};
use crate::socket::Socket;
use crate::statistics::Rounds;

/// Sockets that ask at once.
const SOCKETS: usize = 64;
const PING: &str = "{\"type\":\"ping\"}";

/// Echoes a second, by the clock and by the time that the server spent on its core.
#[derive(Clone, Copy, Default)]
struct Rate {
    clock: f64,
    core: f64,
}

pub(crate) async fn measure(place: &Place, scale: &Scale) -> Result<Vec<Figure>> {
    let apart = cores() > 1 && stay_on("1");
    let core = apart.then_some("0");
    let server = place.serve(&place.file("echo.db"), Some(&house::configuration(place)?), core)?;
    let bare = bare(core)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut http = Http::connect(server.address).await?;
    for _ in 0..SOCKETS {
        let (customer, id) = (Customer::begin(&mut http).await?, Uuid::now_v7());
        http.ask("POST", "/v1/conversations", &customer.access, &json!({ "id": id })).await?;
        let mut socket = Socket::of(&mut http, server.address, &customer.access).await?;
        socket.follow(id).await?;
        ours.push(socket);
        theirs.push(Socket::open(bare.address, "/socket").await?);
    }
    echoes(&server, &mut ours, scale.echoes / 4).await?;
    echoes(&bare, &mut theirs, scale.echoes / 4).await?;
    let mut rounds = Rounds::new();
    for attempt in 0..scale.attempts() {
        if rounds.counted.len() == scale.rounds {
            break;
        }
        let before = conditions(&place.folder)?;
        let yardstick = echoes(&bare, &mut theirs, scale.echoes).await?;
        let measured = echoes(&server, &mut ours, scale.echoes).await?;
        let after = conditions(&place.folder)?;
        scale.tell(
            attempt,
            before,
            after,
            &format!(
                "ours {:.0}/s, bare {:.0}/s ({:.2}); per second of a core {:.0} and {:.0} ({:.2})",
                measured.clock,
                yardstick.clock,
                measured.clock / yardstick.clock,
                measured.core,
                yardstick.core,
                measured.core / yardstick.core
            ),
        );
        rounds.add(before, after, (measured, yardstick));
    }
    if apart {
        stay_on(&format!("0-{}", cores() - 1));
    }
    server.stop()?;
    Ok(vec![Figure::new(
        ("4", "authenticated echo ÷ bare axum echo, for each second on a core", ""),
        Must::AtLeast(0.6),
        rounds.median(|(ours, bare)| ours.core / bare.core),
        (rounds.counted.len(), rounds.voided),
        vec![
            format!("{:.0}/s", rounds.median(|(ours, _)| ours.core)),
            format!("bare {:.0}/s", rounds.median(|(_, bare)| bare.core)),
            format!("by the clock {:.2}", rounds.median(|(ours, bare)| ours.clock / bare.clock)),
        ],
    )])
}

async fn echoes(server: &Server, sockets: &mut [Socket], count: usize) -> Result<Rate> {
    let (used, began) = (core_seconds(server.process())?, now());
    let each = count / sockets.len();
    try_join_all(sockets.iter_mut().map(|socket| async move {
        for _ in 0..each {
            socket.send(PING.to_owned()).await?;
            socket.next().await?;
        }
        Ok::<_, anyhow::Error>(())
    }))
    .await?;
    let took = began.elapsed().as_secs_f64();
    #[allow(clippy::cast_precision_loss)] // Far below 2^52.
    let done = (each * sockets.len()) as f64;
    Ok(Rate { clock: done / took, core: done / (core_seconds(server.process())? - used) })
}
