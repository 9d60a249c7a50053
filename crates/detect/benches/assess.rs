//! What a verdict costs: an ordinary message of 110 bytes after a history of six, with topics and rules in place.

use std::collections::BTreeMap;
use std::hint::black_box;

use baton_core::{ChannelId, Needs, RuleId, Seq, Timestamp, TopicId, VerdictKind};
use baton_detect::{Detector, Past, PastAuthor, Policy, RuleDefinition, SoFar, TopicDefinition, Turn};
use criterion::{Criterion, criterion_group, criterion_main};

const HISTORY: [(PastAuthor, &str); 6] = [
    (PastAuthor::Customer, "Hello, I bought a pair of running shoes two weeks ago"),
    (PastAuthor::Bot { knew: true }, "Hello! How can I help you with your order?"),
    (PastAuthor::Customer, "They arrived in the wrong size and I would like to send them back"),
    (PastAuthor::Bot { knew: true }, "You can return shoes within thirty days. Print the label from your orders page."),
    (PastAuthor::Customer, "And who pays for the return, is that included?"),
    (PastAuthor::Bot { knew: false }, "I am not sure about that. Could you say it in other words?"),
];

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
    let attributes = BTreeMap::new();
    let texts = [
        (
            "ordinary, 110 bytes",
            "I printed the label but the shop at the corner says that the code on it cannot be read, so what do I do now?\n",
        ),
        (
            "a request, 110 bytes",
            "Sorry, that does not help me with the label at all. Could you please put me through to somebody in your team?\n",
        ),
    ];
    for (name, text) in texts {
        let turn = Turn {
            text,
            history: &history,
            channel: &channel,
            tier: None,
            language_hint: None,
            attributes: &attributes,
            now: Timestamp(1_767_607_200_000),
            time_zone: "Europe/Madrid",
            person_in_control: false,
            so_far: SoFar::default(),
        };
        criterion.bench_function(name, |bencher| bencher.iter(|| detector.assess(black_box(&turn))));
    }
}

criterion_group!(benches, assess);
criterion_main!(benches);
