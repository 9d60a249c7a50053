//! Faults planted on purpose, to see that the simulation catches them. Without the feature `planted`, which nothing that
//! is shipped is built with, the question is the constant `false` and the places that ask it are not there.

/// What can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    AcknowledgedBeforeCommit,
    SlotKeptOnDecline,
    SlotGivenTwice,
    EpochNotChecked,
    SinceResetOnReoffer,
    DeadlineLost,
    TwoLiveOffers,
    HandoffNotWithItsMessage,
    BotTurnNotResumed,
    WorkKeptByTheGone,
    NoSweep,
    ClientIdTwice,
    SequenceGap,
    ProjectionNotUpdated,
    SurveyBeforeHandback,
    ExpiredOfferAccepted,
    WrapUpNeverEnds,
    NoFromAnOldState,
    OfferWithoutRecord,
    GoneAskedAtOnce,
}

impl Fault {
    pub const ALL: [Self; 20] = [
        Self::AcknowledgedBeforeCommit,
        Self::SlotKeptOnDecline,
        Self::SlotGivenTwice,
        Self::EpochNotChecked,
        Self::SinceResetOnReoffer,
        Self::DeadlineLost,
        Self::TwoLiveOffers,
        Self::HandoffNotWithItsMessage,
        Self::BotTurnNotResumed,
        Self::WorkKeptByTheGone,
        Self::NoSweep,
        Self::ClientIdTwice,
        Self::SequenceGap,
        Self::ProjectionNotUpdated,
        Self::SurveyBeforeHandback,
        Self::ExpiredOfferAccepted,
        Self::WrapUpNeverEnds,
        Self::NoFromAnOldState,
        Self::OfferWithoutRecord,
        Self::GoneAskedAtOnce,
    ];
}

/// Whether anything can be planted in this build.
pub const ARMED: bool = cfg!(feature = "planted");

#[cfg(feature = "planted")]
thread_local! {
    static PLANTED: std::cell::Cell<Option<Fault>> = const { std::cell::Cell::new(None) };
}

/// Plants one fault, or none, for everything that this thread runs.
#[cfg(feature = "planted")]
pub fn plant(fault: Option<Fault>) {
    PLANTED.set(fault);
}

/// Whether this fault is planted.
#[cfg(feature = "planted")]
pub fn planted(fault: Fault) -> bool {
    PLANTED.get() == Some(fault)
}

/// Whether this fault is planted: never, in this build.
#[cfg(not(feature = "planted"))]
#[inline]
pub const fn planted(_: Fault) -> bool {
    false
}
