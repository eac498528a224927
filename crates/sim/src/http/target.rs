//! What a path is about.

use super::url::decode;
use crate::model::{CategoryId, CommandId, Model, ReadmodelId};
use crate::value::Text;
use eml::names::spaceless;

#[derive(Clone, PartialEq, Debug)]
pub enum Target {
    Command(CommandId),
    Rows(ReadmodelId),
    First(ReadmodelId),
    /// The personal data of the stream with that id.
    Personal(CategoryId, Text),
    Events,
}

impl Target {
    pub fn method(&self) -> &'static str {
        match self {
            Target::Command(_) => "POST",
            Target::Rows(_) | Target::First(_) | Target::Events => "GET",
            Target::Personal(..) => "DELETE",
        }
    }
}

/// All that a path means, each for another method.
pub fn targets(model: &Model, path: &str) -> Vec<Target> {
    let parts: Option<Vec<String>> = path.strip_prefix('/').unwrap_or("").split('/').map(decode).collect();
    let parts = parts.unwrap_or_default();
    if parts.iter().any(String::is_empty) {
        return Vec::new();
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["events"] => vec![Target::Events],
        ["api", "v1", context, rest @ ..] if model.contexts.len() > 1 => {
            let known = (0..).zip(&model.contexts).find(|(_, name)| spaceless(name) == *context);
            known.map(|(index, _)| within(model, index, rest)).unwrap_or_default()
        }
        ["api", "v1", rest @ ..] => within(model, 0, rest),
        _ => Vec::new(),
    }
}

fn within(model: &Model, context: u32, rest: &[&str]) -> Vec<Target> {
    let targets = match rest {
        [first, second] => [readmodel(model, context, first, second).map(Target::Rows), {
            let found = category(model, context, first);
            found.and_then(|category| command(model, category, second)).map(Target::Command)
        }],
        [first, second, third] => [
            readmodel(model, context, first, second).filter(|_| *third == "findOne").map(Target::First),
            category(model, context, first)
                .filter(|category| *third == "personal-data" && has_personal(model, *category))
                .map(|category| Target::Personal(category, Text::new(second))),
        ],
        _ => [None, None],
    };
    targets.into_iter().flatten().collect()
}

fn readmodel(model: &Model, context: u32, r: &str, name: &str) -> Option<ReadmodelId> {
    let mut known = (0..).map(ReadmodelId).zip(&model.readmodels).filter(|_| r == "r");
    known.find(|(_, one)| one.name.context == context && one.name.name == name).map(|(id, _)| id)
}

fn category(model: &Model, context: u32, name: &str) -> Option<CategoryId> {
    let own = model.contexts.get(context as usize).filter(|_| model.contexts.len() > 1);
    let own = own.map_or("", |name| name.as_str());
    let mut known = (0..).map(CategoryId).zip(&model.categories);
    known.find(|(_, one)| one.context == own && one.name == name).map(|(id, _)| id)
}

fn command(model: &Model, category: CategoryId, name: &str) -> Option<CommandId> {
    let commands = &model.category(category).commands;
    commands.iter().copied().find(|command| model.command(*command).name.name == name)
}

fn has_personal(model: &Model, category: CategoryId) -> bool {
    let events = model.category(category).events.iter().map(|event| model.event(*event));
    events.flat_map(|event| &event.properties).any(|property| property.personal)
}
