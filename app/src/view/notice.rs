//! A sentence from the page in the corner: what happened, and what can be done about it.

use super::icons::Icon;
use crate::messages;
use crate::session::Session;
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
                let restore = notice.restore.map(|lines| view! {
                    <button class="tool notice-restore" on:click=move |_| {
                        session.run(Command::Restore { lines: lines.clone() });
                        close();
                    }>{messages::RESTORE}</button>
                });
                view! {
                    <div class="notice">
                        <p>{notice.text}</p>
                        {restore}
                        <button class="tool" aria-label=messages::CLOSE title=messages::CLOSE on:click=move |_| close()>
                            <Icon name="close" />
                        </button>
                    </div>
                }
            })}
        </div>
    }
}
