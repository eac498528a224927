//! `squall`: the one binary.
//!
//! Exit codes: 0 done, 1 the model has errors or a scenario does not hold, 2 the command could not be carried out.
//! Not here: what a command does; each has a module of its own.

use clap::{Parser, Subcommand};
use std::process::ExitCode;

mod convert;
mod diff;
mod explain;
#[cfg(feature = "remote")]
mod export;
mod follow;
mod generate;
#[cfg(feature = "remote")]
mod import;
mod input;
mod json;
mod pretty;
#[cfg(feature = "remote")]
mod remote;
#[cfg(feature = "serve")]
mod serve;
mod simulate;
mod validate;

/// Write, check, run, ship: event storming as a wall and a text.
#[derive(Parser)]
#[command(name = "squall", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Turn Event Markdown into EML, with its errors in the section `Errors`
    Convert(convert::Arguments),
    /// Check Event Markdown, EML or a board, once or whenever it changes
    Validate(validate::Arguments),
    /// Explain a finding: what it is about, why it matters, how to mend it
    Explain(explain::Arguments),
    /// Play the scenarios of a model: given, when, then
    Simulate(simulate::Arguments),
    /// Generate specifications or a whole service, again and again: what people wrote in it stays
    Generate(generate::Arguments),
    /// Tell what has changed between two boards, texts or models
    Diff(diff::Arguments),
    /// Fetch a board from a server: its text, model, picture, diagram, or all of it
    #[cfg(feature = "remote")]
    Export(export::Arguments),
    /// Make a board on a server from a file
    #[cfg(feature = "remote")]
    Import(import::Arguments),
    /// Serve boards to browsers
    #[cfg(feature = "serve")]
    Serve(serve::Arguments),
}

fn main() -> ExitCode {
    let outcome: anyhow::Result<ExitCode> = match Arguments::parse().command {
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Validate(arguments) => validate::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        #[cfg(feature = "remote")]
        Command::Export(arguments) => export::run(&arguments),
        #[cfg(feature = "remote")]
        Command::Import(arguments) => import::run(&arguments),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(arguments),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("squall: {error:#}");
        ExitCode::from(2)
    })
}
