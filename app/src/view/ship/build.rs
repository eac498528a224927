//! A target, its files, and the ways to take them along.

use super::findings::findings;
use super::{copier, failed, preview, tree, waiting};
use crate::messages::ship as words;
use crate::session::Session;
use crate::ship::{Build, Known, Mark};
use crate::view::icons::icon;
use elements::{El, el, remembered};
use leptos::prelude::*;
use protocol::ship::{File, Target};
use std::collections::BTreeMap;

pub fn build(session: Session) -> El {
    let build = Build::new(session);
    let here = remembered(move || {
        build.known.with(|known| matches!(known, Known::Here(files) if !files.is_empty()))
    });
    // In a narrow panel the text takes the place of the tree.
    let reading = RwSignal::new(false);
    let state = move || match build.known.get() {
        Known::Loading => Some(waiting(words::LOADING)),
        Known::NotReady(problems) => Some(findings(session, &problems, words::NOT_BUILT)),
        Known::Failed(why) => Some(failed(&why, move || build.again())),
        Known::Here(files) => files.is_empty().then(nothing),
    };
    let files = move || {
        el("div")
            .class("ship-files")
            .live_attr("data-reading", move || reading.get())
            .child(tree::tree(build, reading))
            .child(preview::preview(build, reading))
    };
    el("div")
        .class("ship ship-build")
        .child(targets(build))
        .child(el("div").class("ship-state").live_child(move || if here.get() { None } else { state() }))
        .when(move || here.get(), files)
        .child(foot(build, here))
}

fn targets(build: Build) -> El {
    let choice = move |target: &Target| {
        let (mine, chosen) = (target.id.clone(), target.id.clone());
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "target")
            .attr("value", target.id.clone())
            .live_checked(move || build.target.with(|target| *target == mine))
            .on("change", move || build.choose(&chosen));
        el("label").child(input).child(el("span").text(&target.title))
    };
    let choices = move || build.targets.with(|targets| targets.iter().map(choice).collect::<Vec<_>>());
    el("fieldset")
        .class("ship-targets")
        .child(el("legend").class("unseen").text(words::TARGET))
        .child(el("div").class("segments").live_child(choices))
        .child(el("p").class("quiet").live_text(move || words::about(&build.target.get())))
}

fn nothing() -> El {
    el("div")
        .class("ship-waiting")
        .child(el("b").text(words::NO_FILES))
        .child(el("p").class("quiet").text(words::NO_FILES_HELP))
}

/// How the files differ from those of the last download; nothing where there was none.
pub fn marks(build: Build) -> BTreeMap<String, Mark> {
    build
        .known
        .with(|known| match known {
            Known::Here(files) => build.last.with(|last| last.as_ref().map(|last| last.marks(files))),
            _ => None,
        })
        .unwrap_or_default()
}

fn foot(build: Build, here: Memo<bool>) -> El {
    let download = el("button")
        .class("button primary")
        .attr("id", "download-zip")
        .live_attr("aria-disabled", move || (!here.get() || build.packing.get()).then_some("true"))
        .on("click", move || build.download())
        .child(icon("download"))
        .child(el("span").live_text(move || match build.packing.get() {
            true => words::PACKING,
            false => words::DOWNLOAD_ZIP,
        }));
    let told = move || match build.known.get() {
        Known::Here(files) if !files.is_empty() => summary(build, &files),
        _ => String::new(),
    };
    let command = move || words::command_line(&build.target.get());
    let terminal = move || words::command_line(&build.target.get_untracked());
    let line = move || {
        el("p")
            .class("ship-terminal")
            .child(el("span").class("quiet").text(words::COMMAND_LINE).text(" "))
            .child(el("code").live_text(command))
            .child(copier(words::COPY_COMMAND, terminal))
    };
    el("footer")
        .class("ship-foot")
        .child(
            el("div")
                .class("ship-told")
                .child(el("p").attr("role", "status").live_text(told))
                .child(el("p").class("quiet").text(words::NOTHING_LEAVES)),
        )
        .child(download)
        .when(move || here.get(), line)
}

fn summary(build: Build, files: &[File]) -> String {
    let count = words::count(files.len(), files.iter().map(|file| file.size).sum());
    if build.last.with(Option::is_none) {
        return format!("{count}.");
    }
    let marks = marks(build);
    let of = |mark: Mark| marks.values().filter(|other| **other == mark).count();
    format!("{count}. {}", words::since(of(Mark::New), of(Mark::Changed), of(Mark::Removed)))
}
