//! Which commands can follow a command, with the id that it said: what tools walk along, from creating a thing on.

use crate::api::{Route, Target};
use crate::json::{Json, object};
use crate::specs::spec::Spec;
use sim::model::{Command, CommandId, ReadmodelId, folded};

/// At most so many from one command: in a large model everything follows from everything.
const MOST: usize = 20;

/// Routes by what they need, so that nobody looks at all of them for each command.
pub struct Links<'a> {
    spec: &'a Spec<'a>,
    routes: &'a [Route],
    /// By kind of stream what is done with one that is there.
    by_category: Vec<Vec<usize>>,
    /// By read model the commands that look something up in it.
    by_readmodel: Vec<Vec<usize>>,
}

impl<'a> Links<'a> {
    pub fn new(spec: &'a Spec<'a>, routes: &'a [Route]) -> Links<'a> {
        let mut by_category = vec![Vec::new(); spec.model.categories.len()];
        let mut by_readmodel = vec![Vec::new(); spec.model.readmodels.len()];
        for (index, route) in routes.iter().enumerate() {
            match route.target {
                Target::PersonalData(category) => by_category[category.index()].push(index),
                Target::Command(id) => {
                    let command = spec.model.command(id);
                    if command.id.is_some() && !command.creates {
                        by_category[command.category.index()].push(index);
                    }
                    for readmodel in looked_up(command).flatten() {
                        by_readmodel[readmodel.index()].push(index);
                    }
                }
                _ => {}
            }
        }
        Links { spec, routes, by_category, by_readmodel }
    }

    /// From a command that creates a thing to the commands that need one, and to where its personal data is erased.
    pub fn of(&self, id: CommandId) -> Json {
        let mut links = Json::object();
        let command = self.spec.model.command(id);
        let Some(said) = command.id.and_then(|id| command.parameters.get(id)).filter(|_| command.creates)
        else {
            return links;
        };
        let said = format!("$response.body#/{}", pointer(&said.name));
        let shown = self.shown(command);
        let lists = shown.iter().map(|readmodel| &self.by_readmodel[readmodel.index()]);
        let lists = lists.chain([&self.by_category[command.category.index()]]);
        // One more of each than are wanted, since the command itself may be among them.
        let mut near: Vec<usize> = lists.flat_map(|list| list.iter().take(MOST + 1).copied()).collect();
        near.sort_unstable();
        near.dedup();
        let found = near.iter().filter_map(|index| {
            let route = &self.routes[*index];
            let link = match route.target {
                Target::Command(other) if other != id => {
                    let parameter = wants(command, self.spec.model.command(other), &shown)?;
                    object! { "requestBody": Json::object().with(parameter, said.as_str()) }
                }
                Target::PersonalData(_) => object! { "parameters": object! { "id": said.as_str() } },
                _ => return None,
            };
            Some((&route.operation, object! { "operationId": &route.operation }.joined(link)))
        });
        found.take(MOST).for_each(|(operation, link)| links.put(operation, link));
        links
    }

    /// The read models that show what a command creates, by its id.
    fn shown(&self, command: &Command) -> Vec<ReadmodelId> {
        let model = self.spec.model;
        let id = folded(&model.category(command.category).id);
        let heard = command.outcomes.iter().flat_map(|outcome| &model.event(outcome.event).readmodels);
        let own = heard.map(|(readmodel, _)| *readmodel);
        let mut own: Vec<ReadmodelId> = own.filter(|one| folded(&model.readmodel(*one).key) == id).collect();
        own.sort_unstable();
        own.dedup();
        own
    }
}

/// By parameter the read model that it must exist in.
fn looked_up(command: &Command) -> impl Iterator<Item = Option<ReadmodelId>> {
    command.parameters.iter().map(|parameter| parameter.lookup.as_ref()?.readmodel)
}

/// The parameter of another command that takes the id of what a command creates.
fn wants(command: &Command, other: &Command, shown: &[ReadmodelId]) -> Option<String> {
    let own = other.id.filter(|_| other.category == command.category && !other.creates);
    let known = || looked_up(other).position(|one| one.is_some_and(|one| shown.contains(&one)));
    other.parameters.get(own.or_else(known)?).map(|parameter| parameter.name.to_string())
}

/// A name within a JSON pointer.
fn pointer(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
