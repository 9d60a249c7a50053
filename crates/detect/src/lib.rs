//! When to escalate: signals, rules, the verdict and its trace. Pure.
//!
//! A [`Detector`] is made from a [`Policy`] and asked about every customer [`Turn`]. An explicit request wins over
//! everything; then rules, then frustration, the bot's failures and a repeated need; softer evidence suggests.
//!
//! Deliberately absent: a clock (the turn carries its moment), anything that a verdict cannot be explained from, and
//! models that learn from conversations behind anyone's back: every signal names the table or comparison it rests on.

mod advice;
mod bytes;
mod clause;
mod complexity;
mod detector;
mod dissatisfaction;
mod failure;
mod fold;
mod frustration;
pub mod language;
mod lexicon;
pub mod meaning;
pub mod model;
mod models;
mod phrases;
mod pieces;
mod policy;
mod promise;
mod reading;
mod repetition;
mod request;
mod rules;
mod sensitive;
mod spelling;
pub mod timing;
mod topic;
pub mod topics;
pub mod trees;
mod turn;
mod weigh;
mod wording;
mod work;

pub use advice::{ADVICE_EXAMPLES_MAX, ADVICE_TURNED_MIN, Advice, Case, CaseLabel, Share, advise};
pub use bytes::Unreadable;
pub use complexity::{Complexity, complexity};
pub use detector::{Detector, MODEL_VERSION, rejudge};
pub use frustration::{Displeasure, MOOD_CLASSES, displeasure, mood_features};
pub use models::{Learned, Models, trace_of};
pub use policy::{
    Adjustment, Allowed, ClassPolicy, CoolDown, Graded, Levels, Lever, OVERRIDES_MAX, OverrideDefinition,
    PHRASE_BYTES_MAX, PHRASES_MAX, Policy, PolicyError, RULE_BYTES_MAX, RULES_MAX, RuleDefinition, TOPICS_MAX,
    TREND_TURNS_MAX, Thresholds, TopicDefinition, Trend, Whose,
};
pub use promise::{Broken, Promise, broken_promise, promise};
pub use rules::RULE_MESSAGE_CHARS_MAX;
pub use turn::{Declined, Past, PastAuthor, SoFar, Turn, Value};
