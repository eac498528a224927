//! The routes of a service: what the specifications describe, what the services serve, what the page tries out.
//!
//! Invariants: no two routes have one method and path, and no two operations one id; paths are percent-encoded; the
//! order is that of the model.
//! Not here: what a route does (`sim::http`).

use foldhash::{HashMap, HashSet};
use sim::model::{Category, CategoryId, CommandId, Model, Name, ReadmodelId};

/// Before all paths but those of the service itself.
pub const BASE: &str = "/api/v1";

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Method {
    Get,
    Post,
    Delete,
}

impl Method {
    /// `GET`
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Delete => "DELETE",
        }
    }
}

/// What a route leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    Command(CommandId),
    /// All rows of a read model that suit the filter.
    Rows(ReadmodelId),
    /// The first of them.
    Row(ReadmodelId),
    /// The personal data of one stream is erased.
    PersonalData(CategoryId),
    Events,
    Live,
    Ready,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Route {
    pub method: Method,
    /// Percent-encoded, with `{id}` for what a caller fills in.
    pub path: String,
    /// `addItem`, in several contexts `orderingAddItem`: letters, digits and `_` only.
    pub operation: String,
    pub target: Target,
}

/// All routes.
pub fn routes(model: &Model) -> Vec<Route> {
    let mut routes = Routes::new(model);
    for (index, command) in (0..).zip(&model.commands) {
        let category = model.category(command.category);
        let path = routes.path(command.name.context, &[&category.name, &command.name.name]);
        let operation = routes.operation("", &command.name);
        routes.put(Method::Post, path, operation, Target::Command(CommandId(index)));
    }
    for (index, readmodel) in (0..).zip(&model.readmodels) {
        let (id, context) = (ReadmodelId(index), readmodel.name.context);
        let path = routes.path(context, &["r", &readmodel.name.name]);
        let one = format!("{path}/findOne");
        let operation = routes.operation("find ", &readmodel.name);
        routes.put(Method::Get, path, operation, Target::Rows(id));
        let operation = routes.operation("find one ", &readmodel.name);
        routes.put(Method::Get, one, operation, Target::Row(id));
    }
    for (index, category) in (0..).zip(&model.categories) {
        let id = CategoryId(index);
        if !has_personal_data(model, id) {
            continue;
        }
        let context = context_of(model, id) as u32;
        let path = routes.path(context, &[&category.name]) + "/{id}/personal-data";
        let name = Name { name: category.name.clone(), context, ..Name::default() };
        let operation = routes.operation("erase personal data of ", &name);
        routes.put(Method::Delete, path, operation, Target::PersonalData(id));
    }
    routes.all
}

/// The context of a kind of stream. There is none without an event or a command.
pub fn context_of(model: &Model, id: CategoryId) -> usize {
    let Category { events, commands, .. } = model.category(id);
    let of_event = events.first().map(|event| &model.event(*event).name);
    let name = of_event.or_else(|| commands.first().map(|command| &model.command(*command).name));
    name.map_or(0, |name| name.context as usize)
}

/// Whether any event of its streams holds personal data.
pub fn has_personal_data(model: &Model, category: CategoryId) -> bool {
    let mut events = model.category(category).events.iter().map(|event| model.event(*event));
    events.any(|event| event.properties.iter().any(|property| property.personal))
}

/// A name as a part of a path: all but letters, digits and `-._~` as percent-encoded UTF-8.
pub fn percent(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

struct Routes<'a> {
    model: &'a Model,
    all: Vec<Route>,
    known: HashSet<(Method, String)>,
    operations: Unique,
}

impl<'a> Routes<'a> {
    fn new(model: &'a Model) -> Routes<'a> {
        let mut routes =
            Routes { model, all: Vec::new(), known: HashSet::default(), operations: Unique::default() };
        let own = [
            ("/events", "readEvents", Target::Events),
            ("/health/live", "isLive", Target::Live),
            ("/health/ready", "isReady", Target::Ready),
        ];
        for (path, operation, target) in own {
            let operation = routes.operations.name(operation.to_owned());
            routes.put(Method::Get, path.to_owned(), operation, target);
        }
        routes
    }

    /// Below its context where there are several.
    fn path(&self, context: u32, names: &[&str]) -> String {
        let mut path = BASE.to_owned();
        let context = self.model.contexts.get(context as usize).filter(|_| self.model.contexts.len() > 1);
        let context = context.map(|context| context.replace(' ', ""));
        for name in context.as_deref().iter().chain(names) {
            path.push('/');
            path.push_str(&percent(name));
        }
        path
    }

    fn operation(&mut self, verb: &str, name: &Name) -> String {
        let context = self.model.contexts.get(name.context as usize);
        let context = context.filter(|_| self.model.contexts.len() > 1).map_or("", |context| context);
        self.operations.name(camel(&[verb, context, &name.name]))
    }

    /// Of several with one path the first counts; a model without errors has none.
    fn put(&mut self, method: Method, path: String, operation: String, target: Target) {
        if self.known.insert((method, path.clone())) {
            self.all.push(Route { method, path, operation, target });
        }
    }
}

/// `find one `, `Order Desk`, `TODOList` -> `findOneOrderDeskTODOList`. What is no letter or digit of ASCII parts words.
fn camel(parts: &[&str]) -> String {
    let mut out = String::new();
    for word in
        parts.iter().flat_map(|part| part.split(|one: char| !one.is_ascii_alphanumeric() && one != '_'))
    {
        let mut characters = word.chars();
        let Some(first) = characters.next() else { continue };
        let first = if out.is_empty() { first.to_ascii_lowercase() } else { first.to_ascii_uppercase() };
        out.push(first);
        out.push_str(characters.as_str());
    }
    out
}

/// Names that are given once, whatever their capitals: who comes later gets a number.
#[derive(Default, Debug)]
pub struct Unique {
    /// Without capitals, each with the number that comes after those that are known to be taken.
    taken: HashMap<String, u32>,
}

impl Unique {
    pub fn name(&mut self, wanted: String) -> String {
        let wanted = if wanted.is_empty() { "_".to_owned() } else { wanted };
        let own = wanted.to_ascii_lowercase();
        let Some(mut number) = self.taken.get(&own).copied() else {
            self.taken.insert(own, 2);
            return wanted;
        };
        while self.taken.contains_key(&format!("{own}_{number}")) {
            number += 1;
        }
        self.taken.insert(format!("{own}_{number}"), 2);
        self.taken.insert(own, number + 1);
        format!("{wanted}_{number}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let routes = routes(&Model::of_text(text));
        routes.iter().map(|one| format!("{} {} {}", one.method.name(), one.path, one.operation)).collect()
    }

    #[test]
    fn one_context_is_not_named() {
        let text =
            "# TODO\nAdd Item -> // text\nTodo Added // text\n// @personal text\nList* // todoId, text";
        assert_eq!(
            paths(text),
            [
                "GET /events readEvents",
                "GET /health/live isLive",
                "GET /health/ready isReady",
                "POST /api/v1/Todo/AddItem addItem",
                "GET /api/v1/r/List findList",
                "GET /api/v1/r/List/findOne findOneList",
                "DELETE /api/v1/Todo/{id}/personal-data erasePersonalDataOfTodo",
            ]
        );
    }

    #[test]
    fn several_contexts_are_named_without_spaces_and_everything_is_encoded() {
        let text = "// @context Order Desk\nSay {x}/é -> \nÖrder Said\n// @context Bar\nSay -> \nPot Said\nPots* // potId";
        let paths = paths(text);
        assert!(
            paths.contains(&"POST /api/v1/OrderDesk/%C3%96rder/Say%7Bx%7D%2F%C3%A9 orderDeskSayX".into()),
            "{paths:?}"
        );
        assert!(paths.contains(&"POST /api/v1/Bar/Pot/Say barSay".into()), "{paths:?}");
        assert!(paths.contains(&"GET /api/v1/Bar/r/Pots/findOne findOneBarPots".into()), "{paths:?}");
    }

    #[test]
    fn ids_are_given_once() {
        let mut unique = Unique::default();
        let names = ["a", "A", "a_3", "a", "", "a_2"].map(|name| unique.name(name.into()));
        assert_eq!(names, ["a", "A_2", "a_3", "a_4", "_", "a_2_2"]);
    }
}
