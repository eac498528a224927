//! The lines that only we write: terms, policies, actors and scenarios.

use crate::names::spaceless;
use crate::story::{Policy, Reference, Says, Scenario, ScenarioLine, Term};
use emd::Step;

/// How names are said: as on their stickies.
pub trait Speaker {
    fn said(&self, context: &str, name: &str) -> String;
}

pub fn term(term: &Term) -> String {
    match term.meaning.is_empty() {
        true => format!("// @term {}", term.name),
        false => format!("// @term {}: {}", term.name, term.meaning),
    }
}

pub fn policy(policy: &Policy, speaker: &impl Speaker) -> String {
    let (event, command) = (reference(&policy.event, speaker), reference(&policy.command, speaker));
    match policy.condition.is_empty() {
        true => format!("// @policy Whenever {event}, {command}"),
        false => format!("// @policy Whenever {event}, and {}, {command}", policy.condition),
    }
}

pub fn scenario(scenario: &Scenario, speaker: &impl Speaker) -> Vec<String> {
    let title = match scenario.name.is_empty() {
        true => "// @scenario".to_owned(),
        false => format!("// @scenario {}", scenario.name),
    };
    std::iter::once(title).chain(scenario.lines.iter().map(|line| step(line, speaker))).collect()
}

fn step(line: &ScenarioLine, speaker: &impl Speaker) -> String {
    let word = match line.step {
        Step::Given | Step::Scenario => "given",
        Step::When => "when",
        Step::Then => "then",
        Step::Expect => "expect",
    };
    let says = match &line.says {
        Says::Name(name) => reference(name, speaker),
        Says::Rejected(message) if message.is_empty() => "rejected".to_owned(),
        Says::Rejected(message) => format!("rejected: {message}"),
    };
    let values: Vec<String> = line.values.iter().map(|one| emd::written(&one.name, &one.value)).collect();
    match values.is_empty() {
        true => format!("// @{word} {says}"),
        false => format!("// @{word} {says} // {}", values.join(", ")),
    }
}

fn reference(reference: &Reference, speaker: &impl Speaker) -> String {
    let name = speaker.said(&reference.context, &reference.name);
    match reference.context.is_empty() {
        true => name,
        false => format!("{}.{name}", spaceless(&reference.context)),
    }
}
