//! How much one sender and one address may ask for.

use crate::access::BoardId;
use crate::config::Limits;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Seconds of its rate that a sender may use at once.
const BURST: f64 = 4.0;

/// Slows one sender down to its rate.
pub struct Bucket {
    frames: f64,
    bytes: f64,
    frame_rate: f64,
    byte_rate: f64,
    filled: Instant,
    /// Since when the sender has been held up without a rest.
    held: Duration,
    patience: Duration,
}

impl Bucket {
    pub fn new(limits: &Limits) -> Bucket {
        Bucket {
            frames: limits.frames_per_second * BURST,
            bytes: limits.bytes_per_second * BURST,
            frame_rate: limits.frames_per_second,
            byte_rate: limits.bytes_per_second,
            filled: Instant::now(),
            held: Duration::ZERO,
            patience: limits.patience,
        }
    }

    /// Waits until this frame is paid for. The answer is false for a sender that never rests.
    pub async fn pay(&mut self, bytes: usize) -> bool {
        let now = Instant::now();
        let passed = now.duration_since(self.filled).as_secs_f64();
        self.filled = now;
        self.frames = (self.frames + passed * self.frame_rate).min(self.frame_rate * BURST);
        self.bytes = (self.bytes + passed * self.byte_rate).min(self.byte_rate * BURST);
        if self.frames > self.frame_rate && self.bytes > self.byte_rate {
            self.held = Duration::ZERO;
        }
        self.frames -= 1.0;
        // One large upload is slow for its sender, but no reason to close.
        self.bytes = (self.bytes - bytes as f64).max(-self.byte_rate * BURST);
        let debt = (-self.frames / self.frame_rate).max(-self.bytes / self.byte_rate);
        if debt > 0.0 {
            let wait = Duration::from_secs_f64(debt);
            self.held += wait;
            if self.held > self.patience {
                return false;
            }
            tokio::time::sleep(wait).await;
        }
        true
    }
}

#[derive(Default)]
struct Inside {
    sockets: HashMap<IpAddr, usize>,
    per_room: HashMap<(IpAddr, BoardId), usize>,
    /// Boards made in the hour that began then.
    boards: HashMap<IpAddr, (std::time::Instant, usize)>,
}

/// Counts who is inside, by address. This machine's own addresses are not counted.
#[derive(Clone)]
pub struct Doors {
    inside: Arc<Mutex<Inside>>,
    limits: Limits,
}

/// A place inside, given back when dropped.
pub struct Crowd {
    inside: Arc<Mutex<Inside>>,
    address: IpAddr,
    board: BoardId,
}

const HOUR: Duration = Duration::from_secs(3600);

impl Doors {
    pub fn new(limits: Limits) -> Doors {
        Doors { inside: Arc::default(), limits }
    }

    pub fn take_place(&self, address: IpAddr, board: &BoardId) -> Option<Crowd> {
        let mut inside = lock(&self.inside);
        let key = (address, board.clone());
        let all = inside.sockets.get(&address).copied().unwrap_or(0);
        let here = inside.per_room.get(&key).copied().unwrap_or(0);
        let full = all >= self.limits.sockets || here >= self.limits.sockets_per_room;
        if full && !address.is_loopback() {
            return None;
        }
        inside.sockets.insert(address, all + 1);
        inside.per_room.insert(key, here + 1);
        Some(Crowd { inside: self.inside.clone(), address, board: board.clone() })
    }

    pub fn may_make_board(&self, address: IpAddr) -> bool {
        if address.is_loopback() {
            return true;
        }
        let mut inside = lock(&self.inside);
        inside.boards.retain(|_, (since, _)| since.elapsed() < HOUR);
        let (_, made) = inside.boards.entry(address).or_insert_with(|| (std::time::Instant::now(), 0));
        *made += 1;
        *made <= self.limits.boards_per_hour
    }

    pub fn sockets(&self) -> usize {
        lock(&self.inside).sockets.values().sum()
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        let mut inside = lock(&self.inside);
        let key = (self.address, self.board.clone());
        lower(&mut inside.per_room, &key);
        lower(&mut inside.sockets, &self.address);
    }
}

fn lower<K: std::hash::Hash + Eq>(counts: &mut HashMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

fn lock(inside: &Mutex<Inside>) -> MutexGuard<'_, Inside> {
    inside.lock().unwrap_or_else(PoisonError::into_inner)
}
