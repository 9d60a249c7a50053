//! Boosted trees: many small questions about numbers, whose answers add up.

use crate::bytes::{Reader, Unreadable, Writer};

/// Most trees and nodes of a forest that is read; a file that says more is none of ours.
const TREES_MAX: usize = 10_000;
const NODES_MAX: usize = 1_000;

/// One question, or an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Node {
    /// Below the threshold goes to `left`, everything else to `right`; both stand later in the tree.
    Split {
        feature: u16,
        threshold: f32,
        left: u16,
        right: u16,
    },
    Leaf(f32),
}

/// Trees by their nodes; the first is the root.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Forest {
    pub base: f32,
    pub trees: Vec<Vec<Node>>,
}

impl Forest {
    /// The sum of the answers, in log odds. A number that is missing counts as zero.
    pub fn score(&self, numbers: &[f32]) -> f32 {
        self.base + self.trees.iter().map(|tree| answer(tree, numbers)).sum::<f32>()
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.float(self.base);
        out.count(self.trees.len());
        for tree in &self.trees {
            out.count(tree.len());
            for node in tree {
                match *node {
                    Node::Leaf(value) => {
                        out.short(u16::MAX);
                        out.float(value);
                    }
                    Node::Split { feature, threshold, left, right } => {
                        out.short(feature);
                        out.float(threshold);
                        out.short(left);
                        out.short(right);
                    }
                }
            }
        }
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let base = from.float()?;
        let mut trees = Vec::new();
        for _ in 0..from.count(TREES_MAX)? {
            let nodes = from.count(NODES_MAX)?;
            let mut tree = Vec::with_capacity(nodes);
            for at in 0..nodes {
                let feature = from.short()?;
                if feature == u16::MAX {
                    tree.push(Node::Leaf(from.float()?));
                    continue;
                }
                let threshold = from.float()?;
                let (left, right) = (from.short()?, from.short()?);
                // Forward only, so that every walk ends.
                if [left, right].iter().any(|next| usize::from(*next) <= at || usize::from(*next) >= nodes) {
                    return Err(Unreadable);
                }
                tree.push(Node::Split { feature, threshold, left, right });
            }
            trees.push(tree);
        }
        Ok(Self { base, trees })
    }
}

fn answer(tree: &[Node], numbers: &[f32]) -> f32 {
    let mut at = 0_usize;
    loop {
        match tree.get(at) {
            None => return 0.0,
            Some(Node::Leaf(value)) => return *value,
            Some(Node::Split { feature, threshold, left, right }) => {
                let number = numbers.get(usize::from(*feature)).copied().unwrap_or(0.0);
                at = usize::from(if number < *threshold { *left } else { *right });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_questions() -> Forest {
        let split = |feature, left, right| Node::Split { feature, threshold: 0.5, left, right };
        Forest {
            base: 0.25,
            trees: vec![
                vec![split(0, 1, 2), Node::Leaf(-1.0), Node::Leaf(1.0)],
                vec![split(1, 1, 2), Node::Leaf(0.0), Node::Leaf(2.0)],
            ],
        }
    }

    #[test]
    fn the_answers_of_all_trees_add_up() {
        assert!((two_questions().score(&[1.0, 1.0]) - 3.25).abs() < 1e-6);
        assert!((two_questions().score(&[0.0]) + 0.75).abs() < 1e-6);
    }

    #[test]
    fn a_forest_is_read_as_it_was_written_and_a_circle_is_refused() {
        let mut out = Writer::default();
        two_questions().write(&mut out);
        let bytes = out.done();
        assert_eq!(Forest::read(&mut Reader::new(&bytes)), Ok(two_questions()));

        let circle =
            Forest { base: 0.0, trees: vec![vec![Node::Split { feature: 0, threshold: 0.0, left: 0, right: 0 }]] };
        let mut out = Writer::default();
        circle.write(&mut out);
        assert_eq!(Forest::read(&mut Reader::new(&out.done())), Err(Unreadable));
    }
}
