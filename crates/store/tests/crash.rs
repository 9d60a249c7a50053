//! What was acknowledged is there after a kill, and after a disk that filled up: this program starts itself as the
//! writer, ends it at a moment that nobody chose, and looks.

// The helpers of tests are tests too.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use baton_core::{Author, Conversation, ConversationId, Event, Language, Limits, Seq, Timestamp};
use baton_store::{Append, Appended, Body, SqliteOptions, Store};
use uuid::Uuid;

const ROUNDS: u64 = 10;
const WRITERS: usize = 8;
/// In the environment of the writer: the database.
const DATABASE: &str = "BATON_CRASH_DATABASE";
/// Where a disk is full, in blocks of 512 bytes: after some thousands of messages.
const DISK_BLOCKS: u32 = 6_000;

/// A message that was acknowledged.
struct Acknowledged {
    conversation: ConversationId,
    seq: u64,
    text: String,
}

fn main() {
    if let Ok(database) = std::env::var(DATABASE) {
        write_until_the_end(&PathBuf::from(database));
        return;
    }
    a_killed_writer_loses_nothing_that_was_acknowledged();
    a_full_disk_acknowledges_nothing_that_is_not_stored();
}

fn a_killed_writer_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("baton.db");
    let mut acknowledged = Vec::new();
    let mut moment = u64::from(std::process::id());
    for round in 0..ROUNDS {
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let enough = 50 + (moment >> 33) % 400;
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .env(DATABASE, &database)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines();
        let heard = lines.by_ref().take(usize::try_from(enough).unwrap()).map(Result::unwrap);
        acknowledged.extend(heard.map(|line| parse(&line).unwrap_or_else(|| panic!("{line}"))));
        writer.kill().unwrap();
        writer.wait().unwrap();
        // What it had said before it died counts too; only the last line may be torn.
        acknowledged.extend(lines.map_while(Result::ok).filter_map(|line| parse(&line)));
        let messages = check(&database, &acknowledged);
        println!("round {round}: {} acknowledged, {messages} stored, none lost, none doubled", acknowledged.len());
    }
}

fn a_full_disk_acknowledges_nothing_that_is_not_stored() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("baton.db");
    let program = std::env::current_exe().unwrap();
    let limited = format!("trap '' XFSZ; ulimit -f {DISK_BLOCKS}; exec \"$0\"");
    let output = Command::new("/bin/sh").args(["-c", &limited]).arg(program).env(DATABASE, &database).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let acknowledged: Vec<_> = said.lines().filter_map(parse).collect();
    let errors: Vec<_> = said.lines().filter(|line| line.starts_with("error ")).collect();
    assert_eq!(errors.len(), WRITERS, "every writer was told: {errors:?}");
    assert!(acknowledged.len() > 100, "{} messages fitted", acknowledged.len());
    let messages = check(&database, &acknowledged);
    println!("full disk: {} acknowledged, {messages} stored; {}", acknowledged.len(), errors[0]);
}

/// Everything acknowledged is there, in order, once. Gives how many messages there are.
fn check(database: &Path, acknowledged: &[Acknowledged]) -> usize {
    let store = Store::open_sqlite(database, &SqliteOptions::default()).unwrap();
    let mut by_conversation: BTreeMap<_, Vec<&Acknowledged>> = BTreeMap::new();
    for message in acknowledged {
        by_conversation.entry(message.conversation).or_default().push(message);
    }
    let mut messages = 0;
    for (id, expected) in by_conversation {
        let (log, bodies) = store
            .read_blocking(move |tx| Ok((tx.events(id, Seq(0), 100_000)?, tx.bodies(id, Seq(0), Seq(100_000))?)))
            .unwrap();
        assert!(log.iter().map(|recorded| recorded.seq.0).eq(1..=log.len() as u64), "no gap in {id}");
        assert_eq!(bodies.len(), log.len() - 1, "every message has its text");
        // Each text is its place, so a lost, doubled or moved one shows.
        assert!(bodies.iter().enumerate().all(|(place, body)| body.text == place.to_string()), "order of {id}");
        for message in expected {
            assert_eq!(bodies[usize::try_from(message.seq).unwrap() - 2].text, message.text, "acknowledged in {id}");
        }
        let head = store.read_blocking(move |tx| tx.head(id)).unwrap().unwrap();
        assert_eq!(head.seq.0, log.len() as u64, "the head follows the log");
        messages += bodies.len();
    }
    store.close();
    messages
}

fn parse(line: &str) -> Option<Acknowledged> {
    let mut words = line.strip_prefix("stored ")?.strip_suffix('.')?.split(' ');
    Some(Acknowledged {
        conversation: words.next()?.parse().ok()?,
        seq: words.next()?.parse().ok()?,
        text: words.next()?.to_owned(),
    })
}

/// The writer: says each message once it is acknowledged; ends at the first error, or when it is killed.
fn write_until_the_end(database: &Path) {
    let store = Store::open_sqlite(database, &SqliteOptions::default()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                let mut fold = Conversation::empty(ConversationId(Uuid::now_v7()));
                let start = Event::ConversationStarted {
                    channel: "website".parse().unwrap(),
                    bot: "support".parse().unwrap(),
                    customer: baton_core::CustomerId(Uuid::now_v7()),
                    language: Language::ENGLISH,
                };
                let mut outcome = append(&store, &mut fold, start, None);
                for text in 0.. {
                    if let Err(error) = outcome {
                        say(&format!("error {error}\n"));
                        return;
                    }
                    let message = Event::MessagePosted { author: Author::Customer, body_bytes: 3 };
                    outcome = append(&store, &mut fold, message, Some(text));
                    if outcome.is_ok() {
                        say(&format!("stored {} {} {text}.\n", fold.id, fold.seq.0));
                    }
                }
            });
        }
    });
}

fn append(
    store: &Store,
    fold: &mut Conversation,
    event: Event,
    text: Option<u32>,
) -> Result<(), baton_store::StoreError> {
    let (before, at, mut after) = (fold.clone(), Timestamp(1_795_500_000_000), fold.clone());
    after.apply(at, &event);
    let kept = after.clone();
    let appended = store.write_blocking(move |tx| {
        let bodies: Vec<Body> = text
            .iter()
            .map(|text| Body { seq: after.seq, text: text.to_string(), extra: serde_json::Value::Null })
            .collect();
        tx.append(&Append {
            conversation: before.id,
            client_id: text.map(|text| text.to_string()).as_deref(),
            at,
            events: std::slice::from_ref(&event),
            bodies: &bodies,
            before: &before,
            after: &after,
            deadline: after.deadline(&Limits::default()).map(|(at, _)| at),
        })
    })?;
    assert_eq!(appended, Appended::Done);
    *fold = kept;
    Ok(())
}

/// One write a line, so that lines of several threads do not mix; whoever listened may be gone.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
}
