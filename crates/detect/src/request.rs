//! The explicit request: does the customer ask for a person? Judged clause by clause, on the roles of words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_core::Span;

use crate::fold::Folded;
use crate::lexicon::{LEXICON, Lexicon, Marks, TABLES};
use crate::phrases::{Found, Phrases};
use crate::reading::{BARE_PERSON, Part, read};
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

/// The plainest request in the text.
pub(crate) fn request(folded: &Folded) -> Option<Request> {
    let found = LEXICON.find(folded);
    let mut best: Option<Request> = None;
    let clauses = merged_clauses(folded, &found);
    for (index, &(first, end)) in clauses.iter().enumerate() {
        for (number, table) in TABLES.iter().enumerate() {
            let Some(parts) = parts(folded, &found, number, first, end) else { continue };
            let before = index.checked_sub(1).map(|before| clauses[before]);
            for clause in parts.split(|part| part.marks.has(Marks::BREAK)) {
                let Some(reading) = read(clause, table.order) else { continue };
                if reading.form == BARE_PERSON
                    && before.is_some_and(|before| offers_choice(folded, &found, number, before))
                {
                    continue;
                }
                if best.as_ref().is_none_or(|best| best.value < reading.value) {
                    best = Some(Request {
                        value: reading.value,
                        language: table.language,
                        form: reading.form,
                        span: folded.span(reading.first, reading.end),
                    });
                }
            }
        }
    }
    best
}

/// `are you a bot, a human`: the clause before names a bot in the same sentence, and does not refuse it.
fn offers_choice(folded: &Folded, found: &[Found], table: usize, (first, end): (usize, usize)) -> bool {
    let marks = Phrases::within(found, first, end)
        .iter()
        .filter_map(|hit| marks_in(&LEXICON, *hit, table))
        .fold(Marks::default(), Marks::or);
    let goes_on = folded.tokens.get(end).is_some_and(|next| next.sentence == folded.tokens[end - 1].sentence);
    goes_on && marks.has(Marks::BOT) && !marks.has(Marks::NOT.or(Marks::AVERSE))
}

/// Clauses as the customer meant them: `connect me, please, with an agent` is one.
fn merged_clauses(folded: &Folded, found: &[Found]) -> Vec<(usize, usize)> {
    let polite = |first: usize, end: usize| {
        (first..end).all(|token| {
            Phrases::within(found, first, end).iter().any(|hit| {
                (usize::from(hit.first)..usize::from(hit.end)).contains(&token)
                    && LEXICON.roles(*hit).iter().any(|role| role.marks.has(Marks::BARE) && !role.marks.has(Marks::NOT))
            })
        })
    };
    let mut merged: Vec<(usize, usize)> = Vec::new();
    let mut joins_next = false;
    for (first, end) in folded.clauses() {
        // Only short pieces are politeness, and looking at them stays cheap.
        let is_polite = end - first <= 3 && polite(first, end);
        let same_sentence = first > 0 && folded.tokens[first - 1].sentence == folded.tokens[first].sentence;
        match merged.last_mut() {
            Some(before) if same_sentence && (joins_next || is_polite) => before.1 = end,
            Some(_) | None => merged.push((first, end)),
        }
        joins_next = is_polite;
    }
    merged
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

/// Without one of these a clause asks for nobody.
const SOMEBODY: Marks = Marks::PERSON.or(Marks::SOMEONE).or(Marks::MOVE).or(Marks::ESCALATE).or(Marks::BOT);

/// The clause in the words of one language; nothing if the language has nobody to ask for in it.
fn parts(folded: &Folded, found: &[Found], table: usize, first: usize, end: usize) -> Option<Vec<Part>> {
    let mut longest: Vec<Option<(usize, Marks)>> = vec![None; end - first];
    let mut all = Marks::default();
    let mut own = false;
    for hit in Phrases::within(found, first, end) {
        let Some(marks) = marks_in(&LEXICON, *hit, table) else { continue };
        own |= LEXICON.roles(*hit).iter().all(|role| role.table != 0) && marks.has(TELLING) || table == 0;
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
        all = all.or(marks);
        parts.push(Part { marks, first: at, end: at + length });
        at += length;
    }
    (own && all.has(SOMEBODY)).then_some(parts)
}

/// What a phrase does in this language. English names for people and bots are understood everywhere.
fn marks_in(lexicon: &Lexicon, hit: Found, table: usize) -> Option<Marks> {
    let roles = lexicon.roles(hit);
    let own = roles.iter().find(|role| usize::from(role.table) == table).map(|role| role.marks);
    let borrowed = || roles.iter().find(|role| role.table == 0)?.marks.only(Marks::PERSON.or(Marks::BOT));
    own.or_else(borrowed)
}

/// English words worth correcting, by their marks.
static SPELLING: LazyLock<Spelling<Marks>> = LazyLock::new(|| {
    let corrected = Marks::PERSON.or(Marks::SOMEONE).or(Marks::REACH).or(Marks::ABLE).or(Marks::HELP);
    let mut words = BTreeMap::new();
    for (marks, alternatives) in TABLES[0].words.iter().filter(|(marks, _)| marks.has(corrected)) {
        for word in alternatives.split('|').filter(|word| !word.contains(' ')) {
            words.entry(word).or_insert(*marks);
        }
    }
    Spelling::new(words)
});

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(text: &str) -> bool {
        request(&Folded::new(text)).is_some_and(|request| request.value >= 0.6)
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
            assert!(asks(text), "{text}: {:?}", request(&Folded::new(text)));
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
            assert!(!asks(text), "{text}: {:?}", request(&Folded::new(text)));
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
        let span = request(&Folded::new(text)).unwrap().span.unwrap();
        assert_eq!(&text[span.start as usize..span.end as usize], "Quiero hablar con un agente");
    }
}
