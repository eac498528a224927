//! The lines behind the property sheet: what each act writes. One act, one undo step.

use super::super::chips::Chip;
use crate::session::Session;
use board::command::Splice;
use board::{At, Command, LineId, Step};
use emd::{Annotation, Kind};

/// The word of an annotation, as it is written.
pub const fn keyword(annotation: Annotation) -> &'static str {
    match annotation {
        Annotation::Requires => "requires",
        Annotation::Forbids => "forbids",
        Annotation::Required => "required",
        Annotation::Exists => "exists",
        Annotation::Type => "type",
        Annotation::Pivotal => "pivotal",
        Annotation::Free => "free",
        Annotation::Hashed => "hashed",
        Annotation::Personal => "personal",
        Annotation::Derived => "derived",
        Annotation::Resolved => "resolved",
    }
}

fn written(annotation: Annotation, about: &str) -> String {
    format!("// @{} {}", keyword(annotation), about.trim()).trim_end().to_owned()
}

pub fn set(session: Session, line: &LineId, properties: Vec<String>, step: Step) {
    session.act(Command::SetProperties { line: line.clone(), properties }, step);
}

pub fn annotate(session: Session, line: &LineId, annotation: Annotation, about: &str, step: Step) {
    let text = written(annotation, about);
    session.act(Command::Add { at: At::After(line.clone()), text, place: None }, step);
}

pub fn remove(session: Session, lines: Vec<LineId>, step: Step) {
    if !lines.is_empty() {
        session.act(Command::Remove { lines }, step);
    }
}

/// The annotation speaks about something else from now on.
pub fn reword(session: Session, chip: &Chip, about: &str, step: Step) {
    let text = written(chip.annotation, about);
    let splice = session.with_board(|board| Some(Splice::between(&board.line(&chip.line)?.text, &text)));
    if let Some(splice) = splice {
        session.act(Command::Type { line: chip.line.clone(), splices: vec![splice] }, step);
    }
}

/// A property is removed with what is said about it.
pub fn remove_property(session: Session, line: &LineId, properties: &[String], name: &str, chips: &[Chip]) {
    let rest = properties.iter().filter(|property| *property != name).cloned().collect();
    set(session, line, rest, Step::New);
    let about = chips.iter().filter(|chip| chip.property() == Some(name)).map(|chip| chip.line.clone());
    remove(session, about.collect(), Step::Extend);
}

/// A property gets another name, and what is said about it follows.
pub fn rename(session: Session, line: &LineId, properties: &[String], old: &str, new: &str, chips: &[Chip]) {
    let named = |property: &String| if property == old { new.to_owned() } else { property.clone() };
    set(session, line, properties.iter().map(named).collect(), Step::New);
    for chip in chips.iter().filter(|chip| chip.property() == Some(old)) {
        let about = match chip.about.strip_prefix(old) {
            Some(rest) => format!("{new}{rest}"),
            None => continue,
        };
        reword(session, chip, &about, Step::Extend);
    }
}

/// What `// @type` says of a property: on its own sticky, else anywhere in the same context, where it counts too.
pub fn type_of(session: Session, line: &LineId, property: &str, chips: &[Chip]) -> Option<Chip> {
    let is_it = |chip: &Chip| chip.annotation == Annotation::Type && chip.property() == Some(property);
    if let Some(own) = chips.iter().find(|chip| is_it(chip)) {
        return Some(own.clone());
    }
    session.with_board(|board| {
        let here = board.position(line)?;
        let opens = |id: &LineId| board.line(id).is_some_and(|line| line.kind == Kind::Context);
        let start = board.order[..here].iter().rposition(opens).unwrap_or(0);
        let end =
            board.order[here..].iter().skip(1).position(opens).map_or(board.order.len(), |at| here + 1 + at);
        let lines = board.order[start..end].iter();
        lines.filter_map(|id| Chip::read(id, board.line(id)?)).find(is_it)
    })
}

/// Gives a property its type; none is text, which needs no words.
pub fn set_type(session: Session, line: &LineId, property: &str, to: &str, chips: &[Chip]) {
    match (type_of(session, line, property, chips), to) {
        (Some(chip), "") => remove(session, vec![chip.line], Step::New),
        (Some(chip), to) => reword(session, &chip, &format!("{property}: {to}"), Step::New),
        (None, "") => {}
        (None, to) => annotate(session, line, Annotation::Type, &format!("{property}: {to}"), Step::New),
    }
}

/// Says or unsays something of a property.
pub fn toggle(session: Session, line: &LineId, annotation: Annotation, about: &str, chips: &[Chip]) {
    let said = chips.iter().filter(|chip| chip.annotation == annotation);
    let said: Vec<LineId> = said
        .filter(|chip| about.is_empty() || chip.property() == Some(about))
        .map(|chip| chip.line.clone())
        .collect();
    match said.is_empty() {
        true => annotate(session, line, annotation, about, Step::New),
        false => remove(session, said, Step::New),
    }
}

/// The id must exist in a read model; without one it need not.
pub fn set_lookup(session: Session, line: &LineId, property: &str, model: &str, chips: &[Chip]) {
    let old =
        chips.iter().find(|chip| chip.annotation == Annotation::Exists && chip.property() == Some(property));
    let about = format!("{property} in {model}");
    match (old, model) {
        (Some(chip), "") => remove(session, vec![chip.line.clone()], Step::New),
        (Some(chip), _) => reword(session, chip, &about, Step::New),
        (None, "") => {}
        (None, _) => annotate(session, line, Annotation::Exists, &about, Step::New),
    }
}

/// Closes hotspots in this person's name, or opens them again.
pub fn resolve(session: Session, lines: &[LineId], closed: bool) {
    let mut step = Step::New;
    for line in lines {
        let said: Vec<LineId> = session.with_mirror(|mirror| {
            let resolved = Kind::Annotation(Annotation::Resolved);
            mirror.parts(line).filter(|(_, part)| part.kind == resolved).map(|(id, _)| id.clone()).collect()
        });
        match (closed, said.is_empty()) {
            (true, true) => {
                let name = leptos::prelude::GetUntracked::get_untracked(&session.name);
                annotate(session, line, Annotation::Resolved, &format!("by {}", name.trim()), step);
            }
            (false, false) => remove(session, said, step),
            _ => continue,
        }
        step = Step::Extend;
    }
}
