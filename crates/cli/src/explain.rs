//! `squall explain`: what a finding is about, why it matters, and how to mend it.

use crate::input;
use anyhow::{Result, bail};
use clap::Args;
use lint::{Explained, Level};
use std::fmt::Write;
use std::process::ExitCode;

/// Exit codes: 0 explained, 2 no such code.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The code of a finding, such as EventNotPast, as it stands in brackets; without it all are listed
    code: Option<String>,
}

/// The width that sentences are broken at.
const WIDTH: usize = 88;

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let text = match &arguments.code {
        None => list(),
        Some(code) => match lint::explain(code.trim()) {
            Some(rule) => one(&rule),
            None => bail!("{}", unknown(code.trim())),
        },
    };
    input::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn one(rule: &Explained) -> String {
    let words = rule.explanation;
    let origin = if rule.of_les { "a rule of LES" } else { "a rule of Squall" };
    let mut out =
        format!("{}\n{}, {origin}, from the level {} on\n", rule.id, article(rule), level(rule.from));
    let parts = [("What", words.what), ("Why", words.why), ("How to mend it", words.mend)];
    for (title, text) in parts {
        let _ = write!(out, "\n{title}\n{}", wrapped(text, "  "));
    }
    let _ = write!(out, "\nExample\n{}", wrapped(words.example, "  "));
    let claims = lint::CHECKLIST.iter().filter(|claim| claim.rules.contains(&rule.id));
    for claim in claims {
        let _ = write!(out, "\nPart of a complete event-sourced system\n{}", wrapped(claim.says, "  "));
    }
    out
}

fn article(rule: &Explained) -> &'static str {
    match rule.severity {
        diag::Severity::Error => "An error",
        diag::Severity::Warning => "A warning",
        diag::Severity::Hint => "A hint",
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::BigPicture => "Big Picture",
        Level::ProcessModelling => "Process Modelling",
        Level::SoftwareDesign => "Software Design",
    }
}

fn list() -> String {
    let mut rules: Vec<Explained> = lint::explanations().collect();
    rules.sort_by_key(|rule| (rule.severity, rule.id));
    let mut out = String::new();
    let mut severity = None;
    for rule in &rules {
        if severity != Some(rule.severity) {
            severity = Some(rule.severity);
            let gap = if out.is_empty() { "" } else { "\n" };
            let _ = writeln!(out, "{gap}{}s", rule.severity.word());
        }
        let _ = writeln!(out, "  {}\n{}", rule.id, wrapped(rule.explanation.what, "      ").trim_end());
    }
    out.push_str("\nA complete event-sourced system\n");
    for claim in &lint::CHECKLIST {
        let _ = write!(out, "{}", wrapped(claim.says, "  "));
        let kept = match claim.rules {
            [] => claim.note.to_owned(),
            rules => format!("kept by {}", rules.join(", ")),
        };
        let _ = write!(out, "{}", wrapped(&kept, "      "));
    }
    out.push_str("\nsquall explain CODE tells more about one of them.\n");
    out
}

/// The codes that were perhaps meant.
fn unknown(code: &str) -> String {
    let mut near: Vec<(usize, &str)> = Vec::new();
    let lower = code.to_lowercase();
    for rule in lint::explanations() {
        let within = lower.len() > 3 && rule.id.to_lowercase().contains(&lower);
        let distance = lint::distance(code, rule.id).or(within.then_some(100));
        near.extend(distance.map(|distance| (distance, rule.id)));
    }
    near.sort_unstable();
    let near: Vec<&str> = near.into_iter().take(4).map(|(_, id)| id).collect();
    match near.split_last() {
        None => format!("there is no code '{code}'; squall explain lists all of them"),
        Some((last, [])) => format!("there is no code '{code}'; did you mean {last}?"),
        Some((last, rest)) => {
            format!("there is no code '{code}'; did you mean {} or {last}?", rest.join(", "))
        }
    }
}

/// Sentences in lines of a readable length. What stands between backticks is something to write and stays together.
fn wrapped(text: &str, indent: &str) -> String {
    const KEPT: char = '\u{a0}';
    let parts = text.split('`').enumerate();
    let parts: Vec<String> = parts
        .map(|(at, part)| if at % 2 == 1 { part.replace(' ', &KEPT.to_string()) } else { part.to_owned() })
        .collect();
    let text = parts.join("`");
    let mut out = String::new();
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && indent.len() + line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(out, "{indent}{line}");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(out, "{indent}{line}");
    out.replace(KEPT, " ")
}
