//! Scores of predictions, in minutes.

/// Sums over predictions of which the truth is known.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Score {
    number: f64,
    waits: f64,
    errors: f64,
    squares: f64,
    inside: f64,
    below: f64,
    width: f64,
    winkler: f64,
    has_interval: bool,
}

impl Score {
    pub(crate) fn point(&mut self, said: f64, wait: f64) {
        self.number += 1.0;
        self.waits += wait;
        self.errors += said - wait;
        self.squares += (said - wait).powi(2);
    }

    pub(crate) fn interval(&mut self, said: f64, (low, high): (f64, f64), wait: f64) {
        self.point(said, wait);
        self.has_interval = true;
        self.inside += f64::from(u8::from(wait >= low && wait <= high));
        self.below += f64::from(u8::from(wait <= high));
        self.width += high - low;
        self.winkler += high - low + 10.0 * ((low - wait).max(0.0) + (wait - high).max(0.0));
    }

    pub(crate) fn number(&self) -> f64 {
        self.number
    }

    pub(crate) fn mean_wait(&self) -> f64 {
        self.waits / self.number
    }

    pub(crate) fn rrase(&self) -> f64 {
        (self.squares / self.number).sqrt() / self.mean_wait()
    }

    pub(crate) fn coverage(&self) -> f64 {
        self.inside / self.number
    }

    pub(crate) fn winkler(&self) -> f64 {
        self.winkler / self.number
    }

    pub(crate) fn row(&self, name: &str) -> String {
        let bias = self.errors / self.number;
        let first = format!("  {name:<34} {:>8} {:>7.4} {bias:>+8.3}", self.number, self.rrase());
        if !self.has_interval {
            return first;
        }
        let (inside, width, below) = (self.coverage(), self.width / self.number, self.below / self.number);
        format!("{first}  {inside:>7.4} {width:>7.3} {:>8.3} {below:>7.4}", self.winkler())
    }
}

pub(crate) fn heading() -> String {
    format!(
        "  {:<34} {:>8} {:>7} {:>8}  {:>7} {:>7} {:>8} {:>7}",
        "", "waits", "RRASE", "bias", "inside", "width", "Winkler", "below"
    )
}
