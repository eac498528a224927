//! `squall validate --follow` as people use it: with editors that write a file anew, or put another one in its place.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

struct Followed {
    child: Child,
    lines: Receiver<String>,
    errors: Receiver<String>,
}

impl Drop for Followed {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines_of(pipe: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

fn follow(folder: &Path, more: &[&str]) -> Followed {
    let mut command = Command::new(env!("CARGO_BIN_EXE_squall"));
    command.args(["validate", "todo.emd", "--follow"]).args(more).current_dir(folder);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("squall starts");
    let lines = lines_of(child.stdout.take().expect("a pipe"));
    let errors = lines_of(child.stderr.take().expect("a pipe"));
    Followed { child, lines, errors }
}

impl Followed {
    /// The lines up to the one that ends a check.
    fn check(&self) -> Vec<String> {
        let mut found = Vec::new();
        loop {
            let line = self.lines.recv_timeout(PATIENCE).expect("a check");
            let ends = line.starts_with("todo.emd: ");
            found.push(line);
            if ends {
                return found;
            }
        }
    }

    fn end(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill").success());
        self.child.wait().expect("it ends").code()
    }
}

const GOOD: &str = "# T\nAdd Todo -> // text\nTodo Added // todoId, text\nTodos* // todoId, text\n";

#[test]
fn each_change_is_checked_and_ctrl_c_ends_it_cleanly() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("todo.emd");
    std::fs::write(&file, GOOD).expect("written");
    let followed = follow(folder.path(), &[]);
    assert_eq!(followed.check(), ["==== todo.emd ====", "todo.emd: no findings"]);
    // Written in place.
    std::fs::write(&file, format!("{GOOD}Something\n")).expect("written");
    assert!(followed.check().iter().any(|line| line.contains("NoStreamName")));
    // Replaced, as many editors do it.
    let other = folder.path().join(".todo.emd.swp");
    std::fs::write(&other, GOOD).expect("written");
    std::fs::rename(&other, &file).expect("replaced");
    assert_eq!(followed.check(), ["==== todo.emd ====", "todo.emd: no findings"]);
    // Replaced once more: the new file is followed too. What is beside it is nobody's business.
    std::fs::write(folder.path().join("other.emd"), "Something\n").expect("written");
    std::fs::write(&other, format!("{GOOD}Something\n")).expect("written");
    std::fs::rename(&other, &file).expect("replaced");
    assert!(followed.check().iter().any(|line| line.contains("NoStreamName")));
    assert_eq!(followed.end(), Some(0));
}

#[test]
fn a_file_that_goes_away_is_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("todo.emd");
    let followed = follow(folder.path(), &[]);
    let words = followed.errors.recv_timeout(PATIENCE).expect("a sentence");
    assert!(words.starts_with("squall: cannot read todo.emd: "), "{words}");
    std::fs::write(&file, GOOD).expect("written");
    assert_eq!(followed.check(), ["==== todo.emd ====", "todo.emd: no findings"]);
    std::fs::remove_file(&file).expect("removed");
    let words = followed.errors.recv_timeout(PATIENCE).expect("a sentence");
    assert!(words.starts_with("squall: cannot read todo.emd: "), "{words}");
    assert_eq!(followed.end(), Some(0));
}

#[test]
fn as_json_each_check_is_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("todo.emd");
    std::fs::write(&file, GOOD).expect("written");
    let followed = follow(folder.path(), &["--format", "json"]);
    assert_eq!(followed.lines.recv_timeout(PATIENCE).as_deref(), Ok("[]"));
    std::fs::write(&file, format!("{GOOD}Something\n")).expect("written");
    let line = followed.lines.recv_timeout(PATIENCE).expect("a check");
    let found: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!(found[0]["code"], "NoStreamName");
    assert_eq!(followed.end(), Some(0));
}

#[test]
fn the_standard_input_cannot_be_followed() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_squall"));
    let done = command.args(["validate", "-", "--follow"]).stdin(Stdio::null()).output().expect("it runs");
    assert_eq!(done.status.code(), Some(2));
    let words = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(words, "squall: the standard input cannot be followed: name a file\n");
}
