//! Places in order, with the number of those before any of them: who stands where is asked at every event.
//!
//! The places lie in pieces of bounded length; how many lie in each is kept as a Fenwick tree, so that a rank is a
//! search for the piece, a walk up the tree, and a search in the piece.

use crate::class::Place;

/// Most places in one piece.
const PIECE_MAX: usize = 64;

#[derive(Debug, Clone, Default)]
pub(crate) struct Ranked {
    pieces: Vec<Vec<Place>>,
    /// The Fenwick tree over the lengths of the pieces.
    lengths: Vec<usize>,
    all: usize,
}

impl Ranked {
    pub(crate) fn len(&self) -> usize {
        self.all
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all == 0
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Place> {
        self.pieces.iter().flatten()
    }

    pub(crate) fn insert(&mut self, place: Place) {
        let number = self.piece_of(&place);
        let Some(piece) = self.pieces.get_mut(number) else {
            self.pieces.push(vec![place]);
            self.count_again();
            return;
        };
        let Err(at) = piece.binary_search(&place) else { return };
        piece.insert(at, place);
        if piece.len() <= PIECE_MAX {
            self.all += 1;
            self.add(number, 1);
            return;
        }
        // Most come behind everybody: the last piece stays full and a new one begins.
        let half = if at + 1 == piece.len() { at } else { piece.len() / 2 };
        let behind = piece.split_off(half);
        self.pieces.insert(number + 1, behind);
        self.count_again();
    }

    pub(crate) fn remove(&mut self, place: &Place) {
        let number = self.piece_of(place);
        let Some(piece) = self.pieces.get_mut(number) else { return };
        let Ok(at) = piece.binary_search(place) else { return };
        piece.remove(at);
        if piece.is_empty() {
            self.pieces.remove(number);
            self.count_again();
        } else {
            self.all -= 1;
            self.add(number, usize::MAX);
        }
    }

    /// How many stand before this place, whether it is held or not.
    pub(crate) fn before(&self, place: &Place) -> usize {
        let number = self.piece_of(place);
        let Some(piece) = self.pieces.get(number) else { return 0 };
        let (mut earlier, mut next) = (0, number);
        while next > 0 {
            earlier += self.lengths[next - 1];
            next &= next - 1;
        }
        earlier + piece.partition_point(|other| other < place)
    }

    /// The piece that holds a place or would: the last that begins at or before it.
    fn piece_of(&self, place: &Place) -> usize {
        let after = self.pieces.partition_point(|piece| piece.first().is_some_and(|first| first <= place));
        after.saturating_sub(1)
    }

    /// Adds to the length of a piece; wraps, so that all ones take one away.
    fn add(&mut self, number: usize, more: usize) {
        let mut next = number + 1;
        while next <= self.lengths.len() {
            self.lengths[next - 1] = self.lengths[next - 1].wrapping_add(more);
            next += next & next.wrapping_neg();
        }
    }

    /// Pieces came or went, which happens once in dozens of places.
    fn count_again(&mut self) {
        self.lengths.clear();
        self.lengths.extend(self.pieces.iter().map(Vec::len));
        self.all = self.lengths.iter().sum();
        for number in 1..=self.lengths.len() {
            let parent = number + (number & number.wrapping_neg());
            if parent <= self.lengths.len() {
                self.lengths[parent - 1] += self.lengths[number - 1];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use baton_core::HandoffId;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn place(at: i64) -> Place {
        Place::at(at, HandoffId(Uuid::from_u128(u128::from(at.unsigned_abs()))))
    }

    proptest! {
        /// Whatever comes and goes in whatever order, it is the set, and knows how many stand before anybody.
        #[test]
        fn it_is_a_sorted_set_that_knows_ranks(steps in prop::collection::vec((0..900_i64, any::<bool>()), 1..1_500)) {
            let (mut ranked, mut plain) = (Ranked::default(), BTreeSet::new());
            for (at, comes) in steps {
                if comes {
                    ranked.insert(place(at));
                    plain.insert(place(at));
                } else {
                    ranked.remove(&place(at));
                    plain.remove(&place(at));
                }
            }
            prop_assert_eq!(ranked.len(), plain.len());
            prop_assert_eq!(ranked.is_empty(), plain.is_empty());
            prop_assert!(ranked.iter().eq(&plain));
            for at in (0..900).step_by(7) {
                prop_assert_eq!(ranked.before(&place(at)), plain.range(..place(at)).count());
            }
        }
    }

    #[test]
    fn a_hundred_thousand_in_a_row_keep_their_ranks() {
        let mut ranked = Ranked::default();
        (0..100_000).for_each(|at| ranked.insert(place(at)));
        (0..50_000).for_each(|at| ranked.remove(&place(2 * at)));
        assert_eq!(ranked.before(&place(99_999)), 49_999);
        assert_eq!(ranked.before(&place(1)), 0);
    }
}
