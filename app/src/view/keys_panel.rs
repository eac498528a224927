//! The shortcut sheet, made from the same records that the keys run on.

use crate::keys::BINDINGS;
use crate::session::Session;
use crate::{browser, messages};
use leptos::prelude::*;

#[component]
pub fn KeysPanel() -> impl IntoView {
    let session = expect_context::<Session>();
    let name = |keys: &'static str| {
        if browser::is_mac() { keys.replace("Ctrl", "⌘").replace("Alt", "⌥") } else { keys.to_owned() }
    };
    view! {
        <section class="panel keys-panel" role="dialog" aria-label=messages::KEYS>
            <header class="panel-head">
                <h2>{messages::KEYS}</h2>
                <button class="tool" aria-label=messages::CLOSE on:click=move |_| session.panel.set(None)>
                    <super::icons::Icon name="close" />
                </button>
            </header>
            <dl class="keys-list">
                {BINDINGS.iter().map(|binding| view! {
                    <div><dt>{binding.title}</dt><dd><kbd>{name(binding.keys)}</kbd></dd></div>
                }).collect::<Vec<_>>()}
            </dl>
        </section>
    }
}
