//! The page's end of the generator: questions go out, answers come back as futures.
//!
//! One generator a page, started with the first question. When it dies, whatever the reason, every open question fails
//! with `Stopped`, and the next one starts another. Each question brings all that its answer needs; the calls of the
//! API are brought again by `api`.

use super::reply;
use crate::beside::Beside;
use js_sys::{Array, ArrayBuffer};
use protocol::ship::{Ask, Failed, Message, Reply, Say};
use std::cell::RefCell;
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::{JsCast, JsValue};

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
}

/// What was said, and the bytes that came with it.
pub type Said = Result<(Say, Option<ArrayBuffer>), Failed>;

/// A question without its answer.
#[derive(Default)]
struct Open {
    answer: RefCell<Option<Said>>,
    waker: RefCell<Option<Waker>>,
}

/// The answer to a question, when it is here.
struct Answer(Rc<Open>);

pub async fn ask(ask: Ask) -> Result<Say, Failed> {
    ask_for_bytes(ask).await.map(|(say, _)| say)
}

pub fn ask_for_bytes(ask: Ask) -> impl Future<Output = Said> {
    let open = Rc::new(Open::default());
    LINE.with_borrow_mut(|line| {
        // 0 is nobody's.
        line.last = line.last.wrapping_add(1).max(1);
        if line.live.is_none() {
            line.live = Beside::start("generator", Vec::new(), heard, died);
        }
        // Messages are plain data: writing them cannot fail.
        let message = serde_json::to_string(&Message { id: line.last, ask }).unwrap_or_default();
        match &mut line.live {
            Some(live) => {
                live.post(message);
                line.open.insert(line.last, open.clone());
            }
            None => open.close(Err(Failed::Stopped(String::new()))),
        }
    });
    Answer(open)
}

impl Future for Answer {
    type Output = Said;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Said> {
        match self.0.answer.take() {
            Some(answer) => Poll::Ready(answer),
            None => {
                self.0.waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }
        }
    }
}

impl Open {
    fn close(&self, answer: Said) {
        self.answer.replace(Some(answer));
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

fn heard(data: JsValue) {
    let (words, bytes) = match data.dyn_ref::<Array>() {
        Some(both) => (both.get(0).as_string(), both.get(1).dyn_into().ok()),
        None => (data.as_string(), None),
    };
    let Some(words) = words else { return };
    if words.is_empty() {
        LINE.with_borrow_mut(|line| line.live.iter_mut().for_each(Beside::listens));
        return;
    }
    let Some(Reply { id, say }) = reply::read(&words) else { return };
    let open = LINE.with_borrow_mut(|line| line.open.remove(&id));
    let answer = match say {
        Say::Failed(failed) => Err(failed),
        say => Ok((say, bytes)),
    };
    open.into_iter().for_each(|open| open.close(answer.clone()));
}

fn died(words: String) {
    let (live, open) = LINE.with_borrow_mut(|line| (line.live.take(), std::mem::take(&mut line.open)));
    live.into_iter().for_each(Beside::end);
    let failed = Failed::Stopped(words);
    open.into_values().for_each(|open| open.close(Err(failed.clone())));
}
