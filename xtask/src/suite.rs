//! `cargo xtask test`: everything that has to hold, in one run, with nothing skipped.
//!
//! What does not need each other runs beside each other, as neither a compiler nor a network keeps two cores busy: the
//! page is made, all that is native compiled, and what the machine lacks fetched; then the tests of the code, those of
//! the components, and generated services; last the stories, which are alone, as people are. A stage that fails does
//! not stop the ones after it, so that one run shows all there is to mend; what failed is said once more at the end. The
//! last line is `N passed, N failed`, where a stage that is no run of tests counts as one.

mod tally;

use std::process::Command;
use std::sync::{Mutex, MutexGuard, OnceLock};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::front::{self, Flavour};
use crate::shell::{Built, Root, TestProgram};
use crate::{size, tidy, tools};
use tally::{Tally, count};

/// The package of the end-to-end tests.
const E2E: &str = "e2e";

struct Suite<'a> {
    root: &'a Root,
    report: Mutex<Report>,
    built: OnceLock<Built>,
    /// This program's own tests.
    own: OnceLock<Built>,
}

#[derive(Default)]
struct Report {
    tally: Tally,
    lines: Vec<String>,
    /// What failing tests said.
    complaints: Vec<String>,
}

pub fn run(root: &Root) -> Result<bool> {
    // The server's crate embeds this directory: it has to be there before the first check compiles it.
    std::fs::create_dir_all(root.dist())?;
    let started = Instant::now();
    let suite = Suite { root, report: Mutex::default(), built: OnceLock::new(), own: OnceLock::new() };
    suite.stages();
    let report = suite.report.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    println!("\n{:<28} {:>9}  result", "stage", "seconds");
    for line in &report.lines {
        println!("{line}");
    }
    println!("{:<28} {:>9.1}", "all", started.elapsed().as_secs_f64());
    for line in &report.complaints {
        println!("{line}");
    }
    println!("{} passed, {} failed", report.tally.passed, report.tally.failed);
    Ok(report.tally.failed == 0)
}

impl Suite<'_> {
    fn stages(&self) {
        thread::scope(|scope| {
            scope.spawn(|| self.machine());
            scope.spawn(|| self.page());
            self.build();
        });
        let wanting = thread::scope(|scope| {
            scope.spawn(|| self.components());
            scope.spawn(|| self.services());
            self.code()
        });
        self.wanting(&wanting);
        self.specifications();
        self.stories();
        self.check("sizes", || size::check(self.root));
    }

    /// What the machine has to have.
    fn machine(&self) {
        self.check("node packages", || tools::node_packages(self.root).map(|_| true));
        self.check("python packages", || tools::python_packages(self.root).map(|_| true));
        self.check("chromium", || tools::chromium().and(tools::chromedriver()).map(|_| true));
        self.check("firefox", || tools::firefox().map(|_| true));
    }

    fn page(&self) {
        let root = self.root;
        self.check("wasm target", || tools::wasm_target(root).map(|()| true));
        self.check("page", || front::build(root, Flavour::Release).map(|()| true));
        self.check("format", || succeeds(root.cargo().args(["fmt", "--all", "--check"])));
        self.check("tidy", || tidy::check(root));
        self.check("clippy, wasm", || {
            let packages = ["-p", "app", "-p", "elements", "-p", "worker", "-p", "generator"];
            let mut clippy = root.cargo();
            clippy.args(["clippy", "-q", "--target", "wasm32-unknown-unknown"]).args(packages);
            succeeds(clippy.args(["--", "-D", "warnings"]))
        });
        self.check("build of the components", || {
            let build = ["test", "-q", "--no-run", "-p", "elements", "--target", "wasm32-unknown-unknown"];
            succeeds(root.cargo().args(build).args(["--test", "browser"]))
        });
    }

    /// Everything native, compiled once: with clippy in the compiler's place, which says what it finds on the way.
    fn build(&self) {
        self.check("build, clippy", || {
            let build = ["test", "--no-run", "--workspace", "--all-targets", "--exclude", "xtask"];
            Ok(self.built.set(self.root.build_tests(&build)?).is_ok())
        });
        // By itself, as it was compiled by itself: other crates would give its dependencies other features.
        self.check("build, clippy of xtask", || {
            Ok(self.own.set(self.root.build_tests(&["test", "--no-run", "-p", "xtask"])?).is_ok())
        });
        self.check("warnings", || {
            let mut builds = [&self.built, &self.own].into_iter();
            Ok(builds.all(|built| built.get().is_some_and(|built| built.warnings == 0)))
        });
    }

    fn programs(&self) -> impl Iterator<Item = &TestProgram> {
        [&self.built, &self.own].into_iter().filter_map(OnceLock::get).flat_map(|built| &built.tests)
    }

    /// The tests of the code, one program after the other. Returns the programs with tests that want more than code.
    fn code(&self) -> Vec<&TestProgram> {
        let programs = self.programs().filter(|program| program.package != E2E);
        programs.filter(|program| self.tests(&program.name, &mut program.command()) > 0).collect()
    }

    /// The tests that want what the other stages have put in place.
    fn wanting(&self, programs: &[&TestProgram]) {
        for program in programs {
            let mut tests = program.command();
            tests.arg("--ignored").env("TYPESCRIPT", self.root.join("target/npm"));
            self.whole(&format!("{}, the rest", program.name), &mut tests);
        }
    }

    /// Generated services: installed from the public registries, tested by themselves, and asked what the simulator is
    /// asked.
    fn services(&self) {
        let Some(contract) = self.built.get().and_then(|built| built.programs.get("contract")) else {
            return self.left_out("services", "needs the contract suite");
        };
        self.check("services", || succeeds(&mut self.root.command(&contract.to_string_lossy())));
    }

    /// What the tests of `codegen` left in `target/specs`, held against the validators of each ecosystem.
    fn specifications(&self) {
        let validators = self.root.join("crates/codegen/tests/validators");
        let specs = self.root.join("target/specs");
        self.check("specifications, node", || {
            let mut node = self.root.command("node");
            node.arg(validators.join("validate.mjs")).arg(tools::node_packages(self.root)?).arg(&specs);
            succeeds(&mut node)
        });
        self.check("specifications, python", || {
            let python = tools::python_packages(self.root)?;
            let mut python = self.root.command(&python.to_string_lossy());
            succeeds(python.arg(validators.join("validate.py")).arg(&specs))
        });
    }

    /// Real browsers against a real server.
    fn stories(&self) {
        let server = self.built.get().and_then(|built| built.programs.get("squall"));
        let (Some(server), Ok(chromium), Ok(firefox)) = (server, tools::chromium(), tools::firefox()) else {
            return self.left_out("stories", "needs a server and browsers");
        };
        for program in self.programs().filter(|program| program.package == E2E) {
            let mut stories = program.command();
            stories
                .env("SQUALL_BIN", server)
                .env("CHROMIUM", &chromium)
                .env("FIREFOX", &firefox)
                .env("SQUALL_NODE", self.root.join("target/npm"));
            self.whole(&program.name, &mut stories);
        }
    }

    /// What needs a browser but no server.
    fn components(&self) {
        let (Ok(driver), Ok(own)) = (tools::chromedriver(), std::env::current_exe()) else {
            return self.left_out("components", "needs a browser");
        };
        let runner = format!("target.wasm32-unknown-unknown.runner=[{own:?}, \"component\"]");
        let mut tests = self.root.cargo();
        tests
            .args(["test", "-p", "elements", "--target", "wasm32-unknown-unknown", "--test", "browser"])
            .args(["--config", &runner])
            .env("CHROMEDRIVER", driver);
        self.whole("components", &mut tests);
    }

    fn left_out(&self, name: &str, why: &str) {
        self.note(name, 0.0, Tally { failed: 1, ..Tally::default() }, why);
    }

    /// A stage that holds or does not.
    fn check(&self, name: &str, stage: impl FnOnce() -> Result<bool>) {
        println!("\n== {name}");
        let started = Instant::now();
        let (tally, word) = match stage() {
            Ok(true) => (Tally { passed: 1, ..Tally::default() }, "holds".to_string()),
            Ok(false) => (Tally { failed: 1, ..Tally::default() }, "FAILED".to_string()),
            Err(error) => (Tally { failed: 1, ..Tally::default() }, format!("FAILED: {error:#}")),
        };
        self.note(name, started.elapsed().as_secs_f64(), tally, &word);
    }

    /// A run of tests that leaves none out: a test that is not run proves nothing.
    fn whole(&self, name: &str, command: &mut Command) {
        if self.tests(name, command) > 0 {
            self.left_out(name, "left out some of its tests");
        }
    }

    /// A stage that is a run of tests; returns how many were left out.
    fn tests(&self, name: &str, command: &mut Command) -> usize {
        println!("\n== {name}");
        let started = Instant::now();
        let mut complaints = Vec::new();
        let (tally, word) = match count(command, &mut complaints) {
            Ok(tally) if tally.failed == 0 => (tally, format!("{} passed", tally.passed)),
            Ok(tally) => (tally, format!("{} passed, {} FAILED", tally.passed, tally.failed)),
            Err(error) => (Tally { failed: 1, ..Tally::default() }, format!("FAILED: {error:#}")),
        };
        self.note(name, started.elapsed().as_secs_f64(), tally, &word);
        if !complaints.is_empty() {
            let mut report = self.report();
            report.complaints.push(format!("\n== {name}"));
            report.complaints.append(&mut complaints);
        }
        tally.left
    }

    fn report(&self) -> MutexGuard<'_, Report> {
        self.report.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn note(&self, name: &str, seconds: f64, tally: Tally, word: &str) {
        let line = format!("{name:<28} {seconds:>9.1}  {word}");
        println!("-- {line}");
        let mut report = self.report();
        report.tally.passed += tally.passed;
        report.tally.failed += tally.failed;
        report.lines.push(line);
    }
}

fn succeeds(command: &mut Command) -> Result<bool> {
    Ok(command.status().with_context(|| format!("cannot start {:?}", command.get_program()))?.success())
}
