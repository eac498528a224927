//! The simulator beside Emmett's in-memory store on Node and Python's `eventsourcing` in memory: the same model, the
//! same commands, the same read models, in one run.
//!
//! Peers are fetched into `target/bench` by their own package managers and never become part of the project. Every
//! subject prints one line of JSON a round; the best round counts, and all must agree on what happened.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use wasm_bindgen_cli_support::Bindgen;

use crate::shell::Root;
use crate::tools;

const ITEMS: &str = "2000";
const PEOPLE: &str = "100";
const ROUNDS: &str = "10";

/// What the product promises over each peer, in commands per second.
const TARGETS: [(&str, f64); 2] = [("Emmett", 10.0), ("eventsourcing", 50.0)];

pub fn run(root: &Root) -> Result<bool> {
    let home = root.join("target/bench");
    fs::create_dir_all(&home)?;
    tools::wasm_target(root)?;
    let subjects = [
        Subject::measure("Squall, native", native(root)?)?,
        Subject::measure("Squall, wasm under Node", wasm(root, &home)?)?,
        Subject::measure("Emmett, in memory, Node", emmett(root, &home)?)?,
        Subject::measure("eventsourcing, in memory, Python", eventsourcing(root, &home)?)?,
    ];
    for other in &subjects[1..] {
        if other.outcome != subjects[0].outcome {
            bail!("{} did other work than {}", other.name, subjects[0].name);
        }
    }
    table(&subjects);
    Ok(true)
}

/// The best of a subject's rounds.
struct Subject {
    name: &'static str,
    /// Commands, accepted, rejected, events, rows: the same for all.
    outcome: Vec<u64>,
    commands_per_second: f64,
    projected_per_second: f64,
}

impl Subject {
    fn measure(name: &'static str, mut command: Command) -> Result<Subject> {
        eprintln!("running {name}");
        let output = command.args([ITEMS, PEOPLE, ROUNDS]).output();
        let output = output.with_context(|| format!("{name} does not start"))?;
        if !output.status.success() {
            bail!("{name} failed:\n{}", String::from_utf8_lossy(&output.stderr));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let rounds: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        let first = rounds.first().with_context(|| format!("{name} printed no round"))?;
        let count = |key: &str| first[key].as_u64().unwrap_or(0);
        let best = |key: &str| rounds.iter().filter_map(|round| round[key].as_f64()).fold(f64::MAX, f64::min);
        Ok(Subject {
            name,
            outcome: ["commands", "accepted", "rejected", "events", "rows"].map(count).to_vec(),
            commands_per_second: count("commands") as f64 / best("commandSeconds"),
            projected_per_second: count("events") as f64 / best("projectSeconds"),
        })
    }
}

fn table(subjects: &[Subject]) {
    let (native, wasm) = (&subjects[0], &subjects[1]);
    println!(
        "\nthe best of {ROUNDS} rounds; \"native is\" and \"wasm is\" say how many times as fast Squall is\n"
    );
    println!(
        "{:<34} {:>12} {:>10} {:>8} {:>14} {:>10} {:>8}",
        "subject", "commands/s", "native is", "wasm is", "events read/s", "native is", "wasm is"
    );
    for one in subjects {
        println!(
            "{:<34} {:>12.0} {:>9.1}x {:>7.1}x {:>14.0} {:>9.1}x {:>7.1}x",
            one.name,
            one.commands_per_second,
            native.commands_per_second / one.commands_per_second,
            wasm.commands_per_second / one.commands_per_second,
            one.projected_per_second,
            native.projected_per_second / one.projected_per_second,
            wasm.projected_per_second / one.projected_per_second,
        );
    }
    for (peer, target) in TARGETS {
        let Some(one) = subjects.iter().find(|one| one.name.starts_with(peer)) else { continue };
        let reached = native.commands_per_second / one.commands_per_second;
        let word = if reached >= target { "held" } else { "MISSED" };
        println!("target over {peer}: {target:.0}x commands per second, {word} ({reached:.1}x)");
    }
}

fn native(root: &Root) -> Result<Command> {
    Ok(Command::new(root.build_binary("simulator-bench", "simulator-bench", "release")?))
}

/// The same crate as wasm, built as the page's worker is.
fn wasm(root: &Root, home: &Path) -> Result<Command> {
    let wasm = root.build_wasm("simulator-bench", "wasm", &[])?;
    let generated = home.join("wasm");
    fs::create_dir_all(&generated)?;
    Bindgen::new().input_path(&wasm).out_name("simulator").nodejs(true)?.generate(&generated)?;
    let mut command = Command::new("node");
    command.arg("-e").arg(RUN_WASM).arg(generated.join("simulator.js"));
    Ok(command)
}

const RUN_WASM: &str = "
const [module, ...numbers] = process.argv.slice(1);
const [items, people, rounds] = numbers.map(Number);
const { round } = require(module);
for (let i = 0; i < rounds; i++) console.log(round(items, people, () => performance.now() / 1000));
";

fn emmett(root: &Root, home: &Path) -> Result<Command> {
    let home = home.join("node");
    let peers = root.join("tests/simulator/peers");
    fs::create_dir_all(&home)?;
    // Node looks for packages beside the script.
    fs::copy(peers.join("emmett_in_memory.mjs"), home.join("emmett_in_memory.mjs"))?;
    fetch_once(&home, &peers.join("package.json"), || {
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]);
        vec![npm]
    })?;
    let mut command = Command::new("node");
    command.arg(home.join("emmett_in_memory.mjs"));
    Ok(command)
}

fn eventsourcing(root: &Root, home: &Path) -> Result<Command> {
    let home = home.join("python");
    let peers = root.join("tests/simulator/peers");
    fs::create_dir_all(&home)?;
    fetch_once(&home, &peers.join("requirements.txt"), || {
        let mut venv = Command::new("python3");
        venv.args(["-m", "venv", "venv"]);
        let mut pip = Command::new("venv/bin/pip");
        pip.args(["install", "--quiet", "--requirement", "requirements.txt"]);
        vec![venv, pip]
    })?;
    let mut command = Command::new(home.join("venv/bin/python"));
    command.arg(peers.join("eventsourcing_in_memory.py"));
    Ok(command)
}

/// Runs what fetches packages into `home`, unless that was done for the same list before.
fn fetch_once(home: &Path, list: &Path, commands: impl FnOnce() -> Vec<Command>) -> Result<()> {
    let wanted = fs::read(list).with_context(|| format!("cannot read {}", list.display()))?;
    let stamp: PathBuf = home.join("fetched");
    if fs::read(&stamp).is_ok_and(|fetched| fetched == wanted) {
        return Ok(());
    }
    let name = list.file_name().context("a list of packages has a name")?;
    fs::write(home.join(name), &wanted)?;
    for mut command in commands() {
        let program = home.join(command.get_program());
        // A program of the virtual environment is named relative to it.
        let mut command = if program.exists() {
            let mut there = Command::new(program);
            there.args(command.get_args());
            there
        } else {
            command.env_remove("VIRTUAL_ENV");
            command
        };
        let status = command.current_dir(home).status();
        if !status.with_context(|| format!("{command:?} does not start"))?.success() {
            bail!("{command:?} failed");
        }
    }
    fs::write(&stamp, wanted)?;
    Ok(())
}
