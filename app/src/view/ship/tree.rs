//! The files in their folders: one stop of the Tab key, arrows go along and in and out, letters to the next name that
//! begins with them. Where something has changed since the last download, the rest can be put aside.

use super::build::marks;
use crate::messages::ship as words;
use crate::ship::{Build, Known, Mark, Node, Tree};
use crate::view::icons::drawing;
use crate::view::overlay::by_id;
use elements::{El, afterwards, el, remembered, word};
use leptos::prelude::*;
use protocol::ship::Care;
use std::collections::BTreeSet;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

const TREE: &str = "ship-tree";
const FOLDER: &str = "M2.800 5.500V15.500h14.400V7H9.500L8 5.500z";
const FILE: &str = "M5 2.800h6.500L15 6.300v10.900H5zM11.500 2.800v3.500H15";
const CARET: &str = "M7.5 5l5 5-5 5";

/// What of the tree is open, and where somebody is in it.
#[derive(Clone, Copy)]
struct Look {
    build: Build,
    open: RwSignal<BTreeSet<String>>,
    rows: Memo<Vec<Node>>,
    /// The path of the row that keys are about: a folder, or the chosen file.
    at: RwSignal<Option<String>>,
    reading: RwSignal<bool>,
}

pub fn tree(build: Build, reading: RwSignal<bool>) -> El {
    let only_changes = RwSignal::new(false);
    let tree = remembered(move || {
        let marks = marks(build);
        let only_changes = only_changes.get();
        build.known.with(|known| match known {
            Known::Here(files) => {
                let own = files.iter().filter(|file| file.care == Care::Once);
                let own = own.map(|file| file.path.as_str()).collect();
                let shown = files.iter().map(|file| file.path.as_str()).filter(|_| !only_changes);
                Tree::new(shown, &own, &marks)
            }
            _ => Tree::default(),
        })
    });
    let open = RwSignal::new(tree.with_untracked(Tree::first_look));
    let rows = remembered(move || tree.with(|tree| open.with(|open| tree.rows(open))));
    let at = RwSignal::new(build.chosen.get_untracked());
    let look = Look { build, open, rows, at, reading };
    // Another target is another tree.
    let target = StoredValue::new(build.target.get_untracked());
    afterwards(move || {
        let now = build.target.get();
        tree.track();
        if target.get_value() != now && tree.with_untracked(|tree| *tree != Tree::default()) {
            target.set_value(now);
            open.set(tree.with_untracked(Tree::first_look));
            at.set(build.chosen.get_untracked());
            reading.set(false);
        }
    });
    let changes = remembered(move || marks(build).len());
    afterwards(move || {
        if changes.get() == 0 {
            only_changes.set(false);
        } else if only_changes.get() {
            tree.with(|tree| open.update(|open| open.extend(tree.folders().cloned())));
        }
    });
    let active = move || at.with(|at| rows.with(|rows| place_of(rows, at.as_deref()).map(row_id)));
    let files = el("div")
        .class("ship-tree")
        .attr("id", TREE)
        .attr("role", "tree")
        .attr("tabindex", "0")
        .attr("aria-label", words::TREE)
        .live_attr("aria-activedescendant", active)
        .on_event("keydown", move |event: KeyboardEvent| keys(look, &event))
        .on_event("click", move |event: Event| click(look, &event))
        .each(move || rows.with(|rows| rows.to_vec()), move |node| row(look, &node));
    el("div")
        .class("ship-side")
        .when(move || changes.get() > 0, move || choice(only_changes, changes))
        .child(files)
}

fn choice(only_changes: RwSignal<bool>, changes: Memo<usize>) -> El {
    let one = move |mine: bool, words: El| {
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "ship-shown")
            .live_checked(move || only_changes.get() == mine)
            .on("change", move || only_changes.set(mine));
        el("label").child(input).child(words)
    };
    el("fieldset")
        .class("segments ship-choice")
        .child(el("legend").class("unseen").text(words::SHOWN_FILES))
        .child(one(false, el("span").text(words::ALL_FILES)))
        .child(one(true, el("span").live_text(move || words::changed_files(changes.get()))))
}

fn row(look: Look, node: &Node) -> El {
    let path = node.path.clone();
    let (mine, chosen) = (path.clone(), path.clone());
    let mark = node.mark.filter(|_| !node.is_folder()).map(word_of);
    let own = (node.own && !node.is_folder()).then(|| words::care(Care::Once));
    let row = el("div")
        .class("ship-row")
        .attr("role", "treeitem")
        .attr("data-path", path.clone())
        .attr("data-mark", node.mark.map(word_of))
        .attr("aria-level", node.level.to_string())
        .attr("aria-posinset", node.place.0.to_string())
        .attr("aria-setsize", node.place.1.to_string())
        .var("--level", &(node.level - 1).to_string())
        .live_attr("id", {
            let path = path.clone();
            move || look.rows.with(|rows| place_of(rows, Some(&path)).map(row_id))
        })
        .live_attr("data-at", move || look.at.with(|at| at.as_ref() == Some(&mine)));
    let row = match node.is_folder() {
        true => row
            .live_attr("aria-expanded", move || word(look.open.with(|open| open.contains(&chosen))))
            .child(drawing(CARET))
            .child(drawing(FOLDER)),
        false => row
            .live_attr("aria-selected", move || {
                word(look.build.chosen.with(|it| it.as_ref() == Some(&chosen)))
            })
            .child(drawing(FILE)),
    };
    // Said aloud it is its words, with room between them.
    row.child(el("span").class("ship-name").text(node.name()))
        .text(" ")
        .child(
            own.map(|own| el("span").class("ship-own").attr("title", words::care_help(Care::Once)).text(own)),
        )
        .text(" ")
        .child(mark.map(|mark| el("span").class("ship-mark").text(mark)))
        .child(node.mark.filter(|_| node.is_folder()).map(|_| el("span").class("ship-dot")))
}

pub fn word_of(mark: Mark) -> &'static str {
    match mark {
        Mark::New => words::NEW,
        Mark::Changed => words::CHANGED,
        Mark::Removed => words::REMOVED,
    }
}

fn place_of(rows: &[Node], path: Option<&str>) -> Option<usize> {
    rows.iter().position(|node| Some(node.path.as_str()) == path)
}

fn row_id(place: usize) -> String {
    format!("{TREE}-{place}")
}

fn click(look: Look, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let row = target.and_then(|target| target.closest("[data-path]").ok().flatten());
    if let Some(path) = row.and_then(|row| row.get_attribute("data-path")) {
        go(look, &path);
        if path.ends_with('/') { toggle(look, &path) } else { look.reading.set(true) }
    }
}

fn go(look: Look, path: &str) {
    look.at.set(Some(path.to_owned()));
    if !path.ends_with('/') {
        look.build.chosen.set(Some(path.to_owned()));
    }
    let place = look.rows.with_untracked(|rows| place_of(rows, Some(path)));
    if let Some(row) = place.and_then(|place| by_id(&row_id(place))) {
        let nearest = ScrollIntoViewOptions::new();
        nearest.set_block(ScrollLogicalPosition::Nearest);
        row.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

fn toggle(look: Look, path: &str) {
    look.open.update(|open| {
        if !open.remove(path) {
            open.insert(path.to_owned());
        }
    });
}

fn keys(look: Look, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let rows = look.rows.get_untracked();
    let at = look.at.with_untracked(|at| place_of(&rows, at.as_deref()));
    let here = at.and_then(|at| rows.get(at));
    let is_open = |node: &Node| look.open.with_untracked(|open| open.contains(&node.path));
    let last = rows.len().saturating_sub(1);
    let next = match event.key().as_str() {
        "ArrowDown" => Some(at.map_or(0, |at| (at + 1).min(last))),
        "ArrowUp" => Some(at.map_or(0, |at| at.saturating_sub(1))),
        "Home" => Some(0),
        "End" => Some(last),
        "ArrowRight" => match here {
            Some(node) if node.is_folder() && !is_open(node) => {
                return take(event, || toggle(look, &node.path));
            }
            Some(node) if node.is_folder() => at.map(|at| (at + 1).min(last)),
            _ => at,
        },
        "ArrowLeft" => match here {
            Some(node) if is_open(node) => return take(event, || toggle(look, &node.path)),
            Some(node) => place_of(&rows, Some(node.folder())).or(at),
            None => at,
        },
        "Enter" | " " => {
            let Some(node) = here else { return };
            return take(event, || match node.is_folder() {
                true => toggle(look, &node.path),
                false => look.reading.set(true),
            });
        }
        key if key.chars().count() == 1 => named(&rows, at, key),
        _ => return,
    };
    take(event, || {
        if let Some(node) = next.and_then(|next| rows.get(next)) {
            go(look, &node.path);
        }
    });
}

fn take(event: &KeyboardEvent, run: impl FnOnce()) {
    event.prevent_default();
    event.stop_propagation();
    run();
}

/// The next row after this one whose name begins so, going round.
fn named(rows: &[Node], at: Option<usize>, start: &str) -> Option<usize> {
    let start = start.to_lowercase();
    let from = at.map_or(0, |at| at + 1);
    let mut round = (from..rows.len()).chain(0..from.min(rows.len()));
    round.find(|place| rows[*place].name().to_lowercase().starts_with(&start))
}
