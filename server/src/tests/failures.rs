//! The disk is full; the disk fails.

use super::fake::{FakeLog, House, PATIENCE, Trouble};
use crate::boards::{self, BoardError};
use crate::committer::NotNow;
use crate::config::{Config, Limits};
use crate::{Server, ServerError};
use board::wire::{CloseCode, Role, refused};
use tokio::net::TcpListener;
use tokio::time::timeout;

#[tokio::test]
async fn a_full_disk_makes_the_board_read_only_until_there_is_room_and_nothing_is_lost() {
    let log = FakeLog::new();
    let (store, _threads) = log.start();
    let house = House::new(store, Limits::default());
    let mut ann = house.join(1, Role::Edit).await;
    let mut bob = house.join(2, Role::Edit).await;
    let mut eve = house.join(3, Role::View).await;
    ann.add("One").await;
    ann.until_saved().await;

    log.suffer(Trouble::Full);
    ann.add("Two").await;
    for guest in [&mut ann, &mut bob, &mut eve] {
        guest.until("the disk is full", |guest| guest.refused == [refused::DISK_FULL]).await;
    }
    // What came before the room knew was relayed, and is not confirmed.
    bob.until("Two is there", |bob| bob.text() == "One\nTwo").await;
    assert!(ann.saved < ann.sent);
    // What comes now is not taken in, and stays with who wrote it.
    ann.add("Three").await;
    bob.add("Four").await;
    log.until_refused(5).await;
    let mut cid = house.join(4, Role::Edit).await;
    assert_eq!(cid.text(), "One\nTwo");
    cid.until("a newcomer is told", |cid| cid.refused == [refused::DISK_FULL]).await;
    assert_eq!(log.text(), "One");

    log.suffer(Trouble::None);
    for guest in [&mut ann, &mut bob, &mut eve] {
        guest.until("told that all is well", |guest| guest.refused[1..] == [refused::DISK_OK]).await;
    }
    ann.until_saved().await;
    bob.until_saved().await;
    let everything = |text: &str| ["One", "Two", "Three", "Four"].iter().all(|line| text.contains(line));
    for guest in [&mut ann, &mut bob, &mut eve, &mut cid] {
        guest.until("everything is there", |guest| everything(&guest.text())).await;
    }
    assert_eq!(log.text(), ann.text());
}

#[tokio::test]
async fn a_board_that_nobody_has_open_opens_while_the_disk_is_full_and_is_opened_anew_when_there_is_room() {
    let log = FakeLog::new();
    let (store, _threads) = log.start();
    let house = House::new(store.clone(), Limits::default());
    let mut ann = house.join(1, Role::Edit).await;
    ann.add("One").await;
    ann.until_saved().await;

    log.suffer(Trouble::Full);
    ann.add("Two").await;
    ann.until("the disk is full", |ann| ann.refused == [refused::DISK_FULL]).await;
    // Another server on the same storage knows no room of this board.
    let later = House { board: house.board.clone(), ..House::new(store, Limits::default()) };
    let mut bob = later.join(2, Role::Edit).await;
    bob.until("told why nothing is saved", |bob| bob.refused == [refused::DISK_FULL]).await;
    assert_eq!(bob.text(), "One");
    bob.add("Three").await;

    log.suffer(Trouble::None);
    bob.until("asked to come again", |bob| bob.closed == Some(CloseCode::Restart)).await;
    assert_eq!(bob.saved, 0);
    ann.until_saved().await;
    let mut bob = later.join(3, Role::Edit).await;
    assert_eq!(bob.text(), "One\nTwo");
    assert!(bob.refused.is_empty());
    bob.until("nothing more", |_| true).await;
}

#[tokio::test]
async fn while_the_disk_is_full_no_board_is_deleted_and_nobody_is_sent_out() {
    let log = FakeLog::new();
    let (store, _threads) = log.start();
    let house = House::new(store.clone(), Limits::default());
    let mut ann = house.join(1, Role::Edit).await;
    ann.add("One").await;
    ann.until_saved().await;
    log.suffer(Trouble::Full);
    ann.add("Two").await;
    ann.until("the disk is full", |ann| ann.refused == [refused::DISK_FULL]).await;
    let refused = boards::delete(&store, &house.rooms, &house.board).await;
    assert!(matches!(refused, Err(BoardError::NotNow(NotNow::Full))), "{refused:?}");
    log.suffer(Trouble::None);
    ann.until_saved().await;
    assert_eq!((ann.closed, log.text().as_str()), (None, "One\nTwo"));

    boards::delete(&store, &house.rooms, &house.board).await.unwrap();
    ann.until("sent out", |ann| ann.closed == Some(CloseCode::Deleted)).await;
    assert!(house.rooms.enter(&house.board).is_none());
}

#[tokio::test]
async fn after_a_failed_fsync_nothing_is_confirmed_and_the_server_ends_with_the_reason() {
    let log = FakeLog::new();
    let (store, threads) = log.start();
    let house = House::new(store.clone(), Limits::default());
    let mut ann = house.join(1, Role::Edit).await;
    ann.add("One").await;
    ann.until_saved().await;

    let data = tempfile::tempdir().unwrap();
    let lock = crate::lock(data.path()).unwrap();
    let config = Config::new(data.path().to_owned());
    let server = Server { config, public_host: None, store, threads, _lock: lock };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    // Nobody asks it to end.
    let serving = tokio::spawn(server.serve(listener, std::future::pending()));
    log.suffer(Trouble::Fsync);
    let saved = ann.saved;
    ann.add("Two").await;
    let end = timeout(PATIENCE, serving).await.expect("the server ends").unwrap();
    assert!(matches!(&end, Err(ServerError::Disk(reason)) if reason.contains("fsync")), "{end:?}");
    ann.until("the room is closed", |ann| ann.closed == Some(CloseCode::Internal)).await;
    assert_eq!(ann.saved, saved);
}
