//! Plain phrasings, language by language: what a newcomer types in the first minute, and what only looks like it.
//!
//! The tables stand in `phrasings/LANGUAGE.txt`: a heading in brackets says what is expected of the lines below it.

use std::sync::LazyLock;

use baton_core::{ChannelId, VerdictKind};
use baton_detect::{Detector, Past, Policy, Turn};

static DETECTOR: LazyLock<Detector> = LazyLock::new(|| Detector::new(Policy::default()).expect("a policy that holds"));
static CHANNEL: LazyLock<ChannelId> = LazyLock::new(|| ChannelId::new("website").expect("a key"));

/// A language with its table, and what people put before and after whatever they say.
struct Language {
    tag: &'static str,
    table: &'static str,
    before: &'static [&'static str],
    after: &'static [&'static str],
}

const LANGUAGES: [Language; 9] = [
    Language {
        tag: "en",
        table: include_str!("phrasings/en.txt"),
        before: &[
            "please ",
            "hello, ",
            "ok ",
            "hi there, ",
            "no, ",
            "ok so ",
            "sorry but ",
            "Good morning! ",
            "thanks, but ",
        ],
        after: &[" please", " now", " asap", ", thanks", "!!", " right now please", " ok?"],
    },
    Language {
        tag: "es",
        table: include_str!("phrasings/es.txt"),
        before: &["por favor ", "hola, ", "Buenos días, ", "ok ", "no, ", "gracias, pero "],
        after: &[" por favor", ", gracias", " ya", " ahora mismo"],
    },
    Language {
        tag: "fr",
        table: include_str!("phrasings/fr.txt"),
        before: &["Bonjour, ", "svp ", "non, ", "ok ", "merci mais "],
        after: &[" s'il vous plaît", ", merci", " svp", " maintenant"],
    },
    Language {
        tag: "de",
        table: include_str!("phrasings/de.txt"),
        before: &["Hallo, ", "bitte ", "Guten Tag, ", "nein, ", "ok ", "danke, aber "],
        after: &[" bitte", ", danke", " jetzt", " sofort"],
    },
    Language {
        tag: "pt",
        table: include_str!("phrasings/pt.txt"),
        before: &["Olá, ", "por favor ", "Bom dia, ", "não, ", "ok "],
        after: &[" por favor", ", obrigado", " agora"],
    },
    Language {
        tag: "it",
        table: include_str!("phrasings/it.txt"),
        before: &["Ciao, ", "per favore ", "Buongiorno, ", "no, ", "ok "],
        after: &[" per favore", ", grazie", " subito"],
    },
    Language {
        tag: "nl",
        table: include_str!("phrasings/nl.txt"),
        before: &["Hallo, ", "alsjeblieft ", "Goedemorgen, ", "nee, ", "ok "],
        after: &[" alsjeblieft", ", bedankt", " nu", " aub"],
    },
    Language {
        tag: "zh",
        table: include_str!("phrasings/zh.txt"),
        before: &["你好，", "您好 ", "请问", "好的，"],
        after: &["，谢谢", "！", " 快点"],
    },
    Language {
        tag: "ja",
        table: include_str!("phrasings/ja.txt"),
        before: &["すみません、", "こんにちは。", "はい、", "すみませんが"],
        after: &["。お願いします", "、早く", "！"],
    },
];

/// The lines under a heading.
fn lines(language: &Language, heading: &str) -> Vec<&'static str> {
    let (mut under, mut lines) = ("", Vec::new());
    for line in language.table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => under = name,
            None if under == heading => lines.push(line),
            None => {}
        }
    }
    lines
}

fn judged(text: &str, history: &[Past]) -> VerdictKind {
    DETECTOR.assess(&Turn { history, ..Turn::alone(text, &CHANNEL) }).kind
}

/// Every line under the heading, as it stands or dressed, is judged as expected; those that are not are named together.
fn expect(heading: &str, least: impl Fn(&str) -> usize, dressed: bool, expected: impl Fn(VerdictKind) -> bool) {
    let mut wrong = Vec::new();
    for language in &LANGUAGES {
        let lines = lines(language, heading);
        assert!(lines.len() >= least(language.tag), "{} has {} lines of {heading}", language.tag, lines.len());
        for line in lines {
            let before = language.before.iter().map(|before| format!("{before}{line}"));
            let after = language
                .after
                .iter()
                .map(|after| format!("{}{after}", line.trim_end_matches(['.', '!', '?', '。', '？', '！'])));
            let texts: Vec<String> = if dressed { before.chain(after).collect() } else { vec![line.to_owned()] };
            for text in texts {
                let kind = judged(&text, &[]);
                if !expected(kind) {
                    wrong.push(format!("{} {kind:?}: {text}", language.tag));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {heading} are judged otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn whoever_asks_plainly_for_a_person_is_handed_off() {
    let least = |tag: &str| if tag == "en" { 40 } else { 15 };
    expect("hand_off", least, false, |kind| kind == VerdictKind::HandOff);
}

#[test]
fn politeness_and_haste_do_not_hide_a_request() {
    expect("hand_off", |_| 0, true, |kind| kind == VerdictKind::HandOff);
}

#[test]
fn whoever_asks_for_anybody_is_offered_a_person() {
    expect("suggest", |_| 0, false, |kind| kind == VerdictKind::Suggest);
}

#[test]
fn speaking_of_people_asks_for_nobody() {
    let least = |tag: &str| if tag == "en" { 25 } else { 6 };
    expect("keep", least, false, |kind| kind == VerdictKind::Keep);
}

#[test]
fn politeness_and_haste_do_not_make_a_request() {
    expect("keep", |_| 0, true, |kind| kind == VerdictKind::Keep);
}

#[test]
fn plain_frustration_is_heard_in_every_language() {
    expect("frustrated", |_| 5, false, |kind| kind != VerdictKind::Keep);
}

#[test]
fn anger_at_the_world_stays_with_the_bot() {
    expect("angry_at_the_world", |_| 2, false, |kind| kind == VerdictKind::Keep);
}
