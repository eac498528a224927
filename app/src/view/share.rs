//! Links to this board: the one for working on it, and the one for looking at it.

use super::icons::Icon;
use super::panel::Panel as Frame;
use crate::session::Session;
use crate::{api, browser, messages};
use board::wire::Role;
use gloo_timers::callback::Timeout;
use leptos::html::Input;
use leptos::prelude::*;

#[derive(Clone, PartialEq)]
enum Link {
    Fetching,
    Ready(String),
    Failed,
}

#[component]
pub fn SharePanel() -> impl IntoView {
    let session = expect_context::<Session>();
    let role = session.role.get_untracked();
    view! {
        <Frame title=messages::SHARE_PANEL name="share-panel">
            {if role == Role::View {
                view! { <p class="quiet">{messages::SHARE_NO_EDIT}</p> }.into_any()
            } else {
                view! { <LinkPart id="link-edit" label=messages::SHARE_EDIT role=Role::Edit /> }.into_any()
            }}
            <LinkPart id="link-view" label=messages::SHARE_VIEW role=Role::View />
            <p class="quiet">{messages::SHARE_NOTE}</p>
        </Frame>
    }
}

#[component]
fn LinkPart(id: &'static str, label: &'static str, role: Role) -> impl IntoView {
    let link = link_of(expect_context::<Session>(), role);
    move || match link.get() {
        Link::Ready(link) => view! { <LinkRow id label link /> }.into_any(),
        Link::Fetching => view! { <p class="quiet" role="status">{messages::SHARE_MINTING}</p> }.into_any(),
        Link::Failed => view! { <p class="remark" role="alert">{messages::SHARE_NO_LINK}</p> }.into_any(),
    }
}

fn absolute(path: &str) -> String {
    let origin = browser::window().location().origin().unwrap_or_default();
    format!("{origin}{path}")
}

/// The link of a role. One's own role is the address one came by; a lesser one is made by the server and remembered
/// on this device, so that opening the panel again gives the same link.
fn link_of(session: Session, role: Role) -> RwSignal<Link> {
    let (start, name) = if role == Role::View { ("/v/", "view") } else { ("/b/", "edit") };
    let segment = session.segment.get_value();
    if session.role.get_untracked() == role {
        return RwSignal::new(Link::Ready(absolute(&format!("{start}{segment}"))));
    }
    // The board's part of the segment is its name; the rest is a secret.
    let key = format!("squall.{name}.{}", segment.get(..12).unwrap_or(&segment));
    if let Some(path) = browser::recall(&key).filter(|path| path.starts_with(start)) {
        return RwSignal::new(Link::Ready(absolute(&path)));
    }
    let link = RwSignal::new(Link::Fetching);
    wasm_bindgen_futures::spawn_local(async move {
        let found = match api::make_link(&segment, name).await {
            Ok(path) => {
                browser::remember(&key, &path);
                Link::Ready(absolute(&path))
            }
            Err(_) => Link::Failed,
        };
        // The panel may be closed by now.
        let _ = link.try_set(found);
    });
    link
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Copying {
    Idle,
    Done,
    ByHand,
}

#[component]
fn LinkRow(id: &'static str, label: &'static str, link: String) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let state = RwSignal::new(Copying::Idle);
    let text = link.clone();
    let copy = move |_| {
        let Some(field) = field.get_untracked() else { return };
        api::copy(text.clone(), field, move |done| {
            let _ = state.try_set(if done { Copying::Done } else { Copying::ByHand });
            Timeout::new(2_500, move || {
                let _ = state.try_set(Copying::Idle);
            })
            .forget();
        });
    };
    let word = move || match state.get() {
        Copying::Idle => messages::COPY,
        Copying::Done => messages::COPIED,
        Copying::ByHand => messages::COPY_BY_HAND,
    };
    view! {
        <div>
            <label class="label" for=id>{label}</label>
            <div class="link-row">
                <input class="field" id=id readonly node_ref=field prop:value=link
                    on:focus=move |_| { if let Some(field) = field.get_untracked() { field.select() } } />
                <button class="button" aria-describedby=id on:click=copy>
                    {move || view! { <Icon name=if state.get() == Copying::Done { "check" } else { "copy" } /> }}
                    <span role="status">{word}</span>
                </button>
            </div>
        </div>
    }
}
