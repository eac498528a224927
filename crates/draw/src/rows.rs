//! The model as LES drew it with `les-viz`: a graph for Graphviz with the commands in one row, their events in the
//! next, and the read models below, each with its properties.
//!
//! What LES left out is drawn too: which read model hears which event, and the policies between the rows.

use crate::diagram::{self, Diagram, Node};
use crate::xml::is_allowed;
use emd::Kind;
use std::fmt::Write;

/// The rows from top to bottom, with LES's colours where it has one.
const ROWS: [(&str, Kind, &str); 4] = [
    ("commands", Kind::Command, "#75a6f1"),
    ("events", Kind::Event, "#f0dc97"),
    ("policies", Kind::Policy, "#d0b0f6"),
    ("documents", Kind::ReadModel, "#67bfa2"),
];

/// The graph of a text in Event Markdown, in the language `dot`.
pub fn rows(lines: &[&str]) -> String {
    let diagram = diagram::read(lines);
    let title = if diagram.title.is_empty() { "Squall" } else { &diagram.title };
    let mut out = format!(
        "digraph {} {{\n  graph [bgcolor=transparent];\n  node [shape=plain, style=filled, fontname=\"Helvetica\"];\n",
        quoted(title)
    );
    for (name, kind, colour) in ROWS {
        row(&mut out, &diagram, name, kind, colour);
    }
    let shown = |at: &usize| ROWS.iter().any(|(_, kind, _)| *kind == diagram.nodes[*at].kind);
    for to in (0..diagram.nodes.len()).filter(&shown) {
        for from in diagram.nodes[to].from.iter().filter(|from| shown(from)) {
            // Policies lead back up: they do not push the commands below them.
            let back = if diagram.nodes[to].kind == Kind::Command { " [constraint=false]" } else { "" };
            push(&mut out, format_args!("  n{from} -> n{to}{back};\n"));
        }
    }
    out.push_str("}\n");
    out
}

/// The stickies of a kind side by side, in the order of the text.
fn row(out: &mut String, diagram: &Diagram, name: &str, kind: Kind, colour: &str) {
    let nodes: Vec<usize> = (0..diagram.nodes.len()).filter(|at| diagram.nodes[*at].kind == kind).collect();
    if nodes.is_empty() {
        return;
    }
    push(out, format_args!("  subgraph {name} {{\n    rank=same;\n    node [fillcolor=\"{colour}\"];\n"));
    for at in &nodes {
        push(out, format_args!("    n{at} [label={}];\n", label(&diagram.nodes[*at])));
    }
    for pair in nodes.windows(2) {
        push(out, format_args!("    n{} -> n{} [style=invis];\n", pair[0], pair[1]));
    }
    out.push_str("  }\n");
}

/// A table: the name, and under it the properties.
fn label(node: &Node) -> String {
    let properties: Vec<String> =
        node.properties.iter().map(|name| clean(name)).filter(|name| !name.is_empty()).collect();
    let list = match properties.is_empty() {
        true => String::new(),
        false => format!("<tr><td align=\"left\" balign=\"left\">- {}</td></tr>", properties.join("<br/>- ")),
    };
    let name = Some(clean(&node.name)).filter(|name| !name.is_empty()).unwrap_or_else(|| "?".to_owned());
    format!(
        "<<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"6\"><tr><td><b>{name}</b></td></tr>{list}</table>>"
    )
}

/// Text within a label, without what dot cannot hold.
fn clean(text: &str) -> String {
    let mut out = String::new();
    for character in text.trim().chars().filter(|one| is_allowed(*one) && !one.is_control()) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '[' => out.push_str("&#91;"),
            ']' => out.push_str("&#93;"),
            '\\' => out.push_str("&#92;"),
            _ => out.push(character),
        }
    }
    out
}

/// A string of dot. Backslashes begin its escapes, so they become slashes.
fn quoted(text: &str) -> String {
    let text: String = text.chars().filter(|one| is_allowed(*one) && !one.is_control()).collect();
    format!("\"{}\"", text.replace('\\', "/").replace('"', "\\\""))
}

fn push(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = out.write_fmt(words);
}
