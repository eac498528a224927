//! The ways out as files: the text itself, the model that the checker reads from it, pictures and diagrams, and the
//! board as a file that opens as the same board. All of it is made in the page, so it works without the server. Beside
//! them, in `tabs`, what leaves as a service.

mod picture;
mod tabs;

pub use tabs::{Way, begin_with};

use super::icons::icon;
use super::panel::panel;
use crate::session::Session;
use crate::{api, browser, messages};
use board::Board;
use diag::Diagnostic;
use elements::{El, el, remembered};
use leptos::prelude::*;
use lint::{Level, Options, Profile};

/// LES's own file names.
const EMD_NAME: &str = "Eventstorming.emd";
const EML_NAME: &str = "Eventsourcing.eml.yaml";

pub fn export_panel(session: Session) -> El {
    panel(session, messages::EXPORT_PANEL, "export-panel", move |body| tabs::tabs(session, body))
}

/// The board as files of several kinds.
fn files(session: Session) -> El {
    let profile = RwSignal::new(Profile::Squall);
    el("div")
        .class("export-files")
        .child(copies(session))
        .child(text(session))
        .child(model(session, profile))
        .child(others(session))
        .child(preview(session, profile))
}

/// Onto the clipboard, where the browser lets a page do that.
fn copies(session: Session) -> El {
    let said = RwSignal::new("");
    let text = move || {
        session.flush();
        let text = session.with_board(Board::text);
        api::copy_plain(text, move |done| {
            let _ = said.try_set(if done { messages::TEXT_COPIED } else { messages::TEXT_NOT_COPIED });
        });
    };
    let picture = move || {
        session.flush();
        said.set("");
        picture::copy(session, move |done| {
            let _ = said.try_set(if done { messages::PICTURE_COPIED } else { messages::PICTURE_NOT_COPIED });
        });
    };
    let button = |id: &str, words: &str| {
        el("button").class("button").attr("id", id.to_owned()).child(icon("copy")).text(words)
    };
    el("div")
        .class("export-copies")
        .child(button("copy-text", messages::COPY_TEXT).on("click", text))
        .child(button("copy-picture", messages::COPY_PICTURE).on("click", picture))
        .child(el("p").class("quiet").attr("role", "status").live_text(move || said.get()))
}

fn text(session: Session) -> El {
    let save = move || {
        session.flush();
        let text = session.with_board(Board::text) + "\n";
        browser::download(EMD_NAME, &text, "text/markdown;charset=utf-8");
    };
    way(messages::EXPORT_EMD, EMD_NAME, EMD_NAME, messages::EXPORT_EMD_HELP, "download-emd", save)
}

fn model(session: Session, profile: RwSignal<Profile>) -> El {
    let save = move || {
        session.flush();
        let text = eml_of(session, profile.get_untracked()).0;
        browser::download(EML_NAME, &text, "application/yaml;charset=utf-8");
    };
    way(messages::EXPORT_EML, EML_NAME, EML_NAME, messages::EXPORT_EML_HELP, "download-eml", save)
}

/// Files that bear the board's name.
fn others(session: Session) -> Vec<El> {
    let title = session.title().unwrap_or_default();
    let named = |ending: &str| [messages::file_name(&title).as_str(), ending].concat();
    let save = |name: String, mime: &'static str, make: fn(Session) -> String| {
        move || {
            session.flush();
            browser::download(&name, &make(session), mime);
        }
    };
    let (svg, png, mmd, squall) = (named(".svg"), named(".png"), named(".mmd"), named(".squall"));
    let save_svg = save(svg.clone(), "image/svg+xml", picture::svg);
    let save_mmd = save(mmd.clone(), "text/plain;charset=utf-8", |session| {
        session.with_board(|board| draw::mermaid(&board.texts().collect::<Vec<_>>()))
    });
    let save_squall = save(squall.clone(), "application/json", |session| {
        session.with_mirror(|mirror| board::file::write(mirror.board(), &mirror.replica.runs()))
    });
    let picture = png.clone();
    let save_png = move || {
        session.flush();
        let failed = move || session.say(messages::NO_PICTURE);
        picture::download(session, picture.clone(), failed);
    };
    vec![
        way(messages::EXPORT_PNG, &png, ".png", messages::EXPORT_PNG_HELP, "download-png", save_png),
        way(messages::EXPORT_SVG, &svg, ".svg", messages::EXPORT_SVG_HELP, "download-svg", save_svg),
        way(messages::EXPORT_MMD, &mmd, ".mmd", messages::EXPORT_MMD_HELP, "download-mmd", save_mmd),
        way(
            messages::EXPORT_FILE,
            &squall,
            ".squall",
            messages::EXPORT_FILE_HELP,
            "download-squall",
            save_squall,
        ),
    ]
}

/// The model as it would be saved, by which rules, and what is wrong with it.
fn preview(session: Session, profile: RwSignal<Profile>) -> Vec<El> {
    let model = remembered(move || {
        session.epoch.track();
        eml_of(session, profile.get())
    });
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
    let text = el("pre")
        .class("preview")
        .attr("id", "eml-preview")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", messages::EXPORT_PREVIEW)
        .live_text(move || model.with(|(text, _)| text.clone()));
    let rules = el("fieldset").child(el("legend").text(messages::EXPORT_PROFILE)).child(profiles);
    vec![rules, el("div").live_child(remark), text]
}

/// One way out: what it is, as what file, and the button.
fn way(
    title: &str,
    file: &str,
    shown: &str,
    help: &str,
    id: &'static str,
    save: impl FnMut() + 'static,
) -> El {
    let button = el("button")
        .class("button")
        .attr("id", id)
        .attr("aria-label", messages::download(file))
        .on("click", save)
        .child(icon("download"))
        .child(el("span").class("word").text(messages::DOWNLOAD));
    el("div")
        .class("export-item")
        .child(el("h3").text(title).text(" ").child(el("span").class("file-name").text(shown)))
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
