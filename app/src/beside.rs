//! A wasm that runs in a worker of the page: how it is started, spoken to and ended.
//!
//! Imports of the browser's worker API would weigh on the first wasm, so it is called by name here.
//! Not here: what is said (`run::worker`, `ship::generator`).

use crate::browser;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::EventTarget;

/// A worker that runs, or that is being started.
pub struct Beside {
    worker: JsValue,
    /// What is sent once it runs.
    unsent: Option<Vec<String>>,
    heard: Closure<dyn FnMut(JsValue)>,
    died: Closure<dyn FnMut(JsValue)>,
}

impl Beside {
    /// The worker of this name, which hears `first` before all else. `heard` gets what it says; its first word is empty
    /// and says that it listens. `died` gets its last words. Where this browser has no workers, there is none.
    pub fn start(name: &str, first: Vec<String>, heard: fn(JsValue), died: fn(String)) -> Option<Beside> {
        let meta = browser::document().query_selector(&format!("meta[name=squall-{name}]")).ok().flatten()?;
        let address = meta.get_attribute("content")?;
        let class: Function = Reflect::get(&browser::window(), &"Worker".into()).ok()?.dyn_into().ok()?;
        let options = Object::new();
        Reflect::set(&options, &"type".into(), &"module".into()).ok()?;
        let worker = Reflect::construct(&class, &Array::of2(&address.into(), &options)).ok()?;
        let heard = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            if let Ok(data) = Reflect::get(&event, &"data".into()) {
                heard(data);
            }
        });
        let died = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            // The page goes on without it: its error is told to those who asked, and to nobody else.
            let _ = call(&event, "preventDefault", &JsValue::UNDEFINED);
            let words = Reflect::get(&event, &"message".into()).ok().and_then(|words| words.as_string());
            died(words.unwrap_or_default());
        });
        let target: &EventTarget = worker.unchecked_ref();
        for (name, run) in [("message", &heard), ("error", &died), ("messageerror", &died)] {
            target.add_event_listener_with_callback(name, run.as_ref().unchecked_ref()).ok()?;
        }
        Some(Beside { worker, unsent: Some(first), heard, died })
    }

    /// It listens: what waited is sent.
    pub fn listens(&mut self) {
        let unsent = self.unsent.take().unwrap_or_default();
        unsent.into_iter().for_each(|message| self.post(message));
    }

    pub fn post(&mut self, message: String) {
        match &mut self.unsent {
            Some(unsent) => unsent.push(message),
            None => {
                // A worker that has just died says so itself.
                let _ = call(&self.worker, "postMessage", &message.into());
            }
        }
    }

    pub fn end(self) {
        let Beside { worker, heard, died, .. } = self;
        let _ = call(&worker, "terminate", &JsValue::UNDEFINED);
        // One of them may be running: they go when it has returned.
        browser::spawn(async move { drop((heard, died)) });
    }
}

fn call(this: &JsValue, name: &str, value: &JsValue) -> Result<JsValue, JsValue> {
    Reflect::get(this, &name.into())?.dyn_into::<Function>()?.call1(this, value)
}
