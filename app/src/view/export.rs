//! The ways out as files: the text itself, and the model that the checker reads from it, in both profiles.

use super::element::{El, el, remembered};
use super::icons::icon;
use super::panel::panel;
use crate::session::Session;
use crate::{browser, messages};
use diag::Diagnostic;
use leptos::prelude::*;
use lint::{Level, Options, Profile};

/// LES's own file names.
const EMD_NAME: &str = "Eventstorming.emd";
const EML_NAME: &str = "Eventsourcing.eml.yaml";

pub fn export_panel(session: Session) -> El {
    let profile = RwSignal::new(Profile::Squall);
    let model = remembered(move || {
        session.epoch.track();
        eml_of(session, profile.get())
    });
    let save_text = move || {
        session.flush();
        let text = session.with_board(|board| board.text()) + "\n";
        browser::download(EMD_NAME, &text, "text/markdown;charset=utf-8");
    };
    let save_model = move || {
        session.flush();
        let text = eml_of(session, profile.get_untracked()).0;
        browser::download(EML_NAME, &text, "application/yaml;charset=utf-8");
    };
    let errors = remembered(move || model.with(|(_, errors)| *errors));
    let remark = move || {
        let count = errors.get();
        let words = el("span").text(&messages::export_errors(count));
        (count > 0).then(|| el("p").class("remark").child(icon("warning")).child(words))
    };
    let profiles = el("div")
        .class("segments")
        .child(choice(profile, Profile::Squall, messages::EXPORT_SQUALL, "squall"))
        .child(choice(profile, Profile::Les, messages::EXPORT_LES, "les"));
    let preview = el("pre")
        .class("preview")
        .attr("id", "eml-preview")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", messages::EXPORT_PREVIEW)
        .live_text(move || model.with(|(text, _)| text.clone()));
    panel(session, messages::EXPORT_PANEL, "export-panel", move |body| {
        body.child(way(messages::EXPORT_EMD, EMD_NAME, messages::EXPORT_EMD_HELP, "download-emd", save_text))
            .child(way(messages::EXPORT_EML, EML_NAME, messages::EXPORT_EML_HELP, "download-eml", save_model))
            .child(el("fieldset").child(el("legend").text(messages::EXPORT_PROFILE)).child(profiles))
            .live_child(remark)
            .child(preview)
    })
}

/// One way out: what it is, and the button.
fn way(title: &str, file: &'static str, help: &str, id: &'static str, save: impl FnMut() + 'static) -> El {
    let button = el("button")
        .class("button")
        .attr("id", id)
        .attr("aria-label", messages::download(file))
        .on("click", save)
        .child(icon("download"))
        .text(messages::DOWNLOAD);
    el("div")
        .class("export-item")
        .child(el("h3").text(title).text(" ").child(el("span").class("file-name").text(file)))
        .child(el("p").text(help))
        .child(button)
}

fn choice(profile: RwSignal<Profile>, mine: Profile, word: &str, value: &'static str) -> El {
    let input = el("input")
        .attr("type", "radio")
        .attr("name", "profile")
        .attr("value", value)
        .live_checked(move || profile.get() == mine)
        .on("change", move || profile.set(mine));
    el("label").child(input).child(el("span").text(word))
}

/// The model of the text as it stands, and how many errors it has.
fn eml_of(session: Session, profile: Profile) -> (String, usize) {
    let options = Options { profile, level: Level::SoftwareDesign };
    session.with_board(|board| {
        let lines: Vec<&str> = board.texts().collect();
        let report = lint::inspect(&lines, &options);
        let errors: Vec<Diagnostic> = report.errors().cloned().collect();
        (eml::yaml(&report.lowered.solution, &errors, profile), errors.len())
    })
}
