//! Annotations: what a `// @` line says about the sticky before it.

use super::context::{Builder, Owner, short};
use super::{Problem, What, place};
use crate::model::{
    Command, Condition, Context, IS_REQUIRED, MUST_EXIST_IN, Place, Property, REQUIRED, Text,
};
use crate::names::spaceless;
use diag::Span;
use emd::{Annotation, Kind, Line};
use foldhash::HashMap;
use smol_str::format_smolstr;

/// Annotations that count for the whole context.
#[derive(Default)]
pub struct Annotations<'a> {
    types: Vec<(&'a Line<'a>, usize)>,
}

impl<'a> Builder<'a> {
    pub fn annotation(
        &mut self,
        annotation: Annotation,
        line: &'a Line<'a>,
        index: usize,
        problems: &mut Vec<Problem>,
    ) {
        use Annotation::*;
        let suits = match (annotation, self.owner) {
            (Type, Owner::Nothing) => "a sticky",
            (Type, _) => return self.annotations.types.push((line, index)),
            (Pivotal, Owner::Event { .. }) | (Resolved, Owner::Hotspot) => return,
            (Hashed | Personal, Owner::Event { stream, event }) => {
                let event = &mut self.streams[stream].events[event];
                let found = mark(&mut event.properties, annotation, &line.name.text);
                return missing(found, line, index, &event.name, problems);
            }
            (Derived, Owner::Readmodel(model)) => {
                return self.derived(model, line, index, problems);
            }
            (Requires | Forbids | Required | Exists | Free, Owner::Waiting) => {
                return self.keep(line, index);
            }
            (Pivotal | Hashed | Personal, _) => "an event",
            (Resolved, _) => "a hotspot",
            (Derived, _) => "a read model",
            (Requires | Forbids | Required | Exists | Free, _) => "a command",
        };
        find(line, index, What::NoSuchSticky(suits), problems);
    }

    fn derived(&mut self, model: usize, line: &Line<'_>, index: usize, problems: &mut Vec<Problem>) {
        let shown = &mut self.shown[model];
        let name = spaceless(&line.name.text);
        let found = shown.line.properties.iter().any(|piece| short(piece) == name);
        if found {
            shown.derived.push(name);
        }
        missing(found, line, index, &short(&shown.line.name), problems);
    }
}

/// Points at the words behind the keyword, or at the keyword itself where it is what is wrong or all there is.
fn find(line: &Line<'_>, index: usize, what: What, problems: &mut Vec<Problem>) {
    let words = line.name.span;
    let keyword = Span::new("// ".len(), words.end);
    let span = match what {
        What::NoSuchSticky(_) => keyword,
        _ if words.is_empty() => keyword,
        _ => words,
    };
    problems.push(Problem { place: place(index, span), what });
}

fn missing(found: bool, line: &Line<'_>, index: usize, of: &str, problems: &mut Vec<Problem>) {
    if !found {
        let name = line.name.text.to_string();
        let of = of.to_owned();
        find(line, index, What::NoSuchName { name, of }, problems);
    }
}

fn mark(properties: &mut [Property], annotation: Annotation, name: &str) -> bool {
    let name = spaceless(name);
    let mut found = false;
    for property in properties.iter_mut().filter(|property| property.name == name) {
        found = true;
        match annotation {
            Annotation::Hashed => property.is_hashed = true,
            _ => property.is_personal = true,
        }
    }
    found
}

/// What an annotation adds to the command before it.
pub fn command(command: &mut Command, line: &Line<'_>, index: usize, problems: &mut Vec<Problem>) {
    let words: &str = &line.name.text;
    let found = match line.kind {
        Kind::Annotation(Annotation::Requires) => {
            return condition(command, line, index, "MustHaveHappened", problems);
        }
        Kind::Annotation(Annotation::Forbids) => {
            return condition(command, line, index, "MustNotHaveHappened", problems);
        }
        Kind::Annotation(Annotation::Exists) => match words.rsplit_once(" in ") {
            Some((name, model)) => {
                let rule = format_smolstr!("{MUST_EXIST_IN} {}", spaceless(model.trim()));
                change(command, name.trim(), |rules| {
                    rules.retain(|rule| !rule.starts_with(MUST_EXIST_IN));
                    rules.push(rule.clone());
                })
            }
            None => {
                let what = What::Unreadable("// @exists userId in User Lookup");
                return find(line, index, what, problems);
            }
        },
        Kind::Annotation(Annotation::Free) => change(command, words, |rules| {
            rules.retain(|rule| !rule.starts_with(MUST_EXIST_IN));
        }),
        _ => change(command, words, |rules| {
            if !rules.iter().any(|rule| rule == IS_REQUIRED) {
                rules.push(REQUIRED);
            }
        }),
    };
    missing(found, line, index, &command.name, problems);
}

fn condition(command: &mut Command, line: &Line<'_>, index: usize, word: &str, problems: &mut Vec<Problem>) {
    if line.name.text.is_empty() {
        let what = What::Unreadable("// @requires Todo Added");
        return find(line, index, what, problems);
    }
    command.preconditions.push(Condition {
        text: format_smolstr!("{} {word}", spaceless(&line.name.text)),
        place: Some(place(index, line.name.span)),
    });
}

/// Changes the rules of all parameters of that name; whether there is one.
fn change(command: &mut Command, name: &str, change: impl Fn(&mut Vec<Text>)) -> bool {
    let name = spaceless(name);
    let mut found = false;
    let parameters = command.parameters.iter_mut();
    for parameter in parameters.filter(|parameter| parameter.name == name) {
        found = true;
        change(&mut parameter.rules);
    }
    found
}

/// A type that was annotated, where, and whether anything has that name.
struct Typed {
    r#type: Text,
    place: Place,
    used: bool,
}

impl Annotations<'_> {
    /// Sets the types of a context's properties and parameters. The first annotation of a name counts.
    pub fn set_types(&self, context: &mut Context, problems: &mut Vec<Problem>) {
        if self.types.is_empty() {
            return;
        }
        let mut types = HashMap::default();
        for (line, index) in &self.types {
            read_type(line, *index, &mut types, problems);
        }
        let mut set = |name: &str, r#type: &mut Text| {
            if let Some(typed) = types.get_mut(name) {
                *r#type = typed.r#type.clone();
                typed.used = true;
            }
        };
        for stream in &mut context.streams {
            let commands = stream.commands.iter_mut();
            for parameter in commands.flat_map(|command| &mut command.parameters) {
                set(&parameter.name, &mut parameter.r#type);
            }
            for property in stream.events.iter_mut().flat_map(|event| &mut event.properties) {
                set(&property.name, &mut property.r#type);
            }
        }
        for property in context.readmodels.iter_mut().flat_map(|model| &mut model.properties) {
            set(&property.name, &mut property.r#type);
        }
        let mut unused: Vec<_> = types.into_iter().filter(|(_, typed)| !typed.used).collect();
        unused.sort_by_key(|(_, typed)| typed.place.line);
        problems.extend(unused.into_iter().map(|(name, typed)| Problem {
            place: typed.place,
            what: What::NoSuchName { name: name.into(), of: context.name.clone() },
        }));
    }
}

fn read_type(line: &Line<'_>, index: usize, types: &mut HashMap<Text, Typed>, problems: &mut Vec<Problem>) {
    let Some((name, word)) = line.name.text.split_once(':') else {
        let what = What::Unreadable("// @type price: decimal");
        return find(line, index, what, problems);
    };
    let (name, word) = (spaceless(name.trim()), word.trim());
    if !emd::TYPES.contains(&word.strip_suffix("[]").unwrap_or(word)) {
        return find(line, index, What::UnknownType(word.to_owned()), problems);
    }
    match types.get(&name) {
        Some(known) if known.r#type != word => {
            let (name, first) = (name.into(), known.r#type.to_string());
            let second = word.to_owned();
            find(line, index, What::TypeConflict { name, first, second }, problems);
        }
        Some(_) => {}
        None => {
            let typed = Typed { r#type: word.into(), place: place(index, line.name.span), used: false };
            types.insert(name, typed);
        }
    }
}
