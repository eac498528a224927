//! Text and files that are dragged onto the wall from outside.

use super::Hand;
use crate::commands::clipboard;
use crate::messages::commands as words;
use crate::session::{Notice, Remedy, Session};
use crate::{browser, chunks};
use board::Point;
use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File};

impl Hand {
    /// The wall shows that it takes what is dragged over it, and makes stickies of it where it is dropped.
    pub(super) fn welcome_drops(self) {
        Effect::new(move |_| {
            let Some(wall) = self.wall.get() else { return };
            let listen = |name: &'static str, run: fn(Hand, &DragEvent)| {
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&wall, name, options, move |event| {
                    if let Some(event) = event.dyn_ref::<DragEvent>() {
                        run(self, event);
                    }
                })
                .forget();
            };
            listen("dragenter", Hand::over);
            listen("dragover", Hand::over);
            listen("dragleave", |hand, event| {
                let inside = event.related_target().and_then(|it| it.dyn_into::<web_sys::Node>().ok());
                let wall = hand.wall.get_untracked();
                if !wall.is_some_and(|wall| wall.contains(inside.as_ref())) {
                    hand.show_target(false);
                }
            });
            listen("drop", Hand::dropped);
        });
        guard_the_page();
    }

    fn over(self, event: &DragEvent) {
        if brings_something(event) {
            event.prevent_default();
            if let Some(data) = event.data_transfer() {
                data.set_drop_effect(if self.session.can_write() { "copy" } else { "none" });
            }
            self.show_target(self.session.can_write());
        }
    }

    fn show_target(&self, shown: bool) {
        let Some(wall) = self.wall.get_untracked() else { return };
        let _ = match shown {
            true => wall.set_attribute("data-drop", words::DROP_HERE),
            false => wall.remove_attribute("data-drop"),
        };
    }

    fn dropped(self, event: &DragEvent) {
        event.prevent_default();
        self.show_target(false);
        let Some(data) = event.data_transfer() else { return };
        let at = self.screen(event.client_x(), event.client_y());
        let at = self.session.camera.get_value().to_wall(at.x, at.y);
        let files: Vec<File> = data
            .files()
            .map(|files| (0..files.length()).filter_map(|nth| files.get(nth)).collect())
            .unwrap_or_default();
        if files.is_empty() {
            let text = data.get_data("text/plain").unwrap_or_default();
            return clipboard::take(self.session, text, Some(at));
        }
        browser::spawn(read(self.session, files, at));
    }
}

fn brings_something(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.iter().any(|kind| kind == "Files" || kind == "text/plain"))
}

/// A file that misses its place would make the browser leave the page.
fn guard_the_page() {
    let stay = |name: &str| {
        window_event_listener_untyped(name, |event| {
            let files = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
            if files.is_some_and(|data| data.types().iter().any(|kind| kind == "Files")) {
                event.prevent_default();
            }
        })
    };
    let listeners = [stay("dragover"), stay("drop")];
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
}

/// Text files become stickies in one step; a saved board is offered as a board of its own.
async fn read(session: Session, files: Vec<File>, at: Point) {
    let mut texts = Vec::new();
    for file in files {
        let name = file.name();
        if file.size() > clipboard::MOST_BYTES as f64 * 4.0 {
            return session.say(words::FILE_TOO_LARGE);
        }
        let Ok(text) = JsFuture::from(file.text()).await else { return session.say(words::FILE_UNREADABLE) };
        let text = text.as_string().unwrap_or_default();
        if name.to_lowercase().ends_with(".squall") {
            let remedy = Some(Remedy::Open(text));
            return session.notice.set(Some(Notice { text: words::is_a_board(&name), remedy }));
        }
        // A browser reads a picture as text too, with signs that no text has.
        if text.contains(['\u{0}', '\u{fffd}']) {
            return session.say(words::FILE_UNREADABLE);
        }
        match chunks::is_foreign(&name) {
            true => match chunks::raised(name, text).await {
                Ok(text) => texts.push(text),
                Err(words) => return session.notice.set(Some(Notice { text: words, remedy: None })),
            },
            false => texts.push(text),
        }
    }
    browser::next_frame(move || clipboard::take(session, texts.join("\n"), Some(at)));
}
