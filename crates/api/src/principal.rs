//! Who speaks, found by one extractor for every route: a bearer's token or the console's cookie.

use std::collections::BTreeSet;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use baton_core::{Actor, AgentId, BotId, ChannelId, CustomerId, QueueId};
use baton_engine::config::Role;
use baton_store::{TokenKind, TokenRow};

use crate::app::App;
use crate::auth::revocation::Credential;
use crate::auth::secret::{BOT_KEY_PREFIX, SESSION_PREFIX};
use crate::auth::sessions;
use crate::matrix::{Act, Kind, Scope, scope};
use crate::problem::{Code, Problem};
use crate::rates::Counted;

/// The header that a browser's own page must set on unsafe requests by cookie; another site cannot without being asked.
const CSRF_HEADER: &str = "x-baton-request";

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    Customer {
        customer: CustomerId,
        channel: ChannelId,
        identified: bool,
    },
    Bot {
        bot: BotId,
        channels: BTreeSet<ChannelId>,
    },
    Agent {
        agent: AgentId,
        queues: BTreeSet<QueueId>,
    },
    /// No queues is all queues.
    Supervisor {
        agent: AgentId,
        queues: BTreeSet<QueueId>,
    },
    Admin {
        agent: AgentId,
    },
}

impl Principal {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Customer { identified: false, .. } => Kind::AnonymousCustomer,
            Self::Customer { identified: true, .. } => Kind::IdentifiedCustomer,
            Self::Bot { .. } => Kind::Bot,
            Self::Agent { .. } => Kind::Agent,
            Self::Supervisor { .. } => Kind::Supervisor,
            Self::Admin { .. } => Kind::Admin,
        }
    }

    /// The person of the staff, if it is one.
    pub fn person(&self) -> Option<&AgentId> {
        match self {
            Self::Agent { agent, .. } | Self::Supervisor { agent, .. } | Self::Admin { agent } => Some(agent),
            Self::Customer { .. } | Self::Bot { .. } => None,
        }
    }

    /// As the rules of a conversation know them.
    pub fn actor(&self) -> Actor {
        match self {
            Self::Customer { .. } => Actor::Customer,
            Self::Bot { .. } => Actor::Bot,
            Self::Agent { agent, .. } => Actor::Agent(agent.clone()),
            Self::Supervisor { agent, .. } | Self::Admin { agent } => Actor::Supervisor(agent.clone()),
        }
    }

    /// As the audit log names them.
    pub fn named(&self) -> String {
        match self {
            Self::Customer { customer, .. } => format!("customer:{customer}"),
            Self::Bot { bot, .. } => format!("bot:{bot}"),
            Self::Agent { agent, .. } | Self::Supervisor { agent, .. } | Self::Admin { agent } => {
                format!("agent:{agent}")
            }
        }
    }
}

/// Who calls, for what act, and by which credential.
#[derive(Debug, Clone)]
pub struct Caller {
    pub principal: Principal,
    /// The act that the route declares.
    pub act: Act,
    /// Absent for customers, whose access tokens live for minutes and are not stored.
    pub(crate) credential: Option<Credential>,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let act = *parts.extensions.get::<Act>().ok_or_else(|| {
            Problem::bug(&format_args!("the route {} declares no act of the matrix", parts.uri.path()))
        })?;
        let (principal, credential) = app.authenticate(&parts.headers, &parts.method).await?;
        app.admit(&principal, act, !parts.method.is_safe() && writes(act))?;
        Ok(Self { principal, act, credential })
    }
}

impl Caller {
    /// The person of the staff. The matrix lets nobody else come this far on a route that asks for one.
    pub fn person(&self) -> Result<&AgentId, Problem> {
        self.principal.person().ok_or_else(Problem::not_found)
    }
}

impl App {
    /// Finds who speaks. With an `Authorization` header only that counts, otherwise only the cookie.
    pub(crate) async fn authenticate(
        &self,
        headers: &HeaderMap,
        method: &Method,
    ) -> Result<(Principal, Option<Credential>), Problem> {
        if let Some(value) = headers.get(header::AUTHORIZATION) {
            let token = value.to_str().ok().and_then(bearer).ok_or_else(Problem::unauthenticated)?;
            return self.by_bearer(token).await;
        }
        let session = sessions::in_cookie(headers, self.secure()).ok_or_else(Problem::unauthenticated)?;
        let found = self.by_session(session).await?;
        if !method.is_safe() {
            self.refuse_other_sites(headers)?;
        }
        Ok(found)
    }

    async fn by_bearer(&self, token: &str) -> Result<(Principal, Option<Credential>), Problem> {
        if token.starts_with(BOT_KEY_PREFIX) {
            let row = self.live_token(TokenKind::BotKey, token).await?.ok_or_else(Problem::unauthenticated)?;
            return self.spoken_for(row);
        }
        if token.starts_with(SESSION_PREFIX) {
            return self.by_session(token).await;
        }
        let access = self.access_tokens().read(token, self.now()).ok_or_else(Problem::unauthenticated)?;
        let principal =
            Principal::Customer { customer: access.customer, channel: access.channel, identified: access.identified };
        Ok((principal, None))
    }

    async fn by_session(&self, session: &str) -> Result<(Principal, Option<Credential>), Problem> {
        let row = self.live_token(TokenKind::Session, session).await?.ok_or_else(Problem::unauthenticated)?;
        self.spoken_for(row)
    }

    /// The principal of a stored credential.
    fn spoken_for(&self, row: TokenRow) -> Result<(Principal, Option<Credential>), Problem> {
        let principal = self.principal_of(row.kind, &row.subject).ok_or_else(Problem::unauthenticated)?;
        Ok((principal, Some(Credential { kind: row.kind, hash: row.hash, subject: row.subject })))
    }

    /// Whom a stored credential speaks for, with the rights that the running configuration gives. Who left the
    /// configuration is nobody.
    pub(crate) fn principal_of(&self, kind: TokenKind, subject: &str) -> Option<Principal> {
        let deployment = self.deployment();
        match kind {
            TokenKind::CustomerRefresh | TokenKind::Invitation => None,
            TokenKind::BotKey => {
                let bot = BotId::new(subject).ok().filter(|bot| deployment.has_bot(bot))?;
                let channels = deployment.bots_channels(&bot).into_iter().collect();
                Some(Principal::Bot { bot, channels })
            }
            TokenKind::Session => {
                let agent = AgentId::new(subject).ok()?;
                let config = deployment.agent(&agent)?;
                let queues = config.queues.clone();
                Some(match config.role {
                    Role::Agent => Principal::Agent { agent, queues },
                    Role::Supervisor => Principal::Supervisor { agent, queues },
                    Role::Admin => Principal::Admin { agent },
                })
            }
        }
    }

    /// Whether a principal may come in for an act at all, and not too often.
    pub(crate) fn admit(&self, principal: &Principal, act: Act, writes: bool) -> Result<(), Problem> {
        if scope(act, principal.kind()) == Scope::Denied {
            return Err(Problem::not_found());
        }
        let counted = Counted::of(principal);
        self.limits().request(&counted)?;
        if writes { self.limits().write(&counted) } else { Ok(()) }
    }

    fn refuse_other_sites(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let own =
            headers.get(header::ORIGIN).is_none_or(|origin| self.is_own_origin(origin, headers.get(header::HOST)));
        if own && headers.contains_key(CSRF_HEADER) {
            return Ok(());
        }
        Err(Problem::new(
            Code::ForeignOrigin,
            "a request by cookie that changes something needs the header `X-Baton-Request: 1` and comes from our own pages",
        ))
    }
}

/// Whether an unsafe request for this act writes into the log, which costs more than asking.
fn writes(act: Act) -> bool {
    !matches!(act, Act::OpenSocket | Act::CheckAvailability | Act::Mark)
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim()).filter(|token| !token.is_empty())
}
