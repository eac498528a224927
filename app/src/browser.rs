//! The few things the page asks of the browser: time, randomness, small storage, frames, downloads, the clipboard.
//! Each works on plain http too, or says how it falls back.

use board::LineId;
use std::future::Future;
use std::pin::Pin;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

pub fn window() -> web_sys::Window {
    leptos::prelude::window()
}

pub fn document() -> web_sys::Document {
    leptos::prelude::document()
}

/// Milliseconds since 1970 on this device's clock.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// Fresh random bits; `crypto.getRandomValues` needs no secure context.
pub fn random() -> u64 {
    let mut bytes = [0u8; 8];
    let filled =
        window().crypto().is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if filled { u64::from_le_bytes(bytes) } else { (js_sys::Math::random() * 2f64.powi(53)) as u64 }
}

/// Random letters and digits, for tokens.
pub fn random_token(length: usize) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    (0..length).map(|_| ALPHABET[(random() % 64) as usize] as char).collect()
}

/// Runs a task beside what goes on. All tasks are one type here: each type would bring its own machinery.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    wasm_bindgen_futures::spawn_local(task);
}

pub fn next_frame(run: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(run);
    // A page that is being closed gives no more frames; then nothing is left to draw either.
    let _ = window().request_animation_frame(callback.unchecked_ref());
}

/// Storage may be switched off; then nothing is remembered.
pub fn recall(key: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(key).ok().flatten()
}

pub fn remember(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

pub fn forget(key: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(key);
    }
}

/// Hands a text to the person as a file.
pub fn download(name: &str, text: &str, mime: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    download_blob(name, &blob);
}

pub fn download_blob(name: &str, blob: &web_sys::Blob) {
    let Ok(url) = web_sys::Url::create_object_url_with_blob(blob) else { return };
    if let Ok(link) = document().create_element("a").map(JsCast::unchecked_into::<web_sys::HtmlAnchorElement>)
    {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    gloo_timers::callback::Timeout::new(10_000, move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    })
    .forget();
}

/// The element that shows a line on the wall.
pub fn note_element(id: &LineId) -> Option<web_sys::HtmlElement> {
    let notes = document().query_selector_all("[data-line]").ok()?;
    (0..notes.length())
        .filter_map(|at| notes.item(at)?.dyn_into::<web_sys::HtmlElement>().ok())
        .find(|note| note.get_attribute("data-line").as_deref() == Some(&*id.0))
}

pub fn is_mac() -> bool {
    window()
        .navigator()
        .platform()
        .is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}
