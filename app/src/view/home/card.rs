//! One board on the first page: its picture and name, and what can be done with it.

use super::Home;
use super::begin::start;
use super::renaming::rename;
use crate::api::{self, ApiError, Source};
use crate::boards::{self, Known};
use crate::browser;
use crate::view::icons::icon;
use crate::{messages, store};
use board::wire::Role;
use elements::{El, afterwards, el};
use leptos::html::{Button, Input};
use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Doing {
    Nothing,
    Naming,
    Leaving,
}

pub fn card(home: Home, board: Known) -> El {
    let doing = RwSignal::new(Doing::Nothing);
    let path = board.path().unwrap_or_default();
    let title = messages::title(&board.title).to_owned();
    let link = el("a")
        .class("card-open")
        .attr("href", path.clone())
        .child(picture(home, &path))
        .child(el("span").class("card-title").text(&title));
    let about = [messages::role(board.role()), " · ", &messages::opened(board.opened)].concat();
    let inside = move || match doing.get() {
        Doing::Nothing => tools(home, &board, doing),
        Doing::Naming => naming(home, &board, doing),
        Doing::Leaving => leaving(home, &board, doing),
    };
    el("li").class("card").child(link).child(el("p").class("card-about").text(&about)).live_child(inside)
}

/// The board as the server draws it; where it draws none, bare canvas.
fn picture(home: Home, path: &str) -> El {
    let missing = RwSignal::new(false);
    let light = [path, ".svg"].concat();
    let source = move || match home.preferences.get().is_dark() {
        true => [&light, "?theme=dark"].concat(),
        false => light.clone(),
    };
    let image = el("img")
        .attr("alt", "")
        .attr("loading", "lazy")
        .live_attr("src", source)
        .live_attr("hidden", move || missing.get())
        .on("error", move || missing.set(true));
    el("span").class("card-picture").child(image)
}

fn tool(word: &str, title: &str, name: &str, run: impl FnMut() + 'static) -> El {
    el("button")
        .class("tool")
        .attr("aria-label", messages::of_board(word, title))
        .attr("title", word.to_owned())
        .on("click", run)
        .child(icon(name))
}

fn tools(home: Home, board: &Known, doing: RwSignal<Doing>) -> El {
    let title = messages::title(&board.title).to_owned();
    let (id, archived) = (board.id.clone(), board.archived);
    let hide = move || {
        boards::archive(&id, !archived);
        home.refresh();
    };
    let copy = {
        let board = board.clone();
        move || duplicate(home, board.clone())
    };
    let writes = board.role() > Role::View;
    let naming = tool(messages::RENAME, &title, "rename", move || doing.set(Doing::Naming));
    let word = if archived { messages::UNARCHIVE } else { messages::ARCHIVE };
    el("div")
        .class("card-tools")
        .child(writes.then_some(naming))
        .child(tool(messages::DUPLICATE_BOARD, &title, "copy", copy))
        .child(tool(word, &title, "archive", hide))
        .child(tool(messages::REMOVE_BOARD, &title, "delete", move || doing.set(Doing::Leaving)))
}

fn naming(home: Home, board: &Known, doing: RwSignal<Doing>) -> El {
    let field = NodeRef::<Input>::new();
    afterwards(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
            field.select();
        }
    });
    let input = el("input")
        .class("field")
        .attr("aria-label", messages::of_board(messages::RENAME, messages::title(&board.title)))
        .attr("maxlength", "200")
        .known_as(field)
        .prop("value", board.title.clone());
    let board = board.clone();
    let save = move |event: web_sys::Event| {
        event.prevent_default();
        let title = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        doing.set(Doing::Nothing);
        if !title.trim().is_empty() && title != board.title {
            rename(home, board.clone(), title);
        }
    };
    let escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            doing.set(Doing::Nothing);
        }
    };
    el("form")
        .class("card-ask")
        .on_event("submit", save)
        .on_event("keydown", escape)
        .child(input)
        .child(el("button").class("button dense primary").attr("type", "submit").text(messages::RENAME))
        .child(keep(doing))
}

fn keep(doing: RwSignal<Doing>) -> El {
    el("button")
        .class("button dense")
        .attr("type", "button")
        .on("click", move || doing.set(Doing::Nothing))
        .text(messages::CANCEL)
}

/// Asks plainly: for everybody, or only from this list.
fn leaving(home: Home, board: &Known, doing: RwSignal<Doing>) -> El {
    let first = NodeRef::<Button>::new();
    afterwards(move || {
        if let Some(first) = first.get() {
            let _ = first.focus();
        }
    });
    let id = board.id.clone();
    let remove = move || leave(home, &id);
    let remove = el("button").class("button dense").known_as(first).on("click", remove);
    let delete = board.facilitate.clone().map(|segment| {
        let id = board.id.clone();
        let run = move || delete(home, id.clone(), segment.clone());
        el("button").class("button dense danger").on("click", run).text(messages::DELETE_FOR_ALL)
    });
    let words = if delete.is_some() { messages::REMOVE_OR_DELETE } else { messages::REMOVE_ONLY };
    el("div")
        .class("card-ask")
        .attr("role", "group")
        .attr("aria-label", messages::of_board(messages::REMOVE_BOARD, messages::title(&board.title)))
        .child(el("p").text(words))
        .child(remove.text(messages::REMOVE_FROM_LIST))
        .child(delete)
        .child(keep(doing))
}

fn leave(home: Home, id: &str) {
    boards::forget(id);
    home.said.set(messages::BOARD_REMOVED.to_owned());
    home.refresh();
    let id = id.to_owned();
    browser::spawn(async move { store::forget(&id, false).await });
}

fn delete(home: Home, id: String, segment: String) {
    home.busy.set(true);
    home.trouble.set(None);
    browser::spawn(async move {
        match api::delete_board(&segment).await {
            // One that is not there any more is deleted, too.
            Ok(()) | Err(ApiError::Refused(404 | 410)) => {
                boards::forget(&id);
                store::forget(&id, true).await;
                home.said.set(messages::BOARD_DELETED.to_owned());
                home.refresh();
            }
            Err(_) => home.trouble.set(Some(messages::NOT_DELETED.to_owned())),
        }
        home.busy.set(false);
    });
}

/// A board of its own with the same lines.
fn duplicate(home: Home, board: Known) {
    home.busy.set(true);
    home.trouble.set(None);
    browser::spawn(async move {
        let path = board.path().unwrap_or_default();
        match api::fetch_text(&[&path, ".squall"].concat()).await {
            Ok(file) => start(home, Source::File(file)),
            Err(_) => {
                home.busy.set(false);
                home.trouble.set(Some(messages::NOT_DUPLICATED.to_owned()));
            }
        }
    });
}
