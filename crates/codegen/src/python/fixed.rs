//! What is the same in every service but for its name: written once, in the golden project.

use super::imports::Imports;
use crate::{Care, Tree};

macro_rules! golden {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../golden/python/", $path)))),*]
    };
}

macro_rules! golden_package {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../golden/python/todo_list/", $path)))),*]
    };
}

/// What the golden service calls its package.
const PACKAGE: &str = "todo_list";
/// In the package, whose own modules are named relatively.
const CORE: [(&str, &str); 23] = golden_package![
    "core/__init__.py",
    "core/aggregates.py",
    "core/app.py",
    "core/http.py",
    "core/mapping.py",
    "core/messages.py",
    "core/policies.py",
    "core/privacy.py",
    "core/queries.py",
    "core/readmodels.py",
    "core/rules.py",
    "core/service.py",
    "core/settings.py",
    "core/stores/__init__.py",
    "core/stores/kurrentdb.py",
    "core/stores/memory.py",
    "core/stores/postgres.py",
    "core/stores/schema.py",
    "core/stores/sqlite.py",
    "core/strict_json.py",
    "core/testing.py",
    "core/values.py",
    "py.typed",
];
/// Outside, where the package is imported by its name.
const TESTS: [(&str, &str); 2] = golden!["tests/test_api.py", "tests/test_stores.py"];
const ONCE: [(&str, &str); 3] = golden![".dockerignore", ".gitignore", "constraints.txt"];
const MERGED: [(&str, &str); 1] = golden!["compose.yaml"];
/// Of the folder with what the model says; each context has one.
pub const GENERATED: &str = include_str!("../../golden/python/todo_list/generated/__init__.py");

pub fn write(package: &str, tree: &mut Tree) {
    for (path, text) in CORE {
        tree.put(format!("{package}/{path}"), Care::Owned, text);
    }
    for (path, text) in TESTS {
        tree.put(path, Care::Owned, importing(package, text));
    }
    for (care, files) in [(Care::Once, &ONCE[..]), (Care::Merged, &MERGED[..])] {
        for (path, text) in files {
            tree.put(*path, care, *text);
        }
    }
}

/// The module with its imports from the package of that name, which may take more lines.
fn importing(package: &str, text: &str) -> String {
    let mut imports = Imports::default();
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((module, members)) = own_import(line) else {
            out.push_str(line);
            out.push('\n');
            continue;
        };
        for member in members.split(", ") {
            imports.add(&format!("{package}{module}"), member, member);
        }
        if lines.peek().is_none_or(|next| own_import(next).is_none()) {
            for line in imports.lines() {
                out.push_str(&line);
                out.push('\n');
            }
        }
    }
    out
}

/// `from todo_list.core.values import TEXT, short` is `.core.values` and `TEXT, short`.
fn own_import(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("from ")?.strip_prefix(PACKAGE)?.split_once(" import ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_name_the_package_and_are_broken_where_it_is_long() {
        let text = "import os\n\nfrom todo_list.core.rules import Failure, Refused\nfrom todo_list.domain import Todo\n\nx = 1\n";
        assert_eq!(
            importing("shop", text),
            "import os\n\nfrom shop.core.rules import Failure, Refused\nfrom shop.domain import Todo\n\nx = 1\n"
        );
        let long = "s".repeat(100);
        assert!(importing(&long, text).contains("import (\n    Failure,\n    Refused,\n)\n"));
    }

    #[test]
    fn nothing_else_names_the_golden_package() {
        let mut tree = Tree::default();
        write("shop", &mut tree);
        assert!(tree.iter().all(|(path, file)| !path.contains(PACKAGE) && !file.text.contains(PACKAGE)));
    }
}
