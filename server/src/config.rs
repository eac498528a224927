//! What the server is told at its start, and the limits that keep it standing.

use std::path::PathBuf;
use std::time::Duration;

#[derive(Clone, Debug)]
pub struct Config {
    /// The directory that holds the database.
    pub data: PathBuf,
    /// Under which address people reach the server, where it is not an IP address or a local name.
    pub public_url: Option<String>,
    /// Whether `X-Forwarded-For` tells who connects. Only right behind a proxy that sets it.
    pub behind_proxy: bool,
    pub limits: Limits,
}

#[derive(Clone, Debug)]
pub struct Limits {
    /// Frames a second from one socket; more are read later, and a socket that never rests is closed.
    pub frames_per_second: f64,
    /// Bytes a second from one socket.
    pub bytes_per_second: f64,
    /// How long a socket may keep sending faster than that.
    pub patience: Duration,
    /// Bytes waiting for one slow reader before its queue is dropped for one difference.
    pub queue: usize,
    /// How long a reader may stay behind.
    pub behind: Duration,
    /// Bytes of a board as one update.
    pub document: usize,
    /// Bytes that a guest may go on saying when it was asked for everything that the room lacks.
    pub pending: usize,
    /// Rows after which the state that readers are known to have is noted anew.
    pub mark: u64,
    /// Rows after which a snapshot is written.
    pub snapshot: u64,
    /// Sockets of one address on one board.
    pub sockets_per_room: usize,
    /// Sockets of one address. (Addresses of this machine are not limited.)
    pub sockets: usize,
    /// Boards that one address may make in an hour.
    pub boards_per_hour: usize,
    /// How long a room stays loaded after the last one left.
    pub linger: Duration,
    /// How long a socket may take to say its first word.
    pub handshake: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            frames_per_second: 100.0,
            bytes_per_second: 1e6,
            patience: Duration::from_secs(20),
            queue: 1 << 20,
            behind: Duration::from_secs(30),
            document: 16 << 20,
            pending: 256 << 10,
            mark: 128,
            snapshot: 500,
            sockets_per_room: 200,
            sockets: 1_000,
            boards_per_hour: 200,
            linger: Duration::from_secs(60),
            handshake: Duration::from_secs(5),
        }
    }
}

impl Config {
    pub fn new(data: PathBuf) -> Config {
        Config { data, public_url: None, behind_proxy: false, limits: Limits::default() }
    }
}
