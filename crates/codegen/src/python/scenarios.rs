//! Scenarios as tests: given, when, then in Python's words.

use super::imports::Imports;
use super::layout::call;
use super::names::{Scope, escaped, quoted, snake};
use super::policies::alias;
use super::view::{Field, Service};
use crate::Source;
use emd::Step;
use eml::{Given, Reference, Says, ScenarioLine};
use sim::model::{CommandId, EventId, Model, ReadmodelId, folded};
use sim::value::{Type, Value};
use std::collections::BTreeSet;

/// The tests of a context.
#[derive(Debug, Default)]
pub struct Tests {
    pub all: Vec<Test>,
    pub imports: Imports,
    pub has_decimals: bool,
}

#[derive(Debug)]
pub struct Test {
    pub function: String,
    pub doc: String,
    pub calls: Vec<Call>,
}

/// A step: `given`, with what it takes, one a line.
#[derive(Debug)]
pub struct Call {
    pub method: &'static str,
    pub arguments: Vec<String>,
}

impl Tests {
    pub fn of(service: &Service, source: &Source, context: usize) -> Tests {
        let mut tests = Tests::default();
        tests.imports.add(&format!("{}.core.testing", service.package), "Scenario", "Scenario");
        let mut scope = Scope::default();
        let Some(own) = source.solution.contexts.get(context) else { return tests };
        for scenario in &own.scenarios {
            let mut writer = Writer { service, model: &source.model, context, tests: &mut tests };
            let calls = writer.calls(&scenario.lines);
            if calls.is_empty() {
                continue;
            }
            let function = scope.name(format!("test_{}", snake(&scenario.name)));
            tests.all.push(Test { function, doc: escaped(&scenario.name), calls });
        }
        tests
    }
}

struct Writer<'a> {
    service: &'a Service,
    model: &'a Model,
    context: usize,
    tests: &'a mut Tests,
}

impl Writer<'_> {
    fn calls(&mut self, lines: &[ScenarioLine]) -> Vec<Call> {
        let mut calls = Vec::new();
        for group in lines.chunk_by(|one, next| one.step == next.step && one.step != Step::When) {
            let Some(first) = group.first() else { continue };
            match first.step {
                Step::Given | Step::Scenario => {
                    let given = group.iter().filter_map(|line| self.given(line)).collect();
                    calls.push(Call { method: "given", arguments: given });
                }
                Step::When => {
                    let command = self.command(first);
                    calls.extend(command.map(|command| Call { method: "when", arguments: vec![command] }));
                }
                Step::Then => self.then(group, &mut calls),
                Step::Expect => {
                    let expected = group.iter().filter_map(|line| self.expected(line));
                    calls.extend(expected.map(|arguments| Call { method: "expect", arguments }));
                }
            }
        }
        calls.retain(|call| !call.arguments.is_empty() || call.method != "given");
        calls
    }

    fn then(&mut self, group: &[ScenarioLine], calls: &mut Vec<Call>) {
        let rejected = group.iter().filter_map(|line| match &line.says {
            Says::Rejected(message) => Some(message),
            Says::Name(_) => None,
        });
        let rejected: Vec<_> = rejected.collect();
        if !rejected.is_empty() {
            let reasons = rejected.into_iter().filter(|message| is_of_les(message));
            calls.push(Call {
                method: "rejected",
                arguments: reasons.map(|message| quoted(message)).collect(),
            });
            return;
        }
        let facts = group.iter().filter_map(|line| self.fact(line)).collect();
        calls.push(Call { method: "then", arguments: facts });
    }

    fn given(&mut self, line: &ScenarioLine) -> Option<String> {
        self.fact(line).or_else(|| self.command(line))
    }

    fn fact(&mut self, line: &ScenarioLine) -> Option<String> {
        let Says::Name(reference) = &line.says else { return None };
        let id: EventId = self.find(reference, Model::find_event)?;
        let event = &self.service.events[id.index()];
        let properties = self.model.event(id);
        let module = self.module(event.context, "events");
        let values = self.values(&line.values, &event.fields, |name| {
            properties.properties.iter().position(|one| folded(&one.name) == folded(name))
        });
        let testing = format!("{}.core.testing", self.service.package);
        self.tests.imports.add(&testing, "fact", "fact");
        let mut arguments = vec![format!("{module}.{}", event.class)];
        arguments.extend(values);
        Some(call("fact", &arguments, 8, 1))
    }

    fn command(&mut self, line: &ScenarioLine) -> Option<String> {
        let Says::Name(reference) = &line.says else { return None };
        let id: CommandId = self.find(reference, Model::find_command)?;
        let command = &self.service.commands[id.index()];
        let module = self.module(command.context, "commands");
        let values =
            self.values(&line.values, &command.fields, |name| self.model.command(id).parameter(name));
        Some(call(&format!("{module}.{}", command.class), &values, 8, 1))
    }

    fn expected(&mut self, line: &ScenarioLine) -> Option<Vec<String>> {
        let Says::Name(reference) = &line.says else { return None };
        let id: ReadmodelId = self.find(reference, Model::find_readmodel)?;
        let readmodel = &self.service.readmodels[id.index()];
        let columns = &self.model.readmodel(id).columns;
        let module = self.module(readmodel.context, "readmodels");
        let mut cells = Vec::new();
        for given in &line.values {
            let column = columns.iter().find(|column| folded(&column.name) == folded(&given.name))?;
            let name = quoted(&column.name);
            if readmodel.columns.iter().any(|(shown, _)| *shown == name) {
                cells.push(format!("{name}: {}", self.literal(column.r#type, &given.value)));
            }
        }
        Some(vec![format!("{module}.{}", readmodel.constant), format!("{{{}}}", cells.join(", "))])
    }

    /// Keyword arguments.
    fn values(
        &mut self,
        given: &[Given],
        fields: &[Field],
        find: impl Fn(&str) -> Option<usize>,
    ) -> Vec<String> {
        let mut known = BTreeSet::new();
        let mut values = Vec::new();
        for one in given {
            let Some(field) = find(&one.name).and_then(|at| fields.get(at)) else { continue };
            if known.insert(field.name.clone()) {
                values.push(format!("{}={}", field.name, self.literal(field.of, &one.value)));
            }
        }
        values
    }

    fn literal(&mut self, of: Type, words: &str) -> String {
        let value = of.read(words).unwrap_or_else(|_| Value::text(words));
        self.said(&value)
    }

    fn said(&mut self, value: &Value) -> String {
        match value {
            Value::Absent | Value::Erased => "None".into(),
            Value::Text(text) => quoted(text),
            Value::Integer(number) => number.to_string(),
            Value::Decimal(number) => {
                self.tests.has_decimals = true;
                format!("Decimal(\"{number}\")")
            }
            Value::Boolean(truth) => if *truth { "True" } else { "False" }.into(),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.said(item)).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }

    fn module(&mut self, of: usize, module: &str) -> String {
        let (package, alias) = alias(self.service, of, self.context, module);
        let own = &self.service.contexts[self.context].module;
        let context = package.unwrap_or_else(|| own.clone());
        let package = &self.service.package;
        let generated = match context.is_empty() {
            true => format!("{package}.generated"),
            false => format!("{package}.{context}.generated"),
        };
        self.tests.imports.add(&generated, module, &alias);
        alias
    }

    /// In its own context, unless it says another.
    fn find<T>(&self, reference: &Reference, find: impl Fn(&Model, &str) -> Option<T>) -> Option<T> {
        let own = &self.model.contexts[self.context];
        let context = if reference.context.is_empty() { own } else { &reference.context };
        let full = match self.model.contexts.len() > 1 {
            true => format!("{}.{}", eml::names::spaceless(context), reference.name),
            false => reference.name.to_string(),
        };
        find(self.model, &full)
            .or_else(|| find(self.model, &reference.name).filter(|_| reference.name.contains('.')))
    }
}

/// LES's words, which services say; the plain ones are for people at the wall.
fn is_of_les(message: &str) -> bool {
    message.ends_with(" does not exist.")
        || message.ends_with(" is a required field.")
        || message.starts_with("Cannot ") && message.ends_with("have occurred.")
}
