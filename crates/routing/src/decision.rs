//! What the floor decided for a handoff, and why: the record that explains it later.

use std::fmt;
use std::time::Duration;

use baton_core::{AgentId, ConversationId, HandoffId, Level, SkillId, Timestamp};

/// Most agents listed in one decision; the others are counted.
pub const CONSIDERED_MAX: usize = 64;

/// A proposal for one handoff, or why there is none, with everything it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub handoff: HandoffId,
    pub conversation: ConversationId,
    /// The configuration that held.
    pub plan_version: u64,
    pub chosen: Option<Choice>,
    /// The chosen agent first, then the one it is reserved for and the preferred one, then the queue's agents by key;
    /// at most [`CONSIDERED_MAX`]. Empty while it rings: the decision that made it ring is the record.
    pub considered: Vec<Considered>,
    /// How many agents of the queue the list has no room for.
    pub not_listed: u32,
    pub reason: Reason,
}

/// Whom to offer it to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub agent: AgentId,
    /// The lowest free slot of the agent.
    pub slot: u8,
    /// How long the offer rings.
    pub ring: Duration,
}

/// One agent as seen for one handoff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    pub agent: AgentId,
    /// `Ok` is the chosen agent.
    pub verdict: Result<(), WhyNot>,
}

/// Why an agent was not chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    NotInQueue,
    /// Not connected.
    Offline,
    /// Connected and not available.
    Away,
    /// Every slot is held.
    Full,
    /// The last free slot went to a handoff that comes first.
    GivenToEarlier,
    MissingSkill {
        skill: SkillId,
        needed: Level,
        has: Option<Level>,
    },
    /// The queue requires the customer's language.
    Language,
    /// Declined it or let it ring, and is not asked again before.
    Excluded {
        until: Timestamp,
    },
    ReservedForAnother,
    /// Could take it, but the preferred agent is free.
    NotPreferred,
    /// Could take it, but somebody who speaks the customer's language is free.
    NotSpeaker,
    /// Could take it, but somebody else has been idle longer (or as long, with a smaller key).
    NotLongestIdle,
}

/// Why this agent, or why nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It is reserved for this agent.
    Reserved,
    /// The handoff's preferred agent.
    Preferred,
    /// The only one who could take it at this moment.
    OnlyOne,
    /// Speaks the customer's language; the longest idle of those who do.
    SpeaksLanguage,
    LongestIdle,
    /// Everybody who could take it had declined or let it ring; who did so first is asked again before their time.
    AskedAgain,
    /// It rings with somebody already.
    Offered,
    /// Nobody who is connected and available could take it.
    NobodyCouldServe,
    /// Everybody who could take it has no free slot.
    AllBusy,
    /// It waits for the agent it is reserved for, who is there and has no free slot.
    WaitsForReserved {
        agent: AgentId,
    },
    /// Those who are free declined or let it ring; others could take it and are busy. The first exclusion ends then.
    WaitsForOthers {
        until: Timestamp,
    },
    /// The free slots go to handoffs that come first.
    BehindEarlier,
}

impl fmt::Display for WhyNot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInQueue => out.write_str("does not work in this queue"),
            Self::Offline => out.write_str("is not connected"),
            Self::Away => out.write_str("is away"),
            Self::Full => out.write_str("has no free slot"),
            Self::GivenToEarlier => out.write_str("is being offered a handoff that comes first"),
            Self::MissingSkill { skill, needed, has: Some(has) } => {
                write!(out, "has {skill} at level {}, and {} is needed", has.get(), needed.get())
            }
            Self::MissingSkill { skill, needed, has: None } => {
                write!(out, "does not have {skill}, which is needed at level {}", needed.get())
            }
            Self::Language => out.write_str("does not speak the customer's language, which this queue requires"),
            Self::Excluded { .. } => out.write_str("declined or did not answer, and is not asked again yet"),
            Self::ReservedForAnother => out.write_str("is not the agent it is reserved for"),
            Self::NotPreferred => out.write_str("could take it, but the preferred agent is free"),
            Self::NotSpeaker => out.write_str("could take it, but somebody who speaks the customer's language is free"),
            Self::NotLongestIdle => out.write_str("could take it, but somebody else has been idle longer"),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reserved => out.write_str("it is reserved for this agent"),
            Self::Preferred => out.write_str("the preferred agent is free"),
            Self::OnlyOne => out.write_str("the only one who could take it at this moment"),
            Self::SpeaksLanguage => out.write_str("the longest idle of those who speak the customer's language"),
            Self::LongestIdle => out.write_str("the longest idle of those who could take it"),
            Self::AskedAgain => {
                out.write_str("everybody had declined or not answered; the first of them is asked again")
            }
            Self::Offered => out.write_str("it rings with somebody already"),
            Self::NobodyCouldServe => out.write_str("nobody who is available could take it"),
            Self::AllBusy => out.write_str("everybody who could take it is busy"),
            Self::WaitsForReserved { agent } => write!(out, "it is reserved for {agent}, who is busy"),
            Self::WaitsForOthers { .. } => out.write_str("who is free declined or did not answer; the others are busy"),
            Self::BehindEarlier => out.write_str("the free slots go to handoffs that come first"),
        }
    }
}
