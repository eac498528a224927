//! Frames as lines of Event Markdown.
//!
//! Where commands have a namespace it is their context; where only events have one (as swimlanes) it is their stream.

use super::parse::{Diagram, Example, Frame, Kind};
use crate::mermaid::{hides_stream, identifier, loses};
use emd::{Kind as Sticky, edit};
use std::collections::HashSet;

pub fn text(diagram: &Diagram) -> String {
    let frames = &diagram.frames;
    let contexts = frames.iter().any(|frame| frame.kind == Kind::Command && frame.namespace.is_some());
    let writer = Writer { diagram, contexts, names: names(frames, contexts), actors: actors(frames) };
    let mut lines = Vec::new();
    if !diagram.title.is_empty() {
        lines.push(edit::write(Sticky::Heading(1), &diagram.title, &[]));
    }
    let mut context: Option<&str> = None;
    for at in order(frames) {
        let own = frames[at].namespace.as_deref().filter(|_| contexts);
        if own.is_some() && own != context {
            lines.push(edit::write(Sticky::Context, &spaced(own.unwrap_or_default()), &[]));
            context = own;
        }
        lines.push(writer.line(at));
        let notes = diagram.notes.iter().filter(|(of, words)| *of == at && !words.is_empty());
        lines.extend(notes.map(|(_, words)| edit::write(Sticky::Note, words, &[])));
        for example in diagram.examples.iter().filter(|example| example.of == at) {
            lines.extend(writer.example(example));
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The order of the frames, but that events stand behind the command they come from.
fn order(frames: &[Frame]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(frames.len());
    let mut current = None;
    for (at, frame) in frames.iter().enumerate() {
        let source = frame.from.iter().copied().find(|from| frames[*from].kind == Kind::Command);
        match frame.kind {
            Kind::Command => current = Some(at),
            Kind::Event if source.is_some() && source != current => {
                let command = source.unwrap_or_default();
                let found = order.iter().position(|one| *one == command);
                let next = found.map(|found| {
                    let behind = &order[found + 1..];
                    let events = behind.iter().take_while(|one| frames[**one].kind == Kind::Event).count();
                    found + 1 + events
                });
                order.insert(next.unwrap_or(order.len()), at);
                continue;
            }
            _ => {}
        }
        order.push(at);
    }
    order
}

/// Mermaid draws people as screens. Who stands before a screen is an actor, and so is who begins anew behind another
/// one that has not done anything yet.
fn actors(frames: &[Frame]) -> HashSet<&str> {
    let mut found = HashSet::new();
    for (at, frame) in frames.iter().enumerate().filter(|(_, frame)| frame.kind == Kind::Screen) {
        let before = frame.from.iter().filter(|from| frames[**from].kind == Kind::Screen);
        found.extend(before.map(|from| frames[*from].name.as_str()));
        let behind = at > 0 && frames[at - 1].kind == Kind::Screen;
        if behind && !frame.follows && frame.from.is_empty() {
            found.insert(frame.name.as_str());
        }
    }
    found
}

/// What each frame is called, and how many entries of its data say so.
fn names(frames: &[Frame], contexts: bool) -> Vec<(String, usize)> {
    let name = |(at, frame): (usize, &Frame)| {
        if let Some(told) = told(frame, at) {
            return told;
        }
        let name = spaced(&frame.name);
        match frame.namespace.as_deref().filter(|_| frame.kind == Kind::Event && !contexts) {
            Some(stream) if !name.starts_with(&format!("{stream} ")) => {
                (format!("{} {name}", stream.replace(' ', "")), 0)
            }
            _ => (name, 0),
        }
    };
    frames.iter().enumerate().map(name).collect()
}

/// The name as `mermaid` tells it where the frame's own has lost letters.
fn told(frame: &Frame, at: usize) -> Option<(String, usize)> {
    if frame.kind == Kind::Processor {
        let words = frame.data.join(", ");
        let is_policy = words.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("whenever"));
        if is_policy || identifier(&words, at) == frame.name && loses(&words, &frame.name) {
            return Some((words, frame.data.len()));
        }
    }
    (1..=frame.data.len()).find_map(|count| {
        let words = frame.data[..count].join(", ");
        let hides =
            loses(&words, &frame.name) || frame.kind == Kind::Event && hides_stream(&words, &frame.name);
        (hides && identifier(&words, at) == frame.name).then_some((words, count))
    })
}

/// `AddItem` as `Add Item`; the sign that keeps a digit from standing first is none of it.
fn spaced(name: &str) -> String {
    eml::names::spaced(name.trim_start_matches('_'))
}

struct Writer<'a> {
    diagram: &'a Diagram,
    contexts: bool,
    names: Vec<(String, usize)>,
    actors: HashSet<&'a str>,
}

impl Writer<'_> {
    fn line(&self, at: usize) -> String {
        let frame = &self.diagram.frames[at];
        let (name, told) = &self.names[at];
        let properties: Vec<&str> = frame.data[*told..].iter().map(|entry| key(entry)).collect();
        let properties: Vec<&str> = properties.into_iter().filter(|name| !name.is_empty()).collect();
        match frame.kind {
            Kind::Screen if self.actors.contains(frame.name.as_str()) => {
                edit::write(Sticky::Actor, name, &properties)
            }
            Kind::Screen => edit::write(Sticky::Screen, name, &properties),
            Kind::Command => edit::write(Sticky::Command, name, &properties),
            Kind::Event => edit::write(Sticky::Event, name, &properties),
            Kind::ReadModel => edit::write(Sticky::ReadModel, name, &properties),
            Kind::Processor if *told > 0 => edit::write(Sticky::Policy, name, &[]),
            Kind::Processor => match self.policy(at) {
                Some(policy) => edit::write(Sticky::Policy, &policy, &[]),
                None => edit::write(Sticky::System, name, &properties),
            },
        }
    }

    /// What a processor of Mermaid does: when the event that it is told of happens, its command follows.
    fn policy(&self, at: usize) -> Option<String> {
        let frames = &self.diagram.frames;
        let event = self.sources(at).into_iter().find_map(|from| match frames[from].kind {
            Kind::Event => Some(from),
            _ => self.sources(from).into_iter().rfind(|from| frames[*from].kind == Kind::Event),
        })?;
        let leads = |to: &usize| frames[*to].kind == Kind::Command && self.sources(*to).contains(&at);
        let command = (at + 1..frames.len()).find(leads)?;
        let name = |to: usize| match frames[to].namespace.as_deref().filter(|_| self.contexts) {
            Some(context) if frames[to].namespace != frames[at].namespace => {
                format!("{}.{}", spaced(context), self.names[to].0)
            }
            _ => self.names[to].0.clone(),
        };
        Some(format!("Whenever {}, {}", name(event), name(command)))
    }

    /// The frames that lead to one; without arrows the one before it, if it goes on from there.
    fn sources(&self, at: usize) -> Vec<usize> {
        let frame = &self.diagram.frames[at];
        match frame.from.is_empty() && frame.follows && at > 0 {
            true => vec![at - 1],
            false => frame.from.clone(),
        }
    }

    fn example(&self, example: &Example) -> Vec<String> {
        let of = &self.names[example.of].0;
        let said = |(_, name): &(Kind, String)| {
            let frame = self.diagram.frames.iter().position(|frame| frame.name == *name);
            frame.map_or_else(|| spaced(name), |at| self.names[at].0.clone())
        };
        let mut lines = vec![format!("// @scenario {of}")];
        lines.extend(example.given.iter().map(|one| format!("// @given {}", said(one))));
        lines.extend(example.when.iter().map(|one| format!("// @when {}", said(one))));
        let then = example.then.iter().map(|one| match one.0 {
            Kind::ReadModel => format!("// @expect {}", said(one)),
            _ => format!("// @then {}", said(one)),
        });
        lines.extend(then);
        lines
    }
}

/// The name before a colon.
fn key(entry: &str) -> &str {
    let key = entry.split_once(':').map_or(entry, |(key, _)| key);
    key.trim().trim_matches(['"', '\'']).trim()
}
