//! The laws of the tree that the compiler does not check: who may know whom, how long a file may grow, what must not
//! be left behind. One module a law; each returns its findings as lines with a place and a reason.

mod directions;
mod documents;
mod source;

use anyhow::Result;

use crate::shell::Root;

pub fn check(root: &Root) -> Result<bool> {
    let findings = findings(root)?;
    for finding in &findings {
        println!("{finding}");
    }
    println!(
        "tidy: {}",
        if findings.is_empty() { "nothing to mend".into() } else { format!("{} to mend", findings.len()) }
    );
    Ok(findings.is_empty())
}

fn findings(root: &Root) -> Result<Vec<String>> {
    let mut findings = directions::check(root)?;
    findings.extend(source::check(root)?);
    findings.extend(documents::check(root)?);
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        let found = findings(&Root::find().unwrap()).unwrap();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
