//! The words of a diagram, one after the other, with comments and directives left out.

use super::{NoDiagram, Why};

pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// The first comment, in which `mermaid` writes the title.
    pub remark: Option<&'a str>,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str) -> Scanner<'a> {
        Scanner { text: text.trim_start_matches('\u{FEFF}'), at: 0, remark: None }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn line_end(&self) -> usize {
        self.rest().find('\n').map_or(self.text.len(), |end| self.at + end)
    }

    /// How far it has read.
    pub fn at(&self) -> usize {
        self.at
    }

    pub fn fail(&self, why: Why) -> NoDiagram {
        self.fail_at(self.at, why)
    }

    /// Counts the lines up to there: not to be asked as long as nothing is wrong.
    pub fn fail_at(&self, at: usize, why: Why) -> NoDiagram {
        NoDiagram { line: self.text[..at].matches('\n').count(), why }
    }

    /// Goes to the next word.
    pub fn skip(&mut self) {
        loop {
            self.at = self.text.len() - self.rest().trim_start().len();
            let rest = self.rest();
            let end = if rest.starts_with("%%{") {
                rest.find("}%%").map(|end| self.at + end + "}%%".len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map(|end| self.at + end + "*/".len())
            } else if rest.starts_with("%%") {
                let end = self.line_end();
                self.remark.get_or_insert(self.text[self.at + 2..end].trim());
                Some(end)
            } else if rest.starts_with("//") {
                Some(self.line_end())
            } else {
                return;
            };
            self.at = end.unwrap_or(self.text.len());
        }
    }

    pub fn is_done(&mut self) -> bool {
        self.skip();
        self.rest().is_empty()
    }

    /// What stands between two lines of dashes at the start.
    pub fn front_matter(&mut self) -> Option<&'a str> {
        self.skip();
        let inner = self.rest().strip_prefix("---")?;
        let end = inner.find("\n---")?;
        self.at = self.text.len() - inner.len() + end + "\n---".len();
        Some(&inner[..end])
    }

    /// Takes these signs if they come next.
    pub fn take(&mut self, signs: &str) -> bool {
        self.skip();
        let found = self.rest().starts_with(signs);
        if found {
            self.at += signs.len();
        }
        found
    }

    /// The word that comes next, without taking it.
    pub fn peek(&mut self) -> &'a str {
        self.skip();
        let rest = self.rest();
        let end = rest.find(|one: char| !(one.is_alphanumeric() || one == '_')).unwrap_or(rest.len());
        &rest[..end]
    }

    /// A name: letters, digits and `_`.
    pub fn word(&mut self, wanted: &'static str) -> Result<&'a str, NoDiagram> {
        let word = self.peek();
        if word.is_empty() {
            return Err(self.fail(Why::Expected(wanted)));
        }
        self.at += word.len();
        Ok(word)
    }

    /// The rest of the line.
    pub fn line(&mut self) -> &'a str {
        let end = self.line_end();
        let line = &self.text[self.at..end];
        self.at = end;
        line.split("%%").next().unwrap_or(line).trim()
    }

    /// `{ … }` on one line, to the last brace of it, or words in quotes.
    pub fn inline(&mut self) -> Option<&'a str> {
        self.skip();
        let close = match self.rest().chars().next()? {
            '{' => '}',
            '"' => '"',
            '\'' => '\'',
            _ => return None,
        };
        let line = &self.text[self.at..self.line_end()];
        let end = line.rfind(close).filter(|end| *end > 0)?;
        self.at += end + 1;
        Some(if close == '}' { &line[1..end] } else { "" })
    }

    /// `{`, lines, `}` on a line of its own.
    pub fn block(&mut self) -> Result<&'a str, NoDiagram> {
        self.skip();
        let rest = self.rest();
        let opened = rest.strip_prefix('{').and_then(|inner| {
            let line = inner.find('\n')?;
            inner[..line].trim().is_empty().then_some(&inner[line..])
        });
        let Some(inner) = opened else { return Err(self.fail(Why::Expected("`{` at the end of a line"))) };
        let Some(end) = inner.find("\n}") else {
            return Err(self.fail(Why::Expected("`}` on a line of its own below this one")));
        };
        self.at += rest.len() - inner.len() + end + "\n}".len();
        Ok(&inner[..end])
    }
}
