//! What all pages and diagrams ask of a model: its contexts with what is in each, where each thing is described, and
//! what stands on the wall beside the model.

use super::wall::Wall;
use crate::Source;
use crate::api::Unique;
use foldhash::HashMap;
use sim::model::{CategoryId, CommandId, EventId, Model, Name, PolicyId, ReadmodelId};
use sim::value::Text;

pub struct Book<'a> {
    pub source: &'a Source,
    pub model: &'a Model,
    pub wall: Wall<'a>,
    pub contexts: Vec<Context<'a>>,
    /// By event the commands that lead to it.
    pub led: Vec<Vec<CommandId>>,
    categories: Vec<Place>,
    /// By kind of stream which one of its context it is, from 1 on.
    numbers: Vec<usize>,
    commands: Vec<Place>,
    events: Vec<Place>,
    readmodels: Vec<Place>,
}

/// One context, and what is in it in the order of the model.
pub struct Context<'a> {
    pub index: usize,
    pub model: &'a eml::Context,
    /// As it is called; the solution's name where it has none.
    pub title: String,
    /// The name of its page and pictures.
    pub slug: String,
    pub categories: Vec<CategoryId>,
    pub readmodels: Vec<ReadmodelId>,
    pub policies: Vec<PolicyId>,
}

/// Where something is described: the page of a context, and a mark on it.
struct Place {
    context: usize,
    anchor: String,
}

impl Context<'_> {
    /// Its commands by their names.
    pub fn commands<'m>(&self, model: &'m Model) -> HashMap<&'m Text, Vec<CommandId>> {
        let mut named: HashMap<&Text, Vec<CommandId>> = HashMap::default();
        for id in self.categories.iter().flat_map(|id| &model.category(*id).commands) {
            named.entry(&model.command(*id).name.name).or_default().push(*id);
        }
        named
    }
}

impl<'a> Book<'a> {
    pub fn new(source: &'a Source) -> Book<'a> {
        let model = &source.model;
        let mut slugs = Unique::default();
        slugs.name("readme".to_owned());
        let title = |context: &eml::Context| {
            let name = if context.name.trim().is_empty() { &source.solution.name } else { &context.name };
            if name.trim().is_empty() { "Untitled".to_owned() } else { name.clone() }
        };
        let mut contexts: Vec<Context<'a>> = (0..)
            .zip(&source.solution.contexts)
            .map(|(index, context)| Context {
                index,
                model: context,
                title: title(context),
                slug: slugs.name(slug(&title(context))),
                categories: Vec::new(),
                readmodels: Vec::new(),
                policies: Vec::new(),
            })
            .collect();
        fill(&mut contexts, model);
        let mut anchors: Vec<Unique> = contexts.iter().map(|_| Unique::default()).collect();
        let mut place = |word: &str, name: &str, context: usize| Place {
            context,
            anchor: match anchors.get_mut(context) {
                Some(anchors) => anchors.name(format!("{word}-{}", slug(name))),
                None => String::new(),
            },
        };
        let mut named = |word: &str, name: &Name| place(word, &name.label, name.context as usize);
        let commands = model.commands.iter().map(|one| named("command", &one.name)).collect();
        let events = model.events.iter().map(|one| named("event", &one.name)).collect();
        let readmodels = model.readmodels.iter().map(|one| named("view", &one.name)).collect();
        let categories = (0..)
            .zip(&model.categories)
            .map(|(index, one)| place("stream", &one.name, context_of(model, CategoryId(index))))
            .collect();
        let mut led = vec![Vec::new(); model.events.len()];
        for (id, command) in (0..).map(CommandId).zip(&model.commands) {
            for outcome in &command.outcomes {
                if let Some(led) = led.get_mut(outcome.event.index()) {
                    led.push(id);
                }
            }
        }
        let mut numbers = vec![0; model.categories.len()];
        for (number, id) in contexts.iter().flat_map(|context| (1..).zip(&context.categories)) {
            numbers[id.index()] = number;
        }
        let wall = Wall::new(source);
        Book { source, model, wall, contexts, led, categories, numbers, commands, events, readmodels }
    }

    /// What the whole is called.
    pub fn title(&self) -> &str {
        match self.source.solution.name.trim() {
            "" => self.contexts.first().map_or("Untitled", |context| &context.title),
            name => name,
        }
    }

    pub fn is_one(&self) -> bool {
        self.contexts.len() == 1
    }

    pub fn command_anchor(&self, id: CommandId) -> &str {
        &self.commands[id.index()].anchor
    }

    pub fn event_anchor(&self, id: EventId) -> &str {
        &self.events[id.index()].anchor
    }

    pub fn readmodel_anchor(&self, id: ReadmodelId) -> &str {
        &self.readmodels[id.index()].anchor
    }

    pub fn category_anchor(&self, id: CategoryId) -> &str {
        &self.categories[id.index()].anchor
    }

    pub fn category_number(&self, id: CategoryId) -> usize {
        self.numbers[id.index()]
    }

    /// A link to where something is described, from the page of a context, or from none of them.
    fn link(&self, from: Option<usize>, place: &Place) -> String {
        match self.contexts.get(place.context) {
            Some(_) if from == Some(place.context) => format!("#{}", place.anchor),
            Some(context) => format!("{}.md#{}", context.slug, place.anchor),
            None => String::new(),
        }
    }

    pub fn to_command(&self, from: Option<usize>, id: CommandId) -> String {
        let name = &self.model.command(id).name;
        self.linked(from, name, &self.commands[id.index()])
    }

    pub fn to_event(&self, from: Option<usize>, id: EventId) -> String {
        let name = &self.model.event(id).name;
        self.linked(from, name, &self.events[id.index()])
    }

    pub fn to_readmodel(&self, from: Option<usize>, id: ReadmodelId) -> String {
        let name = &self.model.readmodel(id).name;
        self.linked(from, name, &self.readmodels[id.index()])
    }

    fn linked(&self, from: Option<usize>, name: &Name, place: &Place) -> String {
        format!("[{}]({})", super::markdown::plain(&name.label), self.link(from, place))
    }
}

fn fill(contexts: &mut [Context<'_>], model: &Model) {
    for index in (0..model.categories.len() as u32).map(CategoryId) {
        if let Some(context) = contexts.get_mut(context_of(model, index)) {
            context.categories.push(index);
        }
    }
    for (index, readmodel) in (0..).map(ReadmodelId).zip(&model.readmodels) {
        if let Some(context) = contexts.get_mut(readmodel.name.context as usize) {
            context.readmodels.push(index);
        }
    }
    for (index, policy) in (0..).map(PolicyId).zip(&model.policies) {
        if let Some(context) = contexts.get_mut(policy.name.context as usize) {
            context.policies.push(index);
        }
    }
}

/// The index of the context that a kind of stream is in.
fn context_of(model: &Model, id: CategoryId) -> usize {
    let category = model.category(id);
    let event = category.events.first().map(|event| model.event(*event).name.context);
    let command = category.commands.first().map(|command| model.command(*command).name.context);
    event.or(command).unwrap_or(0) as usize
}

/// A name as a part of a path and of a link: small letters and digits, with `-` between words.
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars() {
        match character.is_ascii_alphanumeric() {
            true => out.push(character.to_ascii_lowercase()),
            false if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            false => {}
        }
    }
    let kept = out.trim_end_matches('-');
    let kept = &kept[..kept.len().min(60)];
    match crate::path::is_safe(kept) {
        true => kept.to_owned(),
        false => format!("x-{kept}"),
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_slug_is_a_safe_part_of_a_path() {
        assert_eq!(slug("Web shop!"), "web-shop");
        assert_eq!(slug("../con"), "x-con");
        assert_eq!(slug("\u{1f600}"), "x-");
    }
}
