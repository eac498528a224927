//! `squall import`: a file becomes a board on a server.

use crate::input::{self, Input};
use crate::remote::{self, DEFAULT_SERVER};
use anyhow::{Context, Result};
use clap::Args;
use serde_json::Value;
use std::path::PathBuf;
use std::process::ExitCode;

/// Prints the links of the new board. Exit codes: 0 imported, 2 not imported.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Event Markdown, a .squall file, a picture that Squall drew (.svg), EML (.eml.yaml) or a Mermaid diagram of the kind
    /// eventmodeling (.mmd); - for the standard input
    file: PathBuf,
    /// The server that gets the board
    #[arg(long, value_name = "URL", default_value = DEFAULT_SERVER)]
    server: String,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let server = remote::address(&arguments.server)?;
    let request = request(Input::read(&arguments.file)?)?;
    let answer = remote::post(&format!("{server}/api/boards"), &request.to_string(), &server)?;
    let links: Value = serde_json::from_slice(&answer).context("the server answers strangely")?;
    let mut text = String::new();
    for role in ["edit", "view", "facilitate"] {
        let path = links[role].as_str().filter(|path| path.starts_with('/'));
        let path = path.with_context(|| format!("the server made a board without a link to {role}"))?;
        text.push_str(&format!("{:<12}{server}{path}\n", format!("{role}:")));
    }
    input::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// What the server is asked to make.
fn request(input: Input) -> Result<Value> {
    let name = input.name.to_lowercase();
    if input.board.is_some() {
        return Ok(serde_json::json!({ "squall": input.text }));
    }
    if name.ends_with(".svg") || input.text.starts_with("<svg ") {
        let source = draw::source(&input.text);
        let source = source.with_context(|| format!("{} is no picture that Squall drew", input.name))?;
        return Ok(serde_json::json!({ "text": source + "\n" }));
    }
    let (text, unsaid) = input.markdown()?;
    input.complain(&unsaid);
    // The server takes a text as a file has it, with an end of its last line.
    Ok(serde_json::json!({ "text": text + "\n" }))
}
