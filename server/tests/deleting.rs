//! Boards that are deleted, and pages that are older than their server.

mod common;

use board::wire::{CloseCode, refused};
use common::{Client, Links, Response, TestServer, add, request};
use server::Limits;

#[tokio::test]
async fn only_the_facilitators_link_deletes_a_board_and_everybody_learns_it() {
    let directory = tempfile::tempdir().unwrap();
    let server = TestServer::at(directory.path(), Limits::default()).await;
    let board = server.make_board("# Gone soon").await;
    let stays = server.make_board("# Stays").await;
    let mut ann = Client::join(server.address, &board.edit, 1).await;
    let mut eve = Client::join(server.address, &board.view, 2).await;
    ann.until_synced().await;
    eve.until_synced().await;
    ann.command(add("Todo Added")).await;
    ann.until_saved().await;
    for segment in [&board.view, &board.edit] {
        let refused = delete(&server, segment).await;
        assert_eq!((refused.status, refused.body.contains("facilitator")), (403, true));
    }
    assert_eq!(delete(&server, "aaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb").await.status, 404);
    assert_eq!(delete(&server, &board.facilitate).await.status, 204);
    for client in [&mut ann, &mut eve] {
        assert_eq!(client.until_closed().await, Some(CloseCode::Deleted.code()));
    }
    is_gone(&server, &board).await;
    server.stop().await;
    // It stays so after a restart.
    let server = TestServer::at(directory.path(), Limits::default()).await;
    is_gone(&server, &board).await;
    let mut bob = Client::join(server.address, &stays.edit, 4).await;
    bob.until_synced().await;
    assert_eq!(bob.text(), "# Stays");
    server.stop().await;
}

async fn delete(server: &TestServer, segment: &str) -> Response {
    request(server.address, "DELETE", &format!("/api/boards/{segment}"), &[], "").await
}

/// Every link of the board says so, wherever it is used.
async fn is_gone(server: &TestServer, board: &Links) {
    for segment in [&board.edit, &board.view, &board.facilitate] {
        let mut late = Client::join(server.address, segment, 3).await;
        assert_eq!(late.until_closed().await, Some(CloseCode::Deleted.code()));
        let text = request(server.address, "GET", &format!("/b/{segment}.emd"), &[], "").await;
        assert_eq!((text.status, text.body.as_str()), (410, "this board was deleted\n"));
        let link = format!("/api/boards/{segment}/links");
        assert_eq!(request(server.address, "POST", &link, &[], "{\"role\":\"view\"}").await.status, 410);
    }
    assert_eq!(delete(server, &board.facilitate).await.status, 410);
}

#[tokio::test]
async fn a_board_that_nobody_has_open_is_deleted_as_well() {
    let server = TestServer::start().await;
    let board = server.make_board("# Quiet").await;
    assert_eq!(delete(&server, &board.facilitate).await.status, 204);
    let mut ann = Client::join(server.address, &board.edit, 1).await;
    assert_eq!(ann.until_closed().await, Some(CloseCode::Deleted.code()));
    server.stop().await;
}

#[tokio::test]
async fn a_page_of_another_build_is_told_and_goes_on_and_others_hear_nothing() {
    let server = TestServer::start().await;
    let board = server.make_board("# One").await;
    let page = request(server.address, "GET", "/", &[], "").await.body;
    let Some((_, rest)) = page.split_once("<meta name=\"squall-build\" content=\"") else {
        // Without a built page there is none that could be newer.
        return server.stop().await;
    };
    let build = rest.split('"').next().unwrap();
    let join = async |query: &str, seed: u64| {
        let path = format!("{}?token=device-{seed}{query}", board.edit);
        let mut client = Client::connect(server.address, &path, seed).await;
        client.greet().await;
        client.until_synced().await;
        client.command(add("Todo Added")).await;
        client.until_saved().await;
        client
    };
    assert_eq!(join("&build=older", 1).await.refused, [refused::NEW_PAGE]);
    assert!(join(&format!("&build={build}"), 2).await.refused.is_empty());
    // A page from before there were builds.
    assert!(join("", 3).await.refused.is_empty());
    server.stop().await;
}
