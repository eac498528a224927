//! The files of a target, by their paths.

use std::collections::BTreeMap;

/// Paths are relative, with `/` between their parts. A tree is ordered by them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tree {
    files: BTreeMap<String, File>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    pub text: String,
    pub care: Care,
}

/// Whose a file is, once it is on a disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Care {
    /// The generator's: written again each time.
    Owned,
    /// The developer's: written where there is none, and never touched again.
    Once,
    /// Both have a say in it, key by key: `package.json`, `pyproject.toml`, `compose.yaml`.
    Merged,
}

impl Care {
    const ALL: [Care; 3] = [Care::Owned, Care::Once, Care::Merged];

    /// As manifests name it.
    pub fn id(self) -> &'static str {
        match self {
            Care::Owned => "owned",
            Care::Once => "once",
            Care::Merged => "merged",
        }
    }

    pub fn of_id(id: &str) -> Option<Care> {
        Care::ALL.into_iter().find(|care| care.id() == id)
    }
}

impl Tree {
    /// The last one of a path counts.
    pub fn put(&mut self, path: impl Into<String>, care: Care, text: impl Into<String>) {
        self.files.insert(path.into(), File { text: text.into(), care });
    }

    /// Takes in another tree, below a folder (`""` for none).
    pub fn graft(&mut self, folder: &str, other: Tree) {
        for (path, file) in other.files {
            let path = if folder.is_empty() { path } else { format!("{folder}/{path}") };
            self.files.insert(path, file);
        }
    }

    pub fn get(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &File)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
