//! Which commands can follow a command, with the id that it said: what tools walk along, from creating a thing on.

use crate::api::{Route, Target};
use crate::json::{Json, object};
use crate::specs::spec::Spec;
use sim::model::{Command, CommandId, folded};

/// At most so many from one command: in a large model everything follows from everything.
const MOST: usize = 20;

/// From a command that creates a thing to the commands that need one, and to where its personal data is erased.
pub fn links(spec: &Spec<'_>, routes: &[Route], id: CommandId) -> Json {
    let mut links = Json::object();
    let command = spec.model.command(id);
    let Some(said) = command.id.and_then(|id| command.parameters.get(id)).filter(|_| command.creates) else {
        return links;
    };
    let said = format!("$response.body#/{}", pointer(&said.name));
    let mut count = 0;
    for route in routes {
        let link = match route.target {
            Target::Command(other) if other != id => {
                wants(spec, id, spec.model.command(other)).map(|parameter| {
                    object! { "requestBody": Json::object().with(parameter, said.as_str()) }
                })
            }
            Target::PersonalData(category) if category == command.category => {
                Some(object! { "parameters": object! { "id": said.as_str() } })
            }
            _ => None,
        };
        let Some(link) = link.filter(|_| count < MOST) else { continue };
        count += 1;
        links.put(&route.operation, object! { "operationId": &route.operation }.joined(link));
    }
    links
}

/// The parameter of a command that takes the id of what `id` creates.
fn wants(spec: &Spec<'_>, id: CommandId, other: &Command) -> Option<String> {
    let command = spec.model.command(id);
    let own = other.id.filter(|_| other.category == command.category && !other.creates);
    let known = |readmodel| {
        let heard = &spec.model.readmodel(readmodel).hears;
        let key = folded(&spec.model.readmodel(readmodel).key);
        key == folded(&spec.model.category(command.category).id)
            && heard.iter().any(|heard| command.outcomes.iter().any(|outcome| outcome.event == heard.event))
    };
    let looked_up = || {
        let lookups = other.parameters.iter().map(|parameter| parameter.lookup.as_ref()?.readmodel);
        lookups.into_iter().position(|readmodel| readmodel.is_some_and(known))
    };
    let place = own.or_else(looked_up)?;
    other.parameters.get(place).map(|parameter| parameter.name.to_string())
}

/// A name within a JSON pointer.
fn pointer(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
