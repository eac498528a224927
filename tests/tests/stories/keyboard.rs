//! A whole board without a pointer: LES's own example, from the first page to the server's disk, by keys alone.

use anyhow::{Result, ensure};
use e2e::{Person, play};

const TODOLIST: &str = include_str!("../data/todolist.emd");

/// A sticky of the sample as somebody would say it: the key of its kind, its name, its properties.
struct Wanted<'a> {
    kind: &'static str,
    name: &'a str,
    properties: &'a str,
}

fn wanted(line: &str) -> Wanted<'_> {
    let (name, properties) = line.split_once(" // ").unwrap_or((line, ""));
    match (name.strip_suffix("->"), name.strip_suffix('*')) {
        (Some(name), _) => Wanted { kind: "2", name: name.trim(), properties },
        (_, Some(name)) => Wanted { kind: "3", name, properties },
        _ => Wanted { kind: "1", name, properties },
    }
}

/// The sample as this page writes it: LES reads a command with and without the space before its arrow.
fn sample() -> String {
    TODOLIST.trim_end().replace("Register->", "Register ->")
}

const WRITING: &str = "document.activeElement?.matches('.note-input')";
const SELECTED: &str = "document.querySelectorAll('.note.selected').length";

/// Escape leads from the properties to the sticky, and from there to the bare wall.
async fn put_down(ann: &Person) -> Result<()> {
    for _ in 0..4 {
        if ann.eval(SELECTED).await? == 0 {
            return Ok(());
        }
        ann.press("Escape").await?;
    }
    ann.wait_equal(SELECTED, 0).await
}

async fn write(ann: &Person, wanted: &Wanted<'_>) -> Result<()> {
    put_down(ann).await?;
    ann.press(wanted.kind).await?;
    ann.wait_equal("document.getElementById('wall').dataset.tool", "place").await?;
    ann.press("Enter").await?;
    ann.wait_until(WRITING).await?;
    ann.type_text(wanted.name).await?;
    // From the words to what else there is to say about a sticky.
    ann.press("Alt+Enter").await?;
    ann.wait_until("document.activeElement?.closest('#style-bar') !== null").await?;
    ann.wait_until("getComputedStyle(document.querySelector('.property-sheet')).visibility === 'visible'")
        .await?;
    let mut way = Vec::new();
    while ann.eval("document.activeElement?.matches('.property-add')").await? != true && way.len() < 20 {
        way.push(ann.eval_text("document.activeElement.outerHTML.slice(0, 90)").await?);
        ann.press("Tab").await?;
    }
    ensure!(way.len() < 20, "Tab does not lead to the properties: {way:#?}");
    ann.wait_until("document.activeElement?.matches('.property-add')").await?;
    ann.type_text(wanted.properties).await?;
    ann.press("Enter").await?;
    ann.wait_equal("document.activeElement?.value", "").await
}

/// The heading has no digit: the palette knows it.
async fn write_title(ann: &Person, title: &str) -> Result<()> {
    ann.press("Control+k").await?;
    ann.wait_until("document.activeElement?.matches('[role=combobox]')").await?;
    ann.type_text("new head").await?;
    ann.wait_until(
        "document.querySelector('[role=option][aria-selected=true]')?.textContent.includes('New heading')",
    )
    .await?;
    ann.press("Enter").await?;
    ann.wait_until(WRITING).await?;
    ann.type_text(title).await?;
    ann.press("Escape").await
}

/// Some stickies are moved and lined up, and then the wall is tidied again.
async fn arrange(ann: &Person) -> Result<()> {
    let tops = "new Set([...document.querySelectorAll('.note.selected')].map((it) => it.style.translate.split(' ')[1])).size";
    put_down(ann).await?;
    // With nothing selected an arrow with Ctrl takes the first sticky; Tab would lead away from the wall.
    ann.press("Control+ArrowRight").await?;
    ann.wait_equal(SELECTED, 1).await?;
    ann.press("Tab").await?;
    for _ in 0..3 {
        ann.press("Shift+ArrowDown").await?;
    }
    ann.press("Control+a").await?;
    ann.wait_until(&format!("{tops} > 1")).await?;
    ann.press("Alt+w").await?;
    ann.wait_equal(tops, 1).await?;
    ann.press("Control+k").await?;
    ann.wait_until("document.activeElement?.matches('[role=combobox]')").await?;
    ann.type_text("tidy").await?;
    ann.press("Enter").await?;
    ann.wait_until(&format!("{tops} > 1")).await.map(|_| ())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_todo_list_is_built_by_keyboard_alone() -> Result<()> {
    play("keyboard", async |stage| {
        let ann = stage.person("ann").await?;
        ann.count_presses().await?;
        ann.open(&format!("{}/", stage.server.origin)).await?;
        ann.tab_to("button", "New board").await?;
        ann.press("Enter").await?;
        ann.wait_saved().await?;
        let sample = sample();
        let mut lines = sample.lines();
        write_title(&ann, lines.next().unwrap_or_default().trim_start_matches("# ")).await?;
        for line in lines {
            write(&ann, &wanted(line)).await?;
        }
        arrange(&ann).await?;
        put_down(&ann).await?;
        ann.press("Control+k").await?;
        ann.wait_until("document.activeElement?.matches('[role=combobox]')").await?;
        ann.type_text("as text").await?;
        ann.press("Enter").await?;
        ann.wait_text(&sample).await?;
        ann.wait_saved().await?;
        ann.screenshot("todolist").await?;
        ensure!(ann.presses().await? == 0, "a pointer was pressed");
        // The counter does count: this press is seen.
        ann.click("#wall").await?;
        ensure!(ann.presses().await? > 0, "presses are not counted");
        Ok(())
    })
    .await
}
