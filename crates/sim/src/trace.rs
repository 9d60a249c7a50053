//! What happened, in order: all of it in a number, the last of it in words.

use std::collections::VecDeque;

/// Lines kept for whoever has to understand a failure.
const LINES: usize = 60;

#[derive(Debug, Clone)]
pub(crate) struct Trace {
    hash: u64,
    lines: VecDeque<String>,
}

impl Default for Trace {
    fn default() -> Self {
        Self { hash: 0xcbf2_9ce4_8422_2325, lines: VecDeque::new() }
    }
}

impl Trace {
    pub(crate) fn line(&mut self, line: String) {
        for byte in line.bytes().chain([b'\n']) {
            self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        if self.lines.len() == LINES {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }

    /// FNV-1a over every line.
    pub(crate) fn hash(&self) -> u64 {
        self.hash
    }

    pub(crate) fn last(&self) -> Vec<String> {
        self.lines.iter().cloned().collect()
    }
}
