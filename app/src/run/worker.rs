//! The page's end of the worker: questions go out, answers come back as futures.
//!
//! One worker a page, started with the first question. A question that is dropped before its answer is cancelled.
//! When the worker dies, whatever the reason, every open question fails with `Stopped`, and the next one starts
//! another. That one has been told the present text again; of runs it knows nothing: it says `NoSuchRun` until it is
//! given all their steps once more.
//! Not here: the browser's worker itself (`beside`).

use crate::beside::Beside;
use protocol::request::{Ask, Failed, Message, Reply, Say};
use std::cell::RefCell;
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::JsValue;

/// A handle of the page's one worker.
#[derive(Clone, Copy)]
pub struct Worker;

thread_local! {
    static LINE: RefCell<Line> = RefCell::default();
}

/// The connection, and what is open on it.
#[derive(Default)]
struct Line {
    live: Option<Beside>,
    /// The last id that was given out.
    last: u32,
    open: HashMap<u32, Rc<Open>>,
    /// The message by which the worker knows the board's text.
    text: Option<String>,
}

/// A question without its answer.
#[derive(Default)]
struct Open {
    answer: RefCell<Option<Result<Say, Failed>>>,
    waker: RefCell<Option<Waker>>,
    progress: Option<Box<dyn Fn(u64, u64)>>,
}

/// The answer to a question, when it is here. Dropping it takes the question back.
pub struct Answer {
    id: u32,
    open: Rc<Open>,
}

impl Worker {
    pub fn ask(self, ask: Ask) -> Answer {
        send(ask, None)
    }

    /// Hears how far it is: what is done, of how much.
    pub fn ask_with(self, ask: Ask, progress: impl Fn(u64, u64) + 'static) -> Answer {
        send(ask, Some(Box::new(progress)))
    }
}

impl Future for Answer {
    type Output = Result<Say, Failed>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.open.answer.take() {
            Some(answer) => Poll::Ready(answer),
            None => {
                self.open.waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        LINE.with_borrow_mut(|line| {
            let unanswered = line.open.remove(&self.id).is_some();
            if unanswered && let Some(live) = &mut line.live {
                live.post(json(0, Ask::Cancel { message: self.id }));
            }
        });
    }
}

impl Open {
    fn close(&self, answer: Result<Say, Failed>) {
        self.answer.replace(Some(answer));
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

fn send(ask: Ask, progress: Option<Box<dyn Fn(u64, u64)>>) -> Answer {
    let open = Rc::new(Open { progress, ..Open::default() });
    let is_text = matches!(ask, Ask::Model { .. });
    let id = LINE.with_borrow_mut(|line| {
        // 0 is nobody's.
        line.last = line.last.wrapping_add(1).max(1);
        let message = json(line.last, ask);
        if line.live.is_none() {
            let first = line.text.iter().filter(|_| !is_text).cloned().collect();
            line.live = Beside::start("worker", first, heard, died);
        }
        if is_text {
            line.text = Some(message.clone());
        }
        match &mut line.live {
            Some(live) => {
                live.post(message);
                line.open.insert(line.last, open.clone());
            }
            None => open.close(Err(Failed::Stopped(String::new()))),
        }
        line.last
    });
    Answer { id, open }
}

/// Messages are plain data: writing them cannot fail.
fn json(id: u32, ask: Ask) -> String {
    serde_json::to_string(&Message { id, ask }).unwrap_or_default()
}

fn heard(data: JsValue) {
    let Some(data) = data.as_string() else { return };
    if data.is_empty() {
        LINE.with_borrow_mut(|line| line.live.iter_mut().for_each(Beside::listens));
        return;
    }
    let Ok(Reply { id, say }) = serde_json::from_str(&data) else { return };
    match say {
        Say::Progress { done, of } => {
            let open = LINE.with_borrow(|line| line.open.get(&id).cloned());
            if let Some(progress) = open.as_ref().and_then(|open| open.progress.as_ref()) {
                progress(done, of);
            }
        }
        say => {
            let open = LINE.with_borrow_mut(|line| line.open.remove(&id));
            let answer = match say {
                Say::Failed(failed) => Err(failed),
                say => Ok(say),
            };
            open.into_iter().for_each(|open| open.close(answer.clone()));
        }
    }
}

fn died(words: String) {
    let (live, open) = LINE.with_borrow_mut(|line| (line.live.take(), std::mem::take(&mut line.open)));
    live.into_iter().for_each(Beside::end);
    let failed = Failed::Stopped(words);
    open.into_values().for_each(|open| open.close(Err(failed.clone())));
}
