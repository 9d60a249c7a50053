//! The versions of the configuration as the store keeps them: each with who, when and why. Going back is a step forward
//! with an older text, so that nothing is ever lost.

use baton_core::Timestamp;
use baton_store::{ConfigVersion, Store};

use super::{ConfigChange, Document, compile_beside, difference, read};
use crate::error::EngineError;

/// Longest note on a version, in bytes.
pub const NOTE_BYTES_MAX: usize = 500;

/// Who applies, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applying {
    pub by: String,
    pub note: Option<String>,
    /// The version that it was made from; refused when another one runs.
    pub expected: Option<u64>,
}

impl Applying {
    pub fn by(who: impl Into<String>) -> Self {
        Self { by: who.into(), note: None, expected: None }
    }
}

/// Checks a document and keeps it as the next version. The answer is the newest version and whether it is this one's.
pub async fn keep(
    store: &Store,
    now: Timestamp,
    document: &str,
    applying: &Applying,
) -> Result<(u64, bool), EngineError> {
    let note = applying.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    if let Some(note) = note.filter(|note| note.len() > NOTE_BYTES_MAX || note.contains('\0')) {
        let bytes = note.len();
        let detail = format!("it has {bytes} bytes, and a plain text of at most {NOTE_BYTES_MAX} fits");
        return Err(EngineError::invalid("note", detail));
    }
    let current = store.read(|tx| tx.config()).await?;
    let version = current.as_ref().map_or(0, |current| current.version);
    if let Some(expected) = applying.expected.filter(|expected| *expected != version) {
        return Err(EngineError::VersionConflict { expected, current: version });
    }
    // Checked before it is kept: a version that cannot run is never written.
    compile_beside(document, version + 1).await?;
    if current.is_some_and(|current| current.document == document) {
        return Ok((version, false));
    }
    let (by, note, text) = (applying.by.clone(), note.map(str::to_owned), document.to_owned());
    let written = store.write(move |tx| tx.put_config(version, now, &by, note.as_deref(), &text)).await?;
    if let Some(written) = written {
        return Ok((written, true));
    }
    let current = store.read(|tx| tx.config_newest()).await?;
    Err(EngineError::VersionConflict { expected: version, current })
}

/// Keeps the text of an older version as the next one: of the version that is named, or of the newest that says
/// something else than what runs.
pub async fn roll_back(
    store: &Store,
    now: Timestamp,
    to: Option<u64>,
    applying: &Applying,
) -> Result<(u64, bool), EngineError> {
    let older = match to {
        Some(version) => version_of(store, version).await?,
        None => previous(store).await?,
    };
    let note = applying.note.clone().unwrap_or_else(|| format!("back to version {}", older.version));
    keep(store, now, &older.document, &Applying { note: Some(note), ..applying.clone() }).await
}

/// A version that was kept.
pub async fn version_of(store: &Store, version: u64) -> Result<ConfigVersion, EngineError> {
    let found = store.read(move |tx| tx.config_version(version)).await?;
    found.ok_or_else(|| EngineError::invalid("version", format!("there is no version {version} of the configuration")))
}

async fn previous(store: &Store) -> Result<ConfigVersion, EngineError> {
    let current = store.read(|tx| tx.config()).await?.ok_or(EngineError::NoConfiguration)?;
    for version in (1..current.version).rev() {
        let older = version_of(store, version).await?;
        if older.document != current.document {
            return Ok(older);
        }
    }
    Err(EngineError::invalid("version", format!("there is nothing before version {} to go back to", current.version)))
}

/// What version `to` says otherwise than `from`. Without `to` it is the newest, without `from` the one before `to`.
pub async fn between(
    store: &Store,
    from: Option<u64>,
    to: Option<u64>,
) -> Result<(u64, u64, Vec<ConfigChange>), EngineError> {
    let to = match to {
        Some(version) => version_of(store, version).await?,
        None => store.read(|tx| tx.config()).await?.ok_or(EngineError::NoConfiguration)?,
    };
    let from = version_of(store, from.unwrap_or_else(|| to.version.saturating_sub(1))).await?;
    let read = |version: &ConfigVersion| -> Result<Document, EngineError> { Ok(read(&version.document)?) };
    Ok((from.version, to.version, difference(&read(&from)?, &read(&to)?)))
}
