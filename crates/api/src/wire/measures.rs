//! What estimates were worth.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What became of the waits that a queue promised. Shares are 0 to 1; what has no ground yet is absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EstimateView {
    pub queue: String,
    pub name: String,
    /// Promised when customers joined.
    pub joining: CoverageView,
    /// Promised again while they waited.
    pub waiting: CoverageView,
    /// Kinds of handoffs that are estimated apart, and those of them whose estimates are withheld at present because
    /// recent ones did not hold.
    pub lines: u32,
    pub lines_withheld: u32,
}

/// How many of the promises whose wait is known held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CoverageView {
    /// Waits that ended with an agent. A promise counts whether it was shown or withheld.
    pub promises: u64,
    /// The share inside the 80 % interval.
    pub coverage: Option<f64>,
    /// The share of no more than "at most"; it is made to be 0.9.
    pub coverage_at_most: Option<f64>,
    pub mean_width_s: Option<f64>,
    /// Mean width plus ten times the mean distance of the waits outside; lower is better.
    pub winkler_s: Option<f64>,
    /// How much longer was said than it took, on average.
    pub bias_s: Option<f64>,
    /// The root of the mean squared error over the mean wait.
    pub rrase: Option<f64>,
    /// Customers who left, and those who had waited longer than "at most" by then.
    pub left: u64,
    pub left_too_late: u64,
}
