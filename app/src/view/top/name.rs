//! What the board is called, and calling it something else: the first heading, written in place.

use crate::messages;
use crate::session::Session;
use board::wire::Role;
use elements::{El, afterwards, el, remembered};
use leptos::html::Input;
use leptos::prelude::*;

pub fn name(session: Session) -> El {
    let naming = RwSignal::new(false);
    let title = remembered(move || {
        session.epoch.track();
        session.title()
    });
    let shown = move || title.get().unwrap_or_else(|| messages::UNTITLED.to_owned());
    let writes = remembered(move || session.role.get() != Role::View);
    let heading = move || {
        let heading = el("h1").class("board-title");
        if !writes.get() {
            return heading.live_attr("title", shown).live_text(shown);
        }
        let button = el("button")
            .attr("title", messages::RENAME_HINT)
            .on("click", move || naming.set(true))
            .live_text(shown);
        heading.child(button)
    };
    el("div")
        .class("board-name")
        .live_child(move || if naming.get() && writes.get() { field(session, naming) } else { heading() })
}

/// Enter takes the name, Escape leaves the old one.
fn field(session: Session, naming: RwSignal<bool>) -> El {
    let input = NodeRef::<Input>::new();
    afterwards(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
            input.select();
        }
    });
    let before = StoredValue::new(session.title().unwrap_or_default());
    let take = move || {
        if naming.try_get_untracked() == Some(true) {
            // Who wrote nothing does not undo what somebody else wrote meanwhile.
            if let Some(typed) = input.get_untracked().map(|input| input.value())
                && before.with_value(|before| *before != typed)
            {
                session.set_title(&typed);
            }
            naming.set(false);
        }
    };
    let key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => take(),
        "Escape" => {
            event.stop_propagation();
            naming.set(false);
        }
        _ => {}
    };
    el("input")
        .class("field board-naming")
        .attr("aria-label", messages::RENAME_HINT)
        .attr("maxlength", "200")
        .known_as(input)
        .prop("value", before.get_value())
        .on_event("keydown", key)
        .on("blur", take)
}
