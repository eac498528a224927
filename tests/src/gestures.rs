//! More than clicks and strokes: fingers, keys that stay down, the other buttons, the clipboard, and what is dropped
//! onto the page from outside.

use anyhow::{Context, Result};
use chromiumoxide::cdp::browser_protocol::emulation::SetTouchEmulationEnabledParams;
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchKeyEventType, DispatchMouseEventParams, DispatchMouseEventType, MouseButton,
};
use chromiumoxide::cdp::browser_protocol::page::AddScriptToEvaluateOnNewDocumentParams;
use chromiumoxide::types::{Command, Method, MethodId};
use serde_json::{Value, json};

use crate::keys::{definition, event};
use crate::person::{Person, Target, role};
use crate::pointer::Point;

const ALT: i64 = 1;
const CTRL: i64 = 2;
const SHIFT: i64 = 8;

fn modifiers(held: &str) -> i64 {
    let of = |key: &str| match key {
        "Alt" => ALT,
        "Control" => CTRL,
        "Shift" => SHIFT,
        _ => 0,
    };
    held.split('+').map(of).sum()
}

/// `Input.dispatchTouchEvent`; the library leaves out the list of fingers where it is empty, which ends every touch.
#[derive(Debug, serde::Serialize)]
struct Touches {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "touchPoints")]
    points: Vec<Value>,
    /// In seconds: taps follow each other as fast as a hand makes them, however slow the machine is.
    timestamp: f64,
}

impl Method for Touches {
    fn identifier(&self) -> MethodId {
        "Input.dispatchTouchEvent".into()
    }
}

impl Command for Touches {
    type Response = Value;
}

/// What is carried over the page from outside.
pub struct Carried(Value);

/// `Input.dispatchDragEvent`; the library leaves out the list of items where it is empty, as it is with files.
#[derive(Debug, serde::Serialize)]
struct Drag {
    #[serde(rename = "type")]
    kind: &'static str,
    x: f64,
    y: f64,
    data: Value,
}

impl Method for Drag {
    fn identifier(&self) -> MethodId {
        "Input.dispatchDragEvent".into()
    }
}

impl Command for Drag {
    type Response = Value;
}

impl Person {
    // ---- the pointer, with keys and other buttons

    /// A drag with keys held from its beginning to its end: `"Alt"`, `"Control"`, `"Shift"`.
    pub async fn drag_holding(
        &self,
        held: &str,
        target: impl Into<Target>,
        to: Point,
        moves: usize,
    ) -> Result<()> {
        let from = self.find(target).await?;
        self.pull(MouseButton::Left, held, from, to, moves).await?;
        self.button(DispatchMouseEventType::MouseReleased, MouseButton::Left, held, to).await
    }

    /// A drag with the middle or the right button.
    pub async fn drag_by(&self, button: MouseButton, from: Point, to: Point, moves: usize) -> Result<()> {
        self.pull(button.clone(), "", from, to, moves).await?;
        self.button(DispatchMouseEventType::MouseReleased, button, "", to).await
    }

    /// A drag that is not over yet.
    pub async fn pull(
        &self,
        button: MouseButton,
        held: &str,
        from: Point,
        to: Point,
        moves: usize,
    ) -> Result<()> {
        self.button(DispatchMouseEventType::MouseMoved, MouseButton::None, held, from).await?;
        self.button(DispatchMouseEventType::MousePressed, button.clone(), held, from).await?;
        for step in 1..=moves {
            let part = step as f64 / moves as f64;
            let at = from.by((to.x - from.x) * part, (to.y - from.y) * part);
            self.button(DispatchMouseEventType::MouseMoved, button.clone(), held, at).await?;
        }
        Ok(())
    }

    pub async fn click_holding(&self, held: &str, target: impl Into<Target>) -> Result<()> {
        let at = self.find(target).await?;
        self.button(DispatchMouseEventType::MousePressed, MouseButton::Left, held, at).await?;
        self.button(DispatchMouseEventType::MouseReleased, MouseButton::Left, held, at).await
    }

    /// Asks for the menu with the right button, and waits for it.
    pub async fn menu(&self, target: impl Into<Target>) -> Result<()> {
        let at = self.find(target).await?;
        self.button(DispatchMouseEventType::MouseMoved, MouseButton::None, "", at).await?;
        self.button(DispatchMouseEventType::MousePressed, MouseButton::Right, "", at).await?;
        self.button(DispatchMouseEventType::MouseReleased, MouseButton::Right, "", at).await?;
        self.wait_menu().await
    }

    /// Waits until a menu is open and has the focus.
    pub async fn wait_menu(&self) -> Result<()> {
        let focus = "document.activeElement?.closest('#menu') ? 'menu' : document.activeElement?.outerHTML.slice(0, 200)";
        self.wait_equal(focus, "menu").await
    }

    /// Chooses an item of the open menu.
    pub async fn choose(&self, item: &str) -> Result<()> {
        let named = |item: &str| format!("[role=menu] [role=menuitem][aria-label={}]", Value::from(item));
        if self.exists(named(item)).await? {
            return self.click(named(item)).await;
        }
        let label = format!(
            "[...document.querySelectorAll('[role=menuitem]')].find((it) => it.querySelector('.menu-title')?.textContent === {})",
            Value::from(item)
        );
        let place = format!(
            "(() => {{ const it = {label}; it?.scrollIntoView({{ block: 'nearest' }}); const box = it?.getBoundingClientRect(); return box && [box.left + box.width / 2, box.top + box.height / 2]; }})()"
        );
        let at = self.wait_until(&place).await?;
        let (x, y) = (at[0].as_f64().context("no item")?, at[1].as_f64().context("no item")?);
        self.click(Point::new(x, y)).await
    }

    /// Presses a key that stays down.
    pub async fn hold(&self, key: &str) -> Result<()> {
        let known = definition(key).with_context(|| format!("`{key}` is no key"))?;
        self.page().execute(event(DispatchKeyEventType::RawKeyDown, known, 0)).await?;
        Ok(())
    }

    pub async fn let_go(&self, key: &str) -> Result<()> {
        let known = definition(key).with_context(|| format!("`{key}` is no key"))?;
        self.page().execute(event(DispatchKeyEventType::KeyUp, known, 0)).await?;
        Ok(())
    }

    pub async fn button(
        &self,
        kind: DispatchMouseEventType,
        button: MouseButton,
        held: &str,
        at: Point,
    ) -> Result<()> {
        let mut event = DispatchMouseEventParams::new(kind.clone(), at.x, at.y);
        let down = match button {
            MouseButton::Left => 1,
            MouseButton::Right => 2,
            MouseButton::Middle => 4,
            _ => 0,
        };
        event.buttons = Some(if kind == DispatchMouseEventType::MouseReleased { 0 } else { down });
        event.button = Some(button);
        event.click_count = Some(i64::from(kind != DispatchMouseEventType::MouseMoved));
        event.modifiers = Some(modifiers(held));
        self.page().execute(event).await?;
        Ok(())
    }

    // ---- fingers

    /// This screen can be touched.
    pub async fn has_fingers(&self) -> Result<()> {
        let mut touch = SetTouchEmulationEnabledParams::new(true);
        touch.max_touch_points = Some(5);
        self.page().execute(touch).await?;
        Ok(())
    }

    /// Puts fingers down, moves them, or (none) lifts them all; `seconds` is the hand's own clock.
    pub async fn fingers(&self, kind: &'static str, at: &[Point], seconds: f64) -> Result<()> {
        let points = at.iter().enumerate();
        let points = points.map(|(id, at)| json!({ "x": at.x, "y": at.y, "id": id })).collect();
        let start = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs_f64();
        self.page().execute(Touches { kind, points, timestamp: start + seconds }).await?;
        Ok(())
    }

    pub async fn tap(&self, target: impl Into<Target>) -> Result<()> {
        let at = self.find(target).await?;
        self.fingers("touchStart", &[at], 0.0).await?;
        self.fingers("touchEnd", &[], 0.05).await
    }

    pub async fn double_tap(&self, target: impl Into<Target>) -> Result<()> {
        let at = self.find(target).await?;
        for tap in 0..2 {
            // As far apart as the hand's clock says, whatever the machine's says.
            let start = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs_f64();
            let point = vec![json!({ "x": at.x, "y": at.y, "id": 0 })];
            let at = start + f64::from(tap) * 0.01;
            self.page().execute(Touches { kind: "touchStart", points: point, timestamp: at }).await?;
            self.page().execute(Touches { kind: "touchEnd", points: vec![], timestamp: at + 0.005 }).await?;
        }
        Ok(())
    }

    /// One finger goes from a target to a place.
    pub async fn swipe(&self, target: impl Into<Target>, to: Point, moves: usize) -> Result<()> {
        let from = self.find(target).await?;
        self.fingers("touchStart", &[from], 0.0).await?;
        for step in 1..=moves {
            let part = step as f64 / moves as f64;
            let at = from.by((to.x - from.x) * part, (to.y - from.y) * part);
            self.fingers("touchMove", &[at], 0.0).await?;
        }
        self.fingers("touchEnd", &[], 0.0).await
    }

    /// Two fingers beside a middle go from one distance to another, and their middle by a way.
    pub async fn pinch(&self, middle: Point, from: f64, to: f64, way: Point, moves: usize) -> Result<()> {
        let pair = |part: f64| {
            let at = middle.by(way.x * part, way.y * part);
            let half = (from + (to - from) * part) / 2.0;
            [at.by(-half, 0.0), at.by(half, 0.0)]
        };
        self.fingers("touchStart", &pair(0.0)[..1], 0.0).await?;
        self.fingers("touchStart", &pair(0.0), 0.0).await?;
        for step in 1..=moves {
            self.fingers("touchMove", &pair(step as f64 / moves as f64), 0.0).await?;
        }
        self.fingers("touchEnd", &[], 0.0).await
    }

    /// A finger rests on a target until the menu is there.
    pub async fn rest(&self, target: impl Into<Target>) -> Result<()> {
        let at = self.find(target).await?;
        self.fingers("touchStart", &[at], 0.0).await?;
        self.wait_menu().await?;
        self.fingers("touchEnd", &[], 0.0).await
    }

    // ---- the clipboard, by its keys

    pub async fn copy(&self) -> Result<()> {
        self.edit_by_key("c", "copy").await
    }

    pub async fn cut(&self) -> Result<()> {
        self.edit_by_key("x", "cut").await
    }

    /// Pastes what is on the clipboard already.
    pub async fn paste_again(&self) -> Result<()> {
        self.edit_by_key("v", "paste").await
    }

    /// What is on the clipboard, pasted into a field of the test's own: reading it otherwise needs a permission.
    pub async fn clipboard(&self) -> Result<String> {
        self.eval(
            "(() => { window.before = document.activeElement; window.pad = document.createElement('textarea'); \
             document.body.append(pad); pad.focus(); return true; })()",
        )
        .await?;
        self.paste_again().await?;
        self.eval_text("(() => { const text = pad.value; pad.remove(); before.focus(); return text; })()")
            .await
    }

    async fn edit_by_key(&self, key: &str, command: &str) -> Result<()> {
        let known = definition(key).context("there is no such key")?;
        let mut down = event(DispatchKeyEventType::RawKeyDown, known, CTRL);
        down.commands = Some(vec![command.to_string()]);
        self.page().execute(down).await?;
        self.page().execute(event(DispatchKeyEventType::KeyUp, known, CTRL)).await?;
        Ok(())
    }

    // ---- from outside

    /// Carries text over a place of the page, as from another window; `drop_it` lets it fall.
    pub async fn carry_text(&self, text: &str, at: Point) -> Result<Carried> {
        let items = json!([{ "mimeType": "text/plain", "data": text }]);
        self.carry_over(Carried(json!({ "items": items, "dragOperationsMask": 1 })), at).await
    }

    /// Carries a file over a place of the page.
    pub async fn carry_file(&self, name: &str, bytes: &[u8], at: Point) -> Result<Carried> {
        let path = self.folder().join(name);
        std::fs::write(&path, bytes)?;
        let files = [path.to_string_lossy()];
        self.carry_over(Carried(json!({ "items": [], "files": files, "dragOperationsMask": 1 })), at).await
    }

    async fn carry_over(&self, carried: Carried, at: Point) -> Result<Carried> {
        for kind in ["dragEnter", "dragOver"] {
            self.page().execute(Drag { kind, x: at.x, y: at.y, data: carried.0.clone() }).await?;
        }
        Ok(carried)
    }

    pub async fn drop_it(&self, carried: Carried, at: Point) -> Result<()> {
        self.page().execute(Drag { kind: "drop", x: at.x, y: at.y, data: carried.0 }).await?;
        Ok(())
    }

    // ---- the keyboard alone

    /// From the next page on, every real press of a pointer is counted.
    pub async fn count_presses(&self) -> Result<()> {
        let script = "for (const kind of ['pointerdown', 'mousedown', 'touchstart']) {
            addEventListener(kind, (event) => {
                if (event.isTrusted) sessionStorage.presses = Number(sessionStorage.presses ?? 0) + 1;
            }, { capture: true });
        }";
        self.page().execute(AddScriptToEvaluateOnNewDocumentParams::new(script)).await?;
        Ok(())
    }

    pub async fn presses(&self) -> Result<u64> {
        let count = self.eval("Number(sessionStorage.presses ?? 0)").await?;
        count.as_u64().context("no count")
    }

    /// Goes on with Tab until a control of this role and name has the focus.
    pub async fn tab_to(&self, wanted: &str, name: &str) -> Result<()> {
        let found = format!(
            "(() => {{ const it = document.activeElement; return (it?.getAttribute('role') ?? it?.tagName.toLowerCase()) === {} \
             && (it.getAttribute('aria-label') ?? it.textContent).trim() === {}; }})()",
            Value::from(wanted),
            Value::from(name)
        );
        self.find(role(wanted, name)).await?;
        for _ in 0..40 {
            if self.eval(&found).await? == Value::Bool(true) {
                return Ok(());
            }
            self.press("Tab").await?;
        }
        anyhow::bail!("{} does not reach the {wanted} `{name}` with Tab", self.name())
    }
}
