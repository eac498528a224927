//! A sentence from the page in the corner: what happened, and what can be done about it.

use super::icons::Icon;
use crate::browser;
use crate::messages;
use crate::session::{Remedy, Session};
use board::Command;
use leptos::prelude::*;

#[component]
pub fn NoticeBar() -> impl IntoView {
    let session = expect_context::<Session>();
    let close = move || session.notice.set(None);
    view! {
        // The place is always there, so that screen readers notice what appears in it.
        <div class="notice-place" role="status" aria-live="polite">
            {move || session.notice.get().map(|notice| {
                let remedy = notice.remedy.map(|remedy| {
                    let word = match remedy {
                        Remedy::Restore(_) => messages::RESTORE,
                        Remedy::Aside(_) => messages::DOWNLOAD,
                    };
                    view! {
                        <button class="tool notice-restore" on:click=move |_| {
                            carry_out(session, &remedy);
                            close();
                        }>{word}</button>
                    }
                });
                view! {
                    <div class="notice">
                        <p>{notice.text}</p>
                        {remedy}
                        <button class="tool" aria-label=messages::CLOSE title=messages::CLOSE on:click=move |_| close()>
                            <Icon name="close" />
                        </button>
                    </div>
                }
            })}
        </div>
    }
}

fn carry_out(session: Session, remedy: &Remedy) {
    match remedy {
        Remedy::Restore(lines) => {
            session.run(Command::Restore { lines: lines.clone() });
        }
        Remedy::Aside(text) => browser::download("Eventstorming.emd", text, "text/markdown"),
    }
}
