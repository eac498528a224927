//! The properties of one sticky as chips, for people who do not know how they are written: a small sheet beside it.
//!
//! Typing and Enter or a comma adds one; a chip opens what can be said about its property; Alt with the arrows moves
//! it; Delete takes it away. Commands say what must have happened before, events whether they are pivotal. What each
//! act writes into the lines is in `writing`.

mod about;
mod writing;

pub use writing::resolve;

use super::chips::{Chip, annotation_icon};
use super::icons::icon;
use crate::session::Session;
use crate::{browser, messages};
use board::{LineId, Step};
use elements::{El, el, remembered, word};
use emd::{Annotation, Kind};
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlElement, KeyboardEvent};

/// Whether stickies of this kind have properties or annotations worth a sheet.
pub fn has_any(kind: Option<Kind>) -> bool {
    !matches!(
        kind,
        None | Some(
            Kind::Heading(_) | Kind::Note | Kind::Chapter | Kind::Lane | Kind::Context | Kind::Scenario(_)
        )
    )
}

/// What the sheet shows of its line.
#[derive(Clone, PartialEq)]
struct Sheet {
    kind: Kind,
    name: String,
    properties: Vec<String>,
    chips: Vec<Chip>,
    locked: bool,
}

impl Sheet {
    fn read(session: Session, id: &LineId) -> Sheet {
        let line = session.watch_mirror(|mirror| mirror.watch_text(id)).flatten();
        let text = line.as_ref().map_or("", |line| &line.text);
        let read = emd::line(text);
        let chips = session
            .with_mirror(|mirror| mirror.parts(id).filter_map(|(id, part)| Chip::read(id, part)).collect());
        Sheet {
            kind: read.kind,
            name: read.name.text.to_string(),
            properties: read.properties.iter().map(|piece| piece.text.to_string()).collect(),
            chips,
            locked: line.is_some_and(|line| line.locked),
        }
    }

    /// What is said about a property, for the ear and as small signs on its chip.
    fn about(&self, property: &str) -> Vec<&Chip> {
        self.chips.iter().filter(|chip| chip.property() == Some(property)).collect()
    }
}

/// What the parts of the sheet share.
#[derive(Clone, Copy)]
struct Desk {
    session: Session,
    line: StoredValue<LineId>,
    sheet: Memo<Sheet>,
    /// The property whose menu is open.
    chosen: RwSignal<Option<String>>,
}

impl Desk {
    fn line(self) -> LineId {
        self.line.get_value()
    }

    /// As the document has them: the sheet is up to a frame behind somebody who types fast.
    fn properties(self) -> Vec<String> {
        self.session.with_board(|board| {
            let text = self.line.with_value(|line| board.line(line).map(|line| line.text.clone()));
            let text = text.unwrap_or_default();
            emd::line(&text).properties.iter().map(|piece| piece.text.to_string()).collect()
        })
    }
}

pub fn properties(session: Session, line: LineId) -> El {
    let id = StoredValue::new(line);
    let sheet = remembered(move || id.with_value(|id| Sheet::read(session, id)));
    let desk = Desk { session, line: id, sheet, chosen: RwSignal::new(None) };
    let names = remembered(move || sheet.with(|sheet| sheet.properties.clone()));
    let chosen = move || desk.chosen.get().filter(|name| names.with(|names| names.contains(name)));
    let shape = remembered(move || sheet.with(|sheet| (sheet.kind, sheet.locked)));
    el("section")
        .class("properties")
        .live_attr("aria-label", move || sheet.with(|sheet| messages::properties_of(&sheet.name)))
        .child(
            el("div")
                .class("property-row")
                .child(
                    el("ul")
                        .class("property-chips")
                        .attr("role", "list")
                        .each(move || names.get(), move |name| chip(desk, name)),
                )
                .when(move || !shape.get().1, move || adder(desk)),
        )
        .live_child(move || chosen().map(|name| about::about(desk, name)))
        .live_child(move || {
            let (kind, locked) = shape.get();
            let suits = matches!(kind, Kind::Command | Kind::Event) && !locked;
            suits.then(|| conditions(desk, kind))
        })
}

/// One property.
fn chip(desk: Desk, name: String) -> El {
    let key = StoredValue::new(name.clone());
    let is_open = move || desk.chosen.with(|chosen| chosen.as_deref() == Some(&*key.get_value()));
    let signs = remembered(move || {
        desk.sheet.with(|sheet| {
            let about = sheet.about(&key.get_value()).into_iter();
            about.map(|chip| (annotation_icon(chip.annotation), chip.words())).collect::<Vec<_>>()
        })
    });
    let label = move || {
        messages::property_chip(&key.get_value(), &signs.get().into_iter().map(|it| it.1).collect::<Vec<_>>())
    };
    let opener = el("button")
        .class("property")
        .attr("type", "button")
        .live_attr("aria-expanded", move || word(is_open()))
        .live_attr("aria-label", label)
        .live_attr("title", move || signs.get().into_iter().map(|it| it.1).collect::<Vec<_>>().join(", "))
        .on("click", move || {
            let to = (!is_open()).then(|| key.get_value());
            desk.chosen.set(to);
        })
        .on_event("keydown", move |event: KeyboardEvent| chip_key(desk, &key.get_value(), &event))
        .child(el("span").class("property-name").text(&name))
        .live_child(move || signs.get().into_iter().map(|(name, _)| icon(name)).collect::<Vec<_>>());
    let remover = move || {
        el("button")
            .class("property-remove")
            .attr("type", "button")
            .attr("tabindex", "-1")
            .attr("aria-label", messages::remove_named(&key.get_value()))
            .on("click", move || remove(desk, &key.get_value()))
            .child(icon("close"))
    };
    el("li")
        .class("property-chip")
        .child(opener)
        .when(move || !desk.sheet.with(|sheet| sheet.locked), remover)
}

fn chip_key(desk: Desk, name: &str, event: &KeyboardEvent) {
    match event.key().as_str() {
        "Delete" | "Backspace" => remove(desk, name),
        "ArrowLeft" if event.alt_key() => shift(desk, name, -1),
        "ArrowRight" if event.alt_key() => shift(desk, name, 1),
        "ArrowLeft" => walk(event, -1),
        "ArrowRight" => walk(event, 1),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

fn remove(desk: Desk, name: &str) {
    let sheet = desk.sheet.get_untracked();
    if sheet.locked {
        return;
    }
    // The focus goes to the field before its chip goes away.
    focus_adder();
    writing::remove_property(desk.session, &desk.line(), &sheet.properties, name, &sheet.chips);
}

/// The property changes places with its neighbour.
fn shift(desk: Desk, name: &str, by: isize) {
    let mut names = desk.properties();
    let Some(from) = names.iter().position(|other| other == name) else { return };
    let Some(to) = from.checked_add_signed(by).filter(|to| *to < names.len()) else { return };
    names.swap(from, to);
    writing::set(desk.session, &desk.line(), names, Step::New);
    desk.session.announcement.set(messages::nth_property(name, to + 1));
}

/// Arrows walk along the chips and into the field behind them.
fn walk(event: &KeyboardEvent, by: i32) {
    let Some(from) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return;
    };
    let Some(row) = from.closest(".property-row").ok().flatten() else { return };
    let Ok(all) = row.query_selector_all(".property, .property-add") else { return };
    let all: Vec<HtmlElement> = (0..all.length()).filter_map(|at| all.item(at)?.dyn_into().ok()).collect();
    let here = all.iter().position(|one| from == **one).unwrap_or(0) as i32;
    if let Some(next) = usize::try_from(here + by).ok().and_then(|at| all.get(at)) {
        let _ = next.focus();
    }
}

fn focus_adder() {
    let field = browser::document().query_selector(".property-add").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

/// The field that adds properties; it knows the names that the board uses.
fn adder(desk: Desk) -> El {
    let input = NodeRef::<Input>::new();
    let offers = RwSignal::new(Vec::<String>::new());
    let typed = move || input.get_untracked().map(|input| input.value()).unwrap_or_default();
    let offer = move || offers.set(known_names(desk, &typed()));
    let take = move |text: &str| {
        add(desk, text);
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
        offer();
    };
    let entered = move || {
        let text = typed();
        if text.contains(',') { take(&text) } else { offer() }
    };
    let key = move |event: KeyboardEvent| {
        if event.is_composing() || event.key_code() == 229 {
            return event.stop_propagation();
        }
        match event.key().as_str() {
            "Enter" => take(&typed()),
            "Backspace" | "ArrowLeft" if typed().is_empty() => walk(&event, -1),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let list = el("datalist").attr("id", "property-names").live_child(move || {
        offers.get().into_iter().map(|name| el("option").attr("value", name)).collect::<Vec<_>>()
    });
    el("div")
        .class("property-adder")
        .child(
            el("input")
                .class("property-add")
                .known_as(input)
                .attr("list", "property-names")
                .attr("autocomplete", "off")
                .attr("autocapitalize", "none")
                .attr("spellcheck", "false")
                .attr("enterkeyhint", "enter")
                .attr("aria-label", messages::ADD_PROPERTY)
                .attr("placeholder", messages::ADD_PROPERTY_HINT)
                .on("focus", offer)
                .on("input", entered)
                .on_event("keydown", key)
                .on_event("paste", move |event: ClipboardEvent| paste(&event, take))
                .on("blur", move || take(&typed())),
        )
        .child(list)
}

/// A pasted list is several properties.
fn paste(event: &ClipboardEvent, take: impl Fn(&str)) {
    let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
    if text.contains([',', '\n', '\t']) {
        event.prevent_default();
        take(&text.replace(['\n', '\r', '\t'], ","));
    }
}

/// Adds what is named and not there yet.
fn add(desk: Desk, text: &str) {
    let mut names = desk.properties();
    let before = names.len();
    for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    if names.len() > before {
        writing::set(desk.session, &desk.line(), names, Step::New);
    }
}

fn known_names(desk: Desk, typed: &str) -> Vec<String> {
    let line = desk.line();
    desk.session.with_board(|board| {
        let Some(row) = board.position(&line) else { return Vec::new() };
        let lines: Vec<&str> = board.texts().collect();
        emd::complete_property(&lines, row, typed.trim())
            .into_iter()
            .map(|offer| offer.label)
            .take(12)
            .collect()
    })
}

/// What must have happened before a command; whether an event is pivotal.
fn conditions(desk: Desk, kind: Kind) -> El {
    let row = el("div").class("property-conditions");
    if kind == Kind::Event {
        let pivotal = move || {
            desk.sheet.with(|sheet| sheet.chips.iter().any(|chip| chip.annotation == Annotation::Pivotal))
        };
        return row.child(check(messages::PIVOTAL, pivotal, move || {
            let chips = desk.sheet.with_untracked(|sheet| sheet.chips.clone());
            writing::toggle(desk.session, &desk.line(), Annotation::Pivotal, "", &chips);
        }));
    }
    let said = move || {
        desk.sheet.with(|sheet| {
            let wanted = |chip: &&Chip| matches!(chip.annotation, Annotation::Requires | Annotation::Forbids);
            sheet.chips.iter().filter(wanted).map(|chip| condition(desk, chip)).collect::<Vec<_>>()
        })
    };
    row.child(el("ul").class("property-chips").attr("role", "list").live_child(said))
        .child(event_list(desk, messages::NEEDS, Annotation::Requires))
        .child(event_list(desk, messages::NOT_AFTER, Annotation::Forbids))
}

fn condition(desk: Desk, chip: &Chip) -> El {
    let line = chip.line.clone();
    let remover = el("button")
        .class("property-remove")
        .attr("type", "button")
        .attr("aria-label", messages::remove_named(&chip.words()))
        .on("click", move || writing::remove(desk.session, vec![line.clone()], Step::New))
        .child(icon("close"));
    el("li")
        .class("property-chip said")
        .attr("title", chip.words())
        .child(icon(annotation_icon(chip.annotation)))
        .child(el("span").class("property-name").text(&chip.words()))
        .child(remover)
}

/// A list of the board's events to choose from.
fn event_list(desk: Desk, title: &'static str, annotation: Annotation) -> El {
    let names = desk.session.with_board(|board| named(board, Kind::Event));
    about::choice(title, &names, None, move |name| {
        if !name.is_empty() {
            writing::annotate(desk.session, &desk.line(), annotation, &name, Step::New);
        }
    })
}

/// The names of all stickies of a kind, each once, in text order.
fn named(board: &board::Board, kind: Kind) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in board.texts() {
        let read = emd::line(text);
        if read.kind == kind
            && !read.name.text.is_empty()
            && !names.iter().any(|name| *name == *read.name.text)
        {
            names.push(read.name.text.to_string());
        }
    }
    names
}

fn check(title: &'static str, on: impl FnMut() -> bool + 'static, change: impl FnMut() + 'static) -> El {
    el("label")
        .class("property-check")
        .child(el("input").attr("type", "checkbox").live_checked(on).on("change", change))
        .child(el("span").text(title))
}
