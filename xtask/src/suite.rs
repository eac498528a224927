//! `cargo xtask test`: everything that has to hold, in one run, with nothing skipped.
//!
//! A stage that fails does not stop the ones after it, so that one run shows all there is to mend. The last line is
//! `N passed, N failed`, where a stage that is no run of tests counts as one.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::front::{self, Flavour};
use crate::shell::Root;
use crate::{size, tidy, tools};

#[derive(Default, Clone, Copy, PartialEq, Eq, Debug)]
struct Tally {
    passed: usize,
    failed: usize,
}

struct Suite<'a> {
    root: &'a Root,
    tally: Tally,
    lines: Vec<String>,
}

pub fn run(root: &Root) -> Result<bool> {
    // The server's crate embeds this directory: it has to be there before the first check compiles it.
    std::fs::create_dir_all(root.dist())?;
    let started = Instant::now();
    let mut suite = Suite { root, tally: Tally::default(), lines: Vec::new() };
    suite.stages();
    println!("\n{:<28} {:>9}  result", "stage", "seconds");
    for line in &suite.lines {
        println!("{line}");
    }
    println!("{:<28} {:>9.1}", "all", started.elapsed().as_secs_f64());
    println!("{} passed, {} failed", suite.tally.passed, suite.tally.failed);
    Ok(suite.tally.failed == 0)
}

impl Suite<'_> {
    fn stages(&mut self) {
        let root = self.root;
        self.check("wasm target", || tools::wasm_target(root).map(|()| true));
        self.check("node packages", || tools::node_packages(root).map(|_| true));
        self.check("chromium", || tools::chromium().and(tools::chromedriver()).map(|_| true));
        self.check("firefox", || tools::firefox().map(|_| true));
        self.check("format", || succeeds(root.cargo().args(["fmt", "--all", "--check"])));
        self.check("clippy", || {
            succeeds(root.cargo().args([
                "clippy",
                "-q",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ]))
        });
        self.check("clippy, wasm", || {
            let packages = [
                "-p",
                "app",
                "-p",
                "elements",
                "-p",
                "worker",
                "-p",
                "generator",
                "--target",
                "wasm32-unknown-unknown",
            ];
            succeeds(root.cargo().args(["clippy", "-q"]).args(packages).args(["--", "-D", "warnings"]))
        });
        self.check("page", || front::build(root, Flavour::Release).map(|()| true));
        let mut binaries = HashMap::new();
        self.check("build of the tests", || {
            binaries = root.build_tests()?;
            Ok(true)
        });
        self.everything(&binaries);
        self.components(&binaries);
        self.check("tidy", || tidy::check(root));
        self.check("sizes", || size::check(root));
    }

    /// All tests that run natively, those in real browsers against a real server among them.
    fn everything(&mut self, binaries: &HashMap<String, PathBuf>) {
        let (Some(server), Ok(chromium), Ok(firefox)) =
            (binaries.get("squall"), tools::chromium(), tools::firefox())
        else {
            return self.left_out("tests", "needs a server and browsers");
        };
        let mut tests = self.root.cargo();
        tests
            .args(["test", "--workspace", "--no-fail-fast"])
            .env("SQUALL_BIN", server)
            .env("CHROMIUM", chromium)
            .env("FIREFOX", firefox)
            .env("SQUALL_NODE", self.root.join("target/npm"));
        self.tests("tests", &mut tests);
    }

    /// What needs a browser but no server.
    fn components(&mut self, binaries: &HashMap<String, PathBuf>) {
        let (Some(runner), Ok(driver)) = (binaries.get("wasm-runner"), tools::chromedriver()) else {
            return self.left_out("components", "needs a runner and a browser");
        };
        let mut tests = self.root.cargo();
        tests
            .args(["test", "-p", "elements", "--target", "wasm32-unknown-unknown", "--test", "browser"])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
            .env("CHROMEDRIVER", driver);
        self.tests("components", &mut tests);
    }

    fn left_out(&mut self, name: &str, why: &str) {
        self.note(name, 0.0, Tally { passed: 0, failed: 1 }, why);
    }

    /// A stage that holds or does not.
    fn check(&mut self, name: &str, stage: impl FnOnce() -> Result<bool>) {
        println!("\n== {name}");
        let started = Instant::now();
        let (tally, word) = match stage() {
            Ok(true) => (Tally { passed: 1, failed: 0 }, "holds".to_string()),
            Ok(false) => (Tally { passed: 0, failed: 1 }, "FAILED".to_string()),
            Err(error) => {
                println!("{name}: {error:#}");
                (Tally { passed: 0, failed: 1 }, format!("FAILED: {error:#}"))
            }
        };
        self.note(name, started.elapsed().as_secs_f64(), tally, &word);
    }

    /// A stage that is a run of tests.
    fn tests(&mut self, name: &str, command: &mut Command) {
        println!("\n== {name}");
        let started = Instant::now();
        let (tally, word) = match count(command) {
            Ok(tally) if tally.failed == 0 => (tally, format!("{} passed", tally.passed)),
            Ok(tally) => (tally, format!("{} passed, {} FAILED", tally.passed, tally.failed)),
            Err(error) => (Tally { passed: 0, failed: 1 }, format!("FAILED: {error:#}")),
        };
        self.note(name, started.elapsed().as_secs_f64(), tally, &word);
    }

    fn note(&mut self, name: &str, seconds: f64, tally: Tally, word: &str) {
        self.tally.passed += tally.passed;
        self.tally.failed += tally.failed;
        self.lines.push(format!("{name:<28} {seconds:>9.1}  {word}"));
    }
}

fn succeeds(command: &mut Command) -> Result<bool> {
    Ok(command.status().with_context(|| format!("cannot start {:?}", command.get_program()))?.success())
}

/// Runs `cargo test`, shows what it prints and adds up its results.
fn count(command: &mut Command) -> Result<Tally> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
    let stdout = child.stdout.take().context("cargo has no output")?;
    let mut tally = Tally::default();
    let mut ignored = 0;
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        if let Some((one, skipped)) = result_line(&line) {
            tally.passed += one.passed;
            tally.failed += one.failed;
            ignored += skipped;
        }
    }
    let status = child.wait()?;
    if tally == Tally::default() && status.success() {
        bail!("no test ran");
    }
    // A crate that does not compile, or a test that ends the process, prints no result of its own.
    if !status.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    // A test that is not run proves nothing.
    tally.failed += ignored;
    Ok(tally)
}

/// `test result: ok. 5 passed; 0 failed; 1 ignored; ...`: what passed, failed, and was left out.
fn result_line(line: &str) -> Option<(Tally, usize)> {
    let rest = line.strip_prefix("test result: ")?;
    let number = |word: &str| {
        let before = rest.split(word).next()?;
        before.split_whitespace().next_back()?.parse::<usize>().ok()
    };
    Some((Tally { passed: number(" passed")?, failed: number(" failed")? }, number(" ignored")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_read_from_what_cargo_prints() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(result_line(line), Some((Tally { passed: 12, failed: 3 }, 1)));
        assert_eq!(result_line("test a ... ok"), None);
    }
}
