//! The text pane: a real field that two people write in, with the hands of an editor.

use anyhow::{Context, Result, ensure};
use e2e::{Look, Person, Point, play, role, sticky};
use serde_json::Value;

const SHOP: &str = "# Shop\nPlace Order -> // items\nOrder Placed // items\n// @pivotal\nShip Order -> // items\nOrder Shipped // items\nOrders* // items";

/// A text in which the checker finds one thing that it can mend.
const MENDABLE: &str = "# Shop\nPlace Order -> // items\nOrder Place // items\nOrders* // items";
const MENDED: &str = "# Shop\nPlace Order -> // items\nOrder Placed // items\nOrders* // items";

async fn no_violations(person: &Person, state: &str) -> Result<()> {
    let found = person.axe().await?;
    ensure!(found.is_empty(), "{state}: {found:#?}");
    Ok(())
}

async fn caret(person: &Person) -> Result<usize> {
    Ok(person.text_and_caret().await?.1)
}

async fn wait_caret(person: &Person, at: usize) -> Result<()> {
    person.wait_equal("document.getElementById('emd').selectionStart", at).await
}

const FOCUS: &str = "document.activeElement?.id ?? ''";

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_work_on_lines_are_one_undo_step_each() -> Result<()> {
    play("text-lines", async |stage| {
        let (ann, bob, _) = stage.pair(SHOP).await?;
        let placed = "Order Placed // items\n// @pivotal\n";
        let moved = SHOP
            .replace(placed, "")
            .replace("Ship Order -> // items\n", &format!("Ship Order -> // items\n{placed}"));
        let deleted = SHOP.replace("Order Placed // items\n", "");
        let copied = SHOP.replace(placed, &placed.repeat(2));
        let opened = SHOP.replace("Order Placed // items\n", "Order Placed // items\n\n");
        let commented = SHOP.replace("Order Placed", "// Order Placed");
        let indented = SHOP.replace("Order Placed", "  Order Placed");
        let start = SHOP.find("Placed").context("no such line")?;
        for (key, text) in [
            ("Alt+ArrowDown", &moved),
            ("Alt+Shift+ArrowDown", &copied),
            ("Alt+Shift+ArrowUp", &copied),
            ("Control+Shift+K", &deleted),
            ("Control+Enter", &opened),
            ("Control+/", &commented),
            ("Tab", &indented),
        ] {
            ann.put_caret(start).await?;
            ann.press(key).await?;
            bob.wait_text(text).await.with_context(|| key.to_string())?;
            ann.wait_text(text).await?;
            ann.press("Control+z").await?;
            bob.wait_text(SHOP).await.with_context(|| format!("undo of {key}"))?;
            wait_caret(&ann, start).await.with_context(|| format!("caret after undo of {key}"))?;
            ann.press("Control+Shift+Z").await?;
            bob.wait_text(text).await.with_context(|| format!("redo of {key}"))?;
            ann.press("Control+z").await?;
            bob.wait_text(SHOP).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_line_is_the_same_sticky() -> Result<()> {
    play("text-moved", async |stage| {
        let (ann, bob, _) = stage.pair(SHOP).await?;
        let line = async |name: &str| -> Result<Option<String>> {
            Ok(bob.wall().await?.into_iter().find(|sticky| sticky.name == name).map(|sticky| sticky.line))
        };
        bob.wait_sticky("event", "Order Shipped").await?;
        let before = line("Order Shipped").await?;
        ann.put_caret_in("Order Shipped", 3).await?;
        ann.press("Alt+ArrowUp").await?;
        bob.wait_text(&SHOP.replace(
            "Ship Order -> // items\nOrder Shipped // items",
            "Order Shipped // items\nShip Order -> // items",
        ))
        .await?;
        assert_eq!(line("Order Shipped").await?, before);
        // Up again past the sticky and what belongs to it.
        ann.press("Alt+ArrowUp").await?;
        bob.wait_text("# Shop\nPlace Order -> // items\nOrder Shipped // items\nOrder Placed // items\n// @pivotal\nShip Order -> // items\nOrders* // items").await?;
        assert_eq!(line("Order Shipped").await?, before);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn several_lines_are_indented_and_commented_and_come_back() -> Result<()> {
    play("text-block", async |stage| {
        let (ann, bob, _) = stage.pair(SHOP).await?;
        let from = SHOP.find("Place Order").context("no command")?;
        let to = SHOP.find("Orders*").context("no read model")?;
        let change = |mark: &str, lines: &[&str]| {
            lines.iter().fold(SHOP.to_string(), |text, line| {
                text.replacen(&format!("\n{line}"), &format!("\n{mark}{line}"), 1)
            })
        };
        ann.select_text(from, to).await?;
        ann.press("Control+/").await?;
        let commented = change("// ", &["Place", "Order Placed", "// @pivotal", "Ship", "Order Shipped"]);
        bob.wait_text(&commented).await?;
        ann.press("Control+/").await?;
        bob.wait_text(SHOP).await?;
        ann.select_text(from, to).await?;
        ann.press("Tab").await?;
        // A line that starts with two slashes would mean something else further in: it stays.
        let indented = change("  ", &["Place", "Order Placed", "Ship", "Order Shipped"]);
        bob.wait_text(&indented).await?;
        ann.press("Shift+Tab").await?;
        bob.wait_text(SHOP).await?;
        ann.press("Control+z").await?;
        bob.wait_text(&indented).await?;
        ann.press("Control+z").await?;
        bob.wait_text(SHOP).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_leaves_the_text_by_escape_and_tab_and_home_knows_the_first_word() -> Result<()> {
    play("text-leave", async |stage| {
        let (ann, _, _) = stage.pair("  Cart Opened").await?;
        ann.put_caret(8).await?;
        ann.press("Home").await?;
        wait_caret(&ann, 2).await?;
        ann.press("Home").await?;
        wait_caret(&ann, 0).await?;
        ann.press("Escape").await?;
        ann.wait_equal(FOCUS, "emd").await?;
        ann.press("Shift+Tab").await?;
        ann.wait_until(&format!("({FOCUS}) !== 'emd'")).await?;
        ann.wait_text("  Cart Opened").await?;
        let hint = "document.getElementById('emd-hint').textContent.includes('Escape and then Tab')";
        ann.wait_until(hint).await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_of_typing_goes_word_by_word_and_leaves_what_others_wrote() -> Result<()> {
    play("text-words", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart").await?;
        ann.put_caret("# Shop\nCart".len()).await?;
        ann.type_text(" Was Opened").await?;
        bob.wait_text("# Shop\nCart Was Opened").await?;
        bob.put_caret("# Shop".len()).await?;
        bob.type_text("!").await?;
        ann.wait_text("# Shop!\nCart Was Opened").await?;
        ann.press("Control+z").await?;
        ann.wait_text("# Shop!\nCart Was").await?;
        ann.press("Control+z").await?;
        bob.wait_text("# Shop!\nCart").await?;
        ann.press("Control+y").await?;
        bob.wait_text("# Shop!\nCart Was").await?;
        wait_caret(&ann, "# Shop!\nCart Was".len()).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_offered_and_never_take_a_key_that_was_not_for_them() -> Result<()> {
    play("text-offers", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nPlace Order -> // orderId, items\nOrder Placed // orderId").await?;
        let open = "document.getElementById('emd-offers') !== null";
        let closed = "document.getElementById('emd-offers') === null";
        let end = (ann.text().await?).len();
        ann.put_caret(end).await?;
        ann.type_text(", ").await?;
        ann.wait_until(open).await?;
        ann.wait_equal("document.getElementById('emd').getAttribute('aria-activedescendant')", Value::Null).await?;
        no_violations(&ann, "offers").await?;
        // Unasked, Enter is a line's end.
        ann.press("Enter").await?;
        ann.wait_until(closed).await?;
        ann.wait_text("# Shop\nPlace Order -> // orderId, items\nOrder Placed // orderId, \n").await?;
        // The line's end, the space, the comma.
        for _ in 0..3 {
            ann.press("Control+z").await?;
        }
        ann.wait_text("# Shop\nPlace Order -> // orderId, items\nOrder Placed // orderId").await?;
        // An arrow chooses, and then Enter takes.
        ann.type_text(", ").await?;
        ann.wait_until(open).await?;
        ann.press("ArrowDown").await?;
        ann.wait_equal(
            "document.getElementById(document.getElementById('emd').getAttribute('aria-activedescendant'))?.ariaSelected",
            "true",
        )
        .await?;
        ann.press("Enter").await?;
        bob.wait_text("# Shop\nPlace Order -> // orderId, items\nOrder Placed // orderId, items").await?;
        ann.wait_until(closed).await?;
        // A kind: Tab takes the first one that fits.
        ann.type_text("\n// @pol").await?;
        ann.wait_until(open).await?;
        ann.screenshot("offers").await?;
        ann.press("Tab").await?;
        ann.wait_until("document.getElementById('emd').value.endsWith('\\n// @policy Whenever ')").await?;
        // Asked for, the first one is chosen; Escape sends them away and leaves the text alone.
        ann.press("Control+ ").await?;
        ann.wait_until("document.getElementById('emd').getAttribute('aria-activedescendant') !== null").await?;
        ann.press("Escape").await?;
        ann.wait_until(closed).await?;
        ann.wait_equal(FOCUS, "emd").await?;
        ann.wait_until("document.getElementById('emd').value.endsWith('\\n// @policy Whenever ')").await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_is_mended_in_the_text_and_on_the_sticky() -> Result<()> {
    play("text-fixes", async |stage| {
        let (ann, bob, _) = stage.pair(MENDABLE).await?;
        let found = "document.querySelector('.text-gutter [data-severity] .row-mark.mends') !== null";
        ann.wait_until(found).await?;
        // In the text, by keyboard alone.
        ann.put_caret_in("Order Place //", 3).await?;
        ann.press("Control+.").await?;
        ann.wait_until("document.activeElement?.closest('#fixes') !== null").await?;
        no_violations(&ann, "fixes in the text").await?;
        ann.screenshot("fixes-text").await?;
        ann.press("Enter").await?;
        bob.wait_text(MENDED).await?;
        ann.wait_equal(FOCUS, "emd").await?;
        ann.press("Control+z").await?;
        bob.wait_text(MENDABLE).await?;
        // By the sign beside the line.
        ann.wait_until(found).await?;
        ann.click(".text-gutter .row-mark.mends").await?;
        ann.wait_until("document.getElementById('fixes') !== null").await?;
        ann.press("Escape").await?;
        ann.wait_until("document.getElementById('fixes') === null").await?;
        // On the wall: the sign of the sticky, and the same key on the selected sticky.
        let event = sticky("event", "Order Place");
        bob.wait_until(
            "document.querySelector('.note[data-kind=event][data-severity] .note-finding') !== null",
        )
        .await?;
        bob.click(".note[data-kind=event] .note-finding").await?;
        bob.wait_until("document.getElementById('fixes') !== null").await?;
        bob.screenshot("fixes-sticky").await?;
        no_violations(&bob, "fixes on a sticky").await?;
        bob.press("Escape").await?;
        bob.click(event).await?;
        bob.press("Control+.").await?;
        bob.wait_until("document.activeElement?.closest('#fixes') !== null").await?;
        bob.press("Enter").await?;
        ann.wait_text(MENDED).await?;
        bob.press("Control+z").await?;
        ann.wait_text(MENDABLE).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn f8_walks_from_finding_to_finding() -> Result<()> {
    play("text-walk", async |stage| {
        let text = "# Shop\nPlace Order -> // items\nOrder Place // items\nOrders* // items\nShip Order -> // items\nOrder Ship // items";
        let (ann, _, _) = stage.pair(text).await?;
        ann.wait_until("document.querySelectorAll('.text-gutter .row-mark').length >= 2").await?;
        let line = "document.querySelector('.row-number.here')?.firstChild.textContent";
        ann.put_caret(0).await?;
        let mut seen = Vec::new();
        for _ in 0..2 {
            let before = caret(&ann).await?;
            ann.press("F8").await?;
            ann.wait_for("document.getElementById('emd').selectionStart", |at| *at != before).await?;
            ann.wait_until("document.getElementById('fixes') !== null").await?;
            ann.wait_equal(FOCUS, "emd").await?;
            seen.push(ann.eval_text(line).await?.parse::<usize>()?);
        }
        ensure!(seen[0] < seen[1], "{seen:?}");
        ann.press("Shift+F8").await?;
        ann.wait_equal(line, seen[0].to_string()).await?;
        ann.press("Escape").await?;
        ann.wait_until("document.getElementById('fixes') === null").await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_carets_of_the_others_show_in_the_text_and_move_with_it() -> Result<()> {
    play("text-carets", async |stage| {
        let (ann, bob, _) = stage.pair(SHOP).await?;
        bob.put_caret_in("Order Shipped", 5).await?;
        let place = "(() => { const box = document.querySelector('.guest-caret.named')?.getBoundingClientRect(); return box ? [box.left, box.top] : null; })()";
        let seen = ann.wait_until(place).await?;
        let at = |seen: &Value| (seen[0].as_f64().unwrap_or_default(), seen[1].as_f64().unwrap_or_default());
        let letter = "document.querySelector('.text-rows .row > span').getBoundingClientRect().width / document.querySelector('.text-rows .row > span').textContent.length";
        let letter = ann.eval(letter).await?.as_f64().context("no letters")?;
        // Ann writes before it in the same line: it goes along.
        ann.put_caret_in("Order Shipped", 0).await?;
        ann.type_text("My ").await?;
        let (left, top) = at(&seen);
        let moved = |now: &Value| (at(now).0 - left - 3.0 * letter).abs() < 1.5 && (at(now).1 - top).abs() < 1.0;
        ann.wait_for(place, moved).await?;
        // A selection shows as one.
        let start = bob.text().await?.find("Ship Order").context("no command")?;
        bob.select_text(start, start + 10).await?;
        ann.wait_until("document.querySelector('.guest-selection') !== null").await?;
        // The sticky that somebody writes in is marked too.
        ann.wait_until("document.querySelector('.note.chosen') !== null").await?;
        ann.screenshot("carets").await?;
        no_violations(&ann, "carets").await?;
        bob.press("Escape").await?;
        bob.press("Shift+Tab").await?;
        ann.wait_until("document.querySelector('.guest-caret') === null").await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_being_composed_is_not_disturbed_by_what_others_write() -> Result<()> {
    play("text-compose", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart Opened").await?;
        ann.put_caret("# Shop\nCart Opened".len()).await?;
        ann.compose("か").await?;
        ann.compose("かん").await?;
        bob.put_caret("# Shop\nCart".len()).await?;
        bob.type_text(" Was").await?;
        bob.wait_saved().await?;
        bob.put_caret(0).await?;
        bob.type_text("\n").await?;
        bob.wait_text("\n# Shop\nCart Was Opened").await?;
        // What Bob writes is on Ann's wall, and waits in her text.
        ann.wait_sticky("event", "Cart Was Opened").await?;
        ann.wait_text("# Shop\nCart Openedかん").await?;
        ann.compose("漢字").await?;
        ann.wait_text("# Shop\nCart Opened漢字").await?;
        ann.commit("漢字").await?;
        bob.wait_text("\n# Shop\nCart Was Opened漢字").await?;
        ann.wait_text("\n# Shop\nCart Was Opened漢字").await?;
        ann.type_text("!").await?;
        bob.wait_text("\n# Shop\nCart Was Opened漢字!").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn pointing_at_a_line_lights_its_sticky_and_back() -> Result<()> {
    play("text-light", async |stage| {
        let (ann, _, _) = stage.pair(SHOP).await?;
        let row = "[...document.querySelectorAll('.text-rows .row')].find((row) => row.textContent.startsWith('Order Shipped'))";
        let middle = format!("(() => {{ const box = {row}.getBoundingClientRect(); return [box.left + 120, box.top + box.height / 2]; }})()");
        let spot = ann.wait_until(&middle).await?;
        ann.hover(Point::new(spot[0].as_f64().unwrap_or(0.0), spot[1].as_f64().unwrap_or(0.0))).await?;
        ann.wait_equal("document.querySelector('.note.lit .note-text')?.textContent", "Order Shipped").await?;
        ann.hover(sticky("event", "Order Placed")).await?;
        ann.wait_equal("document.querySelector('.text-rows .row.lit')?.textContent", "Order Placed // items").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pane_is_resized_by_pointer_and_keys_and_is_as_it_was_at_the_next_visit() -> Result<()> {
    play("text-pane", async |stage| {
        let (ann, _, links) = stage.pair(SHOP).await?;
        let width = "document.querySelector('.text-pane')?.getBoundingClientRect().width ?? 0";
        ann.drag(".text-resize", Point::new(840.0, 450.0), 6).await?;
        ann.wait_equal(width, 600).await?;
        ann.eval("document.querySelector('.text-resize').focus()").await?;
        ann.press("ArrowLeft").await?;
        ann.wait_equal(width, 624).await?;
        ann.press("Home").await?;
        ann.wait_equal(width, 280).await?;
        // Lines that wrap now stand where the field has them: the field never scrolls by itself.
        ann.wait_until("(() => { const field = document.getElementById('emd'); return field.scrollHeight <= field.clientHeight; })()").await?;
        no_violations(&ann, "narrow").await?;
        ann.reload().await?;
        ann.wait_equal(width, 280).await?;
        ann.wait_text(SHOP).await?;
        // The button that opens it again is where the focus goes: it comes with the bars.
        ann.wait_saved().await?;
        ann.click(role("button", "Close the text")).await?;
        ann.wait_until("document.activeElement?.getAttribute('aria-label') === 'Text'").await?;
        ann.reload().await?;
        ann.wait_saved().await?;
        ann.wait_equal("document.querySelector('.board-page').dataset.text", "closed").await?;
        // On a phone it is a sheet over everything.
        let eve = stage.person_with("eve", Look::phone()).await?;
        eve.open_board(&links.edit).await?;
        eve.wait_equal("(() => { const box = document.querySelector('.text-pane').getBoundingClientRect(); return [box.left, box.top, box.width, box.height].join(); })()", "0,0,390,844").await?;
        no_violations(&eve, "phone").await?;
        eve.screenshot("phone").await?;
        eve.click(role("button", "Close the text")).await?;
        eve.wait_until("document.querySelector('.text-pane') === null").await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_selects_and_copies_exactly_the_text() -> Result<()> {
    play("text-viewer", async |stage| {
        let links = stage.server.board(SHOP).await?;
        let eve = stage.person("eve").await?;
        eve.open_board(&links.view).await?;
        eve.put_caret(0).await?;
        for key in ["x", "Tab", "Control+/", "Alt+ArrowDown", "Control+Shift+K"] {
            eve.put_caret(9).await?;
            eve.press(key).await?;
            eve.wait_text(SHOP).await?;
        }
        eve.put_caret(0).await?;
        eve.eval("document.execCommand('selectAll')").await?;
        let chosen = "(() => { const field = document.getElementById('emd'); return field.value.slice(field.selectionStart, field.selectionEnd); })()";
        eve.wait_equal(chosen, SHOP).await?;
        // The browser's own copying is left alone.
        eve.eval("addEventListener('copy', (event) => { window.copied = !event.defaultPrevented })").await?;
        eve.eval("document.execCommand('copy')").await?;
        eve.wait_equal("window.copied", true).await?;
        no_violations(&eve, "viewer").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_lines_are_typed_into_and_only_what_shows_is_drawn() -> Result<()> {
    play("text-large", async |stage| {
        // Steps of scenarios are lines of the text and no stickies: this is about the text.
        let mut lines = vec!["# Large".to_string(), "Do It -> // id".to_string(), "It Done // id".to_string()];
        for at in 0..1_249 {
            lines.push(format!("// @scenario Number {at} goes the long way round and comes home again before night falls"));
            lines.push(format!("// @given It Done // id: {at}"));
            lines.push(format!("// @when Do It // id: {at}"));
            lines.push(format!("// @then It Done // id: {at}"));
        }
        lines.truncate(5_000);
        let text = lines.join("\n");
        let links = stage.server.board(&text).await?;
        let ann = stage.person("ann").await?;
        ann.open_board(&links.edit).await?;
        ann.wait_text(&text).await?;
        let drawn = "document.querySelectorAll('.text-rows:not(.text-stack) .row').length";
        let few = |count: &Value| count.as_u64().is_some_and(|count| (1..=90).contains(&count));
        ann.wait_for(drawn, few).await?;
        let line = "// @when Do It // id: 600";
        ann.put_caret_in(line, line.len()).await?;
        ann.type_text("0, more: 1").await?;
        let typed = text.replacen(line, &format!("{line}0, more: 1"), 1);
        ann.wait_text(&typed).await?;
        ann.wait_for(drawn, few).await?;
        // What is drawn stands where the field has it, all the way down.
        ann.wait_until("(() => { const field = document.getElementById('emd'); return field.scrollHeight <= field.clientHeight; })()").await?;
        ann.wait_until("[...document.querySelectorAll('.text-rows .row.here')].some((row) => row.textContent.endsWith('id: 6000, more: 1'))").await?;
        ann.press("Enter").await?;
        ann.type_text("// @then It Done // id: 9").await?;
        let typed = typed.replacen("id: 6000, more: 1", "id: 6000, more: 1\n// @then It Done // id: 9", 1);
        ann.wait_text(&typed).await?;
        ann.wait_saved().await?;
        let bob = stage.person("bob").await?;
        bob.open_board(&links.edit).await?;
        bob.wait_text(&typed).await?;
        // What Bob writes far away reaches Ann's field and moves neither her caret nor her view.
        let (_, before) = ann.text_and_caret().await?;
        bob.put_caret("# Large".len()).await?;
        bob.type_text("!").await?;
        let typed = typed.replacen("# Large", "# Large!", 1);
        ann.wait_text(&typed).await?;
        wait_caret(&ann, before + 1).await
    })
    .await
}
