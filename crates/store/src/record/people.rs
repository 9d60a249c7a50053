//! Who did or asked something, why, and where it goes, as written in the log.

use baton_core::{AgentId, Author, Closer, QueueId, Requester, RuleId, Seq, TransferTarget, Trigger};
use serde::{Deserialize, Serialize};

use super::codes::SensitiveRecord;
use super::text::Text;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum AuthorRecord {
    Customer,
    Bot {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        in_reply_to: Option<u64>,
        knew: bool,
    },
    Agent(Text<AgentId>),
}

impl From<&Author> for AuthorRecord {
    fn from(author: &Author) -> Self {
        match author {
            Author::Customer => Self::Customer,
            Author::Bot { in_reply_to, knew } => Self::Bot { in_reply_to: in_reply_to.map(|seq| seq.0), knew: *knew },
            Author::Agent(agent) => Self::Agent(Text(agent.clone())),
        }
    }
}

impl From<AuthorRecord> for Author {
    fn from(record: AuthorRecord) -> Self {
        match record {
            AuthorRecord::Customer => Self::Customer,
            AuthorRecord::Bot { in_reply_to, knew } => Self::Bot { in_reply_to: in_reply_to.map(Seq), knew },
            AuthorRecord::Agent(Text(agent)) => Self::Agent(agent),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RequesterRecord {
    Customer,
    Bot,
    Baton,
    Agent(Text<AgentId>),
    Api,
}

impl From<&Requester> for RequesterRecord {
    fn from(requester: &Requester) -> Self {
        match requester {
            Requester::Customer => Self::Customer,
            Requester::Bot => Self::Bot,
            Requester::Baton => Self::Baton,
            Requester::Agent(agent) => Self::Agent(Text(agent.clone())),
            Requester::Api => Self::Api,
        }
    }
}

impl From<RequesterRecord> for Requester {
    fn from(record: RequesterRecord) -> Self {
        match record {
            RequesterRecord::Customer => Self::Customer,
            RequesterRecord::Bot => Self::Bot,
            RequesterRecord::Baton => Self::Baton,
            RequesterRecord::Agent(Text(agent)) => Self::Agent(agent),
            RequesterRecord::Api => Self::Api,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TriggerRecord {
    ExplicitRequest,
    Frustration,
    Dissatisfaction,
    Trend,
    RepeatedFailure,
    RepeatedNeed,
    Complexity,
    Sensitive(SensitiveRecord),
    Timing,
    Suggestion,
    BrokenPromise,
    SecondOpinion,
    Rule(Text<RuleId>),
    Bot,
    BotDown,
    Agent(Text<AgentId>),
    Api,
}

impl From<&Trigger> for TriggerRecord {
    fn from(trigger: &Trigger) -> Self {
        match trigger {
            Trigger::ExplicitRequest => Self::ExplicitRequest,
            Trigger::Frustration => Self::Frustration,
            Trigger::Dissatisfaction => Self::Dissatisfaction,
            Trigger::Trend => Self::Trend,
            Trigger::RepeatedFailure => Self::RepeatedFailure,
            Trigger::RepeatedNeed => Self::RepeatedNeed,
            Trigger::Complexity => Self::Complexity,
            Trigger::Sensitive(class) => Self::Sensitive((*class).into()),
            Trigger::Timing => Self::Timing,
            Trigger::Suggestion => Self::Suggestion,
            Trigger::BrokenPromise => Self::BrokenPromise,
            Trigger::SecondOpinion => Self::SecondOpinion,
            Trigger::Rule(rule) => Self::Rule(Text(rule.clone())),
            Trigger::Bot => Self::Bot,
            Trigger::BotDown => Self::BotDown,
            Trigger::Agent(agent) => Self::Agent(Text(agent.clone())),
            Trigger::Api => Self::Api,
        }
    }
}

impl From<TriggerRecord> for Trigger {
    fn from(record: TriggerRecord) -> Self {
        match record {
            TriggerRecord::ExplicitRequest => Self::ExplicitRequest,
            TriggerRecord::Frustration => Self::Frustration,
            TriggerRecord::Dissatisfaction => Self::Dissatisfaction,
            TriggerRecord::Trend => Self::Trend,
            TriggerRecord::RepeatedFailure => Self::RepeatedFailure,
            TriggerRecord::RepeatedNeed => Self::RepeatedNeed,
            TriggerRecord::Complexity => Self::Complexity,
            TriggerRecord::Sensitive(class) => Self::Sensitive(class.into()),
            TriggerRecord::Timing => Self::Timing,
            TriggerRecord::Suggestion => Self::Suggestion,
            TriggerRecord::BrokenPromise => Self::BrokenPromise,
            TriggerRecord::SecondOpinion => Self::SecondOpinion,
            TriggerRecord::Rule(Text(rule)) => Self::Rule(rule),
            TriggerRecord::Bot => Self::Bot,
            TriggerRecord::BotDown => Self::BotDown,
            TriggerRecord::Agent(Text(agent)) => Self::Agent(agent),
            TriggerRecord::Api => Self::Api,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TargetRecord {
    Queue(Text<QueueId>),
    Agent { agent: Text<AgentId>, queue: Text<QueueId> },
}

impl From<&TransferTarget> for TargetRecord {
    fn from(target: &TransferTarget) -> Self {
        match target {
            TransferTarget::Queue(queue) => Self::Queue(Text(queue.clone())),
            TransferTarget::Agent { agent, queue } => {
                Self::Agent { agent: Text(agent.clone()), queue: Text(queue.clone()) }
            }
        }
    }
}

impl From<TargetRecord> for TransferTarget {
    fn from(record: TargetRecord) -> Self {
        match record {
            TargetRecord::Queue(Text(queue)) => Self::Queue(queue),
            TargetRecord::Agent { agent, queue } => Self::Agent { agent: agent.0, queue: queue.0 },
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CloserRecord {
    Customer,
    Agent(Text<AgentId>),
    IdleLimit,
}

impl From<&Closer> for CloserRecord {
    fn from(closer: &Closer) -> Self {
        match closer {
            Closer::Customer => Self::Customer,
            Closer::Agent(agent) => Self::Agent(Text(agent.clone())),
            Closer::IdleLimit => Self::IdleLimit,
        }
    }
}

impl From<CloserRecord> for Closer {
    fn from(record: CloserRecord) -> Self {
        match record {
            CloserRecord::Customer => Self::Customer,
            CloserRecord::Agent(Text(agent)) => Self::Agent(agent),
            CloserRecord::IdleLimit => Self::IdleLimit,
        }
    }
}
