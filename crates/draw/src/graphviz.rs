//! The model as a graph for Graphviz: commands lead to events, events to read models and policies.

use crate::colour::{NOTE_INK, Theme};
use crate::diagram;
use crate::xml::is_allowed;
use emd::Kind;
use std::fmt::Write;

/// The graph of a text in Event Markdown, in the language `dot`.
pub fn graphviz(lines: &[&str]) -> String {
    let diagram = diagram::read(lines);
    let mut out = format!(
        "digraph {} {{\n  rankdir=LR;\n  node [shape=box, style=filled, fontname=\"Inter, sans-serif\", fontcolor=\"{NOTE_INK}\"];\n",
        quoted(if diagram.title.is_empty() { "Squall" } else { &diagram.title })
    );
    for (index, node) in diagram.nodes.iter().enumerate() {
        let fill = Theme::Light.fill(node.kind).unwrap_or("#FFFFFF");
        let shape = if node.kind == Kind::Actor { ", shape=ellipse" } else { "" };
        // Writing to a string does not fail.
        let _ = writeln!(out, "  n{index} [label={}, fillcolor=\"{fill}\"{shape}];", quoted(&node.name));
    }
    for (to, node) in diagram.nodes.iter().enumerate() {
        for from in &node.from {
            let _ = writeln!(out, "  n{from} -> n{to};");
        }
    }
    out.push_str("}\n");
    out
}

/// A string of dot. Backslashes begin its escapes, so they become slashes.
fn quoted(text: &str) -> String {
    let text: String = text.chars().filter(|character| is_allowed(*character)).collect();
    format!("\"{}\"", text.replace('\\', "/").replace('"', "\\\"").replace(['\n', '\r', '\t'], " "))
}
