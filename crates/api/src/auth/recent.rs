//! Tokens looked up lately: a few seconds of memory, so that a busy client does not cost a read per request. A
//! revocation empties it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use baton_core::Timestamp;
use baton_store::TokenRow;

use super::secret::SecretHash;

/// How long a look-up is trusted. Another process learns of a revocation this late.
const TRUSTED_FOR: Duration = Duration::from_secs(5);
/// Most rows kept; beyond it all are forgotten and read again.
const ROWS_MAX: usize = 10_000;

#[derive(Default)]
pub(crate) struct RecentTokens {
    rows: Mutex<HashMap<SecretHash, (Timestamp, TokenRow)>>,
}

impl RecentTokens {
    pub(crate) fn find(&self, hash: &SecretHash, now: Timestamp) -> Option<TokenRow> {
        let rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        rows.get(hash).filter(|(read_at, _)| now.since(*read_at) < TRUSTED_FOR).map(|(_, row)| row.clone())
    }

    pub(crate) fn keep(&self, row: &TokenRow, now: Timestamp) {
        let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        if rows.len() >= ROWS_MAX {
            rows.clear();
        }
        rows.insert(row.hash, (now, row.clone()));
    }

    pub(crate) fn forget_all(&self) {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
