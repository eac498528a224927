//! The developer view of a run: streams, versions, positions and projections, by mouse and by keys.

use anyhow::{Result, ensure};
use e2e::{Look, Person, Stage, play, role};
use serde_json::json;

/// An order is paid for by itself; its address is personal.
const SHOP: &str = "# Shop
Place Order -> // items, email
Order Placed // orderId, items, email
// @personal email
// @policy Whenever Order Placed, Confirm Order
Confirm Order -> // orderId
// @requires Order Placed
Order Confirmed // orderId
Cancel Order -> // orderId, reason
// @requires Order Placed
// @forbids Order Cancelled
Order Cancelled // orderId, reason
Orders* // orderId, items, email, reason";

async fn developer(stage: &mut Stage, text: &str, look: Look) -> Result<Person> {
    let links = stage.server.board(text).await?;
    let ann = stage.person_with("ann", look).await?;
    ann.open(&links.edit).await?;
    ann.wait_saved().await?;
    ann.click(".run-button").await?;
    ann.click(role("radio", "Developer view")).await?;
    ann.wait_until("document.querySelector('#dev-log')").await?;
    Ok(ann)
}

async fn tab(person: &Person, name: &str) -> Result<()> {
    person.click(role("tab", name)).await?;
    let shown = format!(
        "[...document.querySelectorAll('[role=tabpanel]:not([hidden])')].some((it) => \
         document.getElementById(it.getAttribute('aria-labelledby')).textContent.startsWith({name:?}))"
    );
    person.wait_until(&shown).await.map(|_| ())
}

/// What is on screen: the top of what was opened, or the tab.
const SHOWN: &str = "document.querySelector('.dev-body:not([hidden])')";

async fn choose(person: &Person, select: &str, value: &str) -> Result<()> {
    person
        .wait_until(&format!(
            "{SHOWN}.querySelector('select[aria-label=\"{select}\"] option[value=\"{value}\"]')"
        ))
        .await?;
    let set = format!(
        "(() => {{ const it = {SHOWN}.querySelector('select[aria-label=\"{select}\"]'); it.value = {value:?}; \
         it.dispatchEvent(new Event('change', {{ bubbles: true }})); return true; }})()"
    );
    person.eval(&set).await.map(|_| ())
}

async fn fill(person: &Person, field: &str, value: &str) -> Result<()> {
    let selector = format!(".dev-body:not([hidden]) input[aria-label=\"{field}\"]");
    person.click(selector.as_str()).await?;
    person.eval("document.activeElement.select() ?? true").await?;
    if value.is_empty() { person.press("Delete").await } else { person.type_text(value).await }
}

/// Sends a command as developers do; fields that are not named keep their example.
async fn send(person: &Person, command: &str, values: &[(&str, &str)]) -> Result<()> {
    tab(person, "Send").await?;
    choose(person, "Command", command).await?;
    person.wait_until(&format!("{SHOWN}.querySelector('.dev-form')")).await?;
    for (field, value) in values {
        fill(person, field, value).await?;
    }
    let steps = person.eval(STEPS).await?.as_u64().unwrap_or(0);
    person.click(role("button", "Send the command")).await?;
    person.wait_for(STEPS, |now| now.as_u64() > Some(steps)).await.map(|_| ())
}

const STEPS: &str = "Number(document.querySelector('.dev-steps > li')?.dataset.step ?? -1) + 1";

/// The types in a list of events, as it stands.
fn types(list: &str) -> String {
    format!(
        "[...document.querySelectorAll('.dev-body:not([hidden]) [aria-label=\"{list}\"] .dev-type')].map((it) => it.textContent)"
    )
}

const LOG: &str = "Events, newest first";

async fn no_violations(person: &Person, state: &str) -> Result<()> {
    let found = person.axe().await?;
    ensure!(found.is_empty(), "{state}: {found:#?}");
    Ok(())
}

async fn open_event(person: &Person, position: u64) -> Result<()> {
    person.click(format!(".dev-body:not([hidden]) [data-position=\"{position}\"]")).await?;
    wait_event(person, position).await
}

async fn wait_event(person: &Person, position: u64) -> Result<()> {
    person
        .wait_equal(&format!("{SHOWN}.querySelector('h2')?.textContent"), format!("Event {position}"))
        .await?;
    person.wait_until(&format!("{SHOWN}.querySelector('.dev-json')")).await.map(|_| ())
}

async fn body_says(person: &Person, words: &str) -> Result<()> {
    person.wait_until(&format!("{SHOWN}.textContent.includes({words:?})")).await.map(|_| ())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_leads_to_causes_and_effects_and_to_the_stickies() -> Result<()> {
    play("dev-log", async |stage| {
        let ann = developer(stage, SHOP, Look::default()).await?;
        body_says(&ann, "Nothing has happened yet").await?;
        send(&ann, "PlaceOrder", &[("items", "tea")]).await?;
        tab(&ann, "Log").await?;
        ann.wait_equal(&types(LOG), json!(["OrderConfirmed", "OrderPlaced"])).await?;
        open_event(&ann, 2).await?;
        ann.wait_equal(&types("Led here"), json!(["OrderPlaced"])).await?;
        // The link leads to the event, and shows its sticky.
        open_event(&ann, 1).await?;
        ann.wait_equal(&types("Came of it"), json!(["OrderConfirmed"])).await?;
        ann.wait_until("document.querySelector('.note.selected')?.textContent.includes('Order Placed')")
            .await?;
        let json = ann.eval_text(&format!("{SHOWN}.querySelector('.dev-json').textContent")).await?;
        let json: serde_json::Value = serde_json::from_str(&json)?;
        ensure!(json.to_string().contains("tea"), "{json}");
        ann.press("Escape").await?;
        wait_event(&ann, 2).await?;
        ann.press("Escape").await?;
        ann.wait_equal("document.activeElement?.dataset.position", "2").await?;
        // Search and filters.
        fill(&ann, "Search type, stream or data", "TEA").await?;
        ann.wait_equal(&types(LOG), json!(["OrderPlaced"])).await?;
        ann.click(role("button", "Clear the filters")).await?;
        choose(&ann, "Type", "OrderConfirmed").await?;
        ann.wait_equal(&types(LOG), json!(["OrderConfirmed"])).await?;
        fill(&ann, "Stream", "$et-OrderPlaced").await?;
        body_says(&ann, "No event suits these filters").await?;
        no_violations(&ann, "log").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_expected_version_is_a_conflict_that_is_shown() -> Result<()> {
    play("dev-expected", async |stage| {
        let ann = developer(stage, SHOP, Look::default()).await?;
        send(&ann, "PlaceOrder", &[("orderId (required)", "7")]).await?;
        let first = format!("{SHOWN}.querySelector('.dev-steps > li')?.textContent ?? ''");
        ann.wait_until(&format!("({first}).includes('accepted')")).await?;
        ann.click(role("radio", "No stream")).await?;
        ann.click(role("button", "Send the command")).await?;
        ann.wait_until(&format!("({first}).includes('conflict') && ({first}).includes('Order-7')")).await?;
        // The stream tells its version, and leads to sending with it.
        tab(&ann, "Streams").await?;
        ann.click("[data-stream='Order-7']").await?;
        body_says(&ann, "version 2").await?;
        ann.click(role("button", "Send a command that expects this version")).await?;
        ann.wait_equal(&format!("{SHOWN}.querySelector('[value=exact]').checked"), true).await?;
        ann.click(role("button", "Send the command")).await?;
        ann.wait_until(&format!("({first}).includes('accepted')")).await?;
        no_violations(&ann, "sending").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_are_browsed_as_in_an_event_stores_admin_page() -> Result<()> {
    play("dev-streams", async |stage| {
        let ann = developer(stage, SHOP, Look::default()).await?;
        send(&ann, "PlaceOrder", &[("orderId (required)", "1")]).await?;
        send(&ann, "PlaceOrder", &[("orderId (required)", "2")]).await?;
        tab(&ann, "Streams").await?;
        let names = "[...document.querySelectorAll('[data-stream]')].map((it) => it.dataset.stream).sort()";
        ann.wait_equal(names, json!(["Order-1", "Order-2"])).await?;
        for (system, events) in [
            ("$all", json!(["OrderConfirmed", "OrderPlaced", "OrderConfirmed", "OrderPlaced"])),
            ("$ce-Order", json!(["OrderConfirmed", "OrderPlaced", "OrderConfirmed", "OrderPlaced"])),
            ("$et-OrderPlaced", json!(["OrderPlaced", "OrderPlaced"])),
        ] {
            ann.click(role("button", system)).await?;
            ann.wait_equal(&types(LOG), events).await?;
            ann.click(role("button", "Back")).await?;
        }
        fill(&ann, "Search streams", "order-2").await?;
        ann.wait_equal(names, json!(["Order-2"])).await?;
        ann.click("[data-stream='Order-2']").await?;
        ann.wait_equal(&types(LOG), json!(["OrderConfirmed", "OrderPlaced"])).await?;
        no_violations(&ann, "stream").await?;
        // Forgetting asks once more; then nobody can read the address, and the positions are what they were.
        ann.click(role("button", "Forget personal data…")).await?;
        no_violations(&ann, "asking").await?;
        ann.click(role("button", "Destroy the key")).await?;
        body_says(&ann, "forgotten").await?;
        open_event(&ann, 3).await?;
        body_says(&ann, "erased").await?;
        ann.click(role("button", "Back")).await?;
        ann.click(role("button", "Delete the stream…")).await?;
        ann.click(role("button", "Delete")).await?;
        body_says(&ann, "deleted").await?;
        body_says(&ann, "It reads as empty").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn read_models_lag_and_catch_up() -> Result<()> {
    play("dev-lag", async |stage| {
        let ann = developer(stage, SHOP, Look::default()).await?;
        tab(&ann, "Subscriptions").await?;
        ann.click("#dev-lag").await?;
        ann.wait_equal("document.querySelector('#dev-lag').checked", true).await?;
        send(&ann, "PlaceOrder", &[("orderId (required)", "1")]).await?;
        tab(&ann, "Subscriptions").await?;
        let orders = "document.querySelector('[data-subscription=Orders]')?.textContent ?? ''";
        // It hears of one of the two events that each order brings.
        ann.wait_until(&format!("({orders}).includes('1 behind')")).await?;
        no_violations(&ann, "subscriptions").await?;
        send(&ann, "PlaceOrder", &[("orderId (required)", "2")]).await?;
        tab(&ann, "Subscriptions").await?;
        ann.wait_until(&format!("({orders}).includes('2 behind')")).await?;
        ann.click(role("button", "Catch up one event")).await?;
        ann.wait_until(&format!("({orders}).includes('1 behind')")).await?;
        ann.click(role("button", "Catch up")).await?;
        ann.wait_until(&format!("({orders}).includes('live')")).await?;
        // Every cell knows the event that set it.
        ann.click(".dev-body:not([hidden]) [data-subscription=Orders] p .dev-link").await?;
        ann.wait_until(&format!("{SHOWN}.querySelector('.dev-cell')")).await?;
        no_violations(&ann, "rows").await?;
        ann.click(".dev-cell").await?;
        wait_event(&ann, 1).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_without_an_event_and_a_branch_are_compared() -> Result<()> {
    play("dev-what-if", async |stage| {
        let ann = developer(stage, SHOP, Look::default()).await?;
        send(&ann, "PlaceOrder", &[("orderId (required)", "1"), ("items", "tea")]).await?;
        send(&ann, "CancelOrder", &[("orderId (required)", "1"), ("reason", "rain")]).await?;
        tab(&ann, "Log").await?;
        open_event(&ann, 3).await?;
        ann.click(role("button", "What if it had not happened?")).await?;
        body_says(&ann, "rain").await?;
        no_violations(&ann, "comparison").await?;
        ann.click(role("button", "Back")).await?;
        // Skipped on replay it stays in the log, struck through.
        ann.click(role("button", "Skip on replay")).await?;
        body_says(&ann, "skipped").await?;
        ann.click(role("button", "Take in again")).await?;
        ann.wait_until(&format!("!{SHOWN}.textContent.includes('skipped')")).await?;
        // A branch from before it goes its own way.
        ann.click(role("button", "Branch before it")).await?;
        tab(&ann, "Log").await?;
        ann.wait_equal(&types(LOG), json!(["OrderConfirmed", "OrderPlaced"])).await?;
        send(&ann, "CancelOrder", &[("orderId (required)", "1"), ("reason", "snow")]).await?;
        tab(&ann, "What if").await?;
        no_violations(&ann, "what if").await?;
        ann.click(".dev-runs button").await?;
        body_says(&ann, "The same up to position 2").await?;
        body_says(&ann, "snow").await?;
        body_says(&ann, "rain").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn yesterdays_log_under_todays_model_is_mended_by_an_upcast() -> Result<()> {
    play("dev-replay", async |stage| {
        let ann = developer(stage, SHOP, Look::default()).await?;
        send(&ann, "PlaceOrder", &[("orderId (required)", "1"), ("items", "tea")]).await?;
        tab(&ann, "Replay").await?;
        body_says(&ann, "The whole log fits").await?;
        ann.show_text().await?;
        let text = SHOP.replace("items", "goods");
        ann.eval("document.getElementById('emd').focus() ?? true").await?;
        ann.press("Control+a").await?;
        ann.paste(&text).await?;
        ann.wait_text(&text).await?;
        ann.wait_until(&format!("{SHOWN}.querySelector('.dev-misfit')")).await?;
        no_violations(&ann, "misfits").await?;
        ann.click(".dev-misfit .button.primary").await?;
        body_says(&ann, "The whole log fits").await?;
        // The fact is as it was written; who reads it hears of goods.
        tab(&ann, "Subscriptions").await?;
        ann.click(".dev-body:not([hidden]) [data-subscription=Orders] p .dev-link").await?;
        ann.wait_equal(&format!("{SHOWN}.querySelectorAll('th')[1]?.textContent"), "goods").await?;
        ann.wait_until(&format!("{SHOWN}.querySelector('tbody').textContent.includes('tea')")).await?;
        tab(&ann, "Log").await?;
        open_event(&ann, 1).await?;
        body_says(&ann, "\"items\": \"tea\"").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_leaves_as_a_file_and_comes_into_another_run() -> Result<()> {
    play("dev-files", async |stage| {
        let ann = developer(stage, SHOP, Look::default()).await?;
        send(&ann, "PlaceOrder", &[("orderId (required)", "1"), ("items", "tea")]).await?;
        tab(&ann, "Files").await?;
        no_violations(&ann, "files").await?;
        ann.click(role("button", "Download Shop.events.jsonl")).await?;
        let lines = ann.download("Shop.events.jsonl").await?;
        ensure!(lines.trim().lines().count() == 2, "{lines}");
        ann.click(role("button", "Download Shop.cloudevents.jsonl")).await?;
        let cloud = ann.download("Shop.cloudevents.jsonl").await?;
        ensure!(cloud.contains("\"specversion\":\"1.0\""), "{cloud}");
        // The same events are known already; one of another id is not.
        ann.choose_file("#dev-import-file", "events.jsonl", &lines).await?;
        ann.wait_until("document.querySelector('.dev-import').value.includes('tea')").await?;
        ann.click(role("button", "Append them")).await?;
        ann.wait_equal("document.querySelector('.dev-import').value", "").await?;
        body_says(&ann, "0 events came in; 2 were here already.").await?;
        tab(&ann, "Log").await?;
        ann.wait_equal(&types(LOG), json!(["OrderConfirmed", "OrderPlaced"])).await?;
        tab(&ann, "Files").await?;
        ann.click(".dev-import").await?;
        ann.type_text("no json").await?;
        ann.click(role("button", "Append them")).await?;
        tab(&ann, "Send").await?;
        ann.wait_until(&format!("{SHOWN}.querySelector('.dev-steps > li').textContent.includes('rejected')"))
            .await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_log_is_turned_over_page_by_page_and_holds_still() -> Result<()> {
    play("dev-pages", async |stage| {
        let ann = developer(stage, SHOP, Look::default()).await?;
        let line = |id: u32| format!("{{\"type\":\"OrderPlaced\",\"stream\":\"Order-{id}\",\"data\":{{\"orderId\":\"{id}\",\"items\":\"tea\"}}}}\n");
        let lines: String = (1..=120).map(line).collect();
        tab(&ann, "Files").await?;
        ann.choose_file("#dev-import-file", "many.jsonl", &lines).await?;
        ann.wait_until("document.querySelector('.dev-import').value.includes('Order-120')").await?;
        ann.click(role("button", "Append them")).await?;
        tab(&ann, "Log").await?;
        let range = format!("{SHOWN}.querySelector('.dev-range').textContent");
        let first = format!("{SHOWN}.querySelector('.dev-row')?.dataset.position");
        ann.wait_equal(&range, "1–50 of 120").await?;
        ann.wait_equal(&first, "120").await?;
        ann.click(role("button", "Last page")).await?;
        ann.wait_equal(&range, "101–120 of 120").await?;
        ann.click(role("button", "Previous page")).await?;
        ann.wait_equal(&first, "70").await?;
        // What happens meanwhile does not push the rows along.
        send(&ann, "PlaceOrder", &[("orderId (required)", "200")]).await?;
        tab(&ann, "Log").await?;
        ann.wait_equal(&first, "70").await?;
        body_says(&ann, "Held").await?;
        ann.click(role("button", "First page")).await?;
        ann.wait_equal(&first, "122").await?;
        ann.wait_equal(&format!("{SHOWN}.querySelectorAll('.dev-row').length"), 50).await?;
        // Any position can be gone to.
        fill(&ann, "Go to position", "61").await?;
        ann.press("Enter").await?;
        wait_event(&ann, 61).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_it_is_as_of_the_moment_that_is_looked_at() -> Result<()> {
    play("dev-moment", async |stage| {
        let ann = developer(stage, SHOP, Look::default()).await?;
        send(&ann, "PlaceOrder", &[("orderId (required)", "1")]).await?;
        send(&ann, "PlaceOrder", &[("orderId (required)", "2")]).await?;
        tab(&ann, "Log").await?;
        open_event(&ann, 1).await?;
        ann.click(role("button", "Travel here")).await?;
        ann.wait_equal("document.querySelector('.dev-moment')?.textContent", "As of position 1").await?;
        ann.press("Escape").await?;
        ann.wait_equal(&types(LOG), json!(["OrderPlaced"])).await?;
        tab(&ann, "Streams").await?;
        let names = "[...document.querySelectorAll('[data-stream]')].map((it) => it.dataset.stream)";
        ann.wait_equal(names, json!(["Order-1"])).await?;
        body_says(&ann, "version 1").await?;
        no_violations(&ann, "the past").await?;
        ann.click(role("button", "Now")).await?;
        ann.wait_equal(names, json!(["Order-2", "Order-1"])).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_reach_everything_on_a_phone_and_in_the_dark_too() -> Result<()> {
    play("dev-keys", async |stage| {
        let ann = developer(stage, SHOP, Look::phone().dark()).await?;
        send(&ann, "PlaceOrder", &[("orderId (required)", "1")]).await?;
        ann.eval("document.querySelector('#dev-tab-send').focus() ?? true").await?;
        let focus = "document.activeElement?.id";
        for (key, tab) in [
            ("End", "dev-tab-crowd"),
            ("ArrowRight", "dev-tab-log"),
            ("ArrowRight", "dev-tab-streams"),
            ("Home", "dev-tab-log"),
        ] {
            ann.press(key).await?;
            ann.wait_equal(focus, tab).await?;
            no_violations(&ann, tab).await?;
        }
        ann.wait_equal(&types(LOG), json!(["OrderConfirmed", "OrderPlaced"])).await?;
        let row = "document.activeElement?.dataset.position ?? ''";
        for _ in 0..20 {
            if ann.eval(row).await? == "2" {
                break;
            }
            ann.press("Tab").await?;
        }
        ann.wait_equal(row, "2").await?;
        ann.press("ArrowDown").await?;
        ann.wait_equal(row, "1").await?;
        ann.press("Enter").await?;
        wait_event(&ann, 1).await?;
        ann.wait_equal("document.activeElement?.ariaLabel", "Back").await?;
        no_violations(&ann, "event").await?;
        ann.tab_to("button", "What if it had not happened?").await?;
        ann.press("Enter").await?;
        body_says(&ann, "Only").await.or(body_says(&ann, "Cells").await)?;
        no_violations(&ann, "comparison").await?;
        ann.press("Escape").await?;
        wait_event(&ann, 1).await?;
        ann.press("Escape").await?;
        ann.wait_equal(row, "1").await?;
        // Nothing is wider than the screen.
        ann.wait_until("document.documentElement.scrollWidth <= innerWidth").await.map(|_| ())
    })
    .await
}
