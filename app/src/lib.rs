//! The page: a wall and a text that are two views of one shared document.
//!
//! Invariants: views read the mirror, only commands write; a gesture is at most one undo step; Escape leaves no
//! trace; everything a pointer can do the keyboard can.
//! The road: gesture -> `board::Command` -> plan -> one transaction -> changes -> triggers of the mounted views.

mod address;
mod api;
mod beside;
mod boards;
mod browser;
mod camera;
mod check;
mod chunks;
#[cfg(test)]
mod colour_tests;
mod commands;
mod decimals;
mod diff;
mod find;
mod lasting;
mod messages;
mod mirror;
mod people;
mod preferences;
mod presence;
mod route;
mod run;
mod session;
mod ship;
mod socket;
mod store;
mod tools;
mod tried;
mod view;

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(start)]
pub fn start() {
    // A page that is being worked on says what went wrong, and where.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| wasm_bindgen::throw_str(&panic.to_string())));
    leptos::mount::mount_to_body(|| {
        if let Some(body) = browser::document().body() {
            view::page().put_into(&body);
        }
    });
}
