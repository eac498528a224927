//! What a command reads: a file or the standard input, in one of two languages, or a board.

use anyhow::{Context, Result, anyhow, bail};
use board::file::Squall;
use clap::ValueEnum;
use codegen::Foreign;
use eml::{Profile, Solution, Unsaid};
use lint::{Level, Options, Report};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

/// Whose rules count
#[derive(Clone, Copy, ValueEnum, Default)]
pub enum Rules {
    /// LES 0.10.7 to the letter: its findings, under its ids
    Les,
    /// LES's rules with what it wanted next, and Squall's own notation
    #[default]
    Squall,
}

impl From<Rules> for Profile {
    fn from(rules: Rules) -> Profile {
        match rules {
            Rules::Les => Profile::Les,
            Rules::Squall => Profile::Squall,
        }
    }
}

impl Rules {
    pub fn options(self, stage: Stage) -> Options {
        Options { profile: self.into(), level: stage.into() }
    }
}

/// What the standard input is called.
const STDIN: &str = "<stdin>";

/// How far a board has come: the further, the more is checked
#[derive(Clone, Copy, ValueEnum, Default)]
pub enum Stage {
    /// The first storm: nothing is checked
    BigPicture,
    /// The grammar of the wall: who does what, and what follows
    Process,
    /// Everything that a complete model needs
    #[default]
    Design,
}

impl From<Stage> for Level {
    fn from(stage: Stage) -> Level {
        match stage {
            Stage::BigPicture => Level::BigPicture,
            Stage::Process => Level::ProcessModelling,
            Stage::Design => Level::SoftwareDesign,
        }
    }
}

pub struct Input {
    /// As findings name it.
    pub name: String,
    pub text: String,
    /// The board, if the text is that of a `.squall` file.
    pub board: Option<Squall>,
    /// It was a Mermaid diagram; the text is the Event Markdown that it means.
    pub is_diagram: bool,
}

impl Input {
    /// Reads a file, or the standard input for `-`.
    pub fn read(path: &Path) -> Result<Input> {
        let stdin = is_dash(path);
        let name = match stdin {
            true => STDIN.to_owned(),
            false => path.display().to_string(),
        };
        let mut bytes = Vec::new();
        match stdin {
            true => std::io::stdin().lock().read_to_end(&mut bytes).map(drop),
            false => std::fs::read(path).map(|read| bytes = read),
        }
        .with_context(|| format!("cannot read {name}"))?;
        match String::from_utf8(bytes) {
            // Some editors begin every file with a mark that says nothing.
            Ok(text) => Input::of(name, text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
            Err(error) => bail!(
                "{name} is not UTF-8: byte {} is no part of a character",
                error.utf8_error().valid_up_to() + 1
            ),
        }
    }

    fn of(name: String, text: String) -> Result<Input> {
        let is_board = name.to_lowercase().ends_with(".squall")
            || name == STDIN && text.trim_start().starts_with('{') && text.contains("\"squall\"");
        if !is_board {
            let is_diagram = is_mermaid(&name, &text);
            let text = match is_diagram {
                true => draw::from_mermaid(&text).map_err(|error| anyhow!("{name}: {error}"))?,
                false => text,
            };
            return Ok(Input { name, text, board: None, is_diagram });
        }
        let board = board::file::read(&text).with_context(|| format!("cannot open {name}"))?;
        Ok(Input { name, text, board: Some(board), is_diagram: false })
    }

    /// Lines as findings count them.
    pub fn lines(&self) -> Vec<&str> {
        if let Some(board) = &self.board {
            return board.lines.iter().map(|(_, line)| line.text.as_str()).collect();
        }
        let lines = self.text.split('\n');
        lines.map(|line| line.strip_suffix('\r').unwrap_or(line)).collect()
    }

    /// EML by its file's ending (`.yaml`, `.yml`), Event Markdown by `.emd`; what has neither is EML if a line of it
    /// starts with one of EML's keys.
    pub fn is_eml(&self) -> bool {
        let name = self.name.to_lowercase();
        if name.ends_with(".yaml") || name.ends_with(".yml") {
            return true;
        }
        let keys = ["EmlVersion:", "Solution:", "Contexts:"];
        let starts = |line: &str| keys.iter().any(|key| line.starts_with(key));
        let is_text = name.ends_with(".emd") || self.is_diagram || self.board.is_some();
        !is_text && self.text.lines().any(starts)
    }

    pub fn inspect(&self, options: &Options) -> Result<Report> {
        match self.is_eml() {
            true => Ok(lint::inspect_model(self.solution()?, options)),
            false => Ok(lint::inspect(&self.lines(), options)),
        }
    }

    /// What the file says as Event Markdown, without the end of its last line, as boards have their texts: EML is
    /// raised, and what that loses is told.
    pub fn markdown(&self) -> Result<(String, Vec<Unsaid>)> {
        if self.is_eml() {
            let raised = eml::raise(&self.solution()?);
            let text = raised.text.strip_suffix('\n').map(str::to_owned).unwrap_or(raised.text);
            return Ok((text, raised.findings));
        }
        let lines = self.lines();
        // The end of a file's last line begins no other one; a board has no ends of lines.
        let whole = if self.board.is_some() { None } else { lines.strip_suffix(&[""]) };
        Ok((whole.unwrap_or(&lines).join("\n"), Vec::new()))
    }

    /// Says on the error output what the text cannot say.
    pub fn complain(&self, unsaid: &[Unsaid]) {
        for one in unsaid {
            let line = one.place.map_or(String::new(), |place| format!(":{}", place.line + 1));
            eprintln!("{}{line}: {one}", self.name);
        }
    }

    /// The model of an EML file.
    pub fn solution(&self) -> Result<Solution> {
        match eml::read(&self.text) {
            Ok(solution) => Ok(solution),
            Err(error) => match error.line {
                Some(line) => bail!("{}:{}: {}", self.name, line + 1, error.message),
                None => bail!("{}: {}", self.name, error.message),
            },
        }
    }
}

/// Mermaid by its file's ending, and what comes over the standard input by its first word. A diagram is read as the
/// Event Markdown that it means; findings count its lines.
fn is_mermaid(name: &str, text: &str) -> bool {
    match name == STDIN {
        true => text.trim_start().starts_with("eventmodeling"),
        false => Foreign::of_name(name) == Some(Foreign::Mermaid),
    }
}

pub fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Writes to the standard output. A reader that has gone away is no failure of ours; then it is `false`.
pub fn print(text: &str) -> Result<bool> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error).context("cannot write to the standard output"),
    }
}
