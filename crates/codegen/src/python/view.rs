//! The model in Python's words: what templates loop over, every name cased and every text quoted.

use super::layout::{WIDTH, tuple};
use super::names::quoted;
use sim::value::{Kind, Type};

/// The whole service.
#[derive(Debug)]
pub struct Service {
    /// `todo_list`
    pub package: String,
    /// `todo-list`
    pub distribution: String,
    /// `TODOList`
    pub class: String,
    /// As it is called, for prose.
    pub title: String,
    pub several: bool,
    pub contexts: Vec<Context>,
    /// By the indexes of the model.
    pub events: Vec<Event>,
    pub commands: Vec<Command>,
    pub readmodels: Vec<Readmodel>,
}

#[derive(Debug)]
pub struct Context {
    /// `counter`, or empty where there is but one.
    pub module: String,
    pub title: String,
    pub streams: Vec<Stream>,
    pub events: Vec<Event>,
    pub commands: Vec<Command>,
    pub readmodels: Vec<Readmodel>,
    pub routes: Vec<Route>,
}

#[derive(Clone, Debug)]
pub struct Stream {
    pub class: String,
    /// `"Shop.Order"`
    pub category: String,
    /// `OrderCommand`
    pub union: String,
    pub commands: Vec<Command>,
}

#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    /// `"todoId"`
    pub label: String,
    /// `str`
    pub annotation: &'static str,
    /// `short(TEXT)`
    pub r#type: String,
    /// What is said besides: `, required=True`.
    pub rules: String,
    pub of: Type,
}

#[derive(Clone, Debug)]
pub struct Event {
    pub class: String,
    pub doc: String,
    /// `"Shop.OrderPlaced"`
    pub topic: String,
    pub category: String,
    /// `"order_id"`
    pub id: Option<String>,
    pub fields: Vec<Field>,
    pub context: usize,
}

#[derive(Clone, Debug)]
pub struct Command {
    pub class: String,
    pub doc: String,
    pub name: String,
    pub category: String,
    pub id: Option<String>,
    pub creates: bool,
    /// `must_have(events.OrderPlaced, "OrderPlaced")`
    pub preconditions: Vec<String>,
    pub fields: Vec<Field>,
    pub outcomes: Vec<Outcome>,
    pub context: usize,
}

#[derive(Clone, Debug)]
pub struct Outcome {
    pub event: String,
    /// Fields, and where they come from: `command.amount`.
    pub fills: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
pub struct Readmodel {
    pub constant: String,
    pub name: String,
    pub key: String,
    pub private: bool,
    /// Quoted; and whether they hold lists.
    pub columns: Vec<(String, bool)>,
    pub hears: Vec<Hears>,
    pub context: usize,
}

#[derive(Clone, Debug)]
pub struct Hears {
    pub event: String,
    pub key: String,
    /// Columns and fields, quoted.
    pub cells: Vec<(String, String)>,
}

#[derive(Debug)]
pub struct Route {
    /// `post`
    pub method: &'static str,
    /// Quoted.
    pub path: String,
    pub function: String,
    /// What is called: `http.send(request, commands.AddItem)`.
    pub call: String,
    pub takes_id: bool,
}

impl Field {
    /// The type as an expression in a module that knows `values`.
    pub fn of_constant(&self) -> String {
        let kind = kind(self.of.kind);
        if self.of.list { format!("many(values.{kind})") } else { kind.to_owned() }
    }
}

pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TEXT",
        Kind::Integer => "INTEGER",
        Kind::Decimal => "DECIMAL",
        Kind::Boolean => "BOOLEAN",
        Kind::Date => "DATE",
        Kind::DateTime => "DATETIME",
        Kind::Uuid => "UUID",
        Kind::Email => "EMAIL",
    }
}

impl Context {
    /// How modules of it are called outside: `counter_`.
    pub fn prefix(&self) -> String {
        if self.module.is_empty() { String::new() } else { format!("{}_", self.module) }
    }
}

impl Service {
    pub fn description(&self) -> String {
        quoted(&format!("{}: an event-sourced service", self.title))
    }
}

impl Command {
    pub fn conditions(&self) -> String {
        tuple("PRECONDITIONS = ", &self.preconditions, 4)
    }
}

impl Readmodel {
    pub fn shown(&self) -> String {
        let lists = |lists: bool| if lists { ", has_lists=True" } else { "" };
        let columns = self.columns.iter().map(|(name, has)| format!("Column({name}{})", lists(*has)));
        tuple("columns=", &columns.collect::<Vec<_>>(), 4)
    }
}

impl Context {
    /// The classes of its events, for those who go through all of them.
    pub fn all_events(&self) -> String {
        let classes: Vec<String> = self.events.iter().map(|event| event.class.clone()).collect();
        tuple("EVENTS: Final[tuple[type[Event], ...]] = ", &classes, 0)
    }

    pub fn all_readmodels(&self) -> String {
        let constants: Vec<String> = self.readmodels.iter().map(|one| one.constant.clone()).collect();
        tuple("READMODELS: Final[tuple[Readmodel, ...]] = ", &constants, 0)
    }
}

impl Stream {
    /// `TodoCommand = AddItem | DeleteItem`, on as many lines as it takes.
    pub fn alias(&self) -> String {
        let classes: Vec<&str> = self.commands.iter().map(|command| command.class.as_str()).collect();
        let short = format!("{} = {}", self.union, classes.join(" | "));
        match short.len() > WIDTH {
            true => format!("{} = (\n    {}\n)", self.union, classes.join("\n    | ")),
            false => short,
        }
    }
}
