//! `squall convert`: Event Markdown to EML.

use crate::input::{self, Input, Rules, Stage};
use crate::pretty;
use anyhow::{Context, Result, bail};
use clap::Args;
use diag::Severity;
use std::path::PathBuf;
use std::process::ExitCode;

/// Exit codes: 0 converted, 1 converted with errors (they stand in `Errors`), 2 not converted.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Event Markdown (.emd) or a board (.squall), or - for the standard input
    #[arg(value_name = "IN")]
    file: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    profile: Rules,
    /// Where the EML goes; - is the standard output [default: beside the input, ending in .eml.yaml, and the standard
    /// output for -; Eventstorming.emd becomes Eventsourcing.eml.yaml]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let input = Input::read(&arguments.file)?;
    if input.is_eml() {
        bail!("{} is EML already", input.name);
    }
    let report = input.inspect(&arguments.profile.options(Stage::Design))?;
    let errors: Vec<_> = report.errors().cloned().collect();
    let text = eml::yaml(&report.lowered.solution, &errors, arguments.profile.into());
    let output = arguments.output.clone().unwrap_or_else(|| beside(&arguments.file));
    match input::is_dash(&output) {
        true => drop(input::print(&text)?),
        false => {
            std::fs::write(&output, text).with_context(|| format!("cannot write {}", output.display()))?
        }
    }
    eprint!("{}", pretty::text(&input, &report.diagnostics, pretty::colours(std::io::stderr())));
    let failed = report.diagnostics.iter().any(|one| one.severity == Severity::Error);
    Ok(ExitCode::from(u8::from(failed)))
}

/// Where LES's tools look for it.
fn beside(file: &std::path::Path) -> PathBuf {
    if input::is_dash(file) {
        return PathBuf::from("-");
    }
    match file.file_name().is_some_and(|name| name == "Eventstorming.emd") {
        true => file.with_file_name("Eventsourcing.eml.yaml"),
        false => file.with_extension("eml.yaml"),
    }
}
