//! The commands about the languages, run as people run them.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const TODO_LIST: &str = "# TODO List\nAdd Item -> // description\nTodo Added // todoId, description\nTODO List* // todoId, description\n";

fn squall(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_squall"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("squall starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    pipe.write_all(stdin).expect("squall reads");
    drop(pipe);
    child.wait_with_output().expect("squall ends")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[test]
fn a_good_text_is_converted_beside_it_and_the_result_is_valid() {
    let folder = folder();
    std::fs::write(folder.path().join("todo.emd"), TODO_LIST).expect("written");
    let done = squall(folder.path(), &["convert", "todo.emd"], b"");
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let eml = std::fs::read_to_string(folder.path().join("todo.eml.yaml")).expect("converted");
    assert!(eml.starts_with("EmlVersion: 0.1-alpha\nSolution: TODO List\n"), "{eml}");
    assert!(eml.ends_with("Errors: []\n"), "{eml}");
    for profile in ["les", "squall"] {
        let checked = squall(folder.path(), &["validate", "todo.eml.yaml", "--profile", profile], b"");
        assert_eq!(checked.status.code(), Some(0), "{checked:?}");
    }
}

#[test]
fn errors_stand_in_the_eml_and_in_the_exit_code() {
    let done = squall(folder().path(), &["convert", "-", "--profile", "les"], b"# T\nSomething\n");
    assert_eq!(done.status.code(), Some(1));
    assert!(out(&done).contains("- errorid: NoStreamName\n"), "{}", out(&done));
}

#[test]
fn json_names_code_line_and_columns_in_characters() {
    let text = "# T\n\u{e9}\u{e9} Done // \u{e9}a\n".as_bytes();
    let done = squall(folder().path(), &["validate", "-", "--profile", "les", "--format", "json"], text);
    assert_eq!(done.status.code(), Some(1));
    let findings: serde_json::Value = serde_json::from_str(&out(&done)).expect("JSON");
    let mut found = findings.as_array().expect("an array").iter();
    let found = found.find(|one| one["code"] == "InvalidEventPropertyName");
    let finding = found.expect("the property's name is refused");
    assert_eq!(
        (&finding["line"], &finding["column"], &finding["endColumn"]),
        (&2.into(), &12.into(), &14.into())
    );
    assert_eq!(finding["stream"], "\u{e9}\u{e9}");
}

#[test]
fn an_eml_finding_stands_on_the_line_of_the_name() {
    let eml = "EmlVersion: 0.1-alpha\nSolution: S\nContexts:\n- Name: C\n  Streams:\n  - Stream: Todo\n    Commands: []\n    Events: []\n  Readmodels: []\n";
    let done =
        squall(folder().path(), &["validate", "-", "--profile", "les", "--format", "json"], eml.as_bytes());
    let findings: serde_json::Value = serde_json::from_str(&out(&done)).expect("JSON");
    assert_eq!(findings[0]["code"], "NoCommands");
    assert_eq!((&findings[0]["line"], &findings[0]["column"]), (&6.into(), &13.into()));
}

#[test]
fn people_see_the_line_a_caret_and_what_to_do() {
    let done = squall(folder().path(), &["validate", "-"], b"# T\nSomething // a\n");
    let text = out(&done);
    let expected = "error[NoStreamName]: 'Something': Could not determine event stream name.\n --> <stdin>:2:1\n  |\n2 | Something // a\n  | ^^^^^^^^^\n  = help: ";
    assert!(text.contains(expected), "{text}");
    assert!(text.ends_with("<stdin>: 2 errors\n"), "{text}");
}

#[test]
fn what_cannot_be_read_ends_with_two() {
    let folder = folder();
    let cases: [(&[&str], &[u8]); 4] = [
        (&["validate", "-"], b"ok\n\xff\n"),
        (&["convert", "-"], b"\xc3"),
        (&["validate", "missing.emd"], b""),
        (&["validate", "-"], b"Solution: [\n"),
    ];
    for (arguments, stdin) in cases {
        let done = squall(folder.path(), arguments, stdin);
        assert_eq!(done.status.code(), Some(2), "{arguments:?} {done:?}");
        assert!(!done.stderr.is_empty());
    }
}

#[test]
fn every_code_is_explained_and_an_unknown_one_has_neighbours() {
    let folder = folder();
    let told = squall(folder.path(), &["explain", "eventnotpast"], b"");
    assert_eq!(told.status.code(), Some(0));
    assert!(
        out(&told)
            .starts_with("EventNotPast\nA hint, a rule of Squall, from the level Process Modelling on\n")
    );
    for title in ["\nWhat\n", "\nWhy\n", "\nHow to mend it\n", "\nExample\n"] {
        assert!(out(&told).contains(title), "{}", out(&told));
    }
    let all = squall(folder.path(), &["explain"], b"");
    assert_eq!(all.status.code(), Some(0));
    for rule in lint::explanations() {
        assert!(out(&all).contains(&format!("\n  {}\n", rule.id)), "{}", rule.id);
        let one = squall(folder.path(), &["explain", rule.id], b"");
        assert!(out(&one).starts_with(rule.id), "{one:?}");
        assert!(out(&one).lines().all(|line| line.chars().count() <= 100), "{}", out(&one));
    }
    let unknown = squall(folder.path(), &["explain", "EventNotPas"], b"");
    assert_eq!(unknown.status.code(), Some(2));
    let words = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert_eq!(words, "squall: there is no code 'EventNotPas'; did you mean EventNotPast?\n");
    let strange = squall(folder.path(), &["explain", "x"], b"");
    let words = String::from_utf8_lossy(&strange.stderr).into_owned();
    assert_eq!(words, "squall: there is no code 'x'; squall explain lists all of them\n");
}

#[test]
fn a_board_is_checked_and_converted_like_its_text() {
    let folder = folder();
    let board = r##"{ "squall": 1, "level": "design", "people": {}, "lines": [
        { "id": "a", "text": "# T", "ord": "a", "by": "" },
        { "id": "b", "text": "Something", "ord": "b", "by": "" } ] }"##;
    std::fs::write(folder.path().join("b.squall"), board).expect("written");
    let done = squall(folder.path(), &["validate", "b.squall", "--format", "json"], b"");
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    let findings: serde_json::Value = serde_json::from_str(&out(&done)).expect("JSON");
    let stream = findings.as_array().expect("an array").iter().find(|one| one["code"] == "NoStreamName");
    assert_eq!(stream.expect("found")["line"], 2);
    let done = squall(folder.path(), &["convert", "b.squall"], b"");
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    assert!(folder.path().join("b.eml.yaml").exists());
    let done = squall(folder.path(), &["validate", "-"], board.as_bytes());
    assert!(out(&done).contains("<stdin>:2:1"), "{}", out(&done));
}

#[test]
fn a_board_that_has_just_begun_is_left_alone() {
    let done = squall(
        folder().path(),
        &["validate", "-", "--level", "big-picture"],
        b"# T\nSomething\nPlaced It ->\n",
    );
    assert_eq!((done.status.code(), &*out(&done)), (Some(0), "<stdin>: no findings\n"));
}

#[test]
fn eml_and_diagrams_become_event_markdown() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let todo = "# TODO\nAdd Item -> // text\nTodo Added // todoId, text\nTODO List* // todoId, text\n";
    std::fs::write(path("Eventstorming.emd"), todo).expect("written");
    let done = squall(folder.path(), &["convert", "Eventstorming.emd"], b"");
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let done = squall(folder.path(), &["convert", "Eventsourcing.eml.yaml"], b"");
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert_eq!(std::fs::read_to_string(path("Eventstorming.emd")).expect("converted"), todo);

    let eml = std::fs::read_to_string(path("Eventsourcing.eml.yaml")).expect("converted");
    let done = squall(folder.path(), &["convert", "-"], eml.replace("IsRequired", "IsNice").as_bytes());
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    assert_eq!(out(&done), todo.replace("-> // text", "-> // text, todoId"));
    let words = String::from_utf8_lossy(&done.stderr).into_owned();
    let wanted = "Event Markdown cannot say the rules of todoId, a parameter of the command AddItem of Todo in TODO \
                  `IsNice`: it would be `IsRequired`.\n";
    assert!(words.starts_with("<stdin>:") && words.ends_with(wanted), "{words}");

    let diagram = "eventmodeling\n%% TODO\n\nrf 01 cmd AddItem { text }\ntf 02 evt TodoAdded { todoId, text }\n\
                   tf 03 rmo TODOList { todoId, text }\n";
    std::fs::write(path("todo.mmd"), diagram).expect("written");
    let done = squall(folder.path(), &["convert", "todo.mmd"], b"");
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert_eq!(std::fs::read_to_string(path("todo.emd")).expect("converted"), todo);
    let done = squall(folder.path(), &["convert", "-"], diagram.as_bytes());
    assert_eq!((done.status.code(), &*out(&done)), (Some(0), todo));
    let done = squall(folder.path(), &["convert", "todo.mmd", "-o", "out.eml.yaml"], b"");
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert_eq!(std::fs::read_to_string(path("out.eml.yaml")).expect("converted"), eml);
    let done = squall(folder.path(), &["validate", "todo.mmd"], b"");
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    std::fs::write(path("other.mmd"), "graph TD\n").expect("written");
    let done = squall(folder.path(), &["validate", "other.mmd"], b"");
    assert_eq!(done.status.code(), Some(2), "{done:?}");
}
