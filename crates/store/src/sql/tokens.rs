//! Bearers' secrets, by their digests.

use baton_core::Timestamp;

use super::{Row, Sql, Value};
use crate::{StoreError, TokenKind, TokenRow};

const PUT: &str = "INSERT INTO token (hash, kind, subject, family, created_at_ms, expires_at_ms, used_at_ms, label) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
const SELECT: &str = "SELECT hash, kind, subject, family, created_at_ms, expires_at_ms, used_at_ms, label FROM token";
const ONE: &str = "WHERE hash = ?1 AND kind = ?2";
/// Served by `token_by_subject`.
const OF: &str = "WHERE kind = ?1 AND subject = ?2 ORDER BY created_at_ms, hash";
/// Whoever finds it unused has it; everybody else touches no row.
const USE: &str = "UPDATE token SET used_at_ms = ?2 WHERE hash = ?1 AND used_at_ms IS NULL";
const DELETE: &str = "DELETE FROM token WHERE hash = ?1";
/// Served by `token_by_family`.
const DELETE_FAMILY: &str = "DELETE FROM token WHERE family = ?1";
const DELETE_OF: &str = "DELETE FROM token WHERE kind = ?1 AND subject = ?2";
/// Served by `token_by_expiry`.
const DELETE_EXPIRED: &str = "DELETE FROM token WHERE expires_at_ms <= ?1";

impl TokenKind {
    const ALL: [Self; 4] = [Self::Session, Self::CustomerRefresh, Self::BotKey, Self::Invitation];

    /// As it is written in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::CustomerRefresh => "customer_refresh",
            Self::BotKey => "bot_key",
            Self::Invitation => "invitation",
        }
    }
}

pub(super) fn put(sql: &mut dyn Sql, token: &TokenRow) -> Result<(), StoreError> {
    let values: [Value<'_>; 8] = [
        (&token.hash).into(),
        token.kind.as_str().into(),
        (&token.subject).into(),
        (&token.family).into(),
        token.created_at.into(),
        token.expires_at.into(),
        token.used_at.into(),
        (&token.label).into(),
    ];
    if sql.execute(PUT, &values)? == 1 {
        return Ok(());
    }
    Err(StoreError::Conflict { doing: String::new(), what: "a token with this digest is there already".to_owned() })
}

fn read(mut row: Row) -> Result<TokenRow, StoreError> {
    Ok(TokenRow {
        hash: row.hash()?,
        kind: {
            let text = row.text()?;
            TokenKind::ALL
                .into_iter()
                .find(|kind| kind.as_str() == text)
                .ok_or_else(|| StoreError::corrupt(format!("`{text}` is no kind of token")))?
        },
        subject: row.text()?,
        family: row.text()?,
        created_at: row.at()?,
        expires_at: row.maybe_at()?,
        used_at: row.maybe_at()?,
        label: row.text()?,
    })
}

pub(super) fn one(sql: &mut dyn Sql, kind: TokenKind, hash: &[u8; 32]) -> Result<Option<TokenRow>, StoreError> {
    sql.query_one(&format!("{SELECT} {ONE}"), &[hash.into(), kind.as_str().into()])?.map(read).transpose()
}

pub(super) fn of(sql: &mut dyn Sql, kind: TokenKind, subject: &str) -> Result<Vec<TokenRow>, StoreError> {
    let rows = sql.query(&format!("{SELECT} {OF}"), &[kind.as_str().into(), subject.into()])?;
    rows.into_iter().map(read).collect()
}

pub(super) fn take(sql: &mut dyn Sql, hash: &[u8; 32], at: Timestamp) -> Result<bool, StoreError> {
    Ok(sql.execute(USE, &[hash.into(), at.into()])? == 1)
}

pub(super) fn delete(sql: &mut dyn Sql, hash: &[u8; 32]) -> Result<(), StoreError> {
    sql.execute(DELETE, &[hash.into()]).map(|_| ())
}

pub(super) fn delete_family(sql: &mut dyn Sql, family: &str) -> Result<(), StoreError> {
    sql.execute(DELETE_FAMILY, &[family.into()]).map(|_| ())
}

pub(super) fn delete_of(sql: &mut dyn Sql, kind: TokenKind, subject: &str) -> Result<(), StoreError> {
    sql.execute(DELETE_OF, &[kind.as_str().into(), subject.into()]).map(|_| ())
}

pub(super) fn delete_expired(sql: &mut dyn Sql, now: Timestamp) -> Result<(), StoreError> {
    sql.execute(DELETE_EXPIRED, &[now.into()]).map(|_| ())
}
