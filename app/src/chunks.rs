//! The parts of the page that are fetched after the wall stands: when they are first needed, or when all is quiet.
//!
//! Each `#[wasm_split]` function is the only way into its part: what nothing else reaches leaves the first wasm and
//! becomes a file of its own (`front` in xtask). So nothing of a part is named elsewhere in the page.
//! Not here: what the parts do.

use crate::session::{Panel, Session};
use crate::view::{self, El, el};
use crate::{browser, messages};
use js_sys::{Promise, Reflect};
use leptos::task::spawn_local_scoped_with_cancellation;
use std::future::Future;
use std::pin::Pin;
use wasm_bindgen_futures::JsFuture;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use web_sys::Element;

/// A part could not be fetched: the server is away, or has a newer page by now.
pub struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Missing {
        Missing
    }
}

#[wasm_split(checker, fallible, preload(fetch_checker))]
fn check(session: Session) -> Result<(), Missing> {
    crate::check::check(session);
    Ok(())
}

#[wasm_split(hands, fallible)]
fn hands(session: Session) -> Result<El, Missing> {
    Ok(view::hands(session))
}

#[wasm_split(hands, fallible)]
fn bars(session: Session) -> Result<El, Missing> {
    Ok(view::bars(session))
}

#[wasm_split(panels, fallible, preload(fetch_panels))]
fn panel(session: Session, panel: Panel) -> Result<El, Missing> {
    Ok(view::panel_of(session, panel))
}

#[wasm_split(panels, fallible)]
fn text(session: Session) -> Result<El, Missing> {
    Ok(view::text_pane(session))
}

#[wasm_split(panels, fallible)]
fn style(session: Session) -> Result<El, Missing> {
    Ok(view::style_bar(session))
}

#[wasm_split(run, fallible)]
fn run(session: Session) -> Result<El, Missing> {
    Ok(view::run_pane(session))
}

#[wasm_split(run, fallible)]
fn watch(session: Session) -> Result<(), Missing> {
    view::watch(session);
    Ok(())
}

#[wasm_split(ship, fallible)]
fn build(session: Session) -> Result<El, Missing> {
    Ok(view::ship_build(session))
}

#[wasm_split(ship, fallible)]
fn api(session: Session) -> Result<El, Missing> {
    Ok(view::ship_api(session))
}

#[wasm_split(ship, fallible)]
fn raise(name: String, text: String) -> Result<Raising, Missing> {
    Ok(Box::pin(crate::ship::raise(name, text)))
}

#[wasm_split(home, fallible)]
fn home() -> Result<El, Missing> {
    Ok(view::home())
}

/// The text of a file, or why it has none.
type Raising = Pin<Box<dyn Future<Output = Result<String, String>>>>;

/// Whether a file of this name says what the page itself cannot read: EML, diagrams of Mermaid, and pictures.
pub fn is_foreign(name: &str) -> bool {
    let name = name.to_lowercase();
    [".yaml", ".yml", ".mmd", ".mermaid", ".svg"].iter().any(|ending| name.ends_with(ending))
}

/// Such a file as Event Markdown, or why it cannot be that.
pub async fn raised(name: String, text: String) -> Result<String, String> {
    match raise(name, text).await {
        Ok(raising) => raising.await,
        Err(Missing) => Err(messages::PART_MISSING.to_owned()),
    }
}

/// Checks the board's text; where the checker cannot be fetched now, the next change asks again.
pub fn check_soon(session: Session) {
    browser::spawn(async move {
        let _ = check(session).await;
    });
}

/// Has the scenarios run; where that cannot be fetched now, the next change asks again.
pub fn watch_soon(session: Session) {
    browser::spawn(async move {
        dressed().await;
        let _ = watch(session).await;
    });
}

pub fn hands_place(session: Session) -> El {
    place(async move { hands(session).await })
}

pub fn bars_place(session: Session) -> El {
    place(async move { bars(session).await })
}

pub fn panel_place(session: Session, which: Panel) -> El {
    place(async move {
        dressed().await;
        panel(session, which).await
    })
}

pub fn text_place(session: Session) -> El {
    place(async move {
        dressed().await;
        text(session).await
    })
}

pub fn run_place(session: Session) -> El {
    place(async move {
        dressed().await;
        run(session).await
    })
}

pub fn build_place(session: Session) -> El {
    place(async move { build(session).await })
}

pub fn api_place(session: Session) -> El {
    place(async move { api(session).await })
}

pub fn style_place(session: Session) -> El {
    place(async move {
        dressed().await;
        style(session).await
    })
}

pub fn home_place() -> El {
    place(async move {
        dressed().await;
        home().await
    })
}

/// Fetches what a person may open next, so that it is here when the server is not.
pub fn fetch_ahead() {
    browser::spawn(async {
        dressed().await;
        let _ = fetch_checker().await;
        let _ = fetch_panels().await;
    });
}

/// The style sheet of the parts: fetched with the first of them.
async fn dressed() {
    let document = browser::document();
    let found = |selector: &str| document.query_selector(selector).ok().flatten();
    let link = found("link[data-later]").or_else(|| {
        let address = found("meta[name=later-style]")?.get_attribute("content")?;
        let link = document.create_element("link").ok()?;
        for (name, value) in [("rel", "stylesheet"), ("href", &address), ("data-later", "")] {
            link.set_attribute(name, value).ok()?;
        }
        document.head()?.append_child(&link).ok()?;
        Some(link)
    });
    let here = |link: &Element| {
        let sheet = Reflect::get(link, &"sheet".into());
        link.has_attribute("data-here") || sheet.is_ok_and(|sheet| !sheet.is_null())
    };
    let Some(link) = link.filter(|link| !here(link)) else { return };
    let done = Promise::new(&mut |resolve, _| {
        // A sheet that cannot be fetched leaves the part plain, not away.
        for event in ["load", "error"] {
            let _ = link.add_event_listener_with_callback(event, &resolve);
        }
    });
    let _ = JsFuture::from(done).await;
    let _ = link.set_attribute("data-here", "");
}

/// Stands where the part will be, as soon as it is here.
fn place(part: impl Future<Output = Result<El, Missing>> + 'static) -> El {
    stand_for(Box::pin(part))
}

fn stand_for(part: Pin<Box<dyn Future<Output = Result<El, Missing>>>>) -> El {
    let place = el("div").class("part");
    let host = place.clone();
    spawn_local_scoped_with_cancellation(async move {
        let part = part.await.unwrap_or_else(|Missing| {
            let again = el("button").class("button").text(messages::RELOAD);
            let again = again.on("click", || drop(browser::window().location().reload()));
            let words = el("p").text(messages::PART_MISSING);
            el("div").class("part-missing").attr("role", "alert").child(words).child(again)
        });
        host.child(part);
    });
    place
}
