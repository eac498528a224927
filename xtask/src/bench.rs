//! The benchmarks: those of every crate that has some, and the simulator beside other event stores.

mod simulator;

use anyhow::{Context, Result};

use crate::shell::Root;

/// Crates whose benches need a browser or that have none to run natively.
const WITHOUT: [&str; 6] = ["app", "e2e", "generator", "simulator-bench", "worker", "xtask"];

pub fn run(root: &Root, filter: &[String]) -> Result<bool> {
    if filter.first().is_some_and(|name| name == "simulator") {
        return simulator::run(root);
    }
    let mut command = root.cargo();
    command.args(["bench", "--workspace", "--bench", "*"]);
    for name in WITHOUT {
        command.args(["--exclude", name]);
    }
    Ok(command.arg("--").args(filter).status().context("cannot start cargo")?.success())
}
