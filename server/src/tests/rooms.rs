//! Rooms that end and come back, and what does not grow the log.

use super::fake::{FakeLog, Guest, House, PATIENCE};
use crate::config::Limits;
use board::Command;
use board::awareness::{self, Entry};
use board::command::Splice;
use board::wire::{CloseCode, Message, Role};
use std::time::Duration;
use tokio::time::timeout;

#[tokio::test]
async fn an_idle_room_is_unloaded_and_comes_back_whole() {
    let log = FakeLog::new();
    let (store, _threads) = log.start();
    let house = House::new(store, Limits { linger: Duration::from_millis(1), ..Limits::default() });
    let mut ann = house.join(1, Role::Edit).await;
    for number in 0..30 {
        ann.add(&format!("Event {number}")).await;
    }
    let text = ann.text();
    let door = ann.mailbox.clone();
    // She does not wait for what she wrote; the room does.
    ann.leave().await;
    timeout(PATIENCE, door.closed()).await.expect("the room ends");
    assert_eq!(log.text(), text);
    let mut bob = house.join(2, Role::Edit).await;
    assert_eq!(bob.text(), text);
    // The new room goes on where the old one ended.
    bob.add("The End").await;
    bob.until_saved().await;
    assert_eq!(log.text(), bob.text());
}

#[tokio::test]
async fn an_answer_that_brings_nothing_new_is_confirmed_and_leaves_the_log_as_it_is() {
    let log = FakeLog::new();
    let (store, _threads) = log.start();
    let house = House::new(store, Limits::default());
    let mut ann = house.join(1, Role::Edit).await;
    ann.add("One").await;
    ann.add("Two").await;
    let first = ann.replica.board().lines.keys().next().unwrap().clone();
    let splice = Splice { at: 0, delete: 2, insert: String::new() };
    ann.command(Command::Type { line: first, splices: vec![splice] }).await;
    ann.until_saved().await;
    let rows = log.rows();
    // Only the delete set, which Yjs sends every time; then everything once more.
    let nothing = ann.replica.diff(&ann.replica.state_vector()).unwrap();
    assert_ne!(nothing, [0, 0]);
    for again in [Message::Step2(nothing), Message::Step2(ann.replica.snapshot())] {
        ann.say(again).await;
        ann.until_saved().await;
    }
    assert_eq!(log.rows(), rows);
}

#[tokio::test]
async fn a_server_that_ends_tells_every_guest_that_it_comes_back() {
    let log = FakeLog::new();
    let (store, _threads) = log.start();
    let house = House::new(store, Limits::default());
    let mut ann = house.join(1, Role::Edit).await;
    let mut eve = house.join(2, Role::View).await;
    house.stop.send_replace(true);
    for guest in [&mut ann, &mut eve] {
        guest.until("told", |guest| guest.closed == Some(CloseCode::Restart)).await;
    }
}

#[tokio::test]
async fn a_difference_that_was_dropped_unread_is_part_of_the_next_one() {
    let (store, _threads) = FakeLog::new().start();
    let house = House::new(store, Limits { queue: 1_000, ..Limits::default() });
    let mut ann = house.join(1, Role::Edit).await;
    let mut slow = house.join(2, Role::Edit).await;
    // Long enough for the room to note a newer state than the one the reader has.
    for number in 0..200 {
        ann.add(&format!("Event {number}")).await;
    }
    ann.until_saved().await;
    slow.ask_for_the_difference().await;
    // The reader has not taken it yet, and now there is too much for it again.
    ann.add(&"x".repeat(1_000)).await;
    ann.until_saved().await;
    slow.until("everything is there", |slow| slow.text() == ann.text()).await;
}

fn seen(client: u64, clock: u64, state: &str) -> Message {
    Message::Awareness(awareness::write(&[Entry { client, clock, state: Some(state.to_owned()) }]))
}

#[tokio::test]
async fn a_page_that_comes_back_is_seen_at_once_and_nobody_else_speaks_for_it() {
    let (store, _threads) = FakeLog::new().start();
    let house = House::new(store, Limits::default());
    let mut eve = house.join(1, Role::View).await;
    let is = |guest: &Guest, state: &str| guest.here.states().any(|(_, json)| json == state);
    let mut before = house.join_as("ann", 2, Role::Edit).await;
    before.say(seen(77, 1, "\"before\"")).await;
    eve.until("she is there", |eve| is(eve, "\"before\"")).await;
    let mut thief = house.join_as("mallory", 3, Role::Edit).await;
    thief.say(seen(77, 2, "\"stolen\"")).await;
    // Nobody knows yet that her first socket is dead.
    let mut again = house.join_as("ann", 4, Role::Edit).await;
    again.say(seen(77, 2, "\"again\"")).await;
    for guest in [&mut eve, &mut again] {
        guest.until("she is there again", |guest| is(guest, "\"again\"")).await;
    }
    // Now it is known, and takes nothing away.
    before.leave().await;
    again.say(seen(77, 3, "\"still\"")).await;
    eve.until("she is still there", |eve| is(eve, "\"still\"")).await;
    assert!(!is(&eve, "\"stolen\""));
}
