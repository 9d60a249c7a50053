//! The public API as a program outside asks it: the server's own wire types, over HTTP.

use std::time::Duration;

use anyhow::Context;
use baton_api::wire::{CustomerSession, CustomerSessionRequest, SignIn, SignedIn, SocketTicket, Transport};
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An answer that takes longer is none.
const PATIENCE: Duration = Duration::from_secs(20);
pub(super) const NOTHING: Option<&()> = None;

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The server said no; somebody else was faster, mostly.
    Refused(u16),
    /// It cannot be reached or does not speak the protocol.
    Gone(String),
}

pub(super) type Answer<T> = Result<T, Trouble>;

/// Where the server is.
#[derive(Clone)]
pub(super) struct Site {
    base: String,
    http: reqwest::Client,
}

impl Site {
    pub(super) fn new(base: &str) -> anyhow::Result<Self> {
        let http =
            reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().context("make a client of the API")?;
        Ok(Self { base: base.trim_end_matches('/').to_owned(), http })
    }

    /// The same place for sockets.
    pub(super) fn socket_address(&self) -> String {
        format!("{}/v1/socket", self.base.replacen("http", "ws", 1))
    }

    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<&impl Serialize>,
    ) -> Answer<T> {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let gone = |error: reqwest::Error| Trouble::Gone(error.to_string());
        let answer = request.send().await.map_err(gone)?;
        let status = answer.status();
        let bytes = answer.bytes().await.map_err(gone)?;
        if !status.is_success() {
            return Err(Trouble::Refused(status.as_u16()));
        }
        let text = if bytes.is_empty() { b"null" } else { &bytes[..] };
        serde_json::from_slice(text).map_err(|error| Trouble::Gone(format!("{path}: {error}")))
    }

    pub(super) async fn post<T: DeserializeOwned>(&self, path: &str, token: &str, body: &impl Serialize) -> Answer<T> {
        self.ask(Method::POST, path, Some(token), Some(body)).await
    }

    pub(super) async fn customer_session(&self, channel: &str) -> Answer<CustomerSession> {
        let request = CustomerSessionRequest {
            channel: channel.to_owned(),
            refresh_token: None,
            identity_token: None,
            consent: false,
        };
        self.ask(Method::POST, "/v1/customer-sessions", None, Some(&request)).await
    }

    pub(super) async fn sign_in(&self, email: &str, password: &str) -> Answer<String> {
        let request = SignIn { email: email.to_owned(), password: password.to_owned(), transport: Transport::Bearer };
        let signed_in: SignedIn = self.ask(Method::POST, "/v1/session", None, Some(&request)).await?;
        signed_in.token.ok_or_else(|| Trouble::Gone("signed in and got no token".to_owned()))
    }

    pub(super) async fn ticket(&self, token: &str) -> Answer<String> {
        let ticket: SocketTicket = self.ask(Method::POST, "/v1/socket-tickets", Some(token), NOTHING).await?;
        Ok(ticket.ticket)
    }
}
