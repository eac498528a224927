//! One board, one or two people: what each does reaches the other, the text and the disk.

use anyhow::Result;
use e2e::{Person, Point, play, role, sticky};

const TODOLIST: &str = include_str!("../data/todolist.emd");

fn todo() -> &'static str {
    TODOLIST.trim_end()
}

async fn middle_of(person: &Person, kind: &str, name: &str) -> Result<Point> {
    person.find(sticky(kind, name)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_printed_address_opens_a_complete_example() -> Result<()> {
    play("example", async |stage| {
        let example = stage.server.example.clone();
        let ann = stage.person("ann").await?;
        ann.open_board(&example).await?;
        ann.wait_sticky("event", "Todo Added").await?;
        ann.wait_sticky("command", "Register").await?;
        ann.wait_sticky("read model", "TODO List").await?;
        ann.wait_equal("document.querySelector('[data-meter]').dataset.meter", "green").await?;
        ann.screenshot("example").await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_types_stands_on_the_wall_of_the_other() -> Result<()> {
    play("typing", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop").await?;
        ann.put_caret("# Shop".len()).await?;
        ann.type_text("\nPlace Order -> // items\nOrder Placed // orderId, items\nOrders* // orderId")
            .await?;
        bob.wait_sticky("command", "Place Order").await?;
        bob.wait_sticky("event", "Order Placed").await?;
        bob.wait_sticky("read model", "Orders").await?;
        bob.wait_text(&ann.text().await?).await?;
        ann.wait_saved().await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drag_past_a_neighbour_changes_the_order_of_the_text_for_both() -> Result<()> {
    play("drag", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart Opened\nItem Added\nOrder Placed").await?;
        let last = middle_of(&bob, "event", "Order Placed").await?;
        bob.drag(sticky("event", "Cart Opened"), last.by(60.0, 0.0), 12).await?;
        ann.wait_text("# Shop\nItem Added\nOrder Placed\nCart Opened").await?;
        bob.wait_text("# Shop\nItem Added\nOrder Placed\nCart Opened").await?;
        ann.wait_saved().await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_takes_back_ones_own_step_and_leaves_the_others() -> Result<()> {
    play("undo", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart Opened\nItem Added").await?;
        bob.put_caret("# Shop".len()).await?;
        bob.type_text("!").await?;
        ann.wait_text("# Shop!\nCart Opened\nItem Added").await?;
        ann.click(sticky("event", "Cart Opened")).await?;
        ann.press("Delete").await?;
        bob.wait_text("# Shop!\nItem Added").await?;
        ann.press("Control+z").await?;
        bob.wait_text("# Shop!\nCart Opened\nItem Added").await?;
        ann.press("Control+Shift+Z").await?;
        bob.wait_text("# Shop!\nItem Added").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_on_typing_on_a_sticky_that_was_taken_away_presses_no_shortcuts() -> Result<()> {
    play("taken-away", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart Opened\nItem Added").await?;
        ann.double_click(sticky("event", "Cart Opened")).await?;
        ann.wait_until("document.activeElement?.matches('.note-input')").await?;
        ann.press("End").await?;
        ann.type_text(" Twice").await?;
        bob.wait_sticky("event", "Cart Opened Twice").await?;
        bob.click(sticky("event", "Item Added")).await?;
        ann.wait_until("!document.querySelector('.notice')").await?;
        bob.click(sticky("event", "Cart Opened Twice")).await?;
        bob.press("Delete").await?;
        ann.wait_until("document.querySelector('.notice-restore')").await?;
        // Of these letters R opens the run, H takes the hand and N begins a sticky.
        for letter in " over Hn1".chars() {
            ann.type_letter(letter).await?;
        }
        ann.press("Backspace").await?;
        assert!(!ann.exists(".run-pane").await?, "R was a word's letter");
        assert_eq!(ann.eval_text("document.getElementById('wall').dataset.tool").await?, "select");
        ann.wait_text("# Shop\nItem Added").await?;
        ann.click(".notice-restore").await?;
        bob.wait_text("# Shop\nCart Opened Twice\nItem Added").await?;
        // Whoever has seen it has their shortcuts again.
        ann.press("h").await?;
        ann.wait_equal("document.getElementById('wall').dataset.tool", "hand").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_comes_back_with_everything() -> Result<()> {
    play("kill", async |stage| {
        let (ann, bob, links) = stage.pair(todo()).await?;
        ann.put_caret(todo().len()).await?;
        ann.type_text("\nTodo Renamed").await?;
        ann.wait_saved().await?;
        stage.kill_server().await?;
        ann.wait_save_state("offline").await?;
        // What is typed meanwhile waits in the page.
        ann.type_text(" // todoId").await?;
        stage.restart_server().await?;
        ann.wait_saved().await?;
        let whole = format!("{}\nTodo Renamed // todoId", todo());
        bob.wait_text(&whole).await?;
        let eve = stage.person("eve").await?;
        eve.open_board(&links.edit).await?;
        eve.wait_text(&whole).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_network_says_so_and_merges_later() -> Result<()> {
    play("offline", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart Opened").await?;
        ann.offline(true);
        ann.wait_save_state("offline").await?;
        ann.put_caret("# Shop\nCart Opened".len()).await?;
        ann.type_text(" // cartId").await?;
        bob.put_caret("# Shop".len()).await?;
        bob.type_text("!").await?;
        ann.offline(false);
        let merged = "# Shop!\nCart Opened // cartId";
        bob.wait_text(merged).await?;
        ann.wait_text(merged).await?;
        ann.wait_saved().await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn export_gives_the_text_and_the_model_as_files() -> Result<()> {
    play("export", async |stage| {
        let (ann, _, _) = stage.pair(todo()).await?;
        ann.click(role("button", "Export")).await?;
        ann.click("#download-emd").await?;
        assert_eq!(ann.download("Eventstorming.emd").await?.trim_end(), todo());
        ann.click("#download-eml").await?;
        let model = ann.download("Eventsourcing.eml.yaml").await?;
        assert!(model.starts_with("EmlVersion:"), "{model}");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_sees_everything_and_changes_nothing() -> Result<()> {
    play("viewer", async |stage| {
        let links = stage.server.board("# Shop\nCart Opened\nItem Added").await?;
        let (ann, eve) = (stage.person("ann").await?, stage.person("eve").await?);
        ann.open_board(&links.edit).await?;
        eve.open_board(&links.view).await?;
        eve.wait_stickies(3).await?;
        eve.click(sticky("event", "Cart Opened")).await?;
        eve.press("Delete").await?;
        eve.put_caret(6).await?;
        eve.type_text("!!!").await?;
        // Her page is still in step: what Ann does afterwards arrives, and nothing of hers is in it.
        ann.put_caret("# Shop".len()).await?;
        ann.type_text("?").await?;
        let text = "# Shop?\nCart Opened\nItem Added";
        eve.wait_text(text).await?;
        ann.wait_text(text).await?;
        assert!(!eve.exists("[role=toolbar]").await?, "a viewer has no tools");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_from_text_flows_without_overlap_in_reading_order_and_fits_the_screen() -> Result<()> {
    play("flow", async |stage| {
        let (ann, _, _) = stage.pair(todo()).await?;
        ann.wait_stickies(11).await?;
        ann.click(role("button", "Text")).await?;
        ann.press("Escape").await?;
        ann.press("Shift+!").await?;
        let zoom = "parseFloat(document.querySelector('.zoom-label').textContent)";
        ann.wait_for(zoom, |zoom| zoom.as_f64().is_some_and(|zoom| zoom >= 50.0)).await?;
        let wall = ann.wall().await?;
        for (at, one) in wall.iter().enumerate() {
            assert!(
                one.left >= 0.0 && one.right <= 1440.0 && one.top >= 0.0 && one.bottom <= 900.0,
                "{one:?}"
            );
            for other in &wall[at + 1..] {
                let beside = one.right <= other.left || other.right <= one.left;
                let above = one.bottom <= other.top || other.bottom <= one.top;
                assert!(beside || above, "{one:?} overlaps {other:?}");
            }
        }
        let left = |name: &str| {
            wall.iter()
                .find(|sticky| sticky.kind != "heading" && sticky.name == name)
                .map(|sticky| sticky.left)
        };
        let mut slice = f64::MIN;
        for line in todo().lines().skip(1) {
            let name = line.split("//").next().unwrap_or_default().trim_end_matches([' ', '-', '>', '*']);
            let at = left(name).unwrap_or_else(|| panic!("{name} is not on the wall"));
            assert!(at >= slice, "{name} stands left of the command before it");
            if line.contains("->") {
                assert!(at > slice, "{name} does not open a slice of its own");
                slice = at;
            }
        }
        ann.screenshot("flow").await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_a_board() -> Result<()> {
    play("axe", async |stage| {
        let (ann, bob, _) = stage.pair(todo()).await?;
        bob.click(sticky("event", "Todo Added")).await?;
        ann.wait_stickies(11).await?;
        let mut found = ann.axe().await?;
        for panel in ["Share", "Export"] {
            ann.click(role("button", panel)).await?;
            found.extend(ann.axe().await?);
            ann.press("Escape").await?;
        }
        assert!(found.is_empty(), "{found:#?}");
        Ok(())
    })
    .await
}
