//! Small linear models: text as hashed features, and weights for them in a file that cannot be mistaken for another.
//!
//! Everything that is learned from text (the request, frustration, the language, a deployment's topics) has this form,
//! so that every judgement can be taken apart into what each word added to it.

mod features;
mod file;
mod linear;

pub use features::{FEATURES_MAX, FEATURES_VERSION, Feature, Features, clauses_of, features_of};
pub use file::{ModelError, WEIGHTS_BYTES_MAX};
pub use linear::{BUCKETS_LOG2_MAX, CLASSES_MAX, Calibration, Class, LABEL_BYTES_MAX, Linear, Row, bucket};
