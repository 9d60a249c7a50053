//! A thin client of the API: what is sent and what comes back are the server's own wire types.

use baton_api::problem::Problem;
use baton_api::wire::{
    AgentView, ConversationView, CustomerSession, CustomerSessionRequest, EventPage, EventView, SignIn, SignedIn,
    SocketTicket, Transport,
};
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::program::{PATIENCE, password};

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The server said no.
    Refused(Box<Problem>),
    /// The server is gone, and nobody knows what it did.
    Gone(String),
}

impl Trouble {
    #[track_caller]
    pub(crate) fn problem(self) -> Problem {
        match self {
            Self::Refused(problem) => *problem,
            Self::Gone(why) => panic!("the server is gone: {why}"),
        }
    }
}

pub(crate) type Answer<T> = Result<T, Trouble>;

/// Says that a request was refused with this status and code.
#[track_caller]
pub(crate) fn refused<T: std::fmt::Debug>(answer: Answer<T>, status: u16, code: &str) -> Problem {
    let problem = answer.expect_err("it is refused").problem();
    assert_eq!((problem.status, problem.code.as_str()), (status, code), "{}", problem.detail);
    problem
}

/// Nothing in the body.
pub(crate) const NOTHING: Option<&()> = None;

/// Where a server is.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) base: String,
    pub(crate) http: reqwest::Client,
}

impl Site {
    pub(crate) fn new(base: &str) -> Self {
        let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().expect("a client without wishes");
        Self { base: base.trim_end_matches('/').to_owned(), http }
    }

    /// `host:port`.
    pub(crate) fn address(&self) -> &str {
        self.base.strip_prefix("http://").expect("the server speaks HTTP here")
    }

    /// The status and the answer to one request.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<&impl Serialize>,
    ) -> Answer<(u16, T)> {
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
            let problem: Problem = serde_json::from_slice(&bytes)
                .unwrap_or_else(|error| panic!("{path}: {status} and no problem ({error}): {bytes:?}"));
            assert!(status.as_u16() != 500, "{path}: {}", problem.detail);
            return Err(Trouble::Refused(Box::new(problem)));
        }
        // An answer without a body is read as nothing.
        let text = if bytes.is_empty() { b"null" } else { &bytes[..] };
        let answer = serde_json::from_slice(text).unwrap_or_else(|error| panic!("{path}: {error}: {bytes:?}"));
        Ok((status.as_u16(), answer))
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str, token: &str) -> Answer<T> {
        Ok(self.ask(Method::GET, path, Some(token), NOTHING).await?.1)
    }

    pub(crate) async fn post<T: DeserializeOwned>(&self, path: &str, token: &str, body: &impl Serialize) -> Answer<T> {
        Ok(self.ask(Method::POST, path, Some(token), Some(body)).await?.1)
    }

    /// A request whose address says everything.
    pub(crate) async fn order<T: DeserializeOwned>(&self, method: Method, path: &str, token: &str) -> Answer<T> {
        Ok(self.ask(method, path, Some(token), NOTHING).await?.1)
    }

    pub(crate) async fn put<T: DeserializeOwned>(&self, path: &str, token: &str, body: &impl Serialize) -> Answer<T> {
        Ok(self.ask(Method::PUT, path, Some(token), Some(body)).await?.1)
    }

    pub(crate) async fn customer_session(&self, channel: &str) -> Answer<CustomerSession> {
        let request = CustomerSessionRequest {
            channel: channel.to_owned(),
            refresh_token: None,
            identity_token: None,
            consent: false,
        };
        Ok(self.ask(Method::POST, "/v1/customer-sessions", None, Some(&request)).await?.1)
    }

    pub(crate) async fn sign_in(&self, agent: &str) -> String {
        self.try_sign_in(agent, &password(agent)).await.expect("they may").token.expect("asked for")
    }

    pub(crate) async fn try_sign_in(&self, agent: &str, password: &str) -> Answer<SignedIn> {
        let request = SignIn {
            email: format!("{agent}@library.example"),
            password: password.to_owned(),
            transport: Transport::Bearer,
        };
        Ok(self.ask(Method::POST, "/v1/session", None, Some(&request)).await?.1)
    }

    pub(crate) async fn ticket(&self, token: &str) -> Answer<String> {
        let ticket: SocketTicket = self.order(Method::POST, "/v1/socket-tickets", token).await?;
        Ok(ticket.ticket)
    }

    pub(crate) async fn conversation(&self, id: Uuid, token: &str) -> Answer<ConversationView> {
        self.get(&format!("/v1/conversations/{id}"), token).await
    }

    pub(crate) async fn agents(&self, token: &str) -> Answer<Vec<AgentView>> {
        self.get("/v1/agents", token).await
    }

    /// The whole log of a conversation as this principal sees it, page by page.
    pub(crate) async fn log(&self, id: Uuid, token: &str) -> Answer<Vec<EventView>> {
        let mut log: Vec<EventView> = Vec::new();
        loop {
            let after = log.last().map_or(0, |event| event.seq);
            let page: EventPage =
                self.get(&format!("/v1/conversations/{id}/events?after={after}&limit=200"), token).await?;
            let last = page.last;
            assert!(!page.items.is_empty() || after == last, "events after {after} of {last} are missing");
            log.extend(page.items);
            if log.last().is_none_or(|event| event.seq >= last) {
                break;
            }
        }
        let numbers: Vec<u64> = log.iter().map(|event| event.seq).collect();
        assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>(), "a gap in the log of {id}");
        Ok(log)
    }
}
