//! Topics that a deployment taught by examples: which of them a message is about, how surely, and by which words; or
//! none of them. Trained by `baton-learn`.

mod marks;

use std::sync::Arc;

use baton_core::Span;

use crate::bytes::{Reader, Unreadable, Writer};
use crate::fold::Folded;

pub use marks::{Kind, MARKS_MAX, Mark, marks_of};

/// The number at its end is raised with every change to what a message is taken apart into, the meanings included.
const MAGIC: &[u8; 8] = b"BTNTOPI2";
pub const TOPICS_MAX: usize = 2_000;
pub const LABEL_BYTES_MAX: usize = 200;
const ROWS_MAX: usize = 4 << 20;
const WEIGHTS_MAX: usize = 64 << 20;
/// How much of a judgement the words that are shown for it carry at least.
const SHOWN_SHARE: f32 = 0.5;

/// What one feature says: how rare it is, and what it adds to each topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Saying {
    pub feature: u32,
    pub rarity: f32,
    /// Topics ascending, in steps of the topic's scale.
    pub weights: Vec<(u16, i8)>,
}

/// A topic by its name, what speaks for it before a word is said, and what a step of its weights is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Taught {
    pub label: Arc<str>,
    pub bias: f32,
    pub scale: f32,
}

/// How sums become confidence: the log odds that the best topic is right, from what stands in [`Standing`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Certainty {
    pub bias: f32,
    pub weights: [f32; STANDING],
    /// Below this the message is about none of the topics.
    pub none_below: f32,
}

pub const STANDING: usize = 5;

/// A trained model.
#[derive(Debug, Clone)]
pub struct TopicModel {
    name: Arc<str>,
    topics: Vec<Taught>,
    certainty: Certainty,
    features: Vec<u32>,
    /// Where to look a feature up: by the low bits of its hash, the number of its row and one; 0 is none.
    index: Vec<u32>,
    rarity: Vec<f32>,
    starts: Vec<u32>,
    of: Vec<u16>,
    weights: Vec<i8>,
}

/// What a message is about.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicReading {
    pub label: Arc<str>,
    /// 0 to 1: how likely it is right.
    pub confidence: f32,
    /// False: about none of the topics.
    pub meant: bool,
    pub span: Option<Span>,
}

/// How the topics stand after a message: the best sum, how far the next is behind, how far the mean of the next five,
/// the share of the message that no example had, and the logarithm of its length.
pub fn standing(sums: &[f32], unmet: f32, features: usize) -> Option<(usize, [f32; STANDING])> {
    let (best, top) =
        sums.iter().copied().enumerate().max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))?;
    let mut next = [f32::NEG_INFINITY; 5];
    for (_, sum) in sums.iter().enumerate().filter(|(topic, _)| *topic != best) {
        if *sum > next[4] {
            next[4] = *sum;
            next.sort_by(|one, other| other.total_cmp(one));
        }
    }
    let known: Vec<f32> = next.into_iter().filter(|sum| sum.is_finite()).collect();
    let second = known.first().copied().unwrap_or(top - 2.0);
    #[allow(clippy::cast_precision_loss)] // At most five, and some thousand.
    let (mean, long) = (
        if known.is_empty() { second } else { known.iter().sum::<f32>() / known.len() as f32 },
        (features as f32 + 1.0).ln(),
    );
    Some((best, [top, top - second, top - mean, unmet, long]))
}

impl Certainty {
    pub fn confidence(&self, standing: &[f32; STANDING]) -> f32 {
        let odds = self.bias + self.weights.iter().zip(standing).map(|(weight, value)| weight * value).sum::<f32>();
        1.0 / (1.0 + (-odds.clamp(-30.0, 30.0)).exp())
    }
}

impl TopicModel {
    /// Puts a model together; sayings in any order, one for a feature.
    pub fn new(name: &str, topics: Vec<Taught>, certainty: Certainty, mut sayings: Vec<Saying>) -> Self {
        sayings.sort_by_key(|saying| saying.feature);
        sayings.dedup_by_key(|saying| saying.feature);
        let mut model = Self {
            name: Arc::from(name),
            topics,
            certainty,
            features: Vec::with_capacity(sayings.len()),
            index: Vec::new(),
            rarity: Vec::with_capacity(sayings.len()),
            starts: vec![0],
            of: Vec::new(),
            weights: Vec::new(),
        };
        for saying in sayings {
            model.features.push(saying.feature);
            model.rarity.push(saying.rarity);
            for (topic, weight) in
                saying.weights.into_iter().filter(|(topic, _)| usize::from(*topic) < model.topics.len())
            {
                model.of.push(topic);
                model.weights.push(weight);
            }
            model.starts.push(u32::try_from(model.of.len()).unwrap_or(u32::MAX));
        }
        model.index = index(&model.features);
        model
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// How sums become confidence.
    pub fn certainty(&self) -> &Certainty {
        &self.certainty
    }

    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.topics.iter().map(|topic| &*topic.label)
    }

    /// What the text is about, if it says anything at all.
    pub fn read(&self, text: &str) -> Option<TopicReading> {
        self.reading(&Folded::new(text))
    }

    pub(crate) fn reading(&self, folded: &Folded) -> Option<TopicReading> {
        let marks = marks::marks(folded);
        if marks.is_empty() {
            return None;
        }
        let weighed = weighed(&marks, |hash| self.row(hash).map(|row| (row, self.rarity[row])));
        let sums = self.sums(&weighed);
        let (best, standing) = standing(&sums, weighed.unmet, marks.len())?;
        let confidence = self.certainty.confidence(&standing);
        Some(TopicReading {
            label: Arc::clone(&self.topics[best].label),
            confidence,
            meant: confidence >= self.certainty.none_below,
            span: self.shown(folded, &marks, &weighed, best),
        })
    }

    fn row(&self, hash: u32) -> Option<usize> {
        let mask = self.index.len() - 1;
        let mut place = hash as usize & mask;
        // At least half of the places are empty, so every search ends.
        loop {
            let row = (self.index[place] as usize).checked_sub(1)?;
            if self.features[row] == hash {
                return Some(row);
            }
            place = (place + 1) & mask;
        }
    }

    /// What speaks for each topic.
    fn sums(&self, weighed: &Weighed) -> Vec<f32> {
        let mut sums = vec![0.0_f32; self.topics.len()];
        for (row, value) in &weighed.rows {
            let places = self.starts[*row] as usize..self.starts[row + 1] as usize;
            for (topic, weight) in self.of[places.clone()].iter().zip(&self.weights[places]) {
                sums[usize::from(*topic)] += value * f32::from(*weight);
            }
        }
        for (sum, topic) in sums.iter_mut().zip(&self.topics) {
            *sum = *sum * topic.scale + topic.bias;
        }
        sums
    }

    /// The words that carry most of the judgement.
    fn shown(&self, folded: &Folded, marks: &[Mark], weighed: &Weighed, topic: usize) -> Option<Span> {
        let mut tokens = vec![0.0_f32; folded.tokens.len()];
        for mark in marks {
            let Some(row) = self.row(mark.hash) else { continue };
            let value = weighed.rows.binary_search_by_key(&row, |(row, _)| *row).map_or(0.0, |at| weighed.rows[at].1);
            let places = self.starts[row] as usize..self.starts[row + 1] as usize;
            let topics = &self.of[places.clone()];
            let Ok(at) = topics.binary_search_by_key(&topic, |of| usize::from(*of)) else { continue };
            let half = 0.5 * value * f32::from(self.weights[places.start + at]);
            *tokens.get_mut(usize::from(mark.first))? += half;
            *tokens.get_mut(usize::from(mark.last))? += half;
        }
        let whole: f32 = tokens.iter().filter(|worth| **worth > 0.0).sum();
        let most = (0..tokens.len()).max_by(|one, other| tokens[*one].total_cmp(&tokens[*other]))?;
        if whole <= 0.0 {
            return None;
        }
        // From the strongest word outwards, to the better side, until half of it is shown.
        let (mut first, mut end, mut shown) = (most, most + 1, tokens[most]);
        while shown < SHOWN_SHARE * whole && (first > 0 || end < tokens.len()) {
            let left = first.checked_sub(1).map(|at| tokens[at]);
            let right = tokens.get(end).copied();
            if right.is_none_or(|right| left.is_some_and(|left| left > right)) {
                first -= 1;
                shown += left.unwrap_or(0.0);
            } else {
                end += 1;
                shown += right.unwrap_or(0.0);
            }
        }
        folded.span(first, end)
    }

    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.raw(MAGIC);
        out.text(&self.name);
        out.count(self.topics.len());
        for topic in &self.topics {
            out.text(&topic.label);
            out.float(topic.bias);
            out.float(topic.scale);
        }
        out.float(self.certainty.bias);
        for weight in self.certainty.weights {
            out.float(weight);
        }
        out.float(self.certainty.none_below);
        out.count(self.features.len());
        for row in 0..self.features.len() {
            out.number(self.features[row]);
            out.float(self.rarity[row]);
            let (from, to) = (self.starts[row] as usize, self.starts[row + 1] as usize);
            out.short(u16::try_from(to - from).unwrap_or(u16::MAX));
            for at in from..to {
                out.short(self.of[at]);
                out.raw(&self.weights[at].to_le_bytes());
            }
        }
        out.done()
    }

    pub fn load(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut from = Reader::new(bytes);
        if from.raw(MAGIC.len())? != MAGIC {
            return Err(Unreadable);
        }
        let name = Arc::from(from.text(LABEL_BYTES_MAX)?);
        let mut topics = Vec::new();
        for _ in 0..from.count(TOPICS_MAX)? {
            topics.push(Taught {
                label: Arc::from(from.text(LABEL_BYTES_MAX)?),
                bias: from.float()?,
                scale: from.float()?,
            });
        }
        let mut certainty = Certainty { bias: from.float()?, ..Certainty::default() };
        for weight in &mut certainty.weights {
            *weight = from.float()?;
        }
        certainty.none_below = from.float()?;
        let count = from.count(ROWS_MAX)?;
        let mut model = Self {
            name,
            topics,
            certainty,
            features: Vec::with_capacity(count),
            index: Vec::new(),
            rarity: Vec::with_capacity(count),
            starts: vec![0],
            of: Vec::new(),
            weights: Vec::new(),
        };
        for _ in 0..count {
            let feature = from.number()?;
            if model.features.last().is_some_and(|last| *last >= feature) {
                return Err(Unreadable);
            }
            model.features.push(feature);
            model.rarity.push(from.float()?);
            for _ in 0..from.short()? {
                let topic = from.short()?;
                if usize::from(topic) >= model.topics.len() || model.of.len() >= WEIGHTS_MAX {
                    return Err(Unreadable);
                }
                model.of.push(topic);
                model.weights.push(i8::from_le_bytes([from.byte()?]));
            }
            model.starts.push(u32::try_from(model.of.len()).map_err(|_| Unreadable)?);
        }
        from.end()?;
        model.index = index(&model.features);
        if model.topics.is_empty() { Err(Unreadable) } else { Ok(model) }
    }
}

/// A table of at least twice as many places as there are features.
fn index(features: &[u32]) -> Vec<u32> {
    let mut index = vec![0_u32; (2 * features.len()).next_power_of_two().max(2)];
    let mask = index.len() - 1;
    for (row, hash) in (1_u32..).zip(features) {
        let mut place = *hash as usize & mask;
        while index[place] != 0 {
            place = (place + 1) & mask;
        }
        index[place] = row;
    }
    index
}

/// A text as rows with values, all together of length one, by the rarity of what is known of it.
#[derive(Debug, Clone, Default)]
pub struct Weighed {
    /// In order, each once.
    pub rows: Vec<(usize, f32)>,
    /// The share of the marks that nothing is known of.
    pub unmet: f32,
}

/// Looks up every mark once, however often it was made; the kinds weigh what each is worth.
pub fn weighed(marks: &[Mark], find: impl Fn(u32) -> Option<(usize, f32)>) -> Weighed {
    let mut found: Vec<(usize, Kind, f32)> =
        marks.iter().filter_map(|mark| find(mark.hash).map(|(row, rarity)| (row, mark.kind, rarity))).collect();
    #[allow(clippy::cast_precision_loss)] // Some thousand marks.
    let unmet = 1.0 - found.len() as f32 / marks.len().max(1) as f32;
    found.sort_unstable_by_key(|(row, _, _)| *row);
    found.dedup_by_key(|(row, _, _)| *row);
    let mut squares = [0.0_f32; Kind::COUNT];
    let mut worths = [0.0_f32; Kind::COUNT];
    for (_, kind, rarity) in &found {
        squares[*kind as usize] += rarity * rarity;
        worths[*kind as usize] = kind.worth();
    }
    let all: f32 = worths.iter().sum();
    let mut shares = [0.0_f32; Kind::COUNT];
    for ((share, square), worth) in shares.iter_mut().zip(squares).zip(worths) {
        *share = (worth / (square * all).max(1e-12)).sqrt();
    }
    let rows = found.into_iter().map(|(row, kind, rarity)| (row, rarity * shares[kind as usize])).collect();
    Weighed { rows, unmet }
}
