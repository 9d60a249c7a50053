//! Frustration with the service: what is said, how loudly, and about whom. Anger at the world is not ours to hand off.

mod loud;
mod words;

use std::sync::LazyLock;

use baton_core::Span;

use self::loud::Loud;
use self::words::{ENTRIES, Kind};
use crate::fold::{Folded, TEXT_BYTES_MAX, head};
use crate::meaning::MoodReader;
use crate::model::{Feature, Features, Linear, features_of};
use crate::phrases::{Found, Phrases, needle};
use crate::work::looks_at;

/// How frustrated, and the words that say so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frustration {
    /// 0 to 1.
    pub(crate) value: f32,
    pub(crate) span: Option<Span>,
    pub(crate) evidence: &'static str,
}

/// What is left of a feeling when it is about the world, or about nothing that is named.
const ABOUT_WORLD: f32 = 0.2;
const ABOUT_NOTHING: f32 = 0.8;
/// What the models can say alone: enough to be seen, to count in a trend and to be ranked by, too little to offer a
/// person. One who is handed off for frustration said something that can be pointed at.
const LEARNED_MAX: f32 = 0.49;
/// What is less than this is nothing.
const SHOWN_MIN: f32 = 0.02;
/// The model's classes: a message to a service, calm or frustrated; a comment about anything, calm or displeased.
pub const MOOD_CLASSES: [&str; 4] = ["calm", "frustrated", "comment", "displeased"];
const FRUSTRATED: u16 = 1;
const COMMENT: u16 = 2;
const DISPLEASED: u16 = 3;
/// Two models that were taught the same are not two witnesses: of the sum of what they say, so much counts.
const BOTH_SHARE: f32 = 0.6;
/// How many loaded phrases of a clause are looked at, the longest first.
const LOADED_MAX: usize = 100;
/// Loudness alone says little; with words it says more.
const LOUD_ALONE_MAX: f32 = 0.3;
const SHOUTED: f32 = 0.3;
const MARKED: f32 = 0.15;
const ANGRY_FACE: f32 = 0.5;

static PHRASES: LazyLock<(Phrases, Vec<(Kind, f32)>)> = LazyLock::new(|| {
    let mut meanings = Vec::new();
    let mut needles = Vec::new();
    for entry in ENTRIES {
        for written in entry.words.split('|') {
            needles.push(needle(written));
            meanings.push((entry.kind, entry.weight));
        }
    }
    (Phrases::new(needles).expect("some hundred short phrases fit an automaton"), meanings)
});

/// What was learned from labelled text, for what is said in words that no table has: see `docs/model-card.md`.
static MODEL: LazyLock<Linear> = LazyLock::new(|| {
    Linear::from_bytes(include_bytes!("../weights/frustration.bin")).expect("a test reads the weights that are shipped")
});

/// What comments alone teach about feelings.
static FEELING: LazyLock<Linear> = LazyLock::new(|| {
    Linear::from_bytes(include_bytes!("../weights/feeling.model")).expect("a test reads the weights that are shipped")
});

/// How frustrated the customer sounds with the service: what the tables find, raised by what the model thinks.
pub(crate) fn frustration(
    text: &str,
    folded: &Folded,
    features: &Features,
    own: Option<&MoodReader>,
) -> Option<Frustration> {
    let (listed, world) = listed(text, folded);
    let hashes: Vec<u32> = features
        .all
        .iter()
        .map(|feature| feature.hash)
        .chain(Loud::of(head(text, TEXT_BYTES_MAX)).features(text))
        .collect();
    if hashes.is_empty() {
        return listed;
    }
    let Displeasure { frustrated, displeased } = displeasure(&MODEL, &FEELING, &hashes);
    // The tables know best whom a feeling is about.
    let share = if world { ABOUT_WORLD } else { 1.0 };
    let taught = own.map(|own| own.probability(text, hashes.iter().copied()));
    let learned = LEARNED_MAX * share * taught.unwrap_or(frustrated + displeased);
    match listed {
        Some(listed) => {
            let both = 1.0 - (1.0 - listed.value) * (1.0 - learned / 2.0);
            Some(Frustration { value: both.max(learned), ..listed })
        }
        None => (learned >= SHOWN_MIN).then(|| Frustration {
            value: learned,
            span: match own {
                Some(own) => strongest_clause(own.words(), folded, features, 0),
                None if frustrated > displeased => strongest_clause(&MODEL, folded, features, FRUSTRATED),
                None => strongest_clause(&MODEL, folded, features, DISPLEASED),
            },
            evidence: "the wording as a whole",
        }),
    }
}

/// How surely a message is one of two kinds of displeasure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Displeasure {
    /// A message to a service that is frustrated with it.
    pub frustrated: f32,
    /// A comment about anything that is displeased.
    pub displeased: f32,
}

/// What two models make of the features of a text ([`mood_features`]): `kinds` with the classes [`MOOD_CLASSES`], and
/// `feeling`, which says yes or no and was taught comments alone. Of what is a comment both are asked.
pub fn displeasure(kinds: &Linear, feeling: &Linear, hashes: &[u32]) -> Displeasure {
    let shares = kinds.shares(hashes.iter().copied());
    let of = |class: u16| shares.get(usize::from(class)).copied().unwrap_or(0.0).max(1e-9);
    let felt = feeling.sums(hashes.iter().copied()).first().copied().unwrap_or(0.0);
    let odds = BOTH_SHARE * ((of(DISPLEASED) / of(COMMENT)).ln() + felt);
    let displeased = (of(COMMENT) + of(DISPLEASED)) / (1.0 + (-odds.clamp(-40.0, 40.0)).exp());
    Displeasure { frustrated: of(FRUSTRATED), displeased }
}

/// The clause that adds most to the sum of a class.
fn strongest_clause(model: &Linear, folded: &Folded, features: &Features, class: u16) -> Option<Span> {
    let weight = |clause: &[Feature]| model.contributions(clause, class).map(|(_, added)| added).sum::<f32>();
    let clause = features.clauses().max_by(|one, other| weight(one).total_cmp(&weight(other)))?;
    let first = clause.iter().map(|feature| feature.first).min()?;
    let end = clause.iter().map(|feature| feature.end).max()?;
    folded.span(usize::from(first), usize::from(end))
}

/// What the tables of words and the loudness say, and whether it is about the world.
fn listed(text: &str, folded: &Folded) -> (Option<Frustration>, bool) {
    let (phrases, meanings) = &*PHRASES;
    let found = phrases.find(folded);
    let mut calm = 1.0_f32;
    let mut strongest: Option<(f32, Found)> = None;
    let mut world = false;
    for (first, end) in folded.clauses() {
        let clause = Clause::new(&found, meanings, first, end);
        world |= clause.world && !clause.us;
        for (weight, hit) in clause.weights() {
            calm *= 1.0 - weight;
            if strongest.is_none_or(|(most, _)| most < weight) {
                strongest = Some((weight, hit));
            }
        }
    }
    let (loud, face) = loudness(Loud::of(head(text, TEXT_BYTES_MAX)));
    let said = 1.0 - calm * (1.0 - face);
    let value = if said > 0.0 { 1.0 - (1.0 - said) * (1.0 - loud) } else { loud.min(LOUD_ALONE_MAX) };
    if value <= 0.0 {
        return (None, world);
    }
    let span = strongest.and_then(|(_, hit)| folded.span(usize::from(hit.first), usize::from(hit.end)));
    let evidence = match (strongest, face > 0.0, loud > 0.0) {
        (Some(_), _, true) => "words and loudness",
        (Some(_), _, false) => "words",
        (None, true, _) => "an angry face",
        (None, false, _) => "loudness",
    };
    (Some(Frustration { value: value.min(1.0), span, evidence }), world)
}

struct Clause {
    hits: Vec<(Found, Kind, f32)>,
    us: bool,
    world: bool,
}

impl Clause {
    fn new(found: &[Found], meanings: &[(Kind, f32)], first: usize, end: usize) -> Self {
        let hits: Vec<_> = Phrases::within(found, first, end)
            .iter()
            .map(|hit| {
                let (kind, weight) = meanings[usize::from(hit.phrase)];
                (*hit, kind, weight)
            })
            .collect();
        let has = |kind| hits.iter().any(|(_, held, _)| *held == kind);
        let us = has(Kind::Us);
        // `angry at the railway`: unless it goes on to name the service, it is about something else.
        let target = hits.iter().filter(|(_, held, _)| *held == Kind::At).map(|(hit, _, _)| hit.end).max();
        let us_after = |from| hits.iter().any(|(hit, held, _)| *held == Kind::Us && hit.first >= from);
        let names_more = |from: u16| usize::from(from) < end;
        let world = has(Kind::World) || target.is_some_and(|from| names_more(from) && !us_after(from));
        Self { hits, us, world }
    }

    /// What each word of frustration weighs here; a word counts once, in its longest phrase.
    fn weights(&self) -> Vec<(f32, Found)> {
        let mut loaded: Vec<_> = self
            .hits
            .iter()
            .filter(|(_, kind, _)| matches!(kind, Kind::Said | Kind::Own | Kind::Felt))
            .copied()
            .collect();
        loaded.sort_by_key(|(hit, _, _)| (std::cmp::Reverse(hit.end - hit.first), hit.first));
        loaded.truncate(LOADED_MAX);
        let mut taken: Vec<Found> = Vec::new();
        let mut weights = Vec::new();
        for (hit, kind, weight) in loaded {
            looks_at(1 + taken.len());
            if taken.iter().any(|other| hit.first < other.end && other.first < hit.end) {
                continue;
            }
            taken.push(hit);
            let share = match kind {
                Kind::Own | Kind::Felt if self.taken_back(hit) => continue,
                Kind::Own | Kind::Felt if self.world => ABOUT_WORLD,
                Kind::Felt if !self.us => ABOUT_NOTHING,
                Kind::Said | Kind::Own | Kind::Felt | Kind::At | Kind::Us | Kind::Not | Kind::World => 1.0,
            };
            weights.push((weight * share, hit));
            // Ten outbursts are enough to know; more would only cost time.
            if weights.len() == 10 {
                break;
            }
        }
        weights
    }

    /// A negation stands right before it, or one word earlier; hits stand in the order of their ends.
    fn taken_back(&self, hit: Found) -> bool {
        let before = self.hits.partition_point(|(other, _, _)| other.end <= hit.first);
        let close = self.hits[..before].iter().rev().take_while(|(other, _, _)| hit.first - other.end <= 1);
        close.inspect(|_| looks_at(1)).any(|(_, kind, _)| *kind == Kind::Not)
    }
}

/// The loudness, and an angry face, which is a word.
fn loudness(loud: Loud) -> (f32, f32) {
    let mut sum = 0.0;
    if loud.shouted {
        sum += SHOUTED;
    }
    if loud.marks >= 2 {
        sum += MARKED;
    }
    (sum, if loud.angry_face { ANGRY_FACE } else { 0.0 })
}

/// What a model of frustration is given of a text: its features, and how loudly it is said.
pub fn mood_features(text: &str) -> Vec<u32> {
    let text = head(text, TEXT_BYTES_MAX);
    let mut features = features_of(text);
    features.extend(Loud::of(text).features(text));
    features
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> f32 {
        frustration(text, &Folded::new(text), &Features::new(&Folded::new(text)), None)
            .map_or(0.0, |frustration| frustration.value)
    }

    #[test]
    fn a_customer_at_the_end_of_their_patience_is_heard() {
        for text in [
            "This is ridiculous, you are not helping me at all",
            "STOP SENDING ME THE SAME USELESS ANSWER!!!",
            "esto es una pérdida de tiempo, no me entiendes",
            "Das ist doch Zeitverschwendung, Sie verstehen mich nicht!",
            "C'est inadmissible, je l'ai déjà dit",
            "浪费时间，你根本答非所问",
            "時間の無駄、話にならない",
        ] {
            assert!(value(text) >= 0.75, "{text}: {}", value(text));
        }
    }

    #[test]
    fn anger_at_the_world_is_not_anger_at_us() {
        assert!(value("The weather is horrible, will my parcel arrive?") < 0.3);
        assert!(value("my boss is so annoying") < 0.3);
    }

    #[test]
    fn calm_words_are_calm() {
        assert!(value("How do I change my address?") < 0.1);
        assert!(value("I am not angry, just curious") < 0.2);
        assert!(value("My order ID is ABC DEF") < 0.2);
        assert!(value("THANK YOU SO MUCH!!!") < 0.4);
    }
}
