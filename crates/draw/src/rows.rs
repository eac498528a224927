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
        "digraph {} {{\n  graph [bgcolor=transparent];\n  node [shape=record, style=filled, fontname=\"Helvetica\"];\n",
        quoted(&clean(title))
    );
    for (name, kind, colour) in ROWS {
        row(&mut out, &diagram, name, kind, colour);
    }
    let shown = |at: &usize| ROWS.iter().any(|(_, kind, _)| *kind == diagram.nodes[*at].kind);
    for to in (0..diagram.nodes.len()).filter(&shown) {
        for from in diagram.nodes[to].from.iter().filter(|from| shown(from)) {
            push(&mut out, format_args!("  n{from} -> n{to};\n"));
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
        push(out, format_args!("    n{at} [label={}];\n", quoted(&label(&diagram.nodes[*at]))));
    }
    for pair in nodes.windows(2) {
        push(out, format_args!("    n{} -> n{} [style=invis];\n", pair[0], pair[1]));
    }
    out.push_str("  }\n");
}

/// `{ Todo Added | - description\l- todoId\l }`
fn label(node: &Node) -> String {
    let name = field(&node.name);
    let properties: Vec<String> =
        node.properties.iter().map(|name| field(name)).filter(|name| !name.is_empty()).collect();
    match properties.is_empty() {
        true => format!("{{ {name} }}"),
        false => {
            let list: String = properties.iter().map(|name| format!("- {name}\\l")).collect();
            format!("{{ {name} | {list} }}")
        }
    }
}

/// Words within a record, where some marks part fields.
fn field(text: &str) -> String {
    let mut out = String::new();
    for character in clean(text).chars() {
        if matches!(character, '{' | '}' | '|' | '<' | '>') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// Without what dot cannot hold. Backslashes begin its escapes, so they become slashes; it knows HTML's entities.
fn clean(text: &str) -> String {
    let allowed = |character: &char| is_allowed(*character) && !matches!(character, '\n' | '\r' | '\t');
    text.chars().filter(allowed).collect::<String>().replace('\\', "/").replace('&', "&amp;")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}

fn push(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = out.write_fmt(words);
}
