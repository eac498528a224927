//! What leads to what, for PlantUML: a component diagram with a package for each context.
//!
//! Words of people are written in PlantUML's own notation for characters wherever a mark could mean something.

use super::book::{Book, Context};
use std::collections::BTreeSet;
use std::fmt::Write;

pub fn plantuml(book: &Book<'_>) -> String {
    let mut out = String::from("@startuml\n");
    push(&mut out, format_args!("title {}\n", text(book.title())));
    out.push_str(HEAD);
    for context in &book.contexts {
        package(&mut out, book, context);
    }
    arrows(&mut out, book);
    out.push_str("@enduml\n");
    out
}

const HEAD: &str = "\
left to right direction
skinparam shadowing false
skinparam defaultTextAlignment center
skinparam rectangle {
  FontColor #1F2328
  BackgroundColor<<command>> #7AC0FF
  BackgroundColor<<event>> #FFA64E
  BackgroundColor<<view>> #91DB98
  BackgroundColor<<policy>> #AE8CCF
}
hide stereotype

";

fn package(out: &mut String, book: &Book<'_>, context: &Context<'_>) {
    let model = book.model;
    push(out, format_args!("package \"{}\" as k{} {{\n", text(&context.title), context.index));
    for (index, actor) in context.model.actors.iter().enumerate() {
        if !actor.commands.is_empty() {
            push(out, format_args!("  actor \"{}\" as a{}_{index}\n", text(&actor.name), context.index));
        }
    }
    for id in &context.categories {
        for command in &model.category(*id).commands {
            let one = model.command(*command);
            let names = one.parameters.iter().map(|one| one.name.as_str());
            sticky(out, &one.name.label, names, &format!("c{}", command.0), "command");
        }
        for event in &model.category(*id).events {
            let one = model.event(*event);
            let names = one.properties.iter().map(|one| one.name.as_str());
            sticky(out, &one.name.label, names, &format!("e{}", event.0), "event");
        }
    }
    for id in &context.readmodels {
        let one = model.readmodel(*id);
        let names = one.columns.iter().filter(|column| column.shown).map(|one| one.name.as_str());
        sticky(out, &one.name.label, names, &format!("r{}", id.0), "view");
    }
    for id in &context.policies {
        let label = &model.policy(*id).name.label;
        sticky(out, label, std::iter::empty(), &format!("p{}", id.0), "policy");
    }
    out.push_str("}\n");
}

/// A name over the properties, on a sticky of its kind.
fn sticky<'a>(out: &mut String, name: &str, properties: impl Iterator<Item = &'a str>, id: &str, kind: &str) {
    let properties: Vec<String> = properties.map(text).collect();
    let list =
        if properties.is_empty() { String::new() } else { format!("\\n----\\n{}", properties.join("\\n")) };
    push(out, format_args!("  rectangle \"{}{list}\" as {id} <<{kind}>>\n", text(name)));
}

fn arrows(out: &mut String, book: &Book<'_>) {
    let model = book.model;
    for context in &book.contexts {
        let own = context.commands(model);
        for (index, actor) in context.model.actors.iter().enumerate() {
            let found = actor.commands.iter().filter_map(|name| own.get(name)).flatten();
            let found: BTreeSet<u32> = found.map(|id| id.0).collect();
            for command in found {
                push(out, format_args!("a{}_{index} --> c{command}\n", context.index));
            }
        }
    }
    for (index, command) in model.commands.iter().enumerate() {
        for outcome in &command.outcomes {
            push(out, format_args!("c{index} --> e{}\n", outcome.event.0));
        }
    }
    for (index, readmodel) in model.readmodels.iter().enumerate() {
        for heard in &readmodel.hears {
            push(out, format_args!("e{} --> r{index}\n", heard.event.0));
        }
    }
    for (index, policy) in model.policies.iter().enumerate() {
        push(out, format_args!("e{} --> p{index}\np{index} --> c{}\n", policy.event.0, policy.command.0));
    }
}

/// Letters, digits and a few marks as they are, all else by its number.
fn text(words: &str) -> String {
    let mut out = String::new();
    for character in words.chars() {
        match character {
            ' ' | ',' | '.' | '?' | '(' | ')' => out.push(character),
            _ if character.is_control() => out.push(' '),
            _ if character.is_alphanumeric() => out.push(character),
            _ => push(&mut out, format_args!("<U+{:04X}>", u32::from(character))),
        }
    }
    if out.trim().is_empty() { "<U+00A0>".to_owned() } else { out }
}

fn push(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = out.write_fmt(words);
}
