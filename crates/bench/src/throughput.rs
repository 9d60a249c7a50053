//! Durable and delivered messages a second, over HTTP and over sockets, in turn with raw SQLite; what each message costs
//! the disk.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use serde_json::json;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::Scale;
use crate::child::{Place, Server};
use crate::house::{self, House};
use crate::http::{Http, request};
use crate::machine::{FlushCount, conditions, core_seconds, now, written_bytes};
use crate::report::{Figure, Must, rounded};
use crate::socket::{Socket, delivered, number_after};
use crate::statistics::Rounds;
use crate::yardstick::Yardstick;

/// Requests under way at once, over as many connections.
const IN_FLIGHT: usize = 64;
/// Messages under way on each customer's socket.
const PIPELINED: usize = 64;
/// Messages in one commit of the yardstick.
const TOGETHER: usize = 64;

/// One round of everything.
#[derive(Default)]
struct Round {
    raw: f64,
    http: f64,
    sockets: f64,
    written: f64,
    raw_written: f64,
    flushes: Option<f64>,
    core_us: f64,
}

/// A message that was acknowledged or seen.
type Message = (Uuid, u64);

pub(crate) async fn measure(place: &Place, scale: &Scale) -> Result<Vec<Figure>> {
    let database = house::prepare(place)?;
    let server = place.serve(&database, None, None)?;
    let mut house = House::furnish(server.address).await?;
    let ears = Ears::open(&house).await?;

    // A first stretch that nobody counts: caches fill, and the yardstick gets a message to copy.
    let (_, ears) = over_http(&house, ears, scale.messages / 4).await?;
    let mut ears = ears;
    let mut yardstick = Yardstick::beside(&database, &place.file("yardstick.db"))?;
    yardstick.rate(scale.messages / 4, TOGETHER)?;

    let mut rounds = Rounds::new();
    for number in 0..scale.attempts() {
        if rounds.counted.len() == scale.rounds {
            break;
        }
        house.renew().await?;
        let before = conditions(&place.folder)?;
        let mut round = Round::default();
        raw(&mut yardstick, scale, &mut round)?;
        ears = counted_over_http(&server, &house, ears, scale, &mut round).await?;
        (round.sockets, ears) = over_sockets(&house, ears, scale.messages).await?;
        let after = conditions(&place.folder)?;
        scale.tell(
            number,
            before,
            after,
            &format!(
                "raw {:.0}/s, HTTP {:.0}/s ({:.2}), sockets {:.0}/s ({:.2}), {:.0} µs of a core and {:.0} bytes a message (raw {:.0})",
                round.raw,
                round.http,
                round.http / round.raw,
                round.sockets,
                round.sockets / round.raw,
                round.core_us,
                round.written,
                round.raw_written
            ),
        );
        rounds.add(before, after, round);
    }
    let rows = yardstick.rows_a_message();
    drop(ears);
    server.stop()?;
    Ok(figures(&rounds, rows))
}

/// The yardstick, and what it writes.
fn raw(yardstick: &mut Yardstick, scale: &Scale, round: &mut Round) -> Result<()> {
    let own = std::process::id();
    let written = written_bytes(own)?;
    round.raw = yardstick.rate(scale.messages, TOGETHER)?;
    #[allow(clippy::cast_precision_loss)] // Far below 2^52.
    {
        round.raw_written = (written_bytes(own)? - written) as f64 / scale.messages as f64;
    }
    Ok(())
}

/// Over HTTP with 64 in flight, and what the system counted meanwhile.
async fn counted_over_http(
    server: &Server,
    house: &House,
    ears: Ears,
    scale: &Scale,
    round: &mut Round,
) -> Result<Ears> {
    let flushes = FlushCount::begin(server.process());
    let (written, used) = (written_bytes(server.process())?, core_seconds(server.process())?);
    let (rate, ears) = over_http(house, ears, scale.messages).await?;
    #[allow(clippy::cast_precision_loss)] // Far below 2^52.
    {
        let messages = scale.messages as f64;
        round.http = rate;
        round.core_us = (core_seconds(server.process())? - used) * 1e6 / messages;
        round.written = (written_bytes(server.process())? - written) as f64 / messages;
        round.flushes = flushes.map(FlushCount::end).transpose()?.map(|flushes| flushes as f64 / messages);
    }
    Ok(ears)
}

async fn over_http(house: &House, ears: Ears, messages: usize) -> Result<(f64, Ears)> {
    let mut connections = Vec::with_capacity(IN_FLIGHT);
    for _ in 0..IN_FLIGHT {
        connections.push(Http::connect(house.server).await?);
    }
    let left = AtomicUsize::new(messages);
    let began = now();
    let listening = ears.hear(messages);
    let posting = connections.into_iter().enumerate().map(|(place, mut http)| {
        let left = &left;
        async move {
            let mut posted = Vec::with_capacity(messages / IN_FLIGHT * 2);
            let own = house.conversations.iter().skip(place).step_by(IN_FLIGHT).copied().collect::<Vec<_>>();
            for conversation in own.iter().cycle() {
                let Some(number) = take(left) else { break };
                let path = format!("/v1/conversations/{}/messages", conversation.id);
                let answer =
                    http.exchange(&request("POST", &path, house.access(*conversation), &message(number))).await?;
                let said = String::from_utf8_lossy(&answer.body);
                ensure!(answer.status == 201, "a message was not taken: {} {said}", answer.status);
                posted.push((conversation.id, number_after(&said, "\"seq\":").context("no number")?));
            }
            Ok::<_, anyhow::Error>(posted)
        }
    });
    let posted = try_join_all(posting).await?.concat();
    listening.finish(posted, began).await
}

async fn over_sockets(house: &House, ears: Ears, messages: usize) -> Result<(f64, Ears)> {
    let mut http = Http::connect(house.server).await?;
    let mut sockets = Vec::new();
    for customer in house.customers() {
        sockets.push(Socket::of(&mut http, house.server, &customer.access).await?);
    }
    let left = AtomicUsize::new(messages);
    let began = now();
    let listening = ears.hear(messages);
    let posting = sockets.into_iter().enumerate().map(|(customer, mut socket)| {
        let left = &left;
        async move {
            let mut idle: Vec<Uuid> = house
                .conversations
                .iter()
                .filter(|conversation| conversation.customer == customer)
                .map(|conversation| conversation.id)
                .collect();
            let (mut posted, mut under_way) = (Vec::new(), 0);
            loop {
                while under_way < PIPELINED
                    && let Some(conversation) = idle.pop()
                {
                    let Some(number) = take(left) else { break };
                    let frame = json!({ "type": "send", "conversation": conversation,
                        "client_id": Uuid::now_v7(), "text": house::text(number) });
                    socket.send(frame.to_string()).await?;
                    under_way += 1;
                }
                if under_way == 0 {
                    return Ok::<_, anyhow::Error>(posted);
                }
                let answer = socket.next().await?;
                let rest = answer.strip_prefix("{\"type\":\"ack\",\"conversation\":\"");
                let rest = rest.with_context(|| format!("a message was not taken: {answer}"))?;
                let conversation = Uuid::try_parse(&rest[..36])?;
                posted.push((conversation, number_after(rest, "\"seq\":").context("no number")?));
                idle.insert(0, conversation);
                under_way -= 1;
            }
        }
    });
    let posted = try_join_all(posting).await?.concat();
    listening.finish(posted, began).await
}

fn take(left: &AtomicUsize) -> Option<u64> {
    let before = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
    before.ok().map(|number| number as u64)
}

fn message(number: u64) -> String {
    json!({ "client_id": Uuid::now_v7(), "text": house::text(number) }).to_string()
}

/// The agents' sockets. They listen all the time, also between rounds.
struct Ears {
    heard: mpsc::UnboundedReceiver<Message>,
    ends: Vec<oneshot::Receiver<anyhow::Error>>,
}

impl Ears {
    async fn open(house: &House) -> Result<Self> {
        let (tell, heard) = mpsc::unbounded_channel();
        let mut ends = Vec::new();
        for socket in house.agent_sockets().await? {
            let (ended, end) = oneshot::channel();
            ends.push(end);
            let tell = tell.clone();
            tokio::spawn(async move {
                if let Err(error) = listen(socket, &tell).await {
                    // Whoever measures has gone: nobody asks.
                    let _ = ended.send(error);
                }
            });
        }
        Ok(Self { heard, ends })
    }

    fn hear(mut self, messages: usize) -> Listening {
        let (done, counted) = oneshot::channel();
        let (stop, mut stopped) = oneshot::channel::<()>();
        let seen = Arc::new(AtomicUsize::new(0));
        let task = tokio::spawn(async move {
            let mut messages_seen = Vec::with_capacity(messages);
            while messages_seen.len() < messages {
                tokio::select! {
                    message = self.heard.recv() => match message {
                        Some(message) => {
                            messages_seen.push(message);
                            seen.fetch_add(1, Ordering::Relaxed);
                        }
                        None => break,
                    },
                    _ = &mut stopped => break,
                }
            }
            let last = now();
            let _ = done.send((messages_seen, last));
            self
        });
        Listening { counted, stop, task }
    }
}

async fn listen(mut socket: Socket, tell: &mpsc::UnboundedSender<Message>) -> Result<()> {
    loop {
        let text = socket.next().await?;
        if let Some(message) = delivered(&text)
            && tell.send(message).is_err()
        {
            return Ok(());
        }
    }
}

/// A stretch in which deliveries are counted.
struct Listening {
    counted: oneshot::Receiver<(Vec<Message>, std::time::Instant)>,
    stop: oneshot::Sender<()>,
    task: tokio::task::JoinHandle<Ears>,
}

impl Listening {
    /// Waits for the last delivery; every acknowledged message must have been seen, once.
    async fn finish(self, posted: Vec<Message>, began: std::time::Instant) -> Result<(f64, Ears)> {
        let Self { counted, stop, task } = self;
        let limit = std::time::Duration::from_secs(30);
        let counted = tokio::time::timeout(limit, counted).await;
        drop(stop);
        let mut ears = task.await?;
        for end in &mut ears.ends {
            if let Ok(error) = end.try_recv() {
                return Err(error.context("an agent's socket ended"));
            }
        }
        let (seen, last) = counted.context("messages were acknowledged and not delivered")??;
        let (posted_set, seen_set): (HashSet<_>, HashSet<_>) = (posted.iter().collect(), seen.iter().collect());
        ensure!(
            posted_set == seen_set && seen.len() == posted.len(),
            "what was delivered is not what was acknowledged"
        );
        #[allow(clippy::cast_precision_loss)] // Far below 2^52.
        Ok((posted.len() as f64 / last.duration_since(began).as_secs_f64(), ears))
    }
}

fn figures(rounds: &Rounds<Round>, rows: usize) -> Vec<Figure> {
    let counts = (rounds.counted.len(), rounds.voided);
    let raw = rounds.median(|round| round.raw);
    let rate =
        |name: &str, rate: f64| vec![format!("{name} {rate:.0}/s"), format!("raw {raw:.0}/s, {rows} event rows each")];
    let http = rounds.median(|round| round.http);
    let sockets = rounds.median(|round| round.sockets);
    let core = rounds.median(|round| round.core_us);
    let mut over_http = rate("HTTP", http);
    over_http.push(format!("{core:.0} µs of a core each"));
    let mut figures = vec![
        Figure::new(
            ("1", "durable and delivered messages over HTTP, 64 in flight ÷ raw SQLite", ""),
            Must::AtLeast(0.30),
            rounds.median(|round| round.http / round.raw),
            counts,
            over_http,
        ),
        Figure::new(
            ("1b", "the same pipelined over sockets", ""),
            Must::AtLeast(0.5),
            rounds.median(|round| round.sockets / round.raw),
            counts,
            rate("sockets", sockets),
        ),
        Figure::new(
            ("9", "bytes written a message, 64 in flight", "bytes"),
            Must::AtMost(6_000.0),
            rounds.median(|round| round.written),
            counts,
            vec![
                "`write_bytes` of the process".to_owned(),
                format!("raw SQLite {:.0}", rounds.median(|round| round.raw_written)),
            ],
        ),
    ];
    let flushes: Vec<f64> = rounds.counted.iter().filter_map(|round| round.flushes).collect();
    if !flushes.is_empty() {
        let median = crate::statistics::median(&flushes);
        let together = format!("{} messages a flush", rounded(1.0 / median));
        figures.push(Figure::new(
            ("9", "flushes a message, 64 in flight", ""),
            Must::AtMost(0.2),
            median,
            counts,
            vec!["`fdatasync` and `fsync` counted by the kernel".to_owned(), together],
        ));
    }
    figures
}
