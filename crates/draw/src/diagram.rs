//! What flows into what: the elements of a model as nodes, each knowing where it comes from.
//!
//! Invariant: an edge points back to a node of the same list.

use emd::{Document, Kind};
use eml::{Profile, Solution, names::spaceless};
use std::collections::HashMap;

pub struct Node {
    pub kind: Kind,
    pub name: String,
    pub properties: Vec<String>,
    /// The context it belongs to, where the board names contexts.
    pub context: Option<String>,
    /// The nodes that lead here, each once, in text order.
    pub from: Vec<usize>,
}

#[derive(Default)]
pub struct Diagram {
    pub title: String,
    pub nodes: Vec<Node>,
}

/// Reads the elements of a text in its order. Everything that is not part of the flow is left out.
pub fn read(lines: &[&str]) -> Diagram {
    let document = Document::of_lines(lines, emd::line);
    let solution = eml::lower(&document, Profile::Squall).solution;
    let mut builder = Builder {
        diagram: Diagram { title: solution.name.clone(), nodes: Vec::new() },
        ..Builder::default()
    };
    for (index, line) in document.lines().iter().enumerate() {
        builder.line(line, document.raw(index));
    }
    builder.subscribe(&solution);
    builder.enact();
    for node in &mut builder.diagram.nodes {
        node.from.sort_unstable();
        node.from.dedup();
    }
    builder.diagram
}

/// Nodes by context and name, both as EML spells them.
type Named = HashMap<(Option<String>, String), usize>;

/// A policy with what it says.
struct Rule {
    node: usize,
    event: Option<String>,
    command: Option<String>,
    /// The event that it stands behind.
    behind: Option<usize>,
}

#[derive(Default)]
struct Builder {
    diagram: Diagram,
    context: Option<String>,
    /// Actors and screens that wait for their command.
    waiting: Vec<usize>,
    command: Option<usize>,
    event: Option<usize>,
    rules: Vec<Rule>,
}

impl Builder {
    fn line(&mut self, line: &emd::Line<'_>, raw: &str) {
        match line.kind {
            Kind::Context => {
                self.context = Some(line.name.text.to_string());
                self.leave();
            }
            Kind::Heading(_) | Kind::Chapter => self.leave(),
            Kind::Actor | Kind::Screen => {
                let from = self.waiting.last().copied().filter(|_| line.kind == Kind::Screen);
                let node = self.push(line, from);
                self.waiting.push(node);
            }
            Kind::Command => {
                let waiting = std::mem::take(&mut self.waiting);
                self.command = Some(self.push(line, waiting.last().copied()));
                self.event = None;
            }
            Kind::Event => self.event = Some(self.push(line, self.command)),
            Kind::Policy => {
                let said = emd::policy(raw, line);
                let words = |piece: Option<emd::Piece<'_>>| piece.map(|piece| piece.text.into_owned());
                let (event, command) = (words(said.event), words(said.command));
                let node = self.push(line, None);
                self.rules.push(Rule { node, event, command, behind: self.event });
            }
            Kind::System => {
                self.push(line, self.event);
            }
            Kind::ReadModel => {
                self.push(line, None);
            }
            _ => {}
        }
    }

    fn leave(&mut self) {
        (self.command, self.event) = (None, None);
        self.waiting.clear();
    }

    fn push(&mut self, line: &emd::Line<'_>, from: Option<usize>) -> usize {
        self.diagram.nodes.push(Node {
            kind: line.kind,
            name: line.name.text.to_string(),
            properties: line.properties.iter().map(|piece| piece.text.to_string()).collect(),
            context: self.context.clone(),
            from: from.into_iter().collect(),
        });
        self.diagram.nodes.len() - 1
    }

    /// The nodes of a kind; of equal ones the first.
    fn by_name(&self, kind: Kind) -> Named {
        let mut found = HashMap::new();
        for (index, node) in self.diagram.nodes.iter().enumerate().filter(|(_, node)| node.kind == kind) {
            found.entry((node.context.as_deref().map(key), key(&node.name))).or_insert(index);
        }
        found
    }

    /// A read model comes from the events it listens to.
    fn subscribe(&mut self, solution: &Solution) {
        let events = self.by_name(Kind::Event);
        let models = self.by_name(Kind::ReadModel);
        let mut edges = Vec::new();
        for context in &solution.contexts {
            // What stands before the first context line belongs to the one that the title names.
            for scope in [Some(key(&context.name)), None] {
                for model in &context.readmodels {
                    let Some(to) = models.get(&(scope.clone(), key(&model.name))) else { continue };
                    let from = model.subscribes_to.names();
                    let from = from.iter().filter_map(|name| events.get(&(scope.clone(), key(name))));
                    edges.extend(from.map(|from| (*from, *to)));
                }
            }
        }
        self.connect(edges);
    }

    /// `Whenever <Event>[, and <condition>], <Command>`: from that event, to that command. One that names no event
    /// comes from the one it stands behind.
    fn enact(&mut self) {
        let events = self.by_name(Kind::Event);
        let commands = self.by_name(Kind::Command);
        let (any_event, any_command) = (anywhere(&events), anywhere(&commands));
        let mut edges = Vec::new();
        for Rule { node, event, command, behind } in &self.rules {
            let context = self.diagram.nodes[*node].context.as_deref().map(key);
            let find = |named: &Named, any: &HashMap<&str, usize>, name: &str| {
                let own = named.get(&(context.clone(), key(name)));
                let other = || {
                    let (context, name) = name.split_once('.')?;
                    named.get(&(Some(key(context)), key(name)))
                };
                let last = || any.get(key(name.rsplit('.').next().unwrap_or(name)).as_str());
                own.or_else(other).or_else(last).copied()
            };
            let from = event.as_deref().and_then(|name| find(&events, &any_event, name)).or(*behind);
            let to = command.as_deref().and_then(|name| find(&commands, &any_command, name));
            edges.extend(from.map(|from| (from, *node)));
            edges.extend(to.map(|to| (*node, to)));
        }
        self.connect(edges);
    }

    fn connect(&mut self, edges: Vec<(usize, usize)>) {
        for (from, to) in edges {
            self.diagram.nodes[to].from.push(from);
        }
    }
}

/// The first node of each name, whatever its context.
fn anywhere(named: &Named) -> HashMap<&str, usize> {
    let mut first = HashMap::new();
    for ((_, name), at) in named {
        let least = first.entry(name.as_str()).or_insert(*at);
        *least = (*least).min(*at);
    }
    first
}

fn key(name: &str) -> String {
    spaceless(name.trim()).to_lowercase()
}
