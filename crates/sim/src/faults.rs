//! What goes wrong, and how often it did. Each seed draws which kinds are at work: with all of them at once every time,
//! some would hide the others.

use std::collections::BTreeMap;

use crate::dice::Dice;

/// Rates in ten thousand, of requests, hints or looks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults {
    /// A request to the store that takes long before it is begun.
    pub(crate) slow: u32,
    /// An answer that takes long, so that what was read is old.
    pub(crate) stale: u32,
    /// A request that the store refuses to begin.
    pub(crate) refused: u32,
    /// A write that is kept although the answer is an error.
    pub(crate) unknown: u32,
    /// An engine that dies between its append and the hint.
    pub(crate) crash_after_append: u32,
    /// An engine that dies at any moment; asked every second.
    pub(crate) crash: u32,
    /// An engine that is stopped in good order and started again.
    pub(crate) restart: u32,
    pub(crate) hint_lost: u32,
    pub(crate) hint_doubled: u32,
    pub(crate) hint_late: u32,
    /// Clocks that disagree by up to so many milliseconds.
    pub(crate) clocks_ms: u64,
    /// A clock that jumps; asked every second.
    pub(crate) jump: u32,
    /// An agent who closes the laptop; asked at each look.
    pub(crate) laptop: u32,
    /// An agent who closes the laptop and does not come back; asked at each look until one has gone.
    pub(crate) goes_home: u32,
    /// An agent who takes long to answer what rings, perhaps too long.
    pub(crate) answers_late: u32,
    /// A customer who leaves while it rings.
    pub(crate) leaves: u32,
    /// A bot that answers late, or never.
    pub(crate) bot_late: u32,
    pub(crate) bot_never: u32,
    /// Two that write to one conversation by different engines.
    pub(crate) conflicts: u32,
    /// An engine that gives no sign of life for a while, so that two lead.
    pub(crate) silent: u32,
}

impl Faults {
    /// The mix of one seed.
    pub(crate) fn draw(dice: &mut Dice) -> Self {
        let mut rate =
            |most: u32| if dice.percent(45) { 1 + u32::try_from(dice.below(most as usize)).unwrap_or(0) } else { 0 };
        Self {
            slow: rate(300),
            stale: rate(300),
            refused: rate(120),
            unknown: rate(120),
            crash_after_append: rate(30),
            crash: rate(120),
            restart: rate(60),
            hint_lost: rate(6_000),
            hint_doubled: rate(2_000),
            hint_late: rate(5_000),
            clocks_ms: u64::from(rate(8_000)),
            jump: rate(300),
            laptop: rate(150),
            goes_home: rate(60),
            answers_late: rate(3_000),
            leaves: rate(1_500),
            bot_late: rate(3_000),
            bot_never: rate(1_500),
            conflicts: rate(3_000),
            silent: rate(60),
        }
    }
}

/// How often each kind struck.
pub(crate) type Struck = BTreeMap<&'static str, u64>;
