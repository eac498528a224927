//! lib0's primitives: variable-length integers, strings and byte arrays, read from a slice without copying.
//!
//! Strict where lib0 is lax: a number is written in the shortest way and fits in 53 bits, a string is UTF-8.
//! Not here: what the bytes mean.

use super::FrameError;

/// The largest number that JavaScript holds exactly.
pub const MAX_SAFE: u64 = (1 << 53) - 1;

/// A cursor over bytes that somebody else sent.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes }
    }

    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// Everything that was not read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next byte, which stays to be read.
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Everything up to the end must have been read.
    pub fn end(&self) -> Result<(), FrameError> {
        if self.rest.is_empty() { Ok(()) } else { Err(FrameError::Trailing) }
    }

    pub fn byte(&mut self) -> Result<u8, FrameError> {
        let (first, rest) = self.rest.split_first().ok_or(FrameError::Short)?;
        self.rest = rest;
        Ok(*first)
    }

    pub fn take(&mut self, len: usize) -> Result<&'a [u8], FrameError> {
        let (head, rest) = self.rest.split_at_checked(len).ok_or(FrameError::Short)?;
        self.rest = rest;
        Ok(head)
    }

    /// An unsigned number below 2^53.
    pub fn uint(&mut self) -> Result<u64, FrameError> {
        let mut number = 0u64;
        let mut shift = 0;
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                // A last byte of zero is a longer spelling of the same number, which decoders read differently.
                let shortest = byte != 0 || shift == 0;
                return if shortest && number <= MAX_SAFE { Ok(number) } else { Err(FrameError::Number) };
            }
            shift += 7;
            if shift > 49 {
                return Err(FrameError::Number);
            }
        }
    }

    /// Steps over a signed number: 6 bits, then 7 a byte.
    pub fn skip_int(&mut self) -> Result<(), FrameError> {
        for _ in 0..9 {
            if self.byte()? < 0x80 {
                return Ok(());
            }
        }
        Err(FrameError::Number)
    }

    /// How many items follow, each at least `least` bytes long: more than can be there is refused before
    /// anybody reserves room for them.
    pub fn count(&mut self, least: usize) -> Result<u64, FrameError> {
        let count = self.uint()?;
        if count.saturating_mul(least as u64) > self.left() as u64 {
            return Err(FrameError::Count);
        }
        Ok(count)
    }

    pub fn bytes(&mut self) -> Result<&'a [u8], FrameError> {
        let len = self.count(1)?;
        self.take(len as usize)
    }

    pub fn string(&mut self) -> Result<&'a str, FrameError> {
        std::str::from_utf8(self.bytes()?).map_err(|_| FrameError::Utf8)
    }
}

pub fn write_uint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number as u8) | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

pub fn write_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    write_uint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}
