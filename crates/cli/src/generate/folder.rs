//! The folder that is generated into.
//!
//! Invariants: nothing outside of it is written, deleted or read, whatever links lie in it; a file is replaced whole;
//! what the next generation wants to know is written before the files (`.squall/next`) and takes its place after them,
//! so that a generation that was killed is finished by the next one.

use anyhow::{Context, Result, bail};
use codegen::manifest::{self, BASE, Manifest};
use codegen::plan::{Found, Past, Write};
use codegen::{Care, Tree};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A generation that was begun: the same files as in `.squall`.
const NEXT: &str = ".squall/next";
/// Larger files are not compared. None that is generated gets there: of a board of thousands of lines the largest has
/// a dozen megabytes.
const MOST_BYTES: u64 = 256 << 20;

pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// It need not be there yet.
    pub fn open(path: &Path) -> Result<Folder> {
        match fs::metadata(path) {
            Ok(found) if !found.is_dir() => bail!("{} is no folder", path.display()),
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot open {}", path.display()))
            }
            _ => Ok(Folder { root: path.to_owned() }),
        }
    }

    /// Earlier generations, the one that was begun last before the one that was finished last.
    pub fn pasts(&self) -> Result<Vec<Past>> {
        let pasts = [NEXT, manifest::FOLDER].into_iter().map(|state| self.past(state));
        pasts.filter_map(Result::transpose).collect()
    }

    fn past(&self, state: &str) -> Result<Option<Past>> {
        let path = own(state, manifest::MANIFEST);
        let text = match self.find(&path) {
            Found::Nothing => return Ok(None),
            Found::Text(text) => text,
            Found::Other(what) => bail!("{} cannot be read: there is {what}", self.shown(&path)),
        };
        let manifest = Manifest::read(&text).with_context(|| format!("cannot use {}", self.shown(&path)))?;
        let merged = manifest.files.iter().filter(|(_, entry)| entry.care == Care::Merged);
        let base = |path: &String| Some((path.clone(), self.text(&own(state, &format!("{BASE}/{path}")))?));
        let bases: BTreeMap<_, _> = merged.filter_map(|(path, _)| base(path)).collect();
        Ok(Some(Past { manifest, bases }))
    }

    fn shown(&self, path: &str) -> String {
        self.root.join(path).display().to_string()
    }

    pub fn text(&self, path: &str) -> Option<String> {
        match self.find(path) {
            Found::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn find(&self, path: &str) -> Found {
        if !codegen::path::is_safe(path) {
            return Found::Other("a path that cannot be written");
        }
        match self.way(path) {
            Ok(Some(file)) => read(&file),
            Ok(None) => Found::Nothing,
            Err(what) => Found::Other(what),
        }
    }

    /// Where a file is, if its folder is there and no link leads to it.
    fn way(&self, path: &str) -> Result<Option<PathBuf>, &'static str> {
        let mut place = self.root.clone();
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        for part in folders.split('/').filter(|part| !part.is_empty()) {
            place.push(part);
            match fs::symlink_metadata(&place) {
                Ok(found) if found.is_symlink() => return Err("a link on the way to it"),
                Ok(found) if !found.is_dir() => return Err("a file where its folder should be"),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                Err(_) => return Err("a folder that cannot be read"),
            }
        }
        Ok(Some(place.join(name)))
    }

    /// Carries out a plan. `tree` holds what the next generation wants to know.
    pub fn apply(&self, writes: &[Write], tree: &Tree) -> Result<()> {
        fs::create_dir_all(&self.root)?;
        self.forget(NEXT)?;
        self.remember(NEXT, tree)?;
        for write in writes {
            match write {
                Write::Put { path, text } | Write::Beside { path, text } => self.put(path, text)?,
                Write::Delete { path } => self.delete(path)?,
            }
        }
        self.forget(BASE)?;
        self.remember(manifest::FOLDER, tree)?;
        self.forget(NEXT)
    }

    /// What is generated about the generation; the manifest last, for it says that the rest is there.
    fn remember(&self, state: &str, tree: &Tree) -> Result<()> {
        let files = tree.iter().filter(|(path, _)| manifest::is_own(path));
        let (last, first): (Vec<_>, Vec<_>) = files.partition(|(path, _)| *path == manifest::MANIFEST);
        for (path, file) in first.into_iter().chain(last) {
            self.put(&own(state, path), &file.text)?;
        }
        Ok(())
    }

    fn forget(&self, folder: &str) -> Result<()> {
        match self.find(&format!("{folder}/any")) {
            Found::Other(what) => bail!("{} cannot be replaced: there is {what}", self.shown(folder)),
            _ => match fs::remove_dir_all(self.root.join(folder)) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    Err(error).with_context(|| format!("cannot delete {}", self.shown(folder)))
                }
                _ => Ok(()),
            },
        }
    }

    fn put(&self, path: &str, text: &str) -> Result<()> {
        if let Found::Other(what) = self.find(path) {
            bail!("{} cannot be written: there is {what}", self.shown(path));
        }
        let place = self.root.join(path);
        let written =
            place.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| replace(&place, text.as_bytes()));
        written
            .and_then(|()| allow(&place, text))
            .with_context(|| format!("cannot write {}", self.shown(path)))
    }

    /// With the folders that become empty by it.
    fn delete(&self, path: &str) -> Result<()> {
        if let Found::Text(_) = self.find(path) {
            fs::remove_file(self.root.join(path))
                .with_context(|| format!("cannot delete {}", self.shown(path)))?;
        }
        let mut folder = path;
        while let Some((outer, _)) = folder.rsplit_once('/') {
            // One that holds anything stays.
            if fs::remove_dir(self.root.join(outer)).is_err() {
                break;
            }
            folder = outer;
        }
        Ok(())
    }
}

/// A path of `.squall` as it stands in a state.
fn own(state: &str, path: &str) -> String {
    let name = path.strip_prefix(manifest::FOLDER).unwrap_or(path);
    format!("{state}{name}")
}

fn read(file: &Path) -> Found {
    match fs::symlink_metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Found::Nothing,
        Err(_) => return Found::Other("something that cannot be read"),
        Ok(found) if found.is_symlink() => return Found::Other("a link"),
        Ok(found) if found.is_dir() => return Found::Other("a folder"),
        Ok(found) if !found.is_file() => return Found::Other("no file"),
        Ok(found) if found.len() > MOST_BYTES => return Found::Other("a file of hundreds of megabytes"),
        Ok(_) => {}
    }
    match fs::read(file).map(String::from_utf8) {
        Ok(Ok(text)) => Found::Text(text),
        Ok(Err(_)) => Found::Other("a file that is not UTF-8"),
        Err(_) => Found::Other("a file that cannot be read"),
    }
}

/// Writes a file beside the old one and puts it in its place: readers see the one or the other.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = path.with_file_name(format!(".{name:.100}.{}.tmp", std::process::id()));
    let written = fs::write(&draft, bytes).and_then(|()| {
        // An old file's rights are people's choice.
        if let Ok(old) = fs::metadata(path) {
            fs::set_permissions(&draft, old.permissions())?;
        }
        fs::rename(&draft, path)
    });
    if written.is_err() {
        // The draft may not be there at all.
        let _ = fs::remove_file(&draft);
    }
    written
}

#[cfg(unix)]
fn allow(path: &Path, text: &str) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let wanted = codegen::mode(text);
    let mut rights = fs::metadata(path)?.permissions();
    if wanted & 0o111 == 0 || rights.mode() & 0o111 != 0 {
        return Ok(());
    }
    // Whoever may read it may run it.
    rights.set_mode(rights.mode() | (rights.mode() & 0o444) >> 2);
    fs::set_permissions(path, rights)
}

#[cfg(not(unix))]
fn allow(_path: &Path, _text: &str) -> io::Result<()> {
    Ok(())
}
