//! Every case of the corpus is answered as LES 0.10.7 answers it.

use emd::Kind;
use eml::{Profile, Solution};
use lint::{Level, Options, Report};
use serde_json::{Value, json};

const LES: Options = Options { profile: Profile::Les, level: Level::SoftwareDesign };

fn cases(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a case is JSON")).collect()
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().expect("a text")
}

fn items(input: &str) -> Value {
    let document = emd::parse_with(input, emd::les::line);
    let items = document.lines().iter().filter_map(|line| {
        let name = &line.name.text;
        let kind = match line.kind {
            Kind::Heading(_) => return Some(json!({"kind": "comment", "text": name})),
            Kind::Command => "command",
            Kind::Event => "event",
            Kind::ReadModel => "document",
            _ => return None,
        };
        let properties: Vec<_> = line.properties.iter().map(|one| &one.text).collect();
        Some(json!({"kind": kind, "name": name, "properties": properties}))
    });
    items.collect()
}

fn model(solution: &Solution) -> Value {
    let contexts = solution.contexts.iter().map(|context| {
        let mut streams: Vec<_> = context.streams.iter().collect();
        streams.sort_by_key(|stream| &stream.name);
        let streams: Vec<Value> = streams.into_iter().map(stream).collect();
        let models = context.readmodels.iter().map(|model| {
            let mut names = model.subscribes_to.names();
            names.sort_unstable();
            json!({"name": model.name, "key": model.key, "subscribesTo": names})
        });
        json!({"name": context.name, "streams": streams, "readmodels": models.collect::<Value>()})
    });
    json!({
        "emlVersion": solution.version,
        "solution": solution.name,
        "contexts": contexts.collect::<Value>(),
    })
}

fn stream(stream: &eml::Stream) -> Value {
    let commands = stream.commands.iter().map(|command| {
        let parameters = command
            .parameters
            .iter()
            .map(|one| json!({"name": one.name, "type": one.r#type, "rules": one.rules}));
        let conditions = command.preconditions.iter().map(|one| &one.text);
        let events = command.postconditions.iter().map(|name| &**name);
        json!({
            "name": command.name,
            "parameters": parameters.collect::<Value>(),
            "preconditions": conditions.collect::<Vec<_>>(),
            "postconditions": events.collect::<Vec<_>>(),
        })
    });
    let events = stream.events.iter().map(|event| {
        let properties = event
            .properties
            .iter()
            .map(|one| json!({"name": one.name, "type": one.r#type, "isHashed": one.is_hashed}));
        json!({"name": &*event.name, "properties": properties.collect::<Value>()})
    });
    json!({
        "name": stream.name,
        "commands": commands.collect::<Value>(),
        "events": events.collect::<Value>(),
    })
}

/// The findings of LES's two languages; those about the text in order, those about the model sorted.
fn findings(report: &Report) -> (Vec<Value>, Vec<String>) {
    let of_text = ["NoStreamName", "MissingSubscribesToEventForReadmodelProperty"];
    let mut first = Vec::new();
    let mut second = Vec::new();
    for one in &report.diagnostics {
        let subject = &one.subject;
        match of_text.contains(&one.rule.0) {
            true => first.push(json!({"id": one.rule.0, "message": one.message})),
            false => second.push(
                json!({
                    "id": one.rule.0, "message": one.message, "context": subject.context,
                    "stream": subject.stream, "command": subject.command, "event": subject.event,
                    "readmodel": subject.readmodel,
                })
                .to_string(),
            ),
        }
    }
    second.sort();
    (first, second)
}

fn expected_model_findings(expected: &Value) -> Vec<String> {
    let errors = expected["emlErrors"].as_array().expect("findings");
    let mut errors: Vec<String> = errors.iter().map(Value::to_string).collect();
    errors.sort();
    errors
}

#[test]
fn every_case_of_event_markdown_is_answered_as_by_les() {
    let cases = cases(include_str!("conformance/emd.jsonl"));
    assert_eq!(cases.len(), 97);
    for case in cases {
        let (name, input, expected) = (text(&case, "name"), text(&case, "input"), &case["expected"]);
        let lines: Vec<&str> = input.split('\n').collect();
        let report = lint::inspect(&lines, &LES);
        if expected["lesPanics"] == true {
            assert!(report.has_errors(), "{name}: LES crashes, and we say nothing");
            assert!(report.errors().any(|error| error.line.is_some()), "{name}");
            continue;
        }
        assert_eq!(items(input), expected["items"], "{name}: items");
        assert_eq!(model(&report.lowered.solution), expected["eml"], "{name}: model");
        let (of_text, of_model) = findings(&report);
        assert_eq!(json!(of_text), expected["emdErrors"], "{name}: findings about the text");
        assert_eq!(of_model, expected_model_findings(expected), "{name}: findings");
        same_after_yaml(name, &report.lowered.solution);
    }
}

#[test]
fn every_case_of_eml_is_answered_as_by_les() {
    let cases = cases(include_str!("conformance/eml.jsonl"));
    assert_eq!(cases.len(), 54);
    for case in cases {
        let (name, expected) = (text(&case, "name"), &case["expected"]);
        let solution = eml::read(text(&case, "input")).expect(name);
        assert_eq!(model(&solution), expected["eml"], "{name}: model");
        same_after_yaml(name, &solution);
        let report = lint::inspect_model(solution, &LES);
        let (of_text, of_model) = findings(&report);
        assert!(of_text.is_empty(), "{name}");
        assert_eq!(of_model, expected_model_findings(expected), "{name}: findings");
    }
}

fn same_after_yaml(name: &str, solution: &Solution) {
    for profile in [Profile::Les, Profile::Squall] {
        let yaml = eml::yaml(solution, &[], profile);
        let again = eml::read(&yaml).expect(name);
        assert_eq!(model(&again), model(solution), "{name}: YAML\n{yaml}");
    }
}
