//! `squall export`: a board of a server as a file.

use crate::input;
use crate::remote::{self, DEFAULT_SERVER, Link};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq, Debug)]
pub enum Format {
    /// Event Markdown
    Emd,
    /// The model as YAML
    Eml,
    /// A picture that opens as a board again
    Svg,
    /// A picture
    Png,
    /// A Mermaid diagram
    Mmd,
    /// A graph for Graphviz
    Dot,
    /// Everything, to open as the same board
    Squall,
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Format::Emd => "emd",
            Format::Eml => "eml.yaml",
            Format::Svg => "svg",
            Format::Png => "png",
            Format::Mmd => "mmd",
            Format::Dot => "dot",
            Format::Squall => "squall",
        }
    }

    /// What a file of this name would hold.
    fn of(file: &Path) -> Option<Format> {
        match file.extension()?.to_str()? {
            "yaml" | "yml" => Some(Format::Eml),
            ending => Format::value_variants().iter().copied().find(|format| format.ending() == ending),
        }
    }
}

/// Exit codes: 0 exported, 2 not exported.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// A link to the board, whichever it is, or the last part of one
    #[arg(value_name = "LINK")]
    board: String,
    /// Where it goes; - is the standard output
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    output: PathBuf,
    /// As what [default: what the ending of OUT says, else emd]
    #[arg(long = "as", value_enum)]
    format: Option<Format>,
    /// Where the board is, if the link does not say
    #[arg(long, value_name = "URL", default_value = DEFAULT_SERVER)]
    server: String,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let link = Link::parse(&arguments.board, &arguments.server)?;
    let format = arguments.format.or_else(|| Format::of(&arguments.output)).unwrap_or(Format::Emd);
    let body = remote::get(&link.content(format.ending()), &link.server)?;
    if !input::is_dash(&arguments.output) {
        let written = std::fs::write(&arguments.output, body);
        written.with_context(|| format!("cannot write {}", arguments.output.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = std::io::stdout().lock();
    match out.write_all(&body).and_then(|()| out.flush()) {
        // A reader that has gone away is no failure of ours.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("cannot write to the standard output")
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}
