//! `cargo xtask test`: everything that has to hold, in one run, with nothing skipped.
//!
//! What does not need each other runs beside each other, as the compiler seldom keeps two cores busy by itself: one
//! lane fetches what the machine lacks, one makes the page, one compiles and runs what is native. The stories begin
//! when all three are through. A stage that fails does not stop the ones after it, so that one run shows all there is
//! to mend. The last line is `N passed, N failed`, where a stage that is no run of tests counts as one.

mod tally;

use std::process::Command;
use std::sync::{Mutex, OnceLock};
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
}

#[derive(Default)]
struct Report {
    tally: Tally,
    lines: Vec<String>,
}

pub fn run(root: &Root) -> Result<bool> {
    // The server's crate embeds this directory: it has to be there before the first check compiles it.
    std::fs::create_dir_all(root.dist())?;
    let started = Instant::now();
    let suite = Suite { root, report: Mutex::default(), built: OnceLock::new() };
    suite.stages();
    let report = suite.report.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    println!("\n{:<28} {:>9}  result", "stage", "seconds");
    for line in &report.lines {
        println!("{line}");
    }
    println!("{:<28} {:>9.1}", "all", started.elapsed().as_secs_f64());
    println!("{} passed, {} failed", report.tally.passed, report.tally.failed);
    Ok(report.tally.failed == 0)
}

impl Suite<'_> {
    fn stages(&self) {
        thread::scope(|scope| {
            let machine = scope.spawn(|| self.machine());
            scope.spawn(move || {
                self.page();
                // The browser that the components need is put in place by the other lane.
                let _ = machine.join();
                self.components();
            });
            self.native();
        });
        self.stories();
        self.check("sizes", || size::check(self.root));
    }

    /// What the machine has to have.
    fn machine(&self) {
        self.check("node packages", || tools::node_packages(self.root).map(|_| true));
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
    fn native(&self) {
        let mut warnings = Vec::new();
        self.check("build, clippy", || {
            let build = ["test", "--no-run", "--workspace", "--all-targets", "--exclude", "xtask"];
            let built = self.root.build_tests(&build)?;
            warnings.push(built.warnings);
            Ok(self.built.set(built).is_ok())
        });
        let mut own = None;
        self.check("build, clippy of xtask", || {
            let built = self.root.build_tests(&["test", "--no-run", "-p", "xtask"])?;
            warnings.push(built.warnings);
            own = Some(built);
            Ok(true)
        });
        self.check("warnings", || Ok(warnings.iter().all(|found| *found == 0)));
        let tests = self.built.get().map_or(&[][..], |built| &built.tests);
        for program in tests.iter().filter(|program| !program.is_story()) {
            self.program(program);
        }
        for program in own.iter().flat_map(|built| &built.tests) {
            self.program(program);
        }
    }

    /// The tests of one binary, as cargo would run them.
    fn program(&self, program: &TestProgram) {
        self.tests(&program.name, &mut program.command());
    }

    /// Real browsers against a real server.
    fn stories(&self) {
        let server = self.built.get().and_then(|built| built.programs.get("squall"));
        let (Some(server), Ok(chromium), Ok(firefox)) = (server, tools::chromium(), tools::firefox()) else {
            return self.left_out("stories", "needs a server and browsers");
        };
        let tests = self.built.get().map_or(&[][..], |built| &built.tests);
        for program in tests.iter().filter(|program| program.is_story()) {
            let mut stories = program.command();
            stories
                .env("SQUALL_BIN", server)
                .env("CHROMIUM", &chromium)
                .env("FIREFOX", &firefox)
                .env("SQUALL_NODE", self.root.join("target/npm"));
            self.tests(&program.name, &mut stories);
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
        self.tests("components", &mut tests);
    }

    fn left_out(&self, name: &str, why: &str) {
        self.note(name, 0.0, Tally { passed: 0, failed: 1 }, why);
    }

    /// A stage that holds or does not.
    fn check(&self, name: &str, stage: impl FnOnce() -> Result<bool>) {
        println!("\n== {name}");
        let started = Instant::now();
        let (tally, word) = match stage() {
            Ok(true) => (Tally { passed: 1, failed: 0 }, "holds".to_string()),
            Ok(false) => (Tally { passed: 0, failed: 1 }, "FAILED".to_string()),
            Err(error) => (Tally { passed: 0, failed: 1 }, format!("FAILED: {error:#}")),
        };
        self.note(name, started.elapsed().as_secs_f64(), tally, &word);
    }

    /// A stage that is a run of tests.
    fn tests(&self, name: &str, command: &mut Command) {
        println!("\n== {name}");
        let started = Instant::now();
        let (tally, word) = match count(command) {
            Ok(tally) if tally.failed == 0 => (tally, format!("{} passed", tally.passed)),
            Ok(tally) => (tally, format!("{} passed, {} FAILED", tally.passed, tally.failed)),
            Err(error) => (Tally { passed: 0, failed: 1 }, format!("FAILED: {error:#}")),
        };
        self.note(name, started.elapsed().as_secs_f64(), tally, &word);
    }

    fn note(&self, name: &str, seconds: f64, tally: Tally, word: &str) {
        let line = format!("{name:<28} {seconds:>9.1}  {word}");
        println!("-- {line}");
        let mut report = self.report.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        report.tally.passed += tally.passed;
        report.tally.failed += tally.failed;
        report.lines.push(line);
    }
}

impl TestProgram {
    fn is_story(&self) -> bool {
        self.package == E2E
    }
}

fn succeeds(command: &mut Command) -> Result<bool> {
    Ok(command.status().with_context(|| format!("cannot start {:?}", command.get_program()))?.success())
}
