//! `squall simulate`: the scenarios of a model, played one by one.

use crate::input::{self, Input};
use crate::pretty::{colours, shown};
use anyhow::Result;
use clap::{Args, ValueEnum};
use emd::Document;
use protocol::scenario::{Checked, Verdict};
use sim::scenario::Scenarios;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
Each scenario begins with nothing: what is given happens, what is done when is carried out with all that follows from
it by policies, and the events that come of it must be those after then, no more and no less; of each only the
properties that are listed are compared.

  // @scenario A todo is completed once
  // @given Todo Added // todoId: 1, description: Milk
  // @when Mark Complete // todoId: 1
  // @then Todo Completed // todoId: 1
  // @expect TODO List // todoId: 1, isComplete: true

Instead of events, // @then rejected: <message> says why a command is refused. A scenario without when tests what a
read model shows; what is given may be a command too.

Exit codes: 0 all hold, 1 some do not, 2 not played (no such file, not UTF-8, no YAML).";

#[derive(Args)]
#[command(after_long_help = HELP)]
pub struct Arguments {
    /// A file that ends in .emd (Event Markdown), .yaml (EML) or .squall (a board), or - for the standard input
    file: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum, Default)]
enum Format {
    /// For people: what was expected above what happened
    #[default]
    Text,
    /// For machines: the Test Anything Protocol, version 14
    Tap,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let input = Input::read(&arguments.file)?;
    let verdicts = verdicts(&input)?;
    let text = match arguments.format {
        Format::Text => text(&input.name, &verdicts, colours(std::io::stdout())),
        Format::Tap => tap(&input.name, &verdicts),
    };
    input::print(&text)?;
    let failed = verdicts.iter().any(|verdict| !verdict.passed);
    Ok(ExitCode::from(u8::from(failed)))
}

fn verdicts(input: &Input) -> Result<Vec<Verdict>> {
    if input.is_eml() {
        return Ok(Scenarios::new(&input.solution()?, None).verdicts());
    }
    let document = Document::of_lines(&input.lines(), emd::line);
    let solution = eml::lower(&document, eml::Profile::Squall).solution;
    Ok(Scenarios::new(&solution, Some(&document)).verdicts())
}

/// What a scenario is called.
fn name(verdict: &Verdict) -> String {
    match verdict.name.is_empty() {
        true => format!("the scenario on line {}", verdict.sticky + 1),
        false => shown(&verdict.name),
    }
}

fn failures(verdict: &Verdict) -> impl Iterator<Item = &Checked> {
    verdict.lines.iter().filter(|line| !line.holds)
}

/// What stands where nothing was expected, or nothing happened.
fn or_nothing(said: &str) -> String {
    if said.is_empty() { "nothing".to_owned() } else { shown(said) }
}

fn text(file: &str, verdicts: &[Verdict], colours: bool) -> String {
    let paint = |code: &str, words: &str| match colours {
        true => format!("\u{1b}[{code}m{words}\u{1b}[0m"),
        false => words.to_owned(),
    };
    let mut out = String::new();
    for verdict in verdicts {
        let mark = if verdict.passed { paint("1;32", "ok  ") } else { paint("1;31", "FAIL") };
        let _ = writeln!(out, "{mark}  {}", name(verdict));
        for line in failures(verdict) {
            let _ = writeln!(out, "      {}", paint("1;34", &format!("{file}:{}", line.line + 1)));
            if !(line.expected.is_empty() && line.actual.is_empty()) {
                let _ = writeln!(out, "        expected  {}", or_nothing(&line.expected));
                let _ = writeln!(out, "        actual    {}", or_nothing(&line.actual));
            }
            let _ = writeln!(out, "        {}", shown(&line.words));
        }
    }
    let failed = verdicts.iter().filter(|verdict| !verdict.passed).count();
    let _ = writeln!(out, "{file}: {}", summary(verdicts.len(), failed));
    out
}

fn summary(all: usize, failed: usize) -> String {
    match (all, failed) {
        (0, _) => "no scenarios".to_owned(),
        (1, 0) => "1 scenario holds".to_owned(),
        (all, 0) => format!("all {all} scenarios hold"),
        (1, _) => "1 scenario, which does not hold".to_owned(),
        (all, 1) => format!("{all} scenarios, 1 does not hold"),
        (all, failed) => format!("{all} scenarios, {failed} do not hold"),
    }
}

fn tap(file: &str, verdicts: &[Verdict]) -> String {
    let mut out = String::from("TAP version 14\n");
    if verdicts.is_empty() {
        out.push_str("1..0 # SKIP no scenarios\n");
        return out;
    }
    let _ = writeln!(out, "1..{}", verdicts.len());
    for (index, verdict) in verdicts.iter().enumerate() {
        let word = if verdict.passed { "ok" } else { "not ok" };
        // What stands behind a number sign would be a directive.
        let name = name(verdict).replace('\\', "\\\\").replace('#', "\\#");
        let _ = writeln!(out, "{word} {} - {name}", index + 1);
        if verdict.passed {
            continue;
        }
        let _ = writeln!(out, "  ---\n  file: {}\n  line: {}\n  lines:", quoted(file), verdict.sticky + 1);
        for line in failures(verdict) {
            let _ = writeln!(out, "    - line: {}", line.line + 1);
            let _ = writeln!(out, "      expected: {}", quoted(&line.expected));
            let _ = writeln!(out, "      actual: {}", quoted(&line.actual));
            let _ = writeln!(out, "      message: {}", quoted(&line.words));
        }
        out.push_str("  ...\n");
    }
    out
}

/// A string of JSON is one of YAML.
fn quoted(words: &str) -> String {
    serde_json::Value::from(shown(words)).to_string()
}
