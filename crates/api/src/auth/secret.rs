//! Opaque secrets: 256 random bits for the bearer, their SHA-256 for the store. A lookup by the hash tells a guesser
//! nothing through its timing.

use std::fmt::Write;

use rand::RngCore;
use sha2::{Digest, Sha256};

/// Begins every bot key, so that a leaked one is recognised.
pub(crate) const BOT_KEY_PREFIX: &str = "bk_";
/// Begins every session of a person.
pub(crate) const SESSION_PREFIX: &str = "as_";
/// Begins every invitation.
pub(crate) const INVITATION_PREFIX: &str = "iv_";
/// Begins every refresh token of a customer.
pub(crate) const REFRESH_PREFIX: &str = "rt_";

pub(crate) type SecretHash = [u8; 32];

/// A secret nobody can guess.
pub(crate) fn make(prefix: &str) -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    format!("{prefix}{}", hex(&bytes))
}

pub(crate) fn hash(secret: &str) -> SecretHash {
    Sha256::digest(secret.as_bytes()).into()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_and_never_the_same() {
        let (one, other) = (make(BOT_KEY_PREFIX), make(BOT_KEY_PREFIX));
        assert_eq!(one.len(), 3 + 64);
        assert_ne!(one, other);
        assert_ne!(hash(&one), hash(&other));
    }
}
