//! Lanes on the wall, text from elsewhere, and deletions that two people share: what the board itself decides, as
//! people see it.

use anyhow::Result;
use e2e::{Person, Point, play, sticky};

const LANES: &str = "// @lane Customer\nOrder Paid\nOrder Cancelled\n// @lane Warehouse\nStock Reserved";

async fn middle_of(person: &Person, name: &str) -> Result<Point> {
    person.find(sticky("event", name)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drop_into_a_lane_takes_the_sticky_into_it_and_one_undo_takes_it_back() -> Result<()> {
    play("lanes", async |stage| {
        let (ann, bob, _) = stage.pair(LANES).await?;
        let (paid, cancelled) =
            (middle_of(&ann, "Order Paid").await?, middle_of(&ann, "Order Cancelled").await?);
        let between = Point::new((paid.x + cancelled.x) / 2.0, paid.y);
        let from = ann.grab(sticky("event", "Stock Reserved")).await?;
        ann.carry(from, between, 12).await?;
        ann.wait_until("document.querySelector('.insertion-mark')").await?;
        ann.screenshot("lanes-mark").await?;
        ann.release(between).await?;
        let moved = "// @lane Customer\nOrder Paid\nStock Reserved\nOrder Cancelled\n// @lane Warehouse";
        ann.wait_text(moved).await?;
        bob.wait_text(moved).await?;
        ann.press("Control+z").await?;
        bob.wait_text(LANES).await?;
        ann.wait_text(LANES).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_cells_and_stickies_from_elsewhere_become_stickies_each_in_one_step() -> Result<()> {
    play("from-elsewhere", async |stage| {
        let (ann, _, _) = stage.pair("# Shop").await?;
        for (pasted, lines) in [
            (
                "- [ ] Order placed\r\n- [x] Order paid\r\n2. Order shipped",
                "Order placed\nOrder paid\nOrder shipped",
            ),
            ("Order placed\tAnn\r\n\"Order\r\npaid\"\t\r\n", "Order placed\nAnn\nOrder paid"),
            ("Customer places\nan order\n\nPayment received\n", "Customer places an order\nPayment received"),
            (
                "Add Item -> // name\nItem List* // name\n* starred",
                "Add Item -> // name\nItem List* // name\n* starred",
            ),
        ] {
            ann.click(sticky("heading", "Shop")).await?;
            ann.paste(pasted).await?;
            ann.wait_text(&format!("# Shop\n{lines}")).await?;
            ann.press("Control+z").await?;
            ann.wait_text("# Shop").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sticky_that_two_delete_comes_back_when_the_first_one_undoes() -> Result<()> {
    play("two-deletions", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart Opened\nItem Added").await?;
        bob.offline(true);
        bob.wait_save_state("offline").await?;
        for person in [&ann, &bob] {
            person.click(sticky("event", "Cart Opened")).await?;
            person.press("Delete").await?;
            person.wait_text("# Shop\nItem Added").await?;
        }
        bob.put_caret("# Shop".len()).await?;
        bob.type_text("!").await?;
        bob.offline(false);
        ann.wait_text("# Shop!\nItem Added").await?;
        ann.press("Control+z").await?;
        bob.wait_text("# Shop!\nCart Opened\nItem Added").await?;
        ann.wait_text("# Shop!\nCart Opened\nItem Added").await
    })
    .await
}
