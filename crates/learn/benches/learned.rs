//! What a learned topic and a learned time to hand off cost: a message of 110 bytes against forty topics of twelve
//! examples each, and the last turn of a conversation of twelve.

use std::hint::black_box;

use baton_detect::timing::{Heard, Speaker};
use baton_learn::timing::{self, Lesson};
use baton_learn::topics::{self, Example};
use criterion::{Criterion, criterion_group, criterion_main};

const WISHES: [&str; 5] = ["cancel", "change", "pay", "find", "return"];
const THINGS: [&str; 8] = ["order", "invoice", "subscription", "address", "password", "parcel", "card", "booking"];
const WAYS: [&str; 12] = [
    "how do I # my @",
    "I would like to # the @ please",
    "can you # my @ for me",
    "where can I # the @ that I made yesterday",
    "is it possible to # a @",
    "help me # this @",
    "I tried to # my @ and it failed",
    "why can I not # my @",
    "what does it cost to # a @",
    "I want to # my @ today",
    "need to # @",
    "the page to # my @ does not open",
];
const MESSAGE: &str =
    "I printed the label but the shop at the corner says that the code on it cannot be read, so what do I do now?\n";

fn topic(criterion: &mut Criterion) {
    let mut labels = Vec::new();
    let mut examples = Vec::new();
    for wish in WISHES {
        for thing in THINGS {
            let topic = Some(labels.len());
            labels.push(format!("{wish}_{thing}"));
            examples.extend(WAYS.map(|way| Example { text: way.replace('#', wish).replace('@', thing), topic }));
        }
    }
    let (model, _) = topics::train("bench", &labels, &examples, 1, &mut |_| ()).expect("forty topics");
    criterion.bench_function("topic, 110 bytes", |bencher| bencher.iter(|| model.read(black_box(MESSAGE))));
}

fn time_to_hand_off(criterion: &mut Criterion) {
    let turn = |place: usize, text: &str| {
        Heard::new(if place.is_multiple_of(2) { Speaker::Customer } else { Speaker::Bot }, text)
    };
    let lesson = |number: usize| {
        let thing = THINGS[number % THINGS.len()];
        let talk: Vec<Heard> =
            (0..12).map(|place| turn(place, &WAYS[(number + place) % 12].replace('@', thing))).collect();
        Lesson { truth: (0..12).map(|place| place > 8 && number.is_multiple_of(2)).collect(), talk }
    };
    let lessons: Vec<Lesson> = (0..40).map(lesson).collect();
    let model = timing::train(&lessons.iter().collect::<Vec<_>>(), 1, &mut |_| ());
    let talk = &lessons[3].talk;
    criterion.bench_function("timing, twelve turns", |bencher| bencher.iter(|| model.evidence(black_box(talk))));
}

criterion_group!(benches, topic, time_to_hand_off);
criterion_main!(benches);
