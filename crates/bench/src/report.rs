//! What was measured, beside what it must be.

use serde::Serialize;

/// What a figure must be.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Must {
    AtLeast(f64),
    AtMost(f64),
}

/// One measured figure.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    pub(crate) number: &'static str,
    pub(crate) what: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) must: Must,
    pub(crate) measured: f64,
    pub(crate) met: bool,
    pub(crate) rounds: usize,
    pub(crate) voided: usize,
    /// What the figure was computed from.
    pub(crate) terms: Vec<String>,
}

impl Figure {
    pub(crate) fn new(
        (number, what, unit): (&'static str, &'static str, &'static str),
        must: Must,
        measured: f64,
        (rounds, voided): (usize, usize),
        terms: Vec<String>,
    ) -> Self {
        let met = measured.is_finite()
            && match must {
                Must::AtLeast(least) => measured >= least,
                Must::AtMost(limit) => measured <= limit && measured > 0.0,
            };
        Self { number, what, unit, must, measured, met, rounds, voided, terms }
    }

    /// A row of a Markdown table.
    pub(crate) fn row(&self) -> String {
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        let must = match self.must {
            Must::AtLeast(least) => format!("≥ {least}{unit}"),
            Must::AtMost(most) => format!("≤ {most}{unit}"),
        };
        let met = if self.met { "yes" } else { "**no**" };
        format!(
            "| {} | {} | {must} | {}{unit} | {met} | {} |",
            self.number,
            self.what,
            rounded(self.measured),
            self.terms.join(", ")
        )
    }
}

/// Three digits that mean something.
pub(crate) fn rounded(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 => format!("{value:.0}"),
        middle if middle >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(must: Must, measured: f64) -> Figure {
        Figure::new(("1", "messages", ""), must, measured, (5, 0), vec!["one".to_owned()])
    }

    #[test]
    fn a_figure_is_met_on_its_limit_and_not_beyond() {
        assert!(figure(Must::AtLeast(0.3), 0.3).met);
        assert!(!figure(Must::AtLeast(0.3), 0.29).met);
        assert!(figure(Must::AtMost(4.0), 4.0).met);
        assert!(!figure(Must::AtMost(4.0), 4.1).met);
    }

    #[test]
    fn what_was_never_measured_is_not_met() {
        assert!(!figure(Must::AtMost(4.0), 0.0).met);
        assert!(!figure(Must::AtLeast(0.3), f64::NAN).met);
    }

    #[test]
    fn a_row_says_what_must_be_and_what_is() {
        assert_eq!(figure(Must::AtLeast(0.3), 0.3123).row(), "| 1 | messages | ≥ 0.3 | 0.31 | yes | one |");
        assert_eq!(figure(Must::AtMost(2.0), 12.34).row(), "| 1 | messages | ≤ 2 | 12.3 | **no** | one |");
    }
}
