//! What belongs to a sticky, in plain words: each annotation as a small chip on it.
//!
//! Here is what a chip says and how it looks on the sticky. Adding and changing annotations: `properties`.

use super::icons::icon;
use crate::messages;
use crate::session::Session;
use board::{Command, Line, LineId};
use elements::{El, el};
use emd::{Annotation, Kind};
use web_sys::Event;

/// An annotation as people read it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chip {
    pub line: LineId,
    pub annotation: Annotation,
    pub about: String,
}

impl Chip {
    pub fn read(id: &LineId, line: &Line) -> Option<Chip> {
        let read = emd::line(&line.text);
        let Kind::Annotation(annotation) = read.kind else { return None };
        Some(Chip { line: id.clone(), annotation, about: read.name.text.trim().to_owned() })
    }

    /// "needs: Todo Added"
    pub fn words(&self) -> String {
        messages::annotation(self.annotation, &self.about)
    }

    /// The property that it speaks about, if it does about one.
    pub fn property(&self) -> Option<&str> {
        let name = match self.annotation {
            Annotation::Type => self.about.split(':').next()?,
            Annotation::Exists => self.about.rsplit_once(" in ").map_or(&*self.about, |(name, _)| name),
            Annotation::Required
            | Annotation::Free
            | Annotation::Hashed
            | Annotation::Personal
            | Annotation::Derived => &self.about,
            _ => return None,
        };
        Some(name.trim()).filter(|name| !name.is_empty())
    }
}

/// The drawing for an annotation.
pub const fn annotation_icon(annotation: Annotation) -> &'static str {
    match annotation {
        Annotation::Requires | Annotation::Resolved => "check",
        Annotation::Forbids => "forbid",
        Annotation::Required => "required",
        Annotation::Exists => "lookup",
        Annotation::Type => "type",
        Annotation::Pivotal => "pivotal",
        Annotation::Free => "free",
        Annotation::Hashed => "hash",
        Annotation::Personal => "actor",
        Annotation::Derived => "derived",
    }
}

/// The chips on a sticky, one a row; the last row also says how many more there are.
pub fn on_sticky(session: Session, chips: &[Chip], rows: usize) -> El {
    let (shown, rest) = chips.split_at(rows.min(chips.len()));
    let words = rest.iter().map(Chip::words).collect::<Vec<_>>().join(", ");
    let last = shown.len().saturating_sub(1);
    let row = |(at, chip): (usize, &Chip)| {
        let more = (at == last && !rest.is_empty()).then(|| {
            el("span")
                .class("chip more")
                .attr("title", words.clone())
                .text(&messages::more_annotations(rest.len()))
        });
        el("div").class("chip-row").child(one(session, chip)).child(more)
    };
    el("div").class("note-chips").child(shown.iter().enumerate().map(row))
}

fn one(session: Session, chip: &Chip) -> El {
    let words = chip.words();
    let chip_of_sticky = el("span")
        .class("chip")
        .attr("title", words.clone())
        .child(icon(annotation_icon(chip.annotation)))
        .child(el("span").class("chip-words").attr("aria-hidden", "true").text(&words));
    chip_of_sticky.child(session.can_write().then(|| remove_button(session, chip)))
}

/// By pointer only: with keys, annotations are reached in the properties of the sticky.
fn remove_button(session: Session, chip: &Chip) -> El {
    let line = chip.line.clone();
    el("button")
        .class("chip-remove")
        .attr("tabindex", "-1")
        .attr("aria-label", messages::remove_named(&chip.words()))
        .attr("title", messages::remove_named(&chip.words()))
        // The wall would begin a drag and take the click away.
        .on_event("pointerdown", |event: Event| event.stop_propagation())
        .on_event("dblclick", |event: Event| event.stop_propagation())
        .on("click", move || {
            session.run(Command::Remove { lines: vec![line.clone()] });
        })
        .child(icon("close"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chip(text: &str) -> Chip {
        let Some(chip) = Chip::read(&LineId("a".into()), &Line::new(text.to_owned())) else {
            panic!("{text} is an annotation")
        };
        chip
    }

    #[test]
    fn annotations_are_said_in_plain_words() {
        let said = [
            ("// @requires Todo Added", "needs: Todo Added"),
            ("// @forbids Todo Deleted", "not after: Todo Deleted"),
            ("// @required description", "must be given: description"),
            ("// @exists userId in User Lookup", "must exist: userId in User Lookup"),
            ("// @type price: decimal", "price: decimal"),
            ("// @pivotal", "pivotal"),
            ("// @free projectId", "free: projectId"),
            ("// @hashed password", "hashed: password"),
            ("// @personal email", "personal: email"),
            ("// @derived total", "computed: total"),
            ("// @resolved by Ann", "resolved by Ann"),
        ];
        for (line, words) in said {
            assert_eq!(chip(line).words(), words);
        }
    }

    #[test]
    fn a_chip_knows_the_property_it_is_about() {
        assert_eq!(chip("// @type price: decimal").property(), Some("price"));
        assert_eq!(chip("// @exists userId in User Lookup").property(), Some("userId"));
        assert_eq!(chip("// @personal email").property(), Some("email"));
        assert_eq!(chip("// @requires Todo Added").property(), None);
    }
}
