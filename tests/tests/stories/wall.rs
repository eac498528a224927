//! Working on the wall itself: writing, choosing kinds, undoing, seeing the others.

use anyhow::Result;
use e2e::{Person, Point, Stage, agree, play, role, sticky};

fn middle() -> Point {
    Point::new(560.0, 420.0)
}

/// A board on which nothing has been said, opened through the button on the first page.
async fn empty_board(stage: &mut Stage) -> Result<Person> {
    let ann = stage.person("ann").await?;
    ann.open(&format!("{}/", stage.server.origin)).await?;
    ann.click(role("button", "New board")).await?;
    ann.wait_saved().await?;
    Ok(ann)
}

async fn meter(person: &Person, state: &str) -> Result<()> {
    person.wait_equal("document.getElementById('meter').dataset.meter", state).await.map(|_| ())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_writes_and_tab_and_enter_go_on_with_the_next() -> Result<()> {
    play("writing", async |stage| {
        let ann = empty_board(stage).await?;
        ann.double_click_at(middle()).await?;
        ann.wait_until("document.activeElement?.matches('.note-input')").await?;
        ann.type_text("Order Placed").await?;
        ann.press("Tab").await?;
        ann.type_text("Order Paid").await?;
        ann.press("Enter").await?;
        ann.type_text("Order Shipped").await?;
        ann.press("Escape").await?;
        ann.show_text().await?;
        ann.wait_text("Order Placed\nOrder Paid\nOrder Shipped").await?;
        ann.wait_saved().await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_click_on_the_empty_wall_letters_are_words() -> Result<()> {
    play("insertion", async |stage| {
        let ann = empty_board(stage).await?;
        ann.click(middle()).await?;
        ann.type_text("Cart Opened").await?;
        ann.press("Control+Enter").await?;
        ann.type_text("Whenever Cart Opened, Greet").await?;
        ann.press("Escape").await?;
        ann.wait_sticky("policy", "Whenever Cart Opened, Greet").await?;
        ann.show_text().await?;
        ann.wait_text("Cart Opened\n// @policy Whenever Cart Opened, Greet").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_chooses_the_kind_and_a_click_places_it() -> Result<()> {
    play("placing", async |stage| {
        let ann = empty_board(stage).await?;
        ann.press("2").await?;
        ann.wait_equal("document.getElementById('wall').dataset.tool", "place").await?;
        ann.click(middle()).await?;
        ann.wait_until("document.activeElement?.matches('.note-input')").await?;
        ann.type_text("Place Order").await?;
        ann.press("Escape").await?;
        ann.wait_sticky("command", "Place Order").await?;
        ann.press("8").await?;
        ann.wait_sticky("hotspot", "Place Order").await?;
        ann.press("Control+z").await?;
        ann.wait_sticky("command", "Place Order").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn pasted_event_markdown_becomes_stickies_in_one_step() -> Result<()> {
    play("paste", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart Opened").await?;
        ann.click(sticky("event", "Cart Opened")).await?;
        ann.paste("Place Order -> // items\nOrder Placed // orderId, items\nOrders* // orderId").await?;
        let all = "# Shop\nCart Opened\nPlace Order -> // items\nOrder Placed // orderId, items\nOrders* // orderId";
        bob.wait_text(all).await?;
        bob.wait_sticky("read model", "Orders").await?;
        ann.press("Control+z").await?;
        bob.wait_text("# Shop\nCart Opened").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_in_a_drag_leaves_no_trace() -> Result<()> {
    play("escape", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart Opened\nItem Added").await?;
        let start = ann.grab(sticky("event", "Cart Opened")).await?;
        let end = start.by(400.0, 30.0);
        ann.carry(start, end, 8).await?;
        bob.wait_until("document.querySelector('.note.lifted') !== null").await?;
        // The mark tells where the sticky would go, and the sticky in hand does not hide it.
        let layer = |of: &str| format!("Number(getComputedStyle(document.querySelector('{of}')).zIndex)");
        ann.wait_until(&format!("{} > {}", layer(".insertion-mark"), layer(".note.lifted"))).await?;
        ann.press("Escape").await?;
        ann.wait_until("document.querySelector('.insertion-mark') === null").await?;
        ann.release(end).await?;
        bob.wait_until("document.querySelector('.note.lifted') === null").await?;
        assert_eq!(agree(&ann, &bob).await?, "# Shop\nCart Opened\nItem Added");
        assert!(ann.exists("button[aria-label^=Undo][disabled]").await?, "nothing was done");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn people_see_each_others_pointer_name_and_selection() -> Result<()> {
    play("presence", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart Opened").await?;
        bob.click("[aria-label$='change your name or colour']").await?;
        bob.click("#my-name").await?;
        bob.press("Control+a").await?;
        bob.type_text("Bob Builder\n").await?;
        bob.press("Escape").await?;
        bob.click(sticky("event", "Cart Opened")).await?;
        ann.wait_equal("document.querySelector('.cursor-name')?.textContent", "Bob Builder").await?;
        ann.wait_equal("document.querySelector('.note-peer')?.textContent", "Bob Builder").await?;
        ann.wait_until("document.querySelector('.peoplebar')?.textContent.includes('BB')").await.map(|_| ())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sticky_removed_under_the_pen_can_be_brought_back_with_its_words() -> Result<()> {
    play("removed", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart Opened\nItem Added").await?;
        ann.double_click(sticky("event", "Item Added")).await?;
        ann.wait_until("document.activeElement?.matches('.note-input')").await?;
        ann.press("End").await?;
        ann.type_text(" Twice").await?;
        bob.wait_sticky("event", "Item Added Twice").await?;
        bob.click(sticky("event", "Item Added Twice")).await?;
        bob.press("Delete").await?;
        ann.click(role("button", "Restore")).await?;
        bob.wait_text("# Shop\nCart Opened\nItem Added Twice").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_delete_the_same_sticky_delete_it_once() -> Result<()> {
    play("both-delete", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart Opened\nItem Added").await?;
        bob.offline(true);
        bob.wait_save_state("offline").await?;
        for person in [&ann, &bob] {
            person.click(sticky("event", "Cart Opened")).await?;
            person.press("Delete").await?;
            person.wait_stickies(2).await?;
        }
        bob.offline(false);
        assert_eq!(agree(&ann, &bob).await?, "# Shop\nItem Added");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_big_picture_is_not_judged_and_a_design_is_until_it_is_mended() -> Result<()> {
    play("findings", async |stage| {
        let ann = empty_board(stage).await?;
        ann.show_text().await?;
        ann.put_caret(0).await?;
        ann.type_text("# Shop\nPlace Order ->\nPaid\nOrder Placed // items\nOrders* // orderId, items")
            .await?;
        meter(&ann, "off").await?;
        ann.click("#meter").await?;
        ann.click("input[value=design]").await?;
        meter(&ann, "red").await?;
        ann.wait_until("document.querySelector('[data-line][data-severity=error]') !== null").await?;
        ann.click(".finding-jump").await?;
        ann.wait_until("document.querySelector('.note.selected .note-text')?.textContent === 'Paid'").await?;
        ann.press("Escape").await?;
        ann.put_caret_in("Paid\n", 0).await?;
        ann.type_text("Order ").await?;
        ann.wait_sticky("event", "Order Paid").await?;
        meter(&ann, "green").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_link_leads_to_the_board_and_a_view_link_only_shows_it() -> Result<()> {
    play("share", async |stage| {
        let (ann, eve) = {
            let links = stage.server.board("# Shop\nCart Opened").await?;
            let ann = stage.person("ann").await?;
            ann.open_board(&links.edit).await?;
            (ann, stage.person("eve").await?)
        };
        ann.click(role("button", "Share")).await?;
        let field = "[...document.querySelectorAll('.panel input')].map((it) => it.value).find((it) => it.includes('/v/'))";
        let link = ann.wait_for(field, |link| link.is_string()).await?;
        eve.open(link.as_str().unwrap_or_default()).await?;
        eve.wait_sticky("event", "Cart Opened").await?;
        eve.wait_saved().await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_fix_after_the_other_goes_to_the_same_sticky() -> Result<()> {
    play("fixes", async |stage| {
        let text = "# Shop\nPlace Order -> // orderId\nOrder Placed // orderId\nOrders* // orderId, sum, paid\n\
                    // @when Place Order\nOrder Packed // orderId";
        let (ann, _, _) = stage.pair(text).await?;
        ann.click("[data-meter]").await?;
        let fix = |title: &str| {
            format!("[...document.querySelectorAll('.finding-fixes button')].find((it) => it.textContent.includes({title:?}))")
        };
        for title in ["'paid' is worked out", "'sum' is worked out", "Start a scenario"] {
            ann.wait_until(&fix(title)).await?;
            ann.eval(&format!("{}.click()", fix(title))).await?;
            ann.wait_until(&format!("!{}", fix(title))).await?;
            if !ann.exists(".findings").await? {
                ann.click("[data-meter]").await?;
            }
        }
        ann.wait_until("document.querySelector('.findings')").await?;
        let text = ann.text().await?;
        let after = text.split_once("paid\n").map(|(_, after)| after.to_owned()).unwrap_or_default();
        let mut lines: Vec<&str> = after.lines().take(2).collect();
        lines.sort_unstable();
        assert_eq!(lines, ["// @derived paid", "// @derived sum"], "{text}");
        assert!(after.contains("\n// @scenario An example\n// @when Place Order\nOrder Packed"), "{text}");
        Ok(())
    })
    .await
}
