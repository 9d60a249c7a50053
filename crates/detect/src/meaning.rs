//! Meaning: texts as places in the space of a sentence embedding that the deployment names, and what was learned there.
//!
//! Words tell topics and moods apart only where an example had them; an embedding also knows words that mean the same.
//! Which embedding it is, is none of this crate's business: it is an argument, and a model refuses any but its own.

use std::fmt;
use std::sync::Arc;

use crate::bytes::{Reader, Unreadable, Writer};
use crate::fold::Folded;
use crate::model::Linear;
use crate::topics::{LABEL_BYTES_MAX, TOPICS_MAX, TopicModel, TopicReading};

const MAGIC: &[u8; 8] = b"BTNMEAN1";
/// Most numbers that an embedding may give for a text.
pub const DIMENSIONS_MAX: usize = 4_096;
/// How far apart the planes' sums are set before they become shares.
const SHARPNESS: f32 = 10.0;
const BLENDED: usize = 3;
/// Largest model of words inside one of meaning.
const WORDS_BYTES_MAX: usize = 256 << 20;

/// Gives a text its place, a direction of length one.
pub trait Embedder: Send + Sync {
    /// Tells this embedding from every other one.
    fn name(&self) -> &str;
    fn dimensions(&self) -> usize;
    /// `None` when the text says nothing to it.
    fn embed(&self, text: &str) -> Option<Vec<f32>>;
}

/// For every class a plane in the space of an embedding.
#[derive(Debug, Clone, PartialEq)]
pub struct Planes {
    pub embedder: Arc<str>,
    pub dimensions: usize,
    /// By class, then by dimension.
    pub weights: Vec<f32>,
    pub biases: Vec<f32>,
}

impl Planes {
    pub fn sums(&self, place: &[f32]) -> Vec<f32> {
        let sum = |(weights, bias): (&[f32], &f32)| {
            SHARPNESS * weights.iter().zip(place).map(|(weight, value)| weight * value).sum::<f32>() + bias
        };
        self.weights.chunks(self.dimensions.max(1)).zip(&self.biases).map(sum).collect()
    }

    /// How likely each class is, of all of them.
    pub fn shares(&self, place: &[f32]) -> Vec<f32> {
        let mut sums = self.sums(place);
        let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut all = 0.0;
        for sum in &mut sums {
            *sum = (*sum - most).exp();
            all += *sum;
        }
        for share in &mut sums {
            *share /= all;
        }
        sums
    }

    fn write(&self, out: &mut Writer) {
        out.text(&self.embedder);
        out.count(self.dimensions);
        out.count(self.biases.len());
        for value in self.weights.iter().chain(&self.biases) {
            out.float(*value);
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let embedder = Arc::from(from.text(LABEL_BYTES_MAX)?);
        let (dimensions, classes) = (from.count(DIMENSIONS_MAX)?, from.count(TOPICS_MAX)?);
        let mut floats = |count: usize| (0..count).map(|_| from.float()).collect::<Result<Vec<f32>, _>>();
        let (weights, biases) = (floats(dimensions * classes)?, floats(classes)?);
        if dimensions == 0 || classes == 0 {
            Err(Unreadable)
        } else {
            Ok(Self { embedder, dimensions, weights, biases })
        }
    }
}

/// How words and meaning come to one confidence: the log odds that the best topic is right.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Blend {
    pub bias: f32,
    pub weights: [f32; BLENDED],
    /// Below this the message is about none of the topics.
    pub none_below: f32,
}

impl Blend {
    pub fn confidence(&self, standing: &[f32; BLENDED]) -> f32 {
        let odds = self.bias + self.weights.iter().zip(standing).map(|(weight, value)| weight * value).sum::<f32>();
        1.0 / (1.0 + (-odds.clamp(-30.0, 30.0)).exp())
    }
}

/// The best topic by words and meaning together: its share of both, how far the next is behind, and how near the
/// message is to its plane. `words` is the best topic by words alone and how surely it is that.
pub fn blended(shares: &[f32], sums: &[f32], words: Option<(usize, f32)>) -> Option<(usize, [f32; BLENDED])> {
    let mut both = shares.to_vec();
    if let Some((topic, confidence)) = words {
        *both.get_mut(topic)? += confidence;
    }
    let (best, top) = both.iter().copied().enumerate().max_by(|one, other| one.1.total_cmp(&other.1))?;
    let next = both.iter().enumerate().filter(|(topic, _)| *topic != best).map(|(_, share)| *share).fold(0.0, f32::max);
    Some((best, [top, top - next, sums.get(best).copied()? / SHARPNESS]))
}

/// Topics by their words, and by their meaning where an embedding is at hand.
#[derive(Clone)]
pub struct TopicReader {
    words: TopicModel,
    meaning: Option<(Planes, Blend, Arc<dyn Embedder>)>,
}

impl From<TopicModel> for TopicReader {
    fn from(words: TopicModel) -> Self {
        Self { words, meaning: None }
    }
}

/// Why a model cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReaderError {
    #[error(
        "this is no model that this version of Baton can read, or not all of it; train it again with `baton train`"
    )]
    Unreadable,
    #[error("it was learned with the embedding {of}: name that one")]
    NoEmbedding { of: Arc<str> },
    #[error("it was learned with the embedding {of}, and {given} is given: train it again or name the other")]
    OtherEmbedding { of: Arc<str>, given: String },
}

impl From<Unreadable> for ReaderError {
    fn from(_: Unreadable) -> Self {
        Self::Unreadable
    }
}

/// The embedding that was learned with, if it is the one at hand.
fn own(planes: &Planes, embedder: Option<&Arc<dyn Embedder>>) -> Result<Arc<dyn Embedder>, ReaderError> {
    match embedder {
        None => Err(ReaderError::NoEmbedding { of: Arc::clone(&planes.embedder) }),
        Some(given) if given.name() != &*planes.embedder || given.dimensions() != planes.dimensions => {
            let given = given.name().to_owned();
            Err(ReaderError::OtherEmbedding { of: Arc::clone(&planes.embedder), given })
        }
        Some(given) => Ok(Arc::clone(given)),
    }
}

impl TopicReader {
    /// Words and meaning together; the planes stand in the order of the words' topics.
    pub fn new(
        words: TopicModel,
        planes: Planes,
        blend: Blend,
        embedder: &Arc<dyn Embedder>,
    ) -> Result<Self, ReaderError> {
        if planes.biases.len() != words.labels().count() {
            return Err(ReaderError::Unreadable);
        }
        let embedder = own(&planes, Some(embedder))?;
        Ok(Self { words, meaning: Some((planes, blend, embedder)) })
    }

    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.words.labels()
    }

    /// What the text is about, if it says anything at all.
    pub fn read(&self, text: &str) -> Option<TopicReading> {
        self.reading(text, &Folded::new(text))
    }

    pub(crate) fn reading(&self, text: &str, folded: &Folded) -> Option<TopicReading> {
        let words = self.words.reading(folded);
        let Some((planes, blend, embedder)) = &self.meaning else { return words };
        let Some(place) = embedder.embed(text) else { return words };
        let by_words = words.as_ref().and_then(|read| {
            let topic = self.labels().position(|label| label == &*read.label)?;
            Some((topic, read.confidence))
        });
        let (best, standing) = blended(&planes.shares(&place), &planes.sums(&place), by_words)?;
        let confidence = blend.confidence(&standing);
        let label: Arc<str> = self.labels().nth(best)?.into();
        // Words can be shown for a topic only where they spoke for it.
        let span = words.filter(|read| read.label == label).and_then(|read| read.span);
        Some(TopicReading { label, confidence, meant: confidence >= blend.none_below, span })
    }

    /// As a file.
    pub fn write(&self) -> Vec<u8> {
        let words = self.words.write();
        let Some((planes, blend, _)) = &self.meaning else { return words };
        let mut out = Writer::default();
        out.raw(MAGIC);
        out.count(words.len());
        out.raw(&words);
        planes.write(&mut out);
        for value in blend.weights.iter().chain([&blend.bias, &blend.none_below]) {
            out.float(*value);
        }
        out.done()
    }

    /// From a file of topics by words, or by words and meaning.
    pub fn load(bytes: &[u8], embedder: Option<&Arc<dyn Embedder>>) -> Result<Self, ReaderError> {
        let Some(rest) = bytes.strip_prefix(MAGIC) else { return Ok(TopicModel::load(bytes)?.into()) };
        let mut from = Reader::new(rest);
        let count = from.count(WORDS_BYTES_MAX)?;
        let words = TopicModel::load(from.raw(count)?)?;
        let planes = Planes::read(&mut from)?;
        let mut blend = Blend::default();
        for weight in &mut blend.weights {
            *weight = from.float()?;
        }
        (blend.bias, blend.none_below) = (from.float()?, from.float()?);
        from.end()?;
        let embedder = own(&planes, embedder)?;
        Self::new(words, planes, blend, &embedder)
    }
}

impl fmt::Debug for TopicReader {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let embedder = self.meaning.as_ref().map(|(_, _, embedder)| embedder.name());
        out.debug_struct("TopicReader").field("words", &self.words.name()).field("embedder", &embedder).finish()
    }
}

/// How displeased a message sounds by its words, and by its meaning where an embedding is at hand.
#[derive(Clone)]
pub struct MoodReader {
    words: Linear,
    meaning: Option<(Planes, Arc<dyn Embedder>)>,
}

impl From<Linear> for MoodReader {
    fn from(words: Linear) -> Self {
        Self { words, meaning: None }
    }
}

const MOOD_MAGIC: &[u8; 8] = b"BTNMOOD1";

impl MoodReader {
    /// The plane's sum is in log odds and holds what the words' sum lacks.
    pub fn new(words: Linear, planes: Planes, embedder: &Arc<dyn Embedder>) -> Result<Self, ReaderError> {
        let embedder = own(&planes, Some(embedder))?;
        Ok(Self { words, meaning: Some((planes, embedder)) })
    }

    pub(crate) fn words(&self) -> &Linear {
        &self.words
    }

    /// How likely the message is displeased; `features` are [`mood_features`](crate::mood_features) of it.
    pub fn probability(&self, text: &str, features: impl ExactSizeIterator<Item = u32>) -> f32 {
        let words = self.words.probability(features);
        if self.meaning.is_none() {
            return words;
        }
        let words = words.clamp(1e-6, 1.0 - 1e-6);
        self.with_words(text, (words / (1.0 - words)).ln())
    }

    /// The same, where it is known what the words make of it, in log odds.
    pub fn with_words(&self, text: &str, odds: f32) -> f32 {
        let place = self.meaning.as_ref().and_then(|(planes, embedder)| Some((planes, embedder.embed(text)?)));
        let odds = place
            .map_or(odds, |(planes, place)| MOOD_WORDS * odds + planes.sums(&place).first().copied().unwrap_or(0.0));
        1.0 / (1.0 + (-odds).exp())
    }

    /// As a file.
    pub fn write(&self) -> Vec<u8> {
        let words = self.words.to_bytes();
        let Some((planes, _)) = &self.meaning else { return words };
        let mut out = Writer::default();
        out.raw(MOOD_MAGIC);
        out.count(words.len());
        out.raw(&words);
        planes.write(&mut out);
        out.done()
    }

    /// From a linear model of words, or one of words and meaning.
    pub fn load(bytes: &[u8], embedder: Option<&Arc<dyn Embedder>>) -> Result<Self, ReaderError> {
        let linear = |bytes: &[u8]| Linear::from_bytes(bytes).map_err(|_| ReaderError::Unreadable);
        let Some(rest) = bytes.strip_prefix(MOOD_MAGIC) else { return Ok(linear(bytes)?.into()) };
        let mut from = Reader::new(rest);
        let count = from.count(WORDS_BYTES_MAX)?;
        let words = linear(from.raw(count)?)?;
        let planes = Planes::read(&mut from)?;
        from.end()?;
        let embedder = own(&planes, embedder)?;
        Self::new(words, planes, &embedder)
    }
}

/// What is left of the words' say where meaning has one too.
pub const MOOD_WORDS: f32 = 0.5;

impl fmt::Debug for MoodReader {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let embedder = self.meaning.as_ref().map(|(_, embedder)| embedder.name());
        out.debug_struct("MoodReader").field("words", &self.words.name()).field("embedder", &embedder).finish()
    }
}
