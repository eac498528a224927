//! The project's own commands: `cargo xtask <command>`.
//!
//! What lives here: the build of the front end, the one test command, and the checks of the tree itself. Nothing
//! here is part of the product; everything a fresh machine needs beyond rustup, a C compiler and Node is put in place
//! by the command that needs it.

mod assets;
mod bench;
mod fingerprint;
mod front;
mod parts;
mod shell;
mod size;
mod suite;
mod tidy;
mod tools;
mod unused;
mod worker;

use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::front::Flavour;
use crate::shell::Root;

const HELP: &str = "\
cargo xtask <command>

  serve [ARGS]     build the page, start the server (ARGS go to `squall serve`)
  test             everything that has to hold: format, clippy, tests, browsers, tidy, sizes
  build [--dev]    the page into target/dist; --dev compiles faster and compresses less
  dist             the page and one release binary with the page inside
  size             what a first visit loads, against its budget
  tidy             directions between crates, sizes of files and functions, leftovers
  bench [FILTER]   the benchmarks
  services [ARGS]  generated services against the simulator, see `cargo xtask services --help`
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `Ok(false)` is a finding that was already printed; an error is a command that could not run.
fn run(args: &[String]) -> Result<bool> {
    let root = Root::find()?;
    let (command, rest) =
        args.split_first().map_or(("help", args), |(command, rest)| (command.as_str(), rest));
    match command {
        "build" => {
            let flavour = if rest.iter().any(|arg| arg == "--dev") { Flavour::Dev } else { Flavour::Release };
            front::build(&root, flavour)?;
            Ok(true)
        }
        "serve" => {
            front::build(&root, Flavour::Release)?;
            let status = root
                .cargo()
                .args(["run", "--release", "-p", "cli", "--bin", "squall", "--", "serve"])
                .args(rest)
                .status()
                .context("cannot start cargo")?;
            Ok(status.success())
        }
        "test" => suite::run(&root),
        "dist" => dist(&root),
        "size" => size::check(&root),
        "tidy" => tidy::check(&root),
        "bench" => bench::run(&root, rest),
        "services" => {
            let mut command = root.cargo();
            command.args(["run", "--quiet", "-p", "contract", "--"]).args(rest);
            Ok(command.status().context("cannot start cargo")?.success())
        }
        // What `cargo test` calls for wasm: the component tests run in a browser.
        "component" => {
            let args = std::iter::once(command).chain(rest.iter().map(String::as_str));
            wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(args).map(|()| true)
        }
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(true)
        }
        other => anyhow::bail!("there is no command `{other}`\n\n{HELP}"),
    }
}

fn dist(root: &Root) -> Result<bool> {
    front::build(root, Flavour::Release)?;
    let binary = root.build_binary("cli", "squall", "release")?;
    let bytes = std::fs::metadata(&binary)?.len();
    println!("{} ({:.1} MB)", binary.display(), bytes as f64 / 1e6);
    Ok(true)
}
