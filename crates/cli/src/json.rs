//! Findings for programs.

use crate::input::Input;
use anyhow::Result;
use diag::Diagnostic;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_column: Option<usize>,
    context: &'a str,
    stream: &'a str,
    command: &'a str,
    event: &'a str,
    readmodel: &'a str,
}

/// On several lines for people who look at it, on one where one report follows another.
pub fn text(input: &Input, diagnostics: &[Diagnostic], on_one_line: bool) -> Result<String> {
    let lines = input.lines();
    let findings = diagnostics.iter().map(|one| {
        let line = one.line.and_then(|line| lines.get(line));
        let column =
            |byte: usize| line.and_then(|line| line.get(..byte)).map(|before| before.chars().count() + 1);
        let subject = &one.subject;
        Finding {
            code: one.rule.0,
            severity: one.severity.word(),
            message: &one.message,
            line: one.line.map(|line| line + 1),
            column: column(one.span.start),
            end_column: column(one.span.end),
            context: &subject.context,
            stream: &subject.stream,
            command: &subject.command,
            event: &subject.event,
            readmodel: &subject.readmodel,
        }
    });
    let findings: Vec<_> = findings.collect();
    let text = match on_one_line {
        true => serde_json::to_string(&findings)?,
        false => serde_json::to_string_pretty(&findings)?,
    };
    Ok(text + "\n")
}
