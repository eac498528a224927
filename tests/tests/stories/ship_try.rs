//! The API of the future service, tried in the page: calls are answered by the simulator, for one person alone.

use crate::ship::{SHOP, no_violations, open_export};
use anyhow::{Result, ensure};
use e2e::{Look, Person, Stage, play, role};

async fn trying(stage: &mut Stage, look: Look) -> Result<Person> {
    let links = stage.server.board(SHOP).await?;
    let ann = stage.person_with("ann", look).await?;
    ann.open(&links.edit).await?;
    ann.wait_saved().await?;
    open_export(&ann, "Try the API").await?;
    ann.find("[data-operation]").await?;
    Ok(ann)
}

fn operation(key: &str) -> String {
    format!("[data-operation=\"{key}\"]")
}

async fn open(person: &Person, key: &str) -> Result<()> {
    person.click(format!("{} .ship-operation-head", operation(key))).await?;
    person.find(format!("{} .ship-form", operation(key))).await.map(|_| ())
}

async fn fill_body(person: &Person, key: &str, body: &str) -> Result<()> {
    person.click(format!("{} textarea", operation(key))).await?;
    person.press("Control+a").await?;
    person.paste(body).await
}

/// Executes what is filled in and waits for its answer.
async fn execute(person: &Person, key: &str) -> Result<()> {
    let calls = "document.querySelectorAll('.ship-call').length";
    let before = person.eval(calls).await?.as_u64().unwrap_or(0);
    person.click(format!("{} .button.primary", operation(key))).await?;
    person.wait_for(calls, |now| now.as_u64() == Some(before + 1)).await?;
    let shown = format!(
        "document.querySelector('{} .ship-response')?.dataset.number === '{}'",
        operation(key),
        before + 1
    );
    person.wait_until(&shown).await.map(|_| ())
}

async fn says(person: &Person, key: &str, status: &str, body: &str) -> Result<()> {
    let [shown, text] = [".ship-status", ".ship-block"].map(|part| {
        format!("document.querySelector('{} .ship-response {part}').textContent", operation(key))
    });
    person.wait_equal(&shown, status).await?;
    let text = person.eval_text(&text).await?;
    let bare: String = text.split_whitespace().collect();
    ensure!(bare.contains(body), "{text}");
    Ok(())
}

const PLACE: &str = "POST /api/v1/Order/PlaceOrder";
const ORDERS: &str = "GET /api/v1/r/Orders";

#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_accepted_its_row_is_read_and_a_refusal_says_why() -> Result<()> {
    play("try-calls", async |stage| {
        let ann = trying(stage, Look::default()).await?;
        open(&ann, PLACE).await?;
        let example =
            ann.eval_text(&format!("document.querySelector('{} textarea').value", operation(PLACE))).await?;
        ensure!(example.contains("\"orderId\"") && example.contains("\"items\""), "{example}");
        fill_body(&ann, PLACE, "{\"orderId\": \"7\", \"items\": \"tea\"}").await?;
        execute(&ann, PLACE).await?;
        says(&ann, PLACE, "202 Accepted", "{\"orderId\":\"7\",\"items\":\"tea\"").await?;

        open(&ann, ORDERS).await?;
        execute(&ann, ORDERS).await?;
        says(&ann, ORDERS, "200 OK", "{\"orderId\":\"7\",\"items\":\"tea\"").await?;
        ann.screenshot("try").await?;
        no_violations(&ann, "two calls").await?;

        fill_body(&ann, PLACE, "{\"items\": \"milk\"}").await?;
        execute(&ann, PLACE).await?;
        let refusal = "{\"message\":[{\"field\":\"orderId\",\"msg\":\"orderIdisarequiredfield.\"}]}";
        says(&ann, PLACE, "400 Bad Request", refusal).await?;

        // The same for a terminal.
        ann.click(format!("{} details:last-of-type > summary", operation(PLACE) + " .ship-response")).await?;
        ann.click(role("button", "Copy curl")).await?;
        ann.wait_equal("document.querySelector('.ship-curl [role=status]').textContent", "Copied.").await?;
        let curl = ann.clipboard().await?;
        ensure!(curl.contains("-X POST 'http://localhost:3001/api/v1/Order/PlaceOrder'"), "{curl}");
        ensure!(curl.contains("-d '{\"items\": \"milk\"}'"), "{curl}");

        // The list of calls leads back to each.
        ann.click(".ship-history li:last-child button").await?;
        says(&ann, PLACE, "202 Accepted", "\"tea\"").await?;
        ann.click(role("button", "Reset")).await?;
        ann.wait_equal("document.querySelectorAll('.ship-call').length", 0).await?;
        execute(&ann, ORDERS).await?;
        says(&ann, ORDERS, "200 OK", "[]").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_person_has_an_api_of_their_own_which_outlives_the_panel_and_says_when_the_board_is_another()
-> Result<()> {
    play("try-two", async |stage| {
        let (ann, bob, _) = stage.pair(SHOP).await?;
        for person in [&ann, &bob] {
            open_export(person, "Try the API").await?;
            person.find("[data-operation]").await?;
        }
        open(&ann, PLACE).await?;
        fill_body(&ann, PLACE, "{\"orderId\": \"1\"}").await?;
        execute(&ann, PLACE).await?;
        open(&bob, ORDERS).await?;
        execute(&bob, ORDERS).await?;
        says(&bob, ORDERS, "200 OK", "[]").await?;

        ann.press("Escape").await?;
        ann.wait_until("!document.querySelector('.export-panel')").await?;
        bob.press("Escape").await?;
        bob.show_text().await?;
        bob.put_caret(SHOP.len()).await?;
        bob.type_text("\nCancel Order -> // orderId\nOrder Cancelled // orderId").await?;
        ann.wait_sticky("command", "Cancel Order").await?;
        open_export(&ann, "Try the API").await?;
        ann.wait_until("document.querySelector('.ship-api-head .remark')").await?;
        open(&ann, ORDERS).await?;
        execute(&ann, ORDERS).await?;
        says(&ann, ORDERS, "200 OK", "\"orderId\":\"1\"").await?;
        ann.click(role("button", "Reset")).await?;
        ann.find(operation("POST /api/v1/Order/CancelOrder")).await?;
        ann.wait_until("!document.querySelector('.ship-api-head .remark')").await.map(|_| ())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_done_by_keys_and_on_a_phone() -> Result<()> {
    play("try-keys", async |stage| {
        let ann = trying(stage, Look::default()).await?;
        ann.eval(&format!("document.querySelector('{} button').focus() ?? true", operation(PLACE))).await?;
        ann.press("Enter").await?;
        ann.find(format!("{} textarea", operation(PLACE))).await?;
        ann.press("Tab").await?;
        ann.wait_equal("document.activeElement.tagName", "TEXTAREA").await?;
        ann.press("Control+Enter").await?;
        ann.wait_until(&format!("document.querySelector('{} .ship-response')", operation(PLACE))).await?;
        no_violations(&ann, "an answer").await?;
        for (look, name) in
            [(Look::default().dark(), "dark"), (Look::phone(), "phone"), (Look::phone().dark(), "phone-dark")]
        {
            ann.look(&look).await?;
            ann.screenshot(name).await?;
            no_violations(&ann, name).await?;
            ann.wait_equal("document.documentElement.scrollWidth <= innerWidth", true).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_generator_that_dies_is_told_all_calls_once_more() -> Result<()> {
    play("try-dies", async |stage| {
        let links = stage.server.board(SHOP).await?;
        let ann = stage.person("ann").await?;
        ann.before_pages(
            "window.workers = []; window.Worker = class extends Worker { constructor(...how) { super(...how); workers.push(this); } };",
        )
        .await?;
        ann.open(&links.edit).await?;
        ann.wait_saved().await?;
        open_export(&ann, "Try the API").await?;
        open(&ann, PLACE).await?;
        fill_body(&ann, PLACE, "{\"orderId\": \"1\", \"items\": \"tea\"}").await?;
        execute(&ann, PLACE).await?;
        ann.eval("(() => { const it = workers.at(-1); it.terminate(); it.dispatchEvent(new ErrorEvent('error', { message: 'gone', cancelable: true })); return true; })()").await?;
        open(&ann, ORDERS).await?;
        execute(&ann, ORDERS).await?;
        says(&ann, ORDERS, "200 OK", "{\"orderId\":\"1\",\"items\":\"tea\"").await
    })
    .await
}
