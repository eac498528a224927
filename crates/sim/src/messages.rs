//! What people are told when a command is refused: LES's words, and plain ones.

use crate::decide::Refusal;
use crate::model::{Command, Model, label};
use protocol::trace::Failure;

/// All failures, in their order.
pub fn failures(model: &Model, command: &Command, refusals: &[Refusal]) -> Vec<Failure> {
    refusals.iter().map(|refusal| failure(model, command, *refusal)).collect()
}

fn failure(model: &Model, command: &Command, refusal: Refusal) -> Failure {
    let parameter = |index: usize| command.parameters.get(index).map_or("", |one| one.name.as_str());
    let condition = |index: usize| {
        let Some(condition) = command.preconditions.get(index) else { return ("", "".into()) };
        let label = condition.event.map(|event| model.event(event).name.label.clone());
        (condition.name.as_str(), label.unwrap_or_else(|| crate::model::words(&condition.name)))
    };
    let cannot = |words: &str, event: &str| format!("Cannot {}. {event} {words}", command.name.name);
    match refusal {
        Refusal::DoesNotExist(index) => {
            let name = parameter(index);
            let lookup = command.parameters.get(index).and_then(|one| one.lookup.as_ref());
            let plain = match lookup.map(|lookup| (lookup, lookup.readmodel)) {
                Some((lookup, None)) => {
                    format!(
                        "There is no read model {} yet, so no {} is known.",
                        words(&lookup.name),
                        low(name)
                    )
                }
                Some((_, Some(readmodel))) => {
                    let readmodel = &model.readmodel(readmodel).name.label;
                    format!("This {} is not in {readmodel} (not yet, or it never was).", low(name))
                }
                None => format!("This {} does not exist.", low(name)),
            };
            Failure { field: name.into(), message: format!("{name} does not exist."), plain }
        }
        Refusal::Required(index) => {
            let name = parameter(index);
            let choose = command.id == Some(index) && !command.creates;
            let plain = if choose { "Please choose the" } else { "Please fill in the" };
            let plain = format!("{plain} {}.", low(name));
            Failure { field: name.into(), message: format!("{name} is a required field."), plain }
        }
        Refusal::Unfit(index, unfit) => {
            let name = parameter(index);
            let plain = format!("{} {unfit}.", label(name));
            Failure { field: name.into(), message: format!("{name} {unfit}."), plain }
        }
        Refusal::MustHaveHappened(index) => {
            let (name, label) = condition(index);
            let plain = format!("That is too early: \u{201c}{label}\u{201d} has not happened yet.");
            Failure { field: String::new(), message: cannot("must have occurred.", name), plain }
        }
        Refusal::MustNotHaveHappened(index) => {
            let (name, label) = condition(index);
            let plain = format!("That is too late: \u{201c}{label}\u{201d} has happened already.");
            Failure { field: String::new(), message: cannot("must not have occurred.", name), plain }
        }
    }
}

fn words(name: &str) -> String {
    format!("\u{201c}{}\u{201d}", crate::model::words(name))
}

/// The label within a sentence: `due date`. What begins with two capitals keeps them.
fn low(name: &str) -> String {
    let label = label(name);
    let mut characters = label.chars();
    match (characters.next(), characters.clone().next().is_some_and(char::is_uppercase)) {
        (Some(first), false) => first.to_lowercase().chain(characters).collect(),
        _ => label.to_string(),
    }
}
