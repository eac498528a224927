//! `squall validate`: findings about Event Markdown, EML or a board.

use crate::follow::follow;
use crate::input::{self, Input, Rules, Stage};
use crate::{json, pretty};
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Exit codes: 0 no errors, 1 errors, 2 not checked (no such file, not UTF-8, no YAML). squall explain CODE tells more
/// about a finding.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// A file that ends in .emd (Event Markdown), .yaml (EML) or .squall (a board), or - for the standard input; what
    /// has another ending is EML if one of its lines starts with EmlVersion:, Solution: or Contexts:
    file: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    profile: Rules,
    #[arg(long, value_enum, default_value_t)]
    level: Stage,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Check again whenever the file changes, until Ctrl+C; with --format json each check is an array on a line of its
    /// own
    #[arg(long)]
    follow: bool,
}

#[derive(Clone, Copy, ValueEnum, Default)]
enum Format {
    /// For people
    #[default]
    Text,
    /// An array of {code, severity, message, line, column, endColumn, context, stream, command, event, readmodel};
    /// lines and columns count from 1, in characters, and endColumn is the first column behind
    Json,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    if arguments.follow {
        return again_and_again(arguments);
    }
    let (text, has_errors) = check(arguments)?;
    input::print(&text)?;
    Ok(ExitCode::from(u8::from(has_errors)))
}

/// The findings as they are shown, and whether there are errors among them.
fn check(arguments: &Arguments) -> Result<(String, bool)> {
    let input = Input::read(&arguments.file)?;
    let report = input.inspect(&arguments.profile.options(arguments.level))?;
    let text = match arguments.format {
        Format::Json => json::text(&input, &report.diagnostics, arguments.follow)?,
        Format::Text => pretty::text(&input, &report.diagnostics, pretty::colours(std::io::stdout())),
    };
    Ok((text, report.has_errors()))
}

fn again_and_again(arguments: &Arguments) -> Result<ExitCode> {
    let header = match arguments.format {
        Format::Text => format!("==== {} ====\n", arguments.file.display()),
        Format::Json => String::new(),
    };
    // What cannot be checked now may be mended with the next change.
    let check = || match check(arguments) {
        Ok((text, _)) => input::print(&format!("{header}{text}")),
        Err(error) => {
            eprintln!("squall: {error:#}");
            Ok(true)
        }
    };
    let trouble = |words: &str| {
        eprintln!("squall: {words}");
        Ok(true)
    };
    follow(&arguments.file, check, trouble)
}
