//! What people do and see on a board, in the board's own words.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::person::{Person, Target, role};

/// A sticky as it stands on the screen.
#[derive(Clone, PartialEq, Debug)]
pub struct Sticky {
    pub line: String,
    pub kind: String,
    pub name: String,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// The sticky of that kind and name, as a selector.
pub fn sticky(kind: &str, name: &str) -> Target {
    Target::Css(format!("[data-line][aria-label^={}]", Value::from(format!("{kind}: {name}"))))
}

const TEXT: &str = "document.getElementById('emd')?.value";

const WALL: &str = "[...document.querySelectorAll('[data-line]')].map((note) => {
    const box = note.getBoundingClientRect();
    const name = note.querySelector('.note-text')?.textContent ?? '';
    return [note.dataset.line, note.dataset.kind, name, box.left, box.top, box.right, box.bottom];
})";

impl Person {
    /// Opens a board and waits until it is there and saved, with the text beside the wall.
    pub async fn open_board(&self, url: &str) -> Result<()> {
        self.open(url).await?;
        self.wait_saved().await?;
        self.show_text().await
    }

    /// The pane may be on its way already: it is open where it was open last.
    pub async fn show_text(&self) -> Result<()> {
        let pressed = "document.querySelector('button[aria-label=Text]')?.getAttribute('aria-pressed')";
        if self.wait_until(pressed).await? == "false" {
            self.click(role("button", "Text")).await?;
        }
        self.wait_until("document.getElementById('emd') !== null").await.map(|_| ())
    }

    /// From here on everything is heard that a hand does, too.
    pub async fn wait_saved(&self) -> Result<()> {
        self.wait_save_state("saved").await
    }

    pub async fn wait_save_state(&self, state: &str) -> Result<()> {
        self.wait_equal("document.querySelector('[data-hands] [data-save]')?.dataset.save", state).await
    }

    pub async fn text(&self) -> Result<String> {
        self.eval_text(TEXT).await
    }

    /// Waits until the text is exactly this one.
    pub async fn wait_text(&self, text: &str) -> Result<()> {
        self.wait_equal(TEXT, text).await
    }

    /// Text and caret of one moment: what others do may change both between two questions.
    pub async fn text_and_caret(&self) -> Result<(String, usize)> {
        let seen = self
            .eval("(() => { const field = document.getElementById('emd'); return [field.value, field.selectionStart]; })()")
            .await?;
        let text = seen[0].as_str().context("no text")?.to_string();
        Ok((text, seen[1].as_u64().context("no caret")? as usize))
    }

    /// Puts the caret into the text, `at` in UTF-16 units as the browser counts.
    pub async fn put_caret(&self, at: usize) -> Result<()> {
        self.select_text(at, at).await
    }

    /// Puts the caret into the first place where these words stand, in one moment; false if they stand nowhere.
    pub async fn put_caret_in(&self, words: &str, offset: usize) -> Result<bool> {
        let call = format!(
            "(() => {{ const field = document.getElementById('emd'); const at = field.value.indexOf({}); \
             if (at < 0) return false; \
             field.focus(); field.setSelectionRange(at + {offset}, at + {offset}); return true; }})()",
            Value::from(words)
        );
        Ok(self.eval(&call).await? == Value::Bool(true))
    }

    pub async fn select_text(&self, from: usize, to: usize) -> Result<()> {
        let call = format!(
            "(() => {{ const field = document.getElementById('emd'); field.focus(); \
             field.setSelectionRange({from}, {to}); }})()"
        );
        self.eval(&call).await.map(|_| ())
    }

    /// All stickies on the screen, in no particular order.
    pub async fn wall(&self) -> Result<Vec<Sticky>> {
        let rows = self.eval(WALL).await?;
        let rows = rows.as_array().context("the wall is no list")?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
        let number = |value: &Value| value.as_f64().unwrap_or_default();
        let read = |row: &Value| Sticky {
            line: text(&row[0]),
            kind: text(&row[1]),
            name: text(&row[2]),
            left: number(&row[3]),
            top: number(&row[4]),
            right: number(&row[5]),
            bottom: number(&row[6]),
        };
        Ok(rows.iter().map(read).collect())
    }

    /// Waits until the wall shows that many stickies, and hears hands.
    pub async fn wait_stickies(&self, count: usize) -> Result<()> {
        self.wait_equal("document.querySelectorAll('[data-hands] [data-line]').length", count).await
    }

    /// Waits until the wall shows this sticky, and hears hands.
    pub async fn wait_sticky(&self, kind: &str, name: &str) -> Result<()> {
        let Target::Css(selector) = sticky(kind, name) else { return Ok(()) };
        let selector = format!("[data-hands] {selector}");
        let there = format!("document.querySelector({}) !== null", Value::from(selector));
        self.wait_until(&there).await.map(|_| ())
    }
}

/// Waits until both pages are saved and show the same text, and returns it. With everything saved, a difference can
/// only be an update on its way to one of them.
pub async fn agree(one: &Person, other: &Person) -> Result<String> {
    one.wait_saved().await?;
    other.wait_saved().await?;
    let deadline = std::time::Instant::now() + crate::PATIENCE;
    loop {
        let (mine, theirs) = (one.text().await?, other.text().await?);
        if mine == theirs {
            return Ok(mine);
        }
        anyhow::ensure!(std::time::Instant::now() < deadline, "the pages disagree:\n{mine}\n---\n{theirs}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}
