//! Sensitive matters: what a bot should not see to alone, found by phrases in the customer's language.
//!
//! Judged clause by clause: a clause that takes a phrase back (`I am not going to sue`) or means something else by it
//! (`kill the process`, `dying to know`) says nothing.

mod graver;
mod milder;

use std::sync::LazyLock;

use baton_core::{SensitiveClass, Span};

use crate::fold::Folded;
use crate::phrases::{Found, Phrases, needle};
use crate::work::looks_at;

/// A sensitive matter, and the words that name it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Matter {
    pub(crate) class: SensitiveClass,
    /// 0 to 1: how plainly.
    pub(crate) value: f32,
    pub(crate) span: Option<Span>,
    pub(crate) evidence: &'static str,
}

/// What a phrase does.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    Names(SensitiveClass, f32),
    /// Nothing in its clause is meant: `kill the process`.
    OtherSense,
    /// What follows it closely is not so: `not going to`.
    TakesBack,
}

/// Phrases of one language, parted by `|`; a trailing `*` lets the last word go on.
struct Entry {
    class: SensitiveClass,
    value: f32,
    language: &'static str,
    words: &'static str,
}

const fn entry(class: SensitiveClass, value: f32, language: &'static str, words: &'static str) -> Entry {
    Entry { class, value, language, words }
}

/// How many words a negation reaches over, where it stands before the verb and where it follows it.
const BACK_TOKENS: usize = 4;
/// In scripts without spaces each character is a token.
const BACK_CHARACTERS: usize = 5;

struct Tables {
    phrases: Phrases,
    roles: Vec<(Role, &'static str)>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut needles = Vec::new();
    let mut roles = Vec::new();
    let mut add = |words: &'static str, role: Role, language: &'static str| {
        for written in words.split('|') {
            needles.push(needle(written));
            roles.push((role, language));
        }
    };
    for entry in graver::ENTRIES.iter().chain(milder::ENTRIES) {
        add(entry.words, Role::Names(entry.class, entry.value), entry.language);
    }
    for words in OTHER_SENSES {
        add(words, Role::OtherSense, "any");
    }
    for words in NEGATIONS {
        add(words, Role::TakesBack, "any");
    }
    Tables { phrases: Phrases::new(needles).expect("a few thousand short phrases fit an automaton"), roles }
});

/// Every class that the text names, each by its plainest phrase.
pub(crate) fn sensitive(folded: &Folded) -> Vec<Matter> {
    let tables = &*TABLES;
    let found = tables.phrases.find(folded);
    let mut matters: Vec<Matter> = Vec::new();
    if found.is_empty() {
        return matters;
    }
    for (first, end) in folded.clauses() {
        let hits = Phrases::within(&found, first, end);
        let role = |hit: &Found| tables.roles[usize::from(hit.phrase)];
        let covers = |over: &Found, hit: &Found| over.first <= hit.first && hit.end <= over.end;
        let others: Vec<&Found> = hits.iter().filter(|hit| role(hit).0 == Role::OtherSense).collect();
        let negations: Vec<&Found> = hits.iter().filter(|hit| role(hit).0 == Role::TakesBack).collect();
        for hit in hits.iter().filter(|hit| usize::from(hit.first) >= first) {
            let (Role::Names(class, value), language) = role(hit) else { continue };
            looks_at(2 * HITS_MAX);
            // Looking at a few of them is enough, whatever a text repeats.
            if others.iter().take(HITS_MAX).any(|over| covers(over, hit) || touches(**over, *hit))
                || negations.iter().rev().take(HITS_MAX).any(|not| takes_back(folded, **not, *hit, language))
            {
                continue;
            }
            let span = folded.span(usize::from(hit.first), usize::from(hit.end));
            match matters.iter_mut().find(|matter| matter.class == class) {
                Some(matter) if matter.value < value => (matter.value, matter.span) = (value, span),
                Some(_) => {}
                None => matters.push(Matter { class, value, span, evidence: language }),
            }
        }
    }
    matters
}

const HITS_MAX: usize = 16;

/// The two share a word.
fn touches(over: Found, hit: Found) -> bool {
    over.first < hit.end && hit.first < over.end
}

/// Languages whose negation follows what it takes back.
const NEGATED_AFTER: [&str; 6] = ["ja", "ko", "tr", "hi", "de", "nl"];

fn takes_back(folded: &Folded, not: Found, hit: Found, language: &str) -> bool {
    let inside = hit.first <= not.first && not.end <= hit.end;
    let ideograph = folded.tokens.get(usize::from(hit.first)).is_some_and(|token| token.ideograph);
    let reach = if ideograph { BACK_CHARACTERS } else { BACK_TOKENS };
    let before = not.end <= hit.first && usize::from(hit.first - not.end) < reach;
    let after = hit.end <= not.first && usize::from(not.first - hit.end) < 2 && NEGATED_AFTER.contains(&language);
    !inside && (before || after)
}

/// Words that name a matter in another sense.
const OTHER_SENSES: &[&str] = &[
    "kill the process|kill the app|kill the job|kill the task|kill time|kill the engine|killer deal|killer app|killing it|kill switch|kill the music|dressed to kill",
    "dying to know|dying to try|dying to see|battery died|battery is dying|phone died|phone is dying|laptop died|battery is dead|phone is dead|dead battery|dead pixel|dead link|deadline|link is dead|app died|screen died|car died|died on me|dying battery|line is dead|line went dead|to die for",
    "suicide squad|hurt my eyes|hurt my wallet|hurts my wallet|my back hurts",
    "express shipping|press enter|press the button|press and hold|press release date|french press|press ok|bench press|press start|press one|press 1|press on|i press|pressing|when i press|if i press",
    "heart attack grill|painkiller prices|fever tree",
    "cancel my order|cancel the order|cancel an order|cancel this order|cancel order|cancel purchase|cancel my booking|cancel the transfer|cancel a transfer|cancel the alarm|cancel my alarm|cancel the payment|cancel my reservation|cancel my appointment",
    "sue ellen|sued leather|hot suit|law of cosines|law firm discount|fraud alert settings|legal notice page|legal age",
    "rechtsanwaltsprogramm|akku ist tot|handy ist tot|zum sterben schon|prozess beenden|prozess toten",
    "matar el proceso|me muero por saber|me muero de ganas|se murio la bateria|murio el movil|telefono muerto|muerto de hambre|me muero de hambre|muero de risa",
    "tuer le processus|je meurs d envie|mort de rire|batterie morte|telephone mort|meurs de faim",
    "morto di fame|muoio dalla voglia|batteria morta|batteria e morta|morrendo de fome|morrendo de vontade|bateria morreu|celular morreu",
    "doodmoe|batterij dood|telefoon is dood|sterf van de honger",
    "杀死进程|杀进程|笑死|累死|饿死|热死|困死|气死|烦死|急死|杀价|秒杀|想死你",
    "死ぬほど|必死|死語|電池が死|スマホが死|プロセスを殺|笑い死に|プレスリリースの日",
    "배고파 죽|웃겨 죽|더워 죽|프로세스를 죽|죽여주는",
    "умираю от смеха|умираю с голоду|батарея умерла|телефон умер|убить процесс|убить время",
    "помираю зі сміху|вбити процес|телефон помер",
    "umieram z ciekawosci|umieram z glodu|bateria padla|zabic proces",
    "gulmekten oldum|acliktan oluyorum|meraktan oluyorum",
];

/// Words that take back what follows them closely.
const NEGATIONS: &[&str] = &[
    "not|dont|do not|doesnt|didnt|did not|wont|will not|never|no|isnt|wasnt|not going to|without|arent|no need to|havent|hasnt|cannot|wouldnt",
    "no es|nunca|jamas|sin|tampoco|no voy a|no quiero|no fue",
    "ne|pas|jamais|sans|n",
    "nicht|kein|keine|keinen|nie|ohne",
    "non|mai|senza|nao|nunca|sem|nem",
    "niet|geen|nooit|zonder",
    "nie|bez|nigdy",
    "не|нет|без|никогда|ні|немає",
    "degil|yok|istemiyorum|etmeyecegim|olmadan|asla",
    "لا|لم|لن|ليس|بدون",
    "नहीं|मत|बिना|nahi",
    "tidak|bukan|tanpa|jangan|tak",
    "khong|chua|dung|chang",
    "ไม่|ไม่ได้|ไม่มี",
    "不|没|没有|不是|不会",
    "ません|ない|ではありません|しません|なく",
    "않|안|아니|없",
];

#[cfg(test)]
mod tests;
