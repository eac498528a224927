//! Writing one sticky after the other: fast, led by the grammar, from a list, by an input method.

use super::*;
use anyhow::Result;
use e2e::{Point, agree, play, sticky};

#[tokio::test(flavor = "multi_thread")]
async fn no_letter_is_lost_between_stickies_written_as_fast_as_keys_come() -> Result<()> {
    play("faces-fast", async |stage| {
        let ann = empty(stage).await?;
        ann.show_text().await?;
        ann.click(Point::new(500.0, 400.0)).await?;
        let names =
            ["Cart Opened", "Item Added", "Item Removed", "Order Placed", "Order Paid", "Order Shipped"];
        ann.type_text(&names.join("\t")).await?;
        ann.type_text("\nParcel Delivered\nParcel Returned").await?;
        ann.press("Escape").await?;
        let all = format!("{}\nParcel Delivered\nParcel Returned", names.join("\n"));
        ann.wait_text(&all).await?;
        // Undo brings them back sticky by sticky.
        ann.press("Control+z").await?;
        ann.wait_text(&format!("{}\nParcel Delivered", names.join("\n"))).await?;
        ann.press("Control+z").await?;
        ann.wait_text(&names.join("\n")).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_grammar_says_which_kind_comes_next() -> Result<()> {
    play("faces-grammar", async |stage| {
        let ann = empty(stage).await?;
        ann.press("6").await?;
        writes(&ann).await?;
        for words in ["Customer", "Place Order", "Order Placed", "Whenever Order Placed, Ship It", "Ship It"] {
            ann.type_text(words).await?;
            ann.press("Control+Enter").await?;
            writes(&ann).await?;
        }
        ann.type_text("Order Shipped").await?;
        // One line is one sticky: Shift+Enter is no second line.
        ann.press("Shift+Enter").await?;
        ann.type_text("!").await?;
        ann.press("Escape").await?;
        ann.show_text().await?;
        ann.wait_text("// @actor Customer\nPlace Order ->\nOrder Placed\n// @policy Whenever Order Placed, Ship It\nShip It ->\nOrder Shipped!").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_pasted_while_writing_becomes_stickies_of_that_kind_in_one_step() -> Result<()> {
    play("faces-paste", async |stage| {
        let ann = empty(stage).await?;
        ann.press("2").await?;
        writes(&ann).await?;
        ann.paste("- Add Item\n- Remove Item\n- Place Order").await?;
        ann.wait_stickies(3).await?;
        ann.show_text().await?;
        ann.wait_text("Add Item ->\nRemove Item ->\nPlace Order ->").await?;
        ann.click(sticky("command", "Add Item")).await?;
        ann.press("Control+z").await?;
        ann.wait_text("").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_input_method_composes_undisturbed() -> Result<()> {
    play("faces-ime", async |stage| {
        let (ann, bob, _) = stage.pair("# Shop\nOrder").await?;
        ann.double_click(sticky("event", "Order")).await?;
        writes(&ann).await?;
        ann.press("End").await?;
        ann.compose("にほ").await?;
        // What is being composed is not in the document, and what others write does not break it.
        bob.put_caret("# Shop".len()).await?;
        bob.type_text("!").await?;
        ann.wait_sticky("heading", "Shop!").await?;
        bob.wait_text("# Shop!\nOrder").await?;
        bob.put_caret("# Shop!\n".len()).await?;
        bob.type_text("My ").await?;
        ann.wait_sticky("event", "My Order").await?;
        ann.commit("日本").await?;
        bob.wait_text("# Shop!\nMy Order日本").await?;
        ann.press("Escape").await?;
        assert_eq!(agree(&ann, &bob).await?, "# Shop!\nMy Order日本");
        Ok(())
    })
    .await
}
