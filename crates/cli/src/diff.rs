//! `squall diff`: what has changed between two boards, in words about stickies rather than lines.
//!
//! Not here: which record of one side is which of the other (`compare`), and what counts as a record (`records`).

mod compare;
mod records;

use crate::input::{self, Input};
use crate::pretty;
use anyhow::Result;
use clap::{Args, ValueEnum};
use compare::{Change, What, compare};
use serde::Serialize;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Exit codes: 0 nothing has changed, 1 something has, 2 not compared.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The older one: .emd, .eml.yaml or .squall, or - for the standard input
    #[arg(value_name = "A")]
    before: PathBuf,
    /// The newer one; where one of the two is EML, only what EML can say is compared
    #[arg(value_name = "B")]
    after: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum, Default)]
enum Format {
    /// For people: + added, - removed, ~ changed, > moved
    #[default]
    Text,
    /// An object {equal, changes: [{change, kind, name, from, to, added, removed, lineBefore, lineAfter}]}
    Json,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let (before, after) = (Input::read(&arguments.before)?, Input::read(&arguments.after)?);
    let (before, after) = records::of_both(&before, &after)?;
    let changes = compare(&before, &after);
    let text = match arguments.format {
        Format::Text => text(&changes),
        Format::Json => json(&changes)?,
    };
    input::print(&text)?;
    Ok(ExitCode::from(u8::from(!changes.is_empty())))
}

fn text(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "Nothing has changed.\n".to_owned();
    }
    let mut out = String::new();
    for change in changes {
        let (sign, words) = words(change);
        let _ = writeln!(out, "{sign} {}", pretty::shown(&words));
    }
    let _ = writeln!(out, "{}", summary(changes));
    out
}

fn words(change: &Change) -> (char, String) {
    let (kind, name) = (change.kind, &change.name);
    let place = |line: Option<usize>| line.map_or(String::new(), |line| format!(" (line {})", line + 1));
    let (before, after) = (place(change.line_before), place(change.line_after));
    match &change.what {
        What::Added => ('+', format!("{kind} '{name}'{after}")),
        What::Removed => ('-', format!("{kind} '{name}'{before}")),
        What::Renamed { from } => ('~', format!("{kind} '{from}' is now called '{name}'{after}")),
        What::Kind { from } => ('~', format!("'{name}' was {} and is now {}{after}", one(from), one(kind))),
        What::Properties { added, removed } => {
            let parts = [("now has", added), ("no longer has", removed)];
            let parts = parts.into_iter().filter(|(_, names)| !names.is_empty());
            let parts: Vec<String> =
                parts.map(|(words, names)| format!("{words} {}", names.join(", "))).collect();
            match parts.is_empty() {
                true => ('~', format!("{kind} '{name}' has its properties in another order{after}")),
                false => ('~', format!("{kind} '{name}' {}{after}", parts.join(" and "))),
            }
        }
        What::Annotations { added, removed } => {
            let signed = added
                .iter()
                .map(|one| format!("+ {one}"))
                .chain(removed.iter().map(|one| format!("- {one}")));
            ('~', format!("{kind} '{name}'{after}: {}", signed.collect::<Vec<_>>().join(", ")))
        }
        What::Moved { to: Some(to) } => ('>', format!("{kind} '{name}' is now in {to}{after}")),
        What::Moved { to: None } => ('>', format!("{kind} '{name}' has another place in the story{after}")),
        What::Placed => ('>', format!("{kind} '{name}' lies elsewhere on the wall{after}")),
    }
}

/// `an event`, `a command`.
fn one(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}

fn summary(changes: &[Change]) -> String {
    let count = |of: fn(&What) -> bool| changes.iter().filter(|change| of(&change.what)).count();
    let parts = [
        (count(|what| matches!(what, What::Added)), "added"),
        (count(|what| matches!(what, What::Removed)), "removed"),
        (count(|what| matches!(what, What::Renamed { .. })), "renamed"),
        (count(|what| matches!(what, What::Moved { .. } | What::Placed)), "moved"),
        (
            count(|what| {
                matches!(what, What::Kind { .. } | What::Properties { .. } | What::Annotations { .. })
            }),
            "changed",
        ),
    ];
    let parts = parts.iter().filter(|(many, _)| *many > 0);
    parts.map(|(many, word)| format!("{many} {word}")).collect::<Vec<_>>().join(", ")
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'a> {
    change: &'a str,
    kind: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    added: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    removed: &'a [String],
    line_before: Option<usize>,
    line_after: Option<usize>,
}

fn json(changes: &[Change]) -> Result<String> {
    #[derive(Serialize)]
    struct All<'a> {
        equal: bool,
        changes: Vec<Told<'a>>,
    }
    let changes: Vec<Told<'_>> = changes.iter().map(told).collect();
    Ok(serde_json::to_string_pretty(&All { equal: changes.is_empty(), changes })? + "\n")
}

fn told(change: &Change) -> Told<'_> {
    let mut told = Told {
        change: "",
        kind: change.kind,
        name: &change.name,
        from: None,
        to: None,
        added: &[],
        removed: &[],
        line_before: change.line_before.map(|line| line + 1),
        line_after: change.line_after.map(|line| line + 1),
    };
    told.change = match &change.what {
        What::Added => "added",
        What::Removed => "removed",
        What::Renamed { from } => {
            told.from = Some(from);
            told.to = Some(&change.name);
            "renamed"
        }
        What::Kind { from } => {
            told.from = Some(from);
            told.to = Some(change.kind);
            "kind"
        }
        What::Properties { added, removed } => {
            (told.added, told.removed) = (added, removed);
            "properties"
        }
        What::Annotations { added, removed } => {
            (told.added, told.removed) = (added, removed);
            "annotations"
        }
        What::Moved { to } => {
            told.to = to.as_deref();
            "moved"
        }
        What::Placed => "placed",
    };
    told
}
