//! Whether bytes are one JSON value, without building it: a client with a plain `JSON.parse` must not throw on it.
//!
//! Not here: any reading of the value.

use super::FrameError;

/// Checks `text`; `depth` bounds nesting of arrays and objects.
pub fn check(text: &str, depth: usize) -> Result<(), FrameError> {
    let mut json = Json { rest: text.as_bytes() };
    json.value(depth)?;
    json.space();
    if json.rest.is_empty() { Ok(()) } else { Err(FrameError::Json) }
}

struct Json<'a> {
    rest: &'a [u8],
}

impl Json<'_> {
    fn space(&mut self) {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    fn next(&mut self) -> Result<u8, FrameError> {
        let (first, rest) = self.rest.split_first().ok_or(FrameError::Json)?;
        self.rest = rest;
        Ok(*first)
    }

    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn eat(&mut self, word: &[u8]) -> Result<(), FrameError> {
        self.rest = self.rest.strip_prefix(word).ok_or(FrameError::Json)?;
        Ok(())
    }

    fn value(&mut self, depth: usize) -> Result<(), FrameError> {
        self.space();
        match self.peek() {
            Some(b'n') => self.eat(b"null"),
            Some(b't') => self.eat(b"true"),
            Some(b'f') => self.eat(b"false"),
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(open @ (b'[' | b'{')) => {
                let inner = depth.checked_sub(1).ok_or(FrameError::Nesting)?;
                self.next()?;
                self.items(open == b'{', inner)
            }
            _ => Err(FrameError::Json),
        }
    }

    fn items(&mut self, object: bool, depth: usize) -> Result<(), FrameError> {
        let close = if object { b'}' } else { b']' };
        self.space();
        if self.peek() == Some(close) {
            return self.next().map(|_| ());
        }
        loop {
            if object {
                self.space();
                self.string()?;
                self.space();
                self.eat(b":")?;
            }
            self.value(depth)?;
            self.space();
            match self.next()? {
                b',' => {}
                byte if byte == close => return Ok(()),
                _ => return Err(FrameError::Json),
            }
        }
    }

    fn string(&mut self) -> Result<(), FrameError> {
        self.eat(b"\"")?;
        loop {
            match self.next()? {
                b'"' => return Ok(()),
                b'\\' => match self.next()? {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                    b'u' => {
                        for _ in 0..4 {
                            if !self.next()?.is_ascii_hexdigit() {
                                return Err(FrameError::Json);
                            }
                        }
                    }
                    _ => return Err(FrameError::Json),
                },
                0..=0x1f => return Err(FrameError::Json),
                _ => {}
            }
        }
    }

    fn digits(&mut self) -> Result<(), FrameError> {
        let count = self.rest.iter().take_while(|b| b.is_ascii_digit()).count();
        self.rest = &self.rest[count..];
        if count == 0 { Err(FrameError::Json) } else { Ok(()) }
    }

    fn number(&mut self) -> Result<(), FrameError> {
        if self.peek() == Some(b'-') {
            self.next()?;
        }
        if self.peek() == Some(b'0') {
            self.next()?;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.next()?;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.next()?;
            if let Some(b'+' | b'-') = self.peek() {
                self.next()?;
            }
            self.digits()?;
        }
        Ok(())
    }
}
