//! From the start of the program to its first `ready`, on a database that is not there yet; how large the program is, and
//! what it holds when nobody comes.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::Scale;
use crate::child::{Place, Server};
use crate::house;
use crate::http::{Http, request};
use crate::machine::{conditions, now, resident_bytes};
use crate::report::{Figure, Must};
use crate::statistics::Rounds;

/// How long the server is left alone before its memory is read.
const LEFT_ALONE: Duration = Duration::from_secs(5);

pub(crate) async fn measure(place: &Place, scale: &Scale) -> Result<Vec<Figure>> {
    let config = house::configuration(place)?;
    let mut rounds = Rounds::new();
    for attempt in 0..scale.attempts() {
        if rounds.counted.len() == scale.rounds {
            break;
        }
        let before = conditions(&place.folder)?;
        let began = now();
        let server = place.serve(&place.file(&format!("start-{attempt}.db")), Some(&config), None)?;
        ready(&server).await?;
        let took = began.elapsed().as_secs_f64() * 1e3;
        drop(server);
        let after = conditions(&place.folder)?;
        scale.tell(attempt, before, after, &format!("{took:.0} ms"));
        rounds.add(before, after, took);
    }
    Ok(vec![Figure::new(
        ("7", "from start to ready, empty database", "ms"),
        Must::AtMost(100.0),
        rounds.median(|took| *took),
        (rounds.counted.len(), rounds.voided),
        vec!["with the configuration and the manual's articles written".to_owned()],
    )])
}

async fn ready(server: &Server) -> Result<()> {
    let mut http = Http::connect(server.address).await?;
    let answer = http.exchange(&request("GET", "/readyz", "", "")).await?;
    ensure!(answer.status == 200, "not ready: {}", answer.status);
    Ok(())
}

pub(crate) async fn size(place: &Place) -> Result<Vec<Figure>> {
    #[allow(clippy::cast_precision_loss)] // Far below 2^52.
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let binary = std::fs::metadata(&place.baton)?.len();
    let server = place.serve(&place.file("size.db"), Some(&house::configuration(place)?), None)?;
    ready(&server).await?;
    tokio::time::sleep(LEFT_ALONE).await;
    let idle = resident_bytes(server.process())?;
    server.stop()?;
    Ok(vec![
        Figure::new(
            ("8", "size of the program, the web inside", "MB"),
            Must::AtMost(40.0),
            megabytes(binary),
            (1, 0),
            vec![format!("{binary} bytes")],
        ),
        Figure::new(
            ("8", "memory when idle", "MB"),
            Must::AtMost(40.0),
            megabytes(idle),
            (1, 0),
            vec!["resident, a few seconds after an empty start".to_owned()],
        ),
    ])
}
