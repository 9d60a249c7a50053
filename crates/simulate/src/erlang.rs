//! The queueing formulas: what a queue of alike agents comes to without any simulation.
//!
//! One formula gives both. With arrivals of rate λ, `s` agents of rate μ and patience with survival function Ḡ, the
//! wait that an endlessly patient arrival would have has the density `v(x) = λ p exp(λ ∫₀ˣ Ḡ − sμx)` for `x > 0`, where
//! `p` is the chance of `s − 1` busy agents (Baccelli and Hébuterne 1981; Zeltyn and Mandelbaum 2005). Exponential
//! patience gives Erlang A, endless patience Erlang C; every figure is an integral over `v`, done by Simpson's rule.

/// Demand and people: all spans in seconds, rates per second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Erlang {
    pub arrivals_per_s: f64,
    pub handle_s: f64,
    /// Mean of an exponential patience; `None` is endless (Erlang C).
    pub patience_s: Option<f64>,
    pub agents: u32,
}

/// What it comes to in the long run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    /// The share of arrivals that find nobody free.
    pub waiting: f64,
    /// The share that give up.
    pub abandonment: f64,
    /// Over everybody, those who give up included.
    pub mean_wait_s: f64,
    /// Over those who are served.
    pub mean_answer_s: f64,
    /// Busy time of the agents ÷ their time.
    pub occupancy: f64,
    /// Accepted within the threshold ÷ (accepted + gave up after the threshold), as reports count it.
    pub service_level: f64,
}

/// Intervals of Simpson's rule: the figures below are then exact to about eight digits.
const STEPS: usize = 4_000;
/// Below this share of its highest value the density is nothing.
const NOTHING: f64 = -40.0;

impl Erlang {
    /// The mean number of busy agents that the arrivals would need.
    pub fn offered_load(&self) -> f64 {
        self.arrivals_per_s * self.handle_s
    }

    /// The long run with this threshold of the service level; `None` when there is none: with endless patience and no
    /// more agents than load the queue grows for ever, and without agents nobody is served.
    pub fn outlook(&self, threshold_s: f64) -> Option<Outlook> {
        let load = self.offered_load();
        let stable = self.patience_s.is_some() || load < f64::from(self.agents);
        let sound = load.is_finite() && self.handle_s > 0.0 && self.patience_s.is_none_or(|patience| patience > 0.0);
        if self.agents == 0 || !stable || !sound {
            return None;
        }
        if load <= 0.0 {
            return Some(Outlook {
                waiting: 0.0,
                abandonment: 0.0,
                mean_wait_s: 0.0,
                mean_answer_s: 0.0,
                occupancy: 0.0,
                service_level: 1.0,
            });
        }
        let (peak, end) = self.support();
        let density = |x: f64| self.arrivals_per_s * (self.exponent(x) - peak).exp();
        let all = simpson(0.0, end, density);
        // p · Σ over fewer than s busy + p · ∫v = 1, both sides scaled by exp(−peak).
        let scaled = 1.0 / ((-peak).exp() / erlang_b(load, self.agents - 1) + all);
        let waiting = scaled * all;
        let served_late = scaled * simpson(0.0, end, |x| density(x) * self.still_there(x));
        let wait_of_all = scaled * simpson(0.0, end, |x| density(x) * self.mean_patience_below(x));
        let wait_of_served = scaled * simpson(0.0, end, |x| density(x) * self.still_there(x) * x);
        let abandonment = (waiting - served_late).max(0.0);
        let served = 1.0 - abandonment;
        let threshold = threshold_s.min(end);
        let within = 1.0 - waiting + scaled * simpson(0.0, threshold, |x| density(x) * self.still_there(x));
        // Who left before the threshold decides nothing: the lesser of patience and wait was below it.
        let left_early = scaled * simpson(0.0, threshold, |x| density(x) * (1.0 - self.still_there(x)))
            + scaled * simpson(threshold, end, density) * (1.0 - self.still_there(threshold_s));
        Some(Outlook {
            waiting,
            abandonment,
            mean_wait_s: wait_of_all,
            mean_answer_s: wait_of_served / served,
            occupancy: load * served / f64::from(self.agents),
            service_level: (within / (1.0 - left_early)).min(1.0),
        })
    }

    /// The logarithm of the density of waits, up to a constant.
    fn exponent(&self, x: f64) -> f64 {
        self.arrivals_per_s * self.mean_patience_below(x) - f64::from(self.agents) / self.handle_s * x
    }

    /// `∫₀ˣ Ḡ`: the mean of the lesser of the patience and `x`.
    fn mean_patience_below(&self, x: f64) -> f64 {
        self.patience_s.map_or(x, |mean| -mean * (-x / mean).exp_m1())
    }

    /// `Ḡ(x)`.
    fn still_there(&self, x: f64) -> f64 {
        self.patience_s.map_or(1.0, |mean| (-x / mean).exp())
    }

    /// The highest exponent, and where behind it the density is nothing any more.
    fn support(&self) -> (f64, f64) {
        let overload = self.offered_load() / f64::from(self.agents);
        let at = self.patience_s.filter(|_| overload > 1.0).map_or(0.0, |patience| patience * overload.ln());
        let peak = self.exponent(at);
        let mut step = self.handle_s / f64::from(self.agents);
        while self.exponent(at + step) - peak > NOTHING && step < f64::MAX / 4.0 {
            step *= 2.0;
        }
        let (mut low, mut high) = (step / 2.0, step);
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if self.exponent(at + middle) - peak > NOTHING { low = middle } else { high = middle }
        }
        (peak, at + high)
    }
}

/// The chance that all of `agents` are busy when nobody waits (Erlang B).
pub fn erlang_b(load: f64, agents: u32) -> f64 {
    (1..=agents).fold(1.0, |blocked, number| load * blocked / (f64::from(number) + load * blocked))
}

fn simpson(from: f64, to: f64, of: impl Fn(f64) -> f64) -> f64 {
    if to <= from {
        return 0.0;
    }
    let width = (to - from) / STEPS as f64;
    let inner = (1..STEPS).map(|step| {
        let weight = if step % 2 == 1 { 4.0 } else { 2.0 };
        weight * of(from + step as f64 * width)
    });
    (of(from) + of(to) + inner.sum::<f64>()) * width / 3.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(left: f64, right: f64, within: f64) {
        assert!((left - right).abs() <= within, "{left} is not {right}");
    }

    #[test]
    fn erlang_c_is_the_published_one() {
        let ten = Erlang { arrivals_per_s: 10.0 / 180.0, handle_s: 180.0, patience_s: None, agents: 14 };
        let outlook = ten.outlook(20.0).unwrap();
        close(outlook.waiting, 0.174_132, 1e-6);
        close(outlook.service_level, 0.888_350, 1e-6);
        close(outlook.mean_wait_s, 7.836, 5e-4);
        close(outlook.mean_answer_s, outlook.mean_wait_s, 1e-9);
        close(outlook.occupancy, 10.0 / 14.0, 1e-9);
        close(outlook.abandonment, 0.0, 1e-9);
    }

    /// Erlang A by the balance of its birth and death rates, state by state.
    fn by_states(erlang: &Erlang) -> (f64, f64, f64) {
        let (handle, patience) = (1.0 / erlang.handle_s, 1.0 / erlang.patience_s.unwrap());
        let mut weights = vec![1.0_f64];
        for state in 1..4_000_u32 {
            let leaving = f64::from(state.min(erlang.agents)) * handle
                + f64::from(state.saturating_sub(erlang.agents)) * patience;
            weights.push(weights[state as usize - 1] * erlang.arrivals_per_s / leaving);
            if weights[state as usize] > 1e200 {
                for weight in &mut weights {
                    *weight /= 1e200;
                }
            }
        }
        let sum: f64 = weights.iter().sum();
        let agents = erlang.agents as usize;
        let waiting = weights[agents..].iter().sum::<f64>() / sum;
        let length =
            weights[agents..].iter().zip(0_u32..).map(|(weight, ahead)| weight * f64::from(ahead)).sum::<f64>();
        let length = length / sum;
        (waiting, length * patience / erlang.arrivals_per_s, length / erlang.arrivals_per_s)
    }

    #[test]
    fn erlang_a_is_the_balance_of_its_states_below_and_above_what_people_can_do() {
        for (load, agents, patience) in [(9.0, 10, 300.0), (13.0, 10, 600.0), (95.0, 100, 120.0), (130.0, 100, 900.0)] {
            let erlang = Erlang { arrivals_per_s: load / 300.0, handle_s: 300.0, patience_s: Some(patience), agents };
            let outlook = erlang.outlook(20.0).unwrap();
            let (waiting, abandonment, wait) = by_states(&erlang);
            close(outlook.waiting, waiting, 1e-6);
            close(outlook.abandonment, abandonment, 1e-6);
            close(outlook.mean_wait_s, wait, 1e-4 * wait.max(1.0));
        }
    }

    #[test]
    fn endless_patience_with_more_work_than_people_has_no_long_run() {
        let busy = Erlang { arrivals_per_s: 1.0, handle_s: 10.0, patience_s: None, agents: 10 };
        assert_eq!(busy.outlook(20.0), None);
        assert_eq!(Erlang { agents: 0, patience_s: Some(60.0), ..busy }.outlook(20.0), None);
        assert!(Erlang { patience_s: Some(60.0), ..busy }.outlook(20.0).is_some());
    }

    #[test]
    fn very_patient_customers_wait_as_in_erlang_c() {
        let patient = Erlang { arrivals_per_s: 10.0 / 180.0, handle_s: 180.0, patience_s: Some(1e9), agents: 14 };
        close(patient.outlook(20.0).unwrap().mean_wait_s, 7.836, 1e-3);
    }
}
