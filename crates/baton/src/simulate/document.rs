//! The `load:` section as people write it. Unknown keys are errors; every default is stated here and in the manual.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

/// The file without the configuration.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LoadFile {
    pub(super) load: LoadDocument,
}

/// Who comes, and how people work.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LoadDocument {
    /// The first day that is simulated, the warm-up's.
    pub(super) start: Option<String>,
    /// Whose clock the rates and hours follow; default is the default queue's.
    pub(super) time_zone: Option<String>,
    pub(super) days: Option<u32>,
    pub(super) warm_up: Option<u32>,
    pub(super) replications: Option<u32>,
    pub(super) seed: Option<u64>,
    /// None at all in a file that is only compared, or only changes who works.
    #[serde(default)]
    pub(super) arrivals: BTreeMap<String, StreamDocument>,
    /// For arrivals that have none of their own.
    pub(super) handle: Option<SpansDocument>,
    pub(super) wrap_up: Option<SpansDocument>,
    pub(super) patience: Option<SpansDocument>,
    /// The ways of the configuration's agents, by key; `all` is for everybody else.
    #[serde(default)]
    pub(super) agents: BTreeMap<String, DeskDocument>,
    /// People beside those of the configuration.
    #[serde(default)]
    pub(super) people: BTreeMap<String, PeopleDocument>,
    #[serde(default)]
    pub(super) nobody: NobodyWord,
    /// The chance that a customer takes the call-back or message that a queue offers after its longest wait.
    #[serde(default)]
    pub(super) takes_alternative: f64,
}

/// Arrivals that are alike.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StreamDocument {
    pub(super) queue: Option<String>,
    pub(super) topic: Option<String>,
    pub(super) tier: Option<String>,
    pub(super) language: Option<String>,
    #[serde(default)]
    pub(super) skills: BTreeMap<String, u8>,
    #[serde(default)]
    pub(super) priority: i8,
    pub(super) weight: Option<u8>,
    pub(super) preferred_agent: Option<String>,
    pub(super) per_hour: Option<RatesDocument>,
    /// `mo` to `su`: times this.
    #[serde(default)]
    pub(super) weekdays: BTreeMap<String, f64>,
    pub(super) swing: Option<SwingDocument>,
    /// A file of real arrivals, from the folder of the scenario.
    pub(super) csv: Option<String>,
    pub(super) handle: Option<SpansDocument>,
    pub(super) wrap_up: Option<SpansDocument>,
    pub(super) patience: Option<SpansDocument>,
}

/// A wave on the rate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SwingDocument {
    /// 0.25 is a quarter more at the top and a quarter less at the bottom.
    pub(super) by: f64,
    pub(super) every_h: f64,
}

/// How long something takes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum SpansDocument {
    Constant { s: f64 },
    Exponential { mean_s: f64 },
    Lognormal { mean_s: f64, cv: f64 },
    Observed { s: Vec<f64> },
    Csv { file: String, column: String },
}

/// How an agent works.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeskDocument {
    /// When they are there, in `OpenStreetMap` syntax; default is while one of their queues is open.
    pub(super) hours: Option<String>,
    pub(super) accept: Option<SpansDocument>,
    pub(super) decline: Option<f64>,
    pub(super) miss: Option<f64>,
    pub(super) back_after_s: Option<f64>,
}

/// So many agents more.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PeopleDocument {
    pub(super) count: u32,
    /// An agent of the configuration whose queues, skills, languages and capacity they have.
    pub(super) like: Option<String>,
    pub(super) queues: Option<Vec<String>>,
    pub(super) skills: Option<BTreeMap<String, u8>>,
    pub(super) languages: Option<Vec<String>>,
    pub(super) capacity: Option<u8>,
    pub(super) pull: Option<bool>,
    pub(super) hours: Option<String>,
    pub(super) accept: Option<SpansDocument>,
    pub(super) decline: Option<f64>,
    pub(super) miss: Option<f64>,
    pub(super) back_after_s: Option<f64>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum NobodyWord {
    #[default]
    Leaves,
    Waits,
}

/// Arrivals an hour: one number, 24 of them, or by the time of day from which each holds.
#[derive(Debug)]
pub(super) enum RatesDocument {
    Constant(f64),
    Hours(Vec<f64>),
    Steps(BTreeMap<String, f64>),
}

impl<'de> Deserialize<'de> for RatesDocument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RatesVisitor)
    }
}

struct RatesVisitor;

impl<'de> Visitor<'de> for RatesVisitor {
    type Value = RatesDocument;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("arrivals an hour: a number, a list of 24, or times of day with numbers (`\"08:00\": 30`)")
    }

    fn visit_f64<E>(self, value: f64) -> Result<RatesDocument, E> {
        Ok(RatesDocument::Constant(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "checked to be far smaller")]
    fn visit_i64<E>(self, value: i64) -> Result<RatesDocument, E> {
        Ok(RatesDocument::Constant(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "checked to be far smaller")]
    fn visit_u64<E>(self, value: u64) -> Result<RatesDocument, E> {
        Ok(RatesDocument::Constant(value as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RatesDocument, A::Error> {
        let mut hours = Vec::new();
        while let Some(rate) = items.next_element()? {
            hours.push(rate);
        }
        Ok(RatesDocument::Hours(hours))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RatesDocument, A::Error> {
        let mut steps = BTreeMap::new();
        while let Some((from, rate)) = entries.next_entry()? {
            steps.insert(from, rate);
        }
        Ok(RatesDocument::Steps(steps))
    }
}
