//! What the floor decided for a handoff, and why: the record that explains it later.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use baton_core::{AgentId, ConversationId, HandoffId, Language, Level, QueueId, SkillId, Timestamp, Weight};

use crate::plan::Choose;

/// Most agents listed in one decision; the others are counted.
pub const CONSIDERED_MAX: usize = 64;
/// How long whoever carries out what [`crate::Floor::route`] proposes lets a handoff rest before somebody who just said
/// no is asked again for want of others ([`Reason::AskedAgain`]).
pub const REST: Duration = Duration::from_secs(10);
/// Most agents named in one announcement; the others see it when they look.
pub const ANNOUNCED_MAX: usize = 1_000;

/// What one look at the floor comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Routed {
    /// One proposal a handoff; carrying out all of them is consistent. In the order of the handoffs.
    pub offers: Vec<Proposal>,
    /// What is to be shown to whom in queues that broadcast. Said once; [`crate::Floor::takeable`] says what holds.
    pub announcements: Vec<Announcement>,
}

/// A handoff and the agent to offer it to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub handoff: HandoffId,
    pub conversation: ConversationId,
    pub choice: Choice,
    pub reason: Reason,
    /// How many steps of its queue's relaxation held; 0 is none.
    pub step: u8,
}

/// A handoff that everybody here may take; nobody holds a slot for it until one does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    pub handoff: HandoffId,
    pub conversation: ConversationId,
    /// Free agents who could take it, by key; at most [`ANNOUNCED_MAX`].
    pub agents: Vec<AgentId>,
    pub step: u8,
}

/// Something an agent may take by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Takeable {
    pub handoff: HandoffId,
    pub conversation: ConversationId,
    pub queue: QueueId,
    pub since: Timestamp,
    pub step: u8,
}

/// A proposal for one handoff, or why there is none, with everything it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub handoff: HandoffId,
    pub conversation: ConversationId,
    /// The configuration that held.
    pub plan_version: u64,
    pub chosen: Option<Choice>,
    pub needed: Needed,
    /// How many steps of its queue's relaxation held; 0 is none.
    pub step: u8,
    /// Its own queue, and those whose agents were asked too.
    pub queues: Vec<QueueId>,
    /// How the queue chooses among the free.
    pub choose: Choose,
    /// The chosen agent first, then the one it is reserved for and the preferred one, then the agents of the queues by
    /// key; at most [`CONSIDERED_MAX`]. Empty while it rings: the decision that made it ring is the record.
    pub considered: Vec<Considered>,
    /// How many agents of the queues the list has no room for.
    pub not_listed: u32,
    pub reason: Reason,
}

/// What was asked of an agent, after relaxation, the queue's own needs included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needed {
    pub skills: BTreeMap<SkillId, Level>,
    /// The customer's language.
    pub language: Option<Language>,
    /// Whether the agent had to speak it.
    pub language_required: bool,
    pub weight: Weight,
    /// Whether urgent slots may be taken for it.
    pub urgent: bool,
}

/// Whom to offer it to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub agent: AgentId,
    /// The lowest free slots of the agent, as many as the handoff's weight.
    pub slots: Vec<u8>,
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
    /// Has a free slot, and it takes more than there are.
    TooFewSlots,
    /// Keeps what slots are free for a handoff that takes several and has been passed long enough.
    SavesSlots,
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
    /// It waits a while for its preferred agent, who is there and busy.
    WaitsForPreferred,
    /// May take it, and nobody is offered it.
    MayTake,
    /// Takes only what is offered.
    MayNotTake,
    /// It rings with somebody, or is gone.
    NotWaiting,
    /// Could take it, but the preferred agent is free.
    NotPreferred,
    /// Could take it, but somebody who speaks the customer's language is free.
    NotSpeaker,
    /// Could take it beside their ordinary work, but somebody else has an ordinary slot for it.
    WouldBeInterrupted,
    /// Could take it, but somebody of its own queue is free.
    OtherQueue,
    /// Could take it, but somebody else is less occupied (or as little, and idle longer).
    NotLeastOccupied,
    /// Could take it, but somebody else has the needed skills at higher levels (or the same, and has been idle longer).
    NotBestSkill,
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
    /// Has the smallest share of slots taken.
    LeastOccupied,
    /// Whose weakest needed skill is strongest.
    BestSkill,
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
    /// It waits for its preferred agent, who is there and has no free slot, until then at most.
    WaitsForPreferred {
        agent: AgentId,
        until: Timestamp,
    },
    /// Everybody who could take it sees it, and nobody has taken it.
    Announced,
    /// Agents take from this queue themselves, and nobody has.
    ToBeTaken,
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
            Self::TooFewSlots => out.write_str("has too few free slots for it"),
            Self::SavesSlots => out.write_str("keeps free slots for a handoff that came earlier and takes several"),
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
            Self::WaitsForPreferred => out.write_str("could take it, but it waits a while for the preferred agent"),
            Self::MayTake => out.write_str("may take it"),
            Self::MayNotTake => out.write_str("takes only what is offered"),
            Self::NotWaiting => out.write_str("could take it, but it does not wait any more"),
            Self::WouldBeInterrupted => {
                out.write_str("could take it beside other work, but somebody with an ordinary slot is free")
            }
            Self::OtherQueue => out.write_str("could take it, but somebody of the queue itself is free"),
            Self::NotLeastOccupied => out.write_str("could take it, but somebody else is less occupied"),
            Self::NotBestSkill => out.write_str("could take it, but somebody else has the skills at higher levels"),
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
            Self::LeastOccupied => out.write_str("the least occupied of those who could take it"),
            Self::BestSkill => out.write_str("has the needed skills at the highest levels"),
            Self::WaitsForPreferred { agent, .. } => {
                write!(out, "it waits a while for {agent}, who is preferred and busy")
            }
            Self::Announced => out.write_str("everybody who could take it sees it, and nobody has taken it yet"),
            Self::ToBeTaken => out.write_str("agents take from this queue themselves, and nobody has yet"),
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
