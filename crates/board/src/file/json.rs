//! JSON as far as a file of a board needs it: a small reader that no input can upset, and texts as JSON writes them.

use std::fmt::Write;

/// Nobody nests deeper on purpose.
const DEPTH: usize = 16;

#[derive(Clone, PartialEq, Debug)]
pub enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    /// In the order of the file; of equal keys the last one counts.
    Map(Vec<(String, Json)>),
}

impl Json {
    pub fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Map(fields) => fields.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        if let Json::Text(text) = self { Some(text) } else { None }
    }

    pub fn number(&self) -> Option<f64> {
        if let Json::Number(number) = self { Some(*number) } else { None }
    }

    pub fn list(&self) -> Option<&[Json]> {
        if let Json::List(list) = self { Some(list) } else { None }
    }
}

/// Reads one value; the error is the byte where it ends to be JSON.
pub fn read(text: &str) -> Result<Json, usize> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(DEPTH);
    reader.space();
    value.filter(|_| reader.at == text.len()).ok_or(reader.at)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn eat(&mut self, word: &str) -> Option<()> {
        let fits = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        self.at += if fits { word.len() } else { 0 };
        fits.then_some(())
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.space();
        match self.peek()? {
            b'n' => self.eat("null").map(|()| Json::Null),
            b't' => self.eat("true").map(|()| Json::Bool(true)),
            b'f' => self.eat("false").map(|()| Json::Bool(false)),
            b'"' => self.string().map(Json::Text),
            b'[' => self.list(depth.checked_sub(1)?).map(Json::List),
            b'{' => self.map(depth.checked_sub(1)?).map(Json::Map),
            _ => self.number().map(Json::Number),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Vec<Json>> {
        let mut list = Vec::new();
        self.items(']', |reader| {
            list.push(reader.value(depth)?);
            Some(())
        })?;
        Some(list)
    }

    fn map(&mut self, depth: usize) -> Option<Vec<(String, Json)>> {
        let mut fields = Vec::new();
        self.items('}', |reader| {
            reader.space();
            let key = reader.string()?;
            reader.space();
            reader.eat(":")?;
            fields.push((key, reader.value(depth)?));
            Some(())
        })?;
        Some(fields)
    }

    /// From the opening bracket to the closing one, with commas between.
    fn items(&mut self, close: char, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.space();
        if self.peek()? == close as u8 {
            self.at += 1;
            return Some(());
        }
        loop {
            item(self)?;
            self.space();
            let sign = self.peek()?;
            if sign != b',' && sign != close as u8 {
                return None;
            }
            self.at += 1;
            if sign != b',' {
                return Some(());
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        self.eat("\"")?;
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let end = rest.bytes().position(|byte| byte == b'"' || byte == b'\\' || byte < b' ')?;
            text.push_str(&rest[..end]);
            self.at += end + 1;
            match rest.as_bytes()[end] {
                b'"' => return Some(text),
                b'\\' => text.push(self.escaped()?),
                _ => return None,
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let sign = self.peek()?;
        self.at += 1;
        Some(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                let pair = match first {
                    0xD800..0xDC00 => {
                        self.eat("\\u")?;
                        vec![first, self.unit()?]
                    }
                    _ => vec![first],
                };
                char::decode_utf16(pair).next()?.ok()?
            }
            _ => return None,
        })
    }

    fn unit(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        self.at += 4;
        u16::from_str_radix(digits, 16).ok().filter(|_| hex)
    }

    /// A number that is no finite one is none.
    fn number(&mut self) -> Option<f64> {
        let part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
        let length = self.text.as_bytes()[self.at..].iter().take_while(|byte| part(byte)).count();
        let digits = &self.text[self.at..self.at + length];
        let starts = digits.trim_start_matches('-').starts_with(|sign: char| sign.is_ascii_digit());
        let number = digits.parse::<f64>().ok().filter(|number| starts && number.is_finite())?;
        self.at += length;
        Some(number)
    }
}

/// A text as JSON writes it, after what is there.
pub fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Line separators are line ends to some readers.
            '\0'..' ' | '\u{7f}' | '\u{2028}' | '\u{2029}' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", letter as u32);
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_not_json_is_an_error_and_no_panic(text in "[\\[\\]{}\",:0-9a-z\\\\ .-]{0,40}|.{0,40}") {
            let ours = read(&text).is_ok();
            let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            prop_assert!(ours || !theirs || text.len() >= DEPTH, "{text:?}");
        }

        #[test]
        fn a_text_is_read_as_it_was_written(text in ".{0,40}|[\\x00-\\x7f]{0,40}") {
            let mut out = String::new();
            write_text(&mut out, &text);
            prop_assert_eq!(serde_json::from_str::<String>(&out).ok(), Some(text.clone()));
            prop_assert_eq!(read(&out), Ok(Json::Text(text)));
        }
    }

    #[test]
    fn pairs_of_code_units_are_one_letter_and_halves_are_none() {
        assert_eq!(read(r#""\ud83d\ude00""#), Ok(Json::Text("😀".into())));
        for half in [r#""\ud83d""#, r#""\ude00""#, r#""\ud83d\u0041""#, r#""\u12""#, r#""\u+123""#] {
            assert!(read(half).is_err(), "{half}");
        }
    }

    #[test]
    fn numbers_are_finite_and_nesting_has_an_end() {
        assert!(read("1e999").is_err() && read("NaN").is_err() && read("-").is_err() && read("+1").is_err());
        assert_eq!(read(" -1.5e2 "), Ok(Json::Number(-150.0)));
        assert!(read(&"[".repeat(100_000)).is_err());
        assert!(read(&format!("{}{}", "[".repeat(20), "]".repeat(20))).is_err());
    }
}
