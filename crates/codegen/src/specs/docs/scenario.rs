//! Scenarios as people tell them: given, when, then.

use super::book::{Book, Context};
use super::markdown::{Page, and, code, plain};
use emd::Step;
use eml::{Reference, Says, Scenario, ScenarioLine};

/// All scenarios of a context, each with a heading of its own.
pub fn write(page: &mut Page, book: &Book<'_>, context: &Context<'_>) {
    for (nth, scenario) in context.model.scenarios.iter().enumerate() {
        page.heading(3, &title(scenario, nth));
        page.list(steps(book, context, scenario));
    }
}

pub fn title(scenario: &Scenario, nth: usize) -> String {
    match scenario.name.trim() {
        "" => format!("Example {}", nth + 1),
        name => name.to_owned(),
    }
}

pub fn steps(book: &Book<'_>, context: &Context<'_>, scenario: &Scenario) -> Vec<String> {
    let acts = scenario.lines.iter().any(|line| line.step == Step::When);
    let mut before = None;
    let mut said = Vec::new();
    for line in &scenario.lines {
        let again = before == Some(line.step);
        before = Some(line.step);
        said.push(format!("**{}** {}", word(line.step, again), step(book, context, line)));
    }
    let expects = scenario.lines.iter().any(|line| matches!(line.step, Step::Then | Step::Expect));
    if acts && !expects {
        said.push("**Then** nothing happens".to_owned());
    }
    said
}

fn word(step: Step, again: bool) -> &'static str {
    match (step, again) {
        (_, true) => "and",
        (Step::Given | Step::Scenario, _) => "Given",
        (Step::When, _) => "When",
        (Step::Then, _) => "Then",
        (Step::Expect, _) => "Then the table",
    }
}

fn step(book: &Book<'_>, context: &Context<'_>, line: &ScenarioLine) -> String {
    let name = match &line.says {
        Says::Rejected(why) if why.is_empty() => return "it is refused".to_owned(),
        Says::Rejected(why) => return format!("it is refused: “{}”", plain(why)),
        Says::Name(name) => said(book, context, line.step, name),
    };
    let values: Vec<String> = line
        .values
        .iter()
        .map(|given| match given.value.is_empty() {
            true => format!("{} empty", code(&given.name)),
            false => format!("{} “{}”", code(&given.name), plain(&given.value)),
        })
        .collect();
    let shows = if line.step == Step::Expect { " shows" } else { "" };
    match values.is_empty() {
        true => format!("{name}{shows}"),
        false if line.step == Step::Expect => format!("{name} shows {}", and(&values)),
        false => format!("{name} with {}", and(&values)),
    }
}

/// A link to what is meant, or its name where nothing has it.
fn said(book: &Book<'_>, context: &Context<'_>, step: Step, name: &Reference) -> String {
    let model = book.model;
    let own = match name.context.is_empty() {
        true => format!("{}.{}", eml::names::spaceless(&context.model.name), name.name),
        false => name.written().to_string(),
    };
    let from = Some(context.index);
    let tries = [own.as_str(), name.name.as_str()];
    let event = || tries.iter().find_map(|name| model.find_event(name)).map(|id| book.to_event(from, id));
    let command =
        || tries.iter().find_map(|name| model.find_command(name)).map(|id| book.to_command(from, id));
    let readmodel =
        || tries.iter().find_map(|name| model.find_readmodel(name)).map(|id| book.to_readmodel(from, id));
    let found = match step {
        Step::Given | Step::Scenario => event().or_else(command),
        Step::When => command(),
        Step::Then => event(),
        Step::Expect => readmodel(),
    };
    found.unwrap_or_else(|| plain(&sim::model::words(&name.name)))
}
