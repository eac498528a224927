//! What was generated into a folder: `.squall/manifest.json`, by which the next generation tells its own files from
//! what people wrote.
//!
//! Beside it lie `events.json` (`compat`) and `base/`, the merged files as they were generated (`merge`); of all others
//! a hash is enough. Invariant: it depends on what is generated alone, never on the folder, so that folder and zip hold
//! the same. A manifest is a file like any other and may have been written by anybody: no path in it leads out.

use crate::{Care, Source, Target, Tree, compat, path};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::{self, Write};

pub const FOLDER: &str = ".squall";
pub const MANIFEST: &str = ".squall/manifest.json";
pub const EVENTS: &str = ".squall/events.json";
/// Below it, merged files as they were generated.
pub const BASE: &str = ".squall/base";

/// Goes up when older programs would misread it.
const SCHEMA: u64 = 1;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Manifest {
    /// `Target::id`
    pub target: String,
    /// The model's fingerprint.
    pub model: String,
    pub files: BTreeMap<String, Entry>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub care: Care,
    /// Of the text as it was generated.
    pub sha256: String,
}

/// Why a manifest cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoManifest {
    /// It is not what we write.
    Malformed(String),
    /// A later version of ours wrote it.
    Newer(u64),
    /// It names a file outside of its folder.
    Path(String),
}

impl fmt::Display for NoManifest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoManifest::Malformed(why) => write!(out, "it is damaged: {why}"),
            NoManifest::Newer(schema) => {
                write!(out, "a newer squall wrote it (its schema is {schema}, this one knows {SCHEMA})")
            }
            NoManifest::Path(path) => write!(out, "it names {path:?}, which cannot be the path of a file"),
        }
    }
}

impl std::error::Error for NoManifest {}

/// How a file differs from the last generation's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    Added,
    Changed,
    Removed,
}

impl Manifest {
    pub fn of(source: &Source, target: Target, tree: &Tree) -> Manifest {
        let entry = |(path, file): (&str, &crate::File)| {
            (path.to_owned(), Entry { care: file.care, sha256: digest(&file.text) })
        };
        Manifest {
            target: target.id().to_owned(),
            model: source.model.fingerprint.clone(),
            files: tree.iter().map(entry).collect(),
        }
    }

    /// One file a line, so that version control shows what became different.
    pub fn text(&self) -> String {
        let mut out = String::from("{\n");
        let _ = writeln!(out, "  \"schema\": {SCHEMA},");
        let _ = writeln!(out, "  \"target\": {},", quoted(&self.target));
        let _ = writeln!(out, "  \"model\": {},", quoted(&self.model));
        out.push_str("  \"files\": {");
        for (index, (path, entry)) in self.files.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let (path, care) = (quoted(path), entry.care.id());
            let _ = write!(
                out,
                "{comma}\n    {path}: {{\"care\": \"{care}\", \"sha256\": \"{}\"}}",
                entry.sha256
            );
        }
        out.push_str("\n  }\n}\n");
        out
    }

    pub fn read(text: &str) -> Result<Manifest, NoManifest> {
        let value: Value = serde_json::from_str(text).map_err(|error| malformed(&error.to_string()))?;
        match value["schema"].as_u64() {
            None => return Err(malformed("it has no schema")),
            Some(schema) if schema > SCHEMA => return Err(NoManifest::Newer(schema)),
            Some(_) => {}
        }
        let word = |key: &str| match value[key].as_str() {
            Some(word) => Ok(word.to_owned()),
            None => Err(malformed(&format!("it has no {key}"))),
        };
        let files = value["files"].as_object().ok_or_else(|| malformed("it has no files"))?;
        Ok(Manifest { target: word("target")?, model: word("model")?, files: entries(files)? })
    }

    /// What is different in a later generation, in the order of the paths.
    pub fn changes(&self, later: &Manifest) -> Vec<(String, Change)> {
        let mut changes = BTreeMap::new();
        for (path, entry) in &later.files {
            match self.files.get(path) {
                None => drop(changes.insert(path.clone(), Change::Added)),
                Some(before) if before.sha256 != entry.sha256 => {
                    changes.insert(path.clone(), Change::Changed);
                }
                Some(_) => {}
            }
        }
        let gone = self.files.keys().filter(|path| !later.files.contains_key(*path));
        changes.extend(gone.map(|path| (path.clone(), Change::Removed)));
        changes.into_iter().collect()
    }
}

/// Adds what the next generation into the same folder wants to know.
pub fn attach(source: &Source, target: Target, tree: &mut Tree) {
    let manifest = Manifest::of(source, target, tree).text();
    let merged: Vec<(String, String)> = tree
        .iter()
        .filter(|(_, file)| file.care == Care::Merged)
        .map(|(path, file)| (format!("{BASE}/{path}"), file.text.clone()))
        .collect();
    for (path, text) in merged {
        tree.put(path, Care::Owned, text);
    }
    tree.put(EVENTS, Care::Owned, compat::Schema::of(&source.model).text());
    tree.put(MANIFEST, Care::Owned, manifest);
}

/// Whether a path belongs to what `attach` adds.
pub fn is_own(path: &str) -> bool {
    path.strip_prefix(FOLDER).is_some_and(|rest| rest.starts_with('/'))
}

/// SHA-256 of a text, as hexadecimal digits. Line ends do not count: version control may write other ones.
pub fn digest(text: &str) -> String {
    match text.contains("\r\n") {
        true => digest_of(text.replace("\r\n", "\n").as_bytes()),
        false => digest_of(text.as_bytes()),
    }
}

pub(crate) fn digest_of(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

fn entries(files: &Map<String, Value>) -> Result<BTreeMap<String, Entry>, NoManifest> {
    let entry = |(path, value): (&String, &Value)| {
        if !path::is_safe(path) || is_own(path) {
            return Err(NoManifest::Path(path.clone()));
        }
        let care = value["care"].as_str().and_then(Care::of_id);
        match (care, value["sha256"].as_str()) {
            (Some(care), Some(sha256)) => Ok((path.clone(), Entry { care, sha256: sha256.to_owned() })),
            _ => Err(malformed(&format!("of {path:?} it does not say whose it is, or its hash"))),
        }
    };
    files.iter().map(entry).collect()
}

fn malformed(why: &str) -> NoManifest {
    NoManifest::Malformed(why.to_owned())
}

fn quoted(text: &str) -> Value {
    Value::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let entry = |(path, text): &(&str, &str)| {
            ((*path).to_owned(), Entry { care: Care::Owned, sha256: digest(text) })
        };
        Manifest { target: "node".into(), model: "1-abc".into(), files: files.iter().map(entry).collect() }
    }

    #[test]
    fn what_is_written_is_read() {
        let one = manifest(&[("a 'b'.ts", "x"), ("c", "")]);
        assert_eq!(Manifest::read(&one.text()), Ok(one));
        assert_eq!(Manifest::read(&manifest(&[]).text()), Ok(manifest(&[])));
    }

    #[test]
    fn a_path_that_leads_out_is_refused() {
        for path in ["../a", "/etc/passwd", ".squall/manifest.json"] {
            let text = manifest(&[(path, "x")]).text();
            assert_eq!(Manifest::read(&text), Err(NoManifest::Path(path.to_owned())));
        }
    }

    #[test]
    fn a_newer_one_is_not_guessed_at() {
        let text = manifest(&[]).text().replace("\"schema\": 1", "\"schema\": 2");
        assert_eq!(Manifest::read(&text), Err(NoManifest::Newer(2)));
    }

    #[test]
    fn damage_is_named() {
        for text in [
            "",
            "[]",
            "{\"schema\": 1}",
            "{\"schema\": 1, \"target\": \"node\", \"model\": \"m\", \"files\": {\"a\": 1}}",
        ] {
            assert!(matches!(Manifest::read(text), Err(NoManifest::Malformed(_))), "{text}");
        }
    }

    #[test]
    fn other_line_ends_are_no_difference() {
        assert_eq!(digest("a\r\nb\r\n"), digest("a\nb\n"));
        assert_eq!(digest(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn what_is_different_is_told_by_path() {
        let (before, after) = (
            manifest(&[("a", "1"), ("b", "1"), ("d", "1")]),
            manifest(&[("a", "2"), ("b", "1"), ("c", "1")]),
        );
        let changes = [("a", Change::Changed), ("c", Change::Added), ("d", Change::Removed)];
        assert_eq!(before.changes(&after), changes.map(|(path, change)| (path.to_owned(), change)));
    }
}
