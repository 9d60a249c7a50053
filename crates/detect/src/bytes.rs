//! Model files as bytes: little-endian numbers one after the other, every count bounded before anything is reserved.

/// The bytes are not what a model of this kind and version looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these are not the bytes of a model of this kind and version; train it again with this program")]
pub struct Unreadable;

#[derive(Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn short(&mut self, value: u16) {
        self.raw(&value.to_le_bytes());
    }

    pub(crate) fn count(&mut self, value: usize) {
        self.raw(&u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes());
    }

    pub(crate) fn number(&mut self, value: u32) {
        self.raw(&value.to_le_bytes());
    }

    pub(crate) fn float(&mut self, value: f32) {
        self.raw(&value.to_le_bytes());
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.raw(text.as_bytes());
    }

    pub(crate) fn done(self) -> Vec<u8> {
        self.0
    }
}

pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn raw(&mut self, count: usize) -> Result<&'a [u8], Unreadable> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Unreadable)?;
        self.0 = rest;
        Ok(taken)
    }

    fn four(&mut self) -> Result<[u8; 4], Unreadable> {
        self.raw(4)?.try_into().map_err(|_| Unreadable)
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Unreadable> {
        self.raw(1)?.first().copied().ok_or(Unreadable)
    }

    pub(crate) fn short(&mut self) -> Result<u16, Unreadable> {
        Ok(u16::from_le_bytes(self.raw(2)?.try_into().map_err(|_| Unreadable)?))
    }

    pub(crate) fn number(&mut self) -> Result<u32, Unreadable> {
        Ok(u32::from_le_bytes(self.four()?))
    }

    /// A count of things that each take at least a byte: never more than what is left, nor than `max`.
    pub(crate) fn count(&mut self, max: usize) -> Result<usize, Unreadable> {
        let count = self.number()? as usize;
        if count > max || count > self.0.len() { Err(Unreadable) } else { Ok(count) }
    }

    /// A finite number; others would poison every sum.
    pub(crate) fn float(&mut self) -> Result<f32, Unreadable> {
        let value = f32::from_le_bytes(self.four()?);
        if value.is_finite() { Ok(value) } else { Err(Unreadable) }
    }

    pub(crate) fn text(&mut self, max: usize) -> Result<&'a str, Unreadable> {
        let count = self.count(max)?;
        std::str::from_utf8(self.raw(count)?).map_err(|_| Unreadable)
    }

    pub(crate) fn end(&self) -> Result<(), Unreadable> {
        if self.0.is_empty() { Ok(()) } else { Err(Unreadable) }
    }
}
