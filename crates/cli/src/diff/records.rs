//! What is compared: the stickies of a text or a board with what belongs to them, or the elements of a model.

use crate::input::{Input, Rules, Stage};
use anyhow::Result;
use board::Point;
use emd::Kind;
use eml::{Command, Event, Readmodel, Solution};

/// A sticky, or an element of a model.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Record {
    /// The same in both, if both are boards and the sticky is the same one.
    pub id: Option<String>,
    pub kind: &'static str,
    pub name: String,
    pub properties: Vec<String>,
    /// What annotations say about it.
    pub annotations: Vec<String>,
    /// The context and the chapter it is in, in words.
    pub region: Option<String>,
    pub place: Option<Point>,
    pub line: Option<usize>,
}

/// The records of both sides. Where one of them is EML, the other one is taken as the model that it says.
pub fn of_both(before: &Input, after: &Input) -> Result<(Vec<Record>, Vec<Record>)> {
    let as_model = before.is_eml() || after.is_eml();
    let of = |input: &Input| match as_model {
        true if input.is_eml() => input.solution().map(|solution| of_model(&solution)),
        true => input
            .inspect(&Rules::Squall.options(Stage::Design))
            .map(|report| of_model(&report.lowered.solution)),
        false => Ok(of_text(input)),
    };
    Ok((of(before)?, of(after)?))
}

fn of_text(input: &Input) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    let (mut context, mut chapter) = (None, None);
    for (number, text) in input.lines().into_iter().enumerate() {
        let read = emd::line(text);
        match read.kind {
            Kind::Blank | Kind::Caret => continue,
            Kind::Annotation(_) => {
                if let Some(owner) = records.last_mut() {
                    owner.annotations.push(text.trim_start_matches("// ").trim().to_owned());
                    continue;
                }
            }
            Kind::Context => (context, chapter) = (Some(format!("the context {}", read.name.text)), None),
            Kind::Chapter => chapter = Some(format!("the chapter {}", read.name.text)),
            _ => {}
        }
        let record = input.board.as_ref().and_then(|board| board.lines.get(number));
        let is_region = matches!(read.kind, Kind::Context | Kind::Chapter | Kind::Heading(_));
        let region: Vec<&str> = [&context, &chapter].into_iter().flatten().map(String::as_str).collect();
        records.push(Record {
            id: record.map(|(id, _)| id.0.to_string()),
            kind: read.kind.noun(),
            name: read.name.text.to_string(),
            properties: read.properties.iter().map(|piece| piece.text.to_string()).collect(),
            annotations: Vec::new(),
            region: (!is_region && !region.is_empty()).then(|| region.join(", ")),
            place: record.and_then(|(_, line)| line.pos),
            line: Some(number),
        });
    }
    records
}

fn of_model(solution: &Solution) -> Vec<Record> {
    let mut records = vec![Record {
        kind: "solution",
        name: solution.name.clone(),
        line: solution.place.map(|place| place.line),
        ..Record::default()
    }];
    for context in &solution.contexts {
        let elements = context.streams.iter().flat_map(|stream| {
            let commands = stream.commands.iter().map(of_command);
            commands.chain(stream.events.iter().map(of_event))
        });
        let elements = elements.chain(context.readmodels.iter().map(of_readmodel));
        let region = format!("the context {}", context.name);
        records.extend(elements.map(|record| Record { region: Some(region.clone()), ..record }));
    }
    records
}

fn of_command(command: &Command) -> Record {
    let parameters = command.parameters.iter().map(|one| typed(&one.name, &one.r#type));
    let rules = command
        .parameters
        .iter()
        .flat_map(|one| one.rules.iter().map(move |rule| format!("{} {rule}", one.name)));
    let conditions = command.preconditions.iter().map(|one| one.text.to_string());
    let outcomes = command.postconditions.iter().map(|event| format!("leads to {event}"));
    Record {
        kind: "command",
        name: command.name.to_string(),
        properties: parameters.collect(),
        annotations: rules.chain(conditions).chain(outcomes).collect(),
        line: command.place.map(|place| place.line),
        ..Record::default()
    }
}

fn of_event(event: &Event) -> Record {
    let marked = event.properties.iter().flat_map(|one| {
        let hashed = one.is_hashed.then(|| format!("{} is hashed", one.name));
        let personal = one.is_personal.then(|| format!("{} is personal", one.name));
        hashed.into_iter().chain(personal)
    });
    Record {
        kind: "event",
        name: event.name.to_string(),
        properties: event.properties.iter().map(|one| typed(&one.name, &one.r#type)).collect(),
        annotations: marked.collect(),
        line: event.place.map(|place| place.line),
        ..Record::default()
    }
}

fn of_readmodel(model: &Readmodel) -> Record {
    let events = model.subscribes_to.names().into_iter();
    let mut events: Vec<String> = events.map(|event| format!("listens to {event}")).collect();
    events.sort();
    Record {
        kind: "read model",
        name: model.name.to_string(),
        properties: vec![model.key.to_string()],
        annotations: events,
        line: model.place.map(|place| place.line),
        ..Record::default()
    }
}

/// Most things are strings, which goes without saying.
fn typed(name: &str, r#type: &str) -> String {
    match r#type {
        "string" => name.to_owned(),
        other => format!("{name}: {other}"),
    }
}
