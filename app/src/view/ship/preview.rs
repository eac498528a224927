//! What a file says: its text with line numbers; a drawing as the picture that it is.

use super::build::marks;
use super::{copier, waiting};
use crate::messages::ship as words;
use crate::ship::{Build, Mark, Shown};
use crate::view::icons::icon;
use crate::view::overlay::by_id;
use elements::{El, afterwards, el, remembered};
use js_sys::Array;
use leptos::prelude::*;
use web_sys::{Blob, BlobPropertyBag, Url};

const BACK: &str = "ship-back";

pub fn preview(build: Build, reading: RwSignal<bool>) -> El {
    // Whether a drawing is shown as its text.
    let as_text = RwSignal::new(false);
    let gone = remembered(move || {
        let chosen = build.chosen.get();
        let path = chosen.filter(|path| marks(build).get(path) == Some(&Mark::Removed));
        path.map(|path| path.rsplit('/').next().unwrap_or(&path).to_owned())
    });
    let body = move || match gone.get() {
        Some(name) => vec![head(&name), waiting(words::REMOVED_FILE)],
        None => match build.shown.get() {
            Some(shown) => file(shown, as_text),
            None => vec![waiting(words::LOADING)],
        },
    };
    let back = move || {
        reading.set(false);
        by_id("ship-tree").iter().for_each(|tree| drop(tree.focus()));
    };
    // Who comes from the tree of a narrow panel, which is hidden now, goes on at the way back.
    afterwards(move || {
        if reading.get()
            && let Some(back) = by_id(BACK).filter(|back| back.offset_width() > 0)
        {
            let _ = back.focus();
        }
    });
    let leave = el("button").class("button dense ship-back").attr("id", BACK).on("click", back);
    el("div")
        .class("ship-preview")
        .child(leave.child(icon("left")).text(words::BACK))
        .child(el("div").class("ship-shown").live_child(body))
}

fn head(name: &str) -> El {
    el("header").class("ship-head").child(el("h3").text(name))
}

fn file(shown: Shown, as_text: RwSignal<bool>) -> Vec<El> {
    let Shown { file, text } = shown;
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let is_drawing = name.ends_with(".svg");
    let about = format!("{} · {}", words::size(file.size), words::care(file.care));
    let copied = text.clone();
    let head = head(name)
        .child(el("span").class("quiet").attr("title", words::care_help(file.care)).text(&about))
        .child(is_drawing.then(|| views(as_text)))
        .child(copier(words::COPY_FILE, move || copied.clone()));
    let label = name.to_owned();
    let body = el("div").class("ship-body").live_child(move || match is_drawing && !as_text.get() {
        true => picture(&text, &label),
        false => code(&text),
    });
    vec![head, body]
}

fn views(as_text: RwSignal<bool>) -> El {
    let choice = move |text: bool, label: &str| {
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "ship-view")
            .live_checked(move || as_text.get() == text)
            .on("change", move || as_text.set(text));
        el("label").child(input).child(el("span").text(label))
    };
    el("fieldset")
        .class("segments ship-views")
        .child(el("legend").class("unseen").text(words::VIEW_AS))
        .child(choice(false, words::PICTURE))
        .child(choice(true, words::TEXT))
}

/// Two texts beside each other, however long the file is.
fn code(text: &str) -> El {
    let lines = text.lines().count().max(1);
    let numbers: String = (1..=lines).flat_map(|line| [line.to_string(), "\n".to_owned()]).collect();
    el("div")
        .class("ship-code")
        .attr("role", "region")
        .attr("tabindex", "0")
        .attr("aria-label", words::FILE_TEXT)
        .child(el("pre").class("ship-numbers").attr("aria-hidden", "true").text(&numbers))
        .child(el("pre").class("ship-text").text(text))
}

/// As an image, in which nothing runs, whatever the file says.
fn picture(text: &str, name: &str) -> El {
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options);
    let Ok(url) = blob.and_then(|blob| Url::create_object_url_with_blob(&blob)) else { return code(text) };
    let image = el("img").attr("src", url.clone()).attr("alt", name.to_owned());
    on_cleanup(move || drop(Url::revoke_object_url(&url)));
    el("div").class("ship-picture").child(image)
}
