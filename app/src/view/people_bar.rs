//! Who is here, and who I am to the others.

use super::element::{El, el, remembered, word};
use super::panel::panel;
use crate::messages;
use crate::people::{COLOURS, Peer, initials, safe_colour};
use crate::session::{Panel, Session};
use leptos::prelude::*;

/// More people than this share one bubble.
const SHOWN: usize = 5;

pub fn people_bar(session: Session) -> El {
    let people = remembered(move || session.peers.with(|peers| distinct(peers)));
    let you = move || messages::you(&session.name.get());
    let list = el("ul").class("people-list").live_child(move || people.with(|people| avatars(people)));
    let me = el("button")
        .class("avatar me")
        .live_var("--peer", move || safe_colour(&session.colour.get()).to_owned())
        .live_attr("title", you)
        .live_attr("aria-label", you)
        .live_attr("data-initials", move || initials(&session.name.get()))
        .attr("aria-haspopup", "dialog")
        .live_attr("aria-expanded", move || word(session.panel.get() == Some(Panel::Me)))
        .on("click", move || super::top::toggle(session, Panel::Me));
    let bar = el("div").class("peoplebar").attr("role", "group").attr("aria-label", messages::PEOPLE);
    bar.child(list).child(me)
}

fn avatars(people: &[(String, String)]) -> Vec<El> {
    let avatar = |title: String, shown: &str, spoken: &str| {
        el("li")
            .attr("title", title)
            .child(el("span").attr("aria-hidden", "true").text(shown))
            .child(el("span").class("unseen").text(spoken))
    };
    let shown = people.iter().take(SHOWN).map(|(name, colour)| {
        let avatar = avatar(name.clone(), &initials(name), &messages::others(name));
        avatar.class("avatar").var("--peer", safe_colour(colour))
    });
    let mut all: Vec<El> = shown.collect();
    if people.len() > SHOWN {
        let more = people.len() - SHOWN;
        let names: Vec<&str> = people.iter().skip(SHOWN).map(|(name, _)| name.as_str()).collect();
        let avatar = avatar(names.join(", "), &format!("+{more}"), &messages::more_people(more));
        all.push(avatar.class("avatar more"));
    }
    all
}

/// One entry a person, however many pages they have open.
fn distinct(peers: &[Peer]) -> Vec<(String, String)> {
    let mut seen: Vec<&str> = Vec::new();
    let mut people = Vec::new();
    for presence in peers.iter().map(|peer| &peer.presence) {
        if presence.person.is_empty() || !seen.contains(&presence.person.as_str()) {
            seen.push(&presence.person);
            people.push((presence.name.clone(), presence.colour.clone()));
        }
    }
    people
}

pub fn me_panel(session: Session) -> El {
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
    let name = el("div")
        .child(el("label").class("label").attr("for", "my-name").text(messages::ME_NAME))
        .child(field);
    let choices = COLOURS.iter().enumerate().map(|(at, colour)| choice(session, at, colour));
    let colours = el("fieldset")
        .child(el("legend").text(messages::ME_COLOUR))
        .child(el("div").class("colours").child(choices));
    panel(session, messages::ME, "me-panel", move |body| body.child(name).child(colours))
}

fn choice(session: Session, at: usize, colour: &'static str) -> El {
    let input = el("input")
        .attr("type", "radio")
        .attr("name", "colour")
        .attr("aria-label", messages::colour(at + 1))
        .live_checked(move || session.colour.get() == colour)
        .on("change", move || session.introduce(session.name.get_untracked(), colour.to_owned()));
    let label = el("label").attr("title", messages::colour(at + 1));
    label.child(input).child(el("span").var("--peer", colour))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Presence;

    #[test]
    fn somebody_with_two_pages_is_shown_once() {
        let peer = |client, person: &str| Peer {
            client,
            presence: Presence { person: person.into(), name: person.to_uppercase(), ..Presence::default() },
        };
        let names: Vec<String> =
            distinct(&[peer(1, "a"), peer(2, "b"), peer(3, "a")]).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["A", "B"]);
    }
}
