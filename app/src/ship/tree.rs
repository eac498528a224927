//! Files in their folders, as the rows of a tree.
//!
//! Invariants: folders before files, each by name; a row stands below the folder that holds it; what holds of a file
//! holds of all folders around it.

use super::last::Mark;
use std::collections::{BTreeMap, BTreeSet};

/// So many rows are there to begin with: folders are opened from the outside as long as they fit, first those that lead
/// to what people write themselves.
const ROWS: usize = 24;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Node {
    /// From the root; a folder's ends in `/`.
    pub path: String,
    /// 1 at the root.
    pub level: usize,
    /// Which of how many beside it, from 1.
    pub place: (usize, usize),
    pub mark: Option<Mark>,
    /// Written once, and from then on somebody's own.
    pub own: bool,
}

impl Node {
    pub fn is_folder(&self) -> bool {
        self.path.ends_with('/')
    }

    pub fn name(&self) -> &str {
        let path = self.path.trim_end_matches('/');
        path.rsplit('/').next().unwrap_or(path)
    }

    /// The folder that holds it; empty at the root.
    pub fn folder(&self) -> &str {
        let path = self.path.trim_end_matches('/');
        path.rfind('/').map_or("", |end| &path[..=end])
    }
}

/// All folders and what is in them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Tree {
    folders: BTreeMap<String, Vec<Node>>,
}

impl Tree {
    /// Paths, which of them are somebody's own, and what became of which. A folder is marked as changed where something
    /// in it is marked.
    pub fn new<'a>(
        paths: impl Iterator<Item = &'a str>,
        own: &BTreeSet<&'a str>,
        marks: &'a BTreeMap<String, Mark>,
    ) -> Tree {
        let all: BTreeSet<&str> = paths.chain(marks.keys().map(String::as_str)).collect();
        let mut held: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for path in all {
            let mut path = path;
            loop {
                let above = path.trim_end_matches('/').rfind('/').map_or("", |end| &path[..=end]);
                let fresh = held.entry(above).or_default().insert(path);
                if above.is_empty() || !fresh {
                    break;
                }
                path = above;
            }
        }
        let mark_of = |path: &str| match path.ends_with('/') {
            false => marks.get(path).copied(),
            true => marks.keys().any(|marked| marked.starts_with(path)).then_some(Mark::Changed),
        };
        let is_own = |path: &str| match path.ends_with('/') {
            false => own.contains(path),
            true => own.range(path..).next().is_some_and(|first| first.starts_with(path)),
        };
        let folders = held.into_iter().map(|(folder, inside)| {
            let (folders, files): (Vec<&str>, Vec<&str>) =
                inside.into_iter().partition(|path| path.ends_with('/'));
            let level = folder.matches('/').count() + 1;
            let count = folders.len() + files.len();
            let rows = folders.into_iter().chain(files).zip(1..).map(|(path, place)| Node {
                path: path.to_owned(),
                level,
                place: (place, count),
                mark: mark_of(path),
                own: is_own(path),
            });
            (folder.to_owned(), rows.collect())
        });
        Tree { folders: folders.collect() }
    }

    /// All of them.
    pub fn folders(&self) -> impl Iterator<Item = &String> {
        self.folders.keys().filter(|folder| !folder.is_empty())
    }

    /// What is on screen when these folders are open.
    pub fn rows(&self, open: &BTreeSet<String>) -> Vec<Node> {
        let mut rows = Vec::new();
        self.put("", open, &mut rows);
        rows
    }

    fn put(&self, folder: &str, open: &BTreeSet<String>, rows: &mut Vec<Node>) {
        for node in self.folders.get(folder).into_iter().flatten() {
            rows.push(node.clone());
            if open.contains(&node.path) {
                self.put(&node.path, open, rows);
            }
        }
    }

    /// The folders that are open to begin with.
    pub fn first_look(&self) -> BTreeSet<String> {
        let mut open = BTreeSet::new();
        let mut rows = self.folders.get("").map_or(0, Vec::len);
        let mut wave: Vec<&Node> = self.folders.get("").into_iter().flatten().collect();
        while !wave.is_empty() {
            let mut next = Vec::new();
            let folders = wave.into_iter().filter(|node| node.is_folder() && !node.path.starts_with('.'));
            let mut folders: Vec<&Node> = folders.collect();
            folders.sort_by_key(|node| !node.own);
            for folder in folders {
                let inside = self.folders.get(&folder.path).map_or(&[][..], Vec::as_slice);
                if rows + inside.len() <= ROWS {
                    rows += inside.len();
                    open.insert(folder.path.clone());
                    next.extend(inside);
                }
            }
            wave = next;
        }
        open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(paths: &[&str]) -> Tree {
        Tree::new(paths.iter().copied(), &BTreeSet::new(), &BTreeMap::new())
    }

    fn shown(tree: &Tree, open: &[&str]) -> Vec<String> {
        let open = open.iter().map(|path| (*path).to_owned()).collect();
        tree.rows(&open)
            .iter()
            .map(|node| format!("{}{}", "  ".repeat(node.level - 1), node.name()))
            .collect()
    }

    #[test]
    fn folders_come_first_and_hold_what_is_in_them() {
        let tree = tree(&["README.md", "src/b.ts", "src/a/x.ts", "a.json"]);
        assert_eq!(shown(&tree, &[]), ["src", "README.md", "a.json"]);
        assert_eq!(
            shown(&tree, &["src/", "src/a/"]),
            ["src", "  a", "    x.ts", "  b.ts", "README.md", "a.json"]
        );
        let rows = tree.rows(&["src/".to_owned()].into());
        assert_eq!((rows[1].place, rows[2].place, rows[1].folder()), ((1, 2), (2, 2), "src/"));
    }

    #[test]
    fn what_is_gone_stands_where_it_was_and_its_folder_shows_it() {
        let marks = [("src/old.ts".to_owned(), Mark::Removed)].into();
        let tree = Tree::new(["README.md"].into_iter(), &BTreeSet::new(), &marks);
        let rows = tree.rows(&["src/".to_owned()].into());
        let marks: Vec<_> = rows.iter().map(|node| (node.path.as_str(), node.mark)).collect();
        let wanted =
            [("src/", Some(Mark::Changed)), ("src/old.ts", Some(Mark::Removed)), ("README.md", None)];
        assert_eq!(marks, wanted);
    }

    #[test]
    fn small_folders_are_open_to_begin_with_and_large_ones_are_not() {
        let many: Vec<String> = (0..ROWS).map(|at| format!("specs/{at}.json")).collect();
        let paths: Vec<&str> = many.iter().map(String::as_str).chain(["src/a/x.ts", "README.md"]).collect();
        assert_eq!(tree(&paths).first_look(), ["src/".to_owned(), "src/a/".to_owned()].into());
    }
    #[test]
    fn what_people_write_themselves_is_open_before_all_else() {
        let model: Vec<String> = (0..ROWS - 3).map(|at| format!("model/{at}.json")).collect();
        let paths = || model.iter().map(String::as_str).chain(["src/domain/x.ts", "src/y.ts"]);
        let (none, nothing) = (BTreeSet::new(), BTreeMap::new());
        assert_eq!(Tree::new(paths(), &none, &nothing).first_look(), ["model/".to_owned()].into());
        let tree = Tree::new(paths(), &["src/domain/x.ts"].into(), &nothing);
        assert_eq!(tree.first_look(), ["src/".to_owned(), "src/domain/".to_owned()].into());
        let rows = tree.rows(&tree.first_look());
        let own: Vec<&str> = rows.iter().filter(|node| node.own).map(Node::name).collect();
        assert_eq!(own, ["src", "domain", "x.ts"]);
    }
}
