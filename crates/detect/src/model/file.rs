//! The file of a model: a name, the versions it was made for, the weights bucket by bucket, and a checksum at the end.
//!
//! Bytes that are no model, are cut short, were made for other features or were changed are refused with what to do.

use super::features::FEATURES_VERSION;
use super::linear::{BUCKETS_LOG2_MAX, CLASSES_MAX, Calibration, Class, LABEL_BYTES_MAX, Linear, Row};

const MAGIC: &[u8; 8] = b"BATONLIN";
const FORMAT: u16 = 1;
/// Larger files are not models of this kind.
pub const WEIGHTS_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Why bytes are not a model that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    #[error("this is no Baton model: it does not begin with BATONLIN; make one with `baton train`")]
    Foreign,
    #[error("the model has format {found}, this version reads {FORMAT}: train it again")]
    Format { found: u16 },
    #[error("the model was made for features {found}, this version makes {FEATURES_VERSION}: train it again")]
    Features { found: u16 },
    #[error("the model is damaged: its checksum does not fit; copy it again")]
    Checksum,
    #[error("the model ends early, in its {part}: copy it again")]
    Short { part: &'static str },
    #[error("the model says {what}: it is damaged or made by something else")]
    Nonsense { what: String },
    #[error("{bytes} bytes are more than a model may have ({WEIGHTS_BYTES_MAX})")]
    TooLarge { bytes: usize },
}

impl Linear {
    /// As a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(FORMAT.to_le_bytes());
        out.extend(FEATURES_VERSION.to_le_bytes());
        out.push(self.buckets_log2);
        put_text(&mut out, &self.name);
        put_number(&mut out, self.classes.len());
        for class in &self.classes {
            put_text(&mut out, &class.label);
            for value in [class.bias, class.scale, class.calibration.slope, class.calibration.offset] {
                out.extend(value.to_le_bytes());
            }
        }
        let rows = self.rows();
        put_number(&mut out, rows.len());
        let mut before = 0;
        for row in &rows {
            put_number(&mut out, (row.bucket - before) as usize);
            before = row.bucket;
            if self.classes.len() > 1 {
                put_number(&mut out, row.weights.len());
            }
            let mut class_before = 0;
            for (class, weight) in &row.weights {
                if self.classes.len() > 1 {
                    put_number(&mut out, usize::from(class - class_before));
                    class_before = *class;
                }
                out.extend(weight.to_le_bytes());
            }
        }
        let sum = checksum(&out);
        out.extend(sum.to_le_bytes());
        out
    }

    /// From a file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        if bytes.len() > WEIGHTS_BYTES_MAX {
            return Err(ModelError::TooLarge { bytes: bytes.len() });
        }
        let Some(held) = bytes.strip_prefix(MAGIC) else { return Err(ModelError::Foreign) };
        let mut reading = Reading { rest: held, part: "heading" };
        match reading.short()? {
            FORMAT => {}
            found => return Err(ModelError::Format { found }),
        }
        match reading.short()? {
            FEATURES_VERSION => {}
            found => return Err(ModelError::Features { found }),
        }
        let Some((content, sum)) = bytes.split_last_chunk::<8>() else {
            return Err(ModelError::Short { part: "checksum" });
        };
        if checksum(content) != u64::from_le_bytes(*sum) {
            return Err(ModelError::Checksum);
        }
        reading.rest = &reading.rest[..reading.rest.len().saturating_sub(8)];
        let model = reading.model()?;
        if reading.rest.is_empty() {
            Ok(model)
        } else {
            Err(nonsense(format!("{} bytes too many", reading.rest.len())))
        }
    }
}

fn nonsense(what: String) -> ModelError {
    ModelError::Nonsense { what }
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    let text = crate::fold::head(text, LABEL_BYTES_MAX);
    put_number(out, text.len());
    out.extend(text.as_bytes());
}

/// Seven bits a byte, the lowest first.
fn put_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or(0));
}

/// FNV-1a over words of eight bytes: against damage, not against malice.
fn checksum(bytes: &[u8]) -> u64 {
    let step = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
    let (words, rest) = bytes.as_chunks::<8>();
    let sum = words.iter().fold(0xcbf2_9ce4_8422_2325, |sum, word| step(sum, u64::from_le_bytes(*word)));
    rest.iter().fold(sum, |sum, byte| step(sum, u64::from(*byte)))
}

struct Reading<'a> {
    rest: &'a [u8],
    part: &'static str,
}

impl Reading<'_> {
    fn model(&mut self) -> Result<Linear, ModelError> {
        let [buckets_log2] = self.take::<1>()?;
        if buckets_log2 > BUCKETS_LOG2_MAX {
            return Err(nonsense(format!("2^{buckets_log2} buckets")));
        }
        let name = self.text()?;
        self.part = "classes";
        let count = self.number()?;
        if count == 0 || count > CLASSES_MAX {
            return Err(nonsense(format!("{count} classes")));
        }
        let classes = (0..count).map(|_| self.class()).collect::<Result<Vec<_>, _>>()?;
        self.part = "weights";
        let count_rows = self.number()?;
        if count_rows > 1 << buckets_log2 {
            return Err(nonsense(format!("{count_rows} rows for 2^{buckets_log2} buckets")));
        }
        let mut rows = Vec::with_capacity(count_rows);
        let mut bucket = 0_usize;
        for number in 0..count_rows {
            let step = self.number()?;
            bucket = bucket.saturating_add(step);
            if bucket >= 1 << buckets_log2 || (step == 0 && number > 0) {
                return Err(nonsense(format!("weights for bucket {bucket} of 2^{buckets_log2}")));
            }
            let bucket = u32::try_from(bucket).map_err(|_| nonsense(format!("bucket {bucket}")))?;
            rows.push(Row { bucket, weights: self.weights(count)? });
        }
        Ok(Linear::new(&name, buckets_log2, classes, &rows))
    }

    fn class(&mut self) -> Result<Class, ModelError> {
        let label = self.text()?;
        let values = [self.real()?, self.real()?, self.real()?, self.real()?];
        let [bias, scale, slope, offset] = values;
        Ok(Class { label, bias, scale, calibration: Calibration { slope, offset } })
    }

    fn weights(&mut self, classes: usize) -> Result<Vec<(u16, i8)>, ModelError> {
        if classes == 1 {
            return Ok(vec![(0, i8::from_le_bytes(self.take::<1>()?))]);
        }
        let count = self.number()?;
        if count > classes {
            return Err(nonsense(format!("{count} weights for {classes} classes")));
        }
        let mut class = 0_usize;
        let mut weights = Vec::with_capacity(count);
        for _ in 0..count {
            class = class.saturating_add(self.number()?);
            let number = u16::try_from(class).ok().filter(|_| class < classes);
            let Some(number) = number else { return Err(nonsense(format!("class {class} of {classes}"))) };
            weights.push((number, i8::from_le_bytes(self.take::<1>()?)));
        }
        Ok(weights)
    }

    fn text(&mut self) -> Result<String, ModelError> {
        let length = self.number()?;
        if length > LABEL_BYTES_MAX {
            return Err(nonsense(format!("a name of {length} bytes")));
        }
        let (text, rest) = self.rest.split_at_checked(length).ok_or(ModelError::Short { part: self.part })?;
        self.rest = rest;
        String::from_utf8(text.to_vec()).map_err(|_| nonsense("a name that is not UTF-8".to_owned()))
    }

    fn number(&mut self) -> Result<usize, ModelError> {
        let mut number = 0_usize;
        for shift in [0, 7, 14, 21] {
            let [byte] = self.take::<1>()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(nonsense("a number without end".to_owned()))
    }

    fn short(&mut self) -> Result<u16, ModelError> {
        self.take::<2>().map(u16::from_le_bytes)
    }

    fn real(&mut self) -> Result<f32, ModelError> {
        let value = f32::from_le_bytes(self.take::<4>()?);
        if value.is_finite() { Ok(value) } else { Err(nonsense(format!("{value} for a weight"))) }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(ModelError::Short { part: self.part })?;
        self.rest = rest;
        Ok(*taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::features_of;

    fn class(label: &str) -> Class {
        let calibration = Calibration { slope: 2.0, offset: -1.0 };
        Class { label: label.to_owned(), bias: 0.5, scale: 0.25, calibration }
    }

    fn several() -> Linear {
        let rows = [
            Row { bucket: 3, weights: vec![(0, 5), (2, -7)] },
            Row { bucket: 0, weights: vec![(1, 127)] },
            Row { bucket: 255, weights: vec![(2, -128)] },
        ];
        Linear::new("topics-1", 8, vec![class("one"), class("two"), class("three")], &rows)
    }

    #[test]
    fn a_model_read_from_its_file_judges_the_same() {
        let model = several();
        let read = Linear::from_bytes(&model.to_bytes()).unwrap();
        assert_eq!((read.name(), read.classes(), read.rows()), ("topics-1", model.classes(), model.rows()));
        let single = Linear::new("yes-1", 8, vec![class("yes")], &[Row { bucket: 9, weights: vec![(0, -3)] }]);
        let read = Linear::from_bytes(&single.to_bytes()).unwrap();
        assert_eq!(read.rows(), single.rows());
        let features = || features_of("an agent please").into_iter();
        assert!((read.probability(features()) - single.probability(features())).abs() < f32::EPSILON);
    }

    #[test]
    fn an_admin_who_gives_another_file_is_told_what_is_wrong_with_it() {
        let bytes = several().to_bytes();
        let said = |bytes: &[u8]| Linear::from_bytes(bytes).unwrap_err().to_string();
        assert!(said(b"{\"model\": 1}").contains("no Baton model"));
        assert!(said(b"BATONLIN").contains("ends early"));
        assert!(said(&bytes[..bytes.len() - 1]).contains("checksum"));
        let mut changed = bytes.clone();
        changed[20] ^= 1;
        assert!(said(&changed).contains("checksum"));
        let mut newer = bytes;
        newer[8] = 9;
        assert_eq!(said(&newer), "the model has format 9, this version reads 1: train it again");
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(mut bytes in proptest::collection::vec(any::<u8>(), 0..200), whole in any::<bool>()) {
            if whole {
                let mut made = MAGIC.to_vec();
                made.extend(FORMAT.to_le_bytes());
                made.extend(FEATURES_VERSION.to_le_bytes());
                made.append(&mut bytes);
                let sum = checksum(&made);
                made.extend(sum.to_le_bytes());
                bytes = made;
            }
            let _ = Linear::from_bytes(&bytes);
        }
    }
}
