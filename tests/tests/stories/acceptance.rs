//! The whole product in one sitting: two people, one wall, one text, nothing lost.

use anyhow::{Context, Result, ensure};
use e2e::{Person, Point, agree, play, role, sticky};
use serde_json::{Value, json};

const TODOLIST: &str = include_str!("../data/todolist.emd");
const MODEL: &str = include_str!("../data/todolist.eml.json");

/// The line Ann writes in, and the one above it, which Bob splits and joins.
const OWN: &str = "Todo Completed // todoId, isComplete";
const ABOVE: &str = "Mark Complete -> // todoId, isComplete";
const TYPED: usize = 300;

fn todo() -> &'static str {
    TODOLIST.trim_end()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_write_and_drag_one_model_through_a_crash_and_take_it_home() -> Result<()> {
    play("acceptance", async |stage| {
        let (ann, bob, _) = stage.pair("").await?;
        ann.put_caret(0).await?;
        ann.type_text(todo()).await?;
        ann.wait_text(todo()).await?;
        bob.wait_text(todo()).await?;
        bob.wait_stickies(11).await?;

        // Bob moves a sticky by a little: a place changes, the text does not.
        let at = bob.find(sticky("event", "User Registered")).await?;
        bob.drag(at, at.by(12.0, 9.0), 10).await?;
        bob.wait_saved().await?;
        assert_eq!(ann.text().await?, todo());

        let seed = std::env::var("SQUALL_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
        println!("seed {seed}");
        let mut storm = Storm::new(&ann, &bob, seed).await?;
        for step in 0..TYPED {
            if step == TYPED / 2 {
                ann.wait_saved().await?;
                stage.kill_server().await?;
                ann.wait_save_state("offline").await?;
            }
            if step == TYPED / 2 + 20 {
                stage.restart_server().await?;
                ann.wait_saved().await?;
                bob.wait_saved().await?;
            }
            storm.step().await.with_context(|| format!("seed {seed}, step {step}"))?;
        }
        storm.end().await?;
        let whole = agree(&ann, &bob).await?;

        // Each takes back their own part, and the first text is there again.
        let start = utf16(&whole[..whole.find(OWN).context("Ann's line is gone")? + OWN.len()]);
        ann.select_text(start, start + TYPED).await?;
        ann.press("Delete").await?;
        bob.wait_text(&whole.replace(&storm.typed, "")).await?;
        take_back(&bob).await?;
        ann.wait_text(todo()).await?;

        ann.click(role("button", "Export")).await?;
        ann.click(".segments label:has(input[value=les])").await?;
        ann.click("#download-eml").await?;
        let model = ann.download("Eventsourcing.eml.yaml").await?;
        assert_eq!(normal(&model)?, serde_json::from_str::<Value>(MODEL)?);
        Ok(())
    })
    .await
}

/// Ann types at the end of her line; Bob drags that sticky, splits the line above, and joins it again. After every
/// step Ann's text and caret are exactly what they must be.
struct Storm<'a> {
    ann: &'a Person,
    bob: &'a Person,
    random: fastrand::Rng,
    typed: String,
    split: bool,
    held: Option<(Point, Point)>,
}

impl<'a> Storm<'a> {
    async fn new(ann: &'a Person, bob: &'a Person, seed: u64) -> Result<Storm<'a>> {
        let text = ann.text().await?;
        let end = text.find(OWN).context("no line of Ann's")? + OWN.len();
        ann.put_caret(utf16(&text[..end])).await?;
        Ok(Storm {
            ann,
            bob,
            random: fastrand::Rng::with_seed(seed),
            typed: String::new(),
            split: false,
            held: None,
        })
    }

    async fn step(&mut self) -> Result<()> {
        let letters: Vec<char> = "abcdefg hijk, LMNO é".chars().collect();
        let letter = letters[self.random.usize(..letters.len())];
        self.ann.type_letter(letter).await?;
        self.typed.push(letter);
        self.check().await?;
        match self.random.u8(..12) {
            0 => self.split_or_join().await?,
            1..=3 => self.drag_on().await?,
            _ => return Ok(()),
        }
        self.check().await
    }

    async fn end(&mut self) -> Result<()> {
        if let Some((_, at)) = self.held.take() {
            self.bob.release(at).await?;
        }
        self.check().await
    }

    /// Presses, moves a few steps, or lets go: whatever comes next for the hand that drags.
    async fn drag_on(&mut self) -> Result<()> {
        match self.held.take() {
            None => {
                let from = self.bob.grab(sticky("event", "Todo Completed")).await?;
                self.held = Some((from, from));
            }
            Some((from, at)) if self.random.u8(..3) > 0 => {
                let to = from.by(self.random.f64() * 300.0 - 150.0, self.random.f64() * 60.0 - 30.0);
                self.bob.carry(at, to, 4).await?;
                self.held = Some((from, to));
            }
            Some((_, at)) => self.bob.release(at).await?,
        }
        Ok(())
    }

    /// Only with the pointer up: a hand that drags does not type.
    async fn split_or_join(&mut self) -> Result<()> {
        if self.held.is_some() {
            return Ok(());
        }
        let (head, tail) = ABOVE.split_at("Mark ".len());
        let (wanted, after) =
            if self.split { (format!("{head}\n{tail}"), 1) } else { (ABOVE.to_string(), 0) };
        if !self.bob.put_caret_in(&wanted, head.len() + after).await? {
            return Ok(());
        }
        self.bob.press(if self.split { "Backspace" } else { "Enter" }).await?;
        self.split = !self.split;
        Ok(())
    }

    /// Ann's line is whole and once, the caret is at its end, and no other line is lost, doubled or touched.
    async fn check(&self) -> Result<()> {
        let own = format!("{OWN}{}", self.typed);
        let (text, caret) = self.ann.text_and_caret().await?;
        let lines: Vec<&str> = text.split('\n').collect();
        ensure!(lines.iter().filter(|line| **line == own).count() == 1, "wanted once {own:?} in {text:?}");
        let before = text.find(&own).context("no line of Ann's")?;
        ensure!(caret == utf16(&text[..before + own.len()]), "the caret is at {caret} in {text:?}");
        let mut rest: Vec<&str> = lines.into_iter().filter(|line| **line != own).collect();
        let mut wanted: Vec<&str> = todo().split('\n').filter(|line| *line != OWN).collect();
        let (head, tail) = ABOVE.split_at("Mark ".len());
        if rest.contains(&head) {
            wanted.retain(|line| *line != ABOVE);
            wanted.extend([head, tail]);
        }
        rest.sort_unstable();
        wanted.sort_unstable();
        ensure!(rest == wanted, "other lines changed: {text:?}");
        Ok(())
    }
}

/// Undoes step by step until the first text is back.
async fn take_back(person: &Person) -> Result<()> {
    person.eval("document.activeElement.blur()").await?;
    for _ in 0..400 {
        if person.text().await? == todo() {
            return Ok(());
        }
        person.press("Control+z").await?;
    }
    person.wait_text(todo()).await
}

fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A model as the corpus writes it down: plain keys, streams by name, subscriptions in alphabetical order.
fn normal(yaml: &str) -> Result<Value> {
    let model: Value = yaml_serde::from_str(yaml)?;
    ensure!(list(&model["Errors"]).is_empty(), "the model has errors: {}", model["Errors"]);
    let contexts: Vec<Value> = list(&model["Contexts"]).iter().map(context).collect();
    Ok(json!({ "emlVersion": model["EmlVersion"], "solution": model["Solution"], "contexts": contexts }))
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn context(context: &Value) -> Value {
    let mut streams: Vec<Value> = list(&context["Streams"]).iter().map(stream).collect();
    streams.sort_by_key(|stream| stream["name"].to_string());
    let readmodels: Vec<Value> =
        list(&context["Readmodels"]).iter().map(|entry| readmodel(&entry["Readmodel"])).collect();
    json!({ "name": context["Name"], "streams": streams, "readmodels": readmodels })
}

fn stream(stream: &Value) -> Value {
    let commands: Vec<Value> =
        list(&stream["Commands"]).iter().map(|entry| command(&entry["Command"])).collect();
    let events: Vec<Value> = list(&stream["Events"]).iter().map(|entry| event(&entry["Event"])).collect();
    json!({ "name": stream["Stream"], "commands": commands, "events": events })
}

fn command(command: &Value) -> Value {
    let parameter = |given: &Value| json!({ "name": given["Name"], "type": given["Type"], "rules": list(&given["Rules"]) });
    let parameters: Vec<Value> = list(&command["Parameters"]).iter().map(parameter).collect();
    json!({
        "name": command["Name"],
        "parameters": parameters,
        "preconditions": list(&command["Preconditions"]),
        "postconditions": list(&command["Postconditions"]),
    })
}

fn event(event: &Value) -> Value {
    let property = |given: &Value| {
        let hashed = given["IsHashed"].as_bool().unwrap_or(false);
        json!({ "name": given["Name"], "type": given["Type"], "isHashed": hashed })
    };
    let properties: Vec<Value> = list(&event["Properties"]).iter().map(property).collect();
    json!({ "name": event["Name"], "properties": properties })
}

fn readmodel(given: &Value) -> Value {
    let mut events = list(&given["SubscribesTo"]);
    events.sort_by_key(Value::to_string);
    json!({ "name": given["Name"], "key": given["Key"], "subscribesTo": events })
}
