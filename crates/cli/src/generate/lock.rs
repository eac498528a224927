//! One generation at a time goes into a folder.
//!
//! Invariants: the lock is the system's, on the file `.squall/lock`, so that it ends with whoever holds it, killed or
//! not; nothing of it stays behind, but what a kill leaves, which hinders nobody.

use super::folder::Folder;
use anyhow::{Context, Result, bail};
use codegen::manifest;
use codegen::plan::Found;
use std::fs::{self, File, Metadata, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

const LOCK: &str = ".squall/lock";

pub struct Lock {
    /// Unlocked when it is closed.
    _file: File,
    path: PathBuf,
    /// Folders that are there for the lock alone so far, the innermost first.
    folders: Vec<PathBuf>,
}

impl Lock {
    pub fn take(folder: &Folder, root: &Path) -> Result<Lock> {
        if let Found::Other(what) = folder.find(LOCK) {
            bail!("{} cannot be locked: there is {what}", root.join(LOCK).display());
        }
        let path = root.join(LOCK);
        let folders = [root.join(manifest::FOLDER), root.to_owned()];
        let folders = folders.into_iter().filter(|folder| !folder.exists()).collect();
        loop {
            let file = open(&path).with_context(|| format!("cannot write into {}", root.display()))?;
            match file.try_lock() {
                Ok(()) if !is_there(&file, &path) => {}
                Err(TryLockError::WouldBlock) => {
                    bail!("another squall is generating into {}: try again when it is done", root.display())
                }
                Err(TryLockError::Error(error)) if error.kind() != ErrorKind::Unsupported => {
                    return Err(error).with_context(|| format!("cannot lock {}", path.display()));
                }
                // Where the system of files knows no locks, there is none.
                Ok(()) | Err(TryLockError::Error(_)) => return Ok(Lock { _file: file, path, folders }),
            }
        }
    }
}

impl Drop for Lock {
    /// The file goes before the lock does. What cannot be deleted is in nobody's way.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        for folder in &self.folders {
            let _ = fs::remove_dir(folder);
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    File::options().write(true).create(true).truncate(false).open(path)
}

/// Whether what was locked still is what others will lock: who had it before may have deleted it since it was opened.
fn is_there(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(locked), Ok(there)) => is_same(&locked, &there),
        _ => false,
    }
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same(_one: &Metadata, _other: &Metadata) -> bool {
    true
}
