//! Who I am to the others, and how I like this page: one panel.

use super::panel::panel;
use crate::messages;
use crate::people::COLOURS;
use crate::preferences::{Preferences, Theme, change};
use crate::session::Session;
use elements::{El, el};
use leptos::prelude::*;

pub fn preferences_panel(session: Session) -> El {
    panel(session, messages::ME, "me-panel", move |body| {
        body.child(name(session))
            .child(colours(session))
            .child(theme(session.preferences))
            .child(letter_keys(session.preferences))
    })
}

fn name(session: Session) -> El {
    let rename = move |event: web_sys::Event| {
        let name = event_target_value(&event);
        let name = name.trim();
        if !name.is_empty() {
            session.introduce(name.chars().take(60).collect(), session.colour.get_untracked());
        }
    };
    let field = el("input")
        .class("field")
        .attr("id", "my-name")
        .attr("maxlength", "60")
        .attr("autocomplete", "nickname")
        .prop("value", session.name.get_untracked())
        .on_event("change", rename);
    el("div").child(el("label").class("label").attr("for", "my-name").text(messages::ME_NAME)).child(field)
}

fn colours(session: Session) -> El {
    let choice = |(at, colour): (usize, &'static &'static str)| {
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "colour")
            .attr("aria-label", messages::colour(at + 1))
            .live_checked(move || session.colour.get() == *colour)
            .on("change", move || session.introduce(session.name.get_untracked(), (*colour).to_owned()));
        let label = el("label").attr("title", messages::colour(at + 1));
        label.child(input).child(el("span").var("--peer", colour))
    };
    el("fieldset")
        .child(el("legend").text(messages::ME_COLOUR))
        .child(el("div").class("colours").child(COLOURS.iter().enumerate().map(choice)))
}

/// Light, dark, or as the system says.
pub fn theme(preferences: RwSignal<Preferences>) -> El {
    let choice = |mine: Theme| {
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "theme")
            .attr("value", mine.slug())
            .live_checked(move || preferences.get().theme == mine)
            .on("change", move || change(preferences, |it| it.theme = mine));
        el("label").child(input).child(el("span").text(messages::theme(mine)))
    };
    el("fieldset")
        .class("themes")
        .child(el("legend").text(messages::THEME))
        .child(el("div").class("segments").child(Theme::ALL.map(choice)))
}

fn letter_keys(preferences: RwSignal<Preferences>) -> El {
    let input = el("input")
        .attr("type", "checkbox")
        .attr("id", "letter-keys")
        .attr("aria-describedby", "letter-keys-help")
        .live_checked(move || preferences.get().letter_keys)
        .on("change", move || change(preferences, |it| it.letter_keys = !it.letter_keys));
    let label = el("label").attr("for", "letter-keys").text(messages::LETTER_KEYS);
    el("div")
        .class("check")
        .child(input)
        .child(label)
        .child(el("p").class("quiet").attr("id", "letter-keys-help").text(messages::LETTER_KEYS_HELP))
}
