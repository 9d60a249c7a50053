//! Sets of agents as bits, by the number that the plan gives each: what is fixed by the plan, and who is free.

/// Words that one word of the second level speaks for.
pub(crate) const ROW: usize = 64;

fn row_of(words: &[u64], row: usize) -> [u64; ROW] {
    let there = words.get(row * ROW..).unwrap_or_default();
    if let Some(whole) = there.first_chunk() {
        return *whole;
    }
    let mut row = [0; ROW];
    row[..there.len()].copy_from_slice(there);
    row
}

/// A set that does not change while a plan holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mask {
    words: Vec<u64>,
    count: u32,
}

impl Mask {
    pub(crate) fn add(&mut self, agent: u32) {
        let word = word_of(agent);
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        if !self.has(agent) {
            self.words[word] |= bit_of(agent);
            self.count += 1;
        }
    }

    pub(crate) fn has(&self, agent: u32) -> bool {
        self.word(word_of(agent)) & bit_of(agent) != 0
    }

    pub(crate) fn word(&self, word: usize) -> u64 {
        self.words.get(word).copied().unwrap_or(0)
    }

    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    /// The words of a row; those that are not kept hold nobody.
    pub(crate) fn row(&self, row: usize) -> [u64; ROW] {
        row_of(&self.words, row)
    }
}

/// A set that changes with every event. A second level says which words hold anybody, so that going through few
/// agents of many costs as much as going through few.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changing {
    words: Vec<u64>,
    filled: Vec<u64>,
}

impl Changing {
    pub(crate) fn of(agents: usize) -> Self {
        let words = agents.div_ceil(64);
        Self { words: vec![0; words], filled: vec![0; words.div_ceil(64)] }
    }

    pub(crate) fn put(&mut self, agent: u32, held: bool) {
        let word = word_of(agent);
        if held {
            self.words[word] |= bit_of(agent);
            self.filled[word / 64] |= 1 << (word % 64);
        } else {
            self.words[word] &= !bit_of(agent);
            if self.words[word] == 0 {
                self.filled[word / 64] &= !(1 << (word % 64));
            }
        }
    }

    pub(crate) fn has(&self, agent: u32) -> bool {
        self.words[word_of(agent)] & bit_of(agent) != 0
    }

    pub(crate) fn rows(&self) -> usize {
        self.filled.len()
    }

    /// How many words of a row hold anybody.
    pub(crate) fn held_in(&self, row: usize) -> u32 {
        self.filled[row].count_ones()
    }

    pub(crate) fn row(&self, row: usize) -> [u64; ROW] {
        row_of(&self.words, row)
    }

    /// The words of a row that hold anybody, with their numbers.
    pub(crate) fn filled(&self, row: usize) -> impl Iterator<Item = (usize, u64)> {
        Ones(self.filled[row]).map(move |word| row * ROW + word).map(|word| (word, self.words[word]))
    }
}

/// Agents found for one handoff, to be narrowed down.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hits {
    words: Vec<(usize, u64)>,
}

impl Hits {
    pub(crate) fn clear(&mut self) {
        self.words.clear();
    }

    pub(crate) fn push(&mut self, word: usize, bits: u64) {
        if bits != 0 {
            self.words.push((word, bits));
        }
    }

    /// Adds one agent who stands outside the words that were pushed.
    pub(crate) fn add(&mut self, agent: u32) {
        match self.words.binary_search_by_key(&word_of(agent), |(word, _)| *word) {
            Ok(index) => self.words[index].1 |= bit_of(agent),
            Err(index) => self.words.insert(index, (word_of(agent), bit_of(agent))),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(crate) fn count(&self) -> u32 {
        self.words.iter().map(|(_, bits)| bits.count_ones()).sum()
    }

    pub(crate) fn has(&self, agent: u32) -> bool {
        let found = self.words.binary_search_by_key(&word_of(agent), |(word, _)| *word);
        found.is_ok_and(|index| self.words[index].1 & bit_of(agent) != 0)
    }

    /// The same as a row of words, for asking about one agent after another.
    pub(crate) fn row(&self) -> Vec<u64> {
        let mut row = vec![0; self.words.last().map_or(0, |(word, _)| word + 1)];
        for (word, bits) in &self.words {
            row[*word] = *bits;
        }
        row
    }

    pub(crate) fn agents(&self) -> impl Iterator<Item = u32> {
        self.words
            .iter()
            .flat_map(|(word, bits)| Ones(*bits).map(move |bit| u32::try_from(word * 64 + bit).unwrap_or(u32::MAX)))
    }

    pub(crate) fn any(&self, mask: impl Fn(usize) -> u64) -> bool {
        self.words.iter().any(|(word, bits)| bits & mask(*word) != 0)
    }

    /// Keeps those in the mask.
    pub(crate) fn keep(&mut self, mask: impl Fn(usize) -> u64) {
        for (word, bits) in &mut self.words {
            *bits &= mask(*word);
        }
        self.words.retain(|(_, bits)| *bits != 0);
    }

    /// Keeps those for whom it holds.
    pub(crate) fn retain(&mut self, mut holds: impl FnMut(u32) -> bool) {
        for (word, bits) in &mut self.words {
            for bit in Ones(*bits) {
                if !holds(u32::try_from(*word * 64 + bit).unwrap_or(u32::MAX)) {
                    *bits &= !(1 << bit);
                }
            }
        }
        self.words.retain(|(_, bits)| *bits != 0);
    }
}

/// The numbers of the bits that are set, lowest first.
struct Ones(u64);

impl Iterator for Ones {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let bit = self.0.trailing_zeros() as usize;
        self.0 &= self.0 - 1;
        Some(bit)
    }
}

/// Whether an agent is in such a row.
pub(crate) fn is_in(row: &[u64], agent: u32) -> bool {
    row.get(word_of(agent)).is_some_and(|word| word & bit_of(agent) != 0)
}

fn word_of(agent: u32) -> usize {
    agent as usize / 64
}

fn bit_of(agent: u32) -> u64 {
    1 << (agent % 64)
}
