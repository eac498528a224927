//! Who is here, and who I am to the others.

use super::panel::Panel as Frame;
use crate::messages;
use crate::people::{COLOURS, Peer, initials, safe_colour};
use crate::session::{Panel, Session};
use leptos::prelude::*;

/// More people than this share one bubble.
const SHOWN: usize = 5;

#[component]
pub fn PeopleBar() -> impl IntoView {
    let session = expect_context::<Session>();
    let people = Memo::new(move |_| session.peers.with(|peers| distinct(peers)));
    let me = move || session.name.get();
    view! {
        <div class="peoplebar" role="group" aria-label=messages::PEOPLE>
            <ul class="people-list">
                {move || people.with(|people| people.iter().take(SHOWN).map(|(name, colour)| {
                    let label = messages::others(name);
                    view! {
                        <li class="avatar" style=("--peer", safe_colour(colour).to_owned()) title=name.clone()>
                            <span aria-hidden="true">{initials(name)}</span>
                            <span class="unseen">{label}</span>
                        </li>
                    }
                }).collect::<Vec<_>>())}
                {move || people.with(|people| people.len().checked_sub(SHOWN + 1)).map(|more| {
                    let names = people.with(|people| {
                        people.iter().skip(SHOWN).map(|(name, _)| name.clone()).collect::<Vec<_>>().join(", ")
                    });
                    view! {
                        <li class="avatar more" title=names>
                            <span aria-hidden="true">{format!("+{}", more + 1)}</span>
                            <span class="unseen">{messages::more_people(more + 1)}</span>
                        </li>
                    }
                })}
            </ul>
            <button
                class="avatar me"
                style=("--peer", move || safe_colour(&session.colour.get()).to_owned())
                title=move || messages::you(&me())
                aria-label=move || messages::you(&me())
                data-initials=move || initials(&me())
                aria-haspopup="dialog"
                aria-expanded=move || (session.panel.get() == Some(Panel::Me)).to_string()
                on:click=move |_| super::top::toggle(session, Panel::Me)
            ></button>
        </div>
    }
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

#[component]
pub fn MePanel() -> impl IntoView {
    let session = expect_context::<Session>();
    let rename = move |event| {
        let name = event_target_value(&event);
        let name = name.trim();
        if !name.is_empty() {
            session.introduce(name.chars().take(60).collect(), session.colour.get_untracked());
        }
    };
    let choices = COLOURS.iter().enumerate().map(move |(at, colour)| {
        let chosen = move || session.colour.get() == *colour;
        view! {
            <label title=messages::colour(at + 1)>
                <input
                    type="radio"
                    name="colour"
                    aria-label=messages::colour(at + 1)
                    prop:checked=chosen
                    on:change=move |_| session.introduce(session.name.get_untracked(), (*colour).to_owned())
                />
                <span style=("--peer", *colour)></span>
            </label>
        }
    });
    view! {
        <Frame title=messages::ME name="me-panel">
            <div>
                <label class="label" for="my-name">{messages::ME_NAME}</label>
                <input class="field" id="my-name" maxlength="60" autocomplete="nickname"
                    prop:value=session.name.get_untracked() on:change=rename />
            </div>
            <fieldset>
                <legend>{messages::ME_COLOUR}</legend>
                <div class="colours">{choices.collect::<Vec<_>>()}</div>
            </fieldset>
        </Frame>
    }
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
