//! `squall simulate` as people and pipelines run it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const BOARD: &str = "\
# TODO List
Add Todo -> // description
// @required description
Todo Added // todoId, description
Mark Complete -> // todoId
// @requires Todo Added
// @forbids Todo Completed
Todo Completed // todoId, isComplete
// @type isComplete: boolean
TODO List* // todoId, description, isComplete
// @scenario A todo is completed once
// @given Todo Added // todoId: 1, description: Milk
// @when Mark Complete // todoId: 1
// @then Todo Completed // todoId: 1
// @expect TODO List // todoId: 1, isComplete: true
";

const WRONG: &str = "\
// @scenario Milk # becomes bread
// @when Add Todo // todoId: 1, description: Milk
// @then Todo Added // todoId: 1, description: Bread
";

fn simulate(arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_squall"))
        .arg("simulate")
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("squall starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    // It may have ended without reading.
    let _ = pipe.write_all(stdin);
    drop(pipe);
    child.wait_with_output().expect("squall ends")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[test]
fn scenarios_that_hold_end_with_zero() {
    let done = simulate(&["-"], BOARD.as_bytes());
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert_eq!(out(&done), "ok    A todo is completed once\n<stdin>: 1 scenario holds\n");
}

#[test]
fn a_scenario_that_fails_shows_what_was_expected_and_what_happened() {
    let done = simulate(&["-"], format!("{BOARD}{WRONG}").as_bytes());
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    let expected = "\
ok    A todo is completed once
FAIL  Milk # becomes bread
      <stdin>:18
        expected  Todo Added // todoId: 1, description: Bread
        actual    Todo Added // todoId: 1, description: Milk
        Description is Milk, not Bread.
<stdin>: 2 scenarios, 1 does not hold
";
    assert_eq!(out(&done), expected);
}

#[test]
fn machines_get_the_test_anything_protocol() {
    let done = simulate(&["-", "--format", "tap"], format!("{BOARD}{WRONG}").as_bytes());
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    let expected = r#"TAP version 14
1..2
ok 1 - A todo is completed once
not ok 2 - Milk \# becomes bread
  ---
  file: "<stdin>"
  line: 16
  lines:
    - line: 18
      expected: "Todo Added // todoId: 1, description: Bread"
      actual: "Todo Added // todoId: 1, description: Milk"
      message: "Description is Milk, not Bread."
  ...
"#;
    assert_eq!(out(&done), expected);
}

#[test]
fn a_model_without_scenarios_has_nothing_that_fails() {
    let text = b"# A\nDo It ->\nThing Done // thingId\n";
    let done = simulate(&["-"], text);
    assert_eq!((done.status.code(), out(&done).as_str()), (Some(0), "<stdin>: no scenarios\n"));
    let done = simulate(&["-", "--format", "tap"], text);
    assert_eq!(out(&done), "TAP version 14\n1..0 # SKIP no scenarios\n");
}

#[test]
fn the_same_scenarios_hold_in_eml() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let board = format!("{BOARD}{WRONG}");
    std::fs::write(path("todo.emd"), &board).expect("written");
    let squall = |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_squall")).args(arguments).status();
    let converted =
        squall(&["convert", &path("todo.emd"), "-o", &path("todo.eml.yaml")]).expect("squall runs");
    assert!(converted.success());
    let done = simulate(&[&path("todo.eml.yaml")], b"");
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    let text = out(&done);
    assert!(text.starts_with("ok    A todo is completed once\nFAIL  Milk # becomes bread\n"), "{text}");
    assert!(text.contains("        Description is Milk, not Bread.\n"), "{text}");
}

#[test]
fn what_cannot_be_played_ends_with_two() {
    for (arguments, stdin) in [(["missing.emd"], &b""[..]), (["-"], b"\xff"), (["-"], b"Solution: [\n")] {
        let done = simulate(&arguments, stdin);
        assert_eq!(done.status.code(), Some(2), "{arguments:?} {done:?}");
        assert!(done.stdout.is_empty() && !done.stderr.is_empty());
    }
}

#[test]
fn the_help_says_how_scenarios_are_written_and_what_the_exit_codes_mean() {
    let help = out(&simulate(&["--help"], b""));
    for words in ["// @then rejected: <message>", "Exit codes: 0 all hold, 1 some do not, 2 not played"] {
        assert!(help.contains(words), "{help}");
    }
}

#[test]
fn the_scenarios_of_the_example_boards_hold() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/assets");
    for name in ["coffee-shop", "web-shop", "library"] {
        let file = assets.join(format!("{name}.emd"));
        let done = simulate(&[&file.to_string_lossy()], b"");
        assert_eq!(done.status.code(), Some(0), "{}", out(&done));
        assert!(out(&done).lines().count() > 2, "{}", out(&done));
    }
}
