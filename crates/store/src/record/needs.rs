//! What a handoff needs and what the customer is told, as written in the log.

use std::collections::BTreeMap;

use baton_core::{
    AgentId, Alternative, Needs, Notice, Priority, QueueId, SkillId, Tier, Timestamp, TopicId, WaitEstimate, Weight,
};
use serde::{Deserialize, Serialize};

use super::codes::{AlternativeRecord, NobodyReasonRecord};
use super::text::{LanguageRecord, LevelRecord, PriorityRecord, Text, WeightRecord};

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub(super) struct NeedsRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    queue: Option<Text<QueueId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<Text<TopicId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<Text<Tier>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<LanguageRecord>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    skills: BTreeMap<Text<SkillId>, LevelRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_agent: Option<Text<AgentId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    priority: Option<PriorityRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<WeightRecord>,
}

impl NeedsRecord {
    pub(super) fn is_empty(&self) -> bool {
        self.queue.is_none()
            && self.topic.is_none()
            && self.tier.is_none()
            && self.language.is_none()
            && self.skills.is_empty()
            && self.preferred_agent.is_none()
            && self.priority.is_none()
            && self.weight.is_none()
    }
}

impl From<&Needs> for NeedsRecord {
    fn from(needs: &Needs) -> Self {
        Self {
            queue: needs.queue.clone().map(Text),
            topic: needs.topic.clone().map(Text),
            tier: needs.tier.clone().map(Text),
            language: needs.language.map(LanguageRecord),
            skills: needs.skills.iter().map(|(skill, level)| (Text(skill.clone()), LevelRecord(*level))).collect(),
            preferred_agent: needs.preferred_agent.clone().map(Text),
            priority: (needs.priority != Priority::default()).then_some(PriorityRecord(needs.priority)),
            weight: (needs.weight != Weight::default()).then_some(WeightRecord(needs.weight)),
        }
    }
}

impl From<NeedsRecord> for Needs {
    fn from(record: NeedsRecord) -> Self {
        Self {
            queue: record.queue.map(|text| text.0),
            topic: record.topic.map(|text| text.0),
            tier: record.tier.map(|text| text.0),
            language: record.language.map(|language| language.0),
            skills: record.skills.into_iter().map(|(skill, level)| (skill.0, level.0)).collect(),
            preferred_agent: record.preferred_agent.map(|text| text.0),
            priority: record.priority.map(|priority| priority.0).unwrap_or_default(),
            weight: record.weight.map(|weight| weight.0).unwrap_or_default(),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum NoticeRecord {
    Queued {
        position: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        likely_s: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_most_s: Option<u32>,
    },
    NobodyAvailable {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<NobodyReasonRecord>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opens_at_ms: Option<i64>,
    },
    LongWait {
        alternative: AlternativeRecord,
    },
    AgentJoined(Text<AgentId>),
    WaitingAgain {
        position: u32,
    },
    Transferred,
    BackToBot,
    ContactTaken,
    CallbackTaken,
    Closed,
}

impl From<&Notice> for NoticeRecord {
    fn from(notice: &Notice) -> Self {
        match notice {
            Notice::Queued { position, wait } => Self::Queued {
                position: *position,
                likely_s: wait.map(|wait| wait.likely_s),
                at_most_s: wait.map(|wait| wait.at_most_s),
            },
            Notice::NobodyAvailable { reason, opens_at } => {
                Self::NobodyAvailable { reason: reason.map(Into::into), opens_at_ms: opens_at.map(|at| at.0) }
            }
            Notice::LongWait { alternative } => Self::LongWait { alternative: (*alternative).into() },
            Notice::AgentJoined { agent } => Self::AgentJoined(Text(agent.clone())),
            Notice::WaitingAgain { position } => Self::WaitingAgain { position: *position },
            Notice::Transferred => Self::Transferred,
            Notice::BackToBot => Self::BackToBot,
            Notice::ContactTaken { by: Alternative::Message } => Self::ContactTaken,
            Notice::ContactTaken { by: Alternative::Callback } => Self::CallbackTaken,
            Notice::Closed => Self::Closed,
        }
    }
}

impl From<NoticeRecord> for Notice {
    fn from(record: NoticeRecord) -> Self {
        match record {
            NoticeRecord::Queued { position, likely_s, at_most_s } => Self::Queued {
                position,
                wait: likely_s.zip(at_most_s).map(|(likely_s, at_most_s)| WaitEstimate { likely_s, at_most_s }),
            },
            NoticeRecord::NobodyAvailable { reason, opens_at_ms } => {
                Self::NobodyAvailable { reason: reason.map(Into::into), opens_at: opens_at_ms.map(Timestamp) }
            }
            NoticeRecord::LongWait { alternative } => Self::LongWait { alternative: alternative.into() },
            NoticeRecord::AgentJoined(Text(agent)) => Self::AgentJoined { agent },
            NoticeRecord::WaitingAgain { position } => Self::WaitingAgain { position },
            NoticeRecord::Transferred => Self::Transferred,
            NoticeRecord::BackToBot => Self::BackToBot,
            NoticeRecord::ContactTaken => Self::ContactTaken { by: Alternative::Message },
            NoticeRecord::CallbackTaken => Self::ContactTaken { by: Alternative::Callback },
            NoticeRecord::Closed => Self::Closed,
        }
    }
}
