//! Searching what was written in all conversations: an index of words in plain tables, the same on both databases. The
//! words are made by the program; whatever somebody types is a value, never part of a statement.

use std::fmt::Write as _;

use baton_core::ConversationId;

use super::{Row, Sql, Value};
use crate::words::{Wanted, distinct};
use crate::{FoundText, MessageSearch, StoreError};

/// Most different words of one text that are indexed.
const WORDS_PER_TEXT_MAX: usize = 1_000;
/// Most words of a query that are looked at.
pub(crate) const WANTED_MAX: usize = 8;
/// Most answers to one search.
pub(crate) const FOUND_MAX: u16 = 100;

/// Served by `body_not_searchable`.
const UNSEARCHABLE: &str = "SELECT event, text FROM body WHERE searchable = 0 ORDER BY event LIMIT ?1";
const PUT_WORD: &str = "INSERT INTO word (word, event) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const MARK: &str = "UPDATE body SET searchable = 1 WHERE event = ?1";

pub(super) fn make_searchable(sql: &mut dyn Sql, limit: u32) -> Result<u32, StoreError> {
    let rows = sql.query(UNSEARCHABLE, &[limit.into()])?;
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    for mut row in rows {
        let (event, text) = (row.int()?, row.text()?);
        for word in distinct(&text, WORDS_PER_TEXT_MAX) {
            sql.execute(PUT_WORD, &[(&word).into(), event.into()])?;
        }
        sql.execute(MARK, &[event.into()])?;
    }
    Ok(count)
}

pub(super) fn search(sql: &mut dyn Sql, search: &MessageSearch) -> Result<Vec<FoundText>, StoreError> {
    let wanted = Wanted::of(&search.query, WANTED_MAX);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut asked = Asked { values: Vec::new(), conditions: String::new() };
    let from = asked.words(&wanted);
    asked.whose(search);
    asked.which(search);
    let limit = asked.place(u32::from(search.limit.clamp(1, FOUND_MAX)).into());
    let text = format!(
        "SELECT head.conversation, event.seq, event.at_ms, body.text FROM (SELECT DISTINCT word.event FROM {from}) found \
         JOIN event ON event.id = found.event JOIN body ON body.event = event.id JOIN head ON head.number = event.head \
         WHERE event.id = found.event{} ORDER BY event.id DESC LIMIT {limit}",
        asked.conditions
    );
    let read = |mut row: Row| {
        Ok(FoundText { conversation: ConversationId(row.uuid()?), seq: row.seq()?, at: row.at()?, text: row.text()? })
    };
    sql.query(&text, &asked.values)?.into_iter().map(read).collect()
}

/// A statement that grows; what was typed is in its values alone.
struct Asked<'a> {
    values: Vec<Value<'a>>,
    conditions: String,
}

impl<'a> Asked<'a> {
    fn place(&mut self, value: Value<'a>) -> String {
        self.values.push(value);
        format!("?{}", self.values.len())
    }

    fn and(&mut self, condition: &str) {
        let _ = write!(self.conditions, " AND {condition}");
    }

    /// Served by the primary key of `word` for the longest word, which is the rarest as a rule, and by `word_by_event`
    /// for the others.
    fn words(&mut self, wanted: &'a Wanted) -> String {
        let mut from = None;
        for word in &wanted.whole {
            let at = self.place(word.into());
            self.word(&mut from, &format!("word.word = {at}"));
        }
        if let Some((begun, beyond)) = &wanted.begun {
            let (begun, beyond) = (self.place(begun.into()), self.place(beyond.into()));
            self.word(&mut from, &format!("word.word >= {begun} AND word.word < {beyond}"));
        }
        from.unwrap_or_default()
    }

    fn word(&mut self, from: &mut Option<String>, fits: &str) {
        match from {
            None => *from = Some(format!("word WHERE {fits}")),
            Some(_) => self.and(&format!("EXISTS (SELECT 1 FROM word WHERE word.event = event.id AND {fits})")),
        }
    }

    fn whose(&mut self, search: &'a MessageSearch) {
        let Some((agent, queues)) = &search.reach else { return };
        let agent = self.place(agent.as_str().into());
        let queues: Vec<String> = queues.iter().map(|queue| self.place(queue.as_str().into())).collect();
        let queues = if queues.is_empty() { "NULL".to_owned() } else { queues.join(", ") };
        self.and(&format!(
            "(head.agent = {agent} OR head.last_agent = {agent} OR head.queue IN ({queues}) OR EXISTS (SELECT 1 FROM \
             handoff WHERE handoff.conversation = head.conversation AND (handoff.agent = {agent} OR handoff.queue IN \
             ({queues}))))"
        ));
    }

    fn which(&mut self, search: &'a MessageSearch) {
        if let Some(queue) = &search.queue {
            let queue = self.place(queue.as_str().into());
            self.and(&format!(
                "(head.queue = {queue} OR EXISTS (SELECT 1 FROM handoff WHERE handoff.conversation = \
                 head.conversation AND handoff.queue = {queue}))"
            ));
        }
        if let Some(agent) = &search.agent {
            let agent = self.place(agent.as_str().into());
            self.and(&format!(
                "(head.agent = {agent} OR EXISTS (SELECT 1 FROM handoff WHERE handoff.conversation = \
                 head.conversation AND handoff.agent = {agent}))"
            ));
        }
        if let Some(channel) = &search.channel {
            let channel = self.place(channel.as_str().into());
            self.and(&format!("head.channel = {channel}"));
        }
        match search.closed {
            Some(true) => self.and("head.controller = 'closed'"),
            Some(false) => self.and("head.controller <> 'closed'"),
            None => {}
        }
        if let Some(since) = search.since {
            let since = self.place(since.into());
            self.and(&format!("event.at_ms >= {since}"));
        }
        if let Some(until) = search.until {
            let until = self.place(until.into());
            self.and(&format!("event.at_ms < {until}"));
        }
    }
}
