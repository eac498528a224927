//! Everything that hands do on the wall: pointers with and without keys, fingers, the clipboard, the palette, the
//! menu, finding. Each test is a sentence of the specification.

mod arranging;
mod clipboard;
mod commands;
mod fingers;
mod looking;

use anyhow::{Context, Result};
use e2e::{Look, Person, Point, Stage, Sticky, sticky};

const SHOP: &str = "# Shop\nCart Opened\nItem Added\nOrder Placed\nOrder Paid";

/// One person on a board with this text, the whole window for the wall.
async fn alone(stage: &mut Stage, text: &str) -> Result<Person> {
    on(stage, text, Look::default()).await
}

async fn on(stage: &mut Stage, text: &str, look: Look) -> Result<Person> {
    let links = stage.server.board(text).await?;
    let ann = stage.person_with("ann", look).await?;
    if look.width < 500 {
        ann.has_fingers().await?;
    }
    ann.open(&links.edit).await?;
    ann.wait_saved().await?;
    ann.wait_stickies(text.lines().filter(|line| !line.starts_with("// @pivotal")).count()).await?;
    ann.wait_until("document.getElementById('wall').dataset.tool").await?;
    Ok(ann)
}

async fn place(person: &Person, name: &str) -> Result<Sticky> {
    let wall = person.wall().await?;
    wall.into_iter().find(|sticky| sticky.name == name).with_context(|| format!("no sticky {name}"))
}

fn event(name: &str) -> e2e::Target {
    sticky("event", name)
}

const SELECTED: &str = "[...document.querySelectorAll('.note.selected .note-text')].map((it) => it.textContent).sort().join(', ')";

async fn wait_selected(person: &Person, names: &str) -> Result<()> {
    person.wait_equal(SELECTED, names).await
}

/// Waits until the sticky stands that far from where it stood.
async fn wait_moved(person: &Person, before: &Sticky, dx: f64, dy: f64) -> Result<()> {
    let seen = format!(
        "(() => {{ const it = document.querySelector('[data-line=\"{}\"]').getBoundingClientRect(); \
         return [Math.round(it.left - {}), Math.round(it.top - {})].join(); }})()",
        before.line, before.left, before.top
    );
    person.wait_equal(&seen, format!("{dx},{dy}")).await
}

const ZOOM: &str = "document.querySelector('.zoom-label').textContent";
const NOTICE: &str = "document.querySelector('.notice p')?.textContent ?? ''";

async fn wait_notice(person: &Person, part: &str) -> Result<()> {
    person.wait_until(&format!("({NOTICE}).includes({})", serde_json::Value::from(part))).await.map(|_| ())
}

/// A place of the wall where nothing lies.
fn bare() -> Point {
    Point::new(250.0, 740.0)
}
