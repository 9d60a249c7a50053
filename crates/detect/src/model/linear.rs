//! A linear model over hashed features: for each class one small number a feature, a bias, and what turns the sum into a
//! probability.

use super::features::Feature;
use crate::work::looks_at;

/// More buckets than these are not a small model.
pub const BUCKETS_LOG2_MAX: u8 = 22;
pub const CLASSES_MAX: usize = 2_000;
/// Longest name of a class or a model.
pub const LABEL_BYTES_MAX: usize = 200;

/// How a sum becomes a probability: the logistic of `slope * sum + offset` (Platt).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    pub slope: f32,
    pub offset: f32,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { slope: 1.0, offset: 0.0 }
    }
}

impl Calibration {
    pub fn probability(self, sum: f32) -> f32 {
        logistic(self.slope * sum + self.offset)
    }
}

fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum.clamp(-40.0, 40.0)).exp())
}

/// What holds for a whole class.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    pub label: String,
    pub bias: f32,
    /// What one step of a quantised weight is worth.
    pub scale: f32,
    pub calibration: Calibration,
}

/// The weights of one bucket: classes ascending, none of the weights zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub bucket: u32,
    pub weights: Vec<(u16, i8)>,
}

/// A model, ready to judge.
#[derive(Debug, Clone)]
pub struct Linear {
    pub(super) name: String,
    pub(super) buckets_log2: u8,
    pub(super) classes: Vec<Class>,
    table: Table,
}

/// Where weights are looked up.
#[derive(Debug, Clone)]
enum Table {
    /// One class: a weight for each bucket.
    Single(Vec<i8>),
    /// For each bucket the number of its row (0 is none), for each row where its weights begin.
    Rows { row_of: Vec<u32>, starts: Vec<u32>, classes: Vec<u16>, weights: Vec<i8> },
}

/// The bucket of a feature in a model with so many buckets.
pub fn bucket(hash: u32, buckets_log2: u8) -> u32 {
    hash & ((1 << buckets_log2.min(BUCKETS_LOG2_MAX)) - 1)
}

impl Linear {
    /// Puts a model together; rows in any order. Buckets and classes outside the bounds, and a second row for a bucket,
    /// are left out: the trainer makes none, and the file is checked before.
    pub fn new(name: &str, buckets_log2: u8, classes: Vec<Class>, rows: &[Row]) -> Self {
        let buckets_log2 = buckets_log2.min(BUCKETS_LOG2_MAX);
        let buckets = 1_usize << buckets_log2;
        let fits = |row: &&Row| (row.bucket as usize) < buckets;
        let table = if classes.len() == 1 {
            let mut single = vec![0_i8; buckets];
            for row in rows.iter().filter(fits) {
                if let Some((_, weight)) = row.weights.first() {
                    single[row.bucket as usize] = *weight;
                }
            }
            Table::Single(single)
        } else {
            let mut row_of = vec![0_u32; buckets];
            let (mut starts, mut numbers, mut weights) = (vec![0, 0], Vec::new(), Vec::new());
            for row in rows.iter().filter(fits) {
                let place = &mut row_of[row.bucket as usize];
                if *place != 0 {
                    continue;
                }
                for (class, weight) in row.weights.iter().filter(|(class, _)| usize::from(*class) < classes.len()) {
                    numbers.push(*class);
                    weights.push(*weight);
                }
                *place = u32::try_from(starts.len() - 1).unwrap_or(0);
                starts.push(u32::try_from(weights.len()).unwrap_or(u32::MAX));
            }
            Table::Rows { row_of, starts, classes: numbers, weights }
        };
        Self { name: name.to_owned(), buckets_log2, classes, table }
    }

    /// The name and number of the model, as verdicts give it.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The rows that have weights, by bucket.
    pub fn rows(&self) -> Vec<Row> {
        let buckets = 0..1_u32 << self.buckets_log2;
        buckets
            .filter_map(|bucket| {
                let weights: Vec<(u16, i8)> = self.weights(bucket).collect();
                (!weights.is_empty()).then_some(Row { bucket, weights })
            })
            .collect()
    }

    fn weights(&self, bucket: u32) -> impl Iterator<Item = (u16, i8)> + '_ {
        let bucket = bucket as usize;
        let (single, several) = match &self.table {
            Table::Single(single) => (single.get(bucket).filter(|weight| **weight != 0), None),
            Table::Rows { row_of, starts, classes, weights } => {
                let row = row_of.get(bucket).map_or(0, |row| *row as usize);
                let (from, to) = (starts[row] as usize, starts[row + 1] as usize);
                (None, Some(classes[from..to].iter().copied().zip(weights[from..to].iter().copied())))
            }
        };
        single.map(|weight| (0, *weight)).into_iter().chain(several.into_iter().flatten())
    }

    /// The sum for each class. A long text weighs its features less, so that length alone decides nothing.
    pub fn sums(&self, features: impl ExactSizeIterator<Item = u32>) -> Vec<f32> {
        looks_at(features.len());
        let share = share(features.len());
        let mut steps = vec![0_i32; self.classes.len()];
        for hash in features {
            for (class, weight) in self.weights(bucket(hash, self.buckets_log2)) {
                steps[usize::from(class)] += i32::from(weight);
            }
        }
        #[allow(clippy::cast_precision_loss)] // At most some thousand times 127.
        let sum = |(class, steps): (&Class, i32)| class.bias + class.scale * share * steps as f32;
        self.classes.iter().zip(steps).map(sum).collect()
    }

    /// The calibrated probability of the first class; of the only one, in a model that says yes or no.
    pub fn probability(&self, features: impl ExactSizeIterator<Item = u32>) -> f32 {
        match (self.sums(features).first(), self.classes.first()) {
            (Some(sum), Some(class)) => class.calibration.probability(*sum),
            (_, _) => 0.0,
        }
    }

    /// The classes' shares of one whole, by the calibration of the first: exactly one of them is meant.
    pub fn shares(&self, features: impl ExactSizeIterator<Item = u32>) -> Vec<f32> {
        let slope = self.classes.first().map_or(1.0, |class| class.calibration.slope);
        let mut sums = self.sums(features);
        let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut all = 0.0;
        for sum in &mut sums {
            *sum = (slope * (*sum - most)).exp();
            all += *sum;
        }
        for sum in &mut sums {
            *sum /= all;
        }
        sums
    }

    /// What each feature adds to the sum of a class.
    pub fn contributions<'f>(
        &'f self,
        features: &'f [Feature],
        class: u16,
    ) -> impl Iterator<Item = (Feature, f32)> + 'f {
        let worth = self.classes.get(usize::from(class)).map_or(0.0, |class| class.scale) * share(features.len());
        features.iter().filter_map(move |feature| {
            let mut weights = self.weights(bucket(feature.hash, self.buckets_log2));
            let (_, weight) = weights.find(|(held, _)| *held == class)?;
            Some((*feature, worth * f32::from(weight)))
        })
    }
}

/// How much one of so many features counts.
#[allow(clippy::cast_precision_loss)] // Some thousand at most.
pub(super) fn share(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}
