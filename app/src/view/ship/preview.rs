//! What a file says: its text with line numbers; a drawing as the picture that it is; and where it is another than the
//! one that was downloaded last, what came and what went.

use super::build::marks;
use super::{copier, waiting};
use crate::messages::{self, ship as words};
use crate::ship::{Build, Difference, Mark, Part, Shown};
use crate::view::icons::icon;
use crate::view::overlay::by_id;
use elements::{El, afterwards, el, remembered};
use js_sys::Array;
use leptos::prelude::*;
use web_sys::{Blob, BlobPropertyBag, Url};

const BACK: &str = "ship-back";

/// How a file is shown, where there is a choice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Changes,
    Picture,
    Text,
}

/// What somebody wants to see first, where there is such a thing.
#[derive(Clone, Copy)]
struct Wish {
    drawings: RwSignal<Look>,
    texts: RwSignal<Look>,
}

pub fn preview(build: Build, reading: RwSignal<bool>) -> El {
    let wish = Wish { drawings: RwSignal::new(Look::Picture), texts: RwSignal::new(Look::Changes) };
    let gone =
        remembered(move || build.chosen.get().filter(|path| marks(build).get(path) == Some(&Mark::Removed)));
    let body = move || {
        let difference = build.difference.get();
        let of = |path: &str| difference.filter(|difference| difference.path == path);
        match gone.get() {
            Some(path) => removed(&path, of(&path)),
            None => match build.shown.get() {
                Some(shown) => {
                    let difference = of(&shown.file.path);
                    file(shown, difference, wish)
                }
                None => vec![waiting(words::LOADING)],
            },
        }
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

fn head(path: &str) -> El {
    el("header").class("ship-head").child(el("h3").text(name_of(path)))
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn removed(path: &str, difference: Option<Difference>) -> Vec<El> {
    let told = el("p").class("ship-gone quiet").attr("role", "status").text(words::REMOVED_FILE);
    vec![head(path), told, el("div").class("ship-body").child(difference.map(|it| changes(&it)))]
}

fn file(shown: Shown, difference: Option<Difference>, wish: Wish) -> Vec<El> {
    let Shown { file, text } = shown;
    let is_drawing = file.path.ends_with(".svg");
    let about = format!("{} · {}", words::size(file.size), words::care(file.care));
    let about = el("span").class("quiet").attr("title", words::care_help(file.care)).text(&about);
    let mut looks = Vec::new();
    looks.extend(difference.is_some().then_some(Look::Changes));
    looks.extend(is_drawing.then_some(Look::Picture));
    looks.push(Look::Text);
    let (wish, first) = match is_drawing {
        true => (wish.drawings, Look::Picture),
        false => (wish.texts, Look::Text),
    };
    let has_changes = difference.is_some();
    let chosen = move || if wish.get() == Look::Changes && !has_changes { first } else { wish.get() };
    let copied = text.clone();
    let head = head(&file.path)
        .child(about)
        .child((looks.len() > 1).then(|| views(looks, chosen, wish)))
        .child(copier(words::COPY_FILE, move || copied.clone()));
    let body = el("div").class("ship-body").live_child(move || match (chosen(), &difference) {
        (Look::Changes, Some(difference)) => changes(difference),
        (Look::Picture, _) => picture(&text, name_of(&file.path)),
        _ => code(&text),
    });
    vec![head, body]
}

fn views(
    looks: Vec<Look>,
    chosen: impl Fn() -> Look + Copy + Send + Sync + 'static,
    wish: RwSignal<Look>,
) -> El {
    let choice = move |look: Look| {
        let label = match look {
            Look::Changes => words::CHANGES,
            Look::Picture => words::PICTURE,
            Look::Text => words::TEXT,
        };
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "ship-view")
            .live_checked(move || chosen() == look)
            .on("change", move || wish.set(look));
        el("label").child(input).child(el("span").text(label))
    };
    el("fieldset")
        .class("segments ship-views")
        .child(el("legend").class("unseen").text(words::VIEW_AS))
        .child(looks.into_iter().map(choice))
}

/// What went and what came, with a sign before each line as well as a colour.
fn changes(difference: &Difference) -> El {
    let part = |part: &Part| match part {
        Part::From(line) => el("p").class("quiet").text(&messages::line_number(*line)),
        Part::Same(text) => el("pre").text(&signed(' ', text)),
        Part::Removed(text) => el("pre").child(el("del").text(&signed('−', text))),
        Part::Added(text) => el("pre").child(el("ins").text(&signed('+', text))),
    };
    let (added, removed) = difference.counts();
    let rows = el("div").class("ship-changes").child(difference.parts.iter().map(part).collect::<Vec<_>>());
    region(words::SINCE_LAST)
        .child(el("div").child(el("p").class("quiet").text(&words::lines(added, removed))).child(rows))
}

fn signed(sign: char, text: &str) -> String {
    text.split('\n')
        .flat_map(|line| [sign.to_string(), " ".to_owned(), line.to_owned(), "\n".to_owned()])
        .collect()
}

fn region(label: &'static str) -> El {
    el("div").class("ship-code").attr("role", "region").attr("tabindex", "0").attr("aria-label", label)
}

/// Two texts beside each other, however long the file is.
fn code(text: &str) -> El {
    let lines = text.lines().count().max(1);
    let numbers: String = (1..=lines).flat_map(|line| [line.to_string(), "\n".to_owned()]).collect();
    region(words::FILE_TEXT)
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
