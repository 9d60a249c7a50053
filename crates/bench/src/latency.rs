//! From a customer's POST to the frame on the agent's socket, one at a time, in turn with what it is made of: a bare HTTP
//! round trip and a commit of one row.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tokio::time::timeout;
use uuid::Uuid;

use crate::Scale;
use crate::child::{Place, bare};
use crate::house::{self, House};
use crate::http::{Http, request};
use crate::machine::{conditions, now};
use crate::report::{Figure, Must, rounded};
use crate::socket::{Socket, delivered};
use crate::statistics::{Rounds, median, percentile};
use crate::yardstick::Yardstick;

/// A frame that takes longer does not come.
const PATIENCE: Duration = Duration::from_secs(10);

struct Round {
    message: Vec<f64>,
    trip: Vec<f64>,
    /// One row of the log, with its flush.
    commit: Vec<f64>,
    /// All rows of a message, with their flush: for comparison.
    rows: Vec<f64>,
}

impl Round {
    fn ratio(&self) -> f64 {
        median(&self.message) / (median(&self.trip) + median(&self.commit))
    }

    fn tail(&self) -> f64 {
        percentile(&self.message, 99) / percentile(&self.message, 50)
    }
}

pub(crate) async fn measure(place: &Place, scale: &Scale) -> Result<Vec<Figure>> {
    let database = house::prepare(place)?;
    let server = place.serve(&database, None, None)?;
    let bare = bare(None)?;
    let house = House::furnish(server.address).await?;
    let mut agents = house.agent_sockets().await?;
    // The others' sockets stay open and unread, as at desks where nothing happens.
    let mut agent = agents.swap_remove(0);
    let mut http = Http::connect(server.address).await?;
    let mut plain = Http::connect(bare.address).await?;
    for number in 0..64 {
        one(&house, &mut http, &mut agent, number).await?;
        trip(&mut plain, number).await?;
    }
    let mut yardstick = Yardstick::beside(&database, &place.file("yardstick.db"))?;
    yardstick.rate(64, 1)?;

    let mut rounds = Rounds::new();
    let mut number = 64;
    for attempt in 0..scale.attempts() {
        if rounds.counted.len() == scale.rounds {
            break;
        }
        let before = conditions(&place.folder)?;
        let mut round = Round { message: Vec::new(), trip: Vec::new(), commit: Vec::new(), rows: Vec::new() };
        // In turn, message by message: whatever disturbs one disturbs the others.
        for _ in 0..scale.samples {
            number += 1;
            round.message.push(one(&house, &mut http, &mut agent, number).await?);
            round.trip.push(trip(&mut plain, number).await?);
            round.commit.push(yardstick.one_row()?);
            round.rows.push(yardstick.one_message()?);
        }
        let after = conditions(&place.folder)?;
        scale.tell(
            attempt,
            before,
            after,
            &format!(
                "p50 {:.0} µs (trip {:.0} + one row {:.0}: {:.2}; a message's rows {:.0}), p99 {:.0} µs ({:.1}), those rows' p99 {:.0} µs",
                median(&round.message),
                median(&round.trip),
                median(&round.commit),
                round.ratio(),
                median(&round.rows),
                percentile(&round.message, 99),
                round.tail(),
                percentile(&round.rows, 99),
            ),
        );
        rounds.add(before, after, round);
    }
    server.stop()?;
    Ok(figures(&rounds))
}

/// The time from sending the request to the frame with this very message, in microseconds.
async fn one(house: &House, http: &mut Http, agent: &mut Socket, number: u64) -> Result<f64> {
    // The first agent has every eighth conversation.
    let own = house.conversations.len() / house::AGENTS;
    let place = usize::try_from(number)? % own * house::AGENTS;
    let conversation = house.conversations[place];
    let text = house::text(number);
    let body = json!({ "client_id": Uuid::now_v7(), "text": text }).to_string();
    let path = format!("/v1/conversations/{}/messages", conversation.id);
    let request = request("POST", &path, house.access(conversation), &body);
    let began = now();
    let seen = async {
        loop {
            let frame = agent.next().await?;
            if delivered(&frame).is_some_and(|(id, _)| id == conversation.id) && frame.contains(&text) {
                return Ok::<_, anyhow::Error>(began.elapsed());
            }
        }
    };
    let (answer, seen) = tokio::join!(http.exchange(&request), timeout(PATIENCE, seen));
    let answer = answer?;
    ensure!(answer.status == 201, "a message was not taken: {}", String::from_utf8_lossy(&answer.body));
    Ok(seen.context("the frame did not come")??.as_secs_f64() * 1e6)
}

async fn trip(plain: &mut Http, number: u64) -> Result<f64> {
    let body = json!({ "client_id": Uuid::now_v7(), "text": house::text(number) }).to_string();
    let request = request("POST", "/messages", "", &body);
    let began = now();
    let answer = plain.exchange(&request).await?;
    let took = began.elapsed();
    ensure!(answer.status == 201, "the bare server answered {}", answer.status);
    Ok(took.as_secs_f64() * 1e6)
}

fn figures(rounds: &Rounds<Round>) -> Vec<Figure> {
    let counts = (rounds.counted.len(), rounds.voided);
    let all = |samples: fn(&Round) -> &Vec<f64>| rounds.counted.iter().flat_map(samples).copied().collect::<Vec<_>>();
    let (message, trip, commit) = (all(|round| &round.message), all(|round| &round.trip), all(|round| &round.commit));
    let rows = all(|round| &round.rows);
    vec![
        Figure::new(
            ("2", "p50 from POST to the agent's socket ÷ (HTTP round trip + one-row commit)", ""),
            Must::AtMost(2.5),
            rounds.median(Round::ratio),
            counts,
            vec![
                format!("{:.0} µs", median(&message)),
                format!("trip {:.0} µs", median(&trip)),
                format!("one row {:.0} µs", median(&commit)),
                format!("all rows of a message {:.0} µs", median(&rows)),
            ],
        ),
        Figure::new(
            ("2b", "p99 ÷ p50 of it", ""),
            Must::AtMost(4.0),
            rounds.median(Round::tail),
            counts,
            vec![
                format!("p99 {:.0} µs", percentile(&message, 99)),
                format!("the bare commit of its rows has {}", rounded(percentile(&rows, 99) / median(&rows))),
            ],
        ),
    ]
}
