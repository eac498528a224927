//! Who is here, and who I am to the others.

use crate::messages;
use crate::people::{Peer, initials, safe_colour};
use crate::session::{Panel, Session};
use elements::{El, el, remembered, word};
use leptos::prelude::*;

/// More people than this share one bubble.
const SHOWN: usize = 5;

pub fn people_bar(session: Session) -> El {
    let people = remembered(move || session.peers.with(|peers| distinct(peers, &session.me().0)));
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

/// One entry a person, however many pages they have open; none for my own other pages.
fn distinct<'a>(peers: &'a [Peer], me: &'a str) -> Vec<(String, String)> {
    let mut seen: Vec<&str> = vec![me];
    let mut people = Vec::new();
    for presence in peers.iter().map(|peer| &peer.presence) {
        if presence.person.is_empty() || !seen.contains(&presence.person.as_str()) {
            seen.push(&presence.person);
            people.push((presence.name.clone(), presence.colour.clone()));
        }
    }
    people
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
        let names: Vec<String> = distinct(&[peer(1, "a"), peer(2, "b"), peer(3, "a"), peer(4, "me")], "me")
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["A", "B"]);
    }
}
