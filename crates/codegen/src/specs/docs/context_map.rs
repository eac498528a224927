//! The context map in the language of Context Mapper (CML): contexts with their aggregates, commands and events, what
//! flows within each, and which context reacts to which.
//!
//! Names are words of the language there: what they lose stands beside them as documentation.

use super::book::{Book, Context};
use crate::api::Unique;
use foldhash::HashMap;
use sim::model::{CategoryId, CommandId, EventId, Model, ReadmodelId};
use sim::value::{Kind, Text, Type};
use std::collections::BTreeSet;
use std::fmt::Write;

pub fn text(book: &Book<'_>) -> String {
    let names = Names::new(book);
    let mut out = String::new();
    map(&mut out, book, &names);
    for context in &book.contexts {
        self::context(&mut out, book, context, &names);
    }
    out
}

/// Each thing has a name of its own in the whole file, so that it is referred to by that alone.
struct Names {
    contexts: Vec<String>,
    categories: Vec<String>,
    commands: Vec<String>,
    events: Vec<String>,
    readmodels: Vec<String>,
}

impl Names {
    fn new(book: &Book<'_>) -> Names {
        let model = book.model;
        let mut times: HashMap<String, usize> = HashMap::default();
        for one in &model.categories {
            *times.entry(identifier(&one.name)).or_default() += 1;
        }
        let (mut contexts, mut aggregates, mut objects) =
            (Unique::default(), Unique::default(), Unique::default());
        let mut category = |(index, one): (u32, &sim::model::Category)| {
            let events = book.model.category(CategoryId(index)).events.first();
            let context = events.map_or("", |event| &*book.contexts[context_of(model, *event)].title);
            let name = identifier(&one.name);
            objects.name(name.clone());
            let several = times.get(&name).is_some_and(|times| *times > 1);
            aggregates.name(if several { format!("{}_{name}", identifier(context)) } else { name })
        };
        let categories = (0..).zip(&model.categories).map(&mut category).collect();
        let mut object = |name: &str| objects.name(identifier(name));
        Names {
            contexts: book.contexts.iter().map(|one| contexts.name(identifier(&one.title))).collect(),
            categories,
            commands: model.commands.iter().map(|one| object(&one.name.name)).collect(),
            events: model.events.iter().map(|one| object(&one.name.name)).collect(),
            readmodels: model.readmodels.iter().map(|one| object(&one.name.name)).collect(),
        }
    }

    fn command(&self, id: CommandId) -> String {
        word(&self.commands[id.index()])
    }

    fn event(&self, id: EventId) -> String {
        word(&self.events[id.index()])
    }
}

fn context_of(model: &Model, event: EventId) -> usize {
    model.event(event).name.context as usize
}

fn map(out: &mut String, book: &Book<'_>, names: &Names) {
    push(out, format_args!("/* {} */\n", comment(book.title())));
    push(out, format_args!("ContextMap {} {{\n", word(&identifier(&format!("{} Map", book.title())))));
    out.push_str("  type = SYSTEM_LANDSCAPE\n  state = TO_BE\n\n");
    for name in &names.contexts {
        push(out, format_args!("  contains {}\n", word(name)));
    }
    for (up, down) in dependencies(book) {
        let (up, down) = (word(&names.contexts[up]), word(&names.contexts[down]));
        push(out, format_args!("\n  {up} [U,PL]->[D,CF] {down}\n"));
    }
    out.push_str("}\n");
}

/// Which context reacts to which: whose events another one's commands follow. Of two that react to each other the one
/// that comes first is upstream.
fn dependencies(book: &Book<'_>) -> BTreeSet<(usize, usize)> {
    let model = book.model;
    let mut found = BTreeSet::new();
    for policy in &model.policies {
        let up = context_of(model, policy.event);
        let down = model.command(policy.command).name.context as usize;
        if up != down && !found.contains(&(down, up)) {
            found.insert((up, down));
        }
    }
    found
}

fn context(out: &mut String, book: &Book<'_>, context: &Context<'_>, names: &Names) {
    let model = book.model;
    push(out, format_args!("\n/* {} */\n", comment(&context.title)));
    push(out, format_args!("BoundedContext {} {{\n", word(&names.contexts[context.index])));
    let policies: Vec<_> = context.policies.iter().map(|id| model.policy(*id)).collect();
    let commands = context.categories.iter().flat_map(|id| &model.category(*id).commands);
    let flows: Vec<CommandId> =
        commands.copied().filter(|id| !model.command(*id).outcomes.is_empty()).collect();
    if !flows.is_empty() {
        let name = identifier(&format!("{} Flow", names.contexts[context.index]));
        push(out, format_args!("  Application {{\n    Flow {} {{\n", word(&name)));
        for id in flows {
            let events = model.command(id).outcomes.iter().map(|one| names.event(one.event));
            let events = events.collect::<Vec<_>>().join(" + ");
            let actor = model.command(id).actor.as_ref();
            let actor = actor.map_or(String::new(), |actor| format!(" [initiated by {}]", quoted(actor)));
            push(out, format_args!("      command {}{actor} emits event {events}\n", names.command(id)));
        }
        for policy in policies {
            let (event, command) = (names.event(policy.event), names.command(policy.command));
            if let Some(condition) = &policy.condition {
                push(out, format_args!("      // if {}\n", comment(&condition.words)));
            }
            push(out, format_args!("      event {event} triggers command {command}\n"));
        }
        out.push_str("    }\n  }\n");
    }
    let mut about = about(book, context);
    for id in &context.categories {
        aggregate(out, book, *id, names, &about.remove(id).unwrap_or_default());
    }
    out.push_str("}\n");
}

/// The read models of each aggregate: those whose key is its id; what is about none stands with the first one.
fn about(book: &Book<'_>, context: &Context<'_>) -> HashMap<CategoryId, Vec<ReadmodelId>> {
    let ids = context.categories.iter().rev().map(|id| (&book.model.category(*id).id, *id));
    let ids: HashMap<&Text, CategoryId> = ids.collect();
    let mut about: HashMap<CategoryId, Vec<ReadmodelId>> = HashMap::default();
    for readmodel in &context.readmodels {
        let own = ids.get(&book.model.readmodel(*readmodel).key).or(context.categories.first());
        if let Some(id) = own {
            about.entry(*id).or_default().push(*readmodel);
        }
    }
    about
}

fn aggregate(out: &mut String, book: &Book<'_>, id: CategoryId, names: &Names, about: &[ReadmodelId]) {
    let model = book.model;
    let category = model.category(id);
    let name = &names.categories[id.index()];
    push(out, format_args!("\n  Aggregate {} {{\n", word(name)));
    push(out, format_args!("    Entity {} {{\n      aggregateRoot\n", word(name)));
    push(out, format_args!("      String {} key\n    }}\n", word(&identifier(&category.id))));
    for command in &category.commands {
        let one = model.command(*command);
        let fields = one.parameters.iter().map(|one| (one.name.as_str(), one.r#type));
        object(out, "Command", &names.command(*command), &one.name.label, fields);
    }
    for event in &category.events {
        let one = model.event(*event);
        let fields = one.properties.iter().map(|one| (one.name.as_str(), one.r#type));
        object(out, "DomainEvent", &names.event(*event), &one.name.label, fields);
    }
    for readmodel in about {
        let one = model.readmodel(*readmodel);
        let fields = one.columns.iter().filter(|one| one.shown).map(|one| (one.name.as_str(), one.r#type));
        let name = word(&names.readmodels[readmodel.index()]);
        object(out, "DataTransferObject", &name, &one.name.label, fields);
    }
    out.push_str("  }\n");
}

fn object<'a>(
    out: &mut String,
    kind: &str,
    name: &str,
    label: &str,
    fields: impl Iterator<Item = (&'a str, Type)>,
) {
    push(out, format_args!("    {}\n    {kind} {name} {{\n", quoted(label)));
    let mut unique = Unique::default();
    for (field, r#type) in fields {
        let one = match r#type.kind {
            Kind::Text | Kind::Uuid | Kind::Email => "String",
            Kind::Integer => "Long",
            Kind::Decimal => "BigDecimal",
            Kind::Boolean => "Boolean",
            Kind::Date => "Date",
            Kind::DateTime => "DateTime",
        };
        let kind = if r#type.list { format!("List<{one}>") } else { one.to_owned() };
        push(out, format_args!("      {kind} {}\n", word(&unique.name(identifier(field)))));
    }
    out.push_str("    }\n");
}

/// Letters, digits and `_`, beginning with a letter or `_`.
fn identifier(name: &str) -> String {
    let kept = |one: &char| one.is_ascii_alphanumeric() || *one == '_';
    let mut out = String::new();
    for part in name.split(|one| !kept(&one)).filter(|part| !part.is_empty()) {
        let mut characters = part.chars();
        let first = characters.next();
        match out.is_empty() {
            true => out.extend(first),
            false => out.extend(first.map(|first| first.to_ascii_uppercase())),
        }
        out.push_str(characters.as_str());
    }
    match out.starts_with(|first: char| first.is_ascii_digit()) || out.is_empty() {
        true => format!("_{out}"),
        false => out,
    }
}

/// A word of the language itself is a name with this sign before it.
fn word(name: &str) -> String {
    match KEYWORDS.split_ascii_whitespace().any(|keyword| keyword == name) {
        true => format!("^{name}"),
        false => name.to_owned(),
    }
}

fn quoted(text: &str) -> String {
    let text: String = text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Words within a comment, which they do not end.
fn comment(text: &str) -> String {
    let text: String = text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    text.replace("*/", "* /")
}

fn push(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = out.write_fmt(words);
}

/// Everything that stands for itself in the grammars of the language.
const KEYWORDS: &str = "\
ACL ACT AccessObject Aggregate Application ApplicationPart As Bag BasicType BigDecimal BigInteger Blob \
Boolean BoundedContext C CF CHAR CONCRETE Clob Collection Command CommandEvent Consumer ContextMap \
Coordination D DELETE DataTransferObject Date DateTime Domain DomainEvent Double Entity Event Float Flow \
GET I INTEGER In Integer JOINED Key List Long META MONITOR Map Module O OHS P PL POST PUT PagedResult \
PagingParameter Partnership Repository Resource S SINGLE_TABLE SK SOI STRING Service Set Stakeholder \
StakeholderGroup Stakeholders String Subdomain TacticDDDApplication Timestamp Trait U UseCase UserStory \
Value ValueCluster ValueEpic ValueNarrative ValueObject ValueRegister ValueWeigthing When X a abstract \
accepting action actor aggregateLifecycle aggregateRoot an and are as assertFalse assertTrue association \
auditable availabilityCriticality bad basePackage belongsTo benefit benefits boolean build businessModel \
by cache cascade changeable command condition consequences consistencyCriticality construct contains \
contentVolatility context core create creditCardNumber databaseColumn databaseJoinColumn \
databaseJoinTable databaseTable databaseType decimalMax decimalMin def degrading delegates delete \
demonstrated demonstrator description digits discriminatorColumn discriminatorLength discriminatorType \
discriminatorValue domainVisionStatement double downstreamRights email emits enum event eventBus \
evolution executes expect expecting exposedAggregates extends external externally features fetch float \
following for future gap good groupBy harmed harms hint immutable impact implementationTechnology \
implements import in index influence inheritanceType initiated inject int interactions interest \
internally inverse is isCore it its key knowledgeLevel length level likelihoodForChange long map max min \
more neutral nogap not notBlank notEmpty nullable o observable of operation opposingValue opposite \
optimisticLocking or orderBy orderColumn orderby ordinal owner package past path pattern persistent \
possibly priority private prohibiting promoted protect protected public publish query queueName range \
read realization realizes reduced reduction reference refines relatedValue required responsibilities \
return risk running scaffold scope scriptAssert secondaryActors securityAccessGroup securityCriticality \
securityZone select size so split stakeholder stakeholders state storageSimilarity structuralVolatility \
subscribe such supports than that the their throws to topicName transient triggers type unique unmarshall \
update url useCases userRequirements userStories valid validate value values void want webservice with \
write x";

#[cfg(test)]
mod tests;
