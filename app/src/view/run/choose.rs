//! What can be done, as a list: for the keyboard, for phones, and for who does not know where to click.

use super::PLAY;
use super::desk::Desk;
use crate::messages::run as words;
use crate::run::Which;
use crate::view::icons::{drawing, icon};
use crate::view::wall;
use elements::{El, el};
use leptos::prelude::*;
use protocol::request::{Model, Name};

pub fn choose(desk: Desk) -> El {
    let body = move || {
        desk.play.model.with(|model| match model {
            None => el("p").class("quiet").text(words::STARTING),
            Some(model) if model.commands.is_empty() => nothing(),
            Some(model) => list(desk, model),
        })
    };
    el("section").class("run-part run-choose").live_child(body)
}

fn nothing() -> El {
    el("div")
        .class("run-nothing")
        .child(el("h3").text(words::NO_COMMANDS))
        .child(el("p").class("quiet").text(words::NO_COMMANDS_HELP))
}

fn list(desk: Desk, model: &Model) -> El {
    if !desk.play.can_act() {
        return only_look(desk);
    }
    let mut contexts: Vec<&str> = Vec::new();
    for command in &model.commands {
        if !contexts.contains(&command.context.as_str()) {
            contexts.push(&command.context);
        }
    }
    let named = contexts.len() > 1;
    let groups = contexts.into_iter().map(|context| {
        let commands = model.commands.iter().filter(|command| command.context == context);
        let list = el("ul").child(commands.map(|command| el("li").child(row(desk, command))));
        let title = named.then(|| el("h4").text(context));
        el("div").class("run-group").child(title).child(list)
    });
    el("div")
        .child(el("h3").text(words::CHOOSE))
        .child(el("p").class("quiet").text(words::CHOOSE_HELP))
        .child(groups.collect::<Vec<_>>())
}

fn row(desk: Desk, command: &Name) -> El {
    let (name, sticky) = (command.name.clone(), command.sticky);
    el("button")
        .class("run-row")
        .on("click", move || {
            desk.play.command.set(Some(name.clone()));
            if let Some(line) = sticky.and_then(|sticky| desk.play.line(sticky)) {
                wall::select(desk.play.session, vec![line.clone()]);
                wall::show(desk.play.session, &line);
            }
            super::focus_the_form(desk.play);
        })
        .child(el("span").class("swatch").attr("data-kind", "command").child(icon("command")))
        .child(el("span").class("run-name").text(&command.label))
        .child(drawing(PLAY))
}

fn only_look(desk: Desk) -> El {
    let alone = move || {
        let mine = desk.play.runs.with_untracked(|runs| {
            runs.iter().find(|run| matches!(run.which, Which::Alone(_))).map(|run| run.which.clone())
        });
        match mine {
            Some(which) => desk.play.look_at(which),
            None => desk.play.begin(words::ALONE_NAME, false),
        }
    };
    el("div")
        .class("run-nothing")
        .child(el("p").text(words::ONLY_LOOK))
        .child(el("button").class("button primary").text(words::PLAY_ALONE).on("click", alone))
}
