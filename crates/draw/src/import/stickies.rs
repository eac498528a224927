//! Frames as lines of Event Markdown.
//!
//! Where commands have a namespace it is their context; where only events have one (as swimlanes) it is their stream.

use super::parse::{Diagram, Example, Frame, Kind};
use super::{LARGEST, NoDiagram, Why};
use crate::mermaid::{hides_stream, identifier, loses};
use emd::{Kind as Sticky, edit};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// So many entries of data can be one name, whose commas parted them.
const MOST_PARTS: usize = 50;

pub fn text(diagram: &Diagram) -> Result<String, NoDiagram> {
    let frames = &diagram.frames;
    let contexts = frames.iter().any(|frame| frame.kind == Kind::Command && frame.namespace.is_some());
    let writer = Writer {
        frames,
        contexts,
        names: names(frames, contexts),
        actors: actors(frames),
        by_name: by_name(frames),
        led: led(frames),
    };
    let mut lines = Lines::default();
    if !diagram.title.is_empty() {
        lines.push(&edit::write(Sticky::Heading(1), &diagram.title, &[]))?;
    }
    let mut context: Option<&str> = None;
    for at in order(frames) {
        let own = frames[at].namespace.as_deref().filter(|_| contexts);
        if own.is_some() && own != context {
            lines.push(&edit::write(Sticky::Context, &spaced(own.unwrap_or_default()), &[]))?;
            context = own;
        }
        lines.push(&writer.line(at))?;
        for words in frames[at].notes.iter().filter(|words| !words.is_empty()) {
            lines.push(&edit::write(Sticky::Note, words, &[]))?;
        }
        for example in &frames[at].examples {
            writer.example(at, example, &mut lines)?;
        }
    }
    Ok(lines.0)
}

/// The text as it grows: names that are long and often said could make it endless.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn push(&mut self, line: &str) -> Result<(), NoDiagram> {
        if self.0.len() + line.len() > LARGEST {
            return Err(NoDiagram { line: 0, why: Why::TooLarge });
        }
        self.0.push_str(line);
        self.0.push('\n');
        Ok(())
    }
}

/// The order of the frames, but that events stand behind the command they come from.
fn order(frames: &[Frame]) -> Vec<usize> {
    let mut staying: Vec<usize> = Vec::with_capacity(frames.len());
    let mut moved: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut commands: HashSet<usize> = HashSet::new();
    let mut current = None;
    for (at, frame) in frames.iter().enumerate() {
        let source = frame.from.iter().copied().find(|from| frames[*from].kind == Kind::Command);
        match (frame.kind, source) {
            (Kind::Event, Some(command)) if source != current && commands.contains(&command) => {
                moved.entry(command).or_default().push(at);
                continue;
            }
            (Kind::Command, _) => {
                current = Some(at);
                commands.insert(at);
            }
            _ => {}
        }
        staying.push(at);
    }
    let mut order = Vec::with_capacity(frames.len());
    // The events that come home stand behind those that were always there.
    let mut late = Vec::new();
    for at in staying {
        if frames[at].kind != Kind::Event {
            order.append(&mut late);
        }
        order.push(at);
        late.extend(moved.remove(&at).into_iter().flatten());
    }
    order.append(&mut late);
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
    (1..=frame.data.len().min(MOST_PARTS)).find_map(|count| {
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

/// Of several frames with one name the first.
fn by_name(frames: &[Frame]) -> HashMap<&str, usize> {
    let names = frames.iter().enumerate().rev();
    names.map(|(at, frame)| (frame.name.as_str(), at)).collect()
}

/// For each frame the first command below that it leads to.
fn led(frames: &[Frame]) -> HashMap<usize, usize> {
    let mut led = HashMap::new();
    for to in (0..frames.len()).filter(|to| frames[*to].kind == Kind::Command) {
        for from in sources(frames, to).iter().filter(|from| **from < to) {
            led.entry(*from).or_insert(to);
        }
    }
    led
}

/// The frames that lead to one; without arrows the one before it, if it goes on from there.
fn sources(frames: &[Frame], at: usize) -> Cow<'_, [usize]> {
    let frame = &frames[at];
    match frame.from.is_empty() && frame.follows && at > 0 {
        true => Cow::Owned(vec![at - 1]),
        false => Cow::Borrowed(&frame.from),
    }
}

struct Writer<'a> {
    frames: &'a [Frame],
    contexts: bool,
    names: Vec<(String, usize)>,
    actors: HashSet<&'a str>,
    by_name: HashMap<&'a str, usize>,
    led: HashMap<usize, usize>,
}

impl Writer<'_> {
    fn line(&self, at: usize) -> String {
        let frame = &self.frames[at];
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
        let frames = self.frames;
        let is_event = |from: &usize| frames[*from].kind == Kind::Event;
        let event = sources(frames, at).iter().find_map(|from| match is_event(from) {
            true => Some(*from),
            false => sources(frames, *from).iter().copied().rfind(is_event),
        })?;
        let command = *self.led.get(&at)?;
        let name = |to: usize| match frames[to].namespace.as_deref().filter(|_| self.contexts) {
            Some(context) if frames[to].namespace != frames[at].namespace => {
                format!("{}.{}", spaced(context), self.names[to].0)
            }
            _ => self.names[to].0.clone(),
        };
        Some(format!("Whenever {}, {}", name(event), name(command)))
    }

    fn example(&self, at: usize, example: &Example, lines: &mut Lines) -> Result<(), NoDiagram> {
        let said = |name: &str| match self.by_name.get(name) {
            Some(at) => self.names[*at].0.clone(),
            None => spaced(name),
        };
        lines.push(&format!("// @scenario {}", self.names[at].0))?;
        for (_, name) in &example.given {
            lines.push(&format!("// @given {}", said(name)))?;
        }
        for (_, name) in &example.when {
            lines.push(&format!("// @when {}", said(name)))?;
        }
        for (kind, name) in &example.then {
            let word = if *kind == Kind::ReadModel { "expect" } else { "then" };
            lines.push(&format!("// @{word} {}", said(name)))?;
        }
        Ok(())
    }
}

/// The name before a colon.
fn key(entry: &str) -> &str {
    let key = entry.split_once(':').map_or(entry, |(key, _)| key);
    key.trim().trim_matches(['"', '\'']).trim()
}
