//! The pieces of a text that are judged: its clauses, and what a comma or a word of politeness only seems to part.

use crate::fold::Folded;
use crate::lexicon::{LEXICON, Marks};
use crate::phrases::{Found, Phrases};

/// Clauses as the customer meant them: `connect me, please, with an agent` is one. Each also stands for itself, and
/// the tokens of pieces that only say `no, thanks` are named: they take nothing back.
pub(crate) fn pieces(folded: &Folded, found: &[Found]) -> (Vec<(usize, usize)>, Vec<bool>) {
    let mut aside = vec![false; folded.tokens.len()];
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    let mut merged: Option<(usize, usize)> = None;
    let mut joins_next = false;
    for (first, end) in folded.clauses() {
        // Only short pieces are politeness, and looking at them stays cheap.
        let is_aside = end - first <= ASIDE_TOKENS_MAX && says_nothing(found, first, end);
        let same_sentence = first > 0 && folded.tokens[first - 1].sentence == folded.tokens[first].sentence;
        let joins = same_sentence && (joins_next || is_aside || begins_joined(found, first, end));
        match &mut merged {
            Some(before) if joins => before.1 = end,
            Some(_) | None => {
                pieces.extend(merged.replace((first, end)));
            }
        }
        if is_aside {
            aside[first..end].fill(true);
        } else if joins {
            pieces.push((first, end));
        }
        joins_next = is_aside;
    }
    pieces.extend(merged);
    (pieces, aside)
}

const ASIDE_TOKENS_MAX: usize = 6;

/// Every token of the piece belongs to a phrase of politeness, in whatever language.
fn says_nothing(found: &[Found], first: usize, end: usize) -> bool {
    let hits = Phrases::within(found, first, end);
    let mut covered = first;
    while covered < end {
        let reach = hits
            .iter()
            .filter(|hit| usize::from(hit.first) <= covered && usize::from(hit.first) >= first)
            .filter(|hit| LEXICON.roles(**hit).iter().any(|role| role.marks.has(Marks::ASIDE)))
            .map(|hit| usize::from(hit.end))
            .max();
        match reach {
            Some(reach) if reach > covered => covered = reach,
            Some(_) | None => return false,
        }
    }
    true
}

fn begins_joined(found: &[Found], first: usize, end: usize) -> bool {
    Phrases::within(found, first, end)
        .iter()
        .filter(|hit| usize::from(hit.first) == first)
        .any(|hit| LEXICON.roles(*hit).iter().any(|role| role.marks.has(Marks::JOIN)))
}
