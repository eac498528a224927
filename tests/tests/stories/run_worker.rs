//! The worker of the page, as the browser runs it: beside the page, fetched when it is needed, and never its end.

use anyhow::Result;
use e2e::{Person, play, role};
use serde_json::{Value, json};

const SHOP: &str =
    "# Shop\nRegister User -> // name\nUser Registered // userId, name\nUsers* // userId, name\n";

/// Starts the worker as the page does and keeps what it says in `said`.
const START: &str = "(() => {
    window.said = [];
    window.worker = new Worker(document.querySelector('meta[name=squall-worker]').content, { type: 'module' });
    worker.onmessage = (event) => said.push(event.data && JSON.parse(event.data));
    return true;
})()";

/// Keeps the workers that the page starts in `workers`.
const KEEP: &str = "window.workers = []; window.Worker = class extends Worker {
    constructor(...how) { super(...how); workers.push(this); }
};";

async fn start(person: &Person) -> Result<()> {
    person.eval(START).await?;
    person.wait_equal("said[0]", "").await
}

async fn post(person: &Person, message: &str) -> Result<()> {
    person.eval(&format!("worker.postMessage({}) ?? true", Value::from(message))).await.map(|_| ())
}

async fn ask(person: &Person, id: u32, ask: Value) -> Result<Value> {
    post(person, &json!({ "id": id, "ask": ask }).to_string()).await?;
    answer(person, id).await
}

/// What ends the message.
async fn answer(person: &Person, id: u32) -> Result<Value> {
    person.wait_until(&format!("said.find((one) => one.id === {id} && !one.say.progress)?.say")).await
}

/// The shop and a run under it, in which nothing has happened; returns the fingerprint.
async fn begin(person: &Person) -> Result<()> {
    let model = ask(person, 1, json!({ "model": { "text": SHOP } })).await?;
    let print = model["model"]["fingerprint"].clone();
    let enter = json!({ "at": 0, "by": "Ann", "seed": 0, "act": { "model": { "fingerprint": print } } });
    let steps = json!({ "run": "r", "keep": 0, "steps": [enter], "models": [[print, SHOP]] });
    let state = ask(person, 2, json!({ "steps": steps })).await?;
    assert_eq!(state["state"]["steps"], 1, "{state}");
    Ok(())
}

fn storm(commands: u32) -> Value {
    let storm = json!({ "seed": 1, "people": 10, "commands": commands, "speed": 5.0 });
    let step = json!({ "at": 0, "by": "Ann", "seed": 1, "act": { "storm": storm } });
    json!({ "steps": { "run": "r", "keep": 1, "steps": [step], "models": [] } })
}

#[tokio::test(flavor = "multi_thread")]
async fn it_answers_on_plain_http_under_a_lan_name_and_survives_what_it_cannot_read() -> Result<()> {
    play("worker-answers", async |stage| {
        let ann = stage.person("ann").await?;
        ann.calls_the_server("squall.lan.local");
        ann.open(&format!("{}/", stage.server.origin)).await?;
        ann.wait_equal("document.readyState", "complete").await?;
        assert_eq!(ann.eval("[location.hostname, isSecureContext].join()").await?, "squall.lan.local,false");
        start(&ann).await?;
        begin(&ann).await?;
        for broken in ["rubbish", "{\"id\": 7, \"ask\": \"tea\"}", "{\"id\": 7}"] {
            post(&ann, broken).await?;
        }
        ann.wait_equal("said.filter((one) => one?.say?.failed?.unreadable).length", 3).await?;
        let state = ask(&ann, 8, json!({ "state": { "run": "r" } })).await?;
        assert_eq!(state["state"]["steps"], 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn long_work_tells_how_far_it_is_and_ends_when_it_is_cancelled() -> Result<()> {
    play("worker-cancel", async |stage| {
        let ann = stage.person("ann").await?;
        ann.open(&format!("{}/", stage.server.origin)).await?;
        ann.wait_equal("document.readyState", "complete").await?;
        start(&ann).await?;
        begin(&ann).await?;
        post(&ann, &json!({ "id": 3, "ask": storm(90_000) }).to_string()).await?;
        ann.wait_until("said.some((one) => one.id === 3 && one.say.progress?.done > 0)").await?;
        ask(&ann, 4, json!({ "cancel": { "message": 3 } })).await?;
        assert_eq!(answer(&ann, 3).await?["failed"], "cancelled");
        let state = ask(&ann, 5, json!({ "state": { "run": "r" } })).await?;
        assert_eq!((&state["state"]["steps"], &state["state"]["head"]), (&json!(1), &json!(0)));
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_fetched_when_a_run_needs_it_and_another_one_takes_over_when_it_dies() -> Result<()> {
    play("worker-dies", async |stage| {
        let links = stage.server.board(SHOP).await?;
        let ann = stage.person("ann").await?;
        ann.before_pages(KEEP).await?;
        ann.open_board(&links.edit).await?;
        ann.wait_saved().await?;
        assert_eq!(ann.eval("workers.length").await?, 0);
        ann.click(role("button", "Run")).await?;
        ann.click(role("button", "Register User")).await?;
        ann.wait_equal("workers.length", 1).await?;
        ann.find(role("textbox", "Name")).await?;
        ann.eval("workers[0].terminate() ?? workers[0].dispatchEvent(new ErrorEvent('error', { message: 'gone', cancelable: true }))").await?;
        ann.press("Escape").await?;
        ann.click(role("button", "Register User")).await?;
        ann.find(role("textbox", "Name")).await?;
        ann.wait_equal("workers.length", 2).await
    })
    .await
}
