//! `squall import` and `squall export` against a real server.

#[path = "../../../server/tests/common/mod.rs"]
mod common;

use common::TestServer;
use server::Limits;
use std::path::Path;
use std::process::Stdio;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

const TEXT: &str = "# TODO List\n\nAdd Todo -> // description\nTodo Added // todoId, description\n// @hotspot \"Why?\" <b>\n";

struct Outcome {
    code: Option<i32>,
    out: String,
    error: String,
}

async fn squall(folder: &Path, arguments: &[&str], stdin: &str) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_squall"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its arguments does not read.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes()).await;
    let done = tokio::time::timeout(common::PATIENCE, child.wait_with_output()).await.unwrap().unwrap();
    Outcome {
        code: done.status.code(),
        out: String::from_utf8_lossy(&done.stdout).into_owned(),
        error: String::from_utf8_lossy(&done.stderr).into_owned(),
    }
}

/// The links that `import` printed, by role.
fn link<'a>(printed: &'a str, role: &str) -> &'a str {
    let line = printed.lines().find(|line| line.starts_with(role)).expect("a link of each role");
    line.split_whitespace().nth(1).unwrap()
}

#[tokio::test]
async fn a_file_becomes_a_board_and_the_board_the_file() {
    let server = TestServer::start().await;
    let folder = tempfile::tempdir().unwrap();
    let address = format!("http://{}", server.address);
    std::fs::write(folder.path().join("todo.emd"), TEXT).unwrap();
    let made = squall(folder.path(), &["import", "todo.emd", "--server", &address], "").await;
    assert_eq!(made.code, Some(0), "{}", made.error);
    for role in ["edit", "view", "facilitate"] {
        let fetched = squall(folder.path(), &["export", link(&made.out, role)], "").await;
        assert_eq!((fetched.code, fetched.out.as_str()), (Some(0), TEXT), "{}", fetched.error);
    }
    let view = link(&made.out, "view");
    let segment = view.rsplit('/').next().unwrap();
    let fetched = squall(folder.path(), &["export", segment, "--server", &address, "--as", "mmd"], "").await;
    assert!(fetched.out.starts_with("eventmodeling\n%% TODO List\n"), "{}", fetched.error);
    // The ending says what is wanted.
    for (file, start) in [
        ("board.emd", "# TODO List"),
        ("board.eml.yaml", "EmlVersion:"),
        ("board.svg", "<svg "),
        ("board.png", "\u{fffd}PNG"),
        ("board.mmd", "eventmodeling"),
        ("board.dot", "digraph "),
        ("board.squall", "{\n\"squall\": 1"),
    ] {
        let fetched = squall(folder.path(), &["export", view, "-o", file], "").await;
        assert_eq!((fetched.code, fetched.out.as_str()), (Some(0), ""), "{file}: {}", fetched.error);
        let written = std::fs::read(folder.path().join(file)).unwrap();
        assert!(String::from_utf8_lossy(&written).starts_with(start), "{file}");
    }
    // What says everything opens again, and gives the same text.
    for file in ["board.emd", "board.svg", "board.squall"] {
        let again = squall(folder.path(), &["import", file, "--server", &address], "").await;
        let fetched = squall(folder.path(), &["export", link(&again.out, "edit")], "").await;
        assert_eq!(fetched.out, TEXT, "{file}: {}", again.error);
    }
    let squall_file = std::fs::read_to_string(folder.path().join("board.squall")).unwrap();
    for stdin in [TEXT, &squall_file] {
        let piped = squall(folder.path(), &["import", "-", "--server", &address], stdin).await;
        let fetched = squall(folder.path(), &["export", link(&piped.out, "view"), "-o", "-"], "").await;
        assert_eq!(fetched.out, TEXT, "{}", piped.error);
    }
    server.stop().await;
}

#[tokio::test]
async fn what_cannot_be_done_ends_with_two_and_a_sentence() {
    let server = TestServer::with(Limits { document: 3_000, ..Limits::default() }).await;
    let folder = tempfile::tempdir().unwrap();
    let address = format!("http://{}", server.address);
    std::fs::write(folder.path().join("a.eml.yaml"), "EmlVersion: 0.1-alpha\nSolution: A\nContexts: [\n")
        .unwrap();
    std::fs::write(folder.path().join("a.squall"), "{\"squall\": 99}").unwrap();
    std::fs::write(folder.path().join("large.emd"), "Todo Added\n".repeat(500)).unwrap();
    std::fs::write(folder.path().join("a.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
    let board = server.make_board("# One").await;
    let gone = format!("{address}/b/{}", board.edit);
    let path = format!("/api/boards/{}", board.facilitate);
    assert_eq!(common::request(server.address, "DELETE", &path, &[], "").await.status, 204);
    let unknown = format!("{address}/v/aaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb");
    let cases: [(&[&str], &str); 10] = [
        (&["import", "a.eml.yaml"], "squall: a.eml.yaml:"),
        (&["import", "a.squall"], "written by a newer Squall"),
        (&["import", "large.emd"], "the server says: the board has "),
        (&["import", "a.svg"], "no picture that Squall drew"),
        (&["import", "missing.emd"], "cannot read missing.emd"),
        (&["import", "large.emd", "--server", "localhost"], "begins with http://"),
        (&["export", "nonsense"], "is no link to a board"),
        (&["export", &unknown], "no board behind this link"),
        (&["export", &gone], "this board was deleted"),
        (&["export", &gone, "--as", "docx"], "invalid value"),
    ];
    for (arguments, words) in cases {
        let mut arguments = arguments.to_vec();
        if !arguments.contains(&"--server") {
            arguments.extend(["--server", &address]);
        }
        let refused = squall(folder.path(), &arguments, "").await;
        assert_eq!(refused.code, Some(2), "{arguments:?}");
        assert!(refused.error.contains(words), "{arguments:?}: {}", refused.error);
    }
    server.stop().await;
    let away = squall(folder.path(), &["export", &unknown], "").await;
    assert_eq!(away.code, Some(2));
    assert!(away.error.contains("cannot reach http://127.0.0.1:"), "{}", away.error);
}
