//! `squall diff` in words and as JSON. A case is a folder in `diff` with a file `a.*`, a file `b.*` and what is said of them;
//! `UPDATE_EXPECT=1` writes what was said.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn squall(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_squall"));
    command.args(arguments).current_dir(folder).output().expect("squall runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    let folders = std::fs::read_dir(folder).expect("cases");
    folders.map(|entry| entry.expect("a case").path()).collect()
}

/// The file of a case whose name starts with that letter.
fn side(case: &Path, letter: &str) -> String {
    let mut files = std::fs::read_dir(case).expect("files").map(|file| file.expect("a file").file_name());
    let found = files.find(|name| name.to_string_lossy().starts_with(&format!("{letter}.")));
    found.expect("both sides").to_string_lossy().into_owned()
}

#[test]
fn every_difference_is_told_as_written() {
    let cases = cases();
    assert!(cases.len() >= 4);
    for case in cases {
        let (a, b) = (side(&case, "a"), side(&case, "b"));
        let words = squall(&case, &["diff", &a, &b]);
        let json = squall(&case, &["diff", &a, &b, "--format", "json"]);
        assert_eq!(words.status.code(), json.status.code());
        let read: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
        assert_eq!(read["equal"] == true, words.status.code() == Some(0), "{case:?}");
        let found = format!(
            "exit {:?}\n{}{}",
            words.status.code().unwrap_or(-1),
            text(&words.stdout),
            text(&json.stdout)
        );
        let expected = case.join("expected.txt");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&expected, &found).expect("written");
            continue;
        }
        assert_eq!(found, std::fs::read_to_string(&expected).unwrap_or_default(), "{case:?}");
    }
}

#[test]
fn nothing_differs_from_itself() {
    for case in cases() {
        for letter in ["a", "b"] {
            let file = side(&case, letter);
            let done = squall(&case, &["diff", &file, &file]);
            assert_eq!(
                (done.status.code(), text(&done.stdout)),
                (Some(0), "Nothing has changed.\n"),
                "{case:?} {file}"
            );
        }
    }
}

#[test]
fn what_cannot_be_read_is_trouble_in_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.emd"), "# A\n").expect("written");
    std::fs::write(folder.path().join("b.squall"), "{ \"squall\": 99 }").expect("written");
    for (other, words) in [("missing.emd", "cannot read missing.emd"), ("b.squall", "cannot open b.squall")] {
        let done = squall(folder.path(), &["diff", "a.emd", other]);
        assert_eq!(done.status.code(), Some(2), "{done:?}");
        assert!(text(&done.stderr).starts_with(&format!("squall: {words}: ")), "{}", text(&done.stderr));
    }
}
