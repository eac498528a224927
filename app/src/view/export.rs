//! The ways out as files: the text itself, and the model that the checker reads from it, in both profiles.

use super::icons::Icon;
use super::panel::Panel as Frame;
use crate::session::Session;
use crate::{browser, messages};
use diag::Diagnostic;
use leptos::prelude::*;
use lint::{Level, Options, Profile};

/// LES's own file names.
const EMD_NAME: &str = "Eventstorming.emd";
const EML_NAME: &str = "Eventsourcing.eml.yaml";

#[component]
pub fn ExportPanel() -> impl IntoView {
    let session = expect_context::<Session>();
    let profile = RwSignal::new(Profile::Squall);
    let model = Memo::new(move |_| {
        session.epoch.track();
        eml_of(session, profile.get())
    });
    let save_text = move |_| {
        session.flush();
        let text = session.with_board(|board| board.text()) + "\n";
        browser::download(EMD_NAME, &text, "text/markdown;charset=utf-8");
    };
    let save_model = move |_| {
        session.flush();
        browser::download(
            EML_NAME,
            &eml_of(session, profile.get_untracked()).0,
            "application/yaml;charset=utf-8",
        );
    };
    let errors = move || model.with(|(_, errors)| *errors);
    view! {
        <Frame title=messages::EXPORT_PANEL name="export-panel">
            <div class="export-item">
                <h3>{messages::EXPORT_EMD}" "<span class="file-name">{EMD_NAME}</span></h3>
                <p>{messages::EXPORT_EMD_HELP}</p>
                <button class="button" id="download-emd" aria-label=messages::download(EMD_NAME) on:click=save_text>
                    <Icon name="download" />{messages::DOWNLOAD}
                </button>
            </div>
            <div class="export-item">
                <h3>{messages::EXPORT_EML}" "<span class="file-name">{EML_NAME}</span></h3>
                <p>{messages::EXPORT_EML_HELP}</p>
                <button class="button" id="download-eml" aria-label=messages::download(EML_NAME) on:click=save_model>
                    <Icon name="download" />{messages::DOWNLOAD}
                </button>
            </div>
            <fieldset>
                <legend>{messages::EXPORT_PROFILE}</legend>
                <div class="segments">
                    <Choice profile mine=Profile::Squall word=messages::EXPORT_SQUALL value="squall" />
                    <Choice profile mine=Profile::Les word=messages::EXPORT_LES value="les" />
                </div>
            </fieldset>
            {move || (errors() > 0).then(|| view! {
                <p class="remark"><Icon name="warning" /><span>{messages::export_errors(errors())}</span></p>
            })}
            <pre class="preview" id="eml-preview" tabindex="0" role="region" aria-label=messages::EXPORT_PREVIEW>
                {move || model.with(|(text, _)| text.clone())}
            </pre>
        </Frame>
    }
}

#[component]
fn Choice(
    profile: RwSignal<Profile>,
    mine: Profile,
    word: &'static str,
    value: &'static str,
) -> impl IntoView {
    view! {
        <label>
            <input type="radio" name="profile" value=value prop:checked=move || profile.get() == mine
                on:change=move |_| profile.set(mine) />
            <span>{word}</span>
        </label>
    }
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
