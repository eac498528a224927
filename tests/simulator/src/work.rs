//! One round: people are registered, each item is added, renamed and completed, and completed once more in vain. Then
//! the read models are made again from the whole log.

use protocol::step::Expected;
use sim::model::{Model, ReadmodelId};
use sim::system::{Call, Ids, System};
use std::fmt;
use std::sync::Arc;

const MODEL: &str = include_str!("model.emd");

/// What was done, and how long it took in seconds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Round {
    pub commands: usize,
    pub accepted: usize,
    pub rejected: usize,
    pub events: u64,
    pub rows: usize,
    pub command_seconds: f64,
    pub project_seconds: f64,
}

type Command = (&'static str, Vec<(String, String)>);

/// `clock` says the seconds since any moment.
pub fn round(items: usize, people: usize, clock: impl Fn() -> f64) -> Round {
    let list = work(items, people);
    let model = Arc::new(Model::of_text(MODEL));
    let mut system = System::new(model.clone(), 1);
    let by = system.actor("bench");
    let call = Call { at: 0, by, step: 0, expected: Expected::Any, ids: Ids::Said, cause: None };
    let (mut accepted, mut rejected) = (0, 0);
    let started = clock();
    for (name, values) in &list {
        // A name that the model does not have is refused too.
        let sent = model.find_command(name).is_some_and(|command| {
            let mut values = system.read(command, values);
            system.send(command, &mut values, &call, |_, _, _| {}).is_ok()
        });
        if sent { accepted += 1 } else { rejected += 1 }
    }
    let command_seconds = clock() - started;

    let started = clock();
    system.renew();
    let project_seconds = clock() - started;
    let rows = (0..).map(ReadmodelId).map_while(|id| system.projections().rows(id));
    Round {
        commands: list.len(),
        accepted,
        rejected,
        events: system.log().head(),
        rows: rows.map(|rows| rows.len()).sum(),
        command_seconds,
        project_seconds,
    }
}

fn work(items: usize, people: usize) -> Vec<Command> {
    let with = |values: &[(&str, String)]| {
        values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    };
    let mut list: Vec<Command> = Vec::with_capacity(people + 4 * items);
    for user in 0..people {
        let values = [("userId", user.to_string()), ("name", format!("Person {user}"))];
        list.push(("RegisterUser", with(&values)));
    }
    for item in 0..items {
        let id = ("todoId", item.to_string());
        let description = ("description", format!("Buy milk, bottle {item}"));
        let due = ("dueDate", "2026-12-24".to_owned());
        let user = ("userId", (item % people.max(1)).to_string());
        list.push(("AddItem", with(&[id.clone(), user, description, due])));
        let description = ("description", format!("Buy oat milk, bottle {item}"));
        list.push(("RenameItem", with(&[id.clone(), description])));
        let complete = with(&[id, ("isComplete", "true".to_owned())]);
        list.push(("CompleteItem", Vec::clone(&complete)));
        list.push(("CompleteItem", complete));
    }
    list
}

/// One line of JSON, as the peers print it.
impl fmt::Display for Round {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Round { commands, accepted, rejected, events, rows, command_seconds, project_seconds } = self;
        write!(
            f,
            "{{\"commands\": {commands}, \"accepted\": {accepted}, \"rejected\": {rejected}, \"events\": {events}, \
             \"rows\": {rows}, \"commandSeconds\": {command_seconds}, \"projectSeconds\": {project_seconds}}}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_does_what_the_peers_do() {
        let round = round(100, 10, || 0.0);
        assert_eq!((round.commands, round.accepted, round.rejected), (410, 310, 100));
        assert_eq!((round.events, round.rows), (310, 110));
    }
}
