//! The names of things: opaque ids made by the shell, and keys written by people in the configuration.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use uuid::Uuid;

macro_rules! opaque_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

opaque_ids! {
    /// The whole exchange with one customer in one channel.
    ConversationId,
    /// One episode from request to handback, close or abandonment.
    HandoffId,
    /// A handoff proposed to one agent.
    OfferId,
    /// A customer, anonymous or identified.
    CustomerId,
}

/// Longest key, in bytes.
pub const KEY_BYTES_MAX: usize = 64;

/// Why a text is not a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a key: use 1 to {KEY_BYTES_MAX} of a-z, 0-9, - and _, beginning with a letter or a digit")]
pub struct InvalidKey(pub String);

fn check_key(text: &str) -> Result<(), InvalidKey> {
    let bytes = text.as_bytes();
    let fits = (1..=KEY_BYTES_MAX).contains(&bytes.len());
    let starts = bytes.first().is_some_and(u8::is_ascii_alphanumeric);
    let plain =
        bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'));
    if fits && starts && plain { Ok(()) } else { Err(InvalidKey(text.chars().take(80).collect())) }
}

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks and takes a key; see [`InvalidKey`] for what is allowed.
            pub fn new(text: impl AsRef<str>) -> Result<Self, InvalidKey> {
                check_key(text.as_ref())?;
                Ok(Self(Arc::from(text.as_ref())))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidKey;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )+};
}

keys! {
    /// A person who answers, by the key the configuration gives them.
    AgentId,
    /// An ordered waiting place.
    QueueId,
    /// What a handoff can need and an agent can have.
    SkillId,
    /// A bot of the configuration.
    BotId,
    /// A place where customers write.
    ChannelId,
    /// What a conversation is about, as the deployment names it.
    TopicId,
    /// A rule of the configuration.
    RuleId,
    /// A coded outcome chosen in the wrap-up.
    Disposition,
    /// A customer's tier, as the deployment names it.
    Tier,
}

/// A language by its primary subtag (BCP 47), lower case: `en`, `zh`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

impl Language {
    pub const ENGLISH: Self = Self(*b"en\0");

    /// Takes the primary subtag of a BCP 47 tag (`pt-BR` gives `pt`); `None` when there is none of two or three letters.
    pub fn new(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().as_bytes();
        if !(2..=3).contains(&primary.len()) || !primary.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        let mut code = [0; 3];
        for (place, byte) in code.iter_mut().zip(primary) {
            *place = byte.to_ascii_lowercase();
        }
        Some(Self(code))
    }

    pub fn as_str(&self) -> &str {
        let length = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..length]).unwrap_or("en")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Language({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_say_what_is_wrong_with_them() {
        assert!(QueueId::new("billing-2").is_ok());
        for bad in ["", "-x", "Billing", "a b", &"x".repeat(65)] {
            let said = QueueId::new(bad).unwrap_err().to_string();
            assert!(said.contains("is not a key"), "{said}");
        }
    }

    #[test]
    fn a_language_is_its_primary_subtag() {
        assert_eq!(Language::new("pt-BR").unwrap().as_str(), "pt");
        assert_eq!(Language::new("FIL").unwrap().as_str(), "fil");
        assert_eq!(Language::new("x"), None);
        assert_eq!(Language::new("日本"), None);
    }
}
