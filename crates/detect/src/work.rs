//! How much is looked at: counted in the tests of this crate alone, so that "no slow input" is a number that does not
//! depend on the machine. In the program the calls are empty.

/// Says that so many bytes, tokens, hits or features are looked at.
#[cfg(not(test))]
#[inline]
pub(crate) fn looks_at(_: usize) {}

#[cfg(test)]
pub(crate) fn looks_at(count: usize) {
    tests::STEPS.with(|steps| steps.set(steps.get() + count));
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use baton_core::{ChannelId, Seq};
    use proptest::prelude::*;

    use crate::fold::TEXT_BYTES_MAX;
    use crate::{Detector, Past, PastAuthor, Policy, TopicDefinition, Turn};

    thread_local! {
        pub(super) static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    /// Most that one message may cost, with any history. A message of 110 bytes costs some two thousand.
    const STEPS_MAX: usize = 6_000_000;
    /// Most that a byte of a message may cost on top of what the history costs.
    const STEPS_A_BYTE_MAX: usize = 600;

    /// What tempts each signal, and each part that signals share, to look at everything for everything.
    const TEMPTING: [&str; 36] = [
        "a",
        "a ",
        "agent ",
        "agent, ",
        "agnet ",
        "talk to ",
        "not ",
        "i want to not talk to ",
        "are you a human or ",
        "somebody who can ",
        "not sue you ",
        "i want to kill ",
        "kill the process ",
        "press ",
        "自杀",
        "不自杀",
        "人",
        "转人工",
        "不",
        "คน",
        "ขอคุยกับคน",
        "useless ",
        "USELESS!!! ",
        "not useless ",
        "weather terrible ",
        "no no ",
        "i said ",
        "thanks ",
        "?",
        "? ",
        "what is it? ",
        "\u{301}",
        "👩‍👩‍👧",
        "إ",
        "q1w2 ",
        "...",
    ];

    fn detector() -> Detector {
        let topic = TopicDefinition {
            id: "people".parse().unwrap(),
            phrases: vec!["agent*".to_owned(), "a a a".to_owned(), "人".to_owned()],
        };
        Detector::new(Policy { topics: vec![topic], ..Policy::default() }).unwrap()
    }

    fn steps(detector: &Detector, text: &str, history: &[Past]) -> usize {
        let channel = ChannelId::new("website").unwrap();
        STEPS.with(|steps| steps.set(0));
        detector.assess(&Turn { history, ..Turn::alone(text, &channel) });
        STEPS.with(Cell::get)
    }

    fn long(piece: &str, bytes: usize) -> String {
        piece.repeat(bytes.div_ceil(piece.len()))
    }

    fn talk(turns: u64, said: &str, answered: &str) -> Vec<Past> {
        (1..=turns)
            .map(|seq| {
                let customer = seq % 2 == 1;
                let author = if customer { PastAuthor::Customer } else { PastAuthor::Bot { knew: seq % 4 == 0 } };
                let text = if customer { said } else { answered };
                Past { seq: Seq(seq), author, text: format!("{text} {seq}") }
            })
            .collect()
    }

    #[test]
    fn whoever_writes_twice_as_much_is_read_for_twice_as_long_and_nobody_for_longer_than_a_bound() {
        let detector = detector();
        for piece in TEMPTING {
            let of = |bytes: usize| steps(&detector, &long(piece, bytes), &[]);
            let (quarter, half, whole) = (of(TEXT_BYTES_MAX / 4), of(TEXT_BYTES_MAX / 2), of(64 * 1024));
            assert!(half <= 2 * quarter + quarter / 2 + 20_000, "{piece:?}: {quarter}, then {half}");
            assert!(whole <= 2 * half + half / 2 + 20_000, "{piece:?}: {half}, then {whole}");
            assert!(whole <= STEPS_A_BYTE_MAX * TEXT_BYTES_MAX, "{piece:?}: {whole}");
        }
    }

    #[test]
    fn a_conversation_of_a_thousand_turns_costs_no_more_than_a_long_one() {
        let detector = detector();
        for said in TEMPTING.into_iter().step_by(2) {
            let said = long(said, 700);
            for answered in [said.as_str(), "Sorry, I didn't understand that.", "One moment, I'm connecting you."] {
                let of = |turns: u64| steps(&detector, &said, &talk(turns, &said, answered));
                let (hundred, thousand) = (of(100), of(1_000));
                assert!(thousand <= hundred + hundred / 4 + 20_000, "{said:.20}: {hundred}, then {thousand}");
                assert!(thousand <= STEPS_MAX, "{said:.20}: {thousand}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Pieces in any mixture, as a fuzzer would find them.
        #[test]
        fn no_mixture_of_what_tempts_is_slow(
            pieces in proptest::collection::vec(proptest::sample::select(TEMPTING.as_slice()), 1..8),
            between in proptest::sample::select(["", " ", ", ", ". ", "\n"].as_slice()),
        ) {
            let piece = pieces.join(between) + between;
            let cost = steps(&detector(), &long(&piece, 64 * 1024), &[]);
            prop_assert!(cost <= STEPS_A_BYTE_MAX * TEXT_BYTES_MAX, "{piece:?}: {cost}");
        }

        #[test]
        fn arbitrary_bytes_of_any_length_are_not_slow(bytes in proptest::collection::vec(any::<u8>(), 0..20_000)) {
            let text = String::from_utf8_lossy(&bytes);
            let cost = steps(&detector(), &text, &[]);
            prop_assert!(cost <= 20_000 + STEPS_A_BYTE_MAX * text.len().min(TEXT_BYTES_MAX), "{cost}");
        }
    }
}
