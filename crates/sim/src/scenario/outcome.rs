//! What came out: the exact list of events, or why a command was refused.

use super::align::align;
use super::play::{Heard, Player, no_property, same};
use super::said::{differs, is, line, name, quoted};
use crate::model::{EventId, Noun, Policy};
use crate::value::Value;
use eml::{Says, ScenarioLine};
use protocol::trace::Failure;
use protocol::{Position, Sticky};

/// So many unexpected events are shown.
const MOST_SURPLUS: usize = 10;

impl Player<'_> {
    pub(super) fn then(&mut self, group: &[ScenarioLine]) {
        let (rejected, wanted): (Vec<&ScenarioLine>, Vec<&ScenarioLine>) =
            group.iter().partition(|line| matches!(line.says, Says::Rejected(_)));
        let before = self.checked.len();
        rejected.iter().for_each(|line| self.rejection(line));
        if !rejected.is_empty() {
            self.heard.refused.retain(|(line, ..)| line.is_none());
        }
        // Where a rejection was wanted and events came instead, that was said.
        if rejected.is_empty() || !wanted.is_empty() {
            self.events(group.first(), &wanted);
        }
        self.checked[before..].sort_by_key(|checked| checked.line);
        self.rejected_unexpectedly();
        self.heard = Heard::default();
    }

    fn rejection(&mut self, line: &ScenarioLine) {
        let Says::Rejected(message) = &line.says else { return };
        let said = self.written(line, None);
        let sticky = self.line_of(line);
        let refused = self.heard.refused.iter().filter(|(line, ..)| line.is_some());
        let all: Vec<&Failure> = refused.flat_map(|(_, _, failures)| failures).collect();
        if all.is_empty() {
            let actual = self.heard.events.first().map_or(String::new(), |first| self.whole(*first));
            let words = match self.heard.acted {
                true => "The command was accepted, although it should have been rejected.",
                false => "Nothing was done that could be rejected: a line with `@when` is missing.",
            };
            return self.fails(sticky, said, actual, words.into());
        }
        let joined =
            |words: fn(&Failure) -> &str| all.iter().map(|one| words(one)).collect::<Vec<_>>().join(" ");
        let (messages, plain) = (joined(|one| &one.message), joined(|one| &one.plain));
        let fits = message.is_empty()
            || [messages.as_str(), plain.as_str()].contains(&message.as_str())
            || all.iter().any(|one| one.message == message.as_str() || one.plain == message.as_str());
        match fits {
            true => self.holds(sticky, said),
            false => {
                let words = format!("It was rejected for another reason. {plain}");
                self.fails(sticky, said, format!("rejected: {messages}"), words);
            }
        }
    }

    /// The exact list of events since the last `then`.
    fn events(&mut self, first: Option<&ScenarioLine>, wanted: &[&ScenarioLine]) {
        let happened = self.heard.events.clone();
        let types: Vec<Option<EventId>> = happened.iter().map(|at| self.system.event_at(*at)).collect();
        let expected: Vec<Option<EventId>> = wanted.iter().map(|line| self.event(line)).collect();
        let alike = |one: usize, other: usize| expected[one].is_some() && expected[one] == types[other];
        let mut sticky = first.map_or(self.sticky, |line| self.line_of(line));
        let mut surplus = Vec::new();
        for pair in align(wanted.len(), happened.len(), alike) {
            let line = pair.expected.map(|at| (wanted[at], expected[at]));
            if let Some((line, _)) = line {
                sticky = self.line_of(line);
            }
            match (line, pair.actual.map(|at| (happened[at], types[at]))) {
                (Some((line, Some(event))), Some((position, Some(actual)))) if event == actual => {
                    self.compare(line, event, position);
                }
                (Some((line, None)), actual) => {
                    let elsewhere = self.elsewhere(line, &[Noun::Event]);
                    self.unknown(line, "event", elsewhere);
                    let actual = actual.map_or(String::new(), |(position, _)| self.whole(position));
                    if let Some(checked) = self.checked.last_mut() {
                        checked.actual = actual;
                    }
                }
                (Some((line, Some(event))), actual) => self.missing(line, event, actual.map(|(at, _)| at)),
                (None, Some((position, _))) => surplus.push((sticky, position)),
                (None, None) => {}
            }
        }
        self.surplus(&surplus);
    }

    /// What happened without being expected. Of very much only the beginning is told.
    fn surplus(&mut self, surplus: &[(Sticky, Position)]) {
        for (sticky, position) in surplus.iter().take(MOST_SURPLUS) {
            let actual = self.whole(*position);
            let name = actual.split(" // ").next().unwrap_or_default();
            let words = format!("{} happened too, and the scenario does not say so.", quoted(name));
            self.fails(*sticky, String::new(), actual, words);
        }
        if let Some((sticky, _)) = surplus.get(MOST_SURPLUS) {
            let words = format!("{} more events happened.", surplus.len() - MOST_SURPLUS);
            self.fails(*sticky, String::new(), String::new(), words);
        }
    }

    fn missing(&mut self, line: &ScenarioLine, event: EventId, instead: Option<Position>) {
        let said = self.written(line, Some((Noun::Event, event.0)));
        let label = quoted(&self.model.event(event).name.label);
        let reason = match self.heard.acted {
            false => " Nothing was done: a line with `@when` is missing.".to_owned(),
            true => self.reason() + &self.held_back(event),
        };
        let actual = instead.map_or(String::new(), |position| self.whole(position));
        self.fails(self.line_of(line), said, actual, format!("{label} did not happen.{reason}"));
    }

    /// Policies that would have led to an event, had their conditions held.
    fn held_back(&self, event: EventId) -> String {
        let leads = |policy: &&Policy| {
            let outcomes = &self.model.command(policy.command).outcomes;
            outcomes.iter().any(|outcome| outcome.event == event)
        };
        let words = self.model.policies.iter().filter(leads).filter_map(|policy| {
            let condition = policy.condition.as_ref()?;
            let test = condition.test.as_ref()?;
            let mut triggers =
                self.heard.events.iter().filter(|at| self.system.event_at(**at) == Some(policy.event));
            let refutes = triggers.any(|at| !test.holds(&self.value(*at, test.property)));
            refutes.then(|| format!(" The condition {} of a policy did not hold.", quoted(&condition.words)))
        });
        words.collect()
    }

    /// What stood in the way.
    fn reason(&self) -> String {
        let refused = self.heard.refused.iter().map(|(line, command, failures)| {
            let label = quoted(&self.model.command(*command).name.label);
            let who = if line.is_none() { ", sent by a policy," } else { "" };
            let plain: Vec<&str> = failures.iter().map(|one| one.plain.as_str()).collect();
            format!(" {label}{who} was rejected: {}", plain.join(" "))
        });
        refused.chain(self.heard.loops.iter().map(|words| format!(" {words}"))).collect()
    }

    /// Compares the properties that the line lists.
    fn compare(&mut self, line: &ScenarioLine, id: EventId, position: Position) {
        let model = self.model.clone();
        let event = model.event(id);
        let said = self.written(line, Some((Noun::Event, id.0)));
        let mut actual = Vec::new();
        let mut words = Vec::new();
        for given in &line.values {
            let property = event.properties.iter().position(|property| same(&property.name, &given.name));
            let Some(index) = property else {
                words.push(no_property(&event.name.label, &given.name));
                continue;
            };
            let property = &event.properties[index];
            let value = self.value(position, index);
            let hashed = property.hashed && self.system.hashed(&Value::text(given.value.as_str())) == value;
            if hashed || is(&value, property.r#type, &given.value) {
                actual.push((given.name.as_str(), given.value.to_string()));
            } else {
                words.push(differs(&property.name, &value, &given.value));
                actual.push((given.name.as_str(), value.words().to_string()));
            }
        }
        let label = name(&event.name, &model.contexts, self.context);
        let sticky = self.line_of(line);
        match words.is_empty() {
            true => self.holds(sticky, said),
            false => self.fails(sticky, said, super::said::line(&label, actual), words.join(" ")),
        }
    }

    fn value(&self, position: Position, property: usize) -> Value {
        let recorded = self.system.log().get(position);
        let read = recorded.and_then(|recorded| Some((recorded, self.system.readings().get(recorded)?)));
        read.map_or(Value::Absent, |(recorded, read)| read.value(recorded, property).clone())
    }

    /// An event with all it says.
    fn whole(&self, position: Position) -> String {
        let Some(id) = self.system.event_at(position) else { return String::new() };
        let event = self.model.event(id);
        let values = event.properties.iter().enumerate().filter_map(|(index, property)| {
            let words = self.value(position, index).words();
            (!words.is_empty()).then(|| (property.name.as_str(), words.to_string()))
        });
        line(&name(&event.name, &self.model.contexts, self.context), values)
    }
}
