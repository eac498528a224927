//! Somebody at a page: what they see, wait for and find. Pointer and keyboard are in their own modules.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use chromiumoxide::Page;
use chromiumoxide::cdp::browser_protocol::accessibility::QueryAxTreeParams;
use chromiumoxide::cdp::browser_protocol::dom::{GetDocumentParams, ResolveNodeParams};
use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams,
};
use chromiumoxide::cdp::browser_protocol::log::{self, EventEntryAdded, LogEntryLevel, LogEntrySource};
use chromiumoxide::cdp::browser_protocol::page::CaptureScreenshotFormat;
use chromiumoxide::cdp::js_protocol::runtime::{
    self, CallFunctionOnParams, ConsoleApiCalledType, EvaluateParams, EventConsoleApiCalled,
    EventExceptionThrown, RemoteObjectId,
};
use chromiumoxide::page::ScreenshotParams;
use futures_util::StreamExt;
use serde_json::Value;

use crate::PATIENCE;
use crate::cable::{Cable, Flow};
use crate::pointer::Point;

/// How a person's screen is set up.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub width: i64,
    pub height: i64,
    pub dark: bool,
    pub reduced_motion: bool,
}

impl Default for Look {
    fn default() -> Look {
        Look { width: 1440, height: 900, dark: false, reduced_motion: true }
    }
}

impl Look {
    pub fn phone() -> Look {
        Look { width: 390, height: 844, ..Look::default() }
    }

    pub fn dark(self) -> Look {
        Look { dark: true, ..self }
    }
}

/// What to click: by selector, or, as people and screen readers tell controls apart, by role and name.
#[derive(Clone, Debug)]
pub enum Target {
    Css(String),
    Role(String, String),
    At(Point),
}

pub fn role(role: &str, name: &str) -> Target {
    Target::Role(role.to_string(), name.to_string())
}

impl From<&str> for Target {
    fn from(selector: &str) -> Target {
        Target::Css(selector.to_string())
    }
}

impl From<String> for Target {
    fn from(selector: String) -> Target {
        Target::Css(selector)
    }
}

impl From<Point> for Target {
    fn from(point: Point) -> Target {
        Target::At(point)
    }
}

#[derive(Clone)]
pub struct Person(Arc<Seat>);

struct Seat {
    name: String,
    page: Page,
    folder: PathBuf,
    cable: Cable,
    host: Mutex<String>,
    console: Mutex<Vec<String>>,
    complaints: Mutex<Vec<String>>,
    network_errors: Mutex<Vec<String>>,
    forgives_network: AtomicBool,
}

/// Where a hand would touch an element, once it is there and has a size: its middle, or, where something lies over
/// that, a place of it that shows. What is out of sight is scrolled to, as people do.
const TOUCH: &str = "function() {
    const labels = [...(this.labels ?? [])];
    const own = (top) => this.contains(top) || top.contains(this) || labels.some((label) => label.contains(top));
    let over = null;
    for (const scrolled of [false, true]) {
        if (scrolled) this.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        const box = this.getBoundingClientRect();
        if (!box.width || !box.height) return 'it has no size';
        for (const down of [0.5, 0.2, 0.8, 0.35, 0.65, 0.08, 0.92]) {
            for (const across of [0.5, 0.2, 0.8, 0.35, 0.65, 0.08, 0.92]) {
                const [x, y] = [box.x + box.width * across, box.y + box.height * down];
                const top = document.elementFromPoint(x, y);
                if (top && own(top)) return [x, y];
                over ??= top;
            }
        }
    }
    return over ? `it is covered by <${over.tagName} class=\"${over.className}\">` : 'it is outside of the window';
}";

impl Person {
    pub(crate) async fn sit_down(
        name: &str,
        page: Page,
        folder: &Path,
        look: &Look,
        cable: Cable,
    ) -> Result<Person> {
        let person = Person(Arc::new(Seat {
            name: name.to_string(),
            page,
            folder: folder.to_path_buf(),
            cable,
            host: Mutex::new("127.0.0.1".to_string()),
            console: Mutex::default(),
            complaints: Mutex::default(),
            network_errors: Mutex::default(),
            forgives_network: AtomicBool::new(false),
        }));
        person.listen().await?;
        person.look(look).await?;
        Ok(person)
    }

    pub fn name(&self) -> &str {
        &self.0.name
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0.folder
    }

    pub(crate) fn page(&self) -> &Page {
        &self.0.page
    }

    pub(crate) fn cable(&self) -> &Cable {
        &self.0.cable
    }

    /// Changes screen size and colours, as turning a device or the evening does.
    pub async fn look(&self, look: &Look) -> Result<()> {
        let screen = SetDeviceMetricsOverrideParams::new(look.width, look.height, 1.0, false);
        self.page().execute(screen).await?;
        let scheme = if look.dark { "dark" } else { "light" };
        let motion = if look.reduced_motion { "reduce" } else { "no-preference" };
        let features = [("prefers-color-scheme", scheme), ("prefers-reduced-motion", motion)];
        let features = features.map(|(name, value)| MediaFeature::new(name, value));
        self.page().execute(SetEmulatedMediaParams::builder().features(features).build()).await?;
        Ok(())
    }

    /// Turns on the system's high contrast, which paints everything in a few colours of its own.
    pub async fn force_colours(&self) -> Result<()> {
        let features = vec![MediaFeature::new("forced-colors", "active")];
        self.page().execute(SetEmulatedMediaParams::builder().features(features).build()).await?;
        Ok(())
    }

    /// Opens an address of the server, through this person's own cable.
    pub async fn open(&self, url: &str) -> Result<()> {
        let url = match url.strip_prefix("http://").and_then(|rest| rest.split_once('/')) {
            Some((_, path)) => format!("{}/{path}", self.origin()),
            None => url.to_string(),
        };
        self.page().goto(&url).await.with_context(|| format!("{} cannot open {url}", self.name()))?;
        Ok(())
    }

    /// Under which name of the local network this person reaches the server, instead of its number.
    pub fn calls_the_server(&self, name: &str) {
        if let Ok(mut host) = self.0.host.lock() {
            *host = name.to_string();
        }
    }

    fn origin(&self) -> String {
        let host = self.0.host.lock().map(|host| host.clone()).unwrap_or_default();
        self.0.cable.origin.replace("127.0.0.1", &host)
    }

    pub async fn reload(&self) -> Result<()> {
        self.page().reload().await?;
        Ok(())
    }

    /// Pulls this person's cable out, or puts it back.
    pub fn offline(&self, offline: bool) {
        self.expects_network_errors();
        self.0.cable.set(if offline { Flow::Nothing } else { Flow::All });
    }

    /// The value of an expression; promises are awaited.
    pub async fn eval(&self, expression: &str) -> Result<Value> {
        let call = EvaluateParams::builder().expression(expression).await_promise(true).return_by_value(true);
        let answer = self.page().execute(call.build().map_err(|reason| anyhow!(reason))?).await?.result;
        if let Some(thrown) = answer.exception_details {
            let text = thrown.exception.and_then(|exception| exception.description).unwrap_or(thrown.text);
            bail!("{text}\nin: {}", expression.chars().take(300).collect::<String>());
        }
        Ok(answer.result.value.unwrap_or(Value::Null))
    }

    pub async fn eval_text(&self, expression: &str) -> Result<String> {
        let value = self.eval(expression).await?;
        value.as_str().map(str::to_string).with_context(|| format!("`{expression}` is {value}, no text"))
    }

    /// Waits until the expression is truthy and returns its value.
    pub async fn wait_until(&self, expression: &str) -> Result<Value> {
        self.wait_for(expression, |value| {
            !matches!(value, Value::Null | Value::Bool(false)) && *value != 0 && value.as_str() != Some("")
        })
        .await
    }

    pub async fn wait_equal(&self, expression: &str, wanted: impl Into<Value>) -> Result<()> {
        let wanted = wanted.into();
        let seen = self.wait_for(expression, |value| *value == wanted).await;
        seen.map(|_| ()).with_context(|| format!("wanted: {wanted}"))
    }

    /// Waits until the value of the expression is as wanted; a page on its way elsewhere is asked again.
    pub async fn wait_for(&self, expression: &str, wanted: impl Fn(&Value) -> bool) -> Result<Value> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let seen = self.eval(expression).await;
            match seen {
                Ok(value) if wanted(&value) => return Ok(value),
                _ if Instant::now() < deadline => tokio::time::sleep(Duration::from_millis(20)).await,
                Ok(value) => bail!("{} waited in vain for `{expression}`; it is {value}", self.name()),
                Err(error) => {
                    return Err(error.context(format!("{} waited in vain for `{expression}`", self.name())));
                }
            }
        }
    }

    /// Where to click a target, as soon as it can be clicked: its middle if that shows.
    pub async fn find(&self, target: impl Into<Target>) -> Result<Point> {
        let target = target.into();
        if let Target::At(point) = target {
            return Ok(point);
        }
        let deadline = Instant::now() + PATIENCE;
        let mut before = None;
        loop {
            // Two equal answers in a row: what still moves is not there yet.
            let now = self.touch(&target).await;
            match (&now, &before) {
                (Ok(now), Some(before)) if now == before => return Ok(*now),
                (Err(error), _) if Instant::now() >= deadline => {
                    bail!("{} cannot reach {target:?}: {error:#}", self.name());
                }
                _ if Instant::now() >= deadline => bail!("{}: {target:?} does not stand still", self.name()),
                _ => {}
            }
            before = now.ok();
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn exists(&self, target: impl Into<Target>) -> Result<bool> {
        Ok(self.object(&target.into()).await?.is_some())
    }

    async fn touch(&self, target: &Target) -> Result<Point> {
        let object = self.object(target).await?.context("it is not there")?;
        let call = CallFunctionOnParams::builder()
            .function_declaration(TOUCH)
            .object_id(object)
            .return_by_value(true)
            .build()
            .map_err(|reason| anyhow!(reason))?;
        let answer = self.page().execute(call).await?.result.result.value.unwrap_or(Value::Null);
        match (answer[0].as_f64(), answer[1].as_f64()) {
            (Some(x), Some(y)) => Ok(Point::new(x, y)),
            _ => bail!("{}", answer.as_str().unwrap_or("it cannot be measured")),
        }
    }

    async fn object(&self, target: &Target) -> Result<Option<RemoteObjectId>> {
        match target {
            Target::At(_) => Ok(None),
            Target::Css(selector) => {
                let expression = format!("document.querySelector({})", Value::from(selector.as_str()));
                let call = EvaluateParams::new(expression);
                Ok(self.page().execute(call).await?.result.result.object_id)
            }
            Target::Role(role, name) => {
                let document = self.page().execute(GetDocumentParams::default()).await?.result.root.node_id;
                let query = QueryAxTreeParams::builder().node_id(document).role(role).accessible_name(name);
                let nodes = self.page().execute(query.build()).await?.result.nodes;
                let shown = nodes.into_iter().find(|node| !node.ignored);
                let Some(node) = shown.and_then(|node| node.backend_dom_node_id) else { return Ok(None) };
                let resolve = ResolveNodeParams::builder().backend_node_id(node).build();
                Ok(self.page().execute(resolve).await?.result.object.object_id)
            }
        }
    }

    /// The text of a file this page offered as a download under that name.
    pub async fn download(&self, file: &str) -> Result<String> {
        Ok(String::from_utf8(self.download_bytes(file).await?)?)
    }

    pub async fn download_bytes(&self, file: &str) -> Result<Vec<u8>> {
        let path = self.0.folder.join("downloads").join(file);
        let deadline = Instant::now() + PATIENCE;
        // The browser takes the name with an empty file first, and moves the finished one there at the end.
        while std::fs::metadata(&path).map_or(0, |file| file.len()) == 0 {
            if Instant::now() >= deadline {
                bail!("{} got no file {file}", self.name());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let bytes = std::fs::read(&path)?;
        std::fs::remove_file(&path)?;
        Ok(bytes)
    }

    /// A picture of the window as it is, as `target/e2e/<test>/<person>/<name>.png`.
    pub async fn screenshot(&self, name: &str) -> Result<PathBuf> {
        let params = ScreenshotParams::builder().format(CaptureScreenshotFormat::Png).build();
        let path = self.0.folder.join(format!("{name}.png"));
        std::fs::write(&path, self.page().screenshot(params).await?)?;
        Ok(path)
    }

    pub(crate) async fn keep_evidence(&self, name: &str) -> Result<()> {
        let console = self.0.console.lock().map(|lines| lines.join("\n")).unwrap_or_default();
        std::fs::write(self.0.folder.join("console.log"), console)?;
        self.screenshot(name).await?;
        let html = self.eval_text("document.documentElement.outerHTML").await?;
        std::fs::write(self.0.folder.join(format!("{name}.html")), html)?;
        Ok(())
    }

    /// From here on the network may fail: a test takes it away.
    pub fn expects_network_errors(&self) {
        self.0.forgives_network.store(true, Ordering::Relaxed);
    }

    pub(crate) fn complaints(&self) -> Vec<String> {
        let mut complaints = self.0.complaints.lock().map(|lines| lines.clone()).unwrap_or_default();
        if !self.0.forgives_network.load(Ordering::Relaxed) {
            complaints.extend(self.0.network_errors.lock().map(|lines| lines.clone()).unwrap_or_default());
        }
        complaints
    }

    async fn listen(&self) -> Result<()> {
        let page = self.page();
        page.execute(runtime::EnableParams::default()).await?;
        page.execute(log::EnableParams::default()).await?;
        let mut console = page.event_listener::<EventConsoleApiCalled>().await?;
        let mut thrown = page.event_listener::<EventExceptionThrown>().await?;
        let mut entries = page.event_listener::<EventEntryAdded>().await?;
        let person = self.clone();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    Some(event) = console.next() => person.console_said(&event),
                    Some(event) = thrown.next() => {
                        let details = &event.exception_details;
                        let text = details.exception.as_ref().and_then(|exception| exception.description.clone());
                        person.note("exception", text.unwrap_or_else(|| details.text.clone()), Some(&person.0.complaints));
                    }
                    Some(event) = entries.next() => person.browser_said(&event),
                    else => return,
                }
            }
        });
        Ok(())
    }

    fn console_said(&self, event: &EventConsoleApiCalled) {
        let words = event.args.iter().map(|word| match &word.value {
            Some(Value::String(text)) => text.clone(),
            Some(value) => value.to_string(),
            None => word.description.clone().unwrap_or_default(),
        });
        let is_error = matches!(event.r#type, ConsoleApiCalledType::Error | ConsoleApiCalledType::Assert);
        self.note("console", words.collect::<Vec<_>>().join(" "), is_error.then_some(&self.0.complaints));
    }

    fn browser_said(&self, event: &EventEntryAdded) {
        let entry = &event.entry;
        let text = format!("{} {}", entry.text, entry.url.as_deref().unwrap_or_default());
        let network = matches!(entry.source, LogEntrySource::Network) || entry.text.contains("WebSocket");
        let list = if network { &self.0.network_errors } else { &self.0.complaints };
        self.note("browser", text, matches!(entry.level, LogEntryLevel::Error).then_some(list));
    }

    fn note(&self, source: &str, text: String, list: Option<&Mutex<Vec<String>>>) {
        let line = format!("{} {source}: {text}", self.name());
        for lines in [Some(&self.0.console), list].into_iter().flatten() {
            if let Ok(mut lines) = lines.lock() {
                lines.push(line.clone());
            }
        }
    }
}
