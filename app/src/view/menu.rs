//! The menu of a right click, of Shift+F10 and of a finger that rests: what can be done with the selection, or with
//! the wall here.

use super::caps::caps;
use super::icons::icon;
use super::note::kind_slug;
use super::overlay::{close_on_a_press_outside, focused, give_back_the_focus, inside, when_there};
use crate::browser;
use crate::commands::{self, Menu, Record, Section};
use crate::messages::commands as words;
use crate::session::Session;
use elements::{El, el};
use leptos::prelude::*;
use web_sys::{Event, HtmlElement, KeyboardEvent, MouseEvent};

const MENU: &str = "menu";
const ITEM: &str = "[role=menuitem]";
/// From the edges of the window.
const MARGIN: f64 = 8.0;

#[derive(Clone, Copy)]
struct Desk {
    session: Session,
    /// Something was pressed in here: the finger that opened the menu by resting chooses nothing when it is lifted.
    pressed: StoredValue<bool>,
}

pub fn menu(session: Session, x: i32, y: i32) -> El {
    give_back_the_focus();
    close_on_a_press_outside(session, MENU);
    when_there(MENU, move |menu| {
        put_inside_the_window(&menu, f64::from(x), f64::from(y));
        if let Some(first) = inside(&menu, ITEM).first() {
            focus(first);
        }
    });
    let about = if session.selection.with_untracked(Vec::is_empty) { Menu::Wall } else { Menu::Sticky };
    let here = |record: &&Record| {
        record.menu.is_some_and(|menu| menu == about || menu == Menu::Both) && record.is_enabled(session)
    };
    let records: Vec<&'static Record> = commands::all().filter(here).collect();
    let name = if about == Menu::Wall { words::MENU_WALL } else { words::MENU_SELECTION };
    let desk = Desk { session, pressed: StoredValue::new(false) };
    let mut list = el("div")
        .class("panel menu")
        .attr("id", MENU)
        .attr("role", "menu")
        .attr("aria-label", name)
        .attr("tabindex", "-1")
        .on_event("contextmenu", |event: Event| event.prevent_default())
        .on("pointerdown", move || desk.pressed.set_value(true))
        .on_event("keydown", move |event: KeyboardEvent| key(session, &event));
    let mut first = true;
    for section in Section::ALL {
        let of_section: Vec<&'static Record> =
            records.iter().copied().filter(|record| record.section == section).collect();
        if of_section.is_empty() {
            continue;
        }
        if !std::mem::take(&mut first) {
            list = list.child(el("div").class("menu-gap").attr("role", "separator"));
        }
        list = list.child(group(desk, section, &of_section));
    }
    list
}

/// Kinds stand as their colours, all else as lines.
fn group(desk: Desk, section: Section, records: &[&'static Record]) -> El {
    let kinds = records.iter().all(|record| record.kind.is_some());
    let group = el("div").class(if kinds { "menu-kinds" } else { "menu-lines" });
    let group = group.attr("role", "group").attr("aria-label", section.title());
    group.child(records.iter().map(|record| if kinds { swatch(desk, record) } else { line(desk, record) }))
}

fn item(desk: Desk, record: &'static Record, class: &str) -> El {
    let Desk { session, pressed } = desk;
    el("button")
        .class(class)
        .attr("role", "menuitem")
        .attr("tabindex", "-1")
        .on_event("pointerenter", |event: Event| {
            if let Some(item) = event.current_target().map(wasm_bindgen::JsCast::unchecked_into) {
                focus(&item);
            }
        })
        .on_event("click", move |event: MouseEvent| {
            if pressed.get_value() || event.detail() == 0 {
                session.panel.set(None);
                record.run(session, None);
            }
        })
}

fn line(desk: Desk, record: &'static Record) -> El {
    item(desk, record, "menu-item")
        .child(el("span").class("menu-title").text(record.title))
        .child(record.keys.first().map(|keys| caps(keys)))
}

fn swatch(desk: Desk, record: &'static Record) -> El {
    let slug = record.kind.map(kind_slug).unwrap_or_default();
    item(desk, record, "menu-kind")
        .attr("aria-label", record.title)
        .attr("title", record.title)
        .child(el("span").class("swatch").attr("data-kind", slug).child(icon(slug)))
}

fn focus(item: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(false);
    let _ = item.focus_with_options(&options);
}

/// Opens right and down of the pointer where there is room, else where there is.
fn put_inside_the_window(menu: &HtmlElement, x: f64, y: f64) {
    let size = menu.get_bounding_client_rect();
    let window = browser::window();
    let side = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|it| it.as_f64()).unwrap_or(0.0);
    let (width, height) = (side(window.inner_width()), side(window.inner_height()));
    let place = |at: f64, length: f64, room: f64| {
        let fits = at + length + MARGIN <= room;
        let other = if at - length >= MARGIN { at - length } else { room - length - MARGIN };
        (if fits { at } else { other }).max(MARGIN)
    };
    let style = HtmlElement::style(menu);
    let _ = style.set_property("left", &format!("{}px", place(x, size.width(), width)));
    let _ = style.set_property("top", &format!("{}px", place(y, size.height(), height)));
}

fn key(session: Session, event: &KeyboardEvent) {
    event.stop_propagation();
    let Some(menu) = super::overlay::by_id(MENU) else { return };
    let items = inside(&menu, ITEM);
    let now = focused().filter(|item| items.contains(item));
    let next = match event.key().as_str() {
        "ArrowDown" => beside(&items, now.as_ref(), 0.0, 1.0).or(items.first().cloned()),
        "ArrowUp" => beside(&items, now.as_ref(), 0.0, -1.0).or(items.last().cloned()),
        "ArrowLeft" => beside(&items, now.as_ref(), -1.0, 0.0),
        "ArrowRight" => beside(&items, now.as_ref(), 1.0, 0.0),
        "Home" => items.first().cloned(),
        "End" => items.last().cloned(),
        "Escape" | "Tab" => {
            event.prevent_default();
            return session.panel.set(None);
        }
        // The browser makes the click.
        "Enter" | " " => return,
        letter if letter.chars().count() == 1 => beginning(&items, now.as_ref(), letter),
        _ => return,
    };
    event.prevent_default();
    if let Some(item) = next {
        focus(&item);
    }
}

/// The nearest item in that direction.
fn beside(items: &[HtmlElement], now: Option<&HtmlElement>, dx: f64, dy: f64) -> Option<HtmlElement> {
    let middle = |item: &HtmlElement| {
        let place = item.get_bounding_client_rect();
        (place.left() + place.width() / 2.0, place.top() + place.height() / 2.0)
    };
    let (x, y) = middle(now?);
    let cost = |item: &HtmlElement| {
        let (other_x, other_y) = middle(item);
        let (ahead, aside) =
            ((other_x - x) * dx + (other_y - y) * dy, (other_x - x) * dy - (other_y - y) * dx);
        // A line of the menu reaches over its whole width: how far aside its middle lies says little.
        let aside = if dx == 0.0 { aside.abs() * 0.01 } else { aside.abs() * 10.0 };
        (ahead > 1.0 && (dx == 0.0 || aside < 10.0)).then_some(ahead + aside)
    };
    let fitting = items.iter().filter_map(|item| Some((cost(item)?, item)));
    fitting.min_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, item)| item.clone())
}

/// The next item that begins with this letter.
fn beginning(items: &[HtmlElement], now: Option<&HtmlElement>, letter: &str) -> Option<HtmlElement> {
    let letter = letter.to_lowercase();
    let after = now.and_then(|now| items.iter().position(|item| item == now)).map_or(0, |at| at + 1);
    let round = items[after..].iter().chain(&items[..after]);
    let begins = |item: &&HtmlElement| {
        let name = item.get_attribute("aria-label").or_else(|| item.text_content()).unwrap_or_default();
        name.to_lowercase().starts_with(&letter)
    };
    round.into_iter().find(begins).cloned()
}
