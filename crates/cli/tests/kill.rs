//! The real server process is killed again and again under load. Every update that was confirmed as saved is there
//! afterwards, and whoever is told to be in step has at least all of them.
//!
//! `SQUALL_KILLS` sets how often (50), `SQUALL_SEED` where the moments come from.

#[path = "../../../server/tests/common/mod.rs"]
mod common;
mod process;

use common::{Client, Links, add, make_board};
use process::start;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

const WRITERS: u64 = 4;
/// Adds that a writer has under way.
const WINDOW: usize = 20;
/// A board is used for so many kills: it survives several, and stays small enough to be read again and again.
const KILLS_PER_BOARD: u64 = 5;
/// A kill comes after fewer than so many confirmations.
const MOMENTS: u64 = 24;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |value| value.parse().expect("a number"))
}

type Confirmed = Arc<Mutex<BTreeSet<String>>>;

/// Adds lines until the server is gone, and notes each that is confirmed.
async fn write(mut client: Client, name: String, confirmed: Confirmed, count: watch::Sender<u64>) {
    client.until_synced().await;
    let mut waiting: Vec<(u64, String)> = Vec::new();
    for next in 0u64.. {
        let line = format!("{name} {next}");
        client.command(add(&line)).await;
        waiting.push((client.sent, line));
        while waiting.len() >= WINDOW {
            if !client.read().await {
                return;
            }
            let saved = client.saved;
            let (done, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(sent, _)| *sent <= saved);
            waiting = rest;
            if !done.is_empty() {
                confirmed.lock().unwrap().extend(done.into_iter().map(|(_, line)| line));
                count.send_modify(|count| *count += 1);
            }
        }
    }
}

/// A newcomer's first whole answer holds everything that was confirmed.
async fn check(address: SocketAddr, board: &Links, confirmed: &Confirmed, what: &str) {
    let expected = confirmed.lock().unwrap().clone();
    let mut reader = Client::join(address, &board.view, u64::MAX).await;
    reader.until_synced().await;
    let text = reader.text();
    let there: BTreeSet<&str> = text.lines().collect();
    let lost: Vec<&String> = expected.iter().filter(|line| !there.contains(line.as_str())).collect();
    assert!(lost.is_empty(), "{what}: {} of {} are lost: {lost:?}", lost.len(), expected.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_confirmed_survives_every_kill() {
    let kills = number("SQUALL_KILLS", 50);
    let seed = number("SQUALL_SEED", 1);
    let mut moments = fastrand::Rng::with_seed(seed);
    let data = tempfile::tempdir().unwrap();
    let mut boards: Vec<(Links, Confirmed)> = Vec::new();
    let (mut server, mut address) = start(data.path()).await;
    for kill in 0..kills {
        if kill % KILLS_PER_BOARD == 0 {
            boards.push((make_board(address, "# Kill").await, Confirmed::default()));
        }
        let (board, confirmed) = boards.last().unwrap();
        let (count, mut counted) = watch::channel(0);
        let mut writers = Vec::new();
        for writer in 0..WRITERS {
            let client = Client::join(address, &board.edit, kill * WRITERS + writer + 1).await;
            let name = format!("k{kill} w{writer} n");
            writers.push(tokio::spawn(write(client, name, confirmed.clone(), count.clone())));
        }
        drop(count);
        let moment = moments.u64(0..MOMENTS);
        let reached = counted.wait_for(|count| *count >= moment);
        let reached = tokio::time::timeout(common::PATIENCE, reached).await;
        assert!(matches!(reached, Ok(Ok(_))), "kill {kill} (seed {seed}): nothing is confirmed");
        drop(reached);
        check(address, board, confirmed, &format!("kill {kill} (seed {seed}), before")).await;
        server.kill().await.unwrap();
        for writer in writers {
            writer.await.unwrap();
        }
        (server, address) = start(data.path()).await;
        check(address, board, confirmed, &format!("kill {kill} (seed {seed}), after")).await;
    }
    let mut total = 0;
    for (board, confirmed) in &boards {
        check(address, board, confirmed, "at the end").await;
        total += confirmed.lock().unwrap().len();
    }
    println!("{kills} kills, {total} confirmed lines, none lost (seed {seed})");
    assert!(total as u64 >= kills, "the load was no load");
}
