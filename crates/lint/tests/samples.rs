//! Boards that people know: LES's samples say in the profile squall what LES says, and beside it no more hints than a
//! good facilitator would give; the page's examples have no errors at all.
//!
//! `SQUALL_SHOW=1` prints what is found.

use diag::Severity;
use lint::{Level, Options, Profile, Report};

fn inspect(text: &str, profile: Profile, level: Level) -> Report {
    let lines: Vec<&str> = text.split('\n').collect();
    lint::inspect(&lines, &Options { profile, level })
}

fn samples() -> Vec<(String, String)> {
    let cases = include_str!("conformance/emd.jsonl").lines().map(|line| {
        let case: serde_json::Value = serde_json::from_str(line).expect("a case");
        let text = |key: &str| case[key].as_str().expect("a text").to_owned();
        (text("name"), text("input"))
    });
    cases.filter_map(|(name, text)| Some((name.strip_prefix("sample-")?.to_owned(), text))).collect()
}

fn show(name: &str, report: &Report) {
    if std::env::var_os("SQUALL_SHOW").is_none() {
        return;
    }
    println!("== {name}");
    for one in &report.diagnostics {
        println!(
            "{:>4} {} {}: {}",
            one.line.map_or(0, |line| line + 1),
            one.severity.word(),
            one.rule.0,
            one.message
        );
    }
}

#[test]
fn samples_of_les_are_not_noisy() {
    let samples = samples();
    assert!(samples.len() > 8);
    for (name, text) in samples {
        let les = inspect(&text, Profile::Les, Level::SoftwareDesign);
        let ours = inspect(&text, Profile::Squall, Level::SoftwareDesign);
        show(&name, &ours);
        let errors = ours.errors().count();
        assert!(errors <= les.errors().count(), "{name}: {errors} errors");
        // At most every third line has a hint on it.
        let soft = ours.diagnostics.len() - errors;
        let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
        assert!(soft <= 3 + lines / 3, "{name}: {soft} soft findings on {lines} lines");
        let early = inspect(&text, Profile::Squall, Level::BigPicture);
        assert_eq!(early.diagnostics, [], "{name} at Big Picture");
    }
}

#[test]
fn examples_of_the_page_are_green() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/assets");
    let read = |name: &str| std::fs::read_to_string(folder.join(format!("{name}.emd"))).expect("an example");
    for name in ["coffee-shop", "web-shop", "library"] {
        let report = inspect(&read(name), Profile::Squall, Level::SoftwareDesign);
        show(name, &report);
        let loud: Vec<_> = report.diagnostics.iter().filter(|one| one.severity != Severity::Hint).collect();
        assert!(loud.is_empty(), "{name}: {loud:?}");
        assert!(report.green, "{name}");
        assert!(report.diagnostics.len() <= 4, "{name}: {} hints", report.diagnostics.len());
    }
    let of_les: Vec<(String, String)> = samples();
    for name in [
        "todolist",
        "consentaur",
        "timesheets",
        "inventory",
        "shopping",
        "email",
        "subscriptions",
        "veggiesgalore",
    ] {
        let original = of_les.iter().find(|(known, _)| known == name).expect("a sample");
        assert_eq!(read(name), original.1, "{name} is LES's sample to the byte");
    }
}
