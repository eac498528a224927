//! What somebody downloaded last of a board and a target: the hash of each file and the text they were made of, kept in
//! this browser, and how the present files differ from it.

use crate::browser;
use protocol::ship::File;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How a file differs from the one of the last download.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mark {
    New,
    Changed,
    Removed,
}

/// The room of a browser is small: of a longer text the hashes alone are kept, in bytes.
const LONGEST: usize = 200_000;
/// What one generation tells the next one, which nobody reads.
const OWN: &str = ".squall/";

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Last {
    /// Milliseconds since 1970.
    pub at: f64,
    /// What it was made of; nothing where it was too long, or kept by an older page.
    pub text: Option<String>,
    files: BTreeMap<String, String>,
}

impl Last {
    pub fn of(files: &[File], text: String, at: f64) -> Last {
        let files = files.iter().filter(|file| !file.path.starts_with(OWN));
        let text = Some(text).filter(|text| text.len() <= LONGEST);
        Last { at, text, files: files.map(|file| (file.path.clone(), file.hash.clone())).collect() }
    }

    pub fn recall(board: &str, target: &str) -> Option<Last> {
        Last::read(&browser::recall(&key(board, target))?)
    }

    pub fn remember(&self, board: &str, target: &str) {
        let (key, whole) = (key(board, target), self.written());
        browser::remember(&key, &whole);
        if browser::recall(&key).as_ref() != Some(&whole) {
            // There is no room for the text.
            browser::remember(&key, &Last { text: None, ..self.clone() }.written());
        }
    }

    /// That file's hash then.
    pub fn hash(&self, path: &str) -> Option<&String> {
        self.files.get(path)
    }

    /// What became different, by path; what stayed as it was is not in it.
    pub fn marks(&self, files: &[File]) -> BTreeMap<String, Mark> {
        let mark = |file: &File| match self.files.get(&file.path) {
            _ if file.path.starts_with(OWN) => None,
            None => Some((file.path.clone(), Mark::New)),
            Some(hash) if *hash != file.hash => Some((file.path.clone(), Mark::Changed)),
            Some(_) => None,
        };
        let gone = self.files.keys().filter(|path| !files.iter().any(|file| file.path == **path));
        let gone = gone.map(|path| (path.clone(), Mark::Removed));
        files.iter().filter_map(mark).chain(gone).collect()
    }

    fn written(&self) -> String {
        let files: Map<String, Value> =
            self.files.iter().map(|(path, hash)| (path.clone(), Value::from(hash.as_str()))).collect();
        json!({ "at": self.at, "text": self.text, "files": files }).to_string()
    }

    /// What is damaged counts as never downloaded.
    fn read(text: &str) -> Option<Last> {
        let kept: Value = serde_json::from_str(text).ok()?;
        let files = kept["files"].as_object()?;
        let file = |(path, hash): (&String, &Value)| Some((path.clone(), hash.as_str()?.to_owned()));
        let text = kept["text"].as_str().map(str::to_owned);
        Some(Last { at: kept["at"].as_f64()?, text, files: files.iter().filter_map(file).collect() })
    }
}

fn key(board: &str, target: &str) -> String {
    format!("squall.shipped.{board}.{target}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::ship::Care;

    fn file(path: &str, hash: &str) -> File {
        File { path: path.into(), care: Care::Owned, size: 1, hash: hash.into() }
    }

    #[test]
    fn files_are_marked_by_what_became_of_them() {
        let last = Last::of(&[file("a", "1"), file("b", "1"), file("c", "1")], String::new(), 7.0);
        let marks = last.marks(&[file("a", "1"), file("b", "2"), file("d", "1"), file(".squall/e", "1")]);
        let wanted = [("b", Mark::Changed), ("c", Mark::Removed), ("d", Mark::New)];
        assert_eq!(marks, wanted.map(|(path, mark)| (path.to_owned(), mark)).into());
    }

    #[test]
    fn what_is_kept_is_read_again_and_what_is_damaged_is_not() {
        let last = Last::of(&[file("a \"b\"", "1")], "Order\nPlaced".into(), 7.0);
        assert_eq!(Last::read(&last.written()), Some(last));
        let older = Last::read("{\"at\":7,\"files\":{\"a\":\"1\"}}");
        assert_eq!(older, Some(Last { text: None, ..Last::of(&[file("a", "1")], String::new(), 7.0) }));
        assert_eq!(Last::of(&[], "x".repeat(LONGEST + 1), 7.0).text, None);
        for damaged in ["", "[]", "{\"at\": 1}", "{\"at\": \"x\", \"files\": {}}"] {
            assert_eq!(Last::read(damaged), None, "{damaged}");
        }
    }
}
