//! The harness itself, on pages that need no board: if this fails, the other tests say nothing.

use e2e::{Look, Point, play, role};

/// A page of its own, so that the harness is checked apart from the product.
fn page(body: &str) -> String {
    format!("data:text/html,<!doctype html><html lang=en><title>T</title><main>{body}</main>")
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_type_move_the_caret_and_undo_as_on_a_keyboard() -> anyhow::Result<()> {
    play("harness-keys", async |stage| {
        let ann = stage.person("ann").await?;
        ann.open(&page("<label>Text <textarea id=t></textarea></label><button id=b>Next</button>")).await?;
        ann.click("textarea").await?;
        ann.type_text("Add Todo ->\nTodo Added: \"a\" {é}").await?;
        ann.wait_equal("document.getElementById('t').value", "Add Todo ->\nTodo Added: \"a\" {é}").await?;
        ann.press("Home").await?;
        ann.type_text("x").await?;
        ann.wait_equal("document.getElementById('t').value.split('\\n')[1][0]", "x").await?;
        ann.press("Control+z").await?;
        ann.wait_equal("document.getElementById('t').value.split('\\n')[1][0]", "T").await?;
        ann.press("Control+a").await?;
        ann.press("Backspace").await?;
        ann.wait_equal("document.getElementById('t').value", "").await?;
        ann.press("Tab").await?;
        ann.wait_equal("document.activeElement.id", "b").await?;
        ann.press("Shift+Tab").await?;
        ann.wait_equal("document.activeElement.id", "t").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drag_is_one_press_many_moves_and_one_release() -> anyhow::Result<()> {
    play("harness-pointer", async |stage| {
        let ann = stage.person("ann").await?;
        ann.open(&page("<button style='width:80px;height:40px'>Grab</button>")).await?;
        ann.eval("window.seen = []; for (const kind of ['pointerdown', 'pointermove', 'pointerup', 'dblclick']) addEventListener(kind, (e) => e.isTrusted && seen.push(kind + (kind === 'pointermove' ? e.buttons : '')))").await?;
        ann.drag(role("button", "Grab"), Point::new(400.0, 300.0), 10).await?;
        ann.wait_equal("seen.filter((kind) => kind === 'pointermove1').length", 10).await?;
        ann.wait_equal("seen.at(-1)", "pointerup").await?;
        ann.double_click(role("button", "Grab")).await?;
        ann.wait_until("seen.includes('dblclick')").await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn screens_have_the_size_and_colours_asked_for() -> anyhow::Result<()> {
    play("harness-look", async |stage| {
        let ann = stage.person_with("ann", Look::phone().dark()).await?;
        ann.open(&page("x")).await?;
        ann.wait_equal("[innerWidth, innerHeight].join()", "390,844").await?;
        ann.wait_equal("matchMedia('(prefers-color-scheme: dark)').matches", true).await?;
        ann.look(&Look::default()).await?;
        ann.wait_equal("[innerWidth, innerHeight].join()", "1440,900").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_on_a_page_fails_the_test() -> anyhow::Result<()> {
    let outcome = play("harness-errors", async |stage| {
        let ann = stage.person("ann").await?;
        ann.open(&page(
            "<script>console.error('first'); setTimeout(() => { throw Error('second') })</script>",
        ))
        .await?;
        ann.wait_equal("document.readyState", "complete").await
    })
    .await;
    let message = format!("{:#}", outcome.expect_err("the page reported errors"));
    assert!(message.contains("first") && message.contains("second"), "{message}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_no_alternative_text_is_found_by_axe() -> anyhow::Result<()> {
    play("harness-axe", async |stage| {
        let ann = stage.person("ann").await?;
        ann.open(&page("<h1>T</h1><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")).await?;
        let found = ann.axe().await?;
        assert_eq!(found.iter().map(|violation| violation.rule.as_str()).collect::<Vec<_>>(), ["image-alt"]);
        Ok(())
    })
    .await
}
