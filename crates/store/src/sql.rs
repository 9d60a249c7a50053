//! The little that both databases have to do: run a statement in `?N` form, and keep the search index. The statements are
//! in the files below, one a noun.

mod articles;
mod attachments;
mod desk;
mod engines;
mod handoffs;
mod heads;
mod log;
mod marks;
mod people;
#[cfg(test)]
mod plans;
mod settings;
mod shadows;
mod texts;
mod tokens;
mod transaction;

use std::fmt::Write as _;

use baton_core::{Seq, Timestamp};
use uuid::Uuid;

use crate::StoreError;
use crate::words::Document;
pub(crate) use articles::{FOUND_MAX, asked, matched, sort as sort_found};
pub(crate) use heads::PAGE_MAX;
pub(crate) use log::check as check_append;
pub(crate) use settings::{LOG_EPOCH, META};
pub(crate) use texts::{FOUND_MAX as TEXTS_FOUND_MAX, WANTED_MAX};
pub(crate) use transaction::SqlTx;

/// What goes into a statement.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Blob(&'a [u8]),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a Uuid> for Value<'a> {
    fn from(id: &'a Uuid) -> Self {
        Self::Blob(id.as_bytes())
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Blob(bytes)
    }
}

impl<'a> From<&'a [u8; 32]> for Value<'a> {
    fn from(hash: &'a [u8; 32]) -> Self {
        Self::Blob(hash)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Int(number.into())
    }
}

impl From<u64> for Value<'_> {
    /// Versions and numbers of events; none comes near the edge.
    fn from(number: u64) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Int(flag.into())
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(at: Timestamp) -> Self {
        Self::Int(at.0)
    }
}

impl From<Seq> for Value<'_> {
    fn from(seq: Seq) -> Self {
        seq.0.into()
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// What comes out of a statement.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

/// One row, read column by column in the order in which the statement names them.
pub(crate) struct Row {
    cells: std::vec::IntoIter<Cell>,
}

impl Row {
    pub(crate) fn new(cells: Vec<Cell>) -> Self {
        Self { cells: cells.into_iter() }
    }

    pub(crate) fn int(&mut self) -> Result<i64, StoreError> {
        self.maybe_int()?.ok_or_else(|| StoreError::corrupt("a number is missing"))
    }

    pub(crate) fn maybe_int(&mut self) -> Result<Option<i64>, StoreError> {
        match self.next()? {
            Cell::Null => Ok(None),
            Cell::Int(number) => Ok(Some(number)),
            other @ (Cell::Real(_) | Cell::Text(_) | Cell::Blob(_)) => Err(unfit("a number", &other)),
        }
    }

    pub(crate) fn real(&mut self) -> Result<f64, StoreError> {
        match self.next()? {
            Cell::Real(number) => Ok(number),
            other @ (Cell::Null | Cell::Int(_) | Cell::Text(_) | Cell::Blob(_)) => Err(unfit("a fraction", &other)),
        }
    }

    pub(crate) fn text(&mut self) -> Result<String, StoreError> {
        self.maybe_text()?.ok_or_else(|| StoreError::corrupt("a text is missing"))
    }

    pub(crate) fn maybe_text(&mut self) -> Result<Option<String>, StoreError> {
        match self.next()? {
            Cell::Null => Ok(None),
            Cell::Text(text) => Ok(Some(text)),
            other @ (Cell::Int(_) | Cell::Real(_) | Cell::Blob(_)) => Err(unfit("a text", &other)),
        }
    }

    pub(crate) fn uuid(&mut self) -> Result<Uuid, StoreError> {
        self.maybe_uuid()?.ok_or_else(|| StoreError::corrupt("an id is missing"))
    }

    pub(crate) fn maybe_uuid(&mut self) -> Result<Option<Uuid>, StoreError> {
        match self.next()? {
            Cell::Null => Ok(None),
            Cell::Blob(bytes) => {
                Uuid::from_slice(&bytes).map(Some).map_err(|error| StoreError::corrupt(format!("an id: {error}")))
            }
            other @ (Cell::Int(_) | Cell::Real(_) | Cell::Text(_)) => Err(unfit("an id", &other)),
        }
    }

    pub(crate) fn hash(&mut self) -> Result<[u8; 32], StoreError> {
        match self.next()? {
            Cell::Blob(bytes) => bytes.try_into().map_err(|_| StoreError::corrupt("a digest is not 32 bytes long")),
            other @ (Cell::Null | Cell::Int(_) | Cell::Real(_) | Cell::Text(_)) => Err(unfit("a digest", &other)),
        }
    }

    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, StoreError> {
        match self.next()? {
            Cell::Blob(bytes) => Ok(bytes),
            other @ (Cell::Null | Cell::Int(_) | Cell::Real(_) | Cell::Text(_)) => Err(unfit("bytes", &other)),
        }
    }

    pub(crate) fn at(&mut self) -> Result<Timestamp, StoreError> {
        self.int().map(Timestamp)
    }

    pub(crate) fn maybe_at(&mut self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.maybe_int()?.map(Timestamp))
    }

    pub(crate) fn flag(&mut self) -> Result<bool, StoreError> {
        self.int().map(|number| number != 0)
    }

    /// A number that was never negative.
    pub(crate) fn count(&mut self) -> Result<u64, StoreError> {
        let number = self.int()?;
        u64::try_from(number).map_err(|_| StoreError::corrupt(format!("{number} is below zero")))
    }

    pub(crate) fn seq(&mut self) -> Result<Seq, StoreError> {
        self.count().map(Seq)
    }

    /// A key written by people, checked again.
    pub(crate) fn key<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self) -> Result<T, StoreError> {
        let text = self.text()?;
        text.parse().map_err(|error: T::Err| StoreError::corrupt(error.to_string()))
    }

    pub(crate) fn maybe_key<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self) -> Result<Option<T>, StoreError> {
        let Some(text) = self.maybe_text()? else { return Ok(None) };
        text.parse().map(Some).map_err(|error: T::Err| StoreError::corrupt(error.to_string()))
    }

    fn next(&mut self) -> Result<Cell, StoreError> {
        self.cells.next().ok_or_else(|| StoreError::bug("a row has fewer columns than are read"))
    }
}

fn unfit(expected: &str, found: &Cell) -> StoreError {
    let found = match found {
        Cell::Null => "nothing",
        Cell::Int(_) => "a number",
        Cell::Real(_) => "a fraction",
        Cell::Text(_) => "a text",
        Cell::Blob(_) => "bytes",
    };
    StoreError::corrupt(format!("{expected} was expected in a column that holds {found}"))
}

/// A connection inside a transaction.
pub(crate) trait Sql {
    /// Runs a statement and says how many rows it touched.
    fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64, StoreError>;
    fn query(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError>;

    fn query_one(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, values)?.into_iter().next())
    }

    /// Whether a statement failed in this job, so that nothing of it can be kept.
    fn failed(&self) -> bool;

    /// Puts a section's words into the search index.
    fn index_section(&mut self, section: i64, document: &Document) -> Result<(), StoreError>;
    /// Takes all sections of an article out of the search index.
    fn unindex_article(&mut self, slug: &str) -> Result<(), StoreError>;
    /// Sections that contain any of the words, best first, with a score that is higher for a better one.
    fn find_sections(&mut self, words: &[String], limit: u32) -> Result<Vec<(i64, f64)>, StoreError>;
}

/// `?N` as PostgreSQL writes it. No statement of ours holds a question mark elsewhere.
pub(crate) fn numbered(sql: &str) -> String {
    sql.replace('?', "$")
}

/// `(?3, ?4, ?5)` for a list of values that begins as the `first` one.
pub(crate) fn places(first: usize, count: usize) -> String {
    let mut list = String::from("(");
    for place in first..first + count {
        let _ = write!(list, "{}?{place}", if place == first { "" } else { ", " });
    }
    list.push(')');
    list
}
