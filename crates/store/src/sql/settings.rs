//! The deployment's configuration in its versions, the audit log, and the log's own identity.

use baton_core::Timestamp;

use super::{Row, Sql};
use crate::{AuditEntry, ConfigVersion, StoreError};

/// Writes only after the expected version; no row means that another one was written meanwhile.
const PUT_CONFIG: &str = "INSERT INTO config (version, at_ms, applied_by, document) SELECT ?1, ?2, ?3, ?4 \
    WHERE ?5 = (SELECT COALESCE(MAX(version), 0) FROM config) ON CONFLICT DO NOTHING";
const CONFIGS: &str = "SELECT version, at_ms, applied_by, document FROM config ORDER BY version DESC LIMIT ?1";

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
    document: &str,
) -> Result<Option<u64>, StoreError> {
    let version = expected.saturating_add(1);
    let values = [version.into(), at.into(), by.into(), document.into(), expected.into()];
    Ok((sql.execute(PUT_CONFIG, &values)? == 1).then_some(version))
}

pub(super) fn configs(sql: &mut dyn Sql, limit: u32) -> Result<Vec<ConfigVersion>, StoreError> {
    let read = |mut row: Row| {
        Ok(ConfigVersion { version: row.count()?, at: row.at()?, by: row.text()?, document: row.text()? })
    };
    sql.query(CONFIGS, &[limit.into()])?.into_iter().map(read).collect()
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
