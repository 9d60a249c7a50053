//! Who speaks: sign-in, sessions, tickets, and what a channel shows its customers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::channel::ChannelView;
use super::floor::AvailabilityName;

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub email: String,
    pub password: String,
    /// `cookie` (default) for browsers, `bearer` for programs: then the token is in the answer.
    #[serde(default)]
    pub transport: Transport,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    #[default]
    Cookie,
    Bearer,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SignedIn {
    pub me: MeView,
    /// Only with `transport: bearer`.
    pub token: Option<String>,
}

/// The signed-in person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MeView {
    pub agent: String,
    pub name: String,
    pub email: String,
    /// `agent`, `supervisor`, `admin`.
    pub role: String,
    pub queues: Vec<String>,
    pub availability: AvailabilityName,
    pub reason: Option<String>,
    pub dispositions: Vec<DispositionView>,
    pub organisation: String,
    /// Whether this server is a demonstration, which every screen says.
    #[serde(default)]
    pub demonstration: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DispositionView {
    pub key: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAvailability {
    pub availability: AvailabilityName,
    #[serde(default)]
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    pub current: String,
    /// At least 10 characters.
    pub new: String,
}

/// Begins or renews a customer's session in a channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerSessionRequest {
    pub channel: String,
    /// From the last answer; without one a customer begins anew.
    #[serde(default)]
    pub refresh_token: Option<String>,
    /// A JWT signed by the site's backend: `sub`, `aud` (the channel), `exp`, perhaps `name`, `email`, `tier`.
    #[serde(default)]
    pub identity_token: Option<String>,
    /// The customer agreed to the channel's consent notice. A channel that has one begins no session without.
    #[serde(default)]
    pub consent: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CustomerSession {
    pub customer: Uuid,
    pub identified: bool,
    /// Send as `Authorization: Bearer …`; keep it in memory only.
    pub access_token: String,
    pub expires_at: i64,
    /// For the next renewal; each is good once.
    pub refresh_token: String,
    pub channel: ChannelView,
    /// The customer's conversation that is not closed, if any.
    pub conversation: Option<Uuid>,
}

/// What a customer says of themselves: flat text, numbers and flags by name; nobody vouches for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DescribeCustomer {
    /// Added to what there is; at most 50 in all. `name` and `email` become the customer's unless they are identified.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub attributes: serde_json::Map<String, serde_json::Value>,
}

/// A single-use key that opens one socket within its time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SocketTicket {
    pub ticket: String,
    pub expires_at: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateBotKey {
    pub bot: String,
    pub label: String,
}

/// A bot key; the secret is shown once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BotKeyView {
    /// Names the key in lists and revocation.
    pub id: String,
    pub bot: String,
    pub label: String,
    pub created_at: i64,
    pub secret: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// At least 10 characters.
    pub password: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditEntryView {
    pub at: i64,
    pub who: String,
    pub action: String,
    pub what: String,
}
