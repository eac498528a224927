//! A tree as one file to download.
//!
//! The few bytes around each file are written here: the page is spared a library that can do all that zips can be.
//! Invariant: the same tree gives the same bytes, on every machine and in every browser: entries in the order of their
//! paths, one time for all of them, one level of compression, the attributes of one system.

use crate::{Tree, path};
use std::fmt;
use zlib_rs::crc32::crc32;
use zlib_rs::{DeflateConfig, ReturnCode, compress_bound, compress_slice};

/// Deflate's usual one.
const LEVEL: i32 = 6;
/// Without the head and foot of zlib's own format.
const RAW: i32 = -15;
const FILE: u32 = 0o644;
const PROGRAM: u32 = 0o755;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// What unpacks it must know of version 2.0: folders and Deflate.
const NEEDED: u16 = 20;
/// Written as Unix does: its permissions stand in the upper half of the attributes.
const MADE_BY: u16 = (3 << 8) | NEEDED;
const REGULAR: u32 = 0o100_000;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
const DEFLATED: u16 = 8;
/// The first moment that the format knows: midnight, the first of January 1980.
const TIME: u16 = 0;
const DATE: u16 = (1 << 5) | 1;

/// Why there is no zip.
#[derive(Debug)]
pub enum NoZip {
    /// A path that leads out of the folder, or that some system cannot have.
    Path(String),
    /// More or longer than the format can count, which is 4 GB, and 65,535 files.
    TooLarge,
    /// A file could not be compressed.
    Deflate(String),
}

impl fmt::Display for NoZip {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoZip::Path(path) => write!(out, "{path:?} cannot be the path of a file"),
            NoZip::TooLarge => write!(out, "it is larger than a zip can be"),
            NoZip::Deflate(path) => write!(out, "{path:?} could not be compressed"),
        }
    }
}

impl std::error::Error for NoZip {}

/// All files of a tree.
pub fn zip(tree: &Tree) -> Result<Vec<u8>, NoZip> {
    let (mut files, mut directory) = (Bytes::default(), Bytes::default());
    let mut count = 0_usize;
    for (path, file) in tree.iter() {
        if !path::is_safe(path) {
            return Err(NoZip::Path(path.to_owned()));
        }
        let packed = deflated(file.text.as_bytes()).ok_or_else(|| NoZip::Deflate(path.to_owned()))?;
        let start = word(files.0.len())?;
        let about = Bytes::default()
            .short(FLAGS)
            .short(DEFLATED)
            .short(TIME)
            .short(DATE)
            .long(crc32(0, file.text.as_bytes()))
            .long(word(packed.len())?)
            .long(word(file.text.len())?)
            .short(half(path.len())?)
            .short(0);
        files = files.long(LOCAL).short(NEEDED).all(&about.0).all(path.as_bytes()).all(&packed);
        directory = directory.long(CENTRAL).short(MADE_BY).short(NEEDED).all(&about.0).short(0).short(0);
        directory =
            directory.short(0).long((REGULAR | mode(&file.text)) << 16).long(start).all(path.as_bytes());
        count += 1;
    }
    let (count, start) = (half(count)?, word(files.0.len())?);
    let length = word(directory.0.len())?;
    let end = files.all(&directory.0).long(END).short(0).short(0).short(count).short(count);
    Ok(end.long(length).long(start).short(0).0)
}

/// What a file may be used for: what names its interpreter is a program.
pub fn mode(text: &str) -> u32 {
    if text.starts_with("#!") { PROGRAM } else { FILE }
}

fn deflated(bytes: &[u8]) -> Option<Vec<u8>> {
    let config = DeflateConfig { level: LEVEL, window_bits: RAW, ..DeflateConfig::default() };
    let mut room = vec![0; compress_bound(bytes.len())];
    let (packed, code) = compress_slice(&mut room, bytes, config);
    let length = packed.len();
    room.truncate(length);
    (code == ReturnCode::Ok).then_some(room)
}

fn word(number: usize) -> Result<u32, NoZip> {
    // The highest number means that another field has it.
    u32::try_from(number).ok().filter(|number| *number < u32::MAX).ok_or(NoZip::TooLarge)
}

fn half(number: usize) -> Result<u16, NoZip> {
    u16::try_from(number).ok().filter(|number| *number < u16::MAX).ok_or(NoZip::TooLarge)
}

/// Numbers with their lowest byte first.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn short(self, number: u16) -> Bytes {
        self.all(&number.to_le_bytes())
    }

    fn long(self, number: u32) -> Bytes {
        self.all(&number.to_le_bytes())
    }

    fn all(mut self, bytes: &[u8]) -> Bytes {
        self.0.extend_from_slice(bytes);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Care;
    use std::io::{Cursor, Read};

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
            "774f8afc4f56505f5ddf17b123c5258e5641bf11569d6b8b275fae6e4a15727c"
        );
    }

    #[test]
    fn texts_of_every_length_come_out_as_they_went_in() {
        let mut tree = Tree::default();
        let mixed = |length: usize| -> String {
            (0..length).map(|at| char::from(b' ' + (at * at % 89) as u8)).collect()
        };
        for length in [0, 1, 2, 255, 65_535, 65_536, 300_000] {
            tree.put(format!("{length}.txt"), Care::Owned, mixed(length));
        }
        let mut archive =
            ::zip::ZipArchive::new(Cursor::new(zip(&tree).expect("a zip"))).expect("an archive");
        assert_eq!(archive.len(), 7);
        for (path, file) in tree.iter() {
            let mut text = String::new();
            archive.by_name(path).expect("it").read_to_string(&mut text).expect("text");
            assert!(text == file.text, "{path}");
        }
    }

    #[test]
    fn a_path_that_leads_out_is_refused() {
        let mut tree = Tree::default();
        tree.put("../a", Care::Owned, "");
        assert!(matches!(zip(&tree), Err(NoZip::Path(_))));
    }
}
