//! How many agents it takes: the fewest with which the formulas keep every target.

use crate::erlang::{Erlang, Outlook};

/// What must hold. Without any the service level of 80 % is meant by whoever asks; here nothing is added.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Targets {
    /// At least this share is answered within the threshold.
    pub service_level: Option<f64>,
    /// The mean wait of those who are answered is at most this.
    pub mean_wait_s: Option<f64>,
    /// At most this share gives up.
    pub abandonment: Option<f64>,
    /// Agents are busy at most this share of their time.
    pub occupancy: Option<f64>,
}

/// The demand of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    pub arrivals_per_s: f64,
    pub handle_s: f64,
    /// Mean of an exponential patience; `None` is endless.
    pub patience_s: Option<f64>,
    /// The threshold of the service level.
    pub threshold_s: f64,
}

/// More are not looked for: whoever needs more has an interval or a target that is not meant.
pub const AGENTS_MAX: u32 = 20_000;

/// The fewest agents that keep the targets, and what the formulas say of them; `None` when [`AGENTS_MAX`] do not.
pub fn agents_needed(demand: Demand, targets: Targets) -> Option<(u32, Outlook)> {
    let try_with = |agents: u32| {
        let Demand { arrivals_per_s, handle_s, patience_s, threshold_s } = demand;
        let outlook = Erlang { arrivals_per_s, handle_s, patience_s, agents }.outlook(threshold_s)?;
        targets.kept_by(&outlook).then_some(outlook)
    };
    // Every target is kept by more agents when it is kept by fewer, so the boundary is found by halving.
    let mut high = 1;
    while try_with(high).is_none() {
        high *= 2;
        if high > AGENTS_MAX {
            return None;
        }
    }
    let mut low = high / 2;
    while low + 1 < high {
        let middle = u32::midpoint(low, high);
        if try_with(middle).is_some() { high = middle } else { low = middle }
    }
    try_with(high).map(|outlook| (high, outlook))
}

impl Targets {
    fn kept_by(&self, outlook: &Outlook) -> bool {
        self.service_level.is_none_or(|least| outlook.service_level >= least)
            && self.mean_wait_s.is_none_or(|most| outlook.mean_answer_s <= most)
            && self.abandonment.is_none_or(|most| outlook.abandonment <= most)
            && self.occupancy.is_none_or(|most| outlook.occupancy <= most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEMAND: Demand =
        Demand { arrivals_per_s: 10.0 / 180.0, handle_s: 180.0, patience_s: None, threshold_s: 20.0 };

    #[test]
    fn the_published_load_needs_fourteen_agents_for_eighty_in_twenty() {
        let targets = Targets { service_level: Some(0.8), ..Targets::default() };
        let (agents, outlook) = agents_needed(DEMAND, targets).unwrap();
        assert_eq!(agents, 14);
        assert!((outlook.service_level - 0.888_350).abs() < 1e-5);
    }

    #[test]
    fn every_target_can_be_the_one_that_decides() {
        let patient = Demand { patience_s: Some(120.0), ..DEMAND };
        let needed = |targets| agents_needed(patient, targets).unwrap().0;
        let few = needed(Targets { abandonment: Some(0.10), ..Targets::default() });
        let more = needed(Targets { abandonment: Some(0.01), ..Targets::default() });
        assert!(few < more, "{few} {more}");
        let calm = Targets { occupancy: Some(0.5), ..Targets::default() };
        assert_eq!(needed(calm), 20);
        let prompt = Targets { mean_wait_s: Some(1.0), ..Targets::default() };
        assert!(needed(prompt) > few);
        assert_eq!(agents_needed(DEMAND, Targets { service_level: Some(1.1), ..Targets::default() }), None);
    }

    #[test]
    fn nobody_coming_still_takes_one_agent() {
        let none = Demand { arrivals_per_s: 0.0, ..DEMAND };
        assert_eq!(agents_needed(none, Targets::default()).unwrap().0, 1);
    }
}
