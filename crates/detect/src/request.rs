//! The explicit request: does the customer ask for a person? Judged clause by clause, on the roles of words, and by a
//! learned model that knows phrasings and slips which no table holds.

mod learned;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_core::Span;

use crate::clause::Part;
use crate::fold::Folded;
use crate::lexicon::{LEXICON, Lexicon, Marks, TABLES};
use crate::model::Linear;
use crate::phrases::{Found, Phrases};
use crate::pieces::pieces;
use crate::reading::{BARE_PERSON, read};
use crate::spelling::Spelling;

/// A clause that asks for a person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Request {
    /// 0 to 1: how plainly.
    pub(crate) value: f32,
    pub(crate) language: &'static str,
    pub(crate) form: &'static str,
    pub(crate) span: Option<Span>,
}

/// What a table's reading and the model's probability are each worth: a plain reading alone reaches the usual threshold,
/// the model alone does when it is nearly certain.
const READ: f32 = 0.75;
const LEARNED: f32 = 0.25;
const LEARNED_ALONE: f32 = 0.7;
/// A reading below this says that a person might be worth offering, not that one is asked for.
const PLAIN: f32 = 0.6;
/// Below this the model's opinion is not worth showing.
const SHOWN: f32 = 0.1;

/// What is left of the model's opinion about a clause that the tables know to say something else.
const DOUBTED: f32 = 0.4;

/// The plainest request in the text, by the tables and the model together.
pub(crate) fn request(folded: &Folded, own: Option<&Linear>) -> Option<Request> {
    let read = read_request(folded);
    let learned = learned::judged(folded, own);
    let probability = learned.map_or(0.0, |learned| learned.probability);
    let alone = match learned {
        Some(learned) if read.doubts(learned.first, learned.end) => DOUBTED * LEARNED_ALONE * probability,
        Some(_) | None => LEARNED_ALONE * probability,
    };
    match read.plainest {
        Some(read) if read.value >= PLAIN => {
            let value = read.value.max(READ * read.value + LEARNED * probability);
            Some(Request { value, ..read })
        }
        // The tables know this way of asking for anybody at all.
        Some(read) => Some(read),
        None => {
            let learned = learned.filter(|_| alone >= SHOWN)?;
            Some(Request {
                value: alone,
                language: "any",
                form: "learned",
                span: folded.span(learned.first, learned.end),
            })
        }
    }
}

/// What the tables make of a text.
#[derive(Default)]
struct Read {
    plainest: Option<Request>,
    /// Runs of tokens that name somebody and take it back, ask something else about them, or speak of others.
    doubted: Vec<(usize, usize)>,
}

impl Read {
    fn doubts(&self, from: usize, to: usize) -> bool {
        self.doubted.iter().any(|(first, end)| *first < to && from < *end)
    }
}

/// Marks of a clause that speaks of people and asks for none.
const DOUBTING: Marks = Marks::NOT.or(Marks::OTHER).or(Marks::MATTER).or(Marks::BOT);

/// The plainest request in the text, by the tables.
fn read_request(folded: &Folded) -> Read {
    let found = LEXICON.find(folded);
    let mut all = Read::default();
    let (pieces, aside) = pieces(folded, &found);
    for (first, end) in pieces {
        let spoken = spoken(&found, first, end);
        for (number, table) in TABLES.iter().enumerate().filter(|(number, _)| spoken & (1 << number) != 0) {
            let Some(parts) = parts(folded, &found, &aside, number, (first, end)) else { continue };
            for clause in parts.split(|part| part.marks.has(Marks::BREAK)) {
                let reading = read(clause, table.order)
                    .filter(|reading| reading.form != BARE_PERSON || !offers_choice(folded, &found, number, first));
                let Some(reading) = reading else {
                    // What English words say of a clause counts only if it is in no other language.
                    let own = number > 0 || spoken == 1;
                    if own && clause.iter().any(|part| part.marks.has(DOUBTING)) {
                        all.doubted.push((clause[0].first, clause[clause.len() - 1].end));
                    }
                    continue;
                };
                if all.plainest.as_ref().is_none_or(|best| best.value < reading.value) {
                    all.plainest = Some(Request {
                        value: reading.value,
                        language: table.language,
                        form: reading.form,
                        span: folded.span(reading.first, reading.end),
                    });
                }
            }
        }
    }
    all
}

/// `are you a bot, a human`: the clause before names a bot in the same sentence, and does not refuse it.
fn offers_choice(folded: &Folded, found: &[Found], table: usize, end: usize) -> bool {
    let Some(last) = end.checked_sub(1).map(|last| folded.tokens[last]) else { return false };
    let goes_on = folded.tokens.get(end).is_some_and(|next| next.sentence == last.sentence);
    let length = folded.tokens[..end].iter().rev().take_while(|token| token.clause == last.clause).count();
    let first = end - length;
    let marks = Phrases::within(found, first, end)
        .iter()
        .filter_map(|hit| marks_in(&LEXICON, *hit, table))
        .fold(Marks::default(), Marks::or);
    goes_on && marks.has(Marks::BOT) && !marks.has(Marks::NOT.or(Marks::AVERSE))
}

/// Roles that show a language. Its small words are other words elsewhere, and what English shares shows nothing: `will`
/// and `manager` in an English clause do not make it German.
const TELLING: Marks = SOMEBODY
    .or(Marks::WANT)
    .or(Marks::GIVE)
    .or(Marks::ABLE)
    .or(Marks::REACH)
    .or(Marks::CARRY)
    .or(Marks::BARE)
    .or(Marks::FIRM)
    .or(Marks::EXIST);

/// The tables whose language shows in a clause, as bits. English needs no showing: a slip may hide its words.
fn spoken(found: &[Found], first: usize, end: usize) -> u32 {
    let mut tables = 1;
    for hit in Phrases::within(found, first, end).iter().filter(|hit| usize::from(hit.first) >= first) {
        let roles = LEXICON.roles(*hit);
        if roles.iter().all(|role| role.table != 0) {
            let telling = roles.iter().filter(|role| role.marks.has(TELLING));
            tables = telling.fold(tables, |tables, role| tables | 1 << role.table);
        }
    }
    tables
}

/// Without one of these a clause asks for nobody.
const SOMEBODY: Marks =
    Marks::PERSON.or(Marks::SOMEONE).or(Marks::MOVE).or(Marks::ESCALATE).or(Marks::BOT).or(Marks::RING);

/// The clause in the words of one language; nothing if the language has nobody to ask for in it.
fn parts(
    folded: &Folded,
    found: &[Found],
    aside: &[bool],
    table: usize,
    (first, end): (usize, usize),
) -> Option<Vec<Part>> {
    let mut longest: Vec<Option<(usize, Marks)>> = vec![None; end - first];
    let mut all = Marks::default();
    for hit in Phrases::within(found, first, end) {
        let Some(marks) = marks_in(&LEXICON, *hit, table) else { continue };
        all = all.or(marks);
        let place = &mut longest[usize::from(hit.first) - first];
        let length = usize::from(hit.end - hit.first);
        *place = match *place {
            Some((held, more)) if held > length => Some((held, more)),
            Some((held, more)) if held == length => Some((held, more.or(marks))),
            Some(_) | None => Some((length, marks)),
        };
    }
    let mut parts = Vec::with_capacity(end - first);
    let mut at = first;
    while at < end {
        let (length, marks) = longest[at - first].unwrap_or_else(|| {
            let corrected = if table == 0 { SPELLING.correct(folded.word(at)) } else { None };
            (1, corrected.unwrap_or_default())
        });
        // `no` is left out as a piece of its own; inside a clause it takes back.
        if !aside[at] && (!marks.has(Marks::ASIDE) || marks.has(Marks::NOT)) {
            all = all.or(marks);
            parts.push(Part { marks, first: at, end: at + length });
        }
        at += length;
    }
    all.has(SOMEBODY).then_some(parts)
}

/// What of English is understood everywhere.
const BORROWED: Marks = Marks::PERSON.or(Marks::BOT).or(Marks::ASIDE);

/// What a phrase does in this language. English names for people and bots are understood everywhere.
fn marks_in(lexicon: &Lexicon, hit: Found, table: usize) -> Option<Marks> {
    let roles = lexicon.roles(hit);
    let own = roles.iter().find(|role| usize::from(role.table) == table).map(|role| role.marks);
    let borrowed = || roles.iter().find(|role| role.table == 0)?.marks.only(BORROWED);
    own.or_else(borrowed)
}

/// English words worth correcting, by their marks.
static SPELLING: LazyLock<Spelling<Marks>> = LazyLock::new(|| {
    let corrected = Marks::PERSON.or(Marks::SOMEONE).or(Marks::REACH).or(Marks::ABLE).or(Marks::HELP);
    let mut words = BTreeMap::new();
    for (marks, alternatives) in TABLES[0].words.iter().filter(|(marks, _)| marks.has(corrected.or(Marks::WANT))) {
        let short = |word: &str| word.len() <= 4;
        for word in alternatives.split('|').filter(|word| !word.contains(' ')) {
            // Longer words of wishing have neighbours of their own: `rather` and `father`.
            if marks.has(corrected) || short(word) {
                words.entry(word).or_insert(*marks);
            }
        }
    }
    // What a slip leaves of `customer service` is somebody as well.
    for word in ["customer", "costumer"] {
        words.entry(word).or_insert(Marks::FIRM.or(Marks::GAP).or(Marks::BARE));
    }
    Spelling::new(words)
});

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(text: &str) -> bool {
        request(&Folded::new(text), None).is_some_and(|request| request.value >= 0.6)
    }

    #[test]
    fn a_customer_can_ask_for_a_person_in_their_own_language() {
        for text in [
            "Could you put me through to one of your advisors?",
            "get me your supervisor right now",
            "Hello, I'd like to speak with somebody in billing",
            "is there a human I could chat with",
            "quisiera que me comuniques con un asesor, por favor",
            "¿Puedo hablar con una persona de verdad?",
            "Je préfère discuter avec un vrai conseiller",
            "Pouvez-vous me passer un responsable ?",
            "Ich möchte bitte mit einem echten Menschen reden",
            "Können Sie mich an einen Berater weiterleiten?",
            "gostaria de conversar com um atendente humano",
            "Vorrei essere messo in contatto con un operatore",
            "Kan ik een medewerker spreken?",
            "Verbind me door met de klantenservice",
            "我想跟真人客服说话",
            "麻烦帮我转接客服人员",
            "担当者につないでください",
            "オペレーターと話したいです",
            "人間のスタッフに代わってください",
        ] {
            assert!(asks(text), "{text}: {:?}", request(&Folded::new(text), None));
        }
    }

    #[test]
    fn refusing_the_bot_is_asking_for_a_person() {
        for text in [
            "I don't want to talk to a chatbot",
            "No quiero hablar con un robot",
            "Ich will nicht mit einem Bot sprechen",
            "je ne veux pas parler à une machine",
        ] {
            assert!(asks(text), "{text}");
        }
    }

    #[test]
    fn speaking_of_people_is_not_asking_for_one() {
        for text in [
            "Are you a human being?",
            "Is this a real person or a program?",
            "I spoke to an agent yesterday and nothing happened",
            "Your representative told me to wait a week",
            "There is no need to transfer me to an agent",
            "I do not want to speak to a human",
            "My travel agent booked the wrong date",
            "Where do I send the form for human resources?",
            "How do I connect to the wifi?",
            "I want to apply for a personal loan",
            "My manager wants a copy of the invoice",
            "That operator was very rude",
            "Can I add another person to the subscription?",
            "Do I have to talk to someone to change the plan?",
            "eres una persona real?",
            "no necesito hablar con un agente",
            "ayer hablé con un asesor",
            "recursos humanos no contesta",
            "Parlez-vous anglais ?",
            "êtes-vous un humain ?",
            "je n'ai pas besoin d'un conseiller",
            "Bist du ein Mensch?",
            "Ich brauche keinen Berater",
            "Gestern hat mir ein Mitarbeiter etwas anderes gesagt",
            "ben je een mens?",
            "我不需要人工客服",
            "昨天客服跟我说可以退款",
            "人間ですか？",
            "オペレーターは必要ありません",
        ] {
            assert!(!asks(text), "{text}: {:?}", request(&Folded::new(text), None));
        }
    }

    #[test]
    fn each_clause_is_judged_for_itself() {
        assert!(asks("I don't need an agent for this, but please connect me with your manager"));
        assert!(asks("You are not human. I need to talk to a live person"));
        assert!(asks("Yesterday an agent promised a refund. Can I speak to another agent?"));
        assert!(asks("Connect me, please, with an agent"));
    }

    #[test]
    fn the_span_shows_the_words_that_asked() {
        let text = "¡Hola! Quiero hablar con un agente.";
        let span = request(&Folded::new(text), None).unwrap().span.unwrap();
        assert_eq!(&text[span.start as usize..span.end as usize], "Quiero hablar con un agente");
    }
}
