//! How stickies look, read and are written: kinds, chips, properties, fast writing, and for those who hear the wall.

mod writing;

use anyhow::Result;
use e2e::{Look, Person, Point, Stage, play, role, sticky};
use serde_json::Value;

const SHOP: &str = "# Web shop
// @actor Customer
// @ui Checkout page
Place Order -> // customerId, items, email
// @requires Cart Opened
// @required items
// @constraint Order
Order Placed // orderId, customerId, items, email
// @pivotal
// @personal email
// @hotspot Who pays for a lost parcel?
// @policy Whenever Order Placed, Reserve Stock
Orders* // orderId, items, total
// @type total: decimal
// @term Parcel: what the customer gets in one piece
// @system Payment provider
// @opportunity Same-day delivery
// @scenario An order is placed once
// @given Cart Opened // cartId: 1
// @when Place Order // items: 2
// @then Order Placed // items: 2
// @chapter Returns
// @lane Warehouse
Return Parcel -> // orderId
Parcel Returned // orderId
// @lane Finance
Order Refunded // orderId
// remember the accountant";

async fn one(stage: &mut Stage, text: &str, look: Look) -> Result<Person> {
    let links = stage.server.board(text).await?;
    let ann = stage.person_with("ann", look).await?;
    ann.open(&links.edit).await?;
    ann.wait_saved().await?;
    Ok(ann)
}

async fn empty(stage: &mut Stage) -> Result<Person> {
    let ann = one(stage, "", Look::default()).await?;
    ann.click(Point::new(500.0, 400.0)).await?;
    Ok(ann)
}

async fn writes(person: &Person) -> Result<()> {
    person.wait_until("document.activeElement?.matches('.note-input')").await.map(|_| ())
}

async fn no_violations(person: &Person) -> Result<()> {
    let found = person.axe().await?;
    anyhow::ensure!(found.is_empty(), "{found:#?}");
    Ok(())
}

/// Names that are cut off, and stickies that lie over the names of others.
const CLIPPED: &str = "(() => {
    const notes = [...document.querySelectorAll('[data-line]')].map((note) => {
        const text = note.querySelector('.note-text');
        const range = document.createRange();
        range.selectNodeContents(text);
        const layer = Number(getComputedStyle(note).zIndex) || 0;
        return { note, text, layer, name: text.textContent, box: note.getBoundingClientRect(), words: [...range.getClientRects()] };
    });
    const bad = [];
    for (const [at, one] of notes.entries()) {
        if (one.text.scrollHeight > one.text.clientHeight + 1 || one.text.scrollWidth > one.text.clientWidth + 1) bad.push(`cut: ${one.name}`);
        for (const other of notes) {
            const above = other.layer > one.layer || (other.layer === one.layer && notes.indexOf(other) > at);
            if (other === one || !above) continue;
            const covers = (word) => word.left < other.box.right - 2 && other.box.left < word.right - 2
                && word.top < other.box.bottom - 2 && other.box.top < word.bottom - 2;
            if (one.words.some(covers)) bad.push(`${one.name} under ${other.name}`);
        }
    }
    return bad;
})()";

/// Stickies that lie on each other though nothing means them to.
const OVERLAPS: &str = "(() => {
    const meant = new Set(['actor', 'hotspot', 'opportunity']);
    const notes = [...document.querySelectorAll('[data-line]')].filter((note) => !meant.has(note.dataset.kind));
    const boxes = notes.map((note) => note.getBoundingClientRect());
    const bad = [];
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b, j) => {
        if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
            bad.push(notes[i].getAttribute('aria-label') + ' over ' + notes[i + 1 + j].getAttribute('aria-label'));
    }));
    return bad;
})()";

/// Stickies that a bar covers.
const UNDER_BARS: &str = "(() => {
    const bars = [...document.querySelectorAll('.titlebar, .peoplebar, .toolbar, .zoombar')].map((bar) => bar.getBoundingClientRect());
    return [...document.querySelectorAll('[data-line]')].filter((note) => {
        const a = note.getBoundingClientRect();
        return bars.some((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom);
    }).map((note) => note.getAttribute('aria-label'));
})()";

async fn nothing(person: &Person, question: &str) -> Result<()> {
    person.wait_equal(question, Value::Array(Vec::new())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_is_on_the_wall_and_says_what_it_is() -> Result<()> {
    play("faces-kinds", async |stage| {
        let ann = one(stage, SHOP, Look::default()).await?;
        for (kind, name) in [
            ("heading", "Web shop"),
            ("actor", "Customer"),
            ("screen", "Checkout page"),
            ("command", "Place Order"),
            ("constraint", "Order"),
            ("event", "Order Placed"),
            ("hotspot", "Who pays for a lost parcel?"),
            ("policy", "Whenever Order Placed, Reserve Stock"),
            ("read model", "Orders"),
            ("term", "Parcel: what the customer gets in one piece"),
            ("system", "Payment provider"),
            ("opportunity", "Same-day delivery"),
            ("scenario", "An order is placed once"),
            ("chapter", "Returns"),
            ("lane", "Warehouse"),
            ("note", "remember the accountant"),
        ] {
            ann.wait_sticky(kind, name).await?;
        }
        for (shape, count) in [("chapter", 1), ("lane", 2), ("pivotal", 1)] {
            let there = format!("document.querySelectorAll('.region[data-shape={shape}]').length");
            ann.wait_equal(&there, count).await?;
        }
        // Colour is never alone: each kind has a drawing and a word.
        let plain = "[...document.querySelectorAll('[data-line]:not([data-kind=heading])')].filter((note) => \
            !note.querySelector('.note-foot .icon path')?.getAttribute('d') || !note.querySelector('.note-foot .kind').textContent).length";
        ann.wait_equal(plain, 0).await?;
        let steps = "document.querySelector('[data-kind=scenario] .note-steps')?.textContent";
        ann.wait_until(&format!("{steps}?.includes('Cart Opened') && {steps}.includes('then')")).await?;
        nothing(&ann, OVERLAPS).await?;
        nothing(&ann, CLIPPED).await?;
        nothing(&ann, UNDER_BARS).await?;
        ann.screenshot("kinds").await?;
        no_violations(&ann).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_the_samples_are_whole_and_read_in_text_order() -> Result<()> {
    let samples: Value = serde_json::from_str(include_str!("../../../crates/board/tests/data/samples.json"))?;
    play("faces-samples", async |stage| {
        let ann = stage.person("ann").await?;
        for name in ["consentaur", "timesheets", "inventory", "shopping"] {
            let text = samples[format!("sample-{name}")].as_str().unwrap_or_default();
            let links = stage.server.board("").await?;
            ann.open(&links.edit).await?;
            ann.wait_saved().await?;
            ann.click(Point::new(500.0, 400.0)).await?;
            ann.paste(text).await?;
            let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
            ann.wait_for("document.querySelectorAll('[data-line]').length", |count| {
                count.as_u64().is_some_and(|count| count as usize >= lines / 2)
            })
            .await?;
            ann.wait_saved().await?;
            ann.press("Escape").await?;
            ann.press("Shift+!").await?;
            nothing(&ann, OVERLAPS).await?;
            nothing(&ann, CLIPPED).await?;
            nothing(&ann, UNDER_BARS).await?;
            ann.press("Control+0").await?;
            ann.wait_equal("document.getElementById('wall').dataset.zoom", "near").await?;
            nothing(&ann, CLIPPED).await?;
            ann.press("Shift+!").await?;
            // Screen readers meet the stickies in the order of the text.
            let read = ann.wall().await?.into_iter().map(|sticky| sticky.name).collect::<Vec<_>>().join("|");
            ann.show_text().await?;
            let said = "document.getElementById('emd').value";
            let written = ann.eval_text(said).await?;
            let names: Vec<&str> = read.split('|').collect();
            let mut from = 0;
            for name in names {
                let at = written[from..].find(name);
                anyhow::ensure!(at.is_some(), "{name} is not read where it is written");
                from += at.unwrap_or(0);
            }
            ann.click(role("button", "Text")).await?;
            ann.screenshot(name).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn annotations_are_chips_in_plain_words_that_can_be_taken_away() -> Result<()> {
    play("faces-chips", async |stage| {
        let (ann, bob, _) = stage.pair(SHOP).await?;
        ann.click(role("button", "Text")).await?;
        ann.click(sticky("event", "Order Placed")).await?;
        ann.press("Control+0").await?;
        let label =
            "document.querySelector('[aria-label^=\"event: Order Placed\"]').getAttribute('aria-label')";
        ann.wait_until(&format!("{label}.includes('pivotal') && {label}.includes('personal: email')"))
            .await?;
        ann.click("[aria-label='Remove “pivotal”']").await?;
        bob.wait_until("!document.getElementById('emd').value.includes('@pivotal')").await?;
        ann.wait_equal("document.querySelectorAll('.region[data-shape=pivotal]').length", 0).await?;
        ann.press("Control+z").await?;
        bob.wait_text(SHOP).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_know_the_syntax_edits_properties_by_keys_alone() -> Result<()> {
    play("faces-properties", async |stage| {
        let text = "# Shop\nUsers* // userId, email\nPlace Order -> // items\nOrder Placed // orderId";
        let (ann, bob, _) = stage.pair(text).await?;
        let line =
            |nth: usize| format!("document.getElementById('emd').value.split('\\n').slice({nth}).join('|')");
        ann.click(sticky("event", "Order Placed")).await?;
        ann.press("Control+0").await?;
        ann.wait_until("document.querySelector('.property-add') !== null").await?;
        ann.click(".property-add").await?;
        ann.type_text("email, items\n").await?;
        bob.wait_equal(&line(3), "Order Placed // orderId, email, items").await?;
        // One act each: undo takes back one property at a time.
        ann.press("ArrowLeft").await?;
        ann.wait_until("document.activeElement?.textContent.startsWith('items')").await?;
        ann.press("Alt+ArrowLeft").await?;
        bob.wait_equal(&line(3), "Order Placed // orderId, items, email").await?;
        ann.screenshot("chips").await?;
        ann.press("Delete").await?;
        bob.wait_equal(&line(3), "Order Placed // orderId, email").await?;
        ann.wait_until("document.activeElement?.matches('.property-add')").await?;
        ann.press("ArrowLeft").await?;
        ann.press("Enter").await?;
        ann.click(role("checkbox", "Personal data")).await?;
        bob.wait_equal(&line(3), "Order Placed // orderId, email|// @personal email").await?;
        ann.click(".property-field").await?;
        ann.press("Control+a").await?;
        ann.type_text("mail\t").await?;
        bob.wait_equal(&line(3), "Order Placed // orderId, mail|// @personal mail").await?;
        ann.wait_until("document.querySelector('.property-about') !== null").await?;
        no_violations(&ann).await?;
        ann.screenshot("about").await?;
        ann.press("Escape").await?;
        ann.press("Control+z").await?;
        bob.wait_equal(&line(3), "Order Placed // orderId, email|// @personal email").await?;
        ann.press("Control+z").await?;
        bob.wait_equal(&line(3), "Order Placed // orderId, email").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn types_lookups_and_conditions_are_chosen_from_lists() -> Result<()> {
    play("faces-lists", async |stage| {
        let text = "# Shop\nUsers* // userId, email\nCart Opened // cartId\nPlace Order -> // userId\nOrder Placed // orderId";
        let (ann, bob, _) = stage.pair(text).await?;
        let choose = |title: &str, value: &str| {
            format!(
                "(() => {{ const list = document.querySelector('select[aria-label=\"{title}\"]'); if (!list) return false; \
                 list.value = '{value}'; list.dispatchEvent(new Event('change', {{ bubbles: true }})); return true; }})()"
            )
        };
        let text = "document.getElementById('emd').value";
        ann.click(sticky("command", "Place Order")).await?;
        ann.press("Control+0").await?;
        ann.wait_until(&choose("Needs…", "Cart Opened")).await?;
        bob.wait_until(&format!("{text}.includes('Place Order -> // userId\\n// @requires Cart Opened\\n')")).await?;
        ann.click(".property").await?;
        ann.wait_until(&choose("Must exist in", "Users")).await?;
        bob.wait_until(&format!("{text}.includes('// @exists userId in Users')")).await?;
        ann.wait_until(&choose("Type", "uuid")).await?;
        bob.wait_until(&format!("{text}.includes('// @type userId: uuid')")).await?;
        ann.wait_until(&choose("Must exist in", "")).await?;
        bob.wait_until(&format!("!{text}.includes('@exists')")).await?;
        ann.click(role("checkbox", "Must be given")).await?;
        bob.wait_until(&format!("{text}.includes('// @required userId')")).await?;
        no_violations(&ann).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hotspot_is_closed_in_ones_name_and_opened_again() -> Result<()> {
    play("faces-hotspot", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nOrder Placed\n// @hotspot Who pays?").await?;
        ann.click(sticky("hotspot", "Who pays?")).await?;
        ann.click(role("button", "Resolve")).await?;
        bob.wait_until("/@resolved by \\w/.test(document.getElementById('emd').value)").await?;
        bob.wait_until("document.querySelector('.note.resolved') !== null").await?;
        no_violations(&bob).await?;
        ann.click(role("button", "Reopen")).await?;
        bob.wait_text("# Shop\nOrder Placed\n// @hotspot Who pays?").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_style_bar_is_a_toolbar_that_never_covers_its_sticky() -> Result<()> {
    play("faces-style", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart Opened\nItem Added // itemId").await?;
        ann.click(sticky("event", "Item Added")).await?;
        ann.press("Alt+Enter").await?;
        ann.wait_until("document.activeElement?.closest('#style-bar') !== null").await?;
        let clear = "(() => { const bar = document.getElementById('style-bar'), a = bar.getBoundingClientRect(), \
            b = document.querySelector('.note.selected').getBoundingClientRect(); \
            const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top; \
            return getComputedStyle(bar).visibility === 'visible' && apart && a.height <= 64 && a.left >= 0 && a.right <= innerWidth && a.top >= 0; })()";
        ann.wait_until(clear).await?;
        // The kind changes and nothing is lost.
        ann.press("ArrowDown").await?;
        ann.wait_until("document.activeElement?.matches('.kind-item')").await?;
        no_violations(&ann).await?;
        ann.screenshot("kinds").await?;
        ann.press("ArrowRight").await?;
        ann.press("Enter").await?;
        bob.wait_text("# Shop\nCart Opened\nItem Added -> // itemId").await?;
        ann.press("Escape").await?;
        ann.wait_until("document.activeElement?.matches('.note.selected')").await?;
        ann.press("Alt+Enter").await?;
        ann.click(role("button", "Lock (Ctrl+Shift+L)")).await?;
        bob.wait_until("document.querySelector('.note.locked .note-lock') !== null").await?;
        let label = "document.querySelector('.note.locked').getAttribute('aria-label')";
        bob.wait_until(&format!("{label}.includes('Locked')")).await?;
        ann.click(role("button", "Unlock (Ctrl+Shift+L)")).await?;
        bob.wait_until("document.querySelector('.note.locked') === null").await?;
        for look in [Look::phone(), Look { width: 720, height: 450, ..Look::default() }] {
            if ann.exists("#emd").await? {
                ann.click(role("button", "Text")).await?;
            }
            ann.look(&look).await?;
            ann.press("Shift+!").await?;
            ann.wait_until(clear).await?;
            nothing(&ann, UNDER_BARS).await?;
            no_violations(&ann).await?;
            ann.screenshot(&format!("width-{}", look.width)).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_do_is_said_together_and_the_focus_is_never_lost() -> Result<()> {
    play("faces-others", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nCart Opened\nItem Added\nOrder Placed").await?;
        bob.click("[aria-label$='change your name or colour']").await?;
        bob.click("#my-name").await?;
        bob.press("Control+a").await?;
        bob.type_text("Bob\n").await?;
        bob.press("Escape").await?;
        bob.put_caret("# Shop\nCart Opened\nItem Added\nOrder Placed".len()).await?;
        bob.type_text("\nOrder Paid\nOrder Shipped\nOrder Received").await?;
        let said = "document.getElementById('others').textContent";
        ann.wait_until(&format!("{said}.includes('Bob added “Order') && {said}.includes('more')")).await?;
        let focused = "document.activeElement?.getAttribute('aria-label')";
        ann.click(sticky("event", "Item Added")).await?;
        ann.wait_until(&format!(
            "{focused}?.startsWith('event: Item Added') && {focused}.includes('3 of 7')"
        ))
        .await?;
        // Another kind from afar: the focus stays.
        bob.click(sticky("event", "Item Added")).await?;
        bob.press("2").await?;
        ann.wait_until(&format!("{focused}?.startsWith('command: Item Added')")).await?;
        // Deleted from afar: the focus goes to what comes after it, and nothing is chosen for me.
        bob.press("Delete").await?;
        ann.wait_until(&format!("{focused}?.startsWith('event: Order Placed')")).await?;
        ann.wait_equal("document.querySelectorAll('.note.selected').length", 0).await?;
        ann.wait_until(&format!("{said}.includes('Bob removed “Item Added”')")).await?;
        ann.press("Tab").await?;
        ann.wait_until(&format!("{focused}?.startsWith('event: Order Paid')")).await?;
        no_violations(&ann).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_reads_adds_and_moves() -> Result<()> {
    play("faces-phone", async |stage| {
        for (name, look) in [("light", Look::phone()), ("dark", Look::phone().dark())] {
            let links = stage.server.board("# Shop\nCart Opened\nItem Added // itemId\nOrder Placed").await?;
            let ann = stage.person_with(name, look).await?;
            ann.open(&links.edit).await?;
            ann.wait_saved().await?;
            nothing(&ann, UNDER_BARS).await?;
            nothing(&ann, CLIPPED).await?;
            no_violations(&ann).await?;
            ann.click(sticky("event", "Item Added")).await?;
            ann.wait_until("document.getElementById('style-bar') !== null").await?;
            no_violations(&ann).await?;
            ann.screenshot("selected").await?;
            ann.press("Escape").await?;
            ann.click("[aria-label^='New command']").await?;
            ann.click(Point::new(200.0, 560.0)).await?;
            writes(&ann).await?;
            ann.type_text("Pay").await?;
            ann.press("Escape").await?;
            ann.wait_sticky("command", "Pay").await?;
            ann.screenshot("added").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_of_a_lane_stays_in_sight() -> Result<()> {
    play("faces-lane", async |stage| {
        let events: Vec<String> = (0..12).map(|nth| format!("Step {nth} Done")).collect();
        let text = format!("# Shop\n// @lane Warehouse\n{}", events.join("\n"));
        let ann = one(stage, &text, Look::default()).await?;
        ann.press("Control+0").await?;
        ann.wheel(Point::new(700.0, 450.0), 1200.0, 0.0, false).await?;
        ann.wait_equal("document.querySelector('.pinned')?.textContent", "Warehouse").await?;
        ann.screenshot("pinned").await?;
        no_violations(&ann).await?;
        ann.click(".pinned").await?;
        ann.wait_equal("document.querySelector('.pinned')", Value::Null).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn high_contrast_keeps_borders_and_signs() -> Result<()> {
    play("faces-contrast", async |stage| {
        let ann = one(stage, SHOP, Look::default().dark()).await?;
        ann.screenshot("dark").await?;
        no_violations(&ann).await?;
        ann.force_colours().await?;
        let bare = "[...document.querySelectorAll('[data-line]:not([data-kind=heading])')].filter((note) => \
            getComputedStyle(note, '::before').borderTopStyle === 'none').length";
        ann.wait_equal(bare, 0).await?;
        ann.screenshot("forced").await?;
        Ok(())
    })
    .await
}
