//! Changing what a sticky is loses nothing that it says.

mod common;
use board::Command;
use common::Peer;
use emd::{Kind, line};
use proptest::prelude::*;

const KINDS: [Kind; 17] = [
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
    Kind::Heading(1),
    Kind::Heading(2),
    Kind::Term,
    Kind::Note,
    Kind::Chapter,
    Kind::Lane,
    Kind::Context,
];

/// Names that plain Event Markdown cannot hold, among others.
fn name() -> impl Strategy<Value = String> {
    "([A-Za-zäß😀#*@:, -]|->|[a-z]//[a-z]| // ){0,12}[A-Za-zä*#>]".prop_map(|name| name.trim().to_owned())
}

fn properties() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-zä][A-Za-z0-9]{0,6}", 0..4)
}

/// What a line says, whatever its kind.
fn said(text: &str) -> (String, Vec<String>) {
    let event = emd::edit::set_kind(text, Kind::Event);
    let read = line(&event);
    (read.name.text.to_string(), read.properties.iter().map(|piece| piece.text.to_string()).collect())
}

proptest! {
    #[test]
    fn there_and_back_through_every_pair_of_kinds(name in name(), properties in properties()) {
        let list: Vec<&str> = properties.iter().map(String::as_str).collect();
        let mut ann = Peer::new(1);
        let texts: Vec<String> = KINDS.iter().map(|kind| emd::edit::write(*kind, &name, &list)).collect();
        ann.write(&texts.join("\n"));
        let ids = ann.board().order.clone();
        for other in KINDS {
            let before = ann.board().order.clone();
            ann.run(Command::SetKind { lines: ids.clone(), kind: other });
            for (id, first) in ids.iter().zip(&texts) {
                let text = &ann.board().line(id).unwrap().text;
                prop_assert_eq!(line(text).kind, other, "{} to {}", first, text);
                prop_assert_eq!(said(text), (name.clone(), properties.clone()), "{} to {}", first, text);
            }
            for (id, kind) in ids.iter().zip(KINDS) {
                ann.run(Command::SetKind { lines: vec![id.clone()], kind });
                let text = &ann.board().line(id).unwrap().text;
                prop_assert_eq!(said(text), (name.clone(), properties.clone()), "back to {}", text);
            }
            prop_assert_eq!(&ann.board().order, &before, "the order stays");
        }
    }
}
