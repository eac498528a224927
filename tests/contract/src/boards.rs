//! The boards whose services are tested: those that the page offers, and those of the stories.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// `todolist`, with its text.
#[derive(Clone, Debug)]
pub struct Board {
    pub name: String,
    pub text: String,
    /// Requests with answers written down, for boards made for them.
    pub stories: Option<String>,
}

pub fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own).to_path_buf()
}

/// By name.
pub fn samples() -> Result<Vec<Board>> {
    of(&root().join("app/assets"))
}

/// By name.
pub fn told() -> Result<Vec<Board>> {
    of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("stories"))
}

fn of(folder: &Path) -> Result<Vec<Board>> {
    let mut boards = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_none_or(|end| end != "emd") {
            continue;
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path)?;
        boards.push(Board { name, text, stories: fs::read_to_string(path.with_extension("http")).ok() });
    }
    boards.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(boards)
}
