//! Policies, and the conditions that only people can judge.

use super::layout::Layout;
use super::put;
use super::typescript::{comment, key, member, object, quote};
use crate::{Care, Tree};
use askama::Template;
use sim::model::{Policy, label};

#[derive(Template)]
#[template(path = "node/src/generated/policies.ts", escape = "none")]
struct Generated {
    up: &'static str,
    holds: bool,
    conditions: Option<String>,
    imports: Vec<String>,
    policies: Vec<View>,
}

struct View {
    words: String,
    name: String,
    quoted: String,
    event_type: String,
    whenever: String,
    and: Option<String>,
    stream: String,
    send: String,
    with: String,
}

#[derive(Template)]
#[template(path = "node/src/domain/conditions.ts", escape = "none")]
struct Conditions {
    imports: Vec<String>,
    conditions: Vec<ConditionView>,
}

struct ConditionView {
    words: String,
    name: String,
    data: String,
}

pub fn write(layout: &Layout<'_>, tree: &mut Tree) {
    for (index, context) in layout.contexts.iter().enumerate() {
        let policies = context.policies.iter().map(|at| (*at, &layout.model().policies[*at]));
        let own: Vec<(usize, &Policy)> = policies.collect();
        if own.is_empty() {
            continue;
        }
        let views: Vec<View> = own.iter().map(|(at, policy)| view(layout, *at, policy)).collect();
        let human: Vec<ConditionView> =
            own.iter().filter_map(|(at, policy)| condition(layout, *at, policy)).collect();
        let folder = &context.folder;
        let file = Generated {
            up: layout.up(index),
            holds: views.iter().any(|view| view.and.as_ref().is_some_and(|and| and.contains("holds("))),
            conditions: (!human.is_empty())
                .then(|| format!("{}domain/{folder}conditions.ts", layout.up(index))),
            imports: imports(layout, index, own.iter().map(|(_, policy)| *policy), ""),
            policies: views,
        };
        put(tree, format!("src/generated/{folder}policies.ts"), Care::Owned, &file);
        if !human.is_empty() {
            let judged = own.iter().filter(|(at, _)| layout.conditions[*at].is_some());
            let from = format!("{}generated/{folder}", layout.up(index));
            let imports = imports(layout, index, judged.map(|(_, policy)| *policy), &from);
            let file = Conditions { imports, conditions: human };
            put(tree, format!("src/domain/{folder}conditions.ts"), Care::Once, &file);
        }
    }
}

/// The streams whose events policies wait for.
fn imports<'a>(
    layout: &Layout<'_>,
    context: usize,
    policies: impl Iterator<Item = &'a Policy>,
    from: &str,
) -> Vec<String> {
    let streams = policies.map(|policy| layout.stream(policy.event));
    let mut imports: Vec<String> = streams
        .map(|stream| match from {
            "" => layout.import(stream, context),
            _ => format!(
                "import type * as {} from '{}generated/{}.ts';",
                stream.namespace,
                layout.up(context),
                stream.path
            ),
        })
        .collect();
    imports.sort_by(|one, other| super::order(one).cmp(super::order(other)));
    imports.dedup();
    imports
}

fn view(layout: &Layout<'_>, index: usize, policy: &Policy) -> View {
    let model = layout.model();
    let (event, command) = (model.event(policy.event), model.command(policy.command));
    let known = command.parameters.iter().zip(&policy.fill);
    let fills = known.filter_map(|(parameter, property)| Some((parameter, &event.properties[(*property)?])));
    let with: Vec<String> = fills
        .map(|(parameter, property)| format!("{}: {}", key(&parameter.name), member("data", &property.name)))
        .collect();
    let human = layout.conditions[index].as_ref().map(|name| format!("conditions.{name}"));
    let test = policy.condition.as_ref().and_then(|condition| condition.test.as_ref()).map(|test| {
        let (sign, words) = test.parts();
        let property = member("data", &event.properties[test.property].name);
        format!("(data) => holds({property}, '{sign}', {})", quote(words))
    });
    // Of several with the same words each has a name of its own: what it did is found again by it.
    let words = &policy.name.label;
    let alike = model.policies[..index].iter().filter(|one| one.name.label == *words).count();
    let name = if alike == 0 { words.to_string() } else { format!("{words} ({})", alike + 1) };
    let with = match with.is_empty() {
        true => "with: () => ({}),".into(),
        false => object(2, "with: (data) => (", &with, "),"),
    };
    View {
        words: comment(words),
        name: layout.policies[index].clone(),
        quoted: quote(&name),
        event_type: format!(
            "{}.{}",
            layout.stream(policy.event).namespace,
            layout.events[policy.event.index()]
        ),
        whenever: quote(&event.name.full),
        and: human.or(test),
        stream: quote(&layout.full_stream(command.category)),
        send: quote(&command.name.name),
        with,
    }
}

fn condition(layout: &Layout<'_>, index: usize, policy: &Policy) -> Option<ConditionView> {
    let name = layout.conditions[index].as_ref()?;
    let words = &policy.condition.as_ref()?.words;
    Some(ConditionView {
        words: comment(&words.replace('`', "'")),
        name: name.clone(),
        data: layout.data_of(policy.event),
    })
}

/// The conditions that the developer is to write, in words.
pub fn open_questions(layout: &Layout<'_>) -> Vec<String> {
    let policies = layout.model().policies.iter().zip(&layout.conditions);
    let policies = policies.filter_map(|(policy, human)| human.as_ref().map(|_| policy));
    policies.filter_map(|policy| Some(label(&policy.condition.as_ref()?.words).to_string())).collect()
}
