//! What a verdict costs: an ordinary message of 110 bytes after a history of six, with topics and rules in place; longer
//! messages up to 64 KiB; a conversation of a thousand turns; and what the first verdict of a process costs, which reads
//! the weights. `cargo bench -p baton-detect`.

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use baton_core::{ChannelId, Needs, RuleId, Seq, Timestamp, TopicId, VerdictKind};
use baton_detect::{Detector, Past, PastAuthor, Policy, RuleDefinition, TopicDefinition, Turn};
use criterion::{Criterion, Throughput, criterion_group};

const HISTORY: [(PastAuthor, &str); 6] = [
    (PastAuthor::Customer, "Hello, I bought a pair of running shoes two weeks ago"),
    (PastAuthor::Bot { knew: true }, "Hello! How can I help you with your order?"),
    (PastAuthor::Customer, "They arrived in the wrong size and I would like to send them back"),
    (PastAuthor::Bot { knew: true }, "You can return shoes within thirty days. Print the label from your orders page."),
    (PastAuthor::Customer, "And who pays for the return, is that included?"),
    (PastAuthor::Bot { knew: false }, "I am not sure about that. Could you say it in other words?"),
];

const TEXT: &str =
    "I printed the label but the shop at the corner says that the code on it cannot be read, so what do I do now?\n";
const NOW: Timestamp = Timestamp(1_767_607_200_000);
/// Asks the bench to be the process whose first verdict is measured.
const FIRST: &str = "--first-verdict";

fn policy() -> Policy {
    let topic = |id, phrases: &[&str]| TopicDefinition {
        id: TopicId::new(id).expect("a key"),
        phrases: phrases.iter().map(|phrase| (*phrase).to_owned()).collect(),
    };
    let rule = |id, when: &str| RuleDefinition {
        id: RuleId::new(id).expect("a key"),
        when: when.to_owned(),
        kind: VerdictKind::HandOff,
        needs: Needs::default(),
    };
    Policy {
        topics: vec![topic("returns", &["return", "send back", "label"]), topic("legal", &["lawyer", "sue*"])],
        rules: vec![rule("legal", "topic == \"legal\""), rule("gold", "tier == \"gold\" && bot_failures > 0")],
        ..Policy::default()
    }
}

fn assess(criterion: &mut Criterion) {
    let detector = Detector::new(policy()).expect("a policy that holds");
    let channel = ChannelId::new("website").expect("a key");
    let history: Vec<Past> =
        (1..).zip(HISTORY).map(|(seq, (author, text))| Past { seq: Seq(seq), author, text: text.to_owned() }).collect();
    let texts = [
        ("ordinary, 110 bytes", TEXT),
        (
            "a request, 110 bytes",
            "Sorry, that does not help me with the label at all. Could you please put me through to somebody in your team?\n",
        ),
    ];
    for (name, text) in texts {
        let turn = Turn { history: &history, time_zone: "Europe/Madrid", now: NOW, ..Turn::alone(text, &channel) };
        criterion.bench_function(name, |bencher| bencher.iter(|| detector.assess(black_box(&turn))));
    }
}

/// Longer messages: the time grows with the text, up to where the detector stops reading.
fn long(criterion: &mut Criterion) {
    let detector = Detector::new(policy()).expect("a policy that holds");
    let channel = ChannelId::new("website").expect("a key");
    let mut group = criterion.benchmark_group("bytes");
    for bytes in [110, 1_000, 2_000, 4_000, 8_000, 64 * 1024] {
        let text = TEXT.repeat(bytes / TEXT.len() + 1);
        let text = &text[..bytes];
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function(bytes.to_string(), |bencher| {
            bencher.iter(|| detector.assess(black_box(&Turn::alone(text, &channel))));
        });
    }
    group.finish();
    let history: Vec<Past> = (1..=1_000)
        .map(|seq| {
            let (author, text) = HISTORY[usize::try_from(seq).expect("small") % HISTORY.len()];
            Past { seq: Seq(seq), author, text: format!("{text} ({seq})") }
        })
        .collect();
    criterion.bench_function("after 1,000 turns", |bencher| {
        bencher.iter(|| detector.assess(black_box(&Turn { history: &history, ..Turn::alone(TEXT, &channel) })));
    });
}

/// A process of its own for every first verdict.
fn start_up(criterion: &mut Criterion) {
    let program = std::env::current_exe().expect("a program knows where it is");
    let first = || {
        let told = Command::new(&program).arg(FIRST).output().expect("it starts again");
        let told = String::from_utf8_lossy(&told.stdout).trim().parse().expect("it tells nanoseconds");
        Duration::from_nanos(told)
    };
    let mut group = criterion.benchmark_group("start");
    group.sample_size(10);
    group.bench_function("weights, tables and the first verdict", |bencher| {
        bencher.iter_custom(|times| (0..times).map(|_| first()).sum());
    });
    group.finish();
}

#[allow(clippy::disallowed_methods)] // A measurement looks at the clock.
fn first_verdict() {
    let begun = Instant::now();
    let detector = Detector::new(policy()).expect("a policy that holds");
    let channel = ChannelId::new("website").expect("a key");
    black_box(detector.assess(&Turn::alone(TEXT, &channel)));
    println!("{}", begun.elapsed().as_nanos());
}

criterion_group!(benches, assess, long, start_up);

fn main() {
    if std::env::args().any(|argument| argument == FIRST) {
        return first_verdict();
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
