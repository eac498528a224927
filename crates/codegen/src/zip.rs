//! A tree as one file to download.
//!
//! Invariant: the same tree gives the same bytes, on every machine and in every browser: entries in the order of their
//! paths, one time for all of them, one level of compression, the attributes of one system.

use crate::{Tree, path};
use ::zip::write::{SimpleFileOptions, ZipWriter};
use ::zip::{CompressionMethod, DateTime, System, result::ZipError};
use std::fmt;
use std::io::{Cursor, Write};

/// Deflate's usual one.
const LEVEL: i64 = 6;
const FILE: u32 = 0o644;
const PROGRAM: u32 = 0o755;

/// Why there is no zip.
#[derive(Debug)]
pub enum NoZip {
    /// A path that leads out of the folder, or that some system cannot have.
    Path(String),
    /// What the format cannot hold, such as files of gigabytes.
    Format(ZipError),
}

impl fmt::Display for NoZip {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoZip::Path(path) => write!(out, "{path:?} cannot be the path of a file"),
            NoZip::Format(error) => write!(out, "{error}"),
        }
    }
}

impl std::error::Error for NoZip {}

/// All files of a tree.
pub fn zip(tree: &Tree) -> Result<Vec<u8>, NoZip> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, file) in tree.iter() {
        if !path::is_safe(path) {
            return Err(NoZip::Path(path.to_owned()));
        }
        zip.start_file(path, options(&file.text)).map_err(NoZip::Format)?;
        zip.write_all(file.text.as_bytes()).map_err(|error| NoZip::Format(error.into()))?;
    }
    zip.finish().map(Cursor::into_inner).map_err(NoZip::Format)
}

fn options(text: &str) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Unix)
        .unix_permissions(mode(text))
}

/// What a file may be used for: what names its interpreter is a program.
pub fn mode(text: &str) -> u32 {
    if text.starts_with("#!") { PROGRAM } else { FILE }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Care;
    use std::io::Read;

    fn tree() -> Tree {
        let mut tree = Tree::default();
        tree.put("src/b.ts", Care::Owned, "export {}\n".repeat(500));
        tree.put("run.sh", Care::Owned, "#!/bin/sh\n");
        tree.put("a/é.txt", Care::Once, "ö\n");
        tree
    }

    #[test]
    fn what_is_packed_is_unpacked_in_the_order_of_the_paths() {
        let bytes = zip(&tree()).expect("a zip");
        let mut archive = ::zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let names: Vec<String> = archive.file_names().map(|name| name.expect("UTF-8").into_owned()).collect();
        assert_eq!(names, ["a/é.txt", "run.sh", "src/b.ts"]);
        let mut text = String::new();
        archive.by_name("a/é.txt").expect("it").read_to_string(&mut text).expect("text");
        assert_eq!(text, "ö\n");
        assert_eq!(archive.by_name("run.sh").expect("it").unix_mode(), Some(0o100_755));
        assert_eq!(archive.by_name("src/b.ts").expect("it").unix_mode(), Some(0o100_644));
    }

    #[test]
    fn the_bytes_are_known() {
        // Frozen, so that a wasm, which cannot be asked here, and every later machine make the same.
        let bytes = zip(&tree()).expect("a zip");
        assert_eq!(
            crate::manifest::digest_of(&bytes),
            "5cf54ac19e57f0219dac67aaee31619217876e14430c99d79a59bd1acaf4bf49"
        );
    }

    #[test]
    fn a_path_that_leads_out_is_refused() {
        let mut tree = Tree::default();
        tree.put("../a", Care::Owned, "");
        assert!(matches!(zip(&tree), Err(NoZip::Path(_))));
    }
}
