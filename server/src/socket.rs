//! One socket: frames in, checked and counted, to the room; what the room wants said, out.
//!
//! Invariant: nothing reaches a room that has not passed `wire::decode`. Reading waits while the room is busy or the
//! sender is too fast, so that the network slows the sender down; nothing is thrown away for being too much.

use crate::access::{Door, Segment};
use crate::limits::{Bucket, Crowd};
use crate::outbox::{Next, Outbox};
use crate::room::{Join, SocketId, ToRoom};
use crate::service::Service;
use axum::extract::ws::{CloseFrame, Message as Frame, WebSocket};
use board::wire::{self, CloseCode, FrameError, Limits as FrameLimits, Message};
use bytes::Bytes;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout, timeout_at};

/// A reader that was told nothing for so long is told something (Yjs clients reconnect after 30 s of silence).
const QUIET: Duration = Duration::from_secs(20);
/// A peer that answers nothing for so long is gone.
const DEAD: Duration = Duration::from_secs(65);
/// How long a frame may take to leave.
const STUCK: Duration = Duration::from_secs(30);
/// How long a peer that is sent away may still talk.
const FAREWELL: Duration = Duration::from_secs(2);

static NEXT: AtomicU64 = AtomicU64::new(1);

pub struct Visitor {
    pub segment: Option<Segment>,
    /// What the device calls itself; only Squall's own page has one.
    pub token: Option<String>,
    /// Whether it is a page that the server has a newer one of.
    pub outdated: bool,
    pub address: IpAddr,
}

pub async fn serve(socket: WebSocket, visitor: Visitor, service: Arc<Service>) {
    let (mut sink, mut stream) = socket.split();
    let outbox = Arc::new(Outbox::new(service.limits().queue));
    match enter(&visitor, &service, &outbox).await {
        Ok((id, room, _place)) => {
            talk(id, sink, &mut stream, &outbox, &room, &service).await;
            let _ = room.send(ToRoom::Left(id)).await;
        }
        Err(code) => {
            let _ = timeout(STUCK, say_goodbye(&mut sink, code)).await;
        }
    }
    let _ = timeout(FAREWELL, hear_out(stream)).await;
}

/// Takes what was under way when the reason was sent. A socket that is dropped before makes the system cut the
/// connection, and a browser then never learns why.
async fn hear_out(mut stream: SplitStream<WebSocket>) {
    while let Some(Ok(frame)) = stream.next().await {
        if matches!(frame, Frame::Close(_)) {
            return;
        }
    }
}

/// Finds out what the link opens and joins the room.
async fn enter(
    visitor: &Visitor,
    service: &Service,
    outbox: &Arc<Outbox>,
) -> Result<(SocketId, mpsc::Sender<ToRoom>, Crowd), CloseCode> {
    let segment = visitor.segment.as_ref().ok_or(CloseCode::NotFound)?;
    let door = service.store().door(segment.secret.hash()).await.map_err(|_| CloseCode::Internal)?;
    let grant = match door.of(&segment.board) {
        Door::Open(grant) => grant,
        Door::Deleted(_) => return Err(CloseCode::Deleted),
        Door::Wall => return Err(CloseCode::NotFound),
    };
    let place = service.doors().take_place(visitor.address, &grant.board).ok_or(CloseCode::Crowded)?;
    let person = match &visitor.token {
        Some(token) => grant.person_key.person(token),
        None => "guest".into(),
    };
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    // A room that is just closing lets nobody in; the next one does.
    for _ in 0..100 {
        let room = service.rooms().enter(&grant.board).ok_or(CloseCode::Deleted)?;
        let (joined, answer) = oneshot::channel();
        let join = ToRoom::Join(Join {
            id,
            outbox: outbox.clone(),
            role: grant.role,
            person: person.clone(),
            page: visitor.token.is_some(),
            outdated: visitor.outdated,
            joined,
        });
        if room.send(join).await.is_ok() && answer.await.is_ok() {
            return Ok((id, room, place));
        }
        if service.is_stopping() {
            return Err(CloseCode::Restart);
        }
        tokio::task::yield_now().await;
    }
    Err(CloseCode::Overloaded)
}

async fn talk(
    id: SocketId,
    sink: SplitSink<WebSocket, Frame>,
    stream: &mut SplitStream<WebSocket>,
    outbox: &Outbox,
    room: &mpsc::Sender<ToRoom>,
    service: &Service,
) {
    let mut writing = std::pin::pin!(write(id, sink, outbox, room));
    let reading = read(id, stream, room, service);
    tokio::select! {
        () = &mut writing => {}
        end = reading => {
            // A reason goes out behind what waits; without one the peer has gone.
            if let Some(code) = end {
                outbox.close(code);
                let _ = timeout(STUCK, writing).await;
            }
        }
    }
}

/// Reads until the peer goes (`None`) or has to go.
async fn read(
    id: SocketId,
    stream: &mut SplitStream<WebSocket>,
    room: &mpsc::Sender<ToRoom>,
    service: &Service,
) -> Option<CloseCode> {
    let limits = service.limits();
    let mut bucket = Bucket::new(limits);
    let mut uploaded = false;
    let mut deadline = Instant::now() + limits.handshake;
    let mut silent = CloseCode::Silent;
    loop {
        let Ok(next) = timeout_at(deadline, stream.next()).await else {
            return Some(silent);
        };
        let frame = match next {
            Some(Ok(frame)) => frame,
            Some(Err(error)) => return too_big(&error),
            None => return None,
        };
        let bytes: Bytes = match frame {
            Frame::Binary(bytes) => bytes,
            Frame::Text(_) => return Some(CloseCode::Malformed),
            Frame::Close(_) => return None,
            Frame::Ping(_) | Frame::Pong(_) => {
                // Before its first word a peer does not keep its place by pings.
                if silent != CloseCode::Silent {
                    deadline = Instant::now() + DEAD;
                }
                continue;
            }
        };
        silent = CloseCode::Overloaded;
        let first = !uploaded && bytes.starts_with(&[0, 1]);
        let messages = match understand(&bytes, &mut uploaded) {
            Ok(messages) => messages,
            Err(FrameError::TooBig) => return Some(CloseCode::TooBig),
            // Too much for one edit: the page says it again as a whole, which may be larger.
            Err(FrameError::Budget) if !first => return Some(CloseCode::TooBig),
            Err(error) => {
                tracing::info!(socket = id, %error, "a malformed frame closes its socket");
                return Some(CloseCode::Malformed);
            }
        };
        for message in messages {
            // A room that has gone closes the outbox, and with it this socket.
            if room.send(ToRoom::Said(id, message)).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
        if !bucket.pay(bytes.len()).await {
            return Some(CloseCode::TooFast);
        }
        deadline = Instant::now() + DEAD;
    }
}

/// Only the first `Step2` may be large.
fn understand(bytes: &[u8], uploaded: &mut bool) -> Result<Vec<Message>, FrameError> {
    let step2 = bytes.starts_with(&[0, 1]);
    let limits = if step2 && !*uploaded { &FrameLimits::FIRST } else { &FrameLimits::LIVE };
    *uploaded |= step2;
    wire::decode(bytes, limits)
}

/// An error of the transport: only a frame that is too large deserves a word.
fn too_big(error: &axum::Error) -> Option<CloseCode> {
    let capacity = error.to_string().to_lowercase();
    let large =
        capacity.contains("too long") || capacity.contains("too large") || capacity.contains("too big");
    large.then_some(CloseCode::TooBig)
}

async fn write(
    id: SocketId,
    mut sink: SplitSink<WebSocket, Frame>,
    outbox: &Outbox,
    room: &mpsc::Sender<ToRoom>,
) {
    let mut pinged = Instant::now();
    loop {
        let sent = match timeout(QUIET, outbox.next()).await {
            Ok(Next::Frames(frames)) => {
                let mut sent = timeout(STUCK, send_all(&mut sink, frames)).await;
                if pinged.elapsed() > QUIET && matches!(sent, Ok(Ok(()))) {
                    pinged = Instant::now();
                    sent = timeout(STUCK, sink.send(Frame::Ping(Bytes::new()))).await;
                }
                sent
            }
            Ok(Next::CaughtUp) => {
                let _ = room.send(ToRoom::CaughtUp(id)).await;
                continue;
            }
            Ok(Next::Close(code)) => {
                let _ = timeout(STUCK, say_goodbye(&mut sink, code)).await;
                return;
            }
            Err(_) => {
                pinged = Instant::now();
                timeout(STUCK, keep_alive(&mut sink)).await
            }
        };
        match sent {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return,
            Err(_) => {
                let _ = timeout(STUCK, say_goodbye(&mut sink, CloseCode::Overloaded)).await;
                return;
            }
        }
    }
}

async fn send_all(sink: &mut SplitSink<WebSocket, Frame>, frames: Vec<Bytes>) -> Result<(), axum::Error> {
    for frame in frames {
        sink.feed(Frame::Binary(frame)).await?;
    }
    sink.flush().await
}

async fn keep_alive(sink: &mut SplitSink<WebSocket, Frame>) -> Result<(), axum::Error> {
    sink.feed(Frame::Ping(Bytes::new())).await?;
    let ask = wire::encode(&Message::QueryAwareness);
    sink.send(Frame::Binary(ask.into())).await
}

async fn say_goodbye(sink: &mut SplitSink<WebSocket, Frame>, code: CloseCode) -> Result<(), axum::Error> {
    let close = CloseFrame { code: code.code(), reason: code.name().into() };
    sink.send(Frame::Close(Some(close))).await
}
