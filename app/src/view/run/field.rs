//! One field of a form: the control that suits its type, with what exists to choose from.

use super::desk::Desk;
use super::table::{is_made_up, short_id};
use crate::messages::run as words;
use elements::{El, el};
use leptos::prelude::*;
use protocol::trace::Field;
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

/// What stands in the fields now, by name.
pub type Values = StoredValue<BTreeMap<String, String>>;

/// No value of a person is this.
const ELSE: &str = "\u{1}else";

/// Where a field stands and what is said about it.
#[derive(Clone)]
pub struct Spot {
    pub desk: Desk,
    pub values: Values,
    pub id: String,
    pub problem: String,
    pub first: bool,
    pub reasons: Memo<String>,
}

impl Spot {
    fn put(&self, name: &str, value: String) {
        self.values.update_value(|all| {
            all.insert(name.to_owned(), value);
        });
    }

    /// What every control has: its name's target, what is wrong with it, and where its value goes.
    fn dress(&self, control: El, field: &Field) -> El {
        let (reasons, problem) = (self.reasons, self.problem.clone());
        let wrong = move || reasons.with(|words| !words.is_empty());
        let (spot, name) = (self.clone(), field.name.clone());
        control
            .attr("id", self.id.clone())
            .attr("data-run-first", self.first)
            .attr("aria-required", field.required.then_some("true"))
            .live_attr("aria-invalid", move || wrong().then_some("true"))
            .live_attr("aria-describedby", move || wrong().then(|| problem.clone()))
            .on_event("input", move |event: Event| {
                let value = value_of(&event);
                spot.desk.typed.update_value(|typed| drop(typed.insert(name.clone(), value.clone())));
                spot.put(&name, value);
            })
    }
}

/// Fields and lists of choices both have a `value`.
pub fn value_of(event: &Event) -> String {
    let value = event.target().and_then(|target| js_sys::Reflect::get(&target, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

pub fn control(spot: Spot, field: &Field) -> El {
    // The form was made anew around what stood in it.
    let before = spot.desk.typed.with_value(|typed| typed.get(&field.name).cloned());
    if field.choices.is_empty() {
        let begins = before.unwrap_or_else(|| field.example.clone());
        spot.put(&field.name, begins.clone());
        return match field.r#type.as_str() {
            "boolean" => yes_or_no(&spot, field, &begins),
            _ => typed(&spot, field, &begins),
        };
    }
    let known = |value: &String| value.is_empty() || field.choices.iter().any(|(key, _)| key == value);
    let begins = before.filter(known).unwrap_or_else(|| first_choice(field));
    spot.put(&field.name, begins);
    let (free, field) = (RwSignal::new(false), field.clone());
    let control = move || match free.get() {
        false => vec![chosen(&spot, &field, free)],
        true => vec![typed(&spot, &field, ""), back_to_choices(&spot, &field, free)],
    };
    el("div").class("run-control").live_child(control)
}

/// The example, where it exists.
fn first_choice(field: &Field) -> String {
    let is_example = |(key, _): &&(String, String)| *key == field.example;
    let choice = field.choices.iter().find(is_example).or(field.choices.first());
    choice.map(|(key, _)| key.clone()).unwrap_or_default()
}

fn option(value: &str, label: &str, now: &str) -> El {
    el("option").attr("value", value.to_owned()).attr("selected", value == now).text(label)
}

/// What exists, in words; and a way to something else, which may be refused.
fn chosen(spot: &Spot, field: &Field, free: RwSignal<bool>) -> El {
    let now = spot.values.with_value(|all| all.get(&field.name).cloned()).unwrap_or_default();
    let choices = named(&field.choices);
    let choices = field.choices.iter().zip(choices).map(|((key, _), label)| option(key, &label, &now));
    let list = el("select")
        .class("field")
        .child(option("", words::NOTHING_CHOSEN, &now))
        .child(choices)
        .child(option(ELSE, words::SOMETHING_ELSE, &now));
    let (spot_, name) = (spot.clone(), field.name.clone());
    spot.dress(list, field).on_event("keydown", sends).on_event("change", move |event: Event| {
        if value_of(&event) == ELSE {
            spot_.put(&name, String::new());
            free.set(true);
            focus_soon(spot_.id.clone());
        }
    })
}

/// Enter sends from a list as it does from a field; in a list that is open it chooses.
fn sends(event: KeyboardEvent) {
    let list = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let folded = list.is_some_and(|list| list.matches(":open") == Ok(false));
    if event.key() == "Enter" && !event.ctrl_key() && !event.meta_key() && !event.alt_key() && folded {
        event.prevent_default();
        event.stop_propagation();
        super::send();
    }
}

/// Without the ids that were made up, unless two would look the same.
fn named(choices: &[(String, String)]) -> Vec<String> {
    let bare = |(key, label): &(String, String)| {
        let words = label.strip_suffix(&format!(" ({key})")).unwrap_or(label);
        match is_made_up(key) {
            true if words == key => short_id(key),
            true => words.to_owned(),
            false => label.clone(),
        }
    };
    let names: Vec<String> = choices.iter().map(bare).collect();
    let twice = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    let told_apart = names.iter().zip(choices).map(|(name, (key, _))| match twice(name) {
        true if is_made_up(key) && *name != short_id(key) => format!("{name} {}", short_id(key)),
        _ => name.clone(),
    });
    told_apart.collect()
}

fn back_to_choices(spot: &Spot, field: &Field, free: RwSignal<bool>) -> El {
    let (spot, field) = (spot.clone(), field.clone());
    el("button").class("button dense").attr("type", "button").text(words::BACK_TO_CHOICES).on(
        "click",
        move || {
            let first = field.choices.first().map(|(key, _)| key.clone()).unwrap_or_default();
            spot.put(&field.name, first);
            free.set(false);
            focus_soon(spot.id.clone());
        },
    )
}

fn focus_soon(id: String) {
    crate::browser::next_frame(move || {
        let found = crate::browser::document().get_element_by_id(&id);
        if let Some(control) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = control.focus();
        }
    });
}

fn yes_or_no(spot: &Spot, field: &Field, now: &str) -> El {
    let list = el("select")
        .class("field")
        .child(option("", words::NOTHING_CHOSEN, now))
        .child(option("true", words::YES, now))
        .child(option("false", words::NO, now));
    spot.dress(list, field)
}

fn typed(spot: &Spot, field: &Field, value: &str) -> El {
    let (kind, keyboard) = match (field.hashed, field.r#type.as_str()) {
        (true, _) => ("password", "text"),
        (_, "date") => ("date", "text"),
        (_, "datetime") => ("datetime-local", "text"),
        (_, "integer") => ("text", "numeric"),
        (_, "decimal") => ("text", "decimal"),
        (_, "email") => ("text", "email"),
        _ => ("text", "text"),
    };
    let input = el("input")
        .class("field")
        .attr("type", kind)
        .attr("inputmode", keyboard)
        .attr("autocomplete", if kind == "password" { "new-password" } else { "off" })
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", field.r#type.ends_with("[]").then_some(words::LIST_HELP))
        .attr("step", (kind == "datetime-local").then_some("1"))
        .prop("value", shown(kind, value))
        .on_event("focus", |event: Event| {
            // A value to begin with is typed over.
            if let Some(input) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
                input.select();
            }
        });
    spot.dress(input, field)
}

/// As the control wants it: dates without their zone.
fn shown(kind: &str, value: &str) -> String {
    let most = match kind {
        "date" => 10,
        "datetime-local" => 19,
        _ => return value.to_owned(),
    };
    value.chars().take(most).collect()
}

/// As a run wants it: times are in the one zone of the run.
pub fn written(kind: &str, value: String) -> String {
    match (kind, value.len()) {
        ("datetime", 16) => value + ":00Z",
        ("datetime", 19) => value + "Z",
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_goes_through_its_field_and_back() {
        let time = "2026-11-21T11:05:00Z";
        assert_eq!(written("datetime", shown("datetime-local", time)), time);
        assert_eq!(written("datetime", "2026-11-21T11:05".to_owned()), time);
        assert_eq!(written("string", "2026-11-21T11:05".to_owned()), "2026-11-21T11:05");
    }

    #[test]
    fn choices_are_words_and_told_apart() {
        let choice = |end: &str, words: &str| {
            let key = format!("0f8fad5b-d9cb-469f-a165-70867728{end}");
            (key.clone(), if words.is_empty() { key } else { format!("{words} ({key})") })
        };
        let choices =
            [choice("0001", "Milk"), choice("0002", "Tea"), choice("0003", "Milk"), choice("0004", "")];
        assert_eq!(named(&choices), ["Milk …0001", "Tea", "Milk …0003", "…0004"]);
        assert_eq!(named(&[("7".to_owned(), "Milk (7)".to_owned())]), ["Milk (7)"]);
    }

    #[test]
    fn a_date_is_its_day() {
        assert_eq!(shown("date", "2026-11-21T11:05:00Z"), "2026-11-21");
    }
}
