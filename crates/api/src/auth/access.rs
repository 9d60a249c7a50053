//! Customers' access tokens: JWTs of ours that live for minutes, so that a request needs no look-up.

use baton_core::{ChannelId, CustomerId, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

use crate::problem::Problem;

/// How long an access token is good.
pub(crate) const LIFETIME: Duration = Duration::from_mins(10);
/// Tells our tokens from any other JWT, also from the identity tokens of sites.
const AUDIENCE: &str = "baton-customer";

/// The keys of this deployment.
pub(crate) struct AccessTokens {
    signing: EncodingKey,
    checking: DecodingKey,
    validation: Validation,
}

/// Whom an access token speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Access {
    pub(crate) customer: CustomerId,
    pub(crate) channel: ChannelId,
    pub(crate) identified: bool,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: Uuid,
    aud: String,
    /// Seconds, as the standard has it.
    exp: i64,
    channel: String,
    identified: bool,
}

impl AccessTokens {
    pub(crate) fn new(secret: &[u8; 32]) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "aud", "sub"]);
        // The engine's clock decides, not the library's.
        validation.validate_exp = false;
        Self { signing: EncodingKey::from_secret(secret), checking: DecodingKey::from_secret(secret), validation }
    }

    /// The token and the moment until which it is good.
    pub(crate) fn issue(&self, access: &Access, now: Timestamp) -> Result<(String, Timestamp), Problem> {
        let expires_at = now + LIFETIME;
        let claims = Claims {
            sub: access.customer.0,
            aud: AUDIENCE.to_owned(),
            exp: expires_at.0 / 1000,
            channel: access.channel.as_str().to_owned(),
            identified: access.identified,
        };
        let token = encode(&Header::new(Algorithm::HS256), &claims, &self.signing)
            .map_err(|error| Problem::bug(&format_args!("an access token cannot be signed: {error}")))?;
        Ok((token, expires_at))
    }

    pub(crate) fn read(&self, token: &str, now: Timestamp) -> Option<Access> {
        let claims = decode::<Claims>(token, &self.checking, &self.validation).ok()?.claims;
        let alive = claims.exp.checked_mul(1000).is_some_and(|expires_at| now.0 < expires_at);
        alive.then_some(())?;
        Some(Access {
            customer: CustomerId(claims.sub),
            channel: ChannelId::new(&claims.channel).ok()?,
            identified: claims.identified,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access() -> Access {
        Access {
            customer: CustomerId(Uuid::from_u128(7)),
            channel: ChannelId::new("website").unwrap(),
            identified: false,
        }
    }

    #[test]
    fn a_token_speaks_for_its_customer_until_it_expires() {
        let tokens = AccessTokens::new(&[1; 32]);
        let now = Timestamp(1_760_000_000_000);
        let (token, expires_at) = tokens.issue(&access(), now).unwrap();
        assert_eq!(tokens.read(&token, now), Some(access()));
        assert_eq!(tokens.read(&token, expires_at), None);
    }

    #[test]
    fn a_token_of_another_deployment_or_with_another_algorithm_is_nothing() {
        let now = Timestamp(1_760_000_000_000);
        let tokens = AccessTokens::new(&[1; 32]);
        let (foreign, _) = AccessTokens::new(&[2; 32]).issue(&access(), now).unwrap();
        assert_eq!(tokens.read(&foreign, now), None);

        let (token, _) = tokens.issue(&access(), now).unwrap();
        let payload = token.split('.').nth(1).unwrap();
        // {"alg":"none","typ":"JWT"}
        for forged in [
            format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}."),
            format!("{}.", token.rsplit_once('.').unwrap().0),
            token[..token.len() - 4].to_owned(),
            String::new(),
            "..".to_owned(),
        ] {
            assert_eq!(tokens.read(&forged, now), None, "{forged}");
        }
    }
}
