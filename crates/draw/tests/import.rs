//! Mermaid's event modelling diagrams as Event Markdown: ours come back, foreign ones make sense, others are refused.

use draw::{from_mermaid, mermaid};
use eml::Profile;
use std::path::Path;

fn drawn(text: &str) -> String {
    mermaid(&text.lines().collect::<Vec<_>>())
}

fn samples() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["tests/cases", "../../app/assets"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap().flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|ending| ending == "emd") {
                let name = path.file_stem().unwrap().to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn what_we_draw_comes_back_and_is_drawn_the_same() {
    for (name, text) in samples() {
        let diagram = drawn(&text);
        let again = from_mermaid(&diagram).unwrap_or_else(|error| panic!("{name}: {error}\n{diagram}"));
        // In `shopping` events of nobody stand behind a heading, which no frame tells.
        if name != "hostile" && name != "shopping" {
            assert_eq!(drawn(&again), diagram, "{name}:\n{again}");
        }
    }
}

#[test]
fn the_todo_list_means_the_same() {
    let text = include_str!("../../../app/assets/todolist.emd");
    let lower = |text: &str| eml::lower(&emd::parse(text), Profile::Squall).solution;
    let yaml = |text: &str| eml::yaml(&lower(text), &[], Profile::Squall);
    let again = from_mermaid(&drawn(text)).unwrap();
    assert_eq!(yaml(&again), yaml(text), "{again}");
}

#[test]
fn a_diagram_of_others_becomes_a_wall() {
    let diagram = "\
---
title: Cart
---
eventmodeling

tf 01 ui CartUI // the page
tf 02 cmd AddItem `json` { \"productId\": 7, \"more\": { \"a\": 1, \"b\": 2 } }
tf 03 evt Cart.ItemAdded [[ItemAdded]]
rf 04 rmo CartItems ->> 03
tf 05 pcr Stocktaker ->> 04
tf 06 cmd ReserveStock
tf 07 evt Stock.Reserved
rf 08 evt Cart.ItemCounted ->> 02
note 02 {
  Who pays
  for it?
}
gwt 02
  given
    evt ItemAdded
  when
    cmd AddItem
  then
    evt ItemCounted
data ItemAdded {
  productId: 7
  quantity: 1
}
";
    let wanted = "\
# Cart
// @ui Cart UI
Add Item -> // productId, more
// Who pays for it?
// @scenario Add Item
// @given Cart Item Added
// @when Add Item
// @then Cart Item Counted
Cart Item Added // productId, quantity
Cart Item Counted
Cart Items*
// @policy Whenever Cart Item Added, Reserve Stock
Reserve Stock ->
Stock Reserved
";
    let text = from_mermaid(diagram).unwrap();
    assert_eq!(text, wanted);
}

#[test]
fn commands_with_a_namespace_are_in_a_context() {
    let text =
        from_mermaid("eventmodeling\nrf 1 cmd Shop.PlaceOrder\ntf 2 evt Shop.OrderPlaced { orderId }\n")
            .unwrap();
    assert_eq!(text, "// @context Shop\nPlace Order ->\nOrder Placed // orderId\n");
}

#[test]
fn anything_else_is_refused_with_its_line() {
    for (text, said) in [
        ("", "this is no Mermaid diagram of the kind `eventmodeling`, which is the one that can be read"),
        (
            "graph TD\nA --> B",
            "this is no Mermaid diagram of the kind `eventmodeling`, which is the one that can be read",
        ),
        (
            "eventmodeling\n\nxx",
            "line 3: a frame (`tf` or `rf`), `data`, `note`, `gwt`, `entity` or `title` is expected here",
        ),
        ("eventmodeling\ntf a cmd B", "line 2: a number of at most three digits is expected here"),
        ("eventmodeling\ntf 1 foo B", "line 2: `ui`, `cmd`, `evt`, `rmo` or `pcr` is expected here"),
        ("eventmodeling\ntf 1 cmd B ->> 9", "line 2: there is no `9`"),
        ("eventmodeling\ntf 1 cmd B [[C]]", "line 2: there is no `C`"),
        ("eventmodeling\ndata A { a }", "line 2: `{` at the end of a line is expected here"),
    ] {
        assert_eq!(from_mermaid(text).unwrap_err().to_string(), said, "{text}");
    }
}

#[test]
fn events_stand_behind_the_command_they_come_from() {
    let diagram = "eventmodeling\nrf 1 cmd A\ntf 2 evt AOne\nrf 3 cmd B\ntf 4 evt BOne\nrf 5 evt ATwo ->> 1\n\
        rf 6 evt AThree ->> 1\nrf 7 evt BTwo ->> 3\nrf 8 evt COne ->> 9\nrf 9 cmd C\n";
    let names = "// @command A\nA One\nA Two\nA Three\n// @command B\nB One\nB Two\nC One\n// @command C\n";
    let text = from_mermaid(diagram).unwrap();
    assert_eq!(text.replace(" ->", ""), names.replace("// @command ", ""));
}

#[test]
fn what_becomes_endless_is_refused() {
    let data = format!("data Long {{\n{}\n}}\n", "a\n".repeat(50_000));
    let frames = "rf 1 cmd Add [[Long]]\n".repeat(1_000);
    let refused = from_mermaid(&format!("eventmodeling\n{data}{frames}")).unwrap_err();
    assert_eq!(refused.to_string(), "this diagram is larger than any wall");

    let name = "é".repeat(10_000);
    let examples = "gwt 1 given cmd A then cmd A\n".repeat(1_000);
    let refused = from_mermaid(&format!("eventmodeling\nrf 1 cmd A {{ {name}A }}\n{examples}")).unwrap_err();
    assert_eq!(refused.to_string(), "this diagram is larger than any wall");
}

#[test]
fn no_text_is_too_odd_to_be_answered() {
    let pieces = [
        "eventmodeling",
        "\n",
        "tf ",
        "rf ",
        "1",
        "02 ",
        "cmd ",
        "evt ",
        "A",
        ".",
        " ->> ",
        "{",
        "}",
        "\"",
        "`",
        "[[",
        "]]",
        "note ",
        "gwt ",
        "given ",
        "then ",
        "data ",
        "%%",
        "%%{",
        "}%%",
        "/*",
        "*/",
        "//",
        "---",
        "title ",
        "accDescr ",
        "\u{1f600}",
        "é",
        "'",
    ];
    let mut seed = 7_u64;
    for _ in 0..20_000 {
        let mut text = String::from("eventmodeling\n");
        for _ in 0..24 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let _ = from_mermaid(&text);
    }
}
