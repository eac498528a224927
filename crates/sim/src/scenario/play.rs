//! Playing one scenario.

use super::said::{name, quoted};
use crate::log::ActorId;
use crate::messages::failures;
use crate::model::{CommandId, EventId, Model, Noun, PolicyId, ReadmodelId};
use crate::policies::{Answer, Course, Witness};
use crate::system::{Call, Ids, Refused, System};
use crate::value::Text;
use emd::Step;
use eml::{Given, Reference, Says, Scenario, ScenarioLine};
use protocol::scenario::{Checked, Verdict};
use protocol::step::Expected;
use protocol::trace::Failure;
use protocol::{Position, Sticky, Time};
use std::sync::Arc;

/// A scenario with more lines is not played to its end.
const MOST_LINES: usize = 1_000;
/// The clock of a scenario begins here, 2026-01-05 09:00, and goes on by a minute for each line.
const BEGINS: Time = 1_767_603_600_000;
const MINUTE: Time = 60_000;

pub fn play(system: System, context: &Text, scenario: &Scenario) -> Verdict {
    let mut player = Player::new(system, context, scenario);
    let sticky = player.sticky;
    let lines = &scenario.lines[..scenario.lines.len().min(MOST_LINES)];
    player.lines(lines);
    player.rejected_unexpectedly();
    if scenario.lines.len() > MOST_LINES {
        player.fails(sticky, String::new(), String::new(), "A scenario has at most 1,000 lines.".into());
    }
    let proves = |line: &ScenarioLine| matches!(line.step, Step::Then | Step::Expect);
    if !lines.iter().any(proves) {
        let words = "This scenario does not say yet what comes out.".into();
        player.fails(sticky, String::new(), String::new(), words);
    }
    let passed = player.checked.iter().all(|line| line.holds);
    Verdict { name: scenario.name.to_string(), sticky, passed, lines: player.checked }
}

/// What came of given and when alone.
pub(crate) struct Rehearsed {
    pub system: System,
    /// Those that the `when` led to.
    pub events: Vec<Position>,
    /// The messages of a refused `when`.
    pub refused: Vec<String>,
    /// What the `when` says.
    pub said: Vec<Given>,
}

/// Plays lines of given and when, in a system of that model. `None`: a given line does not hold.
pub(crate) fn rehearse(model: &Arc<Model>, lines: &[String]) -> Option<Rehearsed> {
    let text = format!("// @scenario\n{}", lines.join("\n"));
    let solution = eml::lower(&emd::parse(&text), eml::Profile::Squall).solution;
    let scenario = solution.contexts.first()?.scenarios.first()?;
    let context = Text::default();
    let mut player = Player::new(System::new(model.clone(), 0), &context, scenario);
    player.lines(&scenario.lines);
    let whole = player.checked.len() == lines.len() && player.checked.iter().all(|line| line.holds);
    let when = scenario.lines.iter().filter(|line| line.step == Step::When);
    let said = when.flat_map(|line| line.values.clone());
    let refused = player.heard.refused.iter().filter(|(line, ..)| line.is_some());
    let messages = refused.flat_map(|(_, _, failures)| failures).map(|failure| failure.message.clone());
    whole.then(|| Rehearsed {
        events: player.heard.events.clone(),
        refused: messages.collect(),
        said: said.collect(),
        system: player.system,
    })
}

pub(super) struct Player<'a> {
    pub model: Arc<Model>,
    pub system: System,
    pub context: &'a Text,
    pub sticky: Sticky,
    pub checked: Vec<Checked>,
    pub heard: Heard,
}

/// What was done since a `then` looked.
#[derive(Default)]
pub(super) struct Heard {
    pub events: Vec<Position>,
    /// Commands that were refused, with the line that sent them; policies' commands have none.
    pub refused: Vec<(Option<usize>, CommandId, Vec<Failure>)>,
    pub loops: Vec<String>,
    /// A `when` was played.
    pub acted: bool,
    /// The index in `checked` of the line that is being played.
    line: Option<usize>,
}

/// What a line names.
enum Found {
    Event(EventId),
    Command(CommandId),
}

impl<'a> Player<'a> {
    fn new(system: System, context: &'a Text, scenario: &Scenario) -> Player<'a> {
        let sticky = scenario.place.map_or(0, |place| place.line);
        let model = system.model().clone();
        Player { model, system, context, sticky, checked: Vec::new(), heard: Heard::default() }
    }

    fn lines(&mut self, lines: &[ScenarioLine]) {
        let groups = lines.chunk_by(|one, next| one.step == Step::Then && next.step == Step::Then);
        for (group, number) in groups.zip(0..) {
            let at = BEGINS + MINUTE * number;
            let Some(first) = group.first() else { continue };
            match first.step {
                Step::Then => self.then(group),
                Step::When => self.when(first, at),
                Step::Expect => self.expect(first),
                Step::Given | Step::Scenario => self.given(first, at),
            }
        }
    }

    pub(super) fn line_of(&self, line: &ScenarioLine) -> Sticky {
        line.place.map_or(self.sticky, |place| place.line)
    }

    pub(super) fn holds(&mut self, line: Sticky, said: String) {
        let actual = said.clone();
        self.checked.push(Checked { line, expected: said, actual, holds: true, words: String::new() });
    }

    pub(super) fn fails(&mut self, line: Sticky, expected: String, actual: String, words: String) {
        self.checked.push(Checked { line, expected, actual, holds: false, words });
    }

    /// The line as it is written, with the name as it stands on the sticky.
    pub(super) fn written(&self, line: &ScenarioLine, noun: Option<(Noun, u32)>) -> String {
        let said = match (&line.says, noun) {
            (Says::Rejected(message), _) if message.is_empty() => return "rejected".into(),
            (Says::Rejected(message), _) => return format!("rejected: {message}"),
            (Says::Name(reference), None) => spaced(reference),
            (Says::Name(_), Some((noun, index))) => {
                name(self.model.name(noun, index), &self.model.contexts, self.context)
            }
        };
        super::said::line(&said, line.values.iter().map(|one| (one.name.as_str(), one.value.to_string())))
    }

    /// The full name of what a line names, in its own context unless it says another.
    fn full(&self, reference: &Reference) -> String {
        let context = if reference.context.is_empty() { self.context } else { &reference.context };
        match self.model.contexts.len() > 1 {
            true => format!("{}.{}", eml::names::spaceless(context), reference.name),
            false => reference.name.to_string(),
        }
    }

    pub(super) fn find<T>(
        &self,
        reference: &Reference,
        find: impl Fn(&Model, &str) -> Option<T>,
    ) -> Option<T> {
        let own = find(&self.model, &self.full(reference));
        own.or_else(|| find(&self.model, &reference.name).filter(|_| reference.name.contains('.')))
    }

    pub(super) fn event(&self, line: &ScenarioLine) -> Option<EventId> {
        let Says::Name(reference) = &line.says else { return None };
        self.find(reference, Model::find_event)
    }

    fn command(&self, line: &ScenarioLine) -> Option<CommandId> {
        let Says::Name(reference) = &line.says else { return None };
        self.find(reference, Model::find_command)
    }

    /// A line that names what is not there, or not in this context.
    pub(super) fn unknown(&mut self, line: &ScenarioLine, noun: &str, elsewhere: Option<(Noun, u32)>) {
        let said = match &line.says {
            Says::Name(reference) => spaced(reference),
            Says::Rejected(_) => String::new(),
        };
        let words = match (said.is_empty(), elsewhere) {
            (true, _) => format!("This line names no {noun}."),
            (false, None) => format!("There is no {noun} {} on the board.", quoted(&said)),
            (false, Some((noun, index))) => {
                let other = name(self.model.name(noun, index), &self.model.contexts, self.context);
                format!("{} is in another context: write {}.", quoted(&said), quoted(&other))
            }
        };
        let at = self.line_of(line);
        self.fails(at, self.written(line, None), String::new(), words);
    }

    /// The same name anywhere.
    pub(super) fn elsewhere(&self, line: &ScenarioLine, nouns: &[Noun]) -> Option<(Noun, u32)> {
        let Says::Name(reference) = &line.says else { return None };
        nouns.iter().find_map(|noun| {
            let found = match noun {
                Noun::Event => self.model.find_event(&reference.name).map(|id| id.0),
                Noun::Command => self.model.find_command(&reference.name).map(|id| id.0),
                Noun::Readmodel => self.model.find_readmodel(&reference.name).map(|id| id.0),
                Noun::Policy => None,
            };
            Some((*noun, found?))
        })
    }

    fn given(&mut self, line: &ScenarioLine, at: Time) {
        let event = self.event(line).map(Found::Event);
        match event.or_else(|| self.command(line).map(Found::Command)) {
            Some(Found::Event(event)) => self.fact(line, event, at),
            Some(Found::Command(command)) => {
                let before = std::mem::take(&mut self.heard);
                self.send(line, command, at);
                let refused = std::mem::replace(&mut self.heard, before).refused;
                if let Some((_, _, failures)) = refused.into_iter().find(|(line, ..)| line.is_some()) {
                    self.refuse(&failures);
                }
            }
            None => {
                let elsewhere = self.elsewhere(line, &[Noun::Event, Noun::Command]);
                self.unknown(line, "event or command", elsewhere);
            }
        }
    }

    fn when(&mut self, line: &ScenarioLine, at: Time) {
        self.heard.acted = true;
        match self.command(line) {
            Some(command) => self.send(line, command, at),
            None => {
                let elsewhere = self.elsewhere(line, &[Noun::Command]);
                self.unknown(line, "command", elsewhere);
            }
        }
    }

    /// Sends the command of a line with all that follows.
    fn send(&mut self, line: &ScenarioLine, id: CommandId, at: Time) {
        let said = self.written(line, Some((Noun::Command, id.0)));
        let sticky = self.line_of(line);
        let model = self.model.clone();
        let command = model.command(id);
        let unknown = line.values.iter().find(|given| command.parameter(&given.name).is_none());
        if let Some(given) = unknown {
            return self.fails(sticky, said, String::new(), no_property(&command.name.label, &given.name));
        }
        self.holds(sticky, said);
        self.heard.line = Some(self.checked.len() - 1);
        let values: Vec<(String, String)> =
            line.values.iter().map(|one| (one.name.to_string(), one.value.to_string())).collect();
        let mut values = self.system.read(id, &values);
        let by: ActorId = self.system.actor(command.actor.as_deref().unwrap_or("Somebody"));
        let call = Call { at, by, step: 0, expected: Expected::Any, ids: Ids::Short(0), cause: None };
        let before = self.system.log().head();
        let judge = |_: &Model, _: PolicyId, _: Position| Answer::Runs;
        let _ = Course::new(&mut self.system, call, &mut self.heard, judge).send(id, &mut values);
        self.heard.line = None;
        if let (Some(line), false) = (self.checked.last_mut(), self.heard.loops.is_empty()) {
            line.holds = false;
            line.words = self.heard.loops.join(" ");
        }
        self.heard.events.extend(before + 1..=self.system.log().head());
    }

    /// The last line was refused, which it should not have been.
    fn refuse(&mut self, failures: &[Failure]) {
        if let Some(line) = self.checked.last_mut() {
            refuse(line, failures);
        }
    }

    /// No `then` has asked for what was refused.
    pub(super) fn rejected_unexpectedly(&mut self) {
        for (line, _, failures) in std::mem::take(&mut self.heard.refused) {
            if let Some(line) = line.and_then(|line| self.checked.get_mut(line)) {
                refuse(line, &failures);
            }
        }
    }
}

impl Witness for Heard {
    fn command(&mut self, _: &Model, _: CommandId, cause: Option<usize>) -> usize {
        // What nothing caused is the line's own command.
        usize::from(cause.is_some())
    }

    fn refused(&mut self, system: &System, command: CommandId, refused: &Refused, cause: usize) {
        let failures = match refused {
            Refused::Refusals(refusals) => {
                failures(system.model(), system.model().command(command), refusals)
            }
            Refused::Conflict(conflict) => {
                let words = conflict.to_string();
                vec![Failure { field: String::new(), message: words.clone(), plain: words }]
            }
        };
        let line = self.line.filter(|_| cause == 0);
        self.refused.push((line, command, failures));
    }

    fn event(&mut self, _: &Model, _: EventId, _: Position, _: usize) -> usize {
        0
    }

    fn row(&mut self, _: &Model, _: ReadmodelId, _: &Text, _: Position) {}

    fn policy(&mut self, _: &Model, _: PolicyId, _: Position, _: bool, _: Option<usize>) -> usize {
        0
    }

    fn looped(&mut self, model: &Model, policies: &[PolicyId], _: Option<usize>) {
        let names: Vec<&str> =
            policies.iter().map(|policy| model.policy(*policy).name.label.as_str()).collect();
        self.loops.push(format!("Policies lead back to themselves: {}.", names.join(" \u{2192} ")));
    }
}

/// A name that no sticky has, as it was most likely written.
fn spaced(reference: &Reference) -> String {
    let name = crate::model::words(&reference.name);
    match reference.context.is_empty() {
        true => name.to_string(),
        false => format!("{}.{name}", reference.context),
    }
}

fn refuse(line: &mut Checked, failures: &[Failure]) {
    let messages: Vec<&str> = failures.iter().map(|one| one.message.as_str()).collect();
    let plain: Vec<&str> = failures.iter().map(|one| one.plain.as_str()).collect();
    line.actual = format!("rejected: {}", messages.join(" "));
    line.holds = false;
    line.words = format!("It was rejected. {}", plain.join(" "));
}

pub(super) fn same(one: &str, other: &str) -> bool {
    crate::model::folded(one) == crate::model::folded(other)
}

pub(super) fn no_property(of: &str, name: &str) -> String {
    format!("{} has no {}.", quoted(of), quoted(name))
}
