//! Pictures and diagrams of texts. A case is a file `NAME.emd` in `cases`; beside it stand its `.svg`, its `.mmd` and
//! its `.dot`. `UPDATE_EXPECT=1` writes them.

mod common;

use draw::Theme;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn cases() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|it| it == "emd")).collect();
    files.sort();
    assert!(files.len() > 4);
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path, text)
    };
    files.into_iter().map(read).collect()
}

fn check(path: &Path, made: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, made).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    let difference = expected.lines().zip(made.lines()).find(|(one, other)| one != other);
    assert!(expected == made, "{}: {difference:?}; UPDATE_EXPECT=1 takes what is drawn", path.display());
}

#[test]
fn the_cases_are_drawn_as_they_were_looked_at() {
    for (path, text) in cases() {
        let lines: Vec<&str> = text.split('\n').collect();
        check(&path.with_extension("svg"), &common::svg(&text, Theme::Light));
        check(&path.with_extension("mmd"), &draw::mermaid(&lines));
        check(&path.with_extension("dot"), &draw::graphviz(&lines));
    }
}

#[test]
fn the_dark_wall_differs_in_colours_alone() {
    for (path, text) in cases() {
        let colourless = |theme| {
            let svg = common::svg(&text, theme);
            let mut plain = String::new();
            for (nth, part) in svg.split('#').enumerate() {
                let hex = part.len() >= 6 && part.bytes().take(6).all(|byte| byte.is_ascii_hexdigit());
                plain.push_str(if nth > 0 && hex { &part[6..] } else { part });
            }
            plain.replace("0.45", "0.13")
        };
        assert_eq!(colourless(Theme::Light), colourless(Theme::Dark), "{}", path.display());
    }
}

/// Mermaid's own parser, from npm.
#[test]
fn mermaid_reads_every_diagram() {
    let packages = std::env::var_os("SQUALL_NODE")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/npm"), PathBuf::from);
    let hostile = include_str!("common/hostile.txt");
    let long: String = (0..1_200).map(|number| format!("Thing{number} Done // a\n")).collect();
    let texts = cases().into_iter().map(|(_, text)| text).chain([hostile.to_owned(), long]);
    let diagrams: Vec<String> =
        texts.map(|text| draw::mermaid(&text.split('\n').collect::<Vec<_>>())).collect();
    let script = include_str!("common/mermaid.mjs");
    let mut node = Command::new("node")
        .args(["--input-type=module", "-e", script])
        .current_dir(&packages)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is missing: install Node 20 or newer");
    serde_json::to_writer(node.stdin.take().unwrap(), &diagrams).unwrap();
    let answer = node.wait_with_output().unwrap();
    assert!(answer.status.success(), "`cargo xtask test` installs the packages into target/npm");
    let answers: Vec<serde_json::Value> = serde_json::from_slice(&answer.stdout).unwrap();
    for (diagram, answer) in diagrams.iter().zip(&answers) {
        let frames =
            diagram.lines().filter(|line| line.starts_with("tf ") || line.starts_with("rf ")).count();
        assert_eq!(*answer, serde_json::json!(frames), "{diagram}");
    }
    assert_eq!(answers.len(), diagrams.len());
}
