//! Ids, keys and values with a range of their own, as they are written in the log.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use baton_core::{Language, Level, Priority, Rating, Weight};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An id or a key, written as its text and checked when it is read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Text<T>(pub(super) T);

impl<T: fmt::Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: FromStr<Err: fmt::Display>> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parse<T>(PhantomData<T>);
        impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Parse<T> {
            type Value = Text<T>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an id or a key")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text<T>, E> {
                text.parse().map(Text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Parse(PhantomData))
    }
}

/// Values with a range of their own, written plainly and checked when they are read.
macro_rules! checked {
    ($($record:ident is $core:ident as $plain:ty, $get:expr, $new:expr, $range:literal;)+) => {$(
        #[derive(Clone, Copy)]
        pub(super) struct $record(pub(super) $core);

        impl Serialize for $record {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $get(&self.0).serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $record {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let plain = <$plain>::deserialize(deserializer)?;
                $new(plain).map(Self).ok_or_else(|| D::Error::custom($range))
            }
        }
    )+};
}

checked! {
    LevelRecord is Level as u8, |level: &Level| level.get(), Level::new, "a level is 1 to 5";
    PriorityRecord is Priority as i8, |priority: &Priority| priority.get(), Priority::new, "a priority is -10 to 10";
    WeightRecord is Weight as u8, |weight: &Weight| weight.get(), Weight::new, "a weight is 1 to 16";
    RatingRecord is Rating as u8, |rating: &Rating| rating.get(), Rating::new, "a rating is 1 to 5";
    LanguageRecord is Language as String, |language: &Language| language.as_str().to_owned(),
        |tag: String| Language::new(&tag), "a language is two or three letters";
}
