//! Mermaid's `eventmodeling` diagram (since Mermaid 11.15): one time frame a sticky.
//!
//! Entity names are ASCII words there, and frames have three digits. A name that loses characters by that stands in
//! the frame's data as it was written, and so does one whose first word could not be told from it; what comes after
//! frame 999 is counted in a comment.

use crate::diagram::{self, Node};
use emd::Kind;
use std::fmt::Write;

const FRAMES: usize = 999;

/// The diagram of a text in Event Markdown.
pub fn mermaid(lines: &[&str]) -> String {
    let diagram = diagram::read(lines);
    let mut out = String::from("eventmodeling\n");
    if !diagram.title.is_empty() {
        push(&mut out, format_args!("%% {}\n", plain(&diagram.title)));
    }
    out.push('\n');
    let contexts = diagram.nodes.iter().any(|node| node.context.is_some());
    for (index, node) in diagram.nodes.iter().enumerate().take(FRAMES) {
        frame(&mut out, index, node, &diagram.nodes, contexts);
    }
    if let Some(more) = diagram.nodes.len().checked_sub(FRAMES).filter(|more| *more > 0) {
        push(&mut out, format_args!("%% {more} more: a diagram has at most {FRAMES} frames\n"));
    }
    out
}

fn frame(out: &mut String, index: usize, node: &Node, nodes: &[Node], contexts: bool) {
    // Frames may point back only.
    let sources: Vec<usize> = node.from.iter().copied().filter(|from| *from < index).collect();
    let follows = sources.len() == 1 && sources[0] + 1 == index && implied(nodes[sources[0]].kind, node.kind);
    let word = match node.kind {
        Kind::Screen | Kind::Actor => "ui",
        Kind::Command => "cmd",
        Kind::ReadModel => "rmo",
        Kind::Event => "evt",
        _ => "pcr",
    };
    push(out, format_args!("{} {:02} {word} ", if follows { "tf" } else { "rf" }, index + 1));
    if let Some(context) = node.context.as_deref().filter(|_| contexts) {
        push(out, format_args!("{}.", identifier(context, 0)));
    }
    let name = identifier(&node.name, index);
    out.push_str(&name);
    if !follows {
        for source in sources {
            push(out, format_args!(" ->> {:02}", source + 1));
        }
    }
    let told = Some(plain(&node.name)).filter(|told| !told.is_empty());
    let hides = |told: &str| {
        node.kind == Kind::Policy
            || loses(told, &name)
            || node.kind == Kind::Event && hides_stream(told, &name)
    };
    let named = told.filter(|told| hides(told));
    let properties = node.properties.iter().map(|name| plain(name)).filter(|name| !name.is_empty());
    let data: Vec<String> = named.into_iter().chain(properties).collect();
    if !data.is_empty() {
        push(out, format_args!(" {{ {} }}", data.join(", ")));
    }
    out.push('\n');
}

/// What Mermaid connects by itself when one frame follows another.
fn implied(from: Kind, to: Kind) -> bool {
    matches!(
        (from, to),
        (Kind::Command, Kind::Event)
            | (Kind::Screen | Kind::Actor | Kind::Policy, Kind::Command)
            | (Kind::Event, Kind::ReadModel | Kind::Policy)
    )
}

/// A word of ASCII letters and digits in upper camel case, which is none of Mermaid's own words.
pub(crate) fn identifier(name: &str, index: usize) -> String {
    let ascii = |character: &char| character.is_ascii_alphanumeric() || *character == '_';
    let mut out = String::new();
    for word in name.split_whitespace() {
        let mut kept = word.chars().filter(ascii);
        out.extend(kept.next().map(|first| first.to_ascii_uppercase()));
        out.extend(kept);
    }
    match out.chars().next() {
        None => format!("Sticky{}", index + 1),
        Some(first) if first.is_ascii_digit() => format!("_{out}"),
        Some(_) => out,
    }
}

/// Whether letters of a name are missing in its identifier.
pub(crate) fn loses(name: &str, identifier: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).count();
    letters(name) != letters(identifier)
}

/// Whether nobody could tell from its identifier which stream an event is of: the first word of its name.
pub(crate) fn hides_stream(name: &str, identifier: &str) -> bool {
    let first = |name: &str| name.split(' ').next().map(str::to_owned);
    name.contains(' ') && first(&eml::names::spaced(identifier)) != first(name)
}

/// Words without the marks that mean something to Mermaid, or to the HTML it makes.
fn plain(text: &str) -> String {
    let marks = ['%', '{', '}', '<', '>', '&', '`', '#', ';', '"', '\\', '/', '*', '|', '[', ']'];
    let kept =
        |character: char| if character.is_control() || marks.contains(&character) { ' ' } else { character };
    let text: String = text.chars().map(kept).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = out.write_fmt(words);
}
