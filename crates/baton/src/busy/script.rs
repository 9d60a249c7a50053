//! Who comes, when, what they say and how patient they are: a pure function of the seed.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

/// One swing of the load, from quiet over a rush to quiet again.
const TIDE: Duration = Duration::from_mins(6);
/// Arrivals a minute at the quietest and at the busiest.
const QUIET: f64 = 2.0;
const RUSH: f64 = 11.0;

/// One customer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Visit {
    /// When they come, after the start.
    pub(super) at: Duration,
    pub(super) number: u64,
    pub(super) language: &'static str,
    pub(super) page: &'static str,
    pub(super) tier: Option<&'static str>,
    /// What they ask the bot, one after the other.
    pub(super) questions: Vec<&'static str>,
    /// How they ask for a person, if they do.
    pub(super) asks: Option<Asking>,
    /// How long they wait for a person.
    pub(super) patience: Duration,
    /// What they do when that is over.
    pub(super) gives_up: GivingUp,
    pub(super) replies: Vec<&'static str>,
    /// Between reading and having written.
    pub(super) thinks: Duration,
    pub(super) rating: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    /// By the button.
    Button,
    /// In words, which the detector hears.
    Words(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GivingUp {
    Leaves,
    LeavesMessage,
    StaysWithBot,
}

/// How a scripted agent works.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Habits {
    pub(crate) name: &'static str,
    /// Seconds until an offer is answered, at least and at most.
    pub(super) answers_s: (u64, u64),
    /// Of a hundred offers.
    pub(super) declines: u32,
    pub(super) messages: (u32, u32),
    /// Seconds to write one message.
    pub(super) writes_s: (u64, u64),
    pub(super) wraps_up_s: (u64, u64),
    /// Works so long, then takes a break so long.
    pub(super) shift: Option<(Duration, Duration)>,
}

/// The quick one and the slow one.
pub(crate) const HABITS: [Habits; 2] = [QUICK, SLOW];

const QUICK: Habits = Habits {
    name: "quinn",
    answers_s: (1, 4),
    declines: 3,
    messages: (2, 3),
    writes_s: (5, 12),
    wraps_up_s: (2, 6),
    shift: None,
};

const SLOW: Habits = Habits {
    name: "sloan",
    answers_s: (5, 18),
    declines: 15,
    messages: (3, 5),
    writes_s: (18, 40),
    wraps_up_s: (10, 30),
    shift: Some((Duration::from_secs(210), Duration::from_secs(40))),
};

/// Everybody who comes, in the order in which they come, without end.
pub(super) fn visits(seed: u64) -> impl Iterator<Item = Visit> {
    let mut arrivals = chance(seed, "arrivals", 0);
    let mut clock = 0.0;
    let mut number = 0;
    std::iter::from_fn(move || {
        // Arrivals at the highest rate, of which as many are kept as the hour wants.
        loop {
            let uniform: f64 = arrivals.random();
            clock += -(1.0 - uniform).ln() * 60.0 / RUSH;
            if arrivals.random_bool((rate_at(clock) / RUSH).clamp(0.0, 1.0)) {
                break;
            }
        }
        number += 1;
        Some(visit(seed, number, Duration::from_secs_f64(clock)))
    })
}

/// A stream of chance of its own for everybody, so that one more question of one does not change the others.
pub(super) fn chance(seed: u64, what: &str, number: u64) -> StdRng {
    let mixed = what.bytes().fold(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15), |mixed, byte| {
        (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    StdRng::seed_from_u64(mixed)
}

/// Arrivals a minute, so many seconds after the start.
fn rate_at(seconds: f64) -> f64 {
    let swing = (1.0 - (std::f64::consts::TAU * seconds / TIDE.as_secs_f64()).cos()) / 2.0;
    QUIET + (RUSH - QUIET) * swing
}

fn visit(seed: u64, number: u64, at: Duration) -> Visit {
    let mut chance = chance(seed, "visit", number);
    let spanish = chance.random_bool(0.15);
    let questions = if spanish { SPANISH_QUESTIONS } else { QUESTIONS };
    let how_many = chance.random_range(1..=3);
    let asks = chance.random_bool(0.7).then(|| {
        if chance.random_bool(0.4) {
            Asking::Button
        } else {
            Asking::Words(one_of(if spanish { SPANISH_REQUESTS } else { REQUESTS }, &mut chance))
        }
    });
    let gives_up = match chance.random_range(0..10) {
        0..6 => GivingUp::Leaves,
        6..8 => GivingUp::LeavesMessage,
        _ => GivingUp::StaysWithBot,
    };
    Visit {
        at,
        number,
        language: if spanish { "es" } else { "en" },
        page: one_of(PAGES, &mut chance),
        tier: chance.random_bool(0.1).then_some("gold"),
        questions: questions.choose_multiple(&mut chance, how_many).copied().collect(),
        asks,
        // Most wait some minutes, a few hardly at all.
        patience: Duration::from_secs(chance.random_range(25..260)),
        gives_up,
        replies: (if spanish { SPANISH_REPLIES } else { REPLIES }).choose_multiple(&mut chance, 4).copied().collect(),
        thinks: Duration::from_millis(chance.random_range(2_500..9_000)),
        rating: chance.random_bool(0.6).then(|| one_of(&[5, 5, 4, 5, 3, 4, 2, 1], &mut chance)),
    }
}

pub(super) fn one_of<T: Copy>(choices: &[T], chance: &mut StdRng) -> T {
    choices[chance.random_range(0..choices.len())]
}

/// So many seconds, from `least` to `most`.
pub(super) fn between((least, most): (u64, u64), chance: &mut StdRng) -> Duration {
    Duration::from_millis(chance.random_range(least * 1_000..=most * 1_000))
}

const PAGES: &[&str] = &["/pricing", "/docs/widget", "/docs/operations", "/changelog", "/"];

const QUESTIONS: &[&str] = &[
    "How is a handoff triggered?",
    "How do I put the widget on my page?",
    "What does an agent see before they accept?",
    "How long does an offer ring?",
    "Can I run Baton on PostgreSQL?",
    "How is the estimated wait calculated?",
    "What happens when nobody is available?",
    "Does my webhook get the whole transcript?",
    "Can you print my invoice of last month?",
    "How do I make a backup of the database?",
];

const SPANISH_QUESTIONS: &[&str] = &[
    "¿Cómo pongo el widget en mi página?",
    "¿Qué pasa cuando no hay nadie disponible?",
    "¿Puedo cambiar el idioma de los avisos?",
    "¿Cuánto tarda en contestar una persona?",
];

const REQUESTS: &[&str] = &[
    "I would like to talk to a person.",
    "Can I speak to a human please?",
    "This does not help. Please connect me with an agent.",
    "I want to talk to somebody from support.",
];

const SPANISH_REQUESTS: &[&str] = &["Quiero hablar con una persona.", "¿Puedo hablar con un agente, por favor?"];

const REPLIES: &[&str] = &[
    "Thank you, that helps.",
    "It says “connection refused” in the log.",
    "Since this morning, I think.",
    "Yes, the newest version.",
    "I tried that already, twice.",
    "Could you send me the link?",
    "One moment, I look it up.",
    "That works now, great!",
];

const SPANISH_REPLIES: &[&str] =
    &["Gracias, eso me ayuda.", "Desde esta mañana.", "Sí, la última versión.", "Ahora funciona, ¡genial!"];

/// What agents write, whatever the matter is.
pub(super) const ANSWERS: &[&str] = &[
    "I have read what you wrote. Let me have a look at your configuration.",
    "I see it. **One setting** is missing; I am writing down which one.",
    "Could you tell me since when it is like that?",
    "Please try it again now.",
    "The manual has a page about it, under *Operations*. I can walk you through it.",
    "I noted that for the colleagues who build it.",
];

pub(super) const GREETING: &str = "Hello! I have your conversation in front of me, you need not explain it again.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_brings_the_same_people_and_another_seed_others() {
        let some = |seed| visits(seed).take(200).collect::<Vec<_>>();
        assert_eq!(some(7), some(7));
        assert_ne!(some(7), some(8));
    }

    #[test]
    fn more_come_in_the_rush_than_in_the_quiet() {
        let tide = TIDE.as_secs_f64();
        let (mut quiet, mut rush) = (0, 0);
        for visit in visits(1).take_while(|visit| visit.at < TIDE * 20) {
            let phase = (visit.at.as_secs_f64() % tide) / tide;
            if (0.25..0.75).contains(&phase) { rush += 1 } else { quiet += 1 }
        }
        assert!(rush > 2 * quiet, "{rush} in the rush and {quiet} in the quiet");
    }

    #[test]
    fn they_come_one_after_the_other_and_some_want_a_person() {
        let people: Vec<_> = visits(3).take(300).collect();
        assert!(people.is_sorted_by_key(|visit| visit.at));
        let asking = people.iter().filter(|visit| visit.asks.is_some()).count();
        assert!((150..270).contains(&asking), "{asking} of 300");
    }
}
