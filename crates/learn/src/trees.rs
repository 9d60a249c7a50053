//! Trains boosted trees: gradient boosting on the logistic loss, with the values of every number sorted into bins.

use baton_detect::trees::{Forest, Node};

use crate::chance::Chance;

const BINS_MAX: usize = 64;

/// How a forest grows.
#[derive(Debug, Clone)]
pub struct Growth {
    pub trees: usize,
    pub depth: usize,
    pub rate: f32,
    /// Of the rows and of the numbers, how many a tree sees, in percent.
    pub rows_percent: usize,
    pub numbers_percent: usize,
    /// The least weight of evidence in a leaf.
    pub leaf_min: f32,
    pub penalty: f32,
    pub seed: u64,
}

impl Default for Growth {
    fn default() -> Self {
        Self {
            trees: 150,
            depth: 4,
            rate: 0.06,
            rows_percent: 70,
            numbers_percent: 60,
            leaf_min: 3.0,
            penalty: 3.0,
            seed: 1,
        }
    }
}

/// Where each number is cut, and which bin each row falls into.
struct Binned {
    cuts: Vec<Vec<f32>>,
    /// By number, then by row.
    bins: Vec<Vec<u8>>,
}

impl Binned {
    fn new(rows: &[&[f32]]) -> Self {
        let numbers = rows.first().map_or(0, |row| row.len());
        let mut cuts = Vec::with_capacity(numbers);
        let mut bins = Vec::with_capacity(numbers);
        for number in 0..numbers {
            let mut values: Vec<f32> = rows.iter().map(|row| row[number]).collect();
            values.sort_by(f32::total_cmp);
            let mut own: Vec<f32> = Vec::new();
            for bin in 1..BINS_MAX {
                let value = values[bin * values.len() / BINS_MAX];
                if value > values[0] && own.last().is_none_or(|last| value > *last) {
                    own.push(value);
                }
            }
            let place = |value: f32| u8::try_from(own.partition_point(|cut| *cut <= value)).unwrap_or(u8::MAX);
            bins.push(rows.iter().map(|row| place(row[number])).collect());
            cuts.push(own);
        }
        Self { cuts, bins }
    }
}

/// Grows a forest that tells the rows that are true from the others.
pub fn grow(rows: &[&[f32]], truth: &[bool], growth: &Growth) -> Forest {
    let yes = truth.iter().filter(|yes| **yes).count();
    if yes == 0 || yes == rows.len() {
        return Forest { base: if yes == 0 { -6.0 } else { 6.0 }, trees: Vec::new() };
    }
    #[allow(clippy::cast_precision_loss)] // Counts of turns.
    let base = (yes as f32 / (rows.len() - yes) as f32).ln();
    let binned = Binned::new(rows);
    let mut chance = Chance::new(growth.seed);
    let mut scores = vec![base; rows.len()];
    let mut trees = Vec::with_capacity(growth.trees);
    let mut slopes = vec![(0.0_f32, 0.0_f32); rows.len()];
    for _ in 0..growth.trees {
        for ((slope, score), yes) in slopes.iter_mut().zip(&scores).zip(truth) {
            let likely = 1.0 / (1.0 + (-score).exp());
            *slope = (likely - f32::from(u8::from(*yes)), (likely * (1.0 - likely)).max(1e-6));
        }
        let seen: Vec<u32> = (0..rows.len())
            .filter(|_| chance.below(100) < growth.rows_percent)
            .filter_map(|row| u32::try_from(row).ok())
            .collect();
        let numbers: Vec<usize> =
            (0..binned.cuts.len()).filter(|_| chance.below(100) < growth.numbers_percent).collect();
        let mut tree = Vec::new();
        Growing { binned: &binned, slopes: &slopes, numbers: &numbers, growth }.branch(seen, 0, &mut tree);
        for (row, score) in scores.iter_mut().enumerate() {
            *score += answer_binned(&tree, &binned, row);
        }
        trees.push(tree.into_iter().map(|node| unbinned(node, &binned)).collect());
    }
    Forest { base, trees }
}

#[derive(Clone, Copy)]
enum Binning {
    Split { number: usize, cut: usize, left: usize, right: usize },
    Leaf(f32),
}

fn answer_binned(tree: &[Binning], binned: &Binned, row: usize) -> f32 {
    let mut at = 0;
    loop {
        match tree[at] {
            Binning::Leaf(value) => return value,
            Binning::Split { number, cut, left, right } => {
                at = if usize::from(binned.bins[number][row]) <= cut { left } else { right };
            }
        }
    }
}

fn unbinned(node: Binning, binned: &Binned) -> Node {
    let short = |value: usize| u16::try_from(value).unwrap_or(u16::MAX);
    match node {
        Binning::Leaf(value) => Node::Leaf(value),
        Binning::Split { number, cut, left, right } => Node::Split {
            feature: short(number),
            threshold: binned.cuts[number][cut],
            left: short(left),
            right: short(right),
        },
    }
}

struct Growing<'a> {
    binned: &'a Binned,
    slopes: &'a [(f32, f32)],
    numbers: &'a [usize],
    growth: &'a Growth,
}

impl Growing<'_> {
    fn branch(&self, rows: Vec<u32>, depth: usize, tree: &mut Vec<Binning>) {
        let (slope, weight) = rows.iter().fold((0.0, 0.0), |sum, row| {
            let (slope, weight) = self.slopes[*row as usize];
            (sum.0 + slope, sum.1 + weight)
        });
        let at = tree.len();
        tree.push(Binning::Leaf(-slope / (weight + self.growth.penalty) * self.growth.rate));
        if depth == self.growth.depth {
            return;
        }
        let Some((number, cut)) = self.best(&rows, slope, weight) else { return };
        let bins = &self.binned.bins[number];
        let (below, above): (Vec<u32>, Vec<u32>) =
            rows.into_iter().partition(|row| usize::from(bins[*row as usize]) <= cut);
        let left = tree.len();
        self.branch(below, depth + 1, tree);
        let right = tree.len();
        self.branch(above, depth + 1, tree);
        tree[at] = Binning::Split { number, cut, left, right };
    }

    fn best(&self, rows: &[u32], slope: f32, weight: f32) -> Option<(usize, usize)> {
        let Growth { penalty, leaf_min, .. } = *self.growth;
        let worth = |slope: f32, weight: f32| slope * slope / (weight + penalty);
        let whole = worth(slope, weight);
        let mut best: Option<(f32, usize, usize)> = None;
        for number in self.numbers {
            let bins = &self.binned.bins[*number];
            let mut sums = [(0.0_f32, 0.0_f32); BINS_MAX];
            for row in rows {
                let (slope, weight) = self.slopes[*row as usize];
                let sum = &mut sums[usize::from(bins[*row as usize])];
                *sum = (sum.0 + slope, sum.1 + weight);
            }
            let mut below = (0.0, 0.0);
            for (cut, sum) in sums.iter().enumerate().take(self.binned.cuts[*number].len()) {
                below = (below.0 + sum.0, below.1 + sum.1);
                let above = (slope - below.0, weight - below.1);
                if below.1 < leaf_min || above.1 < leaf_min {
                    continue;
                }
                let gain = worth(below.0, below.1) + worth(above.0, above.1) - whole;
                if gain > 1e-3 && best.is_none_or(|(held, _, _)| gain > held) {
                    best = Some((gain, *number, cut));
                }
            }
        }
        best.map(|(_, number, cut)| (number, cut))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forest_learns_what_no_single_number_tells() {
        let rows: Vec<[f32; 2]> = (0..400_u16).map(|at| [f32::from(at % 20), f32::from(at / 20)]).collect();
        let truth: Vec<bool> = rows.iter().map(|row| (row[0] < 10.0) != (row[1] < 10.0)).collect();
        let rows: Vec<&[f32]> = rows.iter().map(|row| &row[..]).collect();
        let growth = Growth { numbers_percent: 100, leaf_min: 1.0, ..Growth::default() };
        let forest = grow(&rows, &truth, &growth);
        let right = rows.iter().zip(&truth).filter(|(row, truth)| (forest.score(row) > 0.0) == **truth).count();
        assert!(right > 390, "{right} of 400");
        assert_eq!(forest, grow(&rows, &truth, &growth));
    }
}
