//! What each kind of line reads as, and that changing a line loses nothing.

use diag::Span;
use emd::edit::{rename, set_kind, set_properties, write};
use emd::{Annotation, Class, Kind, Step, line, tokens};
use proptest::prelude::*;

fn reads(text: &str, kind: Kind, name: &str, properties: &[&str]) {
    let read = line(text);
    assert_eq!(read.kind, kind, "{text:?}");
    assert_eq!(read.name.text, name, "{text:?}");
    let found: Vec<_> = read.properties.iter().map(|one| &*one.text).collect();
    assert_eq!(found, properties, "{text:?}");
}

#[test]
fn every_kind_of_the_notation_is_read() {
    reads("Todo Added // todoId, a", Kind::Event, "Todo Added", &["todoId", "a"]);
    reads("Add Item -> // a / b, c", Kind::Command, "Add Item", &["ab", "c"]);
    reads("TODO List* // todoId", Kind::ReadModel, "TODO List", &["todoId"]);
    reads("// @policy Whenever A B, Do C", Kind::Policy, "Whenever A B, Do C", &[]);
    reads("// @constraint Order // total", Kind::Constraint, "Order", &["total"]);
    reads("// @actor Customer", Kind::Actor, "Customer", &[]);
    reads("// @system Payment provider", Kind::System, "Payment provider", &[]);
    reads("// @hotspot Who pays?", Kind::Hotspot, "Who pays?", &[]);
    reads("// @ui Checkout page", Kind::Screen, "Checkout page", &[]);
    reads("// @opportunity Faster", Kind::Opportunity, "Faster", &[]);
    reads("# TODO List", Kind::Heading(1), "TODO List", &[]);
    reads("  ### Deep ", Kind::Heading(3), "Deep", &[]);
    reads("// @term Parcel: one piece", Kind::Term, "Parcel: one piece", &[]);
    reads("// hello", Kind::Note, "hello", &[]);
    reads("// @chapter Returns", Kind::Chapter, "Returns", &[]);
    reads("// @lane Warehouse", Kind::Lane, "Warehouse", &[]);
    reads("// @context Ordering", Kind::Context, "Ordering", &[]);
    reads("// @type a: b // c", Kind::Annotation(Annotation::Type), "a: b // c", &[]);
    reads(
        "// @given A B // x: \"1, 2 // 3\", y: 4",
        Kind::Scenario(Step::Given),
        "A B",
        &["x: \"1, 2 // 3\"", "y: 4"],
    );
    reads("// ^^^ NoStreamName: words", Kind::Caret, "^^^ NoStreamName: words", &[]);
    reads(" \t ", Kind::Blank, "", &[]);
    reads("// @event a -> b // p", Kind::Event, "a -> b", &["p"]);
}

#[test]
fn what_les_ignores_or_drops_is_a_note() {
    for text in ["ab", "->", "#", "* x / // y//", "text # inside", "//", "// @nothing x", "x* y // z"] {
        assert_eq!(line(text).kind, Kind::Note, "{text:?}");
    }
}

#[test]
fn spans_lie_under_what_is_read() {
    let text = " Add Item -> // a / b , c";
    let read = line(text);
    assert_eq!(read.name.span.of(text), "Add Item");
    assert_eq!(read.properties[0].span.of(text), "a / b");
    assert_eq!(read.properties[1].span.of(text), "c");
    let text = "## Deep";
    assert_eq!(line(text).name.span.of(text), "Deep");
}

#[test]
fn names_that_plain_text_cannot_hold_are_written_with_a_keyword() {
    assert_eq!(write(Kind::Event, "Todo Added", &["a", "b"]), "Todo Added // a, b");
    assert_eq!(write(Kind::Command, "Add", &[]), "Add ->");
    assert_eq!(write(Kind::ReadModel, "List", &["a"]), "List* // a");
    assert_eq!(write(Kind::Event, "a -> b", &["p"]), "// @event a -> b // p");
    assert_eq!(write(Kind::ReadModel, "a*", &[]), "// @readmodel a*");
    assert_eq!(write(Kind::Event, "ab", &[]), "// @event ab");
    assert_eq!(write(Kind::Policy, "a // b", &[]), "// @policy a // b //");
}

#[test]
fn a_kind_that_is_changed_to_and_fro_is_the_same_line() {
    let text = "Todo Added // todoId, a b";
    let mut turned = text.to_owned();
    for kind in [Kind::Command, Kind::Note, Kind::Heading(1), Kind::Policy, Kind::ReadModel, Kind::Event] {
        turned = set_kind(&turned, kind);
        assert_eq!(line(&turned).kind, kind, "{turned}");
    }
    assert_eq!(turned, text);
}

#[test]
fn a_rename_keeps_the_rest_as_it_was_typed() {
    assert_eq!(rename("Todo Added//a,b ", "Todo Gone"), "Todo Gone//a,b ");
    assert_eq!(rename("Add->a", "Add # more"), "// @command Add # more // a");
    assert_eq!(set_properties("Todo Added // a", &["b", "c"]), "Todo Added // b, c");
}

#[test]
fn tokens_name_the_parts() {
    let text = "Add -> // a, b";
    let found: Vec<_> = tokens(text).into_iter().map(|one| (one.class, one.span.of(text))).collect();
    assert_eq!(
        found,
        [
            (Class::Name, "Add"),
            (Class::Arrow, "->"),
            (Class::Slashes, "//"),
            (Class::Property, "a"),
            (Class::Comma, ","),
            (Class::Property, "b"),
        ]
    );
    assert_eq!(tokens("// @ui Page")[0].class, Class::Keyword);
}

const KINDS: [Kind; 16] = [
    Kind::Event,
    Kind::Command,
    Kind::ReadModel,
    Kind::Policy,
    Kind::Constraint,
    Kind::Actor,
    Kind::System,
    Kind::Hotspot,
    Kind::Screen,
    Kind::Opportunity,
    Kind::Term,
    Kind::Chapter,
    Kind::Lane,
    Kind::Context,
    Kind::Note,
    Kind::Heading(1),
];

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ a/\\-#*,>@^\u{e9}\u{1f389}\r\t]{0,24}",
        "(// @|//|  )?(event|command|policy|given|type|[a-zA-Z ]{0,8})[ a-z#*>,/-]{0,16}",
    ]
}

fn sound(text: &str, span: Span) -> bool {
    span.start <= span.end && text.get(span.start..span.end).is_some()
}

proptest! {
    #[test]
    fn reading_never_fails_and_spans_fit(text in texts()) {
        for read in [line(&text), emd::les::line(&text)] {
            prop_assert!(sound(&text, read.name.span));
            for property in &read.properties {
                prop_assert!(sound(&text, property.span));
            }
        }
        let mut end = 0;
        for token in tokens(&text) {
            prop_assert!(sound(&text, token.span) && !token.span.is_empty() && token.span.start >= end);
            end = token.span.end;
        }
    }

    #[test]
    fn a_document_keeps_every_byte(text in any::<String>(), tail in "[\r\n]{0,4}") {
        let text = text + &tail;
        prop_assert_eq!(emd::parse(&text).text(), text);
    }

    #[test]
    fn what_is_written_is_read_back(
        name in "[ -~\u{e9}]{0,20}",
        properties in prop::collection::vec("[a-z#*>-]{1,6}( [a-z]{1,3})?", 0..3),
        kind in 0..14usize,
    ) {
        let properties: Vec<&str> = properties.iter().map(String::as_str).collect();
        let text = write(KINDS[kind], &name, &properties);
        let read = line(&text);
        prop_assert_eq!(read.kind, KINDS[kind], "{}", text);
        prop_assert_eq!(&*read.name.text, name.trim_matches(' '), "{}", text);
        let found: Vec<_> = read.properties.iter().map(|one| one.span.of(&text)).collect();
        prop_assert_eq!(found, properties, "{}", text);
    }

    #[test]
    fn changing_a_kind_loses_nothing(
        name in "[a-zA-Z][ -~]{0,16}",
        properties in prop::collection::vec("[a-z]{1,6}", 1..3),
        from in 0..14usize,
        through in 0..16usize,
    ) {
        let properties: Vec<&str> = properties.iter().map(String::as_str).collect();
        let text = write(KINDS[from], &name, &properties);
        let there = set_kind(&text, KINDS[through]);
        prop_assert_eq!(line(&there).kind, KINDS[through], "{}", there);
        prop_assert_eq!(set_kind(&there, KINDS[from]), text, "{}", there);
    }

    #[test]
    fn a_renamed_line_has_that_name_and_its_old_kind(text in texts(), name in "[a-z][ -~]{0,12}") {
        let read = line(&text);
        // Not `prop_assume`, which gives up after a thousand others: this is run with as many cases as one likes.
        if !read.kind.is_sticky() || text.contains(['\n', '\r']) {
            return Ok(());
        }
        let renamed = rename(&text, &name);
        let again = line(&renamed);
        prop_assert_eq!(again.kind, read.kind, "{:?}", renamed);
        prop_assert_eq!(&*again.name.text, name.trim_matches(' '), "{:?}", renamed);
        prop_assert_eq!(again.properties.len(), read.properties.iter().filter(|one| !one.text.is_empty()).count().max(
            if renamed.starts_with("//") { 0 } else { read.properties.len() }), "{:?}", renamed);
    }
}

#[test]
fn a_name_that_grows_while_it_is_typed_ends_as_plain_event_markdown() {
    let mut text = write(Kind::Event, "O", &[]);
    assert_eq!(text, "// @event O");
    for end in 2..="Order Placed".len() {
        text = rename(&text, &"Order Placed"[..end]);
    }
    assert_eq!(text, "Order Placed");
}

#[test]
fn a_name_that_plain_event_markdown_cannot_hold_stays_marked() {
    let text = rename("// @command Pay -> later // amount", "Pay -> now");
    assert_eq!(text, "// @command Pay -> now // amount");
    assert_eq!(rename(&text, "Pay now"), "Pay now -> // amount");
}

#[test]
fn a_policy_names_its_event_its_condition_and_its_command() {
    let read = |text: &str| {
        let policy = emd::policy(text, &emd::line(text));
        let words =
            |piece: Option<emd::Piece<'_>>| piece.map_or(String::new(), |piece| piece.text.to_string());
        [words(policy.event), words(policy.condition), words(policy.command)]
    };
    assert_eq!(read("// @policy Whenever Order Placed, Ship It"), ["Order Placed", "", "Ship It"]);
    assert_eq!(
        read("// @policy whenever A.B, and it is late, and dark, C"),
        ["A.B", "and it is late, and dark", "C"]
    );
    assert_eq!(
        read("// @policy Whenever Order Placed, and it is late"),
        ["Order Placed", "and it is late", ""]
    );
    assert_eq!(read("// @policy Whenever Order Placed"), ["Order Placed", "", ""]);
    assert_eq!(read("// @policy Whenever , Ship It"), ["", "", "Ship It"]);
    assert_eq!(read("// @policy Whenever"), ["", "", ""]);
    assert_eq!(read("// @policy We pay first"), ["", "", ""]);
    assert_eq!(read("// @policy"), ["", "", ""]);
}
