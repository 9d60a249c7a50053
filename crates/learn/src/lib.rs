//! What a deployment learns from its own past: training, evaluation and backtests of the detector. Pure.
//!
//! Models are trained here and asked in `baton-detect`. Everything is deterministic: the same lines give the same
//! model, byte for byte. Deliberately absent: files, clocks and chance from outside; the shell reads and writes.

pub mod assess;
pub mod backtest;
pub mod chance;
pub mod explicit;
pub mod linear;
pub mod lines;
pub mod meaning;
pub mod measure;
pub mod moods;
pub mod picture;
pub mod sources;
pub mod texts;
pub mod timing;
pub mod topics;
pub mod trees;
