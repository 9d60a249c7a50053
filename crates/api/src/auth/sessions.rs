//! Sessions of people and keys of bots: opaque, stored as hashes, revocable at once.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use baton_core::{AgentId, BotId, Timestamp};
use baton_store::{TokenKind, TokenRow};
use uuid::Uuid;

use super::revocation::{Credential, Revoked};
use super::secret::{self, SecretHash};
use crate::app::App;
use crate::problem::Problem;

/// How long a session is good, used or not.
const SESSION_LIFETIME: Duration = Duration::from_hours(7 * 24);
/// The cookie's name when browsers reach us by https; the prefix makes them refuse it from anywhere else.
const SECURE_COOKIE: &str = "__Host-baton_session";
const PLAIN_COOKIE: &str = "baton_session";

/// A bot's key as it is stored, and the secret, which is kept nowhere else.
pub fn new_bot_key(bot: &BotId, label: String, now: Timestamp) -> (TokenRow, String) {
    let key = secret::make(secret::BOT_KEY_PREFIX);
    let row = TokenRow {
        hash: secret::hash(&key),
        kind: TokenKind::BotKey,
        subject: bot.as_str().to_owned(),
        family: Uuid::now_v7().to_string(),
        created_at: now,
        expires_at: None,
        used_at: None,
        label,
    };
    (row, key)
}

impl App {
    /// Opens a session and gives its secret, which is kept nowhere else.
    pub(crate) async fn open_session(&self, agent: &AgentId) -> Result<String, Problem> {
        let session = secret::make(secret::SESSION_PREFIX);
        let now = self.now();
        let row = TokenRow {
            hash: secret::hash(&session),
            kind: TokenKind::Session,
            subject: agent.as_str().to_owned(),
            family: Uuid::now_v7().to_string(),
            created_at: now,
            expires_at: Some(now + SESSION_LIFETIME),
            used_at: None,
            label: String::new(),
        };
        self.store()
            .write(move |tx| {
                tx.delete_expired_tokens(now)?;
                tx.put_token(&row)
            })
            .await?;
        Ok(session)
    }

    /// Makes a bot's key; the row and the secret, which is kept nowhere else.
    pub(crate) async fn make_bot_key(&self, bot: &BotId, label: String) -> Result<(TokenRow, String), Problem> {
        let (row, key) = new_bot_key(bot, label, self.now());
        let stored = row.clone();
        self.store().write(move |tx| tx.put_token(&stored)).await?;
        Ok((row, key))
    }

    /// The row of a secret that is alive.
    pub(crate) async fn live_token(&self, kind: TokenKind, secret: &str) -> Result<Option<TokenRow>, Problem> {
        self.live_token_by_hash(kind, secret::hash(secret)).await
    }

    pub(crate) async fn live_token_by_hash(
        &self,
        kind: TokenKind,
        hash: SecretHash,
    ) -> Result<Option<TokenRow>, Problem> {
        let now = self.now();
        let mut row = self.recent_tokens().find(&hash, now);
        if row.is_none() {
            row = self.store().read(move |tx| tx.token(kind, &hash)).await?;
            if let Some(row) = &row {
                self.recent_tokens().keep(row, now);
            }
        }
        Ok(row.filter(|row| row.kind == kind && row.expires_at.is_none_or(|expires_at| now < expires_at)))
    }

    /// Ends one credential, and the sockets that rest on it.
    pub(crate) async fn revoke(&self, credential: &Credential) -> Result<(), Problem> {
        let hash = credential.hash;
        self.store().write(move |tx| tx.delete_token(&hash)).await?;
        self.recent_tokens().forget_all();
        self.revocations().revoke(Revoked::Token(hash));
        Ok(())
    }

    /// Replaces a person's password and ends their sessions, except the one that asked.
    pub(crate) async fn replace_password(
        &self,
        agent: &AgentId,
        email: String,
        password_hash: String,
        except: Option<SecretHash>,
        audit: (String, &'static str),
    ) -> Result<(), Problem> {
        let now = self.now();
        let subject = agent.as_str().to_owned();
        let credential = baton_store::Credential { agent: agent.clone(), email, password_hash, changed_at: now };
        let (who, action) = audit;
        let entry = baton_store::AuditEntry { at: now, who, action: action.to_owned(), what: format!("agent:{agent}") };
        let owner = subject.clone();
        self.store()
            .write(move |tx| {
                tx.put_credential(&credential)?;
                for token in tx.tokens_of(TokenKind::Session, &owner)? {
                    if Some(token.hash) != except {
                        tx.delete_token(&token.hash)?;
                    }
                }
                tx.put_audit(&entry)
            })
            .await?;
        self.recent_tokens().forget_all();
        self.revocations().revoke(Revoked::AllOf { kind: TokenKind::Session, subject, except });
        Ok(())
    }
}

/// The session's secret in a request's cookies.
pub(crate) fn in_cookie(headers: &HeaderMap, secure: bool) -> Option<&str> {
    let name = if secure { SECURE_COOKIE } else { PLAIN_COOKIE };
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The cookie that keeps a session; an empty secret takes it away.
pub(crate) fn cookie(session: &str, secure: bool) -> HeaderValue {
    let (name, attributes) = if secure { (SECURE_COOKIE, "; Secure") } else { (PLAIN_COOKIE, "") };
    let age = if session.is_empty() { 0 } else { SESSION_LIFETIME.as_secs() };
    let text = format!("{name}={session}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{attributes}");
    // Secrets are hexadecimal behind a prefix: always a header's text.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_found_among_other_cookies_and_only_under_its_own_name() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=b; baton_session=as_1; theme=dark"));
        assert_eq!(in_cookie(&headers, false), Some("as_1"));
        assert_eq!(in_cookie(&headers, true), None);
    }

    #[test]
    fn behind_https_the_cookie_is_bound_to_the_host() {
        let text = cookie("as_1", true).to_str().unwrap().to_owned();
        assert!(text.starts_with("__Host-baton_session=as_1; Path=/; HttpOnly; SameSite=Lax"), "{text}");
        assert!(text.ends_with("; Secure"));
        assert!(cookie("", false).to_str().unwrap().contains("Max-Age=0"));
    }
}
