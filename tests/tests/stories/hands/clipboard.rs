//! The clipboard, what comes from outside, and links that lead back in.

use super::{SHOP, alone, bare, event, place, wait_notice, wait_selected};
use anyhow::Result;
use e2e::{Point, play};

// ---- the clipboard and what comes from outside

#[tokio::test(flavor = "multi_thread")]
async fn stickies_travel_between_boards_with_their_annotations() -> Result<()> {
    play("between-boards", async |stage| {
        let ann = alone(stage, "# Shop\nCart Opened // cartId\n// @pivotal\nItem Added").await?;
        let other = stage.server.board("# Depot").await?;
        ann.click(event("Cart Opened")).await?;
        ann.copy().await?;
        assert_eq!(ann.clipboard().await?, "Cart Opened // cartId\n// @pivotal");
        ann.click(event("Item Added")).await?;
        ann.cut().await?;
        ann.wait_stickies(2).await?;
        assert_eq!(ann.clipboard().await?, "Item Added");
        ann.press("Control+z").await?;
        ann.wait_stickies(3).await?;
        ann.press("Control+a").await?;
        ann.copy().await?;
        ann.wait_saved().await?;
        ann.open(&other.edit).await?;
        ann.wait_sticky("heading", "Depot").await?;
        ann.paste_again().await?;
        wait_selected(&ann, "Cart Opened, Item Added, Shop").await?;
        ann.press("Control+z").await?;
        ann.wait_stickies(1).await?;
        ann.press("Control+Shift+Z").await?;
        ann.show_text().await?;
        ann.wait_text("# Depot\n# Shop\nCart Opened // cartId\n// @pivotal\nItem Added").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paste_lands_after_the_selection_or_where_the_wall_was_clicked() -> Result<()> {
    play("paste-place", async |stage| {
        let ann = alone(stage, "# Shop\nCart Opened\nOrder Placed").await?;
        ann.click(event("Cart Opened")).await?;
        ann.paste("Item Added\nItem Removed").await?;
        wait_selected(&ann, "Item Added, Item Removed").await?;
        ann.press("Escape").await?;
        let last = place(&ann, "Order Placed").await?;
        ann.click(Point::new(last.right + 60.0, last.top + 80.0)).await?;
        ann.paste("Order Paid").await?;
        wait_selected(&ann, "Order Paid").await?;
        ann.show_text().await?;
        ann.wait_text("# Shop\nCart Opened\nItem Added\nItem Removed\nOrder Placed\nOrder Paid").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn too_large_a_paste_gets_a_sentence_and_changes_nothing() -> Result<()> {
    play("paste-large", async |stage| {
        let ann = alone(stage, "# Shop").await?;
        let huge = (0..5_001).map(|nth| format!("Thing {nth} Happened")).collect::<Vec<_>>().join("\n");
        ann.click(bare()).await?;
        ann.paste(&huge).await?;
        wait_notice(&ann, "too much for one paste").await?;
        ann.wait_stickies(1).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn text_and_files_dropped_on_the_wall_become_stickies_there() -> Result<()> {
    play("drops", async |stage| {
        let ann = alone(stage, "# Shop\nCart Opened").await?;
        let before = place(&ann, "Cart Opened").await?;
        let at = Point::new(before.right + 80.0, before.top + 90.0);
        let text = ann.carry_text("- Item Added\n- Item Removed", at).await?;
        ann.wait_until("document.getElementById('wall').dataset.drop").await?;
        ann.screenshot("target").await?;
        ann.drop_it(text, at).await?;
        wait_selected(&ann, "Item Added, Item Removed").await?;
        ann.wait_until("document.getElementById('wall').dataset.drop === undefined").await?;
        let file =
            ann.carry_file("more.emd", b"Place Order -> // items\nOrder Placed // orderId", bare()).await?;
        ann.drop_it(file, bare()).await?;
        ann.wait_sticky("command", "Place Order").await?;
        ann.press("Control+z").await?;
        ann.wait_stickies(4).await?;
        ann.press("Control+z").await?;
        ann.wait_stickies(2).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn models_and_diagrams_dropped_on_the_wall_become_stickies_there() -> Result<()> {
    play("drop-foreign", async |stage| {
        let ann = alone(stage, "# Shop\nCart Opened").await?;
        let diagram = "eventmodeling\ntitle Tea\nrf 01 cmd BrewTea { kind }\ntf 02 evt TeaBrewed { kind }\n";
        let file = ann.carry_file("tea.mmd", diagram.as_bytes(), bare()).await?;
        ann.drop_it(file, bare()).await?;
        ann.wait_sticky("command", "Brew Tea").await?;
        ann.wait_sticky("event", "Tea Brewed").await?;
        ann.press("Control+z").await?;
        ann.wait_stickies(2).await?;
        let model = "Solution: Depot\nEmlVersion: 0.1-alpha\nContexts:\n- Name: Depot\n  Streams:\n  \
                     - Stream: Parcel\n    Commands: []\n    Events:\n    - Event:\n        Name: ParcelSent\n        \
                     Properties:\n        - {Name: parcelId, Type: string}\n  Readmodels: []\n";
        let file = ann.carry_file("depot.eml.yaml", model.as_bytes(), bare()).await?;
        ann.drop_it(file, bare()).await?;
        ann.wait_sticky("event", "Parcel Sent").await?;
        let file = ann.carry_file("broken.eml.yaml", b"Contexts: [", bare()).await?;
        ann.drop_it(file, bare()).await?;
        wait_notice(&ann, "This file cannot become a board").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_board_file_is_offered_as_a_board_of_its_own_and_a_picture_gets_a_sentence() -> Result<()> {
    play("drop-board", async |stage| {
        let ann = alone(stage, "# Shop").await?;
        let file = ann.carry_file("depot.squall", b"{}", bare()).await?;
        ann.drop_it(file, bare()).await?;
        wait_notice(&ann, "a board of its own").await?;
        ann.wait_until("document.querySelector('.notice .notice-restore')?.textContent === 'Open it'")
            .await?;
        let file = ann.carry_file("photo.png", b"\x89PNG\r\n\x1a\n\0\0", bare()).await?;
        ann.drop_it(file, bare()).await?;
        wait_notice(&ann, "no text").await?;
        ann.wait_stickies(1).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_page_may_not_read_the_clipboard_the_menu_names_the_key() -> Result<()> {
    play("plain-http", async |stage| {
        let ann = alone(stage, SHOP).await?;
        // As on plain http under a name of the local network.
        ann.eval("Object.defineProperty(window, 'isSecureContext', { value: false }) && true").await?;
        ann.eval("Object.defineProperty(navigator, 'clipboard', { value: undefined }) && true").await?;
        ann.menu(event("Cart Opened")).await?;
        ann.choose("Paste").await?;
        wait_notice(&ann, "Ctrl+V").await?;
        // Copying works by the old command.
        ann.menu(event("Cart Opened")).await?;
        ann.choose("Copy").await?;
        ann.wait_until(
            "[...document.querySelectorAll('[aria-live]')].some((it) => it.textContent === 'Sticky copied')",
        )
        .await?;
        ann.click(bare()).await?;
        ann.paste_again().await?;
        ann.wait_stickies(6).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn links_lead_to_a_sticky_and_to_a_part_of_the_wall() -> Result<()> {
    play("links", async |stage| {
        let ann = alone(stage, SHOP).await?;
        ann.menu(event("Order Paid")).await?;
        ann.choose("Copy link to this sticky").await?;
        wait_notice(&ann, "copied").await?;
        let link = ann.clipboard().await?;
        assert!(link.contains("#n="), "{link}");
        let bob = stage.person("bob").await?;
        bob.open(&link).await?;
        wait_selected(&bob, "Order Paid").await?;
        bob.eval("location.hash = '#d=-4000.-4000.800.400'").await?;
        bob.wait_until("document.querySelector('[data-line]').getBoundingClientRect().left > 1400").await?;
        bob.eval("location.hash = '#n=gone'").await?;
        wait_notice(&bob, "not on the board any more").await
    })
    .await
}
