//! What a deployment taught the detector, beside what comes with the program.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::meaning::{MoodReader, TopicReader};
use crate::model::Linear;
use crate::timing::TimingModel;

/// Something learned, by the name under which verdicts say that it had a part in them.
#[derive(Debug)]
pub struct Learned<T> {
    /// With a trace of what is in it, so that another model under the same path is another name.
    pub name: Arc<str>,
    pub model: Arc<T>,
}

impl<T> Clone for Learned<T> {
    fn clone(&self) -> Self {
        Self { name: Arc::clone(&self.name), model: Arc::clone(&self.model) }
    }
}

impl<T> Learned<T> {
    /// `kind@` and the checksum of the model's bytes, or of what it was learned from.
    pub fn new(kind: &str, bytes: &[u8], model: T) -> Self {
        Self { name: format!("{kind}@{:08x}", trace_of(bytes)).into(), model: Arc::new(model) }
    }
}

/// FNV-1a, folded: tells models apart, and is no protection against anybody.
pub fn trace_of(bytes: &[u8]) -> u32 {
    let sum = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    u32::try_from((sum >> 32) ^ (sum & 0xffff_ffff)).unwrap_or(0)
}

/// All that a deployment taught.
#[derive(Debug, Clone, Default)]
pub struct Models {
    /// Asked for the topic where no phrase of the configuration tells it; of several the surest counts.
    pub topics: Vec<Learned<TopicReader>>,
    pub timing: Option<Learned<TimingModel>>,
    /// In the place of the model of requests that comes with the program; the tables of phrases stay.
    pub explicit: Option<Learned<Linear>>,
    /// In the place of the model of moods that comes with the program; the tables of words stay.
    pub frustration: Option<Learned<MoodReader>>,
}

impl Models {
    /// These, and the others' where these have none.
    #[must_use]
    pub fn or(self, others: &Self) -> Self {
        Self {
            topics: if self.topics.is_empty() { others.topics.clone() } else { self.topics },
            timing: self.timing.or_else(|| others.timing.clone()),
            explicit: self.explicit.or_else(|| others.explicit.clone()),
            frustration: self.frustration.or_else(|| others.frustration.clone()),
        }
    }

    /// As it stands in every verdict, after the names of what comes with the program.
    pub(crate) fn version(&self) -> String {
        let mut version = String::new();
        let names = self.topics.iter().map(|learned| &learned.name);
        let names = names.chain(self.timing.iter().map(|learned| &learned.name));
        let names = names.chain(self.explicit.iter().map(|learned| &learned.name));
        for name in names.chain(self.frustration.iter().map(|learned| &learned.name)) {
            let _ = write!(version, " +{name}");
        }
        version
    }
}
