//! Identity tokens: a site's backend vouches for who its customer is, by a JWT signed with the channel's secret.

use baton_core::{ChannelId, Timestamp};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;

use crate::problem::{Code, Problem};

/// A shorter secret can be guessed from one token; identification stays off with it.
pub const IDENTITY_SECRET_BYTES_MIN: usize = 32;
/// How far a site's clock may be from ours.
const CLOCK_SKEW_MS: i64 = 60_000;
/// Longest name, address or tier.
const CLAIM_BYTES_MAX: usize = 256;

/// What a site vouches for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Identity {
    #[serde(rename = "sub")]
    pub(crate) subject: String,
    exp: i64,
    nbf: Option<i64>,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) tier: Option<String>,
}

/// Checks a token against a channel's secret. No secret means no identification, never no check.
pub(crate) fn verify(
    channel: &ChannelId,
    secret: Option<&str>,
    token: &str,
    now: Timestamp,
) -> Result<Identity, Problem> {
    let secret = secret.filter(|secret| secret.len() >= IDENTITY_SECRET_BYTES_MIN).ok_or_else(|| {
        refused(format!(
            "channel {channel} has no identity_secret of at least {IDENTITY_SECRET_BYTES_MIN} bytes, so nobody can be identified in it"
        ))
    })?;
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&[channel.as_str()]);
    validation.set_required_spec_claims(&["exp", "aud", "sub"]);
    // The engine's clock decides, not the library's.
    validation.validate_exp = false;
    let identity = decode::<Identity>(token, &DecodingKey::from_secret(secret.as_bytes()), &validation)
        .map_err(|error| refused(explain(channel, error.kind())))?
        .claims;
    let until = identity.exp.saturating_mul(1000).saturating_add(CLOCK_SKEW_MS);
    let from = identity.nbf.unwrap_or(0).saturating_mul(1000).saturating_sub(CLOCK_SKEW_MS);
    if now.0 >= until {
        return Err(refused("the token has expired; have the site's backend make another one".to_owned()));
    }
    if now.0 < from {
        return Err(refused("the token is not good yet (`nbf`); check the clock of the site's backend".to_owned()));
    }
    check_claims(&identity)?;
    Ok(identity)
}

fn check_claims(identity: &Identity) -> Result<(), Problem> {
    let claims = [
        ("sub", Some(&identity.subject)),
        ("name", identity.name.as_ref()),
        ("email", identity.email.as_ref()),
        ("tier", identity.tier.as_ref()),
    ];
    for (claim, value) in claims {
        let Some(value) = value else { continue };
        if value.trim().is_empty() || value.len() > CLAIM_BYTES_MAX || value.contains(char::is_control) {
            return Err(refused(format!(
                "the claim `{claim}` must have 1 to {CLAIM_BYTES_MAX} bytes without control characters"
            )));
        }
    }
    Ok(())
}

fn refused(detail: String) -> Problem {
    Problem::new(Code::IdentityRefused, detail).at("identity_token")
}

#[allow(clippy::wildcard_enum_match_arm)] // The library's kinds, and it may add some.
fn explain(channel: &ChannelId, kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::InvalidSignature => format!("the signature does not fit the identity_secret of channel {channel}"),
        ErrorKind::InvalidAlgorithm | ErrorKind::InvalidAlgorithmName => "sign the token with HS256".to_owned(),
        ErrorKind::InvalidAudience => format!("`aud` must be the channel, {channel}"),
        ErrorKind::MissingRequiredClaim(claim) => format!("the claim `{claim}` is missing"),
        _ => "this is no JWT with the claims `sub`, `aud` and `exp`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{EncodingKey, Header, encode};
    use serde_json::{Value, json};

    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";
    const NOW: Timestamp = Timestamp(1_760_000_000_000);

    fn channel() -> ChannelId {
        ChannelId::new("website").unwrap()
    }

    fn signed(algorithm: Algorithm, secret: &str, claims: &Value) -> String {
        encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
    }

    fn claims() -> Value {
        json!({"sub": "u-1", "aud": "website", "exp": NOW.0 / 1000 + 300, "name": "Mia", "tier": "gold"})
    }

    fn with(field: &str, value: Value) -> Value {
        let mut claims = claims();
        claims[field] = value;
        claims
    }

    fn without(field: &str) -> Value {
        let mut claims = claims();
        claims.as_object_mut().unwrap().remove(field);
        claims
    }

    #[test]
    fn a_site_vouches_for_its_customer() {
        let token = signed(Algorithm::HS256, SECRET, &claims());
        let identity = verify(&channel(), Some(SECRET), &token, NOW).unwrap();
        assert_eq!((identity.subject.as_str(), identity.name.as_deref()), ("u-1", Some("Mia")));
    }

    #[test]
    fn whatever_does_not_hold_is_refused_with_the_reason() {
        for (claims, reason) in [
            (with("aud", json!("other")), "aud"),
            (without("aud"), "aud"),
            (without("exp"), "exp"),
            (without("sub"), "sub"),
            (with("exp", json!(NOW.0 / 1000 - 61)), "expired"),
            (with("exp", json!("soon")), "no JWT"),
            (with("nbf", json!(NOW.0 / 1000 + 120)), "nbf"),
            (with("sub", json!("")), "sub"),
            (with("name", json!("x".repeat(300))), "name"),
            (with("email", json!("a\u{7}b")), "email"),
        ] {
            let token = signed(Algorithm::HS256, SECRET, &claims);
            let problem = verify(&channel(), Some(SECRET), &token, NOW).unwrap_err();
            assert_eq!(problem.status, 401);
            assert!(problem.detail.contains(reason), "{claims}: {}", problem.detail);
        }
    }

    #[test]
    fn no_secret_an_empty_one_or_a_short_one_identifies_nobody() {
        for secret in [None, Some(""), Some("short")] {
            let token = signed(Algorithm::HS256, secret.unwrap_or_default(), &claims());
            assert!(verify(&channel(), secret, &token, NOW).unwrap_err().detail.contains("identity_secret"));
        }
    }

    #[test]
    fn only_the_one_algorithm_counts() {
        for algorithm in [Algorithm::HS384, Algorithm::HS512] {
            let token = signed(algorithm, SECRET, &claims());
            assert!(verify(&channel(), Some(SECRET), &token, NOW).is_err());
        }
        let payload = signed(Algorithm::HS256, SECRET, &claims());
        let payload = payload.split('.').nth(1).unwrap();
        let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}.");
        assert!(verify(&channel(), Some(SECRET), &unsigned, NOW).is_err());
        let foreign = signed(Algorithm::HS256, "another secret that is long enough", &claims());
        assert!(verify(&channel(), Some(SECRET), &foreign, NOW).unwrap_err().detail.contains("signature"));
    }
}
