//! Policies, actors, terms and scenarios of one context, in the order of the text.

use super::place;
use crate::model::{Context, Text};
use crate::names::spaceless;
use crate::story::{Actor, Given, Policy, Reference, Says, Scenario, ScenarioLine, Term};
use emd::{Kind, Line, Step};
use foldhash::{HashMap, HashSet};

#[derive(Default)]
pub struct Story<'a> {
    policies: Vec<Policy>,
    actors: Vec<Actor>,
    terms: Vec<Term>,
    scenarios: Vec<Scenario>,
    by_name: HashMap<&'a str, usize>,
    /// The actor whose commands come next.
    acting: Option<usize>,
    acts: HashSet<(usize, Text)>,
    /// Whether the next step belongs to the last scenario.
    open: bool,
}

impl<'a> Story<'a> {
    pub fn line(&mut self, line: &'a Line<'a>, index: usize, raw: &str) {
        match line.kind {
            Kind::Scenario(step) => return self.step(step, line, index, raw),
            // These stand between scenarios without ending one.
            Kind::Hotspot | Kind::Opportunity | Kind::Heading(_) => return,
            kind if !kind.is_sticky() || kind == Kind::Note => return,
            Kind::Actor => self.actor(line, index),
            Kind::Command => self.command(line, raw),
            Kind::Policy => self.policy(line, index, raw),
            Kind::Term => self.term(line, index),
            Kind::Chapter => self.acting = None,
            _ => {}
        }
        self.open = false;
    }

    /// The text goes on in another context.
    pub fn leave(&mut self) {
        self.acting = None;
        self.open = false;
    }

    fn actor(&mut self, line: &'a Line<'a>, index: usize) {
        let name: &str = &line.name.text;
        let next = self.actors.len();
        let actor = *self.by_name.entry(name).or_insert(next);
        if actor == next {
            let place = Some(place(index, line.name.span));
            self.actors.push(Actor { name: name.into(), place, commands: Vec::new() });
        }
        self.acting = Some(actor);
    }

    fn command(&mut self, line: &Line<'_>, raw: &str) {
        let Some(actor) = self.acting.filter(|_| !raw.starts_with("//")) else { return };
        let name = spaceless(&line.name.text);
        if self.acts.insert((actor, name.clone())) {
            self.actors[actor].commands.push(name);
        }
    }

    /// What follows by itself is done by nobody.
    fn policy(&mut self, line: &Line<'_>, index: usize, raw: &str) {
        self.acting = None;
        let said = emd::policy(raw, line);
        let (Some(event), Some(command)) = (said.event, said.command) else { return };
        let condition = said.condition.map_or(String::new(), |words| words.text.into_owned());
        let condition = condition.trim();
        let (event, command) = (Reference::unresolved(&event.text), Reference::unresolved(&command.text));
        self.policies.push(Policy {
            place: Some(place(index, line.name.span)),
            event,
            condition: condition.strip_prefix("and ").unwrap_or(condition).trim().into(),
            command,
        });
    }

    fn term(&mut self, line: &Line<'_>, index: usize) {
        let (name, meaning) = line.name.text.split_once(':').unwrap_or((&line.name.text, ""));
        let place = Some(place(index, line.name.span));
        self.terms.push(Term { name: name.trim().into(), place, meaning: meaning.trim().into() });
    }

    fn step(&mut self, step: Step, line: &Line<'_>, index: usize, raw: &str) {
        let at = Some(place(index, line.name.span));
        if step == Step::Scenario || !self.open {
            let name = if step == Step::Scenario { Text::new(&line.name.text) } else { Text::default() };
            self.scenarios.push(Scenario { name, place: at, lines: Vec::new() });
            self.open = true;
        }
        if step == Step::Scenario {
            return;
        }
        let Some(scenario) = self.scenarios.last_mut() else { return };
        let words: &str = &line.name.text;
        let pairs = line.properties.iter().filter_map(|piece| emd::value(piece.span.of(raw)));
        scenario.lines.push(ScenarioLine {
            place: at,
            step,
            says: rejection(step, words)
                .map_or_else(|| Says::Name(Reference::unresolved(words)), |why| Says::Rejected(why.into())),
            values: pairs.map(|(name, value)| Given { name: spaceless(name), value: value.into() }).collect(),
        });
    }

    /// What stands before the first context of several is the first one's.
    pub fn take_over(&mut self, before: Story<'a>) {
        let own = std::mem::replace(self, before);
        self.policies.extend(own.policies);
        self.terms.extend(own.terms);
        self.scenarios.extend(own.scenarios);
        for actor in own.actors {
            match self.actors.iter_mut().find(|known| known.name == actor.name) {
                Some(known) => {
                    let said: HashSet<Text> = known.commands.iter().cloned().collect();
                    known.commands.extend(actor.commands.into_iter().filter(|name| !said.contains(name)));
                }
                None => self.actors.push(actor),
            }
        }
    }

    pub fn finish(self, context: &mut Context) {
        context.policies = self.policies;
        context.actors = self.actors;
        context.terms = self.terms;
        context.scenarios = self.scenarios;
    }
}

/// The message of `rejected: <message>`.
fn rejection(step: Step, words: &str) -> Option<&str> {
    if step != Step::Then {
        return None;
    }
    let (word, message) = words.split_once(':').unwrap_or((words, ""));
    (word.trim() == "rejected").then(|| message.trim())
}
