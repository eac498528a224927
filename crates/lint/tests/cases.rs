//! Findings as caret comments under the lines they stand on. A case is a file in `cases`; those that start with `les-`
//! are checked in the profile les, with `big-picture-` and `process-` at those levels. `UPDATE_EXPECT=1` writes the findings into the files.
//!
//! Two slashes hide the first two columns, so a finding that starts there has its columns in brackets.

use diag::{Diagnostic, Edit, Fix, Severity};
use emd::Kind;
use eml::Profile;
use lint::{Level, Options};
use std::path::Path;

fn is_source(line: &&str) -> bool {
    emd::line(line).kind != Kind::Caret
}

fn columns(line: &str, one: &Diagnostic) -> (usize, usize) {
    let count = |end: usize| line[..end].chars().count();
    (count(one.span.start), count(one.span.end))
}

fn comment(line: Option<&str>, one: &Diagnostic) -> String {
    let severity = match one.severity {
        Severity::Error => String::new(),
        other => format!(" {}", other.word()),
    };
    let (start, end) = line.map_or((0, 0), |line| columns(line, one));
    let shown = start.max(3);
    let carets = "^".repeat(end.max(shown + 1) - shown);
    let hidden = match line.is_some() && start < 3 {
        true => format!(" [{}-{end}]", start + 1),
        false => String::new(),
    };
    let fixes: String = one.fixes.iter().map(|fix| format!(" | fix: {}", fix.title)).collect();
    let gap = " ".repeat(shown - 2);
    format!("//{gap}{carets} {}{severity}{hidden}: {}{fixes}", one.rule.0, one.message)
}

fn apply(lines: &[&str], fix: &Fix) -> Vec<String> {
    let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    // Lines and bytes are those of the text that was checked, so the last edit comes first.
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| match edit {
        Edit::Replace { line, span, .. } => std::cmp::Reverse((*line, 1 + span.start)),
        Edit::Insert { line, .. } | Edit::Delete { line } => std::cmp::Reverse((*line, 0)),
    });
    for edit in edits {
        match edit {
            Edit::Replace { line, span, text } => changed[*line].replace_range(span.start..span.end, text),
            Edit::Insert { line, text } => changed.insert(*line, text.clone()),
            Edit::Delete { line } => drop(changed.remove(*line)),
        }
    }
    changed
}

fn annotated(text: &str, options: &Options) -> String {
    let lines: Vec<&str> = text.lines().filter(is_source).collect();
    let report = lint::inspect(&lines, options);
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        out.push_str(line);
        out.push('\n');
        for one in report.diagnostics.iter().filter(|one| one.line == Some(index)) {
            out.push_str(&comment(Some(line), one));
            out.push('\n');
        }
    }
    for one in report.diagnostics.iter().filter(|one| one.line.is_none()) {
        out.push_str(&comment(None, one));
        out.push('\n');
    }
    for one in &report.diagnostics {
        for fix in &one.fixes {
            let changed = apply(&lines, fix);
            let changed: Vec<&str> = changed.iter().map(String::as_str).collect();
            let left = lint::inspect(&changed, options).diagnostics;
            assert!(
                !left.iter().any(|other| other.rule == one.rule
                    && other.line == one.line
                    && other.span == one.span
                    && other.message == one.message),
                "'{}' mends nothing",
                fix.title
            );
        }
    }
    out
}

#[test]
fn every_case_is_found_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("cases") {
        let path = entry.expect("a case").path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let options = Options {
            profile: if name.starts_with("les-") { Profile::Les } else { Profile::Squall },
            level: match &name {
                name if name.starts_with("big-picture-") => Level::BigPicture,
                name if name.starts_with("process-") => Level::ProcessModelling,
                _ => Level::SoftwareDesign,
            },
        };
        let text = std::fs::read_to_string(&path).expect("a text");
        let found = annotated(&text, &options);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &found).expect("written");
        } else {
            assert_eq!(found, text, "{name} (UPDATE_EXPECT=1 writes what was found)");
        }
        count += 1;
    }
    assert!(count > 5, "only {count} cases");
}

#[test]
fn every_rule_of_ours_is_found_in_a_case() {
    // The texts are being written.
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let texts = std::fs::read_dir(folder).expect("cases");
    let texts: Vec<String> =
        texts.map(|case| std::fs::read_to_string(case.expect("a case").path()).expect("a text")).collect();
    for rule in lint::explanations().filter(|rule| !rule.of_les) {
        let found = texts
            .iter()
            .any(|text| text.contains(&format!(" {} ", rule.id)) || text.contains(&format!(" {}:", rule.id)));
        assert!(found, "{} has no case", rule.id);
    }
}

#[test]
fn every_rule_is_explained_in_sentences() {
    for rule in lint::explanations() {
        let words = rule.explanation;
        for text in [words.what, words.why, words.mend] {
            assert!(text.ends_with('.') && text.len() > 15, "{}: {text}", rule.id);
        }
        assert!(words.example.contains('`') || words.example.len() > 5, "{}", rule.id);
        assert_eq!(lint::explain(&rule.id.to_lowercase()).map(|one| one.id), Some(rule.id));
    }
}

#[test]
fn every_sentence_of_the_checklist_is_kept_by_rules_or_says_why_not() {
    for claim in &lint::CHECKLIST {
        assert!(!claim.rules.is_empty() || !claim.note.is_empty(), "{}", claim.says);
        for id in claim.rules {
            assert!(lint::explain(id).is_some(), "{}: {id}", claim.says);
        }
    }
}

#[test]
fn every_rule_is_a_file_and_stands_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let files = std::fs::read_dir(folder).expect("rules");
    let mut files: Vec<String> = files
        .map(|file| {
            file.expect("a rule").path().file_stem().expect("a name").to_string_lossy().replace('_', "")
        })
        .collect();
    let mut rules: Vec<String> = lint::explanations().map(|rule| rule.id.to_lowercase()).collect();
    files.sort();
    rules.sort();
    assert_eq!(files, rules);
}

#[test]
fn new_names_for_many_stickies_do_not_grow_with_their_square() {
    let lines = vec!["Order Pay"; 3_000];
    let options = Options { profile: Profile::Squall, level: Level::ProcessModelling };
    let found = lint::inspect(&lines, &options).diagnostics;
    let edits: usize = found.iter().flat_map(|one| &one.fixes).map(|fix| fix.edits.len()).sum();
    assert!((3_000..110_000).contains(&edits), "{edits}");
}

#[test]
fn actors_in_a_row_look_at_what_stands_before_the_first_of_them() {
    let options = Options { profile: Profile::Squall, level: Level::ProcessModelling };
    let idle = |before: &'static str| {
        let lines: Vec<&str> = [before].into_iter().chain(["// @actor Clerk"; 3]).collect();
        let found = lint::inspect(&lines, &options).diagnostics;
        found.iter().filter(|one| one.rule.0 == "ActorDoesNothing").count()
    };
    assert_eq!((idle("Orders*"), idle("Order Placed")), (0, 3));
}
