//! The deployment's configuration in its versions, the audit log, and the log's own identity.

use baton_core::Timestamp;

use super::{Row, Sql};
use crate::{AuditEntry, ConfigVersion, StoreError};

/// Writes only after the expected version; no row means that another one was written meanwhile.
const PUT_CONFIG: &str = "INSERT INTO config (version, at_ms, applied_by, note, document) SELECT ?1, ?2, ?3, ?4, ?5 \
    WHERE ?6 = (SELECT COALESCE(MAX(version), 0) FROM config) ON CONFLICT DO NOTHING";
const CONFIG: &str = "SELECT version, at_ms, applied_by, note, document FROM config ORDER BY version DESC LIMIT 1";
const CONFIG_NEWEST: &str = "SELECT COALESCE(MAX(version), 0) FROM config";
const CONFIG_VERSION: &str = "SELECT version, at_ms, applied_by, note, document FROM config WHERE version = ?1";
/// Documents are long and a list needs none of them.
const CONFIGS: &str = "SELECT version, at_ms, applied_by, note, '' FROM config WHERE version < ?1 \
    ORDER BY version DESC LIMIT ?2";

const PUT_AUDIT: &str = "INSERT INTO audit (at_ms, who, action, what) VALUES (?1, ?2, ?3, ?4)";
/// Newest first.
const AUDIT: &str = "SELECT at_ms, who, action, what FROM audit ORDER BY id DESC LIMIT ?1";

pub(crate) const META: &str = "SELECT value FROM meta WHERE key = ?1";
/// Under which key the log's identity stands.
pub(crate) const LOG_EPOCH: &str = "log_epoch";

pub(super) fn put_config(
    sql: &mut dyn Sql,
    expected: u64,
    at: Timestamp,
    by: &str,
    note: Option<&str>,
    document: &str,
) -> Result<Option<u64>, StoreError> {
    let version = expected.saturating_add(1);
    let values = [version.into(), at.into(), by.into(), note.into(), document.into(), expected.into()];
    Ok((sql.execute(PUT_CONFIG, &values)? == 1).then_some(version))
}

pub(super) fn config(sql: &mut dyn Sql) -> Result<Option<ConfigVersion>, StoreError> {
    sql.query_one(CONFIG, &[])?.map(read_config).transpose()
}

pub(super) fn config_newest(sql: &mut dyn Sql) -> Result<u64, StoreError> {
    sql.query_one(CONFIG_NEWEST, &[])?.map_or(Ok(0), |mut row| row.count())
}

pub(super) fn config_version(sql: &mut dyn Sql, version: u64) -> Result<Option<ConfigVersion>, StoreError> {
    sql.query_one(CONFIG_VERSION, &[version.into()])?.map(read_config).transpose()
}

pub(super) fn configs(sql: &mut dyn Sql, before: Option<u64>, limit: u32) -> Result<Vec<ConfigVersion>, StoreError> {
    let before = before.unwrap_or(i64::MAX.unsigned_abs());
    sql.query(CONFIGS, &[before.into(), limit.into()])?.into_iter().map(read_config).collect()
}

fn read_config(mut row: Row) -> Result<ConfigVersion, StoreError> {
    Ok(ConfigVersion {
        version: row.count()?,
        at: row.at()?,
        by: row.text()?,
        note: row.maybe_text()?,
        document: row.text()?,
    })
}

pub(super) fn put_audit(sql: &mut dyn Sql, entry: &AuditEntry) -> Result<(), StoreError> {
    let values = [entry.at.into(), (&entry.who).into(), (&entry.action).into(), (&entry.what).into()];
    sql.execute(PUT_AUDIT, &values).map(|_| ())
}

pub(super) fn audit(sql: &mut dyn Sql, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
    let read =
        |mut row: Row| Ok(AuditEntry { at: row.at()?, who: row.text()?, action: row.text()?, what: row.text()? });
    sql.query(AUDIT, &[limit.into()])?.into_iter().map(read).collect()
}

pub(super) fn log_epoch(sql: &mut dyn Sql) -> Result<String, StoreError> {
    let row = sql.query_one(META, &[LOG_EPOCH.into()])?;
    row.ok_or_else(|| StoreError::corrupt("the log's identity is missing"))?.text()
}
