//! What was learned as bytes, so that a process that starts again knows what the last one knew.
//!
//! Every structure is described once, for writing and for reading, so that the two cannot differ. Who waits at that moment
//! is not kept: their promises are made again and judged from then on. Bytes of another version, of another shape or
//! damaged ones are refused as a whole; then learning begins anew, which is safe.

use std::collections::{BTreeMap, VecDeque};

use baton_core::{Language, Level, QueueId, SkillId};

use super::learned::Learned;
use super::observed::{Day, Observed};
use super::promises::{Coverage, Promises, RECENT_MAX};
use super::ridge::Ridge;
use super::snapshot::Line;
use super::spread::{Counts, Spread};
use super::{LINES_LEARNED_MAX, LineModel, Waits};

/// Raised whenever what is kept changes its shape or its meaning.
const VERSION: &[u8] = b"baton waits 1\n";
/// Queues of which the observations are kept; no deployment has so many.
const QUEUES_MAX: usize = 100_000;
const SKILLS_MAX: usize = 1_000;

impl Waits {
    /// Everything but who waits at this moment.
    pub fn save(&self) -> Vec<u8> {
        let mut tape = Tape { bytes: VERSION.to_vec(), reads_at: None };
        let mut copy = self.clone();
        // Writing cannot fail; only reading can.
        let _written = tape.waits(&mut copy);
        let sum = checksum(&tape.bytes);
        tape.bytes.extend(sum.to_le_bytes());
        tape.bytes
    }

    /// What [`Waits::save`] gave; `None` when it is of another version or damaged.
    pub fn restore(bytes: &[u8]) -> Option<Self> {
        let (bytes, sum) = bytes.split_last_chunk::<8>()?;
        if !bytes.starts_with(VERSION) || checksum(bytes) != u64::from_le_bytes(*sum) {
            return None;
        }
        let mut tape = Tape { bytes: bytes.to_vec(), reads_at: Some(VERSION.len()) };
        let mut waits = Self::new();
        tape.waits(&mut waits)?;
        (tape.reads_at == Some(bytes.len())).then_some(waits)
    }
}

/// Bytes that are written, or read from a place on.
struct Tape {
    bytes: Vec<u8>,
    reads_at: Option<usize>,
}

impl Tape {
    fn waits(&mut self, waits: &mut Waits) -> Option<()> {
        let mut queues: Vec<(QueueId, Observed)> = std::mem::take(&mut waits.queues).into_iter().collect();
        self.list(
            &mut queues,
            QUEUES_MAX,
            || Some((QueueId::new("queue").ok()?, Observed::default())),
            |tape, one| {
                tape.queue(&mut one.0)?;
                tape.observed(&mut one.1)
            },
        )?;
        waits.queues = queues.into_iter().collect();
        let mut names: Vec<Line> = vec![Line::of(&QueueId::new("queue").ok()?); waits.names.len()];
        for (line, number) in &waits.names {
            names.get_mut(*number)?.clone_from(line);
        }
        let blank = || Some(Line::of(&QueueId::new("queue").ok()?));
        self.list(&mut names, LINES_LEARNED_MAX, blank, Self::line)?;
        self.list(
            &mut waits.lines,
            LINES_LEARNED_MAX,
            || Some(LineModel::new()),
            |tape, line| {
                tape.learned(&mut line.joining)?;
                tape.learned(&mut line.waiting)?;
                tape.promises(&mut line.promises)?;
                tape.coverage(&mut line.refreshed)
            },
        )?;
        waits.names = names.into_iter().zip(0..).collect();
        (waits.names.len() == waits.lines.len()).then_some(())
    }

    fn observed(&mut self, observed: &mut Observed) -> Option<()> {
        let mut days: Vec<Day> = observed.days.drain(..).collect();
        self.list(
            &mut days,
            32,
            || Some(Day::default()),
            |tape, day| {
                tape.part(&mut day.number, i64::to_le_bytes, i64::from_le_bytes)?;
                for count in [&mut day.handled, &mut day.waits, &mut day.abandoned] {
                    tape.part(count, u32::to_le_bytes, u32::from_le_bytes)?;
                }
                tape.floats(&mut [&mut day.handle, &mut day.waited])
            },
        )?;
        observed.days = days.into();
        let mut last: Vec<f64> = observed.last.drain(..).collect();
        self.list(&mut last, 32, || Some(0.0), Self::float)?;
        observed.last = last.into();
        Some(())
    }

    fn line(&mut self, line: &mut Line) -> Option<()> {
        self.queue(&mut line.queue)?;
        let mut skills: Vec<(String, u8)> =
            line.skills.iter().map(|(skill, level)| (skill.as_str().to_owned(), level.get())).collect();
        self.list(
            &mut skills,
            SKILLS_MAX,
            || Some((String::new(), 1)),
            |tape, (skill, level)| {
                tape.text(skill)?;
                tape.part(level, u8::to_le_bytes, u8::from_le_bytes)
            },
        )?;
        let mut read = BTreeMap::new();
        for (skill, level) in skills {
            read.insert(SkillId::new(skill).ok()?, Level::new(level)?);
        }
        line.skills = read;
        let mut language = line.language.map_or_else(String::new, |language| language.as_str().to_owned());
        self.text(&mut language)?;
        line.language = if language.is_empty() { None } else { Some(Language::new(&language)?) };
        Some(())
    }

    fn learned(&mut self, learned: &mut Learned) -> Option<()> {
        let Learned { ridge, spread, worth } = learned;
        let Ridge { products, targets, weight, coefficients, unsolved } = ridge;
        for number in products.iter_mut().chain(targets).chain(coefficients).chain(worth).chain([weight]) {
            self.float(number)?;
        }
        self.part(unsolved, u32::to_le_bytes, u32::from_le_bytes)?;
        let Spread { lengths, all, bands } = spread;
        for counts in lengths.iter_mut().chain([all]) {
            self.counts(counts)?;
        }
        bands.iter_mut().flatten().try_for_each(|band| {
            self.part(&mut band.seen, u32::to_le_bytes, u32::from_le_bytes)?;
            band.moved.iter_mut().try_for_each(|moved| self.float(moved))
        })
    }

    /// Most lengths are never seen; they take four bytes.
    fn counts(&mut self, counts: &mut Counts) -> Option<()> {
        let (write, read) = (f32::to_le_bytes, f32::from_le_bytes);
        self.part(&mut counts.sum, write, read)?;
        if counts.sum == 0.0 {
            return Some(());
        }
        counts.cells.iter_mut().try_for_each(|cell| self.part(cell, write, read))?;
        let sane = counts.sum.is_finite() && counts.cells.iter().all(|cell| cell.is_finite() && *cell >= 0.0);
        sane.then_some(())
    }

    fn promises(&mut self, promises: &mut Promises) -> Option<()> {
        self.coverage(&mut promises.kept)?;
        let mut recent: Vec<bool> = std::mem::take(&mut promises.recent).into();
        self.list(&mut recent, RECENT_MAX, || Some(false), Self::flag)?;
        promises.recent = VecDeque::from(recent);
        self.flag(&mut promises.withheld)
    }

    fn coverage(&mut self, coverage: &mut Coverage) -> Option<()> {
        let Coverage { promises, inside, at_most, left, left_too_late, .. } = coverage;
        for count in [promises, inside, at_most, left, left_too_late] {
            self.part(count, u64::to_le_bytes, u64::from_le_bytes)?;
        }
        let Coverage { width_sum_s, winkler_sum_s, wait_sum_s, error_sum_s, squared_error_sum, .. } = coverage;
        self.floats(&mut [width_sum_s, winkler_sum_s, wait_sum_s, error_sum_s, squared_error_sum])
    }

    fn queue(&mut self, queue: &mut QueueId) -> Option<()> {
        let mut text = queue.as_str().to_owned();
        self.text(&mut text)?;
        *queue = QueueId::new(text).ok()?;
        Some(())
    }

    fn list<T>(
        &mut self,
        list: &mut Vec<T>,
        most: usize,
        blank: impl Fn() -> Option<T>,
        each: impl Fn(&mut Self, &mut T) -> Option<()>,
    ) -> Option<()> {
        let mut length = u32::try_from(list.len()).ok()?;
        self.part(&mut length, u32::to_le_bytes, u32::from_le_bytes)?;
        let length = usize::try_from(length).ok().filter(|length| *length <= most)?;
        while list.len() < length {
            list.push(blank()?);
        }
        list.iter_mut().try_for_each(|one| each(self, one))
    }

    fn text(&mut self, text: &mut String) -> Option<()> {
        let mut bytes = std::mem::take(text).into_bytes();
        self.list(&mut bytes, 1024, || Some(0), |tape, byte| tape.part(byte, u8::to_le_bytes, u8::from_le_bytes))?;
        *text = String::from_utf8(bytes).ok()?;
        Some(())
    }

    fn flag(&mut self, flag: &mut bool) -> Option<()> {
        self.part(flag, |flag| [u8::from(flag)], |[byte]| byte != 0)
    }

    fn floats(&mut self, numbers: &mut [&mut f64]) -> Option<()> {
        numbers.iter_mut().try_for_each(|number| self.float(number))
    }

    fn float(&mut self, number: &mut f64) -> Option<()> {
        self.part(number, f64::to_le_bytes, f64::from_le_bytes)?;
        number.is_finite().then_some(())
    }

    fn part<T: Copy, const N: usize>(
        &mut self,
        value: &mut T,
        write: impl Fn(T) -> [u8; N],
        read: impl Fn([u8; N]) -> T,
    ) -> Option<()> {
        let Some(at) = self.reads_at else {
            self.bytes.extend(write(*value));
            return Some(());
        };
        *value = read(*self.bytes.get(at..)?.first_chunk()?);
        self.reads_at = Some(at + N);
        Some(())
    }
}

/// Fowler, Noll and Vo's hash: it finds damage, not intent.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}
