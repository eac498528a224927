//! What can be said about one property: name, type, and what its sticky's kind allows.

use super::super::icons::icon;
use super::{Desk, check, focus_adder, named, shift, writing};
use crate::messages;
use elements::{El, el};
use emd::{Annotation, Kind};
use leptos::html::{Input, Select};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

pub fn about(desk: Desk, name: String) -> El {
    let kind = desk.sheet.with_untracked(|sheet| sheet.kind);
    let said: &[(Annotation, &'static str)] = match kind {
        Kind::Command => {
            &[(Annotation::Required, messages::MUST_BE_GIVEN), (Annotation::Free, messages::WITHOUT_LOOKUP)]
        }
        Kind::Event => {
            &[(Annotation::Personal, messages::IS_PERSONAL), (Annotation::Hashed, messages::IS_HASHED)]
        }
        Kind::ReadModel => &[(Annotation::Derived, messages::IS_DERIVED)],
        _ => &[],
    };
    let key = StoredValue::new(name.clone());
    let checks = said.iter().map(|(annotation, title)| said_of(desk, key, *annotation, title));
    let lookup = (kind == Kind::Command).then(|| lookup(desk, &name));
    el("div")
        .class("property-about")
        .attr("role", "group")
        .attr("aria-label", messages::about_property(&name))
        .on_event("keydown", move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                event.stop_propagation();
                desk.chosen.set(None);
                focus_adder();
            }
        })
        .child(rename(desk, &name))
        .child(types(desk, &name))
        .child(checks)
        .child(lookup)
        .child(order(desk, key))
}

fn said_of(desk: Desk, name: StoredValue<String>, annotation: Annotation, title: &'static str) -> El {
    let on = move || {
        desk.sheet.with(|sheet| {
            name.with_value(|name| sheet.about(name).into_iter().any(|chip| chip.annotation == annotation))
        })
    };
    check(title, on, move || {
        let chips = desk.sheet.with_untracked(|sheet| sheet.chips.clone());
        writing::toggle(desk.session, &desk.line(), annotation, &name.get_value(), &chips);
    })
}

fn rename(desk: Desk, name: &str) -> El {
    let input = NodeRef::<Input>::new();
    let old = name.to_owned();
    let change = move || {
        let new = input.get_untracked().map(|input| input.value()).unwrap_or_default();
        let new = new.replace(',', " ").trim().to_owned();
        let sheet = desk.sheet.get_untracked();
        if new.is_empty() || sheet.properties.contains(&new) || !sheet.properties.contains(&old) {
            return;
        }
        desk.chosen.set(Some(new.clone()));
        writing::rename(desk.session, &desk.line(), &sheet.properties, &old, &new, &sheet.chips);
    };
    let field = el("input")
        .class("property-field")
        .known_as(input)
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .prop("value", name)
        .on("change", change);
    el("label").class("property-line").child(el("span").text(messages::PROPERTY_NAME)).child(field)
}

fn types(desk: Desk, name: &str) -> El {
    let name = name.to_owned();
    let (line, chips) = (desk.line(), desk.sheet.with_untracked(|sheet| sheet.chips.clone()));
    let now = writing::type_of(desk.session, &line, &name, &chips)
        .and_then(|chip| chip.about.split_once(':').map(|(_, of)| of.trim().to_owned()));
    let mut all: Vec<String> = emd::TYPES.iter().skip(1).map(|of| (*of).to_owned()).collect();
    all.push("string[]".to_owned());
    all.extend(now.iter().filter(|of| !all.contains(of) && *of != "string").cloned().collect::<Vec<_>>());
    choice_with(messages::PROPERTY_TYPE, messages::TYPE_TEXT, &all, now.as_deref(), move |to| {
        let chips = desk.sheet.with_untracked(|sheet| sheet.chips.clone());
        writing::set_type(desk.session, &desk.line(), &name, &to, &chips);
    })
}

fn lookup(desk: Desk, name: &str) -> El {
    let models = desk.session.with_board(|board| named(board, Kind::ReadModel));
    let now = desk.sheet.with_untracked(|sheet| {
        let about = sheet.about(name);
        let exists = about.iter().find(|chip| chip.annotation == Annotation::Exists);
        exists.and_then(|chip| chip.about.rsplit_once(" in ").map(|(_, model)| model.trim().to_owned()))
    });
    let name = name.to_owned();
    choice_with(messages::MUST_EXIST_IN, messages::NOWHERE, &models, now.as_deref(), move |model| {
        let chips = desk.sheet.with_untracked(|sheet| sheet.chips.clone());
        writing::set_lookup(desk.session, &desk.line(), &name, &model, &chips);
    })
}

fn order(desk: Desk, name: StoredValue<String>) -> El {
    let button = |drawing: &'static str, title: &'static str, by: isize| {
        el("button")
            .class("tool")
            .attr("type", "button")
            .attr("aria-label", title)
            .attr("title", title)
            .on("click", move || shift(desk, &name.get_value(), by))
            .child(icon(drawing))
    };
    let remove = el("button")
        .class("tool worded")
        .attr("type", "button")
        .on("click", move || super::remove(desk, &name.get_value()))
        .child(icon("delete"))
        .child(el("span").text(messages::REMOVE));
    el("div")
        .class("property-order")
        .child(button("left", messages::EARLIER, -1))
        .child(button("right", messages::LATER, 1))
        .child(remove)
}

/// A list to choose from that stays at its title: each choice is an act.
pub fn choice(
    title: &'static str,
    all: &[String],
    now: Option<&str>,
    chosen: impl Fn(String) + 'static,
) -> El {
    select(title, title, all, now, chosen, true)
}

fn choice_with(
    title: &'static str,
    none: &'static str,
    all: &[String],
    now: Option<&str>,
    chosen: impl Fn(String) + 'static,
) -> El {
    let list = select(title, none, all, now, chosen, false);
    el("label").class("property-line").child(el("span").text(title)).child(list)
}

fn select(
    title: &'static str,
    none: &'static str,
    all: &[String],
    now: Option<&str>,
    chosen: impl Fn(String) + 'static,
    acts: bool,
) -> El {
    let list = NodeRef::<Select>::new();
    let option = |value: &str, words: &str| {
        el("option")
            .attr("value", value.to_owned())
            .attr("selected", now.unwrap_or_default() == value)
            .text(words)
    };
    el("select")
        .class("property-select")
        .known_as(list)
        .attr("aria-label", title)
        .on("change", move || {
            let Some(list) = list.get_untracked() else { return };
            let value = list.value();
            if acts {
                list.set_value("");
            }
            chosen(value);
        })
        .child(option("", none))
        .child(all.iter().map(|name| option(name, name)))
}
