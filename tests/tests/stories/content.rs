//! Boards by their address, as browsers show them.

use anyhow::Result;
use e2e::play;

const HOSTILE: &str = "# <script>window.hit = 1</script>\n</title><img src=x onerror=\"window.hit = 1\"> Done // a\" onload=\"window.hit = 1\n// @hotspot </text></svg><script>window.hit = 1</script>";

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_of_a_board_is_a_picture_whatever_is_written_on_it() -> Result<()> {
    play("content-picture", async |stage| {
        let links = stage.server.board(HOSTILE).await?;
        let ann = stage.person("ann").await?;
        ann.open(&format!("{}.svg?theme=dark", links.view)).await?;
        ann.wait_equal("document.documentElement.localName", "svg").await?;
        ann.wait_until(
            "[...document.querySelectorAll('text')].some((it) => it.textContent.includes('<script>'))",
        )
        .await?;
        ann.screenshot("picture").await?;
        ann.wait_equal("document.getElementsByTagName('script').length", 0).await?;
        ann.wait_equal("typeof window.hit", "undefined").await?;
        // The page of the same board shows the title and nothing more.
        ann.open(&links.view).await?;
        ann.wait_saved().await?;
        ann.wait_equal("typeof window.hit", "undefined").await?;
        let title = "document.querySelector('meta[property=\"og:title\"]').content";
        ann.wait_equal(title, "<script>window.hit = 1</script>").await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_there_by_its_address_in_every_format() -> Result<()> {
    play("content-formats", async |stage| {
        let links = stage.server.board("# Coffee Shop").await?;
        let ann = stage.person("ann").await?;
        ann.open(&links.edit).await?;
        ann.wait_saved().await?;
        ann.show_text().await?;
        ann.put_caret("# Coffee Shop".len()).await?;
        ann.press("Enter").await?;
        ann.type_text("Place Order -> // orderId").await?;
        ann.press("Enter").await?;
        ann.type_text("Order Placed // orderId").await?;
        ann.wait_saved().await?;
        let fetched = |ending: &str, rest: &str| format!("fetch(location.pathname + '{ending}').then((it) => it.text()).then((it) => {rest})");
        let text = "# Coffee Shop\nPlace Order -> // orderId\nOrder Placed // orderId\n";
        ann.wait_equal(&fetched(".emd", "it"), text).await?;
        for (ending, holds) in [
            (".eml.yaml", "- Event:"),
            (".svg", "Order Placed</text>"),
            (".mmd", "evt OrderPlaced"),
            (".dot", "Order Placed"),
            (".squall", "Order Placed // orderId"),
        ] {
            ann.wait_until(&fetched(ending, &format!("it.includes({holds:?})"))).await?;
        }
        let decoded = "fetch(location.pathname + '.png?preview').then((it) => it.blob()).then(createImageBitmap).then((it) => it.width + 'x' + it.height)";
        ann.wait_equal(decoded, "1200x630").await?;
        Ok(())
    })
    .await
}
