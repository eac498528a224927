//! A headless Firefox, driven over WebDriver BiDi: enough to read a page and to send it real pointers and keys.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::PATIENCE;

pub struct Firefox {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    tab: String,
    last: u64,
    _child: Child,
    _profile: tempfile::TempDir,
}

/// No word to hosts of its maker, and no questions at the first start.
const PREFERENCES: &str = r#"
user_pref("app.normandy.enabled", false);
user_pref("app.update.disabledForTesting", true);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.newtabpage.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("extensions.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("remote.prefs.recommended", true);
user_pref("services.settings.server", "data:,");
user_pref("toolkit.telemetry.server", "data:,");
"#;

impl Firefox {
    pub async fn launch() -> Result<Firefox> {
        let profile = tempfile::tempdir()?;
        std::fs::write(profile.path().join("user.js"), PREFERENCES)?;
        let mut child = Command::new(executable()?)
            .args(["--headless", "--no-remote", "--remote-debugging-port=0", "--width=1440", "--height=900"])
            .arg("--profile")
            .arg(profile.path())
            .arg("about:blank")
            .env("MOZ_DISABLE_CONTENT_SANDBOX", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("Firefox does not start")?;
        let stderr = child.stderr.take().context("Firefox has no output")?;
        let mut lines = BufReader::new(stderr).lines();
        let address = timeout(PATIENCE, async {
            while let Some(line) = lines.next_line().await? {
                if let Some((_, address)) = line.split_once("WebDriver BiDi listening on ") {
                    return Ok(address.trim().to_string());
                }
            }
            bail!("Firefox ended before it could be driven")
        });
        let address = address.await.context("Firefox names no address to drive it by")??;
        // A pipe nobody reads would stop the browser once it is full.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let (socket, _) = connect_async(format!("{address}/session")).await?;
        let mut firefox = Firefox { socket, tab: String::new(), last: 0, _child: child, _profile: profile };
        firefox.ask("session.new", json!({ "capabilities": {} })).await?;
        let tree = firefox.ask("browsingContext.getTree", json!({})).await?;
        firefox.tab = tree["contexts"][0]["context"].as_str().context("Firefox has no tab")?.to_string();
        Ok(firefox)
    }

    async fn ask(&mut self, method: &str, params: Value) -> Result<Value> {
        self.last += 1;
        let id = self.last;
        let question = json!({ "id": id, "method": method, "params": params });
        self.socket.send(Message::text(question.to_string())).await?;
        let answer = async {
            while let Some(message) = self.socket.next().await {
                let Message::Text(text) = message? else { continue };
                let answer: Value = serde_json::from_str(text.as_str())?;
                if answer["id"] != id {
                    continue;
                }
                if answer["type"] == "error" {
                    bail!("{method}: {}", answer["message"]);
                }
                return Ok(answer["result"].clone());
            }
            bail!("Firefox went away")
        };
        timeout(PATIENCE, answer).await.with_context(|| format!("{method}: no answer"))?
    }

    pub async fn open(&mut self, url: &str) -> Result<()> {
        let params = json!({ "context": self.tab, "url": url, "wait": "complete" });
        self.ask("browsingContext.navigate", params).await.map(drop)
    }

    /// The value of an expression, as JSON.
    pub async fn eval(&mut self, expression: &str) -> Result<Value> {
        let params = json!({
            "expression": format!("Promise.resolve({expression}).then((it) => JSON.stringify(it) ?? 'null')"),
            "target": { "context": self.tab },
            "awaitPromise": true,
        });
        let answer = self.ask("script.evaluate", params).await?;
        let text = answer["result"]["value"].as_str();
        let text = text.with_context(|| format!("{expression}: {}", answer["exceptionDetails"]["text"]))?;
        Ok(serde_json::from_str(text)?)
    }

    pub async fn wait_equal(&mut self, expression: &str, wanted: impl Into<Value>) -> Result<()> {
        let (wanted, started) = (wanted.into(), Instant::now());
        loop {
            let seen = self.eval(expression).await?;
            if seen == wanted {
                return Ok(());
            }
            if started.elapsed() > PATIENCE {
                bail!("in Firefox `{expression}` stayed {seen}, not {wanted}");
            }
            // Asking takes the browser a moment itself; a turn of its loop in between is enough.
            self.eval("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))").await?;
        }
    }

    async fn perform(&mut self, source: Value) -> Result<()> {
        let params = json!({ "context": self.tab, "actions": [source] });
        self.ask("input.performActions", params).await.map(drop)
    }

    /// A press of the main button, moves in even steps, and the release.
    pub async fn drag(&mut self, from: (i64, i64), to: (i64, i64)) -> Result<()> {
        const STEPS: i64 = 8;
        let way = |step: i64| {
            let (x, y) = (from.0 + (to.0 - from.0) * step / STEPS, from.1 + (to.1 - from.1) * step / STEPS);
            json!({ "type": "pointerMove", "x": x, "y": y })
        };
        let mut actions = vec![way(0), json!({ "type": "pointerDown", "button": 0 })];
        actions.extend((1..=STEPS).map(way));
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        self.perform(json!({ "type": "pointer", "id": "mouse", "actions": actions })).await
    }

    pub async fn click(&mut self, at: (i64, i64)) -> Result<()> {
        self.drag(at, at).await
    }

    /// Each character is a key that goes down and up; `\u{e007}` is Enter, `\u{e00c}` Escape.
    pub async fn type_text(&mut self, text: &str) -> Result<()> {
        let key = |kind: &str, key: char| json!({ "type": kind, "value": key.to_string() });
        let actions: Vec<Value> =
            text.chars().flat_map(|letter| [key("keyDown", letter), key("keyUp", letter)]).collect();
        self.perform(json!({ "type": "key", "id": "keyboard", "actions": actions })).await
    }

    /// The middle of an element, in whole pixels of the window.
    pub async fn middle(&mut self, selector: &str) -> Result<(i64, i64)> {
        let quoted = Value::from(selector);
        let found = self
            .eval(&format!(
                "(() => {{ const box = document.querySelector({quoted})?.getBoundingClientRect();
                return box && [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]; }})()"
            ))
            .await?;
        let place = |at: usize| found[at].as_i64().with_context(|| format!("no {selector} in Firefox"));
        Ok((place(0)?, place(1)?))
    }
}

fn executable() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("FIREFOX") {
        return Ok(PathBuf::from(named));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found = std::env::split_paths(&path)
        .flat_map(|folder| ["firefox-esr", "firefox"].map(|name| folder.join(name)));
    found.find(|file| file.is_file()).context("Firefox is missing: install it, or set FIREFOX to its path")
}
