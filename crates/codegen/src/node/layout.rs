//! Which names and files everything in a model has.

use super::typescript::{Names, camel, identifier, kebab};
use crate::{Source, path};
use foldhash::HashSet;
use sim::model::{CategoryId, CommandId, EventId, Model, Readmodel, folded};
use sim::value::Text;

pub struct Layout<'a> {
    pub source: &'a Source,
    pub title: String,
    /// The name of the package.
    pub package: String,
    pub contexts: Vec<Context>,
    /// By `CategoryId`.
    pub streams: Vec<Stream>,
    /// By `CommandId`: the type and the function.
    pub commands: Vec<(String, String)>,
    /// By `EventId`: the type.
    pub events: Vec<String>,
    /// By `ReadmodelId`.
    readmodels: Vec<String>,
    /// By `PolicyId`.
    pub policies: Vec<String>,
    /// Conditions that only people can judge: the policy's index and the function.
    pub conditions: Vec<(usize, String)>,
    ids: HashSet<Text>,
}

pub struct Context {
    /// Without spaces; empty where there is but one.
    pub name: String,
    /// As it is written.
    pub label: String,
    /// `counter/`, empty where there is but one.
    pub folder: String,
}

pub struct Stream {
    pub context: usize,
    /// The file, below `src/domain` and the like, without its ending.
    pub path: String,
    /// `Todo`
    pub type_name: String,
    /// `todo`
    pub namespace: String,
}

/// What the file of a stream holds besides its commands and events.
const OF_A_FILE: &str = "z Decision History Lookups Message decision mustExist mustHaveHappened mustNotHaveHappened \
     required said boolean booleans date dateTime dateTimes dates decimal decimals email emails integer integers key \
     text texts uuid uuids commands events initialState evolve state command data Decider";
const OF_READMODELS: &str = "ReadModel row data";
const OF_POLICIES: &str = "Policy policy holds conditions data";
const OF_SERVICE: &str = "Service service readModels policies";

impl<'a> Layout<'a> {
    pub fn new(source: &'a Source) -> Layout<'a> {
        let model = &source.model;
        let several = model.contexts.len() > 1;
        let mut folders = Names::default();
        let contexts = model.contexts.iter().map(|name| Context {
            name: if several { eml::names::spaceless(name).to_string() } else { String::new() },
            label: name.to_string(),
            folder: if several { file(&mut folders, name, "context") + "/" } else { String::new() },
        });
        let title = match source.solution.name.trim() {
            "" => "Service".to_owned(),
            name => name.to_owned(),
        };
        let package = kebab(&title);
        let mut layout = Layout {
            source,
            package: if package.is_empty() { "service".into() } else { package },
            title,
            contexts: contexts.collect(),
            streams: Vec::new(),
            commands: vec![Default::default(); model.commands.len()],
            events: vec![String::new(); model.events.len()],
            readmodels: Vec::new(),
            policies: Vec::new(),
            conditions: Vec::new(),
            ids: ids(model),
        };
        layout.name_streams();
        layout.name_readmodels();
        layout.name_policies();
        layout
    }

    pub fn model(&self) -> &'a Model {
        &self.source.model
    }

    fn name_streams(&mut self) {
        let model = self.model();
        let mut files: Vec<Names> =
            self.contexts.iter().map(|_| Names::without("service readmodels policies conditions")).collect();
        let mut namespaces = Names::without(OF_SERVICE);
        namespaces.give(OF_READMODELS.into());
        for (index, category) in (0..).zip(&model.categories) {
            let context = self.context_of(CategoryId(index));
            let Context { name, folder, .. } = &self.contexts[context];
            let path = format!("{folder}{}", file(&mut files[context], &category.name, "stream"));
            let wanted =
                if name.is_empty() { category.name.to_string() } else { format!("{name}{}", category.name) };
            // Behind it no other name can be meant: `order.data`, `orderDecider`.
            let namespace =
                match Names::without("row data policy holds conditions required").give(camel(&wanted)) {
                    name if name == camel(&wanted) => namespaces.give(name),
                    _ => namespaces.give(camel(&wanted) + "Stream"),
                };
            let type_name = identifier(&category.name);
            let mut names = Names::without(OF_A_FILE);
            for noun in ["Command", "Event", "State"] {
                names.give(format!("{type_name}{noun}"));
            }
            for event in &category.events {
                self.events[event.index()] = names.give(identifier(&model.event(*event).name.name));
            }
            for command in &category.commands {
                let name = &model.command(*command).name.name;
                let function = camel(name);
                let is_free = Names::without("").give(function.clone()) == function;
                let function = if is_free { function } else { function + "Command" };
                self.commands[command.index()] = (names.give(identifier(name)), names.give(function));
            }
            self.streams.push(Stream { context, path, type_name, namespace });
        }
    }

    fn name_readmodels(&mut self) {
        let reserved = format!("{OF_READMODELS} {}", self.namespaces());
        let mut names: Vec<Names> = self.contexts.iter().map(|_| Names::without(&reserved)).collect();
        let model = self.model();
        let all = model
            .readmodels
            .iter()
            .map(|one| names[one.name.context as usize].give(identifier(&one.name.name)));
        self.readmodels = all.collect();
    }

    fn name_policies(&mut self) {
        let model = self.model();
        let reserved = format!("{OF_POLICIES} {}", self.namespaces());
        let mut names: Vec<Names> = self.contexts.iter().map(|_| Names::without(&reserved)).collect();
        let mut conditions: Vec<Names> = self.contexts.iter().map(|_| Names::without(&reserved)).collect();
        for (index, policy) in model.policies.iter().enumerate() {
            let context = policy.name.context as usize;
            let when = title_case(&model.event(policy.event).name.label);
            let then = title_case(&model.command(policy.command).name.label);
            self.policies.push(names[context].give(camel(&format!("whenever{when}{then}"))));
            if let Some(condition) = policy.condition.as_ref().filter(|condition| condition.test.is_none()) {
                let name = conditions[context].give(camel(&lower_first(&title_case(&condition.words))));
                self.conditions.push((index, name));
            }
        }
    }

    fn namespaces(&self) -> String {
        self.streams.iter().map(|stream| stream.namespace.as_str()).collect::<Vec<_>>().join(" ")
    }

    pub fn context_of(&self, category: CategoryId) -> usize {
        let category = self.model().category(category);
        let own = |event: &EventId| self.model().event(*event).name.context as usize;
        let command = |command: &CommandId| self.model().command(*command).name.context as usize;
        category.events.first().map(own).or_else(|| category.commands.first().map(command)).unwrap_or(0)
    }

    /// Names within one context, said from outside: `readModels`, `counterReadModels`.
    pub fn namespace(&self, context: usize, noun: &str) -> String {
        match self.contexts[context].name.as_str() {
            "" => noun.to_owned(),
            _ => {
                let folder = self.contexts[context].folder.trim_end_matches('/');
                let words: Vec<&str> = folder.split('-').chain([noun]).collect();
                let camel = words
                    .iter()
                    .enumerate()
                    .map(|(at, word)| if at == 0 { (*word).to_owned() } else { upper_first(word) });
                let name: String = camel.collect();
                if name.starts_with(|one: char| one.is_ascii_digit()) { format!("_{name}") } else { name }
            }
        }
    }

    /// The read models of a context with their indexes and names.
    pub fn readmodels(&self, context: usize) -> Vec<(usize, &str, &'a Readmodel)> {
        let all = self.model().readmodels.iter().zip(&self.readmodels).enumerate();
        let own = all.filter(|(_, (one, _))| one.name.context as usize == context);
        own.map(|(index, (one, name))| (index, name.as_str(), one)).collect()
    }

    /// How the stream of an event is reached from the folder of a context, and the line that imports it.
    pub fn import(&self, stream: &Stream, from: usize) -> String {
        let up = if self.contexts[from].folder.is_empty() { "./" } else { "../" };
        format!("import type * as {} from '{up}{}.ts';", stream.namespace, stream.path)
    }

    pub fn stream(&self, event: EventId) -> &Stream {
        &self.streams[self.model().event(event).category.index()]
    }

    /// The type of what an event says: `todo.TodoAdded['data']`.
    pub fn data_of(&self, event: EventId) -> String {
        format!("{}.{}['data']", self.stream(event).namespace, self.events[event.index()])
    }

    /// Whether what has that name is the id of a stream or the key of a read model.
    pub fn is_id(&self, name: &str) -> bool {
        self.ids.contains(&folded(name))
    }

    /// `../` up to `src` or `test` from a file below `src/generated` or `src/domain`.
    pub fn up(&self, context: usize) -> &'static str {
        if self.contexts[context].folder.is_empty() { "../" } else { "../../" }
    }

    /// `Todo`, `Shop.Order`
    pub fn full_stream(&self, category: CategoryId) -> String {
        let name = &self.model().category(category).name;
        match self.contexts[self.context_of(category)].name.as_str() {
            "" => name.to_string(),
            context => format!("{context}.{name}"),
        }
    }
}

fn ids(model: &Model) -> HashSet<Text> {
    let streams = model.categories.iter().map(|category| &category.id);
    streams.chain(model.readmodels.iter().map(|one| &one.key)).map(|name| folded(name)).collect()
}

/// A name for a file that every system can have.
fn file(names: &mut Names, name: &str, noun: &str) -> String {
    let name = match kebab(name) {
        name if name.is_empty() => noun.to_owned(),
        name if path::is_safe(&format!("{name}.ts")) => name,
        name => format!("{name}-{noun}"),
    };
    names.give(name)
}

fn upper_first(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect()
}

fn lower_first(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(characters).collect()
}

/// `it is the tenth stamp` -> `ItIsTheTenthStamp`
fn title_case(words: &str) -> String {
    let parts =
        words.split(|one: char| !one.is_ascii_alphanumeric() && one != '_').filter(|word| !word.is_empty());
    parts.map(upper_first).collect()
}
