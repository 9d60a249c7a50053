//! The one place that makes ids.

use uuid::Uuid;

/// Where the shell's ids come from.
pub trait Ids: Send + Sync {
    /// An id that was never made before; later ones sort later, as far as that can be had.
    fn make(&self) -> Uuid;
}

/// The time and chance: UUID version 7.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn make(&self) -> Uuid {
        Uuid::now_v7()
    }
}
