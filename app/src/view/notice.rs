//! A sentence from the page in the corner: what happened, and what can be done about it.

use super::icons::icon;
use crate::api::{self, ApiError, Source};
use crate::browser;
use crate::messages;
use crate::session::{Notice, Remedy, Session};
use board::Command;
use elements::{El, el};
use leptos::prelude::*;

pub fn notice_bar(session: Session) -> El {
    // The place is always there, so that screen readers notice what appears in it.
    el("div")
        .class("notice-place")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .live_child(move || session.notice.get().map(|it| notice(session, it)))
}

fn notice(session: Session, notice: Notice) -> El {
    let close = move || session.notice.set(None);
    let remedy = notice.remedy.map(|remedy| {
        let word = match remedy {
            Remedy::Restore(_) => messages::RESTORE,
            Remedy::Aside(_) => messages::DOWNLOAD,
            Remedy::Reload => messages::RELOAD,
            Remedy::Open(_) => messages::commands::OPEN_BOARD,
        };
        let run = move || {
            carry_out(session, &remedy);
            close();
        };
        el("button").class("tool notice-restore").on("click", run).text(word)
    });
    let dismiss = el("button")
        .class("tool")
        .attr("aria-label", messages::CLOSE)
        .attr("title", messages::CLOSE)
        .on("click", close)
        .child(icon("close"));
    el("div").class("notice").child(el("p").text(&notice.text)).child(remedy).child(dismiss)
}

fn carry_out(session: Session, remedy: &Remedy) {
    match remedy {
        Remedy::Restore(lines) => {
            session.run(Command::Restore { lines: lines.clone() });
        }
        Remedy::Aside(text) => browser::download("Eventstorming.emd", text, "text/markdown"),
        Remedy::Reload => {
            // A page that cannot be loaded again stays.
            let _ = browser::window().location().reload();
        }
        Remedy::Open(file) => open_as_board(session, Source::File(file.clone())),
    }
}

/// The server makes a board of its own, and the page goes there.
fn open_as_board(session: Session, source: Source) {
    browser::spawn(async move {
        match api::make_board(&source).await {
            Ok(path) if browser::window().location().assign(&path).is_ok() => {}
            Ok(_) | Err(ApiError::Unreachable) => session.say(messages::HOME_NO_SERVER),
            Err(_) => session.say(messages::commands::BOARD_REFUSED),
        }
    });
}
