//! What must never be printed: keys of models and secrets that sign.

use std::fmt;

use baton_core::Timestamp;
use standardwebhooks::Webhook;

/// A text that authenticates; `Debug` hides it and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// `text` without this secret, for what another system said back to us.
    pub(crate) fn struck_from(&self, text: &str) -> String {
        if self.0.is_empty() { text.to_owned() } else { text.replace(&self.0, "…") }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// Fewest bytes of a signing key: fewer could be found by trying.
pub const SIGNING_KEY_BYTES_MIN: usize = 24;
/// Most bytes of a signing key.
pub const SIGNING_KEY_BYTES_MAX: usize = 64;

/// Why a text cannot sign webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSigningSecret {
    #[error("a webhook secret begins with `whsec_`")]
    Prefix,
    #[error("a webhook secret is `whsec_` followed by base64")]
    Base64,
    #[error(
        "a webhook secret holds {SIGNING_KEY_BYTES_MIN} to {SIGNING_KEY_BYTES_MAX} bytes in base64, this one holds {0}"
    )]
    Length(usize),
}

/// A webhook secret in the form `whsec_…` of Standard Webhooks, checked when it is read.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret(Secret);

impl SigningSecret {
    pub fn new(text: &str) -> Result<Self, InvalidSigningSecret> {
        let encoded = text.strip_prefix("whsec_").ok_or(InvalidSigningSecret::Prefix)?;
        Webhook::new(text).map_err(|_| InvalidSigningSecret::Base64)?;
        let bytes = encoded.trim_end_matches('=').len() * 3 / 4;
        if !(SIGNING_KEY_BYTES_MIN..=SIGNING_KEY_BYTES_MAX).contains(&bytes) {
            return Err(InvalidSigningSecret::Length(bytes));
        }
        Ok(Self(Secret::new(text)))
    }

    /// The three headers that let the receiver check who sent `body`, and when.
    pub fn sign(&self, id: &str, at: Timestamp, body: &str) -> [(&'static str, String); 3] {
        let seconds = at.0.div_euclid(1000);
        let signature = Webhook::new(self.0.expose())
            .and_then(|webhook| webhook.sign(id, seconds, body.as_bytes()))
            .expect("the secret was decoded once in `new`, and a `str` is UTF-8");
        [
            (standardwebhooks::HEADER_WEBHOOK_ID, id.to_owned()),
            (standardwebhooks::HEADER_WEBHOOK_TIMESTAMP, seconds.to_string()),
            (standardwebhooks::HEADER_WEBHOOK_SIGNATURE, signature),
        ]
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.0
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SigningSecret(whsec_…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_short_or_foreign_secret_never_signs() {
        assert_eq!(SigningSecret::new("").unwrap_err(), InvalidSigningSecret::Prefix);
        assert_eq!(SigningSecret::new("whsec_").unwrap_err(), InvalidSigningSecret::Length(0));
        assert_eq!(SigningSecret::new("whsec_c2hvcnQ=").unwrap_err(), InvalidSigningSecret::Length(5));
        assert_eq!(SigningSecret::new("whsec_not base64").unwrap_err(), InvalidSigningSecret::Base64);
        assert!(SigningSecret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").is_ok());
    }

    #[test]
    fn nobody_reads_a_secret_in_a_log() {
        let key = Secret::new("sk-visible");
        let signing = SigningSecret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let printed = format!("{key:?} {signing:?}");
        assert!(!printed.contains("sk-visible") && !printed.contains("MfKQ"), "{printed}");
        assert_eq!(key.struck_from("bad key sk-visible"), "bad key …");
    }
}
