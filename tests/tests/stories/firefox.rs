//! Another browser, the same board: what Firefox shows and sends is what Chromium gets.

use anyhow::{Context, Result};
use e2e::{Firefox, play};

const TEXT: &str = "# Parcels\nSend Parcel -> // parcelId\nParcel Sent // parcelId\n";

/// What a sticky with this name would be, by its line on the wall.
fn sticky(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('.note[data-line]')].find((it) => it.querySelector('.note-text')?.textContent === '{name}')"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_dragged_and_run_in_firefox_is_on_the_board() -> Result<()> {
    play("firefox", async |stage| {
        let links = stage.server.board(TEXT).await?;
        let ann = stage.person("ann").await?;
        ann.open_board(&links.edit).await?;
        let mut firefox = Firefox::launch().await?;
        firefox.open(&links.edit).await?;
        firefox.wait_equal("document.getElementById('save')?.dataset.save", "saved").await?;
        firefox.wait_equal("document.querySelectorAll('.note[data-line]').length", 3).await?;

        // Written: a double click on the empty wall, words, Escape.
        let wall = firefox.eval("(() => { const box = document.querySelector('.wall').getBoundingClientRect(); return [Math.round(box.right - 120), Math.round(box.bottom - 160)]; })()").await?;
        let empty = (wall[0].as_i64().context("no wall")?, wall[1].as_i64().context("no wall")?);
        firefox.click(empty).await?;
        firefox.type_text("1Parcel Lost\u{e00c}").await?;
        ann.wait_until(&format!("!!{}", sticky("Parcel Lost"))).await?;

        // Dragged: it follows the pointer in Firefox, and comes to lie elsewhere for Ann too.
        let id = firefox.eval(&format!("{}.dataset.line", sticky("Parcel Sent"))).await?;
        let id = id.as_str().context("a sticky without a line")?.to_string();
        let place = format!("document.querySelector('[data-line=\"{id}\"]').style.translate");
        let before = ann.eval(&place).await?;
        let from = firefox.middle(&format!("[data-line=\"{id}\"]")).await?;
        firefox.drag(from, (from.0 + 90, from.1 + 120)).await?;
        ann.wait_until(&format!("{place} !== {before}")).await?;

        // And what Ann does is seen there.
        let links_are_the_same = firefox.eval("document.title").await?;
        assert_eq!(links_are_the_same, "Parcels · Squall");
        firefox.wait_equal("document.getElementById('save').dataset.save", "saved").await?;

        // And it runs: what is sent in Firefox has happened for Ann too.
        let button = firefox.middle(".run-button").await?;
        firefox.click(button).await?;
        firefox.wait_equal("!!document.querySelector('.run-choose .run-row')", true).await?;
        let command = firefox.middle(".run-choose .run-row").await?;
        firefox.click(command).await?;
        firefox.wait_equal("!!document.querySelector('.run-form [type=submit]')", true).await?;
        let send = firefox.middle(".run-form [type=submit]").await?;
        firefox.click(send).await?;
        let told = "document.querySelector('#run-pane, .run-pane')?.innerText.includes('Parcel Sent')";
        firefox.wait_equal(told, true).await?;
        ann.press("r").await?;
        ann.wait_until(told).await.map(|_| ())
    })
    .await
}
