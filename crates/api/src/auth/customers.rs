//! Customers' sessions: begun without asking anything, renewed by refresh tokens that are good once, identified by the
//! site's backend.

use std::time::Duration;

use baton_core::{ChannelId, CustomerId, Timestamp};
use baton_store::{Customer, StoreError, TokenKind, TokenRow, Tx};
use uuid::Uuid;

use super::identity::Identity;
use super::secret::{self, SecretHash};
use crate::app::App;
use crate::problem::{Code, Problem};

/// How long a customer who stays away is remembered by their browser.
const REFRESH_LIFETIME: Duration = Duration::from_hours(30 * 24);
/// The answer to a renewal can be lost on the way; within this time the spent token still renews.
const SPENT_GRACE: Duration = Duration::from_secs(30);
/// Spent tokens kept per family, to notice that one is used again.
const SPENT_KEPT: usize = 8;

/// What is asked, after the channel and the identity token were checked.
pub(crate) struct SessionRequest {
    pub(crate) channel: ChannelId,
    pub(crate) refresh_token: Option<String>,
    pub(crate) identity: Option<Identity>,
}

/// A session as opened.
pub(crate) struct OpenedSession {
    pub(crate) customer: Customer,
    pub(crate) refresh_token: String,
}

/// Everything that chance decides, made before the transaction so that running it again gives the same.
struct Drawn {
    customer: CustomerId,
    family: String,
    refresh: SecretHash,
    now: Timestamp,
}

enum Outcome {
    Opened(Box<Customer>),
    Refused(&'static str),
    /// A spent token came again: whoever has the family's tokens, one of them stole it.
    Stolen,
}

impl App {
    pub(crate) async fn open_customer_session(&self, request: SessionRequest) -> Result<OpenedSession, Problem> {
        let refresh_token = secret::make(secret::REFRESH_PREFIX);
        let drawn = Drawn {
            customer: CustomerId(Uuid::now_v7()),
            family: Uuid::now_v7().to_string(),
            refresh: secret::hash(&refresh_token),
            now: self.now(),
        };
        let identifying = request.identity.is_some();
        let outcome = self.store().write(move |tx| open(tx, &request, &drawn)).await?;
        match outcome {
            Outcome::Opened(customer) => {
                if identifying {
                    self.engine().customer_changed(customer.id).await?;
                }
                Ok(OpenedSession { customer: *customer, refresh_token })
            }
            Outcome::Refused(why) => Err(Problem::new(Code::RefreshRefused, why).at("refresh_token")),
            Outcome::Stolen => {
                tracing::warn!("a spent refresh token was used again; its family was ended");
                Err(Problem::new(Code::RefreshRefused, "this token was used before; begin a session anew")
                    .at("refresh_token"))
            }
        }
    }
}

fn open(tx: &mut dyn Tx, request: &SessionRequest, drawn: &Drawn) -> Result<Outcome, StoreError> {
    let renewed = match &request.refresh_token {
        None => None,
        Some(token) => match spend(tx, token, &request.channel, drawn.now)? {
            Spent::Alive(alive) => Some(*alive),
            // Who is vouched for needs no token of ours.
            Spent::Refused(_) | Spent::Again if request.identity.is_some() => None,
            Spent::Refused(why) => return Ok(Outcome::Refused(why)),
            Spent::Again => return Ok(Outcome::Stolen),
        },
    };
    let (family, known) = match renewed {
        Some((row, customer)) => (Some(row.family), Some(customer)),
        None => (None, None),
    };
    let before = known.as_ref().map(|customer| customer.id);
    let customer = match &request.identity {
        Some(identity) => identified(tx, request, identity, known, drawn)?,
        None => match known {
            Some(customer) => customer,
            None => added(tx, anonymous(request, drawn))?,
        },
    };
    // A token family speaks for one customer for ever.
    let family = family.filter(|_| before == Some(customer.id)).unwrap_or_else(|| drawn.family.clone());
    forget_old_spent(tx, &customer, &family)?;
    tx.put_token(&TokenRow {
        hash: drawn.refresh,
        kind: TokenKind::CustomerRefresh,
        subject: customer.id.to_string(),
        family,
        created_at: drawn.now,
        expires_at: Some(drawn.now + REFRESH_LIFETIME),
        used_at: None,
        label: String::new(),
    })?;
    Ok(Outcome::Opened(Box::new(customer)))
}

enum Spent {
    Alive(Box<(TokenRow, Customer)>),
    Refused(&'static str),
    Again,
}

fn spend(tx: &mut dyn Tx, token: &str, channel: &ChannelId, now: Timestamp) -> Result<Spent, StoreError> {
    let hash = secret::hash(token);
    let Some(row) = tx.token(TokenKind::CustomerRefresh, &hash)? else {
        return Ok(Spent::Refused("this refresh token is not known; begin a session anew"));
    };
    if row.expires_at.is_some_and(|expires_at| now >= expires_at) {
        return Ok(Spent::Refused("this refresh token has expired; begin a session anew"));
    }
    let customer = match row.subject.parse() {
        Ok(id) => tx.customer(id)?,
        Err(_) => None,
    };
    let Some(customer) = customer.filter(|customer| customer.channel == *channel) else {
        return Ok(Spent::Refused("this refresh token is not of this channel; begin a session anew"));
    };
    let lost_answer = row.used_at.is_some_and(|used_at| now.since(used_at) < SPENT_GRACE);
    if tx.use_token(&hash, now)? || lost_answer {
        return Ok(Spent::Alive(Box::new((row, customer))));
    }
    tx.delete_token_family(&row.family)?;
    Ok(Spent::Again)
}

/// The customer whom the site vouches for. Never takes over a customer whom it vouched for under another name.
fn identified(
    tx: &mut dyn Tx,
    request: &SessionRequest,
    identity: &Identity,
    known: Option<Customer>,
    drawn: &Drawn,
) -> Result<Customer, StoreError> {
    let mut customer = match tx.customer_by_subject(&request.channel, &identity.subject)? {
        Some(customer) => customer,
        None => known.filter(|customer| customer.subject.is_none()).unwrap_or_else(|| anonymous(request, drawn)),
    };
    let before = customer.clone();
    customer.subject = Some(identity.subject.clone());
    for (field, claim) in [
        (&mut customer.name, &identity.name),
        (&mut customer.email, &identity.email),
        (&mut customer.tier, &identity.tier),
    ] {
        if claim.is_some() {
            field.clone_from(claim);
        }
    }
    if customer == before { Ok(customer) } else { added(tx, customer) }
}

fn anonymous(request: &SessionRequest, drawn: &Drawn) -> Customer {
    Customer {
        id: drawn.customer,
        channel: request.channel.clone(),
        subject: None,
        name: None,
        email: None,
        tier: None,
        attributes: serde_json::Map::new(),
        created_at: drawn.now,
    }
}

fn added(tx: &mut dyn Tx, customer: Customer) -> Result<Customer, StoreError> {
    tx.put_customer(&customer)?;
    Ok(customer)
}

fn forget_old_spent(tx: &mut dyn Tx, customer: &Customer, family: &str) -> Result<(), StoreError> {
    let mut spent: Vec<TokenRow> = tx
        .tokens_of(TokenKind::CustomerRefresh, &customer.id.to_string())?
        .into_iter()
        .filter(|row| row.family == family && row.used_at.is_some())
        .collect();
    spent.sort_by_key(|row| std::cmp::Reverse(row.used_at));
    for row in spent.into_iter().skip(SPENT_KEPT) {
        tx.delete_token(&row.hash)?;
    }
    Ok(())
}
