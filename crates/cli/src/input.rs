//! What a command reads: a file or the standard input, in one of two languages.

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use eml::Profile;
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
    pub fn options(self) -> Options {
        Options { profile: self.into(), level: Level::SoftwareDesign }
    }
}

pub struct Input {
    /// As findings name it.
    pub name: String,
    pub text: String,
}

impl Input {
    /// Reads a file, or the standard input for `-`.
    pub fn read(path: &Path) -> Result<Input> {
        let stdin = is_dash(path);
        let name = match stdin {
            true => "<stdin>".to_owned(),
            false => path.display().to_string(),
        };
        let mut bytes = Vec::new();
        match stdin {
            true => std::io::stdin().lock().read_to_end(&mut bytes).map(drop),
            false => std::fs::read(path).map(|read| bytes = read),
        }
        .with_context(|| format!("cannot read {name}"))?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Input { name, text }),
            Err(error) => bail!(
                "{name} is not UTF-8: byte {} is no part of a character",
                error.utf8_error().valid_up_to() + 1
            ),
        }
    }

    /// Lines as findings count them.
    pub fn lines(&self) -> Vec<&str> {
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
        !name.ends_with(".emd") && self.text.lines().any(starts)
    }

    pub fn inspect(&self, rules: Rules) -> Result<Report> {
        if !self.is_eml() {
            return Ok(lint::inspect(&self.lines(), &rules.options()));
        }
        match eml::read(&self.text) {
            Ok(solution) => Ok(lint::inspect_model(solution, &rules.options())),
            Err(error) => match error.line {
                Some(line) => bail!("{}:{}: {}", self.name, line + 1, error.message),
                None => bail!("{}: {}", self.name, error.message),
            },
        }
    }
}

pub fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Writes to the standard output; a reader that has gone away is no failure of ours.
pub fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("cannot write to the standard output")
        }
        _ => Ok(()),
    }
}
