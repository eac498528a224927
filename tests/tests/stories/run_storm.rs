//! A crowd of made-up people plays the board: by what is written on the page, and by nothing else.

use anyhow::{Result, ensure};
use e2e::{Look, Person, Stage, play, role, sticky};
use serde_json::Value;

const COFFEE_SHOP: &str = include_str!("../../../app/assets/coffee-shop.emd");

/// Parcels that are lost are lost for ever, and nobody can pay.
const DEAD_ENDS: &str = "# Parcels
Send Parcel -> // address
// @forbids Parcel Sent
Parcel Sent // parcelId, address
Lose Parcel -> // parcelId
// @requires Parcel Sent
// @forbids Parcel Lost
// @forbids Parcel Delivered
Parcel Lost // parcelId
Deliver Parcel -> // parcelId
// @requires Parcel Sent
// @forbids Parcel Lost
// @forbids Parcel Delivered
Parcel Delivered // parcelId
Open Parcel -> // parcelId
// @requires Parcel Delivered
// @forbids Parcel Opened
Parcel Opened // parcelId
Write Bill -> // amount
Bill Written // billId, amount
Pay Bill -> // billId
// @requires Bill Written
// @forbids Bill Written
Bill Paid // billId
Bills* // billId, amount";

async fn opened(stage: &mut Stage, text: &str, look: Look) -> Result<Person> {
    let links = stage.server.board(text).await?;
    let ann = stage.person_with("ann", look).await?;
    ann.open(&links.edit).await?;
    ann.wait_saved().await?;
    ann.click(role("button", "Run")).await?;
    // The list of what can be done moves what is below it.
    ann.wait_until("document.querySelector('.run-choose li, .run-choose .run-row') !== null").await?;
    press(&ann, "Let a crowd play").await?;
    shows(&ann, "Made-up people play your model").await?;
    Ok(ann)
}

const CROWD: &str = "document.querySelector('section[aria-label=\"A crowd\"]')";

async fn shows(person: &Person, words: &str) -> Result<()> {
    let words = Value::from(words);
    person.wait_until(&format!("{CROWD}?.innerText.includes({words})")).await.map(|_| ())
}

async fn fill(person: &Person, label: &str, number: &str) -> Result<()> {
    person.click(role("spinbutton", label)).await?;
    person.press("Control+a").await?;
    person.type_text(number).await?;
    person.press("Tab").await
}

/// Presses a button, wherever the pane is scrolled to.
async fn press(person: &Person, button: &str) -> Result<()> {
    let name = Value::from(button);
    let there = format!(
        "(() => {{ const found = [...{CROWD}.querySelectorAll('button')].find((it) => it.innerText.trim() === {name}); \
         found?.scrollIntoView({{ block: 'center' }}); return !!found; }})()"
    );
    person.wait_until(&there).await?;
    person.click(role("button", button)).await
}

/// The run itself, outside of what the crowd did.
async fn run_shows(person: &Person, words: &str) -> Result<()> {
    let words = Value::from(words);
    let pane = "document.querySelector('section[aria-label=Run]')";
    person.wait_until(&format!("{pane}?.innerText.includes({words})")).await.map(|_| ())
}

async fn no_violations(person: &Person) -> Result<()> {
    let found = person.axe().await?;
    ensure!(found.is_empty(), "{found:#?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_plays_a_copy_until_somebody_keeps_what_it_did() -> Result<()> {
    play("storm-copy", async |stage| {
        let ann = opened(stage, COFFEE_SHOP, Look::default()).await?;
        fill(&ann, "People", "5").await?;
        // Nobody gets more than there can be.
        fill(&ann, "Things they do", "4000000000").await?;
        let wished = format!("{CROWD}.querySelectorAll('input[type=number]')[1].value");
        ann.wait_equal(&wished, "100000").await?;
        fill(&ann, "Things they do", "600").await?;
        press(&ann, "Start").await?;
        for words in ["600\ndone", "Events over time", "What happened", "Questions for the wall", "Hot spots"] {
            shows(&ann, words).await?;
        }
        run_shows(&ann, "Nothing has happened yet").await?;
        let seen = ann.eval_text(&format!("{CROWD}.innerText")).await?;
        ensure!(!seen.contains("Order-") && !seen.contains("Drink-"), "the name of a stream is on the screen: {seen}");
        // The numbers behind the columns add up.
        let sum = format!(
            "[...{CROWD}.querySelectorAll('section[aria-label=\"Events over time\"] td')].reduce((sum, it) => sum + Number(it.textContent), 0)"
        );
        let events = format!("Number([...{CROWD}.querySelectorAll('dt')].find((it) => it.textContent === 'events').previousSibling.textContent)");
        ensure!(ann.eval(&sum).await? == ann.eval(&events).await?, "the table holds other events than the tiles");
        no_violations(&ann).await?;

        press(&ann, "Keep what they did").await?;
        ann.wait_until("!document.querySelector('section[aria-label=Run]').innerText.includes('Nothing has happened yet')")
            .await?;
        run_shows(&ann, "a storm of 600 commands").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_can_be_stopped_and_another_one_called() -> Result<()> {
    play("storm-cancel", async |stage| {
        let ann = opened(stage, COFFEE_SHOP, Look::default()).await?;
        fill(&ann, "Things they do", "100000").await?;
        // A hundred thousand things are done before a hand finds the other button.
        let quick = format!(
            "new Promise((done) => {{ \
             const press = (name) => [...{CROWD}.querySelectorAll('button')].find((it) => it.innerText === name)?.click(); \
             press('Start'); requestAnimationFrame(() => {{ press('Stop'); done(true); }}); }})"
        );
        ann.wait_until(&quick).await?;
        shows(&ann, "Stopped. Nothing was kept.").await?;
        run_shows(&ann, "Nothing has happened yet").await?;
        fill(&ann, "Things they do", "100").await?;
        press(&ann, "Start").await?;
        shows(&ann, "100\ndone").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn dead_ends_are_offered_as_hotspots() -> Result<()> {
    play("storm-questions", async |stage| {
        let ann = opened(stage, DEAD_ENDS, Look::default()).await?;
        fill(&ann, "Things they do", "300").await?;
        press(&ann, "Start").await?;
        shows(&ann, "How does \"Pay Bill\" ever succeed?").await?;
        shows(&ann, "What happens after \"Parcel Lost\"?").await?;
        shows(&ann, "The way there: Send Parcel → Lose Parcel").await?;
        let put = format!(
            "[...{CROWD}.querySelectorAll('li')].find((it) => it.innerText.includes('Parcel Lost')).querySelector('button').click()"
        );
        ann.eval(&put).await?;
        ann.find(sticky("hotspot", "What happens after \"Parcel Lost\"?")).await?;
        shows(&ann, "On the wall").await?;
        // The first hotspot has moved the lines below it: the second one finds its own all the same.
        ann.eval(&put.replace("'Parcel Lost'", "'Pay Bill'")).await?;
        ann.find(sticky("hotspot", "How does \"Pay Bill\" ever succeed?")).await?;
        ann.wait_saved().await?;
        ann.show_text().await?;
        let text = ann.text().await?;
        for beside in ["Parcel Lost // parcelId\n// @hotspot What", "// @forbids Bill Written\n// @hotspot How"] {
            ensure!(text.contains(beside), "{beside} is not in:\n{text}");
        }
        // The report is there in the developer view too, with the names of streams.
        ann.click(role("radio", "Developer view")).await?;
        ann.click(role("tab", "Crowd")).await?;
        shows(&ann, "Parcel-").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn hot_spots_stand_on_the_wall_while_somebody_wants_them() -> Result<()> {
    play("storm-heat", async |stage| {
        let ann = opened(stage, COFFEE_SHOP, Look::default()).await?;
        fill(&ann, "Things they do", "300").await?;
        press(&ann, "Start").await?;
        shows(&ann, "Hot spots").await?;
        let numbered = "document.querySelectorAll('.storm-overlay span').length";
        ann.wait_equal(numbered, 0).await?;
        ann.click(role("checkbox", "Show on the wall")).await?;
        ann.wait_equal(numbered, 8).await?;
        ann.click(role("checkbox", "Show on the wall")).await?;
        ann.wait_equal(numbered, 0).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_fits_a_phone_in_the_dark() -> Result<()> {
    play("storm-phone", async |stage| {
        let look = Look { width: 390, height: 844, dark: true, ..Look::default() };
        let ann = opened(stage, DEAD_ENDS, look).await?;
        press(&ann, "Start").await?;
        shows(&ann, "2,000\ndone").await?;
        let wide = format!("{CROWD}.scrollWidth <= {CROWD}.clientWidth + 1");
        ann.wait_until(&wide).await?;
        no_violations(&ann).await
    })
    .await
}
