//! What goes over the wire, and nothing else does: every request, answer and frame. Times are milliseconds since
//! 1970-01-01T00:00:00Z, durations carry their unit in the name, ids are UUIDs, keys are those of the configuration.

mod brief;
mod channel;
mod configuration;
mod conversation;
mod desk;
mod event;
mod floor;
mod measures;
mod people;
mod policy;
mod request;
mod socket;
mod wall;

pub use brief::*;
pub use channel::*;
pub use configuration::*;
pub use conversation::*;
pub use desk::*;
pub use event::*;
pub use floor::*;
pub use measures::*;
pub use people::*;
pub use policy::*;
pub use request::*;
pub use socket::*;
pub use wall::*;
