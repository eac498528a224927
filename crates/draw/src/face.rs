//! What a sticky shows of its line and of the annotations that belong to it.

use board::{Board, Line, LineId};
use emd::{Annotation, Kind, Step};
use std::collections::HashMap;

pub struct Face {
    pub kind: Kind,
    pub name: String,
    pub properties: Vec<String>,
    /// Annotations as people read them: `needs: Todo Added`.
    pub chips: Vec<String>,
    /// What a scenario says, step by step: the word, and the rest.
    pub steps: Vec<(&'static str, String)>,
    pub resolved: bool,
    /// The initials of who wrote it.
    pub author: String,
}

/// What is shown on a sticky besides its own line.
#[derive(Default)]
struct Own {
    annotations: Vec<(Annotation, String)>,
    steps: Vec<(&'static str, String)>,
}

/// Annotations, and the steps of scenarios, by their sticky.
pub struct Parts<'a>(HashMap<&'a LineId, Own>);

impl<'a> Parts<'a> {
    pub fn of(board: &'a Board) -> Parts<'a> {
        let mut found: HashMap<&LineId, Own> = HashMap::new();
        let mut before = None;
        for (id, line) in board.order.iter().filter_map(|id| Some((id, board.line(id)?))) {
            if line.kind.is_on_wall() {
                before = Some(id);
            }
            // What a foreign client wrote may not say where it belongs.
            let Some(owner) = line.of.as_ref().or(before).filter(|_| line.kind.is_part()) else { continue };
            let own = found.entry(owner).or_default();
            match line.kind {
                Kind::Annotation(annotation) => {
                    own.annotations.push((annotation, words(annotation, &line.text)));
                }
                Kind::Scenario(step) => own.steps.push((step_word(step), step_words(&line.text))),
                _ => {}
            }
        }
        Parts(found)
    }
}

const fn step_word(step: Step) -> &'static str {
    match step {
        Step::Scenario => "scenario",
        Step::Given => "given",
        Step::When => "when",
        Step::Then => "then",
        Step::Expect => "expect",
    }
}

fn step_words(text: &str) -> String {
    let read = emd::line(text);
    let values: Vec<&str> = read.properties.iter().map(|piece| &*piece.text).collect();
    let values = if values.is_empty() { String::new() } else { format!(" ({})", values.join(", ")) };
    format!("{}{values}", read.name.text)
}

/// The words of the page's chips.
fn words(annotation: Annotation, text: &str) -> String {
    let before = match annotation {
        Annotation::Requires => "needs: ",
        Annotation::Forbids => "not after: ",
        Annotation::Required => "must be given: ",
        Annotation::Exists => "must exist: ",
        Annotation::Free => "free: ",
        Annotation::Hashed => "hashed: ",
        Annotation::Personal => "personal: ",
        Annotation::Derived => "computed: ",
        Annotation::Type | Annotation::Pivotal | Annotation::Resolved => "",
    };
    format!("{before}{}", emd::line(text).name.text.trim())
}

impl Face {
    pub fn of(board: &Board, id: &LineId, line: &Line, parts: &Parts<'_>) -> Face {
        let read = emd::line(&line.text);
        let nothing = Own::default();
        let own = parts.0.get(id).unwrap_or(&nothing);
        let quiet = |kind: &Annotation| matches!(kind, Annotation::Pivotal | Annotation::Resolved);
        let shown = own.annotations.iter().filter(|(kind, _)| !quiet(kind));
        Face {
            kind: read.kind,
            name: read.name.text.split_whitespace().collect::<Vec<_>>().join(" "),
            properties: read.properties.iter().map(|piece| piece.text.to_string()).collect(),
            chips: shown.map(|(_, words)| words.clone()).collect(),
            steps: own.steps.clone(),
            resolved: own.annotations.iter().any(|(kind, _)| *kind == Annotation::Resolved),
            author: board.people.get(&line.by).map(|person| initials(&person.name)).unwrap_or_default(),
        }
    }

    /// The word in the foot.
    pub fn word(&self) -> &'static str {
        match self.kind {
            Kind::Hotspot if self.resolved => "resolved",
            // They speak for themselves.
            Kind::Heading(_) | Kind::Note => "",
            other => other.noun(),
        }
    }

    /// The outline of the kind's icon, 20 by 20. A test holds these against the page's.
    pub fn icon(&self) -> &'static str {
        match self.kind {
            Kind::Hotspot if self.resolved => "M4 10.500l4 4 8-9",
            Kind::Event => "M11 2.5 4.5 11.2h4.3L8 17.5l6.9-9H10.4z",
            Kind::Command => "M3 10h13M11.2 5l5 5-5 5",
            Kind::ReadModel => "M3 4.5h14v11H3zM3 8.2h14M3 11.9h14M8 8.2v7.3",
            Kind::Policy => {
                "M4 8.5A6.3 6.3 0 0 1 15.6 7M16 11.5A6.3 6.3 0 0 1 4.4 13M15.9 3.4V7h-3.6M4.1 16.6V13h3.6"
            }
            Kind::Constraint => {
                "M7.5 3.5C5.5 3.5 5.8 5 5.8 7S5 10 3.5 10C5 10 5.8 11 5.8 13s-.3 3.5 1.7 3.5M12.5 3.5c2 0 1.7 1.5 1.7 3.5s.8 3 2.3 3c-1.5 0-2.3 1-2.3 3s.3 3.5-1.7 3.5"
            }
            Kind::Actor => {
                "M10 9.6a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM3.8 17c.4-3.2 2.9-5 6.2-5s5.8 1.8 6.2 5"
            }
            Kind::System => "M7.2 2.8v4M12.8 2.8v4M4.8 6.8h10.4v2.4a5.2 5.2 0 0 1-10.4 0zM10 14.4v3",
            Kind::Hotspot => "M10 2.8v9.4M10 16.6v.1",
            Kind::Screen => "M2.8 4h14.4v12H2.8zM2.8 7.6h14.4M5.2 5.8h.1M7.4 5.8h.1",
            Kind::Opportunity => "M7.6 14.2c0-1.7-2.6-2.9-2.6-6a5 5 0 0 1 10 0c0 3.1-2.6 4.3-2.6 6zM8 17.3h4",
            Kind::Term => {
                "M10 5C8.4 3.8 5.8 3.5 3 3.800v11.700c2.8-.3 5.4 0 7 1.2 1.6-1.2 4.2-1.5 7-1.200V3.800C14.2 3.5 11.6 3.8 10 5zM10 5v11.5"
            }
            Kind::Chapter => "M5 17.5v-15h10l-2.6 3.600L15 9.800H5",
            Kind::Lane => "M2.8 4.500h14.400M2.8 10h14.400M2.8 15.500h14.4",
            Kind::Context => "M3 6.500V3h3.500M13.5 3H17v3.500M17 13.500V17h-3.500M6.5 17H3v-3.5",
            _ => "",
        }
    }
}

/// As the page makes them: the first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icons_are_those_of_the_page() {
        let page = include_str!("../../../app/src/view/icons.rs");
        for kind in [
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
        ] {
            let face = Face {
                kind,
                name: String::new(),
                properties: Vec::new(),
                chips: Vec::new(),
                steps: Vec::new(),
                resolved: false,
                author: String::new(),
            };
            assert!(!face.icon().is_empty() && page.contains(face.icon()), "{kind:?}");
        }
    }
}
