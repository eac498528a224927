//! The words after `// @`, with what each is for.

use super::names::Names;
use super::suits;
use crate::kind::WORDS;
use crate::{Annotation, Kind, Step};

/// Offers the words that make sense after the sticky before the line.
pub fn offers(names: &Names<'_>, mut offer: impl FnMut(u8, &str, String, &str)) {
    let owner = names.owner().map(|owner| owner.read.kind);
    for (word, kind) in WORDS {
        let far = match kind {
            Kind::Annotation(annotation) => match owner.is_some_and(|owner| suits(annotation, owner)) {
                true if !names.in_scenario => 0,
                true => 2,
                false => continue,
            },
            Kind::Scenario(step) if names.in_scenario => u8::from(step == Step::Scenario),
            Kind::Scenario(Step::Scenario) => 2,
            Kind::Scenario(_) => 3,
            _ => 1,
        };
        offer(far, word, format!("{word}{}", end(kind)), detail(kind));
    }
}

/// What comes right behind a word.
fn end(kind: Kind) -> &'static str {
    match kind {
        Kind::Annotation(Annotation::Pivotal) => "",
        Kind::Annotation(Annotation::Resolved) => " by ",
        Kind::Policy => " Whenever ",
        _ => " ",
    }
}

/// A kind in a list of names.
pub fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Event => "an event",
        Kind::Command => "a command",
        Kind::ReadModel => "a read model",
        Kind::Policy => "a policy",
        Kind::Constraint => "a constraint",
        Kind::Actor => "an actor",
        Kind::System => "a system",
        Kind::Term => "a term of the glossary",
        Kind::Context => "a context",
        Kind::Chapter => "a chapter",
        Kind::Lane => "a lane",
        Kind::Screen => "a screen",
        _ => "",
    }
}

fn detail(kind: Kind) -> &'static str {
    use Annotation::*;
    match kind {
        Kind::Event => "something that happened",
        Kind::Command => "something somebody wants",
        Kind::ReadModel => "something to look at",
        Kind::Policy => "whenever this happens, do that",
        Kind::Constraint => "what decides whether a command succeeds",
        Kind::Actor => "who does it",
        Kind::System => "somebody else's software",
        Kind::Hotspot => "a question or a quarrel",
        Kind::Screen => "what people see",
        Kind::Opportunity => "something that could be better",
        Kind::Term => "a word and what it means here",
        Kind::Chapter => "a part of the story",
        Kind::Lane => "a band of the wall",
        Kind::Context => "where words have one meaning",
        Kind::Annotation(Requires) => "an event that must have happened before",
        Kind::Annotation(Forbids) => "an event that must not have happened",
        Kind::Annotation(Required) => "a property that must not be empty",
        Kind::Annotation(Exists) => "an id that must be in a read model",
        Kind::Annotation(Type) => "the type of a property",
        Kind::Annotation(Pivotal) => "a turning point of the story",
        Kind::Annotation(Free) => "an id that nobody looks up",
        Kind::Annotation(Hashed) => "stored so that nobody can read it",
        Kind::Annotation(Personal) => "about a person, and erasable",
        Kind::Annotation(Derived) => "worked out, brought by no event",
        Kind::Annotation(Resolved) => "closes the hotspot",
        Kind::Scenario(Step::Scenario) => "an example, step by step",
        Kind::Scenario(Step::Given) => "what happened before",
        Kind::Scenario(Step::When) => "what somebody does",
        Kind::Scenario(Step::Then) => "what happens, or why not",
        Kind::Scenario(Step::Expect) => "what a read model shows then",
        _ => "",
    }
}
