//! One checker an invariant, each with an idea of its own of what must hold; none asks the rules that it checks.

mod atomic;
mod capacity;
mod dense;
mod offers;
mod one_voice;
mod place;
mod projection;
mod records;
mod surveys;
mod timely;

use crate::judge::{Seen, Standing};

/// What was found, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub checker: &'static str,
    pub what: String,
}

pub(crate) trait Checker: Send {
    fn name(&self) -> &'static str;
    /// Something was appended.
    fn appended(&mut self, seen: &Seen) -> Result<(), String>;
    /// Time passed.
    fn tick(&mut self, _: &Standing<'_>) -> Result<(), String> {
        Ok(())
    }
}

pub(crate) fn all() -> Vec<Box<dyn Checker>> {
    vec![
        Box::new(dense::Dense),
        Box::<one_voice::OneVoice>::default(),
        Box::<offers::Offers>::default(),
        Box::<capacity::Capacity>::default(),
        Box::<place::Place>::default(),
        Box::new(atomic::Atomic),
        Box::new(projection::Projection),
        Box::new(records::Records),
        Box::<surveys::Surveys>::default(),
        Box::<timely::Timely>::default(),
    ]
}
