//! The benchmarks of every crate that has some.

use anyhow::{Context, Result};

use crate::shell::Root;

/// Crates whose benches need a browser or that have none to run natively.
const WITHOUT: [&str; 3] = ["app", "e2e", "xtask"];

pub fn run(root: &Root, filter: &[String]) -> Result<bool> {
    let mut command = root.cargo();
    command.args(["bench", "--workspace", "--bench", "*"]);
    for name in WITHOUT {
        command.args(["--exclude", name]);
    }
    Ok(command.arg("--").args(filter).status().context("cannot start cargo")?.success())
}
