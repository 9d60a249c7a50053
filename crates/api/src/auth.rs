//! Credentials: what proves who speaks, how it is made, kept and revoked.

pub(crate) mod access;
pub(crate) mod customers;
pub(crate) mod identity;
pub(crate) mod password;
pub(crate) mod recent;
pub(crate) mod revocation;
pub(crate) mod secret;
pub(crate) mod sessions;
