//! The desk in a browser's worker: one message in, its answer out.

use crate::desk::{Desk, Said};
use std::cell::RefCell;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use wasm_bindgen::throw_str;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postMessage)]
    fn post(message: &JsValue);
    /// Hands the buffers over: they are gone here and nobody copies them.
    #[wasm_bindgen(js_name = postMessage)]
    fn hand_over(message: &JsValue, buffers: &js_sys::Array);
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
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
        post(&"".into());
    }
}

fn hear(message: &str) {
    match DESK.with_borrow_mut(|desk| desk.hear(message)) {
        Said::Words(words) => post(&words.into()),
        Said::Bytes(words, bytes) => {
            let buffer = js_sys::Uint8Array::from(bytes.as_slice()).buffer();
            hand_over(&js_sys::Array::of2(&words.into(), &buffer), &js_sys::Array::of1(&buffer));
        }
    }
}
