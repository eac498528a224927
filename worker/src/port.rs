//! The desk in a browser's worker: messages in and out, and one turn of the event loop between two slices.

use crate::Desk;
use std::cell::RefCell;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use wasm_bindgen::{JsCast, throw_str};

/// Short enough that a click during a storm is answered soon, long enough that turns cost little.
const SLICE_MS: f64 = 30.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postMessage)]
    fn post(message: &str);
    #[wasm_bindgen(js_name = setTimeout)]
    fn after_others(run: &js_sys::Function);
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now() -> f64;
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
    static WORK: Closure<dyn FnMut()> = Closure::new(work);
    /// A turn is on its way.
    static WAKING: RefCell<bool> = const { RefCell::new(false) };
}

#[wasm_bindgen(start)]
pub fn start() {
    // What stops this worker reaches the page as an error event, with its words.
    std::panic::set_hook(Box::new(|panic| throw_str(&panic.to_string())));
    let heard = Closure::<dyn FnMut(JsValue)>::new(|event: JsValue| {
        let data = js_sys::Reflect::get(&event, &"data".into()).ok();
        hear(&data.and_then(|data| data.as_string()).unwrap_or_default());
    });
    let set = js_sys::Reflect::set(&js_sys::global(), &"onmessage".into(), &heard.into_js_value());
    if set.is_ok() {
        // The page sends nothing before this word.
        post("");
    }
}

fn hear(message: &str) {
    DESK.with_borrow_mut(|desk| desk.hear(message));
    wake();
}

fn work() {
    WAKING.set(false);
    let until = now() + SLICE_MS;
    let more = DESK.with_borrow_mut(|desk| desk.work(&mut || now() < until));
    let said = DESK.with_borrow_mut(Desk::said);
    said.iter().for_each(|reply| post(reply));
    if more {
        wake();
    }
}

/// Messages that have arrived meanwhile are heard first.
fn wake() {
    if !WAKING.replace(true) {
        WORK.with(|work| after_others(work.as_ref().unchecked_ref()));
    }
}
