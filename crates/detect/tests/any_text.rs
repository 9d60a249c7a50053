//! Whatever a customer sends, the detector answers: no panic, values between 0 and 1, spans on character boundaries,
//! and work that stays bounded however long the text is.

use baton_core::{ChannelId, Verdict};
use baton_detect::model::{FEATURES_MAX, clauses_of, features_of};
use baton_detect::{Detector, Policy, Turn};
use proptest::prelude::*;

fn assessed(detector: &Detector, text: &str) -> Verdict {
    detector.assess(&Turn::alone(text, &ChannelId::new("widget").expect("it is a key")))
}

fn sound(verdict: &Verdict, text: &str) {
    assert!((0.0..=1.0).contains(&verdict.language_confidence));
    for signal in &verdict.signals {
        assert!((0.0..=1.0).contains(&signal.value), "{signal:?}");
        if let Some(span) = signal.span {
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{signal:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn arbitrary_bytes_are_judged_soundly(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let text = String::from_utf8_lossy(&bytes);
        let detector = Detector::new(Policy::default()).unwrap();
        sound(&assessed(&detector, &text), &text);
    }

    #[test]
    fn arbitrary_letters_are_judged_soundly(text in "[\\PC]{0,300}") {
        let detector = Detector::new(Policy::default()).unwrap();
        sound(&assessed(&detector, &text), &text);
    }
}

/// 64 KiB of whatever gives the most to look at.
#[test]
fn the_longest_messages_cost_a_bounded_number_of_steps() {
    let detector = Detector::new(Policy::default()).unwrap();
    for piece in [
        "a",
        "a ",
        "agent ",
        "agent, ",
        "not sue you ",
        "i want to kill ",
        "人",
        "自杀",
        "不",
        "คน",
        "\u{301}",
        "👩‍👩‍👧",
        "إ",
        "no no ",
        "q1w2 ",
        "kill the process ",
        "\n",
        "...",
        "é",
    ] {
        let text = piece.repeat(64 * 1024 / piece.len());
        assert!(features_of(&text).len() <= FEATURES_MAX, "{piece:?}");
        assert!(clauses_of(&text).iter().map(Vec::len).sum::<usize>() <= FEATURES_MAX, "{piece:?}");
        sound(&assessed(&detector, &text), &text);
    }
}
