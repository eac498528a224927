//! What hands do with stickies: select them, move them by pointer and by keys, group, lock and change them.

use super::{SHOP, alone, bare, event, place, wait_moved, wait_notice, wait_selected};
use anyhow::Result;
use e2e::{MouseButton, Point, play};

// ---- selecting

#[tokio::test(flavor = "multi_thread")]
async fn a_marquee_selects_and_shift_adds_and_takes_away() -> Result<()> {
    play("marquee", async |stage| {
        let ann = alone(stage, SHOP).await?;
        let (first, second) = (place(&ann, "Cart Opened").await?, place(&ann, "Item Added").await?);
        let start = Point::new(first.left - 15.0, first.bottom + 40.0);
        ann.drag(start, Point::new(second.left + 30.0, first.top + 40.0), 6).await?;
        wait_selected(&ann, "Cart Opened, Item Added").await?;
        ann.click_holding("Shift", event("Order Placed")).await?;
        wait_selected(&ann, "Cart Opened, Item Added, Order Placed").await?;
        ann.click_holding("Shift", event("Cart Opened")).await?;
        wait_selected(&ann, "Item Added, Order Placed").await?;
        ann.press("Escape").await?;
        wait_selected(&ann, "").await?;
        // With Shift a marquee begins also on a sticky, and nothing moves.
        let last = place(&ann, "Order Paid").await?;
        let from = Point::new(last.left + 100.0, last.top + 100.0);
        ann.drag_holding("Shift", from, from.by(-220.0, 20.0), 6).await?;
        wait_selected(&ann, "Order Paid, Order Placed").await?;
        ann.press("Control+a").await?;
        wait_selected(&ann, "Cart Opened, Item Added, Order Paid, Order Placed, Shop").await?;
        assert!(ann.exists("button[aria-label^=Undo][disabled]").await?, "selecting is no step");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_that_is_pulled_out_of_the_palette_is_written_and_the_selection_stays_what_it_is() -> Result<()>
{
    play("palette-drag", async |stage| {
        let ann = alone(stage, SHOP).await?;
        ann.click(event("Item Added")).await?;
        ann.drag(".toolbar [data-kind=hotspot]", bare(), 6).await?;
        ann.wait_until("document.activeElement?.matches('.note-input')").await?;
        ann.type_text("Who pays?").await?;
        ann.press("Escape").await?;
        ann.wait_sticky("hotspot", "Who pays?").await?;
        ann.wait_sticky("event", "Item Added").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_selection_moves_as_a_block_in_one_step() -> Result<()> {
    play("block", async |stage| {
        let ann = alone(stage, SHOP).await?;
        ann.click(event("Order Placed")).await?;
        ann.click_holding("Shift", event("Order Paid")).await?;
        let (one, other) = (place(&ann, "Order Placed").await?, place(&ann, "Order Paid").await?);
        let from = ann.find(event("Order Paid")).await?;
        ann.drag_holding("Control", event("Order Paid"), from.by(60.0, 230.0), 8).await?;
        wait_moved(&ann, &one, 60.0, 230.0).await?;
        wait_moved(&ann, &other, 60.0, 230.0).await?;
        ann.press("Control+z").await?;
        wait_moved(&ann, &one, 0.0, 0.0).await?;
        wait_moved(&ann, &other, 0.0, 0.0).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn alt_drag_and_ctrl_d_make_copies_each_in_one_step() -> Result<()> {
    play("copies", async |stage| {
        let ann = alone(stage, "# Shop\nCart Opened // cartId\n// @pivotal").await?;
        let from = ann.find(event("Cart Opened")).await?;
        ann.drag_holding("Alt", event("Cart Opened"), from.by(300.0, 60.0), 8).await?;
        ann.wait_stickies(3).await?;
        ann.press("Control+d").await?;
        ann.wait_stickies(4).await?;
        ann.show_text().await?;
        let copy = "Cart Opened // cartId\n// @pivotal";
        ann.wait_text(&format!("# Shop\n{copy}\n{copy}\n{copy}")).await?;
        ann.click(bare()).await?;
        for left in [3, 2] {
            ann.press("Control+z").await?;
            ann.wait_stickies(left).await?;
        }
        Ok(())
    })
    .await
}

// ---- moving by keys

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_of_nudges_is_one_step() -> Result<()> {
    play("nudge", async |stage| {
        let ann = alone(stage, SHOP).await?;
        ann.press("Control+0").await?;
        ann.click(event("Item Added")).await?;
        let before = place(&ann, "Item Added").await?;
        for key in ["ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowDown"] {
            ann.press(key).await?;
        }
        wait_moved(&ann, &before, 1.0, 12.0).await?;
        ann.press("Control+z").await?;
        wait_moved(&ann, &before, 0.0, 0.0).await?;
        assert!(ann.exists("button[aria-label^=Undo][disabled]").await?, "it was one step");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn alt_with_w_a_s_d_lines_edges_up() -> Result<()> {
    play("align", async |stage| {
        let ann = alone(stage, SHOP).await?;
        let from = ann.find(event("Order Paid")).await?;
        ann.drag_holding("Control", event("Order Paid"), from.by(40.0, 250.0), 8).await?;
        ann.click_holding("Shift", event("Item Added")).await?;
        let tops = "new Set([...document.querySelectorAll('.note.selected')]
            .map((it) => Math.round(it.getBoundingClientRect().top))).size";
        ann.wait_equal(tops, 2).await?;
        ann.press("Alt+w").await?;
        ann.wait_equal(tops, 1).await?;
        ann.press("Control+z").await?;
        ann.wait_equal(tops, 2).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sticky_snaps_to_its_neighbours_and_lines_show_it_unless_ctrl_is_held() -> Result<()> {
    play("snap", async |stage| {
        let ann = alone(stage, SHOP).await?;
        let (first, last) = (place(&ann, "Cart Opened").await?, place(&ann, "Order Paid").await?);
        let from = ann.find(event("Order Paid")).await?;
        // Five pixels short of standing under the first one.
        let to = from.by(first.left - last.left + 5.0, 240.0);
        ann.pull(MouseButton::Left, "", from, to, 10).await?;
        ann.wait_until("document.querySelectorAll('.snap-guide').length > 0").await?;
        ann.screenshot("snap").await?;
        ann.release(to).await?;
        ann.wait_until("document.querySelectorAll('.snap-guide').length === 0").await?;
        assert!((place(&ann, "Order Paid").await?.left - first.left).abs() < 0.5);
        ann.press("Control+z").await?;
        wait_moved(&ann, &last, 0.0, 0.0).await?;
        ann.drag_holding("Control", event("Order Paid"), to, 10).await?;
        wait_moved(&ann, &last, (first.left - last.left + 5.0).round(), 240.0).await
    })
    .await
}

// ---- groups and locks

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_selected_and_moved_by_any_member_and_a_double_click_goes_inside() -> Result<()> {
    play("group", async |stage| {
        let ann = alone(stage, SHOP).await?;
        ann.click(event("Order Placed")).await?;
        ann.click_holding("Shift", event("Order Paid")).await?;
        ann.press("Control+g").await?;
        ann.press("Escape").await?;
        wait_selected(&ann, "").await?;
        ann.click(event("Order Paid")).await?;
        wait_selected(&ann, "Order Paid, Order Placed").await?;
        let other = place(&ann, "Order Placed").await?;
        let from = ann.find(event("Order Paid")).await?;
        ann.drag_holding("Control", event("Order Paid"), from.by(30.0, 230.0), 8).await?;
        wait_moved(&ann, &other, 30.0, 230.0).await?;
        ann.double_click(event("Order Paid")).await?;
        wait_selected(&ann, "Order Paid").await?;
        ann.double_click(event("Order Paid")).await?;
        ann.wait_until("document.activeElement?.matches('.note-input')").await?;
        ann.press("Escape").await?;
        ann.press("Escape").await?;
        ann.click(event("Order Placed")).await?;
        wait_selected(&ann, "Order Paid, Order Placed").await?;
        ann.press("Control+Shift+G").await?;
        ann.click(event("Order Placed")).await?;
        wait_selected(&ann, "Order Placed").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_sticky_can_be_selected_but_not_moved_or_deleted_until_its_menu_unlocks_it() -> Result<()> {
    play("lock", async |stage| {
        let ann = alone(stage, SHOP).await?;
        ann.click(event("Item Added")).await?;
        ann.press("Control+Shift+L").await?;
        ann.wait_until("document.querySelector('.note.selected.locked') !== null").await?;
        let before = place(&ann, "Item Added").await?;
        let from = ann.find(event("Item Added")).await?;
        ann.drag(event("Item Added"), from.by(0.0, 240.0), 6).await?;
        ann.click(event("Item Added")).await?;
        wait_selected(&ann, "Item Added").await?;
        ann.press("Delete").await?;
        wait_notice(&ann, "locked").await?;
        wait_moved(&ann, &before, 0.0, 0.0).await?;
        ann.menu(event("Item Added")).await?;
        ann.choose("Unlock").await?;
        ann.wait_until("document.querySelector('.note.locked') === null").await?;
        ann.press("Delete").await?;
        ann.wait_stickies(4).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn digits_change_the_kind_of_a_selection_and_lose_nothing() -> Result<()> {
    play("kinds", async |stage| {
        let ann = alone(stage, "# Shop\nCart Opened // cartId, owner\nItem Added // cartId").await?;
        ann.click(event("Cart Opened")).await?;
        ann.click_holding("Shift", event("Item Added")).await?;
        ann.press("2").await?;
        ann.wait_sticky("command", "Cart Opened").await?;
        ann.press("0").await?;
        ann.wait_sticky("opportunity", "Item Added").await?;
        ann.press("1").await?;
        ann.wait_sticky("event", "Item Added").await?;
        ann.show_text().await?;
        ann.wait_text("# Shop\nCart Opened // cartId, owner\nItem Added // cartId").await
    })
    .await
}
