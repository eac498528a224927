//! One run for everybody on a board: all drive it, all see the same, whoever comes later and whoever was away too.
//! And runs of one's own beside it.

use anyhow::{Result, ensure};
use e2e::{Look, Person, Stage, play, role, sticky};
use serde_json::Value;

const TODO_LIST: &str = "# TODO List
Add Todo -> // description
// @required description
Todo Added // todoId, description
Mark Complete -> // todoId
// @requires Todo Added
Todo Completed // todoId, isComplete
TODO List* // todoId, description, isComplete";

const SCENARIOS: &str = "# TODO List
Add Todo -> // description
Todo Added // todoId, description
Mark Complete -> // todoId
// @requires Todo Added
Todo Completed // todoId, isComplete
TODO List* // todoId, description, isComplete
// @scenario A todo is completed
// @given Todo Added // todoId: 1, description: Milk
// @when Mark Complete // todoId: 1
// @then Todo Completed // todoId: 1
// @scenario Nothing is completed twice
// @given Todo Added // todoId: 1, description: Milk
// @given Todo Completed // todoId: 1
// @when Mark Complete // todoId: 1
// @then rejected: Cannot MarkComplete. TodoCompleted must not have occurred.";

const PANE: &str = "document.querySelector('section[aria-label=Run]')";

async fn sits_down(stage: &mut Stage, name: &str, url: &str) -> Result<Person> {
    let person = stage.person(name).await?;
    person.open(url).await?;
    person.wait_saved().await?;
    Ok(person)
}

/// Opens the run.
async fn runs(stage: &mut Stage, name: &str, url: &str) -> Result<Person> {
    let person = sits_down(stage, name, url).await?;
    person.click(role("button", "Run")).await?;
    shows(&person, "What people see").await?;
    Ok(person)
}

async fn shows(person: &Person, words: &str) -> Result<()> {
    let words = Value::from(words);
    person.wait_until(&format!("{PANE}?.innerText.includes({words})")).await.map(|_| ())
}

/// Waits until this is said in the corner, where people and screen readers get it.
async fn is_told(person: &Person, words: &str) -> Result<()> {
    let words = Value::from(words);
    person.wait_until(&format!("document.body.innerText.includes({words})")).await.map(|_| ())
}

/// Adds a todo with the words that the form proposes.
async fn adds_a_todo(person: &Person) -> Result<()> {
    if !person.exists(role("form", "Add Todo")).await? {
        person.click(role("button", "Add Todo")).await?;
        person.find(role("form", "Add Todo")).await?;
    }
    person.click(role("button", "Add Todo")).await
}

fn rows() -> String {
    "[...(document.querySelector('.run-table table')?.tBodies[0]?.rows ?? [])].map((row) => row.innerText)"
        .to_owned()
}

async fn wait_rows(person: &Person, count: usize) -> Result<()> {
    person.wait_equal(&format!("{}.length", rows()), count).await
}

/// The whole log with every id and time, as its file says it.
async fn log_of(person: &Person) -> Result<Vec<Value>> {
    person.click(role("radio", "Developer view")).await?;
    person.click(role("tab", "Files")).await?;
    person.click(role("button", "Download TODO List.events.jsonl")).await?;
    let file = person.download("TODO List.events.jsonl").await?;
    person.click(role("radio", "Play")).await?;
    Ok(file.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_drive_one_run_and_who_comes_later_sees_the_same() -> Result<()> {
    play("run-shared", async |stage| {
        let links = stage.server.board(TODO_LIST).await?;
        let ann = runs(stage, "ann", &links.edit).await?;
        let bob = runs(stage, "bob", &links.edit).await?;
        adds_a_todo(&ann).await?;
        wait_rows(&bob, 1).await?;
        adds_a_todo(&bob).await?;
        wait_rows(&ann, 2).await?;
        adds_a_todo(&ann).await?;
        wait_rows(&bob, 3).await?;
        let log = log_of(&ann).await?;
        ensure!(log.len() == 3, "{log:#?}");
        ensure!(log_of(&bob).await? == log);
        let cleo = runs(stage, "cleo", &links.edit).await?;
        wait_rows(&cleo, 3).await?;
        ensure!(log_of(&cleo).await? == log, "who joins later sees another log");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_without_the_server_joins_the_run() -> Result<()> {
    play("run-offline", async |stage| {
        let links = stage.server.board(TODO_LIST).await?;
        let ann = runs(stage, "ann", &links.edit).await?;
        let bob = runs(stage, "bob", &links.edit).await?;
        adds_a_todo(&ann).await?;
        wait_rows(&bob, 1).await?;
        ann.offline(true);
        ann.wait_save_state("offline").await?;
        adds_a_todo(&ann).await?;
        wait_rows(&ann, 2).await?;
        adds_a_todo(&bob).await?;
        wait_rows(&bob, 2).await?;
        ann.offline(false);
        wait_rows(&ann, 3).await?;
        wait_rows(&bob, 3).await?;
        ensure!(log_of(&ann).await? == log_of(&bob).await?);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_somebody_begins_anew_is_anew_for_all() -> Result<()> {
    play("run-reset", async |stage| {
        let links = stage.server.board(TODO_LIST).await?;
        let ann = runs(stage, "ann", &links.edit).await?;
        let bob = runs(stage, "bob", &links.edit).await?;
        adds_a_todo(&ann).await?;
        adds_a_todo(&ann).await?;
        wait_rows(&bob, 2).await?;
        // Bob looks at an earlier moment, which is gone a moment later.
        bob.click(role("button", "One event back")).await?;
        wait_rows(&bob, 1).await?;
        ann.click(role("button", "Everybody’s run shared")).await?;
        ann.click(role("button", "Start over")).await?;
        ann.click(role("button", "Start over: everything that happened in this run is taken back")).await?;
        is_told(&bob, "began this run anew.").await?;
        wait_rows(&bob, 0).await?;
        adds_a_todo(&bob).await?;
        wait_rows(&ann, 1).await?;
        wait_rows(&bob, 1).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_of_ones_own_is_seen_by_nobody_else_and_is_there_again_after_a_reload() -> Result<()> {
    play("run-alone", async |stage| {
        let links = stage.server.board(TODO_LIST).await?;
        let ann = runs(stage, "ann", &links.edit).await?;
        let bob = runs(stage, "bob", &links.edit).await?;
        ann.click(role("button", "Everybody’s run shared")).await?;
        ann.click(role("button", "New run")).await?;
        ann.type_text("Mine").await?;
        ann.click(role("radio", "Alone, in this browser")).await?;
        ann.press("Enter").await?;
        ann.find(role("button", "Mine only you")).await?;
        adds_a_todo(&ann).await?;
        wait_rows(&ann, 1).await?;
        let mine = log_of(&ann).await?;
        adds_a_todo(&bob).await?;
        wait_rows(&bob, 1).await?;
        adds_a_todo(&bob).await?;
        wait_rows(&bob, 2).await?;
        wait_rows(&ann, 1).await?;
        ann.reload().await?;
        ann.click(role("button", "Run")).await?;
        wait_rows(&ann, 2).await?;
        ann.click(role("button", "Everybody’s run shared")).await?;
        ann.click(role("button", "Mine only you")).await?;
        wait_rows(&ann, 1).await?;
        ensure!(log_of(&ann).await? == mine);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_views_watches_and_may_play_alone() -> Result<()> {
    play("run-shared-viewer", async |stage| {
        let links = stage.server.board(TODO_LIST).await?;
        let ann = runs(stage, "ann", &links.edit).await?;
        let vic = stage.person("vic").await?;
        vic.open(&links.view).await?;
        vic.wait_until("document.querySelector('.board-page[data-hands]') !== null").await?;
        vic.click(role("button", "Run")).await?;
        shows(&vic, "What people see").await?;
        adds_a_todo(&ann).await?;
        wait_rows(&vic, 1).await?;
        shows(&vic, "You can watch this run.").await?;
        vic.click(role("button", "Play alone")).await?;
        wait_rows(&vic, 0).await?;
        adds_a_todo(&vic).await?;
        wait_rows(&vic, 1).await?;
        adds_a_todo(&ann).await?;
        wait_rows(&ann, 2).await?;
        wait_rows(&vic, 1).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_goes_on_under_the_board_as_it_is_edited() -> Result<()> {
    play("run-edited", async |stage| {
        let links = stage.server.board(TODO_LIST).await?;
        let ann = runs(stage, "ann", &links.edit).await?;
        adds_a_todo(&ann).await?;
        wait_rows(&ann, 1).await?;
        ann.click(role("button", "Text")).await?;
        ann.wait_until("document.querySelector('#emd') !== null").await?;
        let text = TODO_LIST.replace("// description\n", "// description, price\n");
        let text = text.replace("todoId, description", "todoId, description, price");
        ann.click("#emd").await?;
        ann.press("Control+a").await?;
        ann.paste(&text).await?;
        ann.wait_text(&text).await?;
        // The form asks for what is new; what happened before stays as it happened.
        ann.find(role("textbox", "Price")).await?;
        adds_a_todo(&ann).await?;
        wait_rows(&ann, 2).await?;
        let log = log_of(&ann).await?;
        let cleo = runs(stage, "cleo", &links.edit).await?;
        wait_rows(&cleo, 2).await?;
        ensure!(log_of(&cleo).await? == log, "who joins later computes it under the same texts");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn scenarios_are_played_on_each_change_and_say_what_happened() -> Result<()> {
    play("run-scenarios", async |stage| {
        let links = stage.server.board(SCENARIOS).await?;
        let ann = sits_down(stage, "ann", &links.edit).await?;
        let words = "[...document.querySelectorAll('.verdict')].map((it) => it.innerText.split('\\n')[0])";
        ann.wait_equal(words, serde_json::json!(["passes", "fails"])).await?;

        // In the text, beside the lines; and among the findings with what was expected beside what happened.
        ann.show_text().await?;
        let signs = |holds: bool| {
            format!(
                "[...document.querySelectorAll('.row-tried[data-holds={holds}]')].map((it) => it.parentElement.dataset.row).length"
            )
        };
        ann.wait_for(&signs(false), |count| count.as_u64() >= Some(2)).await?;
        ann.click(".row-tried[data-holds=false]").await?;
        let table = "document.querySelector('.side-by-side')?.innerText";
        let said = ann.wait_until(table).await?;
        let said = said.as_str().unwrap_or_default();
        ensure!(said.contains("Expected") && said.contains("Happened") && said.contains("rejected"), "{said}");
        let found = ann.axe().await?;
        ensure!(found.is_empty(), "{found:#?}");
        ann.press("Escape").await?;

        // The rule is added, and all is well.
        ann.put_caret_in("// @requires Todo Added", 23).await?;
        ann.press("Enter").await?;
        ann.type_text("// @forbids Todo Completed").await?;
        ann.wait_equal(words, serde_json::json!(["passes", "passes"])).await?;
        ann.wait_equal(&signs(false), 0).await?;
        ann.find(sticky("scenario", "Nothing is completed twice")).await.map(|_| ())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_longer_fits_is_marked_on_its_sticky_and_can_be_read_anew() -> Result<()> {
    play("run-misfits", async |stage| {
        let links = stage.server.board(TODO_LIST).await?;
        let ann = stage.person_with("ann", Look { width: 1600, ..Look::default() }).await?;
        ann.open(&links.edit).await?;
        ann.wait_saved().await?;
        ann.click(role("button", "Run")).await?;
        adds_a_todo(&ann).await?;
        wait_rows(&ann, 1).await?;
        ann.click(role("button", "Text")).await?;
        ann.wait_until("document.querySelector('#emd') !== null").await?;
        let text = TODO_LIST.replace("Todo Added", "Todo Written Down");
        ann.click("#emd").await?;
        ann.press("Control+a").await?;
        ann.paste(&text).await?;
        ann.wait_text(&text).await?;
        shows(&ann, "Does not fit any more").await?;
        let remedy = "[...document.querySelectorAll('.misfit button.dense')].map((it) => it.innerText)";
        ann.wait_for(remedy, |all| all.as_array().is_some_and(|all| !all.is_empty())).await?;
        let found = ann.axe().await?;
        ensure!(found.is_empty(), "{found:#?}");
        ann.screenshot("misfits").await?;
        ann.click(".misfit button.dense").await?;
        ann.wait_equal("document.querySelectorAll('.misfit').length", 0).await?;
        wait_rows(&ann, 1).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn long_work_is_stopped_and_taken_back() -> Result<()> {
    play("run-stopped", async |stage| {
        let links = stage.server.board(TODO_LIST).await?;
        let ann = runs(stage, "ann", &links.edit).await?;
        let bob = runs(stage, "bob", &links.edit).await?;
        ann.click(role("button", "Let a crowd play")).await?;
        ann.find("input[type=number]").await?;
        let many = "(() => { const it = [...document.querySelectorAll('.run-pane input[type=number]')].at(-1); \
             it.value = it.max || '100000'; it.dispatchEvent(new Event('input', { bubbles: true })); \
             it.dispatchEvent(new Event('change', { bubbles: true })); return true; })()";
        ann.eval(many).await?;
        ann.click(role("button", "Start")).await?;
        let keep = "[...document.querySelectorAll('.run-pane button')].find((it) => it.textContent === 'Keep what they did')";
        ann.wait_until(&format!("{keep} !== undefined")).await?;
        // Whoever waits for the button presses it as soon as it is there.
        let presses = "(() => { const press = () => document.querySelector('.run-progress button')?.click(); \
             new MutationObserver(press).observe(document.body, { childList: true, subtree: true }); return true; })()";
        ann.eval(presses).await?;
        ann.eval(&format!("{keep}.click() ?? true")).await?;
        shows(&ann, "Stopped.").await?;
        wait_rows(&ann, 0).await?;
        adds_a_todo(&bob).await?;
        wait_rows(&ann, 1).await?;
        wait_rows(&bob, 1).await
    })
    .await
}
