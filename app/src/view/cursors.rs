//! The pointers of the others, on the wall.

use crate::people::safe_colour;
use crate::session::Session;
use leptos::prelude::*;

#[component]
pub fn Cursors() -> impl IntoView {
    let session = expect_context::<Session>();
    let visible = move || {
        let peers = session.peers.get();
        peers
            .into_iter()
            .filter(|peer| peer.presence.cursor.is_some())
            .map(|peer| peer.client)
            .collect::<Vec<_>>()
    };
    view! {
        <div class="cursors" aria-hidden="true">
            <For each=visible key=|client| *client let:client>
                <Cursor client />
            </For>
        </div>
    }
}

#[component]
fn Cursor(client: u64) -> impl IntoView {
    let session = expect_context::<Session>();
    let presence = Memo::new(move |_| {
        session.peers.with(|peers| {
            peers
                .iter()
                .find(|peer| peer.client == client)
                .map(|peer| peer.presence.clone())
                .unwrap_or_default()
        })
    });
    let style = move || {
        presence.with(|presence| {
            let at = presence.cursor.unwrap_or_default();
            format!("translate:{}px {}px;--peer:{}", at.x, at.y, safe_colour(&presence.colour))
        })
    };
    view! {
        <div class="cursor" style=style data-client=client.to_string()>
            <svg class="cursor-arrow" viewBox="0 0 18 18" width="18" height="18">
                <path d="M2 1.5 15 8.2 9.3 9.9 6.6 15.5Z" />
            </svg>
            <span class="cursor-name">{move || presence.with(|presence| presence.name.clone())}</span>
        </div>
    }
}
