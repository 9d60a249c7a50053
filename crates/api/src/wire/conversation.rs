//! A conversation's state as a principal sees it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::event::{AuthorView, EventView, TimingName, TriggerView, WaitView};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ControllerName {
    Bot,
    Queued,
    Offered,
    Agent,
    Closed,
}

/// Who may answer the customer right now. A customer sees `queued` while somebody is being asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ControllerView {
    pub kind: ControllerName,
    /// Staff see keys, customers only names.
    pub agent: Option<String>,
    pub agent_name: Option<String>,
    /// The open offer; staff only.
    pub offer: Option<Uuid>,
    pub offer_expires_at: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActionName {
    PostMessage,
    PostNote,
    RequestHandoff,
    CancelHandoff,
    LeaveContact,
    AcceptOffer,
    DeclineOffer,
    Assign,
    Transfer,
    ChangePriority,
    HandBack,
    Close,
    EndWrapUp,
    AnswerSurvey,
    AnswerSuggestion,
}

/// When a handoff came, as the agent who had it sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimingMarkView {
    pub handoff: Uuid,
    pub timing: TimingName,
}

/// A place in the queue, 1 is next; the wait is absent where there is no ground for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlaceView {
    pub position: u32,
    pub wait: Option<WaitView>,
}

/// The handoff under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HandoffView {
    pub id: Uuid,
    pub since: i64,
    pub staffed: bool,
    pub contact_left: bool,
    pub accepted_at: Option<i64>,
    /// Staff only, like all below.
    pub queue: Option<String>,
    pub queue_name: Option<String>,
    pub triggers: Vec<TriggerView>,
    pub priority: Option<i8>,
    pub topic: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WrapUpView {
    pub handoff: Uuid,
    pub agent: String,
    pub until: i64,
}

/// How far each side has received and read, as event numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MarksView {
    pub customer_delivered: u64,
    pub customer_read: u64,
    pub staff_delivered: u64,
    pub staff_read: u64,
}

/// Who the customer is; staff only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CustomerView {
    pub id: Uuid,
    /// Whether the site's backend vouched for the identity.
    pub identified: bool,
    pub name: Option<String>,
    pub email: Option<String>,
    pub tier: Option<String>,
    /// Flat: text, numbers and flags by name.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub attributes: serde_json::Map<String, serde_json::Value>,
}

/// A conversation as this principal sees it, at event `seq`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConversationView {
    pub id: Uuid,
    pub seq: u64,
    /// Raised at every change of the controller; send it with every write as a bot or an agent.
    pub epoch: u64,
    pub channel: String,
    pub language: String,
    pub started_at: i64,
    pub last_message_at: i64,
    pub controller: ControllerView,
    pub handoff: Option<HandoffView>,
    /// Where it stands in the queue while it waits and somebody is there.
    pub place: Option<PlaceView>,
    pub wrap_ups: Vec<WrapUpView>,
    /// Handoffs whose survey is open.
    pub surveys: Vec<Uuid>,
    /// The customer is asked whether they would like a person.
    pub suggest_person: bool,
    /// The customer's message at which a person is suggested; named in the answer.
    pub suggested_at: Option<u64>,
    /// What agents think of when handoffs came; staff only.
    #[serde(default)]
    pub timing_marks: Vec<TimingMarkView>,
    /// A customer's message waits for the bot: it is writing.
    pub bot_owes: bool,
    pub can: Vec<ActionName>,
    /// Staff only.
    pub customer: Option<CustomerView>,
}

/// A row in a list of conversations; staff and customers' own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConversationSummary {
    pub id: Uuid,
    pub seq: u64,
    pub channel: String,
    pub controller: ControllerView,
    pub queue: Option<String>,
    pub queue_name: Option<String>,
    pub handoff: Option<Uuid>,
    /// When the handoff was requested.
    pub since: Option<i64>,
    pub started_at: i64,
    pub last_message_at: i64,
    pub customer_name: Option<String>,
    pub wrapping_up: bool,
    /// The agents who hold it, are asked or wrap up.
    pub agents: Vec<String>,
    pub last_text: Option<String>,
    pub last_author: Option<AuthorView>,
    /// The other side's messages after what this side has read, counted among the newest dozen of the conversation.
    pub unread: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConversationPage {
    pub items: Vec<ConversationSummary>,
    /// Give it as `cursor` for the next page; absent on the last.
    pub next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EventPage {
    pub items: Vec<EventView>,
    /// The conversation's last event; more pages follow while the last item is before it.
    pub last: u64,
}

/// What a write became.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Posted {
    pub conversation: Uuid,
    /// The event it became; the same for the same client id.
    pub seq: u64,
}
