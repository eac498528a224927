//! The real server process ends when it is asked to: everybody hears why, and what was confirmed is on disk.
#![cfg(unix)]

#[path = "../../../server/tests/common/mod.rs"]
mod common;
mod process;

use board::wire::CloseCode;
use common::{Client, PATIENCE, add, make_board};
use process::start;
use std::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_told_to_end_says_goodbye_and_keeps_everything() {
    let data = tempfile::tempdir().unwrap();
    let (mut server, address) = start(data.path()).await;
    let board = make_board(address, "# End").await;
    let mut ann = Client::join(address, &board.edit, 1).await;
    let mut bob = Client::join(address, &board.view, 2).await;
    ann.until_synced().await;
    bob.until_synced().await;
    for number in 0..20 {
        ann.command(add(&format!("Event {number}"))).await;
    }
    ann.until_saved().await;
    let text = ann.text();
    let pid = server.id().expect("it runs").to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert_eq!(ann.until_closed().await, Some(CloseCode::Restart.code()));
    assert_eq!(bob.until_closed().await, Some(CloseCode::Restart.code()));
    let end = tokio::time::timeout(PATIENCE, server.wait()).await.expect("it ends").unwrap();
    assert!(end.success(), "{end}");

    let (_server, address) = start(data.path()).await;
    let mut cid = Client::join(address, &board.view, 3).await;
    cid.until_synced().await;
    assert_eq!(cid.text(), text);
}
