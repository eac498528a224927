//! The texts of the panels about this page and about leaving it: me, share, export.

use super::problems;
use crate::preferences::Theme;

// ---- me
pub const ME: &str = "You and this page";
pub const ME_NAME: &str = "Your name";
pub const ME_COLOUR: &str = "Your colour";

pub fn colour(number: usize) -> String {
    format!("Colour {number}")
}

pub const THEME: &str = "Light or dark";

pub const fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "As the system",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    }
}

pub const LETTER_KEYS: &str = "Single keys are shortcuts";
pub const LETTER_KEYS_HELP: &str = "V, H, N, digits and other keys without Ctrl. Switch this off if speech input or an unsteady hand sets them off.";

// ---- share
pub const SHARE_PANEL: &str = "Share this board";
pub const SHARE_EDIT: &str = "People with this link can change the board";
pub const SHARE_VIEW: &str = "People with this link can only look";
pub const SHARE_NO_EDIT: &str = "You have a view link. Ask somebody with an edit link to share that one.";
pub const SHARE_MINTING: &str = "Making a link…";
pub const SHARE_NO_LINK: &str =
    "The server did not give a link. Close this panel and open it again to retry.";
pub const SHARE_FACILITATE: &str = "With this link you can also delete the board: keep it to yourself";
pub const SHARE_CODE: &str = "QR code to join with a phone";
pub const SHARE_LOCALHOST: &str = "This page was opened as localhost, which no other device can reach. Open it by this computer's name or address in your network, and share from there.";

pub fn code_of(label: &str) -> String {
    format!("QR code: {label}")
}

pub const SHARE_NOTE: &str = "Links are secret: who has one is let in.";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";
pub const COPY_BY_HAND: &str = "Press Ctrl+C";

// ---- export
pub const EXPORT_PANEL: &str = "Export";
pub const EXPORT_EMD: &str = "Event Markdown";
pub const EXPORT_EMD_HELP: &str = "The board as text: one line, one sticky. Opens here and in LES.";
pub const EXPORT_EML: &str = "EML model";
pub const EXPORT_EML_HELP: &str = "The checked model as YAML: streams, commands, events, read models.";
pub const EXPORT_PROFILE: &str = "Rules for the model";
pub const EXPORT_SQUALL: &str = "Squall";
pub const EXPORT_LES: &str = "As LES reads it";
pub const EXPORT_PREVIEW: &str = "Preview of the EML";
pub const EXPORT_PNG: &str = "Picture";
pub const EXPORT_PNG_HELP: &str = "The whole wall at twice its size, for slides and chats.";
pub const EXPORT_SVG: &str = "Drawing";
pub const EXPORT_SVG_HELP: &str = "Sharp at every size; it carries the text of the board inside.";
pub const EXPORT_MMD: &str = "Diagram";
pub const EXPORT_MMD_HELP: &str = "The event model as Mermaid, for documents that draw diagrams from text.";
pub const EXPORT_FILE: &str = "Board";
pub const EXPORT_FILE_HELP: &str = "Everything on the wall with its places. Opens as the same board.";
pub const COPY_TEXT: &str = "Copy as text";
pub const COPY_PICTURE: &str = "Copy as picture";
pub const TEXT_COPIED: &str = "The text is on the clipboard.";
pub const TEXT_NOT_COPIED: &str = "This browser does not let the page copy. Download the text instead.";
pub const PICTURE_COPIED: &str = "The picture is on the clipboard.";
pub const PICTURE_NOT_COPIED: &str =
    "Browsers copy pictures only on secure pages (https). Download the picture instead.";
pub const NO_PICTURE: &str = "The picture could not be made. Download the drawing instead.";

/// A title as the name of a file: without what file systems refuse.
pub fn file_name(title: &str) -> String {
    let sound = |c: char| if c.is_alphanumeric() || " -_.,()".contains(c) { c } else { ' ' };
    let name: String = title.chars().map(sound).take(80).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.trim_matches('.').is_empty() { "Board".to_owned() } else { name }
}

pub const DOWNLOAD: &str = "Download";

pub fn download(file: &str) -> String {
    format!("Download {file}")
}

pub fn export_errors(count: usize) -> String {
    let problems = problems(count);
    format!("The model has {problems}. The file can be downloaded and lists them under Errors.")
}
