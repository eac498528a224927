//! The cable between one person's browser and the server: it can be pulled out and put back.
//!
//! The browser's own emulation of "offline" leaves open WebSockets alone, so every person reaches the server through
//! a relay of theirs on a port of its own.

use anyhow::Result;
use std::sync::Arc;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

#[derive(Clone)]
pub struct Cable {
    /// `http://127.0.0.1:PORT` of the relay.
    pub origin: String,
    state: Arc<watch::Sender<State>>,
}

/// What the cable lets through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    All,
    /// Pages and files, but no open socket: as a proxy that does not know WebSockets.
    Pages,
    Nothing,
}

#[derive(Clone, Copy)]
struct State {
    flow: Flow,
    /// Connections before this one are dead and do not know it, as after a long sleep.
    dead_before: u64,
    connections: u64,
}

impl Cable {
    /// `server` is the origin behind it; it may come and go.
    pub async fn lay(server: &str) -> Result<Cable> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let address = server.trim_start_matches("http://").to_string();
        let state = State { flow: Flow::All, dead_before: 0, connections: 0 };
        let state = Arc::new(watch::Sender::new(state));
        let watched = state.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                watched.send_modify(|state| state.connections += 1);
                let number = watched.borrow().connections;
                tokio::spawn(carry(near, address.clone(), number, watched.subscribe()));
            }
        });
        Ok(Cable { origin, state })
    }

    pub fn set(&self, flow: Flow) {
        self.state.send_modify(|state| state.flow = flow);
    }

    /// Nothing moves any more on the connections that are open, and none of them is closed. New ones work.
    pub fn go_dead(&self) {
        self.state.send_modify(|state| state.dead_before = state.connections + 1);
    }
}

/// Ends when either side ends, and as soon as its kind is not let through.
async fn carry(mut near: TcpStream, address: String, number: u64, mut watched: watch::Receiver<State>) {
    let is_socket = is_socket(&near).await;
    let stops = |flow: Flow| flow == Flow::Nothing || flow == Flow::Pages && is_socket;
    if stops(watched.borrow().flow) {
        return;
    }
    let Ok(mut far) = TcpStream::connect(address).await else { return };
    let mut copy = std::pin::pin!(copy_bidirectional(&mut near, &mut far));
    loop {
        let state = *watched.borrow_and_update();
        if stops(state.flow) {
            return;
        }
        let changed = if number < state.dead_before {
            watched.changed().await
        } else {
            tokio::select! {
                _ = &mut copy => return,
                changed = watched.changed() => changed,
            }
        };
        if changed.is_err() {
            return;
        }
    }
}

/// Whether the browser opens a WebSocket: its first line says so.
async fn is_socket(near: &TcpStream) -> bool {
    let mut first = [0; 8];
    matches!(near.peek(&mut first).await, Ok(8) if &first == b"GET /ws/")
}
