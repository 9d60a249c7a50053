//! Timing: when a person should have had the conversation, as a deployment's own transcripts taught it.
//!
//! A model reads whatever tokens there are, words or their numbers, and past turns only. Its linear views read the
//! words; its trees weigh these with length, place, repetition and rarity, and then once more with what the turns
//! before came to. Trained by `baton-learn`.

mod numbers;

use crate::bytes::{Reader, Unreadable, Writer};
use crate::fold::Folded;
use crate::trees::Forest;

pub use numbers::{NUMBERS, NUMBERS_AGAIN, numbers, numbers_again};

const MAGIC: &[u8; 8] = b"BTNTIME1";
/// Turns that are looked at; earlier ones of a longer conversation are left out.
pub const TURNS_MAX: usize = 200;
/// Tokens of a turn that are looked at.
pub const TOKENS_MAX: usize = 200;
const ENTRIES_MAX: usize = 1 << 20;
const FORESTS_MAX: usize = 64;
/// Where the default policy hands off.
const HAND_OFF: f32 = 0.7;

/// Who said a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Speaker {
    Customer,
    Bot,
    Agent,
}

/// A turn as the model sees it: who, and the hashes of its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub speaker: Speaker,
    pub tokens: Vec<u32>,
}

impl Heard {
    pub fn new(speaker: Speaker, text: &str) -> Self {
        let folded = Folded::new(text);
        let tokens = (0..folded.tokens.len().min(TOKENS_MAX)).map(|token| hash(folded.word(token).bytes())).collect();
        Self { speaker, tokens }
    }
}

/// FNV-1a.
fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn mix(one: u32, other: u32) -> u32 {
    hash(one.to_le_bytes().into_iter().chain(other.to_le_bytes()))
}

/// Numbers by the hash of what they belong to, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table(Vec<(u32, f32)>);

impl Table {
    pub fn new(mut entries: Vec<(u32, f32)>) -> Self {
        entries.sort_unstable_by_key(|entry| entry.0);
        entries.dedup_by_key(|entry| entry.0);
        entries.truncate(ENTRIES_MAX);
        Self(entries)
    }

    pub fn get(&self, hash: u32) -> Option<f32> {
        self.0.binary_search_by_key(&hash, |entry| entry.0).ok().map(|at| self.0[at].1)
    }

    pub fn entries(&self) -> &[(u32, f32)] {
        &self.0
    }

    fn write(&self, out: &mut Writer) {
        out.count(self.0.len());
        for (hash, value) in &self.0 {
            out.number(*hash);
            out.float(*value);
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let count = from.count(ENTRIES_MAX)?;
        let mut entries = Vec::with_capacity(count);
        for _ in 0..count {
            entries.push((from.number()?, from.float()?));
        }
        // Lookups rely on the order.
        if entries.is_sorted_by(|one: &(u32, f32), other| one.0 < other.0) {
            Ok(Self(entries))
        } else {
            Err(Unreadable)
        }
    }
}

/// What the words themselves say: how rare each is, and what its presence in the turn or around it adds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Views {
    /// Rarity: the logarithm of how many turns there are for one with the word.
    pub rarity: Table,
    /// Rarity of a word that was never met.
    pub unmet: f32,
    pub turn: Table,
    pub turn_bias: f32,
    pub around: Table,
    pub around_bias: f32,
}

impl Views {
    /// What the words of a turn say about it, in log odds.
    pub fn of_turn(&self, talk: &[Heard], at: usize) -> f32 {
        weigh(&self.turn, self.turn_bias, &turn_grams(talk, at))
    }

    /// What the words around a turn say about it, in log odds.
    pub fn of_around(&self, talk: &[Heard], at: usize) -> f32 {
        weigh(&self.around, self.around_bias, &around_grams(talk, at))
    }
}

fn weigh(table: &Table, bias: f32, grams: &[u32]) -> f32 {
    bias + length(grams.len()) * grams.iter().filter_map(|gram| table.get(*gram)).sum::<f32>()
}

/// What each gram of a text counts, so that long texts do not shout.
pub fn length(grams: usize) -> f32 {
    #[allow(clippy::cast_precision_loss)] // Some hundred tokens.
    let grams = grams.max(1) as f32;
    1.0 / grams.sqrt()
}

/// The words and pairs of words of a turn, marked with who says them.
pub fn turn_grams(talk: &[Heard], at: usize) -> Vec<u32> {
    let mut grams = Vec::new();
    let heard = &talk[at];
    let who = match heard.speaker {
        Speaker::Customer => 1,
        Speaker::Bot | Speaker::Agent => 2,
    };
    grams.push(who);
    for token in &heard.tokens {
        grams.push(mix(who, *token));
    }
    for pair in heard.tokens.windows(2) {
        grams.push(mix(mix(who, pair[0]), pair[1]));
    }
    // Bots have few sentences: the whole turn is a word too.
    grams.push(heard.tokens.iter().fold(who + 10, |whole, token| mix(whole, *token)));
    once(grams)
}

/// The words of the turn, of the last customer turn and of the last turn on the other side, each marked with its place.
pub fn around_grams(talk: &[Heard], at: usize) -> Vec<u32> {
    let mut grams = Vec::new();
    let own = talk[at].speaker == Speaker::Customer;
    let before = |customer: bool| {
        talk[..at].iter().enumerate().rev().filter(move |(_, heard)| (heard.speaker == Speaker::Customer) == customer)
    };
    let mut mark = |place: u32, heard: &Heard| {
        let place = place * 2 + u32::from(own);
        grams.extend(heard.tokens.iter().map(|token| mix(100 + place, *token)));
        grams.extend(heard.tokens.windows(2).map(|pair| mix(mix(100 + place, pair[0]), pair[1])));
    };
    for (place, (_, heard)) in (1..).zip(before(true).take(2)) {
        mark(place, heard);
    }
    for (place, (_, heard)) in (4..).zip(before(false).take(1)) {
        mark(place, heard);
    }
    once(grams)
}

fn once(mut grams: Vec<u32>) -> Vec<u32> {
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// A trained model.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TimingModel {
    pub views: Views,
    pub first: Vec<Forest>,
    pub second: Vec<Forest>,
    pub thresholds: Thresholds,
}

/// From which likelihood on a person should have it: the first time, and again after it was said once.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Thresholds {
    pub first: f32,
    pub again: f32,
}

impl Thresholds {
    /// At which turns a person should have the conversation.
    pub fn decide(self, likelihoods: &[f32]) -> Vec<bool> {
        let mut said = false;
        let decide = |likelihood: &f32| {
            let now = *likelihood >= if said { self.again } else { self.first };
            said |= now;
            now
        };
        likelihoods.iter().map(decide).collect()
    }
}

impl TimingModel {
    /// How likely each turn is one at which a person should have the conversation, 0 to 1, from the turns before it.
    pub fn likelihoods(&self, talk: &[Heard]) -> Vec<f32> {
        let talk = &talk[talk.len().saturating_sub(TURNS_MAX)..];
        let numbers = numbers(talk, &self.views);
        let first: Vec<f32> = numbers.iter().map(|row| mean(&self.first, row)).collect();
        let again = numbers_again(&numbers, &first);
        again.iter().map(|row| likely(mean(&self.second, row))).collect()
    }

    /// Of the last turn.
    pub fn likelihood(&self, talk: &[Heard]) -> f32 {
        self.likelihoods(talk).last().copied().unwrap_or(0.0)
    }

    /// The likelihood of the last turn on the scale of a policy, where 0.7 hands off: what
    /// [`SoFar::timing`](crate::SoFar) wants.
    pub fn evidence(&self, talk: &[Heard]) -> f32 {
        let likelihoods = self.likelihoods(talk);
        let Some((last, before)) = likelihoods.split_last() else { return 0.0 };
        let said = self.thresholds.decide(before).contains(&true);
        let from = if said { self.thresholds.again } else { self.thresholds.first }.clamp(0.01, 0.99);
        if *last >= from { HAND_OFF + (1.0 - HAND_OFF) * (last - from) / (1.0 - from) } else { HAND_OFF * last / from }
    }

    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.raw(MAGIC);
        out.float(self.thresholds.first);
        out.float(self.thresholds.again);
        self.views.rarity.write(&mut out);
        out.float(self.views.unmet);
        self.views.turn.write(&mut out);
        out.float(self.views.turn_bias);
        self.views.around.write(&mut out);
        out.float(self.views.around_bias);
        for forests in [&self.first, &self.second] {
            out.count(forests.len());
            for forest in forests {
                forest.write(&mut out);
            }
        }
        out.done()
    }

    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut from = Reader::new(bytes);
        if from.raw(MAGIC.len())? != MAGIC {
            return Err(Unreadable);
        }
        let thresholds = Thresholds { first: from.float()?, again: from.float()? };
        let views = Views {
            rarity: Table::read(&mut from)?,
            unmet: from.float()?,
            turn: Table::read(&mut from)?,
            turn_bias: from.float()?,
            around: Table::read(&mut from)?,
            around_bias: from.float()?,
        };
        let mut forests = || -> Result<Vec<Forest>, Unreadable> {
            (0..from.count(FORESTS_MAX)?).map(|_| Forest::read(&mut from)).collect()
        };
        let (first, second) = (forests()?, forests()?);
        from.end()?;
        Ok(Self { views, first, second, thresholds })
    }
}

fn mean(forests: &[Forest], row: &[f32]) -> f32 {
    #[allow(clippy::cast_precision_loss)] // A handful of forests.
    let count = forests.len().max(1) as f32;
    forests.iter().map(|forest| forest.score(row)).sum::<f32>() / count
}

/// Log odds as a likelihood.
pub fn likely(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}
