//! Somebody who has never seen an event store plays a board: by what is written on buttons, fields and stickies, and
//! by nothing else.

mod pane;

use anyhow::{Result, ensure};
use e2e::{Look, Person, Stage, play, role, sticky};
use serde_json::Value;

const COFFEE_SHOP: &str = include_str!("../../../app/assets/coffee-shop.emd");

/// LES's to-do list, with the user who can be deleted and validated as in its guide.
const TODO_LIST: &str = "# TODO List
Register -> // email, password
// @required email
User Registered // userId, email, password
// @hashed password
User Lookup* // userId, email
Validate User -> // userId
// @requires User Registered
// @forbids User Deleted
User Validated // userId
Delete User -> // userId
// @requires User Registered
User Deleted // userId
Add Item -> // userId, description
// @required description
Todo Added // todoId, userId, description
TODO List* // todoId, description, isComplete
Mark Complete -> // todoId
// @requires Todo Added
Todo Completed // todoId, isComplete";

async fn opened(stage: &mut Stage, text: &str, look: Look) -> Result<Person> {
    let links = stage.server.board(text).await?;
    let ann = stage.person_with("ann", look).await?;
    runs(&ann, &links.edit).await?;
    Ok(ann)
}

async fn sits_down(stage: &mut Stage, name: &str, url: &str) -> Result<Person> {
    let person = stage.person_with(name, Look::default()).await?;
    runs(&person, url).await?;
    Ok(person)
}

async fn runs(person: &Person, url: &str) -> Result<()> {
    person.open(url).await?;
    person.wait_saved().await?;
    person.click(role("button", "Run")).await?;
    shows(person, "What happens next?").await
}

/// Waits until the pane shows these words.
async fn shows(person: &Person, words: &str) -> Result<()> {
    let words = Value::from(words);
    let seen = format!("document.querySelector('section[aria-label=Run]')?.innerText.includes({words})");
    person.wait_until(&seen).await.map(|_| ())
}

async fn shows_no(person: &Person, words: &str) -> Result<()> {
    let words = Value::from(words);
    let seen = format!("!document.querySelector('section[aria-label=Run]')?.innerText.includes({words})");
    person.wait_until(&seen).await.map(|_| ())
}

/// Waits until these words stand on the wall, over the stickies.
async fn stands_on_the_wall(person: &Person, words: &str) -> Result<()> {
    let words = Value::from(words);
    person
        .wait_until(&format!("document.querySelector('#wall').innerText.includes({words})"))
        .await
        .map(|_| ())
}

/// What a screen reader is told.
async fn hears(person: &Person, words: &str) -> Result<()> {
    let words = Value::from(words);
    let said = "[...document.querySelectorAll('[aria-live]')].map((it) => it.textContent).join(' ')";
    person.wait_until(&format!("{said}.includes({words})")).await.map(|_| ())
}

/// Writes into a field by its label.
async fn fill(person: &Person, label: &str, words: &str) -> Result<()> {
    person.click(role("textbox", label)).await?;
    person.press("Control+a").await?;
    match words {
        "" => person.press("Delete").await,
        words => person.type_text(words).await,
    }
}

/// What stands in a field, by its label.
fn value_of(label: &str) -> String {
    let label = Value::from(label);
    format!(
        "document.getElementById([...document.querySelectorAll('.run-pane label')]\
         .find((it) => it.textContent === {label})?.htmlFor)?.value"
    )
}

/// Chooses from a list by its label, with the first letters of the choice.
async fn pick(person: &Person, label: &str, choice: &str) -> Result<()> {
    person.find(role("combobox", label)).await?;
    let (label, choice) = (Value::from(label), Value::from(choice));
    let found = format!(
        "(() => {{ const name = [...document.querySelectorAll('label')].find((it) => it.textContent === {label}); \
         const list = document.getElementById(name?.htmlFor); \
         const option = [...(list?.options ?? [])].find((it) => it.text.startsWith({choice})); \
         if (!option) return false; \
         list.focus(); list.value = option.value; \
         list.dispatchEvent(new Event('input', {{ bubbles: true }})); \
         list.dispatchEvent(new Event('change', {{ bubbles: true }})); return true; }})()"
    );
    person.wait_until(&found).await.map(|_| ())
}

/// Chooses what somebody does, and waits for its form.
async fn begin(person: &Person, command: &str) -> Result<()> {
    if person.exists(role("button", "Choose something else")).await? {
        person.click(role("button", "Choose something else")).await?;
    }
    shows(person, "What happens next?").await?;
    person.click(role("button", command)).await?;
    person.find(role("form", command)).await.map(|_| ())
}

async fn send(person: &Person, command: &str) -> Result<()> {
    person.click(role("button", command)).await
}

/// The words of a table, row by row.
fn rows_of(table: &str) -> String {
    let table = Value::from(table);
    format!(
        "(() => {{ const found = [...document.querySelectorAll('table')].find((it) => it.caption?.textContent === {table}); \
         return [...(found?.tBodies[0]?.rows ?? [])].map((row) => [...row.cells].map((cell) => \
         [...cell.childNodes].filter((it) => it.nodeType === 3).map((it) => it.data).join(''))); }})()"
    )
}

async fn wait_rows(person: &Person, table: &str, count: usize) -> Result<()> {
    person.wait_equal(&format!("{}.length", rows_of(table)), count).await
}

async fn no_violations(person: &Person) -> Result<()> {
    let found = person.axe().await?;
    ensure!(found.is_empty(), "{found:#?}");
    Ok(())
}

/// Nothing of the machine room is on the screen: no JSON, no version, no stream.
async fn speaks_plainly(person: &Person) -> Result<()> {
    let seen = person.eval_text("document.querySelector('section[aria-label=Run]').innerText").await?;
    for machine in ["{\"", "version", "$all", "$ce-", "$et-", "stream", "position", "correlation"] {
        ensure!(!seen.to_lowercase().contains(machine), "`{machine}` is on the screen:\n{seen}");
    }
    let streams =
        "/\\b[A-Z]\\w+-[0-9a-f]{8}/.test(document.querySelector('section[aria-label=Run]').innerText)";
    ensure!(
        person.eval(streams).await? == Value::Bool(false),
        "the name of a stream is on the screen:\n{seen}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blue_sticky_is_played_with_a_click_and_enter() -> Result<()> {
    play("run-click", async |stage| {
        let ann = opened(stage, COFFEE_SHOP, Look::default()).await?;
        ann.click(sticky("command", "Add Drink")).await?;
        ann.find(role("form", "Add Drink")).await?;
        let name = "document.activeElement?.labels?.[0]?.textContent";
        ann.wait_equal(name, "Name").await?;
        ensure!(
            ann.eval("document.activeElement.value !== ''").await? == Value::Bool(true),
            "a form begins with sensible values"
        );
        ann.press("Enter").await?;
        shows(&ann, "Drink Added").await?;
        hears(&ann, "Drink Added happened. Menu changed.").await?;
        wait_rows(&ann, "Menu", 1).await?;
        speaks_plainly(&ann).await?;
        no_violations(&ann).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_goes_on_from_policy_to_policy() -> Result<()> {
    play("run-chain", async |stage| {
        let ann = opened(stage, COFFEE_SHOP, Look::default()).await?;
        begin(&ann, "Add Drink").await?;
        fill(&ann, "Name", "Espresso").await?;
        send(&ann, "Add Drink").await?;
        wait_rows(&ann, "Menu", 1).await?;

        begin(&ann, "Place Order").await?;
        pick(&ann, "Drink", "Espresso").await?;
        fill(&ann, "Guest name", "Bob").await?;
        send(&ann, "Place Order").await?;
        hears(&ann, "Order Placed happened.").await?;

        begin(&ann, "Pay Order").await?;
        send(&ann, "Pay Order").await?;
        hears(&ann, "Order Paid and Brew Queued happened.").await?;
        let told = "[...document.querySelectorAll('ol[aria-label=\"What happened\"] button')].map((it) => it.innerText.replace('\\n', ' / '))";
        let told = ann.eval(told).await?.to_string();
        for (earlier, later) in
            [("Pay Order", "Order Paid"), ("Order Paid", "Queue Brew"), ("Queue Brew", "Brew Queued")]
        {
            let at = |words: &str| told.find(words);
            ensure!(at(earlier) < at(later), "{earlier} comes before {later}: {told}");
        }
        wait_rows(&ann, "Brew List", 1).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_todo_list_answers_as_les_does() -> Result<()> {
    play("run-les", async |stage| {
        let ann = opened(stage, TODO_LIST, Look::default()).await?;
        // Register a user.
        begin(&ann, "Register").await?;
        fill(&ann, "Email", "ann@example.org").await?;
        send(&ann, "Register").await?;
        hears(&ann, "User Registered happened.").await?;
        wait_rows(&ann, "User Lookup", 1).await?;

        // Add an item for a user who does not exist.
        begin(&ann, "Add Item").await?;
        pick(&ann, "User", "Something else").await?;
        fill(&ann, "User", "42").await?;
        fill(&ann, "Description", "Milk").await?;
        send(&ann, "Add Item").await?;
        shows(&ann, "This user is not in User Lookup").await?;
        stands_on_the_wall(&ann, "This user is not in User Lookup").await?;
        hears(&ann, "Add Item was refused. This user is not in User Lookup").await?;
        ann.wait_equal("document.activeElement?.labels?.[0]?.textContent", "User").await?;

        // Omit a mandatory field: all failures are listed, each beside its field.
        fill(&ann, "Description", "").await?;
        send(&ann, "Add Item").await?;
        shows(&ann, "Please fill in the description.").await?;
        shows(&ann, "This user is not in User Lookup").await?;
        no_violations(&ann).await?;

        ann.click(role("button", "Choose from what there is")).await?;
        fill(&ann, "Description", "Milk").await?;
        send(&ann, "Add Item").await?;
        hears(&ann, "Todo Added happened.").await?;
        shows_no(&ann, "Please fill in").await?;
        wait_rows(&ann, "TODO List", 1).await?;

        // Validate a user who was deleted.
        begin(&ann, "Delete User").await?;
        send(&ann, "Delete User").await?;
        hears(&ann, "User Deleted happened.").await?;
        begin(&ann, "Validate User").await?;
        send(&ann, "Validate User").await?;
        shows(&ann, "That is too late: “User Deleted” has happened already.").await?;
        stands_on_the_wall(&ann, "“User Deleted” has happened already.").await?;
        speaks_plainly(&ann).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_slider_goes_back_in_time() -> Result<()> {
    play("run-time", async |stage| {
        let ann = opened(stage, TODO_LIST, Look::default()).await?;
        begin(&ann, "Add Item").await?;
        for item in ["Milk", "Bread", "Tea"] {
            begin(&ann, "Register").await?;
            fill(&ann, "Email", &format!("{}@example.org", item.to_lowercase())).await?;
            send(&ann, "Register").await?;
            shows(&ann, &format!("{}@example.org", item.to_lowercase())).await?;
        }
        wait_rows(&ann, "User Lookup", 3).await?;
        shows(&ann, "3 of 3").await?;

        ann.click(role("button", "One event back")).await?;
        wait_rows(&ann, "User Lookup", 2).await?;
        shows(&ann, "2 of 3").await?;
        // The keys of Redux DevTools, while the run has the focus.
        ann.press("Control+[").await?;
        wait_rows(&ann, "User Lookup", 1).await?;
        ann.press("Control+]").await?;
        wait_rows(&ann, "User Lookup", 2).await?;
        ann.wait_equal(
            "document.querySelector('input[type=range]').ariaValueText.includes('User Registered')",
            true,
        )
        .await?;
        // The slider itself, by its keys.
        ann.eval("document.querySelector('input[type=range]').focus()").await?;
        ann.press("Home").await?;
        shows(&ann, "Before anything happened").await?;
        shows(&ann, "Nothing in it yet").await?;
        // Plays to the end by itself, and is now again.
        ann.press("Control+j").await?;
        wait_rows(&ann, "User Lookup", 3).await?;
        ann.wait_until("!document.body.innerText.includes('Before anything happened')").await?;
        shows(&ann, "3 of 3").await?;
        no_violations(&ann).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_wait_and_ask_when_they_are_told_to() -> Result<()> {
    play("run-policies", async |stage| {
        let board = "# Shop
Place Order -> // item
Order Placed // orderId, item
// @policy Whenever Order Placed, Reserve Stock
Reserve Stock -> // orderId
// @free orderId
Stock Reserved // orderId
// @policy Whenever Order Placed, and the guest is a regular, Send Gift
Send Gift -> // orderId
// @free orderId
Gift Sent // giftId, orderId
Orders* // orderId, item";
        let ann = opened(stage, board, Look::default()).await?;
        ann.click(role("radio", "When I say so")).await?;
        begin(&ann, "Place Order").await?;
        send(&ann, "Place Order").await?;
        shows(&ann, "2 policies wait for you").await?;
        shows(&ann, "Is it true that the guest is a regular?").await?;
        ann.click(role("button", "Let it act")).await?;
        hears(&ann, "Stock Reserved happened.").await?;
        shows(&ann, "1 policy waits for you").await?;
        ann.click(role("button", "Yes")).await?;
        hears(&ann, "Gift Sent happened.").await?;
        shows_no(&ann, "waits for you").await?;
        no_violations(&ann).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_becomes_a_scenario_with_one_button() -> Result<()> {
    play("run-record", async |stage| {
        let ann = opened(stage, TODO_LIST, Look::default()).await?;
        begin(&ann, "Register").await?;
        fill(&ann, "Email", "ann@example.org").await?;
        send(&ann, "Register").await?;
        hears(&ann, "User Registered happened.").await?;
        ann.click(role("button", "Keep as scenario")).await?;
        ann.show_text().await?;
        let text = "document.getElementById('emd').value";
        ann.wait_until(&format!("{text}.includes('// @scenario')")).await?;
        let written = ann.text().await?;
        ensure!(written.starts_with(TODO_LIST), "{written}");
        ensure!(
            written.contains("// @when Register // ") && written.contains("ann@example.org"),
            "{written}"
        );
        ensure!(written.contains("// @then User Registered"), "{written}");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_have_names_begin_anew_and_can_be_ones_own() -> Result<()> {
    play("run-runs", async |stage| {
        let ann = opened(stage, TODO_LIST, Look::default()).await?;
        begin(&ann, "Register").await?;
        send(&ann, "Register").await?;
        wait_rows(&ann, "User Lookup", 1).await?;

        ann.click(role("button", "Everybody’s run shared")).await?;
        ann.click(role("button", "New run")).await?;
        ann.type_text("Rehearsal").await?;
        ann.click(role("radio", "Alone, in this browser")).await?;
        ann.press("Enter").await?;
        ann.find(role("button", "Rehearsal only you")).await?;
        wait_rows(&ann, "User Lookup", 0).await?;
        begin(&ann, "Register").await?;
        send(&ann, "Register").await?;
        send(&ann, "Register").await?;
        wait_rows(&ann, "User Lookup", 2).await?;

        ann.click(role("button", "Rehearsal only you")).await?;
        ann.click(role("button", "Start over")).await?;
        ann.click(role("button", "Start over: everything that happened in this run is taken back")).await?;
        wait_rows(&ann, "User Lookup", 0).await?;

        ann.click(role("button", "Rehearsal only you")).await?;
        ann.click(role("button", "Everybody’s run shared")).await?;
        wait_rows(&ann, "User Lookup", 1).await?;
        // What was done here before is no news because another run was looked at meanwhile.
        ann.wait_equal("document.querySelectorAll('tr[data-new]').length", 0).await
    })
    .await
}
