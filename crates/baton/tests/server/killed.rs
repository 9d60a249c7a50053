//! Kill -9 at random moments under load: what was acknowledged is there, once and in order, and no handoff is stuck.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use baton_api::wire::{
    AgentView, ClientFrame, ControllerName, ConversationPage, ConversationView, DeclineCode, DeclineOffer, HandBack,
    HandbackView, NeedsView, OfferView, PostMessage, Posted, RequestHandoff, SendFrame, ServerFrame, Transfer,
};
use baton_api::wire::{AvailabilityName, SetAvailability};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use reqwest::Method;
use serde_json::{Map, Value};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

use crate::client::{Site, Trouble};
use crate::customer::begin;
use crate::document::{Document, Folder};
use crate::ledger::{Ledger, Totals};
use crate::program::{PATIENCE, Server, passwords, run};
use crate::socket::{Closed, Socket};

/// How often the server is killed; `BATON_KILL_ROUNDS` asks for more.
const ROUNDS: u64 = 30;
const CUSTOMERS: u64 = 16;
const AGENTS: [&str; 4] = ["ana", "jonas", "kim", "bea"];
/// Enough for every conversation at once, or a handoff could rightly wait.
const CAPACITY: u8 = 4;
/// Messages of a socket's client that are under way together.
const PIPELINE: usize = 3;
/// Longest ring plus the grace of a lost connection, and what a busy machine adds.
const MOVES_WITHIN: Duration = Duration::from_secs(3 + 1 + 16);

/// What customers write. A need that comes again and an open wish both lead to people.
const TEXTS: [&str; 6] = [
    "How do I renew a loan?",
    "What does a lost card cost?",
    "How many books can I borrow at once?",
    "The number on the back is 17",
    "I want to talk to a human",
    "Thank you, one more thing",
];

/// Where the server is, which start of it this is, and whether it is the last one.
#[derive(Clone)]
struct Era {
    number: u64,
    site: Site,
    last: bool,
}

/// What every client has.
#[derive(Clone)]
struct World {
    eras: watch::Receiver<Option<Era>>,
    ledger: Arc<Ledger>,
}

impl World {
    /// The next start of the server.
    async fn era(&mut self, after: Option<u64>) -> Era {
        let fits = |era: &Option<Era>| era.as_ref().is_some_and(|era| after.is_none_or(|after| era.number > after));
        self.eras.wait_for(fits).await.expect("the test lives longer").clone().expect("it fits")
    }
}

fn document() -> String {
    let settings = "{wrap_up_s: 0, away_grace_s: 1, disconnect_grace_s: 1, decline_pause_s: 1, bot_turn_s: 5, \
        misses_until_away: 1000000}";
    let more = Document { settings: settings.to_owned(), capacity: CAPACITY, ring_s: 3, ..Document::default() }.text();
    let agent = |key: &str| {
        format!(
            "  {key}: {{name: {key}, email: {key}@library.example, queues: [desk], languages: [en], capacity: {CAPACITY}}}\n"
        )
    };
    more.replacen("  mira:", &format!("{}{}  mira:", agent("kim"), agent("bea")), 1)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_being_killed_again_and_again() {
    let number = |name: &str, default| std::env::var(name).ok().map_or(default, |text| text.parse().expect(name));
    let (rounds, seed) = (number("BATON_KILL_ROUNDS", ROUNDS), number("BATON_KILL_SEED", 20_260_401));
    let folder = Folder::with(&Document::default());
    let (database, articles) = (folder.database(), folder.articles());
    let config = folder.file("killed.yaml", &document());
    run(&["apply", &config, "--database", &database]).well();
    passwords(&database, &AGENTS);
    passwords(&database, &["sam"]);
    let start = async || Server::start(&database, &["--articles", &articles, "--no-rate-limits"]).await;
    let mut chance = StdRng::seed_from_u64(seed);

    let server = start().await;
    let sam = server.site.sign_in("sam").await;
    let (tell, eras) = watch::channel(None);
    let world = World { eras, ledger: Arc::new(Ledger::new()) };
    let mut people = tokio::task::JoinSet::new();
    let mut conversations = Vec::new();
    for number in 0..CUSTOMERS {
        let (token, id) = begin(&server.site, Map::new()).await.unwrap();
        conversations.push(id);
        let chance = StdRng::seed_from_u64(seed ^ (number + 1));
        let customer = Customer { world: world.clone(), token, id, who: format!("c{number}"), chance, sent: 0 };
        people.spawn(customer.lives(number % 2 == 0));
    }
    let mut staff = tokio::task::JoinSet::new();
    for (number, name) in AGENTS.into_iter().enumerate() {
        let token = server.site.sign_in(name).await;
        let available = SetAvailability { availability: AvailabilityName::Available, reason: None };
        server.site.put::<Value>("/v1/me/availability", &token, &available).await.unwrap();
        let chance = StdRng::seed_from_u64(seed ^ (1000 + number as u64));
        let agent = Agent { world: world.clone(), token, name, chance, sent: 0, pending: None, held: VecDeque::new() };
        staff.spawn(agent.lives());
    }

    let began = Instant::now();
    let mut server = Some(server);
    for round in 0..rounds {
        let running = match server.take() {
            Some(running) => running,
            None => start().await,
        };
        tell.send_replace(Some(Era { number: round, site: running.site.clone(), last: false }));
        let goal = world.ledger.done().and(chance.random_range(5..40), chance.random_range(0..5) / 2);
        timeout(PATIENCE, world.ledger.reaches(goal)).await.unwrap_or_else(|_| panic!("{}", running.log()));
        // Not at an acknowledgement but at any moment after it: this wait is the chance of the test, not a patience.
        sleep(Duration::from_micros(chance.random_range(0..40_000))).await;
        running.kill();
    }
    let killed_for = began.elapsed();

    // The last start: clients finish what they began, agents take whatever rings, and every handoff moves.
    let server = start().await;
    let restarted = Instant::now();
    tell.send_replace(Some(Era { number: rounds, site: server.site.clone(), last: true }));
    timeout(PATIENCE, async { while people.join_next().await.is_some_and(|done| done.is_ok()) {} }).await.unwrap();
    assert!(people.is_empty(), "a customer failed");
    settles(&server, &sam, &conversations, restarted).await;
    let moved_within = restarted.elapsed();

    let mut totals = Totals::default();
    let mut held = 0;
    for id in &conversations {
        let state = server.site.conversation(*id, &sam).await.unwrap();
        let log = server.site.log(*id, &sam).await.unwrap();
        assert_eq!(state.seq, log.last().unwrap().seq);
        world.ledger.check(&state, &log, &mut totals);
        held += u32::from(state.controller.kind == ControllerName::Agent);
    }
    let agents = server.site.agents(&sam).await.unwrap();
    assert!(agents.iter().all(|agent| agent.load <= agent.capacity), "{agents:?}");
    assert_eq!(agents.iter().map(|agent| agent.load).sum::<u32>(), held, "{agents:?}");
    println!("{rounds} kills in {killed_for:?}, seed {seed}; settled in {moved_within:?}; {totals:?}");
    assert!(totals.acknowledged > 300 && totals.sent - totals.acknowledged - totals.refused < 8, "{totals:?}");
    // Kills fell between the disk and the answer: the hard case was there.
    assert!(totals.found_again > 0, "{totals:?}");
    assert!(totals.handoffs > 20 && totals.accepted > 10 && totals.handed_back > 0, "{totals:?}");
    staff.shutdown().await;
    server.stop().await;
    assert!(run(&["doctor", "--database", &database]).well().contains("All is well."));
}

/// Waits until every conversation is with its bot that owes nothing, or with a person who is there.
async fn settles(server: &Server, sam: &str, conversations: &[Uuid], since: Instant) {
    let mut socket = Socket::open(&server.site, sam).await.unwrap();
    loop {
        let agents: Vec<AgentView> = server.site.agents(sam).await.unwrap();
        let there =
            |name: Option<&str>| agents.iter().any(|agent| Some(agent.agent.as_str()) == name && agent.connected);
        let mut moving = Vec::new();
        for id in conversations {
            let state = server.site.conversation(*id, sam).await.unwrap();
            let rests = match state.controller.kind {
                ControllerName::Bot => !state.bot_owes,
                ControllerName::Agent => there(state.controller.agent.as_deref()),
                ControllerName::Closed => true,
                ControllerName::Queued | ControllerName::Offered => false,
            };
            if !rests {
                moving.push(state);
            }
        }
        if moving.is_empty() {
            return;
        }
        assert!(since.elapsed() < MOVES_WITHIN, "stuck: {moving:#?}\n{agents:#?}\n{}", server.log());
        // An admin hears of every change; whatever they hear is a reason to look again.
        let _ = timeout(Duration::from_secs(1), socket.next()).await;
    }
}

struct Customer {
    world: World,
    token: String,
    id: Uuid,
    who: String,
    chance: StdRng,
    sent: u64,
}

impl Customer {
    /// Writes through every start of the server, and ends when all is acknowledged after the last one.
    async fn lives(mut self, by_http: bool) {
        let mut outbox = VecDeque::new();
        let mut seen = None;
        loop {
            let era = self.world.era(seen).await;
            seen = Some(era.number);
            if by_http {
                self.posts(&era, &mut outbox).await;
            } else {
                self.sends(&era, &mut outbox).await;
            }
            if era.last {
                return assert!(outbox.is_empty(), "{} was cut off", self.who);
            }
        }
    }

    /// The next message, not yet sent.
    fn message(&mut self) -> (String, String) {
        self.sent += 1;
        let client_id = format!("{}-{}", self.who, self.sent);
        self.world.ledger.sends(self.id, &self.who, &client_id);
        (client_id, TEXTS[self.chance.random_range(0..TEXTS.len())].to_owned())
    }

    /// One after the other over HTTP, each until it is acknowledged.
    async fn posts(&mut self, era: &Era, outbox: &mut VecDeque<(String, String)>) {
        let path = format!("/v1/conversations/{}", self.id);
        loop {
            let again = !outbox.is_empty();
            if outbox.is_empty() {
                if era.last {
                    return;
                }
                let message = self.message();
                outbox.push_back(message);
            }
            let (client_id, text) = outbox[0].clone();
            let message = PostMessage::of_text(client_id.clone(), text);
            let posted: Result<(u16, Posted), _> =
                era.site.ask(Method::POST, &format!("{path}/messages"), Some(&self.token), Some(&message)).await;
            match posted {
                Ok((status, posted)) => {
                    let found = again && status == 200;
                    self.world.ledger.acknowledges(self.id, &self.who, &client_id, posted.seq, found);
                    outbox.pop_front();
                }
                Err(Trouble::Refused(problem)) => panic!("{problem:?}"),
                Err(Trouble::Gone(_)) => return,
            }
            // Now and then they press the button, or change their mind; a no is an answer too.
            let pressed: Result<Value, _> = match self.chance.random_range(0..16) {
                0 => {
                    let ask = RequestHandoff { handoff: Uuid::now_v7(), epoch: None, needs: NeedsView::default() };
                    era.site.post(&format!("{path}/handoff"), &self.token, &ask).await
                }
                1 => era.site.order(Method::DELETE, &format!("{path}/handoff"), &self.token).await,
                _ => continue,
            };
            match pressed {
                Ok(_) => {}
                Err(Trouble::Refused(problem)) => assert_eq!(problem.status, 409, "{problem:?}"),
                Err(Trouble::Gone(_)) => return,
            }
        }
    }

    /// Several at once over the socket; what was not acknowledged is sent again in its order.
    async fn sends(&mut self, era: &Era, outbox: &mut VecDeque<(String, String)>) {
        let Ok(mut socket) = Socket::open(&era.site, &self.token).await else { return };
        let mut unsent = outbox.len();
        loop {
            while !era.last && outbox.len() < PIPELINE {
                let message = self.message();
                outbox.push_back(message);
                unsent += 1;
            }
            for (client_id, text) in outbox.iter().skip(outbox.len() - unsent).cloned() {
                let frame = ClientFrame::Send(SendFrame {
                    conversation: self.id,
                    client_id,
                    text,
                    attachments: Vec::new(),
                    epoch: None,
                });
                if socket.say(frame).await.is_err() {
                    return;
                }
            }
            unsent = 0;
            if outbox.is_empty() {
                return;
            }
            match socket.next().await {
                Ok(ServerFrame::Ack(ack)) => {
                    let (client_id, _) = outbox.pop_front().expect("it was sent");
                    assert_eq!(client_id, ack.client_id, "acknowledged in order");
                    self.world.ledger.acknowledges(self.id, &self.who, &client_id, ack.seq, false);
                }
                Ok(ServerFrame::Refused(refused)) => panic!("{refused:?}"),
                Ok(_) => {}
                Err(Closed(_)) => return,
            }
        }
    }
}

struct Agent {
    world: World,
    token: String,
    name: &'static str,
    chance: StdRng,
    sent: u64,
    /// Sent, and its answer lost.
    pending: Option<SendFrame>,
    /// Conversations that they have, oldest first.
    held: VecDeque<ConversationView>,
}

impl Agent {
    async fn lives(mut self) {
        let mut seen = None;
        loop {
            let era = self.world.era(seen).await;
            seen = Some(era.number);
            if let Err(Trouble::Refused(problem)) = self.works(&era).await {
                panic!("{}: {problem:?}", self.name);
            }
        }
    }

    /// Answers what rings until the server is gone.
    async fn works(&mut self, era: &Era) -> Result<(), Trouble> {
        let mut socket = Socket::open(&era.site, &self.token).await?;
        if let Some(message) = self.pending.take() {
            self.says(&mut socket, message).await?;
        }
        // What they had when the power went is theirs still, until the grace is over.
        self.held.clear();
        let mine: ConversationPage = era.site.get("/v1/conversations?view=mine&limit=50", &self.token).await?;
        for row in mine.items.iter().filter(|row| row.controller.kind == ControllerName::Agent) {
            match era.site.conversation(row.id, &self.token).await {
                Ok(state) if state.controller.agent.as_deref() == Some(self.name) => self.held.push_back(state),
                Ok(_) | Err(Trouble::Refused(_)) => {}
                Err(gone) => return Err(gone),
            }
        }
        loop {
            while !era.last && self.held.len() > self.chance.random_range(0..2) {
                let oldest = self.held.pop_front().expect("there is one");
                self.finishes(&era.site, &mut socket, oldest).await?;
            }
            let frame = socket.next().await.map_err(|closed| Trouble::Gone(format!("{closed:?}")))?;
            let ServerFrame::Offer(ring) = frame else { continue };
            self.answers(&era.site, &ring.offer, era.last).await?;
        }
    }

    async fn answers(&mut self, site: &Site, offer: &OfferView, always: bool) -> Result<(), Trouble> {
        let path = format!("/v1/offers/{}", offer.id);
        let answered = match self.chance.random_range(0..10) {
            // Too late is an answer like another: it expires.
            0 if !always => return Ok(()),
            1 if !always => {
                let no = DeclineOffer { reason: DeclineCode::Busy };
                site.post::<Value>(&format!("{path}/decline"), &self.token, &no).await.map(|_| None)
            }
            _ => site.order::<ConversationView>(Method::POST, &format!("{path}/accept"), &self.token).await.map(Some),
        };
        match answered {
            Ok(taken) => {
                self.world.ledger.moves();
                self.held.extend(taken);
            }
            // It rang twice, or the customer was faster.
            Err(Trouble::Refused(problem)) if matches!(problem.status, 404 | 409) => {}
            Err(trouble) => return Err(trouble),
        }
        Ok(())
    }

    /// Writes, and passes it on or back.
    async fn finishes(&mut self, site: &Site, socket: &mut Socket, state: ConversationView) -> Result<(), Trouble> {
        self.sent += 1;
        let client_id = format!("{}-{}", self.name, self.sent);
        self.world.ledger.sends(state.id, self.name, &client_id);
        let (conversation, text) = (state.id, "Let me look at that".to_owned());
        self.says(
            socket,
            SendFrame { conversation, client_id, text, attachments: Vec::new(), epoch: Some(state.epoch) },
        )
        .await?;
        let path = format!("/v1/conversations/{}", state.id);
        let ended: Result<Value, _> = if self.chance.random_range(0..5) == 0 {
            let on = Transfer {
                epoch: Some(state.epoch),
                queue: Some("desk".to_owned()),
                agent: None,
                note: Some("look".to_owned()),
                needs: baton_api::wire::NeedsView::default(),
            };
            site.post(&format!("{path}/transfer"), &self.token, &on).await
        } else {
            let back = HandBack { epoch: state.epoch, handback: HandbackView::default(), disposition: None };
            site.post(&format!("{path}/handback"), &self.token, &back).await
        };
        match ended {
            Ok(_) => {
                self.world.ledger.moves();
                Ok(())
            }
            // The grace was over before they came back.
            Err(Trouble::Refused(problem)) if matches!(problem.status, 404 | 409) => Ok(()),
            Err(trouble) => Err(trouble),
        }
    }

    /// Sends until there is an answer, yes or no.
    async fn says(&mut self, socket: &mut Socket, message: SendFrame) -> Result<(), Trouble> {
        self.pending = Some(message.clone());
        let (conversation, client_id) = (message.conversation, message.client_id.clone());
        match socket.send(message).await {
            Ok(seq) => self.world.ledger.acknowledges(conversation, self.name, &client_id, seq, false),
            Err(Trouble::Refused(problem)) => {
                assert!(matches!(problem.status, 404 | 409), "{problem:?}");
                self.world.ledger.refuses(conversation, self.name, &client_id);
            }
            Err(gone) => return Err(gone),
        }
        self.pending = None;
        Ok(())
    }
}
