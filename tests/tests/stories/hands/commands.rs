//! Finding, the palette, the menu and the sheet of keys.

use super::{SHOP, alone, bare, event, wait_selected};
use anyhow::Result;
use e2e::{Point, play, role};

// ---- finding

/// The wall stands before the part of the page is here that hears keys: a test may keep that part away for a while.
const LATER: &str = "window.parts = new Promise((come) => { window.letPartsCome = come; });
    const fetched = window.fetch;
    window.fetch = (what, ...how) => `${what.url ?? what}`.includes('split_hands')
        ? parts.then(() => fetched(what, ...how)) : fetched(what, ...how);";

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_pressed_before_the_page_hears_keys_is_heard_later() -> Result<()> {
    play("early-keys", async |stage| {
        let links = stage.server.board(SHOP).await?;
        let ann = stage.person("ann").await?;
        ann.before_pages(LATER).await?;
        ann.open(&links.edit).await?;
        ann.wait_equal("document.querySelectorAll('[data-line]').length", 5).await?;
        ann.press("Control+k").await?;
        // What follows is for what the first one opens, and changes nothing.
        ann.press("Control+a").await?;
        assert!(!ann.exists("[data-hands]").await?, "the part is here already");
        ann.eval("letPartsCome()").await?;
        ann.wait_until("document.activeElement?.matches('[role=combobox]')").await?;
        wait_selected(&ann, "").await?;
        ann.press("Escape").await?;
        // From here on keys go their usual way, each once.
        ann.press("Control+a").await?;
        wait_selected(&ann, "Cart Opened, Item Added, Order Paid, Order Placed, Shop").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn find_marks_what_it_finds_and_goes_from_one_to_the_next() -> Result<()> {
    play("find", async |stage| {
        let text =
            "# Café\nCafé Opened // ownerName\nCart Opened // cartId\n// @personal ownerName\nCafe Closed";
        let links = stage.server.board(text).await?;
        let ann = stage.person("ann").await?;
        ann.open(&links.edit).await?;
        ann.wait_sticky("event", "Cafe Closed").await?;
        let count = "document.getElementById('find-count').textContent";
        let here = "document.querySelector('[data-found=here] .note-text')?.textContent";
        ann.press("Control+f").await?;
        ann.wait_until("document.activeElement?.id === 'find-input'").await?;
        ann.type_text("CAFE").await?;
        ann.wait_equal(count, "1 of 3").await?;
        ann.wait_equal(here, "Café").await?;
        ann.wait_equal("document.querySelectorAll('[data-found]').length", 3).await?;
        ann.screenshot("find").await?;
        assert_eq!(
            ann.axe().await?.iter().map(|it| it.rule.clone()).collect::<Vec<_>>(),
            Vec::<String>::new()
        );
        ann.press("Enter").await?;
        ann.wait_equal(here, "Café Opened").await?;
        ann.press("F3").await?;
        ann.wait_equal(here, "Cafe Closed").await?;
        ann.press("Enter").await?;
        ann.wait_equal(here, "Café").await?;
        ann.press("Shift+Enter").await?;
        ann.wait_equal(count, "3 of 3").await?;
        // Properties and annotations count too.
        ann.press("Control+a").await?;
        ann.type_text("ownername").await?;
        ann.wait_equal(count, "1 of 2").await?;
        ann.press("Enter").await?;
        ann.wait_equal(here, "Cart Opened").await?;
        ann.press("Escape").await?;
        wait_selected(&ann, "Cart Opened").await?;
        ann.wait_until("document.activeElement?.matches('.note.selected')").await?;
        ann.wait_equal("document.querySelectorAll('[data-found]').length", 0).await?;
        ann.press("F3").await?;
        ann.wait_equal("document.getElementById('find-input')?.value", "ownername").await
    })
    .await
}

// ---- palette, menu, sheet

#[tokio::test(flavor = "multi_thread")]
async fn the_palette_finds_a_command_by_a_few_letters_and_remembers_it() -> Result<()> {
    play("palette", async |stage| {
        let ann = alone(stage, SHOP).await?;
        let options = "[...document.querySelectorAll('[role=option] .palette-title')].map((it) => it.textContent)";
        let chosen = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))\
                      ?.querySelector('.palette-title').textContent";
        ann.press("Control+k").await?;
        ann.wait_until("document.activeElement?.matches('[role=combobox][aria-expanded=true]')").await?;
        ann.wait_until("document.getElementById(document.activeElement.getAttribute('aria-controls'))?.role === 'listbox'").await?;
        ann.screenshot("palette").await?;
        assert_eq!(ann.axe().await?.iter().map(|it| it.rule.clone()).collect::<Vec<_>>(), Vec::<String>::new());
        ann.type_text("sel ev").await?;
        ann.wait_equal(chosen, "Select everything").await?;
        ann.press("Enter").await?;
        wait_selected(&ann, "Cart Opened, Item Added, Order Paid, Order Placed, Shop").await?;
        // With something selected other commands are possible, and what was used lately is first.
        ann.press("Control+k").await?;
        ann.wait_equal(&format!("({options})[0]"), "Select everything").await?;
        ann.press("ArrowDown").await?;
        ann.wait_equal("document.querySelectorAll('[role=option]')[1].ariaSelected", "true").await?;
        ann.type_text("chg hot").await?;
        ann.wait_equal(chosen, "Change to hotspot").await?;
        ann.press("Control+a").await?;
        ann.type_text("zzzz").await?;
        ann.wait_until("document.querySelector('.palette [role=status]').textContent !== ''").await?;
        ann.press("Escape").await?;
        ann.wait_until("document.querySelector('[role=combobox]') === null").await?;
        wait_selected(&ann, "Cart Opened, Item Added, Order Paid, Order Placed, Shop").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_palette_starts_a_sticky_without_a_pointer() -> Result<()> {
    play("palette-new", async |stage| {
        let ann = alone(stage, "# Shop").await?;
        ann.press("Control+k").await?;
        ann.wait_until("document.activeElement?.matches('[role=combobox]')").await?;
        ann.type_text("glossary").await?;
        ann.press("Enter").await?;
        ann.wait_until("document.activeElement?.matches('.note-input')").await?;
        ann.type_text("Parcel").await?;
        ann.press("Escape").await?;
        ann.wait_sticky("term", "Parcel").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_is_about_what_was_clicked_and_stays_inside_the_window() -> Result<()> {
    play("menu", async |stage| {
        let ann = alone(stage, SHOP).await?;
        let now = "document.activeElement?.closest('[role=menuitem]')?.textContent || document.activeElement?.ariaLabel";
        ann.menu(event("Order Paid")).await?;
        wait_selected(&ann, "Order Paid").await?;
        ann.screenshot("menu").await?;
        assert_eq!(ann.axe().await?.iter().map(|it| it.rule.clone()).collect::<Vec<_>>(), Vec::<String>::new());
        ann.press("ArrowDown").await?;
        ann.wait_until(&format!("({now}).startsWith('Cut')")).await?;
        ann.press("End").await?;
        ann.press("ArrowDown").await?;
        ann.wait_until(&format!("({now}).startsWith('Write on')")).await?;
        ann.press("d").await?;
        ann.wait_until(&format!("({now}).startsWith('Duplicate')")).await?;
        ann.press("Enter").await?;
        ann.wait_stickies(6).await?;
        // By key, and out of it by key: the focus is back.
        ann.click(event("Cart Opened")).await?;
        ann.press("Shift+F10").await?;
        ann.wait_until("document.getElementById('menu')?.contains(document.activeElement)").await?;
        ann.press("Escape").await?;
        ann.wait_until("document.querySelector('[role=menu]') === null").await?;
        ann.wait_until("document.activeElement?.matches('.note.selected')").await?;
        // On the wall, in the corner, there is another one, and a click elsewhere closes it.
        ann.menu(Point::new(1425.0, 500.0)).await?;
        let inside = "(() => { const box = document.querySelector('[role=menu]').getBoundingClientRect(); \
                      return box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight; })()";
        ann.wait_until(inside).await?;
        ann.wait_until("document.querySelector('[role=menuitem][aria-label=\"New command\"]') !== null").await?;
        ann.screenshot("menu-wall").await?;
        ann.click(bare()).await?;
        ann.wait_until("document.querySelector('[role=menu]') === null").await?;
        ann.menu(bare()).await?;
        ann.choose("New command").await?;
        ann.wait_until("document.activeElement?.matches('.note-input')").await?;
        ann.type_text("Ship Order").await?;
        ann.press("Escape").await?;
        ann.wait_sticky("command", "Ship Order").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_shows_every_key_and_switches_single_letters_off() -> Result<()> {
    play("sheet", async |stage| {
        let ann = alone(stage, SHOP).await?;
        ann.press("?").await?;
        ann.wait_until("document.querySelector('[role=dialog]')?.textContent.includes('Align left edges')")
            .await?;
        ann.screenshot("sheet").await?;
        assert_eq!(
            ann.axe().await?.iter().map(|it| it.rule.clone()).collect::<Vec<_>>(),
            Vec::<String>::new()
        );
        ann.click(role("switch", "Single letters, digits and signs are shortcuts")).await?;
        ann.wait_until("document.querySelector('[role=dialog]').textContent.includes('shortcuts are off')")
            .await?;
        ann.press("Escape").await?;
        ann.wait_until("document.querySelector('[role=dialog]') === null").await?;
        ann.click(event("Cart Opened")).await?;
        ann.press("8").await?;
        ann.press("h").await?;
        ann.press("?").await?;
        // Keys with Ctrl still work, so these strokes have been heard by now.
        ann.press("Control+d").await?;
        ann.wait_stickies(6).await?;
        ann.wait_sticky("event", "Cart Opened").await?;
        ann.wait_equal("document.getElementById('wall').dataset.tool", "select").await?;
        assert!(!ann.exists("[role=dialog]").await?);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mac_takes_and_shows_its_own_keys() -> Result<()> {
    play("mac", async |stage| {
        let ann = alone(stage, SHOP).await?;
        ann.eval("Object.defineProperty(navigator, 'platform', { value: 'MacIntel' }) && true").await?;
        ann.press("Meta+a").await?;
        wait_selected(&ann, "Cart Opened, Item Added, Order Paid, Order Placed, Shop").await?;
        ann.press("Meta+k").await?;
        ann.wait_until("document.querySelector('.palette')?.textContent.includes('⌘')").await?;
        ann.wait_until("!document.querySelector('.palette').textContent.includes('Ctrl')").await.map(|_| ())
    })
    .await
}
