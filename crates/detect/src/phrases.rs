//! Many phrases, found in one pass over a folded text.

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, MatchKind};

use crate::fold::Folded;
use crate::work::looks_at;

/// Hits are bounded like the text, whatever overlaps in it.
const FOUND_MAX: usize = 16 * 1024;

/// Phrases in one automaton, known by their place in the list they came in.
pub(crate) struct Phrases {
    automaton: AhoCorasick,
    open_end: Vec<bool>,
}

/// A phrase found: which tokens it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) first: u16,
    pub(crate) end: u16,
    pub(crate) phrase: u16,
}

/// A phrase as it is looked for: folded like the customer's text, so that tables are written as people write. A
/// trailing `*` lets its last word go on.
pub(crate) fn needle(written: &str) -> (String, bool) {
    match written.trim().strip_suffix('*') {
        Some(stem) => (Folded::new(stem).text, true),
        None => (Folded::new(written).text, false),
    }
}

impl Phrases {
    pub(crate) fn new(needles: impl IntoIterator<Item = (String, bool)>) -> Result<Self, BuildError> {
        let (needles, open_end): (Vec<_>, Vec<_>) = needles.into_iter().unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&needles)?;
        Ok(Self { automaton, open_end })
    }

    /// Those found inside a run of tokens; they stand in the order of their ends.
    pub(crate) fn within(found: &[Found], first: usize, end: usize) -> &[Found] {
        let from = found.partition_point(|hit| usize::from(hit.end) <= first);
        let to = found.partition_point(|hit| usize::from(hit.end) <= end);
        looks_at(to - from);
        &found[from..to]
    }

    /// Every phrase in the text that covers whole words, in order of their ends.
    pub(crate) fn find(&self, folded: &Folded) -> Vec<Found> {
        looks_at(folded.text.len());
        let number = |value| u16::try_from(value).unwrap_or(u16::MAX);
        self.automaton
            .find_overlapping_iter(&folded.text)
            .filter_map(|hit| {
                looks_at(1);
                let phrase = hit.pattern().as_usize();
                let (first, end) = folded.tokens_of(hit.start(), hit.end(), self.open_end[phrase])?;
                Some(Found { first: number(first), end: number(end), phrase: number(phrase) })
            })
            .take(FOUND_MAX)
            .collect()
    }
}
