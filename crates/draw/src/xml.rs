//! Writing XML: every text and every value passes through here.

use std::fmt::Write;

/// Characters that XML 1.0 cannot hold, in no spelling.
pub fn is_allowed(character: char) -> bool {
    !matches!(character, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}

/// Text for between tags and for attributes in double quotes.
pub fn escape(out: &mut String, text: &str) {
    for character in text.chars().filter(|character| is_allowed(*character)) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Readers of XML turn these into line feeds or spaces unless they are spelt so.
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            other => out.push(other),
        }
    }
}

/// Reads back what `escape` wrote.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = NAMED.iter().find(|(name, _)| rest.starts_with(name));
        let (name, character) = known.copied().unwrap_or(("&", '&'));
        out.push(character);
        rest = &rest[name.len()..];
    }
    out.push_str(rest);
    out
}

const NAMED: [(&str, char); 8] = [
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
    ("&apos;", '\''),
    ("&#13;", '\r'),
    ("&#9;", '\t'),
    ("&#10;", '\n'),
];

/// A value of an attribute.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    Text(&'a str),
    Number(f64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Value<'a> {
        Value::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Value<'a> {
        Value::Text(text)
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Value::Number(number)
    }
}

/// A document as it grows.
#[derive(Default)]
pub struct Xml {
    text: String,
}

impl Xml {
    pub fn open(&mut self, name: &str, attributes: &[(&str, Value<'_>)]) {
        self.start(name, attributes);
        self.text.push('>');
    }

    pub fn close(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push_str(">\n");
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, Value<'_>)]) {
        self.start(name, attributes);
        self.text.push_str("/>\n");
    }

    /// An element that holds a text and nothing else.
    pub fn leaf(&mut self, name: &str, attributes: &[(&str, Value<'_>)], text: &str) {
        self.open(name, attributes);
        escape(&mut self.text, text);
        self.close(name);
    }

    fn start(&mut self, name: &str, attributes: &[(&str, Value<'_>)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str("=\"");
            match value {
                Value::Text(text) => escape(&mut self.text, text),
                Value::Number(number) => self.number(*number),
            }
            self.text.push('"');
        }
    }

    /// A hundredth of a pixel is precise enough.
    fn number(&mut self, number: f64) {
        let rounded = (number * 100.0).round() / 100.0;
        // Writing to a string does not fail.
        let _ = write!(self.text, "{}", if rounded == 0.0 { 0.0 } else { rounded });
    }

    pub fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_escaped_reads_back() {
        for text in ["a < b && \"c\" > 'd'\r\n\te", "&amp;lt; stays", "&", "&#13;", ""] {
            let mut out = String::new();
            escape(&mut out, text);
            assert!(!out.contains(['<', '>', '"']), "{out}");
            assert_eq!(unescape(&out), text);
        }
    }

    #[test]
    fn numbers_are_short_and_plain() {
        let mut xml = Xml::default();
        xml.empty(
            "a",
            &[("x", 1.0.into()), ("y", (1.0 / 3.0).into()), ("z", (-0.001).into()), ("w", 1e7.into())],
        );
        assert_eq!(xml.finish(), "<a x=\"1\" y=\"0.33\" z=\"0\" w=\"10000000\"/>\n");
    }
}
