//! Chance that repeats itself: the same seed gives the same numbers everywhere, so training and intervals do too.

/// `SplitMix64`: small, fast and good enough to shuffle with.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`, which is not zero.
    pub fn below(&mut self, end: usize) -> usize {
        debug_assert!(end > 0, "there is nothing below zero");
        usize::try_from(self.draw() % (end.max(1) as u64)).unwrap_or(0)
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Splits `count` things into `folds` parts of nearly equal size: which part each belongs to.
pub fn folds(count: usize, folds: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    Chance::new(seed).shuffle(&mut order);
    let mut of = vec![0; count];
    for (place, item) in order.into_iter().enumerate() {
        of[item] = place % folds.max(1);
    }
    of
}
