//! Work without the server: nothing is lost, nothing comes twice, and the status line tells the truth.

use anyhow::Result;
use e2e::{Flow, Person, Stage, agree, play, role};

const SHOP: &str = "# Shop\nCart Opened";

const STATE: &str = "document.getElementById('save')?.dataset";

async fn wait_kept(person: &Person) -> Result<()> {
    person.wait_until(&format!("{STATE}.kept === 'yes' && {STATE}.waiting !== '0'")).await.map(|_| ())
}

async fn status(person: &Person) -> Result<String> {
    person.eval_text("document.getElementById('save').textContent").await
}

/// Waits for words in the corner.
async fn wait_notice(person: &Person, words: &str) -> Result<()> {
    let there = format!("document.querySelector('.notice')?.textContent.includes({words:?})");
    person.wait_until(&there).await.map(|_| ())
}

/// Takes the network away and types lines at the end of the text, each an edit of its own.
async fn write_offline(person: &Person, lines: impl Iterator<Item = String>) -> Result<()> {
    person.offline(true);
    person.wait_save_state("offline").await?;
    person.put_caret(person.text().await?.encode_utf16().count()).await?;
    for line in lines {
        person.type_text(&format!("\n{line}")).await?;
    }
    wait_kept(person).await
}

/// A fresh tab of the same person, empty so far, in which the board is opened after all others are closed.
async fn close_and_leave_an_empty_tab(stage: &mut Stage, tabs: &[&Person], name: &str) -> Result<Person> {
    let empty = stage.tab(tabs[0], name).await?;
    for tab in tabs {
        tab.close_tab().await?;
    }
    Ok(empty)
}

/// The board again, with the network there again.
async fn come_back(tab: &Person, url: &str) -> Result<()> {
    tab.offline(false);
    tab.open_board(url).await
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_edits_survive_a_closed_tab_and_a_killed_server() -> Result<()> {
    play("offline-fifty", async |stage| {
        let (ann, bob, links) = stage.pair(SHOP).await?;
        write_offline(&ann, (1..=50).map(|number| format!("Item {number} Added"))).await?;
        let shown = status(&ann).await?;
        assert!(shown.starts_with("Offline: ") && shown.ends_with(" kept in this browser"), "{shown}");
        let whole = ann.text().await?;
        assert_eq!(whole.lines().count(), 52);
        let again = close_and_leave_an_empty_tab(stage, &[&ann], "again").await?;
        stage.kill_server().await?;
        stage.restart_server().await?;
        come_back(&again, &links.edit).await?;
        again.wait_text(&whole).await?;
        bob.wait_text(&whole).await?;
        assert_eq!(status(&again).await?, "Saved");
        assert_eq!(agree(&again, &bob).await?, whole);
        // And a third time, from what the browser keeps by then: nothing comes twice.
        let third = close_and_leave_an_empty_tab(stage, &[&again], "third").await?;
        come_back(&third, &links.edit).await?;
        assert_eq!(agree(&third, &bob).await?, whole);
        third.wait_equal(&format!("{STATE}.waiting"), "0").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_opens_and_is_worked_on_while_the_server_does_not_answer() -> Result<()> {
    play("offline-open", async |stage| {
        let (ann, bob, links) = stage.pair(SHOP).await?;
        ann.open("http://any/icon.svg").await?;
        ann.lets_through(Flow::Pages);
        ann.open(&links.edit).await?;
        ann.wait_save_state("offline").await?;
        ann.show_text().await?;
        ann.wait_text(SHOP).await?;
        ann.put_caret(SHOP.len()).await?;
        ann.type_text("\nItem Added").await?;
        wait_kept(&ann).await?;
        let again = close_and_leave_an_empty_tab(stage, &[&ann], "again").await?;
        // The others go on meanwhile.
        bob.put_caret("# Shop".len()).await?;
        bob.type_text("!").await?;
        bob.wait_saved().await?;
        come_back(&again, &links.edit).await?;
        again.wait_text("# Shop!\nCart Opened\nItem Added").await?;
        assert_eq!(agree(&again, &bob).await?, "# Shop!\nCart Opened\nItem Added");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_of_one_person_both_keep_what_was_done_in_them() -> Result<()> {
    play("offline-tabs", async |stage| {
        let (ann, bob, links) = stage.pair(SHOP).await?;
        let second = stage.tab(&ann, "second").await?;
        second.open_board(&links.edit).await?;
        write_offline(&ann, ["Item Added".to_string()].into_iter()).await?;
        second.expects_network_errors();
        second.wait_save_state("offline").await?;
        second.put_caret("# Shop".len()).await?;
        second.type_text("!").await?;
        wait_kept(&second).await?;
        let third = close_and_leave_an_empty_tab(stage, &[&ann, &second], "third").await?;
        come_back(&third, &links.edit).await?;
        third.wait_text("# Shop!\nCart Opened\nItem Added").await?;
        assert_eq!(agree(&third, &bob).await?, "# Shop!\nCart Opened\nItem Added");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_stays_open_sends_what_a_closed_one_left() -> Result<()> {
    play("offline-left", async |stage| {
        let (ann, bob, links) = stage.pair(SHOP).await?;
        let second = stage.tab(&ann, "second").await?;
        second.open_board(&links.edit).await?;
        write_offline(&ann, ["Item Added".to_string()].into_iter()).await?;
        second.expects_network_errors();
        second.wait_save_state("offline").await?;
        ann.close_tab().await?;
        second.offline(false);
        bob.wait_text("# Shop\nCart Opened\nItem Added").await?;
        assert_eq!(agree(&second, &bob).await?, "# Shop\nCart Opened\nItem Added");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_slept_for_a_day_notices_its_dead_connection() -> Result<()> {
    play("offline-sleep", async |stage| {
        let (ann, bob, _) = stage.pair(SHOP).await?;
        ann.sleep(24).await?;
        ann.put_caret("# Shop".len()).await?;
        ann.type_text("!").await?;
        bob.put_caret(SHOP.len()).await?;
        bob.type_text("\nItem Added").await?;
        ann.wait_text("# Shop!\nCart Opened\nItem Added").await?;
        assert_eq!(agree(&ann, &bob).await?, "# Shop!\nCart Opened\nItem Added");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_keeps_nothing_says_so() -> Result<()> {
    play("offline-private", async |stage| {
        let links = stage.server.board(SHOP).await?;
        let ann = stage.person("ann").await?;
        ann.before_pages("Object.defineProperty(window, 'indexedDB', { value: undefined })").await?;
        ann.open_board(&links.edit).await?;
        ann.offline(true);
        ann.wait_save_state("offline").await?;
        ann.put_caret("# Shop".len()).await?;
        ann.type_text("!").await?;
        ann.wait_equal("document.getElementById('save').textContent", "Offline: 1 change only in this page")
            .await?;
        ann.offline(false);
        ann.wait_saved().await?;
        ann.wait_text("# Shop!\nCart Opened").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_room_says_so_and_keeps_on_trying() -> Result<()> {
    play("offline-quota", async |stage| {
        let (ann, bob, _) = stage.pair(SHOP).await?;
        ann.eval("window.put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function () { throw new DOMException('full', 'QuotaExceededError'); }").await?;
        ann.offline(true);
        ann.wait_save_state("offline").await?;
        ann.put_caret("# Shop".len()).await?;
        ann.type_text("!").await?;
        ann.wait_until("document.getElementById('save').textContent.endsWith('only in this page')").await?;
        ann.eval("IDBObjectStore.prototype.put = window.put").await?;
        ann.type_text("!").await?;
        wait_kept(&ann).await?;
        ann.offline(false);
        assert_eq!(agree(&ann, &bob).await?, "# Shop!!\nCart Opened");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_store_is_put_aside_and_the_server_has_the_board() -> Result<()> {
    play("offline-damaged", async |stage| {
        let (ann, _, links) = stage.pair(SHOP).await?;
        // A picture of its own asks for one more that is not there.
        ann.expects_network_errors();
        ann.open("http://any/icon.svg").await?;
        ann.eval(
            "new Promise((done, fail) => { const open = indexedDB.open('squall'); open.onerror = fail; \
             open.onsuccess = () => { const tx = open.result.transaction('boards', 'readwrite'); \
             const boards = tx.objectStore('boards'); boards.openCursor().onsuccess = (event) => { \
             const found = event.target.result; if (!found) return; const value = found.value; \
             value.bytes[value.bytes.length - 1] ^= 255; found.update(value); found.continue(); }; \
             tx.oncomplete = () => { open.result.close(); done(true); }; }; })",
        )
        .await?;
        ann.open_board(&links.edit).await?;
        ann.wait_text(SHOP).await?;
        wait_notice(&ann, "put aside").await?;
        let aside = "new Promise((done, fail) => { const open = indexedDB.open('squall'); open.onerror = fail; \
             open.onsuccess = () => { const count = open.result.transaction('aside').objectStore('aside').count(); \
             count.onsuccess = () => { open.result.close(); done(count.result); }; }; })";
        ann.wait_equal(aside, 1).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_server_offers_its_page_and_forces_nothing() -> Result<()> {
    play("offline-upgrade", async |stage| {
        let links = stage.server.board(SHOP).await?;
        let ann = stage.person("ann").await?;
        ann.before_pages(
            "window.WebSocket = new Proxy(WebSocket, { construct: (Socket, [url]) => \
             new Socket(url.replace(/build=[^&]*/, 'build=older')) })",
        )
        .await?;
        ann.open_board(&links.edit).await?;
        wait_notice(&ann, "newer version").await?;
        ann.put_caret("# Shop".len()).await?;
        ann.type_text("!").await?;
        ann.wait_saved().await?;
        ann.eval("window.before = true").await?;
        ann.click(role("button", "Load again")).await?;
        ann.wait_equal("window.before ?? null", serde_json::Value::Null).await?;
        ann.wait_saved().await?;
        ann.show_text().await?;
        ann.wait_text("# Shop!\nCart Opened").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_board_says_so_and_its_text_can_be_taken_along() -> Result<()> {
    play("offline-deleted", async |stage| {
        let (ann, bob, links) = stage.pair(SHOP).await?;
        bob.expects_network_errors();
        ann.expects_network_errors();
        let segment = links.facilitate.rsplit('/').next().unwrap_or_default().to_string();
        ann.eval(&format!("fetch('/api/boards/{segment}', {{ method: 'DELETE' }}).then((r) => r.status)"))
            .await?;
        bob.wait_save_state("refused").await?;
        wait_notice(&bob, "deleted").await?;
        bob.click(role("button", "Download")).await?;
        assert_eq!(bob.download("Eventstorming.emd").await?, SHOP);
        Ok(())
    })
    .await
}
