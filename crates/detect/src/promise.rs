//! The promise guard: a bot that says it is bringing in a person when nobody was asked, and one that says it cannot
//! while somebody is coming. Either way the customer waits for something that does not happen.

mod words;

use std::sync::LazyLock;

use baton_core::Span;

use self::words::{CANNOT, CONNECTING, ONLY_IF};
use crate::fold::Folded;
use crate::phrases::{Phrases, needle};

/// What a bot's message says about a person coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Somebody is being connected.
    Connecting,
    /// Nobody can be.
    Cannot,
}

/// What is wrong between what the bot said and what is happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// It said that somebody is coming, and nobody was asked.
    NobodyAsked,
    /// It said that nobody can come, and somebody is.
    SomebodyComes,
}

struct Tables {
    phrases: Phrases,
    connecting: usize,
    cannot: usize,
}

/// An automaton over some hundred phrases is always built.
static TABLES: LazyLock<Option<Tables>> = LazyLock::new(|| {
    let all = CONNECTING.iter().chain(CANNOT).chain(ONLY_IF).map(|phrase| needle(phrase));
    let phrases = Phrases::new(all).ok()?;
    Some(Tables { phrases, connecting: CONNECTING.len(), cannot: CONNECTING.len() + CANNOT.len() })
});

/// What a bot's message promises, and where it says so. Offers and conditions promise nothing.
pub fn promise(text: &str) -> Option<(Promise, Span)> {
    let tables = TABLES.as_ref()?;
    let folded = Folded::new(text);
    let found = tables.phrases.find(&folded);
    let at = |hit: &crate::phrases::Found| usize::from(hit.phrase);
    let span = |hit: &crate::phrases::Found| folded.span(usize::from(hit.first), usize::from(hit.end));
    if let Some(hit) = found.iter().find(|hit| (tables.connecting..tables.cannot).contains(&at(hit))) {
        return Some((Promise::Cannot, span(hit)?));
    }
    let sentence = |hit: &crate::phrases::Found| folded.tokens[usize::from(hit.first)].sentence;
    let hit = found.iter().find(|hit| {
        let only_if = found.iter().any(|other| at(other) >= tables.cannot && sentence(other) == sentence(hit));
        at(hit) < tables.connecting && !only_if
    })?;
    Some((Promise::Connecting, span(hit)?))
}

/// Whether a bot's message and what is happening contradict each other. `coming` is true while a handoff is under way.
pub fn broken_promise(text: &str, coming: bool) -> Option<(Broken, Span)> {
    match (promise(text)?, coming) {
        ((Promise::Connecting, span), false) => Some((Broken::NobodyAsked, span)),
        ((Promise::Cannot, span), true) => Some((Broken::SomebodyComes, span)),
        ((Promise::Connecting, _), true) | ((Promise::Cannot, _), false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bot_that_says_it_connects_somebody_promises_it() {
        for text in [
            "I'm connecting you to a colleague now.",
            "One moment, I'll transfer you.",
            "Le paso con un compañero.",
            "Je vous mets en relation avec un conseiller.",
            "Ich verbinde Sie mit einer Kollegin.",
            "Ti passo un operatore.",
            "Estou transferindo você para um atendente.",
            "Ik verbind u door met een collega.",
            "Łączę z konsultantem.",
            "Sizi bir temsilciye bağlıyorum",
            "Соединяю вас с оператором",
            "正在为您转接人工客服",
            "担当者におつなぎします",
            "상담원에게 연결해 드리겠습니다",
            "سأحولك إلى موظف",
            "Saya hubungkan dengan petugas",
        ] {
            let found = promise(text);
            assert!(found.is_some_and(|found| found.0 == Promise::Connecting), "{text}: {found:?}");
        }
    }

    #[test]
    fn an_offer_or_a_condition_is_no_promise() {
        for text in [
            "Would you like me to? I'll connect you if you say yes.",
            "Shall I put you through, putting you through takes a minute?",
            "Möchten Sie, dass ich Sie verbinde?",
            "The printer is connected to the Wi-Fi.",
            "",
        ] {
            assert_eq!(promise(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_said_and_what_happens_are_held_together() {
        let kind = |text, coming| broken_promise(text, coming).map(|broken| broken.0);
        assert_eq!(kind("I'll connect you with an agent.", false), Some(Broken::NobodyAsked));
        assert_eq!(kind("I'll connect you with an agent.", true), None);
        assert_eq!(kind("I cannot transfer you to anybody.", true), Some(Broken::SomebodyComes));
        assert_eq!(kind("I cannot transfer you to anybody.", false), None);
    }
}
