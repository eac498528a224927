//! What waits to be sent to one socket, bounded in bytes.
//!
//! Updates and presence wait in a queue. When the queue is over its budget it is dropped whole and the reader counts
//! as behind: it gets nothing more until its socket has room, and then one difference from what it had. Nothing is
//! lost silently and nothing grows without bound. Answers that a client waits for are slots, each at most once.

use board::wire::CloseCode;
use bytes::Bytes;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

#[derive(Default)]
struct Waiting {
    /// Greetings and refusals: few and small.
    first: VecDeque<Bytes>,
    /// The newest answer to "what am I missing".
    answer: Option<Bytes>,
    /// Updates and presence, which a difference can replace.
    queue: VecDeque<Bytes>,
    bytes: usize,
    saved: Option<Bytes>,
    behind: bool,
    /// Whether the room was told that a reader who is behind has room again.
    asked: bool,
    close: Option<CloseCode>,
}

pub struct Outbox {
    waiting: Mutex<Waiting>,
    news: Notify,
    budget: usize,
}

/// What became of a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pushed {
    /// Nothing else was waiting: the reader has everything before this frame.
    First,
    Queued,
    /// The reader is behind; the frame is part of the difference it gets later.
    Behind,
}

#[derive(Debug)]
pub enum Next {
    Frames(Vec<Bytes>),
    /// Everything is sent, and the reader needs a difference.
    CaughtUp,
    Close(CloseCode),
}

impl Outbox {
    pub fn new(budget: usize) -> Outbox {
        Outbox { waiting: Mutex::default(), news: Notify::new(), budget }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An update or a piece of presence.
    pub fn push(&self, frame: Bytes) -> Pushed {
        let mut waiting = self.waiting();
        if waiting.behind {
            return Pushed::Behind;
        }
        let first = waiting.queue.is_empty() && waiting.answer.is_none();
        if !first && waiting.bytes + frame.len() > self.budget {
            waiting.queue = VecDeque::new();
            waiting.bytes = 0;
            waiting.behind = true;
            waiting.asked = false;
            drop(waiting);
            self.news.notify_one();
            return Pushed::Behind;
        }
        waiting.bytes += frame.len();
        waiting.queue.push_back(frame);
        drop(waiting);
        self.news.notify_one();
        if first { Pushed::First } else { Pushed::Queued }
    }

    /// Goes out before everything else.
    pub fn greet(&self, frame: Bytes) {
        self.waiting().first.push_back(frame);
        self.news.notify_one();
    }

    /// The answer to "what am I missing"; a newer one replaces one that was not sent yet.
    pub fn answer(&self, frame: Bytes) {
        self.waiting().answer = Some(frame);
        self.news.notify_one();
    }

    pub fn saved(&self, frame: Bytes) {
        self.waiting().saved = Some(frame);
        self.news.notify_one();
    }

    /// Ends being behind. These frames do not count as waiting, however large: or the next small one would drop them,
    /// and a reader of a busy board would never catch up.
    pub fn catch_up(&self, frames: impl IntoIterator<Item = Bytes>) {
        let mut waiting = self.waiting();
        waiting.behind = false;
        waiting.queue.extend(frames);
        drop(waiting);
        self.news.notify_one();
    }

    /// The first reason counts. What waits is still sent.
    pub fn close(&self, code: CloseCode) {
        self.waiting().close.get_or_insert(code);
        self.news.notify_one();
    }

    /// How many updates and pieces of presence wait, and their bytes.
    #[cfg(test)]
    pub fn queued(&self) -> (usize, usize) {
        let waiting = self.waiting();
        (waiting.queue.len(), waiting.bytes)
    }

    pub async fn next(&self) -> Next {
        loop {
            // Registered before looking, so that nothing pushed in between is missed.
            let news = self.news.notified();
            if let Some(next) = self.waiting().next() {
                return next;
            }
            news.await;
        }
    }
}

impl Waiting {
    fn next(&mut self) -> Option<Next> {
        let mut frames: Vec<Bytes> = self.first.drain(..).collect();
        frames.extend(self.answer.take());
        frames.extend(self.queue.drain(..));
        frames.extend(self.saved.take());
        self.bytes = 0;
        if !frames.is_empty() {
            return Some(Next::Frames(frames));
        }
        if let Some(code) = self.close {
            return Some(Next::Close(code));
        }
        if self.behind && !self.asked {
            self.asked = true;
            return Some(Next::CaughtUp);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(len: usize) -> Bytes {
        Bytes::from(vec![0; len])
    }

    #[tokio::test]
    async fn a_queue_over_its_budget_is_dropped_for_one_difference() {
        let out = Outbox::new(100);
        assert_eq!(out.push(frame(60)), Pushed::First);
        assert_eq!(out.push(frame(30)), Pushed::Queued);
        assert_eq!(out.push(frame(30)), Pushed::Behind);
        assert_eq!(out.push(frame(1)), Pushed::Behind);
        assert!(matches!(out.next().await, Next::CaughtUp));
        out.catch_up([frame(500)]);
        let Next::Frames(frames) = out.next().await else {
            panic!("the difference is sent");
        };
        assert_eq!(frames.len(), 1);
        assert_eq!(out.push(frame(200)), Pushed::First);
    }

    #[tokio::test]
    async fn an_answer_survives_a_dropped_queue_and_goes_out_before_the_close() {
        let out = Outbox::new(10);
        out.answer(frame(50));
        assert_eq!(out.push(frame(20)), Pushed::Behind);
        out.close(CloseCode::Restart);
        out.close(CloseCode::Internal);
        assert!(matches!(out.next().await, Next::Frames(frames) if frames.len() == 1));
        assert!(matches!(out.next().await, Next::Close(CloseCode::Restart)));
    }
}
