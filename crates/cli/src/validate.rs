//! `squall validate`: findings about Event Markdown or EML.

use crate::input::{self, Input, Rules};
use crate::{json, pretty};
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Exit codes: 0 no errors, 1 errors, 2 not checked (no such file, not UTF-8, no YAML).
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// A file that ends in .emd (Event Markdown) or .yaml (EML), or - for the standard input; what has another ending
    /// is EML if one of its lines starts with EmlVersion:, Solution: or Contexts:
    file: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    profile: Rules,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
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
    let input = Input::read(&arguments.file)?;
    let report = input.inspect(arguments.profile)?;
    match arguments.format {
        Format::Json => input::print(&json::text(&input, &report.diagnostics)?)?,
        Format::Text => {
            let colours = pretty::colours(std::io::stdout());
            input::print(&pretty::text(&input, &report.diagnostics, colours))?;
        }
    }
    Ok(ExitCode::from(u8::from(report.has_errors())))
}
