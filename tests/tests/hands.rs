//! Everything that hands do on the wall: pointers with and without keys, fingers, the clipboard, the palette, the
//! menu, finding. Each test is a sentence of the specification.

use anyhow::{Context, Result};
use e2e::{Look, MouseButton, Person, Point, Stage, Sticky, play, role, sticky};

const SHOP: &str = "# Shop\nCart Opened\nItem Added\nOrder Placed\nOrder Paid";

/// One person on a board with this text, the whole window for the wall.
async fn alone(stage: &mut Stage, text: &str) -> Result<Person> {
    on(stage, text, Look::default()).await
}

async fn on(stage: &mut Stage, text: &str, look: Look) -> Result<Person> {
    let links = stage.server.board(text).await?;
    let ann = stage.person_with("ann", look).await?;
    if look.width < 500 {
        ann.has_fingers().await?;
    }
    ann.open(&links.edit).await?;
    ann.wait_saved().await?;
    ann.wait_stickies(text.lines().filter(|line| !line.starts_with("// @pivotal")).count()).await?;
    ann.wait_until("document.getElementById('wall').dataset.tool").await?;
    Ok(ann)
}

async fn place(person: &Person, name: &str) -> Result<Sticky> {
    let wall = person.wall().await?;
    wall.into_iter().find(|sticky| sticky.name == name).with_context(|| format!("no sticky {name}"))
}

fn event(name: &str) -> e2e::Target {
    sticky("event", name)
}

const SELECTED: &str = "[...document.querySelectorAll('.note.selected .note-text')].map((it) => it.textContent).sort().join(', ')";

async fn wait_selected(person: &Person, names: &str) -> Result<()> {
    person.wait_equal(SELECTED, names).await
}

/// Waits until the sticky stands that far from where it stood.
async fn wait_moved(person: &Person, before: &Sticky, dx: f64, dy: f64) -> Result<()> {
    let seen = format!(
        "(() => {{ const it = document.querySelector('[data-line=\"{}\"]').getBoundingClientRect(); \
         return [Math.round(it.left - {}), Math.round(it.top - {})].join(); }})()",
        before.line, before.left, before.top
    );
    person.wait_equal(&seen, format!("{dx},{dy}")).await
}

const ZOOM: &str = "document.querySelector('.zoom-label').textContent";
const NOTICE: &str = "document.querySelector('.notice p')?.textContent ?? ''";

async fn wait_notice(person: &Person, part: &str) -> Result<()> {
    person.wait_until(&format!("({NOTICE}).includes({})", serde_json::Value::from(part))).await.map(|_| ())
}

/// A place of the wall where nothing lies.
fn bare() -> Point {
    Point::new(250.0, 740.0)
}

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

// ---- finding

#[tokio::test(flavor = "multi_thread")]
async fn find_marks_what_it_finds_and_goes_from_one_to_the_next() -> Result<()> {
    play("find", async |stage| {
        let text =
            "# Café\nCafé Opened // ownerName\nCart Opened // cartId\n// @personal ownerName\nCafe Closed";
        let links = stage.server.board(text).await?;
        let ann = stage.person("ann").await?;
        ann.open(&links.edit).await?;
        ann.wait_sticky("event", "Cafe Closed").await?;
        let count = "document.getElementById('find-count').textContent";
        let here = "document.querySelector('[data-found=here] .note-text')?.textContent";
        ann.press("Control+f").await?;
        ann.wait_until("document.activeElement?.id === 'find-input'").await?;
        ann.type_text("CAFE").await?;
        ann.wait_equal(count, "1 of 3").await?;
        ann.wait_equal(here, "Café").await?;
        ann.wait_equal("document.querySelectorAll('[data-found]').length", 3).await?;
        ann.screenshot("find").await?;
        assert_eq!(
            ann.axe().await?.iter().map(|it| it.rule.clone()).collect::<Vec<_>>(),
            Vec::<String>::new()
        );
        ann.press("Enter").await?;
        ann.wait_equal(here, "Café Opened").await?;
        ann.press("F3").await?;
        ann.wait_equal(here, "Cafe Closed").await?;
        ann.press("Enter").await?;
        ann.wait_equal(here, "Café").await?;
        ann.press("Shift+Enter").await?;
        ann.wait_equal(count, "3 of 3").await?;
        // Properties and annotations count too.
        ann.press("Control+a").await?;
        ann.type_text("ownername").await?;
        ann.wait_equal(count, "1 of 2").await?;
        ann.press("Enter").await?;
        ann.wait_equal(here, "Cart Opened").await?;
        ann.press("Escape").await?;
        wait_selected(&ann, "Cart Opened").await?;
        ann.wait_until("document.activeElement?.matches('.note.selected')").await?;
        ann.wait_equal("document.querySelectorAll('[data-found]').length", 0).await?;
        ann.press("F3").await?;
        ann.wait_equal("document.getElementById('find-input')?.value", "ownername").await
    })
    .await
}

// ---- palette, menu, sheet

#[tokio::test(flavor = "multi_thread")]
async fn the_palette_finds_a_command_by_a_few_letters_and_remembers_it() -> Result<()> {
    play("palette", async |stage| {
        let ann = alone(stage, SHOP).await?;
        let options = "[...document.querySelectorAll('[role=option] .palette-title')].map((it) => it.textContent)";
        let chosen = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))\
                      ?.querySelector('.palette-title').textContent";
        ann.press("Control+k").await?;
        ann.wait_until("document.activeElement?.matches('[role=combobox][aria-expanded=true]')").await?;
        ann.wait_until("document.getElementById(document.activeElement.getAttribute('aria-controls'))?.role === 'listbox'").await?;
        ann.screenshot("palette").await?;
        assert_eq!(ann.axe().await?.iter().map(|it| it.rule.clone()).collect::<Vec<_>>(), Vec::<String>::new());
        ann.type_text("sel ev").await?;
        ann.wait_equal(chosen, "Select everything").await?;
        ann.press("Enter").await?;
        wait_selected(&ann, "Cart Opened, Item Added, Order Paid, Order Placed, Shop").await?;
        // With something selected other commands are possible, and what was used lately is first.
        ann.press("Control+k").await?;
        ann.wait_equal(&format!("({options})[0]"), "Select everything").await?;
        ann.press("ArrowDown").await?;
        ann.wait_equal("document.querySelectorAll('[role=option]')[1].ariaSelected", "true").await?;
        ann.type_text("chg hot").await?;
        ann.wait_equal(chosen, "Change to hotspot").await?;
        ann.press("Control+a").await?;
        ann.type_text("zzzz").await?;
        ann.wait_until("document.querySelector('.palette [role=status]').textContent !== ''").await?;
        ann.press("Escape").await?;
        ann.wait_until("document.querySelector('[role=combobox]') === null").await?;
        wait_selected(&ann, "Cart Opened, Item Added, Order Paid, Order Placed, Shop").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_palette_starts_a_sticky_without_a_pointer() -> Result<()> {
    play("palette-new", async |stage| {
        let ann = alone(stage, "# Shop").await?;
        ann.press("Control+k").await?;
        ann.wait_until("document.activeElement?.matches('[role=combobox]')").await?;
        ann.type_text("glossary").await?;
        ann.press("Enter").await?;
        ann.wait_until("document.activeElement?.matches('.note-input')").await?;
        ann.type_text("Parcel").await?;
        ann.press("Escape").await?;
        ann.wait_sticky("term", "Parcel").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_is_about_what_was_clicked_and_stays_inside_the_window() -> Result<()> {
    play("menu", async |stage| {
        let ann = alone(stage, SHOP).await?;
        let now = "document.activeElement?.closest('[role=menuitem]')?.textContent || document.activeElement?.ariaLabel";
        ann.menu(event("Order Paid")).await?;
        wait_selected(&ann, "Order Paid").await?;
        ann.screenshot("menu").await?;
        assert_eq!(ann.axe().await?.iter().map(|it| it.rule.clone()).collect::<Vec<_>>(), Vec::<String>::new());
        ann.press("ArrowDown").await?;
        ann.wait_until(&format!("({now}).startsWith('Cut')")).await?;
        ann.press("End").await?;
        ann.press("ArrowDown").await?;
        ann.wait_until(&format!("({now}).startsWith('Write on')")).await?;
        ann.press("d").await?;
        ann.wait_until(&format!("({now}).startsWith('Duplicate')")).await?;
        ann.press("Enter").await?;
        ann.wait_stickies(6).await?;
        // By key, and out of it by key: the focus is back.
        ann.click(event("Cart Opened")).await?;
        ann.press("Shift+F10").await?;
        ann.wait_until("document.getElementById('menu')?.contains(document.activeElement)").await?;
        ann.press("Escape").await?;
        ann.wait_until("document.querySelector('[role=menu]') === null").await?;
        ann.wait_until("document.activeElement?.matches('.note.selected')").await?;
        // On the wall, in the corner, there is another one, and a click elsewhere closes it.
        ann.menu(Point::new(1425.0, 500.0)).await?;
        let inside = "(() => { const box = document.querySelector('[role=menu]').getBoundingClientRect(); \
                      return box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight; })()";
        ann.wait_until(inside).await?;
        ann.wait_until("document.querySelector('[role=menuitem][aria-label=\"New command\"]') !== null").await?;
        ann.screenshot("menu-wall").await?;
        ann.click(bare()).await?;
        ann.wait_until("document.querySelector('[role=menu]') === null").await?;
        ann.menu(bare()).await?;
        ann.choose("New command").await?;
        ann.wait_until("document.activeElement?.matches('.note-input')").await?;
        ann.type_text("Ship Order").await?;
        ann.press("Escape").await?;
        ann.wait_sticky("command", "Ship Order").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_shows_every_key_and_switches_single_letters_off() -> Result<()> {
    play("sheet", async |stage| {
        let ann = alone(stage, SHOP).await?;
        ann.press("?").await?;
        ann.wait_until("document.querySelector('[role=dialog]')?.textContent.includes('Align left edges')")
            .await?;
        ann.screenshot("sheet").await?;
        assert_eq!(
            ann.axe().await?.iter().map(|it| it.rule.clone()).collect::<Vec<_>>(),
            Vec::<String>::new()
        );
        ann.click(role("switch", "Single letters, digits and signs are shortcuts")).await?;
        ann.wait_until("document.querySelector('[role=dialog]').textContent.includes('shortcuts are off')")
            .await?;
        ann.press("Escape").await?;
        ann.wait_until("document.querySelector('[role=dialog]') === null").await?;
        ann.click(event("Cart Opened")).await?;
        ann.press("8").await?;
        ann.press("h").await?;
        ann.press("?").await?;
        // Keys with Ctrl still work, so these strokes have been heard by now.
        ann.press("Control+d").await?;
        ann.wait_stickies(6).await?;
        ann.wait_sticky("event", "Cart Opened").await?;
        ann.wait_equal("document.getElementById('wall').dataset.tool", "select").await?;
        assert!(!ann.exists("[role=dialog]").await?);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mac_takes_and_shows_its_own_keys() -> Result<()> {
    play("mac", async |stage| {
        let ann = alone(stage, SHOP).await?;
        ann.eval("Object.defineProperty(navigator, 'platform', { value: 'MacIntel' }) && true").await?;
        ann.press("Meta+a").await?;
        wait_selected(&ann, "Cart Opened, Item Added, Order Paid, Order Placed, Shop").await?;
        ann.press("Meta+k").await?;
        ann.wait_until("document.querySelector('.palette')?.textContent.includes('⌘')").await?;
        ann.wait_until("!document.querySelector('.palette').textContent.includes('Ctrl')").await.map(|_| ())
    })
    .await
}

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
