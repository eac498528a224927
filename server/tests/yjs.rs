//! Unmodified `yjs` and `y-websocket` from npm on one board with a client of ours.

mod common;

use board::wire::CloseCode;
use common::{Client, PATIENCE, TestServer, add};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/yjs")
}

/// Fetches the packages once; a machine without npm fails by name.
async fn install() {
    static ONCE: tokio::sync::OnceCell<()> = tokio::sync::OnceCell::const_new();
    ONCE.get_or_init(|| async {
        let lock = directory().join("node_modules/.package-lock.json");
        if lock.exists() {
            return;
        }
        let install = Command::new("npm")
            .args(["ci", "--silent", "--no-audit", "--no-fund"])
            .current_dir(directory())
            .status()
            .await
            .expect("npm is missing: install Node 20 or newer with npm");
        assert!(install.success(), "npm ci failed in server/tests/yjs");
    })
    .await;
}

struct Peer {
    _child: Child,
    input: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Peer {
    async fn start(server: &TestServer, segment: &str) -> Peer {
        install().await;
        let mut child = Command::new("node")
            .arg("peer.mjs")
            .arg(format!("ws://{}/ws", server.address))
            .arg(segment)
            .current_dir(directory())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("node is missing: install Node 20 or newer");
        let input = child.stdin.take().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap()).lines();
        Peer { _child: child, input, answers }
    }

    async fn tell(&mut self, command: serde_json::Value) {
        self.input.write_all(format!("{command}\n").as_bytes()).await.unwrap();
        let answer = tokio::time::timeout(PATIENCE, self.answers.next_line());
        let answer = answer.await.unwrap_or_else(|_| panic!("the Yjs client hangs at {command}"));
        assert_eq!(answer.unwrap().as_deref(), command["do"].as_str(), "at {command}");
    }
}

#[tokio::test]
async fn a_yjs_client_adds_renames_moves_and_deletes_and_sees_our_lines() {
    let server = TestServer::start().await;
    let board = server.make_board("# One\nTodo Added\nTodo Done").await;
    let mut ann = Client::join(server.address, &board.edit, 1).await;
    ann.until_synced().await;
    let mut peer = Peer::start(&server, &board.edit).await;
    let tell = |what: &str| serde_json::json!({ "do": what });
    peer.tell(tell("synced")).await;
    // What it has when it says synced is the whole board.
    peer.tell(serde_json::json!({ "do": "text", "text": "# One\nTodo Added\nTodo Done" })).await;
    peer.tell(serde_json::json!({ "do": "add", "text": "Hello", "after": "Todo Done" })).await;
    ann.until_text("# One\nTodo Added\nTodo Done\nHello").await;
    peer.tell(serde_json::json!({ "do": "rename", "from": "Hello", "to": "Grüße 🎉" })).await;
    ann.until_text("# One\nTodo Added\nTodo Done\nGrüße 🎉").await;
    // Before every key that we make.
    peer.tell(serde_json::json!({ "do": "move", "text": "Grüße 🎉", "ord": "!" })).await;
    ann.until_text("Grüße 🎉\n# One\nTodo Added\nTodo Done").await;
    peer.tell(serde_json::json!({ "do": "remove", "text": "Todo Added" })).await;
    ann.until_text("Grüße 🎉\n# One\nTodo Done").await;
    ann.command(add("Ours")).await;
    peer.tell(serde_json::json!({ "do": "text", "text": "Grüße 🎉\n# One\nTodo Done\nOurs" })).await;
    server.stop().await;
}

#[tokio::test]
async fn a_lonely_yjs_client_hears_its_own_presence() {
    let server = TestServer::start().await;
    let board = server.make_board("# One").await;
    let mut peer = Peer::start(&server, &board.edit).await;
    peer.tell(serde_json::json!({ "do": "synced" })).await;
    peer.tell(serde_json::json!({ "do": "echo" })).await;
    server.stop().await;
}

#[tokio::test]
async fn a_yjs_client_with_a_view_link_cannot_write() {
    let server = TestServer::start().await;
    let board = server.make_board("# One").await;
    let mut peer = Peer::start(&server, &board.view).await;
    peer.tell(serde_json::json!({ "do": "synced" })).await;
    peer.tell(serde_json::json!({ "do": "rename", "from": "# One", "to": "# Mine" })).await;
    peer.tell(serde_json::json!({ "do": "closed", "code": CloseCode::ViewOnly.code() })).await;
    let mut ann = Client::join(server.address, &board.edit, 1).await;
    ann.until_synced().await;
    assert_eq!(ann.text(), "# One");
    server.stop().await;
}
