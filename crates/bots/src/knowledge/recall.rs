//! What the person who had the conversation left behind, when the customer asks for it.

use super::phrases::phrases;
use super::relevance::line_coverage;
use super::small_talk::normalised;
use super::terms::{Term, is_unspaced};
use crate::reply::one_line;
use crate::turn::{BotTurn, HandbackFacts};

/// A question about what was left behind has few other terms; with more it is about something else.
const TERMS_MAX: usize = 4;
/// How much of a question a line must cover to be quoted.
const LINE_COVERAGE_MIN: f64 = 0.6;
/// Most lines that are quoted, and how long each may be.
const LINES_MAX: usize = 10;
const LINE_CHARS_MAX: usize = 500;

/// Beginnings of folded words; in scripts without spaces, anywhere in the text.
const PROMISE: &str =
    "promis promes promet versproch versprich zugesag zusage beloof beloofd toegezeg toezeg 承诺 答应 约定 約束";
const COLLEAGUE: &str = "colleague coworker agent teammate companer colega agente collegue conseill kolleg mitarbeiter \
    atendente collega operator medewerker 同事 客服 担当者";
/// Parts of a folded sentence.
const OPEN: &[&str] = &[
    "what is still open",
    "what s still open",
    "open item",
    "open point",
    "next step",
    "happens next",
    "outstanding",
    "pendiente",
    "proximo paso",
    "en suspens",
    "en attente",
    "prochaine etape",
    "noch offen",
    "nachste schritt",
    "nachsten schritt",
    "wie geht es weiter",
    "pendente",
    "proximos passos",
    "in sospeso",
    "prossimo passo",
    "prossimi passi",
    "openstaa",
    "staat nog open",
    "volgende stap",
    "未解决",
    "待处理",
    "下一步",
    "未完了",
    "対応中",
    "次のステップ",
];

/// Whether the customer asks in so many words what was promised to them or is still open.
pub(super) fn asks_for_it(turn: &BotTurn, terms: &[Term]) -> bool {
    let said = normalised(&turn.text);
    let asks = || mentions(&turn.text, PROMISE) || OPEN.iter().any(|part| said.contains(part));
    turn.handback.is_some() && terms.len() <= TERMS_MAX && asks()
}

/// Whether the customer asks about the person, in whatever words.
pub(super) fn mentions_person(turn: &BotTurn) -> bool {
    turn.handback.is_some() && mentions(&turn.text, COLLEAGUE)
}

/// The promises and the open items, or that there are none.
pub(super) fn everything(turn: &BotTurn, handback: &HandbackFacts) -> String {
    let words = phrases(turn.language);
    let mut parts = Vec::new();
    for (title, lines) in [(words.promised, &handback.promises), (words.still_open, &handback.open_items)] {
        if !lines.is_empty() {
            parts.push(list(title, lines));
        }
    }
    if parts.is_empty() { words.nothing_open.to_owned() } else { parts.join("\n\n") }
}

/// The lines that the question is about, if any; the note is for the bot alone and never among them.
pub(super) fn matching(turn: &BotTurn, terms: &[Term]) -> Option<String> {
    let handback = turn.handback.as_ref()?;
    let lines: Vec<&String> = [&handback.facts, &handback.promises, &handback.open_items]
        .into_iter()
        .flatten()
        .filter(|line| line_coverage(line, terms) >= LINE_COVERAGE_MIN)
        .collect();
    (!lines.is_empty()).then(|| list(phrases(turn.language).noted, lines))
}

fn list<'a>(title: &str, lines: impl IntoIterator<Item = &'a String>) -> String {
    let mut text = format!("{title}\n");
    for line in lines.into_iter().take(LINES_MAX) {
        text.push_str("\n- ");
        text.push_str(&one_line(line, LINE_CHARS_MAX));
    }
    text
}

fn mentions(text: &str, parts: &str) -> bool {
    let said = normalised(text);
    parts.split_ascii_whitespace().any(|part| {
        if part.starts_with(is_unspaced) {
            said.contains(part)
        } else {
            said.split(' ').any(|word| word.starts_with(part))
        }
    })
}
