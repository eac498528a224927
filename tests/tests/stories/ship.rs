//! A service out of the page: its files looked at, taken along, and compared with the last ones.

use anyhow::{Context, Result, ensure};
use e2e::{Look, Person, Server, Stage, play, role};
use serde_json::json;
use std::io::Read;

/// Contexts, a policy, a rule, something personal and a scenario: every target has something to say about it.
pub const SHOP: &str = "# Shop
Place Order -> // orderId, items, email
// @required orderId
Order Placed // orderId, items, email
// @personal email
// @policy Whenever Order Placed, Confirm Order
Confirm Order -> // orderId
// @requires Order Placed
Order Confirmed // orderId
Orders* // orderId, items";

const README: &str = "[role=treeitem][data-path=\"README.md\"]";

/// Somebody at the second tab of the export, with the files of the target on screen.
async fn building(stage: &mut Stage, text: &str, look: Look) -> Result<(Person, String)> {
    let links = stage.server.board(text).await?;
    let ann = stage.person_with("ann", look).await?;
    ann.open(&links.edit).await?;
    ann.wait_saved().await?;
    open_export(&ann, "Build a service").await?;
    Ok((ann, links.edit))
}

pub async fn open_export(person: &Person, tab: &str) -> Result<()> {
    export_by_keys(person).await?;
    person.click(role("tab", tab)).await
}

async fn export_by_keys(person: &Person) -> Result<()> {
    by_palette(person, "Export").await?;
    person.wait_until("document.querySelector('.export-tabs')").await.map(|_| ())
}

async fn by_palette(person: &Person, command: &str) -> Result<()> {
    person.press("Control+k").await?;
    person.wait_until("document.activeElement?.matches('[role=combobox]')").await?;
    person.type_text(command).await?;
    let first = "document.querySelector('[role=option][aria-selected=true]')?.textContent";
    person.wait_until(&format!("{first}.includes({command:?})")).await?;
    person.press("Enter").await
}

async fn choose_target(person: &Person, id: &str) -> Result<()> {
    person.wait_until(&format!("document.querySelector('input[name=target][value={id}]')")).await?;
    person.click(format!("label:has(> input[name=target][value={id}])")).await?;
    person.wait_equal("document.querySelector('input[name=target]:checked')?.value", id).await?;
    wait_files(person, id).await
}

/// The files on screen are those of the target: the terminal's line names it, and a file's text is there.
async fn wait_files(person: &Person, id: &str) -> Result<()> {
    let there = format!(
        "document.querySelector('.ship-terminal code').textContent.includes('--target {id} ') \
         && document.querySelector('.ship-tree [role=treeitem]') && document.querySelector('.ship-code, .ship-picture')"
    );
    person.wait_until(&there).await.map(|_| ())
}

/// All paths, with every folder open.
async fn paths(person: &Person) -> Result<Vec<String>> {
    person.click(".ship-tree [role=treeitem]").await?;
    loop {
        let closed = ".ship-tree [aria-expanded=false]";
        if !person.exists(closed).await? {
            break;
        }
        person.eval(&format!("document.querySelector('{closed}').click() ?? true")).await?;
    }
    let all = "[...document.querySelectorAll('.ship-tree [data-path]')].map((it) => it.dataset.path)";
    let all = person.eval(all).await?;
    let all = all.as_array().context("no paths")?.iter().filter_map(|path| path.as_str());
    let mut all: Vec<String> = all.filter(|path| !path.ends_with('/')).map(str::to_owned).collect();
    all.sort();
    Ok(all)
}

async fn zip_of_the_command_line(server: &Server, text: &str, target: &str) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    let (file, zip) = (folder.path().join("Eventstorming.emd"), folder.path().join("out.zip"));
    std::fs::write(&file, format!("{text}\n"))?;
    let [file, out] = [&file, &zip].map(|path| path.to_string_lossy().into_owned());
    server.squall(&["generate", &file, "--target", target, "--zip", &out]).await?;
    Ok(std::fs::read(zip)?)
}

fn unzipped(bytes: &[u8]) -> Result<Vec<(String, String)>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes))?;
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at)?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        files.push((file.name()?.into_owned(), text));
    }
    files.sort();
    Ok(files)
}

pub async fn no_violations(person: &Person, state: &str) -> Result<()> {
    let found = person.axe().await?;
    ensure!(found.is_empty(), "{state}: {found:#?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_and_the_command_line_make_the_same_zip_of_what_is_shown() -> Result<()> {
    play("ship-zip", async |stage| {
        // An empty line at the end is a line too; a file has the end of that one besides.
        let text = format!("{SHOP}\n");
        let (ann, _) = building(stage, &format!("{text}\n"), Look::default()).await?;
        for target in ["specs", "node", "python"] {
            choose_target(&ann, target).await?;
            let shown = paths(&ann).await?;
            ann.click("#download-zip").await?;
            let zip = ann.download_bytes(&format!("Shop-{target}.zip")).await?;
            let wanted = zip_of_the_command_line(&stage.server, &text, target).await?;
            ensure!(zip == wanted, "{target}: {} bytes, {} from the command line", zip.len(), wanted.len());
            let files = unzipped(&zip)?;
            let names: Vec<&String> = files.iter().map(|(name, _)| name).collect();
            ensure!(names == shown.iter().collect::<Vec<_>>(), "{names:?} {shown:?}");
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_read_and_copied_and_a_drawing_is_a_picture_on_plain_http_too() -> Result<()> {
    play("ship-read", async |stage| {
        let links = stage.server.board(SHOP).await?;
        let ann = stage.person("ann").await?;
        ann.calls_the_server("squall.lan.local");
        ann.open(&links.edit).await?;
        ann.wait_saved().await?;
        assert_eq!(ann.eval("isSecureContext").await?, false);
        open_export(&ann, "Build a service").await?;
        choose_target(&ann, "specs").await?;
        ann.click("[role=treeitem][data-path=\"openapi.json\"]").await?;
        ann.wait_equal("document.querySelector('.ship-head h3').textContent", "openapi.json").await?;
        let text = ann.eval_text("document.querySelector('.ship-text').textContent").await?;
        ensure!(text.contains("/api/v1/Order/PlaceOrder"), "{text}");
        let lines = ann.eval_text("document.querySelector('.ship-numbers').textContent").await?;
        assert_eq!(lines.lines().count(), text.lines().count());
        ann.click(role("button", "Copy")).await?;
        ann.wait_equal("document.querySelector('.ship-head [role=status]').textContent", "Copied.").await?;
        assert_eq!(ann.clipboard().await?, text);

        let files = paths(&ann).await?;
        let drawing = files.iter().find(|path| path.ends_with(".svg")).context("no drawing")?;
        ann.click(format!("[role=treeitem][data-path=\"{drawing}\"]")).await?;
        ann.wait_until("document.querySelector('.ship-picture img')?.naturalWidth > 0").await?;
        ann.click("label:has(> input[name=ship-view]) + label").await?;
        ann.wait_until("document.querySelector('.ship-text')?.textContent.includes('<svg')").await.map(|_| ())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_changes_is_marked_against_the_last_download_after_a_reload_too() -> Result<()> {
    play("ship-marks", async |stage| {
        let (ann, bob, _) = stage.pair(SHOP).await?;
        let told = "document.querySelector('.ship-told [role=status]').textContent";
        let marks = "[...document.querySelectorAll('.ship-tree [data-mark]')].length";
        open_export(&ann, "Build a service").await?;
        choose_target(&ann, "specs").await?;
        assert_eq!(ann.eval(marks).await?, 0);
        ann.click("#download-zip").await?;
        ann.download_bytes("Shop-specs.zip").await?;
        ann.wait_until(&format!("{told}.includes('Nothing has changed since your last download.')")).await?;

        bob.show_text().await?;
        bob.put_caret(SHOP.len()).await?;
        bob.type_text("\nCancel Order -> // orderId\nOrder Cancelled // orderId").await?;
        ann.wait_until(&format!("/Since your last download: .*changed/.test({told})")).await?;
        ann.wait_until("document.querySelector('[data-path=\"openapi.json\"][data-mark=changed]')").await?;
        let told_then = ann.eval_text(told).await?;
        shows_what_changed(&ann).await?;

        ann.wait_saved().await?;
        ann.reload().await?;
        ann.wait_saved().await?;
        open_export(&ann, "Build a service").await?;
        wait_files(&ann, "specs").await?;
        ann.wait_equal(told, told_then).await?;
        ann.screenshot("marks").await?;
        ann.click("#download-zip").await?;
        ann.wait_equal(marks, 0).await?;
        bob.press("Control+z").await?;
        ann.wait_until(&format!("/removed|changed/.test({told})")).await.map(|_| ())
    })
    .await
}

/// The lines that came and went, by sign and by name, not by colour alone; and the whole file beside them.
async fn shows_what_changed(ann: &Person) -> Result<()> {
    ann.click("[data-path=\"openapi.json\"]").await?;
    let came = "[...document.querySelectorAll('.ship-changes ins')].map((it) => it.textContent).join('')";
    ann.wait_until(&format!("{came}.includes('CancelOrder')")).await?;
    ann.wait_until(&format!("{came}.trim().split('\\n').every((line) => line.startsWith('+ '))")).await?;
    ann.wait_until("/[1-9]\\d* lines? added/.test(document.querySelector('.ship-code').textContent)").await?;
    no_violations(ann, "a difference").await?;
    ann.screenshot("difference").await?;
    ann.click("label:has(> input[name=ship-view]):last-of-type").await?;
    ann.wait_until("document.querySelector('.ship-text')?.textContent.includes('openapi')").await?;
    ann.click("label:has(> input[name=ship-view])").await?;
    // What is as it was has no difference to show.
    ann.click("[role=treeitem][aria-selected]:not([data-mark])").await?;
    ann.wait_until("!document.querySelector('input[name=ship-view]')").await.map(|_| ())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_and_somebody_who_was_away_take_the_same_bytes_and_see_what_changed() -> Result<()> {
    play("ship-together", async |stage| {
        let (ann, bob, links) = stage.pair(SHOP).await?;
        let vera = stage.person("vera").await?;
        vera.open_board(&links.view).await?;
        by_palette(&ann, "Build a service").await?;
        choose_target(&ann, "specs").await?;
        ann.click("#download-zip").await?;
        ann.download_bytes("Shop-specs.zip").await?;
        by_palette(&vera, "Try the API").await?;
        vera.click("[data-operation] .ship-operation-head").await?;
        vera.click("[data-operation] textarea").await?;
        vera.press("Control+a").await?;
        vera.type_text("{\"orderId\": \"7\"}").await?;

        bob.show_text().await?;
        bob.offline(true);
        bob.wait_save_state("offline").await?;
        bob.put_caret(SHOP.len()).await?;
        bob.type_text("\nCancel Order -> // orderId\nOrder Cancelled // orderId").await?;
        bob.offline(false);

        // What changed, alone.
        ann.click("label:has(> input[name=ship-shown]):last-of-type").await?;
        let rows = "[...document.querySelectorAll('.ship-tree [role=treeitem]')]";
        ann.wait_until(&format!("{rows}.length > 0 && {rows}.every((row) => row.dataset.mark)")).await?;
        ann.find("[data-path=\"openapi.json\"][data-mark=changed]").await?;
        no_violations(&ann, "changes alone").await?;
        ann.screenshot("changes").await?;

        // What somebody has begun to fill in stays, and it is answered.
        vera.wait_until("document.querySelector('.ship-api-head .remark')").await?;
        let filled = "document.querySelector('[data-operation] textarea').value";
        vera.wait_equal(filled, "{\"orderId\": \"7\"}").await?;
        vera.press("Control+Enter").await?;
        vera.wait_equal("document.querySelector('.ship-happened li')?.textContent", "Order Placed").await?;
        no_violations(&vera, "what happened").await?;

        by_palette(&bob, "Build a service").await?;
        choose_target(&bob, "specs").await?;
        vera.click(role("tab", "Build a service")).await?;
        choose_target(&vera, "specs").await?;
        let mut zips = Vec::new();
        for person in [&ann, &bob, &vera] {
            person.click("#download-zip").await?;
            zips.push(person.download_bytes("Shop-specs.zip").await?);
        }
        ensure!(zips.iter().all(|zip| *zip == zips[0]), "three people, not one zip");
        ann.wait_until("!document.querySelector('.ship-choice')").await?;
        ann.wait_until(&format!("{rows}.some((row) => !row.dataset.mark)")).await.map(|_| ())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_stand_in_the_way_and_lead_to_their_sticky() -> Result<()> {
    play("ship-findings", async |stage| {
        let broken = SHOP.replace("Orders* // orderId, items", "Orders* // orderId, itmes");
        let (ann, _) = building(stage, &broken, Look::default()).await?;
        ann.find(".ship-findings .finding-jump").await?;
        ensure!(!ann.exists(".ship-tree").await?, "files although there are findings");
        no_violations(&ann, "findings").await?;
        ann.screenshot("findings").await?;
        ann.click(".ship-findings .finding-jump").await?;
        ann.wait_until("document.querySelector('.note.selected')").await?;
        ann.wait_until("!document.querySelector('.ship')").await?;

        // Mended, it is generated.
        ann.show_text().await?;
        ann.put_caret(broken.len()).await?;
        for _ in 0..3 {
            ann.press("Backspace").await?;
        }
        ann.type_text("ems").await?;
        by_palette(&ann, "Build a service").await?;
        wait_files(&ann, "node").await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tree_is_walked_by_keys_alone() -> Result<()> {
    play("ship-keys", async |stage| {
        let links = stage.server.board(SHOP).await?;
        let ann = stage.person("ann").await?;
        ann.open(&links.edit).await?;
        ann.wait_saved().await?;
        export_by_keys(&ann).await?;
        ann.tab_to("tab", "Files").await?;
        ann.press("ArrowRight").await?;
        wait_files(&ann, "node").await?;
        ann.tab_to("tree", "Generated files").await?;
        let at = "document.querySelector('[data-at]')?.dataset.path";
        ann.press("Home").await?;
        ann.wait_until(&format!("{at}.endsWith('/')")).await?;
        let closed = "document.querySelector('[data-at]').getAttribute('aria-expanded')";
        let was = ann.eval_text(closed).await?;
        ann.press("Enter").await?;
        ann.wait_equal(closed, if was == "true" { "false" } else { "true" }).await?;
        ann.press("End").await?;
        ann.press("r").await?;
        ann.wait_equal(at, "README.md").await?;
        ann.wait_equal("document.querySelector('.ship-head h3').textContent", "README.md").await?;
        // Tab goes on into the text, which is scrolled by keys, and to the download.
        ann.tab_to("region", "Text of the file").await?;
        for _ in 0..6 {
            if ann.eval("document.activeElement.id").await? == "download-zip" {
                break;
            }
            ann.press("Tab").await?;
        }
        ann.press("Enter").await?;
        ann.download_bytes("Shop-node.zip").await?;
        ann.press("Escape").await?;
        ann.wait_until("!document.querySelector('.export-panel')").await.map(|_| ())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_shows_the_tree_or_the_text_in_light_and_in_dark() -> Result<()> {
    play("ship-phone", async |stage| {
        let (ann, _) = building(stage, SHOP, Look::phone()).await?;
        wait_files(&ann, "node").await?;
        ann.screenshot("phone-tree").await?;
        no_violations(&ann, "the tree on a phone").await?;
        ann.click(README).await?;
        ann.wait_until("document.querySelector('.ship-back').offsetWidth > 0").await?;
        ann.wait_equal("document.querySelector('.ship-tree').offsetWidth", 0).await?;
        ann.screenshot("phone-text").await?;
        no_violations(&ann, "a text on a phone").await?;
        ann.look(&Look::phone().dark()).await?;
        ann.click(role("button", "All files")).await?;
        ann.wait_until("document.querySelector('.ship-tree').offsetWidth > 0").await?;
        ann.screenshot("phone-dark").await?;
        no_violations(&ann, "the tree in the dark").await?;
        ann.look(&Look::default()).await?;
        ann.wait_until("document.querySelector('.ship-preview').offsetWidth > 0").await?;
        ann.screenshot("wide").await?;
        no_violations(&ann, "both, with room").await?;
        ann.look(&Look::default().dark()).await?;
        ann.screenshot("wide-dark").await?;
        no_violations(&ann, "both, in the dark").await?;
        let wide = "document.documentElement.scrollWidth <= innerWidth";
        ann.wait_equal(wide, json!(true)).await
    })
    .await
}

/// Keeps the workers that the page starts in `workers`.
const KEEP: &str = "window.workers = []; window.Worker = class extends Worker {
    constructor(...how) { super(...how); this.name_ = String(how[0]); workers.push(this); }
};";

#[tokio::test(flavor = "multi_thread")]
async fn the_generator_is_fetched_when_it_is_wanted_and_another_one_takes_over_when_it_dies() -> Result<()> {
    play("ship-dies", async |stage| {
        let links = stage.server.board(SHOP).await?;
        let ann = stage.person("ann").await?;
        ann.before_pages(KEEP).await?;
        ann.open(&links.edit).await?;
        ann.wait_saved().await?;
        let generators = "workers.filter((one) => one.name_.includes('generator')).length";
        assert_eq!(ann.eval(generators).await?, 0);
        open_export(&ann, "Build a service").await?;
        wait_files(&ann, "node").await?;
        ann.wait_equal(generators, 1).await?;
        ann.eval("(() => { const it = workers.at(-1); it.terminate(); it.dispatchEvent(new ErrorEvent('error', { message: 'gone', cancelable: true })); return true; })()").await?;
        choose_target(&ann, "specs").await?;
        ann.wait_equal(generators, 2).await
    })
    .await
}
