//! Which names and files everything in a model has.

use super::typescript::{Names, camel, identifier, is_reserved, kebab};
use crate::api::context_of;
use crate::steady::{self, Thing};
use crate::{Source, path};
use eml::names::spaceless;
use foldhash::HashSet;
use sim::model::{CategoryId, EventId, Model, Policy, Readmodel, folded};
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
    /// By `PolicyId`: the function of a condition that only people can judge.
    pub conditions: Vec<Option<String>>,
    ids: HashSet<Text>,
}

pub struct Context {
    /// Without spaces; empty where there is but one.
    pub name: String,
    /// As it is written.
    pub label: String,
    /// `counter/`, empty where there is but one.
    pub folder: String,
    /// Indexes of what is its own.
    readmodels: Vec<usize>,
    pub policies: Vec<usize>,
}

pub struct Stream {
    pub context: usize,
    /// The file, below `src/domain` and the like, without its ending.
    pub path: String,
    /// `Todo`
    pub type_name: String,
    /// `todo`, in several contexts `shopOrder`.
    pub namespace: String,
    /// The same in the stream's own files: `order`.
    pub local: String,
}

/// What the file of a stream holds besides its commands and events.
const OF_A_FILE: &str = "z Decision History Lookups Message decision mustExist mustHaveHappened mustNotHaveHappened \
     required said boolean booleans date dateTime dateTimes dates decimal decimals email emails integer integers key \
     text texts uuid uuids commands events initialState evolve state command data Decider";
const OF_READMODELS: &str = "ReadModel row data";
const OF_POLICIES: &str = "Policy policy holds conditions data";
const OF_SERVICE: &str = "Service service readModels policies";
/// Files beside those of streams.
const BESIDE_STREAMS: [&str; 4] = ["service", "readmodels", "policies", "conditions"];
/// Names beside those of streams, in the files that import them.
const BESIDE_NAMESPACES: [&str; 8] =
    ["row", "data", "policy", "holds", "conditions", "required", "decider", "createDecider"];

impl<'a> Layout<'a> {
    pub fn new(source: &'a Source) -> Layout<'a> {
        let model = &source.model;
        let title = match source.solution.name.trim() {
            "" => "Service".to_owned(),
            name => name.to_owned(),
        };
        let package = kebab(&title);
        let mut layout = Layout {
            source,
            package: if package.is_empty() { "service".into() } else { package },
            title,
            contexts: contexts(model),
            streams: Vec::new(),
            commands: vec![Default::default(); model.commands.len()],
            events: vec![String::new(); model.events.len()],
            readmodels: Vec::new(),
            policies: Vec::new(),
            conditions: vec![None; model.policies.len()],
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
        let (of_a_file, of_service) = (words(OF_A_FILE), words(OF_SERVICE));
        let mut namespaces = Names::within(&of_service);
        for ((index, category), path) in (0..).zip(&model.categories).zip(self.stream_paths()) {
            let context = context_of(model, CategoryId(index));
            let wanted = namespace(&format!("{}{}", self.contexts[context].name, category.name));
            let namespace = namespaces.give(wanted);
            let type_name = identifier(&category.name);
            let mut names = Names::within(&of_a_file);
            for noun in ["Command", "Event", "State"] {
                names.give(format!("{type_name}{noun}"));
            }
            for event in &category.events {
                self.events[event.index()] = names.give(identifier(&model.event(*event).name.name));
            }
            for command in &category.commands {
                let name = &model.command(*command).name.name;
                let function = camel(name);
                let function = if is_reserved(&function) { function + "Command" } else { function };
                self.commands[command.index()] = (names.give(identifier(name)), names.give(function));
            }
            let local = self::namespace(&category.name);
            self.streams.push(Stream { context, path, type_name, namespace, local });
        }
    }

    /// The files of streams, by `CategoryId`.
    fn stream_paths(&self) -> Vec<String> {
        let model = self.model();
        let folder = |index| self.contexts[context_of(model, CategoryId(index))].folder.as_str();
        let things = (0..).zip(&model.categories).map(|(index, category)| {
            let short = match file(&category.name, "stream") {
                name if BESIDE_STREAMS.contains(&name.as_str()) => name + "-stream",
                name => name,
            };
            Thing::called(folder(index).to_owned() + &short, category.name.to_string())
        });
        steady::names(&things.collect::<Vec<_>>(), "stream", '-')
    }

    fn name_readmodels(&mut self) {
        let around = self.namespaces(OF_READMODELS);
        let mut names: Vec<Names<'_>> = self.contexts.iter().map(|_| Names::within(&around)).collect();
        let all = self.model().readmodels.iter();
        let all = all.map(|one| names[one.name.context as usize].give(identifier(&one.name.name)));
        self.readmodels = all.collect();
    }

    fn name_policies(&mut self) {
        let model = self.model();
        let around = self.namespaces(OF_POLICIES);
        let mut given = vec![(String::new(), None); model.policies.len()];
        for context in &self.contexts {
            let (mut policies, mut conditions) = (Names::within(&around), Names::within(&around));
            let human = |index: &&usize| judged_by_people(&model.policies[**index]).is_some();
            let human: Vec<usize> = context.policies.iter().filter(human).copied().collect();
            let things: Vec<Thing> =
                human.iter().map(|index| condition(model, &model.policies[*index])).collect();
            for (index, name) in human.iter().zip(steady::names(&things, "condition", '_')) {
                given[*index].1 = Some(conditions.give(name));
            }
            for index in &context.policies {
                let policy = &model.policies[*index];
                let when = title_case(&model.event(policy.event).name.label);
                let then = title_case(&model.command(policy.command).name.label);
                given[*index].0 = policies.give(camel(&format!("whenever{when}{then}")));
            }
        }
        (self.policies, self.conditions) = given.into_iter().unzip();
    }

    /// What is reserved, and how streams are called.
    fn namespaces(&self, reserved: &'static str) -> HashSet<&str> {
        let streams = self.streams.iter().map(|stream| stream.namespace.as_str());
        reserved.split_whitespace().chain(streams).collect()
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
        let own = self.contexts[context].readmodels.iter();
        own.map(|index| (*index, self.readmodels[*index].as_str(), &self.model().readmodels[*index]))
            .collect()
    }

    /// How the stream of an event is reached from the folder of a context, and the line that imports it.
    pub fn import(&self, stream: &Stream, from: usize) -> String {
        let path = match stream.path.strip_prefix(&self.contexts[from].folder) {
            Some(own) => format!("./{own}"),
            None => format!("../{}", stream.path),
        };
        format!("import type * as {} from '{path}.ts';", stream.namespace)
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
        match self.contexts[context_of(self.model(), category)].name.as_str() {
            "" => name.to_string(),
            context => format!("{context}.{name}"),
        }
    }
}

fn ids(model: &Model) -> HashSet<Text> {
    let streams = model.categories.iter().map(|category| &category.id);
    streams.chain(model.readmodels.iter().map(|one| &one.key)).map(|name| folded(name)).collect()
}

fn contexts(model: &Model) -> Vec<Context> {
    let several = model.contexts.len() > 1;
    let things: Vec<Thing> = model
        .contexts
        .iter()
        .map(|name| Thing::called(file(name, "context"), spaceless(name).into()))
        .collect();
    let folders = steady::names(&things, "context", '-');
    let context = |(label, folder): (&Text, String)| Context {
        name: if several { spaceless(label).to_string() } else { String::new() },
        label: label.to_string(),
        folder: if several { folder + "/" } else { String::new() },
        readmodels: Vec::new(),
        policies: Vec::new(),
    };
    let mut contexts: Vec<Context> = model.contexts.iter().zip(folders).map(context).collect();
    for (index, one) in model.readmodels.iter().enumerate() {
        contexts[one.name.context as usize].readmodels.push(index);
    }
    for (index, one) in model.policies.iter().enumerate() {
        contexts[one.name.context as usize].policies.push(index);
    }
    contexts
}

/// What a stream's file is called where it is imported. Nothing else can be meant: `order.data`, `orderDecider`.
fn namespace(name: &str) -> String {
    match camel(name) {
        name if is_reserved(&name) || BESIDE_NAMESPACES.contains(&name.as_str()) => name + "Stream",
        name => name,
    }
}

/// A name for a file that every system can have; empty where no letter of it can be used.
fn file(name: &str, noun: &str) -> String {
    match kebab(name) {
        name if name.is_empty() || path::is_safe(&format!("{name}.ts")) => name,
        name => format!("{name}-{noun}"),
    }
}

/// The words of a condition that only people can judge.
fn judged_by_people(policy: &Policy) -> Option<&str> {
    let condition = policy.condition.as_ref().filter(|condition| condition.test.is_none());
    condition.map(|condition| condition.words.as_str())
}

/// `itIsPaid`, beside another one of these words `itIsPaidThenShipOrder`.
fn condition(model: &Model, policy: &Policy) -> Thing {
    let words = title_case(judged_by_people(policy).unwrap_or_default());
    let then = title_case(&model.command(policy.command).name.label);
    let named = |words: &str| if words.is_empty() { String::new() } else { camel(&lower_first(words)) };
    Thing {
        short: named(&words),
        long: named(&format!("{words}Then{then}")),
        whole: policy.name.label.to_string(),
    }
}

fn words(all: &'static str) -> HashSet<&'static str> {
    all.split_whitespace().collect()
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
