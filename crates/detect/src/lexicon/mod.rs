//! The words of a request for a person, language by language, and the automaton that finds them all in one pass.
//!
//! Each language is a table from a role in the sentence ([`Marks`]) to the words that play it; the judge in
//! `request` reads only roles. A new language is a new table.

mod east;
mod english;
mod germanic;
mod iberian;
mod more;
mod romance;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::fold::Folded;
use crate::phrases::{Found, Phrases, needle};

/// What a word can do in a request; a phrase may do several things (`話したい` is both the wish and the verb).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks(pub(crate) u32);

impl Marks {
    /// `I want`, `I need`: taken back by a negation.
    pub(crate) const WANT: Self = Self(1);
    /// `give me`, `get me`, `can I have`.
    pub(crate) const GIVE: Self = Self(1 << 1);
    /// `can I`, `how do I`, `I cannot`: asks for the way, also when negated.
    pub(crate) const ABLE: Self = Self(1 << 2);
    /// `speak`, `contact`: needs somebody to be a request.
    pub(crate) const REACH: Self = Self(1 << 3);
    /// `transfer me`, `put me through`.
    pub(crate) const MOVE: Self = Self(1 << 4);
    /// `transfer`, `connect` with no word of whom: money and cables are transferred and connected as well.
    pub(crate) const CARRY: Self = Self(1 << 5);
    /// `escalate`, `handoff`: complete in itself.
    pub(crate) const ESCALATE: Self = Self(1 << 6);
    /// `agent`, `human`.
    pub(crate) const PERSON: Self = Self(1 << 7);
    /// `someone`, `support`: only with a verb of reaching.
    pub(crate) const SOMEONE: Self = Self(1 << 8);
    pub(crate) const BOT: Self = Self(1 << 9);
    pub(crate) const NOT: Self = Self(1 << 10);
    /// `hate`, `stupid`, `stop`: what people say of talking to a bot.
    pub(crate) const AVERSE: Self = Self(1 << 11);
    /// Small words between the parts of a request.
    pub(crate) const GAP: Self = Self(1 << 12);
    /// Small words that may stand around a bare `agent`: politeness, articles, `now`.
    pub(crate) const BARE: Self = Self(1 << 13);
    /// `real`, `live`: makes somebody out of anybody.
    pub(crate) const FIRM: Self = Self(1 << 14);
    /// `about`, `from`, `because`: what may follow a person in a request.
    pub(crate) const AFTER: Self = Self(1 << 15);
    /// `is there`, `do you have`.
    pub(crate) const EXIST: Self = Self(1 << 16);
    /// `help`, `call me`: what a person is wanted for.
    pub(crate) const HELP: Self = Self(1 << 17);
    /// `call me back`: only a person does that.
    pub(crate) const CALL: Self = Self(1 << 18);
    /// `can`, with another subject than `I`.
    pub(crate) const CAN: Self = Self(1 << 19);
    /// `I`, `we`: a negation does not reach back over it.
    pub(crate) const SUBJECT: Self = Self(1 << 20);
    /// Stops every reading: `should I`, `if I`, `my manager`, `travel agent`, `are you`.
    pub(crate) const OTHER: Self = Self(1 << 21);
    /// `but`, `so`: begins another clause.
    pub(crate) const BREAK: Self = Self(1 << 22);

    /// Politeness, greetings, haste: says nothing, wherever it stands. Left out of every reading.
    pub(crate) const ASIDE: Self = Self(1 << 23);
    /// `una persona`: a person if one is asked for, and no request if only named.
    pub(crate) const ONE: Self = Self(1 << 24);
    /// Makes a clause one about people or handoffs as a matter: `my customers`, `opening hours`, `is triggered`.
    pub(crate) const MATTER: Self = Self(1 << 25);
    /// `mit dem`: what follows a comma belongs to what stands before it.
    pub(crate) const JOIN: Self = Self(1 << 26);

    /// `call me back`, `a callback`: asks for a person without naming one.
    pub(crate) const RING: Self = Self(1 << 27);

    pub(crate) const fn or(self, more: Self) -> Self {
        Self(self.0 | more.0)
    }

    /// Those of them among these, if any.
    pub(crate) fn only(self, these: Self) -> Option<Self> {
        self.has(these).then_some(Self(self.0 & these.0))
    }

    pub(crate) const fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }
}

/// Where a language puts its verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// I want to speak to an agent. `Can an agent call me` asks, `an agent can call me` tells.
    Fixed,
    /// Quiero hablar con un agente. `Un agente me puede llamar` asks as well.
    VerbFirst,
    /// Ich möchte mit einem Mitarbeiter sprechen.
    Free,
}

/// One language's words. Alternatives are parted by `|`; a trailing `*` lets the last word go on.
pub(crate) struct Table {
    pub(crate) language: &'static str,
    pub(crate) order: Order,
    pub(crate) words: &'static [(Marks, &'static str)],
}

/// English comes first: its names for people are borrowed everywhere.
pub(crate) const TABLES: [&Table; 16] = [
    &english::ENGLISH,
    &iberian::SPANISH,
    &romance::FRENCH,
    &iberian::PORTUGUESE,
    &romance::ITALIAN,
    &germanic::GERMAN,
    &germanic::DUTCH,
    &east::CHINESE,
    &east::JAPANESE,
    &east::KOREAN,
    &more::POLISH,
    &more::RUSSIAN,
    &more::TURKISH,
    &more::ARABIC,
    &more::HINDI,
    &more::SWEDISH,
];

/// What a phrase does in one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Role {
    pub(crate) table: u8,
    pub(crate) marks: Marks,
}

/// All tables in one automaton.
pub(crate) struct Lexicon {
    phrases: Phrases,
    roles: Vec<Vec<Role>>,
}

pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

impl Lexicon {
    fn new() -> Self {
        let mut needles: Vec<(String, bool)> = Vec::new();
        let mut roles: Vec<Vec<Role>> = Vec::new();
        let mut known = BTreeMap::new();
        for (number, table) in (0_u8..).zip(TABLES) {
            for (marks, words) in table.words {
                for written in words.split('|') {
                    let needle = needle(written);
                    let index = *known.entry(needle.clone()).or_insert_with(|| {
                        needles.push(needle);
                        roles.push(Vec::new());
                        roles.len() - 1
                    });
                    match roles[index].iter_mut().find(|role| role.table == number) {
                        Some(role) => role.marks = role.marks.or(*marks),
                        None => roles[index].push(Role { table: number, marks: *marks }),
                    }
                }
            }
        }
        let phrases = Phrases::new(needles).expect("a few thousand short phrases fit an automaton");
        Self { phrases, roles }
    }

    /// Every phrase of every language in the text.
    pub(crate) fn find(&self, folded: &Folded) -> Vec<Found> {
        self.phrases.find(folded)
    }

    pub(crate) fn roles(&self, found: Found) -> &[Role] {
        &self.roles[usize::from(found.phrase)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_table_repeats_or_leaves_a_phrase_empty() {
        for table in TABLES {
            for (_, words) in table.words {
                for written in words.split('|') {
                    let folded = Folded::new(written.trim_end_matches('*'));
                    assert!(!folded.text.is_empty(), "{}: an empty phrase beside `{written}`", table.language);
                    assert_eq!(folded.clauses().count(), 1, "{}: `{written}` holds punctuation", table.language);
                }
            }
        }
    }
}
