//! What policies in the shadow judged beside the live one: counts for all turns, and the last turns that differ to read.

use baton_core::{ConversationId, Seq, VerdictKind};

use super::{Row, Sql};
use crate::tx::{SHADOW_EXAMPLES_MAX, SHADOW_VERSIONS_MAX};
use crate::{ShadowCount, ShadowExample, ShadowJudgement, StoreError};

const COUNT: &str = "INSERT INTO shadow_count (shadow, version, live, would, turns) VALUES (?1, ?2, ?3, ?4, 1) \
    ON CONFLICT (shadow, version, live, would) DO UPDATE SET turns = shadow_count.turns + 1";
/// Served by the primary key.
const FORGET_COUNTS: &str = "DELETE FROM shadow_count WHERE shadow = ?1 AND version <= ?2";
const PUT: &str = "INSERT INTO shadow_example (shadow, version, conversation, message, at_ms, live, would, record) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
/// Served by `shadow_example_by_shadow`.
const FORGET: &str = "DELETE FROM shadow_example WHERE shadow = ?1 AND id <= \
    (SELECT id FROM shadow_example WHERE shadow = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)";
/// Few rows: nine a shadow and version at most.
const COUNTS: &str =
    "SELECT shadow, version, live, would, turns FROM shadow_count ORDER BY shadow, version, live, would";
/// Served by `shadow_example_by_shadow`.
const EXAMPLES: &str = "SELECT shadow, version, conversation, message, at_ms, live, would, record FROM shadow_example \
    WHERE shadow = ?1 ORDER BY id DESC LIMIT ?2";

pub(super) fn record(sql: &mut dyn Sql, judged: &ShadowJudgement) -> Result<(), StoreError> {
    let example = &judged.example;
    let (shadow, version) = (example.shadow.as_str(), example.version);
    let (live, would) = (example.live.as_str(), example.would.as_str());
    sql.execute(COUNT, &[shadow.into(), version.into(), live.into(), would.into()])?;
    sql.execute(FORGET_COUNTS, &[shadow.into(), version.saturating_sub(SHADOW_VERSIONS_MAX).into()])?;
    if example.live == example.would {
        return Ok(());
    }
    let values = [
        shadow.into(),
        version.into(),
        (&example.conversation.0).into(),
        example.message.into(),
        example.at.into(),
        live.into(),
        would.into(),
        (&example.record).into(),
    ];
    sql.execute(PUT, &values)?;
    sql.execute(FORGET, &[shadow.into(), SHADOW_EXAMPLES_MAX.into()]).map(|_| ())
}

pub(super) fn counts(sql: &mut dyn Sql) -> Result<Vec<ShadowCount>, StoreError> {
    let read = |mut row: Row| {
        Ok(ShadowCount {
            shadow: row.text()?,
            version: row.count()?,
            live: kind(&row.text()?)?,
            would: kind(&row.text()?)?,
            turns: row.count()?,
        })
    };
    sql.query(COUNTS, &[])?.into_iter().map(read).collect()
}

pub(super) fn examples(sql: &mut dyn Sql, shadow: &str, limit: u32) -> Result<Vec<ShadowExample>, StoreError> {
    let read = |mut row: Row| {
        Ok(ShadowExample {
            shadow: row.text()?,
            version: row.count()?,
            conversation: ConversationId(row.uuid()?),
            message: Seq(row.count()?),
            at: row.at()?,
            live: kind(&row.text()?)?,
            would: kind(&row.text()?)?,
            record: row.text()?,
        })
    };
    sql.query(EXAMPLES, &[shadow.into(), limit.into()])?.into_iter().map(read).collect()
}

fn kind(word: &str) -> Result<VerdictKind, StoreError> {
    VerdictKind::from_word(word).ok_or_else(|| StoreError::corrupt(format!("`{word}` is no verdict")))
}
