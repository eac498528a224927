//! `squall convert`: Event Markdown to EML, and EML or a Mermaid diagram to Event Markdown.

use crate::input::{self, Input, Rules, Stage};
use crate::pretty;
use anyhow::{Context, Result, bail};
use clap::Args;
use diag::Severity;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Exit codes: 0 converted, 1 converted with errors (they stand in `Errors`) or with something that Event Markdown cannot
/// say, 2 not converted.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Event Markdown (.emd) or a board (.squall), which become EML; EML (.eml.yaml) or a Mermaid diagram of the kind
    /// eventmodeling (.mmd), which become Event Markdown; or - for the standard input
    #[arg(value_name = "IN")]
    file: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    profile: Rules,
    /// Where it goes; - is the standard output [default: beside the input, ending in .eml.yaml or .emd, and the standard
    /// output for -; Eventstorming.emd becomes Eventsourcing.eml.yaml, and the other way round]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let input = Input::read(&arguments.file)?;
    let is_foreign = input.is_eml() || input.is_diagram;
    if is_foreign && !arguments.output.as_deref().is_some_and(is_yaml) {
        return to_markdown(&input, arguments);
    }
    if input.is_eml() {
        bail!("{} is EML already", input.name);
    }
    let report = input.inspect(&arguments.profile.options(Stage::Design))?;
    let errors: Vec<_> = report.errors().cloned().collect();
    let text = eml::yaml(&report.lowered.solution, &errors, arguments.profile.into());
    put(arguments, &text, beside(&arguments.file))?;
    eprint!("{}", pretty::text(&input, &report.diagnostics, pretty::colours(std::io::stderr())));
    let failed = report.diagnostics.iter().any(|one| one.severity == Severity::Error);
    Ok(ExitCode::from(u8::from(failed)))
}

fn to_markdown(input: &Input, arguments: &Arguments) -> Result<ExitCode> {
    let (text, unsaid) = input.markdown()?;
    put(arguments, &(text + "\n"), markdown_beside(&arguments.file))?;
    input.complain(&unsaid);
    Ok(ExitCode::from(u8::from(!unsaid.is_empty())))
}

fn put(arguments: &Arguments, text: &str, default: PathBuf) -> Result<()> {
    let output = arguments.output.clone().unwrap_or(default);
    match input::is_dash(&output) {
        true => input::print(text).map(drop),
        false => std::fs::write(&output, text).with_context(|| format!("cannot write {}", output.display())),
    }
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
}

fn markdown_beside(file: &Path) -> PathBuf {
    if input::is_dash(file) {
        return PathBuf::from("-");
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if name == "Eventsourcing.eml.yaml" {
        return file.with_file_name("Eventstorming.emd");
    }
    let endings = [".eml.yaml", ".eml.yml", ".yaml", ".yml", ".mmd", ".mermaid"];
    let stem = endings.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    file.with_file_name(format!("{stem}.emd"))
}

/// Where LES's tools look for it.
fn beside(file: &Path) -> PathBuf {
    if input::is_dash(file) {
        return PathBuf::from("-");
    }
    match file.file_name().is_some_and(|name| name == "Eventstorming.emd") {
        true => file.with_file_name("Eventsourcing.eml.yaml"),
        false => file.with_extension("eml.yaml"),
    }
}
