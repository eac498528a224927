//! Whatever people write, the picture is well-formed, harmless, and gives the text back.

mod common;

use draw::Theme;
use proptest::prelude::*;

/// Texts with the marks that XML, HTML and Event Markdown care about.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        any::<char>().prop_map(|character| character.to_string()),
        "[ -~]{0,12}",
        proptest::sample::select(vec![
            "<",
            ">",
            "&",
            "\"",
            "'",
            "]]>",
            "<!--",
            "-->",
            "<script>",
            "</svg>",
            "</squall:emd>",
            "&amp;",
            "&#0;",
            "\n",
            "\t",
            "\r",
            "\u{0}",
            "\u{1b}",
            "\u{fffe}",
            " // ",
            "// @",
            "hotspot ",
            "actor ",
            "policy Whenever ",
            "requires ",
            "context ",
            "chapter ",
            "->",
            "*",
            "# ",
            "\u{202e}",
            "word ",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

fn harmless(svg: &str) {
    let document = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{error}\n{svg}"));
    let known = [
        "svg",
        "title",
        "desc",
        "metadata",
        "emd",
        "defs",
        "linearGradient",
        "stop",
        "pattern",
        "circle",
        "rect",
        "g",
        "path",
        "text",
    ];
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(known.contains(&node.tag_name().name()), "{:?}", node.tag_name());
        for attribute in node.attributes() {
            assert!(
                !attribute.name().starts_with("on")
                    && attribute.name() != "href"
                    && attribute.name() != "style"
            );
            let foreign =
                attribute.value().contains("url(") && !attribute.value().starts_with("url(#squall-");
            assert!(!foreign, "{attribute:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_picture_is_well_formed_and_gives_its_text_back(text in text()) {
        let board = common::board(&text);
        let svg = common::svg(&text, Theme::Dark);
        harmless(&svg);
        let allowed = |c: &char| !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\x7f' | '\u{fffe}' | '\u{ffff}');
        let kept: String = board.text().chars().filter(allowed).collect();
        prop_assert_eq!(draw::source(&svg), Some(kept));
    }

    #[test]
    fn diagrams_keep_to_their_lines(text in text()) {
        let lines: Vec<&str> = text.split('\n').collect();
        let mermaid = draw::mermaid(&lines);
        for line in mermaid.lines().skip(1) {
            let known = ["tf ", "rf ", "%% "].iter().any(|start| line.starts_with(start)) || line.is_empty();
            prop_assert!(known, "{line:?}");
            let braces = line.matches(['{', '}']).count();
            prop_assert_eq!(braces % 2, 0, "{:?}", line);
        }
        let graph = draw::graphviz(&lines);
        let whole = graph.starts_with("digraph \"") && graph.ends_with("}\n");
        prop_assert!(whole);
        let closed = graph.lines().all(|line| line.replace("\\\"", "").matches('"').count() % 2 == 0);
        prop_assert!(closed, "{}", graph);
    }
}

#[test]
fn any_other_picture_has_no_source() {
    for text in ["", "<svg/>", "<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata>x</metadata></svg>"] {
        assert_eq!(draw::source(text), None);
    }
}

#[test]
fn a_picture_of_a_picture_is_that_of_the_text() {
    let text = "# A & B\n\nTodo Added // id\n// @hotspot \"Why?\" <b>";
    let svg = common::svg(text, Theme::Light);
    let again = common::svg(&draw::source(&svg).unwrap(), Theme::Light);
    assert_eq!(svg, again);
}

#[test]
fn a_heading_without_end_makes_no_picture_without_end() {
    let svg = common::svg(&format!("# {}", "Wide ".repeat(4_000)), Theme::Light);
    let xml = roxmltree::Document::parse(&svg).unwrap();
    let width: f64 = xml.root_element().attribute("width").unwrap().parse().unwrap();
    assert!(width < 4_000.0, "{width}");
    let heading = xml.descendants().find(|node| node.has_tag_name("text")).and_then(|node| node.text());
    assert!(heading.is_some_and(|words| words.len() < 1_000 && words.ends_with('…')), "{heading:?}");
}

#[test]
fn a_policy_that_names_what_stands_in_other_contexts_only_comes_from_the_first_of_them() {
    let contexts = (0..8).flat_map(|at| [format!("// @context Shop {at}"), "Order Placed".to_owned()]);
    let policy = ["// @context Last", "// @policy Whenever Order Placed, Ship Order"].map(str::to_owned);
    let text: Vec<String> = contexts.chain(policy).collect();
    let lines: Vec<&str> = text.iter().map(String::as_str).collect();
    let graph = draw::graphviz(&lines);
    let edges: Vec<&str> = graph.lines().filter(|line| line.contains("->")).collect();
    assert_eq!(edges, ["  n0 -> n8;"]);
}

#[test]
fn a_policy_comes_from_the_event_it_names_wherever_that_stands() {
    let text = "\
// @context Web Shop
Order Placed
Order Paid
// @policy Whenever Order Placed, Bar.Brew Order
// @context Bar
Order Placed
Brew Order ->
Order Brewed
// @policy Whenever Web Shop.Order Placed, and it is late, Brew Order
// @policy somebody looks after it";
    let lines: Vec<&str> = text.lines().collect();
    let graph = draw::graphviz(&lines);
    let edges: Vec<&str> = graph.lines().filter_map(|line| line.strip_prefix("  ")).collect();
    let edges: Vec<&str> = edges.into_iter().filter(|line| line.contains("->")).collect();
    assert_eq!(
        edges,
        ["n0 -> n2;", "n2 -> n4;", "n6 -> n4;", "n4 -> n5;", "n0 -> n6;", "n5 -> n7;"],
        "{graph}"
    );
}
