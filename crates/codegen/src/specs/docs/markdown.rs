//! Markdown as it is written here: blocks with a blank line between them, tables, and text that stays text.

pub use crate::specs::words::plain;

/// A name as code where that can hold it, as text elsewhere.
pub fn code(name: &str) -> String {
    let odd = |one: char| one.is_control() || matches!(one, '`' | '|' | '\\');
    match name.contains(odd) || name.trim() != name || name.is_empty() {
        true => plain(name),
        false => format!("`{name}`"),
    }
}

/// `a, b and c`
pub fn and(words: &[String]) -> String {
    joined(words, "and")
}

pub fn joined(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// A document that grows block by block.
#[derive(Default)]
pub struct Page {
    text: String,
}

impl Page {
    pub fn block(&mut self, block: impl AsRef<str>) {
        let block = block.as_ref().trim_end();
        if block.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(block);
        self.text.push('\n');
    }

    pub fn heading(&mut self, level: usize, words: &str) {
        self.block(format!("{} {}", "#".repeat(level), plain(words)));
    }

    /// A heading that links lead to.
    pub fn marked(&mut self, level: usize, anchor: &str, words: &str) {
        self.block(format!("<a id=\"{anchor}\"></a>"));
        self.heading(level, words);
    }

    pub fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().map(|item| format!("- {item}\n")).collect();
        self.block(items.concat());
    }

    pub fn table<const N: usize>(&mut self, heads: [&str; N], rows: impl IntoIterator<Item = [String; N]>) {
        let mut rows = rows.into_iter().peekable();
        if rows.peek().is_none() {
            return;
        }
        let mut text = format!("| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(N));
        for row in rows {
            text.push_str(&format!("| {} |\n", row.join(" | ")));
        }
        self.block(text);
    }

    pub fn picture(&mut self, words: &str, path: &str) {
        self.block(format!("![{}]({path})", plain(words)));
    }

    pub fn finish(self) -> String {
        self.text
    }
}
