//! The pane itself: its forms, its keys and its tables, on a phone, and for those who may only look.

use super::*;
use anyhow::{Result, ensure};
use e2e::{Look, Person, play, role};
use serde_json::Value;

#[tokio::test(flavor = "multi_thread")]
async fn an_open_form_holds_still_and_keeps_what_was_typed() -> Result<()> {
    play("run-form", async |stage| {
        let links = stage.server.board(TODO_LIST).await?;
        let ann = sits_down(stage, "ann", &links.edit).await?;
        let bob = sits_down(stage, "bob", &links.edit).await?;
        begin(&ann, "Register").await?;
        let proposed = ann.eval(&value_of("Password")).await?;
        ensure!(proposed != Value::Null && proposed != "", "a form begins with sensible values");
        begin(&bob, "Register").await?;
        for rows in 1..=3 {
            send(&bob, "Register").await?;
            wait_rows(&ann, "User Lookup", rows).await?;
        }
        ann.wait_equal(&value_of("Password"), proposed).await?;

        fill(&ann, "Email", "ann@example.org").await?;
        ann.click(role("button", "Text")).await?;
        ann.wait_until("document.querySelector('#emd') !== null").await?;
        let text = TODO_LIST.replacen("email, password", "email, password, nickname", 2);
        ann.click("#emd").await?;
        ann.press("Control+a").await?;
        ann.paste(&text).await?;
        ann.find(role("textbox", "Nickname")).await?;
        ann.wait_equal(&value_of("Email"), "ann@example.org").await?;

        ann.click(role("button", "Everybody’s run shared")).await?;
        ann.click(role("button", "New run")).await?;
        ann.type_text("Rehearsal").await?;
        ann.press("Enter").await?;
        wait_rows(&ann, "User Lookup", 0).await?;
        ann.wait_equal(&value_of("Email"), "ann@example.org").await?;
        send(&ann, "Register").await?;
        wait_rows(&ann, "User Lookup", 1).await?;
        ann.wait_until(&format!("{}.flat().includes('ann@example.org')", rows_of("User Lookup"))).await?;
        // The next one begins with a value of its own.
        ann.wait_until(&format!("{} !== 'ann@example.org'", value_of("Email"))).await.map(|_| ())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_goes_by_keyboard() -> Result<()> {
    play("run-keyboard", async |stage| {
        let ann = opened(stage, TODO_LIST, Look::default()).await?;
        // Closed and opened again by its key; the focus is in it.
        ann.press("Escape").await?;
        ann.wait_until("document.querySelector('section[aria-label=Run]') === null").await?;
        ann.press("r").await?;
        shows(&ann, "What happens next?").await?;
        ann.wait_equal("document.activeElement?.getAttribute('aria-label')", "Run").await?;
        let focused = "document.activeElement?.innerText";
        for _ in 0..12 {
            if ann.eval(focused).await? == "Register" {
                break;
            }
            ann.press("Tab").await?;
        }
        ann.wait_equal(focused, "Register").await?;
        ann.press("Enter").await?;
        ann.wait_equal("document.activeElement?.labels?.[0]?.textContent", "Email").await?;
        ann.press("Enter").await?;
        hears(&ann, "User Registered happened.").await?;
        ann.press("Escape").await?;
        shows(&ann, "What happens next?").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_has_the_run_as_a_sheet_under_the_wall() -> Result<()> {
    play("run-phone", async |stage| {
        let ann = opened(stage, TODO_LIST, Look::phone().dark()).await?;
        begin(&ann, "Register").await?;
        send(&ann, "Register").await?;
        wait_rows(&ann, "User Lookup", 1).await?;
        let sheet = "(() => { const box = document.querySelector('section[aria-label=Run]').getBoundingClientRect(); \
                     return box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight + 1 && box.top > innerHeight / 4; })()";
        ann.wait_until(sheet).await?;
        no_violations(&ann).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_look_plays_alone() -> Result<()> {
    play("run-viewer", async |stage| {
        let links = stage.server.board(TODO_LIST).await?;
        let eve = stage.person("eve").await?;
        eve.open(&links.view).await?;
        eve.wait_until("document.querySelector('.board-page[data-hands]') !== null").await?;
        eve.click(role("button", "Run")).await?;
        shows(&eve, "You can watch this run.").await?;
        eve.click(role("button", "Play alone")).await?;
        begin(&eve, "Register").await?;
        send(&eve, "Register").await?;
        wait_rows(&eve, "User Lookup", 1).await?;
        no_violations(&eve).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_of_the_clock_leads_to_its_moment_and_tables_are_sorted_and_filtered() -> Result<()> {
    play("run-clock", async |stage| {
        let ann = opened(stage, TODO_LIST, Look::default()).await?;
        for name in ["berta", "anton"] {
            begin(&ann, "Register").await?;
            fill(&ann, "Email", &format!("{name}@example.org")).await?;
            send(&ann, "Register").await?;
            shows(&ann, &format!("{name}@example.org")).await?;
        }
        let column = format!("{}.map((row) => row[1][0]).join('')", rows_of("User Lookup"));
        ann.wait_equal(&column, "ba").await?;
        ann.click(role("button", "Email")).await?;
        ann.wait_equal(&column, "ab").await?;
        ann.click(role("button", "Filter")).await?;
        ann.find(role("textbox", "is")).await?;
        pick_option(&ann, "Only rows where", "Email").await?;
        ann.click(role("textbox", "is")).await?;
        ann.type_text("berta@example.org").await?;
        ann.wait_equal(&column, "b").await?;
        ann.click(role("button", "Show all rows")).await?;
        ann.wait_equal(&column, "ab").await?;

        // Long before anything happened.
        let clock =
            "[...document.querySelectorAll('button')].find((it) => it.ariaLabel?.endsWith('Go to a time'))";
        ann.eval(&format!("{clock}.click()")).await?;
        ann.wait_until("document.activeElement?.type === 'time'").await?;
        ann.eval("(() => { const field = document.activeElement; field.value = '00:00:00'; })()").await?;
        ann.press("Enter").await?;
        shows(&ann, "Before anything happened").await?;
        ann.click(role("button", "Now")).await?;
        shows(&ann, "2 of 2").await
    })
    .await
}

/// Chooses from a list that has no words of its own beside it.
async fn pick_option(person: &Person, list: &str, choice: &str) -> Result<()> {
    let (list, choice) = (Value::from(list), Value::from(choice));
    let found = format!(
        "(() => {{ const list = [...document.querySelectorAll('select')].find((it) => it.ariaLabel === {list}); \
         const option = [...(list?.options ?? [])].find((it) => it.text === {choice}); \
         if (!option) return false; \
         list.value = option.value; list.dispatchEvent(new Event('change', {{ bubbles: true }})); return true; }})()"
    );
    person.wait_until(&found).await.map(|_| ())
}
