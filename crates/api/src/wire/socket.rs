//! The frames of the one socket, `GET /v1/socket`. JSON text frames, at most 64 KiB in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::brief::{OfferView, TakeableView};
use super::conversation::{ConversationSummary, ConversationView, MarksView, PlaceView};
use super::desk::ReminderView;
use super::event::{AuthorView, EventView};
use super::floor::FloorView;
use crate::problem::Problem;

/// What a client sends. The first frame is `hello`, within ten seconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientFrame {
    Hello(HelloFrame),
    Subscribe(SubscribeFrame),
    Unsubscribe(UnsubscribeFrame),
    Send(SendFrame),
    Typing(TypingFrame),
    Mark(MarkFrame),
    Ping(PingFrame),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HelloFrame {
    /// From `POST /v1/socket-tickets`; good once.
    pub ticket: String,
}

/// Asks for every event after `after`, then live ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscribeFrame {
    pub conversation: Uuid,
    /// The last event the client has; 0 for none.
    pub after: u64,
    /// The log's identity from `welcome`, absent at first; another one means reload.
    #[serde(default)]
    pub epoch: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnsubscribeFrame {
    pub conversation: Uuid,
}

/// A message; answered by `ack` or `refused` with the same client id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendFrame {
    pub conversation: Uuid,
    pub client_id: String,
    pub text: String,
    /// Files that were uploaded for it, at most 10; the text may then be empty.
    #[serde(default)]
    pub attachments: Vec<Uuid>,
    /// Agents and bots must give it.
    #[serde(default)]
    pub epoch: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TypingFrame {
    pub conversation: Uuid,
    pub typing: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkFrame {
    pub conversation: Uuid,
    #[serde(default)]
    pub delivered: Option<u64>,
    #[serde(default)]
    pub read: Option<u64>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PingFrame {}

/// What the server sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame {
    Welcome(WelcomeFrame),
    Subscribed(SubscribedFrame),
    Events(EventsFrame),
    Reload(ReloadFrame),
    Ack(AckFrame),
    Refused(RefusedFrame),
    Typing(TypingShown),
    Marks(MarksFrame),
    Place(PlaceFrame),
    Offer(OfferFrame),
    OfferGone(OfferGoneFrame),
    Takeable(TakeableFrame),
    TakeableGone(TakeableGoneFrame),
    Summary(SummaryFrame),
    Floor(FloorFrame),
    Reminder(ReminderFrame),
    ReminderDone(ReminderDoneFrame),
    Viewers(ViewersFrame),
    Pong(PongFrame),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WelcomeFrame {
    /// The log's identity; give it when subscribing again.
    pub epoch: String,
    /// `customer`, `bot`, `agent`, `supervisor`, `admin`.
    pub role: String,
    pub server_time: i64,
}

/// Everything before was sent; live events follow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SubscribedFrame {
    pub conversation: Uuid,
    pub state: ConversationView,
    pub marks: MarksView,
}

/// Events in order; `state` is how the conversation stands after the last of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EventsFrame {
    pub conversation: Uuid,
    pub events: Vec<EventView>,
    pub state: Option<ConversationView>,
}

/// The server cannot resume: forget what you have and subscribe from 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReloadFrame {
    pub conversation: Uuid,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AckFrame {
    pub conversation: Uuid,
    pub client_id: String,
    pub seq: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RefusedFrame {
    pub conversation: Option<Uuid>,
    pub client_id: Option<String>,
    pub problem: Problem,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TypingShown {
    pub conversation: Uuid,
    pub author: AuthorView,
    pub typing: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MarksFrame {
    pub conversation: Uuid,
    pub marks: MarksView,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlaceFrame {
    pub conversation: Uuid,
    pub place: PlaceView,
}

/// Ring: this agent is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OfferFrame {
    pub offer: OfferView,
}

/// A handoff that this agent may take: `POST /v1/handoffs/{handoff}/take`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TakeableFrame {
    pub takeable: TakeableView,
}

/// It is not there to be taken any more: somebody has it, or it does not wait.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TakeableGoneFrame {
    pub handoff: Uuid,
}

/// Stop ringing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OfferGoneFrame {
    pub offer: Uuid,
    /// `accepted`, `declined`, `expired`, `customer_left`, `agent_gone`, `reassigned`.
    pub reason: String,
}

/// A conversation in this person's lists changed; staff only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SummaryFrame {
    pub conversation: ConversationSummary,
}

/// The floor changed; staff only, at most once a second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FloorFrame {
    pub floor: FloorView,
}

/// One is to look at something, from its time on; staff only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReminderFrame {
    pub reminder: ReminderView,
}

/// One said, perhaps in another tab, that one is done with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReminderDoneFrame {
    pub reminder: Uuid,
}

/// Who of the staff has a conversation in front of them, oneself included; to staff who follow it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ViewersFrame {
    pub conversation: Uuid,
    pub agents: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PongFrame {}
