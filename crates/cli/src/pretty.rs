//! Findings for people: the line, a caret under what is meant, and what to do about it.

use crate::input::Input;
use diag::{Diagnostic, Severity};
use std::fmt::Write;
use std::io::IsTerminal;

/// Whether to colour what goes there.
pub fn colours(stream: impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

pub fn text(input: &Input, diagnostics: &[Diagnostic], colours: bool) -> String {
    let lines = input.lines();
    let paint = Paint { colours };
    let mut out = String::new();
    for one in diagnostics {
        finding(&mut out, input, &lines, one, paint);
        out.push('\n');
    }
    let _ = writeln!(out, "{}: {}", input.name, summary(diagnostics));
    out
}

#[derive(Clone, Copy)]
struct Paint {
    colours: bool,
}

impl Paint {
    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn edge(self, text: &str) -> String {
        self.with("1;34", text)
    }

    fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Hint => "1;36",
        };
        self.with(code, text)
    }

    fn with(self, code: &str, text: &str) -> String {
        match self.colours {
            true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            false => text.to_owned(),
        }
    }
}

fn finding(out: &mut String, input: &Input, lines: &[&str], one: &Diagnostic, paint: Paint) {
    let word = format!("{}[{}]", one.severity.word(), one.rule.0);
    let message = paint.bold(&format!(": {}", shown(&one.message)));
    let _ = writeln!(out, "{}{message}", paint.severity(one.severity, &word));
    let place = one.line.and_then(|line| lines.get(line).map(|text| (line + 1, *text)));
    let margin = place.map_or(2, |(number, _)| number.to_string().len());
    let pad = " ".repeat(margin);
    let edge = paint.edge(&format!("{pad} |"));
    match place {
        Some((number, text)) => {
            let before = text.get(..one.span.start).unwrap_or("");
            let column = before.chars().count() + 1;
            let arrow = paint.edge(&format!("{pad}-->"));
            let _ = writeln!(out, "{arrow} {}:{number}:{column}", input.name);
            let _ = writeln!(out, "{edge}");
            let _ = writeln!(out, "{} {}", paint.edge(&format!("{number} |")), shown(text));
            // A tab stays a tab, so that the carets stand where the line's characters do.
            let gap: String = before.chars().map(|one| if one == '\t' { one } else { ' ' }).collect();
            let carets = "^".repeat(one.span.of(text).chars().count().max(1));
            let _ = writeln!(out, "{edge} {gap}{}", paint.severity(one.severity, &carets));
        }
        None => {
            let _ = writeln!(out, "{} {}", paint.edge(&format!("{pad}-->")), input.name);
        }
    }
    let mark = paint.edge(&format!("{pad} ="));
    if !one.help.is_empty() {
        let _ = writeln!(out, "{mark} {}: {}", paint.bold("help"), one.help);
    }
    for fix in &one.fixes {
        let _ = writeln!(out, "{mark} {}: {}", paint.bold("fix"), shown(&fix.title));
    }
}

/// What a terminal may be given: a control character in a text could do anything there.
pub fn shown(text: &str) -> String {
    let safe = |one: char| if one.is_control() && one != '\t' { char::REPLACEMENT_CHARACTER } else { one };
    text.chars().map(safe).collect()
}

fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|one| one.severity == severity).count();
    let words = [Severity::Error, Severity::Warning, Severity::Hint];
    let parts = words.into_iter().filter_map(|severity| match count(severity) {
        0 => None,
        1 => Some(format!("1 {}", severity.word())),
        many => Some(format!("{many} {}s", severity.word())),
    });
    let parts: Vec<_> = parts.collect();
    match parts.is_empty() {
        true => "no findings".to_owned(),
        false => parts.join(", "),
    }
}
