//! A phone: one finger, two, and one that rests.

use super::{ZOOM, event, on, place, wait_moved, wait_selected};
use anyhow::{Context, Result};
use e2e::{Look, Point, play};

// ---- fingers

fn phone() -> Look {
    Look::phone()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_finger_drags_a_sticky_or_the_wall_and_two_pinch() -> Result<()> {
    play("fingers", async |stage| {
        let ann = on(stage, "# Shop\nCart Opened\nItem Added", phone()).await?;
        let before = place(&ann, "Cart Opened").await?;
        let blank = Point::new(200.0, 640.0);
        ann.swipe(blank, blank.by(-40.0, -60.0), 6).await?;
        wait_moved(&ann, &before, -40.0, -60.0).await?;
        ann.swipe(blank.by(-40.0, -60.0), blank, 6).await?;
        wait_moved(&ann, &before, 0.0, 0.0).await?;
        let from = ann.find(event("Cart Opened")).await?;
        ann.swipe(event("Cart Opened"), from.by(0.0, 160.0), 8).await?;
        ann.wait_until(&format!(
            "document.querySelector('[data-line=\"{}\"]').getBoundingClientRect().top > {}",
            before.line,
            before.top + 120.0
        ))
        .await?;
        let zoom = format!("parseInt({ZOOM})");
        let start = ann.eval(&zoom).await?.as_f64().context("no zoom")?;
        ann.pinch(blank, 80.0, 200.0, Point::new(0.0, -30.0), 8).await?;
        ann.wait_until(&format!("{zoom} > {}", start * 1.8)).await?;
        // The page itself has not been zoomed or scrolled.
        assert_eq!(ann.eval("[visualViewport.scale, scrollX, scrollY].join()").await?, "1,0,0");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resting_finger_opens_the_menu_and_a_double_tap_the_sticky() -> Result<()> {
    play("rest", async |stage| {
        let ann = on(stage, "# Shop\nCart Opened\nItem Added", phone()).await?;
        ann.rest(event("Item Added")).await?;
        wait_selected(&ann, "Item Added").await?;
        ann.screenshot("menu").await?;
        let small = "[...document.querySelectorAll('[role=menuitem]')].filter((it) => it.getBoundingClientRect().height < 44).length";
        ann.wait_equal(small, 0).await?;
        ann.tap("[role=menuitem][aria-label='Change to hotspot']").await?;
        ann.wait_sticky("hotspot", "Item Added").await?;
        ann.double_tap(event("Cart Opened")).await?;
        ann.wait_until("document.activeElement?.matches('.note-input')").await?;
        ann.type_text("Cart Reopened").await?;
        ann.press("Escape").await?;
        ann.wait_sticky("event", "Cart Reopened").await?;
        let small = "[...document.querySelectorAll('.toolbar .tool')].filter((it) => it.getBoundingClientRect().height < 44).length";
        ann.wait_equal(small, 0).await
    })
    .await
}
