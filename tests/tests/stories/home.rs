//! The first page, and what surrounds the wall: the boards a browser knows, share, export, preferences.

use anyhow::Result;
use e2e::{Look, Person, Stage, play, role};

const SHOP: &str = "# Shop\nCart Opened";

const TITLES: &str = "[...document.querySelectorAll('.card-title')].map((it) => it.textContent).join()";

/// Somebody who has opened boards of these names, and is on the first page.
async fn somebody_with(stage: &mut Stage, names: &[&str]) -> Result<Person> {
    let ann = stage.person("ann").await?;
    for name in names {
        let links = stage.server.board(&format!("# {name}\nCart Opened")).await?;
        ann.open(&links.edit).await?;
        ann.wait_saved().await?;
        ann.wait_until(&format!("document.title.startsWith({name:?})")).await?;
    }
    ann.open("http://any/").await?;
    Ok(ann)
}

async fn nothing_from_axe(person: &Person, state: &str) -> Result<()> {
    let found = person.axe().await?;
    assert!(found.is_empty(), "{state}: {found:#?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_visit_teaches_and_a_new_board_is_one_key_away() -> Result<()> {
    play("home-first", async |stage| {
        let ann = stage.person("ann").await?;
        ann.open("http://any/").await?;
        ann.wait_until("document.querySelector('.home-none')?.textContent.includes('begin one')").await?;
        nothing_from_axe(&ann, "empty").await?;
        ann.screenshot("empty").await?;
        // By keyboard alone: the first stop is the new board.
        ann.press("Tab").await?;
        ann.wait_equal("document.activeElement.id", "new-board").await?;
        ann.press("Enter").await?;
        ann.wait_saved().await?;
        ann.wait_until("location.pathname.startsWith('/b/')").await?;
        ann.open("http://any/").await?;
        ann.wait_equal(TITLES, "Untitled board").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn boards_are_listed_by_when_they_were_opened_and_found_by_name() -> Result<()> {
    play("home-list", async |stage| {
        let names = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"];
        let ann = somebody_with(stage, &names).await?;
        ann.wait_equal(TITLES, "Zeta,Epsilon,Delta,Gamma,Beta,Alpha").await?;
        nothing_from_axe(&ann, "list").await?;
        ann.screenshot("list").await?;
        ann.look(&Look::default().dark()).await?;
        // Colours change in the next frame.
        let colour = "getComputedStyle(document.getElementById('new-board')).backgroundColor";
        ann.wait_equal(colour, "rgb(147, 197, 253)").await?;
        nothing_from_axe(&ann, "dark").await?;
        ann.screenshot("dark").await?;
        ann.look(&Look::phone()).await?;
        nothing_from_axe(&ann, "phone").await?;
        ann.screenshot("phone").await?;
        ann.look(&Look::default()).await?;
        ann.click("#filter").await?;
        ann.type_text("eta").await?;
        ann.wait_equal(TITLES, "Zeta,Beta").await?;
        ann.click("[href^='/b/']").await?;
        ann.wait_equal("document.querySelector('.board-title')?.textContent", "Zeta").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_is_renamed_through_its_first_heading() -> Result<()> {
    play("home-rename", async |stage| {
        let (_, bob, links) = stage.pair(SHOP).await?;
        let ann = stage.person("cleo").await?;
        ann.open_board(&links.edit).await?;
        ann.open("http://any/").await?;
        ann.click(role("button", "Rename: Shop")).await?;
        nothing_from_axe(&ann, "renaming").await?;
        ann.press("Control+a").await?;
        ann.type_text("Web shop\n").await?;
        ann.wait_equal(TITLES, "Web shop").await?;
        bob.wait_text("# Web shop\nCart Opened").await?;
        // And on the board itself.
        bob.click(role("button", "Web shop")).await?;
        bob.press("Control+a").await?;
        bob.type_text("Corner shop\n").await?;
        bob.wait_text("# Corner shop\nCart Opened").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_is_archived_duplicated_and_removed_from_the_list() -> Result<()> {
    play("home-archive", async |stage| {
        let ann = somebody_with(stage, &["Alpha", "Beta"]).await?;
        // What was downloaded last is kept, with the text it was made of.
        let boards = "Object.keys(localStorage).filter((key) => key.startsWith('squall.board.'))";
        ann.eval(&format!("{boards}.forEach((key) => localStorage.setItem(key.replace('board', 'shipped') + '.node', '{{}}'))")).await?;
        ann.click(role("button", "Archive: Beta")).await?;
        ann.wait_equal(TITLES, "Alpha").await?;
        ann.click("#show-archived").await?;
        ann.wait_equal(TITLES, "Beta").await?;
        ann.click(role("button", "Take out of the archive: Beta")).await?;
        ann.click("#show-archived").await?;
        ann.wait_equal(TITLES, "Beta,Alpha").await?;
        ann.click(role("button", "Remove: Beta")).await?;
        nothing_from_axe(&ann, "removing").await?;
        assert!(!ann.exists(role("button", "Delete for everybody")).await?, "only its facilitator may");
        ann.click(role("button", "Remove from this list")).await?;
        ann.wait_equal(TITLES, "Alpha").await?;
        let kept = "Object.keys(localStorage).filter((key) => key.startsWith('squall.shipped.')).length";
        assert_eq!(ann.eval(kept).await?, 1, "nothing of a board that was removed");
        ann.click(role("button", "Duplicate: Alpha")).await?;
        ann.wait_until("location.pathname.startsWith('/b/')").await?;
        ann.wait_saved().await?;
        ann.show_text().await?;
        ann.wait_text("# Alpha\nCart Opened").await?;
        ann.open("http://any/").await?;
        ann.wait_equal(TITLES, "Alpha,Alpha").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_made_a_board_deletes_it_for_everybody() -> Result<()> {
    play("home-delete", async |stage| {
        let (ann, bob) = (stage.person("ann").await?, stage.person("bob").await?);
        ann.open("http://any/").await?;
        ann.click("#example-board").await?;
        ann.wait_saved().await?;
        let link = ann.eval_text("location.href").await?;
        bob.expects_network_errors();
        bob.open_board(&link).await?;
        ann.open("http://any/").await?;
        ann.click(role("button", "Remove: TODO List")).await?;
        ann.click(role("button", "Delete for everybody")).await?;
        ann.wait_equal(TITLES, "").await?;
        bob.wait_save_state("refused").await?;
        bob.wait_until("document.querySelector('.notice')?.textContent.includes('deleted')").await.map(|_| ())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn files_open_as_boards_and_others_get_a_sentence() -> Result<()> {
    play("home-files", async |stage| {
        let ann = stage.person("ann").await?;
        ann.open("http://any/").await?;
        ann.wait_until("document.getElementById('file') !== null").await?;
        ann.choose_file("#file", "model.eml.yaml", "Solution: [").await?;
        let trouble = "document.querySelector('.home-error')?.textContent.includes('cannot become a board')";
        ann.wait_until(trouble).await?;
        nothing_from_axe(&ann, "trouble").await?;
        ann.choose_file("#file", "shop.emd", SHOP).await?;
        ann.wait_until("location.pathname.startsWith('/b/')").await?;
        ann.wait_saved().await?;
        ann.show_text().await?;
        ann.wait_text(SHOP).await?;
        ann.click(role("button", "Export")).await?;
        ann.click("#download-squall").await?;
        let file = ann.download("Shop.squall").await?;
        ann.open("http://any/").await?;
        ann.wait_until("document.getElementById('file') !== null").await?;
        ann.choose_file("#file", "again.squall", &file).await?;
        ann.wait_until("location.pathname.startsWith('/b/')").await?;
        ann.wait_saved().await?;
        ann.show_text().await?;
        ann.wait_text(SHOP).await
    })
    .await
}

const EML: &str = "EmlVersion: 0.1-alpha
Solution: Shop
Contexts:
- Name: Shop
  Streams:
  - Stream: Order
    Commands:
    - Command:
        Name: PlaceOrder
        Parameters:
        - {Name: items, Type: string, Rules: [IsRequired]}
        - {Name: orderId, Type: string, Rules: [IsRequired]}
        Preconditions: [OrderPaid MustNotHaveHappened]
        Postconditions: [OrderPlaced]
    Events:
    - Event:
        Name: OrderPlaced
        Properties:
        - {Name: orderId, Type: string}
        - {Name: items, Type: string}
  Readmodels: []
";

#[tokio::test(flavor = "multi_thread")]
async fn models_and_diagrams_open_as_boards() -> Result<()> {
    play("home-foreign", async |stage| {
        let ann = stage.person("ann").await?;
        let diagram = "eventmodeling\ntitle Tea\nrf 01 cmd BrewTea { kind }\ntf 02 evt TeaBrewed { kind }\n";
        let model = "# Shop\nPlace Order -> // items\n// @forbids Order Paid\n// @required items\n\
                     Order Placed // orderId, items";
        let files = [
            ("shop.eml.yaml", EML, model),
            ("tea.mmd", diagram, "# Tea\nBrew Tea -> // kind\nTea Brewed // kind"),
        ];
        for (name, text, wanted) in files {
            ann.open("http://any/").await?;
            ann.wait_until("document.getElementById('file') !== null").await?;
            ann.choose_file("#file", name, text).await?;
            ann.wait_until("location.pathname.startsWith('/b/')").await?;
            ann.wait_saved().await?;
            ann.show_text().await?;
            ann.wait_text(wanted).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_data_in_the_browser_spoils_nothing() -> Result<()> {
    play("home-bad-data", async |stage| {
        let ann = somebody_with(stage, &["Alpha"]).await?;
        ann.eval("for (const key of ['squall.board.x', 'squall.board.abcdefghijkl', 'squall.theme', 'squall.letter-keys']) localStorage.setItem(key, '\\u0000{\"')").await?;
        ann.reload().await?;
        ann.wait_equal(TITLES, "Alpha").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_camera_of_a_board_is_where_it_was_left() -> Result<()> {
    play("home-camera", async |stage| {
        let links = stage.server.board(SHOP).await?;
        let ann = stage.person("ann").await?;
        ann.open(&links.edit).await?;
        ann.wait_saved().await?;
        ann.click(role("button", "Zoom in")).await?;
        ann.click(role("button", "Zoom in")).await?;
        let zoom = "document.querySelector('.zoom-label').textContent";
        let left = ann.eval_text(zoom).await?;
        ann.open("http://any/").await?;
        ann.open(&links.edit).await?;
        ann.wait_saved().await?;
        ann.wait_equal(zoom, left).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn links_come_as_qr_codes_too() -> Result<()> {
    play("home-share", async |stage| {
        let (ann, _, _) = stage.pair(SHOP).await?;
        ann.click(role("button", "Share")).await?;
        ann.wait_until("document.getElementById('link-view')?.value.includes('/v/')").await?;
        ann.click(role("button", "QR code: People with this link can change the board")).await?;
        ann.wait_until("document.querySelector('.code svg path') !== null").await?;
        nothing_from_axe(&ann, "share").await?;
        ann.screenshot("share").await.map(|_| ())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_leaves_as_text_model_picture_diagram_and_file() -> Result<()> {
    play("home-export", async |stage| {
        let (ann, _, _) = stage.pair(SHOP).await?;
        ann.click(role("button", "Export")).await?;
        ann.click("#download-svg").await?;
        let drawing = ann.download("Shop.svg").await?;
        assert!(drawing.contains("<svg"));
        ann.click("#download-mmd").await?;
        assert!(ann.download("Shop.mmd").await?.starts_with("eventmodeling"));
        ann.click("#download-png").await?;
        assert!(ann.download_bytes("Shop.png").await?.starts_with(b"\x89PNG"));
        ann.click("#copy-text").await?;
        ann.wait_until(
            "document.querySelector('.export-copies [role=status]').textContent.includes('clipboard')",
        )
        .await?;
        nothing_from_axe(&ann, "export").await?;
        ann.screenshot("export").await?;
        // The drawing brings the board's text along.
        ann.open("http://any/").await?;
        ann.wait_until("document.getElementById('file') !== null").await?;
        ann.choose_file("#file", "Shop.svg", &drawing).await?;
        ann.wait_until("location.pathname.startsWith('/b/')").await?;
        ann.wait_saved().await?;
        ann.show_text().await?;
        ann.wait_text(SHOP).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn preferences_are_kept_and_followed_by_other_tabs() -> Result<()> {
    play("home-preferences", async |stage| {
        let (ann, _, links) = stage.pair(SHOP).await?;
        let second = stage.tab(&ann, "second").await?;
        second.open_board(&links.edit).await?;
        ann.look_at().await?;
        ann.click("[aria-label$='change your name or colour']").await?;
        ann.click(role("radio", "Dark")).await?;
        let theme = "document.documentElement.dataset.theme ?? ''";
        ann.wait_equal(theme, "dark").await?;
        second.wait_equal(theme, "dark").await?;
        ann.click(role("checkbox", "Single keys are shortcuts")).await?;
        nothing_from_axe(&ann, "preferences").await?;
        ann.screenshot("preferences").await?;
        ann.reload().await?;
        ann.wait_equal(theme, "dark").await?;
        ann.wait_saved().await?;
        ann.click("[aria-label$='change your name or colour']").await?;
        ann.wait_equal("document.getElementById('letter-keys')?.checked ?? null", false).await?;
        ann.click(role("radio", "As the system")).await?;
        ann.wait_equal(theme, "").await
    })
    .await
}

/// What lies over what among the things in the bars.
const OVERLAPS: &str = "(() => {
    const shown = [...document.querySelectorAll('.titlebar > *, .titlebar .undo-redo > *, .peoplebar')]
        .filter((it) => !it.classList.contains('undo-redo') && it.getClientRects().length);
    const boxes = shown.map((it) => [it.className, it.getBoundingClientRect()]);
    const bad = [];
    for (const [at, [name, one]] of boxes.entries()) {
        if (one.left < -0.5 || one.right > innerWidth + 0.5) bad.push(name + ' is outside');
        for (const [other, two] of boxes.slice(at + 1)) {
            const beside = one.right <= two.left + 0.5 || two.right <= one.left + 0.5;
            const above = one.bottom <= two.top + 0.5 || two.bottom <= one.top + 0.5;
            if (!beside && !above) bad.push(name + ' / ' + other);
        }
    }
    return bad.join('; ');
})()";

#[tokio::test(flavor = "multi_thread")]
async fn the_bar_keeps_what_matters_on_every_screen() -> Result<()> {
    play("home-bar", async |stage| {
        let links =
            stage.server.board("# A board with rather a long name of many words\nCart Opened").await?;
        let ann = stage.person("ann").await?;
        ann.open(&links.edit).await?;
        ann.wait_saved().await?;
        for (width, height) in [(1440, 900), (720, 450), (390, 844)] {
            ann.look(&Look { width, height, ..Look::default() }).await?;
            ann.wait_equal(OVERLAPS, "").await?;
            for name in ["Share", "Text", "More of the board"] {
                assert!(ann.find(role("button", name)).await.is_ok(), "{name} at {width}");
            }
            ann.find("#save").await?;
            ann.screenshot(&format!("bar-{width}")).await?;
            ann.click(role("button", "More of the board")).await?;
            nothing_from_axe(&ann, &format!("more at {width}")).await?;
            ann.screenshot(&format!("more-{width}")).await?;
            ann.press("Escape").await?;
        }
        ann.offline(true);
        ann.wait_save_state("offline").await?;
        for (width, height) in [(1440, 900), (720, 450), (390, 844)] {
            ann.look(&Look { width, height, ..Look::default() }).await?;
            ann.wait_equal(OVERLAPS, "").await?;
            // The state stands in words, wherever there is room for them.
            ann.find("#save .word").await?;
            nothing_from_axe(&ann, &format!("offline at {width}")).await?;
            ann.screenshot(&format!("offline-{width}")).await?;
        }
        ann.offline(false);
        ann.wait_saved().await?;
        // What the bar has no room for is behind the last button.
        ann.click(role("button", "More of the board")).await?;
        ann.click(role("button", "Export")).await?;
        ann.wait_until("document.querySelector('.export-panel') !== null").await?;
        ann.screenshot("phone-export").await.map(|_| ())
    })
    .await
}
