//! `cargo xtask services`: generates services, installs and tests them, runs them on their stores, and asks them what the
//! simulator is asked.

mod runner;

use anyhow::Result;
use runner::options::{HELP, Options};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.iter().any(|arg| arg == "--help" || arg == "-h") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match run(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("services: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<bool> {
    let options = Options::read(args)?;
    let report = runner::all(&options)?;
    report.print();
    Ok(report.holds())
}
