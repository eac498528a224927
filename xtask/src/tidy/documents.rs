//! The map of the code names every crate that is there, and no path that is not.

use std::fs;

use anyhow::{Context, Result};

use super::directions::CRATES;
use crate::shell::Root;

pub fn check(root: &Root) -> Result<Vec<String>> {
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).context("cannot read ARCHITECTURE.md")?;
    let mut findings = Vec::new();
    for (_, path, _) in CRATES {
        if !text.contains(&format!("`{path}`")) {
            findings.push(format!("ARCHITECTURE.md: does not name `{path}`"));
        }
    }
    for path in named_paths(&text) {
        if !root.join(path).exists() {
            findings.push(format!("ARCHITECTURE.md: names `{path}`, which is not there"));
        }
    }
    Ok(findings)
}

/// Paths of the tree among the words in backticks.
fn named_paths(text: &str) -> impl Iterator<Item = &str> {
    let tops = ["crates/", "app/", "server/", "tests/", "xtask/"];
    text.split('`').skip(1).step_by(2).filter(move |word| {
        let whole = !word.contains(char::is_whitespace) && !word.contains(['{', '*', ':']);
        whole && tops.iter().any(|top| word.starts_with(top))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_the_words_in_backticks_that_start_at_a_folder_of_the_tree() {
        let text = "see `crates/emd` and `cargo xtask`, not crates/eml";
        assert_eq!(named_paths(text).collect::<Vec<_>>(), ["crates/emd"]);
    }
}
