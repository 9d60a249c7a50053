//! What the learned model makes of a text: the clause that asks the most, and the words that it rests on.

use std::sync::LazyLock;

use crate::fold::Folded;
use crate::model::{Feature, Features, Linear};

/// Trained by `baton-learn`; see the model card.
static EXPLICIT: LazyLock<Linear> = LazyLock::new(|| {
    Linear::from_bytes(include_bytes!("../../weights/explicit.model")).expect("the shipped weights fit this version")
});

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Learned {
    /// 0 to 1: how surely a clause of the text asks.
    pub(crate) probability: f32,
    /// The tokens that speak for it.
    pub(crate) first: usize,
    pub(crate) end: usize,
}

/// The clause that asks the most, by the model that comes with the program or the deployment's own.
pub(crate) fn judged(folded: &Folded, own: Option<&Linear>) -> Option<Learned> {
    let model = own.unwrap_or(&EXPLICIT);
    let features = Features::new(folded);
    let (clause, probability) = features
        .clauses()
        .map(|clause| (clause, model.probability(clause.iter().map(|feature| feature.hash))))
        .max_by(|one, other| one.1.total_cmp(&other.1))?;
    let (first, end) = telling(model, clause)?;
    Some(Learned { probability, first, end })
}

/// The run of tokens that adds the most to the sum: what each feature adds is shared among its tokens.
fn telling(model: &Linear, clause: &[Feature]) -> Option<(usize, usize)> {
    let from = clause.iter().map(|feature| feature.first).min()?;
    let to = clause.iter().map(|feature| feature.end).max()?;
    let mut added = vec![0.0_f32; usize::from(to - from)];
    for (feature, worth) in model.contributions(clause, 0) {
        let each = worth / f32::from((feature.end - feature.first).max(1));
        let tokens = usize::from(feature.first - from)..usize::from(feature.end - from);
        added.get_mut(tokens)?.iter_mut().for_each(|sum| *sum += each);
    }
    let (mut best, mut sum, mut begun) = ((0.0_f32, 0, added.len()), 0.0_f32, 0);
    for (at, worth) in added.iter().enumerate() {
        if sum <= 0.0 {
            (sum, begun) = (0.0, at);
        }
        sum += worth;
        if sum > best.0 {
            best = (sum, begun, at + 1);
        }
    }
    Some((usize::from(from) + best.1, usize::from(from) + best.2))
}
