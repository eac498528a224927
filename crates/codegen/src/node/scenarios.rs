//! Scenarios as tests of the whole service.

use super::layout::Layout;
use super::put;
use super::samples;
use super::typescript::{comment, import, key, object, quote};
use crate::{Care, Tree};
use askama::Template;
use emd::Step;
use eml::{Given, Reference, Says, Scenario, ScenarioLine};
use foldhash::{HashMap, HashSet};
use sim::model::{CategoryId, EventId, Model, folded};
use sim::value::{Kind, Text, Type};

#[derive(Template)]
#[template(path = "node/test/generated/scenarios.test.ts", escape = "none")]
struct Scenarios {
    about: String,
    import: String,
    scenarios: Vec<View>,
}

struct View {
    name: String,
    steps: Vec<String>,
}

pub fn write(layout: &Layout<'_>, tree: &mut Tree) {
    for (index, (context, model)) in layout.contexts.iter().zip(&layout.source.solution.contexts).enumerate()
    {
        if model.scenarios.is_empty() {
            continue;
        }
        let mut used: HashSet<&'static str> = HashSet::default();
        let scenarios = model.scenarios.iter().map(|one| view(layout, index, one, &mut used)).collect();
        let names: Vec<String> =
            ["scenario"].into_iter().chain(used.iter().copied()).map(str::to_owned).collect();
        let about =
            if context.name.is_empty() { String::new() } else { format!(" of {}", comment(&context.label)) };
        let file = Scenarios { about, import: import(&names, "../support/scenario.ts"), scenarios };
        let name = context.folder.replace('/', "-");
        put(tree, format!("test/generated/{name}scenarios.test.ts"), Care::Owned, &file);
    }
}

fn view(layout: &Layout<'_>, context: usize, scenario: &Scenario, used: &mut HashSet<&'static str>) -> View {
    let mut player = Player { layout, model: layout.model(), context, streams: HashMap::default(), used };
    let groups = scenario.lines.chunk_by(|one, next| one.step == Step::Then && next.step == Step::Then);
    let steps = groups.flat_map(|group| player.steps(group)).collect();
    View { name: quote(&scenario.name), steps }
}

struct Player<'a> {
    layout: &'a Layout<'a>,
    model: &'a Model,
    context: usize,
    /// Which ids of streams the scenario has named.
    streams: HashMap<CategoryId, HashSet<Text>>,
    used: &'a mut HashSet<&'static str>,
}

impl Player<'_> {
    fn steps(&mut self, group: &[ScenarioLine]) -> Vec<String> {
        let Some(first) = group.first() else { return Vec::new() };
        match first.step {
            Step::Then => self.then(group),
            Step::When => vec![self.command("when", first)],
            Step::Expect => vec![self.expect(first)],
            Step::Given | Step::Scenario => match self.find(first, Model::find_event) {
                Some(event) => vec![self.fact(first, event)],
                None => vec![self.command("given", first)],
            },
        }
    }

    fn then(&mut self, group: &[ScenarioLine]) -> Vec<String> {
        let mut steps = Vec::new();
        let mut events = Vec::new();
        for line in group {
            if let Says::Rejected(message) = &line.says {
                self.used.insert("rejected");
                steps.push(format!("rejected({}),", rejection(message)));
            } else if let Some(id) = self.find(line, Model::find_event) {
                self.used.insert("event");
                let event = self.model.event(id);
                let types = event.properties.iter().map(|one| (&one.name, one.r#type));
                events.push(call(4, "event", &event.name.full, &values(line, types)));
            }
        }
        if !events.is_empty() {
            self.used.insert("then");
            let lines: String = events.iter().map(|event| format!("\n    {event},")).collect();
            steps.push(format!("then({lines}\n  ),"));
        }
        steps
    }

    fn fact(&mut self, line: &ScenarioLine, id: EventId) -> String {
        let event = self.model.event(id);
        let types = event.properties.iter().map(|one| (&one.name, one.r#type));
        let mut said = values(line, types);
        let is_said = |name: &Text| line.values.iter().any(|given| folded(&given.name) == folded(name));
        let own = event.id.map(|at| &event.properties[at]);
        let key_said =
            own.and_then(|own| line.values.iter().find(|given| folded(&given.name) == folded(&own.name)));
        let known = self.streams.entry(event.category).or_default();
        match (own, key_said) {
            (_, Some(given)) => {
                known.insert(given.value.clone());
            }
            (Some(own), None) => {
                let free =
                    (1u32..).map(|number| Text::from(number.to_string())).find(|id| !known.contains(id));
                let free = free.unwrap_or_default();
                known.insert(free.clone());
                let given = Given { name: own.name.clone(), value: free };
                said.push(format!("{}: {}", key(&own.name), samples::given(&given, own.r#type)));
            }
            (None, None) => {}
        }
        // That it happened says yes.
        let boolean = Type::one(Kind::Boolean);
        let open = event.properties.iter().filter(|one| one.r#type == boolean && !is_said(&one.name));
        said.extend(open.map(|one| format!("{}: true", key(&one.name))));
        self.used.insert("given");
        call(2, "given", &event.name.full, &said) + ","
    }

    fn command(&mut self, word: &'static str, line: &ScenarioLine) -> String {
        self.used.insert(word);
        let Some(id) = self.find(line, Model::find_command) else {
            return format!("// {}", comment(&written(line)));
        };
        let command = self.model.command(id);
        let types = command.parameters.iter().map(|one| (&one.name, one.r#type));
        call(2, word, &command.name.full, &values(line, types)) + ","
    }

    fn expect(&mut self, line: &ScenarioLine) -> String {
        self.used.insert("expect");
        let Some(id) = self.find(line, Model::find_readmodel) else {
            return format!("// {}", comment(&written(line)));
        };
        let readmodel = self.model.readmodel(id);
        let types = readmodel.columns.iter().map(|one| (&one.name, one.r#type));
        call(2, "expect", &readmodel.name.full, &values(line, types)) + ","
    }

    /// What a line names, in its own context unless it says another.
    fn find<T>(&self, line: &ScenarioLine, find: impl Fn(&Model, &str) -> Option<T>) -> Option<T> {
        let Says::Name(reference) = &line.says else { return None };
        let full = self.full(reference);
        find(self.model, &full)
            .or_else(|| find(self.model, &reference.name).filter(|_| reference.name.contains('.')))
    }

    fn full(&self, reference: &Reference) -> String {
        let own = self.layout.contexts[self.context].name.as_str();
        match (own, reference.context.as_str()) {
            ("", _) => reference.name.to_string(),
            (own, "") => format!("{own}.{}", reference.name),
            (_, other) => format!("{}.{}", eml::names::spaceless(other), reference.name),
        }
    }
}

fn written(line: &ScenarioLine) -> String {
    match &line.says {
        Says::Name(reference) => reference.written().to_string(),
        Says::Rejected(message) => format!("rejected: {message}"),
    }
}

/// The values of a line, by the names that the model has for them.
fn values<'a>(line: &ScenarioLine, types: impl Iterator<Item = (&'a Text, Type)>) -> Vec<String> {
    let types: Vec<(&Text, Type)> = types.collect();
    let of = |given: &Given| {
        let known = types.iter().find(|(name, _)| folded(name) == folded(&given.name));
        let (name, r#type) = known.map_or((&given.name, Type::TEXT), |(name, r#type)| (*name, *r#type));
        format!("{}: {}", key(name), samples::given(given, r#type))
    };
    line.values.iter().map(of).collect()
}

fn call(indent: usize, word: &str, name: &str, values: &[String]) -> String {
    match values.is_empty() {
        true => format!("{word}({})", quote(name)),
        false => object(indent, &format!("{word}({}, ", quote(name)), values, ")"),
    }
}

/// Services speak LES's words. A rejection in plainer ones is any rejection.
fn rejection(message: &str) -> String {
    let known = message.ends_with(" does not exist.")
        || message.ends_with(" is a required field.")
        || message.starts_with("Cannot ") && message.ends_with("have occurred.");
    if known && !message.starts_with("This ") { quote(message) } else { String::new() }
}
