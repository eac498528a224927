//! Ways over the wall: by keys, by pulling it, by zoom; and out of every gesture again.

use super::{SHOP, ZOOM, alone, bare, event, place, wait_moved, wait_selected};
use anyhow::Result;
use e2e::{MouseButton, Point, play, sticky};

// ---- looking around

#[tokio::test(flavor = "multi_thread")]
async fn keys_walk_in_reading_order_and_to_the_nearest() -> Result<()> {
    play("walk", async |stage| {
        let ann = alone(stage, "# Shop\nPlace Order ->\nOrder Placed\nOrders*").await?;
        ann.click(sticky("heading", "Shop")).await?;
        ann.press("Tab").await?;
        wait_selected(&ann, "Place Order").await?;
        ann.press("Tab").await?;
        wait_selected(&ann, "Order Placed").await?;
        ann.press("Shift+Tab").await?;
        wait_selected(&ann, "Place Order").await?;
        ann.press("Control+ArrowRight").await?;
        wait_selected(&ann, "Order Placed").await?;
        ann.press("Control+ArrowLeft").await?;
        wait_selected(&ann, "Place Order").await?;
        ann.press("Control+ArrowDown").await?;
        wait_selected(&ann, "Orders").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn space_the_middle_and_the_right_button_pull_the_wall() -> Result<()> {
    play("pan", async |stage| {
        let ann = alone(stage, SHOP).await?;
        let before = place(&ann, "Cart Opened").await?;
        let from = ann.find(event("Cart Opened")).await?;
        ann.hold(" ").await?;
        ann.drag(from, from.by(80.0, 30.0), 5).await?;
        ann.let_go(" ").await?;
        wait_moved(&ann, &before, 80.0, 30.0).await?;
        ann.drag_by(MouseButton::Middle, from, from.by(20.0, 10.0), 5).await?;
        wait_moved(&ann, &before, 100.0, 40.0).await?;
        ann.drag_by(MouseButton::Right, from, from.by(-100.0, -40.0), 5).await?;
        wait_moved(&ann, &before, 0.0, 0.0).await?;
        assert!(!ann.exists("[role=menu]").await?, "a pull is no question");
        ann.press("ArrowRight").await?;
        wait_moved(&ann, &before, -60.0, 0.0).await?;
        wait_selected(&ann, "").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_and_wheel_zoom() -> Result<()> {
    play("zoom", async |stage| {
        let ann = alone(stage, SHOP).await?;
        ann.press("Control+0").await?;
        ann.wait_equal(ZOOM, "100 %").await?;
        ann.press("Control+-").await?;
        ann.wait_equal(ZOOM, "80 %").await?;
        ann.press("Control+=").await?;
        ann.wait_equal(ZOOM, "100 %").await?;
        ann.wheel(bare(), 0.0, 60.0, true).await?;
        ann.wait_until(&format!("parseInt({ZOOM}) < 90")).await?;
        ann.press("Shift+)").await?;
        ann.wait_equal(ZOOM, "100 %").await?;
        // The wheel's own way is taken back by a look at everything.
        ann.wheel(bare(), 3000.0, 3000.0, false).await?;
        ann.wait_until("document.querySelector('[data-line]').getBoundingClientRect().right < 0").await?;
        ann.press("Shift+!").await?;
        ann.wait_until("document.querySelector('[data-line]').getBoundingClientRect().left > 0").await?;
        ann.click(event("Item Added")).await?;
        ann.press("Shift+@").await?;
        ann.wait_equal(ZOOM, "100 %").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wall_follows_what_is_carried_to_its_edge() -> Result<()> {
    play("edge", async |stage| {
        let ann = alone(stage, SHOP).await?;
        let other = place(&ann, "Cart Opened").await?;
        let from = ann.find(event("Order Paid")).await?;
        let edge = Point::new(1434.0, from.y + 100.0);
        ann.pull(MouseButton::Left, "", from, edge, 8).await?;
        let left =
            format!("document.querySelector('[data-line=\"{}\"]').getBoundingClientRect().left", other.line);
        ann.wait_until(&format!("{left} < {}", other.left - 400.0)).await?;
        // Under the pointer all the time.
        ann.wait_until(
            "Math.abs(document.querySelector('.note.lifted').getBoundingClientRect().right - 1434) < 200",
        )
        .await?;
        ann.press("Escape").await?;
        ann.wait_until("document.querySelector('.note.lifted') === null").await?;
        ann.release(edge).await?;
        assert!(ann.exists("button[aria-label^=Undo][disabled]").await?, "nothing was done");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_and_a_lost_window_end_every_gesture_without_a_trace() -> Result<()> {
    play("cancel", async |stage| {
        let ann = alone(stage, SHOP).await?;
        ann.click(event("Item Added")).await?;
        let before = place(&ann, "Cart Opened").await?;
        let from = ann.find(event("Cart Opened")).await?;
        // A drag gives the selection back.
        ann.pull(MouseButton::Left, "", from, from.by(90.0, 200.0), 5).await?;
        wait_selected(&ann, "Cart Opened").await?;
        ann.press("Escape").await?;
        wait_selected(&ann, "Item Added").await?;
        ann.release(from.by(90.0, 200.0)).await?;
        // So does a marquee.
        ann.pull(MouseButton::Left, "", bare(), from, 5).await?;
        ann.wait_until("document.querySelector('.marquee') !== null").await?;
        ann.press("Escape").await?;
        ann.wait_until("document.querySelector('.marquee') === null").await?;
        wait_selected(&ann, "Item Added").await?;
        ann.release(from).await?;
        // A pull puts the wall back.
        ann.pull(MouseButton::Middle, "", from, from.by(70.0, 70.0), 5).await?;
        wait_moved(&ann, &before, 70.0, 70.0).await?;
        ann.press("Escape").await?;
        wait_moved(&ann, &before, 0.0, 0.0).await?;
        ann.release(from).await?;
        // Another window takes the pointer.
        ann.pull(MouseButton::Left, "", from, from.by(90.0, 200.0), 5).await?;
        ann.wait_until("document.querySelector('.note.lifted') !== null").await?;
        ann.eval("dispatchEvent(new Event('blur'))").await?;
        ann.wait_until("document.querySelector('.note.lifted') === null").await?;
        wait_moved(&ann, &before, 0.0, 0.0).await?;
        ann.release(from).await?;
        assert!(ann.exists("button[aria-label^=Undo][disabled]").await?, "nothing was done");
        Ok(())
    })
    .await
}
